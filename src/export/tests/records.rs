//! Posts, media, comments: every field, however loosely it is written.

use crate::export::tests::{codes, ids, post, post_json, read_json, read_quietly, text};
use crate::model::{
    Audience, AuthorId, BodyFormat, CommentKind, CommentText, ExcerptKind, FileId, ImageSize,
    PieceKind, PostId, Status, TermId,
};

const WHOLE: &str = r#"{"id":12,"date":"2026-06-05T03:09:53","date_gmt":"2026-06-04T21:39:53",
    "guid":{"rendered":"https://example.org/?p=12"},"modified":"2026-06-06T01:00:00",
    "modified_gmt":"2026-06-05T19:30:00","slug":"%e0%bd%96%e0%bd%bc%e0%bd%91","status":"publish",
    "type":"post","link":"https://example.org/bod/","title":{"rendered":"Tea &amp; butter"},
    "content":{"rendered":"<p>Tea.</p>","protected":false},
    "excerpt":{"rendered":"<p>Tea.</p>","protected":false},"author":4,"featured_media":31,
    "comment_status":"open","ping_status":"closed","sticky":true,"template":"","format":"aside",
    "meta":{"footnotes":"[{\"id\":\"a\"}]","_secret":"x"},"categories":[5,2],"tags":[9],
    "class_list":["post-12","category-tea","category-news","tag-9"],"genres":[40],
    "_links":{"wp:term":[{"taxonomy":"genre","href":"https://example.org/wp-json/wp/v2/genres?post=12"}]}}"#;

#[test]
fn a_post_has_all_its_fields() {
    let export = read_quietly(WHOLE);
    let post = post(&export, 12);
    assert_eq!((post.post_type.as_ref(), post.status), ("post", Status::Publish));
    assert_eq!((post.slug.as_ref(), post.link.as_ref()), ("བོད", "https://example.org/bod/"));
    assert_eq!(post.guid.as_ref(), "https://example.org/?p=12");
    assert_eq!(post.title.as_ref(), "Tea &amp; butter");
    assert_eq!(post.date.unwrap().to_string(), "2026-06-05 03:09:53");
    assert_eq!(post.date_gmt.unwrap().to_string(), "2026-06-04 21:39:53");
    assert_eq!(post.modified.unwrap().to_string(), "2026-06-06 01:00:00");
    assert_eq!(post.modified_gmt.unwrap().to_string(), "2026-06-05 19:30:00");
    assert_eq!((post.excerpt.as_ref(), post.excerpt_kind), ("Tea.", ExcerptKind::Unknown));
    assert_eq!((post.author, post.featured_media), (AuthorId(4), Some(PostId(31))));
    assert_eq!((post.parent, post.menu_order, post.is_sticky), (None, 0, true));
    assert_eq!((post.format.as_ref(), post.comments_open), ("aside", true));
    assert_eq!(post.footnotes.as_ref(), r#"[{"id":"a"}]"#);
    assert_eq!(*post.terms, [TermId(5), TermId(2), TermId(9), TermId(40)]);
    assert_eq!((post.file, post.audience == Audience::WithPassword), (FileId(0), false));
    assert_eq!(post.body.as_ref().unwrap().format, BodyFormat::Rendered);
}

#[test]
fn terms_and_authors_are_known_by_number_at_least() {
    let export = read_quietly(WHOLE);
    let terms: Vec<(u64, &str, Option<&str>)> = (export.terms.iter())
        .map(|term| (term.id.0, term.taxonomy.as_ref(), term.slug.as_deref()))
        .collect();
    let expected = [
        (2, "category", Some("news")),
        (5, "category", Some("tea")),
        (9, "post_tag", None),
        (40, "genre", None),
    ];
    assert_eq!(terms, expected);
    assert_eq!((export.authors[0].id, &export.authors[0].name), (AuthorId(4), &None));
}

#[test]
fn custom_terms_are_told_by_classes() {
    let fields = r#""genres":[7,8],"ratings":[1,2,3],
        "class_list":["genre-noir","genre-western","rating-1"]"#;
    let export = read_quietly(&post_json(1, fields));
    assert_eq!(*export.posts[0].terms, [TermId(7), TermId(8)]);
    assert_eq!(export.terms[1].slug.as_deref(), Some("western"));
    assert_eq!(export.terms[1].taxonomy.as_ref(), "genre");
}

#[test]
fn slugs_that_classes_cut_are_not_believed() {
    let fields = r#""tags":[7,8,9],"class_list":["tag--2024","tag-caf-","tag-plain"]"#;
    let export = read_quietly(&post_json(1, fields));
    let slugs: Vec<_> = export.terms.iter().map(|term| term.slug.as_deref()).collect();
    assert_eq!(slugs, [None, None, Some("plain")]);
}

#[test]
fn php_writes_the_same_value_in_many_ways() {
    for fields in [
        r#""author":"4","featured_media":"31","sticky":1,"menu_order":"3","meta":[]"#,
        r#""author":4.0,"featured_media":31,"sticky":"1","menu_order":3,"meta":null"#,
    ] {
        let export = read_quietly(&post_json(1, fields));
        let post = &export.posts[0];
        assert_eq!((post.author, post.featured_media), (AuthorId(4), Some(PostId(31))));
        assert!(post.is_sticky && post.menu_order == 3);
    }
    let loose = r#"{"id":"3","type":"post","status":"publish","title":"Plain","content":"<p>x</p>",
        "excerpt":false,"slug":null,"author":null,"categories":["5","6"],"tags":[],"guid":"g",
        "parent":0,"featured_media":false,"class_list":{"0":"post-3","2":"category-a"},"format":false}"#;
    let export = read_quietly(loose);
    assert_eq!((ids(&export), export.posts[0].title.as_ref()), (vec![3], "Plain"));
    assert_eq!(*export.posts[0].terms, [TermId(5), TermId(6)]);
    assert_eq!(text(&export, 3), "<p>x</p>");
}

#[test]
fn nothing_but_the_id_is_needed() {
    let export = read_quietly(r#"{"id":3,"content":{"rendered":"<p>x</p>"}}"#);
    let post = post(&export, 3);
    assert_eq!((post.post_type.as_ref(), post.status), ("post", Status::Publish));
    assert_eq!((post.date, post.author, post.title.as_ref()), (None, AuthorId(0), ""));
}

#[test]
fn the_body_is_what_readers_saw_or_else_what_was_saved() {
    let blocks = "<!-- wp:paragraph --><p>x</p><!-- /wp:paragraph -->";
    for (content, expected, format) in [
        (r#"{"rendered":"<p>x</p>","raw":"y"}"#, "<p>x</p>", BodyFormat::Rendered),
        (r#"{"rendered":"","raw":"One\n\nTwo"}"#, "One\n\nTwo", BodyFormat::Classic),
        (&format!(r#"{{"raw":"{blocks}"}}"#), blocks, BodyFormat::Blocks),
        (r#"{"rendered":""}"#, "", BodyFormat::Rendered),
    ] {
        let json = format!(
            r#"{{"id":1,"type":"post","status":"publish","password":"","title":"x","content":{content}}}"#
        );
        let export = read_quietly(&json);
        assert_eq!(text(&export, 1), expected);
        assert_eq!(export.posts[0].body.as_ref().unwrap().format, format);
    }
}

#[test]
fn what_needs_a_password_is_protected() {
    for fields in [
        r#""password":"x""#,
        r#""excerpt":{"rendered":"","protected":true}"#,
        r#""class_list":["post-password-required"]"#,
    ] {
        assert!(
            read_quietly(&post_json(1, fields)).posts[0].audience == Audience::WithPassword,
            "{fields}"
        );
    }
    assert!(read_quietly(&post_json(1, r#""password":"""#)).posts[0].is_public());
}

#[test]
fn the_raw_excerpt_tells_who_wrote_it() {
    for (excerpt, expected) in [
        (r#"{"rendered":"<p>a</p>","raw":"a"}"#, ("a", ExcerptKind::Manual)),
        (r#"{"rendered":"","raw":"a"}"#, ("a", ExcerptKind::Manual)),
        (r#"{"rendered":"<p>b</p>","raw":""}"#, ("b", ExcerptKind::Automatic)),
        (r#"{"rendered":"<p>c</p>"}"#, ("c", ExcerptKind::Unknown)),
    ] {
        let export = read_quietly(&post_json(1, &format!(r#""excerpt":{excerpt}"#)));
        let post = &export.posts[0];
        assert_eq!((post.excerpt.as_ref(), post.excerpt_kind), expected);
    }
}

#[test]
fn statuses_are_told_apart() {
    for (name, expected) in [
        ("publish", Status::Publish),
        ("future", Status::Future),
        ("auto-draft", Status::Trash),
        ("pending", Status::Draft),
        ("private", Status::Private),
        ("trash", Status::Trash),
        ("Draft", Status::Draft),
    ] {
        let json = format!(r#"{{"id":1,"type":"post","title":"x","status":"{name}"}}"#);
        assert_eq!(read_quietly(&json).posts[0].status, expected);
    }
}

#[test]
fn a_date_that_is_none_is_told_of_public_posts_only() {
    let bad = r#"{"id":1,"type":"post","title":"x","status":"publish","date":"0000-00-00 00:00:00",
        "date_gmt":"soon"}"#;
    let read = read_json(bad);
    assert_eq!(codes(&read), ["bad-date", "bad-date"]);
    assert_eq!((read.value.posts[0].date, read.value.posts[0].date_gmt), (None, None));
    let draft = bad.replace("publish", "draft");
    assert_eq!(codes(&read_json(&draft)), [""; 0]);
}

#[test]
fn attachments_have_sizes_and_dimensions() {
    let json = r#"[{"id":31,"slug":"tea-%c3%a9","status":"inherit","type":"attachment",
        "link":"https://example.org/tea/","title":{"rendered":"Tea"},"alt_text":"A cup",
        "caption":{"rendered":"<p>Cup</p>"},"media_type":"image","mime_type":"image/jpeg",
        "media_details":{"width":2000,"height":"1000","sizes":{
        "large":{"file":"tea-1024x512.jpg","width":1024,"height":512},
        "thumbnail":{"file":"tea-150x150.jpg","width":"150","height":150},
        "broken":{"file":"x.jpg"},
        "full":{"file":"tea.jpg","width":2000,"height":1000}}},
        "post":12,"source_url":"https://example.org/wp-content/uploads/2026/06/tea.jpg"},
        {"id":32,"media_type":"file","mime_type":"application/pdf","media_details":{"sizes":[]},
        "post":null,"source_url":"https://example.org/a.pdf"},
        {"id":33,"media_type":"file","media_details":[],"source_url":"https://example.org/b.zip"}]"#;
    let export = read_quietly(json);
    let tea = &export.attachments[0];
    assert_eq!((tea.id, tea.slug.as_ref(), tea.alt.as_ref()), (PostId(31), "tea-é", "A cup"));
    assert_eq!((tea.width, tea.height, tea.parent), (2000, 1000, Some(PostId(12))));
    assert_eq!((tea.status, tea.caption.as_ref()), (Status::Publish, "<p>Cup</p>"));
    let size = |name: &str, file: &str, width, height| ImageSize {
        name: name.into(),
        file_name: file.into(),
        width,
        height,
    };
    let expected = [
        size("thumbnail", "tea-150x150.jpg", 150, 150),
        size("large", "tea-1024x512.jpg", 1024, 512),
    ];
    assert_eq!(*tea.sizes, expected);
    assert_eq!((export.attachments[1].width, export.attachments[1].parent), (0, None));
    assert_eq!(export.attachments.len(), 3);
}

#[test]
fn comments_keep_no_addresses() {
    let comments = r#"{"id":5,"post":12,"parent":0,"author":0,"author_name":"D\u00f6rte",
        "author_email":"private@example.org","author_ip":"192.0.2.7","author_user_agent":"Opera",
        "author_url":"https://example.net","date":"2025-06-16T20:00:00",
        "date_gmt":"2025-06-16T18:00:00","content":{"rendered":"<p>Hi</p>","raw":"Hi"},
        "status":"approved","type":"comment"},
        {"id":6,"post":12,"parent":5,"author":2,"author_name":"x","content":{"rendered":"y"},"status":"hold"},
        {"id":7,"post":12,"parent":5,"author_name":"x","content":{"rendered":"y"},"status":"spam",
        "type":"pingback"}"#;
    let export = read_quietly(&format!("[{},{comments}]", post_json(12, "")));
    let first = &export.comments[0];
    assert_eq!((first.post, first.parent, first.is_approved), (PostId(12), None, true));
    assert_eq!((first.kind, first.author_name.as_ref()), (CommentKind::Comment, "Dörte"));
    assert_eq!(first.content, CommentText::Rendered("<p>Hi</p>".into()));
    assert_eq!((first.user, export.comments[1].user), (None, Some(AuthorId(2))));
    assert!(!export.comments[1].is_approved && !export.comments[2].is_approved);
    assert_eq!(export.comments[2].kind, CommentKind::Ping);
    let all = format!("{export:?}");
    assert!(!all.contains("private@") && !all.contains("192.0.2") && !all.contains("Opera"));
}

#[test]
fn users_keep_no_login() {
    let json = r#"[{"id":2,"username":"root-login","name":"Mira O'Neill","email":"m@example.org",
        "url":"https://mira.example.org","description":"Boats","slug":"mira-o%27neill",
        "link":"https://example.org/author/mira/","roles":["editor"],"avatar_urls":{}}]"#;
    let export = read_quietly(json);
    let author = &export.authors[0];
    assert_eq!(author.name.as_deref(), Some("Mira O'Neill"));
    assert_eq!(author.slug.as_deref(), Some("mira-o'neill"));
    assert_eq!(
        (author.url.as_ref(), author.description.as_ref()),
        ("https://mira.example.org", "Boats")
    );
    let all = format!("{export:?}");
    assert!(!all.contains("root-login") && !all.contains("m@example"));
}

#[test]
fn embedded_records_are_read() {
    let embedded = r#""author":2,"categories":[4],"_embedded":{
        "author":[{"id":2,"name":"Mira","slug":"mira","description":"","link":"https://example.org/author/mira/","avatar_urls":{}}],
        "replies":[[{"id":5,"parent":0,"author":0,"author_name":"D","date":"2025-06-16T20:00:00",
            "content":{"rendered":"<p>Hi</p>"},"type":"comment","author_avatar_urls":{}}]],
        "wp:featuredmedia":[{"id":31,"type":"attachment","source_url":"https://example.org/a.jpg","media_type":"image"},
            {"code":"rest_post_invalid_id","message":"No","data":{"status":404}}],
        "wp:term":[[{"id":4,"name":"Boats","slug":"boats","taxonomy":"category",
            "_links":{"up":[{"href":"https://example.org/wp-json/wp/v2/categories/3"}]}}],[]],
        "up":[{"id":1,"type":"page","title":{"rendered":"Above"}}]}"#;
    let export = read_quietly(&post_json(12, embedded));
    assert_eq!(ids(&export), [12]);
    assert_eq!(export.authors[0].name.as_deref(), Some("Mira"));
    assert_eq!((export.comments[0].post, export.comments[0].is_approved), (PostId(12), true));
    assert_eq!(export.attachments[0].id, PostId(31));
    let term = &export.terms[0];
    assert_eq!((term.name.as_deref(), term.parent), (Some("Boats"), Some(TermId(3))));
}

#[test]
fn a_lone_post_tells_more_in_its_links() {
    let links = r#"{"id":3,"content":{"rendered":"x"},"_links":{
        "about":[{"href":"https://example.org/index.php?rest_route=/wp/v2/types/book"}],
        "author":[{"href":"https://example.org/index.php?rest_route=/wp/v2/users/7"}],
        "wp:featuredmedia":[{"href":"https://example.org/wp-json/wp/v2/media/31"}]}}"#;
    let export = read_quietly(links);
    let post = &export.posts[0];
    assert_eq!((post.post_type.as_ref(), post.author), ("book", AuthorId(7)));
    assert_eq!(post.featured_media, Some(PostId(31)));
}

#[test]
fn block_menus_and_reusable_blocks_are_kept_raw() {
    let json = r#"[{"id":1,"type":"wp_navigation","status":"publish","title":{"rendered":"Main"},
        "content":{"protected":false,"rendered":"<li>x</li>","raw":"<!-- wp:page-list /-->"}},
        {"id":2,"type":"wp_block","status":"publish","title":{"raw":"Hint"},"content":{"protected":false,"raw":"<!-- wp:spacer /-->"}},
        {"id":3,"type":"wp_block","status":"draft","title":{"raw":"Old"},"content":{"protected":false,"raw":"secret"}},
        {"id":4,"type":"wp_navigation","status":"publish","title":{"rendered":"Foot"},
        "content":{"protected":false,"rendered":"<li>y</li>"}}]"#;
    let export = read_quietly(json);
    assert!(export.posts.is_empty());
    assert_eq!(export.navigations[0].body.text, "<!-- wp:page-list /-->");
    assert_eq!(export.navigations[0].body.format, BodyFormat::Blocks);
    assert_eq!(export.navigations[1].body.format, BodyFormat::Rendered);
    assert_eq!(export.reusable_blocks.len(), 1);
    assert_eq!(export.reusable_blocks[0].title.as_ref(), "Hint");
}

#[test]
fn patterns_template_parts_and_icons_are_kept_by_name() {
    let json = r#"[{"name":"acme/hero","title":"Hero","content":"<!-- wp:spacer /-->","categories":["x"]},
        {"name":"core/dot","label":"Dot","content":"<svg></svg>"},
        {"id":"acme//end","theme":"acme","type":"wp_template_part","status":"publish","area":"footer","slug":"end",
        "title":{"raw":"End"},"content":{"raw":"<!-- wp:site-title /-->"}},
        {"id":"acme//old","type":"wp_template_part","status":"draft","content":{"raw":"secret"}},
        {"id":"acme//index","type":"wp_template","status":"publish","content":{"raw":"x"}},
        {"name":"core/dot","label":"Dot","content":"<svg>again</svg>"}]"#;
    let export = read_quietly(&format!("[{},{json}]", post_json(1, "")));
    let pieces: Vec<_> = export
        .theme_pieces
        .iter()
        .map(|piece| (piece.kind, &*piece.name, &*piece.theme, &*piece.area, &*piece.body.text))
        .collect();
    let expected = [
        (PieceKind::Pattern, "acme/hero", "", "", "<!-- wp:spacer /-->"),
        (PieceKind::TemplatePart, "end", "acme", "footer", "<!-- wp:site-title /-->"),
        (PieceKind::Icon, "core/dot", "", "", "<svg></svg>"),
    ];
    assert_eq!(pieces, expected);
}
