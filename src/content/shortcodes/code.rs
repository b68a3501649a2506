//! Code in shortcodes, as plugins that color it know them: `[code language="php"]…[/code]`. It is no
//! prose: without them its quotes would be curled, and its lines run together.

use std::borrow::Cow;

use crate::content::context::Found;
use crate::content::shortcode_grammar::{self, Finder};
use crate::ledger::{Fate, Kind};

/// Puts the element for code in the place of shortcodes for code.
pub fn to_elements<'t>(text: &'t str, found: &mut Found) -> Cow<'t, str> {
    if memchr::memchr(b'[', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let mut finder = Finder::new(text, is_code);
    let mut shown = String::new();
    let mut copied = 0;
    while let Some(shortcode) = finder.next_from(copied) {
        let start = shortcode.start;
        let before = text[copied..start].trim_ascii_end();
        let is_quoted =
            shortcode.is_doubled_before || before.ends_with("<code>") || before.ends_with("<pre>");
        let Some(code) = shortcode.content.filter(|_| !is_quoted) else {
            shown.push_str(&text[copied..shortcode.end]);
            copied = shortcode.end;
            continue;
        };
        let attributes = shortcode_grammar::attributes(shortcode.attributes);
        let named = ["lang", "language"].iter().find_map(|name| attributes.get(name));
        let language: String = match named {
            Some(name) => {
                name.chars().filter(|c| c.is_ascii_alphanumeric() || "+#-".contains(*c)).collect()
            }
            None if is_language(shortcode.name) => shortcode.name.to_owned(),
            None => String::new(),
        };
        shown.push_str(&text[copied..start]);
        shown.push_str("<pre");
        if !language.is_empty() {
            shown.extend([" class=\"brush: ", &language, "\""]);
        }
        shown.push('>');
        push_code(&mut shown, code.trim_matches('\n'));
        shown.push_str("</pre>");
        if shortcode.is_doubled_after {
            shown.push(']');
        }
        found.tally.add(Kind::Shortcode, shortcode.name, Fate::Converted);
        copied = shortcode.end;
    }
    if copied == 0 {
        return Cow::Borrowed(text);
    }
    shown.push_str(&text[copied..]);
    Cow::Owned(shown)
}

/// Returns whether a shortcode of this name holds code.
fn is_code(name: &str) -> bool {
    matches!(name, "code" | "sourcecode" | "source" | "crayon") || is_language(name)
}

/// Plugins also take the names of languages, but for those that other shortcodes have.
fn is_language(name: &str) -> bool {
    const LANGUAGES: [&str; 20] = [
        "bash",
        "c",
        "cpp",
        "csharp",
        "css",
        "html",
        "java",
        "javascript",
        "js",
        "json",
        "perl",
        "php",
        "powershell",
        "python",
        "ruby",
        "scala",
        "shell",
        "sql",
        "xml",
        "yaml",
    ];
    LANGUAGES.contains(&name)
}

/// Prints code as text in which nothing is looked for. Editors saved it with entities, or as it is.
fn push_code(html: &mut String, code: &str) {
    let has_entities =
        ["&lt;", "&gt;", "&amp;", "&quot;", "&#"].iter().any(|entity| code.contains(entity));
    for character in code.chars() {
        match character {
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '&' if !has_entities => html.push_str("&amp;"),
            '[' => html.push_str("&#091;"),
            '/' => html.push_str("&#47;"),
            _ => html.push(character),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::content::testing::check_classic as check;

    #[test]
    fn code_keeps_its_lines_and_quotes() {
        check(
            "[code]\na \"b\" -- c\n\n  [gallery] & <d>\nhttps://youtu.be/x\n[/code]",
            "<pre tabindex=\"0\">a \"b\" -- c\n\n  &#091;gallery] &amp; &lt;d&gt;\nhttps:&#47;&#47;youtu.be&#47;x</pre>",
        );
    }

    #[test]
    fn what_was_saved_with_entities_is_read_so() {
        check(
            "[sourcecode]&lt;a&gt; &amp;amp;[/sourcecode]",
            "<pre tabindex=\"0\">&lt;a&gt; &amp;amp;</pre>",
        );
    }

    #[test]
    fn code_is_colored_by_the_language_it_names() {
        let colored = "<span class=\"hl-keyword\">if</span> a</pre>";
        for start in ["[code language=\"js\"]", "[sourcecode lang='js']", "[js]"] {
            let end = format!("[/{}]", start[1..].split([' ', ']']).next().unwrap());
            check(
                &format!("{start}if a{end}"),
                &format!("<pre class=\"brush: js\" tabindex=\"0\">{colored}"),
            );
        }
    }

    #[test]
    fn what_is_quoted_or_open_stays() {
        check("<code>[code]a[/code]</code>", "<p><code>[code]a[/code]</code></p>");
        check("[[code]a[/code]]", "<p>[[code]a[/code]]</p>");
        check("a [code] b", "<p>a [code] b</p>");
    }
}
