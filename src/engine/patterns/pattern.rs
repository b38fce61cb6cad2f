//! Patterns that no corrective action answers yet, and the reports behind one.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, FixedOffset};
use uuid::Uuid;

use super::{PatternRow, PatternView, PatternsView};
use crate::engine::api::{Failure, FollowUpRow};
use crate::engine::core::Open;
use crate::insight::pattern::{Pattern, Rule, Scope, Sighting, patterns};
use crate::insight::scan::weigh;
use crate::practice::follow::{About, ActionOpened, Category};
use crate::store::query::SiteName;

impl Open {
    pub(super) fn patterns_view(
        &self,
        limit: u32,
        now: DateTime<FixedOffset>,
    ) -> Result<PatternsView, Failure> {
        let rule = Rule::of(&self.store.settings()?);
        let mut actions = self.actions()?;
        let sightings = self.store.sightings(Open::look_back(now), None)?;
        let raised = self.unanswered(sightings, &actions, rule, now)?;
        actions.retain(|row| answers_pattern(row, rule));
        let answers = u32::try_from(actions.len()).unwrap_or(u32::MAX);
        actions.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        let mut answered = Vec::new();
        for row in actions {
            answered.push(self.followed(row, now)?.answered);
        }
        Ok(PatternsView { raised, answered, answers, count: rule.count, days: rule.days })
    }

    /// Patterns that nothing answers yet, newest first.
    pub(in crate::engine) fn raised(&self, now: DateTime<FixedOffset>) -> Result<Vec<PatternRow>, Failure> {
        let rule = Rule::of(&self.store.settings()?);
        let sightings = self.store.sightings(Open::look_back(now), None)?;
        // Most devices on most days: too few to be a pattern, and no need to look at the actions.
        if sightings.len() < usize::try_from(rule.count).unwrap_or(usize::MAX) {
            return Ok(Vec::new());
        }
        self.unanswered(sightings, &self.actions()?, rule, now)
    }

    fn unanswered(
        &self,
        mut sightings: Vec<Sighting>,
        actions: &[FollowUpRow],
        rule: Rule,
        now: DateTime<FixedOffset>,
    ) -> Result<Vec<PatternRow>, Failure> {
        let answered: BTreeSet<Uuid> = actions
            .iter()
            .filter(|row| answers_pattern(row, rule))
            .filter_map(action_of)
            .flat_map(|action| action.reports.iter().copied())
            .collect();
        // What was answered is no pattern any more, and still part of what is usual.
        let all = sightings.clone();
        sightings.retain(|sighting| !answered.contains(&sighting.id));
        let found = patterns(&sightings, rule);
        let weighed = weigh(&found, &all, rule, self.usual_since(&all, now)?, now);
        let known: BTreeMap<Uuid, Sighting> = sightings.into_iter().map(|one| (one.id, one)).collect();
        let rows = found.into_iter().zip(weighed).map(|(pattern, evidence)| -> Result<PatternRow, Failure> {
            Ok(PatternRow { evidence: Some(evidence), ..self.pattern_row(pattern, &known)? })
        });
        rows.collect()
    }

    /// What is usual is known from here on: a year, or as long as there are records.
    pub(super) fn usual_since(
        &self,
        sightings: &[Sighting],
        now: DateTime<FixedOffset>,
    ) -> Result<DateTime<FixedOffset>, Failure> {
        let first = sightings.iter().map(|sighting| sighting.at).chain(self.store.first_happened()?).min();
        Ok(first.unwrap_or(now).max(Open::look_back(now)))
    }

    /// The pattern that a report is in: one that nothing answers yet, or the reports of the action
    /// that answers it.
    pub(super) fn pattern_view(
        &self,
        report: Uuid,
        now: DateTime<FixedOffset>,
    ) -> Result<PatternView, Failure> {
        let raised = self.raised(now)?.into_iter().find(|row| row.pattern.sightings.contains(&report));
        let actions: Vec<FollowUpRow> = self
            .actions()?
            .into_iter()
            .filter(|row| action_of(row).is_some_and(|action| action.reports.contains(&report)))
            .collect();
        let row = match (raised, actions.last()) {
            (Some(row), _) => row,
            (None, Some(first)) => self.answered_row(first)?,
            (None, None) => return Err(Failure::not_found()),
        };
        let mut reports = Vec::new();
        for id in &row.pattern.sightings {
            reports.extend(self.store.follow_up_rows("follow_up.id = ?1", &[id])?);
        }
        let site = match row.pattern.scope {
            Scope::Site(site) => Some(site),
            Scope::Across => None,
        };
        let may_act = row.gap.is_some() && self.standing()?.may("action", "opened", site, None);
        Ok(PatternView { row, reports, actions, may_act })
    }

    /// What an action answered, as the pattern that it was.
    fn answered_row(&self, row: &FollowUpRow) -> Result<PatternRow, Failure> {
        let action = action_of(row).ok_or_else(Failure::not_found)?;
        let rule = Rule::of(&self.store.settings()?);
        let mut known = BTreeMap::new();
        for report in &action.reports {
            for row in self.store.follow_up_rows("follow_up.id = ?1", &[report])? {
                if let About::Report(report) = &row.follow.about {
                    let sighting = Sighting {
                        id: row.follow.id,
                        site: row.follow.site,
                        competency: report.tag().to_owned(),
                        category: report.category,
                        gap: report.gap,
                        reportable: report.reportable,
                        at: report.happened_at,
                    };
                    known.insert(sighting.id, sighting);
                }
            }
        }
        let mut dated: Vec<_> = known.values().map(|sighting| (sighting.at, sighting.id)).collect();
        dated.sort_unstable();
        let (Some(first), Some(last)) = (dated.first(), dated.last()) else {
            return Err(Failure::not_found());
        };
        let pattern = Pattern {
            theme: rule.theme(&action.competency, action.category.unwrap_or(Category::Other)),
            scope: row.follow.site.map_or(Scope::Across, Scope::Site),
            first: first.0,
            last: last.0,
            sightings: dated.iter().map(|(_, id)| *id).collect(),
        };
        self.pattern_row(pattern, &known)
    }

    fn pattern_row(&self, pattern: Pattern, known: &BTreeMap<Uuid, Sighting>) -> Result<PatternRow, Failure> {
        let mut row = PatternRow {
            sites: Vec::new(),
            classified: 0,
            gap: None,
            reportable: false,
            evidence: None,
            pattern,
        };
        for seen in row.pattern.sightings.iter().filter_map(|id| known.get(id)) {
            row.reportable |= seen.reportable;
            row.classified += u32::from(seen.gap.is_some());
            // The gravest: training is the cheapest answer, and must not win by accident.
            row.gap = row.gap.max(seen.gap);
            if let Some(site) = seen.site
                && row.sites.iter().all(|known| known.site != site)
            {
                row.sites.push(SiteName { site, shown: self.store.site_name(site)?, active: true });
            }
        }
        Ok(row)
    }

    /// All corrective actions that this device knows, newest first.
    pub(super) fn actions(&self) -> Result<Vec<FollowUpRow>, Failure> {
        Ok(self.store.follow_up_rows(
            "follow_up.class = 'action' ORDER BY follow_up.happened DESC, follow_up.id",
            &[],
        )?)
    }

    /// Incidents and near misses that an action would count as the same happening again.
    pub(super) fn similar(
        &self,
        row: &FollowUpRow,
        since: DateTime<FixedOffset>,
    ) -> Result<Vec<Sighting>, Failure> {
        let Some(action) = action_of(row) else { return Ok(Vec::new()) };
        let sites = self.sites_of_action(row, action)?;
        let mut similar = self.store.sightings(since, Some(&action.competency))?;
        similar.retain(|sighting| {
            action.category.is_none_or(|category| category == sighting.category)
                && sites.as_ref().is_none_or(|sites| sighting.site.is_some_and(|site| sites.contains(&site)))
        });
        Ok(similar)
    }

    /// Where the same happening again counts: at the action's own site and at those of all reports that it
    /// answers; none where it is for all sites.
    fn sites_of_action(
        &self,
        row: &FollowUpRow,
        action: &ActionOpened,
    ) -> Result<Option<BTreeSet<Uuid>>, Failure> {
        let Some(own) = row.follow.site else { return Ok(None) };
        let mut sites = BTreeSet::from([own]);
        for report in &action.reports {
            let rows = self.store.follow_up_rows("follow_up.id = ?1", &[report])?;
            sites.extend(rows.into_iter().filter_map(|row| row.follow.site));
        }
        Ok(Some(sites))
    }
}

pub(super) fn action_of(row: &FollowUpRow) -> Option<&ActionOpened> {
    match &row.follow.about {
        About::Action(action) => Some(action),
        _ => None,
    }
}

/// An action about a single incident does not take it out of a pattern.
fn answers_pattern(row: &FollowUpRow, rule: Rule) -> bool {
    action_of(row)
        .is_some_and(|action| action.reports.len() >= usize::try_from(rule.count).unwrap_or(usize::MAX))
}
