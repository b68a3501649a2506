//! Lists of the months, years or days that have posts, and the calendar of a month.

use std::fmt::Write;

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate};

use crate::content::block_html::attributes::Attributes;
use crate::content::block_html::render::{Place, Renderer};
use crate::content::block_html::scope::Scope;
use crate::content::surroundings::DatePattern;

use super::dates;
use super::terms::push_menu;
use super::words::word;
use super::wrapper::{Wrapper, attribute, push_link};

/// Prints one of these blocks.
pub fn print(renderer: &mut Renderer<'_>, place: &Place<'_>, _: &Scope, name: &str) -> bool {
    match name {
        "archives" => archives(renderer, &place.attributes()),
        "calendar" => calendar(renderer, &place.attributes()),
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

fn archives(renderer: &mut Renderer<'_>, attributes: &Attributes) {
    let kind = attributes.text(&["type"]).unwrap_or("monthly");
    let is_same = |one: &DateTime<FixedOffset>, other: &DateTime<FixedOffset>| match kind {
        "yearly" => one.year() == other.year(),
        "daily" => one.date_naive() == other.date_naive(),
        "weekly" => one.iso_week() == other.iso_week(),
        _ => (one.year(), one.month()) == (other.year(), other.month()),
    };
    let mut stretches: Vec<Stretch> = Vec::new();
    for moment in moments(renderer) {
        match stretches.last_mut() {
            Some(last) if is_same(&last.moment, &moment) => last.count += 1,
            _ => stretches.push(Stretch { moment, count: 1 }),
        }
    }
    let surroundings = renderer.context.surroundings;
    let mut items = String::new();
    for stretch in &stretches {
        item(renderer, &mut items, (kind, stretch), attributes.is_on(&["showPostCounts"]));
    }
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
            _ => "select_month",
        };
        let is_shown = attributes.is_not_off(&["showLabel"]);
        push_menu(html, (&label, is_shown), &word(surroundings, choose), &items);
    } else {
        html.push_str(&items);
    }
    let _ = write!(html, "</{tag}>");
}

fn item(
    renderer: &Renderer<'_>,
    items: &mut String,
    (kind, stretch): (&str, &Stretch),
    counts: bool,
) {
    let surroundings = renderer.context.surroundings;
    let moment = &stretch.moment;
    let (address, words) = match kind {
        "yearly" => (Some(moment.format("/?m=%Y")), moment.year().to_string()),
        "daily" => (Some(moment.format("/?m=%Y%m%d")), dates::written(renderer, moment, "")),
        "weekly" => (None, week(renderer, moment)),
        _ => {
            let month = surroundings.date(moment, DatePattern::Written("%B %Y"));
            (Some(moment.format("/?m=%Y%m")), month)
        }
    };
    items.push_str("<li>");
    match address {
        Some(address) => {
            push_link(items, &address.to_string(), "");
            let _ = write!(items, "{words}</a>");
        }
        // A week has no page of its own here.
        None => items.push_str(&words),
    }
    if counts {
        let _ = write!(items, "&nbsp;({})", stretch.count);
    }
    items.push_str("</li>\n");
}

fn week(renderer: &Renderer<'_>, moment: &DateTime<FixedOffset>) -> String {
    let start = *moment - chrono::Days::new(u64::from(moment.weekday().num_days_from_monday()));
    let end = start + chrono::Days::new(6);
    format!("{}–{}", dates::written(renderer, &start, ""), dates::written(renderer, &end, ""))
}

/// The month of the newest post: no clock is asked.
fn calendar(renderer: &mut Renderer<'_>, attributes: &Attributes) {
    let surroundings = renderer.context.surroundings;
    let moments = moments(renderer);
    let asked = attributes.count(&["year"]).zip(attributes.count(&["month"]));
    let asked = asked.and_then(|(year, month)| {
        NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, u32::try_from(month).ok()?, 1)
    });
    let Some(newest) = moments.first() else { return };
    let first = asked.unwrap_or_else(|| newest.date_naive().with_day(1).unwrap_or_default());
    let is_in = |day: NaiveDate| (day.year(), day.month()) == (first.year(), first.month());
    let days: std::collections::BTreeSet<u32> = moments
        .iter()
        .map(DateTime::date_naive)
        .filter(|day| is_in(*day))
        .map(|day| day.day())
        .collect();
    let name = |day: NaiveDate, pattern| {
        let moment = day.and_hms_opt(12, 0, 0).unwrap_or_default().and_utc().fixed_offset();
        surroundings.date(&moment, DatePattern::Written(pattern))
    };
    Wrapper::new("div", "calendar").open(renderer, attributes);
    let mut table = format!(
        "<table id=\"wp-calendar\" class=\"wp-calendar-table\"><caption>{}</caption><thead><tr>",
        name(first, "%B %Y")
    );
    // The fifth of January 2026 was a Monday.
    for day in 5..12 {
        let weekday = NaiveDate::from_ymd_opt(2026, 1, day).unwrap_or_default();
        let full = name(weekday, "%A");
        let initial: String = full.chars().take(1).collect();
        let _ = write!(
            table,
            "<th scope=\"col\"{}>{initial}</th>",
            attribute("aria-label", Some(&full))
        );
    }
    table.push_str("</tr></thead><tbody><tr>");
    let before = first.weekday().num_days_from_monday();
    if before > 0 {
        let _ = write!(table, "<td colspan=\"{before}\" class=\"pad\">&nbsp;</td>");
    }
    let mut column = before;
    for day in first.iter_days().take_while(|day| is_in(*day)) {
        if column == 7 {
            table.push_str("</tr><tr>");
            column = 0;
        }
        match days.contains(&day.day()) {
            true => {
                table.push_str("<td>");
                push_link(&mut table, &day.format("/?m=%Y%m%d").to_string(), "");
                let _ = write!(table, "{}</a></td>", day.day());
            }
            false => drop(write!(table, "<td>{}</td>", day.day())),
        }
        column += 1;
    }
    if column < 7 {
        let _ = write!(table, "<td class=\"pad\" colspan=\"{}\">&nbsp;</td>", 7 - column);
    }
    table.push_str("</tr></tbody></table></div>");
    renderer.html.push_str(&table);
}
