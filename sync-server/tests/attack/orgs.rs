//! Two organisations on one server: nothing crosses, and nobody can keep the other out of anything.

use serde_json::{Value, json};
use sync_server::storage::{QuarantineKey, Release, Storage};

use crate::common::*;
use crate::process::{run, told};

async fn pairing(device: &Device, person: uuid::Uuid) -> (u16, Value) {
    let request = device.client.post(format!("{}/v1/pairings", device.url));
    let request = request.header("authorization", format!("Bearer {}", device.token));
    let response = request.body(json!({"person": person}).to_string()).send().await.unwrap();
    let status = response.status().as_u16();
    (status, serde_json::from_slice(&response.bytes().await.unwrap()).unwrap())
}

/// Oak Care and its administrator, beside Willow Care.
async fn oak(world: &World) -> (uuid::Uuid, Device) {
    let made =
        sync_server::commands::init(&*world.storage, &world.seams, "Oak Care", "Otto", 15).await.unwrap();
    (made.org, Device::enrol(&world.url(""), &made.code).await)
}

/// Everything that a device may read, as it came.
async fn reads(device: &mut Device) -> String {
    device.cursors.clear();
    device.sync().await.raw.join("\n")
}

#[tokio::test]
async fn the_same_ids_in_both_are_different_people_places_and_events() {
    let world = World::new().await;
    let mut willow = Cast::new(&world).await;
    let (org, mut otto) = oak(&world).await;
    let (north, bob) = (willow.north, willow.bob.person);
    // What Oak knows of Willow (from an evidence pack, say), it uses for its own: a site, a person who
    // is an administrator there, and an event of the same id.
    otto.set_site(north, "Oak's own house");
    otto.set_person(bob, "Oak's own Bob", "admin", &[north]);
    assert_eq!(otto.sync().await.counts(), (2, 0, 0));
    let made =
        sync_server::commands::pair(&*world.storage, &world.seams, org, "Oak's own Bob", 15).await.unwrap();
    let mut oaks_bob = Device::enrol(&world.url(""), &made.code).await;
    assert_eq!(oaks_bob.person, bob);

    let id = willow.alice.write("handoff.submitted", Some(north), None);
    assert_eq!(willow.alice.fate().await, None);
    let mut line = oaks_bob.draft("handoff.submitted", Some(north), None);
    line["id"] = json!(id);
    line["body"] = json!({"said": "in-oak-alone"});
    oaks_bob.put(&line);
    assert_eq!(oaks_bob.fate().await, None, "an id of the other organisation is free");
    oaks_bob.write("person.set", None, None);
    assert_eq!(oaks_bob.fate().await.as_deref(), Some("invalid_body"), "there Bob is an administrator");
    willow.bob.write("person.set", None, None);
    assert_eq!(willow.bob.fate().await.as_deref(), Some("not_permitted"), "here Bob still is staff");
    otto.write("quality.seen", None, None);
    otto.sync().await;

    for device in [&mut willow.admin, &mut willow.alice, &mut willow.bob, &mut willow.quinn] {
        let read = reads(device).await;
        assert!(
            !read.contains("Oak") && !read.contains("in-oak-alone") && !read.contains("quality.seen"),
            "{read}"
        );
    }
    for device in [&mut otto, &mut oaks_bob] {
        let read = reads(device).await;
        assert!(!read.contains("Willow") && !read.contains("Alice") && !read.contains("South"), "{read}");
        assert!(!read.contains(&willow.alice.replica.to_string()), "{read}");
        assert!(!read.contains(&willow.south.to_string()), "{read}");
    }
    assert_eq!(sync_server::storage::sqlite::verify(world.dir.path()).problems, []);
}

#[tokio::test]
async fn what_is_the_others_is_as_unknown_as_what_is_nobodys() {
    let world = World::new().await;
    let mut willow = Cast::new(&world).await;
    let (org, mut otto) = oak(&world).await;
    let (there, nowhere) = (willow.bob.person, new_id());

    let (status, answer) = pairing(&otto, there).await;
    assert_eq!((status, &answer), (404, &pairing(&otto, nowhere).await.1));
    for (site, subject) in [(willow.north, otto.person), (new_id(), otto.person)] {
        otto.write("check.submitted", Some(site), Some(subject));
        assert_eq!(otto.fate().await.as_deref(), Some("unknown_site"));
    }
    let house = new_id();
    otto.set_site(house, "House");
    otto.sync().await;
    for subject in [there, nowhere] {
        otto.write("check.submitted", Some(house), Some(subject));
        assert_eq!(otto.fate().await.as_deref(), Some("unknown_subject"));
    }
    let mut line = otto.draft("balloon.launched", None, None);
    line["author"] = json!(there);
    otto.put(&line);
    assert_eq!(otto.fate().await.as_deref(), Some("wrong_author"));
    // Cursors for streams of the other organisation bring nothing and are not told back.
    let (lead, person) = (format!("lead:{}", willow.north), format!("person:{there}"));
    otto.cursors.extend([(lead.clone(), 0), (person.clone(), 0)]);
    let answer = otto.sync().await;
    assert!(!answer.streams().contains(&lead) && !answer.streams().contains(&person));
    assert!(!answer.done["cursors"].to_string().contains(&willow.north.to_string()));

    // A replica of theirs cannot be read, written, or enrolled with, and a good code outlives the try.
    assert_eq!(otto.refused(willow.alice.request(0, 0).body(), &[]).await.1, "replica_not_yours");
    let made = sync_server::commands::pair(&*world.storage, &world.seams, org, "Otto", 15).await.unwrap();
    let (status, body) = try_enrol(&world.url(""), &made.code, willow.alice.replica).await;
    assert_eq!((status, &body["code"]), (403, &json!("replica_not_yours")));
    let (_, body) = try_enrol(&world.url(""), &made.code, new_id()).await;
    assert_eq!(body["org"], json!({"org": org, "name": "Oak Care"}));
    crate::raw::honest(&mut willow.alice).await;
}

#[tokio::test]
async fn no_command_for_one_touches_or_shows_the_other() {
    let world = World::new().await;
    let mut willow = Cast::new(&world).await;
    let (org, mut otto) = oak(&world).await;
    let bad = willow.alice.write("person.set", None, None);
    willow.alice.sync().await;
    let mut line = otto.draft("org.set", None, None);
    line["id"] = json!(bad);
    otto.put(&line);
    assert_eq!(otto.fate().await.as_deref(), Some("invalid_body"));

    let data = world.dir.path();
    let list = told(data, &["quarantine", "list", "--org", "Oak Care"]);
    assert_eq!((list.as_array().unwrap().len(), &list[0]["code"]), (1, &json!("invalid_body")));
    let shown = told(data, &["quarantine", "show", &bad.to_string(), "--org", "Willow Care"]);
    assert_eq!(shown["code"], "not_permitted");
    let place = QuarantineKey::Place(willow.alice.replica, 1);
    assert!(matches!(world.storage.release(org, place, 0).await.unwrap(), Release::NotFound));
    let foreign = format!("{}:1", willow.alice.replica);
    assert!(!run(data, &["quarantine", "show", &foreign, "--org", "Oak Care"]).status.success());

    let device = willow.alice.device.to_string();
    assert!(!run(data, &["revoke", &device, "--org", "Oak Care"]).status.success());
    assert!(willow.alice.sync().await.first.get("revoked").is_none());
    for command in ["people", "devices"] {
        let told = told(data, &[command, "--org", "Oak Care"]).to_string();
        assert!(told.contains(&otto.person.to_string()), "{told}");
        assert!(!told.contains("Alice") && !told.contains(&device), "{told}");
    }
    assert!(!run(data, &["pair", "Alice", "--org", "Oak Care"]).status.success());
    assert!(!run(data, &["pair", &willow.alice.person.to_string(), "--org", "Oak Care"]).status.success());
    for command in ["people", "devices"] {
        assert!(!run(data, &[command]).status.success(), "which one has to be said");
    }

    let out = data.join("out");
    told(data, &["export", "--format", "jsonl", "--org", "Oak Care", "--out", out.to_str().unwrap()]);
    let files: Vec<_> = std::fs::read_dir(&out).unwrap().map(|file| file.unwrap().path()).collect();
    assert_eq!(files.len(), 3, "Otto's replica, the server's own for Oak, and the heads");
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        for foreign in ["Willow", "Alice", &willow.alice.replica.to_string(), &willow.north.to_string()] {
            assert!(!text.contains(foreign) && !file.to_str().unwrap().contains(foreign));
        }
    }
}
