//! "On this phone": what is saved here, what the server is known to hold, and each own record.
//!
//! Invariant: every sentence here has its condition in the engine's answer; the tick for "the same"
//! is shown only where both heads agree.

mod entry;
mod kind;
mod newer;

use std::time::Duration;

use dioxus::prelude::*;

use super::ask::use_ask;
use super::codes;
use super::device;
use super::i18n::{t, t_args};
use super::route::Route;
use super::state::{Ctx, failure_of, use_app};
use super::ui::{
    Banner, Button, Card, Chip, Empty, Ico, Icon, Kind, Page, Rows, Section, Tone, device_words, show,
};
use super::when;
use crate::engine::api::{Change, Failure, FailureCode, Reply, Request, SyncChip, SyncHead, SyncView};
use crate::platform;

/// A device clock further off than this is worth a sentence.
const SKEW_MS: u64 = 120_000;
/// How often whoever asked to send looks whether it was tried, and how many times: longer than the network
/// may be silent.
const LOOK: Duration = Duration::from_millis(250);
const TRIES: u32 = 160;

#[component]
pub fn SyncPage() -> Element {
    let app = use_app();
    let sync = use_ask::<SyncView>(Request::Sync);
    let mut busy = use_signal(|| false);
    let sub = sync
        .ready()
        .map(|view| match view.last_synced {
            Some(at) => t_args("sync-last", &[("when", when::short_in(at).into())]),
            None => t("sync-never"),
        })
        .unwrap_or_default();
    let foot = rsx! {
        Button { kind: Kind::Ghost, icon: Ico::Up, busy: busy(), test: "sync-now",
            onclick: move |()| {
                if busy() {
                    return;
                }
                busy.set(true);
                spawn(async move {
                    if let Err(failure) = try_now(app).await {
                        app.say_failure(&failure);
                    }
                    busy.set(false);
                });
            },
            {t("sync-now")}
        }
    };
    rsx! {
        Page { title: t("sync-title"), sub, back: Route::TodayPage {}, chip: false, foot, test: "sync",
            {show(&sync, |view| rsx! { Held { view: view.clone() } Notes { view: view.clone() } Entries { view: view.clone() } newer::Newer { rows: view.newer.clone(), total: view.newer_total } Kept { bytes: view.bytes } })}
        }
    }
}

/// Tries to send, and says what came of it.
async fn try_now(app: Ctx) -> Result<(), Failure> {
    let asked = async || match app.run(Request::Sync).await? {
        Reply::Sync(view) => Ok(view),
        _ => Err(failure_of(FailureCode::Internal)),
    };
    let before = asked().await?.ended;
    app.run(Request::SyncNow).await?;
    for _ in 0..TRIES {
        device::sleep(LOOK).await;
        let view = asked().await?;
        if view.ended != before {
            match view.trouble {
                Some(code) => app.say_trouble(codes::trouble(code)),
                None => {
                    let others = app.status.peek().as_ref().map_or(0, |status| status.others_waiting());
                    let (words, _, tone) = device_words(&view.chip, others);
                    if tone == Tone::Missed { app.say_trouble(words) } else { app.say(words) }
                }
            }
            return Ok(());
        }
    }
    app.say_trouble(t("sync-still-trying"));
    Ok(())
}

/// The count, the server's count, the fingerprint.
#[component]
fn Held(view: SyncView) -> Element {
    let app = use_app();
    let others = app.status.read().as_ref().map_or(0, |status| status.others_waiting());
    let (words, icon, tone) = device_words(&view.chip, others);
    let held = view.held.map_or(0, |held| held.seq);
    let head = view.held.unwrap_or(view.own);
    rsx! {
        Card { test: "sync-held",
            div { class: "kv",
                strong { {t("sync-state")} }
                Chip { tone, icon, words, test: "sync-state" }
            }
            if let SyncChip::Sending { sent, of, .. } = view.chip {
                progress { max: "{of}", value: "{sent}", "aria-label": t("sync-sending") }
            }
            dl { class: "kvs",
                div { class: "kv",
                    dt { {t("sync-server-holds")} }
                    dd { "data-test": "sync-count", {t_args("sync-of", &[("held", held.into()), ("own", view.own.seq.into())])} }
                }
                // The chip has room for one of them.
                if others > 0 {
                    div { class: "kv",
                        dt { {t("sync-waits-mine")} }
                        dd { "data-test": "sync-waits-mine", "{view.chip.waiting()}" }
                    }
                    div { class: "kv",
                        dt { {t("sync-waits-others")} }
                        dd { "data-test": "sync-waits-others", "{others}" }
                    }
                }
                // Of nothing there is no fingerprint.
                if head.seq > 0 {
                    div { class: "kv",
                        dt { {t_args("sync-fingerprint", &[("n", head.seq.into())])} }
                        dd { class: "mono print-short",
                            span { {short_print(&head)} }
                            if view.agrees && view.held.is_some() {
                                span { class: "agrees", "data-test": "sync-agrees",
                                    Icon { icon: Ico::Ok }
                                    {t("sync-agrees")}
                                }
                            }
                        }
                    }
                }
                div { class: "kv",
                    dt { {t("sync-server")} }
                    dd { {view.server.clone()} }
                }
            }
            details { "data-test": "sync-fingerprint-more",
                summary { {t("sync-fingerprint-more")} }
                p { class: "hint", {t("sync-fingerprint-what")} }
                p { class: "mono", "data-test": "sync-head", {view.own.hash.to_string()} }
                p { class: "hint", {t_args("sync-own-head", &[("n", view.own.seq.into())])} }
                if let Some(held) = view.held {
                    p { class: "mono", "data-test": "sync-held-head", {held.hash.to_string()} }
                    p { class: "hint", {t_args("sync-held-head", &[("n", held.seq.into())])} }
                }
                Copy { text: view.own.hash.to_string() }
            }
        }
    }
}

/// `9f3a 77c0 … c21e`: enough to compare by eye.
fn short_print(head: &SyncHead) -> String {
    let hex = head.hash.to_string();
    let group = |from: usize| hex.get(from..from + 4).unwrap_or_default();
    format!("{} {} … {}", group(0), group(4), group(60))
}

#[component]
fn Copy(text: String) -> Element {
    let app = use_app();
    rsx! {
        Button { kind: Kind::Quiet, icon: Ico::Copy, test: "copy-head",
            onclick: move |()| {
                let text = text.clone();
                spawn(async move {
                    app.say(if platform::copy(&text).await { t("copied") } else { t("copy-refused") });
                });
            },
            {t("copy")}
        }
    }
}

/// What stands in the way, when it is tried again, and a clock that is wrong.
#[component]
fn Notes(view: SyncView) -> Element {
    let mut app = use_app();
    let pair_again = rsx! {
        Button { kind: Kind::Primary, icon: Ico::Key, test: "pair-again", onclick: move |()| app.adding.set(true), {t("sync-pair-again")} }
    };
    // Where all is synced, the next try is no news.
    let synced = matches!(view.chip, SyncChip::AllSynced { .. } | SyncChip::SetAside { .. });
    let next = view
        .next_try
        .filter(|_| !synced)
        .map(|at| t_args("sync-next", &[("time", when::short_in(at).into())]));
    let skew = view.skew_ms.filter(|skew| skew.unsigned_abs() > SKEW_MS);
    rsx! {
        match &view.chip {
            SyncChip::SignInAgain { .. } => rsx! {
                Banner { tone: Tone::Missed, icon: Ico::Key, title: t("sync-sign-in"), text: t("sync-sign-in-hint"), test: "sync-sign-in", {pair_again} }
            },
            _ => rsx! {},
        }
        if let Some(trouble) = view.trouble {
            Banner { tone: Tone::Waiting, icon: Ico::Info, title: codes::trouble(trouble), text: next.unwrap_or_default(), test: "sync-trouble" }
        } else if let Some(next) = next {
            p { class: "hint", "data-test": "sync-next", {next} }
        }
        if let Some(skew) = skew {
            Banner { tone: Tone::Waiting, icon: Ico::Clock, title: skew_words(skew), text: t("sync-skew-hint"), test: "sync-skew" }
        }
    }
}

fn skew_words(skew_ms: i64) -> String {
    let span = when::span(skew_ms.unsigned_abs() / 60_000);
    if skew_ms > 0 {
        t_args("sync-skew-ahead", &[("span", span.into())])
    } else {
        t_args("sync-skew-behind", &[("span", span.into())])
    }
}

#[component]
fn Entries(view: SyncView) -> Element {
    if view.events.is_empty() {
        return rsx! { Empty { icon: Ico::List, title: t("sync-nothing"), hint: t("sync-nothing-hint") } };
    }
    let shown = view.events.len();
    let shown = u64::try_from(shown).unwrap_or(u64::MAX);
    // What needs a person comes first; the rest keeps the engine's order, newest first.
    let (needs, rest): (Vec<_>, Vec<_>) = view.events.iter().cloned().partition(entry::needs_you);
    rsx! {
        if !needs.is_empty() {
            Section { title: t("sync-needs-you"), test: "sync-needs-you",
                Rows {
                    for row in needs {
                        entry::Entry { key: "{row.replica}-{row.seq}", row }
                    }
                }
            }
        }
        if !rest.is_empty() {
            Section { title: t("sync-entries"), test: "sync-entries",
                Rows {
                    for row in rest {
                        entry::Entry { key: "{row.replica}-{row.seq}", row }
                    }
                }
                if view.total > shown {
                    p { class: "hint", {t_args("sync-more", &[("shown", shown.into()), ("total", view.total.into())])} }
                }
            }
        }
    }
}

/// Space and whether the machine keeps the data.
#[component]
fn Kept(bytes: u64) -> Element {
    rsx! {
        Section { title: t("storage-title"), test: "sync-storage",
            super::more::Storage { bytes }
        }
    }
}

/// Makes all that hangs on the sync ask again.
pub fn refresh(app: super::state::Ctx) {
    app.bump(Change::Sync);
}
