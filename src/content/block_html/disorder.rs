//! What WordPress shows of texts whose blocks do not open and close in order.
//!
//! Before WordPress prints a text it puts it into a block, writes out all blocks anew, and takes the
//! outermost comments off again. It ends what is open at the end from the innermost block out, each with
//! all the text that follows it; what follows a closing comment of nothing is no block any more. Of
//! texts in order nothing changes; of others much is lost or stands there twice, and so it does here.

use crate::content::blocks::{Delimiter, Kind, delimiters};

/// A text as WordPress reads it.
#[derive(Debug, Eq, PartialEq)]
pub struct Reading {
    /// Holds blocks.
    pub blocks: String,
    /// Holds none, whatever it looks like.
    pub rest: String,
}

/// So many blocks may be open at the end: each repeats the text.
const MOST: usize = 8;

/// So deep may blocks be within each other: each writes out again what it holds.
const DEEPEST: usize = 64;

const AROUND: [&str; 2] = ["<!-- wp:post-content -->", "<!-- /wp:post-content -->"];

/// Returns how WordPress reads a text. `None` if its blocks are in order, or the text need not be changed.
pub fn read(markup: &str) -> Option<Reading> {
    let (mut depth, mut deepest) = (0_usize, 0);
    let mut has_stray = false;
    for delimiter in delimiters(markup) {
        match delimiter.kind {
            Kind::Opener => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            Kind::Closer if depth == 0 => has_stray = true,
            Kind::Closer => depth -= 1,
            Kind::Void => {}
        }
    }
    // One that is open is closed by the block around.
    let is_whole = !has_stray && depth < 2;
    if is_whole || depth > MOST || deepest > DEEPEST {
        return None;
    }
    let written = written_out(&[AROUND[0], markup, AROUND[1]].concat());
    let start = written.find("-->").map_or(0, |at| at + "-->".len());
    let end = written.rfind("<!--").unwrap_or(written.len()).max(start);
    let (blocks, rest) = written[start..end].split_at(blocks_end(&written[start..end]));
    Some(Reading { blocks: blocks.to_owned(), rest: rest.to_owned() })
}

/// Returns where the first closing comment of nothing stands.
fn blocks_end(markup: &str) -> usize {
    let mut depth = 0_usize;
    for delimiter in delimiters(markup) {
        match delimiter.kind {
            Kind::Opener => depth += 1,
            Kind::Closer if depth == 0 => return delimiter.start,
            Kind::Closer => depth -= 1,
            Kind::Void => {}
        }
    }
    markup.len()
}

/// A block that is open.
struct Open<'m> {
    opener: Delimiter<'m>,
    /// Where the HTML before it starts.
    leading: usize,
    /// What it holds so far, written out.
    inner: String,
    /// Up to where the text is in `inner`.
    taken: usize,
}

impl Open<'_> {
    /// Writes the block out, up to `end`.
    fn print(&self, markup: &str, end: usize) -> String {
        let inner = [&self.inner, &markup[self.taken.min(end)..end]].concat();
        let opener = &markup[self.opener.start..self.opener.end];
        let name = self.opener.name;
        match inner.is_empty() {
            true => format!("{}/-->", opener.trim_end_matches("-->")),
            false => format!("{opener}{inner}<!-- /wp:{name} -->"),
        }
    }
}

/// Writes out the blocks of a text.
fn written_out(markup: &str) -> String {
    let mut open: Vec<Open<'_>> = Vec::new();
    let mut written = String::new();
    let mut offset = 0;
    for delimiter in delimiters(markup) {
        let printed = match delimiter.kind {
            Kind::Opener => {
                let inner = String::new();
                open.push(Open { opener: delimiter, leading: offset, inner, taken: delimiter.end });
                offset = delimiter.end;
                continue;
            }
            Kind::Void => (offset, delimiter, markup[delimiter.start..delimiter.end].to_owned()),
            Kind::Closer => {
                let Some(block) = open.pop() else { break };
                (block.leading, block.opener, block.print(markup, delimiter.start))
            }
        };
        let (leading, first, printed) = printed;
        match open.last_mut() {
            Some(around) => {
                around.inner.push_str(&markup[around.taken..first.start]);
                around.inner.push_str(&printed);
                around.taken = delimiter.end;
            }
            None => {
                written.push_str(&markup[leading..first.start]);
                written.push_str(&printed);
            }
        }
        offset = delimiter.end;
    }
    if open.is_empty() {
        written.push_str(&markup[offset..]);
    }
    while let Some(block) = open.pop() {
        written.push_str(&markup[block.leading..block.opener.start]);
        written.push_str(&block.print(markup, markup.len()));
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(markup: &str, expected: Option<(&str, &str)>) {
        let reading = read(markup);
        let reading = reading.as_ref().map(|it| (it.blocks.as_str(), it.rest.as_str()));
        assert_eq!(reading, expected);
    }

    #[test]
    fn blocks_in_order_are_left_alone() {
        check("a<!-- wp:x -->b<!-- wp:y /-->c<!-- /wp:x -->d", None);
        check("<!-- wp:x -->b<!-- wp:y -->c<!-- /wp:y -->", None);
    }

    #[test]
    fn what_follows_a_stray_end_is_no_block() {
        check(
            "a<!-- /wp:x -->b<!-- wp:y -->c<!-- /wp:y -->",
            Some(("a", "<!-- /wp:post-content -->b<!-- wp:y -->c<!-- /wp:y -->")),
        );
    }

    #[test]
    fn what_is_open_at_the_end_stands_there_twice() {
        check(
            "<!-- wp:x --><b><!-- wp:y -->c",
            Some((
                "<b><!-- wp:y -->c<!-- /wp:y -->",
                "<!-- /wp:x --><!-- wp:post-content --><!-- wp:x --><b><!-- wp:y -->c<!-- /wp:post-content -->",
            )),
        );
    }

    #[test]
    fn hostile_depth_is_not_repeated() {
        check(&"<!-- wp:x -->a".repeat(100_000), None);
        let deep = "<!-- wp:x -->".repeat(50_000) + &"<!-- /wp:x -->".repeat(50_001);
        check(&deep, None);
    }
}
