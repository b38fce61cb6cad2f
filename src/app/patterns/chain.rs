//! The dated chain of an action, as one line: pattern → action → re-validated → recurrence. Every
//! link opens its record.

use dioxus::prelude::*;
use uuid::Uuid;

use super::words;
use crate::app::ask::use_ask;
use crate::app::follow::{self, FollowLine};
use crate::app::i18n::{t, t_args};
use crate::app::names;
use crate::app::route::Route;
use crate::app::today::join;
use crate::app::ui::{Banner, Go, Ico, Icon, Rows, Section, Tone, show};
use crate::app::when;
use crate::engine::api::{Answered, ChainView, Link, LinkKind, LinkTo, Request};
use crate::insight::pattern::Recurrence;
use crate::practice::follow::{About, ActionKind, State};

/// On an action's own page: its chain, whom it retrains, whether it happened again.
#[component]
pub fn ChainSection(action: Uuid, may_retrain: bool) -> Element {
    let asked = use_ask::<ChainView>(Request::Chain { action });
    rsx! {
        {show(&asked, |view| {
            let retrains = matches!(&view.answered.action.follow.about, About::Action(body) if body.kind == ActionKind::Retraining && body.standard.is_some());
            let open = view.answered.action.follow.state.is_open();
            rsx! {
                if view.training_alone {
                    Banner { tone: Tone::Missed, icon: Ico::Warn, title: t("action-misses"), text: t("action-misses-hint"), test: "action-misses" }
                }
                Section { title: t("chain-title"), test: "chain-section", Line { chain: view.answered.clone() } }
                Again { chain: view.clone() }
                if !view.cycles.is_empty() {
                    Section { title: t("chain-cycles"), test: "chain-cycles",
                        Rows { for row in view.cycles.clone() { FollowLine { key: "{row.follow.id}", row } } }
                    }
                }
                if !view.restrictions.is_empty() {
                    Section { title: t("chain-restrictions"), test: "chain-restrictions",
                        Rows { for row in view.restrictions.clone() { FollowLine { key: "{row.follow.id}", row } } }
                    }
                }
                if may_retrain && retrains && open {
                    Go { to: Route::RetrainPage { action: action.to_string() }, class: "btn ghost", test: "to-retrain",
                        Icon { icon: Ico::People }
                        span { class: "btn-words", {t("retrain-title")} }
                    }
                }
            }
        })}
    }
}

/// One answered pattern in a list.
#[component]
pub fn ChainCard(chain: Answered) -> Element {
    let row = &chain.action;
    rsx! {
        article { class: "card", "data-test": "chain-card",
            h3 { class: "row-title", {row.follow.title().to_owned()} }
            p { class: "hint", {join([names::competency(row.follow.competency()), row.site_name.clone(), row.owner_name.clone()])} }
            Line { chain: chain.clone() }
        }
    }
}

#[component]
fn Line(chain: Answered) -> Element {
    let kind = match &chain.action.follow.about {
        About::Action(body) => follow::action(body.kind),
        _ => String::new(),
    };
    rsx! {
        ol { class: "chain", "data-test": "chain",
            for link in chain.links.clone() {
                li { key: "{link.what:?}", class: "chain-link {tone(&link).class()}", "data-test": "chain-{test(link.what)}",
                    One { link: link.clone(), kind: kind.clone(), action: chain.action.follow.id }
                }
            }
        }
    }
}

#[component]
fn One(link: Link, kind: String, action: Uuid) -> Element {
    let to = match link.to {
        Some(LinkTo::Counted) => {
            Some(Route::CountedPage { action: action.to_string(), link: test(link.what).to_owned() })
        }
        Some(LinkTo::FollowUp(id)) => Some(Route::FollowPage { id: id.to_string() }),
        None => None,
    };
    let (what, day) = link_words(&link, &kind);
    let icon = icon(&link);
    let inner = rsx! {
        Icon { icon }
        span { class: "chain-words",
            span { class: "chain-what", {what} }
            span { class: "chain-day", {day} }
        }
    };
    match to {
        Some(to) => rsx! { Go { to, class: "chain-go", {inner} } },
        None => rsx! { span { class: "chain-go", {inner} } },
    }
}

/// What a link is and when it was, in words. `kind` is the kind of action.
#[must_use]
pub fn link_words(link: &Link, kind: &str) -> (String, String) {
    let what = match link.what {
        LinkKind::Pattern => t_args("chain-pattern", &[("n", link.n.into())]),
        LinkKind::Opened if link.n > 0 => {
            t_args("chain-opened-for", &[("kind", kind.into()), ("n", link.n.into())])
        }
        LinkKind::Opened => kind.to_owned(),
        LinkKind::CarriedOut => t("follow-carried-out"),
        LinkKind::Closed if link.n > 0 => {
            t_args("follow-closed-not-met", &[("n", link.n.into()), ("of", link.of.into())])
        }
        LinkKind::Closed => t("chain-closed"),
        LinkKind::NotCarriedOut => t("follow-not-carried-out"),
        LinkKind::Revalidated if link.of > 0 => {
            t_args("chain-revalidated-of", &[("n", link.n.into()), ("of", link.of.into())])
        }
        LinkKind::Revalidated => t("chain-revalidated"),
        LinkKind::Recurrence => t("chain-recurrence"),
    };
    let day = match (link.what, link.on) {
        (LinkKind::Recurrence, None) => t("chain-not-watched"),
        (LinkKind::Recurrence, _) => t_args("chain-again", &[("n", link.n.into()), ("days", link.of.into())]),
        (_, Some(day)) => when::full_day(day),
        (_, None) => t("chain-not-yet"),
    };
    (what, day)
}

/// Whether it has come to that, and whether that is good.
fn tone(link: &Link) -> Tone {
    match (link.what, link.on) {
        (LinkKind::Pattern, _) => Tone::Missed,
        (LinkKind::Recurrence, Some(_)) if link.n > 0 => Tone::Missed,
        (LinkKind::Recurrence, Some(_)) if link.of > 0 => Tone::Proven,
        (LinkKind::Recurrence | LinkKind::NotCarriedOut, _) | (_, None) => Tone::Plain,
        (LinkKind::Closed, _) if link.n > 0 => Tone::Missed,
        (LinkKind::Revalidated, Some(_)) if link.n >= link.of => Tone::Proven,
        (LinkKind::Revalidated, Some(_)) => Tone::Waiting,
        (_, Some(_)) => Tone::Brand,
    }
}

fn icon(link: &Link) -> Ico {
    match (tone(link), link.what) {
        (_, LinkKind::Pattern) | (Tone::Missed, _) => Ico::Warn,
        (_, LinkKind::NotCarriedOut) => Ico::No,
        (Tone::Plain | Tone::Waiting, _) => Ico::Clock,
        (_, LinkKind::Opened) => Ico::Flag,
        _ => Ico::Ok,
    }
}

pub(super) fn test(what: LinkKind) -> &'static str {
    match what {
        LinkKind::Pattern => "pattern",
        LinkKind::Opened => "opened",
        LinkKind::CarriedOut | LinkKind::Closed | LinkKind::NotCarriedOut => "carried-out",
        LinkKind::Revalidated => "revalidated",
        LinkKind::Recurrence => "recurrence",
    }
}

/// What happened again, counted alike before and since, and how little that says.
#[component]
fn Again(chain: ChainView) -> Element {
    let watch = match &chain.answered.action.follow.about {
        About::Action(body) => body.watch_days,
        _ => 0,
    };
    let given_up = chain.answered.action.follow.state == State::Stopped;
    rsx! {
        Section { title: t("again-title"), test: "again",
            match &chain.recurrence {
                None if given_up => rsx! { p { class: "hint", {t("again-never")} } },
                None => rsx! { p { class: "hint", {t_args("again-none-yet", &[("days", watch.into())])} } },
                Some(found) => rsx! {
                    p { class: "said", "data-test": "again-said", {said(&chain, found)} }
                    p { class: "hint", "data-test": "again-strength", {strength(found)} }
                    if !found.complete {
                        p { class: "hint", {t_args("again-until", &[("days", watch.into())])} }
                    }
                },
            }
            if !chain.again.is_empty() {
                Rows { for row in chain.again.clone() { FollowLine { key: "{row.follow.id}", row } } }
            }
        }
    }
}

/// How often it happened since which day, and in ordinary times: before the first of the reports that it
/// answers, which are none of them.
#[must_use]
pub fn said(chain: &ChainView, found: &Recurrence) -> String {
    let day = when::full_day(found.since.date_naive());
    let since = t_args(
        "again-since",
        &[("after", found.after.into()), ("days", found.days.into()), ("day", day.into())],
    );
    let reports = match &chain.answered.action.follow.about {
        About::Action(body) => body.reports.len(),
        _ => 0,
    };
    let usual = if found.usual_days == 0 {
        t("again-usual-not-known")
    } else {
        let (before, days) = (found.before.into(), found.usual_days.into());
        t_args("again-usual", &[("before", before), ("days", days), ("reports", reports.into())])
    };
    join([since, usual])
}

/// What so few can show: less than before only where the whole interval says so.
#[must_use]
pub fn strength(found: &Recurrence) -> String {
    let Some(ratio) = found.ratio else {
        return if found.usual_days == 0 { t("again-no-usual") } else { t("again-nothing") };
    };
    let more = ratio.low > 1.0;
    let Some(times) = words::times(ratio) else {
        // It never happened in ordinary times: there is no number of times as often.
        return if more { t("again-more-new") } else { t("again-unsure-new") };
    };
    match (more, ratio.high.is_some_and(|high| high < 1.0)) {
        (_, true) => t_args("again-less", &[("times", times.into())]),
        (true, _) => t_args("again-more", &[("times", times.into())]),
        _ => t_args("again-unsure", &[("times", times.into())]),
    }
}

#[cfg(test)]
#[path = "chain_tests.rs"]
mod tests;
