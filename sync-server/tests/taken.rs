//! A line that was let in and is taken back, by the command, beside the running server: out of every
//! stream, whose numbers stay dense, and in again when it is released.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)] // helpers of tests fail as tests do

mod common;

use std::process::Command;

use common::*;
use serde_json::{Value, json};
use sync_server::storage::sqlite::verify;
use uuid::Uuid;

fn quarantine(world: &World, words: &[&str]) -> (bool, Value) {
    let output = Command::new(env!("CARGO_BIN_EXE_sync-server"))
        .args(["--json", "quarantine"])
        .args(words)
        .arg("--data")
        .arg(world.dir.path())
        .output()
        .unwrap();
    let told = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|_| json!({"error": String::from_utf8_lossy(&output.stderr).into_owned()}));
    (output.status.success(), told)
}

fn sound(world: &World) {
    let verified = verify(world.dir.path());
    assert!(verified.problems.is_empty(), "{:?}", verified.problems);
}

/// What a device that begins anew finds in a stream: kind and id, by number.
async fn stream(device: &Device, name: &str) -> Vec<(String, String)> {
    let mut fresh = device.clone();
    fresh.cursors.clear();
    let answer = fresh.sync().await;
    let items = answer.items.iter().filter(|item| item["stream"] == name);
    let mut numbered: Vec<(u64, String, String)> = items
        .map(|item| {
            let text = |name: &str| item["event"][name].as_str().unwrap_or("own").to_owned();
            (item["n"].as_u64().unwrap(), text("kind"), text("id"))
        })
        .collect();
    numbered.sort();
    for (at, (n, ..)) in (1..).zip(&numbered) {
        assert_eq!(*n, at, "the numbers of {name} are dense");
    }
    numbered.into_iter().map(|(_, kind, id)| (kind, id)).collect()
}

#[tokio::test]
async fn a_line_is_taken_back_beside_the_running_server_and_released_again() {
    let world = World::new().await;
    let mut cast = Cast::new(&world).await;
    let lead = format!("lead:{}", cast.north);
    let bad = cast.bob.write("incident.reported", Some(cast.north), None);
    let good = cast.bob.write("incident.reported", Some(cast.north), None);
    assert_eq!(cast.bob.sync().await.counts(), (2, 0, 0));
    cast.alice.sync().await;

    let (done, told) = quarantine(&world, &["take", &bad.to_string(), "--reason", "It ends the app"]);
    assert!(done, "{told}");
    assert_eq!(told["streams"], json!([lead, format!("person:{}", cast.bob.person)]));
    sound(&world);

    // Who has passed it is told at the end of the stream; who has not never receives it.
    let news = cast.alice.sync().await;
    let said: Vec<&Value> = news.items.iter().filter(|item| item["stream"] == lead).collect();
    assert_eq!(said.len(), 1);
    assert_eq!(said[0]["event"]["kind"], "line.taken");
    assert_eq!(said[0]["event"]["author"], json!(Uuid::nil()));
    assert_eq!(said[0]["event"]["body"]["of"], json!(bad));
    assert_eq!(said[0]["event"]["body"]["reason"], "It ends the app");
    let kinds = |stream: &[(String, String)]| -> Vec<String> {
        stream.iter().map(|(kind, _)| kind.clone()).collect()
    };
    let now = stream(&cast.alice, &lead).await;
    assert_eq!(kinds(&now), ["line.taken", "incident.reported", "line.taken"]);
    assert_eq!(now[1].1, good.to_string());
    assert_eq!(now[0].1, now[2].1, "the same word in both places");

    // Its author is told, and their log goes on.
    let answer = cast.bob.sync().await;
    let told = &answer.first["quarantined"][0];
    assert_eq!((&told["code"], &told["id"]), (&json!("taken"), &json!(bad)));
    assert_eq!(told["message"], "It ends the app");
    cast.bob.write("incident.reported", Some(cast.north), None);
    assert_eq!(cast.bob.sync().await.counts().0, 1);

    // There is nothing to take a second time, and the word itself cannot be taken.
    assert!(!quarantine(&world, &["take", &bad.to_string()]).0);
    assert!(!quarantine(&world, &["take", &now[0].1]).0);
    assert!(!quarantine(&world, &["take", &new_id().to_string()]).0);

    let (done, told) = quarantine(&world, &["release", &bad.to_string()]);
    assert!(done, "{told}");
    sound(&world);
    let now = stream(&cast.alice, &lead).await;
    assert_eq!(kinds(&now).last().unwrap(), "incident.reported");
    assert_eq!(now.last().unwrap().1, bad.to_string());
    assert_eq!(cast.bob.sync().await.quarantined(), Vec::<String>::new());
    // And again, by its place.
    let place = format!("{}:1", cast.bob.replica);
    assert!(quarantine(&world, &["take", &place]).0);
    sound(&world);
    assert_eq!(
        kinds(&stream(&cast.alice, &lead).await).iter().filter(|kind| *kind == "line.taken").count(),
        4
    );
}

#[tokio::test]
async fn what_a_line_of_the_registry_gave_goes_with_it() {
    let world = World::new().await;
    let mut cast = Cast::new(&world).await;
    let mut line = cast.admin.draft("person.set", None, None);
    line["body"] =
        json!({"person": cast.bob.person, "name": "Bob", "role": "admin", "sites": [], "active": true});
    let promoted = cast.admin.put(&line);
    cast.admin.sync().await;
    cast.bob.set_site(new_id(), "Bob's own");
    assert_eq!(cast.bob.fate().await, None);
    assert!(quarantine(&world, &["take", &promoted.to_string()]).0);
    cast.bob.set_site(new_id(), "Another");
    assert_eq!(cast.bob.fate().await.as_deref(), Some("not_permitted"));
    sound(&world);
    // It was at North again, where the earlier line has him.
    cast.bob.write("incident.reported", Some(cast.north), None);
    assert_eq!(cast.bob.fate().await, None);
}

/// An older version took reports in without the stream of whoever reported: there is no place to take them
/// out of, and `verify` accuses nobody of that.
#[tokio::test]
async fn what_an_older_version_took_in_is_taken_out_of_where_it_stands() {
    let world = World::new().await;
    let mut cast = Cast::new(&world).await;
    let bad = cast.bob.write("incident.reported", Some(cast.north), Some(cast.bob.person));
    cast.bob.sync().await;
    let own = format!("person:{}", cast.bob.person);
    let conn = rusqlite::Connection::open(world.dir.path().join("fieldproof.db")).unwrap();
    let gone = conn
        .execute(
            "DELETE FROM stream_item WHERE stream = (SELECT pk FROM stream WHERE name = ?1)
             AND event = (SELECT pk FROM event WHERE id = ?2)",
            (&own, bad.as_bytes().as_slice()),
        )
        .unwrap();
    assert_eq!(gone, 1);
    conn.execute("UPDATE stream SET n = n - 1 WHERE name = ?1", [&own]).unwrap();
    drop(conn);
    sound(&world);
    let (done, told) = quarantine(&world, &["take", &bad.to_string()]);
    assert!(done, "{told}");
    assert_eq!(told["streams"], json!([format!("lead:{}", cast.north)]));
    sound(&world);
}
