//! An export as an administrator sees it, with much in it that was not public.

use serde_json::{Value, json};

/// Posts that WordPress did not show, by id and status.
pub(crate) const HIDDEN: [(u32, &str); 7] = [
    (11, "draft"),
    (12, "pending"),
    (13, "private"),
    (14, "future"),
    (15, "trash"),
    (16, "auto-draft"),
    (17, "password"),
];

/// Returns an export as an administrator sees it, with a canary in all that is not public.
pub(crate) fn export() -> Vec<(&'static str, Value)> {
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

pub(crate) fn post_of(id: u32, status: &str, slug: &str) -> Value {
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

pub(crate) fn text(words: &str) -> Value {
    json!({"raw": words, "rendered": words, "protected": false})
}
