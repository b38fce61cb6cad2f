//! Days, times and spans in words.
//!
//! Invariant: a time is shown as the clock showed it where it was recorded (its own offset); where that is not
//! this device's, with its zone and its day in full, because "today" is then another day here. Only "today" and what is left of a day are worked out against the device's clock.

use chrono::{DateTime, Datelike, FixedOffset, Local, NaiveDate, Weekday};

use super::i18n::{t, t_args};

/// The device's clock.
#[must_use]
pub fn now() -> DateTime<FixedOffset> {
    Local::now().fixed_offset()
}

/// A moment that came without an offset of its own, as the server's come, by this device's clock of that day.
#[must_use]
pub fn here(at: DateTime<FixedOffset>) -> DateTime<FixedOffset> {
    at.with_timezone(&Local).fixed_offset()
}

/// Whether this device's clock showed another time then: what was recorded elsewhere, or before a journey.
fn is_elsewhere(at: DateTime<FixedOffset>) -> bool {
    at.offset() != here(at).offset()
}

/// `07:42`; with its zone where this device's clock showed another time then: `07:42 UTC+01:00`.
#[must_use]
pub fn time(at: DateTime<FixedOffset>) -> String {
    at.format(if is_elsewhere(at) { "%H:%M UTC%:z" } else { "%H:%M" }).to_string()
}

/// `07:43:10`.
#[must_use]
pub fn time_exact(at: DateTime<FixedOffset>) -> String {
    at.format("%H:%M:%S").to_string()
}

/// "2026-11-25 07:00 UTC-05:00": a time for whoever reads it elsewhere, with how far it is from UTC.
#[must_use]
pub fn zoned(at: DateTime<FixedOffset>) -> String {
    let zone = if at.offset().local_minus_utc() == 0 { String::new() } else { at.format("%:z").to_string() };
    format!("{} UTC{zone}", at.format("%Y-%m-%d %H:%M"))
}

/// "Today", "Yesterday", "Sat 22 Nov" within a half-year, "22 Nov 2025" beyond.
#[must_use]
pub fn day(date: NaiveDate) -> String {
    let days = (now().date_naive() - date).num_days();
    match days {
        0 => t("date-today"),
        1 => t("date-yesterday"),
        -1 => t("date-tomorrow"),
        -180..=180 => t_args(
            "date-weekday-day-month",
            &[
                ("weekday", weekday(date.weekday()).into()),
                ("day", date.day().into()),
                ("month", month(date.month()).into()),
            ],
        ),
        _ => full_day(date),
    }
}

/// [`day`] inside a sentence: "today", not "Today".
#[must_use]
pub fn day_in(date: NaiveDate) -> String {
    inside(day(date), date)
}

/// [`day_time`] inside a sentence.
#[must_use]
pub fn day_time_in(at: DateTime<FixedOffset>) -> String {
    if is_elsewhere(at) { exact(at) } else { inside(day_time(at), at.date_naive()) }
}

/// [`short`] inside a sentence.
#[must_use]
pub fn short_in(at: DateTime<FixedOffset>) -> String {
    if is_elsewhere(at) { exact(at) } else { inside(short(at), at.date_naive()) }
}

/// Only "today" and its neighbours begin with a capital because they stand first.
fn inside(words: String, date: NaiveDate) -> String {
    let near = (now().date_naive() - date).num_days().abs() <= 1;
    let mut letters = words.chars();
    match letters.next().filter(|_| near) {
        Some(first) => first.to_lowercase().chain(letters).collect(),
        None => words,
    }
}

/// "22 Nov 2025".
#[must_use]
pub fn full_day(date: NaiveDate) -> String {
    t_args(
        "date-day-month-year",
        &[
            ("day", date.day().into()),
            ("month", month(date.month()).into()),
            ("year", format!("{:04}", date.year()).into()),
        ],
    )
}

/// "Nov 2026".
#[must_use]
pub fn month_year(date: NaiveDate) -> String {
    t_args(
        "date-month-year",
        &[("month", month(date.month()).into()), ("year", date.year().to_string().into())],
    )
}

/// "23 Nov".
#[must_use]
pub fn day_month(date: NaiveDate) -> String {
    t_args("date-day-month", &[("day", date.day().into()), ("month", month(date.month()).into())])
}

/// "Today 07:42", "Sat 22 Nov 07:42".
#[must_use]
pub fn day_time(at: DateTime<FixedOffset>) -> String {
    if is_elsewhere(at) {
        return exact(at);
    }
    t_args("date-day-time", &[("day", day(at.date_naive()).into()), ("time", time(at).into())])
}

/// Day, year and time in full, whatever day it is: "Fri 20 Nov 2026, 08:15".
#[must_use]
pub fn exact(at: DateTime<FixedOffset>) -> String {
    t_args(
        "date-exact",
        &[
            ("weekday", weekday(at.date_naive().weekday()).into()),
            ("day", full_day(at.date_naive()).into()),
            ("time", time(at).into()),
        ],
    )
}

/// The time where it is today, else day and time.
#[must_use]
pub fn short(at: DateTime<FixedOffset>) -> String {
    if is_elsewhere(at) {
        return exact(at);
    }
    if at.date_naive() == now().date_naive() { time(at) } else { day_time(at) }
}

/// "5 h left", "20 min left", "2 h over", and whether it is over.
#[must_use]
pub fn left(due: DateTime<FixedOffset>) -> (String, bool) {
    let minutes = (due - now()).num_minutes();
    let over = minutes < 0;
    let span = span(minutes.unsigned_abs());
    let words = if over {
        t_args("date-over", &[("span", span.into())])
    } else {
        t_args("date-left", &[("span", span.into())])
    };
    (words, over)
}

/// "20 min", "5 h", "3 days".
#[must_use]
pub fn span(minutes: u64) -> String {
    match minutes {
        0..60 => t_args("date-minutes", &[("n", minutes.into())]),
        60..2880 => t_args("date-hours", &[("n", (minutes / 60).into())]),
        _ => t_args("date-days", &[("n", (minutes / 1440).into())]),
    }
}

/// `0:48`, for a running clock.
#[must_use]
pub fn clock(seconds: u64) -> String {
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

/// "820 KB", "3.4 MB", with the language's decimal sign.
#[must_use]
pub fn size(bytes: u64) -> String {
    let tenths = |unit: u64| -> String {
        let n = bytes.saturating_mul(10) / unit;
        t_args(
            "size-decimal",
            &[("whole", (n / 10).to_string().into()), ("tenth", (n % 10).to_string().into())],
        )
    };
    match bytes {
        0..1_000_000 => t_args("size-kb", &[("n", (bytes / 1000).to_string().into())]),
        1_000_000..1_000_000_000 => t_args("size-mb", &[("n", tenths(1_000_000).into())]),
        _ => t_args("size-gb", &[("n", tenths(1_000_000_000).into())]),
    }
}

/// "Mon".
#[must_use]
pub fn weekday(day: Weekday) -> String {
    match day {
        Weekday::Mon => t("date-mon"),
        Weekday::Tue => t("date-tue"),
        Weekday::Wed => t("date-wed"),
        Weekday::Thu => t("date-thu"),
        Weekday::Fri => t("date-fri"),
        Weekday::Sat => t("date-sat"),
        Weekday::Sun => t("date-sun"),
    }
}

fn month(month: u32) -> String {
    match month {
        1 => t("date-jan"),
        2 => t("date-feb"),
        3 => t("date-mar"),
        4 => t("date-apr"),
        5 => t("date-may"),
        6 => t("date-jun"),
        7 => t("date-jul"),
        8 => t("date-aug"),
        9 => t("date-sep"),
        10 => t("date-oct"),
        11 => t("date-nov"),
        _ => t("date-dec"),
    }
}
