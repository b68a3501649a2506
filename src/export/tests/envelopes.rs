//! Whatever was saved around records is taken off.

use crate::export::tests::{Folder, ids, post_json, read_quietly, text};

fn check(json: &str, expected: &[u64]) {
    let export = read_quietly(json);
    assert_eq!(ids(&export), expected, "{json}");
    for id in expected {
        assert_eq!(text(&export, *id), format!("<p>Text {id}</p>"), "{json}");
    }
}

#[test]
fn records_are_found_in_every_envelope() {
    let (one, two, three) = (post_json(1, ""), post_json(2, ""), post_json(3, ""));
    check(&one, &[1]);
    check(&format!("[{one},{two}]"), &[1, 2]);
    check(&format!("[[{one}],[],[{two},{three}]]"), &[1, 2, 3]);
    check(&format!(r#"{{"posts":[{one}],"pages":[{two}]}}"#), &[1, 2]);
    check(&format!(r#"{{"0":{one},"1":{two}}}"#), &[1, 2]);
    check(&format!(r#"[{{"0":{one}}},{{"1":{two}}}]"#), &[1, 2]);
    check(&format!(r#"{{"body":[{one}],"status":200,"headers":{{"X-WP-Total":1}}}}"#), &[1]);
    check(&format!(r#"{{"body":{one},"status":200,"headers":[]}}"#), &[1]);
    check(&format!(r#"[{{"body":[{one}],"status":200,"headers":{{}}}}]"#), &[1]);
    check(&format!(r#"{{"success":true,"data":{{"posts":[{one}]}},"total":1}}"#), &[1]);
    check(&format!(r#"{{"posts":{{"12":{one},"15":{two}}},"meta":{{"page":1}}}}"#), &[1, 2]);
}

#[test]
fn documents_may_follow_one_another() {
    let (one, two) = (post_json(1, "").replace('\n', " "), post_json(2, "").replace('\n', " "));
    check(&format!("{one}\n{two}\n"), &[1, 2]);
    check(&format!("{one}{two}"), &[1, 2]);
    check(&format!("[{one}]\r\n\r\n[{two}]"), &[1, 2]);
    check(&format!("{one},\n{two},\n"), &[1, 2]);
    check(&format!("\u{1e}{one}\n\u{1e}{two}\n"), &[1, 2]);
}

#[test]
fn a_byte_order_mark_moves_no_body() {
    check(&format!("\u{feff}[{}]", post_json(7, "")), &[7]);
}

#[test]
fn empty_answers_say_nothing() {
    let folder = Folder::new(&[
        ("a.json", "[]"),
        ("b.json", "{}"),
        ("c.json", " [ ] \n"),
        ("d.json", &post_json(1, "")),
    ]);
    assert_eq!(folder.read().diagnostics, []);
}

#[test]
fn bodies_are_found_by_their_place() {
    let export = read_quietly(
        r#"[{"id":1,"type":"post","title":"x","content":{"rendered":"<p>\"\u0f56\u0f7c\u0f51\" \\ \/ \ud83d\ude00 é</p>\n","protected":false}}]"#,
    );
    assert_eq!(text(&export, 1), "<p>\"བོད\" \\ / 😀 é</p>\n");
}

#[test]
fn half_a_surrogate_pair_spoils_only_itself() {
    let export = read_quietly(
        r#"[{"id":1,"type":"post","title":"a\ud800b","content":{"rendered":"x\udfffy"}}]"#,
    );
    assert!(export.posts[0].title.starts_with('a') && export.posts[0].title.ends_with('b'));
    assert!(text(&export, 1).starts_with('x') && text(&export, 1).ends_with('y'));
}
