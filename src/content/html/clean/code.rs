//! Code in a language that its author named.

use crate::content::CodeColors;
use crate::content::html::clean::attributes::Attributes;
use crate::content::html::clean::body::Body;
use crate::content::html::clean::highlight;
use crate::content::html::clean::lookahead::text;
use crate::content::html::clean::page::Page;
use crate::content::html::clean::verdict::Element;
use crate::content::html::tokens::Kind;

/// Names of programming languages that plugins put into `lang`, and that are no natural language.
const IN_LANG: [&str; 24] = [
    "actionscript",
    "bash",
    "c",
    "cpp",
    "csharp",
    "css",
    "html",
    "html4strict",
    "java",
    "javascript",
    "js",
    "json",
    "mysql",
    "objc",
    "perl",
    "php",
    "powershell",
    "python",
    "ruby",
    "rust",
    "sql",
    "typescript",
    "xml",
    "yaml",
];

/// The code around the place where the rewrite is.
#[derive(Debug, Default)]
pub struct Code {
    /// The end of the `pre` around.
    pub end: usize,
    /// The language it names.
    language: Option<String>,
}

/// Returns what stands in a `pre`, or in a `code` within one, with its colours, if its language is
/// known and it holds nothing but text.
pub fn colored(
    body: &Body<'_>,
    page: &mut Page<'_>,
    element: Element<'_>,
    attributes: &mut Attributes<'_>,
) -> Option<String> {
    match element.name {
        "pre" => {
            let language = language(attributes);
            page.code = Code { end: element.end, language };
        }
        "code" if element.start < page.code.end => {
            let own = language(attributes).or_else(|| bare_class(attributes));
            if own.is_some() {
                page.code.language = own;
            }
        }
        _ => return None,
    }
    let language = page.code.language.as_ref()?;
    let is_text = |index: usize| matches!(page.markup.tokens[index].kind, Kind::Text);
    if body.setting.code == CodeColors::None || !(element.start + 1..element.end).all(is_text) {
        return None;
    }
    highlight::highlight(&text(page.markup, element.start), language)
}

/// Finds the language in what plugins write, and takes it out of `lang`.
fn language(attributes: &mut Attributes<'_>) -> Option<String> {
    let in_lang = attributes.get("lang").map(|lang| lang.to_ascii_lowercase());
    let in_lang = in_lang.filter(|lang| IN_LANG.contains(&&**lang));
    if in_lang.is_some() {
        attributes.remove("lang");
    }
    let classes = attributes.get("class").unwrap_or_default();
    // `brush: php; gutter: false`, and `lang:php decode:true`.
    let words = classes.split([' ', ';']).filter(|word| !word.is_empty());
    let after = |word: &str| {
        let prefixes = ["language-", "lang-", "brush:", "lang:"];
        prefixes.iter().find_map(|prefix| word.strip_prefix(prefix)).map(str::to_owned)
    };
    let mut words = words.peekable();
    let mut found = None;
    while let (None, Some(word)) = (&found, words.next()) {
        found = match word {
            "brush:" => words.peek().map(|name| (*name).to_owned()),
            _ => after(word).filter(|name| !name.is_empty()),
        };
    }
    found.or_else(|| attributes.get("data-enlighter-language").map(Into::into)).or(in_lang)
}

/// Markdown of old names the language by a class alone.
fn bare_class(attributes: &Attributes<'_>) -> Option<String> {
    let classes = attributes.get("class")?;
    let mut known = classes.split_ascii_whitespace().filter(|class| highlight::is_known(class));
    known.next().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use crate::content::testing::check_rendered as check;

    const COLORED: &str = "<span class=\"hl-keyword\">if</span> a";

    #[test]
    fn code_is_colored_by_the_language_it_names() {
        for (start, end) in [
            (
                "<pre class=\"wp-block-code\" tabindex=\"0\"><code class=\"language-js\">",
                "</code></pre>",
            ),
            ("<pre class=\"language-js\" tabindex=\"0\"><code>", "</code></pre>"),
            ("<pre class=\"brush: js; gutter: false\" tabindex=\"0\">", "</pre>"),
            ("<pre class=\"lang:js decode:true\" tabindex=\"0\">", "</pre>"),
            (
                "<pre class=\"EnlighterJSRAW\" data-enlighter-language=\"js\" tabindex=\"0\">",
                "</pre>",
            ),
            ("<pre tabindex=\"0\"><code class=\"js\">", "</code></pre>"),
        ] {
            check(&format!("{start}if a{end}"), &format!("{start}{COLORED}{end}"), &[]);
        }
    }

    #[test]
    fn a_programming_language_is_no_natural_one() {
        check(
            "<pre lang=\"js\">if a</pre><pre lang=\"pl\">if a</pre>",
            &format!(
                "<pre tabindex=\"0\">{COLORED}</pre><pre lang=\"pl\" tabindex=\"0\">if a</pre>"
            ),
            &[],
        );
    }

    #[test]
    fn what_names_no_language_or_has_markup_stays() {
        for html in [
            "<pre tabindex=\"0\"><code>if a</code></pre>",
            "<pre class=\"wp-block-preformatted\" tabindex=\"0\">if a</pre>",
            "<pre tabindex=\"0\"><code class=\"language-js\">if <b>a</b></code></pre>",
            "<code class=\"language-js\">if a</code>",
        ] {
            check(html, html, &[]);
        }
    }
}
