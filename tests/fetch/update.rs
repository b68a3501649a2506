//! What the site changed since it was saved, and what becomes of the answers before.

use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::fetch::server::{Server, json_answer, picture, plain_route, refusal, wordpress};
use crate::fetch::{fetch, told};
use crate::site;

#[test]
fn what_the_site_changed_since_is_saved_with_the_answers_before_put_aside() {
    let server = Server::start(|home, path, before| match plain_route(path) {
        // Of the second time on, the last post is gone, the first changed and another came.
        Some(("/wp/v2/posts", page)) if before > 0 => {
            let (head, body) = wordpress(home, "/wp/v2/posts", page);
            let mut posts: Vec<Value> = serde_json::from_slice(&body).unwrap();
            posts[0][if page == 2 { "id" } else { "modified_gmt" }] =
                if page == 2 { json!(102) } else { json!("2026-06-05T03:09:00") };
            (head, Value::Array(posts).to_string().into_bytes())
        }
        Some((route, page)) => wordpress(home, route, page),
        None => picture(),
    });
    let folder = TempDir::new().unwrap();
    told(&fetch(&server, folder.path(), &[]), 0);
    let told = told(&fetch(&server, folder.path(), &["--update"]), 0);
    assert!(told.contains("Since then 1 post came and 1 post changed; 1 post the"), "{told}");
    assert!(told.contains("Not shown any more: 101 “Post 101”"), "{told}");
    assert_eq!(server.times("/wp-content/uploads/2024/05/lake.png"), 1);
    let aside = std::fs::read_dir(folder.path().join(".stillpress-before"))
        .unwrap()
        .next()
        .unwrap()
        .unwrap();
    for name in ["index.json", "posts-1.json", "posts-2.json", "recipes-1.json"] {
        assert!(aside.path().join(name).exists(), "{name}");
        assert!(folder.path().join(name).exists(), "{name}");
    }
    let run = site::build(folder.path(), &[]);
    assert!(run.told.contains("101 posts"), "{}", run.told);
}

#[test]
fn an_answer_that_was_edited_stays_and_nothing_is_said_of_what_it_hides() {
    let server = Server::start(|home, path, before| match plain_route(path) {
        // A post came: the first of all moved to the second page.
        Some(("/wp/v2/posts", page)) if before > 0 => {
            let (head, body) = wordpress(home, "/wp/v2/posts", page);
            let mut posts: Vec<Value> = serde_json::from_slice(&body).unwrap();
            if let Some(first) = posts.first_mut() {
                first["id"] = json!(if page == 2 { 1 } else { 102 });
            }
            (head, Value::Array(posts).to_string().into_bytes())
        }
        Some((route, page)) => wordpress(home, route, page),
        None => picture(),
    });
    let folder = TempDir::new().unwrap();
    told(&fetch(&server, folder.path(), &[]), 0);
    let page = folder.path().join("posts-2.json");
    let own = std::fs::read_to_string(&page).unwrap().replace("Text.", "A better text.");
    std::fs::write(&page, &own).unwrap();

    let loud = told(&fetch(&server, folder.path(), &["--update"]), 0);
    assert!(!loud.contains("Not shown any more"), "{loud}");
    let quiet = told(&fetch(&server, folder.path(), &["--update", "--quiet"]), 0);
    for part in ["posts-2.json is not as it was saved, and stays", "of the posts that are on that"]
    {
        assert!(loud.contains(part) && quiet.contains(part), "{loud}\n{quiet}");
    }
    assert_eq!(std::fs::read_to_string(&page).unwrap(), own);
}

#[test]
fn an_update_that_fails_in_the_middle_goes_on_and_knows_what_there_was() {
    let is_broken = Arc::new(AtomicBool::new(false));
    let is_so = Arc::clone(&is_broken);
    let server = Server::start(move |home, path, _| match plain_route(path) {
        Some(("/wp/v2/posts", 2)) if is_so.load(Ordering::Relaxed) => {
            refusal("500 Internal Server Error", "broken")
        }
        Some((route, page)) => wordpress(home, route, page),
        None => picture(),
    });
    let folder = TempDir::new().unwrap();
    told(&fetch(&server, folder.path(), &[]), 0);
    is_broken.store(true, Ordering::Relaxed);
    let failed = told(&fetch(&server, folder.path(), &["--update"]), 1);
    assert!(failed.contains("cannot save posts-2.json"), "{failed}");
    is_broken.store(false, Ordering::Relaxed);
    let told = told(&fetch(&server, folder.path(), &["--update"]), 0);
    assert!(told.contains("went on with the update"), "{told}");
    assert!(told.contains("Since then 0 posts came and 0 posts changed; 0 posts the"), "{told}");
    assert_eq!(server.times("/?rest_route=/wp/v2/posts&per_page=100&page=1"), 2);
    let aside = folder.path().join(".stillpress-before");
    assert_eq!(std::fs::read_dir(aside).unwrap().count(), 1);
}

#[test]
fn what_only_an_administrator_gets_stays_until_one_asks_again() {
    let server = Server::start(|home, path, _| match path.split_once(" as ") {
        Some((path, _)) if path.starts_with("/?rest_route=/wp/v2/settings") => {
            json_answer(&json!({ "title": "The Pass", "url": home, "posts_per_page": 7 }))
        }
        Some(_) => refusal("403 Forbidden", "rest_cannot_view"),
        None => match plain_route(path) {
            Some((route, page)) => wordpress(home, route, page),
            None => picture(),
        },
    });
    let folder = TempDir::new().unwrap();
    let run = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_stillpress"));
        command.args(["fetch", &server.home, "--pause", "1", "--no-media", "--dir"]);
        command.arg(folder.path()).env("STILLPRESS_PASSWORD", "pass word").args(arguments);
        told(&command.output().unwrap(), 0)
    };
    run(&["--user", "ann"]);
    let told = run(&["--update"]);
    assert!(told.contains("settings.json was saved by somebody logged in, and stays"), "{told}");
    assert!(folder.path().join("settings.json").exists(), "{told}");
    let told = run(&["--update", "--user", "ann"]);
    assert!(!told.contains("settings.json was"), "{told}");
    let list = std::fs::read_to_string(folder.path().join(".saved-by-stillpress.jsonl")).unwrap();
    assert!(list.contains("\"shown_to\":\"users\"") && !list.contains("ann"), "{list}");
    assert!(folder.path().join("settings.json").exists(), "{told}");
}
