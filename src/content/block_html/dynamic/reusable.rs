//! Blocks that stand for blocks kept elsewhere: synced patterns, widgets.

use std::rc::Rc;

use crate::content::block_html::render::{Place, Renderer};
use crate::content::block_html::scope::Scope;
use crate::content::html::entities::push_text;
use crate::content::html::pages::BREAK;
use crate::ledger::Why;
use crate::model::PostId;

const SAVE: &str = "save `blocks`, too: they are among the answers of the REST API";
const WIDGET: &str = "write what it showed into the post";

/// Prints one of these blocks.
pub fn print(renderer: &mut Renderer<'_>, place: &Place<'_>, scope: &Scope, name: &str) -> bool {
    match name {
        "block" => synced(renderer, place, scope),
        "widget-group" => widget_group(renderer, place, scope),
        "legacy-widget" => {
            let message = "left out a block `core/legacy-widget`, which only WordPress can show";
            let kind = (name, Why::MadeOnServer);
            renderer.fates.fail("dynamic-block", kind, message.to_owned(), WIDGET);
        }
        _ => return false,
    }
    true
}

/// Widgets of a sidebar, as blocks.
fn widget_group(renderer: &mut Renderer<'_>, place: &Place<'_>, scope: &Scope) {
    if let Some(title) = place.attributes().text(&["title"]) {
        renderer.html.push_str("<h2 class=\"widget-title\">");
        push_text(&mut renderer.html, title);
        renderer.html.push_str("</h2>");
    }
    renderer.html.push_str("<div class=\"wp-widget-group__inner-blocks\">");
    renderer.nodes(place.document, place.inner(), scope);
    renderer.html.push_str("</div>");
}

fn synced(renderer: &mut Renderer<'_>, place: &Place<'_>, scope: &Scope) {
    let attributes = place.attributes();
    let Some(id) = attributes.id(&["ref"]).map(PostId) else { return };
    if scope.holders.contains(&id) {
        let message = format!("the reusable block {} holds itself; it is shown once", id.0);
        let help = "take it out of itself";
        renderer.fates.fail("dynamic-block", ("itself", Why::TooDeep), message, help);
        return;
    }
    if renderer.context.surroundings.is_block_hidden(id) {
        let message = format!("the reusable block {} is not public; it is left out", id.0);
        let help = "nothing: WordPress did not show it, either; or publish the block";
        renderer.fates.warn("dynamic-block", ("hidden", Why::Hidden), message, help);
        return;
    }
    let Some(body) = renderer.context.surroundings.reusable_block(id) else {
        let message = format!("the export does not have the reusable block {}", id.0);
        renderer.fates.fail("dynamic-block", ("block", Why::NotInExport), message, SAVE);
        return;
    };
    let mut holders: Vec<PostId> = scope.holders.to_vec();
    holders.push(id);
    let overrides = attributes.at(&["content"]).cloned().map(Rc::new);
    let inner = Scope { holders: holders.into(), overrides, ..scope.clone() };
    let start = renderer.html.len();
    renderer.body(body, &inner);
    // Only a text itself has pages.
    if let Some(at) = renderer.html[start..].find(BREAK) {
        let rest = renderer.html.split_off(start + at).replace(BREAK, "");
        renderer.html.push_str(&rest);
    }
}
