//! What of a raw text not every reader saw: parts for those who subscribed, paid or logged in, and parts
//! that their author has hidden. It is cut out while an export is read, so that no page, list, feed or
//! index can come to it. The tags around it stay, and are told when the page is made.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::packed::Searcher;
use memchr::memmem;
use serde_json::Value;

use crate::content::blocks::attributes::Attributes;
use crate::content::blocks::{Delimiter, Kind, delimiters};

/// After it nothing was for readers who do not pay.
pub const PAYWALL: &str = "jetpack/paywall";

/// What is to be done about parts for members.
pub const HELP: &str =
    "nothing, if it is to stay hidden; else take the block or shortcode around it out of the text";

/// Blocks that hold what only members saw.
const BLOCKS: [&str; 6] = [
    "memberpress/protected-content",
    "passster/content-lock",
    "pmpro/membership",
    "premium-content/subscriber-view",
    "suremembers/restrict-content",
    "woocommerce-memberships/member-content",
];

/// Attributes by which plugins, and WordPress itself, show a block to some only.
const ATTRIBUTES: [&str; 3] = ["\"blockVisibility\"", "\"um_is_restrict\"", "\"llms_visibility\""];

/// Shortcodes that enclose what only members saw.
const SHORTCODES: [&str; 38] = [
    "access",
    "arm_restrict_content",
    "content_protector",
    "emember_protected",
    "ihc-hide-content",
    "is_logged_in",
    "is_paid",
    "is_user_logged_in",
    "logged_in",
    "loggedin",
    "member",
    "members",
    "members_access",
    "members_logged_in",
    "members_only",
    "members-only",
    "membersonly",
    "membership",
    "memberful",
    "mepr-active",
    "mepr-show",
    "passster",
    "paywall",
    "premium_content",
    "private",
    "protected",
    "restrict",
    "restricted",
    "s2If",
    "subscriber",
    "subscribers",
    "swpm_protected",
    "um_loggedin",
    "um_show_content",
    "user_logged_in",
    "wcm_restrict",
    "wlm_private",
    "wpmem_logged_in",
];

/// What all of that has in it. Almost no text has any, so a look is enough.
static SEARCHER: LazyLock<Option<Searcher>> =
    LazyLock::new(|| Searcher::new(BLOCKS.iter().chain(&[PAYWALL]).chain(&ATTRIBUTES)));

/// Why not every reader saw a part.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Restriction {
    /// Its author has hidden it from all.
    Hidden,
    /// It was for members.
    Members,
}

/// A raw text, taken apart.
#[derive(Debug, Default, Eq, PartialEq)]
pub struct Parted {
    /// What every reader saw.
    pub public: String,
    /// What not every reader saw.
    pub hidden: String,
}

/// Takes a raw text apart. `None` if every reader saw all of it.
pub fn part(raw: &str) -> Option<Parted> {
    let blocks = cut(raw, within_blocks(raw));
    let shown = blocks.as_ref().map_or(raw, |parted| &parted.public);
    let enclosed = pairs(shown).map(|pair| pair.inner).collect();
    let Some(shortcodes) = cut(shown, enclosed) else { return blocks };
    let hidden = blocks.unwrap_or_default().hidden + &shortcodes.hidden;
    Some(Parted { public: shortcodes.public, hidden })
}

/// Returns whether a raw text has had parts that not every reader saw.
pub fn is_in(raw: &str) -> bool {
    may_have_blocks(raw) && delimiters(raw).any(|it| is_restricted(&it) || it.name == PAYWALL)
        || pairs(raw).next().is_some()
}

/// Returns who did not see what a block holds.
pub fn of_block(name: &str, json: &str) -> Option<Restriction> {
    if BLOCKS.contains(&name) {
        // For those who are no members.
        let is_inverted =
            name == "pmpro/membership" && json.contains("\"invert_restrictions\":\"1\"");
        return (!is_inverted).then_some(Restriction::Members);
    }
    if !ATTRIBUTES.iter().any(|key| memmem::find(json.as_bytes(), key.as_bytes()).is_some()) {
        return None;
    }
    let attributes = Attributes::read(json);
    let is = |path: &[&str], wanted: Value| attributes.at(path) == Some(&wanted);
    if is(&["metadata", "blockVisibility"], false.into())
        || is(&["blockVisibility", "hideBlock"], true.into())
    {
        return Some(Restriction::Hidden);
    }
    let is_for_users = is(&["um_is_restrict"], true.into()) && is(&["um_who_access"], "1".into());
    let llms = attributes.at(&["llms_visibility"]).and_then(Value::as_str);
    let is_for_learners = matches!(llms, Some("enrolled" | "logged_in"));
    let rules = attributes.at(&["blockVisibility", "controlSets"]);
    let is_members = is_for_users || is_for_learners || rules.is_some_and(asks_for_role);
    is_members.then_some(Restriction::Members)
}

/// Returns whether a rule of the plugin Block Visibility shows a block to those who are logged in.
fn asks_for_role(sets: &Value) -> bool {
    let role = |set: &Value| {
        let by = set.pointer("/controls/userRole/visibilityByRole").and_then(Value::as_str);
        matches!(by, Some("logged-in" | "user-role" | "users" | "user-rule-sets"))
    };
    sets.as_array().is_some_and(|sets| sets.iter().any(role))
}

fn may_have_blocks(raw: &str) -> bool {
    SEARCHER.as_ref().is_none_or(|searcher| searcher.find(raw).is_some())
}

fn is_restricted(delimiter: &Delimiter<'_>) -> bool {
    delimiter.kind == Kind::Opener && of_block(delimiter.name, delimiter.json).is_some()
}

/// Returns what blocks hold that not every reader saw, in order.
fn within_blocks(raw: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    if !may_have_blocks(raw) {
        return found;
    }
    // Where what is cut begins, and how many blocks are open in it.
    let mut open: Option<(usize, usize)> = None;
    for delimiter in delimiters(raw) {
        match (&mut open, delimiter.kind) {
            (None, Kind::Void | Kind::Opener) if delimiter.name == PAYWALL => {
                open = Some((delimiter.end, 0));
                break;
            }
            (None, Kind::Opener) if is_restricted(&delimiter) => open = Some((delimiter.end, 0)),
            (Some((_, depth)), Kind::Opener) => *depth += 1,
            (Some((start, 0)), Kind::Closer) => {
                found.push(*start..delimiter.start);
                open = None;
            }
            (Some((_, depth)), Kind::Closer) => *depth -= 1,
            _ => {}
        }
    }
    found.extend(open.map(|(start, _)| start..raw.len()));
    found
}

/// A shortcode with its closing tag.
#[derive(Debug)]
pub struct Pair<'t> {
    /// As written.
    pub name: &'t str,
    /// Where it stands.
    pub whole: Range<usize>,
    /// Where what it encloses stands.
    pub inner: Range<usize>,
}

/// Returns the shortcodes that enclose what only members saw, in order.
pub fn pairs(raw: &str) -> impl Iterator<Item = Pair<'_>> {
    let has_pairs = memmem::find(raw.as_bytes(), b"[/").is_some();
    let mut unclosed: HashSet<&str> = HashSet::new();
    let mut position = if has_pairs { 0 } else { raw.len() };
    std::iter::from_fn(move || {
        loop {
            let at = position + memchr::memchr(b'[', &raw.as_bytes()[position..])?;
            position = at + 1;
            let Some((name, start)) = opening(raw, at) else { continue };
            if unclosed.contains(name) {
                continue;
            }
            let closing = format!("[/{name}]");
            let Some(length) = memmem::find(&raw.as_bytes()[start..], closing.as_bytes()) else {
                unclosed.insert(name);
                continue;
            };
            position = start + length + closing.len();
            return Some(Pair { name, whole: at..position, inner: start..start + length });
        }
    })
}

/// Returns the name of the shortcode that opens at `at`, and where the tag ends, if what it encloses was
/// for members.
fn opening(raw: &str, at: usize) -> Option<(&str, usize)> {
    let rest = &raw[at + 1..];
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    let name = &rest[..rest.find(|c| !is_part(c))?];
    if !SHORTCODES.contains(&name) || raw[..at].ends_with('[') {
        return None;
    }
    let rest = &rest[name.len()..];
    let end = rest.find(['[', ']']).filter(|end| rest.as_bytes()[*end] == b']')?;
    let attributes = rest[..end].trim();
    let is_single = attributes.ends_with('/');
    // A person on a list of staff.
    let is_person = name == "member" && !attributes.is_empty();
    (!is_single && !is_person && !is_for_others(attributes))
        .then_some((name, at + 1 + name.len() + end + 1))
}

/// Returns whether the attributes of such a shortcode turn it round: to those who are no members.
fn is_for_others(attributes: &str) -> bool {
    attributes.contains('!')
        || attributes.contains("ifallowed=\"hide\"")
        || attributes.contains("level=\"0\"")
        || attributes.contains("level='0'")
}

fn cut(text: &str, mut ranges: Vec<Range<usize>>) -> Option<Parted> {
    ranges.retain(|range| !range.is_empty());
    if ranges.is_empty() {
        return None;
    }
    let mut parted = Parted::default();
    let mut copied = 0;
    for range in ranges {
        parted.public.push_str(&text[copied..range.start]);
        copied = range.end;
        parted.hidden.extend([&text[range], "\n\n"]);
    }
    parted.public.push_str(&text[copied..]);
    Some(parted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(raw: &str, expected: &str) {
        let parted = part(raw);
        assert_eq!(parted.as_ref().map_or(raw, |parted| &parted.public), expected);
        assert_eq!(is_in(raw), is_in(expected));
        assert_eq!(part(expected), None);
        assert!(parted.is_none_or(|parted| is_in(raw) && !parted.hidden.is_empty()));
    }

    #[test]
    fn what_blocks_for_members_hold_is_cut() {
        check(
            "a<!-- wp:premium-content/subscriber-view --><div><!-- wp:paragraph --><p>b</p><!-- /wp:paragraph --></div><!-- /wp:premium-content/subscriber-view -->c",
            "a<!-- wp:premium-content/subscriber-view --><!-- /wp:premium-content/subscriber-view -->c",
        );
        check(
            "<!-- wp:pmpro/membership {\"levels\":[\"1\"]} -->b<!-- /wp:pmpro/membership -->",
            "<!-- wp:pmpro/membership {\"levels\":[\"1\"]} --><!-- /wp:pmpro/membership -->",
        );
        check("a<!-- wp:jetpack/paywall /--><!-- wp:x -->b", "a<!-- wp:jetpack/paywall /-->");
    }

    #[test]
    fn what_has_no_end_is_cut_to_the_end() {
        check(
            "a<!-- wp:premium-content/subscriber-view -->b<!-- wp:x -->c<!-- /wp:x -->d",
            "a<!-- wp:premium-content/subscriber-view -->",
        );
    }

    #[test]
    fn blocks_are_hidden_by_their_attributes() {
        for json in [
            "{\"metadata\":{\"blockVisibility\":false}}",
            "{\"blockVisibility\":{\"hideBlock\":true}}",
            "{\"blockVisibility\":{\"controlSets\":[{\"id\":1,\"controls\":{\"userRole\":{\"visibilityByRole\":\"logged-in\"}}}]}}",
            "{\"um_is_restrict\":true,\"um_who_access\":\"1\"}",
            "{\"llms_visibility\":\"enrolled\"}",
        ] {
            let open = format!("<!-- wp:group {json} -->");
            check(
                &format!("{open}<p>a</p><!-- /wp:group -->b"),
                &format!("{open}<!-- /wp:group -->b"),
            );
        }
    }

    #[test]
    fn what_is_for_everyone_stays() {
        for raw in [
            "<!-- wp:group {\"metadata\":{\"blockVisibility\":{\"viewport\":{}}}} -->a<!-- /wp:group -->",
            "<!-- wp:premium-content/logged-out-view -->a<!-- /wp:premium-content/logged-out-view -->",
            "<!-- wp:pmpro/membership {\"invert_restrictions\":\"1\"} -->a<!-- /wp:pmpro/membership -->",
            "<!-- wp:group {\"um_is_restrict\":true,\"um_who_access\":\"2\"} -->a<!-- /wp:group -->",
            "[private]a",
            "[[private]a[/private]]",
            "[private /]a[/private]",
            "[member name=\"A\"]a[/member]",
            "[s2If !is_user_logged_in()]a[/s2If]",
            "[membership level=\"0\"]a[/membership]",
            "[team]a[/team] jetpack/paywall",
        ] {
            check(raw, raw);
        }
    }

    #[test]
    fn what_shortcodes_for_members_enclose_is_cut() {
        check("a [private]b[/private] c", "a [private][/private] c");
        check(
            "<p>[membership level='1,2']</p>b<p>[/membership]</p>[restrict]c[/restrict]",
            "<p>[membership level='1,2'][/membership]</p>[restrict][/restrict]",
        );
    }

    #[test]
    fn many_openings_take_no_more_than_linear_time() {
        assert_eq!(part(&"[private][restrict]".repeat(200_000)), None);
    }
}
