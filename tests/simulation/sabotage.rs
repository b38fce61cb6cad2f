//! Promises broken on purpose. A simulator that does not notice is worth nothing.
//!
//! Each is broken at a seam (disk, network, clock), with exactly the effect that the broken code
//! would have, so that the product carries no switch for it.

use fieldproof::engine::host::HttpRequest;
use fieldproof::practice::standard::Class;
use fieldproof::record::Head;
use fieldproof::store::Profiles;
use fieldproof::sync::wire::Role;

use crate::net::Net;
use crate::runs::{play, seed_with};
use crate::scenarios::RESTORED;
use crate::script::Step;
use crate::server::Answer;
use crate::world::{SAM, World, open_with};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sabotage {
    #[default]
    None,
    /// Whatever was pushed counts as sent, whether the server has it or not.
    AllSentAfterAPush,
    /// A sync of the disk does nothing.
    NoFsync,
    /// The server judges and dates by the asking device's clock.
    DeviceClock,
    /// A line altered on its way is not noticed.
    NoTipCheck,
    /// A cursor moves before what it counts is written.
    CursorFirst,
    /// Whatever number the server names counts as held; its hash is not compared.
    NoHashCheck,
    /// The server tells of a line that it keeps apart, and does not keep it.
    DropQuarantined,
    /// A device does not note what the server tells it of lines that are kept apart.
    DeafToQuarantine,
    /// What a device derives hangs on when a line arrived.
    OrderOfArrival,
    /// A device goes by its old cursors though the server came out of a backup.
    ForgetEpoch,
}

impl Sabotage {
    pub fn prepare(self, world: &World) {
        match self {
            Sabotage::NoFsync => {
                world.server.disk.lie_about_syncs();
                world.devices.iter().for_each(|device| device.machine.disk.lie_about_syncs());
            }
            Sabotage::DeviceClock => world.server.trusts_devices.set(true),
            _ => {}
        }
    }

    /// The answer that a device which believes its own push would act on, though it was lost.
    pub fn instead_of_lost(self, request: &HttpRequest) -> Option<Answer> {
        if self != Sabotage::AllSentAfterAPush {
            return None;
        }
        let plain = plain(request);
        let header: serde_json::Value = serde_json::from_str(plain.lines().next()?).ok()?;
        let seq = header["after"].as_u64()? + header["count"].as_u64()?;
        let body = format!(
            "{}\n{}\n",
            serde_json::json!({"head":{"seq":seq,"hash":header["tip"]},"accepted":0,"duplicate":0,
                "quarantined":[],"server_time":"2026-03-02T08:00:00.000Z","skew_ms":0}),
            serde_json::json!({"done":true,"cursors":header["cursors"],"more":false,
                "streams":header["cursors"].as_object()?.keys().collect::<Vec<_>>()}),
        );
        let content_type = "application/x-ndjson".into();
        Some(Answer { status: 200, content_type, retry_after: None, body: body.into_bytes() })
    }

    /// Alters one line and makes the tip fit: the server cannot tell, as if it did not check.
    pub fn on_the_way(self, mut request: HttpRequest) -> HttpRequest {
        if self != Sabotage::NoTipCheck || !request.url.ends_with("/sync") {
            return request;
        }
        let plain = plain(&request).replace("Breathing faster", "Breathing slower");
        let mut lines = plain.lines();
        let Some(mut header) =
            lines.next().and_then(|line| serde_json::from_str::<serde_json::Value>(line).ok())
        else {
            return request;
        };
        let events: Vec<&str> = lines.collect();
        let head: Head = serde_json::from_value(header["head"].clone()).unwrap();
        let tip = events.iter().fold(head, |head, line| head.next(line.as_bytes()));
        header["tip"] = serde_json::to_value(tip).unwrap();
        let mut body = header.to_string();
        for line in std::iter::once("").chain(events) {
            body.push_str(line);
            body.push('\n');
        }
        request.body = body.into_bytes();
        request.content_encoding = None;
        request
    }

    /// What happens between the server's answer and the device: to the answer, to the server's disk,
    /// or to the device's.
    pub fn before_it_is_told(self, net: &Net, answer: &mut Answer, folder: &str) {
        let device = || profile_in(folder).map(|file| open_with(&file, &net.key.get()));
        match self {
            Sabotage::CursorFirst => {
                if let Some(db) = device() {
                    cursors_first(&db, answer);
                }
            }
            Sabotage::NoHashCheck => {
                if let Some(db) = device() {
                    held_by_number(&db, answer);
                }
            }
            Sabotage::DropQuarantined => {
                let db = net.server.database();
                let drop = "DELETE FROM quarantine; DELETE FROM event WHERE id IS NULL;";
                let _ = db.execute_batch(drop);
            }
            Sabotage::DeafToQuarantine => {
                with_first_line(answer, |said| {
                    said.as_object_mut().map(|said| said.insert("quarantined".into(), serde_json::json!([])));
                });
            }
            Sabotage::OrderOfArrival => {
                if let Some(db) = device() {
                    let trigger = "CREATE TRIGGER IF NOT EXISTS arrival AFTER INSERT ON record BEGIN
                        UPDATE record SET happened = (SELECT max(key) FROM event) WHERE id = new.id; END";
                    let _ = db.execute_batch(trigger);
                }
            }
            Sabotage::ForgetEpoch => {
                with_first_line(answer, |said| {
                    said.as_object_mut().map(|said| said.remove("epoch"));
                });
            }
            _ => {}
        }
    }
}

/// Changes the first line of an answer, or a refusal.
fn with_first_line(answer: &mut Answer, change: impl FnOnce(&mut serde_json::Value)) {
    let end = answer.body.iter().position(|byte| *byte == b'\n').unwrap_or(answer.body.len());
    let Ok(mut said) = serde_json::from_slice::<serde_json::Value>(&answer.body[..end]) else { return };
    change(&mut said);
    let rest = answer.body.split_off(end);
    answer.body = said.to_string().into_bytes();
    answer.body.extend(rest);
}

/// Moves a device's cursors to where the answer leads, before the device has read it.
fn cursors_first(db: &rusqlite::Connection, answer: &Answer) {
    let text = String::from_utf8_lossy(&answer.body);
    let done = text.lines().last().and_then(|line| serde_json::from_str::<serde_json::Value>(line).ok());
    let Some(cursors) = done.as_ref().and_then(|done| done["cursors"].as_object()) else { return };
    for (stream, n) in cursors {
        let _ = db.execute("UPDATE stream SET cursor = ?2 WHERE name = ?1", (stream, n.as_u64()));
    }
}

/// Notes the server's number as held, and shows the device its own head as if it were the server's.
fn held_by_number(db: &rusqlite::Connection, answer: &mut Answer) {
    let own = db.query_row(
        "SELECT event.seq, lower(hex(event.head)) FROM event JOIN replica ON replica.key = event.replica
         WHERE own = 1 ORDER BY replica.key DESC, event.seq DESC LIMIT 1",
        [],
        |row| Ok((row.get::<_, u64>(0)?, row.get::<_, String>(1)?)),
    );
    let Ok((seq, hash)) = own else { return };
    with_first_line(answer, |said| {
        let there = said["head"]["seq"].as_u64().unwrap_or(0);
        if there > seq {
            said["head"] = serde_json::json!({"seq": seq, "hash": hash});
            let held =
                "UPDATE replica SET held = ?1 WHERE key = (SELECT max(key) FROM replica WHERE own = 1)";
            let _ = db.execute(held, [there]);
        }
    });
}

fn profile_in(folder: &str) -> Option<String> {
    let db = rusqlite::Connection::open(format!("{folder}{}", Profiles::FILE)).ok()?;
    let row = Profiles::open(db, true).ok()?.all().ok()?.into_iter().next()?;
    Some(format!("{folder}{}", Profiles::file_of(row.profile)))
}

/// A request's body, uncompressed.
pub fn plain(request: &HttpRequest) -> String {
    use std::io::Read;
    if request.content_encoding.is_none() {
        return String::from_utf8_lossy(&request.body).into_owned();
    }
    let mut text = String::new();
    flate2::read::GzDecoder::new(&*request.body).read_to_string(&mut text).unwrap();
    text
}

/// Breaks the promise and asks for a seed, among a few, where the simulator sees it, and for the
/// reason that it is broken.
fn is_noticed(sabotage: Sabotage, because: &[&str]) {
    let noticed = (1..=120).find_map(|seed| seed_with(seed, sabotage).err().map(|why| (seed, why)));
    let (seed, why) = noticed.unwrap_or_else(|| panic!("{sabotage:?} was not noticed in 120 seeds"));
    println!("{sabotage:?} was noticed with seed {seed}: {why}");
    assert!(because.iter().any(|reason| why.contains(reason)), "{sabotage:?}, but for another reason: {why}");
}

/// The same with a story of its own.
fn is_noticed_in(steps: &[Step], sabotage: Sabotage, because: &[&str]) {
    let why = play(1, steps, sabotage).expect_err("it is noticed");
    println!("{sabotage:?} was noticed: {why}");
    assert!(because.iter().any(|reason| why.contains(reason)), "{sabotage:?}, but for another reason: {why}");
}

#[test]
fn marking_all_as_sent_after_a_push_is_noticed() {
    is_noticed(Sabotage::AllSentAfterAPush, &["it does not", "it is not", "lacks something"]);
}

#[test]
fn dropping_the_fsync_is_noticed() {
    is_noticed(Sabotage::NoFsync, &["is nowhere", "does not open", "does not start", "holds"]);
}

#[test]
fn trusting_the_devices_clock_is_noticed() {
    is_noticed(Sabotage::DeviceClock, &["though the token is good"]);
}

#[test]
fn skipping_the_tip_check_is_noticed() {
    // Its author sees another head than its own, and writes anew, and that is altered again.
    is_noticed(Sabotage::NoTipCheck, &["is not with the server", "do not come to rest"]);
}

#[test]
fn advancing_a_cursor_before_the_write_is_noticed() {
    is_noticed(Sabotage::CursorFirst, &["has not what the server has"]);
}

#[test]
fn counting_as_held_by_number_alone_is_noticed() {
    // Put back to an old copy, it believes that what it writes at a number of before is there already.
    // (What it lost was kept apart: any other line would come back as an item, and tell.)
    let steps = [
        Step::Role(SAM, Role::Staff, 0),
        Step::Wait(70_000),
        Step::Save(SAM, Class::Handoff),
        Step::Wait(40_000),
        Step::Copy(SAM),
        Step::Save(SAM, Class::Check),
        Step::Wait(40_000),
        Step::Restore(SAM),
        Step::SyncNow(SAM),
        Step::Wait(40_000),
        Step::Offline(SAM, true),
        Step::Save(SAM, Class::Handoff),
    ];
    is_noticed_in(&steps, Sabotage::NoHashCheck, &["lines; it does not"]);
}

#[test]
fn dropping_what_was_quarantined_is_noticed() {
    let because = ["it does not", "is nowhere", "it is not", "the server does not", "is not with the server"];
    is_noticed(Sabotage::DropQuarantined, &because);
}

#[test]
fn hiding_from_a_device_what_was_quarantined_is_noticed() {
    is_noticed(Sabotage::DeafToQuarantine, &["lines are quarantined", "does not know"]);
}

#[test]
fn deriving_by_the_order_of_arrival_is_noticed() {
    is_noticed(Sabotage::OrderOfArrival, &["do not agree"]);
}

#[test]
fn forgetting_the_epoch_after_a_restore_is_noticed() {
    is_noticed_in(&RESTORED, Sabotage::ForgetEpoch, &["has not what the server has", "has read"]);
}
