//! Small errors that repeat, and the records behind each figure (DOMAIN C2, C7).

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset, TimeDelta};
use rusqlite::ToSql;

use super::{DriftBehind, DriftBehindView, DriftView};
use crate::engine::api::Failure;
use crate::engine::core::Open;
use crate::insight::drift::{Input, Rule, drift};
use crate::practice::standard::StandardRef;

/// So many records are listed behind a figure; the figure itself counts all.
const LISTED: u32 = 200;

impl Open {
    pub(super) fn drift_view(&self, now: DateTime<FixedOffset>) -> Result<DriftView, Failure> {
        let rule = Rule::of(&self.store.settings()?);
        let window = TimeDelta::days(i64::from(rule.days));
        let slips = self.store.slips(now - window * 2, now - window)?;
        let drifts = drift(&slips, &self.store.looked(now - window)?, rule);
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
            let values: [&dyn ToSql; 3] = [standard, &since, item];
            view.records = self.store.record_rows(
                "record.standard = ?1 AND record.happened >= ?2
                 AND record.state NOT IN ('withdrawn', 'returned', 'conflict')
                 AND (EXISTS (SELECT 1 FROM json_each(record.verdict, '$.missed') WHERE value = ?3)
                      OR EXISTS (SELECT 1 FROM json_each(iif(record.told = '', '{}', record.told), '$.found')
                                 WHERE value = ?3))",
                &values,
                LISTED,
            )?;
            return Ok(view);
        }
        let (classes, sources) = behind.input.map_or((ANY_CLASS, ANY_SOURCE), parts);
        let (classes, sources) = (serde_json::to_string(classes), serde_json::to_string(sources));
        let (Ok(classes), Ok(sources)) = (classes, sources) else { return Ok(view) };
        view.records = self.store.record_rows(
            "record.happened >= ?2 AND record.class IN (SELECT value FROM json_each(?3))
             AND standard.competency = ?1
             AND (instr(record.verdict, '\"missed\"') > 0 OR instr(record.told, '\"found\"') > 0)
             AND record.state NOT IN ('withdrawn', 'returned', 'conflict')",
            &[&behind.competency, &since, &classes],
            LISTED,
        )?;
        view.reports = self.store.follow_up_rows(
            "follow_up.id IN (SELECT id FROM report WHERE competency = ?1 AND happened >= ?2
                              AND source IN (SELECT value FROM json_each(?3)))
             ORDER BY follow_up.happened DESC LIMIT ?4",
            &[&behind.competency, &since, &sources, &LISTED],
        )?;
        Ok(view)
    }
}

const ANY_CLASS: &[&str] = &["check", "shadow", "audit", "note", "handoff", "scenario"];
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
        Input::Observation => (&["check", "shadow", "handoff", "scenario"], &[]),
        Input::Theme => (&[], &["near_miss", "incident", "incident_theme", "unknown"]),
        Input::Partner => (&[], &["partner_feedback", "on_call"]),
        Input::Complaint => (&[], &["complaint"]),
    }
}
