//! What does not come from WordPress's own REST API.

use crate::export::tests::{codes, post, read_json, read_quietly, text};
use crate::model::{AuthorId, BodyFormat, CommentText, ExcerptKind, PostId, Status, TermId};

#[test]
fn rows_of_wp_cli_are_posts() {
    let export = read_quietly(
        r#"[{"ID":"12","post_author":"4","post_date":"2026-06-05 03:09:53","post_date_gmt":"2026-06-04 21:39:53",
        "post_content":"One\r\n\r\nTwo","post_title":"Tea","post_excerpt":"","post_status":"publish","comment_status":"open",
        "post_password":"","post_name":"%e0%bd%96","post_modified":"2026-06-06 00:00:00","post_modified_gmt":"2026-06-05 18:30:00",
        "post_parent":"0","guid":"https://example.org/?p=12","menu_order":"0","post_type":"post","post_mime_type":""},
        {"ID":13,"post_title":"Old","post_name":"old","post_date":"2026-06-05 03:09:53","post_status":"draft"},
        {"ID":14,"post_title":"Pic","post_type":"attachment","post_status":"inherit","guid":"https://example.org/wp-content/uploads/a.jpg","post_mime_type":"image/jpeg","post_parent":12},
        {"ID":15,"post_title":"","post_type":"revision","post_content":"old","post_status":"inherit"}]"#,
    );
    let first = post(&export, 12);
    assert_eq!(
        (first.author, first.slug.as_ref(), first.status),
        (AuthorId(4), "བ", Status::Publish)
    );
    assert_eq!(first.date_gmt.unwrap().to_string(), "2026-06-04 21:39:53");
    assert_eq!((first.excerpt_kind, first.comments_open), (ExcerptKind::Automatic, true));
    assert_eq!(text(&export, 12), "One\r\n\r\nTwo");
    assert_eq!(first.body.as_ref().unwrap().format, BodyFormat::Classic);
    assert_eq!(post(&export, 13).status, Status::Draft);
    assert_eq!(export.posts.len(), 2);
    assert_eq!(export.attachments[0].mime_type.as_ref(), "image/jpeg");
    assert_eq!(export.attachments[0].parent, Some(PostId(12)));
}

#[test]
fn rows_of_wp_cli_are_terms_users_and_comments() {
    let export = read_quietly(
        r#"[{"ID":"12","post_title":"Tea","post_name":"tea","post_type":"post","post_status":"publish","post_date":"2026-06-05 03:09:53"},
        {"term_id":"4","term_taxonomy_id":4,"name":"Boats","slug":"boats","description":"","parent":"3","count":2,"taxonomy":"category"},
        {"ID":2,"user_login":"root-login","display_name":"Mira","user_email":"m@example.org","user_registered":"x","roles":"editor","user_nicename":"mira"},
        {"comment_ID":"5","comment_post_ID":"12","comment_date":"2026-06-05 03:09:53","comment_approved":"1","comment_author":"D","comment_author_email":"d@example.org","comment_content":"One\nline\n\nTwo","comment_type":""},
        {"comment_ID":6,"comment_post_ID":12,"comment_approved":"spam","comment_author":"D","comment_content":"x","comment_parent":"5"}]"#,
    );
    assert_eq!((export.terms[0].id, export.terms[0].parent), (TermId(4), Some(TermId(3))));
    assert_eq!(
        (export.authors[0].name.as_deref(), export.authors[0].slug.as_deref()),
        (Some("Mira"), Some("mira"))
    );
    assert_eq!(export.comments[0].content, CommentText::Typed("One\nline\n\nTwo".into()));
    assert!(export.comments[0].is_approved && !export.comments[1].is_approved);
    let all = format!("{export:?}");
    assert!(!all.contains("root-login") && !all.contains("@example"));
}

#[test]
fn terms_that_do_not_say_of_which_taxonomy_are_told() {
    let read = read_json(
        r#"[{"term_id":4,"name":"Boats","slug":"boats","taxonomy":"category"},{"term_id":5,"name":"x","slug":"x"}]"#,
    );
    assert_eq!((codes(&read), read.value.terms.len()), (vec!["unknown-record"], 1));
}

#[test]
fn answers_of_wordpress_com_are_posts() {
    let export = read_quietly(
        r#"{"found":1,"posts":[{"ID":12,"site_ID":1,"author":{"ID":4,"login":"root-login","email":false,"name":"Mira","nice_name":"mira","URL":"https://mira.example.org"},
        "date":"2026-06-05T03:09:53+05:30","modified":"2026-06-06T00:00:00+05:30","title":"Tea &amp; butter","URL":"https://example.org/tea/",
        "content":"<p>Tea</p>","excerpt":"<p>Te</p>","slug":"tea","guid":"https://example.org/?p=12","status":"publish","sticky":false,"password":"",
        "parent":{"ID":3,"type":"page","link":"x","title":"Up"},"type":"post","discussion":{"comments_open":true},"post_thumbnail":{"ID":31,"URL":"https://example.org/a.jpg"},
        "format":"standard","menu_order":0,"tags":{"Rain":{"ID":9,"name":"Rain","slug":"rain","post_count":1}},
        "categories":{"Boats":{"ID":5,"name":"Boats","slug":"boats","description":"","parent":3}},
        "attachments":{"31":{"ID":31,"URL":"https://example.org/a.jpg","mime_type":"image/jpeg","width":20,"height":10,"post_ID":12,"alt":"Alt","title":"a"}}}],
        "meta":{"links":{"counts":"https://public-api.example.org/"}}}"#,
    );
    let post = post(&export, 12);
    assert_eq!(
        (post.title.as_ref(), post.link.as_ref()),
        ("Tea &amp; butter", "https://example.org/tea/")
    );
    assert_eq!(post.date.unwrap().to_string(), "2026-06-05 03:09:53");
    assert_eq!(post.date_gmt.unwrap().to_string(), "2026-06-04 21:39:53");
    assert_eq!(
        (post.author, post.parent, post.featured_media),
        (AuthorId(4), Some(PostId(3)), Some(PostId(31)))
    );
    assert_eq!((*post.terms).to_vec(), [TermId(5), TermId(9)]);
    assert!(post.comments_open && text(&export, 12) == "<p>Tea</p>");
    assert_eq!(export.terms[0].parent, Some(TermId(3)));
    assert_eq!((export.attachments[0].width, export.attachments[0].alt.as_ref()), (20, "Alt"));
    assert_eq!(export.authors[0].slug.as_deref(), Some("mira"));
    assert!(!format!("{export:?}").contains("root-login"));
}

#[test]
fn other_lists_of_wordpress_com_are_read() {
    let export = read_quietly(
        r#"[{"found":1,"posts":[{"ID":12,"title":"Tea","URL":"https://example.org/tea/","slug":"tea","type":"post","status":"publish","date":"2026-06-05T03:09:53+00:00","content":"<p>Tea</p>"}]},
        {"found":1,"comments":[{"ID":5,"post":{"ID":12,"type":"post"},"author":{"ID":0,"name":"D","email":"d@example.org","URL":""},
        "date":"2026-06-05T03:09:53+00:00","content":"<p>Hi</p>","status":"approved","parent":{"ID":4},"type":"comment"}]},
        {"found":1,"tags":[{"ID":9,"name":"Rain","slug":"rain","description":"","meta":{"links":{"self":"https://public-api.example.org/rest/v1.1/sites/1/tags/slug:rain"}}}]},
        {"found":1,"media":[{"ID":31,"URL":"https://example.org/a.jpg","mime_type":"image/jpeg","post_ID":0}]}]"#,
    );
    assert_eq!(
        (export.comments[0].post, export.comments[0].author_name.as_ref()),
        (PostId(12), "D")
    );
    assert_eq!(export.terms[0].taxonomy.as_ref(), "post_tag");
    assert_eq!(export.attachments[0].parent, None);
}
