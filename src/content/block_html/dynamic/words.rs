//! What blocks say: in the site's language if the theme has words for it, else in English.

use crate::content::surroundings::Surroundings;

/// Returns a word or phrase. `{…}` in it stands for what is to be put there.
pub fn word(surroundings: &dyn Surroundings, key: &'static str) -> String {
    surroundings.word(key).unwrap_or_else(|| english(key)).to_owned()
}

/// The keys and phrases, by key.
const ENGLISH: [(&str, &str); 46] = [
    ("archives", "Archives"),
    ("breadcrumbs", "Breadcrumbs"),
    ("by", "by {name}"),
    ("categories", "Categories"),
    ("closed", "Closed"),
    ("comment_count_many", "{n} comments"),
    ("comment_count_none", "No comments"),
    ("comment_count_one", "1 comment"),
    ("comment_on", "{author} on {post}"),
    ("comments_on", " on {title}"),
    ("continue_reading", "Continue reading {title}"),
    ("home", "Home"),
    ("item_many", "({n} items)"),
    ("item_one", "({n} item)"),
    ("jump_to_reference", "Jump to footnote reference {n}"),
    ("members_only", "The rest was for members only."),
    ("minutes_one", "1 minute"),
    ("minutes", "{from}–{to} minutes"),
    ("minutes_exact", "{n} minutes"),
    ("more", "(more&hellip;)"),
    ("next", "Next"),
    ("next_page", "Next Page"),
    ("no_archives", "No archives to show."),
    ("no_categories", "No categories"),
    ("no_comments", "No comments to show."),
    ("no_title", "(no title)"),
    ("pagination", "Pagination"),
    ("previous", "Previous"),
    ("previous_page", "Previous Page"),
    ("range", "Displaying {from} – {to} of {total}"),
    ("range_one", "Displaying {from} of {total}"),
    ("read_more", "Read more"),
    ("response_one", "One response to {title}"),
    ("responses", "{n} responses to {title}"),
    ("results_many", "{n} results found"),
    ("results_one", "{n} result found"),
    ("search", "Search"),
    ("select_category", "Select Category"),
    ("select_day", "Select Day"),
    ("select_month", "Select Month"),
    ("select_tag", "Select Tag"),
    ("select_week", "Select Week"),
    ("select_year", "Select Year"),
    ("untitled", "untitled post {id}"),
    ("words_many", "{n} words"),
    ("words_one", "{n} word"),
];

/// Returns all keys.
#[cfg(test)]
pub fn keys() -> impl Iterator<Item = &'static str> {
    ENGLISH.iter().map(|(key, _)| *key)
}

fn english(key: &'static str) -> &'static str {
    ENGLISH.iter().find(|(known, _)| *known == key).map_or(key, |(_, phrase)| phrase)
}
