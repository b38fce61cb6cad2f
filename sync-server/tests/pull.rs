//! The downward half: who gets which streams, own markers, pages, and rights as they stood.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)] // helpers of tests fail as tests do

mod common;

use common::*;
use serde_json::json;

#[tokio::test]
async fn each_role_gets_its_streams_in_order_and_byte_for_byte() {
    let world = World::new().await;
    let mut cast = Cast::new(&world).await;
    let (north, bob) = (cast.north, cast.bob.person);
    // Spaces and members that no version knows come back as they were written.
    let odd = format!(
        r#"{{ "v":1,"id":"{}","replica":"{}","seq":1,"at":"2026-11-22T06:55:12.120-05:00","author":"{}","kind":"check.submitted","site":"{north}","subject":"{bob}","body":{{ "x": 1.0e2 }},"later":[1,  2] }}"#,
        new_id(),
        cast.alice.replica,
        cast.alice.person
    );
    cast.alice.lines.push(odd.clone().into_bytes());
    cast.alice.write("handoff.submitted", Some(north), None);
    let answer = cast.alice.sync().await;
    let names = |streams: &[&str]| streams.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let (site, lead) = (format!("site:{north}"), format!("lead:{north}"));
    let person = |device: &Device| format!("person:{}", device.person);
    assert_eq!(answer.streams(), names(&["org", &person(&cast.alice), &site, &lead]));
    assert_eq!(answer.first["skew_ms"].as_i64().map(|skew| skew.abs() > 1000), Some(true));

    cast.quinn.write("action.opened", Some(north), None);
    cast.quinn.write("governance.reviewed", None, None);
    cast.quinn.sync().await;

    let bob = cast.bob.sync().await;
    assert_eq!(bob.streams(), names(&["org", &person(&cast.bob), &site]));
    assert_eq!(bob.kinds(&person(&cast.bob)), ["device.invited", "device.paired", "check.submitted"]);
    assert_eq!(bob.kinds(&site), ["handoff.submitted"]);
    let org = bob.kinds("org");
    let devices = org.iter().filter(|kind| kind.starts_with("device.")).count();
    assert_eq!((org.len() - devices, devices), (7, 8), "a code and a device of each of the four");
    assert!(bob.kinds(&lead).is_empty() && bob.kinds("quality").is_empty());
    let raw = bob.raw.iter().find(|line| line.contains("check.submitted")).unwrap();
    assert!(raw.ends_with(&format!(",\"event\":{odd}}}")), "{raw}");
    let item = bob.items.iter().find(|item| item["event"]["kind"] == "check.submitted").unwrap();
    assert_eq!(item["n"], 3);
    assert_eq!(item["skew_ms"], answer.first["skew_ms"]);
    assert!(chrono::DateTime::parse_from_rfc3339(item["received_at"].as_str().unwrap()).is_ok());

    // Own events are markers, and only of the calling replica.
    let alice = cast.alice.sync().await;
    let own: Vec<_> = alice.items.iter().filter(|item| item.get("own").is_some()).collect();
    assert!(own.is_empty(), "they came with the push that brought them");
    assert_eq!(alice.kinds(&lead), ["action.opened"]);
    let mut fresh = cast.alice.clone();
    fresh.cursors.clear();
    let again = fresh.send(&fresh.request(2, 2)).await;
    let own: Vec<_> = again.items.iter().filter(|item| item.get("own").is_some()).cloned().collect();
    assert_eq!(own, [json!({"stream": site, "n": 1, "own": 2}), json!({"stream": lead, "n": 1, "own": 1}),]);
    fresh.replica = new_id();
    fresh.lines.clear();
    let other_replica = fresh.send(&fresh.request(0, 0)).await;
    assert!(other_replica.items.iter().all(|item| item.get("own").is_none()));

    let quinn = cast.quinn.sync().await;
    let order: Vec<_> =
        quinn.streams().iter().map(|name| name.split(':').next().unwrap().to_owned()).collect();
    assert_eq!(order, ["org", "site", "site", "lead", "lead", "quality"]);
}

#[tokio::test]
async fn pages_go_on_where_they_ended_and_unreadable_cursors_are_ignored() {
    let world = World::new().await;
    let mut cast = Cast::new(&world).await;
    for _ in 0..30 {
        cast.alice.write("check.submitted", Some(cast.north), Some(cast.bob.person));
    }
    cast.alice.sync().await;
    cast.bob.cursors.insert("quality".into(), 5);
    cast.bob.cursors.insert(format!("lead:{}", cast.north), 3);
    cast.bob.cursors.insert("nonsense".into(), 3);
    cast.bob.pull = 10;
    let mut seen = 0;
    let mut pages = 0;
    loop {
        let answer = cast.bob.sync().await;
        assert!(answer.items.len() <= 10);
        seen += answer.items.len();
        pages += 1;
        assert!(!cast.bob.cursors.contains_key("quality") && !cast.bob.cursors.contains_key("nonsense"));
        if answer.done["more"] == false {
            break;
        }
        assert_eq!(answer.items.len(), 10);
    }
    assert_eq!((seen, pages), (47, 5));
    assert_eq!(cast.bob.cursors[&format!("person:{}", cast.bob.person)], 32);
    cast.bob.pull = 0;
    cast.bob.cursors.clear();
    let none = cast.bob.sync().await;
    assert_eq!((none.items.len(), &none.done["more"]), (0, &json!(true)));
    // Larger than allowed is as large as allowed; the answer also ends where it grows long.
    cast.bob.pull = 1_000_000;
    assert_eq!(cast.bob.sync().await.items.len(), 47);
}

#[tokio::test]
async fn an_answer_ends_before_it_grows_too_long() {
    let world = World::with(|settings| settings.pull_bytes = 20_000).await;
    let mut cast = Cast::new(&world).await;
    let mut answers = 0;
    loop {
        answers += 1;
        let answer = cast.bob.sync().await;
        assert!(!answer.items.is_empty());
        if answer.done["more"] == false {
            break;
        }
    }
    assert_eq!(answers, 1);
    for _ in 0..20 {
        let mut line = cast.alice.draft("check.submitted", Some(cast.north), Some(cast.bob.person));
        line["body"] = json!({"said": "x".repeat(8000)});
        cast.alice.put(&line);
    }
    cast.alice.sync().await;
    let answer = cast.bob.sync().await;
    assert_eq!((answer.items.len(), &answer.done["more"]), (3, &json!(true)));
}

#[tokio::test]
async fn rights_are_those_of_the_number_that_the_line_names() {
    let world = World::new().await;
    let mut cast = Cast::new(&world).await;
    let (north, south, bob) = (Some(cast.north), Some(cast.south), Some(cast.bob.person));
    let alice = cast.alice.person;
    cast.admin.sync().await;
    let before = cast.admin.cursors["org"];
    let moved = before + 1;
    cast.admin.set_person(alice, "Alice", "supervisor", &[cast.south]);
    cast.admin.sync().await;
    assert_eq!(cast.admin.cursors["org"], moved);

    let device = &mut cast.alice;
    for (org, site, fate) in [
        (Some(before), north, None),
        (Some(before), south, Some("not_permitted")),
        (Some(moved), north, Some("not_permitted")),
        (Some(moved), south, None),
        (Some(999), south, None),
        (None, south, None),
        (None, north, Some("not_permitted")),
        // Before she was on the registry: as she first stood there.
        (Some(0), north, None),
    ] {
        let mut line = device.draft("check.submitted", site, bob);
        if let Some(org) = org {
            line["org"] = json!(org);
        }
        device.put(&line);
        assert_eq!(device.fate().await.as_deref(), fate, "{org:?} {site:?}");
    }

    // The site she left stays hers for what she wrote before, for 45 days.
    world.pass_days(44);
    device.write_at(before, "check.submitted", north, bob);
    assert_eq!(device.fate().await, None);
    world.pass_days(2);
    device.write_at(before, "check.submitted", north, bob);
    assert_eq!(device.fate().await.as_deref(), Some("not_permitted"));
    // A right that she has today is not worn out by time.
    device.write_at(moved, "check.submitted", south, bob);
    assert_eq!(device.fate().await, None);
    // And she reads what she may read today.
    let lead: Vec<_> =
        device.sync().await.streams().into_iter().filter(|name| name.starts_with("lead")).collect();
    assert_eq!(lead, [format!("lead:{}", cast.south)]);
}

#[tokio::test]
async fn one_who_is_revoked_hands_over_and_reads_nothing() {
    let world = World::new().await;
    let mut cast = Cast::new(&world).await;
    let (north, bob) = (Some(cast.north), Some(cast.bob.person));
    cast.alice.sync().await;
    sync_server::storage::Storage::revoke(&*world.storage, world.org, cast.alice.device, 1).await.unwrap();
    cast.alice.write("check.submitted", north, bob);
    cast.alice.lines.push(b"spoilt".to_vec());
    let answer = cast.alice.sync().await;
    assert_eq!(answer.first["revoked"], true);
    assert_eq!(answer.quarantined(), ["revoked_device", "revoked_device"]);
    assert!(answer.items.is_empty() && answer.streams().is_empty());
    assert_eq!(answer.done["more"], false);

    // A person who is not active is the same, on every device, and neither enrols nor pairs.
    cast.admin.set_person_active(cast.bob.person, "Bob", "staff", &[cast.north], false);
    cast.admin.sync().await;
    cast.bob.write_at(7, "handoff.submitted", north, None);
    let answer = cast.bob.sync().await;
    assert_eq!(
        (answer.quarantined(), &answer.first["revoked"]),
        (vec!["revoked_device".to_owned()], &json!(true))
    );
    assert!(answer.items.is_empty());
    let made = sync_server::commands::pair(&*world.storage, &world.seams, world.org, "Bob", 15).await;
    assert!(made.is_err());
    // Back again.
    cast.admin.set_person(cast.bob.person, "Bob", "staff", &[cast.north]);
    cast.admin.sync().await;
    cast.bob.write("handoff.submitted", north, None);
    let answer = cast.bob.sync().await;
    assert_eq!(answer.counts(), (1, 0, 1));
    assert!(answer.first.get("revoked").is_none());
}

#[tokio::test]
async fn nothing_crosses_from_one_organisation_to_another() {
    let world = World::new().await;
    let cast = Cast::new(&world).await;
    let made =
        sync_server::commands::init(&*world.storage, &world.seams, "Oak Care", "Otto", 15).await.unwrap();
    let mut otto = Device::enrol(&world.url(""), &made.code).await;
    let answer = otto.sync().await;
    assert_eq!(answer.kinds("org"), ["org.set", "person.set", "device.invited", "device.paired"]);
    assert!(!answer.raw.join("\n").contains("Alice"));
    // Their sites and people do not exist here, and their ids are free.
    otto.write("action.opened", Some(cast.north), None);
    assert_eq!(otto.fate().await.as_deref(), Some("unknown_site"));
    otto.set_person(new_id(), "Olga", "admin", &[]);
    otto.set_person(otto.person, "Otto", "quality", &[]);
    assert_eq!(otto.fate().await, None);
    otto.write("action.opened", None, Some(cast.bob.person));
    assert_eq!(otto.fate().await.as_deref(), Some("unknown_subject"));
    let mut line = otto.draft("action.opened", None, None);
    line["id"] = serde_json::from_slice::<serde_json::Value>(&cast.admin.lines[0]).unwrap()["id"].clone();
    otto.put(&line);
    assert_eq!(otto.fate().await, None);
    let (status, code, _) = otto.refused(cast.admin.request(0, 0).body(), &[]).await;
    assert_eq!((status, code.as_str()), (403, "replica_not_yours"));
    assert_eq!(sync_server::storage::sqlite::verify(world.dir.path()).problems, []);
}

#[tokio::test]
async fn a_line_let_out_of_quarantine_reaches_its_streams_once() {
    use sync_server::storage::{QuarantineKey, Release, Storage};
    let world = World::new().await;
    let mut cast = Cast::new(&world).await;
    let south = cast.south;
    let id = cast.alice.write("check.submitted", Some(south), Some(cast.bob.person));
    assert_eq!(cast.alice.fate().await.as_deref(), Some("not_permitted"));
    let release = || world.storage.release(world.org, QuarantineKey::Id(id), world.seams.now_ms());
    assert!(matches!(release().await.unwrap(), Release::Refused { code: "not_permitted", .. }));
    cast.admin.set_person(cast.alice.person, "Alice", "supervisor", &[cast.north, south]);
    cast.admin.sync().await;
    assert!(matches!(release().await.unwrap(), Release::Released { .. }));
    assert!(matches!(release().await.unwrap(), Release::NotFound));
    let answer = cast.bob.sync().await;
    let told = ["device.invited", "device.paired", "check.submitted"];
    assert_eq!(answer.kinds(&format!("person:{}", cast.bob.person)), told);
    assert!(cast.alice.sync().await.quarantined().is_empty());
    assert_eq!(sync_server::storage::sqlite::verify(world.dir.path()).problems, []);
}

/// Somebody was made inactive by mistake, their phone wrote what they had not finished, and they are active
/// again when it arrives: it is for whoever runs the server, and for no quality lead.
#[tokio::test]
async fn what_was_left_unfinished_goes_into_no_stream_whoever_is_active_when_it_arrives_or_is_released() {
    use sync_server::storage::{QuarantineKey, Release, Storage};
    let world = World::new().await;
    let mut cast = Cast::new(&world).await;
    let (north, bob) = (Some(cast.north), Some(cast.bob.person));
    cast.admin.set_person_active(cast.alice.person, "Alice", "supervisor", &[cast.north], false);
    cast.admin.sync().await;
    let while_gone = cast.alice.write("draft.left", north, bob);
    assert_eq!(cast.alice.fate().await.as_deref(), Some("revoked_device"));
    cast.admin.set_person(cast.alice.person, "Alice", "supervisor", &[cast.north]);
    cast.admin.sync().await;
    let back = cast.alice.write("draft.left", north, bob);
    assert_eq!(cast.alice.fate().await.as_deref(), Some("not_permitted"));
    for id in [while_gone, back] {
        let released = world.storage.release(world.org, QuarantineKey::Id(id), world.seams.now_ms()).await;
        assert!(matches!(released.unwrap(), Release::Refused { code: "not_permitted", .. }));
    }
    assert_eq!(world.storage.quarantine(world.org, None).await.unwrap().len(), 2);
    for reader in [&mut cast.admin, &mut cast.bob, &mut cast.quinn] {
        assert!(!reader.sync().await.raw.join("\n").contains("draft.left"));
    }
    // A class that nobody knows still goes to quality: only this kind does not.
    cast.alice.write("supervision.held", north, None);
    assert_eq!(cast.alice.fate().await, None);
    assert!(cast.quinn.sync().await.raw.join("\n").contains("supervision.held"));
}
