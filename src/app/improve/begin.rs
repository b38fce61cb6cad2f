//! An improvement opened: aim, measure, where it stands, where it shall be; with a focus on handoffs
//! or visits at one site, or without.

use chrono::{Days, NaiveDate};
use dioxus::prelude::*;
use uuid::Uuid;

use super::words;
use crate::app::ask::use_ask;
use crate::app::capture::when::day_from_field;
use crate::app::follow::begin;
use crate::app::i18n::{t, t_args};
use crate::app::route::Route;
use crate::app::state::use_app;
use crate::app::ui::{Button, Fault, Field, Page, Pick, Pills, Select, show};
use crate::app::{names, when};
use crate::engine::api::{Request, SiteRow, StandardRow};
use crate::practice::follow::{Focus, ImprovementOpened, Step};
use crate::practice::standard::Class;

/// How long a focus runs, and how far back the baseline looks, unless somebody says otherwise.
const FOCUS_DAYS: u64 = 14;
const BASELINE_DAYS: u64 = 28;
/// Twice in that time each (DOMAIN A1).
const TIMES: u32 = 2;
const WEEKLY_MINUTES: u32 = 10;

/// What is done at the site meanwhile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
    let app = use_app();
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
    let mut error = use_signal(String::new);
    let mut busy = use_signal(|| false);
    let known = standards.clone();
    let places = sites.clone();
    let send = move |()| {
        let place = site.peek().parse::<Uuid>().ok();
        if *kind.peek() != Kind::Plain && place.is_none() {
            return error.set(t("report-no-site"));
        }
        let days = [&*from.peek(), &*to.peek(), &*target_on.peek()].map(|field| day_from_field(field));
        let [Some(from), Some(to), Some(until)] = days else { return error.set(t("follow-dates")) };
        let numbers = [number(&baseline.peek()), number(&target.peek())];
        let [Ok(baseline), Ok(target)] = numbers else { return error.set(t("improve-number")) };
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
        busy.set(true);
        spawn(async move {
            match begin(app, step, place, None).await {
                Ok(id) => drop(navigator.replace(Route::FollowPage { id: id.to_string() })),
                Err(why) => error.set(why),
            }
            busy.set(false);
        });
    };
    let kinds = Kind::ALL.map(|(value, kind)| Pick::new(value, kind.name())).to_vec();
    let chosen = Kind::ALL.into_iter().find(|(_, one)| *one == kind()).map(|(value, _)| value.to_owned());
    let site_picks: Vec<Pick> = sites
        .iter()
        .filter(|row| row.active)
        .map(|row| Pick::new(row.site.to_string(), row.name.clone()))
        .collect();
    let standard_picks: Vec<Pick> = standards
        .iter()
        .filter(|row| !row.retired)
        .map(|row| Pick::new(row.standard.standard.to_string(), names::text(&row.title)))
        .collect();
    rsx! {
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
        Select { label: t("record-site"), id: "improve-site", none: if kind() == Kind::Plain { t("improve-all-sites") } else { t("report-no-site") },
            chosen: site(), picks: site_picks, onchoose: move |value: String| site.set(value) }
        Field { label: t("improve-name"), id: "improve-name", value: title(), maxlength: 120, oninput: move |text: String| title.set(text) }
        Field { label: t("improvement-aim"), id: "improve-aim", value: aim(), rows: 3, maxlength: 2000, hint: t("improve-aim-hint"),
            oninput: move |text: String| aim.set(text) }
        Field { label: t("improvement-measure"), id: "improve-measure", value: measure(), rows: 2, maxlength: 1000, hint: t("improve-measure-hint"),
            oninput: move |text: String| measure.set(text) }
        Select { label: t("improve-standard"), id: "improve-standard", none: t("improve-no-standard"), chosen: standard(), picks: standard_picks,
            onchoose: move |value: String| standard.set(value) }
        Field { label: t("improve-from"), id: "improve-from", kind: "date", value: from(), oninput: move |day: String| from.set(day) }
        Field { label: t("improve-to"), id: "improve-to", kind: "date", value: to(), oninput: move |day: String| to.set(day) }
        Field { label: t("improve-baseline"), id: "improve-baseline", value: baseline(), inputmode: "decimal", optional: true, maxlength: 12,
            oninput: move |text: String| baseline.set(text) }
        Field { label: t("improve-target"), id: "improve-target", value: target(), inputmode: "decimal", optional: true, maxlength: 12,
            oninput: move |text: String| target.set(text) }
        Field { label: t("improve-until"), id: "improve-until", kind: "date", value: target_on(), oninput: move |day: String| target_on.set(day) }
        if !error().is_empty() { Fault { text: error() } }
        Button { busy: busy(), test: "improve-open", onclick: send, {t("improve-open")} }
    }
}

/// A number as a person types it, with a comma or a point; empty for none.
fn number(field: &str) -> Result<Option<f64>, ()> {
    let field = field.trim().replace(',', ".");
    if field.is_empty() {
        return Ok(None);
    }
    field.parse::<f64>().ok().filter(|number| number.is_finite()).map(Some).ok_or(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comma_is_a_point_and_words_are_no_number() {
        assert_eq!(number(" 62,5 "), Ok(Some(62.5)));
        assert_eq!(number(""), Ok(None));
        assert_eq!(number("most"), Err(()));
        assert_eq!(number("inf"), Err(()));
    }
}
