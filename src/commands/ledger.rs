//! Tells what became of all that texts hold: in a line, in a table, and for programs.

use std::io::{self, Write};

use serde::Serialize;

use crate::commands::report::counted;
use crate::ledger::{Fate, Kind, Ledger, Line, Sums};

const KINDS: [(Kind, &str, &str); 6] = [
    (Kind::Block, "block", "blocks"),
    (Kind::Shortcode, "shortcode", "shortcodes"),
    (Kind::Embed, "embed", "embeds"),
    (Kind::Form, "form", "forms"),
    (Kind::Script, "script", "scripts"),
    (Kind::Part, "part of a plugin", "parts of plugins"),
];

/// How much of it is told.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Extent {
    /// Of what is as good as it was, the sums.
    Worse,
    /// All.
    All,
    /// As [`Self::Worse`], and which posts that is in.
    Posts,
}

/// Returns the sums in a line. `None` if there is nothing to sum up.
pub fn line(ledger: &Ledger) -> Option<String> {
    let kinds = KINDS.iter().map(|&(kind, one, many)| (ledger.count(kind), one, many));
    let held = kinds.filter(|(count, ..)| *count > 0);
    let held: Vec<String> = held.map(|(count, one, many)| counted(count, one, many)).collect();
    (!held.is_empty())
        .then(|| format!("Texts hold {}: {}.", held.join(", "), fates(&ledger.sums())))
}

fn fates(sums: &Sums) -> String {
    let fates = [
        (sums.kept, "kept"),
        (sums.converted, "converted"),
        (sums.degraded, "degraded"),
        (sums.left_out, "left out on purpose"),
        (sums.missing, "missing"),
    ];
    let told = fates.iter().filter(|(count, _)| *count > 0);
    told.map(|(count, fate)| format!("{count} {fate}")).collect::<Vec<_>>().join(", ")
}

/// Prints the sums of each kind, and by name what is not as it was.
///
/// # Errors
/// `out` cannot be written to.
pub fn print(ledger: &Ledger, extent: Extent, out: &mut impl Write) -> io::Result<()> {
    for (kind, one, many) in KINDS {
        let lines: Vec<Line> =
            ledger.lines.iter().filter(|line| line.kind == kind).cloned().collect();
        let own = Ledger { lines, rows: Vec::new() };
        let count = own.count(kind);
        if count == 0 {
            continue;
        }
        writeln!(out, "  {}: {}", counted(count, one, many), fates(&own.sums()))?;
        let places = ledger.lines.iter().enumerate().filter(|(_, line)| line.kind == kind);
        for (place, line) in places {
            if !line.fate.is_good() || extent == Extent::All {
                print_line(line, out)?;
            }
            if !line.fate.is_good() && extent == Extent::Posts {
                print_posts(ledger, place, out)?;
            }
        }
    }
    Ok(())
}

fn print_line(line: &Line, out: &mut impl Write) -> io::Result<()> {
    let posts = counted(line.posts, "post", "posts");
    let name: String = line.name.chars().filter(|letter| !letter.is_control()).collect();
    writeln!(out, "    {name}: {} in {posts}, {}", line.count, line.fate)
}

fn print_posts(ledger: &Ledger, line: usize, out: &mut impl Write) -> io::Result<()> {
    let rows = ledger.rows.iter().filter(|row| row.line as usize == line);
    for row in rows {
        writeln!(out, "      post {}: {}", row.post.0, row.count)?;
    }
    Ok(())
}

/// A ledger for programs.
#[derive(Debug, Serialize)]
pub struct Contents<'l> {
    sums: Sums,
    kinds: &'l [Line],
    posts: Vec<OfPost<'l>>,
}

/// What is degraded or dropped in a post.
#[derive(Debug, Serialize)]
struct OfPost<'l> {
    post: u64,
    kind: Kind,
    name: &'l str,
    #[serde(flatten)]
    fate: Fate,
    count: u32,
}

impl<'l> Contents<'l> {
    /// Returns a ledger for programs. `None` if nothing was counted.
    pub fn of(ledger: &'l Ledger) -> Option<Self> {
        let posts = ledger.rows.iter().map(|row| {
            let line = &ledger.lines[row.line as usize];
            let Line { kind, name, fate, .. } = line;
            OfPost { post: row.post.0, kind: *kind, name, fate: *fate, count: row.count }
        });
        let posts = posts.collect();
        let has_lines = !ledger.lines.is_empty();
        has_lines.then(|| Self { sums: ledger.sums(), kinds: &ledger.lines, posts })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::{Books, How, Tally, Why};
    use crate::model::PostId;

    fn ledger() -> Ledger {
        let mut books = Books::default();
        for post in [7, 3] {
            let mut tally = Tally::default();
            tally.add_many((Kind::Block, Fate::Kept), "core/quote", 2);
            tally.add(Kind::Block, "acme/map", Fate::Degraded(How::AsSaved));
            tally.add(Kind::Script, "inline", Fate::Dropped(Why::Settings));
            books.enter(PostId(post), &tally);
        }
        books.close()
    }

    #[track_caller]
    fn check(extent: Extent, expected: &str) {
        let mut told = Vec::new();
        print(&ledger(), extent, &mut told).unwrap();
        assert_eq!(String::from_utf8(told).unwrap(), expected);
    }

    #[test]
    fn a_line_tells_the_sums() {
        let expected = "Texts hold 6 blocks, 2 scripts: 4 kept, 2 degraded, 2 left out on purpose.";
        assert_eq!(line(&ledger()).as_deref(), Some(expected));
        assert_eq!(line(&Ledger::default()), None);
    }

    #[test]
    fn a_table_tells_as_much_as_is_asked_for() {
        let map = "    acme/map: 2 in 2 posts, degraded: nobody knows it; the HTML it was saved with stands\n";
        let script = "    inline: 2 in 2 posts, left out: the settings in [content] say so\n";
        let blocks = "  6 blocks: 4 kept, 2 degraded\n";
        let scripts = "  2 scripts: 2 left out on purpose\n";
        let posts = "      post 3: 1\n      post 7: 1\n";
        check(Extent::Worse, &[blocks, map, scripts, script].concat());
        check(Extent::Posts, &[blocks, map, posts, scripts, script, posts].concat());
        let quote = "    core/quote: 4 in 2 posts, kept\n";
        check(Extent::All, &[blocks, map, quote, scripts, script].concat());
    }

    #[test]
    fn programs_are_told_all() {
        let ledger = ledger();
        let json = serde_json::to_value(Contents::of(&ledger)).unwrap();
        assert_eq!(json["sums"]["degraded"], 2);
        assert_eq!(json["kinds"][0]["fate"], "degraded");
        assert_eq!(json["kinds"][0]["reason"], "as-saved");
        assert_eq!(json["posts"][1]["name"], "inline");
        assert_eq!(json["posts"][1]["post"], 3);
    }
}
