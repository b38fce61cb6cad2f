//! A device of another make, paired in Bo's name, sends what Bo may write, aimed at what he may not
//! change. Whatever it sends, and whenever: the records of honest devices are what they were.

use chrono::{Days, Local};
use fieldproof::engine::api::{Owed, PackScope, RecordView, RefusedOf, Reply, Request};
use fieldproof::practice::follow::{Category, IncidentReported, Step};
use fieldproof::practice::record::State;
use fieldproof::practice::rights::NotCounted;
use fieldproof::practice::standard::Class;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::protocol;
use crate::run;
use crate::story::{Cast, cast};
use crate::world::{Device, Fault};

async fn read(device: &Device, record: Uuid) -> RecordView {
    match device.ask(Request::Record { record }).await {
        Reply::Record(view) => *view,
        other => panic!("{other:?}"),
    }
}

/// What Today tells of this thing: how many events, and whose.
async fn told(device: &Device, thing: Uuid) -> Option<(u32, String)> {
    let Reply::Today(today) = device.ask(Request::Today).await else { panic!() };
    today.owed.into_iter().find_map(|owed| match owed {
        Owed::Refused { of: RefusedOf::Record(row), n, by, .. } if row.id == thing => Some((n, by)),
        Owed::Refused { of: RefusedOf::FollowUp(row), n, by, .. } if row.follow.id == thing => Some((n, by)),
        _ => None,
    })
}

/// The line that says everything of the record was met, in whatever kind.
fn better(device: &protocol::Device, kind: &str, site: Uuid, of: Uuid, record: &RecordView) -> Value {
    let mut content = serde_json::to_value(&record.record.content).unwrap();
    for answer in content["answers"].as_object_mut().unwrap().values_mut() {
        if answer["mark"] == "not_met" {
            answer["mark"] = json!("met");
        }
    }
    let mut line = device.draft(kind, Some(site), Some(device.person));
    line["body"] = json!({"of": of, "base": [of], "reason": "better", "content": content});
    line
}

const TRIED: [&str; 5] =
    ["note.amended", "scenario.amended", "handoff.withdrawn", "note.submitted", "incident.logged"];

#[test]
fn the_check_stays_not_met_for_everybody_and_leads_are_told_who_tried_to_change_it() {
    run(async {
        let Cast { world, ada, sam, bo, quinn, elm, bo_id } = cast().await;
        let url = format!("http://{}", world.address);
        let mut dishonest = protocol::Device::enrol(&url, &ada.code_for(bo_id).await).await;

        // Sam has no signal; the dishonest device knows of his check before the server does.
        sam.faults(|| Fault::LostRequest);
        let all: Vec<usize> = (0..40).collect();
        let check = sam.observe(Class::Check, elm, Some(bo_id), &all).await;
        let before = read(&sam, check).await;
        assert_eq!(before.row.verdict.passed, Some(false));
        for kind in TRIED {
            let line = better(&dishonest, kind, elm, check, &before);
            dishonest.put(&line);
        }
        let answer = dishonest.sync().await;
        // What begins something and names another thing is judged alone; the rest waits for the check.
        assert_eq!(answer.quarantined(), ["not_permitted"]);
        sam.faults(|| Fault::None);
        sam.synced().await;
        // Now that the check is there, the server judges by it.
        let line = better(&dishonest, "note.amended", elm, check, &before);
        dishonest.put(&line);
        assert_eq!(dishonest.fate().await.as_deref(), Some("not_permitted"));

        for device in [&quinn, &sam, &bo] {
            device.refresh().await;
            let view = read(device, check).await;
            assert_eq!(view.record, before.record);
            assert_eq!(
                (view.row.verdict.clone(), view.record.state),
                (before.row.verdict.clone(), State::Submitted)
            );
        }
        for lead in [&quinn, &sam] {
            let view = read(lead, check).await;
            let tried: Vec<_> = view
                .refused
                .iter()
                .map(|row| (row.kind.as_str(), row.why, row.author_name.as_str()))
                .collect();
            assert!(tried.contains(&("note.amended", NotCounted::Class, "Bo")), "{tried:?}");
            assert_eq!(tried.len(), 4);
            assert_eq!(told(lead, check).await, Some((4, "Bo".to_owned())));
            // A pack shows these lines and says that they do not count.
            let today = Local::now().date_naive();
            let (from, to) = (today - Days::new(1), today + Days::new(1));
            let scope = PackScope::Person { person: bo_id };
            let Reply::Pack(pack) = lead.ask(Request::MakePack { scope, from, to }).await else { panic!() };
            let refused = pack.lines.iter().filter(|line| line.refused.is_some());
            assert_eq!(refused.count(), 4);
        }
        assert_eq!(told(&bo, check).await, None, "staff lead nothing");
    });
}

#[test]
fn a_report_keeps_its_words_though_the_supervisors_line_comes_first() {
    run(async {
        let Cast { world, ada, sam, bo, quinn, elm, .. } = cast().await;
        let Reply::Status(status) = sam.ask(Request::Status).await else { panic!() };
        let sam_id = status.me.unwrap().person;
        let url = format!("http://{}", world.address);
        let mut dishonest = protocol::Device::enrol(&url, &ada.code_for(sam_id).await).await;
        let reported = |words: &str| IncidentReported {
            near_miss: false,
            category: Category::Fall,
            happened_at: chrono::Utc::now().fixed_offset(),
            words: words.into(),
            person_code: String::new(),
            competency: String::new(),
            outcomes: Vec::new(),
            harm: None,
            record: None,
            visit_at: None,
            practice_of: None,
        };
        bo.faults(|| Fault::LostRequest);
        let step = Box::new(Step::IncidentReported(reported("Sam shouted at her")));
        let Reply::Written { id } = bo.ask(Request::Step { step, site: Some(elm), subject: None }).await
        else {
            panic!()
        };
        // It reads as any report of his, but for the one that it names.
        let mut line = dishonest.draft("incident.reported", Some(elm), None);
        line["body"] = serde_json::to_value(reported("Nothing happened")).unwrap();
        line["body"]["of"] = json!(id);
        dishonest.put(&line);
        assert_eq!(dishonest.fate().await.as_deref(), Some("not_permitted"));
        let mut line = dishonest.draft("signal.classified", Some(elm), None);
        line["body"] = json!({"of": id, "gap": "knowledge", "competency": "falls"});
        dishonest.put(&line);
        assert_eq!(dishonest.fate().await, None, "nobody can judge it yet");
        bo.faults(|| Fault::None);
        bo.synced().await;
        quinn.refresh().await;
        let Reply::FollowUp(view) = quinn.ask(Request::FollowUp { id }).await else { panic!() };
        assert_eq!((view.follow.title(), view.follow.history.len()), ("Sam shouted at her", 1));
        assert_eq!(view.refused.len(), 1);
        assert_eq!(told(&quinn, id).await, Some((1, "Sam".to_owned())));
    });
}
