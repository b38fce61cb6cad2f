//! Observe without signal, sync when it is back.

use fieldproof::engine::api::{FailureCode, Owed, RecordFilter, Reply, Request, Sent, SyncChip};
use fieldproof::practice::record::{Outcome, Review, State};
use fieldproof::practice::standard::Class;
use fieldproof::sync::wire::Role;
use uuid::Uuid;

use crate::run;
use crate::world::{Device, PIN, World};

/// Ada administers; Sam supervises Elm House, where Bo and Cy work; Quinn is the quality lead.
pub struct Cast {
    pub world: World,
    pub ada: Device,
    pub sam: Device,
    pub bo: Device,
    pub quinn: Device,
    pub elm: Uuid,
    pub bo_id: Uuid,
}

pub async fn cast() -> Cast {
    let world = World::begin().await;
    let ada = world.paired("ada", &world.admin_code).await;
    ada.done(Request::PublishStarters).await;
    let elm = ada.add_site("Elm House").await;
    let sam_id = ada.add_person("Sam", Role::Supervisor, &[elm]).await;
    let bo_id = ada.add_person("Bo", Role::Staff, &[elm]).await;
    let quinn_id = ada.add_person("Quinn", Role::Quality, &[]).await;
    ada.synced().await;
    let sam = world.paired("sam", &ada.code_for(sam_id).await).await;
    let bo = world.paired("bo", &ada.code_for(bo_id).await).await;
    let quinn = world.paired("quinn", &ada.code_for(quinn_id).await).await;
    Cast { world, ada, sam, bo, quinn, elm, bo_id }
}

pub async fn records(device: &Device) -> Vec<(Uuid, State)> {
    match device
        .ask(Request::Records { filter: RecordFilter { limit: 100_000, ..RecordFilter::default() } })
        .await
    {
        Reply::Records(rows) => rows.into_iter().map(|row| (row.id, row.state)).collect(),
        other => panic!("{other:?}"),
    }
}

async fn owed(device: &Device) -> Vec<Owed> {
    match device.ask(Request::Today).await {
        Reply::Today(today) => today.owed,
        other => panic!("{other:?}"),
    }
}

#[test]
fn all_four_are_recorded_without_a_server_and_arrive_once_and_the_feedback_comes_back() {
    run(async {
        let Cast { mut world, sam, bo, quinn, elm, bo_id, .. } = cast().await;
        world.stop_server().await;

        let check = sam.observe(Class::Check, elm, Some(bo_id), &[2]).await;
        let shadow = sam.observe(Class::Shadow, elm, Some(bo_id), &[]).await;
        let handoff = sam.observe(Class::Handoff, elm, None, &[]).await;
        let note = bo.observe(Class::Scenario, elm, None, &[]).await;
        sam.until(|chip| matches!(chip, SyncChip::Waiting { waiting: 3 })).await;
        bo.until(|chip| matches!(chip, SyncChip::Waiting { waiting: 1 })).await;

        world.start_server().await;
        // With no tap: by the timers alone.
        sam.synced().await;
        bo.synced().await;

        sam.refresh().await;
        let review = owed(&sam).await;
        assert!(
            review.iter().any(|owe| matches!(owe, Owed::Review { record, .. } if record.id == note)),
            "{review:?}"
        );
        let Reply::Record(view) = sam.ask(Request::Record { record: note }).await else { panic!() };
        let answers = view.standard.as_ref().unwrap().review.iter();
        let answers = answers
            .map(|item| {
                (
                    item.id.clone(),
                    fieldproof::practice::draft::Answer::mark(fieldproof::practice::draft::Mark::Met),
                )
            })
            .collect();
        let feedback = "Say which threshold you used".to_owned();
        sam.done(Request::Review {
            record: note,
            review: Review { outcome: Outcome::Rework, answers, feedback },
        })
        .await;
        sam.synced().await;

        bo.refresh().await;
        let seen = owed(&bo).await;
        assert!(seen.iter().any(|owe| matches!(owe, Owed::Rework { record, feedback } if record.id == note && feedback.contains("threshold"))), "{seen:?}");
        assert!(seen.iter().any(|owe| matches!(owe, Owed::Handoff { record } if record.id == handoff)));
        bo.done(Request::Acknowledge { record: check, note: "Heard".into() }).await;
        bo.done(Request::Acknowledge { record: handoff, note: String::new() }).await;
        let Reply::Draft(draft) =
            bo.ask(Request::BeginAmend { record: note, reason: "Threshold added".into() }).await
        else {
            panic!()
        };
        assert_eq!(draft.feedback, "Say which threshold you used");
        assert!(
            matches!(bo.ask(Request::Finish { draft: draft.draft.id }).await, Reply::Finished { record } if record == note)
        );
        bo.synced().await;

        quinn.refresh().await;
        let mut seen = records(&quinn).await;
        seen.sort_by_key(|(id, _)| *id);
        let mut expected = vec![
            (check, State::Acknowledged),
            (shadow, State::Submitted),
            (handoff, State::Acknowledged),
            (note, State::AwaitingReview),
        ];
        expected.sort_by_key(|(id, _)| *id);
        assert_eq!(seen, expected);
        world.stop_server().await;
        let verified = sync_server::storage::sqlite::verify(&world.server_folder());
        assert!(verified.problems.is_empty(), "{:?}", verified.problems);
    });
}

#[test]
fn a_device_killed_in_the_middle_of_a_draft_goes_on_at_the_same_item() {
    run(async {
        let Cast { world, sam, elm, bo_id, .. } = cast().await;
        let Reply::Standards(standards) = sam.ask(Request::Standards).await else { panic!() };
        let standard = standards.iter().find(|row| row.class == Class::Check).unwrap().standard;
        let Reply::Draft(view) =
            sam.ask(Request::Begin { standard, site: Some(elm), subject: Some(bo_id) }).await
        else {
            panic!()
        };
        let mut draft = view.draft;
        draft.item = Some(view.standard.items[1].id.clone());
        sam.ask(Request::SaveDraft { draft: Box::new(draft.clone()) }).await;

        // The process is gone; the files are what is left.
        let again = Device::start(sam.folder.clone(), sam.server.clone());
        let profile = again.status().await.profiles[0].profile;
        let wrong = again.ask(Request::Unlock { profile, pin: "000000".into() }).await;
        assert!(matches!(wrong, Reply::Failed(failure) if failure.code == FailureCode::WrongPin));
        assert!(
            matches!(again.ask(Request::Today).await, Reply::Failed(failure) if failure.code == FailureCode::Locked)
        );
        let Reply::Unlocked(me) = again.ask(Request::Unlock { profile, pin: PIN.into() }).await else {
            panic!()
        };
        let carry_on = me.carry_on.unwrap();
        assert_eq!((carry_on.draft, carry_on.item), (draft.id, draft.item));
        drop(world);
    });
}

#[test]
fn what_the_server_keeps_apart_stays_readable_and_can_be_recorded_anew() {
    run(async {
        let Cast { mut world, ada, sam, elm, bo_id, .. } = cast().await;
        // Sam is taken off Elm House while his phone has no signal; what he writes after he heard
        // of it is kept apart.
        let sam_id = sam.status().await.me.unwrap().person;
        let oak = ada.add_site("Oak House").await;
        let change = |sites: Vec<Uuid>| Request::SetPerson {
            person: Some(sam_id),
            name: "Sam".into(),
            role: Role::Supervisor,
            sites,
            active: true,
        };
        ada.ask(change(vec![oak])).await;
        ada.synced().await;
        sam.refresh().await;
        let check = sam.observe(Class::Check, elm, Some(bo_id), &[]).await;
        sam.until(|chip| matches!(chip, SyncChip::NeedsYou { count: 1, .. })).await;
        let reply = sam.ask(Request::Sync).await;
        let Reply::Sync(view) = reply else { panic!("{reply:?}") };
        assert!(
            matches!(&view.events[0].state, Sent::NeedsYou { code, .. } if code == "not_permitted"),
            "{:?}",
            view.events[0]
        );
        let Reply::Record(read) = sam.ask(Request::Record { record: check }).await else { panic!() };
        assert_eq!(read.record.id, check);
        assert!(matches!(&read.row.sent, Sent::NeedsYou { code, .. } if code == "not_permitted"));
        // The chip says both: what needs Sam, and how much is not sent.
        sam.faults(|| crate::world::Fault::LostRequest);
        let later = sam.observe(Class::Audit, oak, None, &[]).await;
        sam.until(|chip| matches!(chip, SyncChip::NeedsYou { count: 1, waiting: 1 })).await;
        let Reply::Record(read) = sam.ask(Request::Record { record: later }).await else { panic!() };
        assert_eq!(read.row.sent, Sent::Waiting);
        sam.faults(|| crate::world::Fault::None);
        sam.until(|chip| matches!(chip, SyncChip::NeedsYou { count: 1, waiting: 0 })).await;
        let Reply::Record(read) = sam.ask(Request::Record { record: later }).await else { panic!() };
        assert_eq!(read.row.sent, Sent::WithServer);

        ada.ask(change(vec![oak, elm])).await;
        ada.synced().await;
        sam.refresh_anyway().await;
        let Reply::Draft(draft) = sam.ask(Request::BeginAmend { record: check, reason: String::new() }).await
        else {
            panic!()
        };
        assert_eq!(draft.draft.corrects, Some(check));
        sam.ask(Request::Finish { draft: draft.draft.id }).await;
        // Dealt with, and with the server; but what lies in quarantine never counts as synced.
        sam.until(|chip| matches!(chip, SyncChip::SetAside { count: 1, .. })).await;
        let Reply::Record(read) = sam.ask(Request::Record { record: check }).await else { panic!() };
        assert_eq!(read.row.sent, Sent::DealtWith { code: "not_permitted".into() });
        world.stop_server().await;
    });
}

#[test]
fn a_phone_restored_from_an_old_copy_goes_on_in_a_new_replica_and_gets_back_what_it_lost() {
    run(async {
        let Cast { world, sam, elm, bo_id, .. } = cast().await;
        let kept = sam.observe(Class::Check, elm, Some(bo_id), &[]).await;
        sam.synced().await;
        sam.done(Request::Lock).await;
        let copy = world.folder.path().join("copy");
        copy_dir(&sam.folder, &copy);
        let profile = sam.status().await.profiles[0].profile;
        sam.ask(Request::Unlock { profile, pin: PIN.into() }).await;
        let lost = sam.observe(Class::Shadow, elm, Some(bo_id), &[]).await;
        sam.synced().await;
        let Reply::Sync(before) = sam.ask(Request::Sync).await else { panic!() };
        sam.done(Request::Lock).await;

        // The same phone: what its system keeps for it is still there.
        let restored = Device::start_with(copy, sam.keys.clone(), sam.server.clone());
        restored.faults(|| crate::world::Fault::LostRequest);
        restored.ask(Request::Unlock { profile, pin: PIN.into() }).await;
        let new = restored.observe(Class::Check, elm, Some(bo_id), &[0]).await;
        restored.faults(|| crate::world::Fault::None);
        restored.synced().await;
        restored.refresh().await;
        let Reply::Sync(after) = restored.ask(Request::Sync).await else { panic!() };
        assert_ne!(after.replica, before.replica);
        let ids: Vec<Uuid> = records(&restored).await.into_iter().map(|(id, _)| id).collect();
        assert!(ids.contains(&kept) && ids.contains(&lost), "{ids:?}");
        assert_eq!(ids.len(), 3, "the new one is there once, under its new id ({new})");
    });
}

pub fn copy_dir(from: &std::path::Path, to: &std::path::Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        std::fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
    }
}

#[test]
fn a_revoked_phone_hands_over_what_it_has_and_then_nothing_is_left_on_it() {
    run(async {
        let Cast { mut world, sam, quinn, elm, bo_id, .. } = cast().await;
        let sam_id = sam.status().await.me.unwrap().person;
        world.stop_server().await;
        let unsent = sam.observe(Class::Check, elm, Some(bo_id), &[]).await;
        world.revoke_devices_of(sam_id).await;
        world.start_server().await;
        // The profile counts as removed at once; the device's part of its key goes right behind it.
        let secrets = || std::fs::read_dir(&sam.keys).unwrap().count();
        for _ in 0..5_000 {
            if sam.status().await.profiles[0].removed && secrets() == 0 {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(2)).await;
        }
        let status = sam.status().await;
        assert!(status.profiles[0].removed && status.me.is_none(), "{status:?}");
        let profile = status.profiles[0].profile;
        let unlock = sam.ask(Request::Unlock { profile, pin: PIN.into() }).await;
        assert!(matches!(unlock, Reply::Failed(_)));
        let left: Vec<_> =
            std::fs::read_dir(&sam.folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert!(left.iter().all(|name| name.to_string_lossy().starts_with("device.db")), "{left:?}");
        assert_eq!(secrets(), 0, "nor the device's part of the key");
        // Handed over: stored on the server, kept apart, readable there.
        quinn.refresh().await;
        assert!(!records(&quinn).await.iter().any(|(id, _)| *id == unsent));
        world.stop_server().await;
        assert!(world.quarantined().await.iter().any(|line| line.contains(&unsent.to_string())));
        sam.done(Request::Forget { profile }).await;
        assert!(sam.status().await.profiles.is_empty());
    });
}

#[test]
fn a_damaged_file_is_named_and_left_alone() {
    run(async {
        let Cast { world: _world, sam, .. } = cast().await;
        sam.done(Request::Lock).await;
        let profile = sam.status().await.profiles[0].profile;
        let path = sam.folder.join(format!("profile-{}.db", profile.simple()));
        let mut bytes = std::fs::read(&path).unwrap();
        let middle = bytes.len() / 2;
        bytes[100] ^= 1;
        bytes[middle] ^= 1;
        std::fs::write(&path, &bytes).unwrap();
        let again = Device::start(sam.folder.clone(), sam.server.clone());
        let reply = again.ask(Request::Unlock { profile, pin: PIN.into() }).await;
        assert!(
            matches!(&reply, Reply::Failed(failure) if failure.code == FailureCode::Corrupt),
            "{reply:?}"
        );
        assert_eq!(std::fs::read(&path).unwrap(), bytes);
    });
}

#[test]
fn a_changed_pin_opens_the_same_records_and_the_old_one_opens_nothing() {
    run(async {
        let Cast { world: _world, sam, elm, bo_id, .. } = cast().await;
        const NEW: &str = "907341";
        let kept = sam.observe(Class::Check, elm, Some(bo_id), &[]).await;
        let failed = |reply: Reply| match reply {
            Reply::Failed(failure) => failure.code,
            other => panic!("{other:?}"),
        };
        let change = |old: &str, new: &str| Request::ChangePin { old: old.into(), new: new.into() };
        assert_eq!(failed(sam.ask(change(PIN, "12345")).await), FailureCode::BadPin);
        assert_eq!(failed(sam.ask(change("000001", NEW)).await), FailureCode::WrongPin);
        sam.done(change(PIN, NEW)).await;
        sam.done(Request::Lock).await;
        assert_eq!(failed(sam.ask(change(NEW, PIN)).await), FailureCode::Locked);

        let profile = sam.status().await.profiles[0].profile;
        let restarted = Device::start(sam.folder.clone(), sam.server.clone());
        let unlock = |pin: &str| Request::Unlock { profile, pin: pin.into() };
        assert_eq!(failed(restarted.ask(unlock(PIN)).await), FailureCode::WrongPin);
        assert!(matches!(restarted.ask(unlock(NEW)).await, Reply::Unlocked(_)));
        assert!(records(&restarted).await.iter().any(|(id, _)| *id == kept));

        // Guessing the old PIN here is slowed down as at the lock screen, over restarts too.
        for _ in 0..6 {
            assert_eq!(failed(restarted.ask(change("000001", PIN)).await), FailureCode::WrongPin);
        }
        assert_eq!(failed(restarted.ask(change(NEW, PIN)).await), FailureCode::TooManyPins);
        let again = Device::start(sam.folder.clone(), sam.server.clone());
        assert_eq!(failed(again.ask(unlock(NEW)).await), FailureCode::TooManyPins);
    });
}
