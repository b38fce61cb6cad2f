//! Cohorts counted from derived rows, and compared (DOMAIN B3).

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, FixedOffset, TimeDelta};
use uuid::Uuid;

use super::{CohortMeasure, CohortsView};
use crate::engine::api::Failure;
use crate::engine::core::Open;
use crate::insight::cohort::{Band, Cohort, Compared, Finding, Seen, Start, compare, count};
use crate::practice::settings::ShiftBook;
use crate::sync::wire::Role;

/// A quarter: long enough for a rate, short enough to be about now.
const DAYS: u32 = 90;

impl Open {
    pub(super) fn cohorts_view(
        &self,
        measure: CohortMeasure,
        competency: &str,
        now: DateTime<FixedOffset>,
    ) -> Result<CohortsView, Failure> {
        let since = now - TimeDelta::days(i64::from(DAYS));
        let sites = self.store.sites()?;
        let programmes: BTreeMap<Uuid, String> =
            sites.iter().map(|site| (site.site, site.programme.clone())).collect();
        let (mut compared, again) = match measure {
            CohortMeasure::NotMet => self.not_met(since, competency, &programmes)?,
            CohortMeasure::Reports => (self.reported(since, competency, &programmes)?, 0),
        };
        let site_names: BTreeMap<Uuid, String> =
            sites.into_iter().map(|site| (site.site, site.shown)).collect();
        let name = |cohort: &Cohort| match cohort {
            Cohort::Site(site) => site_names.get(site).cloned().unwrap_or_default(),
            _ => String::new(),
        };
        // What stands out stays first; sites in the order of their names, not of their ids.
        compared
            .sort_by_cached_key(|one| (one.finding != Finding::Over, one.cohort.kind(), name(&one.cohort)));
        Ok(CohortsView { compared, site_names, competencies: self.store.competencies()?, days: DAYS, again })
    }

    /// First looks that did not meet their standard, and how many later ones were left out: whoever
    /// missed is looked at again, so they would count double.
    fn not_met(
        &self,
        since: DateTime<FixedOffset>,
        competency: &str,
        programmes: &BTreeMap<Uuid, String>,
    ) -> Result<(Vec<Compared>, u32), Failure> {
        let (mut seen, mut again, mut first_looks) = (Vec::new(), 0, BTreeSet::new());
        let first = self.store.first_start()?;
        let shifts = ShiftBook::of(&self.store.setting_changes()?);
        for result in self.store.results(since, competency)? {
            if let Some(person) = result.subject
                && !first_looks.insert((person, result.standard))
            {
                again += 1;
                continue;
            }
            let programme =
                result.site.and_then(|site| programmes.get(&site)).filter(|name| !name.is_empty());
            let cohorts = [
                result.site.map(Cohort::Site),
                programme.map(|name| Cohort::Programme(name.clone())),
                Some(Cohort::Band(Band::of(result.happened_at, shifts.at(result.site, result.happened_at)))),
                result.role.map(Cohort::Role),
                result
                    .started
                    .zip(first)
                    .map(|(started, first)| Cohort::Start(Start::of(started, first, result.happened_at))),
            ];
            let cohorts = cohorts.into_iter().flatten().collect();
            seen.push(Seen { person: result.subject, cohorts, missed: !result.passed });
        }
        Ok((compare(&seen), again))
    }

    /// Incidents and near misses by site and programme. How much work was done there is not known, so
    /// that they are counts and nothing is called; when in the week, and whose practice it was, is
    /// known of the reports alone and not of the work, so that they are not even listed by it.
    fn reported(
        &self,
        since: DateTime<FixedOffset>,
        competency: &str,
        programmes: &BTreeMap<Uuid, String>,
    ) -> Result<Vec<Compared>, Failure> {
        let mut cases: BTreeMap<Cohort, (u32, u32)> = BTreeMap::new();
        let of = |site: Uuid| {
            let programme = programmes.get(&site).filter(|name| !name.is_empty());
            [Some(Cohort::Site(site)), programme.map(|name| Cohort::Programme(name.clone()))]
        };
        for ((site, role), people) in self.store.staffing()? {
            if matches!(role, Role::Staff | Role::Supervisor) {
                for cohort in of(site).into_iter().flatten() {
                    cases.entry(cohort).or_default().1 += people;
                }
            }
        }
        let named = (!competency.is_empty()).then_some(competency);
        for sighting in self.store.sightings(since, named)? {
            for cohort in sighting.site.map(of).into_iter().flatten().flatten() {
                if let Some(counted) = cases.get_mut(&cohort) {
                    counted.0 += 1;
                }
            }
        }
        Ok(count(&cases))
    }
}
