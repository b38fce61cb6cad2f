//! Who may change what is judged by what is changed: lines of people who may write them, aimed at what
//! they may not change.

use serde_json::{Value, json};
use sync_server::storage::{QuarantineKey, Release, Storage};
use uuid::Uuid;

use crate::common::*;
use crate::process::{run, told};
use crate::raw::honest;

/// The cast, and Sue, who supervises South.
struct House {
    world: World,
    cast: Cast,
    sue: Device,
}

impl House {
    async fn new() -> House {
        let world = World::new().await;
        let mut cast = Cast::new(&world).await;
        let sue = new_id();
        cast.admin.set_person(sue, "Sue", "supervisor", &[cast.south]);
        cast.admin.sync().await;
        let sue = world.device(sue).await;
        House { world, cast, sue }
    }
}

fn answers(mark: &str) -> Value {
    json!({"standard": {"standard": Uuid::nil(), "version": 1}, "answers": {"mar": {"mark": mark}}})
}

/// Writes a line that goes on with `of`.
fn aim(device: &mut Device, kind: &str, site: Uuid, subject: Option<Uuid>, of: Uuid, more: Value) -> Uuid {
    let mut line = device.draft(kind, Some(site), subject);
    let mut body = json!({"of": of, "base": [of], "reason": "r"});
    if let Value::Object(more) = more {
        body.as_object_mut().unwrap().extend(more);
    }
    line["body"] = body;
    device.put(&line)
}

fn begin(device: &mut Device, kind: &str, site: Uuid, subject: Option<Uuid>, body: Value) -> Uuid {
    let mut line = device.draft(kind, Some(site), subject);
    line["body"] = body;
    device.put(&line)
}

/// The lines that a device reads and did not write.
async fn read(device: &mut Device) -> Vec<Uuid> {
    device.cursors.clear();
    let answer = device.sync().await;
    let ids = answer.items.iter().filter_map(|item| item["event"]["id"].as_str());
    ids.map(|id| id.parse().unwrap()).collect()
}

#[tokio::test]
async fn nobody_amends_withdraws_or_approves_a_check_about_themselves() {
    let House { world, mut cast, .. } = House::new().await;
    let (north, alice, bob) = (cast.north, cast.alice.person, cast.bob.person);
    let check = begin(&mut cast.alice, "check.submitted", north, Some(bob), answers("not_met"));
    assert_eq!(cast.alice.fate().await, None);
    let content = || json!({"content": answers("met")});
    let mut sent = Vec::new();
    for kind in [
        "note.amended",
        "scenario.amended",
        "check.amended",
        "note.withdrawn",
        "check.withdrawn",
        "handoff.amended",
        "handoff.withdrawn",
        "handoff.acknowledged",
        "task.done",
        "task.cancelled",
        "incident.withdrawn",
        "incident.logged",
        "note.reviewed",
        "check.reviewed",
        "check.forgotten",
        "note.submitted",
        "scenario.submitted",
        "incident.reported",
    ] {
        sent.push(aim(&mut cast.bob, kind, north, Some(bob), check, content()));
        assert_eq!(cast.bob.fate().await.as_deref(), Some("not_permitted"), "{kind}");
    }
    // What is his to say of it, he says.
    let heard = aim(&mut cast.bob, "check.acknowledged", north, Some(bob), check, json!({"note": "Thanks"}));
    assert_eq!(cast.bob.fate().await, None);
    let quinn = read(&mut cast.quinn).await;
    assert!(quinn.contains(&check) && quinn.contains(&heard));
    assert!(sent.iter().all(|line| !quinn.contains(line)));

    // Nor does a supervisor amend what somebody else wrote about her.
    let about_her = begin(&mut cast.quinn, "check.submitted", north, Some(alice), answers("not_met"));
    assert_eq!(cast.quinn.fate().await, None);
    for kind in ["check.amended", "check.withdrawn", "check.returned", "note.amended", "shadow.withdrawn"] {
        aim(&mut cast.alice, kind, north, Some(alice), about_her, content());
        assert_eq!(cast.alice.fate().await.as_deref(), Some("not_permitted"), "{kind}");
    }
    aim(&mut cast.quinn, "check.amended", north, Some(alice), about_her, content());
    assert_eq!(cast.quinn.fate().await, None);
    honest(&mut cast.bob).await;
    assert_eq!(sync_server::storage::sqlite::verify(world.dir.path()).problems, []);
    assert_eq!(told(world.dir.path(), &["verify", "--rights"]), json!([]));
}

#[tokio::test]
async fn nobody_approves_their_own_scenario() {
    let House { world: _world, mut cast, .. } = House::new().await;
    let (north, alice, bob) = (cast.north, cast.alice.person, cast.bob.person);
    let bobs = begin(&mut cast.bob, "scenario.submitted", north, Some(bob), answers("met"));
    let review = || json!({"review": {"outcome": "meets", "feedback": "Very good"}});
    assert_eq!(cast.bob.fate().await, None);
    for kind in
        ["check.reviewed", "scenario.reviewed", "note.reviewed", "shadow.reviewed", "scenario.approved"]
    {
        aim(&mut cast.bob, kind, north, Some(bob), bobs, review());
        assert_eq!(cast.bob.fate().await.as_deref(), Some("not_permitted"), "{kind}");
    }
    aim(&mut cast.alice, "scenario.reviewed", north, Some(bob), bobs, review());
    assert_eq!(cast.alice.fate().await, None);
    // She may review at North, and wrote this one herself.
    let own = begin(&mut cast.alice, "scenario.submitted", north, Some(alice), answers("met"));
    aim(&mut cast.alice, "scenario.reviewed", north, Some(alice), own, review());
    assert_eq!(cast.alice.fate().await.as_deref(), Some("not_permitted"));
    aim(&mut cast.quinn, "scenario.reviewed", north, Some(alice), own, review());
    assert_eq!(cast.quinn.fate().await, None);
    honest(&mut cast.alice).await;
}

#[tokio::test]
async fn a_report_keeps_the_words_of_whoever_reported_it() {
    let House { world: _world, mut cast, .. } = House::new().await;
    let north = cast.north;
    let words =
        |words: &str| json!({"category": "fall", "happened_at": "2026-11-22T06:00:00Z", "words": words});
    let report = begin(&mut cast.bob, "incident.reported", north, None, words("Alice shouted at her"));
    assert_eq!(cast.bob.fate().await, None);
    for kind in ["incident.reported", "signal.reported", "signal.logged", "check.submitted"] {
        let subject = Some(cast.bob.person);
        aim(&mut cast.alice, kind, north, subject, report, words("Nothing happened"));
        assert_eq!(cast.alice.fate().await.as_deref(), Some("not_permitted"), "{kind}");
    }
    for kind in ["signal.classified", "incident.withdrawn", "action.updated", "cycle.closed"] {
        let subject = Some(cast.bob.person);
        aim(&mut cast.alice, kind, north, subject, report, json!({"gap": "knowledge"}));
        let fate = cast.alice.fate().await;
        // A verb that no version knows yet is kept and routed where all else is right; it changes nothing.
        let expected = if kind == "incident.withdrawn" { None } else { Some("not_permitted") };
        assert_eq!(fate.as_deref(), expected, "{kind}");
    }
    // About nobody, as devices write it, or about whoever reported it.
    for subject in [None, Some(cast.bob.person)] {
        let gap = json!({"gap": "workflow", "competency": "falls"});
        aim(&mut cast.alice, "incident.classified", north, subject, report, gap);
        assert_eq!(cast.alice.fate().await, None);
    }
    let alice = cast.alice.person;
    aim(&mut cast.alice, "incident.classified", north, Some(alice), report, json!({}));
    assert_eq!(cast.alice.fate().await.as_deref(), Some("not_permitted"));
    honest(&mut cast.bob).await;
}

#[tokio::test]
async fn a_supervisor_changes_nothing_of_another_house() {
    let House { world: _world, mut cast, mut sue } = House::new().await;
    let (north, south, bob) = (cast.north, cast.south, cast.bob.person);
    let check = begin(&mut sue, "check.submitted", south, Some(bob), answers("not_met"));
    let cycle = begin(&mut sue, "cycle.opened", south, Some(bob), json!({"weakness": "w"}));
    let restriction = begin(&mut sue, "restriction.placed", south, Some(bob), json!({"duties": "d"}));
    let handoff = begin(&mut sue, "handoff.submitted", south, None, answers("met"));
    let task = begin(&mut sue, "task.assigned", south, None, json!({"text": "Call"}));
    let action = begin(&mut cast.quinn, "action.opened", south, None, json!({"title": "t"}));
    assert_eq!((sue.fate().await, cast.quinn.fate().await), (None, None));
    for (kind, subject, of) in [
        ("check.withdrawn", Some(bob), check),
        ("check.amended", Some(bob), check),
        ("cycle.closed", Some(bob), cycle),
        ("cycle.validated", Some(bob), cycle),
        ("restriction.lifted", Some(bob), restriction),
        ("handoff.withdrawn", None, handoff),
        ("task.done", None, task),
        ("task.assigned", None, task),
        ("action.updated", None, action),
    ] {
        // In the envelope her own house, in the body the other's.
        aim(&mut cast.alice, kind, north, subject, of, json!({"content": answers("met"), "outcome": "met"}));
        assert_eq!(cast.alice.fate().await.as_deref(), Some("not_permitted"), "{kind}");
        aim(&mut sue, kind, south, subject, of, json!({"content": answers("met"), "outcome": "met"}));
        assert_eq!(sue.fate().await, None, "{kind} by whoever may");
    }
    // About somebody else than the check is.
    aim(&mut sue, "check.withdrawn", south, Some(cast.alice.person), check, json!({}));
    assert_eq!(sue.fate().await.as_deref(), Some("not_permitted"));
    honest(&mut cast.alice).await;
}

#[tokio::test]
async fn what_stands_in_the_same_batch_is_judged_by_too() {
    let House { world: _world, mut cast, .. } = House::new().await;
    let (north, bob) = (cast.north, cast.bob.person);
    let check = begin(&mut cast.alice, "check.submitted", north, Some(bob), answers("not_met"));
    aim(&mut cast.alice, "shadow.withdrawn", north, Some(bob), check, json!({}));
    let withdrawn = aim(&mut cast.alice, "check.withdrawn", north, Some(bob), check, json!({}));
    // What went on with it began nothing that could be gone on with.
    aim(&mut cast.alice, "check.withdrawn", north, Some(bob), withdrawn, json!({}));
    let mut line = cast.alice.draft("check.withdrawn", Some(north), Some(bob));
    line["body"] = json!({"of": [check]});
    cast.alice.put(&line);
    let answer = cast.alice.sync().await;
    assert_eq!(answer.counts(), (2, 0, 3));
    assert_eq!(answer.quarantined(), ["not_permitted", "not_permitted", "invalid_body"]);
    assert_eq!(answer.first["quarantined"][2]["field"], "of");
}

#[tokio::test]
async fn what_comes_before_its_thing_is_listed_and_what_is_kept_apart_is_not_let_in() {
    let House { world, mut cast, .. } = House::new().await;
    let (north, bob) = (cast.north, cast.bob.person);
    // Bob knows the id of a check that has not arrived: its author's device told him of it.
    let check = new_id();
    let early =
        aim(&mut cast.bob, "note.amended", north, Some(bob), check, json!({"content": answers("met")}));
    assert_eq!(cast.bob.fate().await, None, "nobody can judge it yet");
    assert_eq!(told(world.dir.path(), &["verify", "--rights"]), json!([]));
    let mut line = cast.alice.draft("check.submitted", Some(north), Some(bob));
    (line["id"], line["body"]) = (json!(check), answers("not_met"));
    cast.alice.put(&line);
    assert_eq!(cast.alice.fate().await, None, "and what came early keeps nothing out");

    let void = told(world.dir.path(), &["verify", "--rights"]);
    assert_eq!(
        void,
        json!([{
            "replica": cast.bob.replica, "seq": 1, "id": early, "kind": "note.amended", "author": bob,
            "thing": check, "why": "class",
        }])
    );
    let output = run(world.dir.path(), &["verify", "--rights"]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success() && text.contains("1 accepted lines change nothing"), "{text}");

    let late = aim(&mut cast.bob, "note.withdrawn", north, Some(bob), check, json!({}));
    let amended = aim(&mut cast.bob, "note.amended", north, Some(bob), check, json!({}));
    cast.bob.sync().await;
    for line in [late, amended] {
        let release = world.storage.release(world.org, QuarantineKey::Id(line), 0).await.unwrap();
        assert!(matches!(release, Release::Refused { code: "not_permitted", .. }), "{release:?}");
    }
    honest(&mut cast.bob).await;
}
