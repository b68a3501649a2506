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
