//! Bo's and Sam's tokens in the hands of a program of another make: the check stays "Not met" on the
//! quality lead's screen, the report keeps its words, the app opens, and she is told who tried.

use fieldproof::engine::api::{Reply, Request};
use fieldproof::practice::follow::{Category, IncidentReported, Step};
use fieldproof::practice::standard::Class;
use serde_json::json;

use crate::cast::{cast, open, pair, unlock};
use crate::device::{Device, TABLET};
use crate::hands::tap_at;
use crate::look::{says, sees};
use crate::protocol;
use crate::world::{self, Fault};

const WORDS: &str = "Sam shouted at her";

pub async fn the_check_stays_not_met_and_the_report_keeps_its_words() {
    let cast = cast().await;
    let native = |name: &str| world::Device::start(cast.server.folder.path().join(name), cast.server.url());
    let (sam, bo) = (native("sam-desk"), native("bo-desk"));
    sam.pair(&cast.server.code("Sam Rivera").await).await;
    bo.pair(&cast.server.code("Bo Lindqvist").await).await;
    let url = cast.server.url();
    let mut as_bo = protocol::Device::enrol(&url, &cast.server.code("Bo Lindqvist").await).await;
    let mut as_sam = protocol::Device::enrol(&url, &cast.server.code("Sam Rivera").await).await;

    // Without signal, so that what is aimed at them can come before them.
    for device in [&sam, &bo] {
        device.faults(|| Fault::LostRequest);
    }
    let all: Vec<usize> = (0..40).collect();
    let check = sam.observe(Class::Check, cast.elm, Some(cast.bo), &all).await;
    let Reply::Record(view) = sam.ask(Request::Record { record: check }).await else { panic!("no record") };
    let step = Step::IncidentReported(IncidentReported {
        near_miss: false,
        category: Category::Other,
        happened_at: view.record.at,
        words: WORDS.into(),
        person_code: String::new(),
        competency: String::new(),
        outcomes: Vec::new(),
        harm: None,
        record: None,
        visit_at: None,
        practice_of: None,
    });
    let step = Request::Step { step: Box::new(step), site: Some(cast.elm), subject: None };
    let Reply::Written { id: report } = bo.ask(step).await else { panic!("no report") };

    let mut content = serde_json::to_value(&view.record.content).unwrap();
    for answer in content["answers"].as_object_mut().unwrap().values_mut() {
        if answer["mark"] == "not_met" {
            answer["mark"] = json!("met");
        }
    }
    let better = json!({"of": check, "base": [check], "reason": "All was well", "content": content});
    for kind in ["note.amended", "scenario.amended", "handoff.withdrawn"] {
        let mut line = as_bo.draft(kind, Some(cast.elm), Some(cast.bo));
        line["body"] = better.clone();
        as_bo.put(&line);
    }
    for kind in ["incident.reported", "signal.classified"] {
        let mut line = as_sam.draft(kind, Some(cast.elm), None);
        line["body"] = json!({
            "of": report, "near_miss": true, "category": "other", "happened_at": view.record.at,
            "words": "Nothing happened", "gap": "knowledge", "competency": "x",
        });
        as_sam.put(&line);
    }
    as_bo.sync().await;
    as_sam.sync().await;
    for device in [&sam, &bo] {
        device.faults(|| Fault::None);
        device.synced().await;
    }
    // And once more, now that both are there.
    let mut line = as_bo.draft("note.withdrawn", Some(cast.elm), Some(cast.bo));
    line["body"] = better;
    as_bo.put(&line);
    as_bo.sync().await;

    let mut quinn = Device::new("quinn", TABLET).await;
    pair(&mut quinn, &cast.server, "Quinn Abara").await;
    says(&quinn, "owe-refused", "Bo Lindqvist").await;
    quinn.picture("today").await;
    quinn.run("location.hash = arguments[0]", vec![json!(format!("/records/{check}"))]).await;
    says(&quinn, "verdict", "Below the standard").await;
    says(&quinn, "refused", "Bo Lindqvist").await;
    says(&quinn, "record-state", "Recorded").await;
    quinn.picture("check").await;
    quinn.run("location.hash = arguments[0]", vec![json!(format!("/follow/{report}"))]).await;
    says(&quinn, "follow-words", WORDS).await;
    says(&quinn, "refused", "Sam Rivera").await;
    quinn.picture("report").await;

    // The app opens again, and Today leads there.
    open(&mut quinn, &cast.server).await;
    unlock(&mut quinn).await;
    sees(&quinn, "today").await;
    tap_at(&mut quinn, "[data-test='owe-refused']", "Bo Lindqvist").await;
    says(&quinn, "verdict", "Below the standard").await;
    quinn.check_console().await;
}
