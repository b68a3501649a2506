//! What pages say of themselves to search engines.

use std::fs;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::site::{Run, build_sample, stillpress};

const POST: &str = "2026/05/18/school-library-opens-with-four-thousand-books";

#[test]
fn a_post_says_what_it_is_and_what_it_is_below() {
    let run = build_sample("");
    let things = things(&run, &format!("{POST}/index.html"));
    assert_eq!(things[0]["@type"], "NewsArticle");
    assert_eq!(things[0]["author"]["name"], "Pema Yangzom");
    let at = |path: &str| format!("https://www.lungta-times.example/{path}");
    let line = json!({
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": [
            { "@type": "ListItem", "position": 1, "name": "Home", "item": at("") },
            { "@type": "ListItem", "position": 2, "name": "News", "item": at("category/news/") },
            { "@type": "ListItem", "position": 3, "name": "Education", "item": at("category/news/education/") },
            { "@type": "ListItem", "position": 4, "name": "School library opens with four thousand books" },
        ],
    });
    assert_eq!(things[1], line);
}

#[test]
fn a_post_of_a_blog_says_so() {
    let run = build_sample("[theme]\nfront = \"blog\"");
    assert_eq!(things(&run, &format!("{POST}/index.html"))[0]["@type"], "BlogPosting");
}

#[test]
fn lists_and_pages_say_what_they_are_below() {
    let run = build_sample("");
    let names = |path: &str| {
        let things = things(&run, path);
        let items = things[1]["itemListElement"].as_array().unwrap().clone();
        items.iter().map(|item| item["name"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(names("category/culture/books/index.html"), ["Home", "Culture", "Books"]);
    assert_eq!(names("about/contact/index.html"), ["Home", "About this paper", "Contact"]);
}

#[test]
fn a_page_that_says_nothing_of_itself_is_described_by_what_stands_on_it() {
    let run = build_sample("description = \"\"");
    let described = |path: &str| {
        let page = read(&run, path);
        let (_, rest) = page.split_once("<meta name=\"description\" content=\"").unwrap();
        rest.split_once('"').unwrap().0.to_owned()
    };
    assert!(described("2025/index.html").contains(" · "));
    assert!(described("index.html").contains(" · "));
}

#[test]
fn archives_with_few_posts_are_not_for_search_engines_if_the_user_says_so() {
    let thin = "category/culture/recipes";
    for (settings, is_listed) in [("", true), ("noindex_below = 2", false)] {
        let run = build_sample(settings);
        let page = read(&run, &format!("{thin}/index.html"));
        assert_eq!(!page.contains("<meta name=\"robots\" content=\"noindex\">"), is_listed);
        assert_eq!(read(&run, "sitemap.xml").contains(thin), is_listed);
        assert!(read(&run, "sitemap.xml").contains("/category/culture/</loc>"));
        assert!(read(&run, "sitemap.xml").contains(&format!("/{POST}/</loc>")));
    }
}

#[test]
fn pages_ask_at_once_for_the_font_of_any_tibetan_on_them() {
    for (title, expected) in [("News", [false, true]), ("གསར་འགྱུར། News", [true, true])]
    {
        let texts = ["<p>Only English.</p>", "<p>The word མཚོ་ is lake.</p>"];
        let run = build_texts(&texts, &format!("title = \"{title}\"\nlanguage = \"en\"\n"));
        let asks =
            |path: &str| read(&run, path).contains("<link rel=\"preload\" href=\"/assets/noto");
        assert_eq!([asks("p1/index.html"), asks("p2/index.html")], expected, "{title}");
    }
}

#[test]
fn every_page_has_a_title_of_its_own() {
    let texts = ["<p>One.</p>\n<!--nextpage-->\n<p>Two.</p>", "<p>Three.</p>"];
    let run =
        build_texts(&texts, "title = \"News\"\ndescription = \"Of & for all\"\nposts_per_page = 1");
    for (path, expected) in [
        ("index.html", "News – Of &amp; for all"),
        ("page/2/index.html", "Page 2 – News"),
        ("p1/index.html", "Title 1 – News"),
        ("p1/2/index.html", "Title 1 – Page 2 – News"),
        ("2026/page/2/index.html", "2026 – Page 2 – News"),
    ] {
        assert!(read(&run, path).contains(&format!("<title>{expected}</title>")), "{path}");
    }
}

#[test]
fn what_was_written_for_search_engines_is_a_page_s_description() {
    let with = |id, key: &str, value: Value| {
        let mut post = post(id, "<p>How it begins.</p>");
        post[key] = value;
        post
    };
    let posts = [
        with(1, "yoast_head_json", json!({"title": "T", "description": "Thin & crisp."})),
        with(2, "meta", json!({"rank_math_description": "Quick &amp; easy."})),
        with(3, "meta", json!({"advanced_seo_description": "%excerpt%"})),
    ];
    let place = TempDir::new().unwrap();
    fs::create_dir(place.path().join("input")).unwrap();
    fs::write(place.path().join("input/posts.json"), json!(posts).to_string()).unwrap();
    let run = stillpress(place, &["input"], b"");
    for (page, description) in
        [("p1", "Thin &amp; crisp."), ("p2", "Quick &amp; easy."), ("p3", "How it begins.")]
    {
        let html = read(&run, &format!("{page}/index.html"));
        assert!(
            html.contains(&format!("name=\"description\" content=\"{description}\"")),
            "{html}"
        );
        assert!(html.contains(&format!("og:description\" content=\"{description}\"")), "{html}");
    }
    assert!(!run.told.contains("unshown-fields"), "{}", run.told);
}

/// Builds a site of a post for each of `texts`.
fn build_texts(texts: &[&str], settings: &str) -> Run {
    let posts: Vec<Value> = (1..).zip(texts).map(|(id, text)| post(id, text)).collect();
    let place = TempDir::new().unwrap();
    fs::create_dir(place.path().join("input")).unwrap();
    fs::write(place.path().join("input/posts.json"), json!(posts).to_string()).unwrap();
    fs::write(place.path().join("input/stillpress.toml"), settings).unwrap();
    stillpress(place, &["input"], b"")
}

fn post(id: u32, text: &str) -> Value {
    json!({
        "id": id, "type": "post", "status": "publish", "slug": format!("p{id}"),
        "link": format!("https://old.example/p{id}/"), "date": "2026-01-02T10:00:00",
        "title": { "rendered": format!("Title {id}") }, "content": { "rendered": text, "protected": false },
    })
}

fn read(run: &Run, path: &str) -> String {
    fs::read_to_string(run.folder().join(path)).unwrap()
}

/// Returns what the JSON-LD of a page holds.
fn things(run: &Run, path: &str) -> Vec<Value> {
    let page = read(run, path);
    let (_, rest) = page.split_once("<script type=\"application/ld+json\">").unwrap();
    serde_json::from_str(rest.split_once("</script>").unwrap().0).unwrap()
}
