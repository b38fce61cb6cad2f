//! A server whose clock is wrong for a while: nobody is signed out by it, and somebody is told.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)] // helpers of tests fail as tests do

mod common;

use common::*;
use rusqlite::Connection;
use serde_json::{Value, json};
use sync_server::storage::Storage;
use sync_server::storage::sqlite::Sqlite;

const YEAR: i64 = 365;

async fn ready(world: &World) -> Value {
    let response = reqwest::get(world.url("/v1/ready")).await.unwrap();
    assert_eq!(response.status(), 200, "writes are taken, whatever the clock says");
    serde_json::from_str(&response.text().await.unwrap()).unwrap()
}

async fn doubted(world: &World) -> i64 {
    let metrics = reqwest::get(world.url("/metrics")).await.unwrap().text().await.unwrap();
    let line = metrics.lines().find_map(|line| line.strip_prefix("fieldproof_clock_doubted ")).unwrap();
    line.parse().unwrap()
}

/// When the tokens end, earliest and latest.
fn ends(world: &World) -> (i64, i64) {
    let conn = Connection::open(world.dir.path().join("fieldproof.db")).unwrap();
    conn.query_row("SELECT min(token_expires_at), max(token_expires_at) FROM device", [], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })
    .unwrap()
}

async fn all_sync(cast: &mut Cast) {
    for device in [&mut cast.admin, &mut cast.alice, &mut cast.bob, &mut cast.quinn] {
        device.write("balloon.launched", None, None);
        assert_eq!(device.sync().await.counts().0, 1);
    }
}

#[tokio::test]
async fn a_minute_in_2016_or_2040_signs_nobody_out() {
    for (days, named) in [(-10 * YEAR, "behind"), (14 * YEAR, "ahead")] {
        let world = World::new().await;
        let mut cast = Cast::new(&world).await;
        all_sync(&mut cast).await;
        assert_eq!((ready(&world).await["status"].clone(), doubted(&world).await), (json!("ready"), 0));
        let before = ends(&world);

        world.set_clock_off(days);
        all_sync(&mut cast).await;
        let told = ready(&world).await;
        assert_eq!((&told["status"], &told["clock"]), (&json!("degraded"), &json!(named)));
        assert_eq!(doubted(&world).await, 1);
        let meanwhile = ends(&world);
        assert!(meanwhile.0 >= before.0, "no end moves back");
        assert!(meanwhile.1 < before.1 + DAY, "nor years ahead");

        world.set_clock_off(0);
        assert_eq!((ready(&world).await["status"].clone(), doubted(&world).await), (json!("ready"), 0));
        world.pass_days(89);
        all_sync(&mut cast).await;
        // Tokens still end: 90 days without a sync.
        world.pass_days(91);
        let (status, code, _) = cast.bob.refused(cast.bob.request(0, 0).body(), &[]).await;
        assert_eq!((status, code.as_str()), (401, "token_expired"));
    }
}

#[tokio::test]
async fn a_server_that_starts_with_a_wrong_clock_signs_nobody_out() {
    for days in [-10 * YEAR, 14 * YEAR] {
        let mut world = World::new().await;
        let mut cast = Cast::new(&world).await;
        all_sync(&mut cast).await;
        world.set_clock_off(days);
        world.restart(|_| {}).await;
        assert_eq!(ready(&world).await["status"], "degraded");
        all_sync(&mut cast).await;
        // Once more, still wrong, and then right.
        world.restart(|_| {}).await;
        all_sync(&mut cast).await;
        world.set_clock_off(0);
        world.restart(|_| {}).await;
        assert_eq!(ready(&world).await["status"], "ready");
        world.pass_days(89);
        all_sync(&mut cast).await;
    }
}

#[tokio::test]
async fn a_clock_that_stayed_wrong_so_long_that_it_was_believed_ends_no_token_for_good() {
    let world = World::new().await;
    let mut cast = Cast::new(&world).await;
    all_sync(&mut cast).await;
    // Three days in 2040, with somebody asking now and then.
    world.set_clock_off(14 * YEAR);
    for _ in 0..3 {
        ready(&world).await;
        world.pass_days(1);
    }
    let (status, code, _) = cast.bob.refused(cast.bob.request(0, 0).body(), &[]).await;
    assert_eq!((status, code.as_str()), (401, "token_expired"), "nobody could know better by then");
    world.set_clock_off(0);
    ready(&world).await;
    world.pass_days(1);
    ready(&world).await;
    assert_eq!(ready(&world).await["status"], "ready");
    all_sync(&mut cast).await;
}

#[tokio::test]
async fn a_server_that_was_off_for_long_is_believed_at_once_where_somebody_says_so() {
    let mut world = World::new().await;
    let mut cast = Cast::new(&world).await;
    all_sync(&mut cast).await;
    world.pass_days(20);
    world.restart(|_| {}).await;
    assert_eq!(ready(&world).await["status"], "ready", "a holiday is no wrong clock");
    world.set_clock_off(60);
    world.restart(|_| {}).await;
    assert_eq!(ready(&world).await["clock"], "ahead");
    world.restart(|settings| settings.believe_clock = true).await;
    assert_eq!(ready(&world).await["status"], "ready");
    all_sync(&mut cast).await;
}

#[tokio::test]
async fn a_database_of_an_earlier_form_knows_its_newest_time() {
    let dir = tempfile::TempDir::new().unwrap();
    let conn = Connection::open(dir.path().join("fieldproof.db")).unwrap();
    conn.execute_batch(include_str!("../src/storage/sqlite/schema.sql")).unwrap();
    conn.execute_batch(include_str!("../src/storage/sqlite/schema_002.sql")).unwrap();
    conn.execute_batch(
        "PRAGMA user_version = 2;
         INSERT INTO org (id, created_at) VALUES (zeroblob(16), 5);
         INSERT INTO device (org, id, person, name, platform, token, token_expires_at, enrolled_at, last_sync)
         VALUES (1, zeroblob(16), zeroblob(16), 'x', 'x', zeroblob(32), 90, 6, 7);",
    )
    .unwrap();
    drop(conn);
    let storage = Sqlite::open(dir.path()).unwrap();
    assert_eq!(storage.newest_ms(), Some(7));
    assert_eq!(Sqlite::open(tempfile::TempDir::new().unwrap().path()).unwrap().newest_ms(), None);
}
