//! A site in several scripts, to be searched.

use serde_json::{Value, json};

/// Returns a page, and posts in several scripts from the oldest to the newest.
pub(crate) fn posts() -> Vec<Value> {
    let texts = [
        ("About", "A page."),
        ("Alpen", "Ein Mädchen in der Straße am River."),
        ("北京", "今天的新闻报道。"),
        ("ภาษา", "ภาษาไทย และ น้ำ"),
        ("ལོ།", "གསར་པ། འགྱུར་བ། ༢༠༢༤ ལོར།"),
        ("ལྷ་སའི་གསར་འགྱུར།", "ལྷ་སའི་གསར་འགྱུར་གསར་པ།"),
        ("Water rights", "The river council met. A river, and a <b>river</b> in 2024."),
    ];
    let posts = (1..).zip(texts).map(|(id, (title, text))| {
        let kind = if id == 1 { "page" } else { "post" };
        json!({
            "id": id, "date": format!("2024-05-{id:02}T09:00:00"), "slug": title.to_lowercase(),
            "status": "publish", "type": kind, "link": format!("https://old.example/{}/", title.to_lowercase()),
            "title": {"rendered": title}, "content": {"rendered": format!("<p>{text}</p>")},
            "excerpt": {"rendered": ""}, "author": 1, "categories": if id == 1 { json!([]) } else { json!([1]) },
        })
    });
    posts.collect()
}
