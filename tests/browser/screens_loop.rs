//! The screens of the loop day by day, looked at as every other: cycles agreed, shifts looked at, visits
//! at risk, questions to on-call, improvements, self-assessments, and Today with forty names.

use std::collections::BTreeMap;

use chrono::{Days, Local, TimeDelta};
use fieldproof::engine::api::{Reply, Request, StandardRow};
use fieldproof::practice::draft::Shift;
use fieldproof::practice::follow::{
    AssessmentSubmitted, Category, CycleOpened, Focus, ImprovementOpened, ImprovementStaged, IncidentLogged,
    IncidentReported, Origin, ShiftOn, Stage, Step, Work,
};
use fieldproof::practice::standard::Class;
use fieldproof::sync::wire::Role;
use uuid::Uuid;

use crate::cast::{Cast, cast};
use crate::hands::{key, tap};
use crate::look::{gone, sees};
use crate::screens::{Tour, native, people, tour};
use crate::world;

/// The newest version of a standard by class and competency.
pub async fn by(device: &world::Device, class: Class, competency: &str) -> StandardRow {
    let Reply::Standards(rows) = device.ask(Request::Standards).await else { panic!("no standards") };
    rows.into_iter().find(|row| row.class == class && row.competency == competency).unwrap()
}

/// The id of what a step began.
pub async fn begun(device: &world::Device, step: Step, site: Option<Uuid>, subject: Option<Uuid>) -> Uuid {
    match device.ask(Request::Step { step: Box::new(step), site, subject }).await {
        Reply::Written { id } => id,
        other => panic!("{other:?}"),
    }
}

struct Begun {
    escalation: Uuid,
    rights: Uuid,
    visit: Uuid,
    focus: Uuid,
}

async fn furnish(cast: &Cast) -> Begun {
    people(cast).await;
    let quinn = cast.ada.add_person("Quentin Abara", Role::Quality, &[]).await;
    cast.ada.synced().await;
    let sam = native(cast, "sam-laptop", cast.sam).await;
    let quinn = native(cast, "quinn-laptop", quinn).await;
    let today = Local::now().date_naive();
    let elm = Some(cast.elm);

    let cycle = |row: &StandardRow, shifts: Vec<ShiftOn>| {
        Step::CycleOpened(CycleOpened {
            standard: row.standard.standard,
            competency: row.competency.clone(),
            weakness: "Waited for the family before calling".into(),
            expected: "Reads the decision aid top down and calls in time".into(),
            evidence: row.cycle.evidence,
            due: today + Days::new(14),
            origin: Origin::Hand,
            live_by: Vec::new(),
            shifts,
        })
    };
    let shift = |day| ShiftOn { day, shift: Shift::Late };
    let shifts = vec![shift(today - Days::new(1)), shift(today), shift(today + Days::new(2))];
    let call = by(&sam, Class::Shadow, "escalation").await;
    let escalation = begun(&sam, cycle(&call, shifts), elm, Some(cast.bo)).await;
    let interaction = by(&sam, Class::Shadow, "rights").await;
    let rights = begun(&sam, cycle(&interaction, Vec::new()), elm, Some(cast.bo)).await;
    let scenario = by(&sam, Class::Scenario, "welfare").await;
    begun(&sam, cycle(&scenario, Vec::new()), elm, Some(cast.bo)).await;

    let at_risk = Step::IncidentReported(IncidentReported {
        near_miss: true,
        category: Category::MissedVisit,
        happened_at: Local::now().fixed_offset(),
        words: "Worker not coming: bus broken down".into(),
        person_code: "E-4".into(),
        competency: "visits".into(),
        outcomes: Vec::new(),
        harm: None,
        record: None,
        visit_at: Some(Local::now().fixed_offset() + TimeDelta::minutes(50)),
        practice_of: None,
    });
    let visit = begun(&sam, at_risk, elm, None).await;
    let told = IncidentLogged {
        of: visit,
        work: Work::SupervisorTold,
        done_at: None,
        note: String::new(),
        who: None,
    };
    begun(&sam, Step::IncidentLogged(told), None, None).await;

    let checklist = by(&quinn, Class::Handoff, "handoff").await.standard.standard;
    let observe = by(&quinn, Class::Shadow, "handoff").await.standard.standard;
    let daily = by(&quinn, Class::Audit, "visits").await.standard.standard;
    let opened = Step::ImprovementOpened(ImprovementOpened {
        title: "Better handoffs".into(),
        aim: "Every shift change has a handoff with nothing unknown".into(),
        measure: "Handoffs with all items told, of all".into(),
        standard: Some(checklist),
        programme: "Homes".into(),
        baseline_from: today - Days::new(28),
        baseline_to: today,
        baseline: Some(62.5),
        target: Some(90.0),
        target_on: Some(today + Days::new(13)),
        area: "quality_observed".into(),
        focus: Some(Focus {
            from: today - Days::new(3),
            to: today + Days::new(10),
            checklist: Some(checklist),
            observe: Some(observe),
            times: 2,
            daily: Some(daily),
            weekly_minutes: 10,
        }),
    });
    let focus = begun(&quinn, opened, elm, None).await;
    let note = "Two supervisors, two weeks".to_owned();
    let plan = ImprovementStaged { of: focus, stage: Stage::Plan, note, minutes: None };
    begun(&quinn, Step::ImprovementStaged(plan), None, None).await;
    for scores in [[2, 2, 3, 1, 3, 2], [2, 3, 3, 3, 2, 2]] {
        let areas = AssessmentSubmitted::AREAS.iter().map(|area| (*area).to_owned());
        let taken = AssessmentSubmitted {
            programme: "Homes".into(),
            scores: areas.zip(scores).collect(),
            notes: BTreeMap::new(),
            priorities: vec!["quality_observed".into(), "data_collected".into()],
        };
        begun(&quinn, Step::AssessmentSubmitted(taken), None, None).await;
    }
    sam.synced().await;
    quinn.synced().await;
    Begun { escalation, rights, visit, focus }
}

/// Opens a dialog, looks at it, closes it again.
async fn dialog(tour: &mut Tour, opens: &str, dialog: &str, screen: &str) {
    tap(&mut tour.device, opens).await;
    sees(&tour.device, dialog).await;
    tour.check(screen).await;
    key(&tour.device, "Escape", 27).await;
    gone(&tour.device, dialog).await;
}

pub async fn every_screen(language: &'static str) {
    let cast = cast().await;
    let begun = furnish(&cast).await;
    let follow = |id: Uuid| format!("/follow/{id}");
    let mut sam = tour(&cast.server, "Sam Rivera", "sam", language, false).await;
    sam.visit("/", "today", "today-forty").await;
    sam.visit(&follow(begun.visit), "follow", "visit-steps").await;
    dialog(&mut sam, "visit-personcontacted", "visit-dialog", "visit-dialog").await;
    sam.visit("/visit-at-risk", "visit", "visit").await;
    sam.visit("/on-call", "on-call", "on-call").await;
    sam.visit(&follow(begun.escalation), "follow", "escalation").await;
    dialog(&mut sam, "look-at-shift", "confirm", "confirm").await;
    sam.visit(&follow(begun.rights), "follow", "rights").await;
    dialog(&mut sam, "reflect", "reflect-dialog", "reflect").await;
    sam.visit(&format!("/coach?person={}&report=", cast.bo), "cycle-begin", "coach").await;
    let choose = "const select = document.querySelector('#cycle-standard');
        select.value = arguments[0];
        return select.dispatchEvent(new Event('change', {bubbles: true}))";
    for (class, competency) in
        [(Class::Shadow, "escalation"), (Class::Scenario, "welfare"), (Class::Shadow, "rights")]
    {
        let standard = by(&cast.ada, class, competency).await.standard.standard;
        sam.device.run(choose, vec![standard.to_string().into()]).await;
        sees(&sam.device, "cycle-open").await;
        sam.check(&format!("coach-{competency}")).await;
    }
    sam.visit(&follow(begun.focus), "follow", "focus-supervisor").await;
    sam.visit("/more", "more", "more").await;
    sam.device.close().await;
    let mut bo = tour(&cast.server, "Bo Lindqvist", "bo", language, false).await;
    bo.visit("/", "today", "today-staff").await;
    bo.visit(&follow(begun.escalation), "follow", "escalation-staff").await;
    bo.device.close().await;
    let mut quinn = tour(&cast.server, "Quinn Abara", "quinn", language, false).await;
    quinn.visit("/", "today", "today-quality").await;
    quinn.visit("/improve?programme=&area=", "improve", "improve").await;
    tap(&mut quinn.device, "improve-kind-handoff").await;
    quinn.check("improve-handoff").await;
    quinn.visit(&follow(begun.focus), "follow", "focus").await;
    dialog(&mut quinn, "improve-close", "improve-dialog", "improve-dialog").await;
    quinn.visit("/packs", "packs", "packs").await;
    quinn.visit("/pack/theme.escalation", "pack", "pack-theme").await;
    quinn.visit("/assessments", "assessments", "assessments").await;
    quinn.visit("/assess?programme=", "assess", "assess").await;
    quinn.device.close().await;
    sam.and(bo).and(quinn).tell();
}
