//! What goes wrong is told, and the rest goes on.

use crate::diagnostics::Severity;
use crate::export::read;
use crate::export::tests::{Folder, codes, ids, post_json, read_json, text};

#[test]
fn a_file_that_breaks_off_keeps_what_stands_before() {
    let (one, two) = (post_json(1, ""), post_json(2, ""));
    for (json, expected) in [
        (format!("[{one},{two},{{\"id\":3,\"title\":{{\"rend"), vec![1, 2]),
        (format!("[{one},{two}"), vec![1, 2]),
        (format!("[{one},,{two}]"), vec![1]),
        (format!("{{\"posts\":[{one},{two},{{\"id\""), vec![1, 2]),
        (format!("{{\"page\":1,\"posts\":[{one}],\"pages\":[{two}"), vec![1, 2]),
        (format!("{{\"body\":[{one},{{\"id\":"), vec![1]),
        (format!("{one}\n{{\"id\":2"), vec![1]),
    ] {
        let read = read_json(&json);
        assert_eq!((ids(&read.value), codes(&read)), (expected, vec!["invalid-json"]), "{json}");
        assert_eq!(read.diagnostics[0].severity, Severity::Error);
    }
}

#[track_caller]
fn check_break(text: &str, message: &str, help: &str) {
    let good = post_json(1, "");
    let read = Folder::new(&[("bad.json", text), ("good.json", &good)]).read();
    let told = &read.diagnostics[0];
    assert!(told.message.ends_with(message), "{}", told.message);
    assert!(told.help.as_ref().unwrap().starts_with(help), "{:?}", told.help);
}

#[test]
fn records_are_said_to_be_kept_only_if_there_are_some() {
    let post = post_json(2, "").replace('\n', " ");
    let kept = "; kept the records before";
    check_break(&format!("[{post},{{\"id\""), kept, "the file ends");
    check_break(&format!("{post}\n</pre>"), kept, "save the answer again");
    check_break(&format!("<html><pre>\n{post}</pre>"), kept, "a web page stands around");
    check_break("<html>", ": expected value", "this is a web page");
    check_break("{\"id\":2,\"title\"", "parsing an object", "the file ends");
}

#[test]
fn a_break_is_told_with_line_and_column() {
    let json = format!("[\n{},\n  {{\"id\": oops}}]", post_json(1, "").replace('\n', " "));
    let told = &read_json(&json).diagnostics[0];
    assert_eq!(told.location.position, Some((3, 10)));
    let cut = read_json(&format!("[\n{}", post_json(1, "").replace('\n', " ")));
    assert!(cut.diagnostics[0].help.as_ref().unwrap().contains("too early"));
}

#[test]
fn a_broken_line_is_one_lost_record() {
    let line = |id| post_json(id, "").replace('\n', " ");
    let lines = format!("{}\n{{\"id\":2,\"tit\n{}\n{{oops}}\n{}\n", line(1), line(3), line(5));
    let read = read_json(&lines);
    assert_eq!(ids(&read.value), [1, 3, 5]);
    let lines: Vec<_> =
        read.diagnostics.iter().map(|told| told.location.position.unwrap().0).collect();
    assert_eq!(lines, [2, 4]);
}

#[test]
fn a_record_with_a_field_of_another_kind_is_left_out_alone() {
    for (record, path) in [
        (r#"{"id":9,"type":"post","title":"x","content":{"rendered":["no"]}}"#, "content.rendered"),
        (r#"{"id":9,"type":"post","title":"x","slug":{"a":1}}"#, "slug"),
        (r#"{"id":9,"type":"post","title":["x"]}"#, "title"),
        (r#"{"id":"x9","type":"post","title":"x"}"#, "id"),
        (r#"{"id":9,"type":"post","title":"x","categories":["a"]}"#, "categories"),
        (r#"{"ID":9,"post_title":"x","post_content":[1]}"#, "post_content"),
    ] {
        let read = read_json(&format!("[{},{record},{}]", post_json(1, ""), post_json(2, "")));
        assert_eq!((ids(&read.value), codes(&read)), (vec![1, 2], vec!["unreadable-record"]));
        let told = &read.diagnostics[0];
        assert!(told.message.contains(&format!("`{path}`")), "{}", told.message);
        assert_eq!(told.location.post.is_some(), path != "id");
    }
}

#[test]
fn saved_error_answers_are_told() {
    let error = r#"{"code":"rest_forbidden","message":"Sorry","data":{"status":401}}"#;
    let read = read_json(&format!("[{},{error}]", post_json(1, "")));
    assert_eq!(codes(&read), ["error-answer"]);
    assert!(read.diagnostics[0].message.contains("rest_forbidden"));
    assert_eq!(read.diagnostics[0].severity, Severity::Warning);
    let past_the_last_page = error.replace("rest_forbidden", "rest_post_invalid_page_number");
    let read = read_json(&format!("[{},{past_the_last_page}]", post_json(1, "")));
    assert_eq!(codes(&read), [""; 0]);
}

#[test]
fn records_of_unknown_kind_are_told_once() {
    let read = read_json(&format!(
        r#"[{},{{"id":70,"colour":"red"}},{{"id":71,"colour":"blue","slug":[1]}}]"#,
        post_json(1, "")
    ));
    assert_eq!(codes(&read), ["unknown-record"]);
    assert!(read.diagnostics[0].message.contains("2 records"));
    assert!(read.diagnostics[0].message.contains("`id`, `colour`"));
}

#[test]
fn records_no_page_is_made_of_are_passed_over() {
    let read = read_json(&format!(
        r#"[{},{{"id":"theme//home","theme":"t","type":"wp_template","title":{{"raw":"x"}},"content":{{"raw":"y"}}}},
        {{"id":"sidebar-1","name":"Side","before_widget":"","widgets":[]}},{{"id":"block-2","id_base":"block","sidebar":"s"}},
        {{"id":90,"author":1,"parent":1,"slug":"1-revision-v1","title":{{"rendered":"x"}},"content":{{"rendered":"old"}}}},
        {{"name":"core/archives","title":"Archives","api_version":3,"attributes":{{"a":{{"type":"string"}}}},"is_dynamic":true}},
        {{"id":1,"title":"x","url":"https://example.org/","type":"post","subtype":"post"}}]"#,
        post_json(1, "")
    ));
    assert_eq!((ids(&read.value), codes(&read)), (vec![1], vec![]));
}

#[test]
fn text_that_is_not_utf8_is_read_all_the_same() {
    let post = |content: &[u8]| {
        let start = b"{\"id\":2,\"type\":\"post\",\"title\":\"x\",\"content\":\"";
        [start, content, b"\"}"].concat()
    };
    let wide = |mark: &str, to_bytes: fn(u16) -> [u8; 2]| {
        let json = format!("{mark}{}", String::from_utf8(post("tête".as_bytes())).unwrap());
        json.encode_utf16().flat_map(to_bytes).collect::<Vec<u8>>()
    };
    let check = |bytes: &[u8], expected: &str, told: &[&str]| {
        let folder = Folder::new(&[("a.json", &post_json(1, ""))]);
        folder.write("b.json", bytes);
        let read = folder.read();
        assert_eq!((ids(&read.value), codes(&read)), (vec![1, 2], told.to_vec()));
        assert_eq!(text(&read.value, 2), expected);
    };
    check(&wide("\u{feff}", u16::to_le_bytes), "tête", &[]);
    check(&wide("\u{feff}", u16::to_be_bytes), "tête", &[]);
    check(&wide("", u16::to_le_bytes), "tête", &[]);
    check(&post(b"t\xeate \x93\x94"), "tête “”", &["not-utf8"]);
    check(&post(b"t\xeate \xc3\xa9"), "t\u{fffd}te é", &["not-utf8"]);
}

#[test]
fn what_holds_nothing_of_use_stops_the_run() {
    for json in ["", "[]", "{\"a\":1}", "<html>", "[[[", "{\"code\":\"x\",\"message\":\"y\"}"] {
        let folder = Folder::new(&[("a.json", json)]);
        let error = read(&[folder.path("a.json")]).unwrap_err().to_string();
        assert!(error.contains("a.json"), "{json}: {error}");
    }
    let missing = read(&["no/such/folder".into()]).unwrap_err();
    assert!(format!("{missing:#}").contains("no/such/folder"));
}

#[test]
fn a_file_without_records_is_told_beside_others() {
    let folder = Folder::new(&[("a.json", &post_json(1, "")), ("package.json", r#"{"name":"x"}"#)]);
    folder.write("empty.json", b"");
    assert_eq!(codes(&folder.read()), ["invalid-json", "unknown-record"]);
}
