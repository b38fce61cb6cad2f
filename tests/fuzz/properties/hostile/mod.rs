//! Lines that an older or another server let in: whatever they say, every question of the engine is
//! answered, for every role, and what reads is shown beside what does not.
//!
//! Input: bytes that choose kinds, bodies, times and what is wrong with them ([`lines`]). The lines come
//! to a device as an answer of a server does, are taken in, and then everything is asked ([`questions`]).

mod device;
mod lines;
mod questions;

use std::cell::RefCell;
use std::collections::BTreeSet;

use fieldproof::engine::api::{FailureCode, Reply, Request};
use fieldproof::practice::rights::Role;
use fieldproof::store::{Intake, Key, PulledItem, Store};

use self::device::Device;
use self::lines::Lines;

/// Devices grow with each input; after so many a new one begins.
const INPUTS: u32 = 40;

struct World {
    devices: Vec<Device>,
    inputs: u32,
    /// The names of the questions that were asked at all.
    asked: BTreeSet<&'static str>,
}

thread_local! {
    static WORLD: RefCell<Option<World>> = const { RefCell::new(None) };
}

pub fn check(data: &[u8]) {
    let lines = Lines::of(data);
    rebuilt(&lines);
    WORLD.with_borrow_mut(|world| {
        if world.as_ref().is_none_or(|world| world.inputs >= INPUTS) {
            let roles = [Role::Staff, Role::Supervisor, Role::Quality];
            let devices = roles.into_iter().map(Device::new).collect();
            *world = Some(World { devices, inputs: 0, asked: BTreeSet::new() });
        }
        let world = world.as_mut().expect("it was made");
        world.inputs += 1;
        for device in &mut world.devices {
            device.take_in(&lines.texts);
            for request in questions::all(&lines, device.person, data.len()) {
                let name = questions::name(&request);
                world.asked.insert(name);
                // These two end what is asked.
                if matches!(request, Request::Lock | Request::Forget { .. }) {
                    continue;
                }
                answered(name, &device.ask(request));
            }
            device.settled();
        }
        let unasked: Vec<_> = questions::NAMES.iter().filter(|name| !world.asked.contains(**name)).collect();
        assert!(unasked.is_empty(), "never asked: {unasked:?}");
    });
}

/// No answer says that the app itself is at fault, or that the records cannot be read.
fn answered(name: &str, reply: &Reply) {
    if let Reply::Failed(failure) = reply {
        let ours = matches!(
            failure.code,
            FailureCode::Internal | FailureCode::Corrupt | FailureCode::DiskFull | FailureCode::NewerVersion
        );
        assert!(!ours, "{name}: {failure}");
    }
}

/// The log can be replayed, and comes to the same as when its lines came one by one.
fn rebuilt(lines: &Lines) {
    let open = || {
        let db = rusqlite::Connection::open_in_memory().expect("memory");
        let mut store = Store::open(db, &Key::new([7; 32]), false).expect("an empty store opens");
        store.begin_replica(uuid::Uuid::from_u128(0x5e1f)).expect("a log of its own");
        store
    };
    let item = |(n, text): (u64, &String)| PulledItem {
        stream: "quality".into(),
        n,
        own: None,
        received_at: "2026-11-22T12:00:00Z".into(),
        line: Some(text.clone()),
    };
    let items: Vec<PulledItem> = (1..).zip(&lines.texts).map(item).collect();
    let shown = |store: &Store| {
        let follows = store.follow_ups(&Default::default()).expect("what is followed up is listed");
        let records = store.records(&Default::default()).expect("records are listed");
        let people = store.people(None).expect("people are listed");
        (
            serde_json::to_string(&(follows, records, people)).expect("they are data"),
            store.aside().expect("a count"),
        )
    };
    let mut one_by_one = open();
    for item in &items {
        let log = one_by_one.own().expect("its log");
        let intake = Intake { items: vec![item.clone()], ..Intake::default() };
        one_by_one.take_in(&log, &intake).expect("a line is taken in");
    }
    let at_once = {
        let mut store = open();
        let log = store.own().expect("its log");
        store.take_in(&log, &Intake { items, ..Intake::default() }).expect("a batch is taken in");
        store
    };
    let came = shown(&one_by_one);
    assert_eq!(came, shown(&at_once), "one by one and at once come to the same");
    one_by_one.rebuild().expect("the log is replayed");
    assert_eq!(came, shown(&one_by_one), "replayed it comes to the same");
}

pub fn seeds() -> Vec<Vec<u8>> {
    let mut random = fastrand_like(0x9e37_79b9_7f4a_7c15);
    let mut seeds: Vec<Vec<u8>> = (0..24).map(|n| (0..60 + n * 12).map(|_| random()).collect()).collect();
    // One honest line of each kind.
    seeds.push((0..=u8::MAX).flat_map(|kind| [kind, 0, 0, 0, 0, 0, 0]).collect());
    seeds
}

/// Bytes that are the same wherever they are made.
fn fastrand_like(mut state: u64) -> impl FnMut() -> u8 {
    move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_le_bytes()[0]
    }
}
