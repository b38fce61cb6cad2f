//! Whether practice holds: re-checks every two weeks, round the clock.

use chrono::{DateTime, FixedOffset, TimeDelta};
use fastrand::Rng;
use fieldproof::insight::hold::{Look, Rule, Stand, weigh};
use fieldproof::practice::settings::ShiftTimes;
use uuid::Uuid;

use crate::{Line, share};

const RULE: Rule = Rule { looks: 5, weeks: 8, bands: 3 };

fn look(number: u32, passed: bool) -> Look {
    // Every two weeks and nine hours on: by day, evening, night and weekend in turn.
    let at = DateTime::UNIX_EPOCH.fixed_offset() + TimeDelta::hours(i64::from(number + 1) * 345);
    Look {
        record: Uuid::from_u128(u128::from(number)),
        at,
        shifts: ShiftTimes::default(),
        live: true,
        passed,
        critical: false,
    }
}

fn stand(looks: &[Look]) -> Stand {
    let closed: DateTime<FixedOffset> = DateTime::UNIX_EPOCH.fixed_offset();
    let now = looks.last().map_or(closed, |look| look.at);
    weigh(closed, looks, RULE, now).stand
}

/// After which look, if any, somebody who meets the standard with a share is shown as a stand.
fn first(random: &mut Rng, wanted: Stand, most: u32, meets: impl Fn(u32) -> f64, from: u32) -> Option<u32> {
    let mut looks = Vec::new();
    for number in 0..most {
        looks.push(look(number, random.f64() < meets(number)));
        if number >= from && stand(&looks) == wanted {
            return Some(number + 1 - from);
        }
    }
    None
}

pub fn all(runs: u32) -> Vec<Line> {
    let mut random = Rng::with_seed(0x401d);
    let mut lines = Vec::new();
    for (p, most) in [(0.6, Some(0.05)), (0.7, None), (0.8, None), (0.95, None)] {
        let mut within = [0_u32; 3];
        for _ in 0..runs {
            let at = first(&mut random, Stand::Holds, 40, |_| p, 0);
            for (count, looks) in within.iter_mut().zip([7, 12, 40]) {
                *count += u32::from(at.is_some_and(|at| at <= looks));
            }
        }
        lines.push(Line {
            what: format!("meets it {:.0} times in 100: shown as Holds", p * 100.0),
            false_a_year: most.map(|_| share(within[2], runs)),
            found: ["7 looks", "12 looks", "40 looks"]
                .iter()
                .zip(within)
                .map(|(what, count)| ((*what).to_owned(), share(count, runs)))
                .collect(),
            most,
        });
    }
    let (mut calm, mut found) = (0, [0_u32; 3]);
    for _ in 0..runs {
        calm += u32::from(first(&mut random, Stand::Reverted, 12, |_| 0.95, 0).is_some());
        let fallen = |number: u32| if number < 8 { 0.95 } else { 0.70 };
        let at = first(&mut random, Stand::Reverted, 20, fallen, 8);
        for (count, looks) in found.iter_mut().zip([3, 5, 7]) {
            *count += u32::from(at.is_some_and(|at| at <= looks));
        }
    }
    lines.push(Line {
        what: "Came back: 95 in 100 for twelve looks; then from 95 to 70".to_owned(),
        false_a_year: Some(share(calm, runs)),
        found: ["3 looks", "5 looks", "7 looks"]
            .iter()
            .zip(found)
            .map(|(what, count)| ((*what).to_owned(), share(count, runs)))
            .collect(),
        most: Some(0.10),
    });
    lines
}
