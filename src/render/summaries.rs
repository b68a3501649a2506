//! Posts as lists show them.

use std::borrow::Cow;

use crate::content;
use crate::model::{BodyFormat, Digest, Post};
use crate::render::shared::{Shared, class_name};
use crate::render::views::SummaryView;
use crate::site::EntryId;
use crate::site::languages::direction_of;

/// How many words readers of news take in.
const WORDS_A_MINUTE: u32 = 200;

/// The same where a text is counted by syllables or characters.
const SYLLABLES_A_MINUTE: u32 = 300;

impl Shared<'_> {
    /// Returns a post for a list.
    pub fn summary(&self, id: EntryId) -> SummaryView {
        SummaryView {
            categories: self.terms(id, |taxonomy| taxonomy == "category"),
            ..self.brief(id)
        }
    }

    /// Returns a post for a list that does not show its categories.
    pub fn brief(&self, id: EntryId) -> SummaryView {
        let (entry, post) = (self.site.entry(id), self.site.post(id));
        let digest = post.body.as_ref().map(|body| &body.digest);
        let excerpt = self.excerpt(post).into_owned();
        let title = content::plain_text(&post.title);
        let date = entry.date.as_ref().map(|date| self.date(date));
        let label = match (title.trim(), &date) {
            ("", _) if !excerpt.is_empty() => content::first_words(&excerpt),
            ("", Some(date)) => date.text.clone(),
            ("", None) => format!("#{}", post.id.0),
            (title, _) => title.to_owned(),
        };
        SummaryView {
            id: post.id.0,
            class: self.post_class(id),
            title_html: self.title_html(&post.title),
            label,
            href: self.href(&entry.path),
            url: self.url(&entry.path),
            language: entry.language.to_string(),
            direction: direction_of(&entry.language),
            date,
            author: self.author(post.author),
            categories: Vec::new(),
            image: self.featured_image(id),
            excerpt,
            citation: digest.map(|digest| digest.citation.to_string()).unwrap_or_default(),
            format: if entry.format.is_empty() {
                "standard".into()
            } else {
                entry.format.to_string()
            },
            is_sticky: post.is_sticky,
            comment_count: self.site.discussions.of(id).len(),
            reading_minutes: digest.map_or(1, reading_minutes),
        }
    }

    /// Returns the excerpt of a post, saved or cut: plain text.
    pub fn excerpt<'p>(&self, post: &'p Post) -> Cow<'p, str> {
        let Some(body) = post.body.as_ref() else { return Cow::Borrowed(&post.excerpt) };
        let language = &*self.site.info.language;
        let is_raw = matches!(body.format, BodyFormat::Blocks | BodyFormat::Classic);
        match (post.excerpt.is_empty(), is_raw) {
            (true, true) => content::with_signs(&body.digest.excerpt, language).into(),
            (true, false) => Cow::Borrowed(&body.digest.excerpt),
            (false, true) => content::typeset(&post.excerpt, language).into(),
            (false, false) => Cow::Borrowed(&post.excerpt),
        }
    }

    /// Returns WordPress's post classes.
    fn post_class(&self, id: EntryId) -> String {
        let (entry, post) = (self.site.entry(id), self.site.post(id));
        let (number, post_type) = (post.id.0, &post.post_type);
        let mut class = format!("post-{number} {post_type} type-{post_type} status-publish");
        if &**post_type == "post" {
            let format = if entry.format.is_empty() { "standard" } else { &*entry.format };
            class.push_str(&format!(" format-{format}"));
        }
        if post.featured_media.is_some() {
            class.push_str(" has-post-thumbnail");
        }
        if post.is_sticky {
            class.push_str(" sticky");
        }
        class.push_str(" hentry");
        class
    }

    /// Returns WordPress's classes of an entry's terms.
    pub fn term_classes(&self, id: EntryId) -> String {
        let mut class = String::new();
        for term in self.site.entry(id).terms.iter().filter_map(|id| self.site.terms.get(id)) {
            let taxonomy = if &*term.taxonomy == "post_tag" { "tag" } else { &*term.taxonomy };
            match class_name(&term.slug) {
                Some(slug) => class.push_str(&format!(" {taxonomy}-{slug}")),
                None => class.push_str(&format!(" {taxonomy}-{}", term.id.0)),
            }
        }
        class
    }
}

fn reading_minutes(digest: &Digest) -> u32 {
    let speed = match content::has_syllables(digest.script) {
        true => SYLLABLES_A_MINUTE,
        false => WORDS_A_MINUTE,
    };
    digest.words.div_ceil(speed).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Script;

    #[test]
    fn syllables_are_read_faster_than_words() {
        let minutes =
            |script, words| reading_minutes(&Digest { script, words, ..Digest::default() });
        assert_eq!(minutes(Script::Latin, 400), 2);
        assert_eq!(minutes(Script::Tibetan, 400), 2);
        assert_eq!(minutes(Script::Latin, 600), 3);
        assert_eq!(minutes(Script::Tibetan, 600), 2);
        assert_eq!(minutes(Script::Other, 0), 1);
    }
}
