//! Whether similar reports in a window are more than chance explains.
//!
//! Events that come at a steady rate bunch by themselves: at one a month, three within 30 days happen
//! in most years. So the fullest window of a pattern is held against what this site and theme would
//! show by chance in a year, at the rate of the rest of their own time; where they have little time
//! of their own, at that of the organisation's sites.
//!
//! Invariant: no clock, no order; where nothing changed, a page calls "more than chance" less than once
//! a year, however many sites and themes it watches.
//!
//! Source: Alm, Statistical Papers 1983 (the scan statistic of a Poisson process); Glaz, Naus and
//! Wallenstein, Scan Statistics, Springer 2001, chapter 11.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::ops::Range;

use chrono::{DateTime, FixedOffset, TimeDelta};
use serde::{Deserialize, Serialize};
use statrs::distribution::{ContinuousCDF, Discrete, DiscreteCDF, Gamma, Poisson};
use uuid::Uuid;

use super::pattern::{Pattern, Rule, Scope, Sighting, Theme};

/// The nominal rate: by the formula a page calls a pattern by chance once in so many years. That its
/// usual rate is only estimated, from the time outside the fullest window, makes about three times as
/// many of it (measured: `cargo xtask noise`).
const NOMINAL_YEARS: f64 = 5.0;
/// Rates that stand for all that is likely.
const GRID: u32 = 15;

/// Above this the formula, made for what is rare, is some percent off, and would fall with a longer window;
/// ordinary years are drawn instead.
const RARE: f64 = 0.1;
/// So many of them: half a percent is the usual error.
const DRAWN: u32 = 4_000;

/// The probability that events at a steady `rate` a day come to `count` or more within `days` days
/// of each other at some time in `year` days.
#[must_use]
pub fn reaches(rate: f64, count: u32, days: f64, year: f64) -> f64 {
    reaches_in(rate, count, days, year, 0..DRAWN)
}

/// The same by these of the drawn years.
fn reaches_in(rate: f64, count: u32, days: f64, year: f64, years: Range<u32>) -> f64 {
    let by_formula = alm(rate, count, days, year);
    if by_formula <= RARE || count == 0 {
        by_formula
    } else {
        drawn(rate, count, days, year, years).max(RARE)
    }
}

/// The share of ordinary years in which that happens, of years that are the same at every call: so it never
/// falls with a longer window, a higher rate or a smaller count.
fn drawn(rate: f64, count: u32, days: f64, year: f64, years: Range<u32>) -> f64 {
    // SplitMix64 (Steele, Lea and Flood, OOPSLA 2014), and from it the gap to the next event at rate one.
    let gap = |state: &mut u64| {
        *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (*state ^ (*state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        #[allow(clippy::cast_precision_loss, reason = "53 bits fit")]
        let part = ((mixed ^ (mixed >> 31)) >> 11) as f64 / 9_007_199_254_740_992.0;
        -(1.0 - part).ln()
    };
    let needed = usize::try_from(count).unwrap_or(usize::MAX);
    // More than this many in a year reach any window that can be set.
    let most = needed.saturating_mul(20).saturating_add(400);
    let mut reached = 0_u32;
    let all = f64::from(u32::try_from(years.len()).unwrap_or(u32::MAX).max(1));
    for number in years {
        // Each year has numbers of its own, whatever is asked of it.
        let mut state = u64::from(number).wrapping_mul(0xd1b5_4a32_d192_ed03);
        let (mut at, mut last, mut found) = (0.0, VecDeque::new(), false);
        for _ in 0..most {
            at += gap(&mut state) / rate;
            if at > year || found {
                break;
            }
            last.push_back(at);
            if last.len() > needed {
                last.pop_front();
            }
            found = last.len() >= needed && last.front().is_some_and(|first| at - first <= days);
        }
        reached = reached.saturating_add(u32::from(found));
    }
    f64::from(reached) / all
}

/// The same by Alm's formula.
fn alm(rate: f64, count: u32, days: f64, year: f64) -> f64 {
    if count == 0 {
        return 1.0;
    }
    let mean = rate * days;
    let Some(window) = Poisson::new(mean).ok().filter(|_| mean > 0.0) else { return 0.0 };
    let k = f64::from(count);
    let below = window.cdf(u64::from(count).saturating_sub(1));
    let begins = (k - mean).max(0.0) / k
        * rate
        * (year - days).max(0.0)
        * window.pmf(u64::from(count).saturating_sub(1));
    if k <= mean { 1.0 } else { (1.0 - below * (-begins).exp()).clamp(0.0, 1.0) }
}

/// The same where the rate is known by `events` in `time` days alone.
fn reaches_by(events: f64, time: f64, count: u32, days: f64) -> f64 {
    let Ok(likely) = Gamma::new(events + 0.5, time.max(1.0)) else { return 1.0 };
    let part = |part: u32| {
        let rate = likely.inverse_cdf((f64::from(part) + 0.5) / f64::from(GRID));
        // Each rate by years of its own: together they are as many as one rate alone is given.
        let each = DRAWN.div_euclid(GRID);
        let first = part.saturating_mul(each);
        reaches_in(rate, count, days, YEAR, first..first.saturating_add(each))
    };
    (0..GRID).map(part).sum::<f64>() / f64::from(GRID)
}

const YEAR: f64 = 365.0;

/// What a pattern says beside that it reached the threshold.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// In how large a share of ordinary years chance alone brings so many together here.
    pub by_chance: f64,
    /// More than chance explains.
    pub beyond_chance: bool,
    /// The usual rate here, a month of 30 days.
    pub a_month: f64,
}

/// Weighs patterns. `all` are the sightings of the time from `from` to `now`, those that were
/// answered too: they are what is usual here.
#[must_use]
pub fn weigh(
    patterns: &[Pattern],
    all: &[Sighting],
    rule: Rule,
    from: DateTime<FixedOffset>,
    now: DateTime<FixedOffset>,
) -> Vec<Evidence> {
    let sites: BTreeSet<Uuid> = all.iter().filter_map(|sighting| sighting.site).collect();
    let mut streams: BTreeMap<Theme, u32> = BTreeMap::new();
    for sighting in all {
        let count = streams.entry(rule.theme(&sighting.competency, sighting.category)).or_default();
        *count = count.saturating_add(1);
    }
    // Each theme at each site, and across them.
    let watched = real(streams.len()) * (real(sites.len()) + 1.0);
    let may = 1.0 / (NOMINAL_YEARS * watched.max(1.0));
    let known = days(from, now).max(1.0);
    patterns
        .iter()
        .map(|pattern| {
            let theme =
                || all.iter().filter(|one| rule.theme(&one.competency, one.category) == pattern.theme);
            let inside = |one: &&Sighting| one.at >= pattern.first && one.at <= pattern.last;
            let here = |one: &&Sighting| match pattern.scope {
                Scope::Site(site) => one.site == Some(site),
                Scope::Across => true,
            };
            let mut times: Vec<DateTime<FixedOffset>> =
                theme().filter(inside).filter(here).map(|one| one.at).collect();
            times.sort_unstable();
            let fullest = fullest(&times, TimeDelta::days(i64::from(rule.days)));
            // All but the fullest window itself is what is usual here.
            let mine = theme().filter(here).count();
            let own = real(mine) - f64::from(fullest);
            let time = (known - f64::from(rule.days)).max(1.0);
            // Little beside a year of one's own, much beside none: one event at the sites' rate.
            let others = real(theme().count().saturating_sub(mine));
            let (events, time) = if others > 0.0 {
                (own + 1.0, time + known * (real(sites.len()) - 1.0).max(1.0) / others)
            } else {
                (own, time)
            };
            let by_chance = reaches_by(events, time, fullest, f64::from(rule.days));
            Evidence { by_chance, beyond_chance: by_chance <= may, a_month: events / time * 30.0 }
        })
        .collect()
}

/// The most that lie within one window.
fn fullest(times: &[DateTime<FixedOffset>], window: TimeDelta) -> u32 {
    let mut most = 0;
    for (begin, first) in times.iter().enumerate() {
        let within = times
            .iter()
            .skip(begin)
            .take_while(|at| crate::record::time::between(first, at) <= window)
            .count();
        most = most.max(within);
    }
    u32::try_from(most).unwrap_or(u32::MAX)
}

#[allow(clippy::cast_precision_loss, reason = "a number of reports")]
fn real(n: usize) -> f64 {
    n as f64
}

#[allow(clippy::cast_precision_loss, reason = "seconds of some years")]
fn days(from: DateTime<FixedOffset>, to: DateTime<FixedOffset>) -> f64 {
    crate::record::time::between(&from, &to).num_seconds().max(0) as f64 / 86_400.0
}

#[cfg(test)]
#[path = "scan_tests.rs"]
mod tests;
