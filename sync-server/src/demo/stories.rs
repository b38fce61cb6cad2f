//! What is followed up in the demo: patterns, cycles, restrictions, actions, improvements, told by
//! [`super::script`] through the devices of whoever would do it.
//!
//! Invariant: an act is a [`Request`] of the person who does it, at a time that their device has not
//! passed; an act whose beginning lies before the organisation's first day is left out with all that
//! follows from it.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, TimeDelta};
use fieldproof::engine::api::{Reply, Request};
use fieldproof::practice::follow::Step;
use fieldproof::practice::standard::{Class, Standard};
use serde_json::{Value, json};
use uuid::Uuid;

use super::SeedError;
use super::device::unexpected;
use super::react;
use super::script::{self, Act, What, Who};
use super::world::World;

/// One telling of the script: by which eight sites, and how many of its lengths ago.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Telling {
    block: usize,
    round: i64,
}

impl Telling {
    /// Days from its end to now. Neighbours do not live through the same on the same day.
    fn ended(self) -> i64 {
        let weeks = i64::try_from(self.block % 4).unwrap_or(0);
        self.round * script::EVERY + weeks * 7
    }

    fn site(self, site: usize) -> usize {
        self.block * script::SITES + site
    }

    /// What is of the whole organisation is told once.
    fn tells(self, act: &Act) -> bool {
        self.block == 0 || !matches!(act.what, What::Begins { site: None, .. })
    }
}

fn tellings(world: &World) -> Vec<Telling> {
    let blocks = world.sites.len().div_ceil(script::SITES);
    let rounds = world.shape.days / script::EVERY + 1;
    (0..rounds).flat_map(|round| (0..blocks).map(move |block| Telling { block, round })).collect()
}

/// What each telling has begun so far, by the script's own names for it.
#[derive(Debug, Default)]
pub struct Told {
    ids: BTreeMap<(Telling, &'static str), Uuid>,
}

impl Told {
    /// Whether a story goes on with it.
    pub fn knows(&self, id: Uuid) -> bool {
        self.ids.values().any(|known| *known == id)
    }
}

/// What the body of a step is written from.
pub struct Facts<'a> {
    world: &'a World,
    telling: Telling,
    pub today: NaiveDate,
    pub now: DateTime<FixedOffset>,
}

impl Facts<'_> {
    pub fn staff(&self, site: usize, place: usize) -> Value {
        self.person(index(self.world, self.telling, Who::Staff(site, place)))
    }

    pub fn lead(&self, site: usize) -> Value {
        self.person(index(self.world, self.telling, Who::Lead(site)))
    }

    fn person(&self, index: Option<usize>) -> Value {
        json!(index.and_then(|index| self.world.people.get(index)).map(|member| member.device.person))
    }

    /// The standard of a class about a competency.
    pub fn standard(&self, class: Class, competency: &str) -> Value {
        json!(find(self.world, class, competency).map(|standard| standard.standard))
    }

    /// What the script named so.
    pub fn id(&self, name: &'static str) -> Value {
        json!(begun(self.world, self.telling, name))
    }

    pub fn in_days(&self, days: i64) -> String {
        (self.today + TimeDelta::days(days)).to_string()
    }

    pub fn month(&self) -> String {
        // The month that has just ended is what a review looks at.
        let first = self.today.with_day(1).unwrap_or(self.today);
        (first - TimeDelta::days(1)).format("%Y-%m").to_string()
    }
}

fn find<'w>(world: &'w World, class: Class, competency: &str) -> Option<&'w Standard> {
    world.standards.iter().find(|standard| standard.class == class && standard.competency == competency)
}

/// All that the script tells of a day.
pub async fn day(world: &mut World, day: NaiveDate) -> Result<(), SeedError> {
    let ago = (world.plan.now.date_naive() - day).num_days();
    for telling in tellings(world) {
        for act in script::on_day(ago - telling.ended()) {
            if telling.tells(&act) {
                tell(world, day, telling, &act).await?;
            }
        }
    }
    Ok(())
}

async fn tell(world: &mut World, day: NaiveDate, telling: Telling, act: &Act) -> Result<(), SeedError> {
    let Some(who) = index(world, telling, act.who) else { return Ok(()) };
    world.sync(&[who]).await?;
    let wanted = world.moment(day, act.hour, 20);
    let mut held = None;
    let device = &world.member(who)?.device;
    device.at(wanted.max(device.clock() + TimeDelta::minutes(2)));
    match act.what {
        What::Begins { name, kind, site, about, body } => {
            let facts = Facts { world, telling, today: day, now: device.clock() };
            let body = body(&facts);
            let site = site.map(|site| telling.site(site));
            let there = site.is_none_or(|site| site < world.sites.len());
            if !there || lacks(&body) {
                return Ok(());
            }
            let step = step(kind, &body)?;
            let subject = about.and_then(|(site, place)| facts.staff(site, place).as_str()?.parse().ok());
            let site = site.and_then(|site| world.sites.get(site)).map(|site| site.id);
            let id = written(device.ask(Request::Step { step: Box::new(step), site, subject }).await?)?;
            world.told.ids.insert((telling, name), id);
        }
        What::GoesOn { kind, of, body } => {
            // It began before this organisation did, or what it needs did.
            let Some(id) = begun(world, telling, of) else { return Ok(()) };
            let mut with = body(&Facts { world, telling, today: day, now: device.clock() });
            if lacks(&with) {
                return Ok(());
            }
            if let Some(members) = with.as_object_mut() {
                members.insert("of".into(), json!(id));
            }
            // What was shown and closed so goes on as it was shown.
            if of == script::HELD && kind == "cycle.closed" {
                held = index(world, telling, script::HELD_BY).map(|who| (who, script::HELD_OF.to_owned()));
            }
            let step = step(kind, &with)?;
            written(device.ask(Request::Step { step: Box::new(step), site: None, subject: None }).await?)?;
        }
        What::Sees { name, site, place, class, competency, met } => {
            let Some(standard) = find(world, class, competency).map(Standard::reference) else {
                return Ok(());
            };
            let Some(subject) = index(world, telling, Who::Staff(site, place)) else { return Ok(()) };
            let id = world.site(telling.site(site))?.id;
            let at = world.member(who)?.device.clock();
            let how = super::fill::Practice { met, ..world.practice(subject, competency, at)? };
            let record = react::observe(world, who, subject, id, standard, Some(how)).await?;
            world.told.ids.insert((telling, name), record);
        }
    }
    world.holds.extend(held);
    world.member_mut(who)?.wrote = true;
    world.send(&[who]).await
}

/// What this telling named so.
fn begun(world: &World, telling: Telling, name: &'static str) -> Option<Uuid> {
    world.told.ids.get(&(telling, name)).copied()
}

/// Whether something in it is not there: it began before this organisation did.
fn lacks(body: &Value) -> bool {
    match body {
        Value::Null => true,
        Value::Array(all) => all.iter().any(lacks),
        Value::Object(members) => members.values().any(lacks),
        _ => false,
    }
}

fn index(world: &World, telling: Telling, who: Who) -> Option<usize> {
    match who {
        Who::Lead(site) => world.sites.get(telling.site(site)).map(|site| site.lead),
        Who::Staff(site, place) => world.sites.get(telling.site(site))?.staff.get(place).copied(),
        Who::Quality => world.quality.get(telling.block % world.quality.len().max(1)).copied(),
    }
}

fn step(kind: &str, body: &Value) -> Result<Step, SeedError> {
    serde_json::from_value(json!({ kind: body }))
        .map_err(|error| SeedError::Machine(format!("{kind}: {error}")))
}

fn written(reply: Reply) -> Result<Uuid, SeedError> {
    match reply {
        Reply::Written { id } => Ok(id),
        other => Err(unexpected("Written", &other)),
    }
}
