//! Records added up by month and week, site and standard, and over all sites, so that a dashboard over
//! 100,000 of them reads a few hundred rows.
//!
//! Invariant: what stands in `tally` and `tally_item` is the sum over the rows of `record` as they
//! stand now, once under its site and once under [`ALL`]. A row that goes is taken away with exactly what was added for it, because both are
//! worked out from the row itself.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset, NaiveDate};
use rusqlite::{Connection, Row};
use uuid::Uuid;

use super::StoreError;
use crate::insight::period::Grain;
use crate::practice::record::{State, Verdict};
use crate::practice::setting::Setting;
use crate::practice::told::Told;

/// The columns of `record` that [`Counted::read`] takes, for `RETURNING`.
pub(super) const COLUMNS: &str = "happened, happened_east, site, standard, version, state, verdict, told";

/// What of a record's row is counted.
pub(super) struct Counted {
    day: NaiveDate,
    site: Option<Uuid>,
    standard: Uuid,
    version: u32,
    state: String,
    verdict: Verdict,
    told: Told,
}

impl Counted {
    pub(super) fn new(
        happened: DateTime<FixedOffset>,
        site: Option<Uuid>,
        standard: (Uuid, u32),
        state: &str,
        verdict: &Verdict,
        told: &Told,
    ) -> Counted {
        Counted {
            day: happened.date_naive(),
            site,
            standard: standard.0,
            version: standard.1,
            state: state.to_owned(),
            verdict: verdict.clone(),
            told: told.clone(),
        }
    }

    /// From a row of [`COLUMNS`].
    pub(super) fn read(row: &Row) -> rusqlite::Result<Counted> {
        Ok(Counted {
            day: super::query::time(row, 0)?.date_naive(),
            site: row.get(2)?,
            standard: row.get(3)?,
            version: row.get(4)?,
            state: row.get(5)?,
            verdict: super::query::json(row, 6)?,
            told: super::query::json(row, 7)?,
        })
    }

    pub(super) fn standard(&self) -> Uuid {
        self.standard
    }

    /// Whether it counts in any figure: what was withdrawn or is contested does not, nor what somebody
    /// observed of themselves, nor what was watched without consent. `query::COUNTS` asks the same.
    fn counts(&self) -> bool {
        !matches!(State::parse(&self.state), Some(State::Withdrawn | State::Conflict))
            && !self.verdict.own
            && !self.verdict.declined
    }

    /// Whether it was neither seen in real practice nor judged on paper. The same is asked of a row in
    /// `query::behind`.
    fn played(&self) -> bool {
        !matches!(self.verdict.setting, Some(Setting::Live | Setting::Desk))
    }

    /// How it came out.
    fn passed(&self) -> Option<bool> {
        State::parse(&self.state)?.result(self.verdict.passed)
    }
}

/// Instead of a site: the sum over all of them and of what names none. No id is so short.
pub(super) const ALL: [u8; 1] = [0];

/// Period's grain, site (empty bytes for none), period, standard, version.
type Key = (u8, Vec<u8>, i32, Uuid, u32);

/// Seen, judged, passed, met, missed, whole; of what was played through: seen, judged, passed, missed.
type Sums = [i64; 10];
/// Missed, unknown, unseen, given, total.
type ItemSums = [i64; 5];

/// What has to be added to the tables, gathered over a batch so that each row is written once.
#[derive(Default)]
pub(super) struct Tallies {
    rows: BTreeMap<Key, Sums>,
    items: BTreeMap<(Key, String), ItemSums>,
}

impl Tallies {
    pub(super) fn add(&mut self, row: &Counted) {
        self.count(row, 1);
    }

    pub(super) fn take_away(&mut self, row: &Counted) {
        self.count(row, -1);
    }

    fn count(&mut self, row: &Counted, times: i64) {
        if !row.counts() {
            return;
        }
        let (passed, verdict) = (row.passed(), &row.verdict);
        let played = i64::from(row.played());
        let (judged, met) = (i64::from(passed.is_some()), i64::from(passed == Some(true)));
        let not_met = i64::from(verdict.not_met);
        let sums: Sums = [
            1,
            judged,
            met,
            i64::from(verdict.met),
            not_met,
            i64::from(verdict.is_whole()),
            played,
            played * judged,
            played * met,
            played * not_met,
        ];
        let own = row.site.map(|site| site.as_bytes().to_vec()).unwrap_or_default();
        for (grain, site) in
            Grain::ALL.into_iter().flat_map(|grain| [(grain, own.clone()), (grain, ALL.to_vec())])
        {
            let key: Key = (grain.code(), site, grain.of(row.day), row.standard, row.version);
            plus(self.rows.entry(key.clone()).or_default(), &sums, times);
            let mut item = |id: &str, sums: ItemSums| {
                plus(self.items.entry((key.clone(), id.to_owned())).or_default(), &sums, times);
            };
            for id in &verdict.missed {
                item(id, [1, 0, 0, 0, 0]);
            }
            for id in &verdict.unknown {
                item(id, [0, 1, 0, 0, 0]);
            }
            for id in &row.told.unseen {
                item(id, [0, 0, 1, 0, 0]);
            }
            for (id, number) in &row.told.numbers {
                item(id, [0, 0, 0, 1, *number]);
            }
        }
    }

    /// Adds what was gathered to the tables.
    pub(super) fn write(self, db: &Connection) -> Result<(), StoreError> {
        for ((grain, site, period, standard, version), sums) in self.rows {
            if sums == Sums::default() {
                continue;
            }
            let [seen, judged, passed, met, missed, whole, played @ ..] = sums;
            let [played_seen, played_judged, played_passed, played_missed] = played;
            db.prepare_cached(
                "INSERT INTO tally (grain, period, site, standard, version,
                                    seen, judged, passed, met, missed, whole,
                                    played_seen, played_judged, played_passed, played_missed)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)
                 ON CONFLICT DO UPDATE SET seen = seen + ?6, judged = judged + ?7, passed = passed + ?8,
                     met = met + ?9, missed = missed + ?10, whole = whole + ?11,
                     played_seen = played_seen + ?12, played_judged = played_judged + ?13,
                     played_passed = played_passed + ?14, played_missed = played_missed + ?15",
            )?
            .execute((
                grain,
                period,
                &site,
                standard,
                version,
                seen,
                judged,
                passed,
                met,
                missed,
                whole,
                played_seen,
                played_judged,
                played_passed,
                played_missed,
            ))?;
            // A row that came to nothing goes, so that the table is the same as after a rebuild.
            if seen < 0 {
                db.prepare_cached(
                    "DELETE FROM tally WHERE grain = ?1 AND period = ?2 AND site = ?3 AND standard = ?4
                       AND version = ?5 AND seen = 0",
                )?
                .execute((grain, period, &site, standard, version))?;
            }
        }
        for (((grain, site, period, standard, version), item), sums) in self.items {
            if sums == ItemSums::default() {
                continue;
            }
            let [missed, unknown, unseen, given, total] = sums;
            db.prepare_cached(
                "INSERT INTO tally_item (grain, period, site, standard, version, item,
                                         missed, unknown, unseen, given, total)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
                 ON CONFLICT DO UPDATE SET missed = missed + ?7, unknown = unknown + ?8,
                     unseen = unseen + ?9, given = given + ?10, total = total + ?11",
            )?
            .execute((
                grain, period, &site, standard, version, &item, missed, unknown, unseen, given, total,
            ))?;
            if sums.iter().any(|sum| *sum < 0) {
                db.prepare_cached(
                    "DELETE FROM tally_item WHERE grain = ?1 AND period = ?2 AND site = ?3 AND standard = ?4
                       AND version = ?5 AND item = ?6
                       AND missed = 0 AND unknown = 0 AND unseen = 0 AND given = 0",
                )?
                .execute((grain, period, &site, standard, version, &item))?;
            }
        }
        Ok(())
    }
}

fn plus<const N: usize>(sums: &mut [i64; N], more: &[i64; N], times: i64) {
    for (sum, more) in sums.iter_mut().zip(more) {
        *sum += more * times;
    }
}
