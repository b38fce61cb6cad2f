//! Every screen in a language, on phone and tablet, in light and dark: axe, and what can be measured
//! of UX.md. All that is wrong is told at the end, each fault once with the screens that have it.

use std::collections::BTreeMap;

use fieldproof::engine::api::{Reply, Request};
use fieldproof::practice::draft::{Answer, Mark};
use fieldproof::practice::follow::{
    Category, Classified, CycleOpened, CycleValidated, Evidence, Gap, IncidentReported, Mode, Origin,
    Outcome as FollowOutcome, RestrictionPlaced, Step,
};
use fieldproof::practice::record::{Outcome, Review};
use fieldproof::practice::standard::Class;
use fieldproof::sync::wire::Role;
use serde_json::json;
use uuid::Uuid;

use crate::axe::{Rules, finds, measures};
use crate::cast::{Cast, PIN, cast};
use crate::device::{Device, NARROW, PHONE, SMALL, TABLET};
use crate::hands::{key, paste, tap, tap_at, tap_in, write};
use crate::look::{gone, is_there, sees, until};
use crate::repeats;
use crate::server::Server;
use crate::world;

/// Forty people at one site, some of one name (UX 16).
const FIRST: [&str; 10] = ["Aisha", "Ben", "Chidi", "Dolores", "Esra", "Femi", "Grace", "Hana", "Ivo", "Jun"];
const LAST: [&str; 4] = ["Abernathy-Rodríguez", "Ng", "O'Sullivan", "Weatherford"];

pub struct Tour {
    pub device: Device,
    language: &'static str,
    wrong: BTreeMap<String, Vec<String>>,
}

impl Tour {
    /// Looks at the screen that is open now.
    pub async fn check(&mut self, screen: &str) {
        let language = self.language;
        let whole = language == "en";
        let device = &mut self.device;
        device.resize(PHONE).await;
        let mut wrong = finds(device, Rules::All).await;
        wrong.extend(measures(device, language, &["words", "targets", "width"]).await);
        device.picture(screen).await;
        device.prefers("dark").await;
        wrong.extend(finds(device, Rules::Colours).await);
        if whole {
            device.picture(&format!("{screen}-dark")).await;
        }
        device.prefers("light").await;
        device.run("document.documentElement.style.fontSize = '200%'", vec![]).await;
        wrong.extend(told("at 200 % text: ", measures(device, language, &["width"]).await));
        if whole {
            device.picture(&format!("{screen}-large")).await;
        }
        device.run("document.documentElement.style.fontSize = ''", vec![]).await;
        device.resize(NARROW).await;
        wrong.extend(told("at 320 px: ", measures(device, language, &["width"]).await));
        device.resize(SMALL).await;
        wrong.extend(told("at 360 × 640: ", measures(device, language, &["thumb"]).await));
        device.resize(TABLET).await;
        wrong.extend(told("tablet: ", measures(device, language, &["targets", "width"]).await));
        wrong.extend(told("tablet: ", finds(device, Rules::All).await));
        device.picture(&format!("{screen}-tablet")).await;
        if whole {
            device.prefers("dark").await;
            device.picture(&format!("{screen}-tablet-dark")).await;
            device.prefers("light").await;
        }
        device.resize(PHONE).await;
        if whole {
            // Last, because it scrolls.
            wrong.extend(measures(device, language, &["focus"]).await);
        }
        for fault in wrong {
            self.wrong.entry(fault).or_default().push(screen.to_owned());
        }
    }

    /// Goes to a place in the app and looks at it.
    pub async fn visit(&mut self, place: &str, test: &str, screen: &str) {
        self.go(place, test).await;
        self.check(screen).await;
    }

    async fn go(&mut self, place: &str, test: &str) {
        self.device.run("location.hash = arguments[0]", vec![json!(place)]).await;
        let at = "return document.querySelector(`.page[data-test='${arguments[0]}']`) && !document.querySelector(\"[data-test='asking']\")
                    && decodeURIComponent(location.hash) === '#' + arguments[1]";
        until(&self.device, test, at, vec![json!(test), json!(place)]).await;
    }

    /// Opens the first link that begins so, from the list that shows it.
    async fn follow(&mut self, list: &str, list_test: &str, test: &str, screen: &str) {
        self.go(list, list_test).await;
        let link = "const link = document.querySelector(`main a[href^='#${arguments[0]}/']`); return link && link.getAttribute('href').slice(1)";
        let place = until(&self.device, "a link", link, vec![json!(list)]).await;
        self.visit(place.as_str().unwrap(), test, screen).await;
    }

    /// Together with what was found on another device.
    #[must_use]
    pub fn and(mut self, other: Tour) -> Tour {
        for (fault, screens) in other.wrong {
            self.wrong.entry(fault).or_default().extend(screens);
        }
        self
    }

    pub fn tell(self) {
        let mut told = String::new();
        for (fault, screens) in &self.wrong {
            told += &format!("\n  {fault}\n      on {}", screens.join(", "));
        }
        assert!(told.is_empty(), "{} faults in {}:{told}", self.wrong.len(), self.language);
    }
}

fn told(before: &str, faults: Vec<String>) -> Vec<String> {
    faults.into_iter().map(|fault| format!("{before}{fault}")).collect()
}

/// Records in every state that a screen shows, written by devices without screens.
async fn furnish(cast: &Cast) {
    people(cast).await;
    let sam = native(cast, "sam-laptop", cast.sam).await;
    let bo = native(cast, "bo-laptop", cast.bo).await;
    let seen = sam.observe(Class::Check, cast.elm, Some(cast.bo), &[1]).await;
    sam.observe(Class::Shadow, cast.elm, Some(cast.bo), &[0, 3]).await;
    sam.observe(Class::Handoff, cast.elm, None, &[]).await;
    let reviewed = bo.observe(Class::Scenario, cast.elm, None, &[]).await;
    bo.observe(Class::Scenario, cast.elm, None, &[]).await;
    sam.synced().await;
    bo.refresh().await;
    bo.done(Request::Acknowledge { record: seen, note: "Heard, thank you".into() }).await;
    bo.synced().await;
    sam.refresh().await;
    let Reply::Record(view) = sam.ask(Request::Record { record: reviewed }).await else {
        panic!("no record")
    };
    follow_up(cast, &sam, seen).await;
    crate::conflict::disputed(cast).await;
    let items = view.standard.expect("its standard").review;
    let answers = items.into_iter().map(|item| (item.id, Answer::mark(Mark::Met))).collect();
    let feedback = "Clear. Say the threshold next time.".to_owned();
    sam.done(Request::Review {
        record: reviewed,
        review: Review { outcome: Outcome::Rework, answers, feedback },
    })
    .await;
    sam.synced().await;
}

/// Forty of them.
pub async fn people(cast: &Cast) {
    for (n, first) in FIRST.iter().enumerate() {
        for (m, last) in LAST.iter().enumerate() {
            // Two of the same name.
            let name = if (n, m) == (0, 3) { "Aisha Ng".to_owned() } else { format!("{first} {last}") };
            cast.ada.add_person(&name, Role::Staff, &[cast.elm]).await;
        }
    }
    cast.ada.synced().await;
}

/// A cycle with some of its evidence, a restriction, and an incident that must be reported.
async fn follow_up(cast: &Cast, sam: &world::Device, missed: Uuid) {
    let Reply::Record(view) = sam.ask(Request::Record { record: missed }).await else { panic!("no record") };
    let standard = view.row.standard.standard;
    let evidence = Evidence { validations: 2, live: 1, ..Evidence::default() };
    let step = |step, subject| Request::Step { step: Box::new(step), site: Some(cast.elm), subject };
    let opened = Step::CycleOpened(CycleOpened {
        standard,
        competency: "medication".into(),
        weakness: "Signs before the dose is given".into(),
        expected: "Signs after the dose was taken".into(),
        evidence,
        due: chrono::Local::now().date_naive(),
        origin: Origin::Miss { record: missed, items: vec!["signed".into()] },
        live_by: Vec::new(),
        shifts: Vec::new(),
    });
    let Reply::Written { id } = sam.ask(step(opened, Some(cast.bo))).await else { panic!("no cycle") };
    let record = sam.observe(Class::Check, cast.elm, Some(cast.bo), &[]).await;
    sam.done(step(Step::CycleValidated(CycleValidated { of: id, record, mode: Mode::Live }), None)).await;
    sam.observe(Class::Check, cast.elm, Some(cast.bo), &[]).await;
    sam.done(step(
        Step::RestrictionPlaced(RestrictionPlaced {
            duties: "No medication round alone".into(),
            why: "Three late doses in a week".into(),
            competency: "medication".into(),
            standard: Some(standard),
            evidence,
            items: Vec::new(),
            review_days: 7,
            action: None,
        }),
        Some(cast.bo),
    ))
    .await;
    let reported = step(
        Step::IncidentReported(IncidentReported {
            near_miss: false,
            category: Category::Medication,
            happened_at: chrono::Local::now().fixed_offset(),
            words: "Evening dose given at 22:40, person drowsy".into(),
            person_code: "E-4".into(),
            competency: String::new(),
            outcomes: vec![FollowOutcome::Hospital],
            harm: Some("F".into()),
            record: None,
            visit_at: None,
            practice_of: None,
        }),
        None,
    );
    let Reply::Written { id } = sam.ask(reported).await else { panic!("no incident") };
    let classified = Classified {
        of: id,
        base: Vec::new(),
        gap: Gap::Workflow,
        competency: "medication".into(),
        category: None,
        note: "Nobody owns the round after a swap".into(),
    };
    sam.done(step(Step::Classified(classified), None)).await;
    sam.synced().await;
}

pub async fn native(cast: &Cast, name: &str, person: uuid::Uuid) -> world::Device {
    let device = world::Device::start(cast.server.folder.path().join(name), cast.server.url());
    device.pair(&cast.ada.code_for(person).await).await;
    device
}

/// Pairs in the language, looking at each step on the way.
pub async fn tour(
    server: &Server,
    person: &str,
    name: &'static str,
    language: &'static str,
    look: bool,
) -> Tour {
    let device = Device::new(name, PHONE).await;
    let mut tour = Tour { device, language, wrong: BTreeMap::new() };
    tour.device.prefers("light").await;
    tour.device.goto(&server.link(&server.code(person).await)).await;
    sees(&tour.device, "pair").await;
    tap(&mut tour.device, &format!("language-{language}")).await;
    if look {
        tour.check("pair").await;
    }
    tap(&mut tour.device, "pair-next").await;
    sees(&tour.device, "pin-new").await;
    if look {
        tour.check("pair-pin").await;
    }
    paste(&mut tour.device, "pin-new", PIN).await;
    paste(&mut tour.device, "pin-again", PIN).await;
    tap(&mut tour.device, "pair-finish").await;
    sees(&tour.device, "today").await;
    until(
        &tour.device,
        "all synced",
        "return document.querySelector(\"[data-test='sync-chip'].tone-proven\")",
        vec![],
    )
    .await;
    tour
}

pub async fn every_screen(language: &'static str) {
    let cast = cast().await;
    furnish(&cast).await;
    let mut sam = tour(&cast.server, "Sam Rivera", "sam", language, true).await;
    places(&mut sam).await;
    filling(&mut sam).await;
    locked(&mut sam).await;
    sam.device.close().await;
    let mut ada = tour(&cast.server, "Ada Okafor", "ada", language, false).await;
    administration(&mut ada).await;
    ada.device.close().await;
    let second = native(&cast, "sam-second", cast.sam).await;
    repeats::furnish(&cast, &second).await;
    let mut quinn = tour(&cast.server, "Quinn Abara", "quinn", language, false).await;
    office(&mut quinn).await;
    quinn.device.close().await;
    let mut cy = tour(&cast.server, "Cy Marsh", "cy", language, false).await;
    nothing_yet(&mut cy).await;
    cy.device.close().await;
    sam.and(ada).and(quinn).and(cy).tell();
}

async fn places(sam: &mut Tour) {
    sam.visit("/", "today", "today").await;
    sam.visit("/records", "records", "records").await;
    let texts = sam.device.run("return [...document.querySelectorAll(\"main a[href^='#/records/']\")].map((a) => a.getAttribute('href').slice(1))", vec![]).await;
    for (n, place) in texts.as_array().unwrap().iter().take(5).enumerate() {
        sam.visit(place.as_str().unwrap(), "record", &format!("record-{n}")).await;
    }
    if is_there(&sam.device, "withdraw").await {
        tap(&mut sam.device, "withdraw").await;
        sees(&sam.device, "act").await;
        tap(&mut sam.device, "act-send").await;
        sam.check("withdraw").await;
        // Esc closes it, and the focus is back where it was.
        key(&sam.device, "Escape", 27).await;
        gone(&sam.device, "act").await;
        let back = "return document.activeElement?.dataset.test === 'withdraw'";
        until(&sam.device, "the focus to be back", back, vec![]).await;
    }
    sam.go("/", "today").await;
    tap(&mut sam.device, "owe-review").await;
    sees(&sam.device, "review").await;
    tap(&mut sam.device, "outcome-meets").await;
    sam.check("review").await;
    sam.go("/", "today").await;
    tap(&mut sam.device, "owe-conflict").await;
    sees(&sam.device, "conflict").await;
    sam.check("record-in-dispute").await;
    tap(&mut sam.device, "go-settle").await;
    sees(&sam.device, "settle-0").await;
    tap(&mut sam.device, "settle-0-0").await;
    sam.check("settle").await;
    follows(sam).await;
    sam.visit("/tasks", "tasks-page", "tasks").await;
    sam.visit("/people", "people", "people").await;
    sam.follow("/people", "people", "person", "person").await;
    sam.visit("/sites", "sites", "sites").await;
    sam.follow("/sites", "sites", "site", "site").await;
    sam.visit("/standards", "standards", "standards").await;
    sam.follow("/standards", "standards", "standard", "standard").await;
    sam.visit("/sync", "sync", "sync").await;
    sam.visit("/devices", "devices", "devices").await;
    sam.visit("/more", "more", "more").await;
    sam.visit("/nowhere", "not-found", "not-found").await;
}

async fn follows(sam: &mut Tour) {
    sam.visit("/follow", "follows", "follow").await;
    let places = sam.device.run("return [...document.querySelectorAll(\"main a[href^='#/follow/']\")].map((a) => a.getAttribute('href').slice(1))", vec![]).await;
    let places: Vec<String> =
        places.as_array().unwrap().iter().map(|place| place.as_str().unwrap().to_owned()).collect();
    assert_eq!(places.len(), 3, "a cycle, a restriction, an incident");
    for (n, place) in places.iter().enumerate() {
        sam.visit(place, "follow", &format!("follow-{n}")).await;
        if is_there(&sam.device, "act-classify").await {
            tap(&mut sam.device, "act-classify").await;
            sees(&sam.device, "follow-act").await;
            tap(&mut sam.device, "follow-act-send").await;
            sam.check("classify").await;
            key(&sam.device, "Escape", 27).await;
            gone(&sam.device, "follow-act").await;
        }
    }
    sam.visit("/report", "report", "report").await;
    tap(&mut sam.device, "report-kind-incident").await;
    sam.check("report-incident").await;
    sam.go("/records", "records").await;
    tap_at(&mut sam.device, "[data-test='record-row']", "Bo").await;
    sees(&sam.device, "open-cycle").await;
    tap(&mut sam.device, "open-cycle").await;
    sees(&sam.device, "cycle-open").await;
    sam.check("cycle-begin").await;
    sam.go("/people", "people").await;
    tap_at(&mut sam.device, "main a[href^='#/people/']", "Bo Lindqvist").await;
    sees(&sam.device, "restrict-person").await;
    sam.check("person-followed").await;
    tap(&mut sam.device, "restrict-person").await;
    sees(&sam.device, "restrict-place").await;
    tap(&mut sam.device, "restrict-place").await;
    sam.check("restrict").await;
    sam.go("/more", "more").await;
    tap(&mut sam.device, "change-pin").await;
    sees(&sam.device, "pin-form").await;
    sam.check("change-pin").await;
}

async fn filling(sam: &mut Tour) {
    sam.visit("/begin/check?person=&site=", "begin", "begin").await;
    tap_at(
        &mut sam.device,
        "[data-test='standard'] label",
        if sam.language == "en" { "Medication" } else { "medicamentos" },
    )
    .await;
    tap_at(&mut sam.device, "[data-test^='pick-']", "Aisha Ng").await;
    sees(&sam.device, "fill").await;
    sam.check("check").await;
    tap_in(&mut sam.device, "item-mar", "mark-met").await;
    tap_in(&mut sam.device, "item-right", "mark-not-met").await;
    tap(&mut sam.device, "finish").await;
    sees(&sam.device, "open-points").await;
    sam.check("check-open-points").await;
    tap_in(&mut sam.device, "item-right", "coach-now").await;
    sees(&sam.device, "coach").await;
    sam.check("coach").await;
    write(&mut sam.device, "coach-said", "…").await;
    tap(&mut sam.device, "coach-keep").await;
    for item in ["signed", "refusal", "effects", "variance"] {
        tap_in(&mut sam.device, &format!("item-{item}"), "mark-not-seen").await;
    }
    tap(&mut sam.device, "discard").await;
    sees(&sam.device, "discard-dialog").await;
    sam.check("discard").await;
    tap(&mut sam.device, "discard-dialog-cancel").await;
    tap(&mut sam.device, "finish").await;
    sees(&sam.device, "done-saved").await;
    sam.check("done").await;

    sam.go("/begin/shadow?person=&site=", "begin").await;
    tap_at(
        &mut sam.device,
        "[data-test='standard'] label",
        if sam.language == "en" { "Respectful" } else { "espet" },
    )
    .await;
    tap_at(&mut sam.device, "[data-test^='pick-']", "Bo Lindqvist").await;
    sees(&sam.device, "fill").await;
    sam.check("shadow-consent").await;
    tap(&mut sam.device, "step-next").await;
    sam.check("shadow-step").await;
    tap(&mut sam.device, "list").await;
    sees(&sam.device, "step-list").await;
    sam.check("shadow-list").await;

    sam.go("/begin/handoff?person=&site=", "begin").await;
    tap(&mut sam.device, "begin-now").await;
    sees(&sam.device, "fill").await;
    tap_at(&mut sam.device, "[data-test='choice-told']", "").await;
    tap_in(&mut sam.device, "item-triggers", "choice-unknown").await;
    sees(&sam.device, "find-out").await;
    tap(&mut sam.device, "add-task").await;
    sam.check("handoff").await;
    sam.visit("/", "today", "today-with-drafts").await;
}

async fn locked(sam: &mut Tour) {
    sam.go("/more", "more").await;
    tap(&mut sam.device, "lock-now").await;
    sees(&sam.device, "lock").await;
    paste(&mut sam.device, "pin", "000000").await;
    until(&sam.device, "that it is wrong", "return document.querySelector('#pin-error')", vec![]).await;
    sam.check("lock-wrong-pin").await;
}

async fn administration(ada: &mut Tour) {
    ada.visit("/", "today", "admin-today").await;
    ada.visit("/admin/person/new", "admin-person", "admin-person").await;
    ada.visit("/admin/site/new", "admin-site", "admin-site").await;
    ada.visit("/admin/org", "admin-org", "admin-org").await;
    ada.go("/people", "people").await;
    let link = "const link = document.querySelector(\"main a[href^='#/people/']\"); return link && link.getAttribute('href').slice(1)";
    let place = until(&ada.device, "a person", link, vec![]).await;
    ada.go(place.as_str().unwrap(), "person").await;
    tap(&mut ada.device, "make-pairing").await;
    sees(&ada.device, "pairing-qr").await;
    ada.check("admin-pairing").await;
}

/// What a quality lead opens.
async fn office(quinn: &mut Tour) {
    quinn.visit("/", "today", "quality-today").await;
    quinn.go("/follow", "follows").await;
    tap_at(&mut quinn.device, "[data-test='follow-row']", "22:40").await;
    sees(&quinn.device, "open-action").await;
    tap(&mut quinn.device, "open-action").await;
    sees(&quinn.device, "action-open").await;
    tap(&mut quinn.device, "action-kind-retraining").await;
    sees(&quinn.device, "action-misses").await;
    quinn.check("action").await;
    insight(quinn).await;
    standards(quinn).await;
}

/// Charts, the month, what holds, items that never tell.
async fn insight(quinn: &mut Tour) {
    quinn.visit("/insight", "insight", "insight").await;
    tap_at(&mut quinn.device, "[data-test='insight-narrow'] summary", "").await;
    tap(&mut quinn.device, "insight-grain-week").await;
    sees(&quinn.device, "plot-table").await;
    quinn.check("insight-weeks").await;
    tap_at(&mut quinn.device, "[data-test='plot-row']", "").await;
    sees(&quinn.device, "behind-count").await;
    quinn.check("behind").await;
    quinn.visit("/insight/month/0", "month", "month-running").await;
    quinn.visit("/insight/month/1", "month", "month").await;
    tap(&mut quinn.device, "month-review").await;
    sees(&quinn.device, "month-review-dialog").await;
    quinn.check("month-review").await;
    key(&quinn.device, "Escape", 27).await;
    gone(&quinn.device, "month-review-dialog").await;
    quinn.visit("/insight/holds", "holds", "holds").await;
    quinn.visit("/insight/items", "items", "items").await;
    repeats::look(quinn).await;
}

/// Writing a standard, from its list to trying it out.
async fn standards(quinn: &mut Tour) {
    quinn.visit("/standards", "standards", "quality-standards").await;
    quinn.visit("/standards/new", "standard-new", "standard-new").await;
    quinn.follow("/standards", "standards", "standard", "quality-standard").await;
    tap(&mut quinn.device, "retire").await;
    sees(&quinn.device, "retire-dialog").await;
    tap(&mut quinn.device, "retire-send").await;
    quinn.check("standard-retire").await;
    key(&quinn.device, "Escape", 27).await;
    gone(&quinn.device, "retire-dialog").await;
    tap(&mut quinn.device, "write-next").await;
    sees(&quinn.device, "publish").await;
    tap_in(&mut quinn.device, "edit-item-0", "item-open").await;
    sees(&quinn.device, "item-remove").await;
    quinn.check("standard-edit").await;
    tap(&mut quinn.device, "publish").await;
    sees(&quinn.device, "publish-dialog").await;
    quinn.check("standard-publish").await;
    key(&quinn.device, "Escape", 27).await;
    gone(&quinn.device, "publish-dialog").await;
    tap(&mut quinn.device, "try-out").await;
    sees(&quinn.device, "trial").await;
    quinn.check("standard-trial").await;
}

/// Somebody's first day: nothing owed, nothing recorded.
async fn nothing_yet(cy: &mut Tour) {
    cy.visit("/records", "records", "records-none").await;
    cy.visit("/tasks", "tasks-page", "tasks-none").await;
    cy.visit("/sync", "sync", "sync-none").await;
}
