//! Old addresses with a query: what the script on the home page finds in the lists of answers.

use std::fs;
use std::path::Path;

use serde_json::{Map, Value, json};
use tempfile::TempDir;

use crate::site;

/// A site of plain permalinks: a post in two pages, a page below another, a draft, a post with a
/// password, a picture of the post and one of the draft.
fn export() -> Value {
    let post = |id: u64, kind: &str, fields: Value| {
        let mut post = json!({
            "id": id, "type": kind, "status": "publish", "date": "2024-05-01T10:00:00", "date_gmt": "2024-05-01T10:00:00",
            "slug": format!("slug-{id}"), "link": format!("https://old.example/?p={id}"),
            "title": {"rendered": format!("Post {id}")},
            "content": {"rendered": "<p>Text</p>", "protected": false}, "categories": [5],
        });
        post.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
        post
    };
    let picture = |id: u64, parent: u64, fields: Value| {
        let mut picture = json!({
            "id": id, "type": "attachment", "status": "inherit", "slug": format!("pic-{id}"), "post": parent,
            "link": format!("https://old.example/?attachment_id={id}"), "title": {"rendered": "Pic"},
            "media_type": "image", "mime_type": "image/png", "media_details": {},
            "source_url": format!("https://old.example/wp-content/uploads/2024/05/pic-{id}.png"),
        });
        picture.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
        picture
    };
    json!({
        "posts": [
            post(1, "post", json!({"content": {"rendered": "<p>One</p>\n<!--nextpage-->\n<p>Two</p>"}})),
            post(2, "post", json!({"status": "draft"})),
            post(3, "post", json!({"content": {"rendered": "", "protected": true}})),
            post(4, "post", json!({"slug": "%e0%bd%96%e0%bd%bc%e0%bd%91"})),
        ],
        "pages": [post(8, "page", json!({"slug": "about"})), post(9, "page", json!({"slug": "team", "parent": 8}))],
        "media": [picture(21, 1, json!({})), picture(22, 2, json!({})), picture(23, 1, json!({})),
            picture(24, 1, json!({"status": "private"})), picture(25, 777, json!({})),
            picture(26, 1, json!({"source_url": "javascript:alert(1)"})), picture(28, 0, json!({})),
            picture(29, 0, json!({}))],
        "categories": [{"id": 5, "taxonomy": "category", "name": "News", "slug": "news", "description": "", "count": 2,
            "link": "https://old.example/?cat=5"}],
    })
}

fn build(folder: &Path, more: &[&str]) {
    let files = folder.join("export/uploads/2024/05");
    fs::create_dir_all(&files).unwrap();
    for id in [21, 22, 24, 25, 28] {
        fs::write(files.join(format!("pic-{id}.png")), "picture").unwrap();
    }
    fs::write(folder.join("export/all.json"), export().to_string()).unwrap();
    let build = ["build", "export", "-o", "site", "--quiet"];
    site::printed(folder, &[&build, more].concat(), 0);
}

/// Returns all answers of a site.
fn answers(folder: &Path) -> Map<String, Value> {
    let lists = fs::read_dir(folder.join("site/assets/old-addresses")).unwrap();
    let lists = lists.map(|list| fs::read(list.unwrap().path()).unwrap());
    lists.flat_map(|list| serde_json::from_slice::<Map<String, Value>>(&list).unwrap()).collect()
}

#[test]
fn every_question_has_its_answer() {
    let folder = TempDir::new().unwrap();
    build(folder.path(), &[]);
    let answers = answers(folder.path());
    let check = |question: &str, expected: Value| {
        assert_eq!(answers.get(question), Some(&expected), "{question}");
    };
    check("p:1", json!(["/2024/05/01/slug-1/", 2, "", ""]));
    check("post:slug-1", json!(["/2024/05/01/slug-1/", 2, "", ""]));
    check("p:4", json!("/2024/05/01/%e0%bd%96%e0%bd%bc%e0%bd%91/"));
    check("post:བོད", json!("/2024/05/01/%e0%bd%96%e0%bd%bc%e0%bd%91/"));
    check("p:9", json!("/about/team/"));
    check("page:team", json!("/about/team/"));
    check("path:about/team", json!("/about/team/"));
    check("p:26", json!("/2024/05/01/slug-1/"));
    check("cat:5", json!(["/category/news/", 1, "page/", "/category/news/feed/"]));
    check("category:news", json!(["/category/news/", 1, "page/", "/category/news/feed/"]));
    check("m:20240501", json!("/2024/05/01/"));
    check("m:202405", json!("/2024/05/"));
}

#[test]
fn what_is_not_public_has_no_answer() {
    let folder = TempDir::new().unwrap();
    build(folder.path(), &[]);
    let answers = answers(folder.path());
    for question in ["p:2", "p:3", "post:slug-2", "post:slug-3", "p:22", "p:24", "p:25"] {
        assert_eq!(answers.get(question), None, "{question}");
    }
}

#[test]
fn a_picture_leads_to_its_post_unless_its_file_is_published() {
    let folder = TempDir::new().unwrap();
    build(folder.path(), &[]);
    assert_eq!(answers(folder.path())["p:21"], json!("/2024/05/01/slug-1/"));
    fs::write(folder.path().join("all.toml"), "uploads = \"all\"\n").unwrap();
    build(folder.path(), &["--config", "all.toml"]);
    assert_eq!(answers(folder.path())["p:21"], json!("/wp-content/uploads/2024/05/pic-21.png"));
    let copied = |id: u32| {
        folder.path().join(format!("site/wp-content/uploads/2024/05/pic-{id}.png")).exists()
    };
    assert!(copied(21) && !copied(24));
}

#[test]
fn a_picture_of_no_post_leads_to_its_file() {
    let folder = TempDir::new().unwrap();
    build(folder.path(), &[]);
    assert_eq!(answers(folder.path())["p:28"], json!("/wp-content/uploads/2024/05/pic-28.png"));
    assert!(folder.path().join("site/wp-content/uploads/2024/05/pic-28.png").exists());
    assert_eq!(answers(folder.path()).get("p:29"), None);
}

#[test]
fn the_script_stands_where_old_addresses_arrive() {
    let folder = TempDir::new().unwrap();
    build(folder.path(), &["--base-url", "https://name.example/repo/"]);
    let holds_script = |page: &str| {
        let page = fs::read_to_string(folder.path().join("site").join(page)).unwrap();
        page.contains("\"lists\":\"/repo/assets/old-addresses/\"")
    };
    assert!(holds_script("index.html") && holds_script("404.html"));
    assert!(!holds_script("2024/05/01/slug-1/index.html") && !holds_script("2024/index.html"));
    assert_eq!(answers(folder.path())["p:9"], json!("/repo/about/team/"));
    let past = folder.path().join("site/2024/05/01/slug-1/3/index.html");
    assert!(fs::read_to_string(past).unwrap().contains("url=/repo/2024/05/01/slug-1/\""));
}

#[test]
fn where_an_address_leads_is_told() {
    let folder = TempDir::new().unwrap();
    build(folder.path(), &[]);
    let check = |address: &str, code: i32, expected: &str| {
        let told = site::printed(folder.path(), &["resolve", address, "export"], code);
        assert!(told.contains(expected), "{told}");
    };
    check("https://old.example/?p=9#x", 0, "/about/team/#x  (page 9 “Post 9”)");
    check("/?p=1&page=2", 0, "/2024/05/01/slug-1/2/  (part of post 1 “Post 1”)");
    check("/?cat=5", 0, "/category/news/  (the posts of category “News”)");
    check("/?s=tea", 0, "/search/  (the page for searching)");
    check("/search/tea/page/2/", 0, "/search/  (the page for searching)");
    check("/?p=2", 1, "nothing answers: post 2 is a draft");
    check("/?p=22", 1, "nothing answers: it belongs to a post that is not here: post 2 is a draft");
    check("/team", 0, "/about/team/  (page 9 “Post 9”, as the page for what is not found guesses)");
    check("/2019/slug-1/feed/", 0, "/2024/05/01/slug-1/  (post 1 “Post 1”, as the page");
    check("/x/slug-1/2/", 0, "/2024/05/01/slug-1/  (post 1 “Post 1”, as the page");
    check("/slug-2", 1, "nothing answers");
    check("/slug-1?p=77", 1, "nothing answers");
    check("/?p=28", 0, "/wp-content/uploads/2024/05/pic-28.png  (the file of attachment 28)");
    check("/wp-content/uploads/2024/05/pic-28.png", 0, "/pic-28.png  (a file)");
    check("/wp-content/uploads/2024/05/pic-21.png", 1, "nothing answers: no page uses the file");
    check("/wp-content/uploads/2024/05/pic-21.png", 1, "`uploads = \"all\"` in stillpress.toml");
    check("/wp-content/uploads/2024/05/pic-24.png", 1, "nothing says that it was public");
    check("/wp-content/uploads/2024/05/pic-23.png", 1, "the export does not have the file");
    check(
        "/?p=21",
        0,
        "/2024/05/01/slug-1/  (the post that attachment 21 belongs to: no page uses",
    );
    check(
        "/?p=23",
        0,
        "(the post that attachment 23 belongs to: the export does not have its file)",
    );
    check("/?p=29", 1, "nothing answers: the export does not have the file of attachment 29");
    check("https://other.example/", 1, "nothing answers: it is another site's");
    check("/?p=77", 1, "nothing answers: the export does not have it");
    fs::write(folder.path().join("urls.txt"), "/?p=1\n/?m=2024\n/?p=3\n").unwrap();
    check("@urls.txt", 1, "nothing answers: post 3 asks for a password");
    fs::write(folder.path().join("stillpress.toml"), "uploads = \"all\"\n").unwrap();
    check("/wp-content/uploads/2024/05/pic-21.png", 0, "/pic-21.png  (a file)");
    check("/?p=21", 0, "/wp-content/uploads/2024/05/pic-21.png  (the file of attachment 21)");
}

#[test]
fn what_is_behind_a_page_is_explained() {
    let folder = TempDir::new().unwrap();
    build(folder.path(), &[]);
    let explain = |address: &str, code: i32| {
        site::printed(folder.path(), &["explain", address, "export"], code)
    };
    let post = explain("1", 0);
    for line in [
        "https://old.example/2024/05/01/slug-1/\n",
        "  post 1 “Post 1”, of 2024-05-01 10:00\n",
        "  record: export/all.json\n",
        "  template: post.html\n",
        "  in 2 pages\n",
        "  file of the site: 2024/05/01/slug-1/index.html\n",
        "    /2024/05/01/slug-1/3/\n",
        "    /?name=slug-1\n",
        "    /?p=1\n",
    ] {
        assert!(post.contains(line), "{line}{post}");
    }
    assert_eq!(
        explain("/?p=1&page=2", 0).lines().next(),
        Some("https://old.example/2024/05/01/slug-1/2/")
    );
    assert!(explain("/category/news/", 0).contains("    /?cat=5\n"));
    assert!(explain("/?feed=rss2", 0).contains("    /?feed=rss2\n"));
    assert!(explain("/comments/feed/", 0).contains("    /?feed=comments-rss2\n"));
    assert!(explain("/category/news/feed/", 0).contains("    /?cat=5&feed=rss2\n"));
    explain("/robots.txt", 0);
    explain("/assets/style.css", 0);
    explain("/assets/other.css", 1);
    assert_eq!(explain("2", 1), "/?p=2\n  nothing answers: post 2 is a draft\n");
}

#[test]
fn addresses_of_the_new_site_are_known_in_every_form() {
    let folder = TempDir::new().unwrap();
    build(folder.path(), &[]);
    let run = |arguments: &[&str]| {
        let mut command = site::command(folder.path(), arguments);
        let output = command.args(["-b", "https://name.example/repo/"]).output().unwrap();
        String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned()
    };
    for address in ["/about/", "/repo/about/", "https://name.example/repo/about/", "8"] {
        let told = run(&["explain", address, "export"]);
        assert!(told.starts_with("https://name.example/repo/about/\n"), "{address}: {told}");
        let told = run(&["resolve", address, "export"]);
        assert_eq!(told, format!("{address}\n  /repo/about/  (page 8 “Post 8”)\n"));
    }
    assert!(run(&["resolve", "https://name.example/repo/x/", "export"]).contains("does not have"));
    assert!(run(&["resolve", "https://name.example/other/", "export"]).contains("another site"));
    let told = run(&["resolve", "export", "/?p=1"]);
    assert_eq!(told, "error: `export` is no address: that comes first, and then the export\n");
}

#[test]
fn hosts_that_redirect_by_themselves_are_told() {
    let rules = |host: &str| {
        let folder = TempDir::new().unwrap();
        fs::write(folder.path().join("stillpress.toml"), format!("host = \"{host}\"\n")).unwrap();
        build(folder.path(), &["--base-url", "https://name.example/repo/"]);
        ["_redirects", "redirects.nginx.conf"].map(|name| {
            fs::read_to_string(folder.path().join("site").join(name)).unwrap_or_default()
        })
    };
    assert_eq!(rules("files"), ["", ""]);
    let [netlify, _] = rules("netlify");
    for line in [
        "/repo/ p=1 /repo/2024/05/01/slug-1/ 301!",
        "/repo/ cat=5 /repo/category/news/ 301!",
        "/repo/ attachment_id=21 /repo/2024/05/01/slug-1/ 301!",
        "/repo/ m=202405 /repo/2024/05/ 301!",
        "/repo/ cat=5 feed=rss2 /repo/category/news/feed/ 301!",
        "/repo/ feed=rss2 /repo/feed/ 301!",
        "/repo/ feed=atom /repo/feed/atom/ 301!",
        "/repo/ feed=comments-rss2 /repo/comments/feed/ 301!",
        "/repo/2024/05/01/slug-1/3/ /repo/2024/05/01/slug-1/ 301!",
    ] {
        assert!(netlify.lines().any(|other| other == line), "{line}\n{netlify}");
    }
    // A draft, a picture of the draft, and a private one.
    for hidden in ["p=2 ", "p=22 ", "p=24 "] {
        assert!(!netlify.contains(hidden), "{hidden}");
    }
    let [cloudflare, _] = rules("cloudflare");
    assert!(cloudflare.contains("/repo/2024/05/01/slug-1/3/ /repo/2024/05/01/slug-1/ 301\n"));
    assert!(!cloudflare.contains('='));
    let [_, nginx] = rules("nginx");
    assert!(nginx.contains("    \"/repo/ 1,\" \"/repo/2024/05/01/slug-1/\";\n"), "{nginx}");
    assert!(nginx.contains("    \"/repo/ 5,rss2\" \"/repo/category/news/feed/\";\n"), "{nginx}");
    assert!(nginx.contains("    \"/repo/ feed=rss2\" \"/repo/feed/\";\n"), "{nginx}");
    assert!(nginx.contains("    \"/repo/2024/05/01/slug-1/3/\" \"/repo/2024/05/01/slug-1/\";\n"));
}

/// A site with a category, a genre, a page and a recipe below others.
fn nested() -> Value {
    let post = |id: u64, kind: &str, slug: &str, link: &str, parent: u64| {
        json!({
            "id": id, "type": kind, "status": "publish", "date": "2024-05-01T10:00:00", "slug": slug,
            "link": format!("https://old.example/{link}/"), "title": {"rendered": slug}, "parent": parent,
            "content": {"rendered": "<p><a href=\"/category/child/\">Child</a></p>", "protected": false},
            "categories": [6], "genre": [8],
        })
    };
    let term = |id: u64, taxonomy: &str, slug: &str, link: &str, parent: u64| {
        json!({
            "id": id, "taxonomy": taxonomy, "name": slug, "slug": slug, "description": "", "count": 1,
            "parent": parent, "link": format!("https://old.example/{link}/"),
        })
    };
    json!({
        "posts": [post(1, "post", "hello", "hello", 0)],
        "pages": [post(2, "page", "about", "about", 0), post(3, "page", "team", "about/team", 2),
            post(4, "page", "twin", "about/twin", 2), post(5, "page", "twin", "about/team/twin", 3), post(6, "page", "search", "about/search", 2),
            post(7, "page", "feed", "about/team/feed", 3), post(8, "page", "2", "about/2", 2), post(9, "page", "chess", "about/chess", 2)],
        "recipes": [post(11, "recipe", "soup", "recipe/soup", 0), post(12, "recipe", "pho", "recipe/soup/pho", 11)],
        "categories": [term(5, "category", "top", "category/top", 0), term(6, "category", "child", "category/top/child", 5)],
        "genres": [term(7, "genre", "jazz", "styles/genre/jazz", 0), term(8, "genre", "bop", "styles/genre/jazz/bop", 7)],
        "taxonomies": {"genre": {"name": "Genres", "slug": "genre", "hierarchical": true, "rest_base": "genre", "types": ["post"]}},
    })
}

#[test]
fn names_are_found_without_what_stood_above_them() {
    let build = |settings: &str| {
        let folder = TempDir::new().unwrap();
        fs::create_dir(folder.path().join("export")).unwrap();
        fs::write(folder.path().join("export/all.json"), nested().to_string()).unwrap();
        fs::write(folder.path().join("stillpress.toml"), settings).unwrap();
        site::printed(folder.path(), &["build", "export", "-o", "site", "--quiet"], 0);
        folder
    };
    let found = [
        ("/category/child/", "/category/top/child/"),
        ("/styles/genre/bop/", "/styles/genre/jazz/bop/"),
        ("/team/", "/about/team/"),
        ("/recipe/pho/", "/recipe/soup/pho/"),
    ];
    let folder = build("");
    for (from, to) in found {
        let told = site::printed(folder.path(), &["resolve", from, "export"], 0);
        assert!(told.contains(&format!("{to}  (")), "{told}");
        let folder = folder.path().join("site").join(from.trim_matches('/'));
        assert!(!folder.exists(), "no file is needed for {from}");
    }
    // Dates without their zero, what was written behind an address, and what there is not.
    for (from, code) in [
        ("/2024/5/", 0),
        ("/2024/5/1/", 0),
        ("/index.php/2024/5/", 0),
        ("/about/team.html", 0),
        ("/hello/feed/", 0),
        ("/hello/7/", 0),
        ("/2023/5/", 1),
        ("/nothing/", 1),
    ] {
        site::printed(folder.path(), &["resolve", from, "export"], code);
        fs::write(folder.path().join("old.txt"), from).unwrap();
        site::printed(folder.path(), &["check", "site", "--old-urls", "old.txt"], code);
    }
    let old = found.map(|(from, _)| from).join("\n");
    fs::write(folder.path().join("old.txt"), old).unwrap();
    site::printed(folder.path(), &["check", "site", "--old-urls", "old.txt"], 0);
    let page = fs::read_to_string(folder.path().join("site/hello/index.html")).unwrap();
    assert!(page.contains("href=\"/category/top/child/\">Child</a>"), "{page}");
    let folder = build("host = \"netlify\"\n\n[redirects]\n\"/chess/*\" = \"/about/\"\n");
    let rules = fs::read_to_string(folder.path().join("site/_redirects")).unwrap();
    for (from, to) in found {
        assert!(rules.contains(&format!("{from} {to} 301!\n")), "{rules}");
    }
    // Two pages are called so, the site itself has what is, or the user leads it on.
    for kept in ["twin", "search", "feed", "2", "chess"] {
        assert!(!rules.contains(&format!("\n/{kept}/ ")), "{rules}");
    }
}
