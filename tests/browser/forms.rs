//! Every form of the app: typed into, locked, unlocked, killed, opened – and all of it is there.
//!
//! The forms are those of `src/app/form/list.rs`, which a unit test holds against the source.

use std::collections::BTreeMap;

use chrono::{Days, Local, TimeDelta};
use fieldproof::engine::api::{Request, SettingChange, StandardRow};
use fieldproof::practice::draft::Shift;
use fieldproof::practice::follow::{
    ActionKind, ActionOpened, Category, Classified, CycleOpened, Evidence, Gap, ImprovementOpened,
    IncidentReported, Origin, ShiftOn, Step,
};
use fieldproof::practice::standard::Class;
use serde_json::json;
use uuid::Uuid;

use crate::cast::{Cast, cast, open, pair, unlock};
use crate::conflict::disputed;
use crate::device::{Device, PHONE};
use crate::form_list::{FORMS, Listed};
use crate::hands::{tap, write};
use crate::look::{at_rest, gone, is_there, sees, until};
use crate::screens_loop::{begun, by};
use crate::{fill, world};

/// What the pages are about, by the word that stands in their address.
type Ids = BTreeMap<&'static str, Uuid>;

async fn native(cast: &Cast, name: &str, person: &str) -> world::Device {
    let device = world::Device::start(cast.server.folder.path().join(name), cast.server.url());
    device.pair(&cast.server.code(person).await).await;
    device
}

fn incident(visit: bool) -> Step {
    let now = Local::now().fixed_offset();
    Step::IncidentReported(IncidentReported {
        near_miss: true,
        category: if visit { Category::MissedVisit } else { Category::Medication },
        happened_at: now,
        words: "Dose ready after the window; nobody was called".into(),
        person_code: "E-4".into(),
        competency: if visit { "visits" } else { "medication" }.into(),
        outcomes: Vec::new(),
        harm: None,
        record: None,
        visit_at: visit.then(|| now + TimeDelta::minutes(50)),
        practice_of: None,
    })
}

fn cycle(row: &StandardRow, shifts: Vec<ShiftOn>) -> Step {
    Step::CycleOpened(CycleOpened {
        standard: row.standard.standard,
        competency: row.competency.clone(),
        weakness: "Waited for the family before calling".into(),
        expected: "Calls in time".into(),
        evidence: row.cycle.evidence,
        due: Local::now().date_naive() + Days::new(14),
        origin: Origin::Hand,
        live_by: Vec::new(),
        shifts,
    })
}

/// Something of everything that a form can be about, written by devices without screens.
async fn furnish(cast: &Cast) -> Ids {
    let (sam, quinn) =
        (native(cast, "sam-lap", "Sam Rivera").await, native(cast, "quinn-lap", "Quinn Abara").await);
    let bo = native(cast, "bo-lap", "Bo Lindqvist").await;
    let (elm, today) = (Some(cast.elm), Local::now().date_naive());
    let mut ids = Ids::from([("bo", cast.bo), ("disputed", disputed(cast).await)]);
    ids.insert("check", sam.observe(Class::Check, cast.elm, Some(cast.bo), &[1]).await);
    ids.insert("scenario", bo.observe(Class::Scenario, cast.elm, None, &[]).await);
    bo.synced().await;
    ids.insert("visit", begun(&sam, incident(true), elm, None).await);
    let shift = |day| ShiftOn { day, shift: Shift::Late };
    let shifts = vec![shift(today - Days::new(1)), shift(today)];
    let call = by(&sam, Class::Shadow, "escalation").await;
    ids.insert("escalation", begun(&sam, cycle(&call, shifts), elm, Some(cast.bo)).await);
    let interaction = by(&sam, Class::Shadow, "rights").await;
    ids.insert("rights", begun(&sam, cycle(&interaction, Vec::new()), elm, Some(cast.bo)).await);
    let of = begun(&sam, incident(false), elm, None).await;
    ids.insert("incident", of);
    let classified = Step::Classified(Classified {
        of,
        base: Vec::new(),
        gap: Gap::Knowledge,
        competency: "medication".into(),
        category: None,
        note: "Nobody had shown it".into(),
    });
    begun(&sam, classified, None, None).await;
    sam.synced().await;
    quinn.refresh().await;

    let standard = by(&quinn, Class::Check, "medication").await.standard.standard;
    ids.insert("standard", standard);
    let action = Step::ActionOpened(ActionOpened {
        title: "When to call about a late dose".into(),
        kind: ActionKind::Retraining,
        gap: Gap::Knowledge,
        competency: "medication".into(),
        category: Some(Category::Medication),
        reports: vec![of],
        owner: cast.sam,
        due: today + Days::new(14),
        high_risk: false,
        standard: Some(standard),
        evidence: Evidence { validations: 1, live: 1, ..Evidence::default() },
        watch_days: 90,
        items: Vec::new(),
    });
    ids.insert("action", begun(&quinn, action, elm, None).await);
    let improvement = Step::ImprovementOpened(ImprovementOpened {
        title: "Better handoffs".into(),
        aim: "Every shift change has a handoff".into(),
        measure: "Handoffs of all shift changes".into(),
        standard: None,
        programme: "Homes".into(),
        baseline_from: today - Days::new(28),
        baseline_to: today,
        baseline: None,
        target: None,
        target_on: Some(today + Days::new(14)),
        area: String::new(),
        focus: None,
    });
    ids.insert("improvement", begun(&quinn, improvement, elm, None).await);
    quinn.synced().await;
    // Two set the same setting without knowing of each other.
    cast.ada.refresh().await;
    for (device, days) in [(&quinn, 45), (&cast.ada, 50)] {
        device.faults(|| world::Fault::LostRequest);
        let change = SettingChange { key: "pattern_days".into(), value: json!(days), base: Vec::new() };
        device.done(Request::SetSettings { changes: vec![change], reason: "Agreed".into() }).await;
    }
    for device in [&quinn, &cast.ada] {
        device.faults(|| world::Fault::None);
        device.synced().await;
    }
    ids
}

/// The address of a form's page.
fn page(form: &Listed, ids: &Ids) -> String {
    ids.iter()
        .fold(form.page.to_owned(), |page, (word, id)| page.replace(&format!("{{{word}}}"), &id.to_string()))
}

fn words(form: &Listed) -> String {
    format!("quizzical {}", form.form)
}

/// Goes to the form from Today, up to its field.
async fn reach(device: &mut Device, form: &Listed, ids: &Ids) {
    go(device, "/").await;
    sees(device, "today").await;
    go(device, &page(form, ids)).await;
    gone(device, "today").await;
    for step in form.taps {
        at_rest(device).await;
        // What was chosen on the way to the field was kept as well.
        if is_there(device, form.field).await {
            break;
        }
        tap(device, step).await;
    }
    sees(device, form.field).await;
}

async fn go(device: &Device, to: &str) {
    device.run("location.hash = arguments[0]", vec![json!(to)]).await;
}

/// Everything that was typed is in its field.
async fn all_there(device: &mut Device, forms: &[&Listed], ids: &Ids) {
    let script = "const [test, words] = arguments;
        return [...document.querySelectorAll(`[data-test='${test}'], [data-test='${test}'] textarea`)]
            .some((field) => (field.value || '').includes(words))";
    for form in forms {
        reach(device, form, ids).await;
        let what = format!("what was typed into {}", form.form);
        until(device, &what, script, vec![json!(form.field), json!(words(form))]).await;
        sees(device, "form-restored").await;
    }
}

pub async fn whatever_was_typed_into_any_form_is_there_after_a_lock_and_a_kill() {
    let cast = cast().await;
    let ids = furnish(&cast).await;
    for (who, person) in [("sam", "Sam Rivera"), ("quinn", "Quinn Abara"), ("ada", "Ada Okafor")] {
        let mut device = Device::new(who, PHONE).await;
        pair(&mut device, &cast.server, person).await;
        if who == "sam" {
            // The task that is cancelled.
            fill::handoff(&mut device, "Bo Lindqvist").await;
        }
        let forms: Vec<&Listed> = FORMS.iter().filter(|form| form.who == who).collect();
        for form in &forms {
            reach(&mut device, form, &ids).await;
            write(&mut device, form.field, &words(form)).await;
        }
        // Left in the middle of each, and back.
        all_there(&mut device, &forms, &ids).await;

        go(&device, "/more").await;
        tap(&mut device, "lock-now").await;
        sees(&device, "lock").await;
        let page = device.run("return document.documentElement.outerHTML", vec![]).await;
        assert!(
            !page.as_str().unwrap().contains("quizzical"),
            "what is typed is in the page behind the lock"
        );
        unlock(&mut device).await;
        all_there(&mut device, &forms, &ids).await;

        device.kill().await;
        device.launch().await;
        open(&mut device, &cast.server).await;
        unlock(&mut device).await;
        all_there(&mut device, &forms, &ids).await;
        device.close().await;
    }
}
