//! Posts that a list shows to whoever saved the answer, and not to readers; and what a text shows to
//! subscribers only.
//!
//! Query loops name a post's status in the classes of its element, and whether it needs a password. Other
//! lists say nothing: there only the address an entry leads to tells, or what WordPress puts before a private post's title.

mod lists;

#[cfg(test)]
mod tests;

use std::borrow::Cow;

use crate::content::Setting;
use crate::content::hidden::lists::{Classed, Links, Role, Signs};
use crate::content::html::clean::attributes::Attributes;
use crate::content::html::markup::Markup;
use crate::content::html::repair;
use crate::content::html::tokens::{Kind, Tag};
use crate::content::surroundings::{Surroundings, Target, Withheld};
use crate::diagnostics::Diagnostic;

/// What of a rendered text is wanted.
#[derive(Clone, Copy)]
enum Wanted<'s> {
    /// What readers of the site saw.
    ForReaders(&'s dyn Surroundings),
    /// What its author wrote: no lists that WordPress made.
    OfAuthor,
    /// All that does not look like a private post.
    Unsuspicious,
}

/// How many posts are left out of lists, and what else.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct LeftOut {
    /// Readers never saw them.
    pub hidden: usize,
    /// They ask for a password.
    pub protected: usize,
    /// No posts, but parts of the text for members.
    pub for_members: usize,
}

/// Returns rendered HTML without the posts in its lists that are not public, and how many those
/// are.
pub fn without<'h>(html: &'h str, site: &dyn Surroundings) -> (Cow<'h, str>, LeftOut) {
    pick(html, Wanted::ForReaders(site))
}

/// Returns rendered HTML without the lists of posts that WordPress made, which its own excerpts have not
/// either, and without links that look like private posts. Tells whether anything is suspicious.
pub fn of_author(html: &str) -> (Cow<'_, str>, bool) {
    match pick(html, Wanted::OfAuthor) {
        (Cow::Borrowed(html), _) => (Cow::Borrowed(html), false),
        (own, _) => (own, is_suspicious(html)),
    }
}

/// Returns whether a list in rendered HTML shows what looks like a post that is not public.
pub fn is_suspicious(html: &str) -> bool {
    pick(html, Wanted::Unsuspicious).1.hidden > 0
}

/// Tells what was left out of lists.
pub fn tell(left_out: LeftOut, setting: &Setting<'_>) -> impl Iterator<Item = Diagnostic> {
    let posts = |count: usize| match count {
        1 => "a post".to_owned(),
        count => format!("{count} posts"),
    };
    let is_or_are = if left_out.hidden == 1 { "is" } else { "are" };
    let hidden = format!(
        "left {} that {is_or_are} not public out of a list: the answer was saved by somebody who sees more than readers",
        posts(left_out.hidden)
    );
    let protected =
        format!("left {} out of a list, for which a password is needed", posts(left_out.protected));
    let told = [
        (left_out.hidden, hidden, "save it again as a visitor, without logging in"),
        (left_out.protected, protected, "nothing, if nobody is to see it without the password"),
    ];
    let lists = told.into_iter().filter(|(count, ..)| *count > 0).map(|(_, message, help)| {
        Diagnostic::warning("hidden-in-list", message, setting.location.clone()).with_help(help)
    });
    let members = (left_out.for_members > 0).then(|| {
        let message = "left out what only members saw: the answer was saved by one of them";
        Diagnostic::warning("members-only", message, setting.location.clone()).with_help(
            "nothing, if it is to stay hidden; else move it out of the block for members",
        )
    });
    lists.chain(members)
}

fn pick<'h>(html: &'h str, wanted: Wanted<'_>) -> (Cow<'h, str>, LeftOut) {
    // Almost no text has any, so a look is enough.
    let signs = Signs::of(html);
    let may_be_marked = match wanted {
        Wanted::ForReaders(site) => signs.has_marks && site.withholds_posts(),
        Wanted::OfAuthor | Wanted::Unsuspicious => signs.has_marks,
    };
    if !may_be_marked && !signs.has_lists {
        return (Cow::Borrowed(html), LeftOut::default());
    }
    match Markup::balanced(html) {
        Some(markup) => {
            let (shown, left_out) = cut(&markup, wanted);
            (Cow::Owned(shown), left_out)
        }
        None => {
            let repaired = repair::repair(html);
            let (shown, left_out) = cut(&Markup::printed(&repaired.html), wanted);
            (Cow::Owned(shown), left_out)
        }
    }
}

fn cut(markup: &Markup<'_>, wanted: Wanted<'_>) -> (String, LeftOut) {
    let mut cutter = Cutter {
        markup,
        wanted,
        links: Links::of(markup),
        list_end: 0,
        left_out: LeftOut::default(),
    };
    let mut shown = String::with_capacity(markup.html.len());
    let mut index = 0;
    while let Some(token) = markup.tokens.get(index) {
        let next = match token.kind {
            Kind::Start(tag) => cutter.cut_at(index, tag),
            _ => None,
        };
        if next.is_none_or(|next| matches!(next, Next::Below(_))) {
            shown.push_str(markup.source(index));
        }
        index = match next {
            None => index + 1,
            Some(Next::After(next) | Next::Below(next)) => next,
        };
    }
    (shown, cutter.left_out)
}

/// Where to go on after what is left out.
#[derive(Clone, Copy, Debug)]
enum Next {
    /// After an element that goes.
    After(usize),
    /// At the list within an entry, which stays with its tags.
    Below(usize),
}

/// Decides what goes.
struct Cutter<'m, 'h, 's> {
    markup: &'m Markup<'h>,
    wanted: Wanted<'s>,
    links: Links,
    /// Of the last list that WordPress made.
    list_end: usize,
    left_out: LeftOut,
}

impl Cutter<'_, '_, '_> {
    fn cut_at(&mut self, index: usize, tag: Tag<'_>) -> Option<Next> {
        let end = self.markup.end_of(index);
        let attributes = if tag.attributes.contains("class") {
            Attributes::read(tag)
        } else {
            Attributes::default()
        };
        if let Some(why) = Classed::of(&attributes).and_then(|post| self.withheld_post(post)) {
            self.count(why);
            return Some(Next::After(end + 1));
        }
        let role = match Role::of(&attributes) {
            None if tag.name == "li" && index < self.list_end => Role::Post,
            None => return self.cut_marked(index, tag.name),
            Some(role) => role,
        };
        let is_own = matches!(self.wanted, Wanted::OfAuthor);
        match role {
            Role::ForMembers => {
                self.left_out.for_members += 1;
                Some(Next::After(end + 1))
            }
            _ if is_own => Some(Next::After(end + 1)),
            Role::List => {
                self.list_end = self.list_end.max(end);
                None
            }
            Role::Post | Role::Comment => {
                let link = match role {
                    Role::Comment => self.links.last_in(index, end),
                    _ => self.links.first_in(index, end),
                };
                let link = link?;
                let why = self.withheld(link)?;
                self.count(why);
                // The pages below a hidden one may be public.
                let below = lists::list_in(self.markup, link, end);
                Some(below.map_or(Next::After(end + 1), Next::Below))
            }
        }
    }

    fn count(&mut self, why: Withheld) {
        match why {
            Withheld::Hidden => self.left_out.hidden += 1,
            Withheld::Protected => self.left_out.protected += 1,
        }
    }

    /// Returns why readers do not see a post. Of one that needs a password they saw the title, but it has
    /// no page here.
    fn withheld_post(&self, post: Classed) -> Option<Withheld> {
        match (post, self.wanted) {
            (Classed::Hidden, _) => Some(Withheld::Hidden),
            (Classed::Protected(id), Wanted::ForReaders(site)) => {
                site.withheld(&format!("/?p={id}"))
            }
            (Classed::Protected(_), _) => None,
        }
    }

    /// Takes out what shows a private post by a link that begins as WordPress begins its title, wherever
    /// a plugin or a theme put it: the item of a list with it, else the link alone.
    fn cut_marked(&mut self, index: usize, name: &str) -> Option<Next> {
        let end = self.markup.end_of(index);
        let link = match name {
            "a" => index,
            "li" => self.links.first_in(index, end)?,
            _ => return None,
        };
        if !lists::is_marked_private(self.markup, link) {
            return None;
        }
        if let Wanted::ForReaders(site) = self.wanted {
            let address = Attributes::read(self.markup.start_tag(link)?).get("href")?;
            site.withheld(&address).filter(|why| *why == Withheld::Hidden)?;
        }
        self.count(Withheld::Hidden);
        let below = lists::list_in(self.markup, link, end).filter(|_| name == "li");
        Some(below.map_or(Next::After(end + 1), Next::Below))
    }

    /// Returns why readers do not see what a link of a list leads to.
    fn withheld(&self, link: usize) -> Option<Withheld> {
        let is_marked = || lists::is_marked_private(self.markup, link);
        let Wanted::ForReaders(site) = self.wanted else {
            return is_marked().then_some(Withheld::Hidden);
        };
        let tag = self.markup.start_tag(link)?;
        let address = Attributes::read(tag).get("href")?;
        site.withheld(&address).or_else(|| {
            // A public post may be called so, too: then it is here.
            let is_lost = is_marked() && matches!(site.link(&address), Target::Lost(_));
            is_lost.then_some(Withheld::Hidden)
        })
    }
}
