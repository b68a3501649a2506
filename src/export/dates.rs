//! Dates as REST, wp-cli, WordPress.com and people write them.

use chrono::{Datelike, NaiveDate, NaiveDateTime, TimeDelta};

/// A date and, where it is told, how far its clock is from Greenwich.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Moment {
    /// As written.
    pub(super) local: NaiveDateTime,
    /// East of Greenwich.
    pub(super) offset: Option<TimeDelta>,
}

impl Moment {
    /// Returns the moment in UTC. Without an offset it is in UTC already; an offset that leads out of
    /// the years of [`parse`] counts for nothing.
    pub(super) fn utc(self) -> NaiveDateTime {
        let offset = self.offset.unwrap_or_default();
        let utc = self.local.checked_sub_signed(offset);
        utc.filter(|utc| (1..=9999).contains(&utc.year())).unwrap_or(self.local)
    }
}

/// Parses `2026-06-05T03:09:53`, with a space for the `T`, with or without seconds, fractions of
/// them, `Z` or an offset, or the day alone. Only the years 1 to 9999 are dates.
pub(super) fn parse(text: &str) -> Option<Moment> {
    let text = text.trim();
    if !text.is_ascii() {
        return None;
    }
    let day = text.get(..10)?;
    let (year, month, date) = (digits(day.get(..4)?)?, digits(&day[5..7])?, digits(&day[8..10])?);
    if &day[4..5] != "-" || &day[7..8] != "-" || year == 0 {
        return None;
    }
    let day = NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, date)?;
    let rest = &text[10..];
    if rest.is_empty() {
        return Some(Moment { local: day.and_hms_opt(0, 0, 0)?, offset: None });
    }

    let rest = rest.strip_prefix(['T', 't', ' '])?;
    let (hour, minute) = (digits(rest.get(..2)?)?, digits(rest.get(3..5)?)?);
    let (second, zone) = match rest.get(5..6) {
        Some(":") => (digits(rest.get(6..8)?)?, &rest[8..]),
        _ => (0, &rest[5..]),
    };
    if rest.get(2..3) != Some(":") {
        return None;
    }
    let zone = match zone.strip_prefix('.') {
        Some(fraction) => fraction.trim_start_matches(|c: char| c.is_ascii_digit()),
        None => zone,
    };
    Some(Moment { local: day.and_hms_opt(hour, minute, second)?, offset: offset(zone.trim())? })
}

/// Returns the offset in `zone`; the inner `None` if it is empty.
fn offset(zone: &str) -> Option<Option<TimeDelta>> {
    let (sign, clock) = match zone.as_bytes() {
        [] => return Some(None),
        b"Z" | b"z" | b"UTC" | b"GMT" => return Some(Some(TimeDelta::zero())),
        [b'+', ..] => (1, &zone[1..]),
        [b'-', ..] => (-1, &zone[1..]),
        _ => return None,
    };
    let hours = digits(clock.get(..2)?)?;
    let minutes = match clock[2..].strip_prefix(':').unwrap_or(&clock[2..]) {
        "" => 0,
        minutes if minutes.len() == 2 => digits(minutes)?,
        _ => return None,
    };
    let is_possible = hours <= 15 && minutes < 60;
    is_possible.then(|| Some(TimeDelta::minutes(sign * i64::from(hours * 60 + minutes))))
}

fn digits(text: &str) -> Option<u32> {
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
    if is_number { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<(&str, &str)>) {
        let found = parse(text).map(|date| (date.local.to_string(), date.utc().to_string()));
        let found = found.as_ref().map(|(local, utc)| (local.as_str(), utc.as_str()));
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn dates_are_read_in_every_dress() {
        let plain = Some(("2026-06-05 03:09:53", "2026-06-05 03:09:53"));
        check("2026-06-05T03:09:53", plain);
        check("2026-06-05 03:09:53", plain);
        check(" 2026-06-05T03:09:53Z", plain);
        check("2026-06-05T03:09:53.125+00:00", plain);
        check("2026-06-05T03:09", Some(("2026-06-05 03:09:00", "2026-06-05 03:09:00")));
        check("2026-06-05", Some(("2026-06-05 00:00:00", "2026-06-05 00:00:00")));
    }

    #[test]
    fn an_offset_is_taken_off_for_utc() {
        check("2026-06-05T01:09:53+0530", Some(("2026-06-05 01:09:53", "2026-06-04 19:39:53")));
        check("2026-06-05 23:00:00 -02", Some(("2026-06-05 23:00:00", "2026-06-06 01:00:00")));
        check("9999-12-31 23:00:00 -02", Some(("9999-12-31 23:00:00", "9999-12-31 23:00:00")));
        check("0001-01-01 00:00:00 +02", Some(("0001-01-01 00:00:00", "0001-01-01 00:00:00")));
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in [
            "",
            "0000-00-00 00:00:00",
            "0000-01-01T00:00:00",
            "10000-01-01T00:00:00",
            "2026-02-30",
            "2026-06-05T25:00:00",
            "yesterday",
            "2026-06-05T03:09:53+99:99",
            "२०२६-०६-०५",
            "2026-06-05X",
            "2026é06-05",
            "2026-06-05T03:09é53",
            "2026-0é-05T03:09:53",
            "2026-06-05T03-09",
            "-001-01-01",
            "2026-06-05T03:09:5",
        ] {
            check(text, None);
        }
    }
}
