//! The upward half of a sync: chains, duplicates, gaps, forks, and each code of quarantine.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)] // helpers of tests fail as tests do

mod common;

use common::*;
use fieldproof::record::Head;
use serde_json::json;

#[tokio::test]
async fn the_same_push_twice_is_stored_once() {
    let world = World::new().await;
    let mut cast = Cast::new(&world).await;
    let (north, bob) = (cast.north, cast.bob.person);
    for _ in 0..3 {
        cast.alice.write("check.submitted", Some(north), Some(bob));
    }
    cast.alice.write("person.set", None, None);
    let whole = cast.alice.request(0, 4);
    let first = cast.alice.send(&whole).await;
    assert_eq!(first.counts(), (3, 0, 1));
    let again = cast.alice.send(&whole).await;
    assert_eq!(again.counts(), (0, 4, 1));
    assert_eq!(first.first["head"], again.first["head"]);
    assert_eq!(first.first["quarantined"], again.first["quarantined"]);
    // Overlapping, and longer.
    cast.alice.write("check.submitted", Some(north), Some(bob));
    assert_eq!(cast.alice.send(&cast.alice.request(2, 5)).await.counts(), (1, 2, 1));
    // From an earlier part alone, the head that comes back is the server's.
    let part = cast.alice.send(&cast.alice.request(0, 2)).await;
    assert_eq!(part.counts(), (0, 2, 1));
    assert_eq!(part.first["head"]["seq"], 5);
    // A device whose answer was lost hears of the quarantine with its next, empty, sync.
    assert_eq!(cast.alice.send(&cast.alice.request(5, 5)).await.first["quarantined"][0]["seq"], 4);
}

#[tokio::test]
async fn gaps_forks_and_false_tips_store_nothing() {
    let world = World::new().await;
    let mut cast = Cast::new(&world).await;
    let (north, bob) = (cast.north, cast.bob.person);
    let alice = &mut cast.alice;
    for _ in 0..6 {
        alice.write("check.submitted", Some(north), Some(bob));
    }
    alice.send(&alice.request(0, 3)).await;
    let hashes = heads(&alice.lines);

    let (status, code, body) = alice.refused(alice.request(4, 6).body(), &[]).await;
    assert_eq!((status, code.as_str()), (409, "gap"));
    assert_eq!((&body["have"], &body["head"]), (&json!(3), &json!(hashes[3])));

    let mut other = alice.clone();
    other.lines.truncate(1);
    for _ in 0..4 {
        other.write("check.amended", Some(north), Some(bob));
    }
    let (status, code, body) = other.refused(other.request(0, 5).body(), &[]).await;
    assert_eq!((status, code.as_str(), &body["at"]), (409, "fork", &json!(2)));
    let (status, code, body) = other.refused(other.request(3, 5).body(), &[]).await;
    assert_eq!((status, code.as_str(), &body["at"]), (409, "fork", &json!(3)));

    let mut spoilt = alice.request(3, 6);
    spoilt.header["tip"] = json!(Head::ZERO);
    let (status, code, _) = alice.refused(spoilt.body(), &[]).await;
    assert_eq!((status, code.as_str()), (422, "tip_mismatch"));
    // Checked in this order: whose replica, then the tip, then the place.
    let mut foreign = spoilt.clone();
    foreign.header["replica"] = json!(cast.bob.replica);
    assert_eq!(alice.refused(foreign.body(), &[]).await.1, "replica_not_yours");
    let mut both = alice.request(4, 6);
    both.header["tip"] = json!(Head::ZERO);
    assert_eq!(alice.refused(both.body(), &[]).await.1, "tip_mismatch");
    // A replica that was only tried is not bound.
    let mut unseen = alice.request(0, 1);
    unseen.header["replica"] = json!(new_id());
    unseen.header["after"] = json!(7);
    assert_eq!(alice.refused(unseen.body(), &[]).await.1, "gap");

    alice.sent = 3;
    assert_eq!(alice.sync().await.counts(), (3, 0, 0));
}

#[tokio::test]
async fn a_device_may_begin_a_new_replica_but_not_another_ones() {
    let world = World::new().await;
    let mut cast = Cast::new(&world).await;
    let old = cast.alice.clone();
    cast.alice.replica = new_id();
    cast.alice.write("check.submitted", Some(cast.north), Some(cast.bob.person));
    assert_eq!(cast.alice.sync().await.counts(), (1, 0, 0));
    let (status, code, _) = cast.bob.refused(old.request(0, 0).body(), &[]).await;
    assert_eq!((status, code.as_str()), (403, "replica_not_yours"));
    // The server's own replica is nobody's either.
    let rows = sync_server::storage::Storage::replicas(&*world.storage, Some(world.org)).await.unwrap();
    let own = rows.iter().find(|row| row.device.is_none()).unwrap();
    let mut claim = cast.admin.request(0, 0);
    claim.header["replica"] = json!(own.replica);
    assert_eq!(cast.admin.refused(claim.body(), &[]).await.1, "replica_not_yours");
}

/// Alice's token grew old while an answer was on its way. On her new one she learns what had arrived,
/// and what of it is kept apart; bob learns nothing.
#[tokio::test]
async fn who_signed_in_again_learns_what_was_handed_over_and_nobody_else_does() {
    let world = World::new().await;
    let mut cast = Cast::new(&world).await;
    let (north, bob) = (Some(cast.north), Some(cast.bob.person));
    let again = world.device(cast.alice.person).await;
    let alice = &mut cast.alice;
    for site in [north, Some(cast.south), north, north] {
        alice.write("check.submitted", site, bob);
    }
    alice.send(&alice.request(0, 3)).await;

    let (status, code, body) = again.refused(alice.request(0, 4).body(), &[]).await;
    assert_eq!((status, code.as_str(), &body["at"]), (403, "replica_not_yours", &json!(4)));
    assert_eq!(body["quarantined"][0]["seq"], json!(2));
    assert_eq!(body["quarantined"][0]["code"], json!("not_permitted"));
    assert_eq!(again.refused(alice.request(1, 3).body(), &[]).await.2["at"], json!(4), "all of it is held");
    assert_eq!(again.refused(alice.request(4, 4).body(), &[]).await.2["at"], json!(4), "less is held");
    let (_, code, body) = cast.bob.refused(alice.request(0, 4).body(), &[]).await;
    assert_eq!(
        (code.as_str(), &body["at"], &body["quarantined"]),
        ("replica_not_yours", &json!(null), &json!(null))
    );
    // Nothing was stored by asking.
    assert_eq!(alice.send(&alice.request(0, 4)).await.counts(), (1, 3, 1));
}

#[tokio::test]
async fn each_code_of_quarantine_and_nothing_behind_it_is_blocked() {
    let world = World::new().await;
    let mut cast = Cast::new(&world).await;
    let (north, bob) = (Some(cast.north), Some(cast.bob.person));
    let alice = &mut cast.alice;

    let taken = alice.write("check.submitted", north, bob);
    assert_eq!(alice.fate().await, None);

    alice.lines.push(b"not json".to_vec());
    assert_eq!(alice.fate().await.as_deref(), Some("malformed"));
    alice.lines.push(vec![0xff, 0xfe, b'{', b'}']);
    assert_eq!(alice.fate().await.as_deref(), Some("malformed"));
    alice.lines.push(Vec::new());
    assert_eq!(alice.fate().await.as_deref(), Some("malformed"));
    alice.lines.push(br#"{"v":1,"id":"01932b6c-7a00-7000-8000-000000000001"}"#.to_vec());
    assert_eq!(alice.fate().await.as_deref(), Some("malformed"));

    type Spoil = fn(&mut serde_json::Value);
    let spoil: [(&str, Spoil, &str); 6] = [
        ("check.submitted", |line| line["replica"] = json!(new_id()), "wrong_replica"),
        ("check.submitted", |line| line["seq"] = json!(99), "wrong_seq"),
        ("check.submitted", |line| line["author"] = json!(new_id()), "wrong_author"),
        ("check.submitted", |line| line["site"] = json!(new_id()), "unknown_site"),
        ("check.submitted", |line| line["site"] = json!(null), "unknown_site"),
        ("check.submitted", |line| line["subject"] = json!(new_id()), "unknown_subject"),
    ];
    for (kind, change, code) in spoil {
        let mut line = alice.draft(kind, north, bob);
        change(&mut line);
        alice.put(&line);
        assert_eq!(alice.fate().await.as_deref(), Some(code));
    }
    alice.write("check.submitted", north, None);
    assert_eq!(alice.fate().await.as_deref(), Some("unknown_subject"));
    alice.write("check.submitted", Some(cast.south), bob);
    assert_eq!(alice.fate().await.as_deref(), Some("not_permitted"));
    alice.write("person.set", None, None);
    assert_eq!(alice.fate().await.as_deref(), Some("not_permitted"));
    alice.write("check.acknowledged", north, bob);
    assert_eq!(alice.fate().await.as_deref(), Some("not_permitted"));
    let mut line = alice.draft("check.submitted", north, bob);
    line["id"] = json!(taken);
    alice.put(&line);
    assert_eq!(alice.fate().await.as_deref(), Some("duplicate_id"));

    // Kinds that nobody knows yet are ordinary.
    alice.write("check.photographed", north, bob);
    assert_eq!(alice.fate().await, None);
    alice.write("balloon.launched", Some(new_id()), Some(new_id()));
    assert_eq!(alice.fate().await, None);

    let answer = alice.sync().await;
    let malformed: Vec<_> = answer.first["quarantined"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|entry| entry["code"] == "malformed")
        .map(|entry| entry["id"].clone())
        .collect();
    assert_eq!(malformed[..3], [json!(null), json!(null), json!(null)]);
    assert_eq!(malformed[3], "01932b6c-7a00-7000-8000-000000000001");

    // The same id in another replica.
    let mut line = cast.bob.draft("incident.reported", north, None);
    line["id"] = json!(taken);
    cast.bob.put(&line);
    assert_eq!(cast.bob.fate().await.as_deref(), Some("duplicate_id"));
}

#[tokio::test]
async fn bodies_that_the_server_reads_are_named_for_what_is_wrong() {
    let world = World::new().await;
    let mut admin = world.admin().await;
    let id = new_id();
    let good = json!({"person": id, "name": "Bo", "role": "staff", "sites": [], "active": true});
    let cases = [
        ("person.set", json!({"name": "Bo", "role": "staff", "sites": [], "active": true}), "person"),
        (
            "person.set",
            json!({"person": id, "name": " ", "role": "staff", "sites": [], "active": true}),
            "name",
        ),
        (
            "person.set",
            json!({"person": id, "name": "Bo", "role": "chief", "sites": [], "active": true}),
            "role",
        ),
        (
            "person.set",
            json!({"person": id, "name": "Bo", "role": "staff", "sites": ["x"], "active": true}),
            "sites",
        ),
        (
            "person.set",
            json!({"person": id, "name": "Bo", "role": "staff", "sites": [], "active": 1}),
            "active",
        ),
        ("site.set", json!({"name": "N", "programme": "", "active": true}), "site"),
        ("site.set", json!({"site": id, "name": "N", "active": true}), "programme"),
        ("org.set", json!({"title": "x"}), "name"),
    ];
    for (kind, body, field) in cases {
        let mut line = admin.draft(kind, None, None);
        line["body"] = body;
        admin.put(&line);
        let answer = admin.sync().await;
        // This batch's own come first.
        let entry = &answer.first["quarantined"][0];
        assert_eq!((entry["code"].as_str(), entry["field"].as_str()), (Some("invalid_body"), Some(field)));
    }
    let mut line = admin.draft("person.set", Some(id), None);
    line["body"] = good.clone();
    admin.put(&line);
    assert_eq!(admin.fate().await.as_deref(), Some("invalid_body"));
    // Members that the server does not know are no mistake, and the change holds for the next line.
    let mut line = admin.draft("person.set", None, None);
    line["body"] = good;
    line["body"]["phone"] = json!("…");
    admin.put(&line);
    admin.write("org.balloon", None, None);
    assert_eq!(admin.fate().await, None);
    let registry = sync_server::storage::Storage::registry(&*world.storage, world.org).await.unwrap();
    assert_eq!(registry.person(id).unwrap().name, "Bo");
}

#[tokio::test]
async fn fifty_times_at_once_is_stored_once() {
    let world = World::new().await;
    let mut cast = Cast::new(&world).await;
    for _ in 0..100 {
        cast.alice.write("check.submitted", Some(cast.north), Some(cast.bob.person));
    }
    let request = cast.alice.request(0, 100);
    let tries: Vec<_> = (0..50)
        .map(|_| {
            let (alice, request) = (cast.alice.clone(), request.clone());
            tokio::spawn(async move { alice.send(&request).await.counts() })
        })
        .collect();
    let (mut accepted, mut duplicate) = (0, 0);
    for one in tries {
        let counts = one.await.unwrap();
        accepted += counts.0;
        duplicate += counts.1;
    }
    assert_eq!((accepted, duplicate), (100, 49 * 100));
    let answer = cast.quinn.sync().await;
    let lead = format!("lead:{}", cast.north);
    assert_eq!(answer.kinds(&lead).len(), 100);
    assert_eq!(sync_server::storage::sqlite::verify(world.dir.path()).problems, []);
}

#[tokio::test]
async fn headers_that_are_none() {
    let world = World::new().await;
    let admin = world.admin().await;
    let good = admin.request(0, 0);
    let with = |name: &str, value: serde_json::Value| {
        let mut request = good.clone();
        request.header[name] = value;
        request.body()
    };
    let cases = [
        (b"".to_vec(), 400, "bad_header"),
        (b"{}\n".to_vec(), 400, "bad_header"),
        (b"\xff\n".to_vec(), 400, "bad_header"),
        (with("count", json!(1)), 400, "bad_header"),
        (with("count", json!(-1)), 400, "bad_header"),
        (with("sent_at", json!("yesterday")), 400, "bad_header"),
        (with("head", json!("ABC")), 400, "bad_header"),
        (with("after", json!(u64::MAX)), 400, "bad_header"),
        (with("count", json!(501)), 413, "too_large"),
        (with("protocol", json!(2)), 426, "protocol"),
        (b"{\"protocol\":2}\n".to_vec(), 426, "protocol"),
    ];
    for (body, status, code) in cases {
        let shown = String::from_utf8_lossy(&body).into_owned();
        let (got, got_code, _) = admin.refused(body, &[]).await;
        assert_eq!((got, got_code.as_str()), (status, code), "{shown}");
    }
    assert_eq!(admin.post(with("protocol", json!(1)), &[]).await.status(), 200);
    let far = with("after", json!(i64::MAX));
    assert_eq!(admin.refused(far, &[]).await.1, "gap");
}
