//! Pages that call many things at once: patterns, small errors, cohorts, recurrence.

use std::collections::BTreeSet;

use chrono::{DateTime, FixedOffset, TimeDelta};
use fastrand::Rng;
use fieldproof::insight::cohort::{Cohort, Finding, Seen, compare};
use fieldproof::insight::drift::{
    BASELINE_DAYS, Change, Input, Judged, JudgedItems, Rule as Threshold, Slips, drift,
};
use fieldproof::insight::pattern::{Rule, Scope, Sighting, patterns as found_in, recurrence};
use fieldproof::insight::scan;
use fieldproof::practice::follow::Category;
use uuid::Uuid;

use crate::{Line, beta, binomial, exponential, share};

const RULE: Rule = Rule { count: 3, days: 30, same_category: false };
const SITES: u128 = 10;
const THEMES: usize = 6;

fn at(days: f64) -> DateTime<FixedOffset> {
    #[allow(clippy::cast_possible_truncation, reason = "seconds of some years")]
    let seconds = (days * 86_400.0) as i64;
    DateTime::UNIX_EPOCH.fixed_offset() + TimeDelta::seconds(seconds)
}

fn stream(
    random: &mut Rng,
    site: u128,
    theme: usize,
    days: f64,
    rate: impl Fn(f64) -> f64,
    all: &mut Vec<Sighting>,
) {
    // Thinned from the greatest rate.
    let most = 10.0 / 30.0;
    let mut day = exponential(random, 1.0 / most);
    while day < days {
        if random.f64() < rate(day) / most {
            all.push(Sighting {
                id: Uuid::from_u128(u128::from(random.u64(..))),
                site: Some(Uuid::from_u128(site)),
                competency: format!("theme {theme}"),
                category: Category::Other,
                gap: None,
                reportable: false,
                at: at(day),
            });
        }
        day += exponential(random, 1.0 / most);
    }
}

/// Themes and places that are called at some weekly look after the first; by rule, and beyond chance.
fn calls(all: &[Sighting], from: f64, to: f64) -> (u32, u32, Vec<(f64, Scope, String)>) {
    let (mut by_rule, mut beyond) = (BTreeSet::new(), BTreeSet::new());
    let (mut rule_calls, mut calls, mut when) = (0, 0, Vec::new());
    let mut day = from;
    while day <= to {
        let since = at(day - 366.0);
        let known: Vec<Sighting> =
            all.iter().filter(|one| one.at <= at(day) && one.at > since).cloned().collect();
        let found = found_in(&known, RULE);
        let weighed = scan::weigh(&found, &known, RULE, since.max(at(0.0)), at(day));
        // A theme at a place is called once, for as long as it is on the page.
        let (mut rule_now, mut beyond_now) = (BTreeSet::new(), BTreeSet::new());
        for (pattern, evidence) in found.iter().zip(weighed) {
            let key = (pattern.theme.clone(), pattern.scope);
            if evidence.beyond_chance {
                beyond_now.insert(key.clone());
            }
            rule_now.insert(key);
        }
        if day > from {
            rule_calls += u32::try_from(rule_now.difference(&by_rule).count()).unwrap_or(0);
            for (theme, scope) in beyond_now.difference(&beyond) {
                calls += 1;
                when.push((day, *scope, theme.competency.clone()));
            }
        }
        (by_rule, beyond) = (rule_now, beyond_now);
        day += 7.0;
    }
    (rule_calls, calls, when)
}

pub fn patterns(runs: u32) -> Vec<Line> {
    let mut lines = Vec::new();
    for a_month in [0.1, 0.3, 1.0] {
        let mut random = Rng::with_seed(0xface);
        let (mut by_rule, mut called, mut fast) = (0, 0, [0_u32; 2]);
        let steady = a_month / 30.0;
        for _ in 0..runs {
            let mut all = Vec::new();
            for site in 0..SITES {
                for theme in 0..THEMES {
                    stream(&mut random, site, theme, 730.0, |_| steady, &mut all);
                }
            }
            let (rule, calls_made, _) = calls(&all, 365.0, 730.0);
            by_rule += rule;
            called += calls_made;
            // At one site, one theme rises.
            let elsewhere = Some(Uuid::from_u128(0));
            for (count, times) in fast.iter_mut().zip([3.0, 6.0]) {
                let mut risen: Vec<Sighting> = all
                    .iter()
                    .filter(|one| !(one.site == elsewhere && one.competency == "theme 0"))
                    .cloned()
                    .collect();
                let rate = |day: f64| if day < 400.0 { steady } else { steady * times };
                stream(&mut random, 0, 0, 730.0, rate, &mut risen);
                let (_, _, when) = calls(&risen, 400.0, 490.0);
                let site = Scope::Site(Uuid::from_u128(0));
                *count +=
                    u32::from(when.iter().any(|(_, scope, theme)| *scope == site && theme == "theme 0"));
            }
        }
        lines.push(Line {
            what: format!(
                "{a_month} a month each (threshold reached {:.1} times a year)",
                f64::from(by_rule) / f64::from(runs)
            ),
            false_a_year: Some(f64::from(called) / f64::from(runs)),
            found: vec![
                ("three times as many, within 90 days".to_owned(), share(fast[0], runs)),
                ("six times".to_owned(), share(fast[1], runs)),
            ],
            most: Some(1.0),
        });
    }
    lines
}

const ITEMS: usize = 72;
const WEEK: f64 = 7.0;

/// Looks and misses of each item by week, as the page adds them up; new calls and the first of item 0.
fn drift_calls(weeks: &[Vec<(u32, u32)>], from: usize, to: usize) -> (u32, Option<usize>) {
    let threshold = Threshold { count: 3, days: 60 };
    let window = 60.0_f64;
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "weeks")]
    let (now, before) =
        ((window / WEEK).round() as usize, (f64::from(BASELINE_DAYS) / WEEK).round() as usize);
    let (mut called, mut calls, mut first) = (BTreeSet::new(), 0, None);
    for week in from..to {
        let sum = |item: usize, begin: usize, end: usize| {
            weeks
                .get(begin..end)
                .unwrap_or_default()
                .iter()
                .filter_map(|week| week.get(item))
                .fold((0, 0), |all, one| (all.0 + one.0, all.1 + one.1))
        };
        let (mut slips, mut judged) = (Vec::new(), JudgedItems::new());
        for item in 0..ITEMS {
            let (missed, looks) = sum(item, week - now, week);
            let (missed_before, looks_before) = sum(item, week - now - before, week - now);
            let standard = Uuid::from_u128(u128::try_from(item / 9).unwrap_or(0));
            let competency = format!("competency {}", item / 9);
            slips.push(Slips {
                input: Input::Observation,
                competency,
                item: Some((standard, item.to_string())),
                count: missed,
                before: missed_before,
            });
            judged.insert((standard, item.to_string()), Judged { now: looks, before: looks_before });
        }
        slips.retain(|slip| slip.count + slip.before > 0);
        let mut now_called = BTreeSet::new();
        for found in drift(&slips, &judged, &[], threshold) {
            for item in found.items.iter().filter(|item| item.change == Change::More) {
                now_called.insert(item.item.clone());
            }
        }
        if week > from {
            calls += u32::try_from(now_called.difference(&called).count()).unwrap_or(0);
            if first.is_none() && now_called.contains("0") {
                first = Some(week - from);
            }
        }
        called = now_called;
    }
    (calls, first)
}

pub fn drifts(runs: u32) -> Vec<Line> {
    let mut lines = Vec::new();
    for (p, after) in [(0.02, 0.15), (0.10, 0.30)] {
        let mut random = Rng::with_seed(0xd41f);
        let (mut called, mut in_window) = (0, 0);
        for _ in 0..runs {
            let mut weeks = |changed: bool| -> Vec<Vec<(u32, u32)>> {
                (0..90)
                    .map(|week| {
                        (0..ITEMS)
                            .map(|item| {
                                let p = if changed && item == 0 && week >= 38 { after } else { p };
                                #[allow(
                                    clippy::cast_possible_truncation,
                                    clippy::cast_sign_loss,
                                    reason = "few"
                                )]
                                let missed = binomial(&mut random, 6, p) as u32;
                                (missed, 6)
                            })
                            .collect()
                    })
                    .collect()
            };
            called += drift_calls(&weeks(false), 37, 89).0;
            in_window += u32::from(drift_calls(&weeks(true), 38, 89).1.is_some_and(|week| week <= 9));
        }
        lines.push(Line {
            what: format!(
                "50 looks in 60 days, each item missed in {:.0} of 100, one rises to {:.0}",
                p * 100.0,
                after * 100.0
            ),
            false_a_year: Some(f64::from(called) / f64::from(runs)),
            found: vec![("60 days".to_owned(), share(in_window, runs))],
            most: Some(1.0),
        });
    }
    lines
}

/// First looks by standard at eight people of each site, who differ by nature.
fn quarter(random: &mut Rng, people: &[(u128, Uuid, f64)], worse: Option<u128>) -> Vec<Seen> {
    let mut seen = Vec::new();
    for (site, person, meets) in people {
        for _ in 0..6 {
            let miss = 1.0 - meets;
            let miss = if worse == Some(*site) { (miss * 3.0).min(1.0) } else { miss };
            let cohorts = vec![Cohort::Site(Uuid::from_u128(*site))];
            seen.push(Seen { person: Some(*person), cohorts, missed: random.f64() < miss });
        }
    }
    seen
}

pub fn cohorts(runs: u32) -> Vec<Line> {
    let mut lines = Vec::new();
    for (alike, sites) in [(0.02, 10), (0.1, 10), (0.1, 40)] {
        let mut random = Rng::with_seed(0xc0);
        let (mut called, mut found) = (0_usize, 0);
        for _ in 0..runs {
            let people: Vec<(u128, Uuid, f64)> = (0..sites * 8)
                .map(|n| (n / 8, Uuid::from_u128(n + 1000), beta(&mut random, 0.9, alike)))
                .collect();
            for _ in 0..4 {
                let seen = quarter(&mut random, &people, None);
                called += compare(&seen).iter().filter(|one| one.finding == Finding::Over).count();
            }
            let seen = quarter(&mut random, &people, Some(0));
            let worse = Cohort::Site(Uuid::from_u128(0));
            found += u32::from(
                compare(&seen).iter().any(|one| one.cohort == worse && one.finding == Finding::Over),
            );
        }
        let calls = f64::from(u32::try_from(called).unwrap_or(0)) / f64::from(runs);
        lines.push(Line {
            what: format!("{sites} sites of 8 people, 6 first looks a quarter, people alike by {alike}"),
            false_a_year: Some(calls),
            found: vec![("a site three times as bad, in a quarter".to_owned(), share(found, runs))],
            most: (sites == 10).then_some(1.0),
        });
    }
    lines
}

pub fn recurrences(runs: u32) -> Vec<Line> {
    let mut lines = Vec::new();
    for a_month in [0.3, 1.0] {
        let mut random = Rng::with_seed(0x4e);
        let (mut more, mut worse) = (0, 0);
        for _ in 0..runs {
            for (times, count) in [(1.0, &mut more), (4.0, &mut worse)] {
                let mut all = Vec::new();
                let rate = |day: f64| if day < 430.0 { a_month / 30.0 } else { a_month / 30.0 * times };
                stream(&mut random, 0, 0, 600.0, rate, &mut all);
                let similar: Vec<_> = all.iter().map(|one| (one.id, one.at)).collect();
                let found = recurrence(&similar, at(0.0), at(370.0), at(430.0), 90, at(600.0));
                *count += u32::from(found.ratio.is_some_and(|ratio| ratio.low > 1.0));
            }
        }
        lines.push(Line {
            what: format!("{a_month} a month, an action without effect: said to be more than usual"),
            false_a_year: Some(share(more, runs)),
            found: vec![("four times as many, within 90 days".to_owned(), share(worse, runs))],
            most: Some(0.05),
        });
    }
    lines
}
