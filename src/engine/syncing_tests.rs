//! An open profile on a machine in a folder, and rounds that are begun and answered by hand.

use std::path::Path;
use std::rc::Rc;

use futures::FutureExt;
use futures::executor::block_on;
use futures::future::LocalBoxFuture;
use rusqlite::Connection;
use serde_json::json;
use tempfile::TempDir;

use super::*;
use crate::engine::api::{KeyPlace, Reply, Request, Status};
use crate::engine::host::{BindError, Bound, Host, NetError};
use crate::store::tests::{ALICE, full, now, numbered, spoil_lines, store};
use crate::store::{FormKey, KdfCost, Key, LeftOver, ProfileRow, Secret, Terms, Unfinished, WrappedKey};

const PROFILE: Uuid = Uuid::from_u128(0xf1);

struct Machine {
    folder: TempDir,
    log: RefCell<Vec<String>>,
}

impl Machine {
    fn device_file(&self) -> Connection {
        Connection::open(self.folder.path().join("device.db")).unwrap()
    }

    /// Nothing can be written beside the names.
    fn no_room(&self) {
        let trigger =
            "CREATE TRIGGER no_room BEFORE INSERT ON profile BEGIN SELECT RAISE(ABORT, 'no room'); END";
        self.device_file().execute_batch(trigger).unwrap();
    }

    fn room(&self) {
        self.device_file().execute_batch("DROP TRIGGER IF EXISTS no_room").unwrap();
    }
}

impl Host for Machine {
    fn open(&self, name: &str) -> rusqlite::Result<Connection> {
        Connection::open(self.folder.path().join(name))
    }

    fn delete(&self, name: &str) -> Result<(), String> {
        let file = self.folder.path().join(name);
        if Path::new(&file).exists() {
            std::fs::remove_file(file).map_err(|error| error.to_string())?;
            self.room();
        }
        Ok(())
    }

    fn bind(&self, _: Uuid, _: Secret, _: bool) -> LocalBoxFuture<'static, Result<Bound, BindError>> {
        async { Err(BindError::Gone) }.boxed_local()
    }

    fn unbind(&self, _: Uuid) -> LocalBoxFuture<'static, Result<(), String>> {
        async { Ok(()) }.boxed_local()
    }

    fn uptime(&self) -> Duration {
        Duration::ZERO
    }

    fn now(&self) -> DateTime<FixedOffset> {
        now()
    }

    fn random(&self, bytes: &mut [u8]) {
        bytes.fill(fastrand::u8(..));
    }

    fn sleep(&self, _: Duration) -> LocalBoxFuture<'static, ()> {
        async {}.boxed_local()
    }

    fn http(&self, _: HttpRequest) -> LocalBoxFuture<'static, Result<HttpAnswer, NetError>> {
        async { Err(NetError("none here".into())) }.boxed_local()
    }

    fn log(&self, text: &str) {
        self.log.borrow_mut().push(text.to_owned());
    }

    fn wal(&self) -> bool {
        false
    }
}

fn row(profile: Uuid, name: &str) -> ProfileRow {
    let terms = Terms::new(KdfCost { kib: 64, rounds: 1 }, [3; 40]);
    let key = WrappedKey::wrap(&Key::new([7; 32]), terms, &terms.stretch("123456").unwrap(), false).unwrap();
    ProfileRow {
        profile,
        person: None,
        name: name.into(),
        org: "Harbor".into(),
        server: "https://fieldproof.example".into(),
        key: Some(key),
        wrong_pins: 0,
        wait_until: None,
        left: None,
        waiting: None,
        waiting_since: None,
    }
}

/// Alice is unlocked on a device that is Bo's, too.
fn unlocked() -> (Rc<Machine>, Engine) {
    let host = Rc::new(Machine { folder: tempfile::tempdir().unwrap(), log: RefCell::default() });
    let mut engine = Engine::new(host.clone()).unwrap();
    engine.profiles.put(&row(PROFILE, "Alice")).unwrap();
    engine.profiles.put(&row(Uuid::from_u128(0xf2), "Bo")).unwrap();
    engine.open = Some(Open {
        profile: PROFILE,
        store: store(),
        person: ALICE,
        server: "https://fieldproof.example".into(),
        token: "token".into(),
        key_place: KeyPlace::PinAlone,
        syncing: Syncing::default(),
        noted: None,
    });
    (host, engine)
}

fn save(engine: &mut Engine, n: u32) {
    let event = numbered(n, "handoff.submitted", &json!({}));
    engine.opened().unwrap().store.append(&[event], None).unwrap();
}

fn held(engine: &mut Engine, seq: u64) {
    let store = &mut engine.opened().unwrap().store;
    let log = store.own().unwrap();
    store.set_held(&log, seq).unwrap();
}

fn status(engine: &mut Engine) -> Status {
    match engine.handle(Request::Status) {
        Reply::Status(status) => *status,
        other => panic!("{other:?}"),
    }
}

fn alice(engine: &Engine) -> ProfileRow {
    engine.row(PROFILE).unwrap()
}

/// An idle round hangs on a dead signal, and a check is finished meanwhile.
#[test]
fn whoever_leaves_is_warned_of_what_was_saved_while_an_exchange_ran() {
    let (_, mut engine) = unlocked();
    assert!(engine.begin_round().unwrap().is_some());
    assert!(!status(&mut engine).warns_who_leaves());
    save(&mut engine, 1);
    let told = status(&mut engine);
    assert_eq!((&told.sync, told.warns_who_leaves()), (&SyncChip::Waiting { waiting: 1 }, true));

    // It goes with the next round, and what is saved while that one runs waits, too.
    assert!(engine.begin_round().unwrap().is_some());
    assert_eq!(status(&mut engine).sync, SyncChip::Sending { sent: 0, of: 1, waiting: 1 });
    for n in 2..5 {
        save(&mut engine, n);
    }
    let told = status(&mut engine).sync;
    assert_eq!((&told, told.waiting()), (&SyncChip::Sending { sent: 0, of: 1, waiting: 4 }, 4));

    // The push arrived and its pull goes on.
    held(&mut engine, 1);
    assert_eq!(status(&mut engine).sync, SyncChip::Waiting { waiting: 3 });
    assert!(engine.begin_round().unwrap().is_some());
    assert_eq!(status(&mut engine).sync, SyncChip::Sending { sent: 1, of: 4, waiting: 3 });
    held(&mut engine, 4);
    save(&mut engine, 5);
    let told = status(&mut engine);
    assert_eq!((&told.sync, told.warns_who_leaves()), (&SyncChip::Waiting { waiting: 1 }, true));
}

#[test]
fn what_a_round_sends_is_counted_anew_where_the_log_does_not_go_on_from_there() {
    let (_, mut engine) = unlocked();
    for n in 1..4 {
        save(&mut engine, n);
    }
    held(&mut engine, 2);
    let log = engine.opened().unwrap().store.own().unwrap();
    let begun = Progress::with(None, &log);
    assert_eq!(begun.sent(&log), Some((0, 1)));
    // The server was restored and holds less.
    let mut restored = log;
    restored.held = 1;
    assert_eq!(begun.sent(&restored), None);
    assert_eq!(Progress::with(Some(begun), &restored).sent(&restored), Some((0, 2)));
    let mut forked = log;
    (forked.replica, forked.held, forked.seq) = (Uuid::from_u128(0x99), 2, 7);
    assert_eq!(begun.sent(&forked), None);
    assert_eq!(Progress::with(Some(begun), &forked).sent(&forked), Some((0, 5)));
}

/// There was no room beside the names when it was saved; there is when the device is handed on.
#[test]
fn what_waits_is_noted_at_the_latest_where_the_device_is_handed_on() {
    let (host, mut engine) = unlocked();
    host.no_room();
    save(&mut engine, 1);
    status(&mut engine);
    assert_eq!(alice(&engine).waiting, None);
    host.room();
    engine.handle(Request::Lock);
    let row = alice(&engine);
    assert!(engine.open.is_none());
    assert!(row.waiting == Some(1) && row.waiting_since.is_some(), "{row:?}");
}

#[test]
fn what_waits_is_read_again_only_where_the_log_moved() {
    let (host, mut engine) = unlocked();
    save(&mut engine, 1);
    save(&mut engine, 2);
    status(&mut engine);
    assert_eq!(alice(&engine).waiting, Some(2));
    spoil_lines(&engine.opened().unwrap().store);
    status(&mut engine);
    assert_eq!(*host.log.borrow(), [""; 0], "nothing was read");
    held(&mut engine, 1);
    status(&mut engine);
    assert_eq!(host.log.borrow().len(), 1, "what moved is read");
}

/// The answer by which a removed device learns that all it wrote is held.
fn removed(engine: &mut Engine, apart: u64) -> Option<Next> {
    let round = engine.begin_round().unwrap().unwrap();
    let (seq, hash) = round.tip;
    let long = "x".repeat(4_000);
    let apart: Vec<_> = (1..=apart)
        .map(|n| json!({"seq": n, "id": null, "code": "revoked_device", "field": null, "message": long}))
        .collect();
    let first = json!({
        "head": {"seq": seq, "hash": hash}, "accepted": 0, "duplicate": 0, "quarantined": apart,
        "server_time": "2026-11-22T07:01:00Z", "skew_ms": 0, "revoked": true,
    });
    let done = json!({"done": true, "cursors": {}, "more": false, "streams": []});
    engine.answered(&round, 200, None, NDJSON, format!("{first}\n{done}\n").as_bytes())
}

fn begun(engine: &mut Engine, about: &str, text: &str) {
    let form = FormKey { person: ALICE, form: "report".into(), about: about.into() };
    engine.opened().unwrap().store.save_form_draft(&form, text, now()).unwrap();
}

/// First what goes is handed over, then all is wiped, also where not even that can be noted at first.
#[test]
fn a_removed_device_without_room_is_wiped_and_says_what_was_not_sent() {
    let (host, mut engine) = unlocked();
    save(&mut engine, 1);
    begun(&mut engine, "a", &"x".repeat(60_000));
    begun(&mut engine, "b", "Fell in the hall");
    full(&engine.opened().unwrap().store);
    assert_eq!(removed(&mut engine, 0), Some(Next::Again), "the short one goes");
    assert_eq!(engine.opened().unwrap().store.waiting().unwrap(), 1);
    assert_eq!(removed(&mut engine, 0), None, "and no more does");
    std::fs::write(host.folder.path().join(crate::store::Profiles::file_of(PROFILE)), "").unwrap();
    host.no_room();
    let engine = RefCell::new(engine);
    block_on(lock::wipe(&engine)).unwrap();
    let row = alice(&engine.borrow());
    let one = Unfinished { forms: 1, ..Unfinished::default() };
    assert!(row.key.is_none() && engine.borrow().open.is_none());
    assert_eq!(row.left, Some(LeftOver { handed_over: one, not_sent: one, unknown: false }));
}

#[test]
fn a_removed_device_that_has_no_room_for_the_answer_itself_is_wiped() {
    let (_, mut engine) = unlocked();
    save(&mut engine, 1);
    begun(&mut engine, "a", &"x".repeat(60_000));
    full(&engine.opened().unwrap().store);
    assert_eq!(removed(&mut engine, 300), None);
    let left = engine.opened().unwrap().store.left_over();
    assert_eq!(left.not_sent, Unfinished { forms: 1, ..Unfinished::default() });
}

/// What there is no room to note is only taken as held where the answer covers all of the log.
#[test]
fn an_answer_that_covers_less_than_the_log_wipes_nothing() {
    let (_, mut engine) = unlocked();
    save(&mut engine, 1);
    let round = engine.begin_round().unwrap().unwrap();
    save(&mut engine, 2);
    full(&engine.opened().unwrap().store);
    let apart: Vec<_> = (1..=300)
        .map(|n| json!({"seq": n, "code": "revoked_device", "message": "x".repeat(4_000)}))
        .collect();
    let first = json!({
        "head": {"seq": 1, "hash": round.tip.1}, "accepted": 0, "duplicate": 0, "quarantined": apart,
        "server_time": "2026-11-22T07:01:00Z", "skew_ms": 0, "revoked": true,
    });
    let done = json!({"done": true, "cursors": {}, "more": false, "streams": []});
    let next = engine.answered(&round, 200, None, NDJSON, format!("{first}\n{done}\n").as_bytes());
    assert!(matches!(next, Some(Next::After(_))), "{next:?}");
}
