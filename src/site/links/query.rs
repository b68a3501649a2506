//! What the parameters of plain permalinks choose: `?p=7`, `?cat=3&paged=2`, `?book=emma`.

use crate::model::{AuthorId, TermId};
use crate::site::links::{Feed, Links, Part, Place, Resolution, hash_of};
use crate::site::old_site::LocalAddress;
use crate::site::own_files::OwnFile;

/// Answers to `/search/` and `/search/WORDS/`, with or without pages and feeds below it.
pub(super) fn search(key: &str) -> Option<Resolution> {
    let words = match key {
        "search" => "",
        _ => key.strip_prefix("search/")?.split('/').next()?,
    };
    Some(Resolution::Search(words.replace('+', " ")))
}

/// Query parameters, decoded.
type Parameters = [(String, String)];

impl Links {
    /// Answers to the parameters of plain permalinks. `None`: no parameter chooses a page.
    pub(super) fn resolve_query(&self, local: &LocalAddress<'_>) -> Option<Resolution> {
        if local.query.is_empty() {
            return None;
        }
        let parameters: Vec<(String, String)> = local.parameters().collect();
        if let Some(words) = value_of(&parameters, "s") {
            return Some(Resolution::Search(words.to_owned()));
        }
        let page = value_of(&parameters, "paged").or_else(|| value_of(&parameters, "page"));
        let feed = value_of(&parameters, "feed");
        let part = Part {
            page: page.and_then(|number| number.parse().ok()).unwrap_or(1),
            feed: feed.map(Feed::named),
        };
        let is_part = part.feed.is_some() || part.page > 1;
        let place = match self.chosen(&parameters) {
            Some(place) => place,
            None if feed.is_some_and(|name| name.starts_with("comments-")) => {
                return Some(Resolution::Page(OwnFile::CommentsFeed.path()));
            }
            // `/?paged=2` and `/?feed=rss2` are parts of what stands at the path.
            None if is_part => self.paths.get(&hash_of(local.path)).copied(),
            None => return None,
        };
        Some(place.map_or(Resolution::Lost, |place| self.part_of(place, part)))
    }

    /// Returns what parameters choose: `None` if none of them chooses, and an inner `None` if it is
    /// not here. What names one post counts before what lists many.
    fn chosen(&self, parameters: &Parameters) -> Option<Option<Place>> {
        let one = parameters.iter().find_map(|(name, value)| self.entry_of(name, value));
        let by_name = || self.entry_named(parameters);
        let many = || parameters.iter().find_map(|(name, value)| self.list_of(name, value));
        let by_term = || self.term_of(parameters);
        let by_date = || self.date_of(parameters);
        let by_type = || {
            let name = value_of(parameters, "post_type")?;
            let archive = self.type_archives.get(name).copied().map(Place::Archive);
            // Lists of posts need no naming: `?post_type=post` is the home page.
            (name != "post").then_some(archive)
        };
        // Beside what else chooses, a language says nothing new.
        let by_language = || {
            let code = value_of(parameters, "lang")?.to_ascii_lowercase();
            self.editions.get(&*code).copied().map(Some)
        };
        let one = one.or_else(by_name).or_else(many).or_else(by_term);
        one.or_else(by_date).or_else(by_type).or_else(by_language)
    }

    /// Returns what a parameter that names one post chooses.
    fn entry_of(&self, name: &str, value: &str) -> Option<Option<Place>> {
        match name {
            "p" | "page_id" | "attachment_id" => {
                let id = number(value);
                Some(id.and_then(|id| self.posts.get(&id).copied()))
            }
            "pagename" => Some(self.paths.get(&hash_of(value)).copied()),
            "post" | "page" | "name" => None,
            post_type => {
                let slugs = self.entry_slugs.get(post_type)?;
                Some(slugs.get(&*slug_of(value)).copied())
            }
        }
    }

    /// Returns what `?name=…` chooses, among the posts of the type that stands beside it.
    fn entry_named(&self, parameters: &Parameters) -> Option<Option<Place>> {
        let slug = slug_of(value_of(parameters, "name")?);
        let post_type = value_of(parameters, "post_type").unwrap_or("post");
        let slugs = self.entry_slugs.get(post_type);
        Some(slugs.and_then(|slugs| slugs.get(&*slug).copied()))
    }

    /// Returns what a parameter that names an archive chooses.
    fn list_of(&self, name: &str, value: &str) -> Option<Option<Place>> {
        let id = number(value);
        let archive = match name {
            "cat" => id.and_then(|id| self.terms.get(&TermId(id))),
            "author" => id.and_then(|id| self.authors.get(&AuthorId(id))),
            "author_name" => self.author_slugs.get(&*value.to_lowercase()),
            "post_format" => {
                let format = value.strip_prefix("post-format-").unwrap_or(value);
                self.formats.get(format)
            }
            // Nobody asks for `?category=news`: WordPress knows it by another name.
            "category" | "post_tag" => return None,
            _ => {
                let taxonomy = match name {
                    "category_name" => "category",
                    "tag" => "post_tag",
                    custom => custom,
                };
                let slugs = self.term_slugs.get(taxonomy);
                let is_own = matches!(name, "category_name" | "tag");
                if slugs.is_none() && !is_own {
                    return None;
                }
                slugs.and_then(|slugs| slugs.get(&*slug_of(value)))
            }
        };
        Some(archive.copied().map(Place::Archive))
    }

    /// Returns what `?taxonomy=genre&term=novel` chooses.
    fn term_of(&self, parameters: &Parameters) -> Option<Option<Place>> {
        let taxonomy = value_of(parameters, "taxonomy")?;
        let term = value_of(parameters, "term")?;
        let slugs = self.term_slugs.get(taxonomy);
        let archive = match taxonomy {
            "post_format" => self.formats.get(term.strip_prefix("post-format-").unwrap_or(term)),
            _ => slugs.and_then(|slugs| slugs.get(&*slug_of(term))),
        };
        Some(archive.copied().map(Place::Archive))
    }

    /// Returns what `?m=202608` or `?year=2026&monthnum=8` chooses.
    fn date_of(&self, parameters: &Parameters) -> Option<Option<Place>> {
        let number =
            |name: &str| value_of(parameters, name).map(|value| value.parse().unwrap_or(0));
        let date = match (value_of(parameters, "m"), number("year")) {
            (Some(digits), _) => date_of_digits(digits),
            (None, Some(year)) => {
                let (month, day) = (number("monthnum").unwrap_or(0), number("day").unwrap_or(0));
                Some((i32::try_from(year).ok()?, month, day))
            }
            (None, None) => return None,
        };
        Some(date.and_then(|date| self.dates.get(&date).copied()).map(Place::Archive))
    }
}

impl Feed {
    /// Returns the kind of feed that `rss2`, `atom` and other names in addresses mean.
    pub(super) fn named(name: &str) -> Self {
        if name.ends_with("atom") { Self::Atom } else { Self::Rss }
    }
}

fn value_of<'a>(parameters: &'a Parameters, name: &str) -> Option<&'a str> {
    parameters.iter().find(|(key, _)| key == name).map(|(_, value)| &**value)
}

/// Returns the number that a value begins with: of `?cat=3,4`, which lists the posts of both, that of
/// the first.
fn number(value: &str) -> Option<u64> {
    let value = value.trim_start();
    let end = value.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(value.len());
    value[..end].parse().ok()
}

/// Returns the last part of `parent/child`, as slugs are looked up.
fn slug_of(value: &str) -> String {
    let value = value.trim_end_matches('/');
    value.rsplit('/').next().unwrap_or(value).to_lowercase()
}

/// Takes `20260801` apart: what is not told is 0.
fn date_of_digits(value: &str) -> Option<(i32, u32, u32)> {
    let digits: String = value.chars().filter(char::is_ascii_digit).collect();
    let part = |range| digits.get(range).and_then(|part: &str| part.parse().ok()).unwrap_or(0);
    let year = digits.get(..4)?.parse().ok()?;
    Some((year, part(4..6), part(6..8)))
}
