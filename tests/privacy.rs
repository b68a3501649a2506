//! What was not public in WordPress must be nowhere in the site: neither in a page nor in a feed,
//! the site map, the manifest, or the name of a file.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::site::{self, Run};

/// What every hidden text in the export begins with.
const CANARY: &str = "canary";

#[test]
fn nothing_hidden_reaches_the_site() {
    let run = build(&[]);
    assert_eq!(canaries(&run), BTreeSet::new());
    // The site is not empty, and what was public is there.
    for name in ["2024/05/open/index.html", "asking/index.html"] {
        let page = page(&run, name);
        for public in ["Open text", "Open comment", "Pema"] {
            assert!(page.contains(public), "{public} is missing in {name}");
        }
    }
}

#[test]
fn rules_of_hosts_and_old_addresses_name_nothing_that_is_hidden() {
    for host in ["nginx", "netlify", "cloudflare"] {
        let settings = TempDir::new().unwrap();
        let path = settings.path().join("all.toml");
        let text = format!(
            "host = \"{host}\"\nuploads = \"all\"\n\n[permalinks]\nold_structures = [\"/archives/%post_id%/\", \"/old/%postname%/\"]\n"
        );
        fs::write(&path, text).unwrap();
        let run = build(&["--config", path.to_str().unwrap()]);
        assert_eq!(canaries(&run), BTreeSet::new(), "{host}");
    }
}

#[test]
fn lists_saved_by_an_editor_name_nothing_that_is_hidden() {
    let run = build(&["-v"]);
    let page = page(&run, "listing/index.html");
    for public in ["Before all lists", "Open child", "After all lists", "A public entry"] {
        assert!(page.contains(public), "{public}");
    }
    assert!(run.told.contains("hidden-in-list"), "{}", run.told);
}

#[test]
fn what_wordpress_exports_itself_hides_as_much() {
    let case = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/wxr/input");
    let export = fs::read_to_string(case.join("valley.WordPress.2024-06-01.xml")).unwrap();
    // Mails, logins, drafts, passwords and what they hide, comments nobody approved, orders.
    assert!(export.matches(CANARY).count() > 8);
    let run = site::build(&case, &[]);
    assert_eq!(run.exit_code, 0, "{}", run.told);
    assert_eq!(canaries(&run), BTreeSet::new());
    assert!(page(&run, "2024/05/rain-at-last/index.html").contains("At last!"));
}

#[test]
fn a_preview_shows_drafts_and_scheduled_posts_but_nothing_else_that_is_hidden() {
    let run = build(&["--drafts", "--future"]);
    let expected = ["draft-content", "future-content", "pending-content"];
    let shown: Vec<String> =
        canaries(&run).into_iter().filter(|it| it.ends_with("-content")).collect();
    assert_eq!(shown, expected);
    for never in ["private", "trash", "auto-draft", "password", "revision", "email", "spam"] {
        assert!(!canaries(&run).iter().any(|it| it.starts_with(never)), "{never}");
    }
}

#[test]
fn links_to_hidden_posts_lead_nowhere_and_are_told() {
    let run = build(&["-v"]);
    let page = page(&run, "2024/05/open/index.html");
    let (_, text) = page.split_once("entry-content").unwrap();
    for (id, _) in HIDDEN {
        let link = format!("?p={id}");
        assert!(run.told.contains(&format!("a link leads to `/{link}`")), "{link}\n{}", run.told);
        assert!(!text.contains(&format!("href=\"/{link}")), "{link}");
    }
}

#[test]
fn attachments_of_hidden_posts_stay_as_public_as_in_wordpress() {
    let run = build(&[]);
    let files = run.files();
    assert!(files.contains_key("wp-content/uploads/2024/04/lake.jpg"));
    assert!(!files.contains_key("wp-content/uploads/2024/04/unused.jpg"));
}

#[test]
fn what_only_members_saw_is_nowhere_and_that_is_proved() {
    let place = TempDir::new().unwrap();
    let hidden = "<p>canary one two three four five six seven eight nine ten.</p>";
    let paid = format!("<!-- wp:jetpack/paywall /-->{hidden}");
    let block = format!(
        "<!-- wp:premium-content/subscriber-view -->{hidden}<!-- /wp:premium-content/subscriber-view -->\
         <!-- wp:paragraph --><p>Open end.</p><!-- /wp:paragraph -->"
    );
    let shortcode = format!("Open start. [membership level=\"1\"]{hidden}[/membership] Open end.");
    let mut whole = post_of(4, "publish", "whole");
    whole["content"] = text(hidden);
    whole["meta"] = json!({"_jetpack_newsletter_access": "paid_subscribers"});
    let mut posts = vec![whole];
    for (id, content) in [(1, &paid), (2, &block), (3, &shortcode)] {
        let mut post = post_of(id, "publish", &format!("part-{id}"));
        post["content"] = text(content);
        post["excerpt"] = json!({"raw": "", "rendered": hidden, "protected": false});
        posts.push(post);
    }
    let export = place.path().join("posts.json");
    fs::write(&export, Value::Array(posts).to_string()).unwrap();
    let input = export.to_str().unwrap();
    let run = site::stillpress(TempDir::new().unwrap(), &["-v", input], b"");
    assert_eq!(canaries(&run), BTreeSet::new());
    assert!(run.told.contains("1 post for members"), "{}", run.told);
    assert_eq!(run.told.matches("[members-only]").count(), 3, "{}", run.told);
    assert!(page(&run, "2024/05/part-1/index.html").contains("The rest was for members only."));
    assert!(page(&run, "2024/05/part-3/index.html").contains("Open end."));
}

#[test]
fn a_post_that_was_made_private_disappears() {
    let place = TempDir::new().unwrap();
    let write = |post: Value| {
        let text = Value::Array(vec![post, post_of(2, "publish", "other")]).to_string();
        fs::write(place.path().join("posts.json"), text).unwrap();
    };
    write(post_of(1, "publish", "once-public"));
    let input = place.path().join("posts.json").to_str().unwrap().to_owned();
    let run = site::stillpress(TempDir::new().unwrap(), &[&input], b"");
    assert!(run.files().keys().any(|name| name.contains("once-public")));
    write(post_of(1, "private", "once-public"));
    let run = site::stillpress(run.place, &[&input], b"");
    let left = run.files().into_iter().filter(|(name, bytes)| {
        name.contains("once-public") || String::from_utf8_lossy(bytes).contains("once-public")
    });
    assert_eq!(left.map(|(name, _)| name).collect::<Vec<_>>(), [""; 0]);
}

/// Posts that WordPress did not show, by id and status.
const HIDDEN: [(u32, &str); 7] = [
    (11, "draft"),
    (12, "pending"),
    (13, "private"),
    (14, "future"),
    (15, "trash"),
    (16, "auto-draft"),
    (17, "password"),
];

/// Returns the names of the canaries found in the files of the site and their names.
fn canaries(run: &Run) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (name, bytes) in site::files_in(&run.folder()) {
        let text = format!("{name}\n{}", String::from_utf8_lossy(&bytes));
        let is_name = |c: &char| c.is_ascii_alphanumeric() || *c == '-';
        let after = text.split(CANARY).skip(1);
        found.extend(after.map(|rest| {
            let rest = rest.trim_start_matches('-');
            rest.chars().take_while(is_name).collect::<String>()
        }));
    }
    found
}

fn page(run: &Run, name: &str) -> String {
    String::from_utf8(run.files()[name].clone()).unwrap()
}

fn build(arguments: &[&str]) -> Run {
    let input = TempDir::new().unwrap();
    for (name, value) in export() {
        fs::write(input.path().join(name), value.to_string()).unwrap();
    }
    let uploads = input.path().join("uploads/2024/04");
    fs::create_dir_all(&uploads).unwrap();
    for name in ["lake.jpg", "unused.jpg"] {
        fs::write(uploads.join(name), "not really a picture").unwrap();
    }
    let run = site::build(input.path(), arguments);
    assert_eq!(run.exit_code, 0, "{}", run.told);
    run
}

/// Returns an export as an administrator sees it, with a canary in all that is not public.
fn export() -> Vec<(&'static str, Value)> {
    let mut posts: Vec<Value> = HIDDEN.iter().map(|&(id, status)| hidden(id, status)).collect();
    posts.push(open());
    let mut revision = post_of(30, "inherit", "canary-revision-slug");
    revision["type"] = "revision".into();
    revision["content"] = text("canary-revision-content");
    posts.push(revision);
    // A page below a hidden one keeps its address, without telling the name of the one above.
    let mut page = post_of(31, "publish", "child");
    page["type"] = "page".into();
    page["parent"] = 32.into();
    page["link"] = "https://old.example/?page_id=31".into();
    let mut above = post_of(32, "draft", "canary-parent-slug");
    above["type"] = "page".into();
    above["title"] = text("canary-parent-title");
    let mut block = post_of(34, "draft", "canary-block-slug");
    block["type"] = "wp_block".into();
    block["content"] = text("<p>canary-block-content</p>");
    // A reusable block, saved as WordPress rendered it for an editor.
    let mut listing_block = listing();
    listing_block["id"] = 36.into();
    listing_block["type"] = "wp_block".into();
    vec![
        ("posts.json", posts.into()),
        ("pages.json", vec![page, above, asking(), listing()].into()),
        (
            "menus.json",
            json!([{"id": 50, "name": "Main", "slug": "main", "locations": ["primary"]}]),
        ),
        ("menu-items.json", menu_items().into()),
        ("navigation.json", vec![navigation()].into()),
        ("blocks.json", vec![block, listing_block].into()),
        ("comments.json", comments().into()),
        ("users.json", json!([user()])),
        ("media.json", json!([attachment()])),
        (
            "settings.json",
            json!({"title": "Paper", "url": "https://old.example", "email": "canary-email@old.example",
                   "timezone": "UTC", "posts_per_page": 10, "default_category": 1}),
        ),
    ]
}

fn open() -> Value {
    let links: Vec<String> =
        HIDDEN.iter().map(|(id, _)| format!("<p><a href=\"/?p={id}\">a link</a></p>")).collect();
    let picture = "<img src=\"/wp-content/uploads/2024/04/lake.jpg\" alt=\"\">";
    let mut post = post_of(1, "publish", "open");
    post["content"] = text(&format!("<p>Open text {picture}</p>{}", links.concat()));
    post["meta"] = json!({"_edit_lock": "canary-meta", "_private": "canary-meta"});
    post
}

/// A page whose blocks ask the site for all it has.
fn asking() -> Value {
    let blocks = [
        r#"<!-- wp:latest-posts {"postsToShow":50,"displayPostContent":true,"displayPostContentRadio":"full_post","displayAuthor":true,"displayFeaturedImage":true} /-->"#,
        r#"<!-- wp:query {"query":{"perPage":50,"postType":"post"}} --><!-- wp:post-template --><!-- wp:post-title /--><!-- wp:post-content /--><!-- wp:post-excerpt /--><!-- wp:post-terms {"term":"category"} /--><!-- wp:post-navigation-link {"type":"previous","showTitle":true} /--><!-- wp:comment-template --><!-- wp:comment-content /--><!-- /wp:comment-template --><!-- wp:footnotes /--><!-- /wp:post-template --><!-- /wp:query -->"#,
        r#"<!-- wp:latest-comments {"commentsToShow":50} /--><!-- wp:archives /--><!-- wp:calendar /-->"#,
        r#"<!-- wp:categories {"showEmpty":true} /--><!-- wp:tag-cloud /--><!-- wp:page-list /-->"#,
        r#"<!-- wp:navigation {"ref":51} /--><!-- wp:navigation --><!-- wp:navigation-link {"label":"canary-label","type":"post","id":13,"url":"/?p=13","kind":"post-type"} /--><!-- wp:navigation-submenu {"label":"canary-submenu","type":"page","id":32,"url":"/?page_id=32","kind":"post-type"} --><!-- wp:navigation-link {"label":"canary-below","type":"post","id":11,"url":"/?p=11","kind":"post-type"} /--><!-- /wp:navigation-submenu --><!-- /wp:navigation --><!-- wp:breadcrumbs /-->"#,
        r#"<!-- wp:post-navigation-link {"type":"previous","showTitle":true} /--><!-- wp:post-navigation-link {"showTitle":true} /--><!-- wp:post-comments-form /--><!-- wp:comments --><!-- wp:comments-title /--><!-- /wp:comments -->"#,
        r#"<!-- wp:query {"query":{"perPage":50,"postType":"page"}} --><!-- wp:post-template --><!-- wp:post-content /--><!-- wp:post-excerpt {"excerptLength":100} /--><!-- /wp:post-template --><!-- /wp:query -->"#,
        r#"<!-- wp:block {"ref":36} /--><!-- wp:block {"ref":34} /--><!-- wp:block {"ref":11} /--><!-- wp:post-author {"showBio":true} /-->"#,
    ];
    let mut page = post_of(33, "publish", "asking");
    page["type"] = "page".into();
    page["link"] = "https://old.example/asking/".into();
    page["content"] = json!({"raw": blocks.concat(), "protected": false});
    page
}

/// A page as WordPress rendered it for an editor, with a list of every kind.
fn listing() -> Value {
    let entries = |entry: &dyn Fn(u32, &str) -> String| {
        let all = HIDDEN.iter().map(|(id, status)| entry(*id, &format!("canary-{status}-listed")));
        all.collect::<String>()
    };
    let link = |id: u32, title: &str| {
        // As WordPress links what is not published, and what is.
        let address = if id.is_multiple_of(2) { format!("/?p={id}") } else { address_of(id) };
        format!("<a href=\"{address}\">{title}</a>")
    };
    let items = entries(&|id, title| format!("<li>{}<p>{title}-excerpt</p></li>", link(id, title)));
    let open = "<li><a href=\"/?p=1\">A public entry</a></li>";
    let comments = entries(&|id, title| {
        let link = link(id, title).replace("\">", "#comment-213\">");
        format!(
            "<li class=\"wp-block-latest-comments__comment\"><footer><a href=\"https://dawa.example/\">Dawa</a> on {link}</footer><p>{title}</p></li>"
        )
    });
    let lost = "<li><a href=\"/2020/01/gone/\">Private: canary-gone</a></li>";
    let single = link(13, "Private: canary-next");
    let child = "<li><a href=\"/?page_id=31\">Open child</a></li>";
    let above = "<a href=\"/?page_id=32\">canary-parent-listed</a>";
    let text = format!(
        "<p>Before all lists</p>
         <ul class=\"wp-block-latest-posts__list wp-block-latest-posts\">{open}{items}{lost}</ul>
         <div class=\"widget widget_recent_entries\"><h2>Recent</h2><ul>{items}</ul></div>
         <ol class=\"has-excerpts wp-block-latest-comments\">{comments}</ol>
         <ul class=\"wp-block-page-list\"><li>{above}<ul>{child}</ul></li></ul>
         <nav class=\"wp-block-navigation\"><ul>{items}<li>{above}</li></ul></nav>
         <nav class=\"wp-block-breadcrumbs\"><ol><li>{above}</li><li>Here</li></ol></nav>
         <div class=\"post-navigation-link-next wp-block-post-navigation-link\">{single}</div>
         <p class=\"plugin-breadcrumb\">Home » {single} » Here</p><ol class=\"related\"><li>{single}</li></ol>
         <nav class=\"post-navigation\"><div class=\"nav-previous\">{single}</div></nav>
         <p>After all lists</p>"
    );
    let mut page = post_of(35, "publish", "listing");
    page["type"] = "page".into();
    page["link"] = "https://old.example/listing/".into();
    page["content"] = json!({"rendered": text, "protected": false});
    page["excerpt"] = json!({"rendered": "<p>Before all lists Private: canary-excerpt</p>"});
    page
}

fn address_of(id: u32) -> String {
    let (_, status) = HIDDEN.iter().find(|(hidden, _)| *hidden == id).unwrap();
    let slug =
        if *status == "password" { "slug".to_owned() } else { format!("canary-{status}-slug") };
    format!("https://old.example/2024/05/{slug}/")
}

fn menu_items() -> Vec<Value> {
    let item = |order: u32, id: u32, title: String| {
        json!({
            "id": 300 + order, "title": {"rendered": title}, "status": "publish",
            "url": address_of(id), "type": "post_type", "type_label": "Post", "object": "post",
            "object_id": id, "parent": 0, "menu_order": order, "menus": 50, "attr_title": "",
        })
    };
    let all = (1..).zip(HIDDEN);
    all.map(|(order, (id, status))| item(order, id, format!("canary-{status}-menu"))).collect()
}

/// A menu of blocks that a public page shows.
fn navigation() -> Value {
    let link = |(id, status): &(u32, &str)| {
        format!(
            "<!-- wp:navigation-link {{\"label\":\"canary-{status}-entry\",\"type\":\"post\",\"id\":{id},\"url\":\"{}\",\"kind\":\"post-type\"}} /-->",
            address_of(*id)
        )
    };
    let links: String = HIDDEN.iter().map(link).collect();
    let mut menu = post_of(51, "publish", "menu");
    menu["type"] = "wp_navigation".into();
    menu["content"] = text(&format!("{links}<!-- wp:page-list /-->"));
    menu
}

/// Hidden posts are newer than the open one, in a category of their own, and all have comments.
fn hidden(id: u32, status: &str) -> Value {
    let is_protected = status == "password";
    let mut post = post_of(id, if is_protected { "publish" } else { status }, "slug");
    post["link"] = address_of(id).into();
    post["content"] = text(&format!("<p>canary-{status}-content</p>"));
    post["excerpt"] = text(&format!("<p>canary-{status}-excerpt</p>"));
    let footnotes = "[{\"id\":\"a\",\"content\":\"canary-footnote\"}]";
    post["meta"] = json!({"footnotes": footnotes, "_wp_old_slug": ["canary-old-slug"]});
    if is_protected {
        post["password"] = "canary-password-itself".into();
        post["content"]["protected"] = true.into();
        post["excerpt"]["protected"] = true.into();
    } else {
        post["title"] = text(&format!("canary-{status}-title"));
        post["slug"] = format!("canary-{status}-slug").into();
    }
    post
}

fn comments() -> Vec<Value> {
    let comment = |id: u32, post: u32, status: &str, words: &str| {
        json!({
            "id": id, "post": post, "parent": 0, "author": 0, "author_name": "Dawa",
            "author_email": "canary-email@dawa.example", "author_ip": "canary-ip",
            "author_user_agent": "canary-agent", "author_url": "",
            "date": "2024-05-02T10:00:00", "date_gmt": "2024-05-02T10:00:00",
            "content": {"raw": words, "rendered": format!("<p>{words}</p>")},
            "link": format!("https://old.example/?p={post}#comment-{id}"),
            "status": status, "type": "comment",
            "author_avatar_urls": {"24": "https://gravatar.example/canary-avatar"},
        })
    };
    let mut all = vec![
        comment(101, 1, "approved", "Open comment"),
        comment(102, 1, "hold", "canary-unapproved"),
        comment(103, 1, "spam", "canary-spam"),
        comment(104, 1, "trash", "canary-trash"),
    ];
    let under = HIDDEN.iter().map(|&(id, _)| comment(200 + id, id, "approved", "canary-under"));
    all.extend(under);
    all
}

fn user() -> Value {
    json!({
        "id": 1, "username": "canary-username", "name": "Pema", "first_name": "canary-first",
        "last_name": "canary-last", "email": "canary-email@old.example", "url": "",
        "description": "", "link": "https://old.example/author/pema/", "locale": "en_US",
        "nickname": "canary-nickname", "slug": "pema", "roles": ["administrator"],
        "registered_date": "2020-01-01T00:00:00", "capabilities": {"canary-capability": true},
        "extra_capabilities": {"administrator": true},
        "avatar_urls": {"24": "https://gravatar.example/canary-avatar"},
    })
}

/// It hangs on a draft, but its file was open to everybody.
fn attachment() -> Value {
    json!({
        "id": 7, "date": "2024-04-01T00:00:00", "slug": "lake", "status": "inherit",
        "type": "attachment", "link": "https://old.example/?attachment_id=7",
        "title": {"raw": "Lake", "rendered": "Lake"}, "author": 1, "caption": {"rendered": ""},
        "alt_text": "", "media_type": "image", "mime_type": "image/jpeg", "media_details": {},
        "post": 11, "source_url": "https://old.example/wp-content/uploads/2024/04/lake.jpg",
        "meta": {"_secret": "canary-meta"},
    })
}

fn post_of(id: u32, status: &str, slug: &str) -> Value {
    json!({
        "id": id, "date": format!("2024-05-{:02}T09:00:00", id.min(28)),
        "date_gmt": format!("2024-05-{:02}T09:00:00", id.min(28)),
        "guid": {"rendered": format!("https://old.example/?p={id}")},
        "modified": "2024-05-30T09:00:00", "modified_gmt": "2024-05-30T09:00:00",
        "password": "", "slug": slug, "status": status, "type": "post",
        "link": format!("https://old.example/2024/05/{slug}/"), "title": text("A title"),
        "content": text("<p>Text.</p>"), "excerpt": text(""), "author": 1, "featured_media": 0,
        "sticky": false, "format": "standard", "meta": [], "categories": [1], "tags": [],
        "permalink_template": "https://old.example/%postname%/", "generated_slug": slug,
    })
}

fn text(words: &str) -> Value {
    json!({"raw": words, "rendered": words, "protected": false})
}
