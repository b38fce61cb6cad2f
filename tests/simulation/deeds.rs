//! How each step of a script is carried out, and how everything is mended at the end.
//!
//! Invariant: people do what their screens let them; administrators use the server's own commands.

use std::collections::HashSet;

use fieldproof::engine::api::{FailureCode, RecordFilter, Reply, Request, Sent, Settled, Stands, SyncChip};
use fieldproof::practice::draft::{Answer, Consent, Mark, TaskDraft};
use fieldproof::practice::merge::Dispute;
use fieldproof::practice::record::{Outcome, Review};
use fieldproof::practice::standard::{Class, Form, Item};
use sync_server::storage::Storage;

use crate::net::Fault;
use crate::script::Step;
use crate::server::wait;
use crate::world::{ADA, BO, Broken, PIN, QUINN, SAM, Saved, World};
use crate::{dishonest, doors, follow, forge, operator, oracle, reached};

/// Carries one step out. What a device could not do just then is no fault; what it says wrongly is.
pub fn carry_out(world: &mut World, step: Step) -> Result<(), Broken> {
    match step {
        Step::Save(who, class) => save(world, who, class)?,
        Step::Amend(who, n) => amend(world, who, n)?,
        Step::Settle(who, n) => settle(world, who, n)?,
        Step::Withdraw(who, n) => {
            of_record(world, who, n, |record| Request::Withdraw { record, reason: "wrong person".into() })?;
        }
        Step::Return(who, n) => {
            of_record(world, who, n, |record| Request::Return { record, reason: "which hand?".into() })?;
        }
        Step::Answer(who, n) => answer(world, who, n)?,
        Step::Acknowledge(who, n) => {
            of_record(world, who, n, |record| Request::Acknowledge { record, note: "read".into() })?;
        }
        Step::Review(who, n) => review(world, who, n)?,
        Step::TaskDone(who, n) => end_task(world, who, n)?,
        Step::FollowUp(who, class) => follow::begin(world, who, class)?,
        Step::GoOn(who, n) => follow::go_on(world, who, n)?,
        Step::Dismiss(who) => dismiss(world, who)?,
        Step::Release => operator::release(world)?,
        Step::SyncNow(who) => {
            if world.boot(who)? {
                world.ask(who, Request::SyncNow);
            }
        }
        Step::Wait(ms) => world.pass(ms),
        Step::Net(who, fault, n) => {
            world.devices[who].token_gone |= fault == Fault::TokenUnknown;
            world.devices[who].machine.net.faults.borrow_mut().extend(std::iter::repeat_n(fault, n));
        }
        Step::Offline(who, offline) => world.devices[who].machine.net.offline.set(offline),
        Step::Crash(who, power) => world.stop(who, power),
        Step::CrashAt(who, k, power) => {
            world.devices[who].machine.disk.dies_after(k);
            world.devices[who].power |= power;
        }
        Step::DiskFull(who, k) => world.devices[who].machine.disk.full_after(Some(k)),
        Step::ServerCrash(power) => world.server.stop(power),
        Step::ServerCrashAt(k, power) => {
            world.server.disk.dies_after(k);
            world.server.power.set(power);
        }
        Step::ServerFull(k) => world.server.disk.full_after(Some(k)),
        Step::Clock(who, minutes) => {
            let machine = &world.devices[who].machine;
            // A device whose clock is a century off is thrown away.
            let century = 20 * 365 * 24 * 3_600_000;
            machine.ahead.set((machine.ahead.get() + minutes * 60_000).clamp(-century, century));
        }
        Step::Zone(who, east) => world.devices[who].machine.zone.set(east),
        Step::ExpireToken(who) => {
            server_up(world)?;
            let person = world.devices[who].person;
            let expire = "UPDATE device SET token_expires_at = 1 WHERE person = ?1";
            world.server.database().execute(expire, [person.as_bytes().as_slice()]).unwrap();
            world.devices[who].token_gone = true;
        }
        Step::SignIn(who) => {
            server_up(world)?;
            world.devices[who].machine.net.faults.borrow_mut().clear();
            if world.boot(who)? {
                let code = world.code_for(world.devices[who].person);
                let reply = world.pair(who, code);
                sound(world, who, reply.as_ref())?;
            }
        }
        Step::Revoke(who) => {
            server_up(world)?;
            let (org, storage) = (world.org(), world.server.storage());
            for device in wait(storage.devices(org)).unwrap() {
                if device.person == world.devices[who].person {
                    wait(storage.revoke(org, device.device, world.time.now())).unwrap();
                }
            }
        }
        Step::Role(who, role, site) => {
            if world.boot(ADA)? {
                let sites = vec![world.sites[site]];
                let (person, name) = (Some(world.devices[who].person), world.devices[who].name.to_owned());
                world.ask(ADA, Request::SetPerson { person, name, role, sites, active: true });
            }
        }
        Step::Active(who, active) => operator::active(world, who, active)?,
        Step::Publish => publish(world)?,
        Step::Copy(who) => {
            let device = &mut world.devices[who];
            device.copy = Some(device.machine.disk.image());
        }
        Step::Restore(who) => restore(world, who)?,
        Step::Backup => {
            server_up(world)?;
            *world.server.backup.borrow_mut() = Some(world.server.disk.image());
        }
        Step::GoBack => go_back(world)?,
        Step::Away(days) => operator::away(world, days),
        Step::Limit(lines) => {
            server_up(world)?;
            world.server.takes(lines);
        }
        Step::Slow(who, lines) => world.devices[who].machine.net.slow.set(Some(lines)),
        Step::ServerFullOnce(k) => world.server.disk.full_once_after(k),
        Step::Doors => doors::doors(world)?,
        Step::Forge => forge::forge(world)?,
        Step::Lie(who, n) => dishonest::lie(world, who % 2, n)?,
    }
    Ok(())
}

/// A command of the server needs one that runs, on a disk with room.
fn server_up(world: &mut World) -> Result<(), Broken> {
    world.server.disk.spare();
    world.server.restart()
}

fn records(world: &mut World, who: usize) -> Vec<uuid::Uuid> {
    match world.ask(who, Request::Records { filter: RecordFilter { limit: 20, ..RecordFilter::default() } }) {
        Some(Reply::Records(rows)) => rows.into_iter().map(|row| row.id).collect(),
        _ => Vec::new(),
    }
}

fn of_record(
    world: &mut World,
    who: usize,
    n: usize,
    request: impl Fn(uuid::Uuid) -> Request,
) -> Result<(), Broken> {
    if world.boot(who)?
        && let Some(record) = records(world, who).get(n).copied()
    {
        let reply = world.ask(who, request(record));
        sound(world, who, reply.as_ref())?;
    }
    Ok(())
}

/// Answers the questions that the device shows, where it offers that.
fn answer(world: &mut World, who: usize, n: usize) -> Result<(), Broken> {
    if !world.boot(who)? {
        return Ok(());
    }
    let Some(record) = records(world, who).get(n).copied() else { return Ok(()) };
    let Some(Reply::Record(view)) = world.ask(who, Request::Record { record }) else { return Ok(()) };
    if !view.may.answer {
        return Ok(());
    }
    let questions = view.record.asking.clone();
    let reply = world.ask(who, Request::Answer { record, questions, note: "the left one".into() });
    if matches!(reply, Some(Reply::Done)) {
        reached::note("a question was answered");
    }
    sound(world, who, reply.as_ref())
}

fn end_task(world: &mut World, who: usize, n: usize) -> Result<(), Broken> {
    if world.boot(who)?
        && let Some(Reply::Tasks(rows)) = world.ask(who, Request::Tasks { site: None })
        && let Some(row) = rows.get(n)
    {
        let reply = world.ask(who, Request::TaskDone { task: row.task.id, note: String::new() });
        sound(world, who, reply.as_ref())?;
    }
    Ok(())
}

fn dismiss(world: &mut World, who: usize) -> Result<(), Broken> {
    if !world.boot(who)? {
        return Ok(());
    }
    let Some(view) = world.sync_view(who)? else { return Ok(()) };
    let needing = view.events.iter().filter(|row| matches!(row.state, Sent::NeedsYou { .. }));
    for row in needing {
        let reply = world.ask(who, Request::Dismiss { seq: row.seq, replica: row.replica });
        sound(world, who, reply.as_ref())?;
    }
    Ok(())
}

/// A failure that no fault explains is a fault of the product.
pub fn sound(world: &World, who: usize, reply: Option<&Reply>) -> Result<(), Broken> {
    match reply {
        Some(Reply::Failed(failure))
            if matches!(failure.code, FailureCode::Corrupt | FailureCode::Internal)
                && !world.excused(who) =>
        {
            Err(format!("{}'s device fails: {failure}", world.devices[who].name))
        }
        _ => Ok(()),
    }
}

fn save(world: &mut World, who: usize, class: Class) -> Result<(), Broken> {
    if !world.boot(who)? {
        return Ok(());
    }
    let Some(Reply::Standards(standards)) = world.ask(who, Request::Standards) else { return Ok(()) };
    let Some(standard) = standards.iter().find(|row| row.class == class && !row.retired) else {
        return Ok(());
    };
    let subject = matches!(class, Class::Check | Class::Shadow).then_some(world.devices[BO].person);
    let begin = Request::Begin { standard: standard.standard, site: Some(world.sites[0]), subject };
    let begun = world.ask(who, begin);
    fill_and_finish(world, who, begun)
}

fn amend(world: &mut World, who: usize, n: usize) -> Result<(), Broken> {
    if world.boot(who)?
        && let Some(record) = records(world, who).get(n).copied()
    {
        let begun = world.ask(who, Request::BeginAmend { record, reason: "looked again".into() });
        fill_and_finish(world, who, begun)?;
    }
    Ok(())
}

fn settle(world: &mut World, who: usize, n: usize) -> Result<(), Broken> {
    if !world.boot(who)? {
        return Ok(());
    }
    let Some(record) = records(world, who).get(n).copied() else { return Ok(()) };
    let Some(Reply::Record(view)) = world.ask(who, Request::Record { record }) else { return Ok(()) };
    let stands = |dispute: &Dispute| {
        let event = dispute.events().last()?;
        Some(Settled { field: dispute.field.clone(), stands: Stands::Said(event) })
    };
    let choices: Vec<Settled> = view.record.disputes.iter().filter_map(stands).collect();
    if choices.is_empty() {
        return Ok(());
    }
    let tips = view.record.tips;
    let reply = world.ask(who, Request::Settle { record, tips, choices, reason: "asked both".into() });
    if matches!(reply, Some(Reply::Done)) {
        reached::note("what two said differently was settled");
    }
    sound(world, who, reply.as_ref())
}

/// Something that may be said to an item; nothing where it asks for tasks.
fn answered(item: &Item, mark: Mark) -> Option<Answer> {
    Some(match item.form {
        Form::Mark => Answer::mark(mark),
        Form::Number => Answer { number: Some(item.min.unwrap_or(0.0)), ..Answer::default() },
        Form::Choice => Answer {
            choice: item.choices.first().map(|choice| choice.id.clone()),
            text: "As on the night before".into(),
            ..Answer::default()
        },
        Form::Text => Answer { text: "Breathing faster, called the nurse".into(), ..Answer::default() },
        Form::Tasks => return None,
    })
}

/// Every second one has to be worked on again.
fn review(world: &mut World, who: usize, n: usize) -> Result<(), Broken> {
    if !world.boot(who)? {
        return Ok(());
    }
    let Some(record) = records(world, who).get(n).copied() else { return Ok(()) };
    let Some(Reply::Record(view)) = world.ask(who, Request::Record { record }) else { return Ok(()) };
    let outcome = [Outcome::Meets, Outcome::Rework][n % 2];
    let items = view.standard.map(|standard| standard.review).unwrap_or_default();
    let answers =
        items.iter().filter_map(|item| Some((item.id.clone(), answered(item, Mark::Met)?))).collect();
    let review = Review { outcome, answers, feedback: "read".into() };
    let reply = world.ask(who, Request::Review { record, review });
    if matches!(reply, Some(Reply::Done)) {
        reached::note("a note was reviewed");
    }
    sound(world, who, reply.as_ref())
}

fn fill_and_finish(world: &mut World, who: usize, begun: Option<Reply>) -> Result<(), Broken> {
    sound(world, who, begun.as_ref())?;
    let Some(Reply::Draft(view)) = begun else { return Ok(()) };
    let mut draft = view.draft;
    // Who amends changes one of three items and gives a reason: so two often speak of the same one.
    let amends = draft.amends.is_some();
    let missed = world.random.usize(..if amends { 3 } else { 8 });
    let name = world.devices[who].name;
    for (index, item) in view.standard.items.iter().enumerate() {
        let mark = if index == missed { Mark::NotMet } else { Mark::Met };
        let Some(mut answer) = answered(item, mark) else { continue };
        if item.form == Form::Mark && amends && index == missed {
            answer.text = format!("{name} looked again");
        }
        draft.content.answers.insert(item.id.clone(), answer);
    }
    if draft.class == Class::Handoff && draft.amends.is_none() {
        let text = "Call the nurse".to_owned();
        draft.tasks.push(TaskDraft { text, owner: None, due: None, person_code: String::new() });
    }
    if amends && world.random.bool() {
        draft.content.note = format!("Amended by {name}");
    }
    if view.standard.consent {
        draft.content.consent = Some(Consent::Given);
    }
    let id = draft.id;
    let reply = world.ask(who, Request::SaveDraft { draft: Box::new(draft) });
    sound(world, who, reply.as_ref())?;
    let finished = world.ask(who, Request::Finish { draft: id });
    sound(world, who, finished.as_ref())?;
    if matches!(finished, Some(Reply::Finished { .. })) {
        world.devices[who].saved.push(Saved { id });
    }
    Ok(())
}

fn publish(world: &mut World) -> Result<(), Broken> {
    if !world.boot(ADA)? {
        return Ok(());
    }
    let Some(Reply::Standards(rows)) = world.ask(ADA, Request::Standards) else { return Ok(()) };
    // One that people save by.
    let Some(row) = rows.iter().find(|row| row.class == Class::Check) else { return Ok(()) };
    let Some(Reply::Standard(mut standard)) = world.ask(ADA, Request::Standard { standard: row.standard })
    else {
        return Ok(());
    };
    standard.version += 1;
    let reply = world.ask(ADA, Request::PublishStandard { standard });
    sound(world, ADA, reply.as_ref())
}

/// Puts an old copy of a device's disk back. What it wrote since and never sent is lost, and only
/// that.
fn restore(world: &mut World, who: usize) -> Result<(), Broken> {
    let Some(copy) = world.devices[who].copy.clone() else { return Ok(()) };
    reached::note("a device was put back to an old copy");
    server_up(world)?;
    world.stop(who, false);
    let machine = world.devices[who].machine.clone();
    machine.disk.replace(&copy);
    machine.disk.start(None);
    let mut there: HashSet<_> = oracle::ids_on_device(world, who);
    there.extend(oracle::ids_on_server(world));
    let device = &mut world.devices[who];
    device.saved.retain(|saved| there.contains(&saved.id));
    device.removed = false;
    device.power = false;
    device.synced = None;
    let (name, profile) = (device.name, device.profile);
    machine.disk.stop();
    if machine.secrets.borrow().contains_key(&profile) {
        return Ok(());
    }
    // It was removed, and had handed over what it had: its copy stays closed for good.
    world.start(who);
    match world.ask(who, Request::Unlock { profile, pin: PIN.into() }) {
        Some(Reply::Failed(failure)) if failure.code == FailureCode::DeviceKeyGone => {}
        Some(other) => return Err(format!("the copy of {name}'s removed device opens: {other:?}")),
        None => {}
    }
    world.stop(who, false);
    world.devices[who].removed = true;
    Ok(())
}

/// Puts the server's backup in its place. What is then neither there nor on its author's device is
/// lost, and only that.
fn go_back(world: &mut World) -> Result<(), Broken> {
    if !world.server.go_back() {
        return Ok(());
    }
    server_up(world)?;
    let there = oracle::ids_on_server(world);
    for who in [ADA, SAM, BO, QUINN] {
        let device = &world.devices[who];
        let here = if device.removed { HashSet::new() } else { oracle::ids_on_device(world, who) };
        world.devices[who].saved.retain(|saved| there.contains(&saved.id) || here.contains(&saved.id));
        world.devices[who].machine.net.not_heard.set(true);
        // Its token may be one that the backup does not know.
        world.devices[who].token_gone = true;
    }
    Ok(())
}

/// Everything is mended but slow links and small limits, and whoever was signed out signs in again. Nobody
/// asks a device to sync: it does so by its timer, or does not come to rest.
pub fn heal(world: &mut World) -> Result<(), Broken> {
    server_up(world)?;
    for who in [ADA, SAM, BO, QUINN] {
        let machine = world.devices[who].machine.clone();
        machine.net.faults.borrow_mut().clear();
        machine.net.offline.set(false);
        machine.disk.spare();
        machine.net.pace.forget();
    }
    let mut trouble = String::new();
    for _ in 0..25 {
        let mut quiet = true;
        for who in [ADA, SAM, BO, QUINN] {
            if !world.boot(who)? {
                if !world.devices[who].removed {
                    trouble = format!("{}'s device does not come up", world.devices[who].name);
                    quiet = false;
                }
                continue;
            }
            let view = world.sync_view(who)?;
            if view.is_some_and(|view| matches!(view.chip, SyncChip::SignInAgain { .. })) {
                if !world.devices[who].token_gone {
                    return Err(format!(
                        "{} has to sign in again, though the token is good",
                        world.devices[who].name
                    ));
                }
                let code = world.code_for(world.devices[who].person);
                if let Some(Reply::Failed(failure)) = world.pair(who, code) {
                    return Err(format!("{} cannot sign in again: {failure}", world.devices[who].name));
                }
            }
        }
        world.pass(62_000);
        for who in [ADA, SAM, BO, QUINN] {
            if let Some(why) = oracle::not_at_rest(world, who)? {
                (trouble, quiet) = (why, false);
            }
        }
        if quiet {
            return Ok(());
        }
    }
    Err(format!("the devices do not come to rest: {trouble}"))
}
