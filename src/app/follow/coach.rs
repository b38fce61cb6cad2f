//! A coaching cycle opened: who, which standard, what evidence, when it is followed up. By hand about
//! a person, from an incident or signal, or (`cycle`) from a record.
//!
//! Invariant: what the standard says of coaching on it stands there before anyone chooses; where it
//! asks for real practice, that cannot be chosen away.

use chrono::{Datelike, Days, NaiveDate, Weekday};
use dioxus::prelude::*;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::begun::begin_from;
use crate::app::ask::use_ask;
use crate::app::form::{self, Top, Wrong, use_form};
use crate::app::i18n::{t, t_args};
use crate::app::route::Route;
use crate::app::state::{id_of, use_app};
use crate::app::today::join;
use crate::app::ui::{Banner, Button, Fault, Field, Ico, Page, Pick, Pills, Select, Ticks, Tone, show};
use crate::app::{names, when};
use crate::engine::api::{FollowUpView, PersonRow, Request, StandardRow};
use crate::practice::clock;
use crate::practice::draft::Shift;
use crate::practice::follow::{About, ActionKind, CycleOpened, Evidence, Gap, Origin, ShiftOn, Step};
use crate::practice::standard::Class;

/// Two weeks (DOMAIN C3).
const WITHIN: u32 = 14;
const WEEK: [Weekday; 7] =
    [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];

/// What is known when a cycle is begun.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Seed {
    pub person: Option<Uuid>,
    pub site: Option<Uuid>,
    pub standard: Option<Uuid>,
    pub competency: String,
    pub weakness: String,
    pub expected: String,
    pub origin: Origin,
    /// Of the report that it answers.
    pub gap: Option<Gap>,
}

/// What is agreed with one standard, where it is not what is usual.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Agreed {
    standard: Uuid,
    checks: u32,
    live: u32,
    notes: u32,
    due: String,
    site: String,
    days: Vec<String>,
    shift: Option<Shift>,
}

impl Seed {
    /// Whether coaching alone does not answer what happened: the way of working, or who is answerable,
    /// has to change as well (DOMAIN B4).
    fn misses(&self) -> bool {
        self.gap.is_some_and(|gap| ActionKind::Retraining.misses(gap))
    }
}

#[component]
pub fn CoachPage(person: String, report: String) -> Element {
    let title = t("cycle-title");
    match (id_of(&report), id_of(&person)) {
        (Some(report), _) => rsx! { FromReport { key: "{report}", report } },
        (None, Some(person)) => rsx! {
            Page { title, back: Route::PersonPage { id: person.to_string() }, test: "cycle-begin",
                Form { key: "{person}", seed: Seed { person: Some(person), ..Seed::default() } }
            }
        },
        (None, None) => rsx! {
            Page { title, back: Route::FollowsPage {}, test: "cycle-begin", Form { seed: Seed::default() } }
        },
    }
}

#[component]
fn FromReport(report: Uuid) -> Element {
    let asked = use_ask::<FollowUpView>(Request::FollowUp { id: report });
    rsx! {
        Page { title: t("cycle-title"), back: Route::FollowPage { id: report.to_string() }, test: "cycle-begin",
            {show(&asked, |view| {
                let follow = &view.follow;
                let (words, gap) = match &follow.about {
                    About::Report(known) => (known.words.clone(), known.gap),
                    _ => (String::new(), None),
                };
                let seed = Seed {
                    person: follow.subject,
                    site: follow.site,
                    competency: follow.competency().to_owned(),
                    weakness: words,
                    origin: Origin::Report { report },
                    gap,
                    ..Seed::default()
                };
                rsx! { Form { seed } }
            })}
        }
    }
}

/// Loads what can be chosen.
#[component]
pub fn Form(seed: Seed) -> Element {
    let people = use_ask::<Vec<PersonRow>>(Request::People);
    let standards = use_ask::<Vec<StandardRow>>(Request::Standards);
    rsx! {
        {show(&people, |people| rsx! {
            {show(&standards, |standards| rsx! {
                Choose { seed: seed.clone(), people: people.clone(), standards: standards.clone() }
            })}
        })}
    }
}

#[component]
fn Choose(seed: Seed, people: Vec<PersonRow>, standards: Vec<StandardRow>) -> Element {
    let app = use_app();
    let me = app.me();
    let own_sites: Vec<Uuid> = me.iter().flat_map(|me| me.sites.iter().map(|site| site.site)).collect();
    let people: Vec<PersonRow> = people
        .into_iter()
        .filter(|row| row.active && me.as_ref().is_none_or(|me| me.person != row.person))
        .filter(|row| seed.site.is_none_or(|site| row.sites.iter().any(|one| one.site == site)))
        .filter(|row| row.sites.iter().any(|site| own_sites.contains(&site.site)))
        .collect();
    let standards: Vec<StandardRow> =
        standards.into_iter().filter(|row| !row.retired && row.class != Class::Handoff).collect();
    let likely =
        standards.iter().find(|row| !seed.competency.is_empty() && row.competency == seed.competency);
    let first = seed.standard.or_else(|| likely.map(|row| row.standard.standard));
    let mut person = use_signal(|| seed.person.map(|id| id.to_string()).unwrap_or_default());
    let mut standard = use_signal(|| first.map(|id| id.to_string()).unwrap_or_default());
    // Words stay when another standard is chosen.
    let weakness = use_signal(|| seed.weakness.clone());
    let expected = use_signal(|| seed.expected.clone());
    // What is agreed with a standard begins anew with each.
    let agreed = use_signal(|| None::<Agreed>);
    let about = match &seed.origin {
        Origin::Report { report: id } | Origin::Miss { record: id, .. } => Some(*id),
        _ => seed.person,
    };
    let form = use_form("cycle", &about.map(|id| id.to_string()).unwrap_or_default());
    form.keeps("person", person);
    form.keeps("standard", standard);
    form.keeps("weakness", weakness);
    form.keeps("expected", expected);
    form.keeps("agreed", agreed);
    let mut nobody = Wrong::default();
    if person().is_empty() {
        nobody.say("cycle-person", t("loop-who-missing"));
    }
    let nobody = form.shown(&nobody).at("cycle-person");
    let found = standards.iter().find(|row| row.standard.standard.to_string() == standard());
    let person_picks: Vec<Pick> =
        people.iter().map(|row| Pick::new(row.person.to_string(), row.shown.clone())).collect();
    let standard_picks: Vec<Pick> = standards
        .iter()
        .map(|row| {
            let title = join([names::text(&row.title), names::class(row.class)]);
            Pick::new(row.standard.standard.to_string(), title)
        })
        .collect();
    let sites: Vec<Pick> = people
        .iter()
        .filter(|row| row.person.to_string() == person())
        .flat_map(|row| row.sites.iter().filter(|site| own_sites.contains(&site.site)))
        .map(|site| Pick::new(site.site.to_string(), site.shown.clone()))
        .collect();
    rsx! {
        p { class: "hint", {t("cycle-hint")} }
        Top { form }
        if seed.misses() {
            Banner { tone: Tone::Missed, icon: Ico::Warn, title: t("action-misses"), text: t("action-misses-hint"), test: "cycle-misses" }
        }
        if seed.person.is_none() {
            Select { label: t("loop-who"), id: "cycle-person", error: nobody, none: t("loop-who-none"), chosen: person(), picks: person_picks,
                onchoose: move |chosen: String| person.set(chosen) }
        }
        if !matches!(seed.origin, Origin::Miss { .. }) {
            Select { label: t("loop-standard"), id: "cycle-standard", none: t("restrict-standard-none"), chosen: standard(), picks: standard_picks,
                onchoose: move |chosen: String| standard.set(chosen) }
        }
        if let Some(found) = found.cloned() {
            Agree { key: "{found.standard.standard} {form.turn()}", seed, row: found, person: person().parse().ok(), sites, weakness, expected, agreed, form }
        }
    }
}

/// What is agreed, once the standard is known.
#[component]
fn Agree(
    seed: Seed,
    row: StandardRow,
    person: Option<Uuid>,
    sites: Vec<Pick>,
    weakness: Signal<String>,
    expected: Signal<String>,
    agreed: Signal<Option<Agreed>>,
    form: form::Form,
) -> Element {
    let (mut weakness, mut expected, mut agreed) = (weakness, expected, agreed);
    let navigator = use_navigator();
    let plan = row.cycle.clone();
    let written = row.class.is_reviewed();
    let default = |planned: u32, usual: u32| if planned > 0 { planned } else { usual };
    // What is only ever played through or read at a desk shows no real practice, unless another standard
    // stands for it.
    let can_be_live = row.setting.can_be_live() || !plan.live_by.is_empty();
    let today = when::now().date_naive();
    let usual = Agreed {
        standard: row.standard.standard,
        checks: default(plan.evidence.validations, 2),
        live: if can_be_live { default(plan.evidence.live, 1) } else { 0 },
        notes: default(plan.evidence.notes, 2),
        due: today.checked_add_days(Days::new(WITHIN.into())).unwrap_or(today).to_string(),
        site: String::new(),
        days: Vec::new(),
        shift: None,
    };
    let first = use_hook(|| {
        let kept = agreed.peek().clone().filter(|kept| kept.standard == usual.standard);
        kept.unwrap_or_else(|| usual.clone())
    });
    let (mut checks, mut live) = (use_signal(|| first.checks), use_signal(|| first.live));
    let (mut notes, mut due) = (use_signal(|| first.notes), use_signal(|| first.due.clone()));
    let (mut site, mut days) = (use_signal(|| first.site.clone()), use_signal(|| first.days.clone()));
    let mut shift = use_signal(|| first.shift);
    use_effect(move || {
        let now = Agreed {
            standard: usual.standard,
            checks: checks(),
            live: live(),
            notes: notes(),
            due: due(),
            site: site(),
            days: days(),
            shift: shift(),
        };
        agreed.set((now != usual).then_some(now));
    });
    let scheduled = shift().map_or_else(Vec::new, |shift| schedule(today, &days(), shift));
    let seeded = seed.clone();
    let known = plan.clone();
    let by = row.clone();
    let only = sites.first().map(|site| site.value.clone()).unwrap_or_default();
    let place = seed.site.or_else(|| if site().is_empty() { only.parse().ok() } else { site().parse().ok() });
    let until = clock::day(&due());
    let mut wrong = Wrong::default();
    if person.is_none() || place.is_none() {
        wrong.say("cycle-person", t("loop-who-missing"));
    }
    wrong.unsaid("cycle-weakness", &weakness());
    wrong.unsaid("cycle-expected", &expected());
    if plan.shifts && scheduled.is_empty() {
        wrong.say("cycle-days", t("loop-shifts-missing"));
    }
    if until.is_none_or(|until| until < today) {
        wrong.say("cycle-due", t("loop-due-past"));
    }
    let shown = form.shown(&wrong);
    let nowhere = if person.is_some() { shown.at("cycle-person") } else { String::new() };
    let send = move |()| {
        let (false, Some(person), Some(place), Some(due)) = (form.refuses(&wrong), person, place, until)
        else {
            return;
        };
        let shifts = match *shift.peek() {
            Some(shift) if known.shifts => schedule(today, &days.peek(), shift),
            _ => Vec::new(),
        };
        let (validations, of_them_live) = if written {
            (known.evidence.validations, known.evidence.live)
        } else {
            (*checks.peek(), (*live.peek()).min(*checks.peek()))
        };
        let evidence = Evidence {
            validations,
            live: of_them_live,
            notes: if written { *notes.peek() } else { 0 },
            ..known.evidence
        };
        let competency =
            if seeded.competency.is_empty() { by.competency.clone() } else { seeded.competency.clone() };
        let step = Step::CycleOpened(CycleOpened {
            standard: by.standard.standard,
            competency,
            weakness: weakness.peek().trim().to_owned(),
            expected: expected.peek().trim().to_owned(),
            evidence,
            due,
            origin: seeded.origin.clone(),
            live_by: known.live_by.clone(),
            shifts,
        });
        begin_from(form, step, Some(place), Some(person), move |id| {
            drop(navigator.replace(Route::FollowPage { id: id.to_string() }));
        });
    };
    let numbers = |of: &[u32]| of.iter().map(|n| Pick::new(n.to_string(), n.to_string())).collect::<Vec<_>>();
    let least = u32::from(plan.evidence.live > 0);
    let most = if can_be_live { checks().min(5) } else { 0 };
    let live_picks = numbers(&(least..=most).collect::<Vec<_>>());
    rsx! {
        if !nowhere.is_empty() { Fault { text: nowhere } }
        if sites.len() > 1 && seed.site.is_none() {
            Select { label: t("record-site"), id: "cycle-site", chosen: site(), picks: sites.clone(),
                onchoose: move |chosen: String| site.set(chosen) }
        }
        Field { label: t("cycle-weakness"), id: "cycle-weakness", error: shown.at("cycle-weakness"), value: weakness(), rows: 3, longest: 2000,
            oninput: move |text: String| weakness.set(text) }
        Field { label: t("follow-expected"), id: "cycle-expected", error: shown.at("cycle-expected"), value: expected(), rows: 3, longest: 2000,
            oninput: move |text: String| expected.set(text) }
        if written {
            Pills { legend: t("cycle-notes"), name: "cycle-notes", picks: numbers(&[1, 2, 3, 5]),
                chosen: Some(notes().to_string()), hint: t("loop-notes-hint"),
                onchoose: move |n: String| notes.set(n.parse().unwrap_or(2)) }
            if plan.evidence.live > 0 {
                p { class: "hint", {t("loop-live-first")} }
            }
        } else {
            Pills { legend: t("cycle-checks"), name: "cycle-checks", picks: numbers(&[1, 2, 3, 5]),
                chosen: Some(checks().to_string()),
                onchoose: move |n: String| checks.set(n.parse().unwrap_or(2)) }
            if can_be_live {
                Pills { legend: t("loop-live"), name: "cycle-live", picks: live_picks,
                    chosen: Some(live().min(checks()).to_string()), hint: if least > 0 { t("loop-live-hint") } else { String::new() },
                    onchoose: move |n: String| live.set(n.parse().unwrap_or(1)) }
            } else {
                p { class: "hint", {t("loop-never-live")} }
            }
        }
        if plan.evidence.reflections > 0 {
            p { class: "hint", {t("loop-reflection-asked")} }
        }
        if plan.shifts {
            Ticks { legend: t("loop-days"), name: "cycle-days", error: shown.at("cycle-days"), chosen: days(), hint: t("loop-days-hint"),
                picks: WEEK.map(|day| Pick::new(day.to_string(), when::weekday(day))).to_vec(),
                onchoose: move |chosen: Vec<String>| days.set(chosen) }
            Pills { legend: t("capture-shift"), name: "cycle-shift", picks: Shift::ALL.map(|one| Pick::new(one.as_str(), names::shift(one))).to_vec(),
                chosen: shift().map(|shift| shift.as_str().to_owned()),
                onchoose: move |chosen: String| shift.set(Shift::ALL.into_iter().find(|one| one.as_str() == chosen)) }
            p { class: "hint", "data-test": "cycle-shifts", {t_args("loop-shifts", &[("n", scheduled.len().into())])} }
        }
        Field { label: t("loop-due"), id: "cycle-due", error: shown.at("cycle-due"), kind: "date", value: due(), oninput: move |day: String| due.set(day) }
        Button { busy: (form.busy)(), test: "cycle-open", onclick: send, {t("cycle-open")} }
    }
}

/// Those weekdays within the two weeks from `today` on.
fn schedule(today: NaiveDate, days: &[String], shift: Shift) -> Vec<ShiftOn> {
    let within = today.iter_days().take(usize::try_from(WITHIN).unwrap_or_default());
    let worked = within.filter(|day| days.contains(&day.weekday().to_string()));
    worked.map(|day| ShiftOn { day, shift }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coaching_on_a_cause_that_is_not_knowledge_warns() {
        let seed = |gap| Seed { gap, ..Seed::default() };
        assert!(seed(Some(Gap::Workflow)).misses() && seed(Some(Gap::Accountability)).misses());
        assert!(!seed(Some(Gap::Knowledge)).misses() && !seed(None).misses());
    }

    #[test]
    fn two_weekdays_are_four_shifts_in_two_weeks() {
        let today: NaiveDate = "2026-11-25".parse().unwrap();
        let days = vec![Weekday::Wed.to_string(), Weekday::Fri.to_string()];
        let shifts: Vec<String> =
            schedule(today, &days, Shift::Night).iter().map(|on| on.day.to_string()).collect();
        assert_eq!(shifts, ["2026-11-25", "2026-11-27", "2026-12-02", "2026-12-04"]);
    }
}
