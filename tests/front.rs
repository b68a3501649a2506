//! The first page of a newspaper.

use std::fs;

use crate::site::{Run, build_sample};

#[test]
fn the_user_chooses_the_categories_and_their_order() {
    let run = build_sample("[theme]\nfront = \"newspaper\"\nsections = [\"books\", \"news\"]");
    assert_eq!(sections(&run), ["/category/culture/books/", "/category/news/"]);
    assert!(!run.told.contains("unused-setting"), "{}", run.told);
}

#[test]
fn without_a_choice_the_largest_categories_are_shown() {
    let run = build_sample("[theme]\nfront = \"newspaper\"");
    assert_eq!(sections(&run)[0], "/category/news/");
}

#[test]
fn a_section_that_is_no_category_is_told() {
    let run = build_sample("[theme]\nfront = \"newspaper\"\nsections = [\"sport\", \"news\"]");
    assert_eq!(sections(&run), ["/category/news/"]);
    assert!(run.told.contains("theme.sections names `sport`"), "{}", run.told);
}

/// Returns where the headings of the sections lead.
fn sections(run: &Run) -> Vec<String> {
    let page = fs::read_to_string(run.folder().join("index.html")).unwrap();
    let parts = page.split("<section class=\"front-section\"").skip(1);
    let links = parts.filter_map(|part| part.split_once("href=\"")?.1.split('"').next());
    links.map(str::to_owned).collect()
}
