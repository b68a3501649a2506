//! Where somebody is, and when.

use chrono::{DateTime, Days, FixedOffset};
use serde_json::Value;

use crate::content::block_html::dynamic::dates;
use crate::content::block_html::dynamic::words::word;
use crate::content::block_html::dynamic::wrapper::push_link;
use crate::content::block_html::render::{Place, Renderer};
use crate::content::html::entities::push_text;
use crate::content::surroundings::DatePattern;

/// Lists the places that a map shows, each with a link to a map. Returns whether there are any.
pub fn map(renderer: &mut Renderer<'_>, place: &Place<'_>) -> bool {
    let attributes = place.attributes();
    let points = attributes.at(&["points"]).and_then(Value::as_array);
    let mut items = String::new();
    for point in points.into_iter().flatten() {
        push_point(&mut items, point);
    }
    let is_shown = !items.is_empty();
    if is_shown {
        renderer.html.extend(["<ul class=\"wp-block-jetpack-map\">", &items, "</ul>"]);
    }
    is_shown
}

fn push_point(items: &mut String, point: &Value) {
    let text = |name: &str| point.get(name).and_then(Value::as_str).map(str::trim);
    let filled = |name: &str| text(name).filter(|text| !text.is_empty());
    let degrees =
        |name: &str| point.pointer(&format!("/coordinates/{name}")).and_then(Value::as_f64);
    let (latitude, longitude) = (degrees("latitude"), degrees("longitude"));
    let name = filled("title").or_else(|| filled("placeTitle"));
    if name.is_none() && (latitude.is_none() || longitude.is_none()) {
        return;
    }
    items.push_str("<li>");
    if let (Some(latitude), Some(longitude)) = (latitude, longitude) {
        let at = format!("{latitude}/{longitude}");
        let site = "https://www.openstreetmap.org";
        let address = format!("{site}/?mlat={latitude}&mlon={longitude}#map=15/{at}");
        push_link(items, &address, "");
        push_text(items, name.unwrap_or(&at));
        items.push_str("</a>");
    } else {
        push_text(items, name.unwrap_or_default());
    }
    let place = filled("placeTitle").filter(|place| Some(*place) != name);
    for words in [place, filled("caption")].into_iter().flatten() {
        items.push_str("<br>");
        push_text(items, words);
    }
    items.push_str("</li>");
}

/// Says what happens when: days are counted no more. Returns whether the block tells of it.
pub fn countdown(renderer: &mut Renderer<'_>, place: &Place<'_>) -> bool {
    let attributes = place.attributes();
    let moment = attributes.number(&["eventTimestamp"]);
    let moment = moment.and_then(|seconds| DateTime::from_timestamp(seconds as i64, 0));
    let Some(moment) = moment.map(|moment| moment.fixed_offset()) else { return false };
    let words = dates::written(renderer, &moment, "");
    let html = &mut renderer.html;
    html.push_str("<p class=\"wp-block-jetpack-event-countdown\">");
    if let Some(title) = attributes.text(&["eventTitle"]) {
        html.push_str("<strong>");
        push_text(html, title);
        html.push_str("</strong><br>");
    }
    dates::push(html, &moment, &words, "");
    html.push_str("</p>");
    true
}

const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
/// A Monday.
const MONDAY: &str = "2024-01-01T12:00:00Z";

/// Lists the days of a week, each with when it is open. Returns whether the block tells of any.
pub fn hours(renderer: &mut Renderer<'_>, place: &Place<'_>) -> bool {
    let attributes = place.attributes();
    let days = attributes.at(&["days"]).and_then(Value::as_array);
    let mut rows = String::new();
    for day in days.into_iter().flatten() {
        let Some(name) = day.get("name").and_then(Value::as_str) else { continue };
        rows.push_str("<dt>");
        push_text(&mut rows, &weekday(renderer, name));
        rows.push_str("</dt><dd>");
        let times: Vec<String> = stretches(day).collect();
        match &*times {
            [] => push_text(&mut rows, &word(renderer.context.surroundings, "closed")),
            times => push_text(&mut rows, &times.join(", ")),
        }
        rows.push_str("</dd>");
    }
    let is_shown = !rows.is_empty();
    if is_shown {
        let list = ["<dl class=\"wp-block-jetpack-business-hours\">", &rows, "</dl>"];
        renderer.html.extend(list);
    }
    is_shown
}

/// Returns the name of a day in the site's language.
fn weekday(renderer: &Renderer<'_>, name: &str) -> String {
    let index = DAYS.iter().position(|day| name.starts_with(day));
    let monday = DateTime::<FixedOffset>::parse_from_rfc3339(MONDAY).ok();
    let day = index.and_then(|index| monday?.checked_add_days(Days::new(index as u64)));
    match day {
        Some(day) => renderer.context.surroundings.date(&day, DatePattern::Written("%A")),
        None => name.to_owned(),
    }
}

fn stretches(day: &Value) -> impl Iterator<Item = String> {
    let hours = day.get("hours").and_then(Value::as_array);
    hours.into_iter().flatten().filter_map(|stretch| {
        let time = |name: &str| stretch.get(name).and_then(Value::as_str);
        match (time("opening").unwrap_or_default(), time("closing").unwrap_or_default()) {
            ("", "") => None,
            (opening, closing) => Some(format!("{opening} – {closing}")),
        }
    })
}

#[cfg(test)]
mod tests {
    use crate::content::testing::normalize_as;
    use crate::model::BodyFormat;

    #[track_caller]
    fn check(block: &str, expected: &str) {
        let content = normalize_as(BodyFormat::Blocks, &format!("<!-- wp:jetpack/{block} /-->"));
        assert_eq!(content.pages[0].as_str(), expected);
        assert!(content.diagnostics.is_empty(), "{:?}", content.diagnostics);
    }

    #[test]
    fn hours_are_listed() {
        check(
            r#"business-hours {"days":[{"name":"Mon","hours":[{"opening":"09:00","closing":"12:00"},{"opening":"14:00","closing":"17:00"}]},{"name":"Sun","hours":[]}]}"#,
            "<dl class=\"wp-block-jetpack-business-hours\"><dt>Monday</dt><dd>09:00 – 12:00, 14:00 – 17:00</dd>\
             <dt>Sunday</dt><dd>Closed</dd></dl>",
        );
    }

    #[test]
    fn what_was_awaited_has_a_date() {
        check(
            r#"event-countdown {"eventTimestamp":1600000000,"eventTitle":"Big walk"}"#,
            "<p class=\"wp-block-jetpack-event-countdown\"><strong>Big walk</strong><br>\
             <time datetime=\"2020-09-13T12:26:40+00:00\">2020-09-13</time></p>",
        );
    }

    #[test]
    fn places_are_linked_to_a_map() {
        check(
            r#"map {"points":[{"title":"Hut","placeTitle":"Wanaka <NZ>","caption":"Start","coordinates":{"longitude":169.13,"latitude":-44.7}}]}"#,
            "<ul class=\"wp-block-jetpack-map\"><li><a href=\"https://www.openstreetmap.org/?mlat=-44.7&amp;mlon=169.13#map=15/-44.7/169.13\">Hut</a>\
             <br>Wanaka &lt;NZ&gt;<br>Start</li></ul>",
        );
    }
}
