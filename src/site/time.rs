//! Moments: the site's time zone, and what the export leaves out of dates.

use std::cmp::Reverse;

use chrono::{DateTime, Datelike, FixedOffset, NaiveDateTime, Offset, TimeZone, Utc};

use crate::model::SiteRecord;

/// The site's time zone.
#[derive(Clone, Copy, Debug)]
pub enum Zone {
    /// One of the IANA database, with its summer times.
    Named(chrono_tz::Tz),
    /// Hours from Greenwich, as WordPress offers for those who do not find their city.
    Fixed(FixedOffset),
}

impl Zone {
    /// Parses an IANA name.
    ///
    /// # Errors
    /// There is no such time zone.
    pub fn parse(name: &str) -> anyhow::Result<Self> {
        name.parse().map(Self::Named).map_err(|_| {
            anyhow::anyhow!("`{name}` is not a time zone: write one like Asia/Kolkata or UTC")
        })
    }

    /// Returns the time zone the export tells, or UTC.
    pub fn of(record: &SiteRecord) -> Self {
        let named = record.timezone.as_deref().and_then(|name| Self::parse(name).ok());
        named.unwrap_or_else(|| {
            let seconds = record.gmt_offset.unwrap_or(0.0) * 3600.0;
            let offset = FixedOffset::east_opt(seconds as i32).unwrap_or(Utc.fix());
            Self::Fixed(offset)
        })
    }

    /// Returns the moment a record tells by its local time, its UTC time, or both.
    ///
    /// Feeds can only say years of four digits, in UTC and where the site is: a time within hours
    /// of their first or last is taken for UTC, so that it stays what the record says.
    pub fn moment(
        self,
        local: Option<NaiveDateTime>,
        utc: Option<NaiveDateTime>,
    ) -> Option<DateTime<FixedOffset>> {
        let found = self.moment_of_any_year(local, utc)?;
        let has_year = |moment: NaiveDateTime| (1..=9999).contains(&moment.year());
        if has_year(found.naive_utc()) && has_year(found.naive_local()) {
            return Some(found);
        }
        let told = local.or(utc).filter(|told| has_year(*told))?;
        Some(told.and_utc().fixed_offset())
    }

    fn moment_of_any_year(
        self,
        local: Option<NaiveDateTime>,
        utc: Option<NaiveDateTime>,
    ) -> Option<DateTime<FixedOffset>> {
        match (local, utc) {
            (Some(local), Some(utc)) => {
                let seconds = i32::try_from((local - utc).num_seconds()).ok();
                let offset = seconds.and_then(FixedOffset::east_opt);
                // A local time that is days off has been edited by hand: it is what readers saw.
                let offset = offset.unwrap_or_else(|| self.offset_at(local));
                offset.from_local_datetime(&local).single()
            }
            (Some(local), None) => self.offset_at(local).from_local_datetime(&local).single(),
            (None, Some(utc)) => {
                let offset = match self {
                    Self::Named(zone) => zone.offset_from_utc_datetime(&utc).fix(),
                    Self::Fixed(offset) => offset,
                };
                Some(offset.from_utc_datetime(&utc))
            }
            (None, None) => None,
        }
    }

    fn offset_at(self, local: NaiveDateTime) -> FixedOffset {
        match self {
            Self::Named(zone) => zone
                .offset_from_local_datetime(&local)
                .earliest()
                .map_or_else(|| zone.offset_from_utc_datetime(&local).fix(), |offset| offset.fix()),
            Self::Fixed(offset) => offset,
        }
    }
}

/// The order of lists: newest first; of the same second, WordPress shows the higher id first, which
/// stands later among the records. No date: last.
pub fn age(
    date: Option<DateTime<FixedOffset>>,
    record: usize,
) -> Reverse<(Option<NaiveDateTime>, usize)> {
    Reverse((date.map(|date| date.naive_local()), record))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(zone: &str, local: &str, utc: &str, expected: &str) {
        let moment = Zone::parse(zone).unwrap().moment(local.parse().ok(), utc.parse().ok());
        assert_eq!(moment.map_or("none".to_owned(), |moment| moment.to_rfc3339()), expected);
    }

    #[test]
    fn either_time_is_enough() {
        let (local, utc) = ("2026-06-05T08:39:53", "2026-06-05T03:09:53");
        check("Asia/Kolkata", local, utc, "2026-06-05T08:39:53+05:30");
        check("Asia/Kolkata", local, "", "2026-06-05T08:39:53+05:30");
        check("Asia/Kolkata", "", utc, "2026-06-05T08:39:53+05:30");
        check("Europe/Berlin", "2026-01-05T08:00:00", "", "2026-01-05T08:00:00+01:00");
        check("Europe/Berlin", "", "", "none");
    }

    #[test]
    fn an_hour_that_summer_time_left_out_is_a_moment_too() {
        check("Europe/Berlin", "2026-03-29T02:30:00", "", "2026-03-29T02:30:00+02:00");
    }

    #[test]
    fn every_moment_has_a_year_of_four_digits() {
        let (first, last) = ("0001-01-01T00:00:00", "9999-12-31T23:59:59");
        check("Asia/Kolkata", last, "", "9999-12-31T23:59:59+05:30");
        check("Asia/Kolkata", first, "", "0001-01-01T00:00:00+00:00");
        check("America/New_York", last, "", "9999-12-31T23:59:59+00:00");
        check("Asia/Kolkata", "", last, "9999-12-31T23:59:59+00:00");
        check("America/New_York", last, "2026-06-05T03:09:53", "9999-12-31T23:59:59+00:00");
        check("America/New_York", last, "+10000-01-01T04:59:59", "9999-12-31T23:59:59+00:00");
        check("UTC", "", "+10000-01-01T04:59:59", "none");
    }
}
