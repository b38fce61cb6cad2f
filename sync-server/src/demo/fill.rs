//! Filling a draft by its standard, whatever the standard asks: so that the demo goes on working
//! when an organisation's standards change.
//!
//! Invariant: what comes out leaves nothing open (`Draft::open` is empty).

use std::collections::BTreeMap;

use chrono::TimeDelta;
use fieldproof::practice::draft::{Answer, Coaching, Consent, Draft, Mark, TaskDraft};
use fieldproof::practice::standard::{Class, Form, Item, Standard};
use uuid::Uuid;

use super::rng::Rng;
use super::words;

/// How well it goes.
#[derive(Clone, Debug)]
pub struct Practice {
    /// Chance that an item is met. At 1 all of it is seen, so that it shows something in any case.
    pub met: f64,
    /// Chance that a handoff does not know.
    pub unknown: f64,
    /// Who a next-step task can be for.
    pub owners: Vec<Uuid>,
    /// Chance of a task in a handoff.
    pub tasks: f64,
    /// Hours until a task is due, at least and at most.
    pub due: (i64, i64),
    /// Days until coaching is looked at again.
    pub look_again: i64,
}

/// `P-01` to `P-09`: a code of the site and nothing else.
pub fn code(rng: &mut Rng) -> String {
    format!("P-{:02}", rng.between(1, 9))
}

fn text(rng: &mut Rng, of: &[&str], code: &str) -> String {
    rng.word(of).replace("{p}", code)
}

/// Fills everything.
pub fn fill(draft: &mut Draft, standard: &Standard, how: &Practice, rng: &mut Rng) {
    let code = code(rng);
    let content = &mut draft.content;
    content.answers.clear();
    content.coaching.clear();
    for item in &standard.items {
        if item.form == Form::Tasks {
            continue;
        }
        if item.optional && rng.chance(0.4) {
            continue;
        }
        let mut answer = answer(item, how, &code, rng);
        let whole = item.whole().and_then(|whole| content.answers.get(whole)?.number);
        answer.number = answer.number.map(|number| whole.map_or(number, |whole| number.min(whole)));
        content.answers.insert(item.id.clone(), answer);
    }
    if standard.consent {
        content.consent = Some(match rng.below(10) {
            _ if whole(how) => Consent::Given,
            0 => Consent::Declined,
            1 => Consent::NotPresent,
            _ => Consent::Given,
        });
    }
    if draft.class == Class::Handoff || standard.consent {
        content.person_code.clone_from(&code);
    }
    if draft.class.has_subject() && !draft.class.is_reviewed() {
        coach(draft, standard, how, rng);
    }
    let content = &mut draft.content;
    if rng.chance(0.12) {
        rng.word(words::NOTES).clone_into(&mut content.note);
    }
    let ms: u64 = content.answers.values().map(|answer| answer.ms).sum();
    content.seconds = ms / 1000 + 4;
    draft.item = standard.items.last().map(|item| item.id.clone());
    if draft.class == Class::Handoff && rng.chance(how.tasks) {
        let due = draft.begun_at + TimeDelta::hours(rng.between(how.due.0, how.due.1));
        // Now and then nobody takes it at once.
        let owner = if rng.chance(0.8) { rng.pick(&how.owners).copied() } else { None };
        draft.tasks.push(TaskDraft {
            text: rng.word(words::TASKS).to_owned(),
            owner,
            due: Some(due),
            person_code: code,
        });
    }
}

fn whole(how: &Practice) -> bool {
    how.met >= 1.0
}

fn answer(item: &Item, how: &Practice, code: &str, rng: &mut Rng) -> Answer {
    let ms = u64::try_from(rng.between(1_800, 14_000)).unwrap_or(0);
    let mut answer = Answer { ms, ..Answer::default() };
    match item.form {
        Form::Mark => {
            let mark = if !whole(how) && item.not_applicable && rng.chance(0.05) {
                Mark::NotApplicable
            } else if !whole(how) && item.not_seen && rng.chance(0.05) {
                Mark::NotSeen
            } else if rng.chance(how.met) {
                Mark::Met
            } else {
                Mark::NotMet
            };
            if mark == Mark::NotMet {
                answer.deviations =
                    rng.pick(&item.deviations).map(|found| found.id.clone()).into_iter().collect();
            }
            answer.mark = Some(mark);
        }
        Form::Number => {
            let (min, max) = (item.min.unwrap_or(0.0), item.max.unwrap_or(10.0));
            let number = match item.id.as_str() {
                "high-risk" => rng.between(6, 9),
                "at-risk" | "missed" => rng.between(0, 1),
                _ => rng.between(3, 6),
            };
            answer.number = Some(f64::from(i32::try_from(number).unwrap_or(0)).clamp(min, max));
        }
        Form::Choice => {
            let unknown = item.choices.iter().find(|choice| choice.unknown);
            let known: Vec<_> = item.choices.iter().filter(|choice| !choice.unknown).collect();
            let chosen = match unknown {
                Some(choice) if rng.chance(how.unknown) => Some(choice),
                _ => rng.pick(&known).copied(),
            };
            if let Some(choice) = chosen {
                answer.choice = Some(choice.id.clone());
                if choice.note {
                    answer.text = text(rng, words::for_item(&item.id), code);
                }
            }
        }
        Form::Text => {
            let one = text(rng, words::for_item(&item.id), code);
            let two = text(rng, words::MORE, code);
            answer.text = if rng.chance(0.4) && one != two { format!("{one} {two}") } else { one };
        }
        Form::Tasks => {}
    }
    answer
}

/// What was said about each miss, the refresher for that deviation, and when to look again.
fn coach(draft: &mut Draft, standard: &Standard, how: &Practice, rng: &mut Rng) {
    let said = if standard.competency.contains("medic") { words::SAID_MEDICATION } else { words::SAID };
    for item in &standard.items {
        let Some(answer) = draft.content.answers.get(&item.id) else { continue };
        // Not every miss is spoken about; that shows as well.
        if answer.mark != Some(Mark::NotMet) || rng.chance(0.1) {
            continue;
        }
        let refresher = item
            .deviations
            .iter()
            .find(|deviation| answer.deviations.contains(&deviation.id))
            .and_then(|deviation| deviation.refresher.clone());
        draft.content.coaching.push(Coaching {
            item: item.id.clone(),
            said: rng.word(said).to_owned(),
            refresher,
            look_again: Some((draft.begun_at + TimeDelta::days(how.look_again)).date_naive()),
        });
    }
}

/// A reviewer's marks: all met, or one of them missed.
pub fn review(items: &[Item], meets: bool, rng: &mut Rng) -> BTreeMap<String, Answer> {
    let missed = rng.below(items.len());
    let how = Practice { met: 1.0, unknown: 0.0, owners: Vec::new(), tasks: 0.0, due: (1, 1), look_again: 7 };
    let mut answers = BTreeMap::new();
    for (index, item) in items.iter().enumerate() {
        let mut given = answer(item, &how, "P-01", rng);
        given.ms = 0;
        if item.form == Form::Mark {
            let met = meets || index != missed;
            given = Answer::mark(if met { Mark::Met } else { Mark::NotMet });
        }
        answers.insert(item.id.clone(), given);
    }
    answers
}

/// More words in what was written: a rework or an amendment.
pub fn rework(draft: &mut Draft, standard: &Standard, rng: &mut Rng) {
    let more = rng.word(words::REWORKED);
    let written = standard.items.iter().rev().find(|item| item.form == Form::Text);
    match written.and_then(|item| draft.content.answers.get_mut(&item.id)) {
        Some(answer) => answer.text = format!("{} {more}", answer.text).trim().to_owned(),
        None => draft.content.note = format!("{} {more}", draft.content.note).trim().to_owned(),
    }
    draft.content.seconds += 90;
}
