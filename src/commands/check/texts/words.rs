//! The words of a text, as a browser shows them, and what of it is no part of the comparison.
//!
//! A browser's parser reads it, and nothing of what makes pages: what proves must not share the
//! mistakes of what it proves.

use html5ever::tendril::TendrilSink;
use html5ever::{Attribute, ParseOpts, QualName, local_name, ns, parse_document, parse_fragment};

use crate::commands::check::texts::parts;
use crate::content::html::clean::plugins::tooltips;
use crate::content::html::names::is_void;
use crate::content::html::tree::{Id, NodeKind, Sink, Tree};

/// The words of a text in order.
#[derive(Debug, Default)]
pub struct Words {
    /// What is shown, with the signs between words.
    text: String,
    /// Where each word stands in it. In scripts without spaces each letter is one.
    spans: Vec<(u32, u32)>,
    /// What is left out of the comparison.
    pub left_out: LeftOut,
}

/// What is left out of a comparison on purpose.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct LeftOut {
    /// Scripts and style sheets, which show no text.
    pub scripts: usize,
    /// Frames, objects and addresses alone, for which links stand.
    pub frames: usize,
    /// WordPress's own forms, for accounts and comments.
    pub forms: usize,
    /// What only scripts or servers answer, such as buttons to share.
    pub parts: usize,
}

impl LeftOut {
    /// Adds what is left out of another text.
    pub fn add(&mut self, other: Self) {
        self.scripts += other.scripts;
        self.frames += other.frames;
        self.forms += other.forms;
        self.parts += other.parts;
    }
}

/// Browsers and programs read text that nests deeper each in their own way, and slowly.
const DEEPEST: usize = 500;

impl Words {
    /// Returns the words of the HTML of a text. `None` if it nests too deep to be sure of anything.
    pub fn of_text(html: &str) -> Option<Self> {
        let mut words = Self::default();
        words.add_text(html).then_some(words)
    }

    /// Adds the words of the HTML of a text. Returns whether it could be read.
    pub fn add_text(&mut self, html: &str) -> bool {
        if depth(html) > DEEPEST {
            return false;
        }
        let context = QualName::new(None, ns!(html), local_name!("div"));
        let sink = Sink::default();
        let tree = parse_fragment(sink, options(), context, Vec::new(), false).one(&*clean(html));
        self.add(&tree, 0);
        true
    }

    /// Adds the words of the text on a page: of its first element of the class `entry-content`.
    /// Returns whether it has one.
    pub fn add_page(&mut self, html: &str) -> bool {
        if depth(html) > 2 * DEEPEST {
            return false;
        }
        let tree = parse_document(Sink::default(), options()).one(&*clean(html));
        let is_text = |id: &Id| match &tree.nodes[*id].kind {
            NodeKind::Element { attributes, .. } => has_class(attributes, "entry-content"),
            _ => false,
        };
        let found = (0..tree.nodes.len()).find(is_text);
        found.inspect(|id| self.add(&tree, *id)).is_some()
    }

    /// Returns how many words there are.
    pub fn len(&self) -> usize {
        self.spans.len()
    }

    /// Returns a word.
    pub fn get(&self, index: usize) -> &str {
        let (start, end) = self.spans[index];
        &self.text[start as usize..end as usize]
    }

    /// Returns the text from one word to before another, with white space as one space.
    pub fn excerpt(&self, words: std::ops::Range<usize>) -> String {
        let (Some(first), Some(last)) =
            (self.spans.get(words.start), words.end.checked_sub(1).map(|last| self.spans[last]))
        else {
            return String::new();
        };
        if words.is_empty() {
            return String::new();
        }
        let text = &self.text[first.0 as usize..last.1 as usize];
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Adds what is shown below a node.
    fn add(&mut self, tree: &Tree, root: Id) {
        let from = self.text.len();
        let has_list = parts::lists_footnotes(tree);
        let mut asides = Vec::new();
        let mut steps: Vec<Step> = vec![Step::Page];
        steps.extend(children(tree, root).map(Step::Enter));
        while let Some(step) = steps.pop() {
            let id = match step {
                Step::Enter(id) => id,
                Step::Part => {
                    self.text.push(' ');
                    continue;
                }
                Step::Page => {
                    for id in asides.drain(..) {
                        self.text.extend([" ", &parts::text(tree, id), " "]);
                    }
                    continue;
                }
            };
            steps.extend(tree.nodes[id].next.map(Step::Enter));
            match &tree.nodes[id].kind {
                NodeKind::Text(text) => self.text.push_str(text),
                NodeKind::Element { attributes, .. } if parts::is_footnote(attributes) => {
                    match has_list {
                        true => self.left_out.parts += 1,
                        false => asides.push(id),
                    }
                }
                NodeKind::Element { name, attributes, .. } => {
                    if self.leaves_out(tree, id, (name, attributes)) {
                        continue;
                    }
                    if !is_inline(&name.local) || is_apart(&name.local, attributes) {
                        self.text.push(' ');
                        steps.push(Step::Part);
                    }
                    steps.extend(children(tree, id).map(Step::Enter));
                }
                NodeKind::Comment(text) if text.trim() == "nextpage" => steps.push(Step::Page),
                NodeKind::Comment(_) | NodeKind::Fragment => {}
            }
        }
        self.text.push(' ');
        self.split(from);
    }

    fn leaves_out(
        &mut self,
        tree: &Tree,
        id: Id,
        (name, attributes): (&QualName, &[Attribute]),
    ) -> bool {
        if matches!(&*name.local, "script" | "style") {
            self.left_out.scripts += 1;
            return true;
        }
        if name.ns != ns!(html) {
            return false;
        }
        if parts::is_left_out(tree, id, &name.local, attributes) {
            self.left_out.parts += 1;
            self.text.push(' ');
            return true;
        }
        match &*name.local {
            "template" | "title" | "noframes" | "noembed" | "frameset" => true,
            "iframe" | "object" | "embed" | "applet" => {
                self.left_out.frames += 1;
                true
            }
            "a" | "span" if has_class(attributes, "embed-facade") => true,
            "div" if has_class(attributes, "wp-block-embed__wrapper") => {
                let is_address = is_address(tree, id);
                self.left_out.frames += usize::from(is_address);
                self.text.push(' ');
                is_address
            }
            "div" | "form" if is_form_of_wordpress(attributes) => {
                self.left_out.forms += 1;
                true
            }
            "button" => has_class(attributes, "lightbox-trigger"),
            // The words of its tab once more, above a panel.
            "h2" | "h3" | "h4" | "h5" | "h6" => has_class(attributes, "wp-block-tab-panel__label"),
            _ => false,
        }
    }

    fn split(&mut self, from: usize) {
        let mut start = None;
        let mut before = ' ';
        let mut letters = self.text[from..].char_indices().peekable();
        while let Some((at, letter)) = letters.next() {
            let at = (from + at) as u32;
            let after = letters.peek().map_or(' ', |(_, next)| *next);
            // Between numbers WordPress sets a cross in some places.
            let is_cross = letter == 'x' && before.is_ascii_digit() && after.is_ascii_digit();
            let is_part = letter.is_alphanumeric() && !is_cross;
            let is_alone = is_part && stands_alone(letter);
            if (is_alone || !is_part)
                && let Some(start) = start.take()
            {
                self.spans.push((start, at));
            }
            if is_alone {
                self.spans.push((at, at + letter.len_utf8() as u32));
            } else if is_part {
                start.get_or_insert(at);
            }
            before = letter;
        }
    }
}

enum Step {
    Enter(Id),
    /// The edge of a block.
    Part,
    /// The end of a page, at which its footnotes stand.
    Page,
}

/// Returns the first node below one; the others follow it.
pub fn children(tree: &Tree, id: Id) -> impl Iterator<Item = Id> {
    tree.nodes[id].first.into_iter()
}

fn options() -> ParseOpts {
    let mut options = ParseOpts::default();
    options.tree_builder.scripting_enabled = false;
    options
}

/// Returns `html` without characters that no browser shows.
fn clean(html: &str) -> String {
    html.chars().filter(|letter| !letter.is_control() || letter.is_whitespace()).collect()
}

/// Returns how deep tags nest at most, of those that need an end tag.
fn depth(html: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    for at in memchr::memchr_iter(b'<', html.as_bytes()) {
        let rest = &html[at + 1..];
        let (rest, is_end) = rest.strip_prefix('/').map_or((rest, false), |rest| (rest, true));
        let length = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
        let name = rest[..length].to_ascii_lowercase();
        let needs_none = matches!(&*name, "" | "p" | "li" | "dt" | "dd" | "td" | "th" | "tr");
        if needs_none || is_void(&name) {
            continue;
        }
        depth = if is_end { depth.saturating_sub(1) } else { depth + 1 };
        deepest = deepest.max(depth);
    }
    deepest
}

/// Returns an attribute. Empty if there is none.
pub fn attribute<'a>(attributes: &'a [Attribute], name: &str) -> &'a str {
    let found = attributes.iter().find(|attribute| &*attribute.name.local == name);
    found.map_or("", |attribute| &attribute.value)
}

/// Returns whether a class is among an element's.
pub fn has_class(attributes: &[Attribute], class: &str) -> bool {
    attribute(attributes, "class").split_ascii_whitespace().any(|other| other == class)
}

/// Returns whether an element holds an address and nothing else: WordPress left it where it could
/// not ask the other site what to show.
fn is_address(tree: &Tree, id: Id) -> bool {
    let Some(first) = tree.nodes[id].first else { return false };
    let NodeKind::Text(text) = &tree.nodes[first].kind else { return false };
    let text = text.trim();
    let is_web =
        text.starts_with("http://") || text.starts_with("https://") || text.starts_with("//");
    tree.nodes[first].next.is_none() && is_web && !text.contains(char::is_whitespace)
}

fn is_form_of_wordpress(attributes: &[Attribute]) -> bool {
    const SCRIPTS: [&str; 4] =
        ["wp-comments-post.php", "wp-login.php", "wp-signup.php", "wp-admin/"];
    const NAMES: [&str; 3] = ["commentform", "loginform", "lostpasswordform"];
    let action = attribute(attributes, "action");
    SCRIPTS.iter().any(|script| action.contains(script))
        || NAMES.contains(&attribute(attributes, "id"))
        || NAMES.contains(&attribute(attributes, "name"))
        || has_class(attributes, "post-password-form")
        || has_class(attributes, "comment-respond")
}

/// Returns whether an element's edges part no words.
fn is_inline(name: &str) -> bool {
    const NAMES: [&str; 38] = [
        "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn",
        "em", "font", "i", "ins", "kbd", "label", "mark", "nobr", "q", "rb", "rp", "rt", "ruby",
        "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var",
        "wbr",
    ];
    NAMES.contains(&name)
}

/// Returns whether a line holds an element that is seen apart from the words around it: what was a
/// button or a block, and tabs.
fn is_apart(name: &str, attributes: &[Attribute]) -> bool {
    has_class(attributes, "was-button")
        || has_class(attributes, "was-block")
        || name == "span" && attribute(attributes, "role") == "button"
        || attribute(attributes, "role") == "tab"
        || attribute(attributes, "class").split_ascii_whitespace().any(tooltips::is_tooltip)
}

/// Returns whether a letter is of a script that has no spaces between words.
pub fn stands_alone(letter: char) -> bool {
    matches!(letter,
        '\u{e00}'..='\u{eff}'
        | '\u{1000}'..='\u{109f}'
        | '\u{1780}'..='\u{17ff}'
        | '\u{3040}'..='\u{30ff}'
        | '\u{3400}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(html: &str, expected: &[&str]) {
        let words = Words::of_text(html).unwrap();
        let found: Vec<&str> = (0..words.len()).map(|index| words.get(index)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn words_are_what_signs_and_edges_of_blocks_part() {
        check("<p>A&amp;B <b>c</b>d</p><p>e</p>f", &["A", "B", "cd", "e", "f"]);
        check("<ul><li>a<li>b</ul>", &["a", "b"]);
        check("3x4 3×4 x4", &["3", "4", "3", "4", "x4"]);
        check("བོད་ཡིག ไทย 中文", &["བོད", "ཡིག", "ไ", "ท", "ย", "中", "文"]);
    }

    #[test]
    fn what_is_no_text_is_counted() {
        let words = Words::of_text(
            "<p>a<script>x</script><iframe src=y>z</iframe><form id=loginform>u</form>\
             <div class=wp-block-embed__wrapper>https://a.example/</div>b",
        )
        .unwrap();
        assert_eq!(words.len(), 2);
        assert_eq!(words.left_out, LeftOut { scripts: 1, frames: 2, forms: 1, parts: 0 });
    }

    #[test]
    fn what_only_scripts_answer_is_no_text() {
        check(
            "a<div class=sharedaddy>Share <a href=#>X</a></div><a href='/b/?share=x'>X</a><div class='x-loading'>Loading …</div>\
             <button><span class=sr-only>Play</span></button><button>b</button><noscript>Enable JavaScript</noscript>\
             <span data-to-value=9>0</span><div class=jp-relatedposts><h3>Related</h3></div>c",
            &["a", "b", "c"],
        );
    }

    #[test]
    fn footnotes_of_plugins_stand_at_the_end_of_a_page() {
        let note = |text: &str| format!("<span class=footnote_tooltip>{text} <b>x</b></span>");
        check(&format!("a{} b<!--nextpage-->c", note("d")), &["a", "b", "d", "x", "c"]);
        let listed = format!("a{} b<div class=footnotes_reference_container>d x</div>", note("d"));
        check(&listed, &["a", "b", "d", "x"]);
    }

    #[test]
    fn the_text_of_a_page_is_its_entry_content() {
        let mut words = Words::default();
        let page = "<main>a<div class=\"x entry-content\"><p>b</div>c</main>";
        assert!(words.add_page(page));
        assert_eq!((words.len(), words.get(0)), (1, "b"));
        assert!(!words.add_page("<main>a</main>"));
    }

    #[test]
    fn what_nests_too_deep_is_not_read() {
        assert!(Words::of_text(&"<div>".repeat(100_000)).is_none());
        assert!(Words::of_text(&"<p>a<br>".repeat(2_000)).is_some());
    }
}
