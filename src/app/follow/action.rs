//! A corrective action opened from a report, from a pattern, or for a group that stands out: kind,
//! owner, date, re-validation, and for how long its recurrence is watched. A warning where training
//! alone would answer a gap that it cannot close.

use chrono::Days;
use dioxus::prelude::*;
use uuid::Uuid;

use super::assign::leads;
use super::begun::begin_from;
use super::items::Items;
use super::words;
use crate::app::ask::use_ask;
use crate::app::form::{Top, Wrong, use_form};
use crate::app::i18n::{t, t_args};
use crate::app::names;
use crate::app::patterns::words as pattern_words;
use crate::app::route::Route;
use crate::app::state::{id_of, use_app};
use crate::app::ui::{Banner, Button, Field, Ico, Page, Pick, Pills, Said, Select, Switch, Tone, show};
use crate::app::when;
use crate::engine::api::{FollowUpView, PatternView, PersonRow, Request, StandardRow};
use crate::insight::pattern::{Scope, Theme};
use crate::practice::follow::{About, ActionKind, ActionOpened, Category, Evidence, Gap, Step};
use crate::practice::rights::Role;
use crate::practice::settings::Settings;
use crate::practice::standard::Class;

/// What an action answers, as far as it is known before the form is filled.
#[derive(Clone, Debug, PartialEq)]
struct Answers {
    said: String,
    /// None where a person has to say it.
    gap: Option<Gap>,
    /// Empty where a person has to choose it.
    competency: String,
    category: Option<Category>,
    reports: Vec<Uuid>,
    site: Option<Uuid>,
    place: String,
    high_risk: bool,
    title: String,
    /// What opens the form: what is typed into it is kept for that, and for nothing else.
    about: String,
}

/// From one incident, near miss or signal.
#[component]
pub fn ActionPage(report: String) -> Element {
    let id = id_of(&report).unwrap_or_default();
    let asked = use_ask::<FollowUpView>(Request::FollowUp { id });
    rsx! {
        Page { title: t("action-title"), back: Route::FollowPage { id: report.clone() }, test: "action-begin",
            {show(&asked, |view| {
                let known = match &view.follow.about {
                    About::Report(report) => Some(report.clone()),
                    _ => None,
                };
                let answers = Answers {
                    said: view.follow.title().to_owned(),
                    gap: known.as_ref().and_then(|report| report.gap),
                    competency: known.as_ref().map(|report| report.tag().to_owned()).unwrap_or_default(),
                    category: known.as_ref().map(|report| report.category),
                    reports: vec![view.follow.id],
                    site: view.follow.site,
                    place: view.row.site_name.clone(),
                    high_risk: known.is_some_and(|report| report.reportable),
                    title: String::new(),
                    about: format!("{id} report"),
                };
                rsx! { Form { key: "{id}", answers } }
            })}
        }
    }
}

/// From a pattern: it answers all its reports, by the gravest gap among them.
#[component]
pub fn PatternActionPage(report: String) -> Element {
    let id = id_of(&report).unwrap_or_default();
    let asked = use_ask::<PatternView>(Request::Pattern { report: id });
    rsx! {
        Page { title: t("action-title"), back: Route::PatternPage { report: report.clone() }, test: "action-begin",
            {show(&asked, |view| {
                let pattern = &view.row.pattern;
                let answers = Answers {
                    said: t_args("pattern-said", &[
                        ("n", pattern.sightings.len().into()),
                        ("from", when::full_day(pattern.first.date_naive()).into()),
                        ("to", when::full_day(pattern.last.date_naive()).into()),
                    ]),
                    gap: view.row.gap,
                    competency: pattern.theme.competency.clone(),
                    category: pattern.theme.category,
                    reports: pattern.sightings.clone(),
                    site: match pattern.scope {
                        Scope::Site(site) => Some(site),
                        Scope::Across => None,
                    },
                    place: pattern_words::places(&view.row),
                    high_risk: view.row.reportable,
                    title: String::new(),
                    about: format!("{} pattern", pattern.sightings.first().unwrap_or(&id)),
                };
                rsx! { Form { key: "{id}", answers } }
            })}
        }
    }
}

/// For a group that stands out: nobody has classified it, so a person says which gap it is.
#[component]
pub fn NewActionPage(competency: String, site: String, group: String, title: String) -> Element {
    let app = use_app();
    let site = id_of(&site);
    let sites = app.me().map(|me| me.sites).unwrap_or_default();
    let place = sites.into_iter().find(|one| Some(one.site) == site).map(|one| one.shown).unwrap_or_default();
    let answers = Answers {
        about: about_group(&competency, site, &group),
        said: title,
        gap: None,
        competency,
        category: None,
        reports: Vec::new(),
        site,
        place,
        high_risk: false,
        title: String::new(),
    };
    rsx! {
        Page { title: t("action-title"), back: Route::CohortsPage {}, test: "action-begin", Form { answers } }
    }
}

/// Two groups of one practice and site – nights and weekends – are two forms.
fn about_group(competency: &str, site: Option<Uuid>, group: &str) -> String {
    format!("{competency} {} {group}", site.map(|site| site.to_string()).unwrap_or_default())
}

/// The standard that was chosen, where it can show what is asked: retraining and a high risk close with a
/// live check, and what is only ever played through or read at a desk would leave them open for good.
fn offered(
    standards: &[StandardRow],
    chosen: Option<Uuid>,
    high_risk: bool,
    kind: ActionKind,
) -> Option<Uuid> {
    let live = high_risk || kind == ActionKind::Retraining;
    let row = standards.iter().find(|row| Some(row.standard.standard) == chosen)?;
    (!live || row.setting.can_be_live()).then_some(row.standard.standard)
}

#[component]
fn Form(answers: Answers) -> Element {
    let navigator = use_navigator();
    let people = use_ask::<Vec<PersonRow>>(Request::People);
    let standards = use_ask::<Vec<StandardRow>>(Request::Standards);
    let competencies = use_ask::<Vec<String>>(Request::Competencies);
    let settings = use_ask::<Settings>(Request::Settings);
    let owners: Vec<PersonRow> = people.ready().map_or_else(Vec::new, |rows| {
        // At a site, whoever leads there; for all sites any lead: its owner receives it by name.
        let led = |row: &&PersonRow| match answers.site {
            Some(_) => leads(row, answers.site),
            None => row.active && matches!(row.role, Role::Supervisor | Role::Quality),
        };
        rows.iter().filter(led).cloned().collect()
    });
    let standards: Vec<StandardRow> = standards.ready().map_or_else(Vec::new, |rows| {
        let observed = |row: &&StandardRow| matches!(row.class, Class::Check | Class::Shadow | Class::Audit);
        rows.iter().filter(observed).filter(|row| !row.retired).cloned().collect()
    });
    let answered = answers.clone();
    let mut title = use_signal(|| answered.title.clone());
    let mut gap = use_signal(|| answered.gap);
    let mut competency = use_signal(|| answered.competency.clone());
    let mut kind = use_signal(|| match answered.gap {
        None | Some(Gap::Knowledge) => ActionKind::Retraining,
        Some(_) => ActionKind::WorkflowChange,
    });
    let mut owner = use_signal(String::new);
    let mut high_risk = use_signal(|| answered.high_risk);
    let mut standard = use_signal(String::new);
    let mut items = use_signal(Vec::<String>::new);
    let mut days = use_signal(|| None::<u64>);
    let mut watch = use_signal(|| 90_u32);
    let form = use_form("action", &answers.about);
    form.keeps("title", title);
    // What is known by now is not asked, and nothing older may stand in its place.
    if answers.gap.is_none() {
        form.keeps("gap", gap);
    }
    if answers.competency.is_empty() {
        form.keeps("competency", competency);
    }
    form.keeps("kind", kind);
    form.keeps("owner", owner);
    form.keeps("high_risk", high_risk);
    form.keeps("standard", standard);
    form.keeps("items", items);
    form.keeps("days", days);
    form.keeps("watch", watch);
    let own_days = settings.ready().map_or(14, |settings| u64::from(settings.action_days));
    let known = answers.clone();
    let by = offered(&standards, standard().parse::<Uuid>().ok(), high_risk(), kind());
    let mut wrong = Wrong::default();
    if gap().is_none() {
        wrong.say("action-gap", t("gap-missing"));
    }
    if competency().is_empty() {
        wrong.say("action-competency", t("report-no-practice"));
    }
    wrong.unsaid("action-what", &title());
    if owner().is_empty() {
        wrong.say("action-owner", t("action-owner-none"));
    }
    if (high_risk() || kind() == ActionKind::Retraining) && by.is_none() {
        wrong.say("action-standard", t("restrict-standard-missing"));
    }
    let shown = form.shown(&wrong);
    let send = move |()| {
        let (false, Some(gap), Ok(owner)) = (form.refuses(&wrong), *gap.peek(), owner.peek().parse::<Uuid>())
        else {
            return;
        };
        let (risky, retrains) = (*high_risk.peek(), *kind.peek() == ActionKind::Retraining);
        let within = Days::new(days.peek().unwrap_or(own_days));
        let Some(due) = when::now().date_naive().checked_add_days(within) else { return };
        // Retraining is shown in the field (DOMAIN A3), and a high risk closes only with a live look.
        let evidence = if risky || retrains {
            Evidence { validations: 1, live: 1, ..Evidence::default() }
        } else {
            Evidence::default()
        };
        let step = Step::ActionOpened(ActionOpened {
            title: title.peek().trim().to_owned(),
            kind: *kind.peek(),
            gap,
            competency: competency.peek().clone(),
            category: known.category,
            reports: known.reports.clone(),
            owner,
            due,
            high_risk: risky,
            standard: by,
            items: if by.is_some() { items.peek().clone() } else { Vec::new() },
            evidence,
            watch_days: *watch.peek(),
        });
        let site = known.site;
        begin_from(form, step, site, None, move |id| {
            drop(navigator.replace(Route::FollowPage { id: id.to_string() }));
        });
    };
    let kinds = ActionKind::ALL.map(|kind| Pick::new(kind.as_str(), words::action(kind)));
    let standard_picks = standards
        .iter()
        .filter(|row| offered(&standards, Some(row.standard.standard), high_risk(), kind()).is_some())
        .map(|row| Pick::new(row.standard.standard.to_string(), names::text(&row.title)));
    let span = |n: u64| Pick::new(n.to_string(), t_args("date-days", &[("n", n.into())]));
    let mut due_picks = vec![7, 14, 30];
    if !due_picks.contains(&own_days) {
        due_picks.insert(0, own_days);
    }
    let place = if answers.place.is_empty() { t("action-everywhere") } else { answers.place.clone() };
    let theme = pattern_words::theme(&Theme { competency: competency(), category: answers.category });
    rsx! {
        Said { text: answers.said.clone() }
        if let Some(gap) = answers.gap { p { class: "hint", {words::gap(gap)} } }
        Top { form }
        if answers.gap.is_none() {
            Pills { legend: t("action-new-gap"), name: "action-gap", error: shown.at("action-gap"), hint: t("gap-hint"),
                picks: words::GAPS.map(|gap| Pick::new(gap.as_str(), words::gap(gap))).to_vec(),
                chosen: gap().map(|gap| gap.as_str().to_owned()),
                onchoose: move |chosen: String| gap.set(words::GAPS.into_iter().find(|one| one.as_str() == chosen)) }
        }
        if answers.competency.is_empty() {
            Select { label: t("follow-competency"), id: "action-competency", error: shown.at("action-competency"), none: t("report-competency-none"), chosen: competency(),
                picks: competencies.ready().map(|all| all.iter().map(|code| Pick::new(code.clone(), names::competency(code))).collect::<Vec<_>>()).unwrap_or_default(),
                onchoose: move |chosen: String| competency.set(chosen) }
        }
        Field { label: t("action-what"), id: "action-what", error: shown.at("action-what"), value: title(), rows: 2, longest: 500,
            oninput: move |text: String| title.set(text) }
        Pills { legend: t("action-kind"), name: "action-kind", picks: kinds.to_vec(), chosen: Some(kind().as_str().to_owned()),
            onchoose: move |chosen: String| {
                kind.set(ActionKind::ALL.into_iter().find(|one| one.as_str() == chosen).unwrap_or(ActionKind::Supervision));
            } }
        if gap().is_some_and(|gap| kind().misses(gap)) {
            Banner { tone: Tone::Missed, icon: Ico::Warn, title: t("action-misses"), text: t("action-misses-hint"), test: "action-misses" }
        }
        Select { label: t("follow-owner"), id: "action-owner", error: shown.at("action-owner"), none: t("action-owner-none"), chosen: owner(),
            picks: owners.iter().map(|row| Pick::new(row.person.to_string(), row.shown.clone())).collect::<Vec<_>>(),
            onchoose: move |chosen: String| owner.set(chosen) }
        Pills { legend: t("action-due"), name: "action-due", picks: due_picks.into_iter().map(span).collect::<Vec<_>>(),
            chosen: Some(days().unwrap_or(own_days).to_string()),
            onchoose: move |n: String| days.set(n.parse().ok()) }
        Switch { label: t("action-high-risk"), id: "action-high-risk", on: high_risk(), hint: t("action-high-risk-hint"),
            onswitch: move |on: bool| high_risk.set(on) }
        Select { label: t("restrict-standard"), id: "action-standard", error: shown.at("action-standard"), none: t("restrict-standard-none"), chosen: standard(),
            picks: standard_picks.collect::<Vec<_>>(), onchoose: move |chosen: String| {
                standard.set(chosen);
                items.set(Vec::new());
            } }
        if let Some(by) = standards.iter().map(|row| row.standard).find(|one| Some(one.standard) == by) {
            Items { key: "{by.standard}", standard: by, chosen: items }
        }
        Pills { legend: t("action-watch"), name: "action-watch", picks: [30, 60, 90, 180].map(span).to_vec(),
            chosen: Some(watch().to_string()),
            hint: t_args("action-counts-as", &[("theme", theme.into()), ("place", place.into())]),
            onchoose: move |n: String| watch.set(n.parse().unwrap_or(90)) }
        Button { busy: (form.busy)(), test: "action-open", onclick: send, {t("action-title")} }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_groups_of_one_practice_are_two_forms() {
        let about = |group| about_group("medication", None, group);
        assert_ne!(about("notmet.band.night"), about("notmet.band.weekend"));
        assert_ne!(about("notmet.band.night"), about("reports.band.night"));
        assert_ne!(about("notmet.role.staff"), about_group("handoff", None, "notmet.role.staff"));
    }
}
