//! What can happen to the four and their devices, how a seed becomes a list of it, and how each
//! step is carried out.

use std::collections::HashSet;

use fieldproof::engine::api::{FailureCode, RecordFilter, Reply, Request};
use fieldproof::practice::draft::{Answer, Consent, Mark};
use fieldproof::practice::standard::{Class, Form};
use fieldproof::sync::wire::Role;
use sync_server::storage::Storage;

use crate::net::Fault;
use crate::oracle;
use crate::server::wait;
use crate::world::{ADA, BO, Broken, QUINN, SAM, Saved, World};

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Step {
    /// Observes something and finishes the record.
    Save(usize, Class),
    /// Changes the `n`-th record that the device shows.
    Amend(usize, usize),
    Withdraw(usize, usize),
    Return(usize, usize),
    Acknowledge(usize, usize),
    SyncNow(usize),
    /// Milliseconds.
    Wait(i64),
    /// The next exchanges of a device meet this.
    Net(usize, Fault, usize),
    Offline(usize, bool),
    /// Stops now; `true`: and the power goes.
    Crash(usize, bool),
    /// Stops at the n-th write from now.
    CrashAt(usize, u64, bool),
    DiskFull(usize, u64),
    ServerCrash(bool),
    ServerCrashAt(u64, bool),
    ServerFull(u64),
    /// The clock jumps by so many minutes.
    Clock(usize, i64),
    /// Minutes east of UTC: summer time, travel.
    Zone(usize, i32),
    ExpireToken(usize),
    Revoke(usize),
    /// Ada gives a person this role at one of the two sites.
    Role(usize, Role, usize),
    Publish,
    Copy(usize),
    Restore(usize),
}

impl Step {
    /// One step by chance. Most of the time people work.
    fn any(random: &mut fastrand::Rng) -> Step {
        let who = random.usize(1..4);
        match random.u32(0..100) {
            0..=23 => {
                let class = match who {
                    BO => [Class::Scenario, Class::Handoff][random.usize(..2)],
                    _ => [Class::Check, Class::Shadow, Class::Handoff][random.usize(..3)],
                };
                Step::Save(who, class)
            }
            24..=29 => Step::Amend(who, random.usize(..4)),
            30..=32 => Step::Withdraw(who, random.usize(..4)),
            33..=34 => Step::Return(who, random.usize(..4)),
            35..=37 => Step::Acknowledge(who, random.usize(..4)),
            38..=42 => Step::SyncNow(who),
            43..=57 => Step::Wait([50, 400, 1_500, 8_000, 40_000, 130_000][random.usize(..6)]),
            58..=70 => {
                let fault = match random.u32(0..14) {
                    0 => Fault::LostRequest,
                    1 | 2 => Fault::LostAnswer,
                    3..=5 => Fault::Cut(random.usize(..20_000)),
                    6 => Fault::Twice,
                    7 | 8 => Fault::Late(random.u16(1..120)),
                    9 => Fault::Hang,
                    10 => Fault::TooSlow,
                    11 => Fault::Busy([429, 500, 503][random.usize(..3)]),
                    12 => Fault::TooLarge,
                    _ => Fault::Portal,
                };
                Step::Net(who, fault, random.usize(1..4))
            }
            71..=74 => Step::Offline(who, random.bool()),
            75..=76 => Step::Crash(who, random.bool()),
            77..=80 => Step::CrashAt(who, random.u64(1..40), random.bool()),
            81 => Step::DiskFull(who, random.u64(1..30)),
            82..=83 => Step::ServerCrash(random.bool()),
            84..=86 => Step::ServerCrashAt(random.u64(1..30), random.bool()),
            87 => Step::ServerFull(random.u64(1..20)),
            88..=89 => {
                let years = 10 * 365 * 24 * 60;
                Step::Clock(who, [years, -years, 60, -60, 7 * 24 * 60][random.usize(..5)])
            }
            90 => Step::Zone(who, [0, 60, 120, -300, 765][random.usize(..5)]),
            91 => Step::ExpireToken(who),
            92 if random.bool() => Step::Revoke(who),
            92..=94 => {
                let role = [Role::Staff, Role::Supervisor, Role::Quality][random.usize(..3)];
                Step::Role(who, role, random.usize(..2))
            }
            95..=96 => Step::Publish,
            97..=98 => Step::Copy(who),
            _ => Step::Restore(who),
        }
    }

    /// Whose screens it may change at once.
    pub fn acts(self) -> Option<usize> {
        match self {
            Step::Save(who, _)
            | Step::Amend(who, _)
            | Step::Withdraw(who, _)
            | Step::Return(who, _)
            | Step::Acknowledge(who, _)
            | Step::SyncNow(who) => Some(who),
            Step::Role(..) | Step::Publish => Some(ADA),
            _ => None,
        }
    }

    /// A sentence for a story.
    pub fn words(self) -> String {
        let name = |who: usize| crate::world::NAMES[who];
        let power = |power: bool| if power { " and loses its power" } else { "" };
        match self {
            Step::Save(who, class) => format!("{} finishes a {class:?}", name(who)),
            Step::Amend(who, n) => format!("{} amends record {n} of the list", name(who)),
            Step::Withdraw(who, n) => format!("{} withdraws record {n} of the list", name(who)),
            Step::Return(who, n) => format!("{} returns record {n} of the list", name(who)),
            Step::Acknowledge(who, n) => format!("{} acknowledges record {n} of the list", name(who)),
            Step::SyncNow(who) => format!("{} asks to sync", name(who)),
            Step::Wait(ms) => format!("{ms} ms pass"),
            Step::Net(who, fault, n) => format!("{n} exchanges of {}'s device meet {fault:?}", name(who)),
            Step::Offline(who, true) => format!("{} goes where there is no signal", name(who)),
            Step::Offline(who, false) => format!("{} has a signal again", name(who)),
            Step::Crash(who, lost) => format!("{}'s device stops{}", name(who), power(lost)),
            Step::CrashAt(who, k, lost) => {
                format!("{}'s device will stop at its {k}. write{}", name(who), power(lost))
            }
            Step::DiskFull(who, k) => format!("{}'s disk will be full at its {k}. write", name(who)),
            Step::ServerCrash(lost) => format!("the server stops{}", power(lost)),
            Step::ServerCrashAt(k, lost) => format!("the server will stop at its {k}. write{}", power(lost)),
            Step::ServerFull(k) => format!("the server's disk will be full at its {k}. write"),
            Step::Clock(who, minutes) => format!("{}'s clock jumps by {minutes} minutes", name(who)),
            Step::Zone(who, east) => format!("{}'s clock is {east} minutes east of UTC", name(who)),
            Step::ExpireToken(who) => format!("the token of {}'s device grows old", name(who)),
            Step::Revoke(who) => format!("{}'s devices are revoked", name(who)),
            Step::Role(who, role, site) => format!("Ada makes {} {role:?} at site {site}", name(who)),
            Step::Publish => "Ada publishes a new version of a standard".into(),
            Step::Copy(who) => format!("somebody copies {}'s device", name(who)),
            Step::Restore(who) => format!("{}'s device is restored from its copy", name(who)),
        }
    }
}

/// The steps of a seed.
pub fn script(seed: u64) -> Vec<Step> {
    let mut random = fastrand::Rng::with_seed(seed);
    let many = random.usize(15..35);
    (0..many).map(|_| Step::any(&mut random)).collect()
}

/// Carries one step out. What a device could not do just then is no fault; what it says wrongly is.
pub fn carry_out(world: &mut World, step: Step) -> Result<(), Broken> {
    match step {
        Step::Save(who, class) => save(world, who, class)?,
        Step::Amend(who, n) => amend(world, who, n)?,
        Step::Withdraw(who, n) => {
            of_record(world, who, n, |record| Request::Withdraw { record, reason: "wrong person".into() })?;
        }
        Step::Return(who, n) => {
            of_record(world, who, n, |record| Request::Return { record, reason: "which hand?".into() })?;
        }
        Step::Acknowledge(who, n) => {
            of_record(world, who, n, |record| Request::Acknowledge { record, note: "read".into() })?;
        }
        Step::SyncNow(who) => {
            if world.boot(who)? {
                world.ask(who, Request::SyncNow);
            }
        }
        Step::Wait(ms) => world.pass(ms),
        Step::Net(who, fault, n) => {
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
        Step::Publish => publish(world)?,
        Step::Copy(who) => {
            let device = &mut world.devices[who];
            device.copy = Some(device.machine.disk.image());
        }
        Step::Restore(who) => restore(world, who)?,
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

/// A failure that no fault explains is a fault of the product.
fn sound(world: &World, who: usize, reply: Option<&Reply>) -> Result<(), Broken> {
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

fn fill_and_finish(world: &mut World, who: usize, begun: Option<Reply>) -> Result<(), Broken> {
    sound(world, who, begun.as_ref())?;
    let Some(Reply::Draft(view)) = begun else { return Ok(()) };
    let mut draft = view.draft;
    let missed = world.random.usize(..8);
    for (index, item) in view.standard.items.iter().enumerate() {
        let mark = if index == missed { Mark::NotMet } else { Mark::Met };
        let answer = match item.form {
            Form::Mark => Answer::mark(mark),
            Form::Number => Answer { number: Some(item.min.unwrap_or(0.0)), ..Answer::default() },
            Form::Choice => {
                Answer { choice: item.choices.first().map(|choice| choice.id.clone()), ..Answer::default() }
            }
            Form::Text => Answer { text: "Breathing faster, called the nurse".into(), ..Answer::default() },
            Form::Tasks => continue,
        };
        draft.content.answers.insert(item.id.clone(), answer);
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
    let Some(row) = rows.first() else { return Ok(()) };
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
    machine.disk.stop();
    Ok(())
}

/// Everything is mended, and whoever was signed out signs in again.
pub fn heal(world: &mut World) -> Result<(), Broken> {
    server_up(world)?;
    for who in [ADA, SAM, BO, QUINN] {
        let machine = world.devices[who].machine.clone();
        machine.net.faults.borrow_mut().clear();
        machine.net.offline.set(false);
        machine.disk.spare();
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
            // The chip names what is quarantined first; the list behind it says that the server does
            // not know the token.
            let view = world.sync_view(who)?;
            if view.is_some_and(|view| view.trouble == Some(FailureCode::NotPermitted)) {
                if !world.devices[who].token_gone {
                    return Err(format!(
                        "{} has to sign in again, though the token is good",
                        world.devices[who].name
                    ));
                }
                world.devices[who].signed_in_again = true;
                let code = world.code_for(world.devices[who].person);
                if let Some(Reply::Failed(failure)) = world.pair(who, code) {
                    return Err(format!("{} cannot sign in again: {failure}", world.devices[who].name));
                }
            }
            world.ask(who, Request::SyncNow);
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
