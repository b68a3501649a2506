//! Input that is missing, hostile or huge, and disks that cannot be written: each ends in a site
//! or in a reason, soon, and never in a site half written.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::site::{self, Run};

/// How long a debug build may take for the big inputs here, on a busy machine.
const SOON: Duration = Duration::from_secs(30);

#[test]
fn an_export_that_is_not_there_leaves_the_old_site_as_it_is() {
    let place = TempDir::new().unwrap();
    write(place.path(), "posts.json", &posts(&[post(1, "<p>Old.</p>")]));
    let run = site::stillpress(place, &["posts.json"], b"");
    let old = site::files_in(&run.folder());

    let run = site::stillpress(run.place, &["no-such.json"], b"");
    assert_eq!(run.exit_code, 2);
    assert!(run.told.starts_with("error: cannot read no-such.json: "), "{}", run.told);
    write(run.place.path(), "posts.json", "[]");
    let run = site::stillpress(run.place, &["posts.json"], b"");
    assert_eq!(run.exit_code, 2);
    assert!(run.told.contains("found nothing of WordPress in posts.json"), "{}", run.told);
    assert_eq!(site::files_in(&run.folder()), old);
}

#[test]
fn a_site_is_never_mixed_with_its_export() {
    let place = TempDir::new().unwrap();
    write(place.path(), "own/posts.json", &posts(&[post(1, "<p>Old.</p>")]));
    let mut place = place;
    for arguments in [["own", "-o", "own"], ["own/posts.json", "-o", "own/"]] {
        for more in [&[][..], &["--force"]] {
            let run = site::stillpress(place, &[&arguments[..], more].concat(), b"");
            assert_eq!(run.exit_code, 2);
            assert!(run.told.contains("holds the export"), "{}", run.told);
            assert!(!run.told.contains("--force"), "{}", run.told);
            assert_eq!(site::files_in(run.place.path()).len(), 1);
            place = run.place;
        }
    }
}

#[test]
fn nothing_is_written_beside_the_output_folder() {
    let place = TempDir::new().unwrap();
    let slugs = ["../../x", "/x", "..", "a/../../x", "%2e%2e%2fx", "..\\x", "\\u0000", "C:x", "~"];
    let all: Vec<String> = (1..)
        .zip(slugs)
        .map(|(id, slug)| {
            let post = post(id, "<p>Text.</p>").replace("\"slug\":\"s", "\"slug\":\"SLUG");
            let slug = slug.replace('\\', "\\\\").replace("\\\\u", "\\u");
            post.replace(&format!("SLUG{id}"), &slug)
        })
        .collect();
    write(place.path(), "in/posts.json", &posts(&all));
    let run = site::stillpress(place, &["in/posts.json", "-o", "a/b/c"], b"");
    assert_eq!(run.exit_code, 0, "{}", run.told);
    assert!(run.told.contains("Read 9 posts"), "{}", run.told);
    let outside = site::files_in(run.place.path()).into_keys();
    let outside: Vec<String> = outside.filter(|name| !name.starts_with("a/b/c/")).collect();
    assert_eq!(outside, ["in/posts.json"]);
}

#[test]
fn tags_in_tags_in_tags_end_soon() {
    for tag in ["div", "b", "ul><li", "blockquote><p", "a href=x", "table><tr><td", "font"] {
        check_soon(&post(1, &format!("Start {} end", format!("<{tag}>").repeat(8_000))));
    }
    check_soon(&post(1, &"</p></div>".repeat(40_000)));
    check_soon(&post(1, &"<!-- wp:group -->".repeat(20_000)));
    check_soon(&post(1, &"[gallery".repeat(40_000)));
    check_soon(&post(1, &"<".repeat(200_000)));
    check_soon(&post(1, &"<!--".repeat(100_000)));
    check_soon(&post(1, &"<p><!--more--><!--nextpage-->".repeat(1_000)));
}

#[test]
fn json_in_json_in_json_ends_soon() {
    for (open, exit_code) in [("[", 2), ("{\"a\":", 2), ("[{\"body\":", 2)] {
        let run = build(&open.repeat(100_000));
        assert_eq!(run.exit_code, exit_code, "{}", run.told);
    }
}

#[test]
fn a_post_of_eight_megabytes_is_built_soon() {
    let run = check_soon(&post(1, &"<p>A long, long story.</p>\n".repeat(8_000_000 / 28)));
    assert!(run.files()["2024/05/01/s1/index.html"].len() > 7_000_000);
}

#[test]
fn fifty_thousand_terms_are_built_soon() {
    let term = |id: u32| {
        format!(
            "{{\"id\":{id},\"name\":\"T{id}\",\"slug\":\"t{id}\",\"taxonomy\":\"cuisine\",\"parent\":{}}}",
            id - 1
        )
    };
    let terms: Vec<String> = (2..=50_000).map(term).collect();
    let start = Instant::now();
    let run = build(&format!("{}\n{}", posts(&[post(1, "<p>Text.</p>")]), posts(&terms)));
    assert!(start.elapsed() < SOON, "{:?}", start.elapsed());
    assert_eq!(run.exit_code, 0, "{}", run.told);
}

/// Where tests run as root, no folder is read-only: then there is nothing to see.
#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_written_is_an_error_that_names_it() {
    use std::os::unix::fs::PermissionsExt as _;
    let place = TempDir::new().unwrap();
    write(place.path(), "posts.json", &posts(&[post(1, "<p>Text.</p>")]));
    let locked = place.path().join("locked");
    fs::create_dir(&locked).unwrap();
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o555)).unwrap();
    if fs::write(locked.join("probe"), "").is_ok() {
        return;
    }
    let run = site::stillpress(place, &["posts.json", "-o", "locked/site"], b"");
    assert_eq!(run.exit_code, 2);
    assert!(run.told.contains("locked"), "{}", run.told);
}

/// A limit on the size of files stands for a disk that is full.
#[cfg(unix)]
#[test]
fn a_full_disk_leaves_the_old_site_as_it_is() {
    let place = TempDir::new().unwrap();
    write(place.path(), "posts.json", &posts(&[post(1, "<p>Old.</p>")]));
    let run = site::stillpress(place, &["posts.json"], b"");
    let old = site::files_in(&run.folder());
    let place = run.place;
    write(place.path(), "posts.json", &posts(&[post(1, &"<p>New.</p>".repeat(50_000))]));

    let script = "trap '' XFSZ; ulimit -f 1000; exec \"$0\" build posts.json";
    let output = std::process::Command::new("sh")
        .args(["-c", script, env!("CARGO_BIN_EXE_stillpress")])
        .current_dir(place.path())
        .output()
        .unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{told}");
    assert!(told.contains("index.html"), "{told}");
    assert_eq!(site::files_in(&place.path().join("public")), old);
}

/// Builds a post, and asserts that the words in it are on its page.
#[track_caller]
fn check_soon(post: &str) -> Run {
    let start = Instant::now();
    let run = build(&posts(&[post.to_owned()]));
    let took = start.elapsed();
    assert!(took < SOON, "{took:?} for {}", &post[..post.len().min(400)]);
    assert_eq!(run.exit_code, 0, "{}", run.told);
    let page = String::from_utf8(run.files()["2024/05/01/s1/index.html"].clone()).unwrap();
    assert_eq!(page.contains("Start"), post.contains("Start"));
    run
}

fn build(json: &str) -> Run {
    let place = TempDir::new().unwrap();
    write(place.path(), "posts.json", json);
    site::stillpress(place, &["posts.json"], b"")
}

fn posts(all: &[String]) -> String {
    format!("[{}]", all.join(",\n"))
}

/// Returns a post of a site with plain permalinks, with the slug `sID`.
fn post(id: u32, content: &str) -> String {
    let content = content.replace('"', "\\\"").replace('\n', "\\n");
    format!(
        "{{\"id\":{id},\"date\":\"2024-05-01T09:00:00\",\"slug\":\"s{id}\",\"status\":\"publish\",\
         \"type\":\"post\",\"link\":\"https://old.example/?p={id}\",\"title\":{{\"rendered\":\"T\"}},\
         \"content\":{{\"rendered\":\"{content}\",\"protected\":false}},\"categories\":[1]}}"
    )
}

fn write(place: &Path, name: &str, text: &str) {
    let path = place.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}
