//! Blocks through the templates that a theme has for them: `blocks/NAMESPACE/NAME.html`.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use anyhow::Context as _;
use tera::{Context, Value};

use crate::content::surroundings::facts::BlockFacts;
use crate::render::facts;
use crate::render::shared::Shared;
use crate::render::templates::Templates;
use crate::render::views::BlockView;

/// The templates of blocks, as one text asks for them.
#[derive(Debug)]
pub struct BlockTemplates<'a> {
    shared: &'a Shared<'a>,
    /// Of the theme.
    pub templates: &'a Templates,
    /// The first failure. A text cannot stop the run: whoever asked for it does.
    trouble: Mutex<Option<anyhow::Error>>,
}

impl<'a> BlockTemplates<'a> {
    /// Starts with nothing filled.
    pub fn new(shared: &'a Shared<'a>, templates: &'a Templates) -> Self {
        Self { shared, templates, trouble: Mutex::default() }
    }

    /// Returns what the theme's template makes of a block.
    pub fn fill(&self, block: &BlockFacts<'_>) -> Option<String> {
        match self.try_fill(block) {
            Ok(html) => Some(html),
            Err(trouble) => {
                let mut first = self.trouble.lock().unwrap_or_else(PoisonError::into_inner);
                first.get_or_insert(trouble);
                None
            }
        }
    }

    /// Fails if a template has.
    pub fn check(&self) -> anyhow::Result<()> {
        let trouble = self.trouble.lock().unwrap_or_else(PoisonError::into_inner).take();
        trouble.map_or(Ok(()), Err)
    }

    fn try_fill(&self, block: &BlockFacts<'_>) -> anyhow::Result<String> {
        let (name, post) = (block.name, block.post.0);
        let template = format!("blocks/{name}.html");
        let mut made = Vec::new();
        self.templates.render(&template, &self.context(block), &mut made).with_context(|| {
            format!("cannot show the block {name} of post {post} with the template {template}")
        })?;
        String::from_utf8(made).context("a theme's template gives no text")
    }

    fn context(&self, block: &BlockFacts<'_>) -> Context {
        let shared = self.shared;
        let view = BlockView {
            name: block.name.to_owned(),
            attributes: Value::from_serializable(block.attributes),
            inner_html: block.inner_html.to_owned(),
            saved_html: block.saved_html.to_owned(),
        };
        let entry = facts::entry_of(shared.site, block.post);
        let language = entry.map_or(shared.language, |id| &shared.site.entry(id).language);
        let mut context = Context::new();
        context.insert("block", &view);
        context.insert("post", &entry.map(|id| shared.summary(id)));
        context.insert("page", &BTreeMap::from([("language", language)]));
        context.insert_value("site_lang", shared.site_lang(language));
        context
    }
}
