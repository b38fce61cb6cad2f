//! A device that has a token and sends whatever it likes, among honest ones.
//!
//! Nobody here calls what is dishonest by what the product makes of it: [`crate::law`] judges what the
//! server let in, [`crate::reference`] what the honest devices show.

use fieldproof::engine::api::{FollowUpFilter, RecordFilter, Request};
use fieldproof::practice::follow::Class as Follows;
use fieldproof::practice::standard::Class;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::deeds::sound;
use crate::oracle::server_lines;
use crate::raw::{self, Raw};
use crate::reached;
use crate::runs::play;
use crate::sabotage::Sabotage;
use crate::script::Step::{self, *};
use crate::script::script;
use crate::world::{BO, Broken, NAMES, QUINN, SAM, World};

/// Classes and verbs, of which any is sent with any.
const CLASSES: [&str; 22] = [
    "org",
    "site",
    "person",
    "competency",
    "standard",
    "setting",
    "handoff",
    "task",
    "check",
    "shadow",
    "audit",
    "scenario",
    "note",
    "cycle",
    "restriction",
    "incident",
    "signal",
    "action",
    "improvement",
    "assessment",
    "governance",
    "balloon",
];
const VERBS: [&str; 28] = [
    "set",
    "published",
    "retired",
    "submitted",
    "amended",
    "withdrawn",
    "returned",
    "answered",
    "acknowledged",
    "assigned",
    "done",
    "cancelled",
    "reviewed",
    "opened",
    "session",
    "validated",
    "extended",
    "closed",
    "placed",
    "lifted",
    "reported",
    "classified",
    "logged",
    "updated",
    "staged",
    "exported",
    "launched",
    "amended",
];

/// A line that is there already.
pub struct Known {
    pub id: Uuid,
    pub line: Value,
}

/// Every line that the server let in, the oldest first.
pub fn known(world: &World) -> Vec<Known> {
    server_lines(world)
        .into_iter()
        .filter(|line| !line.quarantined)
        .filter_map(|line| Some(Known { id: line.id?, line: serde_json::from_slice(&line.line).ok()? }))
        .filter(|known| known.line["body"].is_object() && known.line["kind"] != "standard.published")
        .collect()
}

/// Sends so many lines for Mal (0) or Max (1), each made up by chance.
pub fn lie(world: &mut World, who: usize, n: usize) -> Result<(), Broken> {
    world.server.disk.spare();
    world.server.restart()?;
    if world.raw[who].is_none() {
        world.raw[who] = Raw::pair(world, world.liars[who]);
    }
    let Some(mut raw) = world.raw[who].take() else { return Ok(()) };
    let known = known(world);
    let mut lines = Vec::new();
    for at in 0..n.min(world.server.batch_lines.get()) {
        lines.push(made_up(world, &raw, at as u64, &known));
        reached::note("a dishonest line");
    }
    if raw.send(world, &lines).is_none_or(|answer| answer.status != 200) {
        // Its log may stand elsewhere than it thinks (the server went back): it begins anew.
        raw = match Raw::pair(world, world.liars[who]) {
            Some(raw) => raw,
            None => return Ok(()),
        };
    }
    world.raw[who] = Some(raw);
    Ok(())
}

fn one_of<T: Clone>(world: &mut World, these: &[T]) -> T {
    these[world.random.usize(..these.len())].clone()
}

fn made_up(world: &mut World, raw: &Raw, ahead: u64, known: &[Known]) -> String {
    let chosen = world.random.usize(..known.len());
    // Mostly the newest: those are of this run.
    let target = if world.random.u32(..4) > 0 { known.len() - 1 - chosen.min(20) } else { chosen };
    let Known { id: target_id, line: target } = &known[target];
    let of = target["body"]["of"].as_str().and_then(|of| of.parse().ok()).unwrap_or(*target_id);
    let target_class =
        target["kind"].as_str().and_then(|kind| kind.split_once('.')).map_or("", |(class, _)| class);
    let class = if world.random.u32(..3) > 0 { target_class } else { one_of(world, &CLASSES) };
    let verb = one_of(world, &VERBS);
    let mut said = raw.said(world, ahead, &format!("{class}.{verb}"), Value::Null);
    let read = |value: &Value| value.as_str().and_then(|text| text.parse::<Uuid>().ok());
    let people: Vec<Option<Uuid>> = world.devices.iter().map(|device| Some(device.person)).collect();
    let sites = [Some(world.sites[0]), Some(world.sites[1]), None, Some(Uuid::from_u128(7))];
    said.site = if world.random.bool() { read(&target["site"]) } else { one_of(world, &sites) };
    said.subject = match world.random.u32(..4) {
        0 => read(&target["subject"]),
        1 => Some(raw.person),
        2 => one_of(world, &people),
        _ => None,
    };
    said.org = [None, Some(0), Some(3), Some(u64::from(u32::MAX))][world.random.usize(..4)];
    said.body = body(world, raw.person, of, target);
    match world.random.u32(..16) {
        // A beginning that says it goes on, and a going on that says of nothing.
        0 => drop(said.body.as_object_mut().map(|body| body.remove("of"))),
        1 => said.id = *target_id,
        2 => said.author = one_of(world, &people).unwrap_or_default(),
        3 => said.replica = read(&target["replica"]).unwrap_or_default(),
        4 => said.seq = world.random.u64(..9),
        5 => said.body = json!({}),
        6 => said.body = json!({"of": of, "base": {"not": "a list"}, "content": [], "review": "no"}),
        7 => said.body["base"] = json!([raw::id(world), said.id, of]),
        _ => {}
    }
    match world.random.u32(..24) {
        0 => "not a line".into(),
        1 => said.line().replace("\"v\":1", "\"v\":2"),
        2 => format!("{} ", said.line()),
        _ => said.line(),
    }
}

/// What every body of every kind might have, around what the target says.
pub fn body(world: &mut World, me: Uuid, of: Uuid, target: &Value) -> Value {
    let mut content = target["body"].get("content").unwrap_or(&target["body"]).clone();
    let answers = content.get_mut("answers").and_then(Value::as_object_mut);
    for (_, answer) in answers.into_iter().flatten() {
        let met = answer["mark"] == "met";
        if answer["mark"].is_string() {
            answer["mark"] = if met { "not_met".into() } else { "met".into() };
        }
        if answer["text"].is_string() {
            answer["text"] = "a lie".into();
        }
    }
    let mut body = target["body"].clone();
    let outcome = one_of(world, &["met", "stopped", "abandoned"]);
    let gap = one_of(world, &["knowledge", "accountability"]);
    let lie = json!({
        "of": of, "base": [of], "reason": "a lie", "note": "a lie", "words": "a lie", "title": "a lie",
        "content": content, "review": {"outcome": "meets", "feedback": "a lie"},
        "outcome": outcome, "gap": gap, "competency": "escalation", "due": "2031-01-01", "owner": me, "done": true, "work": "resolved",
        "what": "coaching", "person": world.devices[SAM].person, "site": world.sites[0], "name": "a lie",
        "role": "admin", "sites": [], "active": true, "programme": "a lie",
    });
    if let (Some(body), Some(lie)) = (body.as_object_mut(), lie.as_object()) {
        body.extend(lie.clone());
    }
    body
}

/// Every question that a screen asks on its own: none may end the app.
pub fn ask_everything(world: &mut World, who: usize) -> Result<(), Broken> {
    for request in [
        Request::Today,
        Request::People,
        Request::Sites,
        Request::Standards,
        Request::Records { filter: RecordFilter { limit: 50, ..RecordFilter::default() } },
        Request::Tasks { site: None },
        Request::FollowUps { filter: FollowUpFilter { limit: 50, ..FollowUpFilter::default() } },
        Request::Patterns { limit: 20 },
        Request::Drift,
        Request::Timely { days: 30 },
        Request::Competencies,
        Request::Settings,
        Request::Packs,
        Request::Sync,
    ] {
        let reply = world.ask(who, request);
        sound(world, who, reply.as_ref())?;
    }
    Ok(())
}

/// People work, and Mal and Max send what they like between.
pub fn stories() -> Vec<(&'static str, Vec<Step>)> {
    let work = [
        Save(SAM, Class::Check),
        Save(BO, Class::Scenario),
        Save(BO, Class::Handoff),
        FollowUp(BO, Follows::Incident),
        FollowUp(SAM, Follows::Cycle),
        FollowUp(SAM, Follows::Restriction),
        FollowUp(QUINN, Follows::Action),
        Wait(70_000),
    ];
    let lies = [Lie(0, 20), Wait(40_000), Lie(1, 20), Save(SAM, Class::Shadow), GoOn(SAM, 0), Wait(40_000)];
    let forged = [Forge, Wait(40_000), SyncNow(SAM), SyncNow(QUINN), Wait(40_000)];
    vec![
        ("dishonest lines", work.iter().chain(&lies).copied().collect()),
        ("forged lines", work.iter().chain(&forged).copied().collect()),
    ]
}

/// A seed's story, with lies between its steps.
fn with_lies(seed: u64) -> Vec<Step> {
    let mut random = fastrand::Rng::with_seed(seed ^ 0x11e5);
    let mut steps = Vec::new();
    for step in script(seed) {
        steps.push(step);
        if random.u32(..3) == 0 {
            steps.push(Lie(random.usize(..2), random.usize(1..12)));
        }
    }
    steps
}

#[test]
fn whatever_a_dishonest_device_sends_no_honest_one_shows_what_it_may_not_change() {
    for (name, steps) in stories() {
        for seed in 0..6 {
            if let Err(why) = play(seed, &steps, Sabotage::None) {
                panic!("{name}, seed {seed}: {why}");
            }
        }
    }
    for seed in 0..20 {
        let steps = with_lies(seed);
        if let Err(why) = play(seed, &steps, Sabotage::None) {
            panic!("seed {seed}: {why}\n{steps:?}");
        }
    }
}

/// At the end of every run.
pub fn nobody_fails(world: &mut World) -> Result<(), Broken> {
    for who in 0..NAMES.len() {
        if !world.devices[who].removed {
            ask_everything(world, who)?;
        }
    }
    Ok(())
}
