//! One thing followed up: what it is about, what is asked and there as proof, how it came to be.

use dioxus::prelude::*;

use super::acts::{Count, More};
use super::going::Going;
use super::report::Reportable;
use super::{FollowLine, words};
use crate::app::i18n::{t, t_args};
use crate::app::patterns::ChainSection;
use crate::app::refused::Refused;
use crate::app::route::Route;
use crate::app::state::use_app;
use crate::app::today::join;
use crate::app::ui::{Banner, Chip, Go, Heard, Ico, Row, Rows, Section, Tone};
use crate::app::{names, pack, when};
use crate::engine::api::{FollowUpRow, FollowUpView, PackScope, RecordRow};
use crate::practice::follow::{About, Class, Duty, FollowUp, Report, Step, Work, duties};
use crate::practice::setting::Setting;

#[component]
pub fn FollowDetail(view: FollowUpView) -> Element {
    let follow = &view.follow;
    let (state, icon, tone) = words::state(&view.row);
    let due = follow.due.filter(|_| !view.row.is_late(when::now()));
    rsx! {
        div { class: "record",
            p { class: "said", "data-test": "follow-words", {words::title(follow)} }
            div { class: "verdict",
                Chip { tone, icon, words: state, test: "follow-state" }
                if let Some(due) = due {
                    Chip { tone: Tone::Waiting, icon: Ico::Clock, words: when::day(due) }
                }
            }
            Heard { events: view.heard.clone() }
            Warnings { follow: follow.clone(), owner_left: view.row.owner_left && follow.class == Class::Action && follow.state.is_open() }
            Going { view: view.clone() }
            if !follow.asked().is_none() { Proof { view: view.clone() } }
            if !view.still_open.is_empty() && follow.state.is_open() { StillOpen { rows: view.still_open.clone() } }
            Facts { view: view.clone() }
            if let About::Report(report) = &follow.about {
                Timeline { view: view.clone(), report: report.clone() }
            }
            if follow.class == Class::Action {
                ChainSection { action: follow.id, may_retrain: view.may.iter().any(|verb| verb == "updated") }
            }
            if !view.reports.is_empty() {
                Section { title: if follow.class == Class::Governance { t("review-about") } else { t("follow-answers") }, test: "follow-reports",
                    Rows { for row in view.reports.clone() { FollowLine { key: "{row.follow.id}", row } } }
                }
            }
            History { view: view.clone() }
            Refused { rows: view.refused.clone() }
            if matches!(&follow.about, About::Report(report) if !report.good) && view.may.iter().any(|verb| verb == "classified") {
                Go { to: Route::CoachPage { person: String::new(), report: follow.id.to_string() }, class: "btn ghost", test: "coach-from-report", span { class: "btn-words", {t("cycle-title")} } }
            }
            if view.may_act {
                Go { to: Route::ActionPage { report: follow.id.to_string() }, class: "btn ghost", test: "open-action", span { class: "btn-words", {t("action-title")} } }
            }
            More { view: view.clone() }
            if use_app().may_at("pack.exported", follow.site) && about_more_than_itself(follow.class) {
                Go { to: pack::link(&PackScope::FollowUp { id: follow.id }), class: "btn ghost", test: "pack-follow", span { class: "btn-words", {t("pack-title")} } }
            }
        }
    }
}

/// A report alone is no improvement: its pack is that of what answers it.
fn about_more_than_itself(class: Class) -> bool {
    matches!(class, Class::Cycle | Class::Restriction | Class::Action | Class::Improvement)
}

/// What must not be overlooked.
#[component]
fn Warnings(follow: FollowUp, owner_left: bool) -> Element {
    match &follow.about {
        About::Report(report) if report.reportable && !report.work.contains_key(&Work::Notified) => rsx! {
            Reportable {}
        },
        _ if owner_left => rsx! {
            Banner { tone: Tone::Missed, icon: Ico::User, title: t("action-owner-left"), text: t("action-owner-left-hint"), test: "owner-left" }
        },
        _ => rsx! {},
    }
}

/// What keeps an action from being closed, each a way to it.
#[component]
fn StillOpen(rows: Vec<FollowUpRow>) -> Element {
    rsx! {
        Section { title: t("follow-still-open"), test: "still-open",
            p { class: "hint", {t_args("want-still-open", &[("n", rows.len().into())])} }
            Rows { for row in rows { FollowLine { key: "{row.follow.id}", row } } }
        }
    }
}

/// What was asked, what is there, and what an observation can still count for.
#[component]
fn Proof(view: FollowUpView) -> Element {
    let follow = &view.follow;
    let missing = words::wanting(follow.wanting());
    let may_count = view.may.iter().any(|verb| matches!(verb.as_str(), "validated" | "reviewed" | "updated"));
    rsx! {
        Section { title: t("follow-evidence"), test: "follow-evidence",
            // While something of it is open, that is what is missing, and it stands below.
            if missing.is_empty() {
                if view.still_open.is_empty() {
                    p { class: "hint", "data-test": "follow-wanting", {t("want-nothing")} }
                }
            } else {
                p { class: "hint", "data-test": "follow-wanting", {t_args("want-still", &[("what", missing.join(", ").into())])} }
            }
            Counts { view: view.clone() }
            if follow.proof.slipped {
                Banner { tone: Tone::Missed, icon: Ico::Warn, title: t("follow-slipped") }
            }
            Rows {
                for record in view.records.clone() {
                    Seen { key: "{record.id}", follow: follow.clone(), record, may_count }
                }
            }
        }
    }
}

/// Which observations count: what an observation has to have seen and met, beyond being met.
#[component]
fn Counts(view: FollowUpView) -> Element {
    let asked = view.follow.asked();
    if asked.validations == 0 && asked.live == 0 {
        return rsx! {};
    }
    let items = |gone: bool| {
        let items = view.items.iter().filter(|item| item.gone == gone);
        items.map(|item| names::text(&item.text)).collect::<Vec<_>>().join("; ")
    };
    let (named, gone) = (items(false), items(true));
    let what = if named.is_empty() {
        t("evidence-whole")
    } else {
        t_args("evidence-items", &[("items", named.into())])
    };
    rsx! {
        p { class: "hint", "data-test": "evidence-asks", {what} }
        if !gone.is_empty() {
            Banner { tone: Tone::Waiting, icon: Ico::Warn, title: t("evidence-gone"), text: t_args("evidence-gone-hint", &[("items", gone.into())]), test: "evidence-gone" }
        }
    }
}

#[component]
fn Seen(follow: FollowUp, record: RecordRow, may_count: bool) -> Element {
    let id = record.id;
    let counts = follow.proof.records.contains(&id);
    let failed = follow.proof.failed.contains(&id);
    let setting = record.verdict.setting.unwrap_or(Setting::Unknown);
    let detail = join([
        record.subject_name.clone(),
        names::result(&record),
        names::setting(setting),
        when::short(record.happened_at),
        record.author_name.clone(),
    ]);
    rsx! {
        Row {
            to: Route::RecordPage { id: id.to_string() },
            icon: names::class_icon(record.class),
            tone: Tone::Brand,
            title: names::text(&record.title),
            detail,
            test: "evidence-row",
            end: rsx! {
                if counts {
                    Chip { tone: Tone::Proven, icon: Ico::Ok, words: t("evidence-counts") }
                } else if failed {
                    Chip { tone: Tone::Missed, icon: Ico::No, words: t("evidence-failed") }
                }
            },
        }
        if may_count && !counts && !failed && follow.takes_validation() {
            Count { follow: follow.clone(), record: id, setting }
        }
    }
}

#[component]
fn Facts(view: FollowUpView) -> Element {
    let follow = &view.follow;
    let mut facts: Vec<(String, String)> = Vec::new();
    let mut fact = |label: String, value: String| {
        if !value.is_empty() {
            facts.push((label, value));
        }
    };
    match &follow.about {
        About::Cycle(body) => fact(t("follow-expected"), body.expected.clone()),
        About::Restriction(body) => fact(t("follow-why"), body.why.clone()),
        About::Report(report) => {
            fact(t("report-happened"), when::day_time(report.happened_at));
            match report.source {
                Some(source) => fact(t("report-source"), words::source(source)),
                None => fact(t("report-category"), words::category(report.category)),
            }
            let led_to: Vec<String> = report.outcomes.iter().map(|one| words::outcome(*one)).collect();
            fact(t("report-outcomes"), led_to.join(", "));
            fact(t("follow-gap"), report.gap.map(words::gap).unwrap_or_default());
            fact(t("capture-code"), report.person_code.clone());
            let harm = follow.history.iter().find_map(|entry| match &entry.step {
                Step::IncidentReported(body) => body.harm.clone(),
                _ => None,
            });
            fact(t("report-harm"), harm.map(|letter| words::harm(&letter)).unwrap_or_default());
        }
        About::Action(body) => {
            fact(t("action-kind"), words::action(body.kind));
            fact(t("follow-gap"), words::gap(body.gap));
        }
        About::Improvement(body) => {
            fact(t("improvement-aim"), body.aim.clone());
            fact(t("improvement-measure"), body.measure.clone());
        }
        About::Assessment(_) | About::Governance(_) => {}
    }
    fact(t("follow-competency"), names::competency(follow.competency()));
    // Who reported it is nobody's owner: what is done about it is for whoever leads.
    match &follow.about {
        About::Report(_) => {
            let name = |person| view.names.get(&person).cloned().unwrap_or_default();
            fact(t("report-by"), name(follow.author));
            let investigator = follow.history.iter().find_map(|entry| match &entry.step {
                Step::IncidentLogged(body) if body.work == Work::InvestigationBegun => body.who,
                _ => None,
            });
            fact(t("investigator"), investigator.map(name).unwrap_or_default());
        }
        _ => fact(t("follow-owner"), view.row.owner_name.clone()),
    }
    fact(t("record-recorded"), when::day_time(follow.at));
    rsx! {
        Section { title: t("record-facts"), test: "follow-facts",
            dl { class: "card",
                for (label , value) in facts {
                    div { key: "{label}", class: "kv", dt { {label} } dd { {value} } }
                }
            }
        }
    }
}

/// The verbs of incident management, each with its time or its deadline.
#[component]
fn Timeline(view: FollowUpView, report: Report) -> Element {
    let follow = &view.follow;
    if follow.class != Class::Incident || report.near_miss {
        return rsx! {};
    }
    let clocks = duties(follow, &view.settings);
    let clock = |duty: Duty| clocks.iter().find(|(one, ..)| *one == duty).map(|(_, due, done)| (*due, *done));
    let logged = |work: Work| Some((None, report.work.get(&work).copied()));
    let with = |duty: Duty| clock(duty).map(|(due, done)| (Some(due), done));
    let verbs = [
        (t("timeline-identified"), None, Some((None, Some(follow.at)))),
        (t("timeline-reported"), None, Some((None, Some(follow.at)))),
        (t("timeline-triaged"), None, with(Duty::Classify)),
        (t("work-notified"), Some(Work::Notified), with(Duty::Notify)),
        (t("work-investigation"), Some(Work::InvestigationBegun), with(Duty::Investigate)),
        (t("work-resolved"), Some(Work::Resolved), with(Duty::Resolve)),
        (t("work-tracked"), Some(Work::Tracked), logged(Work::Tracked)),
        (t("timeline-trended"), Some(Work::Trended), logged(Work::Trended)),
    ];
    let later = |work: Option<Work>| {
        let work = work?;
        Some(words::entered_words(*report.work.get(&work)?, *report.entered.get(&work)?))
    };
    let lines = verbs
        .into_iter()
        .filter_map(|(verb, work, when)| when.map(|(due, done)| (verb, due, done, later(work))));
    rsx! {
        Section { title: t("timeline-title"), test: "timeline",
            dl { class: "card",
                for (verb , due , done , later) in lines {
                    div { key: "{verb}", class: "kv",
                        dt { {verb} }
                        dd {
                            match (done, due) {
                                (Some(done), Some(due)) if done > due => rsx! { Chip { tone: Tone::Missed, icon: Ico::Warn, words: when::day_time(done) } },
                                (Some(done), _) => rsx! { {when::day_time(done)} },
                                (None, Some(due)) if due < when::now() => rsx! { Chip { tone: Tone::Missed, icon: Ico::Clock, words: when::left(due).0 } },
                                (None, Some(due)) => rsx! { {t_args("timeline-open", &[("when", when::day_time_in(due).into())])} },
                                (None, None) => rsx! { {t("timeline-none")} },
                            }
                            if let Some(later) = later {
                                p { class: "hint", "data-test": "timeline-later", {later} }
                            }
                        }
                    }
                }
            }
        }
    }
}

#[component]
fn History(view: FollowUpView) -> Element {
    let names = &view.names;
    rsx! {
        Section { title: t("record-history"), test: "follow-history",
            Rows {
                for entry in view.follow.history.clone() {
                    {
                        let (title, note) = words::step(&entry.step);
                        let author = names.get(&entry.author).cloned().unwrap_or_default();
                        let later = words::later(&entry).unwrap_or_default();
                        let whom = entry.step.names().and_then(|person| names.get(&person).cloned()).unwrap_or_default();
                        rsx! {
                            Row { key: "{entry.event}", title, detail: join([whom, note, author, when::short(entry.at), later]), test: "follow-entry" }
                        }
                    }
                }
            }
        }
    }
}
