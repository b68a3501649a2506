//! The command `doctor`, from the outside.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

use crate::site;

/// A post of a site with plain permalinks, saved alone from its REST address.
const POST: &str = r#"{"id":412,"date":"2026-05-01T08:00:00","date_gmt":"2026-05-01T02:30:00",
    "guid":{"rendered":"https:\/\/herald.example\/blog\/?p=412"},"slug":"harvest","status":"publish",
    "type":"post","link":"https:\/\/herald.example\/blog\/?p=412","title":{"rendered":"Harvest"},
    "content":{"rendered":"<p>The barley is in.<\/p>","protected":false},
    "excerpt":{"rendered":"","protected":false},"author":3,"featured_media":413,
    "categories":[8,21],"tags":[30],
    "class_list":["post-412","post","type-post","status-publish","category-8","category-village","tag-barley"]}"#;

#[test]
fn a_lone_post_gets_the_addresses_of_all_that_it_names() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("post.json"), POST).unwrap();
    let told = doctor(folder.path(), &[], 0);

    let api = "https://herald.example/blog";
    for (plain, pretty) in [
        ("/", "/"),
        (
            "/wp/v2/categories&include=8,21&per_page=100",
            "/wp/v2/categories?include=8,21&per_page=100",
        ),
        ("/wp/v2/tags/30", "/wp/v2/tags/30"),
        ("/wp/v2/users/3", "/wp/v2/users/3"),
        ("/wp/v2/media/413", "/wp/v2/media/413"),
        (
            "/wp/v2/comments&post=412&per_page=100&page=1",
            "/wp/v2/comments?post=412&per_page=100&page=1",
        ),
    ] {
        let plain = format!("from {api}/?rest_route={plain}\n");
        let pretty = format!("or {api}/wp-json{pretty}\n");
        assert!(told.contains(&plain), "{plain} is not in\n{told}");
        assert!(told.contains(&pretty), "{pretty} is not in\n{told}");
    }
    let command = format!("curl -fsSL -o 'media-413.json' '{api}/?rest_route=/wp/v2/media/413'\n");
    assert!(told.contains(&command), "{told}");
    assert!(told.contains("Posts         1 published\n"), "{told}");
}

#[test]
fn a_time_zone_that_dates_tell_is_not_asked_for() {
    let told = |post: &str| {
        let folder = TempDir::new().unwrap();
        fs::write(folder.path().join("post.json"), post).unwrap();
        doctor(folder.path(), &[], 0)
    };
    let both = told(POST);
    assert!(both.contains("Time zone     UTC+05:30, as the dates of posts say\n"), "{both}");
    assert!(!both.contains("tagline, time zone"), "{both}");
    let local = told(&POST.replace("date_gmt", "no_date"));
    assert!(local.contains("Time zone     unknown, taken for UTC\n"), "{local}");
    assert!(local.contains("tagline, time zone"), "{local}");
}

#[test]
fn a_complete_export_lacks_nothing_that_it_refers_to() {
    let told = doctor(Path::new("sample-export"), &[], 0);
    assert!(told.contains("It lacks nothing that it refers to."), "{told}");
    assert!(told.contains("Posts         16 published\n"), "{told}");
    assert!(!told.contains("without a name"), "{told}");
}

#[test]
fn of_what_wordpress_exports_itself_the_rest_is_asked_for() {
    let told = doctor(Path::new("tests/cases/wxr/input"), &[], 0);
    for line in [
        "Root index    no\n",
        "Settings      no, only an administrator can save them\n",
        "The address of author 3.\n",
        "from https://old.example/wp-json/wp/v2/users/3\n",
        "from https://old.example/wp-json/wp/v2/taxonomies\n",
    ] {
        assert!(told.contains(line), "{line} is not in\n{told}");
    }
    assert!(!told.contains("canary"), "{told}");
}

#[test]
fn programs_are_told_the_same() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("post.json"), POST).unwrap();
    let told: Value = serde_json::from_str(&doctor(folder.path(), &["--json"], 0)).unwrap();
    assert_eq!(told["holds"]["address"], "https://herald.example/blog");
    assert_eq!(told["holds"]["posts"][0]["published"], 1);
    let lacks = told["lacks"].as_array().unwrap();
    let media = lacks.iter().find(|lack| lack["kind"] == "attachments").unwrap();
    assert_eq!(media["ids"], serde_json::json!([413]));
    assert_eq!(media["save"][0]["file"], "media-413.json");
}

#[test]
fn what_a_user_saved_is_not_asked_for_again() {
    let folder = TempDir::new().unwrap();
    let save = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    save("post.json", POST);
    save(
        "users-3.json",
        r#"{"id":3,"name":"Ann","slug":"ann","link":"https://herald.example/blog/?author=3"}"#,
    );
    save("comments-1.json", "[]");
    let told = doctor(folder.path(), &[], 0);
    assert!(!told.contains("/users"), "{told}");
    assert!(!told.contains("/comments"), "{told}");
}

#[test]
fn a_file_alone_gets_a_folder_of_its_own() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("post.json");
    fs::write(&file, POST).unwrap();
    let told = doctor(&file, &[], 0);
    assert!(told.contains("Make a folder called “export”, and put"), "{told}");
    assert!(told.contains("stillpress doctor export\n"), "{told}");
    assert!(told.contains("\ncd export\n"), "{told}");
}

#[test]
fn many_files_are_saved_by_one_command() {
    let folder = TempDir::new().unwrap();
    let file = |id: u32| {
        format!(
            r#"{{"id":{id},"type":"attachment","slug":"a{id}","media_type":"image","mime_type":"image/jpeg",
            "source_url":"https://herald.example/blog/wp-content/uploads/2026/05/a{id}.jpg",
            "title":{{"rendered":"a"}},"link":"https://herald.example/blog/?attachment_id={id}"}}"#
        )
    };
    let media: Vec<String> = (500..530).map(file).collect();
    fs::write(folder.path().join("media.json"), format!("[{}]", media.join(","))).unwrap();
    fs::write(folder.path().join("post.json"), POST).unwrap();
    let shown = doctor(folder.path(), &[], 0);
    assert!(shown.contains("\nstillpress doctor --commands "), "{shown}");
    let script = doctor(folder.path(), &["--commands"], 0);
    assert!(script.starts_with("cd "), "{script}");
    assert_eq!(script.matches("\ncurl -fsSL --create-dirs -o 'uploads/").count(), 30, "{script}");
}

#[test]
fn nothing_to_read_is_an_error() {
    let folder = TempDir::new().unwrap();
    doctor(folder.path(), &[], 2);
    doctor(&folder.path().join("nowhere"), &[], 2);
}

#[cfg(unix)]
#[test]
fn the_commands_are_sound_for_the_shell() {
    let folder = TempDir::new().unwrap();
    let odd = folder.path().join("it's; $(touch hacked) here");
    fs::create_dir(&odd).unwrap();
    fs::write(odd.join("post.json"), POST.replace("blog", "it's%20$(touch hacked)")).unwrap();
    let told = doctor(&odd, &[], 0);
    let start = told.find("\ncd ").unwrap();
    // Says what it would do, and that there are no more pages.
    let script = format!(
        "curl() {{ echo \"$@\"; case $* in *=1) ;; *=2) return 22;; esac; }}\nhead() {{ :; }}\ngrep() {{ :; }}\n{}",
        &told[start..]
    );
    let run = Command::new("sh").args(["-e", "-c", &script]).current_dir(&folder).output().unwrap();
    let said = String::from_utf8(run.stdout).unwrap();
    assert_eq!(String::from_utf8(run.stderr).unwrap(), "");
    assert!(
        said.contains(
            "-o comments-1.json https://herald.example/it's%20$(touch%20hacked)/?rest_route"
        ),
        "{said}"
    );
    assert!(said.contains("-o comments-2.json"), "{said}");
    assert!(!folder.path().join("hacked").exists() && !odd.join("hacked").exists());
}

#[cfg(unix)]
#[test]
fn saving_ends_at_the_first_answer_that_is_no_list_of_records() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("post.json"), POST).unwrap();
    let script = doctor(folder.path(), &["--commands"], 0);
    for (answer, saved) in [
        ("<!DOCTYPE html><p \"id\">[{", 1),
        ("{\"id\":1}", 1),
        ("[]", 1),
        ("[{\"id\":1}]", 3),
        ("\u{feff}\n[{\"id\":1}]", 3),
    ] {
        // Answers the same to all, but fails at the fourth page so that nothing goes on for ever.
        let curl = "curl() { case $* in *=4) return 22;; esac; printf '%s' \"$ANSWER\" > \"$3\"; }";
        let run = Command::new("sh")
            .args(["-e", "-c", &format!("{curl}\n{script}")])
            .env("ANSWER", answer)
            .current_dir(&folder)
            .output()
            .unwrap();
        assert_eq!(String::from_utf8(run.stderr).unwrap(), "");
        let is_saved = |number: &usize| {
            let file = folder.path().join(format!("comments-{number}.json"));
            file.exists() && fs::remove_file(file).is_ok()
        };
        assert_eq!((1..9).filter(is_saved).count(), saved, "{answer}");
    }
}

/// Returns what `doctor` prints of an export.
#[track_caller]
fn doctor(export: &Path, flags: &[&str], code: i32) -> String {
    site::printed(Path::new("."), &[&["doctor", export.to_str().unwrap()], flags].concat(), code)
}
