//! Which classic menu stood where, if the export does not say: WordPress's own export does not.

use crate::diagnostics::{Diagnostic, Location};
use crate::model::Menu;

/// What names of menus are made of that stand at the top.
const MAIN_NAMES: [&str; 5] = ["primary", "main", "header", "top", "principal"];

/// What names of menus are made of that stand elsewhere.
const OTHER_NAMES: [&str; 4] = ["footer", "social", "legal", "sidebar"];

/// The menu that most likely stood at the top.
#[derive(Debug)]
pub(super) struct Guess<'a> {
    pub(super) menu: &'a Menu,
    /// How many others may have stood there.
    others: usize,
}

impl Guess<'_> {
    /// Tells of a guess that may be wrong.
    pub(super) fn tell(&self) -> Option<Diagnostic> {
        if self.others == 0 || is_called(self.menu, &MAIN_NAMES) {
            return None;
        }
        let message = format!(
            "nothing says which of the site's menus stood at the top: “{}” is taken for it",
            self.menu.name
        );
        let help = "if it was another, write its entries into stillpress.toml, as [[menus.main]]";
        let location = Location::file(&"the export".into());
        Some(Diagnostic::warning("guessed-menu", message, location).with_help(help))
    }
}

/// Returns the menu that most likely stood at the top: one that is called so, else the one with the
/// most entries that lead to pages of the site. `count` tells how many those are.
pub(super) fn main(menus: &[Menu], count: impl Fn(&Menu) -> usize) -> Option<Guess<'_>> {
    let unplaced = menus.iter().filter(|menu| menu.locations.is_none());
    let counted = unplaced.map(|menu| (menu, count(menu)));
    let is_likely = |(menu, own): &(&Menu, usize)| *own > 0 && !is_called(menu, &OTHER_NAMES);
    let candidates: Vec<(&Menu, usize)> = counted.filter(is_likely).collect();
    let rank = |(menu, own): &&(&Menu, usize)| (is_called(menu, &MAIN_NAMES), *own);
    // The first of several alike: `max_by_key` would return the last.
    let (menu, _) = candidates.iter().rev().max_by_key(rank)?;
    Some(Guess { menu, others: candidates.len() - 1 })
}

/// Returns the menu that stood at the bottom, if one is called so.
pub(super) fn footer(menus: &[Menu]) -> Option<&Menu> {
    menus.iter().find(|menu| menu.locations.is_none() && is_called(menu, &["footer"]))
}

fn is_called(menu: &Menu, names: &[&str]) -> bool {
    let mut parts = menu.slug.split('-');
    parts.any(|part| names.contains(&part))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{MenuItem, MenuObject, PostId};

    fn menu(slug: &str, entries: usize, locations: Option<Vec<String>>) -> Menu {
        let object = MenuObject::Post(PostId(1));
        let item = MenuItem { id: 1, parent: None, title: "".into(), url: "".into(), object };
        let items = vec![item; entries];
        Menu { name: slug.to_owned(), slug: slug.to_owned(), locations, items }
    }

    #[test]
    fn the_main_menu_is_called_so_or_has_the_most_entries() {
        let check = |menus: &[Menu], expected: Option<(&str, bool)>| {
            let found = main(menus, |menu| menu.items.len());
            let found = found.as_ref().map(|it| (&*it.menu.slug, it.tell().is_some()));
            assert_eq!(found, expected);
        };
        let three = [menu("a", 2, None), menu("b", 3, None), menu("c", 3, None)];
        check(&three, Some(("b", true)));
        check(&[menu("a", 9, None), menu("main-menu", 1, None)], Some(("main-menu", false)));
        check(&[menu("social", 9, None), menu("domain", 1, None)], Some(("domain", false)));
        check(&[menu("main", 0, None)], None);
        // Where the export tells places, a menu without one stood nowhere.
        check(&[menu("main", 3, Some(Vec::new()))], None);
    }
}
