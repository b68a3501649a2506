//! Shortcodes that enclosed what only members saw. That was cut out when the export was read, and the empty
//! pairs that are left are taken out here, as WordPress did for who is no member: in code, too.

use std::borrow::Cow;

use crate::content::context::Found;
use crate::content::{Setting, restricted};
use crate::diagnostics::Diagnostic;
use crate::ledger::{Fate, Kind, Why};

/// Leaves out the pairs of a text that enclose nothing any more, and tells of them.
pub fn settle<'t>(text: &'t str, setting: &Setting<'_>, found: &mut Found) -> Cow<'t, str> {
    let mut shown = String::new();
    let mut copied = 0;
    let mut told: Vec<&str> = Vec::new();
    for pair in restricted::pairs(text).filter(|pair| pair.inner.is_empty()) {
        shown.push_str(&text[copied..pair.whole.start]);
        copied = pair.whole.end;
        found.tally.add(Kind::Shortcode, pair.name, Fate::Dropped(Why::Members));
        if !told.contains(&pair.name) {
            told.push(pair.name);
            found.diagnostics.push(tell(pair.name, setting));
        }
    }
    if copied == 0 {
        return Cow::Borrowed(text);
    }
    shown.push_str(&text[copied..]);
    Cow::Owned(shown)
}

fn tell(name: &str, setting: &Setting<'_>) -> Diagnostic {
    let message = format!("left out what only members saw, between `[{name}]` and `[/{name}]`");
    Diagnostic::warning("members-only", message, setting.location.clone())
        .about(name)
        .with_help(restricted::HELP)
}

#[cfg(test)]
mod tests {
    use crate::content::testing::normalize_as;
    use crate::model::BodyFormat;

    #[track_caller]
    fn check(raw: &str, expected: &str, codes: &[&str]) {
        let content = normalize_as(BodyFormat::Classic, raw);
        assert_eq!(content.pages[0].as_str().trim(), expected);
        let found: Vec<&str> = content.diagnostics.iter().map(|found| &*found.code).collect();
        assert_eq!(found, codes);
    }

    #[test]
    fn pairs_that_were_emptied_are_left_out() {
        check("a [private][/private] b", "<p>a  b</p>", &["members-only"]);
        check(
            "<code>a [members level=\"1\"][/members]</code> [restrict][/restrict]",
            "<p><code>a </code></p>",
            &["members-only", "members-only"],
        );
    }

    #[test]
    fn what_is_no_pair_stays() {
        check("a [private]b", "<p>a [private]b</p>", &[]);
        check("a [[private][/private]]", "<p>a [[private][/private]]</p>", &["unknown-shortcode"]);
    }
}
