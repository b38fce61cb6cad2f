//! A4 and D2 on the screen: a measure over half a year, the records behind a point, the month recorded
//! as reviewed.

use fieldproof::engine::api::{Reply, Request, StandardRow};
use fieldproof::practice::follow::{
    CycleClosed, CycleOpened, CycleOutcome, CycleValidated, Evidence, Mode, Origin, SignalLogged, Source,
    Step,
};
use fieldproof::practice::standard::Class;
use serde_json::json;
use uuid::Uuid;

use crate::cast::{Cast, cast, pair};
use crate::device::{Device, PHONE, TABLET};
use crate::hands::{tap, tap_at, write};
use crate::look::{at_rest, gone, says, sees, until};
use crate::world;

/// Half a year of checks that get better after a cycle, as a device wrote them week by week.
pub async fn history(sam: &world::Device, site: Uuid, who: Uuid) {
    let Reply::Standards(standards) = sam.ask(Request::Standards).await else { panic!("no standards") };
    let medication = |row: &&StandardRow| row.class == Class::Check && row.competency == "medication";
    let check = standards.iter().find(medication).expect("the medication check").standard;
    for week in (1..=26_i64).rev() {
        sam.net.days_ago.set(week * 7);
        let missed: &[usize] = match week {
            14.. if week % 3 == 0 => &[1, 2],
            14.. => &[2],
            _ if week % 6 == 0 => &[5],
            _ => &[],
        };
        let seen = sam.observe_by(check, site, Some(who), missed).await;
        sam.observe(Class::Handoff, site, None, &[]).await;
        if week == 14 {
            coached(sam, site, who, seen).await;
        }
        if week % 5 == 0 {
            let asked = SignalLogged {
                source: Source::OnCall,
                competency: "handoff".into(),
                words: "Which dose at eight?".into(),
                happened_at: None,
                item: None,
                practice_of: None,
                good: false,
            };
            let step = Box::new(Step::SignalLogged(asked));
            sam.done(Request::Step { step, site: Some(site), subject: None }).await;
        }
    }
    sam.net.days_ago.set(0);
    sam.synced().await;
}

async fn coached(sam: &world::Device, site: Uuid, who: Uuid, seen: Uuid) {
    let Reply::Record(view) = sam.ask(Request::Record { record: seen }).await else { panic!("no record") };
    let step = |step| Request::Step { step: Box::new(step), site: Some(site), subject: Some(who) };
    let opened = Step::CycleOpened(CycleOpened {
        standard: view.row.standard.standard,
        competency: "medication".into(),
        weakness: "Signs before the dose is given".into(),
        expected: "Signs after the dose was taken".into(),
        evidence: Evidence { validations: 1, live: 1, ..Evidence::default() },
        due: chrono::Local::now().date_naive(),
        origin: Origin::Miss { record: seen, items: vec!["signed".into()] },
        live_by: Vec::new(),
        shifts: Vec::new(),
    });
    let Reply::Written { id } = sam.ask(step(opened)).await else { panic!("no cycle") };
    let record = sam.observe_by(view.row.standard, site, Some(who), &[]).await;
    sam.done(step(Step::CycleValidated(CycleValidated { of: id, record, mode: Mode::Live }))).await;
    let outcome = CycleOutcome::Met;
    sam.done(step(Step::CycleClosed(CycleClosed { of: id, outcome, note: String::new() }))).await;
}

pub async fn a_figure_opens_its_records_and_the_month_is_reviewed() {
    let cast = cast().await;
    let laptop = world::Device::start(cast.server.folder.path().join("sam-laptop"), cast.server.url());
    laptop.pair(&cast.ada.code_for(cast.sam).await).await;
    history(&laptop, cast.elm, cast.bo).await;
    let Cast { server, .. } = cast;
    let mut quinn = Device::new("quinn", TABLET).await;
    pair(&mut quinn, &server, "Quinn Abara").await;

    tap(&mut quinn, "nav-insight").await;
    sees(&quinn, "chart").await;
    choose(&quinn, "insight-measure", "medication_deviations").await;
    says(&quinn, "chart-summary", "points, median").await;
    at_rest(&quinn).await;
    quinn.picture("chart-by-month-tablet").await;
    tap_at(&mut quinn, "[data-test='insight-narrow'] summary", "").await;
    tap(&mut quinn, "insight-grain-week").await;
    // Half a year of misses and then none: one rule, its reason and how often it is wrong.
    says(&quinn, "chart-summary", "signal").await;
    says(&quinn, "chart-method", "signals falsely in about one year of twenty").await;
    quinn.resize(PHONE).await;
    quinn.run("document.querySelector(\"[data-test='chart']\").scrollIntoView()", vec![]).await;
    at_rest(&quinn).await;
    quinn.picture("chart-by-week").await;
    quinn.prefers("dark").await;
    quinn.picture("chart-by-week-dark").await;
    quinn.prefers("light").await;

    // The drawing leads to the records, and so does each row of the table.
    let newest = "const all = document.querySelectorAll(\"[data-test='plot-point']\");
                  all[all.length - 1].dispatchEvent(new MouseEvent('click', {bubbles: true})); return true";
    until(&quinn, "a point", newest, vec![]).await;
    says(&quinn, "behind-count", "behind this figure").await;
    let rows = "return document.querySelectorAll(\"[data-test='record-row']\").length";
    assert_eq!(quinn.run(rows, vec![]).await, json!(1), "one check in that week");
    quinn.picture("behind").await;
    tap(&mut quinn, "back").await;
    says(&quinn, "chart-method", "signals falsely in about one year of twenty").await;

    // Half a year alone has no baseline that a week of it could be held against.
    choose(&quinn, "insight-measure", "handoff_complete").await;
    says(&quinn, "chart-note", "Read it as a list").await;

    tap(&mut quinn, "insight-holds").await;
    sees(&quinn, "hold-row").await;
    quinn.picture("holds").await;
    tap(&mut quinn, "back").await;
    sees(&quinn, "insight-month").await;
    tap(&mut quinn, "insight-month").await;
    sees(&quinn, "month-leading").await;
    tap(&mut quinn, "month-before").await;
    sees(&quinn, "month-after").await;
    quinn.resize(TABLET).await;
    at_rest(&quinn).await;
    quinn.picture("month-tablet").await;
    tap(&mut quinn, "month-review").await;
    sees(&quinn, "month-review-dialog").await;
    // Nothing empty is taken.
    tap(&mut quinn, "month-review-send").await;
    says(&quinn, "role-specific", "Choose yes or no").await;
    for (question, answer) in
        [("role-specific", "Yes"), ("validated-in-practice", "Yes"), ("outcome-changed", "No")]
    {
        tap_at(&mut quinn, &format!("[data-test='{question}'] label"), answer).await;
    }
    write(&mut quinn, "review-attended", "Quinn and the nurse").await;
    write(&mut quinn, "review-note", "Nights hold").await;
    quinn.picture("month-review").await;
    tap(&mut quinn, "month-review-send").await;
    gone(&quinn, "month-review-dialog").await;
    sees(&quinn, "follow-row").await;
    quinn.picture("month-reviewed").await;
    tap(&mut quinn, "follow-row").await;
    says(&quinn, "review-answers", "No").await;
    says(&quinn, "review-attendance", "Quinn and the nurse").await;
    sees(&quinn, "figure-then").await;
    quinn.close().await;
}

/// Chooses in a list of choices, as a finger on the system's picker does.
async fn choose(device: &Device, test: &str, value: &str) {
    let script = "const select = document.querySelector(`select[data-test='${arguments[0]}']`);
        if (!select || ![...select.options].some((option) => option.value === arguments[1])) return false;
        select.value = arguments[1];
        select.dispatchEvent(new Event('change', {bubbles: true}));
        return true";
    until(device, &format!("{value} in {test}"), script, vec![json!(test), json!(value)]).await;
}
