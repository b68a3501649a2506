//! Pages and posts written by hand.

use crate::export::read;
use crate::export::tests::{Folder, codes, post, post_json, text};
use crate::model::{Audience, AuthorId, BodyEncoding, BodyFormat, ExcerptKind, Status};

const YAML: &str = "---\r\ntitle: \"Tea & butter\"\r\ndate: 2026-06-05 03:09:53\r\nslug: tea\r\n\
    categories:\r\n  - Boats & More\r\n  - rivers\r\ntags: [Rain, 2026]\r\nauthor: Mira\r\n\
    description: How it is made\r\nid: 70\r\n---\r\n\r\n# Tea\r\n\r\nText\r\n";

const TOML: &str = "+++\ntitle = \"About\"\ndraft = true\nmenu_order = 3\n+++\nText about us\n";

#[test]
fn front_matter_makes_a_post_of_markdown() {
    let terms = r#"[{"id":5,"name":"Boats &amp; More","slug":"boats","taxonomy":"category"},
        {"id":6,"name":"Rivers of Asia","slug":"rivers","taxonomy":"category"},
        {"id":4,"name":"Mira","slug":"mira","avatar_urls":{}}]"#;
    let folder = Folder::new(&[("tea.md", YAML), ("terms.json", terms)]);
    let read = folder.read();
    assert_eq!(read.diagnostics, []);
    let export = &read.value;
    let tea = post(export, 70);
    assert_eq!((tea.post_type.as_ref(), tea.slug.as_ref()), ("post", "tea"));
    assert_eq!((tea.title.as_ref(), tea.status), ("Tea &amp; butter", Status::Publish));
    assert_eq!(tea.date.unwrap().to_string(), "2026-06-05 03:09:53");
    assert_eq!((tea.excerpt.as_ref(), tea.excerpt_kind), ("How it is made", ExcerptKind::Manual));
    assert_eq!(tea.author, AuthorId(4));
    let body = tea.body.as_ref().unwrap();
    assert_eq!((body.format, body.encoding), (BodyFormat::Markdown, BodyEncoding::Text));
    assert_eq!(text(export, 70), "# Tea\r\n\r\nText\r\n");
    let slugs: Vec<_> = tea
        .terms
        .iter()
        .map(|id| {
            let term = export.terms.iter().find(|term| term.id == *id).unwrap();
            (term.taxonomy.as_ref(), term.slug.as_deref().unwrap())
        })
        .collect();
    let expected =
        [("category", "boats"), ("category", "rivers"), ("post_tag", "rain"), ("post_tag", "2026")];
    assert_eq!(slugs, expected);
}

#[test]
fn what_has_no_date_is_a_page_with_a_number_of_its_own() {
    let folder = Folder::new(&[("about/index.md", TOML), ("contact.markdown", "---\n---\nHi")]);
    let first = folder.read();
    assert_eq!(first.diagnostics, []);
    let about = first.value.posts.iter().find(|post| post.slug.as_ref() == "about").unwrap();
    assert_eq!((about.post_type.as_ref(), about.status), ("page", Status::Draft));
    assert_eq!((about.title.as_ref(), about.menu_order), ("About", 3));
    assert!(about.id.0 > 1 << 50);
    assert_eq!(first.value.posts.len(), 2);
    let again = folder.read();
    assert_eq!(first.value.posts[0].id, again.value.posts[0].id);
}

#[test]
fn names_of_other_generators_tell_date_and_slug() {
    let folder = Folder::new(&[("2026-06-05-summer.md", "---\ntitle: Summer\n---\nx")]);
    let export = folder.read().value;
    let post = &export.posts[0];
    assert_eq!((post.slug.as_ref(), post.post_type.as_ref()), ("summer", "post"));
    assert_eq!(post.date.unwrap().to_string(), "2026-06-05 00:00:00");
}

#[test]
fn a_named_file_needs_no_front_matter() {
    let folder = Folder::new(&[("notes.md", "Just text")]);
    let export = read(&[folder.path("notes.md")]).unwrap().value;
    assert_eq!((export.posts[0].slug.as_ref(), export.posts[0].title.as_ref()), ("notes", "notes"));
}

#[test]
fn front_matter_that_does_not_parse_is_told() {
    let files = [
        ("a.md", "---\ntitle: [\n---\nx"),
        ("b.md", "+++\ntitle = \n+++\nx"),
        ("c.md", "---\n- a\n---\nx"),
        ("d.md", "---\nimage: a.jpg\n---\nx"),
        ("e.md", "---\ntitle:\n  a: b\n---\nx"),
        ("f.md", "---\nnever closed"),
        ("p.json", &post_json(1, "")),
    ];
    let read = Folder::new(&files).read();
    let expected = [
        "invalid-front-matter",
        "invalid-front-matter",
        "invalid-front-matter",
        "unused-field",
        "unreadable-record",
        "invalid-front-matter",
    ];
    assert_eq!(codes(&read), expected);
    assert_eq!(read.value.posts.len(), 2);
}

#[test]
fn words_that_are_to_hide_a_page_hide_it() {
    use Status::{Draft, Private, Publish, Unknown};
    for (front, status, is_protected) in [
        ("", Publish, false),
        ("published: true", Publish, false),
        ("published: 2024-05-01", Publish, false),
        ("published: false", Draft, false),
        ("published: nein", Draft, false),
        ("draft: false", Publish, false),
        ("Draft: true", Draft, false),
        ("draft: ja", Draft, false),
        ("visibility: public", Publish, false),
        ("visibility: private", Private, false),
        ("visibility: members", Private, false),
        ("visibility: password", Publish, true),
        ("private: true", Private, false),
        ("hidden: yes", Private, false),
        ("protected: true", Publish, true),
        ("protected: false", Publish, false),
        ("password: abc", Publish, true),
        ("status: Published", Publish, false),
        ("status: Draft", Draft, false),
        ("status: entwurf", Unknown, false),
        ("status: private\npublished: true", Private, false),
    ] {
        let page = format!("---\ntitle: A\n{front}\n---\nx");
        let read = Folder::new(&[("a.md", &page)]).read();
        let post = &read.value.posts[0];
        assert_eq!(
            (post.status, post.audience == Audience::WithPassword),
            (status, is_protected),
            "{front}"
        );
        assert!(read.diagnostics.iter().all(|told| told.code == "unknown-status"), "{front}");
    }
}

#[test]
fn keys_that_are_not_known_are_told_with_what_they_may_mean() {
    let page = "\n---\ntitel: A\naliases: [/a/]\nurl: /b/\nzzz: 1\n---\nx";
    let read = Folder::new(&[("a.md", page)]).read();
    let mut told: Vec<String> = read.diagnostics.iter().map(ToString::to_string).collect();
    told.sort();
    let expected =
        [("`aliases`", "[redirects]"), ("`titel`", "`title`"), ("`url`", "`link`"), ("`zzz`", "")];
    assert_eq!(told.len(), expected.len());
    for (told, (key, help)) in told.iter().zip(expected) {
        assert!(
            told.contains("unknown-field") && told.contains(key) && told.contains(help),
            "{told}"
        );
    }
}

#[test]
fn files_without_front_matter_are_told_once_but_not_those_about_the_folder() {
    let files = [("a.md", "x"), ("b.md", "y"), ("README.md", "z"), ("p.json", &*post_json(1, ""))];
    let read = Folder::new(&files).read();
    assert_eq!(codes(&read), ["unread-markdown"]);
    assert!(read.diagnostics[0].message.starts_with("2 Markdown files"));
}
