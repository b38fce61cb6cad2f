//! Devices and people: renamed, moved, lost, removed, guessed at.

use fieldproof::engine::api::{FailureCode, KeyPlace, Reply, Request, SyncChip};
use fieldproof::practice::standard::Class;
use fieldproof::store::{Profiles, mix};
use fieldproof::sync::wire::Role;
use uuid::Uuid;

use crate::run;
use crate::story::{Cast, cast, copy_dir, records};
use crate::world::{Device, Fault, PIN};

fn failed(reply: Reply) -> FailureCode {
    match reply {
        Reply::Failed(failure) => failure.code,
        other => panic!("{other:?}"),
    }
}

async fn ids(device: &Device) -> Vec<Uuid> {
    let mut ids: Vec<Uuid> = records(device).await.into_iter().map(|(id, _)| id).collect();
    ids.sort();
    ids
}

fn sorted<const N: usize>(mut ids: [Uuid; N]) -> Vec<Uuid> {
    ids.sort();
    ids.to_vec()
}

fn set(person: Uuid, name: &str, role: Role, sites: &[Uuid]) -> Request {
    Request::SetPerson { person: Some(person), name: name.into(), role, sites: sites.to_vec(), active: true }
}

#[test]
fn a_month_offline_and_renamed_then_signed_in_again_all_arrives_under_its_author_in_one_profile() {
    run(async {
        let Cast { mut world, ada, sam, bo_id, elm, .. } = cast().await;
        let sam_id = sam.status().await.me.unwrap().person;
        let profile = sam.status().await.profiles[0].profile;
        sam.faults(|| Fault::LostRequest);
        let first = sam.observe(Class::Check, elm, Some(bo_id), &[]).await;
        ada.ask(set(sam_id, "Samantha", Role::Supervisor, &[elm])).await;
        ada.synced().await;

        world.stop_server().await;
        let quinn_id = match ada.ask(Request::People).await {
            Reply::People(people) => people.iter().find(|row| row.name == "Quinn").unwrap().person,
            other => panic!("{other:?}"),
        };
        let (sam_code, quinn_code) =
            (world.code_later(sam_id, 30).await, world.code_later(quinn_id, 30).await);
        world.start_server_later(30).await;
        sam.faults(|| Fault::None);
        // The token is too old; capture goes on.
        sam.until(|chip| matches!(chip, SyncChip::SignInAgain { waiting: 1 })).await;
        let second = sam.observe(Class::Handoff, elm, None, &[]).await;
        sam.until(|chip| matches!(chip, SyncChip::SignInAgain { waiting: 2 })).await;

        // A mistyped PIN spends the code and loses nothing: the same code goes on.
        let again = |pin: &str| Request::Pair {
            server: sam.server.clone(),
            code: sam_code.clone(),
            device_name: "test".into(),
            platform: "linux".into(),
            pin: pin.into(),
        };
        assert_eq!(failed(sam.ask(again("000001")).await), FailureCode::WrongPin);
        assert!(matches!(sam.ask(again(PIN)).await, Reply::Unlocked(me) if me.profile == profile));
        sam.synced().await;
        let status = sam.status().await;
        assert_eq!(status.profiles.len(), 1, "{status:?}");
        assert_eq!(status.profiles[0].name, "Samantha");

        let quinn = world.paired("quinn-again", &quinn_code).await;
        quinn.refresh().await;
        // The unsent ones were written anew under new ids; each is there once, as Sam's.
        let seen = records(&quinn).await;
        assert_eq!(seen.len(), 2, "{seen:?} for {first} and {second}");
        for (record, _) in seen {
            let Reply::Record(view) = quinn.ask(Request::Record { record }).await else { panic!() };
            assert_eq!(view.record.author, sam_id);
        }
    });
}

#[test]
fn who_is_moved_sends_first_then_loses_the_old_site_and_reads_the_new_one_from_its_start() {
    run(async {
        let Cast { world: _world, ada, sam, bo, quinn, elm, bo_id } = cast().await;
        let sam_id = sam.status().await.me.unwrap().person;
        let oak = ada.add_site("Oak House").await;
        let cy = ada.add_person("Cy", Role::Staff, &[oak]).await;
        ada.synced().await;
        quinn.refresh().await;
        let at_oak = quinn.observe(Class::Check, oak, Some(cy), &[]).await;
        quinn.synced().await;
        let note = bo.observe(Class::Scenario, elm, None, &[]).await;
        let handoff = bo.observe(Class::Handoff, elm, None, &[]).await;
        bo.synced().await;
        let sent = sam.observe(Class::Check, elm, Some(bo_id), &[1]).await;
        sam.synced().await;
        sam.refresh().await;
        assert_eq!(ids(&sam).await, sorted([note, handoff, sent]));

        sam.faults(|| Fault::LostRequest);
        let unsent = sam.observe(Class::Check, elm, Some(bo_id), &[]).await;
        ada.ask(set(sam_id, "Sam", Role::Supervisor, &[oak])).await;
        ada.synced().await;
        // Nothing goes while something waits.
        assert_eq!(ids(&sam).await, sorted([note, handoff, sent, unsent]));
        sam.faults(|| Fault::None);
        sam.synced().await;
        sam.refresh().await;
        quinn.refresh().await;
        assert!(ids(&quinn).await.contains(&unsent), "what was written before the news came counts");

        assert_eq!(ids(&sam).await, [at_oak], "Elm House is gone, Oak House is there from number 1");
        assert_eq!(failed(sam.ask(Request::Record { record: note }).await), FailureCode::NotFound);
        let Reply::Sync(view) = sam.ask(Request::Sync).await else { panic!() };
        assert_eq!(view.held.map(|held| held.hash), Some(view.own.hash), "the own log is whole");
        // And it stays gone, with the tables made anew or not.
        let profile = sam.status().await.profiles[0].profile;
        sam.done(Request::Lock).await;
        sam.ask(Request::Unlock { profile, pin: PIN.into() }).await;
        assert_eq!(ids(&sam).await, [at_oak]);

        ada.ask(set(sam_id, "Sam", Role::Supervisor, &[elm])).await;
        ada.synced().await;
        sam.refresh().await;
        sam.refresh().await;
        assert_eq!(ids(&sam).await, sorted([note, handoff, sent, unsent]), "moved back: all of it again");
    });
}

#[test]
fn wrong_pins_slow_down_counted_over_restarts_and_the_right_one_is_refused_meanwhile() {
    run(async {
        let Cast { world: _world, sam, .. } = cast().await;
        let profile = sam.status().await.profiles[0].profile;
        sam.done(Request::Lock).await;
        let unlock = |pin: &str| Request::Unlock { profile, pin: pin.into() };
        for _ in 0..3 {
            assert_eq!(failed(sam.ask(unlock("000001")).await), FailureCode::WrongPin);
        }
        let restarted = Device::start(sam.folder.clone(), sam.server.clone());
        for _ in 0..3 {
            assert_eq!(failed(restarted.ask(unlock("000001")).await), FailureCode::WrongPin);
        }
        let again = Device::start(sam.folder.clone(), sam.server.clone());
        match again.ask(unlock(PIN)).await {
            Reply::Failed(failure) if failure.code == FailureCode::TooManyPins => {
                let seconds: i64 = failure.detail.parse().unwrap();
                assert!((20..=30).contains(&seconds), "{seconds}");
            }
            other => panic!("{other:?}"),
        }
    });
}

#[test]
fn a_lost_shared_tablet_is_removed_for_each_of_its_people_and_their_phones_go_on() {
    run(async {
        let Cast { mut world, ada, sam, bo, elm, bo_id, .. } = cast().await;
        let sam_id = sam.status().await.me.unwrap().person;
        let tablet = world.paired("tablet", &ada.code_for(sam_id).await).await;
        tablet.done(Request::Lock).await;
        tablet.pair(&ada.code_for(bo_id).await).await;
        let profiles = tablet.status().await.profiles;
        assert_eq!(profiles.len(), 2);
        tablet.faults(|| Fault::LostRequest);
        let left_on_it = tablet.observe(Class::Handoff, elm, None, &[]).await;
        world.stop_server().await;
        world.revoke_newest_device_of(sam_id).await;
        world.revoke_newest_device_of(bo_id).await;
        world.start_server().await;

        // Whoever found it switches it on where there is signal.
        tablet.faults(|| Fault::None);
        tablet.until_removed(1).await;
        let sams = profiles.iter().find(|profile| profile.name == "Sam").unwrap().profile;
        // Until it is opened, Sam's key is wrapped and useless; the moment it is, it goes too.
        let _ = tablet.ask(Request::Unlock { profile: sams, pin: PIN.into() }).await;
        tablet.until_removed(2).await;
        let status = tablet.status().await;
        assert!(status.me.is_none() && status.profiles.iter().all(|profile| profile.removed), "{status:?}");
        for profile in &profiles {
            let unlock = Request::Unlock { profile: profile.profile, pin: PIN.into() };
            assert_eq!(failed(tablet.ask(unlock).await), FailureCode::NotPermitted);
        }
        let left = std::fs::read_dir(&tablet.folder).unwrap();
        let left: Vec<_> = left.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        assert!(!left.iter().any(|name| name.starts_with("profile-")), "{left:?}");

        let check = sam.observe(Class::Check, elm, Some(bo_id), &[]).await;
        sam.synced().await;
        bo.refresh().await;
        assert!(ids(&bo).await.contains(&check));
        // What was on it was handed over, and is kept apart.
        world.stop_server().await;
        assert!(world.quarantined().await.iter().any(|line| line.contains(&left_on_it.to_string())));

        // Invited back on the same tablet: one row per person again.
        world.start_server().await;
        tablet.pair(&ada.code_for(bo_id).await).await;
        let names: Vec<_> =
            tablet.status().await.profiles.into_iter().map(|row| (row.name, row.removed)).collect();
        assert_eq!(names, [("Bo".to_owned(), false), ("Sam".to_owned(), true)]);
    });
}

fn place(reply: Reply) -> KeyPlace {
    match reply {
        Reply::Unlocked(me) => me.key_place,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_stolen_copy_of_the_folder_and_the_right_pin_open_nothing_on_another_machine() {
    run(async {
        let Cast { world, sam, elm, bo_id, .. } = cast().await;
        sam.observe(Class::Check, elm, Some(bo_id), &[]).await;
        sam.synced().await;
        let profile = sam.status().await.profiles[0].profile;
        sam.done(Request::Lock).await;
        let copy = world.folder.path().join("thief");
        copy_dir(&sam.folder, &copy);
        let thief = Device::start(copy.clone(), sam.server.clone());
        // Whether a guess was right is not even told.
        for pin in [PIN, "000001"] {
            let unlock = Request::Unlock { profile, pin: pin.into() };
            assert_eq!(failed(thief.ask(unlock).await), FailureCode::DeviceKeyGone);
        }
        // Nor with tools of one's own: no PIN at all opens the wrap without the device's part.
        let db = rusqlite::Connection::open(copy.join(Profiles::FILE)).unwrap();
        let wrapped = Profiles::open(db, true).unwrap().all().unwrap()[0].key.clone().unwrap();
        let stretched = wrapped.stretch(PIN).unwrap();
        assert!(wrapped.unwrap(&stretched).is_err());
        assert!(wrapped.unwrap(&mix(&[0; 32].into(), &stretched)).is_err());
        // With it the same does open: it is that part, and nothing else, that the copy lacks.
        let part = std::fs::read(sam.keys.join(profile.simple().to_string())).unwrap();
        let part: [u8; 32] = part.try_into().unwrap();
        assert!(wrapped.unwrap(&mix(&part.into(), &stretched)).is_ok());

        let opened = sam.ask(Request::Unlock { profile, pin: PIN.into() }).await;
        assert_eq!(place(opened), KeyPlace::File);
    });
}

#[test]
fn who_lost_the_devices_part_of_the_key_is_told_pairs_again_and_gets_back_what_was_sent() {
    run(async {
        let Cast { world: _world, ada, sam, elm, bo_id, .. } = cast().await;
        let sam_id = sam.status().await.me.unwrap().person;
        let sent = sam.observe(Class::Check, elm, Some(bo_id), &[]).await;
        sam.synced().await;
        sam.faults(|| Fault::LostRequest);
        let unsent = sam.observe(Class::Check, elm, Some(bo_id), &[1]).await;
        sam.done(Request::Lock).await;
        std::fs::remove_dir_all(&sam.keys).unwrap();

        let sam = Device::start_with(sam.folder.clone(), sam.keys.clone(), sam.server.clone());
        let lost = sam.status().await.profiles[0].profile;
        for _ in 0..7 {
            // However often: nobody guessed wrong, and nothing is thrown away for it.
            let unlock = Request::Unlock { profile: lost, pin: PIN.into() };
            assert_eq!(failed(sam.ask(unlock).await), FailureCode::DeviceKeyGone);
        }
        assert_eq!(failed(sam.ask(Request::Forget { profile: lost }).await), FailureCode::NotPermitted);

        sam.pair(&ada.code_for(sam_id).await).await;
        sam.refresh().await;
        let profiles = sam.status().await.profiles;
        assert_eq!(profiles.len(), 1, "{profiles:?}");
        assert_ne!(profiles[0].profile, lost);
        let here = ids(&sam).await;
        assert!(here.contains(&sent) && !here.contains(&unsent), "{here:?}");
        let files = std::fs::read_dir(&sam.folder).unwrap().map(|entry| entry.unwrap().file_name());
        let left = files.filter(|name| name.to_string_lossy().contains(&lost.simple().to_string())).count();
        assert_eq!(left, 0, "what nothing opens is gone from the disk");
    });
}

#[test]
fn a_key_store_that_is_away_locks_nobody_out_and_is_made_use_of_when_it_is_back() {
    run(async {
        let Cast { world, ada, bo_id, .. } = cast().await;
        // A file where the folder should be: nothing can be read or kept there.
        let keys = world.folder.path().join("bo-new.keys");
        let break_it = || std::fs::write(&keys, "").unwrap();
        break_it();
        let bo = world.device("bo-new");
        bo.pair(&ada.code_for(bo_id).await).await;
        let me = bo.status().await.me.unwrap();
        assert_eq!(me.key_place, KeyPlace::PinAlone, "and the screen says so");
        let unlock = |pin: &str| Request::Unlock { profile: me.profile, pin: pin.into() };
        bo.done(Request::Lock).await;
        assert_eq!(place(bo.ask(unlock(PIN)).await), KeyPlace::PinAlone);

        std::fs::remove_file(&keys).unwrap();
        bo.done(Request::Lock).await;
        assert_eq!(place(bo.ask(unlock(PIN)).await), KeyPlace::File);

        // Away again: now it is needed, and said to be. A new PIN does not give the binding up.
        let away = world.folder.path().join("away");
        std::fs::rename(&keys, &away).unwrap();
        break_it();
        let change = Request::ChangePin { old: PIN.into(), new: "907341".into() };
        assert_eq!(failed(bo.ask(change.clone()).await), FailureCode::KeyStoreAway);
        bo.done(Request::Lock).await;
        for _ in 0..7 {
            assert_eq!(failed(bo.ask(unlock("000001")).await), FailureCode::KeyStoreAway);
        }
        std::fs::remove_file(&keys).unwrap();
        std::fs::rename(&away, &keys).unwrap();
        assert_eq!(place(bo.ask(unlock(PIN)).await), KeyPlace::File);
        bo.done(change).await;
        bo.done(Request::Lock).await;
        assert_eq!(failed(bo.ask(unlock(PIN)).await), FailureCode::WrongPin);
        assert_eq!(place(bo.ask(unlock("907341")).await), KeyPlace::File);
    });
}

#[test]
fn wrong_pins_of_one_person_on_a_shared_tablet_hold_up_nobody_else() {
    run(async {
        let Cast { world, ada, sam, bo_id, .. } = cast().await;
        let sam_id = sam.status().await.me.unwrap().person;
        let tablet = world.paired("tablet", &ada.code_for(sam_id).await).await;
        tablet.done(Request::Lock).await;
        tablet.pair(&ada.code_for(bo_id).await).await;
        tablet.done(Request::Lock).await;
        let profiles = tablet.status().await.profiles;
        let of = |name: &str| profiles.iter().find(|profile| profile.name == name).unwrap().profile;
        let unlock = |name: &str, pin: &str| Request::Unlock { profile: of(name), pin: pin.into() };
        for _ in 0..6 {
            assert_eq!(failed(tablet.ask(unlock("Sam", "000001")).await), FailureCode::WrongPin);
        }
        assert_eq!(failed(tablet.ask(unlock("Sam", PIN)).await), FailureCode::TooManyPins);
        let opened = tablet.ask(unlock("Bo", PIN)).await;
        assert!(matches!(&opened, Reply::Unlocked(me) if me.name == "Bo"), "{opened:?}");
        // Bo's being there does not open Sam's, and does not shorten the wait.
        assert_eq!(failed(tablet.ask(unlock("Sam", PIN)).await), FailureCode::TooManyPins);
    });
}
