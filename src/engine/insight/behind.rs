//! The records, reports, cycles and tasks behind a figure, with what each adds to it.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use chrono::{DateTime, FixedOffset};
use uuid::Uuid;

use super::super::api::{Behind, Failure, Lens, RecordRow, ThemeOf};
use super::super::core::Open;
use crate::insight::measure::{Measure, Need, Unit};
use crate::insight::period::Grain;
use crate::practice::settings::expected::expected;
use crate::practice::standard::{Standard, StandardRef};
use crate::practice::text::Text;
use crate::store::query::{FollowUpRow, Span};

impl Open {
    pub(super) fn behind(
        &self,
        measure: Measure,
        period: i32,
        lens: &Lens,
        limit: u32,
        now: DateTime<FixedOffset>,
    ) -> Result<Behind, Failure> {
        let span = Span { grain: lens.grain, from: period, to: period };
        let scope = self.scope_of(measure, lens)?;
        let mut behind = Behind::default();
        match measure.needs() {
            Need::Tallies | Need::Items => {
                (behind.records, behind.count) = self.store.records_behind(measure, span, &scope, limit)?;
                if measure.unit() == Unit::Share {
                    behind.adds = self.store.adds(measure, behind.records.iter().map(|row| row.id))?;
                }
            }
            Need::Reports => {
                let (rows, count, back) = self.store.reports_behind(measure, span, &scope, limit)?;
                if measure == Measure::Recurrence {
                    let adds = |row: &FollowUpRow| (f64::from(u8::from(back.contains(&row.follow.id))), 1.0);
                    behind.adds = rows.iter().map(|row| (row.follow.id, adds(row))).collect();
                }
                (behind.follow_ups, behind.count) = (rows, count);
            }
            Need::Cycles => {
                (behind.follow_ups, behind.count) = self.store.cycles_behind(span, &scope, limit)?;
            }
            Need::Tasks => (behind.tasks, behind.count) = self.store.tasks_behind(span, &scope, limit)?,
            Need::Due => {
                let expected = expected(&self.store.setting_changes()?);
                let today = now.date_naive();
                let found = self.store.expected_behind(span, &scope, &expected, today, limit)?;
                (behind.records, behind.count, behind.judged) = (found.0, found.1, Some(found.2));
            }
        }
        behind.missed = self.missed(&behind.records)?;
        Ok(behind)
    }

    /// The reports of a theme, as the month counts it.
    pub(super) fn theme_behind(&self, theme: &ThemeOf, lens: &Lens, limit: u32) -> Result<Behind, Failure> {
        let months = theme.months.clamp(1, 12);
        let from = theme.period.saturating_sub_unsigned(months.saturating_sub(1));
        let span = Span { grain: Grain::Month, from, to: theme.period };
        let (follow_ups, count) = self.store.theme_behind(
            span,
            &self.scope(lens)?,
            (theme.competency.as_str(), theme.source),
            limit,
        )?;
        Ok(Behind { follow_ups, count, ..Behind::default() })
    }

    /// What was missed in each record, as its standard says it.
    fn missed(&self, records: &[RecordRow]) -> Result<BTreeMap<Uuid, Vec<Text>>, Failure> {
        let mut standards: BTreeMap<StandardRef, Option<Standard>> = BTreeMap::new();
        let mut missed = BTreeMap::new();
        for row in records.iter().filter(|row| !row.verdict.missed.is_empty()) {
            let standard = match standards.entry(row.standard) {
                Entry::Occupied(known) => known.into_mut(),
                Entry::Vacant(place) => place.insert(self.store.standard(row.standard)?),
            };
            let Some(standard) = standard else { continue };
            let texts = row.verdict.missed.iter().filter_map(|id| standard.item(id));
            missed.insert(row.id, texts.map(|item| item.text.clone()).collect());
        }
        Ok(missed)
    }
}
