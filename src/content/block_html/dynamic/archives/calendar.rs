//! The calendar of a month, with links to the days that have posts.

use std::collections::BTreeSet;
use std::fmt::Write;

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate};

use crate::content::block_html::dynamic::wrapper::{Wrapper, attribute, push_link};
use crate::content::block_html::render::Renderer;
use crate::content::block_html::supports;
use crate::content::blocks::attributes::Attributes;
use crate::content::surroundings::{DatePattern, Surroundings};

/// A Monday: weeks begin with it.
const MONDAY: NaiveDate = NaiveDate::from_ymd_opt(2026, 1, 5).expect("that day was");

/// Prints the month that is asked for, else that of the newest of posts: no clock is asked.
pub fn print(
    renderer: &mut Renderer<'_>,
    attributes: &Attributes,
    posts: &[DateTime<FixedOffset>],
) {
    let surroundings = renderer.context.surroundings;
    let Some(newest) = posts.first() else { return };
    let asked = attributes.count(&["year"]).zip(attributes.count(&["month"]));
    let asked = asked.and_then(|(year, month)| {
        NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, u32::try_from(month).ok()?, 1)
    });
    let first = asked.unwrap_or_else(|| newest.date_naive().with_day(1).unwrap_or(MONDAY));
    let is_in = |day: &NaiveDate| (day.year(), day.month()) == (first.year(), first.month());
    let filled: BTreeSet<u32> =
        posts.iter().map(DateTime::date_naive).filter(is_in).map(|day| day.day()).collect();
    Wrapper::new("div", "calendar").open(renderer, attributes);
    // WordPress colours the table, not the block.
    let colors = supports::colors_of(attributes);
    let classes: String = colors.classes.iter().map(|class| format!(" {class}")).collect();
    let class = attribute("class", Some(&format!("wp-calendar-table{classes}")));
    let style = colors.style();
    let style = attribute("style", Some(style.as_str()).filter(|style| !style.is_empty()));
    let _ = write!(
        renderer.html,
        "<table id=\"wp-calendar\"{class}{style}><caption>{}</caption>{}<tbody>{}</tbody></table></div>",
        name(surroundings, first, "%B %Y"),
        weekdays(surroundings),
        weeks(first, &filled),
    );
}

fn name(surroundings: &dyn Surroundings, day: NaiveDate, pattern: &str) -> String {
    let noon = day.and_hms_opt(12, 0, 0).unwrap_or_default().and_utc().fixed_offset();
    surroundings.date(&noon, DatePattern::Written(pattern))
}

fn weekdays(surroundings: &dyn Surroundings) -> String {
    let mut row = String::from("<thead><tr>");
    for day in MONDAY.iter_days().take(7) {
        let full = name(surroundings, day, "%A");
        let initial: String = full.chars().take(1).collect();
        let label = attribute("aria-label", Some(&full));
        let _ = write!(row, "<th scope=\"col\"{label}>{initial}</th>");
    }
    row + "</tr></thead>"
}

fn weeks(first: NaiveDate, filled: &BTreeSet<u32>) -> String {
    let mut rows = String::from("<tr>");
    let mut column = first.weekday().num_days_from_monday();
    if column > 0 {
        let _ = write!(rows, "<td colspan=\"{column}\" class=\"pad\">&nbsp;</td>");
    }
    for day in first.iter_days().take_while(|day| day.month() == first.month()) {
        if column == 7 {
            rows.push_str("</tr><tr>");
            column = 0;
        }
        column += 1;
        rows.push_str("<td>");
        if filled.contains(&day.day()) {
            push_link(&mut rows, &day.format("/?m=%Y%m%d").to_string(), "");
            let _ = write!(rows, "{}</a>", day.day());
        } else {
            let _ = write!(rows, "{}", day.day());
        }
        rows.push_str("</td>");
    }
    if column < 7 {
        let _ = write!(rows, "<td class=\"pad\" colspan=\"{}\">&nbsp;</td>", 7 - column);
    }
    rows + "</tr>"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_with_posts_are_links() {
        let first = NaiveDate::from_ymd_opt(2026, 2, 1).unwrap();
        let rows = weeks(first, &BTreeSet::from([2]));
        assert!(rows.starts_with("<tr><td colspan=\"6\" class=\"pad\">&nbsp;</td><td>1</td></tr><tr><td><a href=\"/?m=20260202\">2</a></td>"));
        assert!(rows.ends_with("<td>28</td><td class=\"pad\" colspan=\"1\">&nbsp;</td></tr>"));
    }
}
