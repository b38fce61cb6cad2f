//! Every question there is, about everything that lines can name. A question that is added and not
//! asked here does not compile.

use chrono::NaiveDate;
use fieldproof::engine::api::{
    BeginFrom, CohortMeasure, DriftBehind, FollowUpFilter, FormKey, Lens, NewStep, OwedKind, PackExported,
    PackScope, RecordFilter, Request, SettingChange, ThemeOf,
};
use fieldproof::insight::measure::Measure;
use fieldproof::insight::period::Grain;
use fieldproof::practice::draft::{Content, Draft};
use fieldproof::practice::editing::Editing;
use fieldproof::practice::follow::{Category, Step};
use fieldproof::practice::record::Review;
use fieldproof::practice::rights::Role;
use fieldproof::practice::standard::{Class, StandardRef};
use fieldproof::record::Head;
use serde_json::json;
use uuid::Uuid;

use super::lines::{Lines, NORTH, PEOPLE, STANDARD};

macro_rules! names {
    ($($name:ident)*) => {
        /// All of them.
        pub const NAMES: &[&str] = &[$(stringify!($name)),*];

        pub fn name(request: &Request) -> &'static str {
            match request {
                $(Request::$name { .. } => stringify!($name),)*
            }
        }
    };
}

names! {
    Status Pair Unlock Lock ChangePin Forget Today People Person Sites Site Standards Standard StandardLog
    StandardDrafts StandardDraft BeginStandard SaveStandardDraft DiscardStandardDraft TryStandard
    PublishStandardDraft RetireStandard Records Record Drafts Draft Sync Tasks FollowUps FollowUp Step MakePack
    PackExported Packs Patterns Pattern Chain Retrain Drift DriftBehind Cohorts Timely Competencies Settings Chart
    Month Behind ThemeBehind Holds Tellings Begin BeginAmend SaveDraft DiscardDraft Finish Settle ReadTold Withdraw Return
    Answer Acknowledge Review AssignTask TaskDone TaskCancelled RenameOrg SetSettings SettingsView SetPerson SetSite PublishStandard PublishStarters
    MakePairing Owed Devices SyncNow Dismiss FormDraft SaveFormDraft SendForm BeginAll
}

fn id(text: &str) -> Uuid {
    text.parse().expect("an id")
}

/// `turn` lets every measure and method have its turn, so that one input does not ask all of them.
pub fn all(lines: &Lines, person: Uuid, turn: usize) -> Vec<Request> {
    let (site, standard) = (id(NORTH), StandardRef { standard: id(STANDARD), version: 1 });
    let mut asked = plain(person, turn);
    // Some of what was named, others each time.
    let mut about: Vec<Uuid> = lines.ids.iter().skip(turn % 3).step_by(3).copied().collect();
    about.extend([site, standard.standard, person, Uuid::nil(), Uuid::max()]);
    for of in &about {
        let of = *of;
        asked.extend([
            Request::Person { person: of },
            Request::Site { site: of },
            Request::Standard { standard: StandardRef { standard: of, version: 1 } },
            Request::StandardLog { standard: of },
            Request::StandardDraft { id: of },
            Request::Record { record: of },
            Request::Draft { draft: of },
            Request::FollowUp { id: of },
            Request::Pattern { report: of },
            Request::Chain { action: of },
            Request::Retrain { action: of },
            Request::ReadTold { event: of },
            Request::Tasks { site: Some(of) },
        ]);
    }
    let of = about[turn % about.len()];
    let lens = lens(turn);
    let day = |text: &str| text.parse::<NaiveDate>().expect("a day");
    let ends = [day("2026-01-01"), day("2026-11-28"), NaiveDate::MIN, NaiveDate::MAX];
    let (from, to) = (ends[turn % 4], ends[turn / 4 % 4]);
    let measure = Measure::ALL[turn % Measure::ALL.len()];
    let period = [24_323, 0, i32::MIN, i32::MAX][turn % 4];
    for scope in [
        PackScope::Person { person: id(PEOPLE[turn % 3]) },
        PackScope::Site { site },
        PackScope::Theme { competency: "medication".into(), site: None },
    ] {
        asked.push(Request::MakePack { scope, from, to });
    }
    let exported = PackExported {
        scope: PackScope::Site { site },
        from,
        to,
        fingerprint: Head::ZERO,
        lines: 1,
        names: false,
    };
    let item = Some((standard.standard, "read".to_owned()));
    asked.extend([
        Request::PackExported { what: exported },
        Request::DriftBehind { behind: DriftBehind { competency: "medication".into(), input: None, item } },
        Request::Chart { measure, lens: lens.clone() },
        Request::Month { back: [0, 1, u32::MAX][turn % 3], lens: lens.clone() },
        Request::Behind { measure, period, lens: lens.clone(), limit: [50, 0, u32::MAX][turn % 3] },
        Request::ThemeBehind {
            theme: ThemeOf {
                competency: "medication".into(),
                source: None,
                period,
                months: [1, 0, u32::MAX][turn % 3],
            },
            lens: lens.clone(),
            limit: [50, 0, u32::MAX][turn % 3],
        },
        Request::Holds { lens: lens.clone() },
        Request::Tellings { lens },
        Request::Withdraw { record: of, reason: "A mistake".into() },
        Request::Return { record: of, reason: "Who was there?".into() },
        Request::Answer { record: of, questions: vec![of], note: "Sam was".into() },
        Request::Acknowledge { record: of, note: String::new() },
        Request::Review { record: of, review: review() },
        Request::Settle { record: of, tips: vec![of], choices: Vec::new(), reason: "Agreed".into() },
        Request::AssignTask { task: of, owner: person },
        Request::TaskDone { task: of, note: String::new() },
        Request::TaskCancelled { task: of, note: String::new() },
        Request::BeginAmend { record: of, reason: "A typing error".into() },
        Request::RetireStandard { standard: of, reason: "Not used".into() },
        Request::Dismiss { seq: u64::from(u32::MAX), replica: of },
        Request::Step { step: Box::new(step(of)), site: Some(site), subject: Some(person) },
        Request::BeginAll {
            begun: vec![NewStep { step: step(of), site: Some(site), subject: Some(person) }],
        },
    ]);
    asked.push(Request::Today);
    asked
}

fn plain(person: Uuid, turn: usize) -> Vec<Request> {
    let (site, by) = (id(NORTH), StandardRef { standard: id(STANDARD), version: 1 });
    let none = Uuid::from_u128(0xd0);
    let wrong = || "000000".to_owned();
    let pairs = Request::Pair {
        server: "not an address".into(),
        code: String::new(),
        device_name: String::new(),
        platform: String::new(),
        pin: String::new(),
    };
    let draft = Draft {
        id: none,
        class: Class::Check,
        site: Some(site),
        subject: Some(person),
        content: Content::new(by),
        tasks: Vec::new(),
        item: None,
        begun_at: chrono::DateTime::default(),
        amends: None,
        corrects: None,
        trial: false,
    };
    let page = fieldproof::practice::starters::starters().swap_remove(0);
    let form = FormKey { person, form: "report".into(), about: "\u{202e}".repeat(turn) };
    vec![
        Request::Status,
        Request::Today,
        Request::People,
        Request::Sites,
        Request::Standards,
        Request::StandardDrafts,
        Request::Drafts,
        Request::Sync,
        Request::Tasks { site: None },
        Request::Records { filter: RecordFilter::default() },
        Request::FollowUps { filter: FollowUpFilter::default() },
        Request::FollowUps {
            filter: FollowUpFilter { open: true, site: Some(site), ..FollowUpFilter::default() },
        },
        Request::Packs,
        Request::Patterns { limit: [10, 0, u32::MAX][turn % 3] },
        Request::Drift,
        Request::Cohorts { measure: CohortMeasure::NotMet, competency: String::new() },
        Request::Cohorts { measure: CohortMeasure::Reports, competency: "medication".into() },
        Request::Timely { days: [90, 0, u32::MAX][turn % 3] },
        Request::Competencies,
        Request::Settings,
        Request::SettingsView,
        Request::Begin { standard: by, site: Some(site), subject: Some(person) },
        Request::SaveDraft { draft: Box::new(draft) },
        Request::Finish { draft: none },
        Request::DiscardDraft { draft: none },
        Request::SaveFormDraft { form: form.clone(), body: "{\"words\":".into() },
        Request::SendForm { form, request: Box::new(Request::TaskDone { task: none, note: String::new() }) },
        Request::FormDraft { form: "report".into(), about: "\u{202e}".repeat(turn) },
        Request::BeginStandard { from: BeginFrom::Next(by.standard) },
        Request::SaveStandardDraft { editing: Box::new(editing(&page)) },
        Request::TryStandard { id: none },
        Request::PublishStandardDraft { id: none, change: page.title.clone() },
        Request::DiscardStandardDraft { id: none },
        Request::PublishStandard { standard: Box::new(page) },
        Request::RenameOrg { name: "Willow Care".into() },
        Request::SetSettings {
            changes: vec![SettingChange {
                key: "pattern_days".into(),
                value: [serde_json::json!(45), serde_json::json!(-1), serde_json::json!(u64::MAX)][turn % 3]
                    .clone(),
                base: vec![none],
            }],
            reason: "x".into(),
        },
        Request::SetPerson {
            person: Some(person),
            name: "Bo".into(),
            role: Role::Staff,
            sites: vec![site],
            active: true,
        },
        Request::SetSite {
            site: Some(site),
            name: "North".into(),
            programme: "Home care".into(),
            active: true,
        },
        Request::MakePairing { person },
        Request::Devices,
        Request::Owed {
            kind: OwedKind::Report,
            next: turn.is_multiple_of(2),
            limit: [10, 0, u32::MAX][turn % 3],
        },
        Request::Owed { kind: OwedKind::Visit, next: turn % 2 == 1, limit: 100 },
        Request::SyncNow,
        pairs,
        Request::Unlock { profile: none, pin: wrong() },
        Request::ChangePin { old: "1".into(), new: wrong() },
        Request::Forget { profile: none },
        Request::Lock,
        Request::PublishStarters,
    ]
}

fn lens(turn: usize) -> Lens {
    Lens {
        programme: ["", "Home care"][turn % 2].into(),
        site: (turn.is_multiple_of(3)).then(|| id(NORTH)),
        competency: ["", "medication"][turn / 2 % 2].into(),
        category: [None, Some(Category::MissedVisit)][turn / 4 % 2],
        grain: Grain::ALL[turn % 2],
        periods: [0, 1, u32::MAX][turn % 3],
    }
}

fn review() -> Review {
    serde_json::from_value(json!({"outcome": "meets", "answers": {}, "feedback": "Well told"}))
        .expect("a review")
}

fn step(of: Uuid) -> Step {
    serde_json::from_value(json!({"cycle.closed": {"of": of, "outcome": "met", "note": ""}})).expect("a step")
}

fn editing(page: &fieldproof::practice::standard::Standard) -> Editing {
    let none = Uuid::from_u128(0xd0);
    serde_json::from_value(json!({"id": none, "standard": page, "begun_at": "2026-11-28T14:00:00Z"}))
        .expect("an editing")
}
