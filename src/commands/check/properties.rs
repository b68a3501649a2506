//! Whatever stands in the files of a site, reading them does not panic.

use proptest::prelude::{any, proptest};

use crate::commands::check::script::{self, Status};
use crate::commands::check::{addresses, css, page, srcset, xml};
use crate::commands::host;

const PAGE: &str =
    r#"{"home":"/","lists":"/l/","count":3,"search":"/search/","moved":[["a/","/b",true]]}"#;

proptest! {
    #[test]
    fn pages_and_sheets(text in r#"(<a |<base |<meta |<link |<style>|</style>|<template>|href=|srcset=|id=|content=|http-equiv=refresh |rel=|url\(|image-set\(|@import |[\\"'();/*<> a1é]){0,40}"#) {
        page::read(&text, |_, offset| assert!(text.is_char_boundary(offset)));
        page::first_id(&text);
        for (_, offset) in css::addresses(&text) {
            assert!(offset <= text.len());
        }
        srcset::addresses(&text).for_each(drop);
    }

    #[test]
    fn feeds(text in r#"(<rss>|<item>|</item>|<link>|</link>|<link href='|<guid>|<!\[CDATA\[|\]\]>|&amp;|&#|<\?|<!--|--|[\\"'<>/;a1é{}\[\]:]){0,40}"#) {
        xml::is_listing(&text);
        xml::read(&text);
        xml::read(&format!("{{{text}"));
    }

    #[test]
    fn old_addresses(path in r"(/|%e0|%2f|index.php|page|feed|search|2|comment-page-|[a-zéA.?]){0,12}", query in r"(p=|m=|cat=|paged=|feed=|year=|monthnum=|post_type=|name=|&|%ff|[0-9a-zé/+]){0,12}") {
        let script = script::in_page(&format!("x {PAGE}"));
        for status in [Status::Found, Status::NotFound] {
            if let Some(script) = &script {
                script.step(&format!("/{path}"), &query, status);
            }
        }
        addresses::parts(&path);
        host::answer("", &path, |_| None::<()>);
    }

    #[test]
    fn any_text(text in any::<String>()) {
        page::read(&text, |_, _| {});
        css::addresses(&text);
        xml::read(&text);
        addresses::host(&text);
        host::answer("/a", &text, |_| None::<()>);
    }
}
