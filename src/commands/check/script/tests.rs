//! What the script asks and where it leads.

use super::*;

const PAGE: &str = r#"<script>(function () { var at = {"home":"/n/","paging":"page/","pages":3,"lists":"/n/assets/old-addresses/",
    "count":1,"names":["book"],"languages":["en"],"search":"/n/search/","numbers":null,"bases":[["category/","category"],["x/book/","book"]],"moved":[["old/","/n/new/",false],["x/y/","https://x.example/",true]]}, root; })</script>"#;

#[track_caller]
fn check(address: &str, status: Status, expected: &str) {
    let script = in_page(PAGE).unwrap();
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let step = match script.step(path, query, status) {
        Step::Stay => "stay".to_owned(),
        Step::Go(address) => format!("go {address}"),
        Step::Ask(questions) => match &questions.shorter {
            Some(shorter) => format!("{}, or {shorter}", questions.asked.join(" ")),
            None => questions.asked.join(" "),
        },
    };
    assert_eq!(step, expected, "{address}");
}

#[test]
fn queries_ask_for_one_post_or_for_many() {
    let found =
        |query: &str, expected: &str| check(&format!("/n/?{query}"), Status::Found, expected);
    found("p=012x", "p:12");
    found("p=x", "p:NaN");
    found("cat=5&page_id=7", "p:7");
    found("pagename=/About/team/", "path:about/team");
    found("attachment=Pic", "attachment:pic");
    found("name=Hi", "post:hi");
    found("name=hi&post_type=book", "book:hi");
    found("cat=5&paged=2", "cat:5");
    found("category_name=a/B/", "category:b");
    found("tag=x", "post_tag:x");
    found("author_name=Ann", "author_name:ann");
    found("post_format=post-format-aside", "post_format:aside");
    found("book=emma", "book:emma");
    found("taxonomy=genre&term=a/b", "genre:b");
    found("m=2026-08", "m:202608");
    found("year=2026&monthnum=8&day=1", "m:20260801");
    found("year=2026&day=1", "m:2026");
    found("post_type=book", "post_type:book");
    found("post_type=post", "stay");
    found("lang=EN", "lang:en");
    found("lang=en&cat=5", "cat:5");
    found("lang=xx", "stay");
    found("utm_source=x", "stay");
}

#[test]
fn some_queries_need_no_list() {
    let found =
        |query: &str, expected: &str| check(&format!("/n/?{query}"), Status::Found, expected);
    found("s=a+b", "go /n/search/?q=a+b");
    found("paged=3", "go /n/page/3/");
    // As WordPress shows a page that stands in front.
    found("paged=4", "stay");
    found("feed=rss2", "go /n/feed/");
    found("feed=atom", "go /n/feed/atom/");
    found("feed=comments-rss2", "go /n/comments/feed/");
    found("paged=1", "stay");
}

#[test]
fn home_pages_of_languages_have_pages_and_a_feed_of_their_own() {
    let page = PAGE.replace("\"search\"", "\"language\":\"en\",\"search\"");
    let script = in_page(&page).unwrap();
    for (query, expected) in [
        ("paged=2", Some("lang:en")),
        ("feed=rss2", Some("lang:en")),
        ("cat=5&paged=2", Some("cat:5")),
        ("feed=comments-rss2", None),
        ("utm_source=x", None),
    ] {
        let asked = script.chosen(&Query::parse(query));
        assert_eq!(asked.as_deref(), expected, "{query}");
    }
}

#[test]
fn paths_that_are_not_found_are_guessed() {
    let lost = |path: &str, expected: &str| check(path, Status::NotFound, expected);
    lost("/n/index.php/a/b", "go /n/a/b/");
    lost("/n/a/page/3/", "go /n/a/");
    lost("/n/a/feed/", "go /n/a/");
    lost("/n/a/feed/atom", "go /n/a/feed/");
    lost("/n/a/rss2/", "go /n/a/feed/");
    lost("/n/a/comment-page-2/?x=y", "go /n/a/?x=y");
    lost("/n/a/amp/", "go /n/a/");
    lost("/n/A/Hi", "path:a/hi post:hi page:hi");
    lost("/n/hi/2/", "path:hi/2 post:2 page:2, or /n/hi/");
    lost("/n/ག%20b).", "path:ག b). post:ག b). page:ག b)., or /n/%E0%BD%82%20b/");
    lost("/n/2026/2/", "path:2026/2 m:202602 post:2 page:2");
    lost("/n/2026/2/30", "path:2026/2/30 m:20260230 post:30 page:30");
    lost("/n/2026/2/hi", "path:2026/2/hi post:hi page:hi");
    lost("/n/index.php/feed/", "go /n/feed/");
    lost("/n/404.html", "path:404.html post:404.html page:404.html");
    lost("/n/%e0%bd%96/", "path:བ post:བ page:བ");
    lost("/n/category/a/B/", "path:category/a/b category:b post:b page:b");
    lost("/n/x/book/emma", "path:x/book/emma book:emma post:emma page:emma");
    lost("/n/old/z/", "go /n/new/");
    lost("/n/X/y/Z/", "go https://x.example/Z/");
    lost("/n/x/y/%e0%bd%96?u=1", "go https://x.example/%e0%bd%96?u=1");
    lost("/n/%ff/", "stay");
    lost("/other/", "stay");
    lost("/n/index.php/search/a%20b/page/2/", "go /n/search/?q=a%20b");
    lost("/n/gone/?p=12", "p:12");
}

#[test]
fn answers_lead_to_pages_and_feeds() {
    let lead = |query: &str| {
        let script = in_page(PAGE).unwrap();
        let Step::Ask(questions) = script.step("/n/", query, Status::Found) else { panic!() };
        let answer = r#"["/n/news/",3,"page/","/n/news/feed/"]"#;
        questions.lead(&serde_json::from_str(answer).unwrap())
    };
    assert_eq!(lead("cat=5"), "/n/news/");
    assert_eq!(lead("cat=5&paged=3"), "/n/news/page/3/");
    assert_eq!(lead("cat=5&paged=4"), "/n/news/");
    assert_eq!(lead("cat=5&feed=rss2"), "/n/news/feed/");
    // The published test vector of FNV-1a, 32 bits.
    let script = Script { count: u32::MAX, ..in_page(PAGE).unwrap() };
    assert_eq!(script.list("foobar"), format!("/n/assets/old-addresses/{}.json", 0xbf9c_f968_u32));
}

#[test]
fn a_site_may_be_put_anywhere() {
    let page = PAGE.replace("\"/n/assets", "\"./assets").replace("\"/n/search", "\"./search");
    let script = in_page(&page).unwrap();
    assert_eq!(script.step("/n/", "s=a", Status::Found), Step::Go("/n/search/?q=a".to_owned()));
    assert_eq!(script.list("p:1"), "/n/assets/old-addresses/0.json");
    let on_home = Script { home: "./".to_owned(), ..script };
    assert_eq!(on_home.list("p:1"), "./assets/old-addresses/0.json");
}

#[test]
fn it_is_the_script_of_the_theme() {
    let theme = include_str!("../../../../themes/default/templates/partials/old-addresses.html");
    let theme = theme.replace("\r\n", "\n");
    let script = theme.split_once("<script>").unwrap().1;
    let hash = blake3::hash(script.as_bytes()).to_hex();
    assert_eq!(
        &hash[..16],
        "dcd87e524ea18f86",
        "carry over what was changed in the theme, then this"
    );
}

#[test]
fn a_page_may_have_no_script() {
    assert!(in_page("<script>x = {\"a\":1}</script>").is_none());
}
