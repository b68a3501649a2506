//! That `check` asks other sites, if the user says so.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write as _};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};

use crate::check::{check, home, site_of};

/// Answers requests as told for each path, and counts them.
fn serve(answers: &[(&'static str, &'static str)]) -> (String, Arc<Mutex<HashMap<String, usize>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let answers: HashMap<&str, &str> = answers.iter().copied().collect();
    let asked: Arc<Mutex<HashMap<String, usize>>> = Arc::default();
    let counts = Arc::clone(&asked);
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
            let Some(Ok(line)) = lines.next() else { continue };
            while lines.next().is_some_and(|line| line.is_ok_and(|line| !line.is_empty())) {}
            let request = line.trim_end_matches(" HTTP/1.1").to_owned();
            let path = request.split(' ').nth(1).unwrap();
            let answer =
                answers.get(&*request).or_else(|| answers.get(path)).unwrap_or(&"404 Not Found");
            *counts.lock().unwrap().entry(request).or_default() += 1;
            let _ = write!(
                stream,
                "HTTP/1.1 {answer}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
            );
        }
    });
    (address, asked)
}

#[test]
fn other_sites_are_asked_once() {
    let (address, asked) = serve(&[
        ("/good", "200 OK"),
        ("/moved", "301 Moved Permanently\r\nLocation: /good"),
        ("HEAD /shy", "405 Method Not Allowed"),
        ("GET /shy", "200 OK"),
        ("/closed", "403 Forbidden"),
    ]);
    let link = |path: &str| format!("<a href='http://{address}{path}'>x</a>");
    let links = ["/good", "/good#part", "/moved", "/shy", "/closed", "/gone"].map(&link).concat();
    let place = site_of(&[("index.html", &home(&links)), ("a/index.html", &link("/gone"))]);
    let arguments = ["--external", "--external-answers", "answers.json"];
    let dead = format!(
        "warning[dead-external]: the link `http://{address}/gone` is dead: it answers 404, there is no such page, on 2 pages\n  --> a/index.html:1:1\n"
    );
    let unsure = format!(
        "warning[unsure-external]: whether `http://{address}/closed` is there cannot be told: it answers 403\n"
    );
    let first = check(place.path(), &arguments);
    first.holds(0, &[&dead, &unsure]);
    assert!(first.told.contains("\n3 of 5 addresses on other sites answered.\n"), "{}", first.told);
    assert_eq!(asked.lock().unwrap().get("HEAD /good"), Some(&2), "{asked:?}");
    assert_eq!(asked.lock().unwrap().get("GET /gone"), Some(&1), "{asked:?}");
    let before = asked.lock().unwrap().clone();
    let second = check(place.path(), &[&arguments[..], &["--strict"]].concat());
    assert_eq!((second.code, second.found), (1, first.found));
    assert_eq!(*asked.lock().unwrap(), before);
}

#[test]
fn nobody_is_asked_unless_the_user_says_so() {
    let (address, asked) = serve(&[]);
    let place =
        site_of(&[("index.html", &home(&format!("<a href='http://{address}/gone'>x</a>")))]);
    check(place.path(), &["--strict"]).holds(0, &[]);
    assert!(asked.lock().unwrap().is_empty());
}
