//! What is found lacking in small exports.

mod answers;

use std::fs;

use tempfile::TempDir;

use super::*;
use crate::commands::doctor::findings::Finding;
use crate::commands::doctor::lacks::{Certainty, Kind};

const HOME: &str = r#"{"name":"News","home":"https://news.example","url":"https://news.example","namespaces":["wp/v2"],"routes":{}}"#;

/// A post of a site with plain permalinks, saved alone.
const POST: &str = r#"{"id":7,"date":"2026-06-05T03:09:53","date_gmt":"2026-06-05T03:09:53",
    "guid":{"rendered":"https://news.example/?p=7"},"slug":"a","status":"publish","type":"post",
    "link":"https://news.example/?p=7","title":{"rendered":"A"},
    "content":{"rendered":"<p>Text <img src=\"/wp-content/uploads/2026/06/it's.jpg\"></p>","protected":false},
    "excerpt":{"rendered":"","protected":false},"author":1,"featured_media":9,
    "categories":[5],"tags":[],"class_list":["post-7","post","type-post","category-5"]}"#;

fn examine(files: &[(&str, &str)], settings: &str) -> Findings {
    let folder = TempDir::new().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let config = folder.path().join("told.toml");
    fs::write(&config, settings).unwrap();
    let exports = vec![folder.path().to_owned()];
    let args = Args {
        exports,
        config: Some(config),
        json: false,
        commands: false,
        posts: false,
        report: None,
        verbose: false,
    };
    super::examine(&args, &mut Report::default()).unwrap()
}

fn kinds(findings: &Findings, certainty: Certainty) -> Vec<Kind> {
    let lacks = findings.lacks.iter().filter(|lack| lack.certainty == certainty);
    lacks.map(|lack| lack.kind).collect()
}

fn first_addresses(findings: &Findings) -> Vec<String> {
    let saves = findings.lacks.iter().flat_map(|lack| &lack.save);
    saves.map(|save| save.addresses[0].replace("https://news.example", "")).collect()
}

#[track_caller]
fn the(findings: &Findings, kind: Kind) -> &Finding {
    findings.lacks.iter().find(|lack| lack.kind == kind).unwrap()
}

#[test]
fn plugins_for_languages_are_asked_for_theirs() {
    let index = |plugin: &str| HOME.replace("\"wp/v2\"", &format!("\"wp/v2\",\"{plugin}/v1\""));
    let check = |index: &str, more: (&str, &str), expected: &[&str]| {
        let findings = examine(&[("index.json", index), ("post-7.json", POST), more], "");
        let lacks = findings.lacks.iter().filter(|lack| lack.kind == Kind::Languages);
        let saves: Vec<String> =
            lacks.flat_map(|lack| &lack.save).map(|save| save.addresses[0].clone()).collect();
        let paths = saves.iter().map(|it| it.split("rest_route=").nth(1).unwrap());
        assert_eq!(paths.collect::<Vec<_>>(), expected);
    };
    let other = ("other.json", "[]");
    check(HOME, other, &[]);
    check(&index("pll"), other, &["/pll/v1/languages"]);
    check(&index("pll"), ("languages.json", "[]"), &[]);
    let list = r#"[{"slug":"bo","locale":"bo","name":"བོད་ཡིག","home_url":"https://news.example/"}]"#;
    check(&index("pll"), ("tongues.json", list), &[]);
    let all = ["posts", "pages", "categories", "tags"]
        .map(|base| format!("/wp/v2/{base}&per_page=100&lang=all&page=1"));
    check(&index("wpml"), other, &all.each_ref().map(String::as_str));
    let german = POST.replace("\"id\":7", "\"id\":8,\"wpml_current_locale\":\"de_DE\"");
    let english = POST.replace("\"id\":7", "\"id\":9,\"wpml_current_locale\":\"en_US\"");
    check(&index("wpml"), ("others.json", &format!("[{german},{english}]")), &[]);
    let named = POST.replace(
        "\"id\":7",
        "\"id\":8,\"lang\":\"bo\",\"translations\":{\"bo\":8,\"en\":20,\"de\":7}",
    );
    let asked = "/wp/v2/posts&include=20&per_page=100&lang=all";
    check(HOME, ("others.json", &named), &[asked]);
    check(HOME, ("posts-by-id-1.json", &format!("[{named}]")), &[]);
}

/// Returns a list of `count` records, each made by putting its number in place of `#`.
fn list(count: usize, record: &str) -> String {
    let records: Vec<String> = (1..=count).map(|id| record.replace('#', &id.to_string())).collect();
    format!("[{}]", records.join(","))
}

#[test]
fn a_lone_post_lacks_all_that_it_names() {
    let findings = examine(&[("post-7.json", POST)], "");

    let known =
        [Kind::RootIndex, Kind::TermNames, Kind::AuthorNames, Kind::Attachments, Kind::MediaFiles];
    assert_eq!(kinds(&findings, Certainty::Known), known);
    let possible = [Kind::More, Kind::Pages, Kind::Comments, Kind::Menus];
    assert_eq!(kinds(&findings, Certainty::Possible), possible);
    assert_eq!(
        first_addresses(&findings),
        [
            "/?rest_route=/",
            "/?rest_route=/wp/v2/categories/5",
            "/?rest_route=/wp/v2/users/1",
            "/?rest_route=/wp/v2/media/9",
            "/wp-content/uploads/2026/06/it's.jpg",
            "/?rest_route=/wp/v2/posts&per_page=100&page=1",
            "/?rest_route=/wp/v2/pages&per_page=100&page=1",
            "/?rest_route=/wp/v2/comments&post=7&per_page=100&page=1",
            "/?rest_route=/wp/v2/navigation&per_page=100&page=1",
        ]
    );
    let picture = &the(&findings, Kind::MediaFiles).save[0];
    assert_eq!(picture.file, "uploads/2026/06/it's.jpg");
    assert_eq!(the(&findings, Kind::Attachments).ids, [9]);
}

#[test]
fn what_the_settings_tell_is_not_lacking() {
    let settings = "title = \"News\"\n[categories.5]\nname = \"World\"\n[authors.1]\nname = \"Ann\"\n\
                    [media.9]\nfile = \"2026/06/it's.jpg\"\n[[menus.main]]\ntitle = \"A\"\nurl = \"/\"\n";
    let findings = examine(&[("post-7.json", POST), ("uploads/2026/06/it's.jpg", "")], settings);
    assert_eq!(kinds(&findings, Certainty::Known), []);
    let possible = [Kind::More, Kind::Pages, Kind::Comments];
    assert_eq!(kinds(&findings, Certainty::Possible), possible);
    assert_eq!(findings.holds.authors.named, 1);
    assert_eq!(findings.holds.attachments.with_file, 1);
}

#[test]
fn a_collection_that_the_site_announces_is_asked_for() {
    let types = r#"{"post":{"slug":"post","name":"Posts","hierarchical":false,"rest_base":"posts"},
        "wp_block":{"slug":"wp_block","name":"Patterns","hierarchical":false,"rest_base":"blocks"},
        "hut":{"slug":"hut","name":"Huts &amp; more","hierarchical":false,"rest_base":"huts"}}"#;
    let files = [("post-7.json", POST), ("types.json", types)];
    let huts = the(&examine(&files, ""), Kind::Announced).what.clone();
    assert_eq!(huts, "“Huts & more” (`huts`), which the site has: the export has none");

    let saved = [files[0], files[1], ("huts-1.json", "[]")];
    assert!(!kinds(&examine(&saved, ""), Certainty::Possible).contains(&Kind::Announced));
}

#[test]
fn what_was_saved_and_held_nothing_is_not_asked_for_again() {
    let files = [
        ("post-7.json", POST),
        ("posts-more.json", "[]"),
        ("comments-1.json", "[]"),
        ("pages.json", "[]"),
    ];
    let possible = kinds(&examine(&files, ""), Certainty::Possible);
    assert_eq!(possible, [Kind::Menus]);
}

#[test]
fn posts_that_wordpress_counted_are_asked_for() {
    let category = r#"{"id":5,"name":"World","slug":"world","taxonomy":"category","count":3}"#;
    let findings = examine(&[("post-7.json", POST), ("categories.json", category)], "");
    let lack = the(&findings, Kind::More);
    assert_eq!(lack.certainty, Certainty::Known);
    assert_eq!(lack.what, "posts: “World” had 3 posts, of which the export has 1");
    assert_eq!(
        lack.save[0].addresses[0],
        "https://news.example/?rest_route=/wp/v2/posts&per_page=100&page=1"
    );
}

#[test]
fn a_web_page_in_place_of_an_answer_is_asked_for_again_by_its_name() {
    let files = [("post-7.json", POST), ("index.json", "<!DOCTYPE html>"), ("pages-1.json", "<p>")];
    let findings = examine(&files, "");
    assert_eq!(the(&findings, Kind::RootIndex).save[0].file, "index.json");
    assert_eq!(the(&findings, Kind::Pages).save[0].file, "pages-1.json");
    // What may be an answer, only cut off, is not written over.
    let findings = examine(&[("post-7.json", POST), ("index.json", "{\"name\":\"Ne")], "");
    assert_eq!(the(&findings, Kind::RootIndex).save[0].file, "index-more.json");
}

#[test]
fn a_larger_export_is_completed_by_whole_collections() {
    let post = POST.replace("\"id\":7", "\"id\":#").replace("[5]", "[5#]");
    let files = [("posts-1.json", &*list(12, &post)), ("index.json", HOME)];
    let findings = examine(&files, "");
    let terms = &the(&findings, Kind::TermNames);
    assert_eq!(terms.ids.len(), 12);
    assert!(terms.what.starts_with("the names of 12 categories (51, 52,"), "{}", terms.what);
    assert_eq!(terms.save[0].file, "categories-1.json");
    assert!(terms.save[0].paged);

    let known =
        r#"{"id":51,"count":1,"name":"World","slug":"world","taxonomy":"category","parent":0}"#;
    let files = [files[0], files[1], ("categories-1.json", known)];
    let findings = examine(&files, "");
    let save = &the(&findings, Kind::TermNames).save[0];
    assert!(save.addresses[0].contains("/wp/v2/categories&include=52,53,"), "{save:?}");
}

#[test]
fn featured_images_are_asked_for_in_all_sizes_that_pages_show() {
    let media = |id| {
        format!(
            r#"[{{"id":{id},"type":"attachment","media_type":"image","mime_type":"image/jpeg",
            "source_url":"https://news.example/wp-content/uploads/2026/a.jpg","media_details":{{
            "width":1600,"height":1000,"sizes":{{
            "medium":{{"file":"a-300x188.jpg","width":300,"height":188}},
            "thumbnail":{{"file":"a-150x150.jpg","width":150,"height":150}}}}}}}}]"#
        )
    };
    let asked = |id, more: &[(&str, &str)]| {
        let media = media(id);
        let files = [&[("post-7.json", POST), ("media-1.json", &*media)], more].concat();
        let findings = examine(&files, "");
        let save =
            findings.lacks.into_iter().find(|lack| lack.kind == Kind::MediaFiles).unwrap().save;
        let of_it = save.into_iter().filter(|save| save.file.contains("/a"));
        of_it.map(|save| (save.file, save.addresses[0].clone())).collect::<Vec<_>>()
    };
    let file = |name: &str| {
        let address = format!("https://news.example/wp-content/uploads/2026/{name}");
        (format!("uploads/2026/{name}"), address)
    };
    assert_eq!(asked(9, &[]), [file("a-300x188.jpg"), file("a.jpg")]);
    assert_eq!(asked(8, &[]), [file("a.jpg")]);
    assert_eq!(asked(9, &[("uploads/2026/a.jpg", "")]), []);
}

#[test]
fn many_records_are_asked_for_by_the_hundred() {
    let post = POST
        .replace("\"id\":7", "\"id\":#")
        .replace("\"featured_media\":9", "\"featured_media\":9000#");
    let media = r#"[{"id":1000000,"type":"attachment","media_type":"image","mime_type":"image/png","source_url":"https://news.example/wp-content/uploads/a.png"}]"#;
    let findings = examine(&[("posts-1.json", &list(150, &post)), ("media-1.json", media)], "");
    let lack = the(&findings, Kind::Attachments);
    let files: Vec<&str> = lack.save.iter().map(|save| &*save.file).collect();
    assert_eq!(files, ["media-by-id-1.json", "media-by-id-2.json"]);
    assert!(lack.save[1].addresses[1].ends_with("9000150&per_page=100"), "{:?}", lack.save[1]);
}

#[test]
fn a_collection_that_ends_where_an_answer_ends_may_go_on() {
    let more = |count| {
        let post = POST.replace("\"id\":7", "\"id\":#");
        let findings = examine(&[("posts-1.json", &list(count, &post))], "");
        let more = findings.lacks.into_iter().find(|lack| lack.kind == Kind::More);
        more.map(|lack| (lack.save[0].file.clone(), lack.save[0].addresses[0].clone()))
    };
    let address =
        |page| format!("https://news.example/?rest_route=/wp/v2/posts&per_page=100&page={page}");
    assert_eq!(more(100), Some(("posts-2.json".to_owned(), address(2))));
    assert_eq!(more(10), Some(("posts-more-1.json".to_owned(), address(1))));
    assert_eq!(more(57), None);
}

#[test]
fn a_collection_whose_end_was_saved_does_not_go_on() {
    let term = r#"{"id":#,"count":0,"name":"T","slug":"t-#","taxonomy":"category","parent":0}"#;
    let terms = list(10, term);
    let more = |files: &[(&str, &str)]| {
        let findings = examine(files, "");
        let more = findings.lacks.into_iter().filter(|lack| lack.kind == Kind::More);
        more.filter(|lack| lack.save[0].file.starts_with("categories")).count()
    };
    assert_eq!(more(&[("posts.json", POST), ("categories-1.json", &terms)]), 1);
    let whole = [("posts.json", POST), ("categories-1.json", &terms), ("categories-2.json", "[]")];
    assert_eq!(more(&whole), 0);
    // Whoever asked for more than ten posts asked so for categories.
    let posts = list(11, &POST.replace("\"id\":7", "\"id\":#"));
    assert_eq!(more(&[("posts-1.json", &posts), ("categories-1.json", &terms)]), 0);
    assert_eq!(more(&[("posts-1.json", &posts), ("categories.json", &terms)]), 1);
}

/// Returns what a program that saves web pages calls the one at an address: Windows allows no `?`.
fn named(address: &str) -> String {
    address.replace('?', if cfg!(windows) { "@" } else { "?" })
}

#[test]
fn a_collection_goes_on_only_if_every_answer_was_full() {
    let post = POST.replace("\"id\":7", "\"id\":#");
    let posts = |from: usize, count: usize| {
        let records = (from..from + count).map(|id| post.replace('#', &id.to_string()));
        format!("[{}]", records.collect::<Vec<_>>().join(","))
    };
    let may_go_on = |files: &[(&str, String)]| {
        let files: Vec<(&str, &str)> = files.iter().map(|(name, it)| (*name, &**it)).collect();
        kinds(&examine(&files, ""), Certainty::Possible).contains(&Kind::More)
    };
    let check = |files: &[(&str, String)], expected: bool| {
        let names: Vec<&str> = files.iter().map(|(name, _)| *name).collect();
        assert_eq!(may_go_on(files), expected, "{names:?}");
    };
    // Fewer than were asked for.
    for count in [3, 10, 20, 50] {
        check(&[(&named("posts?per_page=100&page=1.json"), posts(1, count))], false);
        check(
            &[("index.html%3Frest_route=%2Fwp%2Fv2%2Fposts&per_page=100", posts(1, count))],
            false,
        );
        check(&[("posts_per_page-100.json", posts(1, count))], false);
    }
    check(&[(&named("posts?per_page=100.json"), posts(1, 100))], true);
    check(&[(&named("posts?per_page=20.json"), posts(1, 20))], true);
    check(&[(&named("pages?per_page=100.json"), posts(1, 20))], true);
    // The last of several is not full.
    let three =
        |last| [("a.json", posts(1, 20)), ("b.json", posts(21, 20)), ("c.json", posts(41, last))];
    check(&three(10), false);
    check(&three(20)[..2], false);
    check(&[("a.json", posts(1, 10)), ("b.json", posts(11, 10))], true);
    // Each saved by itself.
    let single = (1..=10).map(|id| posts(id, 1)).collect::<Vec<_>>();
    let names: Vec<String> = (1..=10).map(|id| format!("post-{id}.json")).collect();
    let single: Vec<(&str, String)> = names.iter().map(|it| &**it).zip(single).collect();
    check(&single, false);
    // Terms do not tell which file they are from.
    let terms = |count| {
        let term = r#"{"id":#,"count":0,"name":"T","slug":"t-#","taxonomy":"category","parent":0}"#;
        list(count, term)
    };
    let whole = ("posts.json", posts(1, 11));
    let saved = |count: usize| {
        [whole.clone(), ("categories-1.json", terms(count)), ("categories-2.json", "[]".to_owned())]
    };
    check(&saved(20), true);
    check(&saved(50), false);
    check(&saved(20)[..2], true);
}

#[test]
fn parents_and_texts_that_are_missing_are_asked_for() {
    let page = POST
        .replace("\"type\":\"post\"", "\"type\":\"page\",\"parent\":3")
        .replace("?p=7\",\"title", "?page_id=7\",\"title");
    let start = page.find("\"content\"").unwrap();
    let end = page.find("\"excerpt\"").unwrap();
    let page = format!("{}{}", &page[..start], &page[end..]);
    let findings = examine(&[("page.json", &page)], "");
    let parent = the(&findings, Kind::ParentPages);
    assert_eq!(parent.save[0].file, "pages-3.json");
    assert_eq!(the(&findings, Kind::Texts).save[0].file, "pages-7.json");
}

#[test]
fn what_readers_commented_was_public() {
    let comment = r#"{"id":2,"post":70,"parent":0,"status":"approved","type":"comment","author_name":"B",
        "date":"2026-06-06T00:00:00","content":{"rendered":"<p>Yes</p>"}}"#;
    let findings = examine(&[("post-7.json", POST), ("comments-1.json", comment)], "");
    let lack = the(&findings, Kind::CommentedPosts);
    assert_eq!(lack.ids, [70]);
    assert!(lack.save[0].addresses[0].ends_with("/wp/v2/posts&include=70&per_page=100"));
    assert!(lack.save[1].addresses[0].ends_with("/wp/v2/pages&include=70&per_page=100"));
    assert!(lack.save[2].addresses[0].ends_with("/wp/v2/media&include=70&per_page=100"));
}

#[test]
fn what_is_not_public_misses_nothing() {
    let draft = POST.replace("\"publish\"", "\"draft\"");
    let findings = examine(&[("post-7.json", &draft)], "");
    assert_eq!(kinds(&findings, Certainty::Known), [Kind::RootIndex]);
    let post = &findings.holds.posts[0];
    assert_eq!((post.drafts, post.published), (1, 0));
}

#[test]
fn files_that_were_in_no_folder_of_uploads_are_saved_where_they_were() {
    let post = POST.replace("/wp-content/uploads/2026/06/it's.jpg", "/wp-content/gallery/a.jpg");
    let lack = |files: &[(&str, &str)]| {
        let findings = examine(files, "");
        let lack = findings.lacks.into_iter().find(|lack| lack.kind == Kind::MediaFiles);
        lack.map(|lack| (lack.what, lack.save[0].file.clone()))
    };
    let (what, file) = lack(&[("post-7.json", &post)]).unwrap();
    assert_eq!(what, "1 file from outside the folder of uploads");
    assert_eq!(file, "wp-content/gallery/a.jpg");
    assert_eq!(lack(&[("post-7.json", &post), ("wp-content/gallery/a.jpg", "")]), None);
}
