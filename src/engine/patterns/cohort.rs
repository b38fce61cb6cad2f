//! Cohorts counted from derived rows, and compared (DOMAIN B3).

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, FixedOffset, TimeDelta};
use uuid::Uuid;

use super::{CohortMeasure, CohortsView};
use crate::engine::api::Failure;
use crate::engine::core::Open;
use crate::insight::cohort::{Band, Cohort, Finding, Start, Tally, compare};
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
        let tallies = match measure {
            CohortMeasure::NotMet => self.not_met(since, competency, &programmes)?,
            CohortMeasure::Reports => self.reported(since, now, competency, &programmes)?,
        };
        let site_names: BTreeMap<Uuid, String> =
            sites.into_iter().map(|site| (site.site, site.name)).collect();
        let mut compared = compare(&tallies);
        let name = |cohort: &Cohort| match cohort {
            Cohort::Site(site) => site_names.get(site).cloned().unwrap_or_default(),
            _ => String::new(),
        };
        // What stands out stays first; sites in the order of their names, not of their ids.
        compared
            .sort_by_cached_key(|one| (one.finding != Finding::Over, one.cohort.kind(), name(&one.cohort)));
        Ok(CohortsView { compared, site_names, competencies: self.store.competencies()?, days: DAYS })
    }

    /// Observations that did not meet their standard, of all observations; people are those observed.
    fn not_met(
        &self,
        since: DateTime<FixedOffset>,
        competency: &str,
        programmes: &BTreeMap<Uuid, String>,
    ) -> Result<BTreeMap<Cohort, Tally>, Failure> {
        let mut tallies: BTreeMap<Cohort, Tally> = BTreeMap::new();
        let mut people: BTreeMap<Cohort, BTreeSet<Uuid>> = BTreeMap::new();
        let first = self.store.first_start()?;
        for result in self.store.results(since, competency)? {
            let programme =
                result.site.and_then(|site| programmes.get(&site)).filter(|name| !name.is_empty());
            let cohorts = [
                result.site.map(Cohort::Site),
                programme.map(|name| Cohort::Programme(name.clone())),
                Some(Cohort::Band(Band::of(result.happened_at))),
                result.role.map(Cohort::Role),
                result
                    .started
                    .zip(first)
                    .map(|(started, first)| Cohort::Start(Start::of(started, first, result.happened_at))),
            ];
            for cohort in cohorts.into_iter().flatten() {
                if let Some(person) = result.subject {
                    people.entry(cohort.clone()).or_default().insert(person);
                }
                let tally = tallies.entry(cohort).or_default();
                tally.cases += u32::from(!result.passed);
                tally.exposure += 1.0;
            }
        }
        for (cohort, tally) in &mut tallies {
            let known = people.get(cohort).map_or(0, BTreeSet::len);
            tally.people = u32::try_from(known).unwrap_or(u32::MAX);
        }
        Ok(tallies)
    }

    /// Incidents and near misses: by days of people at a site or programme, by hours of a band. Whose
    /// practice a report was about is often not known, so roles are not compared by it.
    fn reported(
        &self,
        since: DateTime<FixedOffset>,
        now: DateTime<FixedOffset>,
        competency: &str,
        programmes: &BTreeMap<Uuid, String>,
    ) -> Result<BTreeMap<Cohort, Tally>, Failure> {
        let mut tallies: BTreeMap<Cohort, Tally> = BTreeMap::new();
        let mut staff = 0;
        for ((site, role), people) in self.store.staffing()? {
            if !matches!(role, Role::Staff | Role::Supervisor) {
                continue;
            }
            staff += people;
            let programme = programmes.get(&site).filter(|name| !name.is_empty());
            for cohort in [Some(Cohort::Site(site)), programme.map(|name| Cohort::Programme(name.clone()))] {
                let Some(cohort) = cohort else { continue };
                let tally = tallies.entry(cohort).or_default();
                tally.people += people;
                tally.exposure += f64::from(people) * f64::from(DAYS);
            }
        }
        for band in Band::ALL {
            let exposure = band.hours(since.date_naive(), now.date_naive());
            // Who worked when is not known here: a band is hours, and names nobody.
            tallies.insert(Cohort::Band(band), Tally { cases: 0, exposure, people: staff });
        }
        let named = (!competency.is_empty()).then_some(competency);
        for sighting in self.store.sightings(since, named)? {
            let programme = sighting.site.and_then(|site| programmes.get(&site));
            let cohorts = [
                sighting.site.map(Cohort::Site),
                programme.map(|name| Cohort::Programme(name.clone())),
                Some(Cohort::Band(Band::of(sighting.at))),
            ];
            for cohort in cohorts.into_iter().flatten() {
                if let Some(tally) = tallies.get_mut(&cohort) {
                    tally.cases += 1;
                }
            }
        }
        Ok(tallies)
    }
}
