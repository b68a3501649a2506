//! Who could see a post: what the export leaves open is not public.

use crate::export::tests::{codes, post, read_json};
use crate::model::{Audience, PostId, Status};

/// A public answer, one of an editor, and a row of the database, all of one post.
const ANSWER: &str = r#"{"id":1,"title":{"rendered":"A"},"content":{"rendered":"<p>A</p>"}}"#;
const EDITOR: &str = r#"{"id":1,"title":{"raw":"A"},"content":{"raw":"A"}}"#;
const ROW: &str = r#"{"ID":"1","post_title":"A","post_content":"A"}"#;

/// Checks the status of the post of `records`, and what is told, which must say all of `said`.
#[track_caller]
fn check(records: &[&str], expected: Status, said: &[&str]) {
    let mut backwards = records.to_vec();
    backwards.reverse();
    for records in [records, &*backwards] {
        let read = read_json(&format!("[{}]", records.join(",")));
        assert_eq!(post(&read.value, 1).status, expected, "{records:?}");
        let expected: &[&str] = if said.is_empty() { &[] } else { &["unsure-privacy"] };
        assert_eq!(codes(&read), expected, "{:?}", read.diagnostics);
        let told: String = read.diagnostics.iter().map(ToString::to_string).collect();
        assert!(said.iter().all(|words| told.contains(words)), "{told}");
    }
}

#[test]
fn what_anybody_was_shown_is_public() {
    check(&[ANSWER], Status::Publish, &[]);
    check(&[ANSWER, EDITOR], Status::Publish, &[]);
    check(&[ANSWER, ROW], Status::Publish, &[]);
}

#[test]
fn what_only_editors_see_has_to_say_whether_it_was_public() {
    let editor = |fields: &str| {
        format!(
            r#"{{"id":1,{fields}"title":{{"raw":"A"}},"content":{{"raw":"A","rendered":"A"}}}}"#
        )
    };
    check(&[EDITOR], Status::Untold, &["`status` and `password`", "without `_fields`"]);
    check(&[&editor("\"status\":\"publish\",")], Status::Untold, &["without `password`"]);
    check(&[&editor("\"password\":\"\",")], Status::Untold, &["without `status`"]);
    check(&[&editor("\"status\":\"publish\",\"password\":\"\",")], Status::Publish, &[]);
    check(&[&editor("\"class_list\":[\"post-1\",\"status-publish\"],")], Status::Publish, &[]);
    check(&[&editor("\"status\":\"private\",")], Status::Private, &[]);
}

#[test]
fn rows_of_the_database_have_to_say_it_too() {
    let row = |fields: &str| format!(r#"{{"ID":"1",{fields}"post_title":"A","post_content":"A"}}"#);
    check(&[ROW], Status::Untold, &["`post_status` and `post_password`", "post_password,"]);
    check(&[&row("\"post_status\":\"publish\",")], Status::Untold, &["without `post_password`"]);
    check(&[&row("\"post_password\":\"\",")], Status::Untold, &["without `post_status`"]);
    let whole = row("\"post_status\":\"publish\",\"post_password\":\"\",");
    check(&[&whole], Status::Publish, &[]);
    // A title alone is shown of posts with a password, too.
    let title = r#"{"ID":"1","post_title":"A","post_status":"publish"}"#;
    check(&[title], Status::Publish, &[]);
    check(&[title, &row("\"post_password\":\"\",")], Status::Publish, &[]);
}

#[test]
fn what_an_editor_hides_without_a_date_is_not_shown_by_an_answer() {
    let row = r#"{"ID":"1","post_title":"A","post_status":"private"}"#;
    let answer = r#"{"id":1,"type":"post","status":"publish","date":"2026-01-01T00:00:00",
        "modified_gmt":"2026-01-01T00:00:00","title":"A","content":{"rendered":"A"}}"#;
    check(&[answer, row], Status::Private, &[]);
}

#[test]
fn a_password_shows_in_the_classes() {
    for class in ["post-password-required", "post-password-protected"] {
        let json = format!(r#"{{"id":1,"title":"A","content":"A","class_list":["{class}"]}}"#);
        assert!(read_json(&json).value.posts[0].audience == Audience::WithPassword, "{class}");
    }
}

#[test]
fn statuses_of_plugins_and_people_are_told_by_name() {
    let json = r#"[{"id":1,"title":"A","type":"post","status":"wc-completed"},
        {"id":2,"title":"B","type":"post","status":"wc-completed"}]"#;
    let read = read_json(json);
    assert_eq!(codes(&read), ["unknown-status"]);
    assert!(read.diagnostics[0].message.starts_with("2 posts are of the unknown status `wc-"));
    assert_eq!(read.value.statuses[&PostId(2)].as_ref(), "wc-completed");
    assert_eq!(post(&read.value, 1).status, Status::Unknown);
}

#[test]
fn reusable_blocks_that_are_hidden_are_known_by_number() {
    let json = r#"[{"id":1,"title":"A","type":"wp_block","status":"draft","content":{"raw":"x"}},
        {"id":3,"type":"wp_navigation","status":"draft","content":{"rendered":"x"}}]"#;
    let json = json.replace("[{", "[{\"id\":2,\"title\":\"B\",\"content\":\"B\"},{");
    assert_eq!(read_json(&json).value.hidden_blocks, [PostId(1), PostId(3)]);
}
