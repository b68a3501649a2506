//! Whether fields called `lang` are a plugin's that keeps languages apart. A site may call so what a
//! podcast is spoken in, or what a program is written in.

use crate::model::{Export, Post};
use crate::site::build::candidates::{is_by_hand, said_in};
use crate::site::languages::{Told, primary};
use crate::site::old_site::OldSite;

/// Forgets what fields say of languages, if nothing bears them out: such a site is as it would be
/// without them. What stands in front matter was written for us, and stays.
pub(super) fn forget(export: &mut Export, public: &[usize], old: &OldSite, told: &[Told]) {
    if is_of_plugin(export) || told.iter().any(|it| it.home.is_some()) {
        return;
    }
    let mut public = public.iter().map(|&record| &export.posts[record]);
    if public.any(|post| is_borne_out(post, old)) {
        return;
    }
    for post in export.posts.iter_mut().filter(|post| !is_by_hand(post)) {
        post.language = None;
    }
    for term in &mut export.terms {
        term.language = None;
    }
}

/// Whether an export has what only such plugins make.
fn is_of_plugin(export: &Export) -> bool {
    export.site.language_plugin.is_some() || !export.languages.is_empty()
}

/// Whether a post has translations, or its old address says the language, too.
fn is_borne_out(post: &Post, old: &OldSite) -> bool {
    let Some(code) = post.language.as_deref().filter(|_| !is_by_hand(post)) else { return false };
    let is_said = || {
        let said = said_in(&post.link, old).unwrap_or_default();
        said.eq_ignore_ascii_case(code) || said.eq_ignore_ascii_case(primary(code))
    };
    !post.translations.is_empty() || old.language_hosts.host(&post.link).is_some() || is_said()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Language, LanguagePlugin, PostId};

    #[track_caller]
    fn check(posts: &[(&str, &str)], change: impl FnOnce(&mut Export), expected: &[Option<&str>]) {
        let mut export = Export::default();
        export.site.home = Some("https://news.example".to_owned());
        export.posts =
            (1..).zip(posts).map(|(id, (link, language))| post(id, link, language)).collect();
        change(&mut export);
        let public: Vec<usize> = (0..export.posts.len()).collect();
        let old = OldSite::of(&export, &[], &[]);
        forget(&mut export, &public, &old, &[]);
        let languages: Vec<Option<&str>> =
            export.posts.iter().map(|post| post.language.as_deref()).collect();
        assert_eq!(languages, expected);
    }

    fn post(id: u64, link: &str, language: &str) -> Post {
        Post {
            id: PostId(id),
            link: link.into(),
            language: Some(language.into()),
            ..Post::default()
        }
    }

    #[test]
    fn a_field_that_only_is_called_so_says_nothing() {
        let programs = [("https://news.example/a/", "js"), ("https://news.example/2026/b/", "php")];
        check(&programs, |_| {}, &[None, None]);
        let mixed = [("https://news.example/a/", "en"), ("https://news.example/?p=2", "de")];
        check(&mixed, |_| {}, &[None, None]);
    }

    #[test]
    fn a_field_of_a_plugin_is_believed_once_anything_bears_it_out() {
        let kept = [Some("bo"), Some("en_US")];
        let same = [("https://news.example/a/", "bo"), ("https://news.example/b/", "en_US")];
        check(&same, |export| export.languages.push(Language::default()), &kept);
        check(&same, |export| export.site.language_plugin = Some(LanguagePlugin::Wpml), &kept);
        check(&same, |export| export.posts[0].translations = [PostId(1)].into(), &kept);
        for link in [
            "https://news.example/en/b/",
            "https://news.example/?p=2&lang=en",
            "https://en.news.example/b/",
        ] {
            check(&[same[0], (link, "en_US")], |_| {}, &kept);
        }
    }
}
