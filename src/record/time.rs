//! Times and days as lines carry them, and sums of them that cannot overflow.
//!
//! Invariant: what comes from a line is a real date from 1970 to 2200, in its own offset and in UTC.
//! A clock that is ten years off still writes; a year in which no calendar works ends nobody's app.

use chrono::{DateTime, Datelike, Days, FixedOffset, NaiveDate, TimeDelta, Utc};
use serde::{Deserialize, Deserializer};

/// The years that a line may speak of, both counted.
pub const YEARS: std::ops::RangeInclusive<i32> = 1970..=2200;

/// Reads `YYYY-MM-DDTHH:MM:SS[.fraction](Z|±HH:MM)`, and nothing else that RFC 3339 or a lenient reader
/// would take as well: a space or a small `t` for the `T`, space around it, a year of six digits.
#[must_use]
pub fn read_moment(text: &str) -> Option<DateTime<FixedOffset>> {
    let (whole, rest) = text.split_at_checked(19)?;
    let shape = whole.bytes().zip(b"dddd-dd-ddTdd:dd:dd".iter());
    let fits = |(byte, wanted): (u8, &u8)| match wanted {
        b'd' => byte.is_ascii_digit(),
        sign => byte == *sign,
    };
    let offset = match rest.strip_prefix('.') {
        Some(fraction) => {
            let offset = fraction.trim_start_matches(|c: char| c.is_ascii_digit());
            (offset.len() < fraction.len()).then_some(offset)?
        }
        None => rest,
    };
    let zone = match offset.as_bytes() {
        b"Z" => true,
        [b'+' | b'-', h, i, b':', m, n] => [h, i, m, n].iter().all(|digit| digit.is_ascii_digit()),
        _ => false,
    };
    if !(zone && shape.into_iter().all(fits)) {
        return None;
    }
    DateTime::parse_from_rfc3339(text).ok().filter(|at| moment_fits(*at))
}

/// Whether a time is one that a line may speak of.
#[must_use]
pub fn moment_fits(at: DateTime<FixedOffset>) -> bool {
    // `naive_local` of the last days of the calendar would overflow: the year in UTC is looked at first.
    let year = at.with_timezone(&Utc).year();
    YEARS.contains(&year) && YEARS.contains(&at.year())
}

/// A time that a line may speak of, as near as can be to a clock that nobody set: a phone that begins
/// in 1970 stands in 1969 west of Greenwich, and what it records has to be kept all the same.
#[must_use]
pub fn nearest(at: DateTime<FixedOffset>) -> DateTime<FixedOffset> {
    let utc = at.with_timezone(&Utc);
    // A day within the bounds, so that every offset is within them too.
    let first = DateTime::from_timestamp(86_400, 0).unwrap_or_default();
    let last = DateTime::from_timestamp(7_289_481_600, 0).unwrap_or_default();
    if moment_fits(at) { at } else { utc.clamp(first, last).with_timezone(at.offset()) }
}

/// Whether a day is one that a line may speak of.
#[must_use]
pub fn day_fits(day: NaiveDate) -> bool {
    YEARS.contains(&day.year())
}

/// A day so many days later (or earlier, of a negative number); the day itself where the calendar ends.
#[must_use]
pub fn days_after(day: NaiveDate, days: i64) -> NaiveDate {
    let by = Days::new(days.unsigned_abs());
    let moved = if days < 0 { day.checked_sub_days(by) } else { day.checked_add_days(by) };
    moved.unwrap_or(day)
}

/// A moment later by so much; itself where the calendar ends.
#[must_use]
pub fn after<Tz: chrono::TimeZone>(at: DateTime<Tz>, by: TimeDelta) -> DateTime<Tz> {
    at.clone().checked_add_signed(by).unwrap_or(at)
}

/// A moment earlier by so much; itself where the calendar ends.
#[must_use]
pub fn before<Tz: chrono::TimeZone>(at: DateTime<Tz>, by: TimeDelta) -> DateTime<Tz> {
    at.clone().checked_sub_signed(by).unwrap_or(at)
}

/// How long it is from one moment to another; negative where that one was before.
#[must_use]
pub fn between<Tz: chrono::TimeZone>(from: &DateTime<Tz>, to: &DateTime<Tz>) -> TimeDelta {
    to.clone().signed_duration_since(from)
}

/// So many days as a length of time; at most some three hundred thousand years.
#[must_use]
pub fn days(number: i64) -> TimeDelta {
    TimeDelta::try_days(number.clamp(-100_000_000, 100_000_000)).unwrap_or_default()
}

/// For a time in a body: out of range, the body does not read.
///
/// # Errors
/// Where it is no time, or one that no line may speak of.
pub fn moment<'de, D: Deserializer<'de>>(deserializer: D) -> Result<DateTime<FixedOffset>, D::Error> {
    let at = DateTime::deserialize(deserializer)?;
    if moment_fits(at) { Ok(at) } else { Err(serde::de::Error::custom("a time out of range")) }
}

/// The same where it may be missing.
///
/// # Errors
/// As [`moment`].
pub fn moment_or_none<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<DateTime<FixedOffset>>, D::Error> {
    let at = Option::<DateTime<FixedOffset>>::deserialize(deserializer)?;
    match at {
        Some(at) if !moment_fits(at) => Err(serde::de::Error::custom("a time out of range")),
        at => Ok(at),
    }
}

/// For a day in a body: out of range, the body does not read.
///
/// # Errors
/// Where it is no day, or one that no line may speak of.
pub fn day<'de, D: Deserializer<'de>>(deserializer: D) -> Result<NaiveDate, D::Error> {
    let day = NaiveDate::deserialize(deserializer)?;
    if day_fits(day) { Ok(day) } else { Err(serde::de::Error::custom("a day out of range")) }
}

/// The same where it may be missing.
///
/// # Errors
/// As [`day`].
pub fn day_or_none<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<NaiveDate>, D::Error> {
    let day = Option::<NaiveDate>::deserialize(deserializer)?;
    match day {
        Some(day) if !day_fits(day) => Err(serde::de::Error::custom("a day out of range")),
        day => Ok(day),
    }
}
