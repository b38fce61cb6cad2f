//! What can happen to the four and their devices, and how a seed becomes a list of it.

use fieldproof::practice::follow::Class as Follows;
use fieldproof::practice::standard::Class;
use fieldproof::sync::wire::Role;

use crate::follow;
use crate::net::Fault;
use crate::world::{ADA, BO};

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Step {
    /// Observes something and finishes the record.
    Save(usize, Class),
    /// Changes the `n`-th record that the device shows.
    Amend(usize, usize),
    /// Says what stands of the `n`-th record that the device shows, where something is in dispute.
    Settle(usize, usize),
    Withdraw(usize, usize),
    Return(usize, usize),
    /// Answers the questions about the `n`-th record that the device shows.
    Answer(usize, usize),
    Acknowledge(usize, usize),
    /// Reviews a scenario.
    Review(usize, usize),
    TaskDone(usize, usize),
    /// Begins a cycle, a restriction, a report, an action …
    FollowUp(usize, Follows),
    /// Goes on with the `n`-th of those that the device shows.
    GoOn(usize, usize),
    /// Deals with what the server kept apart.
    Dismiss(usize),
    /// The server's administrator judges again what was kept apart.
    Release,
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
    /// Goes where there is a signal and signs in again with a new code. Not in the random scripts: with
    /// a token that is still good it is not promised (docs/guarantees.md).
    SignIn(usize),
    Revoke(usize),
    /// Ada gives a person this role at one of the two sites.
    Role(usize, Role, usize),
    Publish,
    Copy(usize),
    Restore(usize),
    /// The server is backed up; it goes back to the newest backup.
    Backup,
    GoBack,
    /// Nobody touches a device for so many days.
    Away(i64),
    /// Ada says whether somebody still works here.
    Active(usize, bool),
    /// The server takes so many lines at once.
    Limit(usize),
    /// More lines than this do not get through a device's link in time.
    Slow(usize, u64),
    /// The server's disk has no room for one write.
    ServerFullOnce(u64),
    /// Wrong requests of every kind arrive.
    Doors,
    /// A dishonest device of Max's sends what one may write, of things of which one may not.
    Forge,
    /// A dishonest device of Mal's (0) or Max's (1) sends so many lines.
    Lie(usize, usize),
}

impl Step {
    /// One step by chance. Most of the time people work.
    fn any(random: &mut fastrand::Rng) -> Step {
        let who = random.usize(1..4);
        match random.u32(0..100) {
            0..=19 => {
                let class = match who {
                    BO => [Class::Scenario, Class::Handoff][random.usize(..2)],
                    _ => [Class::Check, Class::Shadow, Class::Handoff][random.usize(..3)],
                };
                Step::Save(who, class)
            }
            20..=23 => Step::FollowUp(who, follow::BEGUN[random.usize(..follow::BEGUN.len())]),
            24..=28 => Step::GoOn(who, random.usize(..4)),
            29..=32 => Step::Amend(who, random.usize(..4)),
            33 => Step::Settle(who, random.usize(..4)),
            34..=35 => Step::Withdraw(who, random.usize(..4)),
            36 => Step::Return(who, random.usize(..4)),
            37 => Step::Acknowledge(who, random.usize(..4)),
            38 => Step::Answer(who, random.usize(..4)),
            39 => Step::Review(who, random.usize(..4)),
            40 => Step::TaskDone(who, random.usize(..2)),
            41 => Step::Dismiss(who),
            42..=45 => Step::SyncNow(who),
            46..=58 => Step::Wait([50, 400, 1_500, 8_000, 40_000, 130_000][random.usize(..6)]),
            59..=70 => {
                let fault = match random.u32(0..17) {
                    0 => Fault::LostRequest,
                    1 | 2 => Fault::LostAnswer,
                    3..=5 => Fault::Cut(random.usize(..20_000)),
                    6 => Fault::Twice,
                    7 | 8 => Fault::Late(random.u16(1..120)),
                    9 => Fault::Hang,
                    10 => Fault::TooSlow,
                    11 => Fault::Busy([429, 500, 503][random.usize(..3)]),
                    12 => Fault::TooLarge,
                    13 => Fault::Garbled,
                    14 => Fault::NoEncoding,
                    15 => Fault::OtherType,
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
            95 => Step::Publish,
            96 => Step::Release,
            97..=98 => Step::Copy(who),
            _ => Step::Restore(who),
        }
    }

    /// Whose screens it may change at once.
    pub fn acts(self) -> Option<usize> {
        match self {
            Step::Save(who, _)
            | Step::Amend(who, _)
            | Step::Settle(who, _)
            | Step::Withdraw(who, _)
            | Step::Return(who, _)
            | Step::Answer(who, _)
            | Step::Acknowledge(who, _)
            | Step::Review(who, _)
            | Step::TaskDone(who, _)
            | Step::FollowUp(who, _)
            | Step::GoOn(who, _)
            | Step::Dismiss(who)
            | Step::SyncNow(who) => Some(who),
            Step::Role(..) | Step::Active(..) | Step::Publish => Some(ADA),
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
            Step::Settle(who, n) => format!("{} settles record {n} of the list", name(who)),
            Step::Withdraw(who, n) => format!("{} withdraws record {n} of the list", name(who)),
            Step::Return(who, n) => format!("{} returns record {n} of the list", name(who)),
            Step::Answer(who, n) => format!("{} answers what is asked of record {n} of the list", name(who)),
            Step::Acknowledge(who, n) => format!("{} acknowledges record {n} of the list", name(who)),
            Step::Review(who, n) => format!("{} reviews record {n} of the list", name(who)),
            Step::TaskDone(who, n) => format!("{} ends task {n} of the list", name(who)),
            Step::FollowUp(who, class) => format!("{} begins a {}", name(who), class.as_str()),
            Step::GoOn(who, n) => format!("{} goes on with follow-up {n} of the list", name(who)),
            Step::Dismiss(who) => format!("{} deals with what was kept apart", name(who)),
            Step::Release => "what was kept apart is judged again".into(),
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
            Step::SignIn(who) => format!("{} signs in again", name(who)),
            Step::ExpireToken(who) => format!("the token of {}'s device grows old", name(who)),
            Step::Revoke(who) => format!("{}'s devices are revoked", name(who)),
            Step::Role(who, role, site) => format!("Ada makes {} {role:?} at site {site}", name(who)),
            Step::Publish => "Ada publishes a new version of a standard".into(),
            Step::Copy(who) => format!("somebody copies {}'s device", name(who)),
            Step::Backup => "the server is backed up".into(),
            Step::GoBack => "the server goes back to its backup".into(),
            Step::Restore(who) => format!("{}'s device is restored from its copy", name(who)),
            Step::Away(days) => format!("nobody touches a device for {days} days"),
            Step::Active(who, true) => format!("Ada says that {} works here again", name(who)),
            Step::Active(who, false) => format!("Ada says that {} works here no more", name(who)),
            Step::Limit(lines) => format!("the server takes {lines} lines at once"),
            Step::Slow(who, lines) => format!("{}'s link carries {lines} lines at once", name(who)),
            Step::ServerFullOnce(k) => format!("the server's disk has no room for its {k}. write"),
            Step::Doors => "wrong requests of every kind arrive".into(),
            Step::Forge => "Max sends forged lines".into(),
            Step::Lie(who, n) => format!("{} sends {n} dishonest lines", ["Mal", "Max"][who % 2]),
        }
    }
}

/// The steps of a seed.
pub fn script(seed: u64) -> Vec<Step> {
    let mut random = fastrand::Rng::with_seed(seed);
    let many = random.usize(15..35);
    (0..many).map(|_| Step::any(&mut random)).collect()
}
