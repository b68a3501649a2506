//! The command `fetch`, against a server that answers as WordPress does.

mod server;
mod update;

use std::path::Path;
use std::process::{Command, Output};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::fetch::server::{
    Server, json_answer, page_of_the_theme, picture, plain_route, refusal, wordpress,
};
use crate::site;

fn fetch(server: &Server, folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_stillpress"))
        .args(["fetch", &server.home, "--pause", "1", "--dir"])
        .arg(folder)
        .args(arguments)
        .output()
        .unwrap()
}

fn told(output: &Output, exit_code: i32) -> String {
    let out = [&*output.stdout, &*output.stderr].concat();
    let told = String::from_utf8(out).unwrap();
    assert_eq!(output.status.code(), Some(exit_code), "{told}");
    told
}

#[test]
fn a_running_site_becomes_an_export_that_lacks_nothing() {
    let server = Server::start(|home, path, _| match plain_route(path) {
        Some((route, page)) => wordpress(home, route, page),
        None if path.ends_with("/lake.png") => picture(),
        None => page_of_the_theme("404 Not Found"),
    });
    let folder = TempDir::new().unwrap();
    let export = folder.path().join("saved");
    let first = told(&fetch(&server, &export, &[]), 0);
    for name in ["index.json", "posts-1.json", "posts-2.json", "recipes-1.json", "media-1.json"] {
        assert!(export.join(name).exists(), "{name} is missing\n{first}");
    }
    assert!(!export.join("posts-3.json").exists(), "{first}");
    assert!(export.join("uploads/2024/05/lake.png").exists(), "{first}");
    assert!(first.contains("users-1.json (`rest_user_cannot_view`)"), "{first}");

    let run = site::build(&export, &[]);
    assert_eq!(run.exit_code, 0, "{}", run.told);
    assert!(run.told.contains("101 posts"), "{}", run.told);

    // What is there is not asked for again, nor written over.
    let again = told(&fetch(&server, &export, &[]), 0);
    assert!(again.contains("Saved 0 answers and 0 files"), "{again}");
    assert!(again.contains("not asked for again, but with --update"), "{again}");
    assert_eq!(server.times("/?rest_route=/wp/v2/posts&per_page=100&page=1"), 1);
}

#[test]
fn a_site_that_is_busy_is_asked_again_and_pretty_addresses_are_tried() {
    let server = Server::start(|home, path, before| {
        let Some(rest) = path.strip_prefix("/wp-json") else {
            return match path.ends_with("/lake.png") {
                true => refusal("404 Not Found", "gone"),
                false => page_of_the_theme("200 OK"),
            };
        };
        if before == 0 {
            return ("503 Service Unavailable".to_owned(), Vec::new());
        }
        let (route, query) = rest.split_once('?').unwrap_or((rest, ""));
        let page = query.rsplit_once("page=").and_then(|(_, page)| page.parse().ok());
        wordpress(home, route, page.unwrap_or(1))
    });
    let folder = TempDir::new().unwrap();
    let told = told(&fetch(&server, folder.path(), &[]), 0);
    assert!(folder.path().join("posts-2.json").exists(), "{told}");
    assert!(told.contains("The site does not have: "), "{told}");
    assert!(!folder.path().join("uploads").join("2024/05/lake.png").exists());
}

#[test]
fn settings_and_menus_are_saved_for_those_who_may_see_them() {
    let server = Server::start(|home, path, _| match path.split_once(" as ") {
        // `ann:pass word`
        Some((path, login)) => {
            assert_eq!(login, "Basic YW5uOnBhc3Mgd29yZA==");
            match plain_route(path) {
                Some(("/wp/v2/settings", _)) => json_answer(&json!({
                    "title": "The Pass", "url": home, "language": "bo", "posts_per_page": 7
                })),
                Some(("/wp/v2/block-patterns/patterns", _)) => json_answer(&json!([])),
                _ => refusal("403 Forbidden", "rest_cannot_view"),
            }
        }
        None => match plain_route(path) {
            Some((route, page)) => wordpress(home, route, page),
            None => picture(),
        },
    });
    let folder = TempDir::new().unwrap();
    let run = |password: Option<&str>| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_stillpress"));
        command.args(["fetch", &server.home, "--pause", "1", "--user", "ann", "--dir"]);
        command.arg(folder.path()).env_remove("STILLPRESS_PASSWORD");
        command.envs(password.map(|password| ("STILLPRESS_PASSWORD", password)));
        command.output().unwrap()
    };
    assert!(told(&run(None), 2).contains("STILLPRESS_PASSWORD"));
    let told = told(&run(Some("pass word")), 0);
    assert!(folder.path().join("settings.json").exists(), "{told}");
    assert!(folder.path().join("patterns.json").exists(), "{told}");
    assert!(told.contains("menus.json (`rest_cannot_view`)"), "{told}");
    assert!(!told.contains("pass word"), "{told}");
}

#[test]
fn a_list_with_a_page_that_is_not_full_is_saved_to_its_end() {
    let server = Server::start(|home, path, _| match plain_route(path) {
        Some(("/wp/v2/posts", page)) if page > 3 => {
            refusal("400 Bad Request", "rest_post_invalid_page_number")
        }
        Some(("/wp/v2/posts", page)) => {
            let (_, body) = wordpress(home, "/wp/v2/posts", page.min(2));
            let mut posts: Vec<Value> = serde_json::from_slice(&body).unwrap();
            // What visitors may not see is left out of the page it would stand in.
            posts.truncate(99);
            posts.iter_mut().for_each(|post| {
                post["id"] = json!(post["id"].as_u64().unwrap() + 1000 * page as u64);
            });
            let (head, body) = json_answer(&Value::Array(posts));
            (head + "\r\nX-WP-TotalPages: 3", body)
        }
        Some((route, page)) => wordpress(home, route, page),
        None => picture(),
    });
    let folder = TempDir::new().unwrap();
    let first = told(&fetch(&server, folder.path(), &[]), 0);
    assert!(folder.path().join("posts-3.json").exists(), "{first}");
    assert!(!folder.path().join("posts-4.json").exists(), "{first}");
    // A run that goes on does not know how many there are.
    std::fs::remove_file(folder.path().join("posts-2.json")).unwrap();
    told(&fetch(&server, folder.path(), &[]), 0);
    assert!(folder.path().join("posts-2.json").exists());
}

#[test]
fn a_site_that_fails_in_the_middle_is_no_site_that_hides_something() {
    let server = Server::start(|home, path, _| match plain_route(path) {
        Some(("/wp/v2/posts", 2)) => refusal("500 Internal Server Error", "internal_server_error"),
        Some((route, page)) => wordpress(home, route, page),
        None => picture(),
    });
    let folder = TempDir::new().unwrap();
    let told = told(&fetch(&server, folder.path(), &[]), 1);
    assert!(
        told.contains("cannot save posts-2.json: status 500, `internal_server_error`"),
        "{told}"
    );
}

#[test]
fn another_site_does_not_get_into_the_folder_of_one() {
    let start = || {
        Server::start(|home, path, _| match plain_route(path) {
            Some((route, page)) => wordpress(home, route, page),
            None => picture(),
        })
    };
    let (one, other) = (start(), start());
    let folder = TempDir::new().unwrap();
    told(&fetch(&one, folder.path(), &[]), 0);
    let told = told(&fetch(&other, folder.path(), &[]), 2);
    assert!(told.contains("holds another site"), "{told}");
}

#[test]
fn a_site_that_does_not_count_pages_is_not_asked_for_ever() {
    let server = Server::start(|home, path, _| match plain_route(path) {
        Some(("/wp/v2/posts", _)) => wordpress(home, "/wp/v2/posts", 1),
        Some((route, page)) => wordpress(home, route, page),
        None => picture(),
    });
    let folder = TempDir::new().unwrap();
    let told = told(&fetch(&server, folder.path(), &[]), 1);
    assert!(told.contains("posts-2.json would be the page before once more"), "{told}");
    assert!(!folder.path().join("posts-2.json").exists(), "{told}");
}

#[test]
fn where_no_wordpress_answers_nothing_is_saved() {
    let server = Server::start(|_, _, _| page_of_the_theme("200 OK"));
    let folder = TempDir::new().unwrap();
    let export = folder.path().join("saved");
    let told = told(&fetch(&server, &export, &[]), 2);
    assert!(told.contains("no WordPress answers there"), "{told}");
    assert!(told.contains("Tools → Export"), "{told}");
    assert!(!export.exists());
}

#[test]
fn what_the_user_has_saved_stays_as_it_is() {
    let server = Server::start(|home, path, _| match plain_route(path) {
        Some((route, page)) => wordpress(home, route, page),
        None => picture(),
    });
    let folder = TempDir::new().unwrap();
    let own =
        json!([{ "id": 5, "name": "Own", "slug": "news", "taxonomy": "category" }]).to_string();
    std::fs::write(folder.path().join("categories-1.json"), &own).unwrap();
    let told = told(&fetch(&server, folder.path(), &["--no-media", "--quiet"]), 0);
    let kept = std::fs::read_to_string(folder.path().join("categories-1.json")).unwrap();
    assert_eq!(kept, own, "{told}");
    assert!(!folder.path().join("uploads").exists(), "{told}");
    assert!(!told.contains("Saved"), "{told}");
}

#[test]
fn what_the_user_has_saved_is_not_taken_for_more_than_it_is() {
    let server = Server::start(|home, path, _| match plain_route(path) {
        Some((route, page)) => wordpress(home, route, page),
        None => picture(),
    });
    let folder = TempDir::new().unwrap();
    let (_, body) = wordpress("https://news.example", "/wp/v2/posts", 1);
    let mut ten: Vec<Value> = serde_json::from_slice(&body).unwrap();
    ten.truncate(10);
    // As browsers save it, who are not asked for a hundred.
    let own = Value::Array(ten).to_string();
    std::fs::write(folder.path().join("posts-1.json"), &own).unwrap();
    std::fs::write(folder.path().join("media-1.json"), "<!DOCTYPE html>").unwrap();
    told(&fetch(&server, folder.path(), &["--no-media"]), 0);
    assert_eq!(std::fs::read_to_string(folder.path().join("posts-1.json")).unwrap(), own);
    for name in ["posts-1-again.json", "posts-2.json", "media-1-again.json"] {
        assert!(folder.path().join(name).exists(), "{name} is missing");
    }
    let again = told(&fetch(&server, folder.path(), &["--no-media"]), 0);
    assert!(again.contains("Saved 0 answers"), "{again}");
    let run = site::build(folder.path(), &[]);
    assert!(run.told.contains("101 posts"), "{}", run.told);
}

#[test]
fn the_languages_of_a_site_are_saved_with_their_home_pages() {
    let server = Server::start(|home, path, _| match plain_route(path) {
        Some(("/", _)) => json_answer(
            &json!({ "name": "The Pass", "url": home, "home": home, "namespaces": ["wp/v2", "pll/v1"] }),
        ),
        Some(("/pll/v1/languages", _)) => json_answer(&json!([
            { "slug": "bo", "locale": "bo", "name": "བོད་ཡིག", "home_url": format!("{home}/"), "is_default": true },
            { "slug": "en", "locale": "en_GB", "name": "English", "home_url": format!("{home}/en/") },
        ])),
        Some(("/wp/v2/posts", page)) => {
            let (head, body) = wordpress(home, "/wp/v2/posts", page);
            let mut posts: Vec<Value> = serde_json::from_slice(&body).unwrap();
            if let Some(post) = posts.first_mut().filter(|_| page == 1) {
                post["link"] = format!("{home}/en/a-letter/").into();
            }
            (head, Value::Array(posts).to_string().into_bytes())
        }
        Some((route, page)) => wordpress(home, route, page),
        None => picture(),
    });
    let folder = TempDir::new().unwrap();
    let told = told(&fetch(&server, folder.path(), &[]), 0);
    assert!(folder.path().join("languages.json").exists(), "{told}");
    let run = site::build(folder.path(), &[]);
    assert_eq!(run.exit_code, 0, "{}", run.told);
    let files = run.files();
    let home = String::from_utf8_lossy(&files["en/index.html"]).into_owned();
    assert!(home.contains("<html lang=\"en-GB\"") && home.contains("/en/a-letter/"), "{home}");
}
