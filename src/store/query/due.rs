//! Observations that the organisation expects of each person: which were due, and which were done.
//!
//! Invariant: the figure is the number of records that it opens; both come from [`Store::due`].

use std::collections::BTreeMap;

use chrono::NaiveDate;
use uuid::Uuid;

use super::behind::JUDGED;
use super::insight::{DAY, millis, utc};
use super::{BY_OTHERS, COUNTS, RecordRow, Scope, Span};
use crate::insight::facts::DueFact;
use crate::practice::settings::expected::Expected;
use crate::store::{Store, StoreError};

/// Since when, and until when; none where somebody is there still.
type Tenure = (i64, Option<i64>);

/// What one person owed by one standard in the window that ends with a period.
struct Due {
    period: i32,
    times: u32,
    /// What counts for it, the newest first: never more than was due.
    done: Vec<Uuid>,
}

impl Store {
    /// What was expected in the windows that end with each period (or with `today`, in the newest),
    /// and what of it was done. Due are those who worked at a site for the whole window.
    ///
    /// # Errors
    /// As any read.
    pub fn due_facts(
        &self,
        span: Span,
        scope: &Scope,
        expected: &[Expected],
        today: NaiveDate,
    ) -> Result<Vec<DueFact>, StoreError> {
        let due = self.due(span, scope, expected, today)?;
        let count = |done: usize| u32::try_from(done).unwrap_or(u32::MAX);
        Ok(due
            .into_iter()
            .map(|due| DueFact { period: due.period, due: due.times, done: count(due.done.len()) })
            .collect())
    }

    /// The observations behind a figure of what was due, newest first; how many there are, and how many of
    /// them came to "met" or "not met".
    ///
    /// # Errors
    /// As any read.
    pub fn expected_behind(
        &self,
        span: Span,
        scope: &Scope,
        expected: &[Expected],
        today: NaiveDate,
        limit: u32,
    ) -> Result<(Vec<RecordRow>, u32, u32), StoreError> {
        let due = self.due(span, scope, expected, today)?;
        let ids = super::ids(due.into_iter().flat_map(|due| due.done))?;
        let condition = "record.id IN (SELECT unhex(value) FROM json_each(?1))";
        let mut counted = self.db.prepare_cached(&format!(
            "SELECT count(*), ifnull(sum({JUDGED}), 0) FROM record WHERE {condition}"
        ))?;
        let (count, judged) = counted.query_row([&ids], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok((self.record_rows(condition, &[&ids], limit)?, count, judged))
    }

    fn due(
        &self,
        span: Span,
        scope: &Scope,
        expected: &[Expected],
        today: NaiveDate,
    ) -> Result<Vec<Due>, StoreError> {
        let kinds = self.kinds()?;
        let people = self.tenures(scope)?;
        let mut all = Vec::new();
        for known in expected {
            let expectation = &known.expectation;
            let about = kinds.iter().any(|(by, (_, competency))| {
                by.standard == expectation.standard && scope.is_about(competency)
            });
            if !about || expectation.times == 0 {
                continue;
            }
            let window = known.window();
            let since = millis(utc(span.first() - window).date_naive());
            for (person, tenures) in &people {
                let seen = self.seen_since(*person, expectation.standard, since)?;
                for period in span.from..=span.to {
                    let last = span.grain.last_day(period).min(today);
                    if last < span.grain.first_day(period) {
                        continue;
                    }
                    let end = millis(last) + DAY;
                    let begin = end - window;
                    let there = tenures
                        .iter()
                        .any(|(since, until)| *since <= begin && until.is_none_or(|until| until >= end));
                    if !there || !known.counts(end) {
                        continue;
                    }
                    let within = seen.iter().filter(|(_, at)| (begin..end).contains(at));
                    let most = usize::try_from(expectation.times).unwrap_or(usize::MAX);
                    let done = within.take(most).map(|(id, _)| *id).collect();
                    all.push(Due { period, times: expectation.times, done });
                }
            }
        }
        Ok(all)
    }

    /// When each member of staff worked at the sites of the scope.
    fn tenures(&self, scope: &Scope) -> Result<BTreeMap<Uuid, Vec<Tenure>>, StoreError> {
        let mut statement = self.db.prepare_cached("SELECT person, site, since, until FROM tenure")?;
        let mut people: BTreeMap<Uuid, Vec<Tenure>> = BTreeMap::new();
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            if scope.has(row.get(1)?) {
                people.entry(row.get(0)?).or_default().push((row.get(2)?, row.get(3)?));
            }
        }
        Ok(people)
    }

    /// Observations of a person by a standard since a moment that count in figures, judged or not, the newest
    /// first.
    fn seen_since(&self, person: Uuid, standard: Uuid, since: i64) -> Result<Vec<(Uuid, i64)>, StoreError> {
        let mut statement = self.db.prepare_cached(&format!(
            "SELECT id, happened FROM record
             WHERE subject = ?1 AND standard = ?2 AND happened >= ?3 AND state <> 'withdrawn'
               AND {COUNTS} AND {BY_OTHERS}
             ORDER BY happened DESC, id DESC"
        ))?;
        let rows = statement.query_map((person, standard, since), |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

#[cfg(test)]
mod tests {
    use crate::practice::draft::{Content, Mark};
    use crate::practice::record::State;
    use crate::store::NewEvent;
    use crate::store::query::RecordFilter;
    use crate::store::tests::{BOB, content, event, now, store, streams, take};

    /// "Done" counted what two people changed differently, because somebody had looked; no other figure does.
    #[test]
    fn observations_done_are_those_that_stand_judged_or_not() {
        let mut store = store();
        // One stands, one is withdrawn, one has two versions.
        take(&mut store, streams());
        let standard = store.standards().unwrap()[0].standard;
        let filled = serde_json::to_value(Content { standard, ..content(Mark::NotSeen) }).unwrap();
        let unjudged = event(80, "check.submitted", &filled);
        let own = NewEvent { subject: Some(unjudged.author), ..event(81, "check.submitted", &filled) };
        store.append(&[unjudged.clone(), own], None).unwrap();
        let since = now().timestamp_millis() - 1;
        let seen = store.seen_since(BOB, standard.standard, since).unwrap();
        let mut counted: Vec<_> = seen.into_iter().map(|(id, _)| id).collect();
        let all = store.records(&RecordFilter::default()).unwrap();
        let about_bob = all.iter().filter(|row| row.subject == Some(BOB));
        let mut stand: Vec<_> = about_bob
            .filter(|row| row.state != State::Withdrawn && row.state != State::Conflict)
            .map(|row| row.id)
            .collect();
        counted.sort_unstable();
        stand.sort_unstable();
        assert_eq!((counted.len(), counted.contains(&unjudged.id)), (2, true));
        assert_eq!(counted, stand);
    }
}
