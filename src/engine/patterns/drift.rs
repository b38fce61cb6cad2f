//! Small errors that repeat, and the records behind each figure (DOMAIN C2, C7).

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset, TimeDelta};

use super::{DriftBehind, DriftBehindView, DriftView};
use crate::engine::api::Failure;
use crate::engine::core::Open;
use crate::insight::drift::{BASELINE_DAYS, Input, Rule, drift};
use crate::practice::standard::StandardRef;

/// So many records are listed behind a figure; the figure itself counts all.
const LISTED: u32 = 200;

impl Open {
    pub(super) fn drift_view(&self, now: DateTime<FixedOffset>) -> Result<DriftView, Failure> {
        let rule = Rule::of(&self.store.settings()?);
        let window = TimeDelta::days(i64::from(rule.days));
        let (first, middle) = (now - window - TimeDelta::days(i64::from(BASELINE_DAYS)), now - window);
        let slips = self.store.slips(first, middle)?;
        // Only of what is listed is it asked how often it was judged.
        let mut judged = BTreeMap::new();
        for (standard, item) in
            slips.iter().filter(|slip| slip.count >= rule.count).filter_map(|slip| slip.item.clone())
        {
            let found = self.store.judged((standard, &item), first, middle)?;
            judged.insert((standard, item), found);
        }
        let drifts = drift(&slips, &judged, &self.store.looked(middle)?, rule);
        let mut items = BTreeMap::new();
        let standards = self.store.standards()?;
        for item in drifts.iter().flat_map(|drift| &drift.items) {
            let newest = standards.iter().find(|row| row.standard.standard == item.standard);
            let Some(known) = newest else { continue };
            let reference = StandardRef { standard: item.standard, version: known.standard.version };
            let Some(standard) = self.store.standard(reference)? else { continue };
            if let Some(found) = standard.item(&item.item) {
                items.insert(DriftView::key(item.standard, &item.item), found.text.clone());
            }
        }
        Ok(DriftView { drifts, items, count: rule.count, days: rule.days })
    }

    pub(super) fn behind_view(
        &self,
        behind: &DriftBehind,
        now: DateTime<FixedOffset>,
    ) -> Result<DriftBehindView, Failure> {
        let rule = Rule::of(&self.store.settings()?);
        let since = (now - TimeDelta::days(i64::from(rule.days))).timestamp_millis();
        let mut view = DriftBehindView::default();
        if let Some((standard, item)) = &behind.item {
            let page = self.store.records_missing(*standard, item, since, LISTED)?;
            (view.records, view.records_total) = (page.rows, page.total);
            return Ok(view);
        }
        let (classes, sources) = behind.input.map_or((ANY_CLASS, ANY_SOURCE), parts);
        let records = self.store.records_with_misses(&behind.competency, classes, since, LISTED)?;
        (view.records, view.records_total) = (records.rows, records.total);
        let reports = self.store.reports_about(&behind.competency, sources, since, LISTED)?;
        (view.reports, view.reports_total) = (reports.rows, reports.total);
        Ok(view)
    }
}

const ANY_CLASS: &[&str] = &["check", "shadow", "audit", "note"];
const ANY_SOURCE: &[&str] = &[
    "near_miss",
    "incident",
    "incident_theme",
    "documentation_audit",
    "partner_feedback",
    "on_call",
    "complaint",
    "unknown",
];

/// The classes of observations and the sources of reports that an input is made of: the reverse of
/// what `store::query::reports` counts.
fn parts(input: Input) -> (&'static [&'static str], &'static [&'static str]) {
    match input {
        Input::Audit => (&["audit", "note"], &["documentation_audit"]),
        Input::Observation => (&["check", "shadow"], &[]),
        Input::Theme => (&[], &["near_miss", "incident", "incident_theme", "unknown"]),
        Input::Partner => (&[], &["partner_feedback", "on_call"]),
        Input::Complaint => (&[], &["complaint"]),
    }
}
