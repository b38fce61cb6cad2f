//! What is followed up, from the log to its derived rows.
//!
//! Invariant: a row depends on the set of its events and on the observations they point to, an action's also
//! on what it opened and on who still works there; when one of those changes, the row is folded again.

use std::collections::BTreeSet;

use chrono::DateTime;
use rusqlite::{Connection, OptionalExtension, params};
use uuid::Uuid;

use super::derive::lines_about;
use super::{StoreError, asked, refused};
use crate::practice::follow::{self, About, FollowUp, Gap, Report, Revalidation, Seen, Work};
use crate::practice::record::Verdict;
use crate::practice::told::Told;
use crate::record::Line;

/// What holds the action `?1` at the site `?2` open: its cycles and restrictions that are open, and those
/// that ended early without their evidence while the person still works there and has not shown it in
/// another one. What claims an action of another site holds nothing up there.
///
/// The one rule for it: whether an action closes, whether one that was closed stands, and whatever a list, its
/// chain or a pack says of it go by this.
pub(super) const HOLDING_OPEN: &str = "follow_up.action = ?1 AND (?2 IS NULL OR follow_up.site = ?2)
     AND (follow_up.state IN ('open', 'worked', 'unproven')
          OR (follow_up.state = 'stopped'
              AND EXISTS (SELECT 1 FROM person AS there JOIN person_site USING (person)
                          WHERE there.person = follow_up.subject AND there.active
                            AND person_site.site = follow_up.site)
              AND NOT EXISTS (SELECT 1 FROM follow_up AS other
                              WHERE other.action = ?1 AND other.subject = follow_up.subject
                                AND (?2 IS NULL OR other.site = ?2)
                                AND other.state <> 'stopped')))";

/// Folds those touched, those that point to a record that changed, and the actions of people who came or left.
pub(super) fn again(
    db: &Connection,
    touched: &BTreeSet<Uuid>,
    records: &BTreeSet<Uuid>,
    people: &BTreeSet<Uuid>,
) -> Result<(), StoreError> {
    let mut all = touched.clone();
    let mut of_person =
        db.prepare_cached("SELECT action FROM follow_up WHERE subject = ?1 AND action IS NOT NULL")?;
    for person in people {
        for action in of_person.query_map([person], |row| row.get(0))? {
            all.insert(action?);
        }
    }
    let mut statement = db.prepare_cached("SELECT follow_up FROM evidence WHERE record = ?1")?;
    for record in records {
        for id in statement.query_map([record], |row| row.get(0))? {
            all.insert(id?);
        }
    }
    // An action stands by what it opened, so it comes after its cycles and restrictions.
    let mut actions = BTreeSet::new();
    for id in all {
        actions.extend(derive(db, id)?);
    }
    for action in actions {
        derive(db, action)?;
    }
    Ok(())
}

/// All known events of one thing, folded; with its history.
pub(super) fn folded(db: &Connection, id: Uuid) -> Result<Option<FollowUp>, StoreError> {
    folded_of(db, id, &lines_about(db, id)?)
}

fn folded_of(db: &Connection, id: Uuid, lines: &[String]) -> Result<Option<FollowUp>, StoreError> {
    // What SQLite says goes past the fold, which knows only of observations.
    let trouble = std::cell::RefCell::new(None);
    let look = |record: Uuid| {
        seen(db, record).unwrap_or_else(|error| {
            trouble.replace(Some(error));
            None
        })
    };
    let follow = follow::fold(lines.iter().filter_map(|line| Line::read(line).ok()), &look);
    // What began elsewhere and names this one is not this one.
    let follow = follow.filter(|follow| follow.id == id);
    if let Some(error) = trouble.into_inner() {
        return Err(error);
    }
    match follow {
        Some(follow) if follow.class == follow::Class::Action => {
            let (n, revalidation) = held_open(db, &follow)?;
            Ok(Some(follow.with_still_open(n, revalidation)))
        }
        follow => Ok(follow),
    }
}

/// How many cycles and restrictions hold an action open, and how far it got with their people. Whoever
/// left before they showed it is asked nothing any more.
fn held_open(db: &Connection, action: &FollowUp) -> Result<(u32, Revalidation), StoreError> {
    let (n, not_met) = db
        .prepare_cached(&format!(
            "SELECT count(*), count(DISTINCT follow_up.subject) FROM follow_up WHERE {HOLDING_OPEN}"
        ))?
        .query_row((action.id, action.site), |row| Ok((row.get(0)?, row.get(1)?)))?;
    let of = db
        .prepare_cached(&format!(
            "SELECT count(DISTINCT follow_up.subject) FROM follow_up
             WHERE ({HOLDING_OPEN})
                OR (follow_up.action = ?1 AND (?2 IS NULL OR follow_up.site = ?2)
                    AND follow_up.state <> 'stopped')"
        ))?
        .query_row((action.id, action.site), |row| row.get(0))?;
    Ok((n, Revalidation { of, not_met }))
}

/// Folds one thing anew; gives the action that it belongs to.
fn derive(db: &Connection, id: Uuid) -> Result<Option<Uuid>, StoreError> {
    db.prepare_cached("DELETE FROM follow_up WHERE id = ?1")?.execute([id])?;
    db.prepare_cached("DELETE FROM evidence WHERE follow_up = ?1")?.execute([id])?;
    db.prepare_cached("DELETE FROM report WHERE id = ?1")?.execute([id])?;
    db.prepare_cached("DELETE FROM told WHERE record = ?1")?.execute([id])?;
    let lines = lines_about(db, id)?;
    refused::write(db, id, &lines)?;
    let Some(mut follow) = folded_of(db, id, &lines)? else { return Ok(None) };
    for record in follow.history.iter().filter_map(|entry| entry.step.points_to()) {
        db.prepare_cached("INSERT OR IGNORE INTO evidence (record, follow_up) VALUES (?1, ?2)")?
            .execute((record, id))?;
    }
    for (person, entry) in follow.heard() {
        db.prepare_cached("INSERT OR IGNORE INTO told (person, event, record, at) VALUES (?1, ?2, ?3, ?4)")?
            .execute((person, entry.event, id, entry.at.timestamp_millis()))?;
    }
    follow.history.clear();
    let happened = match &follow.about {
        About::Report(report) => {
            // Praise is no error: it is not counted with them.
            if !report.good {
                insert_report(db, &follow, report)?;
            }
            report.happened_at
        }
        _ => follow.at,
    };
    db.prepare_cached(
        "INSERT INTO follow_up (id, class, site, subject, owner, state, due, happened, ended, competency, action, json)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
    )?
    .execute((
        id,
        follow.class.as_str(),
        follow.site,
        follow.subject,
        follow.owner,
        follow.state.as_str(),
        follow.due.map(|day| day.to_string()),
        happened.timestamp_millis(),
        follow.ended_at.map(|at| at.timestamp_millis()),
        follow.competency(),
        follow.action(),
        serde_json::to_string(&follow)?,
    ))?;
    Ok(follow.action())
}

/// A report as it is counted. What it came from is one word: a signal's source, or which of the two.
fn insert_report(db: &Connection, follow: &FollowUp, report: &Report) -> Result<(), StoreError> {
    let source = match report.source {
        Some(source) => source.as_str(),
        None if report.near_miss => "near_miss",
        None => "incident",
    };
    let done = |work: Work| report.work.contains_key(&work);
    let left = report.visit_steps();
    let visit_at = report.visit_at.filter(|_| !left.is_empty()).map(|at| at.timestamp_millis());
    db.prepare_cached(
        "INSERT INTO report (id, source, category, competency, site, gap, reportable, happened, happened_east,
                             reporter, subject, open, reported, notified, investigated, resolved,
                             visit_at, visit_reporter)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)",
    )?
    .execute(params![
        follow.id,
        source,
        report.category.as_str(),
        report.tag(),
        follow.site,
        report.gap.map(Gap::as_str),
        report.reportable,
        report.happened_at.timestamp_millis(),
        report.happened_at.offset().local_minus_utc(),
        follow.author,
        follow.subject,
        follow.state.is_open(),
        follow.at.timestamp_millis(),
        done(Work::Notified),
        done(Work::InvestigationBegun),
        done(Work::Resolved),
        visit_at,
        left.iter().any(|step| step.is_reporters()),
    ])?;
    Ok(())
}

/// What the device knows of an observation.
fn seen(db: &Connection, record: Uuid) -> Result<Option<Seen>, StoreError> {
    let row = db
        .prepare_cached(
            "SELECT subject, standard, happened, state, verdict, told, version FROM record WHERE id = ?1",
        )?
        .query_row([record], |row| {
            let (happened, state, verdict): (i64, String, String) = (row.get(2)?, row.get(3)?, row.get(4)?);
            let (told, version): (String, u32) = (row.get(5)?, row.get(6)?);
            Ok((row.get(0)?, row.get(1)?, happened, state, verdict, told, version))
        })
        .optional()?;
    let Some((subject, standard, happened, state, verdict, told, version)) = row else { return Ok(None) };
    let verdict: Verdict = serde_json::from_str(&verdict)?;
    let told: Told = if told.is_empty() { Told::default() } else { serde_json::from_str(&told)? };
    let mut unseen = told.unseen;
    unseen.extend(asked::only_by_the_newest(db, standard, version)?);
    Ok(Some(Seen {
        subject,
        standard,
        happened_at: DateTime::from_timestamp_millis(happened).unwrap_or_default().fixed_offset(),
        state: serde_json::from_value(serde_json::Value::String(state))?,
        passed: verdict.passed,
        setting: verdict.setting,
        unseen,
        missed: verdict.missed,
    }))
}
