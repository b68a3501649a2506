//! Lists of the months, years or days that have posts, and the calendar of a month.

mod calendar;

use std::fmt::Write;

use chrono::{DateTime, Datelike, FixedOffset};

use crate::content::block_html::dynamic::dates;
use crate::content::block_html::dynamic::post::address;
use crate::content::block_html::dynamic::terms::{menu_label, push_menu};
use crate::content::block_html::dynamic::words::word;
use crate::content::block_html::dynamic::wrapper::{Wrapper, push_link};
use crate::content::block_html::render::{Place, Renderer};
use crate::content::block_html::scope::Scope;
use crate::content::blocks::attributes::Attributes;
use crate::content::surroundings::DatePattern;
use crate::content::surroundings::facts::PostFacts;
use crate::content::text::plain_text;

/// Prints one of these blocks.
pub fn print(renderer: &mut Renderer<'_>, place: &Place<'_>, _: &Scope, name: &str) -> bool {
    match name {
        "archives" => archives(renderer, place),
        "calendar" => calendar::print(renderer, &place.attributes(), &moments(renderer)),
        _ => return false,
    }
    true
}

/// A stretch of time in which posts were written.
struct Stretch {
    /// Of one of the posts.
    moment: DateTime<FixedOffset>,
    count: usize,
}

/// Returns the moments of all posts, newest first.
fn moments(renderer: &Renderer<'_>) -> Vec<DateTime<FixedOffset>> {
    let surroundings = renderer.context.surroundings;
    let posts = surroundings.posts("post").into_iter();
    posts.filter_map(|id| surroundings.post(id)?.date).collect()
}

fn archives(renderer: &mut Renderer<'_>, place: &Place<'_>) {
    let attributes = &place.attributes();
    let kind = attributes.text(&["type"]).unwrap_or("monthly");
    let items = match kind {
        "postbypost" | "alpha" => posts(renderer, place, attributes),
        _ => stretches(renderer, attributes, kind),
    };
    let surroundings = renderer.context.surroundings;
    let is_menu = attributes.is_on(&["displayAsDropdown"]);
    let (tag, shape) = if is_menu { ("div", "dropdown") } else { ("ul", "list") };
    let tag = if items.is_empty() { "div" } else { tag };
    Wrapper::new(tag, "archives")
        .class(format!("wp-block-archives-{shape}"))
        .open(renderer, attributes);
    let html = &mut renderer.html;
    if items.is_empty() {
        html.push_str(&word(surroundings, "no_archives"));
    } else if is_menu {
        let label = word(surroundings, "archives");
        let choose = match kind {
            "yearly" => "select_year",
            "daily" => "select_day",
            "weekly" => "select_week",
            _ => "select_month",
        };
        let label = menu_label("archives", &label, attributes);
        push_menu(html, &label, &word(surroundings, choose), &items);
    } else {
        html.push_str(&items);
    }
    let _ = write!(html, "</{tag}>");
}

/// Returns how many entries a list has at most: of the shortcode, which may say so.
fn limit(attributes: &Attributes) -> usize {
    attributes.count(&["limit"]).filter(|limit| *limit > 0).unwrap_or(usize::MAX)
}

/// Lists the posts themselves, newest first or by title.
fn posts(renderer: &mut Renderer<'_>, place: &Place<'_>, attributes: &Attributes) -> String {
    let surroundings = renderer.context.surroundings;
    let ids = surroundings.posts("post").into_iter();
    let mut posts: Vec<PostFacts<'_>> = ids.filter_map(|id| surroundings.post(id)).collect();
    if attributes.text(&["type"]) == Some("alpha") {
        posts.sort_by_cached_key(|post| plain_text(post.title).to_lowercase());
    }
    let mut items = String::new();
    for post in posts.iter().take(limit(attributes)) {
        if !renderer.may_repeat(place) {
            break;
        }
        let title = match post.title.trim() {
            "" => word(surroundings, "no_title"),
            title => title.to_owned(),
        };
        items.push_str("<li>");
        push_link(&mut items, &address(post.id), "");
        items.extend([&title, "</a></li>\n"]);
    }
    items
}

/// Lists the stretches of time that have posts, newest first.
fn stretches(renderer: &Renderer<'_>, attributes: &Attributes, kind: &str) -> String {
    let is_same = |one: &DateTime<FixedOffset>, other: &DateTime<FixedOffset>| match kind {
        "yearly" => one.year() == other.year(),
        "daily" => one.date_naive() == other.date_naive(),
        "weekly" => (one.year(), week_of_year(one)) == (other.year(), week_of_year(other)),
        _ => (one.year(), one.month()) == (other.year(), other.month()),
    };
    let mut stretches: Vec<Stretch> = Vec::new();
    for moment in moments(renderer) {
        match stretches.last_mut() {
            Some(last) if is_same(&last.moment, &moment) => last.count += 1,
            _ => stretches.push(Stretch { moment, count: 1 }),
        }
    }
    stretches.truncate(limit(attributes));
    items(renderer, attributes, kind, &stretches)
}

fn items(
    renderer: &Renderer<'_>,
    attributes: &Attributes,
    kind: &str,
    stretches: &[Stretch],
) -> String {
    let has_counts = attributes.is_on(&["showPostCounts"]);
    let mut items = String::new();
    for stretch in stretches {
        let (address, words) = address_and_words(renderer, kind, &stretch.moment);
        items.push_str("<li>");
        push_link(&mut items, &address, "");
        let _ = write!(items, "{words}</a>");
        if has_counts {
            let _ = write!(items, "&nbsp;({})", stretch.count);
        }
        items.push_str("</li>\n");
    }
    items
}

/// Returns the address of an archive, and what it is called.
fn address_and_words(
    renderer: &Renderer<'_>,
    kind: &str,
    moment: &DateTime<FixedOffset>,
) -> (String, String) {
    match kind {
        "yearly" => (moment.format("/?m=%Y").to_string(), moment.year().to_string()),
        "daily" => (moment.format("/?m=%Y%m%d").to_string(), dates::written(renderer, moment, "")),
        // A week has no page of its own here: that of its year answers.
        "weekly" => {
            let week_number = week_of_year(moment);
            (format!("{}&w={week_number}", moment.format("/?m=%Y")), week(renderer, moment))
        }
        _ => {
            let pattern = DatePattern::Written("%B %Y");
            let month = renderer.context.surroundings.date(moment, pattern);
            (moment.format("/?m=%Y%m").to_string(), month)
        }
    }
}

/// Returns the number of a moment's week within its year. The first with at least four days in the
/// year is 1, what lies before it 0: no week belongs to two years.
fn week_of_year(moment: &DateTime<FixedOffset>) -> u32 {
    let weekday = moment.weekday().num_days_from_monday();
    // Of the first of January.
    let first = (weekday + 7 * 53 - moment.ordinal0()) % 7;
    (moment.ordinal0() + first) / 7 + u32::from(first <= 3)
}

fn week(renderer: &Renderer<'_>, moment: &DateTime<FixedOffset>) -> String {
    let start = *moment - chrono::Days::new(u64::from(moment.weekday().num_days_from_monday()));
    let end = start + chrono::Days::new(6);
    format!("{}–{}", dates::written(renderer, &start, ""), dates::written(renderer, &end, ""))
}
