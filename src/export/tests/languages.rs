//! Languages and translations, as plugins tell them.

use super::{Folder, post, post_json, read_quietly};
use crate::model::{Export, LanguagePlugin, PostId, TermId};

fn language(export: &Export, id: u64) -> (Option<&str>, Vec<u64>) {
    let post = post(export, id);
    (post.language.as_deref(), post.translations.iter().map(|id| id.0).collect())
}

#[test]
fn posts_tell_their_language_and_translations() {
    let check = |fields: &str, expected: (Option<&str>, &[u64])| {
        let export = read_quietly(&format!("[{}]", post_json(7, fields)));
        let (told, translations) = language(&export, 7);
        assert_eq!((told, &*translations), expected, "{fields}");
    };
    check("", (None, &[]));
    check(r#""lang":"bo","translations":{"bo":7,"en":9}"#, (Some("bo"), &[7, 9]));
    check(r#""lang":"bo","translations":[]"#, (Some("bo"), &[]));
    check(r#""lang":false,"translations":[]"#, (None, &[]));
    check(r#""lang":"written in Tibetan""#, (None, &[]));
    let wpml = r#""wpml_current_locale":"en_US","wpml_translations":
        [{"locale":"bo","id":9,"post_title":"x","slug":"x","href":"https://news.example/bo/x/"}]"#;
    check(wpml, (Some("en_US"), &[9]));
}

#[test]
fn a_copy_that_tells_no_language_takes_none_away() {
    let told = post_json(7, r#""lang":"bo","translations":{"bo":7,"en":9}"#);
    let silent = post_json(7, r#""modified_gmt":"2026-07-01T00:00:00""#);
    let export = read_quietly(&format!("[{silent},{told}]"));
    assert_eq!(language(&export, 7), (Some("bo"), vec![7, 9]));
}

#[test]
fn polylang_lists_its_languages() {
    let list = r#"[
        {"term_id":2,"name":"བོད་ཡིག","slug":"bo","locale":"bo","is_default":true,"home_url":"https://news.example/","page_on_front":0},
        {"term_id":5,"name":"English","slug":"en","locale":"en_GB","is_default":false,"home_url":"https://news.example/en/","page_on_front":30},
        {"term_id":5,"name":"English","slug":"en","locale":"en_GB","home_url":"https://news.example/en/"}]"#;
    let export = read_quietly(&format!("[{},{}", post_json(7, ""), &list.trim()[1..]));
    let shown = export.languages.iter().map(|it| {
        let front = it.page_on_front.map(|id| id.0);
        (&*it.code, it.locale.as_deref(), &*it.name, &*it.home, it.is_default, front)
    });
    let expected = [
        ("bo", Some("bo"), "བོད་ཡིག", "https://news.example/", true, None),
        ("en", Some("en_GB"), "English", "https://news.example/en/", false, Some(30)),
    ];
    assert_eq!(shown.collect::<Vec<_>>(), expected);
    assert!(export.terms.is_empty());
}

#[test]
fn the_index_names_the_plugin() {
    let check = |namespaces: &str, expected: Option<LanguagePlugin>| {
        let index = r#"{"name":"News","home":"https://news.example","namespaces":[#],"routes":{}}"#;
        let export = read_quietly(&index.replace('#', namespaces));
        assert_eq!(export.site.language_plugin, expected, "{namespaces}");
    };
    check(r#""wp/v2""#, None);
    check(r#""wp/v2","pll/v1""#, Some(LanguagePlugin::Polylang));
    check(r#""wpml/st/v1","wp/v2""#, Some(LanguagePlugin::Wpml));
}

const TERMS: &str = r#"{"id":2,"taxonomy":"language","slug":"bo","name":"བོད་ཡིག","description":"D1"},
    {"id":5,"taxonomy":"language","slug":"en","name":"English","description":"D2"},
    {"id":3,"taxonomy":"category","slug":"gsar","name":"གསར།","description":""},
    {"id":6,"taxonomy":"category","slug":"news","name":"News","description":""}"#;

fn with_terms(descriptions: [&str; 2], more: &str) -> Export {
    let [first, second] = descriptions.map(|it| it.replace('"', "\\\""));
    let terms = TERMS.replace("D1", &first).replace("D2", &second);
    let taxonomy = r#"{"name":"Languages","slug":"language","types":["post"],"hierarchical":false,"rest_base":"language"}"#;
    let posts = [
        post_json(7, r#""language":[2],"categories":[3],"post_translations":[8]"#),
        post_json(9, r#""language":[5],"categories":[6],"post_translations":[8]"#),
    ];
    read_quietly(&format!("[{taxonomy},{terms}{more},{}]", posts.join(",")))
}

#[test]
fn what_polylang_keeps_as_terms_is_no_taxonomy_of_the_site() {
    let more = r#",{"id":8,"taxonomy":"post_translations","slug":"pll_a","name":"pll_a","description":""},
        {"id":4,"taxonomy":"term_translations","slug":"pll_b","name":"pll_b",
         "description":"a:2:{s:2:\"bo\";i:3;s:2:\"en\";i:6;}"},
        {"name":"Groups","slug":"post_translations","types":["post"],"hierarchical":false,"rest_base":"post_translations"}"#;
    let locale = |locale: &str| format!("a:1:{{s:6:\"locale\";s:{}:\"{locale}\";}}", locale.len());
    let export = with_terms([&locale("bo"), &locale("en_US")], more);
    assert_eq!(language(&export, 7), (Some("bo"), vec![7, 9]));
    assert_eq!(language(&export, 9), (Some("en"), vec![7, 9]));
    assert_eq!(*post(&export, 7).terms, [TermId(3)]);
    let names: Vec<(u64, Option<&str>, usize)> = export
        .terms
        .iter()
        .map(|term| (term.id.0, term.language.as_deref(), term.translations.len()))
        .collect();
    assert_eq!(names, [(3, Some("bo"), 2), (6, Some("en"), 2)]);
    let codes: Vec<(&str, Option<&str>)> =
        export.languages.iter().map(|it| (&*it.code, it.locale.as_deref())).collect();
    assert_eq!(codes, [("bo", Some("bo")), ("en", Some("en_US"))]);
}

#[test]
fn a_site_may_sort_its_posts_by_language_itself() {
    let export = with_terms(["Films in Tibetan", ""], "");
    assert_eq!(language(&export, 7), (None, vec![]));
    assert!(post(&export, 7).terms.contains(&TermId(2)));
    assert_eq!(export.terms.iter().filter(|term| &*term.taxonomy == "language").count(), 2);
    assert!(export.languages.is_empty());
    assert_eq!(post(&export, 9).id, PostId(9));
}

#[test]
fn bogo_keeps_languages_with_posts() {
    let item = |id: u64, meta: &[(&str, &str)]| {
        let meta = meta.iter().map(|(name, value)| {
            format!("<wp:postmeta><wp:meta_key>{name}</wp:meta_key><wp:meta_value>{value}</wp:meta_value></wp:postmeta>")
        });
        let meta: String = meta.collect();
        format!(
            "<item><title>Post {id}</title><content:encoded>Text.</content:encoded><wp:post_id>{id}</wp:post_id><wp:post_name>p{id}</wp:post_name><wp:status>publish</wp:status><wp:post_type>post</wp:post_type>{meta}</item>"
        )
    };
    let common = ("_original_post", "https://news.example/?p=7");
    let items = [
        item(7, &[("_locale", "bo"), common]),
        item(8, &[("_locale", "en_US"), common]),
        item(9, &[("_locale", "not one")]),
        item(10, &[common]),
    ];
    let xml = format!(
        "<?xml version=\"1.0\"?><rss version=\"2.0\" xmlns:wp=\"http://wordpress.org/export/1.2/\"><channel><title>News</title><link>https://news.example</link><wp:wxr_version>1.2</wp:wxr_version>{}</channel></rss>",
        items.concat()
    );
    let folder = Folder::new(&[("export.xml", &xml)]);
    let export = folder.read().value;
    assert_eq!(language(&export, 7), (Some("bo"), vec![7, 8]));
    assert_eq!(language(&export, 8), (Some("en_US"), vec![7, 8]));
    assert_eq!(language(&export, 9), (None, vec![]));
    assert_eq!(language(&export, 10), (None, vec![]));
    assert!(export.terms.is_empty());
}
