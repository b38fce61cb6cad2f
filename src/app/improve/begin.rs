//! An improvement opened: aim, measure, where it stands, where it shall be; with a focus on handoffs
//! or visits at one site, or without.

use chrono::{Days, NaiveDate};
use dioxus::prelude::*;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::words;
use crate::app::ask::use_ask;
use crate::app::follow::begin_from;
use crate::app::form::{Top, Wrong, use_form};
use crate::app::i18n::{t, t_args};
use crate::app::route::Route;
use crate::app::ui::{Button, Field, Page, Pick, Pills, Select, reading, show};
use crate::app::{names, when};
use crate::engine::api::{Request, SiteRow, StandardRow};
use crate::practice::clock;
use crate::practice::follow::{Focus, ImprovementOpened, Step};
use crate::practice::number;
use crate::practice::standard::Class;

/// How long a focus runs, and how far back the baseline looks, unless somebody says otherwise.
const FOCUS_DAYS: u64 = 14;
const BASELINE_DAYS: u64 = 28;
/// Twice in that time each (DOMAIN A1).
const TIMES: u32 = 2;
const WEEKLY_MINUTES: u32 = 10;

/// What is done at the site meanwhile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum Kind {
    Plain,
    Handoff,
    Visits,
}

impl Kind {
    const ALL: [(&'static str, Kind); 3] =
        [("plain", Kind::Plain), ("handoff", Kind::Handoff), ("visits", Kind::Visits)];

    fn name(self) -> String {
        match self {
            Kind::Plain => t("improve-plain"),
            Kind::Handoff => t("improve-handoff"),
            Kind::Visits => t("improve-visits"),
        }
    }

    fn hint(self) -> String {
        match self {
            Kind::Plain => String::new(),
            Kind::Handoff => {
                t_args("improve-handoff-hint", &[("times", TIMES.into()), ("minutes", WEEKLY_MINUTES.into())])
            }
            Kind::Visits => t("improve-visits-hint"),
        }
    }

    /// The title, the aim and the measure that most such improvements have.
    fn usual(self) -> [String; 3] {
        match self {
            Kind::Plain => Default::default(),
            Kind::Handoff => [t("improve-handoff"), t("improve-handoff-aim"), t("improve-handoff-measure")],
            Kind::Visits => [t("improve-visits"), t("improve-visits-aim"), t("improve-visits-measure")],
        }
    }

    /// By the organisation's own standards; a part whose standard it does not have is left out.
    fn focus(self, standards: &[StandardRow], from: NaiveDate, to: NaiveDate) -> Option<Focus> {
        let by = |class: Class, competency: &str| {
            let fits =
                |row: &&StandardRow| row.class == class && row.competency == competency && !row.retired;
            standards.iter().find(fits).map(|row| row.standard.standard)
        };
        match self {
            Kind::Plain => None,
            Kind::Handoff => Some(Focus {
                from,
                to,
                checklist: by(Class::Handoff, "handoff"),
                observe: by(Class::Shadow, "handoff"),
                times: TIMES,
                daily: None,
                weekly_minutes: WEEKLY_MINUTES,
            }),
            Kind::Visits => Some(Focus {
                from,
                to,
                checklist: None,
                observe: None,
                times: 0,
                daily: by(Class::Audit, "visits"),
                weekly_minutes: 0,
            }),
        }
    }
}

#[component]
pub fn ImprovePage(programme: String, area: String) -> Element {
    let sites = use_ask::<Vec<SiteRow>>(Request::Sites);
    let standards = use_ask::<Vec<StandardRow>>(Request::Standards);
    rsx! {
        Page { title: t("improve-title"), back: Route::FollowsPage {}, test: "improve",
            {show(&sites, |sites| rsx! {
                {show(&standards, |standards| rsx! {
                    Form { programme: programme.clone(), area: area.clone(), sites: sites.clone(), standards: standards.clone() }
                })}
            })}
        }
    }
}

#[component]
fn Form(programme: String, area: String, sites: Vec<SiteRow>, standards: Vec<StandardRow>) -> Element {
    let navigator = use_navigator();
    let today = when::now().date_naive();
    let day = |ahead: u64| today.checked_add_days(Days::new(ahead)).unwrap_or(today).to_string();
    let first = if area.is_empty() { String::new() } else { words::area(&area) };
    let mut kind = use_signal(|| Kind::Plain);
    let mut title = use_signal(|| first.clone());
    let mut aim = use_signal(String::new);
    let mut measure = use_signal(String::new);
    let mut site = use_signal(String::new);
    let mut standard = use_signal(String::new);
    let mut from =
        use_signal(|| today.checked_sub_days(Days::new(BASELINE_DAYS)).unwrap_or(today).to_string());
    let mut to = use_signal(|| today.to_string());
    let mut baseline = use_signal(String::new);
    let mut target = use_signal(String::new);
    let mut target_on = use_signal(|| day(FOCUS_DAYS));
    let form = use_form("improvement", &format!("{programme} {area}"));
    form.keeps("kind", kind);
    form.keeps("title", title);
    form.keeps("aim", aim);
    form.keeps("measure", measure);
    form.keeps("site", site);
    form.keeps("standard", standard);
    form.keeps("from", from);
    form.keeps("to", to);
    form.keeps("baseline", baseline);
    form.keeps("target", target);
    form.keeps("target_on", target_on);
    let known = standards.clone();
    let places = sites.clone();
    let [first_day, last_day, until] = [from(), to(), target_on()].map(|field| clock::day(&field));
    let [was, shall] = [baseline(), target()].map(|field| reading::number(&field, number::Kind::Measured));
    let mut wrong = Wrong::default();
    if kind() != Kind::Plain && site().is_empty() {
        wrong.say("improve-site", t("report-no-site"));
    }
    wrong.unsaid("improve-name", &title());
    wrong.unsaid("improve-aim", &aim());
    wrong.unsaid("improve-measure", &measure());
    if first_day.is_none() {
        wrong.say("improve-from", t("improve-day"));
    }
    if last_day.is_none() || last_day < first_day {
        wrong.say("improve-to", t("improve-days"));
    }
    for (field, number) in [("improve-baseline", &was), ("improve-target", &shall)] {
        if let Err(why) = number {
            wrong.say(field, why.clone());
        }
    }
    if until.is_none_or(|until| until < today) {
        wrong.say("improve-until", t("loop-due-past"));
    }
    let shown = form.shown(&wrong);
    let send = move |()| {
        let (false, Some(from), Some(to), Some(until)) = (form.refuses(&wrong), first_day, last_day, until)
        else {
            return;
        };
        let (Ok(baseline), Ok(target)) = (was.clone(), shall.clone()) else { return };
        let place = site.peek().parse::<Uuid>().ok();
        let at_site = places.iter().find(|row| Some(row.site) == place);
        let step = Step::ImprovementOpened(ImprovementOpened {
            title: title.peek().trim().to_owned(),
            aim: aim.peek().trim().to_owned(),
            measure: measure.peek().trim().to_owned(),
            standard: standard.peek().parse().ok(),
            programme: at_site.map_or_else(|| programme.clone(), |row| row.programme.clone()),
            baseline_from: from,
            baseline_to: to,
            baseline,
            target,
            target_on: Some(until),
            area: area.clone(),
            focus: kind.peek().focus(&known, today, until),
        });
        begin_from(form, step, place, None, move |id| {
            drop(navigator.replace(Route::FollowPage { id: id.to_string() }));
        });
    };
    let kinds = Kind::ALL.map(|(value, kind)| Pick::new(value, kind.name())).to_vec();
    let chosen = Kind::ALL.into_iter().find(|(_, one)| *one == kind()).map(|(value, _)| value.to_owned());
    let site_picks: Vec<Pick> = sites
        .iter()
        .filter(|row| row.active)
        .map(|row| Pick::new(row.site.to_string(), row.shown.clone()))
        .collect();
    let standard_picks: Vec<Pick> = standards
        .iter()
        .filter(|row| !row.retired)
        .map(|row| Pick::new(row.standard.standard.to_string(), names::text(&row.title)))
        .collect();
    rsx! {
        Top { form }
        Pills { legend: t("improve-kind"), name: "improve-kind", picks: kinds, chosen, hint: kind().hint(),
            onchoose: move |value: String| {
                let now = Kind::ALL.into_iter().find(|(one, _)| *one == value).map_or(Kind::Plain, |(_, kind)| kind);
                let [old, new] = [kind.peek().usual(), now.usual()];
                kind.set(now);
                // Words that nobody has touched follow the choice.
                for (mut field, old, new) in [title, aim, measure].into_iter().zip(old).zip(new).map(|((field, old), new)| (field, old, new)) {
                    if field.peek().is_empty() || *field.peek() == old {
                        field.set(new);
                    }
                }
            } }
        Select { label: t("record-site"), id: "improve-site", error: shown.at("improve-site"), none: if kind() == Kind::Plain { t("improve-all-sites") } else { t("report-no-site") },
            chosen: site(), picks: site_picks, onchoose: move |value: String| site.set(value) }
        Field { label: t("improve-name"), id: "improve-name", error: shown.at("improve-name"), value: title(), longest: 120, oninput: move |text: String| title.set(text) }
        Field { label: t("improvement-aim"), id: "improve-aim", error: shown.at("improve-aim"), value: aim(), rows: 3, longest: 2000, hint: t("improve-aim-hint"),
            oninput: move |text: String| aim.set(text) }
        Field { label: t("improvement-measure"), id: "improve-measure", error: shown.at("improve-measure"), value: measure(), rows: 2, longest: 1000, hint: t("improve-measure-hint"),
            oninput: move |text: String| measure.set(text) }
        Select { label: t("improve-standard"), id: "improve-standard", none: t("improve-no-standard"), chosen: standard(), picks: standard_picks,
            onchoose: move |value: String| standard.set(value) }
        Field { label: t("improve-from"), id: "improve-from", error: shown.at("improve-from"), kind: "date", value: from(), oninput: move |day: String| from.set(day) }
        Field { label: t("improve-to"), id: "improve-to", error: shown.at("improve-to"), kind: "date", value: to(), oninput: move |day: String| to.set(day) }
        Field { label: t("improve-baseline"), id: "improve-baseline", error: shown.at("improve-baseline"), value: baseline(), number: number::Kind::Measured, optional: true,
            oninput: move |text: String| baseline.set(text) }
        Field { label: t("improve-target"), id: "improve-target", error: shown.at("improve-target"), value: target(), number: number::Kind::Measured, optional: true,
            oninput: move |text: String| target.set(text) }
        Field { label: t("improve-until"), id: "improve-until", error: shown.at("improve-until"), kind: "date", value: target_on(), oninput: move |day: String| target_on.set(day) }
        Button { busy: (form.busy)(), test: "improve-open", onclick: send, {t("improve-open")} }
    }
}
