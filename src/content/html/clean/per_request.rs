//! What WordPress's blocks make whenever a page is asked for, and what a saved answer holds of it:
//! links to log in, links to the later pages of a query loop.

use crate::content::html::clean::attributes::Attributes;
use crate::content::html::clean::body::{Body, Origin};
use crate::content::html::clean::forms;
use crate::content::html::clean::lookahead::inner;
use crate::content::html::clean::page::Page;
use crate::content::html::clean::verdict::{Element, Verdict};
use crate::ledger::{self, Fate, Why};

const LATER_PAGES: &str = "save the post with `context=edit`, too: then its pages are made";

/// Takes out what only WordPress answers. Raw texts never hold it: it was not made from them.
pub fn dropped(
    body: &mut Body<'_>,
    page: &mut Page<'_>,
    element: Element<'_>,
    attributes: &Attributes<'_>,
) -> Option<Verdict> {
    if body.origin == Origin::Raw || !matches!(element.name, "div" | "nav") {
        return None;
    }
    if attributes.has_class("wp-block-loginout") {
        forms::tell_login(body);
        let fate = Fate::Dropped(Why::NeedsServer);
        body.tally.add(ledger::Kind::Block, "core/loginout", fate);
        return Some(Verdict::Replace(String::new()));
    }
    let is_outermost = element.start >= page.pagination_end;
    if !is_outermost || !attributes.has_class("wp-block-query-pagination") {
        return None;
    }
    page.pagination_end = element.end;
    if !inner(page.markup, element.start, "a", "href").iter().any(|it| is_loop_page(it)) {
        return None;
    }
    let message =
        "the later pages of a query loop are not in the export; left out the links to them";
    body.findings.fail("dynamic-block", message, LATER_PAGES);
    let fate = Fate::Dropped(Why::NotInExport);
    body.tally.add(ledger::Kind::Block, "core/query-pagination", fate);
    Some(Verdict::Replace(String::new()))
}

/// Returns whether an address asks for a page of a query loop: `?query-9-page=2`.
fn is_loop_page(address: &str) -> bool {
    let Some((_, query)) = address.split_once('?') else { return false };
    query.split('&').any(|parameter| {
        let name = parameter.split('=').next().unwrap_or_default();
        let id = name.strip_prefix("query").and_then(|rest| rest.strip_suffix("-page"));
        let id = id.map(|id| id.strip_prefix('-').unwrap_or(id));
        id.is_some_and(|id| id.bytes().all(|byte| byte.is_ascii_digit()))
    })
}

#[cfg(test)]
mod tests {
    use crate::content::testing::{check_rendered as check, normalize_as};
    use crate::model::BodyFormat;

    #[test]
    fn links_to_log_in_go() {
        check(
            "<p>a</p><div class=\"logged-out wp-block-loginout\"><a href=\"https://example.org/wp-login.php?redirect_to=x\">Log in</a></div>",
            "<p>a</p>",
            &["form-dropped"],
        );
    }

    #[test]
    fn pages_of_loops_that_were_not_saved_are_not_linked() {
        check(
            "<p>a</p><nav class=\"wp-block-query-pagination\"><div><span class=\"page-numbers current\">1</span><a href=\"?query-9-page=2&#038;rest_route=%2Fwp%2Fv2%2Fposts\">2</a></div><a href=\"/?rest_route=x&#038;query-9-page=2\">Next</a></nav>",
            "<p>a</p>",
            &["dynamic-block"],
        );
        let other = "<nav class=\"wp-block-query-pagination\"><a href=\"/?p=12\">a</a></nav>";
        check(other, &other.replace("/?p=12", "/kept/"), &[]);
    }

    #[test]
    fn all_of_it_is_counted() {
        let html = "<div class=\"wp-block-loginout\"></div><div class=\"wp-block-archives-dropdown\"><select><option value=\"/?p=12\">a</option></select></div>";
        let content = normalize_as(BodyFormat::Rendered, html);
        let counts =
            content.tally.iter().map(|(_, name, fate, count)| format!("{count} {name}: {fate}"));
        assert_eq!(
            counts.collect::<Vec<_>>(),
            ["1 core/archives: converted", "1 core/loginout: left out: it needs a server"]
        );
    }
}
