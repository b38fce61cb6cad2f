//! Who plays: Ada administers, Quinn leads quality, Sam supervises Elm House, Bo and Cy work there.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset};
use fieldproof::engine::api::{
    FollowUpFilter, FollowUpView, Owed, RecordFilter, Reply, Request, SettingChange, SettingsView,
    StandardRow, Today,
};
use fieldproof::practice::draft::{Answer, Mark};
use fieldproof::practice::follow::{
    ActionClosed, ActionUpdated, Category, Class as Follows, IncidentReported, Step, Wanting,
};
use fieldproof::practice::record::{Outcome, Review};
use fieldproof::practice::settings::single::expected_key;
use fieldproof::practice::standard::{Class, Item};
use fieldproof::sync::wire::Role;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::world::{Device, World};

pub struct Cast {
    pub world: World,
    pub ada: Device,
    pub sam: Device,
    pub bo: Device,
    pub quinn: Device,
    pub elm: Uuid,
    pub sam_id: Uuid,
    pub bo_id: Uuid,
    pub cy_id: Uuid,
}

pub async fn cast() -> Cast {
    let world = World::begin().await;
    let ada = world.paired("ada", &world.admin_code).await;
    ada.done(Request::PublishStarters).await;
    let elm = ada.add_site("Elm House").await;
    let sam_id = ada.add_person("Sam", Role::Supervisor, &[elm]).await;
    let bo_id = ada.add_person("Bo", Role::Staff, &[elm]).await;
    let cy_id = ada.add_person("Cy", Role::Staff, &[elm]).await;
    let quinn_id = ada.add_person("Quinn", Role::Quality, &[]).await;
    ada.synced().await;
    let sam = world.paired("sam", &ada.code_for(sam_id).await).await;
    let bo = world.paired("bo", &ada.code_for(bo_id).await).await;
    let quinn = world.paired("quinn", &ada.code_for(quinn_id).await).await;
    Cast { world, ada, sam, bo, quinn, elm, sam_id, bo_id, cy_id }
}

/// A late dose that reached nobody, or something like it of another practice.
pub fn near_miss(happened_at: DateTime<FixedOffset>, competency: &str) -> Step {
    Step::IncidentReported(IncidentReported {
        near_miss: true,
        category: if competency == "medication" { Category::Medication } else { Category::Handoff },
        happened_at,
        words: "Dose ready after the window; nobody was called".into(),
        person_code: "E-4".into(),
        competency: competency.into(),
        outcomes: Vec::new(),
        harm: None,
        record: None,
        visit_at: None,
        practice_of: None,
    })
}

/// An action was carried out.
pub fn carried_out(of: Uuid, note: &str) -> Step {
    Step::ActionUpdated(ActionUpdated { of, note: note.into(), done: true, record: None, mode: None })
}

/// An action that was carried out is closed.
pub fn closed(of: Uuid, note: &str) -> Step {
    Step::ActionClosed(ActionClosed { of, note: note.into(), not_carried_out: false })
}

impl Device {
    /// Writes a step that nothing is wanting for.
    pub async fn step(&self, step: Step, site: Option<Uuid>, subject: Option<Uuid>) -> Uuid {
        match self.ask(Request::Step { step: Box::new(step), site, subject }).await {
            Reply::Written { id } => id,
            other => panic!("{other:?}"),
        }
    }

    /// Goes on with something.
    pub async fn goes_on(&self, step: Step) -> Uuid {
        self.step(step, None, None).await
    }

    /// What is wanting for a step.
    pub async fn wanting(&self, step: Step) -> Wanting {
        self.wanting_of(step, None, None).await
    }

    /// What is wanting for a step that begins something.
    pub async fn wanting_of(&self, step: Step, site: Option<Uuid>, subject: Option<Uuid>) -> Wanting {
        match self.ask(Request::Step { step: Box::new(step), site, subject }).await {
            Reply::Wanting(wanting) => wanting,
            other => panic!("{other:?}"),
        }
    }

    pub async fn follow_up(&self, id: Uuid) -> FollowUpView {
        match self.ask(Request::FollowUp { id }).await {
            Reply::FollowUp(view) => *view,
            other => panic!("{other:?}"),
        }
    }

    /// How many of a class this device knows.
    pub async fn count(&self, class: Follows) -> usize {
        let filter = FollowUpFilter { classes: vec![class], ..FollowUpFilter::default() };
        match self.ask(Request::FollowUps { filter }).await {
            Reply::FollowUps(rows) => rows.len(),
            other => panic!("{other:?}"),
        }
    }

    pub async fn today(&self) -> Today {
        match self.ask(Request::Today).await {
            Reply::Today(today) => *today,
            other => panic!("{other:?}"),
        }
    }

    /// Whether Today asks for this.
    pub async fn owes(&self, id: Uuid) -> bool {
        self.today().await.owed.iter().any(|owed| match owed {
            Owed::FollowUp { row } | Owed::Recheck { row, .. } | Owed::Report { row, .. } => {
                row.follow.id == id
            }
            _ => false,
        })
    }

    /// The standard that [`Device::observe`] fills for a class.
    pub async fn standard_of(&self, class: Class) -> (Uuid, String) {
        match self.ask(Request::Standards).await {
            Reply::Standards(rows) => rows
                .into_iter()
                .find(|row| row.class == class)
                .map(|row| (row.standard.standard, row.competency))
                .unwrap(),
            other => panic!("{other:?}"),
        }
    }

    pub async fn standard_row(&self, id: Uuid) -> StandardRow {
        match self.ask(Request::Standards).await {
            Reply::Standards(rows) => rows.into_iter().find(|row| row.standard.standard == id).unwrap(),
            other => panic!("{other:?}"),
        }
    }

    /// Reviews a note or scenario note, all its review items met.
    pub async fn review(&self, note: Uuid, outcome: Outcome) {
        self.review_with(note, outcome, &[]).await;
    }

    /// The same, with these review items not met.
    pub async fn review_with(&self, note: Uuid, outcome: Outcome, missed: &[usize]) {
        let Reply::Record(view) = self.ask(Request::Record { record: note }).await else { panic!() };
        let items = view.standard.unwrap().review;
        let mark = |place: usize| if missed.contains(&place) { Mark::NotMet } else { Mark::Met };
        let marked = |(place, item): (usize, &Item)| (item.id.clone(), Answer::mark(mark(place)));
        let answers: BTreeMap<String, Answer> = items.iter().enumerate().map(marked).collect();
        let review = Review { outcome, answers, feedback: "Say what you did next".into() };
        self.done(Request::Review { record: note, review }).await;
    }

    pub async fn settings(&self) -> SettingsView {
        match self.ask(Request::SettingsView).await {
            Reply::SettingsView(view) => *view,
            other => panic!("{other:?}"),
        }
    }

    /// Changes settings of the organisation, on top of what `seen` shows.
    pub async fn decides_on(&self, seen: &SettingsView, changes: &[(&str, Value)]) {
        let changes = changes.iter().map(|(key, value)| SettingChange {
            key: (*key).to_owned(),
            value: value.clone(),
            base: seen.known.get(*key).cloned().unwrap_or_default(),
        });
        let reason = "Agreed in October".into();
        self.done(Request::SetSettings { changes: changes.collect(), reason }).await;
    }

    /// The same on top of what this device shows now.
    pub async fn decides(&self, changes: &[(&str, Value)]) {
        self.decides_on(&self.settings().await, changes).await;
    }

    /// Everybody is observed by a standard so many times within so many days.
    pub async fn expects(&self, standard: Uuid, times: u32, days: u32) {
        self.decides(&[(&expected_key(standard), json!({"times": times, "days": days}))]).await;
    }

    pub async fn knows_record(&self, record: Uuid) -> bool {
        match self.ask(Request::Records { filter: RecordFilter::default() }).await {
            Reply::Records(rows) => rows.iter().any(|row| row.id == record),
            other => panic!("{other:?}"),
        }
    }
}
