//! Promises broken on purpose. A simulator that does not notice is worth nothing.
//!
//! Each is broken at a seam (disk, network, clock), with exactly the effect that the broken code
//! would have, so that the product carries no switch for it.

use fieldproof::engine::host::HttpRequest;
use fieldproof::record::Head;
use fieldproof::store::Profiles;

use crate::runs::seed_with;
use crate::server::Answer;
use crate::world::{World, open_with};

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

    /// Moves the device's cursors to where the answer leads, before the device has read it.
    pub fn before_it_is_told(self, answer: &Answer, folder: &str, key: [u8; 32]) {
        if self != Sabotage::CursorFirst {
            return;
        }
        let text = String::from_utf8_lossy(&answer.body);
        let done = text.lines().last().and_then(|line| serde_json::from_str::<serde_json::Value>(line).ok());
        let Some(cursors) = done.as_ref().and_then(|done| done["cursors"].as_object()) else { return };
        let Some(file) = profile_in(folder) else { return };
        let db = open_with(&file, &key);
        for (stream, n) in cursors {
            let _ = db.execute("UPDATE stream SET cursor = ?2 WHERE name = ?1", (stream, n.as_u64()));
        }
    }
}

fn profile_in(folder: &str) -> Option<String> {
    let db = rusqlite::Connection::open(format!("{folder}{}", Profiles::FILE)).ok()?;
    let row = Profiles::open(db, true).ok()?.all().ok()?.into_iter().next()?;
    Some(format!("{folder}{}", Profiles::file_of(row.profile)))
}

fn plain(request: &HttpRequest) -> String {
    use std::io::Read;
    if request.content_encoding.is_none() {
        return String::from_utf8_lossy(&request.body).into_owned();
    }
    let mut text = String::new();
    flate2::read::GzDecoder::new(&*request.body).read_to_string(&mut text).unwrap();
    text
}

/// Breaks the promise and asks for a seed, among a few, where the simulator sees it.
fn is_noticed(sabotage: Sabotage) {
    let noticed = (1..=40).find_map(|seed| seed_with(seed, sabotage).err().map(|why| (seed, why)));
    let (seed, why) = noticed.unwrap_or_else(|| panic!("{sabotage:?} was not noticed in 40 seeds"));
    println!("{sabotage:?} was noticed with seed {seed}: {why}");
}

#[test]
fn marking_all_as_sent_after_a_push_is_noticed() {
    is_noticed(Sabotage::AllSentAfterAPush);
}

#[test]
fn dropping_the_fsync_is_noticed() {
    is_noticed(Sabotage::NoFsync);
}

#[test]
fn trusting_the_devices_clock_is_noticed() {
    is_noticed(Sabotage::DeviceClock);
}

#[test]
fn skipping_the_tip_check_is_noticed() {
    is_noticed(Sabotage::NoTipCheck);
}

#[test]
fn advancing_a_cursor_before_the_write_is_noticed() {
    is_noticed(Sabotage::CursorFirst);
}
