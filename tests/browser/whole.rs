//! Today with more waiting than one screen holds: a visit at risk stands first, and a number is the number
//! there is.

use chrono::{Local, TimeDelta};
use fieldproof::engine::api::{Reply, Request};
use fieldproof::practice::follow::{Category, IncidentReported, Step};
use serde_json::json;

use crate::cast::{Cast, cast, pair};
use crate::device::{Device, PHONE};
use crate::hands::tap;
use crate::look::{reads, says, sees, until};
use crate::world;

const OWED: &str = "return [...document.querySelectorAll(\"[data-test^='owe-']\")]
    .filter((one) => one.checkVisibility()).map((one) => one.dataset.test)";
const ROWS: &str =
    "return document.querySelectorAll(`[data-test='${arguments[0]}']`).length === arguments[1]";

fn report(category: Category, visit_in: Option<i64>) -> Step {
    let now = Local::now().fixed_offset();
    Step::IncidentReported(IncidentReported {
        near_miss: true,
        category,
        happened_at: now - TimeDelta::hours(6),
        words: "Alone for an hour".into(),
        person_code: "E-4".into(),
        competency: String::new(),
        outcomes: Vec::new(),
        harm: None,
        record: None,
        visit_at: visit_in.map(|hours| now + TimeDelta::hours(hours)),
        practice_of: None,
    })
}

pub async fn a_visit_at_risk_stands_first_and_numbers_are_whole() {
    let Cast { mut server, elm, .. } = cast().await;
    let bo = world::Device::start(server.folder.path().join("bo"), server.url());
    bo.pair(&server.code("Bo Lindqvist").await).await;
    for n in 0..511 {
        let step =
            if n < 510 { report(Category::Other, None) } else { report(Category::MissedVisit, Some(2)) };
        let asked = Request::Step { step: Box::new(step), site: Some(elm), subject: None };
        assert!(matches!(bo.ask(asked).await, Reply::Written { .. }));
    }
    bo.synced().await;

    let mut sam = Device::new("sam", PHONE).await;
    pair(&mut sam, &server, "Sam Rivera").await;
    sees(&sam, "owe-visit").await;
    let owed = sam.run(OWED, vec![]).await;
    assert_eq!(owed[0], json!("owe-visit"), "{owed}");
    says(&sam, "owed-next-report", "Reports: next step (510)").await;
    says(&sam, "owed-next-report-all", "Show all 510").await;
    sam.picture("today-with-510-reports").await;
    tap(&mut sam, "owed-next-report-all").await;
    until(&sam, "fifty of them", ROWS, vec![json!("owe-report"), json!(50)]).await;
    reads(&sam, "50 of 510").await;
    tap(&mut sam, "owed-next-report-more").await;
    until(&sam, "a hundred of them", ROWS, vec![json!("owe-report"), json!(100)]).await;
    reads(&sam, "100 of 510").await;
    sam.close().await;
    server.stop().await;
}
