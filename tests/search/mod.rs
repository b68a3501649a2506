//! The search index, read as the script of the search page reads it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::Value;
use stillpress::render::search::tokens::{self, Unit};
use tempfile::TempDir;

use crate::site::{self, Run};

pub(crate) mod posts;

#[test]
fn texts_are_cut_as_the_script_cuts_them() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/search/tokens.json");
    let cases: BTreeMap<String, String> =
        serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap();
    let wrong = cases.iter().filter(|(text, expected)| tokens_of(text) != **expected);
    let wrong: Vec<String> =
        wrong.map(|(text, expected)| format!("{text}: {} | {expected}", tokens_of(text))).collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn words_are_found_whatever_their_case_and_accents() {
    let index = Index::read(&build(&[]));
    assert_eq!(index.posts("Mädchen"), ["Alpen"]);
    assert_eq!(index.posts("MADCHEN"), ["Alpen"]);
    assert_eq!(index.posts("strasse"), ["Alpen"]);
    assert_eq!(index.posts("2024"), ["ལོ།", "Water rights"]);
    assert_eq!(index.posts("nowhere"), [""; 0]);
}

#[test]
fn tibetan_words_are_syllables_that_stand_together() {
    let index = Index::read(&build(&[]));
    assert_eq!(index.posts("གསར་འགྱུར"), ["ལྷ་སའི་གསར་འགྱུར།"]);
    // The other post has both syllables, but apart.
    assert_eq!(index.posts("གསར"), ["ལོ།", "ལྷ་སའི་གསར་འགྱུར།"]);
    assert_eq!(index.posts("འགྱུར"), ["ལོ།", "ལྷ་སའི་གསར་འགྱུར།"]);
    // The particle of `ལྷ་སའི` is no part of the name.
    assert_eq!(index.posts("ལྷ་ས"), ["ལྷ་སའི་གསར་འགྱུར།"]);
}

#[test]
fn scripts_without_spaces_are_found_by_neighbouring_letters() {
    let index = Index::read(&build(&[]));
    assert_eq!(index.posts("新闻"), ["北京"]);
    assert_eq!(index.posts("闻报"), ["北京"]);
    assert_eq!(index.posts("报新"), [""; 0]);
    assert_eq!(index.posts("ไทย"), ["ภาษา"]);
    assert_eq!(index.posts("น้ำ"), ["ภาษา"]);
}

#[test]
fn phrases_are_pairs_of_words_in_order() {
    let index = Index::read(&build(&[]));
    assert_eq!(index.posts_of_pair("river", "council"), ["Water rights"]);
    assert!(!index.posts_of_pair("council", "river").contains(&"Water rights".to_owned()));
}

#[test]
fn titles_and_frequent_words_are_told_from_others() {
    let index = Index::read(&build(&[]));
    let [in_title, often, rest] = index.lists("river").unwrap();
    assert_eq!((in_title.len(), often.len(), rest.len()), (0, 1, 1));
    assert_eq!(index.lists("water").unwrap()[0].len(), 1);
}

#[test]
fn posts_stand_in_the_index_by_date_as_lists_show_them() {
    let run = build(&[]);
    let index = Index::read(&run);
    assert_eq!(index.titles.first().unwrap(), "About");
    assert_eq!(index.titles.last().unwrap(), "Water rights");
    let items = index.file("items/0.json");
    assert!(items[0].as_str().unwrap().contains("href=\"/about/\""), "{items}");
}

#[test]
fn the_page_leads_to_the_index_below_the_path_of_the_site() {
    let run = build(&["--base-url", "https://name.example/repo/"]);
    let page = page(&run, "search/index.html");
    assert!(page.contains("\"index\": \"/repo/assets/search\""), "{page}");
    assert!(page.contains("action=\"/repo/search/\""), "{page}");
    let home = self::page(&run, "index.html");
    assert!(home.contains("https://name.example/repo/search/?q={search_term_string}"), "{home}");
}

#[test]
fn without_search_there_is_neither_index_nor_form() {
    let run = build(&["--config", "off.toml"]);
    for (name, bytes) in site::files_in(&run.folder()) {
        assert!(!name.starts_with("assets/search/"), "{name}");
        let text = String::from_utf8_lossy(&bytes);
        let is_page = name.ends_with(".html");
        assert!(!is_page || !text.contains("search-form"), "{name}");
        assert!(!text.contains("SearchAction"), "{name}");
    }
    assert!(page(&run, "search/index.html").contains("Category"));
}

/// The files of an index, and the titles of the posts in its order.
struct Index {
    files: BTreeMap<String, Vec<u8>>,
    head: Value,
    titles: Vec<String>,
}

impl Index {
    fn read(run: &Run) -> Self {
        let files = site::files_in(&run.folder().join("assets/search"));
        let head = serde_json::from_slice(&files["index.json"]).unwrap();
        let mut index = Self { files, head, titles: Vec::new() };
        let (posts, size) = (index.number("posts"), index.number("items"));
        for post in 0..posts {
            let item = &index.file(&format!("items/{}.json", post / size))[post % size];
            let title = item.as_str().unwrap().split("rel=\"bookmark\">").nth(1).unwrap();
            index.titles.push(title.split("</a>").next().unwrap().to_owned());
        }
        index
    }

    fn number(&self, name: &str) -> usize {
        usize::try_from(self.head[name].as_u64().unwrap()).unwrap()
    }

    fn file(&self, name: &str) -> Value {
        serde_json::from_slice(&self.files[name]).unwrap()
    }

    /// Returns the titles of the posts that hold all pieces of a word.
    fn posts(&self, word: &str) -> Vec<String> {
        let keys = keys(word);
        let posts = keys.iter().map(|key| self.lists(key).unwrap_or_default().concat());
        let all = posts
            .reduce(|one, other| one.into_iter().filter(|post| other.contains(post)).collect());
        let mut all = all.unwrap();
        all.sort_unstable();
        all.into_iter().map(|post| self.titles[post].clone()).collect()
    }

    fn lists(&self, key: &str) -> Option<[Vec<usize>; 3]> {
        let shards = self.head["shards"].as_array().unwrap();
        let firsts: Vec<&str> = shards.iter().map(|first| first.as_str().unwrap()).collect();
        assert!(firsts.is_sorted());
        let first = firsts[..firsts.partition_point(|first| *first <= key)].last()?;
        let one = hash(first, 0x811c_9dc5);
        let shard = self.file(&format!("words/{one:08x}{:08x}.json", hash(first, one)));
        let lists = shard.get(key)?.as_str().unwrap().split('.').map(numbers);
        Some(lists.collect::<Vec<_>>().try_into().unwrap())
    }

    fn posts_of_pair(&self, one: &str, other: &str) -> Vec<String> {
        let (buckets, files) = (self.number("buckets"), self.number("pairs"));
        let of = |word: &str| hash(word, 0x811c_9dc5);
        let mixed = of(one).wrapping_mul(0x9e37_79b1) ^ of(other);
        let mixed = (mixed ^ (mixed >> 15)).wrapping_mul(0x85eb_ca6b);
        let bucket = (mixed ^ (mixed >> 13)) as usize % buckets;
        let in_file = buckets / files;
        let lists = self.file(&format!("pairs/{}.json", bucket / in_file));
        let posts = numbers(lists[bucket % in_file].as_str().unwrap());
        posts.into_iter().map(|post| self.titles[post].clone()).collect()
    }
}

/// Returns what the script looks up for a word.
fn keys(word: &str) -> Vec<String> {
    let mut tokens: Vec<(Unit, String)> = Vec::new();
    tokens::each(word, |token| tokens.push((token.unit, token.text.to_owned())));
    if let [(_, only)] = &*tokens {
        return vec![only.clone()];
    }
    let between = if tokens[0].0 == Unit::Syllable { "་" } else { "" };
    tokens.windows(2).map(|pair| format!("{}{between}{}", pair[0].1, pair[1].1)).collect()
}

/// FNV-1a.
fn hash(text: &str, seed: u32) -> u32 {
    text.bytes().fold(seed, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// Reads a list of posts.
fn numbers(list: &str) -> Vec<usize> {
    let digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let (mut numbers, mut gap, mut scale, mut next) = (Vec::new(), 0, 1, 0);
    for letter in list.chars() {
        let digit = digits.find(letter).unwrap();
        gap += digit % 32 * scale;
        scale *= 32;
        if digit < 32 {
            numbers.push(next + gap);
            next += gap + 1;
            (gap, scale) = (0, 1);
        }
    }
    numbers
}

/// Returns tokens as the cases write them: the unit, a `+` if it is joined, the text.
fn tokens_of(text: &str) -> String {
    let mut all = Vec::new();
    tokens::each(text, |token| {
        let unit = match token.unit {
            Unit::Word => "w",
            Unit::Syllable => "s",
            Unit::Han => "h",
            Unit::Character => "c",
        };
        let joint = if token.is_joined { "+" } else { "" };
        all.push(format!("{unit}{joint}:{}", token.text));
    });
    all.join(" ")
}

fn page(run: &Run, name: &str) -> String {
    String::from_utf8(run.files()[name].clone()).unwrap()
}

fn build(arguments: &[&str]) -> Run {
    let place = TempDir::new().unwrap();
    fs::write(place.path().join("off.toml"), "search = false\n").unwrap();
    fs::write(place.path().join("posts.json"), Value::from(posts::posts()).to_string()).unwrap();
    let arguments = [&["posts.json"], arguments].concat();
    let run = site::stillpress(place, &arguments, b"");
    assert_eq!(run.exit_code, 0, "{}", run.told);
    run
}
