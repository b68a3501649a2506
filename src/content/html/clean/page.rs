//! What the rewrite of one page knows.

use std::collections::HashSet;

use crate::content::html::clean::body::Body;
use crate::content::html::clean::code::Code;
use crate::content::html::clean::language::Languages;
use crate::content::html::clean::panels::Panels;
use crate::content::html::clean::plugins::footnotes::{self, Footnotes};
use crate::content::html::markup::Markup;
use crate::content::script::script_of_language;

/// Where the rewrite of a page is.
pub struct Page<'p> {
    /// What is rewritten.
    pub markup: &'p Markup<'p>,
    /// The scripts of its elements, if there are several.
    pub languages: Option<Languages>,
    /// The elements around that have a language, by the index of their end, with its tag.
    pub marked: Vec<(usize, String)>,
    /// The end of the link around.
    pub link_end: usize,
    /// The end of the table's figure around.
    pub figure_end: usize,
    /// Where the last playlist ends.
    pub playlist_end: usize,
    /// Where a form ends that nobody answers.
    pub dead_form_end: usize,
    /// Where the last pagination of a query loop ends.
    pub pagination_end: usize,
    /// Where the last element ends that stays hidden.
    pub hidden_end: usize,
    /// Where the last form ends.
    pub form_end: usize,
    /// Where the last element ends that has a number for another within, and the number.
    pub number: (usize, String),
    /// The addresses of pictures and frames that have been met, without queries.
    pub shown: HashSet<String>,
    /// The end of the SVG or `MathML` around.
    pub foreign_end: usize,
    /// Where a formula would be drawn once more that browsers show themselves.
    pub drawn_again: usize,
    /// The code around.
    pub code: Code,
    /// The accordions and tabs around.
    pub panels: Panels,
    /// The footnotes of plugins.
    pub footnotes: Footnotes,
    /// Whether the last picture was given its own address back.
    pub has_lazy_picture: bool,
    /// Whether a script has been met.
    pub has_script: bool,
    /// Whether a quotation has been met that stands for a frame.
    pub has_embedded_quote: bool,
    /// The id of the last menu that became a list, until its script has been met.
    pub menu: String,
}

impl<'p> Page<'p> {
    /// Returns what is known of a page before its first token.
    pub fn new(body: &mut Body<'_>, markup: &'p Markup<'p>) -> Self {
        Self {
            markup,
            languages: Languages::of(markup, script_of_language(body.setting.language)),
            marked: Vec::new(),
            link_end: 0,
            figure_end: 0,
            playlist_end: 0,
            dead_form_end: 0,
            pagination_end: 0,
            hidden_end: 0,
            form_end: 0,
            number: (0, String::new()),
            shown: HashSet::new(),
            foreign_end: 0,
            drawn_again: 0,
            code: Code::default(),
            panels: Panels::default(),
            footnotes: footnotes::announce(body, markup.html),
            has_lazy_picture: false,
            has_script: false,
            has_embedded_quote: false,
            menu: String::new(),
        }
    }
}
