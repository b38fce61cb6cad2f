//! The bar at the bottom: what is saved, and finishing; and the summary of what is still open.
//!
//! Invariant: finishing cannot happen twice (the desk is busy, and the engine gives the same record
//! again), and what is open is said by item, never as "invalid".

use dioxus::prelude::*;

use super::desk::desk;
use super::done::Finished;
use super::progress;
use super::saving::Shown;
use crate::app::i18n::{t, t_args};
use crate::app::ui::{Button, Ico, Icon, Kind};
use crate::app::{codes, device, names, when};
use crate::practice::draft::Open;
use crate::practice::standard::Class;

/// "Saved 07:43:10": what the engine said, or why not.
#[component]
fn SavedLine() -> Element {
    let desk = desk();
    let shown = use_memo(move || desk.saving.read().shown());
    match shown() {
        Shown::Nothing => rsx! { p { class: "saved", {t("capture-saves")} } },
        Shown::Saving => rsx! { p { class: "saved", "data-test": "saving", {t("capture-saving")} } },
        Shown::Saved(at) => rsx! {
            p { class: "saved saved-yes", "data-test": "saved-at",
                Icon { icon: Ico::Ok }
                {t_args("capture-saved", &[("time", when::time_exact(at).into())])}
            }
        },
        Shown::Trouble(code) => rsx! {
            p { class: "saved saved-no", role: "alert", "data-test": "save-trouble",
                Icon { icon: Ico::Warn }
                span { {codes::failure_code(code)} " " {t("capture-save-again")} }
            }
        },
    }
}

#[component]
pub fn Foot(finished: Signal<Option<Finished>>, single: bool, listing: Signal<bool>) -> Element {
    let desk = desk();
    let view = desk.standard();
    let (mut step, mut listing) = (desk.step, listing);
    let last = progress::steps(&view.standard).len().saturating_sub(1);
    let now = *step.read();
    let go = move |to: usize| {
        if let Some(field) = desk.unread_here() {
            device::focus(&field);
            return;
        }
        step.set(to);
        listing.set(false);
        desk.flush_soon();
        device::focus("content");
    };
    let (mut back, mut next) = (go, go);
    rsx! {
        SavedLine {}
        if single {
            div { class: "foot-steps",
                Button { kind: Kind::Ghost, test: "list", icon: Ico::List, onclick: move |()| listing.toggle(), {t("capture-list-short")} }
                if now > 0 {
                    Button { kind: Kind::Ghost, test: "step-back", icon: Ico::Back, onclick: move |()| back(now.saturating_sub(1)), {t("capture-previous")} }
                }
                if now < last {
                    Button { test: "step-next", onclick: move |()| next(now + 1), {t("capture-next")} Icon { icon: Ico::Next } }
                } else {
                    FinishButton { finished }
                }
            }
        } else {
            FinishButton { finished }
        }
    }
}

#[component]
fn FinishButton(finished: Signal<Option<Finished>>) -> Element {
    let desk = desk();
    if desk.draft.peek().trial {
        return rsx! { super::trial::TrialButton {} };
    }
    let (mut finished, mut pressed) = (finished, desk.pressed);
    let open = use_memo(move || desk.open().len());
    let busy = *desk.busy.read();
    let class = desk.standard().standard.class;
    rsx! {
        Button { test: "finish", busy, icon: Ico::Ok,
            onclick: move |()| {
                let first = desk.open().into_iter().next();
                if let Some(first) = first {
                    pressed.set(true);
                    desk.flush_soon();
                    desk.jump(&first);
                    return;
                }
                spawn(async move {
                    if let Some(record) = desk.finish().await {
                        let done = Finished::of(record, &desk.draft.peek(), &desk.standard());
                        finished.set(Some(done));
                    }
                });
            },
            match (open(), class) {
                (0, Class::Handoff) => t("capture-hand-over"),
                (0, _) => t("capture-finish"),
                (open, Class::Handoff) => t_args("capture-hand-over-open", &[("n", open.into())]),
                (open, _) => t_args("capture-finish-open", &[("n", open.into())]),
            }
        }
    }
}

/// "3 things still open", each a way to its place. From the first press of "Finish" on.
#[component]
pub fn OpenPoints() -> Element {
    let desk = desk();
    let open = use_memo(move || if *desk.pressed.read() { desk.open() } else { Vec::new() });
    let open = open();
    if open.is_empty() {
        return rsx! {};
    }
    rsx! {
        section { class: "open-points", id: "open-points", "data-test": "open-points", "aria-labelledby": "open-points-title",
            h2 { id: "open-points-title", Icon { icon: Ico::Warn }
                span { role: "status", {t_args("capture-open-points", &[("n", open.len().into())])} }
            }
            ul {
                for (at, point) in open.into_iter().enumerate() {
                    li { key: "{at}",
                        a {
                            href: "#{progress::anchor(&point)}",
                            onclick: {
                                let point = point.clone();
                                move |event: MouseEvent| {
                                    // The fragment is the place in the app: the browser must not follow it.
                                    event.prevent_default();
                                    desk.jump(&point);
                                }
                            },
                            {words(&point)}
                        }
                    }
                }
            }
        }
    }
}

/// The item's own words, or the sentence of the point where it is about no item.
fn words(open: &Open) -> String {
    let view = desk().standard();
    match open.item().and_then(|id| view.standard.item(id)) {
        Some(item) => names::text(&item.text),
        None => codes::open(open),
    }
}
