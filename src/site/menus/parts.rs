//! Which block menus stood in the header and the footer, as far as parts of the old theme tell.

use std::collections::HashSet;

use crate::content::navigation::{self, NavigationItem, Shown};
use crate::model::{Export, Navigation, PieceKind, ThemePiece};

/// How deep patterns are looked for within patterns.
const DEEPEST: usize = 5;

/// A menu of a part of the theme.
#[derive(Debug)]
pub(super) enum PartMenu<'a> {
    /// One of the site's block menus.
    Menu(&'a Navigation),
    /// Entries of its own.
    Entries(Vec<NavigationItem>),
}

/// Returns the menus that stand in the parts of the theme for `area`, such as `header`, in order. Of
/// several themes each may have such a part.
pub(super) fn menus_in<'a>(area: &str, export: &'a Export) -> Vec<PartMenu<'a>> {
    let pieces = &export.theme_pieces;
    let parts = pieces.iter().filter(|piece| piece.kind == PieceKind::TemplatePart);
    let is_there = |part: &&ThemePiece| match &*part.area {
        "" | "uncategorized" => &*part.name == area,
        told => told == area,
    };
    let mut finder = Finder { export, menus: Vec::new(), seen: HashSet::new() };
    for part in parts.filter(is_there) {
        finder.look_in(&part.body.text, DEEPEST);
    }
    finder.menus
}

/// Gathers menus.
struct Finder<'a> {
    export: &'a Export,
    menus: Vec<PartMenu<'a>>,
    /// The patterns that were looked into. Each is once: patterns that hold one another many times over
    /// would never come to an end.
    seen: HashSet<String>,
}

impl Finder<'_> {
    fn look_in(&mut self, markup: &str, depth: usize) {
        for shown in navigation::shown(markup) {
            match shown {
                Shown::Entries(entries) => self.menus.push(PartMenu::Entries(entries)),
                Shown::Menu(id) => {
                    let menu = self.export.navigations.iter().find(|menu| menu.id == id);
                    self.menus.extend(menu.map(PartMenu::Menu));
                }
                Shown::Pattern(name) if depth > 0 && !self.seen.contains(&name) => {
                    let is_it = |piece: &&ThemePiece| {
                        piece.kind == PieceKind::Pattern && *piece.name == *name
                    };
                    let pattern = self.export.theme_pieces.iter().find(is_it);
                    self.seen.insert(name);
                    if let Some(pattern) = pattern {
                        self.look_in(&pattern.body.text, depth - 1);
                    }
                }
                Shown::Pattern(_) => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Body, BodyFormat, PostId};

    fn piece(kind: PieceKind, name: &str, area: &str, text: &str) -> ThemePiece {
        let body = Body::new(BodyFormat::Blocks, text.to_owned());
        ThemePiece { kind, name: name.into(), theme: "acme".into(), area: area.into(), body }
    }

    fn menu(id: u64) -> Navigation {
        let body = Body::new(BodyFormat::Blocks, "<!-- wp:page-list /-->".to_owned());
        Navigation { id: PostId(id), title: "".into(), body }
    }

    #[test]
    fn menus_stand_where_the_parts_of_the_theme_show_them() {
        use PieceKind::{Pattern, TemplatePart};
        let export = Export {
            navigations: vec![menu(7), menu(8), menu(9)],
            theme_pieces: vec![
                piece(Pattern, "acme/top", "", r#"<!-- wp:navigation {"ref":9} /-->"#),
                piece(Pattern, "acme/round", "", r#"<!-- wp:pattern {"slug":"acme/round"} /-->"#),
                piece(TemplatePart, "end", "footer", r#"<!-- wp:navigation {"ref":7} /-->"#),
                piece(TemplatePart, "header", "", r#"<!-- wp:pattern {"slug":"acme/top"} /-->"#),
                piece(
                    TemplatePart,
                    "loop",
                    "sidebar",
                    r#"<!-- wp:pattern {"slug":"acme/round"} /-->"#,
                ),
                piece(TemplatePart, "side", "sidebar", r#"<!-- wp:navigation {"ref":1} /-->"#),
            ],
            ..Export::default()
        };
        let check = |area: &str, expected: &[u64]| {
            let menus = menus_in(area, &export);
            let ids = menus.iter().map(|menu| match menu {
                PartMenu::Menu(menu) => menu.id.0,
                PartMenu::Entries(_) => 0,
            });
            assert_eq!(ids.collect::<Vec<_>>(), expected, "{area}");
        };
        check("header", &[9]);
        check("footer", &[7]);
        // A pattern within itself, and a menu that the export lacks.
        check("sidebar", &[]);
    }
    #[test]
    fn patterns_that_hold_one_another_many_times_come_to_an_end() {
        let round = r#"<!-- wp:pattern {"slug":"acme/round"} /-->"#.repeat(1000);
        let part = piece(PieceKind::TemplatePart, "header", "", &round);
        let pattern = round.clone() + r#"<!-- wp:navigation {"ref":7} /-->"#;
        let export = Export {
            navigations: vec![menu(7)],
            theme_pieces: vec![part, piece(PieceKind::Pattern, "acme/round", "", &pattern)],
            ..Export::default()
        };
        assert_eq!(menus_in("header", &export).len(), 1);
    }
}
