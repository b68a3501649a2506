//! Colours for code: spans around its parts, by what they are in their language.

use std::sync::LazyLock;

use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxReference, SyntaxSet};

use crate::content::html::entities::push_text;

/// Longer code stays plain, in bytes: finding its parts takes its time.
const LONGEST: usize = 100_000;

/// So does code with longer lines, which nobody wrote by hand.
const LONGEST_LINE: usize = 2_000;

/// Languages by the names that authors give them and the grammars do not know, with a name they do.
const ALIASES: [(&str, &str); 27] = [
    ("c#", "cs"),
    ("console", "bash"),
    ("csharp", "cs"),
    ("golang", "go"),
    ("html4strict", "html"),
    ("html5", "html"),
    ("json5", "json"),
    ("jsonc", "json"),
    ("jscript", "js"),
    ("jsx", "js"),
    ("latex", "tex"),
    ("markup", "html"),
    ("mariadb", "sql"),
    ("mjs", "js"),
    ("mysql", "sql"),
    ("node", "js"),
    ("objc", "m"),
    ("objective-c", "m"),
    ("plsql", "sql"),
    ("postgresql", "sql"),
    ("python3", "py"),
    ("shell", "bash"),
    ("shell-session", "bash"),
    ("sqlite", "sql"),
    ("ts", "js"),
    ("tsx", "js"),
    ("typescript", "js"),
];

/// The classes of spans, by the beginnings of the names grammars have for parts of code.
const CLASSES: [(&str, &str); 17] = [
    ("comment", "comment"),
    ("string", "string"),
    ("constant.character", "string"),
    ("constant", "number"),
    ("keyword.operator", ""),
    ("keyword", "keyword"),
    ("storage", "keyword"),
    ("entity.name.function", "function"),
    ("support.function", "function"),
    ("entity.name.tag", "keyword"),
    ("entity.other.attribute-name", "type"),
    ("entity.name", "type"),
    ("support.class", "type"),
    ("support.type", "type"),
    ("markup.inserted", "string"),
    ("markup.deleted", "keyword"),
    ("markup.heading", "keyword"),
];

static SYNTAXES: LazyLock<SyntaxSet> = LazyLock::new(SyntaxSet::load_defaults_newlines);

static SCOPES: LazyLock<Vec<(Scope, &str)>> = LazyLock::new(|| {
    CLASSES.iter().filter_map(|(name, class)| Some((Scope::new(name).ok()?, *class))).collect()
});

/// Returns code as HTML with spans: `hl-comment`, `hl-string`, `hl-number`, `hl-keyword`,
/// `hl-function`, `hl-type`. `None` if the language is not known. The text is the same.
pub fn highlight(code: &str, language: &str) -> Option<String> {
    let syntax = syntax(language)?;
    let is_too_long = code.len() > LONGEST || code.lines().any(|line| line.len() > LONGEST_LINE);
    if is_too_long {
        return None;
    }
    let mut state = ParseState::new(syntax);
    let mut stack = ScopeStack::new();
    let mut spans = Spans::default();
    for line in code.split_inclusive('\n') {
        let mut printed = 0;
        for (at, change) in state.parse_line(line, &SYNTAXES).ok()? {
            spans.push(&line[printed..at], class(&stack));
            printed = at;
            stack.apply(&change).ok()?;
        }
        spans.push(&line[printed..], class(&stack));
    }
    Some(spans.finish())
}

/// Returns whether this names a language that can be coloured.
pub fn is_known(language: &str) -> bool {
    syntax(language).is_some()
}

fn syntax(language: &str) -> Option<&'static SyntaxReference> {
    let name = language.to_ascii_lowercase();
    let alias = ALIASES.iter().find(|(alias, _)| *alias == name);
    let syntax = SYNTAXES.find_syntax_by_token(alias.map_or(&name, |(_, known)| known))?;
    (syntax.name != SYNTAXES.find_syntax_plain_text().name).then_some(syntax)
}

/// Returns what the innermost part that has a class is.
fn class(stack: &ScopeStack) -> &'static str {
    let of = |scope: &Scope| SCOPES.iter().find(|(prefix, _)| prefix.is_prefix_of(*scope));
    stack.scopes.iter().rev().find_map(of).map_or("", |(_, class)| *class)
}

/// HTML in which neighbours of one class share a span, without the white space around them.
#[derive(Default)]
struct Spans {
    html: String,
    open: &'static str,
    /// White space that was not printed yet.
    blank: String,
}

impl Spans {
    fn push(&mut self, text: &str, class: &'static str) {
        let rest = text.trim_start();
        self.blank.push_str(&text[..text.len() - rest.len()]);
        let words = rest.trim_end();
        if words.is_empty() {
            return;
        }
        let is_other = class != self.open;
        if is_other {
            self.close();
        }
        self.html.push_str(&std::mem::take(&mut self.blank));
        if is_other && !class.is_empty() {
            self.html.extend(["<span class=\"hl-", class, "\">"]);
        }
        self.open = class;
        push_text(&mut self.html, words);
        self.blank.push_str(&rest[words.len()..]);
    }

    fn close(&mut self) {
        if !self.open.is_empty() {
            self.html.push_str("</span>");
        }
    }

    fn finish(mut self) -> String {
        self.close();
        self.html + &self.blank
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(language: &str, code: &str, expected: Option<&str>) {
        assert_eq!(highlight(code, language).as_deref(), expected);
    }

    #[test]
    fn parts_of_code_have_classes() {
        check(
            "Rust",
            "fn a() { 1 } // <b>\n",
            Some(
                "<span class=\"hl-keyword\">fn</span> <span class=\"hl-function\">a</span>() { <span class=\"hl-number\">1</span> } <span class=\"hl-comment\">// &lt;b&gt;</span>\n",
            ),
        );
        check(
            "typescript",
            "if (a) \"b\"",
            Some("<span class=\"hl-keyword\">if</span> (a) <span class=\"hl-string\">\"b\"</span>"),
        );
        check(
            "css",
            "a { color: red }",
            Some(
                "<span class=\"hl-keyword\">a</span> { <span class=\"hl-type\">color</span>: red }",
            ),
        );
    }

    #[test]
    fn languages_nobody_knows_stay_plain() {
        check("text", "a", None);
        check("poetry", "if a", None);
        check("", "if a", None);
    }

    #[test]
    fn endless_lines_stay_plain() {
        check("js", &"a".repeat(LONGEST_LINE + 1), None);
    }

    proptest! {
        #[test]
        fn the_text_stays_the_same(code in "(?s)[\\PC\n<>&\"'/*{}#;=()a-z0-9 ]{0,200}", language in 0..6_usize) {
            let language = ["php", "html", "js", "bash", "python", "sql"][language];
            let html = highlight(&code, language).unwrap();
            let mut text = String::new();
            let mut rest = &*html;
            while let Some((before, after)) = rest.split_once('<') {
                text.push_str(before);
                rest = after.split_once('>').unwrap().1;
            }
            text.push_str(rest);
            let mut expected = String::new();
            push_text(&mut expected, &code);
            prop_assert_eq!(text, expected);
        }
    }
}
