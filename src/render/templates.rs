//! The theme's templates, ready to be filled.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use anyhow::anyhow;
use memchr::memmem;
use serde::Serialize;
use tera::{Context, Kwargs, State, Tera, TeraResult, Value};

use crate::render::theme::Theme;
use crate::render::words::Words;
use crate::site::urls::{Base, UrlPath};

/// The templates of a theme, with the functions they may call.
#[derive(Clone, Debug)]
pub struct Templates {
    tera: Tera,
    /// The names of the blocks that have a template, such as `acme/map`.
    blocks: Arc<HashSet<String>>,
    /// What `asset` may answer.
    assets: Arc<HashSet<String>>,
}

impl Templates {
    /// Parses a theme's templates.
    ///
    /// # Errors
    /// A template is not valid: names file, line and column.
    pub fn parse(theme: &Theme, words: &Words, base: &Base) -> anyhow::Result<Self> {
        let mut tera = Tera::new();
        tera.set_fallback_prefixes(["default/"]).map_err(plain)?;
        let addresses = asset_addresses(theme, base);
        let assets = addresses.values().cloned().collect();
        register(&mut tera, addresses, words);
        tera.add_raw_templates(theme.templates.iter()).map_err(plain)?;
        let blocks = theme.templates.keys().filter_map(|name| block_of(name)).collect();
        Ok(Self { tera, blocks: Arc::new(blocks), assets: Arc::new(assets) })
    }

    /// Returns whether any block has a template.
    pub fn have_blocks(&self) -> bool {
        !self.blocks.is_empty()
    }

    /// Returns whether blocks of a name have a template.
    pub fn have_block(&self, name: &str) -> bool {
        self.blocks.contains(name)
    }

    /// Returns whether an address is that of an asset, as templates print it.
    pub fn have_asset(&self, href: &str) -> bool {
        self.assets.contains(href)
    }

    /// Makes `value` visible to every template as `name`.
    pub fn set_global(&mut self, name: &'static str, value: &impl Serialize) {
        self.tera.global_context().insert(name, value);
    }

    /// Fills a template, and appends what it gives to `out`.
    ///
    /// # Errors
    /// The template asks for something that is not there: names file, line, column and what it
    /// could have asked for.
    pub fn render(&self, name: &str, context: &Context, out: &mut Vec<u8>) -> anyhow::Result<()> {
        self.tera.render_to(name, context, out).map_err(plain)
    }
}

/// Tera's errors hold values that cannot be sent between threads: the text is what we need.
fn plain(error: tera::Error) -> anyhow::Error {
    let mut text = error.to_string();
    let mut source = std::error::Error::source(&error);
    while let Some(deeper) = source {
        text = format!("{text}\n{deeper}");
        source = deeper.source();
    }
    // Whoever prints it says that it is an error.
    anyhow!("{}", text.strip_prefix("error: ").unwrap_or(&text))
}

/// Returns the name of the blocks that a template is for.
fn block_of(template: &str) -> Option<String> {
    let name = template.strip_prefix("default/").unwrap_or(template);
    Some(name.strip_prefix("blocks/")?.strip_suffix(".html")?.to_owned())
}

/// Returns the addresses of a theme's assets by their names.
fn asset_addresses(theme: &Theme, base: &Base) -> BTreeMap<String, String> {
    theme
        .assets
        .iter()
        .map(|(name, bytes)| {
            let (folders, file) = name.rsplit_once('/').unwrap_or(("", name));
            let folders = folders.split('/').filter(|folder| !folder.is_empty());
            let path = UrlPath::from_segments(["assets"].into_iter().chain(folders));
            let version = &blake3::hash(bytes).to_hex()[..8];
            (name.clone(), format!("{}?v={version}", base.href(&path.file_in(file))))
        })
        .collect()
}

fn register(tera: &mut Tera, addresses: BTreeMap<String, String>, words: &Words) {
    tera.register_function("asset", move |kwargs: Kwargs, _: &State<'_>| -> TeraResult<Value> {
        let path: &str = kwargs.must_get("path")?;
        let known = || addresses.keys().cloned().collect::<Vec<_>>().join(", ");
        let address = addresses.get(path).ok_or_else(|| {
            tera::Error::message(format!("the theme has no asset `{path}`; it has {}", known()))
        })?;
        Ok(Value::safe_string(address))
    });
    let words = words.clone();
    tera.register_function("plural", move |kwargs: Kwargs, _: &State<'_>| -> TeraResult<String> {
        let word: &str = kwargs.must_get("word")?;
        let count: u64 = kwargs.must_get("count")?;
        let missing = || tera::Error::message(format!("no language file has [plurals.{word}]"));
        words.plural(word, count).ok_or_else(missing)
    });
    // Tera's own copies the text.
    tera.register_filter("safe", |value: &Value, _: Kwargs, _: &State<'_>| match value.as_str() {
        Some(_) => value.clone().mark_safe(),
        None => Value::safe_string(&value.to_string()),
    });
    tera.register_filter("length", length);
    tera.register_filter("format", format_words);
    tera.register_filter("cdata", |text: &str, _: Kwargs, _: &State<'_>| {
        const END: &str = "]]>";
        let mut section = String::with_capacity(text.len() + 32);
        section.push_str("<![CDATA[");
        let mut written = 0;
        // What ends a section cannot stand in one: it is put into two.
        for end in memmem::find_iter(text.as_bytes(), END) {
            section.push_str(&text[written..end]);
            section.push_str("]]]]><![CDATA[>");
            written = end + END.len();
        }
        section.push_str(&text[written..]);
        section.push_str(END);
        Value::safe_string(&section)
    });
    tera.register_filter("json", |value: &Value, _: Kwargs, _: &State<'_>| -> TeraResult<Value> {
        let json = serde_json::to_string(value).map_err(tera::Error::message)?;
        Ok(Value::safe_string(&json.replace('<', "\\u003c")))
    });
}

/// Returns how long a value is. Tera's own looks for signs that are written as several letters even
/// where there are none.
fn length(value: &Value, _: Kwargs, _: &State<'_>) -> TeraResult<usize> {
    match value.as_str() {
        Some(text) if text.is_ascii() && !text.contains('\r') => Ok(text.len()),
        _ => value.len().ok_or_else(|| {
            tera::Error::message(format!("Value of type {} has no length", value.name()))
        }),
    }
}

/// Fills `{name}` in a phrase with the argument of that name.
fn format_words(phrase: &str, kwargs: Kwargs, _: &State<'_>) -> TeraResult<String> {
    let mut text = phrase.to_owned();
    for (name, value) in kwargs.iter() {
        text = text.replace(&format!("{{{name}}}"), &value.to_string());
    }
    Ok(text)
}
