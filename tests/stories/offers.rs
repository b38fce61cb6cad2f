//! A9: nobody is offered what their role will be refused. Every kind that can be begun is tried by every
//! role: what the app says that somebody may begin is what the engine writes and the server takes.

use chrono::Local;
use fieldproof::engine::api::{FailureCode, Me, Reply, Request};
use fieldproof::practice::follow::Step;
use fieldproof::practice::standard::Class;
use fieldproof::sync::wire::Role;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::cast::{Cast, cast, near_miss};
use crate::run;
use crate::world::Device;

fn step(kind: &str, body: &Value) -> Step {
    serde_json::from_value(json!({ kind: body })).unwrap()
}

/// One beginning of each kind that a screen offers, and whom it is about.
fn beginnings(standard: Uuid, elm: Uuid, whom: Uuid) -> Vec<(&'static str, Request)> {
    let now = Local::now().fixed_offset();
    let today = now.date_naive();
    let signal = json!({ "source": "on_call", "competency": "handoff", "words": "Which dose at eight?" });
    let cycle = json!({ "standard": standard, "weakness": "Signed late", "expected": "At the time",
        "evidence": { "validations": 1, "live": 1 }, "due": today });
    let restriction =
        json!({ "duties": "Nights alone", "why": "Two late calls", "evidence": { "validations": 1 } });
    let action = json!({ "title": "A card", "kind": "workflow_change", "gap": "workflow", "competency": "handoff",
        "owner": whom, "due": today });
    let improvement = json!({ "title": "Safer visits", "aim": "None missed", "measure": "Missed visits a week",
        "programme": "Homes", "baseline_from": today, "baseline_to": today });
    let follows = [
        ("incident.reported", near_miss(now, "medication"), None),
        ("signal.logged", step("signal.logged", &signal), None),
        ("cycle.opened", step("cycle.opened", &cycle), Some(whom)),
        ("restriction.placed", step("restriction.placed", &restriction), Some(whom)),
        ("action.opened", step("action.opened", &action), None),
        ("improvement.opened", step("improvement.opened", &improvement), None),
    ];
    let begin =
        |(kind, step, subject)| (kind, Request::Step { step: Box::new(step), site: Some(elm), subject });
    let mut all: Vec<(&str, Request)> = follows.into_iter().map(begin).collect();
    all.push((
        "person.set",
        Request::SetPerson {
            person: None,
            name: "New".into(),
            role: Role::Staff,
            sites: vec![elm],
            active: true,
        },
    ));
    let site = Request::SetSite { site: None, name: "Ash".into(), programme: "Homes".into(), active: true };
    all.push(("site.set", site));
    all
}

async fn me(device: &Device) -> Me {
    device.status().await.me.unwrap()
}

#[test]
fn a9_what_is_offered_is_written_and_what_is_refused_is_not_offered() {
    run(async {
        let Cast { world, ada, sam, bo, quinn, elm, bo_id, cy_id, .. } = cast().await;
        let (standard, _) = sam.standard_of(Class::Check).await;
        for (name, device) in [("ada", &ada), ("sam", &sam), ("bo", &bo), ("quinn", &quinn)] {
            device.refresh().await;
            let me = me(device).await;
            for (kind, request) in beginnings(standard, elm, cy_id) {
                let reply = device.ask(request).await;
                let refused =
                    matches!(&reply, Reply::Failed(failure) if failure.code == FailureCode::NotPermitted);
                assert_eq!(!refused, me.begins.contains_key(kind), "{name} {kind} {reply:?}");
                // Nothing else stood in the way: the right is what is walked here.
                assert!(refused || matches!(reply, Reply::Written { .. }), "{name} {kind} {reply:?}");
            }
            for class in Class::ALL {
                if me.begins.contains_key(&format!("{}.submitted", class.as_str())) {
                    let whom = if class.is_reviewed() { me.person } else { bo_id };
                    device.observe(class, elm, Some(whom).filter(|_| class.has_subject()), &[]).await;
                }
            }
            device.synced().await;
        }
        assert!(world.quarantined().await.is_empty(), "the server takes what was offered");
        let admin = me(&ada).await;
        for kind in
            ["incident.reported", "signal.logged", "handoff.submitted", "check.submitted", "cycle.opened"]
        {
            assert!(!admin.begins.contains_key(kind), "an administrator who works nowhere: {kind}");
        }
        for kind in ["scenario.submitted", "note.submitted"] {
            assert!(!admin.begins.contains_key(kind), "an administrator has no practice to write of: {kind}");
            assert!(me(&bo).await.begins.contains_key(kind));
        }
        assert_eq!(me(&bo).await.begins.get("incident.reported"), Some(&Some(vec![elm])));
        assert_eq!(me(&quinn).await.begins.get("incident.reported"), Some(&None));
        // The organisation's name is the office's to set.
        for (device, may) in [(&ada, true), (&quinn, true), (&sam, false), (&bo, false)] {
            assert_eq!(me(device).await.begins.contains_key("org.set"), may);
            let set = Request::RenameOrg { name: "Homes".into() };
            assert_eq!(matches!(device.ask(set).await, Reply::Failed(_)), !may);
        }
    });
}
