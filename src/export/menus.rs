//! Classic menus: the menus, their entries, and the places of the theme they stand in.

use std::collections::HashMap;

use serde_json::value::RawValue;

use crate::export::copies::{MenuCopy, MenuItemCopy};
use crate::export::json::{self, Record, Unreadable};
use crate::export::merge;
use crate::export::reader::Reader;
use crate::model::{Menu, MenuItem, MenuObject, PostId, TermId};

/// Reads a menu.
pub(super) fn read_menu(reader: &mut Reader<'_>, record: &Record<'_>) -> Result<(), Unreadable> {
    let Some(id) = record.id("id")? else { return Err(Unreadable::field("id", "an id")) };
    let text = |place: &&RawValue| json::string(place.get()).into_owned();
    let locations = record.list("locations")?;
    let menu = MenuCopy {
        id,
        name: record.text("name")?.map(Into::into),
        slug: record.text("slug")?.map(Into::into),
        locations: locations.map(|places| places.iter().map(text).collect()),
    };
    reader.copies.menus.push(menu);
    Ok(())
}

/// Reads an entry of a menu. Entries that WordPress did not show are passed over.
pub(super) fn read_item(reader: &mut Reader<'_>, record: &Record<'_>) -> Result<(), Unreadable> {
    let Some(id) = record.id("id")? else { return Err(Unreadable::field("id", "an id")) };
    let is_public = record.text("status")?.is_none_or(|status| status == "publish");
    if !is_public || record.flag("invalid") == Some(true) {
        return Ok(());
    }
    let menus = match record.get("menus") {
        Some(value) if value.get().starts_with(['[', '{']) => record.ids("menus")?,
        _ => record.id("menus")?.map(|id| vec![id]),
    };
    let object = record.id("object_id")?;
    let object = match (record.text("type")?.as_deref(), object) {
        (Some("post_type"), Some(id)) => MenuObject::Post(PostId(id)),
        (Some("taxonomy"), Some(id)) => MenuObject::Term(TermId(id)),
        _ => MenuObject::Address,
    };
    let item = MenuItem {
        id,
        parent: record.id("parent")?,
        title: record.rendered("title")?.unwrap_or_default().into_owned(),
        url: record.text("url")?.unwrap_or_default().into_owned(),
        object,
    };
    let order = record.number("menu_order")?.unwrap_or(0);
    reader.copies.menu_items.push(MenuItemCopy { menus: menus.unwrap_or_default(), order, item });
    Ok(())
}

/// Reads which menu stands in the theme's place called `name`.
pub(super) fn read_location(
    reader: &mut Reader<'_>,
    name: &str,
    record: &Record<'_>,
) -> Result<(), Unreadable> {
    if let Some(menu) = record.id("menu")? {
        reader.copies.menu_locations.push((name.to_owned(), menu));
    }
    Ok(())
}

/// Puts the menus of an export together.
pub(super) fn assemble(
    menus: Vec<MenuCopy>,
    mut items: Vec<MenuItemCopy>,
    places: Vec<(String, u64)>,
) -> Vec<Menu> {
    let menus = merge::unite(menus);
    items.sort_by_key(|copy| (copy.order, copy.item.id));
    let mut by_menu: HashMap<u64, Vec<MenuItem>> = HashMap::new();
    for copy in items {
        for menu in copy.menus {
            let items = by_menu.entry(menu).or_default();
            // The same entry of another answer has the same order, so it stands last.
            if items.last().is_none_or(|last| last.id != copy.item.id) {
                items.push(copy.item.clone());
            }
        }
    }

    let mut locations: HashMap<u64, Vec<String>> = HashMap::new();
    for (name, menu) in places {
        locations.entry(menu).or_default().push(name);
    }
    let assemble = |menu: MenuCopy| {
        let told = menu.locations.is_some() || !locations.is_empty();
        let mut own = locations.get(&menu.id).cloned().unwrap_or_default();
        own.extend(menu.locations.unwrap_or_default());
        own.sort();
        own.dedup();
        Menu {
            name: menu.name.unwrap_or_default(),
            slug: menu.slug.unwrap_or_default(),
            locations: told.then_some(own),
            items: by_menu.remove(&menu.id).unwrap_or_default(),
        }
    };
    menus.into_iter().map(assemble).collect()
}
