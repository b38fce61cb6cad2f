//! How a standard came to be: each version, who, when, why, and what it changed, item by item; and what
//! somebody who writes standards may do next.

use dioxus::prelude::*;
use uuid::Uuid;

use super::words;
use crate::app::ask::use_ask;
use crate::app::form::{Top, use_form, wanted};
use crate::app::i18n::{t, t_args};
use crate::app::route::Route;
use crate::app::settings::words::often;
use crate::app::state::use_app;
use crate::app::ui::{Banner, Button, Dialog, Field, Go, Ico, Kind, Said, Section, Tone, show};
use crate::app::{codes, names, when};
use crate::engine::api::{BeginFrom, Did, Logged, Reply, Request, StandardLog};
use crate::practice::diff::Difference;
use crate::practice::editing::Often;
use crate::practice::standard::Standard;

#[component]
pub fn Log(page: Standard) -> Element {
    let asked = use_ask::<StandardLog>(Request::StandardLog { standard: page.standard });
    rsx! {
        {show(&asked, |log| rsx! {
            if log.retired {
                Banner { tone: Tone::Waiting, icon: Ico::No, title: t("standards-retired"), text: t("log-retired-hint"), test: "retired" }
            }
            if log.may_edit { Acts { page: page.clone(), retired: log.retired } }
            p { class: "hint", "data-test": "standard-expected",
                {t_args("standard-expected", &[("often", often(log.expected).into())])}
            }
            Section { title: t("log-title"), test: "standard-log",
                ol { class: "card history",
                    for entry in log.entries.clone() {
                        Entry { key: "{entry.event}", entry, of: page.standard }
                    }
                }
            }
        })}
    }
}

#[component]
fn Entry(entry: Logged, of: Uuid) -> Element {
    let who =
        t_args("log-who", &[("name", entry.by.clone().into()), ("when", when::day_time_in(entry.at).into())]);
    match entry.did {
        Did::Retired { reason } => rsx! {
            li { "data-test": "log-retired",
                p { strong { {t("standards-retired")} } " · " {who} }
                Said { text: reason }
            }
        },
        Did::Expected { was, now, reason } => rsx! {
            li { "data-test": "log-expected",
                p { strong { {expected_change(was, now)} } " · " {who} }
                if !reason.is_empty() { Said { text: reason } }
            }
        },
        Did::Published { version, change, differences, beaten } => rsx! {
            li { "data-test": "log-version-{version}",
                p {
                    Go { to: Route::StandardPage { standard: of.to_string(), version }, class: "log-version",
                        {t_args("standards-version", &[("n", version.into())])}
                    }
                    " · " {who}
                }
                if !change.is_empty() {
                    Said { text: names::text(&change) }
                }
                if beaten {
                    p { class: "hint", {t("log-beaten")} }
                }
                match differences {
                    None => rsx! { p { class: "hint", {t("log-first")} } },
                    Some(differences) => rsx! { Differences { differences } },
                }
            }
        },
    }
}

/// "How often everybody is observed: not set → once within 30 days".
fn expected_change(was: Option<Often>, now: Option<Often>) -> String {
    t_args("diff-expected", &[("was", often(was).into()), ("now", often(now).into())])
}

/// What changed, line by line; also how often everybody is observed by it, where that did.
#[component]
pub fn Differences(
    differences: Vec<Difference>,
    #[props(default)] expected: Option<(Option<Often>, Option<Often>)>,
) -> Element {
    let expected = expected.filter(|(was, now)| was != now);
    if differences.is_empty() && expected.is_none() {
        return rsx! { p { class: "hint", {t("diff-none")} } };
    }
    let mut lines: Vec<(String, String)> = differences.iter().map(words::difference).collect();
    lines.extend(expected.map(|(was, now)| (String::new(), expected_change(was, now))));
    rsx! {
        ul { class: "diff", role: "list", "data-test": "diff",
            for (n , (place , what)) in lines.into_iter().enumerate() {
                li { key: "{n}",
                    if !place.is_empty() { strong { {place} } " · " }
                    {what}
                }
            }
        }
    }
}

#[component]
fn Acts(page: Standard, retired: bool) -> Element {
    let app = use_app();
    let navigator = use_navigator();
    let mut busy = use_signal(|| false);
    let mut retiring = use_signal(|| wanted("retire", &page.standard.to_string()));
    let begin = use_callback(move |from: BeginFrom| {
        busy.set(true);
        spawn(async move {
            match app.run(Request::BeginStandard { from }).await {
                Ok(Reply::StandardDraft(view)) => {
                    navigator.push(Route::EditStandardPage { id: view.editing.id.to_string() });
                }
                Ok(_) => {}
                Err(failure) => app.say_failure(&failure),
            }
            busy.set(false);
        });
    });
    let (of, reference) = (page.standard, page.reference());
    rsx! {
        div { class: "btn-row record-actions", "data-test": "standard-acts",
            Button { kind: Kind::Ghost, icon: Ico::Pen, busy: busy(), test: "write-next", onclick: move |()| begin.call(BeginFrom::Next(of)), {t("write-next")} }
            Button { kind: Kind::Ghost, icon: Ico::Copy, busy: busy(), test: "write-copy", onclick: move |()| begin.call(BeginFrom::Copy(reference)), {t("write-copy")} }
            if !retired {
                Button { kind: Kind::Danger, icon: Ico::No, test: "retire", onclick: move |()| retiring.set(true), {t("write-retire")} }
            }
        }
        if retiring() {
            Retire { of, onclose: move |()| retiring.set(false) }
        }
    }
}

#[component]
fn Retire(of: Uuid, onclose: EventHandler<()>) -> Element {
    let app = use_app();
    let mut reason = use_signal(String::new);
    let mut missing = use_signal(|| false);
    let form = use_form("retire", &of);
    form.keeps("reason", reason);
    let send = move |()| {
        let request = Request::RetireStandard { standard: of, reason: reason.cloned() };
        form.send(request, move |answer| match answer {
            Ok(Reply::NotYet(_)) => {
                missing.set(true);
                crate::app::device::focus("retire-reason");
            }
            Ok(_) => {
                app.say(t("write-retired"));
                onclose.call(());
            }
            Err(failure) => form.fail(codes::failure(&failure)),
        });
    };
    rsx! {
        Dialog { id: "retire-dialog", title: t("write-retire"), onclose, busy: (form.busy)(),
            actions: rsx! { Button { kind: Kind::Danger, busy: (form.busy)(), test: "retire-send", onclick: send, {t("write-retire")} } },
            p { class: "hint", {t("write-retire-hint")} }
            Top { form }
            Field { label: t("write-retire-reason"), id: "retire-reason", value: reason(), rows: 3, longest: 2000,
                error: if missing() { t("act-words-missing") } else { String::new() },
                oninput: move |text: String| {
                    missing.set(false);
                    reason.set(text);
                },
            }
        }
    }
}
