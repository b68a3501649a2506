//! What other sites answered when WordPress asked them how to show an address.

use std::collections::HashMap;

/// The length of the shortest name by which other sites tell what they show, in bytes.
const SHORTEST_NAME: usize = 6;

/// Parameters that name what is shown, where its path does not.
const NAMING: [&str; 6] = ["v", "list", "id", "fbid", "story_fbid", "video_id"];

/// The answers that are kept with a text, by what they show.
#[derive(Debug, Default)]
pub struct Answers<'a> {
    /// The last answer for each name.
    by_name: HashMap<&'a str, &'a str>,
}

impl<'a> Answers<'a> {
    /// Sorts `kept`, oldest first.
    pub fn new(kept: &'a [Box<str>]) -> Self {
        let mut by_name = HashMap::new();
        for answer in kept {
            let values = answer.split(['"', '\'']).filter(|value| value.contains("//"));
            by_name.extend(values.flat_map(names).map(|name| (name, &**answer)));
        }
        Self { by_name }
    }

    /// Returns what the site at `address` answered: HTML.
    pub fn of(&self, address: &str) -> Option<&'a str> {
        if self.by_name.is_empty() {
            return None;
        }
        names(address).find_map(|name| self.by_name.get(name).copied())
    }
}

/// Returns by which names an address may tell what it shows, the most telling first.
fn names(address: &str) -> impl Iterator<Item = &str> {
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let path = path.split('#').next().unwrap_or_default();
    let last = path.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    let pairs = query.split(['&', '#']).map(|pair| pair.strip_prefix("amp;").unwrap_or(pair));
    let pairs = pairs.filter_map(|pair| pair.split_once('='));
    let values = pairs.filter(|(name, _)| NAMING.contains(name)).map(|(_, value)| value);
    values.chain([last]).filter(|name| name.len() >= SHORTEST_NAME)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_found_by_what_it_names() {
        let tweet = |id: &str, words: &str| {
            format!(
                "<blockquote class=\"twitter-tweet\"><p>{words}</p>\
                 <a href=\"https://twitter.com/ann/status/{id}?ref_src=twsrc%5Etfw\">x</a></blockquote>"
            )
        };
        let kept: Vec<Box<str>> = vec![
            tweet("1234567", "Old words").into(),
            tweet("1234567", "Words").into(),
            tweet("7654321", "Others").into(),
            "<iframe src=\"https://www.youtube.com/embed/abcd-fgH?feature=oembed\"></iframe>"
                .into(),
        ];
        let answers = Answers::new(&kept);
        let check = |address: &str, expected: Option<usize>| {
            assert_eq!(answers.of(address), expected.map(|place| &*kept[place]), "{address}");
        };
        check("https://x.com/ann/status/1234567", Some(1));
        check("https://x.com/ann/status/1234567?ref_src=twsrc%5Etfw", Some(1));
        check("https://x.com/ann/status/7654321/?s=20#a", Some(2));
        check("https://www.youtube.com/watch?v=abcd-fgH&t=10", Some(3));
        check("https://x.com/ann/status/9999999?ref_src=twsrc%5Etfw", None);
        check("https://www.youtube.com/watch?v=other-one", None);
        check("https://x.com/", None);
        check("https://x.com/twitter-tweet", None);
        check("", None);
    }
}
