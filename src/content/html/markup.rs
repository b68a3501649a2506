//! A body as tokens of which every start tag knows its end tag.

use crate::content::html::balance;
use crate::content::html::tokens::{self, Kind, Tag, Token};

/// A source cut into tokens, all tags of which balance.
#[derive(Debug)]
pub struct Markup<'a> {
    /// The source.
    pub html: &'a str,
    /// All of it, in order.
    pub tokens: Vec<Token<'a>>,
    /// For each start tag the index of its end tag: its own if it has none. For each other token
    /// its own.
    pub partners: Vec<u32>,
}

impl<'a> Markup<'a> {
    /// Cuts `html` into tokens. `None` if its tags do not balance as a browser sees them.
    pub fn balanced(html: &'a str) -> Option<Self> {
        let tokens: Vec<_> = tokens::tokenize(html).collect();
        let partners = balance::check(html, &tokens)?;
        Some(Self { html, tokens, partners })
    }

    /// Cuts `html` into tokens, which was printed from a tree.
    pub fn printed(html: &'a str) -> Self {
        let tokens: Vec<_> = tokens::tokenize(html).collect();
        let partners = balance::pair(&tokens);
        Self { html, tokens, partners }
    }

    /// Returns a token as written.
    pub fn source(&self, index: usize) -> &'a str {
        let token = &self.tokens[index];
        &self.html[token.start..token.end]
    }

    /// Returns the index of the end tag of the element that starts at `index`: `index` itself if
    /// it has none.
    pub fn end_of(&self, index: usize) -> usize {
        self.partners[index] as usize
    }

    /// Returns the start tag at `index`, if one stands there.
    pub fn start_tag(&self, index: usize) -> Option<Tag<'a>> {
        match self.tokens.get(index)?.kind {
            Kind::Start(tag) => Some(tag),
            _ => None,
        }
    }
}
