//! A standard that is being written, filled as on a shift: what it asks, and what it would come to.
//!
//! Invariant: nothing leads from here to a record; the engine refuses it, too.

use dioxus::prelude::*;

use super::desk::desk;
use crate::app::i18n::t;
use crate::app::record::comes_in_words;
use crate::app::route::Route;
use crate::app::ui::{Banner, Button, Dialog, Go, Ico, Icon, Tone};
use crate::practice::record::verdict;

/// Says so, as long as it is open.
#[component]
pub fn Trial() -> Element {
    rsx! {
        Banner { tone: Tone::Waiting, icon: Ico::Eye, title: t("trial-title"), text: t("trial-hint"), test: "trial" }
    }
}

/// In place of "Finish".
#[component]
pub fn TrialButton() -> Element {
    let desk = desk();
    let mut pressed = desk.pressed;
    let mut shown = use_signal(|| false);
    rsx! {
        Button { test: "trial-done", icon: Ico::Ok,
            onclick: move |()| {
                let first = desk.open().into_iter().next();
                match first {
                    Some(first) => {
                        pressed.set(true);
                        desk.flush_soon();
                        desk.jump(&first);
                    }
                    None => shown.set(true),
                }
            },
            {t("trial-done")}
        }
        if shown() {
            Comes { onclose: move |()| shown.set(false) }
        }
    }
}

#[component]
fn Comes(onclose: EventHandler<()>) -> Element {
    let desk = desk();
    let view = desk.standard();
    let draft = desk.draft.read();
    let weighed = verdict(&view.standard, &draft.content.answers);
    let (words, icon, tone) = comes_in_words(&weighed, Some(&view.standard));
    let words = if words.is_empty() { t("trial-nothing") } else { words };
    rsx! {
        Dialog { id: "trial-dialog", title: t("trial-comes"), onclose,
            actions: rsx! {
                Go { to: Route::EditStandardPage { id: draft.id.to_string() }, class: "btn", test: "trial-back", span { class: "btn-words", {t("trial-back")} } }
            },
            p { class: "verdict-words", "data-test": "trial-verdict",
                span { class: "st {tone.class()}", Icon { icon } }
                span { {words} }
            }
        }
    }
}
