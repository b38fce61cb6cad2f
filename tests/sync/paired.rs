//! Pairing as it is seen by whoever's name it happens in, and who makes whose code.

use fieldproof::engine::api::{DeviceRow, DevicesView, FailureCode, Owed, PairingMay, Reply, Request};
use fieldproof::sync::wire::Role;
use uuid::Uuid;

use crate::run;
use crate::world::{Device, PIN, World};

async fn to_look_at(device: &Device) -> Vec<DeviceRow> {
    let Reply::Today(today) = device.ask(Request::Today).await else { panic!("no today") };
    let paired = |owed| if let Owed::Paired { device } = owed { Some(device) } else { None };
    today.owed.into_iter().filter_map(paired).collect()
}

async fn devices(device: &Device) -> DevicesView {
    match device.ask(Request::Devices).await {
        Reply::Devices(view) => *view,
        other => panic!("{other:?}"),
    }
}

async fn pairing(device: &Device, person: Uuid) -> PairingMay {
    match device.ask(Request::Person { person }).await {
        Reply::Person(view) => view.pairing,
        other => panic!("{other:?}"),
    }
}

fn failed(reply: Reply) -> (FailureCode, String) {
    match reply {
        Reply::Failed(failure) => (failure.code, failure.detail),
        other => panic!("{other:?}"),
    }
}

/// Ada administers; Sam supervises Elm, where Bo works; Carol works at Elm and at Oak.
struct Cast {
    world: World,
    ada: Device,
    sam: Device,
    sam_id: Uuid,
    bo_id: Uuid,
    carol_id: Uuid,
    elm: Uuid,
}

async fn cast() -> Cast {
    let world = World::begin().await;
    let ada = world.paired("ada", &world.admin_code).await;
    let (elm, oak) = (ada.add_site("Elm House").await, ada.add_site("Oak Lodge").await);
    let sam_id = ada.add_person("Sam", Role::Supervisor, &[elm]).await;
    let bo_id = ada.add_person("Bo", Role::Staff, &[elm]).await;
    let carol_id = ada.add_person("Carol", Role::Staff, &[elm, oak]).await;
    ada.synced().await;
    let sam = world.paired("sam", &ada.code_for(sam_id).await).await;
    sam.refresh().await;
    Cast { world, ada, sam, sam_id, bo_id, carol_id, elm }
}

#[test]
fn who_pairs_as_a_colleague_is_seen_on_the_colleagues_device_and_by_the_administrator() {
    run(async {
        let Cast { world, ada, sam, sam_id, bo_id, .. } = cast().await;
        let bo = world.paired("bo", &ada.code_for(bo_id).await).await;
        bo.refresh().await;
        assert_eq!(to_look_at(&bo).await, [], "one's own device is no news");

        // Sam lets a tablet in as Bo. What it reads it reads; but Bo's phone says so with its next sync.
        let tablet = world.paired("tablet", &sam.code_for(bo_id).await).await;
        bo.refresh().await;
        let [told] = to_look_at(&bo).await.try_into().expect("one device");
        assert_eq!((told.person, told.by, told.by_name.as_str()), (bo_id, Some(sam_id), "Sam"));
        assert!(told.paired_at.is_some() && !told.read);
        // It stays until Bo has looked at it, over a restart of the app.
        let (folder, server) = (bo.folder.clone(), bo.server.clone());
        bo.close().await;
        let bo = Device::start(folder, server);
        let profile = bo.status().await.profiles[0].profile;
        bo.ask(Request::Unlock { profile, pin: PIN.into() }).await;
        assert_eq!(to_look_at(&bo).await.len(), 1);

        // The administrator sees whose it is and who made the code; Sam sees only those of Sam.
        ada.refresh().await;
        let view = devices(&ada).await;
        assert!(view.office);
        let seen = view.all.iter().find(|row| row.device == told.device).expect("the tablet");
        assert_eq!((seen.person_name.as_str(), seen.by_name.as_str()), ("Bo", "Sam"));
        assert_eq!(view.all.len(), 4, "each device that was paired");
        sam.refresh().await;
        let view = devices(&sam).await;
        assert_eq!((view.all.len(), view.mine.len(), view.office), (0, 1, false));
        assert_eq!(view.here, view.mine.first().map(|row| row.device));

        world.revoke_newest_device_of(bo_id).await;
        tablet.until_removed(1).await;
        bo.refresh().await;
        assert_eq!(to_look_at(&bo).await, [], "it is gone");
        let gone = devices(&bo).await.mine.into_iter().find(|row| row.device == told.device).unwrap();
        assert!(gone.revoked_at.is_some());

        // One that Bo knows is told until Bo says so, on this device.
        world.paired("bo-tablet", &ada.code_for(bo_id).await).await;
        bo.refresh().await;
        let [told] = to_look_at(&bo).await.try_into().expect("one device");
        assert_eq!(told.by_name, "Ada");
        bo.done(Request::ReadTold { event: told.event.unwrap() }).await;
        assert_eq!(to_look_at(&bo).await, []);
    });
}

#[test]
fn an_open_code_is_seen_until_it_is_used_or_another_takes_its_place() {
    run(async {
        let Cast { world, ada, sam, bo_id, .. } = cast().await;
        let codes = async |device: &Device| {
            device.refresh().await;
            devices(device).await.codes
        };
        assert_eq!(codes(&ada).await, []);
        sam.code_for(bo_id).await;
        let open = codes(&ada).await;
        assert_eq!(open.len(), 1);
        assert_eq!((open[0].person_name.as_str(), open[0].by_name.as_str()), ("Bo", "Sam"));
        assert_eq!(codes(&sam).await, [], "codes for others are the office's to see");
        let code = ada.code_for(bo_id).await;
        let open = codes(&ada).await;
        assert_eq!(open.iter().map(|row| row.by_name.as_str()).collect::<Vec<_>>(), ["Ada"]);
        world.paired("bo", &code).await;
        assert_eq!(codes(&ada).await, []);
    });
}

#[test]
fn who_makes_the_code_is_said_before_it_is_refused() {
    run(async {
        let Cast { world, ada, sam, bo_id, carol_id, elm, .. } = cast().await;
        assert_eq!(pairing(&sam, bo_id).await, PairingMay::Makes);
        let elsewhere = PairingMay::WorksElsewhere { sites: vec!["Oak Lodge".into()] };
        assert_eq!(pairing(&sam, carol_id).await, elsewhere);
        let refused = failed(sam.ask(Request::MakePairing { person: carol_id }).await);
        assert_eq!(refused.0, FailureCode::NotPermitted);
        assert_eq!(pairing(&ada, carol_id).await, PairingMay::Makes);

        let ada_id = ada.status().await.me.unwrap().person;
        let quinn_id = ada.add_person("Quinn", Role::Quality, &[]).await;
        let rita_id = ada.add_person("Rita", Role::Quality, &[]).await;
        let gone_id = ada.add_person("Gus", Role::Staff, &[elm]).await;
        let (name, sites) = ("Gus".to_owned(), vec![elm]);
        let away =
            Request::SetPerson { person: Some(gone_id), name, role: Role::Staff, sites, active: false };
        ada.done(away).await;
        ada.synced().await;
        let quinn = world.paired("quinn", &ada.code_for(quinn_id).await).await;
        for (person, may) in [
            (bo_id, PairingMay::Makes),
            (quinn_id, PairingMay::Makes),
            (rita_id, PairingMay::AnAdministrator),
            (ada_id, PairingMay::AnAdministrator),
            (gone_id, PairingMay::Inactive),
        ] {
            assert_eq!(pairing(&quinn, person).await, may);
        }
    });
}

#[test]
fn the_last_administrator_cannot_step_down_in_the_app() {
    run(async {
        let Cast { world: _world, ada, sam_id, elm, .. } = cast().await;
        let me = ada.status().await.me.unwrap().person;
        let set = |person, role, active| Request::SetPerson {
            person: Some(person),
            name: "Somebody".into(),
            role,
            sites: vec![elm],
            active,
        };
        for (role, active) in [(Role::Staff, true), (Role::Quality, true), (Role::Admin, false)] {
            assert_eq!(failed(ada.ask(set(me, role, active)).await).0, FailureCode::LastAdmin);
        }
        ada.done(set(me, Role::Admin, true)).await;
        ada.done(set(sam_id, Role::Admin, true)).await;
        ada.done(set(me, Role::Staff, true)).await;
        ada.synced().await;
        assert_eq!(ada.status().await.me.unwrap().role, Role::Staff);
    });
}

#[test]
fn a_pin_that_is_guessed_first_is_not_taken_and_the_tries_left_are_told() {
    run(async {
        let Cast { world, ada, bo_id, .. } = cast().await;
        let code = ada.code_for(bo_id).await;
        let bo = world.device("bo");
        let pair = |pin: &str| Request::Pair {
            server: bo.server.clone(),
            code: code.clone(),
            device_name: "test".into(),
            platform: "linux".into(),
            pin: pin.into(),
        };
        for pin in ["123456", "777777", "112233"] {
            assert_eq!(failed(bo.ask(pair(pin)).await).0, FailureCode::EasyPin);
        }
        // The code is not spent by it.
        assert!(matches!(bo.ask(pair(PIN)).await, Reply::Unlocked(_)));
        let change = |new: &str| Request::ChangePin { old: PIN.into(), new: new.into() };
        assert_eq!(failed(bo.ask(change("654321")).await).0, FailureCode::EasyPin);
        bo.done(Request::Lock).await;
        let profile = bo.status().await.profiles[0].profile;
        for left in ["5", "4", "3", "2", "1", "0"] {
            let wrong = failed(bo.ask(Request::Unlock { profile, pin: "000001".into() }).await);
            assert_eq!(wrong, (FailureCode::WrongPin, left.to_owned()));
        }
        let wait = failed(bo.ask(Request::Unlock { profile, pin: PIN.into() }).await);
        assert_eq!(wait.0, FailureCode::TooManyPins);
    });
}
