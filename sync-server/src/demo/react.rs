//! What people do about what they owe: read from the app's own Today, as they would.
//!
//! Invariant: nobody reacts to a thing that their device has not received.

use chrono::{DateTime, FixedOffset, TimeDelta};
use fieldproof::engine::api::{Owed, Request};
use fieldproof::practice::record::{Outcome, Review};
use fieldproof::practice::standard::Class;
use uuid::Uuid;

use super::SeedError;
use super::fill;
use super::words;
use super::world::World;

/// How likely somebody gets round to each thing today.
#[derive(Clone, Copy, Debug)]
pub struct Mood {
    pub acknowledges: f64,
    pub tasks: f64,
    pub reviews: f64,
    pub looks_again: f64,
}

impl Mood {
    /// An ordinary day.
    pub const USUAL: Mood = Mood { acknowledges: 0.86, tasks: 0.8, reviews: 0.94, looks_again: 0.8 };
}

/// Nobody does more than this before the round begins.
const MOST: usize = 10;

/// Works through Today from `at` on.
pub async fn react(
    world: &mut World,
    who: usize,
    at: DateTime<FixedOffset>,
    mood: Mood,
) -> Result<(), SeedError> {
    let device = &world.member(who)?.device;
    device.at(at);
    let owed = device.today().await?.owed;
    let mut looked: Vec<(Option<Uuid>, Uuid)> = Vec::new();
    for owe in owed.into_iter().take(MOST) {
        let minutes = world.rng.between(1, 4);
        let device = &world.member(who)?.device;
        device.at(device.clock() + TimeDelta::minutes(minutes));
        match owe {
            Owed::Returned { record, .. } if world.rng.chance(0.85) => {
                let reason = world.rng.word(words::AMENDED);
                amend(world, who, record.id, reason).await?;
            }
            Owed::Rework { record, .. } if world.rng.chance(0.9) => {
                amend(world, who, record.id, "Worked on it again after the feedback.").await?;
            }
            Owed::Review { record, .. } if world.rng.chance(mood.reviews) => {
                let meets = world.rng.chance(0.74);
                review(world, who, record.id, record.standard, meets).await?;
                if let Some(subject) = record.subject.and_then(|subject| world.index_of(subject)) {
                    coached(world, subject, record.standard)?;
                }
            }
            Owed::Handoff { record } | Owed::Acknowledge { record, .. }
                if world.rng.chance(mood.acknowledges) =>
            {
                let note = match record.class {
                    Class::Handoff if world.rng.chance(0.5) => String::new(),
                    _ => world.rng.word(words::READ).to_owned(),
                };
                tell(world, who, Request::Acknowledge { record: record.id, note }).await?;
            }
            Owed::Task { task } if world.rng.chance(mood.tasks) => {
                let me = world.member(who)?.device.person;
                let id = task.task.id;
                let request = if task.task.owner.is_none() && world.rng.chance(0.6) {
                    Request::AssignTask { task: id, owner: me }
                } else if world.rng.chance(0.07) {
                    Request::TaskCancelled {
                        task: id,
                        note: world.rng.word(words::TASK_CANCELLED).to_owned(),
                    }
                } else {
                    Request::TaskDone { task: id, note: world.rng.word(words::TASK_DONE).to_owned() }
                };
                tell(world, who, request).await?;
            }
            Owed::LookAgain { record, on, .. }
                if on <= at.date_naive()
                    && !looked.contains(&(record.subject, record.standard.standard))
                    && world.rng.chance(mood.looks_again) =>
            {
                looked.push((record.subject, record.standard.standard));
                let subject = record.subject.and_then(|subject| world.index_of(subject));
                if let (Some(subject), Some(site)) = (subject, record.site) {
                    observe(world, who, subject, site, record.standard, None).await?;
                }
            }
            _ => {}
        }
    }
    Ok(())
}

/// Sends a request that writes something.
pub async fn tell(world: &mut World, who: usize, request: Request) -> Result<(), SeedError> {
    let member = world.member_mut(who)?;
    member.device.ask(request).await?;
    member.wrote = true;
    Ok(())
}

/// Somebody watches somebody by a standard, and speaks about what was missed.
/// `how` overrides how well it goes.
pub async fn observe(
    world: &mut World,
    who: usize,
    subject: usize,
    site: Uuid,
    standard: fieldproof::practice::standard::StandardRef,
    how: Option<fill::Practice>,
) -> Result<Uuid, SeedError> {
    let standard =
        world.published(standard).cloned().ok_or_else(|| SeedError::Machine("no such standard".into()))?;
    let at = world.member(who)?.device.clock();
    let how = match how {
        Some(how) => how,
        None => world.practice(subject, &standard.competency, at)?,
    };
    let person = world.member(subject)?.device.person;
    let mut rng = world.rng.apart();
    let mut spoke = false;
    let member = world.member_mut(who)?;
    let record = member
        .device
        .record(standard.reference(), Some(site), Some(person), |draft, view| {
            fill::fill(draft, &view.standard, &how, &mut rng);
            spoke = !draft.content.coaching.is_empty();
        })
        .await?;
    member.wrote = true;
    world.records += 1;
    if spoke {
        coached(world, subject, standard.reference())?;
    }
    Ok(record)
}

/// Writes what somebody writes about themselves or their shift.
pub async fn write(
    world: &mut World,
    who: usize,
    site: Uuid,
    standard: fieldproof::practice::standard::StandardRef,
    how: &fill::Practice,
) -> Result<Uuid, SeedError> {
    let mut rng = world.rng.apart();
    let member = world.member_mut(who)?;
    let record = member
        .device
        .record(standard, Some(site), None, |draft, view| fill::fill(draft, &view.standard, how, &mut rng))
        .await?;
    member.wrote = true;
    world.records += 1;
    Ok(record)
}

pub async fn amend(world: &mut World, who: usize, record: Uuid, reason: &str) -> Result<(), SeedError> {
    let mut rng = world.rng.apart();
    let member = world.member_mut(who)?;
    member
        .device
        .amend(record, reason, |draft, view| {
            // Who begins an amendment twice keeps the first reason; a demo says its own.
            fill::rework(draft, &view.standard, &mut rng);
        })
        .await?;
    member.wrote = true;
    Ok(())
}

pub async fn review(
    world: &mut World,
    who: usize,
    record: Uuid,
    standard: fieldproof::practice::standard::StandardRef,
    meets: bool,
) -> Result<(), SeedError> {
    let Some(standard) = world.published(standard).cloned() else { return Ok(()) };
    let answers = fill::review(&standard.review, meets, &mut world.rng);
    let feedback = world.rng.word(if meets { words::FEEDBACK_MEETS } else { words::FEEDBACK_REWORK });
    let outcome = if meets { Outcome::Meets } else { Outcome::Rework };
    let review = Review { outcome, answers, feedback: feedback.to_owned() };
    tell(world, who, Request::Review { record, review }).await
}

fn coached(
    world: &mut World,
    subject: usize,
    standard: fieldproof::practice::standard::StandardRef,
) -> Result<(), SeedError> {
    let competency =
        world.published(standard).map(|standard| standard.competency.clone()).unwrap_or_default();
    *world.member_mut(subject)?.coached.entry(competency).or_default() += 1;
    Ok(())
}
