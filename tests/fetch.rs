//! The command `fetch`, against a server that answers as WordPress does.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Command, Output};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::site;

/// What a server answers: status and headers, and a body.
type Answer = (String, Vec<u8>);

/// A server, and how often it was asked for what.
struct Server {
    home: String,
    asked: Arc<Mutex<BTreeMap<String, usize>>>,
}

impl Server {
    /// Starts a server. `answer` is given the server's own address, what is asked for, with ` as ` and
    /// who asks behind it if that is told, and how often it was asked before.
    fn start(answer: impl Fn(&str, &str, usize) -> Answer + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let home = format!("http://{}", listener.local_addr().unwrap());
        let asked: Arc<Mutex<BTreeMap<String, usize>>> = Arc::default();
        let (own, counts) = (home.clone(), Arc::clone(&asked));
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
                let Some(Ok(line)) = lines.next() else { continue };
                let mut path = line.split(' ').nth(1).unwrap().to_owned();
                while let Some(Ok(line)) =
                    lines.next().filter(|it| !matches!(it, Ok(line) if line.is_empty()))
                {
                    if let Some(login) = line.to_lowercase().strip_prefix("authorization: ") {
                        let end = line.len() - login.len();
                        path.push_str(&format!(" as {}", &line[end..]));
                    }
                }
                let before = {
                    let mut counts = counts.lock().unwrap();
                    let count = counts.entry(path.clone()).or_default();
                    *count += 1;
                    *count - 1
                };
                let (head, body) = answer(&own, &path, before);
                let length = body.len();
                let head = format!(
                    "HTTP/1.1 {head}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n"
                );
                let _ = stream.write_all(head.as_bytes());
                let _ = stream.write_all(&body);
            }
        });
        Self { home, asked }
    }

    fn times(&self, path: &str) -> usize {
        self.asked.lock().unwrap().get(path).copied().unwrap_or(0)
    }
}

fn json_answer(value: &Value) -> Answer {
    ("200 OK\r\nContent-Type: application/json".to_owned(), value.to_string().into_bytes())
}

fn refusal(status: &str, code: &str) -> Answer {
    let body = json!({ "code": code, "message": "No." });
    (format!("{status}\r\nContent-Type: application/json"), body.to_string().into_bytes())
}

fn page_of_the_theme(status: &str) -> Answer {
    (format!("{status}\r\nContent-Type: text/html"), b"<!DOCTYPE html><p>Hello".to_vec())
}

/// Returns what a site with 101 posts, a picture and a type of its own answers to a plain route.
fn wordpress(home: &str, route: &str, page: usize) -> Answer {
    let post = |id: usize, kind: &str| {
        json!({
            "id": id, "type": kind, "status": "publish", "slug": format!("p{id}"),
            "date": "2024-05-01T09:00:00", "date_gmt": "2024-05-01T09:00:00",
            "link": format!("{home}/?p={id}"), "title": { "rendered": format!("Post {id}") },
            "content": { "rendered": "<p>Text.</p>", "protected": false },
            "excerpt": { "rendered": "", "protected": false }, "author": 1, "featured_media": 900,
            "categories": [5]
        })
    };
    match route {
        "/" => {
            json_answer(&json!({ "name": "The Pass", "url": home, "home": home, "namespaces": [] }))
        }
        "/wp/v2/types" => json_answer(&json!({
            "post": { "slug": "post", "name": "Posts", "hierarchical": false, "rest_base": "posts", "taxonomies": ["category"] },
            "recipe": { "slug": "recipe", "name": "Recipes", "hierarchical": false, "rest_base": "recipes", "taxonomies": [] }
        })),
        "/wp/v2/posts" if page == 1 => {
            json_answer(&Value::Array((1..=100).map(|id| post(id, "post")).collect()))
        }
        "/wp/v2/posts" if page == 2 => json_answer(&json!([post(101, "post")])),
        "/wp/v2/recipes" if page == 1 => json_answer(&json!([post(200, "recipe")])),
        "/wp/v2/categories" if page == 1 => json_answer(
            &json!([{ "id": 5, "name": "News", "slug": "news", "taxonomy": "category" }]),
        ),
        "/wp/v2/media" if page == 1 => json_answer(&json!([{
            "id": 900, "type": "attachment", "media_type": "image", "mime_type": "image/png",
            "status": "inherit", "title": { "rendered": "Lake" }, "link": format!("{home}/?p=900"),
            "source_url": format!("{home}/wp-content/uploads/2024/05/lake.png")
        }])),
        "/wp/v2/users" => refusal("401 Unauthorized", "rest_user_cannot_view"),
        _ if route.starts_with("/wp/v2/users/") => {
            refusal("401 Unauthorized", "rest_user_cannot_view")
        }
        _ => json_answer(&json!([])),
    }
}

/// Takes `/?rest_route=…&page=…` apart.
fn plain_route(path: &str) -> Option<(&str, usize)> {
    let query = path.strip_prefix("/?rest_route=")?;
    let (route, rest) = query.split_once('&').unwrap_or((query, ""));
    let page = rest.rsplit_once("page=").and_then(|(_, page)| page.parse().ok());
    Some((route, page.unwrap_or(1)))
}

fn picture() -> Answer {
    ("200 OK\r\nContent-Type: image/png".to_owned(), b"\x89PNG not really".to_vec())
}

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
