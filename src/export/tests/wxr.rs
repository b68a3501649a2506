//! WordPress's own export in XML.

use std::io::Write as _;

use super::{Folder, codes, ids, post, text};
use crate::diagnostics::Warned;
use crate::export::read_body;
use crate::model::{Audience, AuthorId, BodyFormat, Export, PieceKind, PostId, Status, TermId};

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" ?>\n<rss version=\"2.0\" \
     xmlns:wp=\"http://wordpress.org/export/1.2/\"><channel><title>Pass</title>\
     <link>https://old.example</link>";

/// Returns an export that holds `inner` in its channel.
fn wxr(inner: &str) -> String {
    format!("{HEAD}{inner}</channel></rss>")
}

/// Returns an item with what every item has, and `fields`.
fn item(id: u64, fields: &str) -> String {
    format!(
        "<item><title>Post {id}</title><link>https://old.example/p{id}/</link>\
         <wp:post_id>{id}</wp:post_id><wp:post_date>2024-05-01 09:30:00</wp:post_date>\
         <wp:post_date_gmt>2024-05-01 07:30:00</wp:post_date_gmt><wp:post_name>p{id}</wp:post_name>\
         <wp:status>publish</wp:status><wp:post_type>post</wp:post_type>\
         <wp:post_password></wp:post_password>{fields}</item>"
    )
}

fn read(inner: &str) -> (Folder, Warned<Export>) {
    let folder = Folder::new(&[("export.xml", &wxr(inner))]);
    let read = folder.read();
    (folder, read)
}

#[test]
fn texts_are_found_again_however_they_are_written() {
    let check = |content: &str, format: BodyFormat, expected: &str| {
        let content = format!("<content:encoded>{content}</content:encoded>");
        let (_folder, read) = read(&item(1, &content));
        assert_eq!(codes(&read), [""; 0]);
        assert_eq!(post(&read.value, 1).body.as_ref().unwrap().format, format);
        assert_eq!(text(&read.value, 1), expected);
    };
    check("<![CDATA[a & b\n\nབོད]]>", BodyFormat::Classic, "a & b\n\nབོད");
    check("<![CDATA[a]]]]><![CDATA[>b]]>", BodyFormat::Classic, "a]]>b");
    check("a &lt;b&gt; c", BodyFormat::Classic, "a <b> c");
    check("<![CDATA[</item><!-- wp:p /-->]]>", BodyFormat::Blocks, "</item><!-- wp:p /-->");
    check("", BodyFormat::Classic, "");
}

#[test]
fn it_is_known_by_what_it_holds() {
    let export = wxr(&item(1, ""));
    let utf16: Vec<u8> = "\u{feff}"
        .chars()
        .chain(export.chars())
        .flat_map(|letter| u16::try_from(u32::from(letter)).unwrap().to_le_bytes())
        .collect();
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(export.as_bytes()).unwrap();
    let gzip = gzip.finish().unwrap();
    for (name, bytes) in [
        ("backup.old", export.as_bytes()),
        ("export.txt", export.as_bytes()),
        ("export.json", export.as_bytes()),
        ("export.xml", &utf16),
        ("export.xml.gz", &gzip),
    ] {
        let folder = Folder::new(&[]);
        folder.write(name, bytes);
        assert_eq!(ids(&folder.read().value), [1], "{name}");
    }
}

#[test]
fn taxonomies_of_which_a_part_of_an_export_tells_are_as_unsure_as_others() {
    let term = "<wp:term><wp:term_id>9</wp:term_id><wp:term_taxonomy>flag</wp:term_taxonomy>\
                <wp:term_slug>x</wp:term_slug></wp:term>";
    for head in ["", term] {
        let fields = "<category domain=\"flag\" nicename=\"x\">X</category>\
                      <category domain=\"category\" nicename=\"news\">News</category>";
        let (_folder, read) = read(&format!("{head}{}", item(1, fields)));
        let unsure: Vec<&str> = read.value.unsure_taxonomies.iter().map(|name| &**name).collect();
        assert_eq!(unsure, ["flag"], "{head}");
        assert_eq!(post(&read.value, 1).terms.len(), 2);
    }
}

#[test]
fn types_of_jetpack_that_readers_could_see_are_known() {
    let project = "<item><title>Hut</title><link>https://old.example/portfolio/hut/</link>\
                   <wp:post_id>5</wp:post_id><wp:post_name>hut</wp:post_name><wp:status>publish</wp:status>\
                   <wp:post_type>jetpack-portfolio</wp:post_type><wp:post_password></wp:post_password>\
                   <category domain=\"jetpack-portfolio-type\" nicename=\"wood\">Wood</category></item>";
    let head = "<wp:base_blog_url>https://old.example</wp:base_blog_url>";
    let (_folder, read) = read(&format!("{head}{project}"));
    let types: Vec<_> = read.value.post_types.iter().map(|kind| &*kind.name).collect();
    assert_eq!(types, ["jetpack-portfolio"]);
    assert_eq!(read.value.post_types[0].archive_slug.as_deref(), Some("portfolio"));
    assert!(read.value.unsure_taxonomies.is_empty());
    assert_eq!(&*read.value.terms[0].link, "https://old.example/project-type/wood/");
}

#[test]
fn a_comment_that_any_copy_calls_unapproved_is_hidden() {
    let comment = "<wp:comment><wp:comment_id>7</wp:comment_id><wp:comment_approved>0</wp:comment_approved>\
                   <wp:comment_content>Spam</wp:comment_content></wp:comment>";
    let folder = Folder::new(&[
        ("export.xml", &wxr(&item(1, comment))),
        (
            "comments.json",
            r#"[{"id":7,"post":1,"parent":0,"author_name":"A","author_url":"","date":"2024-05-01T09:00:00",
            "content":{"rendered":"<p>Spam</p>"},"status":"approved","type":"comment"}]"#,
        ),
    ]);
    assert!(!folder.read().value.comments[0].is_approved);
}

#[test]
fn early_exports_number_neither_terms_nor_authors() {
    let author = "<wp:author><wp:author_login>ann</wp:author_login>\
                  <wp:author_display_name>Ann</wp:author_display_name></wp:author>";
    let category = "<wp:category><wp:category_nicename>news</wp:category_nicename>\
                    <wp:cat_name>News</wp:cat_name></wp:category>";
    let fields = "<dc:creator>ann</dc:creator>\
                  <category domain=\"category\" nicename=\"news\">News</category>\
                  <category domain=\"tag\" nicename=\"rain\">Rain</category><category>Rain</category>";
    let (_folder, read) = read(&format!("{author}{category}{}", item(1, fields)));
    assert_eq!(codes(&read), [""; 0]);
    let export = read.value;
    let mut names: Vec<_> = export.terms.iter().filter_map(|term| term.name.as_deref()).collect();
    names.sort_unstable();
    assert_eq!(names, ["News", "Rain"]);
    assert_eq!(post(&export, 1).terms.len(), 2);
    assert_eq!(export.authors[0].slug.as_deref(), Some("ann"));
    assert_eq!(post(&export, 1).author, export.authors[0].id);
}

#[test]
fn answers_and_export_are_put_together() {
    let author = "<wp:author><wp:author_id>4</wp:author_id><wp:author_login>x1</wp:author_login>\
                  <wp:author_display_name>Ann</wp:author_display_name></wp:author>";
    let fields = "<dc:creator>x1</dc:creator><content:encoded>Raw.</content:encoded>\
                  <category domain=\"post_tag\" nicename=\"rain\">Rain</category>";
    let folder = Folder::new(&[
        ("export.xml", &wxr(&format!("{author}{}{}", item(1, fields), item(2, "")))),
        ("tags.json", r#"[{"id":7,"taxonomy":"post_tag","name":"Rain","slug":"rain"}]"#),
        (
            "users.json",
            r#"[{"id":4,"name":"Ann","slug":"ann-b","description":"","avatar_urls":{}}]"#,
        ),
        (
            "posts.json",
            r#"[{"id":1,"type":"post","status":"publish","date":"2024-05-01T09:30:00","slug":"p1",
            "title":{"rendered":"Post 1"},"content":{"rendered":"<p>Seen.</p>","protected":false}}]"#,
        ),
    ]);
    let read = folder.read();
    assert_eq!(codes(&read), [""; 0]);
    assert_eq!(ids(&read.value), [1, 2]);
    assert_eq!(*post(&read.value, 1).terms, [TermId(7)]);
    assert_eq!(post(&read.value, 1).author, AuthorId(4));
    assert_eq!(read.value.authors[0].slug.as_deref(), Some("ann-b"));
    assert_eq!(text(&read.value, 1), "<p>Seen.</p>");
}

#[test]
fn what_is_not_public_is_so() {
    let check = |from: &str, to: &str, expected: (Status, bool)| {
        let item = item(1, "<content:encoded>Text.</content:encoded>");
        let (_folder, read) = read(&item.replace(from, to));
        let post = post(&read.value, 1);
        assert_eq!((post.status, post.audience == Audience::WithPassword), expected, "{to}");
    };
    check("publish", "publish", (Status::Publish, false));
    check(">publish<", ">private<", (Status::Private, false));
    check(">publish<", ">pending<", (Status::Draft, false));
    check(">publish<", ">acme-hidden<", (Status::Unknown, false));
    check("<wp:status>publish</wp:status>", "", (Status::Untold, false));
    check("<wp:post_password>", "<wp:post_password>secret", (Status::Publish, true));
    check("<wp:post_password></wp:post_password>", "", (Status::Untold, false));
}

#[test]
fn what_has_no_number_is_told() {
    let (_folder, read) = read(&(item(1, "") + "<item><title>Lost &amp; found</title></item>"));
    assert_eq!(ids(&read.value), [1]);
    assert_eq!(codes(&read), ["unreadable-record"]);
    assert!(read.diagnostics[0].message.contains("Lost & found"));
}

#[test]
fn items_behind_a_break_are_read_all_the_same() {
    let broken = "<item><title><![CDATA[never closed</title></item>".replace("<!", "<<!");
    let (_folder, read) = read(&(item(1, "") + &broken + &item(2, "")));
    assert!(ids(&read.value).contains(&2), "{:?}", codes(&read));
    // Nor does what has no end take what follows with it.
    for open in [
        "<item><wp:post_id>3</wp:post_id><title><![CDATA[never closed</title></item>",
        "<item><wp:post_id>3</wp:post_id><title>",
    ] {
        let (_folder, read) = self::read(&(item(1, "") + open + &item(2, "")));
        assert!(ids(&read.value).contains(&2), "{open}");
        assert!(codes(&read).contains(&"invalid-xml"), "{open}");
    }
}

#[test]
fn an_item_of_which_a_part_is_lost_is_told() {
    let (_folder, read) = read(&item(1, "<content:encoded>Text.<wp:is_sticky>1</wp:is_sticky>"));
    assert_eq!(ids(&read.value), [1]);
    assert_eq!(codes(&read), ["invalid-xml"]);
    assert_eq!(read.diagnostics[0].location.post, Some((1, "Post 1".into())));
}

/// Returns a field of a post.
fn meta(name: &str, value: &str) -> String {
    format!(
        "<wp:postmeta><wp:meta_key>{name}</wp:meta_key><wp:meta_value><![CDATA[{value}]]>\
         </wp:meta_value></wp:postmeta>"
    )
}

#[test]
fn a_post_has_what_wordpress_keeps_beside_it() {
    let fields = [
        meta("_thumbnail_id", "20"),
        meta("_wp_old_slug", "before"),
        meta("_wp_old_slug", "%e0%bd%96"),
        meta("_edit_lock", "1:2"),
        meta("_yoast_wpseo_metadesc", "For &amp; about tea"),
        meta("footnotes", "[{\"id\":\"a\",\"content\":\"b\"}]"),
        "<category domain=\"post_format\" nicename=\"post-format-aside\">Aside</category>".into(),
        "<wp:is_sticky>1</wp:is_sticky><excerpt:encoded>In <em>short</em></excerpt:encoded>".into(),
    ];
    let (_folder, read) = read(&item(1, &fields.concat()));
    let post = post(&read.value, 1);
    assert_eq!(post.featured_media, Some(PostId(20)));
    assert_eq!(post.old_slugs.iter().map(|slug| &**slug).collect::<Vec<_>>(), ["before", "བ"]);
    assert!(post.footnotes.starts_with("[{"));
    assert_eq!((&*post.format, post.is_sticky), ("aside", true));
    assert_eq!(&*post.excerpt, "In short");
    assert_eq!(post.meta_description.as_deref(), Some("For & about tea"));
    assert_eq!(post.excerpt_html.as_deref(), Some("In <em>short</em>"));
    assert_eq!(codes(&read), [""; 0]);
}

#[test]
fn parts_of_the_theme_that_were_changed_are_read_if_they_were_shown() {
    let fields = "<category domain=\"wp_theme\" nicename=\"acme\"><![CDATA[acme]]></category>
        <category domain=\"wp_template_part_area\" nicename=\"header\"><![CDATA[header]]></category>
        <content:encoded><![CDATA[<!-- wp:navigation {\"ref\":7} /-->]]></content:encoded>";
    let part = |id: u64, status: &str| {
        item(id, fields).replace(">post<", ">wp_template_part<").replace("publish", status)
    };
    let (_folder, Warned { value, .. }) = read(&[part(5, "publish"), part(6, "draft")].concat());
    let [piece] = &*value.theme_pieces else { panic!("{:?}", value.theme_pieces) };
    let told = (piece.kind, &*piece.name, &*piece.theme, &*piece.area, &*piece.body.text);
    let text = "<!-- wp:navigation {\"ref\":7} /-->";
    assert_eq!(told, (PieceKind::TemplatePart, "p5", "acme", "header", text));
}

#[test]
fn the_site_has_its_name_address_and_icon() {
    let image = "<image><url>https://old.example/files/a-32x32.png</url></image>";
    let sizes = "a:1:{s:5:\"sizes\";a:1:{s:1:\"s\";a:3:{s:4:\"file\";s:11:\"a-32x32.png\";\
                 s:5:\"width\";i:32;s:6:\"height\";i:32;}}}";
    let attachment = format!(
        "<wp:attachment_url>https://old.example/files/a.png</wp:attachment_url><wp:postmeta>\
         <wp:meta_key>_wp_attachment_metadata</wp:meta_key><wp:meta_value>{sizes}</wp:meta_value>\
         </wp:postmeta>"
    );
    let attachment = item(5, &attachment).replace(">post<", ">attachment<");
    let more = "<language>de-DE</language><wp:base_blog_url>https://old.example/</wp:base_blog_url>\
                <description>Tea &#38; &lt;b&gt;</description>";
    let (_folder, read) = read(&format!("{more}{image}{attachment}"));
    let site = &read.value.site;
    assert_eq!(site.home.as_deref(), Some("https://old.example"));
    assert_eq!(site.language.as_deref(), Some("de_DE"));
    assert_eq!(site.description.as_deref(), Some("Tea &amp; &lt;b&gt;"));
    assert_eq!(site.site_icon, Some(PostId(5)));
    assert_eq!(read.value.attachments[0].sizes.len(), 1);
}

#[test]
fn what_other_sites_answered_of_embeds_is_kept_with_the_text() {
    let fields = [
        "<content:encoded><![CDATA[Text]]>.</content:encoded>".to_owned(),
        meta("_oembed_0a", "<iframe src='a'></iframe>"),
        meta("_oembed_time_0a", "1715000000"),
        meta("_oembed_0b", "{{unknown}}"),
        meta("other", "x"),
    ];
    let (_folder, read) = read(&item(1, &fields.concat()));
    let body = read_body(&read.value.files, post(&read.value, 1).body.as_ref().unwrap()).unwrap();
    assert_eq!(body.text, "Text.");
    assert_eq!(*body.embeds, ["<iframe src='a'></iframe>".into()]);
}
