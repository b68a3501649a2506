//! Comments that are not for readers.

use crate::export::tests::{Folder, post_json};
use crate::model::CommentKind;

#[test]
fn notes_of_editors_and_of_shops_are_comments_that_nobody_sees() {
    for kind in ["note", "order_note"] {
        let note = format!(
            r#"[{{"id":5,"post":1,"author_name":"x","status":"approved","type":"{kind}","content":{{"rendered":"y"}}}}]"#
        );
        let folder = Folder::new(&[("posts.json", &post_json(1, "")), ("comments.json", &note)]);
        let read = folder.read();
        let comments = &read.value.comments;
        assert_eq!(comments.len(), 1, "{kind}");
        assert_eq!((comments[0].kind, comments[0].is_approved), (CommentKind::Internal, false));
    }
}
