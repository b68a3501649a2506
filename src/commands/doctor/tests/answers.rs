//! Answers that were not saved, or not as they came.

use super::*;

/// Returns so many posts, the first of that id.
fn posts(from: usize, count: usize) -> String {
    let post = |id: usize| POST.replace("\"id\":7", &format!("\"id\":{id}"));
    format!("[{}]", (from..from + count).map(post).collect::<Vec<_>>().join(","))
}

#[test]
fn an_answer_between_others_is_asked_for_in_their_size() {
    let files = [("posts-1.json", &*posts(1, 10)), ("posts-3.json", &*posts(21, 10))];
    let findings = examine(&files, "");
    let lack = the(&findings, Kind::Between);
    assert_eq!(lack.what, "posts: posts-1 and posts-3 are there, but no posts-2");
    assert_eq!((lack.certainty, &*lack.save[0].file), (Certainty::Known, "posts-2.json"));
    let address = "https://news.example/?rest_route=/wp/v2/posts&per_page=10&page=";
    assert_eq!(lack.save[0].addresses[0], format!("{address}2"));
    assert_eq!(findings.lacks[0].kind, Kind::Between);
    let more = &the(&findings, Kind::More).save[0];
    assert_eq!((&*more.file, &more.addresses[0]), ("posts-4.json", &format!("{address}4")));

    let category = r#"{"id":5,"name":"World","slug":"world","taxonomy":"category","count":30}"#;
    let findings = examine(&[files[0], files[1], ("categories.json", category)], "");
    let told = "posts: posts-1 and posts-3 are there, but no posts-2; “World” had 30 posts, of which \
                the export has 20";
    assert_eq!(the(&findings, Kind::Between).what, told);
}

#[test]
fn files_that_cannot_be_read_are_named_and_asked_for_again() {
    let cut = posts(11, 2);
    let types = r#"{"hut":{"slug":"hut","name":"Huts","hierarchical":false,"rest_base":"huts"}}"#;
    let files = [
        ("posts-1.json", &*posts(1, 10)),
        ("posts-2.json", &cut[..cut.len() - 20]),
        ("posts-7.json", "oops"),
        ("huts-1.json", " "),
        ("taxonomies.json", "<br />Warning: {}"),
        ("index.json", "<!DOCTYPE html>"),
        ("types.json", types),
        ("pages-1.json", r#"{"code":"rest_post_invalid_page_number","message":"","data":{}}"#),
    ];
    let findings = examine(&files, "");
    let lack = &findings.lacks[0];
    let told = "files that could not be read: huts-1.json (empty), index.json (a web page, or one of \
                PHP's warnings stands in it), posts-2.json (damaged or cut off), posts-7.json (no \
                answer), taxonomies.json (a web page, or one of PHP's warnings stands in it)";
    assert_eq!((lack.kind, &*lack.what), (Kind::Unreadable, told));
    let saved = |lack: &Finding| -> Vec<(String, String)> {
        let rest = |address: &str| address.split("rest_route=").nth(1).unwrap().to_owned();
        lack.save.iter().map(|save| (save.file.clone(), rest(&save.addresses[0]))).collect()
    };
    let asked = |file: &str, rest: &str| (file.to_owned(), rest.to_owned());
    assert_eq!(
        saved(lack),
        [
            asked("posts-2-more.json", "/wp/v2/posts&per_page=10&page=2"),
            asked("taxonomies.json", "/wp/v2/taxonomies"),
        ]
    );
    // What is asked for in any case.
    assert_eq!(saved(the(&findings, Kind::RootIndex)), [asked("index.json", "/")]);
    let huts = asked("huts-1.json", "/wp/v2/huts&per_page=100&page=1");
    assert_eq!(saved(the(&findings, Kind::Announced)), [huts]);
    assert!(!kinds(&findings, Certainty::Possible).contains(&Kind::Pages));
    assert!(!kinds(&findings, Certainty::Possible).contains(&Kind::More));
}

#[test]
fn what_was_saved_in_place_of_an_answer_is_none() {
    let refusal = r#"{"code":"rest_cannot_read","message":"No.","data":{"status":401}}"#;
    for instead in [refusal, "", "<!DOCTYPE html>", "Error establishing a database connection"] {
        let files = [("post-7.json", POST), ("comments-1.json", instead)];
        let comments = &examine(&files, "");
        assert_eq!(the(comments, Kind::Comments).save[0].file, "comments-1.json", "{instead}");
    }
}

#[test]
fn terms_of_a_taxonomy_that_only_types_name_are_asked_for() {
    let types = r#"{"hut":{"slug":"hut","name":"Huts","hierarchical":false,"rest_base":"huts",
        "taxonomies":["valley"]}}"#;
    let hut =
        |fields: &str| POST.replace("\"type\":\"post\"", &format!("\"type\":\"hut\"{fields}"));
    let asked = |hut: &str| {
        let findings = examine(&[("types.json", types), ("huts-1.json", hut)], "");
        first_addresses(&findings)
    };
    let all = asked(&hut(",\"valley\":[30]"));
    for expected in ["/?rest_route=/wp/v2/valley/30", "/?rest_route=/wp/v2/taxonomies"] {
        assert!(all.iter().any(|address| address == expected), "{all:?}");
    }
    let all = asked(&hut(""));
    assert!(all.iter().any(|address| address == "/?rest_route=/wp/v2/taxonomies"), "{all:?}");
}
