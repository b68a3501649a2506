//! Writes an export of any size, always the same: a bilingual paper of made-up news.

use std::fs;
use std::path::Path;

use chrono::{Days, NaiveDate};
use serde_json::{Value, json};

/// Where the paper says it was.
pub const HOME: &str = "https://paper.example";

const CATEGORIES: usize = 40;
const TAGS: usize = 500;
const AUTHORS: usize = 12;
const PICTURES: usize = 200;
/// Ids of posts start here; those of terms and pictures are lower.
const FIRST_POST: usize = 10_000;

const LATIN: [&str; 40] = [
    "the",
    "valley",
    "council",
    "met",
    "on",
    "a",
    "cold",
    "morning",
    "and",
    "talked",
    "about",
    "water",
    "roads",
    "school",
    "meals",
    "for",
    "children",
    "who",
    "walk",
    "far",
    "while",
    "neighbours",
    "brought",
    "tea",
    "bread",
    "letters",
    "from",
    "relatives",
    "in",
    "town",
    "where",
    "prices",
    "rise",
    "every",
    "month",
    "yet",
    "barley",
    "grew",
    "well",
    "again",
];
const TIBETAN: [&str; 24] = [
    "ཆུ་",
    "ས་",
    "རི་",
    "ལམ་",
    "གྲོང་",
    "སློབ་",
    "གྲྭ་",
    "དེབ་",
    "ཡི་",
    "གེ་",
    "གསར་",
    "འགྱུར་",
    "ཉི་",
    "མ་",
    "ཟླ་",
    "བ་",
    "ལོ་",
    "དུས་",
    "མི་",
    "མང་",
    "ཁང་",
    "པ་",
    "ཇ་",
    "ནས་",
];

/// Writes an export of `posts` posts into `folder`, in the shape of the REST API's answers.
pub fn write(folder: &Path, posts: usize) {
    let _ = fs::remove_dir_all(folder);
    fs::create_dir_all(folder).expect("the target folder can be written to");
    let index = json!({
        "name": "Paper", "description": "Made-up news", "url": HOME, "home": HOME,
        "timezone_string": "Asia/Kolkata", "gmt_offset": 5.5, "namespaces": ["wp/v2"], "routes": {},
    });
    save(folder, "index.json", &index);
    save(folder, "categories.json", &(0..CATEGORIES).map(category).collect());
    save(folder, "tags.json", &(0..TAGS).map(tag).collect());
    save(folder, "users.json", &(0..AUTHORS).map(author).collect());
    save(folder, "media.json", &(0..PICTURES).map(picture).collect());
    for (page, start) in (0..posts).step_by(100).enumerate() {
        let answer = (start..posts.min(start + 100)).map(|number| post(number, posts)).collect();
        save(folder, &format!("posts-{}.json", page + 1), &answer);
    }
    for number in 0..PICTURES {
        let file = folder.join("uploads").join(picture_path(number, ""));
        let parent = file.parent().expect("it stands in a folder");
        fs::create_dir_all(parent).expect("the target folder can be written to");
        fs::write(file, [0; 4096]).expect("the target folder can be written to");
    }
}

/// Writes JSON as PHP does: with escaped slashes, and nothing but ASCII.
fn save(folder: &Path, name: &str, answer: &Value) {
    let json = answer.to_string();
    let mut escaped = String::with_capacity(json.len() * 2);
    for letter in json.chars() {
        match letter {
            '/' => escaped.push_str("\\/"),
            ascii if ascii.is_ascii() => escaped.push(ascii),
            other => {
                let mut units = [0; 2];
                for unit in other.encode_utf16(&mut units) {
                    escaped.push_str(&format!("\\u{unit:04x}"));
                }
            }
        }
    }
    fs::write(folder.join(name), escaped).expect("the target folder can be written to");
}

fn category(number: usize) -> Value {
    // Every fourth is a top-level one, with three below it.
    let parent = if number.is_multiple_of(4) { 0 } else { category_id(number - number % 4) };
    let slug = format!("section-{number}");
    json!({
        "id": category_id(number), "name": format!("Section {number}"), "slug": slug,
        "taxonomy": "category", "parent": parent, "description": "",
        "link": format!("{HOME}/category/{slug}/"),
    })
}

fn tag(number: usize) -> Value {
    let slug = format!("subject-{number}");
    json!({
        "id": tag_id(number), "name": format!("Subject {number}"), "slug": slug,
        "taxonomy": "post_tag", "description": "", "link": format!("{HOME}/tag/{slug}/"),
    })
}

fn author(number: usize) -> Value {
    let slug = format!("writer-{number}");
    json!({
        "id": number + 1, "name": format!("Writer {number}"), "slug": slug, "url": "",
        "description": "Writes.", "link": format!("{HOME}/author/{slug}/"),
    })
}

fn picture(number: usize) -> Value {
    let size = |suffix: &str, width: usize| {
        let url = format!("{HOME}/wp-content/uploads/{}", picture_path(number, suffix));
        json!({ "width": width, "height": width * 2 / 3, "source_url": url, "mime_type": "image/jpeg" })
    };
    json!({
        "id": picture_id(number), "slug": format!("picture-{number}"), "type": "attachment",
        "status": "inherit", "title": { "rendered": format!("Picture {number}") },
        "caption": { "rendered": "" }, "alt_text": "A hill", "media_type": "image",
        "mime_type": "image/jpeg", "link": format!("{HOME}/picture-{number}/"),
        "media_details": {
            "width": 1200, "height": 800, "file": picture_path(number, ""),
            "sizes": { "medium": size("-300x200", 300), "large": size("-1024x683", 1024) },
        },
        "source_url": format!("{HOME}/wp-content/uploads/{}", picture_path(number, "")),
    })
}

fn post(number: usize, posts: usize) -> Value {
    let mut dice = Dice::new(number);
    let is_tibetan = number % 3 == 1;
    let title = if is_tibetan { tibetan(&mut dice, 9) } else { latin(&mut dice, 8) };
    let (slug, link) = (format!("story-{number}"), link(number));
    let date = date(number).format("%Y-%m-%dT08:30:00").to_string();
    let categories: Vec<usize> = (0..=dice.roll(2)).map(|_| dice.roll(CATEGORIES)).collect();
    let tags: Vec<usize> = (0..dice.roll(6)).map(|_| dice.roll(TAGS)).collect();
    let id = FIRST_POST + number;
    json!({
        "id": id, "type": "post", "status": "publish", "slug": slug, "link": link,
        "date": date, "date_gmt": date, "modified": date, "modified_gmt": date,
        "guid": { "rendered": format!("{HOME}/?p={id}") },
        "title": { "rendered": title },
        "content": { "rendered": body(&mut dice, posts, is_tibetan), "protected": false },
        "excerpt": { "rendered": "", "protected": false },
        "author": dice.roll(AUTHORS) + 1, "featured_media": picture_id(dice.roll(PICTURES)),
        "sticky": number == 0, "format": "standard", "meta": [], "comment_status": "closed",
        "categories": categories.into_iter().map(category_id).collect::<Vec<_>>(),
        "tags": tags.into_iter().map(tag_id).collect::<Vec<_>>(),
    })
}

/// A body of about 8 kB: paragraphs with links to other posts, a picture, a list, a heading.
fn body(dice: &mut Dice, posts: usize, is_tibetan: bool) -> String {
    let mut html = String::new();
    for part in 0..12 {
        let words = if is_tibetan { tibetan(dice, 60) } else { latin(dice, 70) };
        let other = link(dice.roll(posts));
        html.push_str(&format!(
            "\n<p class=\"wp-block-paragraph\">{words} <a href=\"{other}\">{}</a></p>\n\n\n",
            latin(dice, 3)
        ));
        match part % 6 {
            1 => html.push_str(&figure(dice.roll(PICTURES))),
            3 => {
                let items = (0..5).map(|_| format!("<li>{}</li>\n\n\n\n", latin(dice, 9)));
                let items: String = items.collect();
                html.push_str(&format!("\n<ul class=\"wp-block-list\">\n{items}</ul>\n\n\n"));
            }
            5 => {
                let words = latin(dice, 4);
                html.push_str(&format!("\n<h2 class=\"wp-block-heading\">{words}</h2>\n\n\n"));
            }
            _ => {}
        }
    }
    html
}

fn figure(number: usize) -> String {
    let [large, medium] = ["-1024x683", "-300x200"]
        .map(|size| format!("{HOME}/wp-content/uploads/{}", picture_path(number, size)));
    let id = picture_id(number);
    format!(
        "\n<figure class=\"wp-block-image size-large\"><img loading=\"lazy\" decoding=\"async\" \
         width=\"1024\" height=\"683\" src=\"{large}\" alt=\"A hill\" class=\"wp-image-{id}\" \
         srcset=\"{large} 1024w, {medium} 300w\" sizes=\"auto, (max-width: 1024px) 100vw, 1024px\" />\
         <figcaption class=\"wp-element-caption\">A hill.</figcaption></figure>\n\n\n"
    )
}

/// Three posts a day, newest first.
fn date(number: usize) -> NaiveDate {
    let newest = NaiveDate::from_ymd_opt(2026, 6, 30).expect("June has 30 days");
    newest - Days::new(number as u64 / 3)
}

fn link(number: usize) -> String {
    format!("{HOME}{}story-{number}/", date(number).format("/%Y/%m/%d/"))
}

fn picture_path(number: usize, size: &str) -> String {
    format!("2026/{:02}/picture-{number}{size}.jpg", number % 12 + 1)
}

fn category_id(number: usize) -> usize {
    number + 1
}

fn tag_id(number: usize) -> usize {
    CATEGORIES + number + 1
}

fn picture_id(number: usize) -> usize {
    CATEGORIES + TAGS + number + 1
}

fn latin(dice: &mut Dice, count: usize) -> String {
    let words: Vec<&str> = (0..count).map(|_| LATIN[dice.roll(LATIN.len())]).collect();
    words.join(" ")
}

fn tibetan(dice: &mut Dice, count: usize) -> String {
    let syllables: String = (0..count).map(|_| TIBETAN[dice.roll(TIBETAN.len())]).collect();
    syllables + "།"
}

/// Numbers that look random and are the same on every run: xorshift.
struct Dice(u64);

impl Dice {
    fn new(seed: usize) -> Self {
        Self((seed as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }

    /// Returns a number below `sides`.
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % sides
    }
}
