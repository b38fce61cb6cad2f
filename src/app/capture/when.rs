//! Days and times that a person picks by a pill instead of typing.
//!
//! Invariant: pure; now and the device's zone come in as arguments.

use chrono::{DateTime, Days, Duration, FixedOffset, NaiveDate, TimeZone, Timelike};

use crate::practice::clock;
use crate::practice::settings::ShiftTimes;

/// When to look again after coaching.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Again {
    /// The next time somebody is there: from tomorrow on.
    NextVisit,
    ThreeDays,
    Week,
}

impl Again {
    pub const ALL: [Again; 3] = [Again::NextVisit, Again::ThreeDays, Again::Week];

    #[must_use]
    pub fn day(self, today: NaiveDate) -> NaiveDate {
        let days = match self {
            Again::NextVisit => 1,
            Again::ThreeDays => 3,
            Again::Week => 7,
        };
        today.checked_add_days(Days::new(days)).unwrap_or(today)
    }

    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Again::NextVisit => "next-visit",
            Again::ThreeDays => "three-days",
            Again::Week => "week",
        }
    }
}

/// By when a task should be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    InAnHour,
    EndOfShift,
    TomorrowNine,
}

impl Due {
    pub const ALL: [Due; 3] = [Due::InAnHour, Due::EndOfShift, Due::TomorrowNine];

    #[must_use]
    pub fn at<Z: TimeZone>(
        self,
        now: DateTime<FixedOffset>,
        shifts: ShiftTimes,
        zone: &Z,
    ) -> DateTime<FixedOffset> {
        match self {
            Due::InAnHour => five_minutes(now + Duration::hours(1)),
            Due::EndOfShift => end_of_shift(now, shifts, zone),
            Due::TomorrowNine => at_minute(now, 1, 9 * 60, zone),
        }
    }

    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Due::InAnHour => "hour",
            Due::EndOfShift => "shift",
            Due::TomorrowNine => "tomorrow",
        }
    }
}

/// Rounds down to five minutes: "by 10:40", not "by 10:43:12".
fn five_minutes(time: DateTime<FixedOffset>) -> DateTime<FixedOffset> {
    let over = i64::from(time.minute() % 5) * 60 + i64::from(time.second());
    (time - Duration::seconds(over)).with_nanosecond(0).unwrap_or(time)
}

fn at_minute<Z: TimeZone>(
    now: DateTime<FixedOffset>,
    days: u64,
    minute: u16,
    zone: &Z,
) -> DateTime<FixedOffset> {
    let day = now.date_naive().checked_add_days(Days::new(days));
    day.and_then(|day| day.and_hms_opt(u32::from(minute / 60), u32::from(minute % 60), 0))
        .and_then(|time| clock::moment(time, zone))
        .unwrap_or(now)
}

/// The end of the shift that now runs; within its last hour, of the one that takes over, because
/// a task handed over is for them.
fn end_of_shift<Z: TimeZone>(
    now: DateTime<FixedOffset>,
    shifts: ShiftTimes,
    zone: &Z,
) -> DateTime<FixedOffset> {
    let on = |days: u64| shifts.starts().into_iter().map(move |minute| at_minute(now, days, minute, zone));
    on(0).chain(on(1)).find(|end| *end - now > Duration::hours(1)).unwrap_or(now)
}

#[cfg(test)]
mod tests {
    use chrono::Utc;

    use super::*;

    fn at(text: &str) -> DateTime<FixedOffset> {
        DateTime::parse_from_rfc3339(text).unwrap()
    }

    #[test]
    fn looking_again_counts_days_from_today() {
        let today = NaiveDate::from_ymd_opt(2026, 12, 30).unwrap();
        let days: Vec<String> = Again::ALL.iter().map(|again| again.day(today).to_string()).collect();
        assert_eq!(days, ["2026-12-31", "2027-01-02", "2027-01-06"]);
    }

    #[test]
    fn an_hour_is_rounded_to_five_minutes() {
        assert_eq!(
            Due::InAnHour.at(at("2026-11-22T09:43:12+01:00"), ShiftTimes::default(), &Utc),
            at("2026-11-22T10:40:00+01:00")
        );
    }

    #[test]
    fn the_end_of_shift_is_that_of_whoever_will_do_it() {
        let ends = |now| Due::EndOfShift.at(at(now), ShiftTimes::default(), &Utc);
        assert_eq!(ends("2026-11-22T07:00:00+00:00"), at("2026-11-22T14:00:00+00:00"));
        assert_eq!(ends("2026-11-22T13:50:00+00:00"), at("2026-11-22T22:00:00+00:00"));
        assert_eq!(ends("2026-11-22T23:00:00+00:00"), at("2026-11-23T06:00:00+00:00"));
        assert_eq!(ends("2026-11-22T05:45:00+00:00"), at("2026-11-22T14:00:00+00:00"));
        let two = ShiftTimes { early: 7 * 60, late: None, night: 19 * 60 };
        let in_two = Due::EndOfShift.at(at("2026-11-22T13:00:00+00:00"), two, &Utc);
        assert_eq!(in_two, at("2026-11-22T19:00:00+00:00"), "a house of two shifts has no end at two");
    }

    #[test]
    fn tomorrow_is_tomorrow_across_a_month() {
        assert_eq!(
            Due::TomorrowNine.at(
                at("2026-11-30T23:00:00-06:00"),
                ShiftTimes::default(),
                &FixedOffset::west_opt(6 * 3_600).unwrap()
            ),
            at("2026-12-01T09:00:00-06:00")
        );
    }

    #[test]
    fn tomorrow_at_nine_is_nine_after_the_night_in_which_the_clocks_change() {
        let new_york = chrono_tz::America::New_York;
        assert_eq!(
            Due::TomorrowNine.at(at("2026-10-31T20:00:00-04:00"), ShiftTimes::default(), &new_york),
            at("2026-11-01T09:00:00-05:00")
        );
    }
}
