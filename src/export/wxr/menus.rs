//! Entries of classic menus in an export in XML.

use crate::export::copies::MenuItemCopy;
use crate::export::named;
use crate::export::reader::Reader;
use crate::export::wxr::channel::Known;
use crate::export::wxr::items::Item;
use crate::model::{MenuItem, MenuObject, PostId, TermId};

/// Reads an entry. Entries that WordPress did not show are passed over.
pub(super) fn read(reader: &mut Reader<'_>, item: &Item<'_>, known: &Known) {
    let is_shown = item.fields.text("wp:status").is_none_or(|status| status == "publish");
    if !is_shown {
        return;
    }
    let number = |name: &str| item.meta(name).and_then(|text| text.parse().ok()).unwrap_or(0);
    let object = number("_menu_item_object_id");
    let mut url = item.meta("_menu_item_url").unwrap_or_default();
    let object = match item.meta("_menu_item_type").as_deref() {
        Some("post_type") => MenuObject::Post(PostId(object)),
        Some("taxonomy") => MenuObject::Term(TermId(object)),
        Some("post_type_archive") => {
            let post_type = item.meta("_menu_item_object").unwrap_or_default();
            url = format!("/?post_type={post_type}");
            MenuObject::Address
        }
        _ => MenuObject::Address,
    };
    let menus = item.terms().filter(|(taxonomy, ..)| taxonomy == "nav_menu");
    let menus = menus.map(|(taxonomy, slug, _)| {
        let known = known.term(&reader.shared(&taxonomy), &slug);
        known.map_or_else(|| named::made_term_id(&taxonomy, &slug), |id| id.0)
    });
    let menus = menus.collect();
    let entry = MenuItem {
        id: item.id.0,
        parent: Some(number("_menu_item_menu_item_parent")).filter(|id| *id > 0),
        title: item.fields.text("title").unwrap_or_default().into_owned(),
        url,
        object,
    };
    let order = item.fields.number("wp:menu_order").unwrap_or(0);
    reader.copies.menu_items.push(MenuItemCopy { menus, order, item: entry });
}
