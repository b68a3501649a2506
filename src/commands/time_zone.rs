//! The old site's time zone, as far as the dates of its posts tell. Pure.

use std::collections::BTreeMap;

use chrono::Datelike;

use crate::model::{Export, Post};
use crate::site::time::Zone;

/// No clock is further from UTC, in minutes.
const FARTHEST: i64 = 14 * 60;

/// Clocks differ by such steps, in minutes: other dates were edited by hand.
const STEP: i64 = 15;

/// How far the clock of a site was ahead of UTC: one number, or one for winter and one for summer.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Clock {
    /// In minutes, ascending.
    ahead: Vec<i64>,
    /// Whether posts are from both halves of the year, so that a change of the clock would show.
    is_of_all_year: bool,
}

/// What is known of an offset.
#[derive(Default)]
struct Seen {
    count: usize,
    winter: bool,
    summer: bool,
}

/// Returns what the dates of public posts tell, if each has its time both at the site and in UTC.
pub fn clock(export: &Export) -> Option<Clock> {
    let mut seen: BTreeMap<i64, Seen> = BTreeMap::new();
    let dated = |post: &&Post| post.date.is_some() || post.date_gmt.is_some();
    for post in export.posts.iter().filter(|post| post.is_public()).filter(dated) {
        let (local, utc) = (post.date?, post.date_gmt?);
        let ahead = (local - utc).num_minutes();
        if ahead.abs() > FARTHEST || ahead % STEP != 0 {
            continue;
        }
        let seen = seen.entry(ahead).or_default();
        seen.count += 1;
        seen.winter |= matches!(utc.month(), 11 | 12 | 1 | 2);
        seen.summer |= matches!(utc.month(), 5..=8);
    }
    let is_of_all_year = seen.values().any(|it| it.winter) && seen.values().any(|it| it.summer);
    let mut seen: Vec<(i64, Seen)> = seen.into_iter().collect();
    seen.sort_by_key(|(_, seen)| std::cmp::Reverse(seen.count));
    // Clocks go forward and back: what is more than that was edited by hand.
    let mut ahead: Vec<i64> = seen.into_iter().take(2).map(|(ahead, _)| ahead).collect();
    ahead.sort_unstable();
    (!ahead.is_empty()).then_some(Clock { ahead, is_of_all_year })
}

impl Clock {
    /// Returns it for people: `UTC+01:00 and UTC+02:00`.
    pub fn told(&self) -> String {
        self.ahead.iter().map(|ahead| from_utc(*ahead)).collect::<Vec<_>>().join(" and ")
    }

    /// Returns the name of a time zone that has this clock all year. Where the clock changes, or is no
    /// whole hours from UTC, many places may be meant.
    pub fn zone(&self) -> Option<String> {
        let [ahead] = self.ahead[..] else { return None };
        let name = match ahead {
            0 => "UTC".to_owned(),
            // These names count westwards.
            _ => format!("Etc/GMT{:+}", -ahead / 60),
        };
        let is_whole = ahead % 60 == 0 && self.is_of_all_year;
        (is_whole && Zone::parse(&name).is_ok()).then_some(name)
    }
}

/// Returns so many minutes ahead of UTC as `UTC+05:30`.
pub fn from_utc(ahead: i64) -> String {
    let sign = if ahead < 0 { '-' } else { '+' };
    match ahead.abs() {
        0 => "UTC".to_owned(),
        minutes => format!("UTC{sign}{:02}:{:02}", minutes / 60, minutes % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Post, Status};

    #[track_caller]
    fn check(dates: &[(&str, &str)], expected: &str) {
        let post = |(local, utc): &(&str, &str)| Post {
            status: Status::Publish,
            date: local.parse().ok(),
            date_gmt: utc.parse().ok(),
            ..Post::default()
        };
        let export = Export { posts: dates.iter().map(post).collect(), ..Export::default() };
        let told = clock(&export).map(|it| format!("{}: {:?}", it.told(), it.zone()));
        assert_eq!(told.as_deref().unwrap_or("unknown"), expected);
    }

    #[test]
    fn dates_of_both_kinds_tell_the_clock() {
        let winter = ("2026-01-05T11:00:00", "2026-01-05T08:00:00");
        let summer = ("2026-07-05T11:00:00", "2026-07-05T08:00:00");
        check(&[winter, summer], "UTC+03:00: Some(\"Etc/GMT-3\")");
        check(&[winter, winter], "UTC+03:00: None");
        let summer = ("2026-07-05T12:00:00", summer.1);
        check(&[summer, winter], "UTC+03:00 and UTC+04:00: None");
        let edited = ("2026-07-05T12:07:00", summer.1);
        check(&[winter, edited], "UTC+03:00: None");
        let half =
            |month| (format!("2026-{month}-05T13:30:00"), format!("2026-{month}-05T08:00:00"));
        let (first, last) = (half("01"), half("07"));
        check(&[(&first.0, &first.1), (&last.0, &last.1)], "UTC+05:30: None");
        let utc = ("2026-01-05T08:00:00", "2026-01-05T08:00:00");
        let west = ("2026-07-05T03:00:00", "2026-07-05T08:00:00");
        check(&[utc, ("2026-07-05T08:00:00", west.1)], "UTC: Some(\"UTC\")");
        check(&[("2026-01-05T03:00:00", utc.1), west], "UTC-05:00: Some(\"Etc/GMT+5\")");
    }

    #[test]
    fn a_post_with_one_date_needs_the_time_zone() {
        let both = ("2026-01-05T11:00:00", "2026-01-05T08:00:00");
        check(&[both, ("2026-07-05T11:00:00", "")], "unknown");
        check(&[both, ("", "2026-07-05T08:00:00")], "unknown");
        check(&[both, ("", "")], "UTC+03:00: None");
        check(&[], "unknown");
    }
}
