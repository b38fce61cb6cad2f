//! Similar incidents and near misses over a threshold in a window, and whether they came back
//! (DOMAIN A3).
//!
//! The threshold is the organisation's rule. Whether what reached it is more than chance explains is
//! [`super::scan`]'s to say.
//!
//! Invariant: what is found depends on the *set* of sightings and on the rule, on no order and no
//! clock. Each sighting belongs to one pattern at most.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset, TimeDelta};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::ratio::{Ratio, ratio};
use crate::practice::follow::{Category, Gap};
use crate::practice::settings::Settings;
use crate::record::time;

/// What makes two of them similar.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Theme {
    pub competency: String,
    /// None where the organisation counts all categories of a competency together.
    pub category: Option<Category>,
}

/// An incident or near miss, as far as a pattern needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sighting {
    pub id: Uuid,
    pub site: Option<Uuid>,
    pub competency: String,
    pub category: Category,
    /// None until somebody classified it.
    pub gap: Option<Gap>,
    pub reportable: bool,
    /// When it happened.
    pub at: DateTime<FixedOffset>,
}

/// How many similar ones make a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// So many (three, DOMAIN A3) …
    pub count: u32,
    /// … within so many days (30).
    pub days: u32,
    /// Of the same category too, not of the same competency alone.
    pub same_category: bool,
}

impl Rule {
    /// The organisation's, held within what makes sense: one alone is no pattern.
    #[must_use]
    pub fn of(settings: &Settings) -> Rule {
        Rule {
            count: settings.pattern_count.clamp(2, 100),
            days: settings.pattern_days.clamp(1, 366),
            same_category: settings.pattern_same_category,
        }
    }

    /// The theme that a sighting counts to.
    #[must_use]
    pub fn theme(self, competency: &str, category: Category) -> Theme {
        // What nobody has tagged yet counts by its category's own name.
        let competency = if competency.is_empty() { category.as_str() } else { competency };
        Theme { competency: competency.to_owned(), category: self.same_category.then_some(category) }
    }
}

/// Where a pattern shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// At one site.
    Site(Uuid),
    /// Across sites: no single one of them reaches the threshold by these.
    Across,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pattern {
    pub theme: Theme,
    pub scope: Scope,
    /// Oldest first; never fewer than the rule's count.
    pub sightings: Vec<Uuid>,
    pub first: DateTime<FixedOffset>,
    pub last: DateTime<FixedOffset>,
}

/// All patterns, the newest first. First each site on its own; what belongs to no site's pattern is
/// then counted across sites.
#[must_use]
pub fn patterns(sightings: &[Sighting], rule: Rule) -> Vec<Pattern> {
    let mut by_site: BTreeMap<(Theme, Uuid), Vec<&Sighting>> = BTreeMap::new();
    let mut rest: BTreeMap<Theme, Vec<&Sighting>> = BTreeMap::new();
    for sighting in sightings {
        let theme = rule.theme(&sighting.competency, sighting.category);
        match sighting.site {
            Some(site) => by_site.entry((theme, site)).or_default().push(sighting),
            None => rest.entry(theme).or_default().push(sighting),
        }
    }
    let mut found = Vec::new();
    for ((theme, site), group) in by_site {
        let left = episodes(&theme, Scope::Site(site), group, rule, &mut found);
        rest.entry(theme).or_default().extend(left);
    }
    for (theme, group) in rest {
        episodes(&theme, Scope::Across, group, rule, &mut found);
    }
    found.sort_by(|a, b| (b.last, &b.theme, b.scope).cmp(&(a.last, &a.theme, a.scope)));
    found
}

/// The stretches of a group in which the threshold was reached; windows that share a sighting are
/// one stretch. Gives back what belongs to none.
fn episodes<'a>(
    theme: &Theme,
    scope: Scope,
    mut group: Vec<&'a Sighting>,
    rule: Rule,
    found: &mut Vec<Pattern>,
) -> Vec<&'a Sighting> {
    group.sort_by_key(|sighting| (sighting.at, sighting.id));
    group.dedup_by_key(|sighting| sighting.id);
    let span = TimeDelta::days(i64::from(rule.days));
    let count = usize::try_from(rule.count.max(2)).unwrap_or(usize::MAX);
    // The end (exclusive) of the last window that began at or before each sighting.
    let mut stretches: Vec<(usize, usize)> = Vec::new();
    for (begin, window) in group.windows(count.min(group.len().max(1))).enumerate() {
        let reached = window.len() == count
            && matches!((window.first(), window.last()), (Some(first), Some(last)) if time::between(&first.at, &last.at) <= span);
        if !reached {
            continue;
        }
        match stretches.last_mut() {
            Some((_, end)) if begin < *end => *end = begin.saturating_add(count),
            _ => stretches.push((begin, begin.saturating_add(count))),
        }
    }
    for (begin, end) in &stretches {
        let part = group.get(*begin..*end).unwrap_or_default();
        if let (Some(first), Some(last)) = (part.first(), part.last()) {
            found.push(Pattern {
                theme: theme.clone(),
                scope,
                sightings: part.iter().map(|sighting| sighting.id).collect(),
                first: first.at,
                last: last.at,
            });
        }
    }
    let inside = |index: usize| stretches.iter().any(|(begin, end)| (*begin..*end).contains(&index));
    group.into_iter().enumerate().filter(|(index, _)| !inside(*index)).map(|(_, sighting)| sighting).collect()
}

/// Whether the same happened again after an action: as often as it did in ordinary times, before the
/// bad stretch that the action answered. (Against the bad stretch itself, anything looks better.)
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Recurrence {
    /// In the `usual_days` before the first of the reports that it answered.
    pub before: u32,
    /// So many whole days of ordinary times are known; 0 where none are.
    pub usual_days: u32,
    /// Since then, until now or until the end of the watch.
    pub after: u32,
    /// So many whole days have been watched; never more than is asked. 0 on the first.
    pub days: u32,
    /// The moment that those days are counted from.
    pub since: DateTime<FixedOffset>,
    /// All days that the action asks for have been watched.
    pub complete: bool,
    /// The rate since against that of ordinary times, each by the exact length of its stretch: the day that
    /// has begun is in both as far as it has come. None where no whole ordinary day is known.
    pub ratio: Option<Ratio>,
    /// Those since, oldest first.
    pub again: Vec<Uuid>,
}

/// Ordinary times are at most so many days.
pub const USUAL_DAYS: i64 = 365;

/// Counts what happened again. `similar` are the sightings of the action's theme where it applies,
/// known from `known` on; `first` is when the first of the reports that it answered happened; `since`
/// is when it was re-validated or closed, and not before it was carried out.
#[must_use]
pub fn recurrence(
    similar: &[(Uuid, DateTime<FixedOffset>)],
    known: DateTime<FixedOffset>,
    first: DateTime<FixedOffset>,
    since: DateTime<FixedOffset>,
    watch_days: u32,
    now: DateTime<FixedOffset>,
) -> Recurrence {
    let until = time::after(since, TimeDelta::days(i64::from(watch_days.clamp(1, 1000))));
    let from = known.max(time::before(first, TimeDelta::days(USUAL_DAYS)));
    let (watched, usual) = (time::between(&since, &until.min(now)), time::between(&from, &first));
    let whole = |stretch: TimeDelta| u32::try_from(stretch.num_days()).unwrap_or(0);
    let mut again: Vec<(DateTime<FixedOffset>, Uuid)> = similar
        .iter()
        .filter(|(_, at)| *at > since && *at <= until.min(now))
        .map(|(id, at)| (*at, *id))
        .collect();
    again.sort_unstable();
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let before = count(similar.iter().filter(|(_, at)| *at >= from && *at < first).count());
    let after = count(again.len());
    #[allow(clippy::cast_precision_loss, reason = "seconds of some years")]
    let days = |stretch: TimeDelta| stretch.num_seconds().max(0) as f64 / 86_400.0;
    Recurrence {
        before,
        usual_days: whole(usual),
        after,
        days: whole(watched),
        since,
        complete: now >= until,
        ratio: ratio(after, days(watched), before, days(usual)).filter(|_| whole(usual) > 0),
        again: again.into_iter().map(|(_, id)| id).collect(),
    }
}

#[cfg(test)]
#[path = "pattern_tests.rs"]
mod tests;
