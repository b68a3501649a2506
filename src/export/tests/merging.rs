//! The same record in several answers is one record.

use crate::export::tests::{Folder, post, read_quietly, text};
use crate::model::{Audience, ExcerptKind, Export, Status, TermId};

/// Reads the records in both orders, which must not matter, and returns what came of it.
fn check(records: &[&str], expect: impl Fn(&Export)) {
    let forwards = records.join(",");
    let backwards: Vec<&str> = records.iter().rev().copied().collect();
    expect(&read_quietly(&format!("[{forwards}]")));
    expect(&read_quietly(&format!("[{}]", backwards.join(","))));
    let files: Vec<(String, &str)> =
        records.iter().enumerate().map(|(n, text)| (format!("{n}.json"), *text)).collect();
    let files: Vec<(&str, &str)> =
        files.iter().map(|(name, text)| (name.as_str(), *text)).collect();
    let folder = Folder::new(&files);
    let read = folder.read();
    assert_eq!(read.diagnostics, []);
    expect(&read.value);
}

const VIEW: &str = r#"{"id":1,"type":"post","status":"publish","date":"2026-01-01T00:00:00","slug":"view",
    "modified_gmt":"2026-03-01T00:00:00","title":{"rendered":"View"},"link":"https://example.org/view/",
    "content":{"rendered":"<p>View</p>","protected":false},"excerpt":{"rendered":"<p>V</p>"},"categories":[3]}"#;

const EDIT: &str = r#"{"id":1,"type":"post","status":"publish","date":"2026-01-01T00:00:00","slug":"edit",
    "modified_gmt":"2026-02-01T00:00:00","title":{"rendered":"Edit","raw":"Edit"},"password":"",
    "content":{"rendered":"<p>Edit</p>","raw":"Edit"},"excerpt":{"rendered":"<p>E</p>","raw":"E"},"tags":[4]}"#;

#[test]
fn what_editors_see_wins_and_loses_nothing() {
    check(&[VIEW, EDIT], |export| {
        assert_eq!(export.posts.len(), 1);
        let post = post(export, 1);
        assert_eq!((post.title.as_ref(), post.slug.as_ref()), ("Edit", "edit"));
        assert_eq!(text(export, 1), "<p>Edit</p>");
        assert_eq!(post.link.as_ref(), "https://example.org/view/");
        assert_eq!(post.excerpt_kind, ExcerptKind::Manual);
        let mut terms = post.terms.to_vec();
        terms.sort();
        assert_eq!(terms, [TermId(3), TermId(4)]);
    });
}

#[test]
fn pages_of_loops_are_made_from_the_raw_text() {
    let raw = "<!-- wp:query --><!-- wp:query-pagination-next /--><!-- /wp:query -->";
    let edit =
        EDIT.replace("\"raw\":\"Edit\"},\"excerpt", &format!("\"raw\":\"{raw}\"}},\"excerpt"));
    // What readers saw later may be another text.
    check(&[VIEW, &edit], |export| assert_eq!(text(export, 1), "<p>View</p>"));
    let same = VIEW.replace("2026-03", "2026-02");
    check(&[&same, &edit], |export| assert_eq!(text(export, 1), raw));
}

#[test]
fn of_two_answers_the_newer_wins() {
    let newer = VIEW.replace("2026-03", "2026-04").replace("View", "Newer");
    check(&[VIEW, &newer], |export| {
        assert_eq!(post(export, 1).title.as_ref(), "Newer");
        assert_eq!(text(export, 1), "<p>Newer</p>");
    });
}

#[test]
fn reduced_copies_only_fill_gaps() {
    let reduced = r#"{"id":1,"title":{"rendered":"Reduced"},"slug":"reduced","modified_gmt":"2027-01-01T00:00:00",
        "guid":{"rendered":"https://example.org/?p=1"}}"#;
    check(&[VIEW, reduced], |export| {
        let post = post(export, 1);
        assert_eq!((post.title.as_ref(), post.slug.as_ref()), ("View", "view"));
        assert_eq!(post.guid.as_ref(), "https://example.org/?p=1");
    });
}

#[test]
fn an_older_public_copy_publishes_nothing() {
    let draft = VIEW.replace("publish", "draft").replace("2026-03", "2026-05");
    check(&[VIEW, &draft], |export| assert_eq!(post(export, 1).status, Status::Draft));
    check(&[EDIT, &draft], |export| assert_eq!(post(export, 1).status, Status::Draft));
    let old_draft = VIEW.replace("publish", "draft").replace("2026-03", "2026-01");
    check(&[VIEW, &old_draft], |export| assert_eq!(post(export, 1).status, Status::Publish));
    let edit_draft = EDIT.replace("publish", "private");
    check(&[VIEW, &edit_draft], |export| assert_eq!(post(export, 1).status, Status::Private));
}

#[test]
fn what_any_copy_protects_stays_protected() {
    let protected = VIEW.replace("\"protected\":false", "\"protected\":true");
    check(&[&protected, EDIT], |export| {
        assert!(post(export, 1).audience == Audience::WithPassword);
    });
    let password = EDIT.replace("\"password\":\"\"", "\"password\":\"x\"");
    check(&[VIEW, &password], |export| assert!(post(export, 1).audience == Audience::WithPassword));
}

#[test]
fn of_texts_of_one_moment_the_one_with_less_in_it_was_public() {
    let mark = "<p>View</p><ul class='wp-block-post-template'><li class='post-9 status-private'>x</li></ul>";
    let title = "<p>View</p><div class='nav-next'><a href='/x/'>Private: x</a></div>";
    for more in [mark, title, "<p>View, and more for members</p>"] {
        let editors = VIEW.replace("<p>View</p>", more);
        check(&[VIEW, &editors], |export| assert_eq!(text(export, 1), "<p>View</p>"));
        let undated = |copy: &str| copy.replace("\"modified_gmt\":\"2026-03-01T00:00:00\",", "");
        check(&[&undated(VIEW), &undated(&editors)], |export| {
            assert_eq!(text(export, 1), "<p>View</p>");
        });
    }
    // Texts of the same length, and three of them.
    let (one, two) = (VIEW.replace("<p>View", "<p>Wide"), VIEW.replace("<p>View", "<p>Zinc"));
    let mut first = None;
    check(&[VIEW, &one, &two], |export| assert!(text(export, 1).len() == 11));
    for copies in [[VIEW, &one, &two], [&two, VIEW, &one], [&one, &two, VIEW]] {
        let chosen = text(&read_quietly(&format!("[{}]", copies.join(","))), 1);
        assert_eq!(*first.get_or_insert_with(|| chosen.clone()), chosen);
    }
}

#[test]
fn what_readers_saw_wins_over_what_was_rendered_for_an_editor() {
    let view = VIEW.replace("2026-03", "2026-02");
    let edit = EDIT
        .replace("<p>Edit</p>", "<p>View and what only editors see</p>")
        .replace("\"raw\":\"E\"", "\"raw\":\"\"")
        .replace("<p>E</p>", "<p>View and what only editors see</p>");
    let editors = view.replace("<p>View</p>", "<p>View and what only editors see</p>");
    for copies in [vec![&view, &edit], vec![&view, &editors, &edit]] {
        let copies: Vec<&str> = copies.into_iter().map(String::as_str).collect();
        check(&copies, |export| {
            assert_eq!(text(export, 1), "<p>View</p>");
            let post = post(export, 1);
            assert_eq!((post.excerpt.as_ref(), post.excerpt_kind), ("V", ExcerptKind::Automatic));
            assert_eq!(post.title.as_ref(), "Edit");
        });
    }
}

/// Returns all orders of some copies.
fn orders<'c>(copies: &[&'c str]) -> Vec<Vec<&'c str>> {
    let [first, rest @ ..] = copies else { return vec![Vec::new()] };
    let orders = orders(rest).into_iter();
    let with_first = |order: Vec<&'c str>| {
        (0..=order.len()).map(move |place| {
            let mut order = order.clone();
            order.insert(place, *first);
            order
        })
    };
    orders.flat_map(with_first).collect()
}

#[test]
fn the_order_of_copies_decides_nothing() {
    let seen = VIEW.replace("2026-03", "2026-02").replace("\"slug\":\"view\"", "\"slug\":\"seen\"");
    let editors = seen.replace("<p>View</p>", "<p>View, and more</p>").replace("[3]", "[5,3]");
    let other =
        seen.replace("{\"rendered\":\"View\"}", "{\"rendered\":\"Other\"}").replace("[3]", "[6]");
    let reduced =
        r#"{"id":1,"title":{"rendered":"Reduced"},"guid":{"rendered":"https://example.org/?p=1"}}"#;
    let mut found = std::collections::BTreeSet::new();
    for order in orders(&[EDIT, &seen, &editors, &other, reduced]) {
        let export = read_quietly(&format!("[{}]", order.join(",")));
        let it = post(&export, 1);
        let fields = (&it.title, &it.slug, &it.link, &it.guid, &it.status, &it.excerpt, &it.terms);
        found.insert(format!("{fields:?} {}", text(&export, 1)));
    }
    assert_eq!(found.len(), 1, "{found:#?}");
}

#[test]
fn of_copies_of_one_moment_the_hidden_one_counts() {
    for copy in [VIEW, EDIT] {
        let hidden = copy.replace("publish", "private");
        check(&[copy, &hidden], |export| assert_eq!(post(export, 1).status, Status::Private));
        let undated = copy.replace("\"modified_gmt\"", "\"unknown\"");
        let hidden = undated.replace("publish", "private");
        check(&[&undated, &hidden], |export| assert_eq!(post(export, 1).status, Status::Private));
    }
    let comment = r#"{"id":9,"post":1,"author_name":"A","content":{"rendered":"c","raw":"c"},
        "status":"approved","date_gmt":"2026-01-01T00:00:00"}"#;
    let held = comment.replace("approved", "hold");
    check(&[VIEW, comment, &held], |export| assert!(!export.comments[0].is_approved));
    let file = r#"{"id":31,"status":"inherit","media_type":"image","alt_text":"",
        "source_url":"https://example.org/a.jpg"}"#;
    let private = file.replace("inherit", "private");
    check(&[VIEW, file, &private], |export| {
        assert_eq!(export.attachments[0].status, Status::Private);
    });
}

#[test]
fn terms_users_media_and_comments_are_merged_too() {
    let full = r#"[{"id":4,"name":"Boats","slug":"boats","taxonomy":"category","description":"D","parent":3},
        {"id":2,"name":"Mira","slug":"mira","description":"Writes","link":"https://example.org/author/mira/","avatar_urls":{}},
        {"id":9,"post":1,"author_name":"A","content":{"rendered":"c"},"status":"hold","date_gmt":"2026-01-01T00:00:00"},
        {"id":31,"status":"inherit","media_type":"image","source_url":"https://example.org/a.jpg","alt_text":"Alt"}]"#;
    let reduced = r#"[{"id":4,"name":"Other","slug":"other","taxonomy":"category"},
        {"id":2,"name":"Other","slug":"other","link":"https://example.org/author/mira/"},
        {"id":9,"author_name":"B","author_avatar_urls":{},"content":{"rendered":"d"}},
        {"id":31,"media_type":"image","source_url":"https://example.org/b.jpg","alt_text":""}]"#;
    check(&[full, reduced], |export| {
        assert_eq!(export.terms.len() + export.authors.len(), 2);
        assert_eq!(export.terms[0].name.as_deref(), Some("Boats"));
        assert_eq!(export.terms[0].parent, Some(TermId(3)));
        assert_eq!(export.authors[0].name.as_deref(), Some("Mira"));
        assert_eq!((export.comments.len(), export.comments[0].is_approved), (1, false));
        assert_eq!(export.comments[0].content.as_written(), "c");
        assert_eq!(export.attachments.len(), 1);
        assert_eq!(export.attachments[0].source_url.as_ref(), "https://example.org/a.jpg");
    });
}

#[test]
fn records_reduced_to_a_name_are_known_by_who_names_them() {
    let posts = r#"{"id":1,"type":"post","title":"x","content":"y","author":2,"categories":[4]}"#;
    let users = r#"[{"id":2,"name":"Mira","slug":"mira"},{"id":3,"name":"Jon","slug":"jon"}]"#;
    let terms = r#"[{"id":4,"name":"Boats","slug":"boats","parent":0}]"#;
    check(&[posts, users, terms], |_| ());
    let read = Folder::new(&[("p.json", posts), ("u.json", users), ("t.json", terms)]).read();
    assert_eq!(read.diagnostics, []);
    assert_eq!(read.value.authors.len(), 2);
    assert_eq!(read.value.authors[0].name.as_deref(), Some("Mira"));
    assert_eq!(read.value.terms[0].name.as_deref(), Some("Boats"));
}
