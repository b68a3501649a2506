//! A server that answers as WordPress does.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};

/// What a server answers: status and headers, and a body.
pub(crate) type Answer = (String, Vec<u8>);

/// A server, and how often it was asked for what.
pub(crate) struct Server {
    pub(crate) home: String,
    asked: Arc<Mutex<BTreeMap<String, usize>>>,
}

impl Server {
    /// Starts a server. `answer` is given the server's own address, what is asked for, with ` as ` and
    /// who asks behind it if that is told, and how often it was asked before.
    pub(crate) fn start(answer: impl Fn(&str, &str, usize) -> Answer + Send + 'static) -> Self {
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

    pub(crate) fn times(&self, path: &str) -> usize {
        self.asked.lock().unwrap().get(path).copied().unwrap_or(0)
    }
}

pub(crate) fn json_answer(value: &Value) -> Answer {
    ("200 OK\r\nContent-Type: application/json".to_owned(), value.to_string().into_bytes())
}

pub(crate) fn refusal(status: &str, code: &str) -> Answer {
    let body = json!({ "code": code, "message": "No." });
    (format!("{status}\r\nContent-Type: application/json"), body.to_string().into_bytes())
}

pub(crate) fn page_of_the_theme(status: &str) -> Answer {
    (format!("{status}\r\nContent-Type: text/html"), b"<!DOCTYPE html><p>Hello".to_vec())
}

/// Returns what a site with 101 posts, a picture and a type of its own answers to a plain route.
pub(crate) fn wordpress(home: &str, route: &str, page: usize) -> Answer {
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
pub(crate) fn plain_route(path: &str) -> Option<(&str, usize)> {
    let query = path.strip_prefix("/?rest_route=")?;
    let (route, rest) = query.split_once('&').unwrap_or((query, ""));
    let page = rest.rsplit_once("page=").and_then(|(_, page)| page.parse().ok());
    Some((route, page.unwrap_or(1)))
}

pub(crate) fn picture() -> Answer {
    ("200 OK\r\nContent-Type: image/png".to_owned(), b"\x89PNG not really".to_vec())
}
