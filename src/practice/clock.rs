//! From what somebody read off a clock to the time that a line carries.
//!
//! Invariant: pure; the zone and the present come in. Every field in which a time is typed goes through
//! here, so that a time on the other side of a change of the clocks is the time that was meant, and a
//! year of two digits is no year.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveDateTime, Offset, TimeDelta, TimeZone};

use super::draft::Draft;
use super::standard::Class;
use crate::record::time;

/// The years in which something that is typed here can lie, both counted.
pub const YEARS: std::ops::RangeInclusive<i32> = 2000..=2099;
/// Past this age a time is asked about once more: most are a slip in the month or the year.
pub const LONG_AGO: TimeDelta = TimeDelta::weeks(6);
/// How far ahead something can be due.
const FAR_AHEAD: TimeDelta = TimeDelta::days(366);
/// A field says minutes: what happens in the minute that runs is not ahead.
pub const MINUTE: TimeDelta = TimeDelta::minutes(1);
/// Where beginning and finishing are further apart than this, both are said.
pub const APART: TimeDelta = TimeDelta::minutes(5);
/// A draft that lay untouched for so long: only its author knows when it was observed.
const LAY: TimeDelta = TimeDelta::minutes(15);

/// Why what was typed is no time to keep.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Nothing was typed.
    Missing,
    /// No day and time of a calendar, or of a year outside of [`YEARS`].
    NoTime,
    /// Of what has happened: still to come.
    Ahead,
    /// Of what has happened: longer ago than [`LONG_AGO`], and nobody said that it was meant.
    LongAgo(DateTime<FixedOffset>),
    /// Of what is due: over already.
    Over,
    /// Of what is due: more than a year ahead.
    FarAhead,
}

/// The moment at which the clocks of `zone` show `wall`; the first, where they show it twice ([`moments`]).
#[must_use]
pub fn moment<Z: TimeZone>(wall: NaiveDateTime, zone: &Z) -> Option<DateTime<FixedOffset>> {
    moments(wall, zone).map(|(first, _)| first)
}

/// The first and the last moment at which the clocks of `zone` show `wall`: one and the same on all but the
/// hour that is repeated in autumn. Where they skip it, the moment that a clock which was not put forward
/// would show it, as the zone then calls it (02:30 becomes 03:30). `None` at the calendar's ends.
#[must_use]
pub fn moments<Z: TimeZone>(
    wall: NaiveDateTime,
    zone: &Z,
) -> Option<(DateTime<FixedOffset>, DateTime<FixedOffset>)> {
    // Only the way from UTC is the same in every browser: the other way is worked out from it. Clocks are
    // not changed twice within two days.
    let offset = |utc: &NaiveDateTime| zone.offset_from_utc_datetime(utc).fix();
    let in_utc =
        |east: FixedOffset| wall.checked_sub_signed(TimeDelta::seconds(i64::from(east.local_minus_utc())));
    let before = offset(&wall.checked_sub_signed(TimeDelta::days(1))?);
    let after = offset(&wall.checked_add_signed(TimeDelta::days(1))?);
    let shown =
        || [before, after].into_iter().filter_map(|east| in_utc(east).filter(|utc| offset(utc) == east));
    let (first, last) = match (shown().min(), shown().max()) {
        (Some(first), Some(last)) => (first, last),
        _ => (in_utc(before)?, in_utc(before)?),
    };
    let there = |utc: NaiveDateTime| {
        let east = offset(&utc);
        utc.checked_add_signed(TimeDelta::seconds(i64::from(east.local_minus_utc())))?;
        Some(DateTime::from_naive_utc_and_offset(utc, east))
    };
    Some((there(first)?, there(last)?))
}

/// What a field of day and time holds: `2026-11-22T07:42`, with seconds or without.
#[must_use]
pub fn wall(field: &str) -> Option<NaiveDateTime> {
    ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]
        .iter()
        .find_map(|format| NaiveDateTime::parse_from_str(field, format).ok())
        .filter(|wall| YEARS.contains(&wall.year()))
}

/// What a field of day and time is filled with.
#[must_use]
pub fn to_field(at: DateTime<FixedOffset>) -> String {
    at.format("%Y-%m-%dT%H:%M").to_string()
}

/// What a field for a day holds, where that is a day of [`YEARS`].
#[must_use]
pub fn day(field: &str) -> Option<NaiveDate> {
    NaiveDate::parse_from_str(field, "%Y-%m-%d").ok().filter(|day| YEARS.contains(&day.year()))
}

fn typed<Z: TimeZone>(
    field: &str,
    zone: &Z,
) -> Result<(DateTime<FixedOffset>, DateTime<FixedOffset>), Fault> {
    if field.trim().is_empty() {
        return Err(Fault::Missing);
    }
    wall(field).and_then(|wall| moments(wall, zone)).ok_or(Fault::NoTime)
}

/// When something happened. In the minute that runs it is now, so that what follows something within
/// the same minute also comes after it. Of an hour that the clocks show twice, the later time where that is
/// not still to come: a form that opened now says now. `sure`: the person said that so long ago is meant.
///
/// # Errors
/// [`Fault`], for the field.
pub fn happened<Z: TimeZone>(
    field: &str,
    sure: bool,
    now: DateTime<FixedOffset>,
    zone: &Z,
) -> Result<DateTime<FixedOffset>, Fault> {
    let (first, last) = typed(field, zone)?;
    let at = if last <= now { last } else { first };
    let ago = time::between(&at, &now);
    if ago >= TimeDelta::zero() && ago < MINUTE {
        return Ok(now);
    }
    match ago {
        ago if ago < TimeDelta::zero() => Err(Fault::Ahead),
        ago if ago > LONG_AGO && !sure => Err(Fault::LongAgo(at)),
        _ => Ok(at),
    }
}

/// By when, or at what time, something is to be done: to a year ahead, and `late` for what may be over
/// already. Of an hour that the clocks show twice, the first time that is still to come.
///
/// # Errors
/// [`Fault`], for the field.
pub fn due<Z: TimeZone>(
    field: &str,
    late: TimeDelta,
    now: DateTime<FixedOffset>,
    zone: &Z,
) -> Result<DateTime<FixedOffset>, Fault> {
    let (first, last) = typed(field, zone)?;
    let at = if first < now { last } else { first };
    if time::between(&at, &now) > late {
        Err(Fault::Over)
    } else if time::between(&now, &at) > FAR_AHEAD {
        Err(Fault::FarAhead)
    } else {
        Ok(at)
    }
}

/// Whether beginning and finishing are so far apart that both are said.
#[must_use]
pub fn apart(one: DateTime<FixedOffset>, other: DateTime<FixedOffset>) -> bool {
    time::between(&one, &other).abs() > APART
}

/// Whether only its author can say when this was observed: it was begun a while ago, for a quarter of an
/// hour of it nobody worked on it (`worked`: seconds), and nobody said when it happened.
#[must_use]
pub fn asks_when(draft: &Draft, worked: u64, now: DateTime<FixedOffset>) -> bool {
    let new = draft.amends.is_none() && draft.corrects.is_none() && !draft.trial;
    if !new || draft.class == Class::Scenario || draft.content.happened_at.is_some() {
        return false;
    }
    let worked = TimeDelta::try_seconds(i64::try_from(worked).unwrap_or(i64::MAX));
    let lay = time::between(&draft.begun_at, &now);
    worked.and_then(|worked| lay.checked_sub(&worked)).is_some_and(|lay| lay > LAY)
}

#[cfg(test)]
mod tests;
