//! WordPress's permalink structures, such as `/%year%/%postname%/`.

use anyhow::bail;
use chrono::{Datelike, NaiveDateTime, Timelike};

use crate::site::urls::UrlPath;
use crate::suggestions::nearest;

/// What WordPress calls “Day and name”.
pub const DEFAULT: &str = "/%year%/%monthnum%/%day%/%postname%/";

/// A parsed permalink structure.
#[derive(Clone, Debug)]
pub struct Structure {
    parts: Vec<Part>,
    ends_with_slash: bool,
}

/// A piece of a structure.
#[derive(Clone, Debug, Eq, PartialEq)]
enum Part {
    Text(String),
    Tag(Tag),
}

/// A structure tag.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Tag {
    Year,
    Month,
    Day,
    Hour,
    Minute,
    Second,
    PostId,
    PostName,
    Category,
    Author,
}

const TAGS: [(&str, Tag); 10] = [
    ("year", Tag::Year),
    ("monthnum", Tag::Month),
    ("day", Tag::Day),
    ("hour", Tag::Hour),
    ("minute", Tag::Minute),
    ("second", Tag::Second),
    ("post_id", Tag::PostId),
    ("postname", Tag::PostName),
    ("category", Tag::Category),
    ("author", Tag::Author),
];

/// What a structure's tags stand for in one post.
#[derive(Debug)]
pub struct Fields<'a> {
    /// WordPress's id.
    pub id: u64,
    /// Decoded. May be empty.
    pub slug: &'a str,
    /// In the site's time zone.
    pub date: Option<NaiveDateTime>,
    /// Slugs of the category, from the topmost down.
    pub category: Vec<&'a str>,
    /// The author's slug.
    pub author: &'a str,
}

impl Structure {
    /// Parses a structure as WordPress's settings show it.
    ///
    /// # Errors
    /// It has a tag that WordPress does not know, or none that tells posts apart.
    pub fn parse(structure: &str) -> anyhow::Result<Self> {
        let mut parts = Vec::new();
        for (index, piece) in structure.split('%').enumerate() {
            let is_tag = index % 2 == 1;
            if !is_tag {
                if !piece.is_empty() {
                    parts.push(Part::Text(piece.to_owned()));
                }
                continue;
            }
            let Some((_, tag)) = TAGS.iter().find(|(name, _)| *name == piece) else {
                let names = TAGS.iter().map(|(name, _)| *name);
                let hint = nearest(piece, names).map(|name| format!("; did you mean `%{name}%`?"));
                let hint = hint.unwrap_or_default();
                bail!("permalink structure `{structure}`: no such tag as `%{piece}%`{hint}");
            };
            parts.push(Part::Tag(*tag));
        }
        let is_telling = |part: &Part| matches!(part, Part::Tag(Tag::PostName | Tag::PostId));
        if !parts.iter().any(is_telling) {
            bail!("permalink structure `{structure}` needs `%postname%` or `%post_id%`");
        }
        Ok(Self { parts, ends_with_slash: structure.ends_with('/') })
    }

    /// Returns the path of a post.
    pub fn path(&self, fields: &Fields<'_>) -> UrlPath {
        let Some(date) = fields.date.or_else(|| self.is_undated().then(NaiveDateTime::default))
        else {
            return UrlPath::from_segments([&*name_of(fields)]);
        };
        let mut decoded = String::new();
        for part in &self.parts {
            match part {
                Part::Text(text) => decoded.push_str(text),
                Part::Tag(tag) => decoded.push_str(&value(*tag, fields, &date)),
            }
        }
        let segments = decoded.split('/').filter(|segment| !segment.is_empty());
        let path = UrlPath::from_segments(segments);
        if self.ends_with_slash {
            path
        } else {
            UrlPath::from_encoded(path.as_str().trim_end_matches('/'))
        }
    }

    /// Returns the path segments before the first tag: `blog` in `/blog/%postname%/`. WordPress
    /// puts them before its archives, too.
    pub fn front(&self) -> Vec<&str> {
        match self.parts.first() {
            Some(Part::Text(text)) => {
                let whole = text.rsplit_once('/').map_or("", |(folders, _)| folders);
                whole.split('/').filter(|segment| !segment.is_empty()).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Whether the id stands where years stand, among the first three tags: WordPress then sets
    /// archives of dates apart.
    pub fn has_id_like_date(&self) -> bool {
        let tags = self.parts.iter().filter(|part| matches!(part, Part::Tag(_)));
        tags.take(3).any(|tag| *tag == Part::Tag(Tag::PostId))
    }

    fn is_undated(&self) -> bool {
        use Tag::{Day, Hour, Minute, Month, Second, Year};
        !self
            .parts
            .iter()
            .any(|part| matches!(part, Part::Tag(Year | Month | Day | Hour | Minute | Second)))
    }
}

fn name_of(fields: &Fields<'_>) -> String {
    if fields.slug.is_empty() { fields.id.to_string() } else { fields.slug.to_owned() }
}

fn value(tag: Tag, fields: &Fields<'_>, date: &NaiveDateTime) -> String {
    match tag {
        Tag::Year => format!("{:04}", date.year()),
        Tag::Month => format!("{:02}", date.month()),
        Tag::Day => format!("{:02}", date.day()),
        Tag::Hour => format!("{:02}", date.hour()),
        Tag::Minute => format!("{:02}", date.minute()),
        Tag::Second => format!("{:02}", date.second()),
        Tag::PostId => fields.id.to_string(),
        Tag::PostName => name_of(fields),
        Tag::Category if fields.category.is_empty() => "uncategorized".to_owned(),
        Tag::Category => fields.category.join("/"),
        Tag::Author => fields.author.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(structure: &str, expected: &str) {
        let fields = Fields {
            id: 7,
            slug: "hi",
            date: "2024-05-01T09:30:07".parse().ok(),
            category: vec!["news", "local"],
            author: "tenzin",
        };
        assert_eq!(Structure::parse(structure).unwrap().path(&fields).as_str(), expected);
    }

    #[test]
    fn every_structure_that_wordpress_offers_is_known() {
        check(DEFAULT, "/2024/05/01/hi/");
        check("/%year%/%monthnum%/%postname%/", "/2024/05/hi/");
        check("/archives/%post_id%", "/archives/7");
        check("/%postname%/", "/hi/");
        check("/%category%/%author%/%postname%.html", "/news/local/tenzin/hi.html");
        check("/index.php/%hour%%minute%%second%/%postname%/", "/index.php/093007/hi/");
    }

    #[test]
    fn a_post_without_date_is_found_by_its_name() {
        let fields = Fields { id: 7, slug: "", date: None, category: vec![], author: "" };
        assert_eq!(Structure::parse(DEFAULT).unwrap().path(&fields).as_str(), "/7/");
        assert_eq!(Structure::parse("/a/%postname%/").unwrap().path(&fields).as_str(), "/a/7/");
    }

    #[test]
    fn an_id_may_be_taken_for_a_year() {
        let check = |structure: &str, expected: bool| {
            let actual = Structure::parse(structure).unwrap().has_id_like_date();
            assert_eq!(actual, expected, "{structure}");
        };
        check("/archives/%post_id%", true);
        check("/%category%/%post_id%/%postname%/", true);
        check("/%year%/%monthnum%/%day%/%post_id%/", false);
        check("/%postname%/", false);
    }

    #[test]
    fn what_is_before_the_first_tag_is_the_front() {
        assert_eq!(Structure::parse("/blog/%postname%/").unwrap().front(), ["blog"]);
        assert!(Structure::parse(DEFAULT).unwrap().front().is_empty());
    }

    #[test]
    fn a_wrong_tag_is_an_error_with_a_hint() {
        let error = Structure::parse("/%month%/%postname%/").unwrap_err().to_string();
        assert!(error.ends_with("did you mean `%monthnum%`?"), "{error}");
        assert!(Structure::parse("/%year%/").is_err());
    }
}
