//! A device and a server that are one version apart, in either direction.

use fieldproof::engine::api::{FailureCode, RecordFilter, Reply, Request, SyncChip};
use fieldproof::practice::standard::Class;
use fieldproof::sync::wire::Role;
use serde_json::Value;
use uuid::Uuid;

use crate::run;
use crate::world::{Device, Fault, World};

struct Pair {
    world: World,
    ada: Device,
    sam: Device,
    elm: Uuid,
    bo: Uuid,
}

async fn pair() -> Pair {
    let world = World::begin().await;
    let ada = world.paired("ada", &world.admin_code).await;
    ada.done(Request::PublishStarters).await;
    let elm = ada.add_site("Elm House").await;
    let sam = ada.add_person("Sam", Role::Supervisor, &[elm]).await;
    let bo = ada.add_person("Bo", Role::Staff, &[elm]).await;
    ada.synced().await;
    let sam = world.paired("sam", &ada.code_for(sam).await).await;
    Pair { world, ada, sam, elm, bo }
}

async fn listed(device: &Device) -> Vec<Uuid> {
    let filter = RecordFilter { limit: 1_000, ..RecordFilter::default() };
    match device.ask(Request::Records { filter }).await {
        Reply::Records(rows) => {
            let mut ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
            ids.sort();
            ids
        }
        other => panic!("{other:?}"),
    }
}

/// As a server of the next version may answer: members in every line, lines between and a stream
/// that this one does not know. The events' bytes are left alone.
fn newer(answer: Vec<u8>) -> Vec<u8> {
    let text = String::from_utf8(answer).unwrap();
    let mut out = String::new();
    for line in text.lines() {
        let line = line.replacen('{', r#"{"novelty":{"of":[1,2]},"#, 1);
        let line = line.replace(r#""streams":["org""#, r#""streams":["org","galaxy:milky-way""#);
        out.push_str(&line);
        out.push_str("\n{\"notice\":{\"text\":\"maintenance tonight\"}}\n");
    }
    out.into_bytes()
}

/// As a server before epochs answered.
fn older(answer: Vec<u8>) -> Vec<u8> {
    let text = String::from_utf8(answer).unwrap();
    let Some((first, rest)) = text.split_once('\n') else { return text.into_bytes() };
    let mut first: Value = serde_json::from_str(first).unwrap();
    first.as_object_mut().unwrap().remove("epoch");
    format!("{first}\n{rest}").into_bytes()
}

#[test]
fn a_server_of_the_next_version_is_understood() {
    run(async {
        let Pair { world: _world, ada, sam, elm, bo } = pair().await;
        for device in [&ada, &sam] {
            *device.net.reword.borrow_mut() = Some(newer);
        }
        let mut written = Vec::new();
        for _ in 0..3 {
            written.push(sam.observe(Class::Check, elm, Some(bo), &[]).await);
        }
        sam.synced().await;
        ada.refresh().await;
        written.sort();
        assert_eq!(listed(&ada).await, written);
        assert_eq!(listed(&sam).await, written);
    });
}

#[test]
fn a_server_of_the_version_before_is_understood_also_after_a_newer_one_was_restored() {
    run(async {
        let Pair { mut world, ada, sam, elm, bo } = pair().await;
        let mut written = vec![sam.observe(Class::Check, elm, Some(bo), &[]).await];
        sam.synced().await;
        // The server is put back from a backup: devices know an epoch from now on.
        world.stop_server().await;
        let copy = world.folder.path().join("copy.db");
        sync_server::storage::sqlite::backup(&world.server_folder(), &copy).unwrap();
        let epoch = Uuid::from_u128(0xe0);
        sync_server::storage::sqlite::restore(&world.server_folder(), &copy, true, epoch).unwrap();
        world.start_server().await;
        for device in [&ada, &sam] {
            device.refresh().await;
            // Then somebody goes back to the program from before, which says nothing of epochs.
            *device.net.reword.borrow_mut() = Some(older);
        }
        written.push(sam.observe(Class::Check, elm, Some(bo), &[]).await);
        sam.synced().await;
        for device in [&ada, &sam] {
            device.refresh().await;
        }
        written.sort();
        assert_eq!(listed(&ada).await, written);
        assert_eq!(listed(&sam).await, written);
    });
}

#[test]
fn a_server_that_speaks_another_protocol_is_told_of_and_nothing_is_lost() {
    run(async {
        let Pair { world: _world, ada, sam, elm, bo } = pair().await;
        sam.faults(|| Fault::Refused(426, "protocol"));
        let check = sam.observe(Class::Check, elm, Some(bo), &[]).await;
        let told = loop {
            let Reply::Sync(view) = sam.ask(Request::Sync).await else { panic!() };
            if view.trouble.is_some() {
                break view;
            }
            tokio::time::sleep(std::time::Duration::from_millis(2)).await;
        };
        assert_eq!(told.trouble, Some(FailureCode::Protocol));
        assert!(matches!(told.chip, SyncChip::Waiting { waiting: 1 }), "{:?}", told.chip);
        assert_eq!(listed(&sam).await, [check]);
        // The app was updated.
        sam.faults(|| Fault::None);
        sam.done(Request::SyncNow).await;
        sam.synced().await;
        ada.refresh().await;
        assert_eq!(listed(&ada).await, [check]);
    });
}
