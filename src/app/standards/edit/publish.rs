//! Publishing: what changes, in lines, and the reason that everybody will read beside it.

use dioxus::prelude::*;

use super::pen::pen;
use crate::app::codes;
use crate::app::form::{Top, use_form};
use crate::app::i18n::{lang, t};
use crate::app::route::Route;
use crate::app::standards::log::Differences;
use crate::app::ui::{Button, Dialog, Field, Ico};
use crate::engine::api::{Reply, Request};
use crate::practice::diff::diff;
use crate::practice::text::Text;

#[component]
pub fn Publish(publishing: Signal<bool>) -> Element {
    let mut pen = pen();
    let navigator = use_navigator();
    let mut publishing = publishing;
    let mut reason = use_signal(String::new);
    let mut missing = use_signal(|| false);
    let mut flushing = use_signal(|| false);
    let before = pen.view.read().before.clone();
    let version = before.as_ref().map_or(1, |before| before.version + 1);
    let differences = before.as_ref().map(|before| diff(before, &pen.editing.read().standard));
    let (was, now) = (pen.view.read().expected_before, pen.editing.read().expected);
    let first = differences.is_none();
    let id = pen.editing.peek().id;
    let form = use_form("publish", &id);
    form.keeps("reason", reason);
    let busy = flushing() || (form.busy)();
    let send = move |()| {
        flushing.set(true);
        spawn(async move {
            let flushed = pen.flush().await;
            flushing.set(false);
            if let Err(failure) = flushed {
                return form.fail(codes::failure(&failure));
            }
            let mut change = Text::default();
            change.set(lang().tag(), reason.peek().trim().to_owned());
            form.send(Request::PublishStandardDraft { id, change }, move |answer| match answer {
                Ok(Reply::Written { id }) => {
                    pen.app.say(t("write-published"));
                    navigator.replace(Route::StandardPage { standard: id.to_string(), version });
                }
                Ok(Reply::NotYet(_)) => {
                    missing.set(true);
                    crate::app::device::focus("publish-reason");
                }
                Ok(_) => {
                    pen.pressed.set(true);
                    publishing.set(false);
                }
                Err(failure) => form.fail(codes::failure(&failure)),
            });
        });
    };
    rsx! {
        Dialog { id: "publish-dialog", title: t("write-publish"), onclose: move |()| publishing.set(false), busy,
            actions: rsx! { Button { icon: Ico::Ok, busy, test: "publish-send", onclick: send, {t("write-publish")} } },
            p { class: "hint", {t("write-publish-hint")} }
            if let Some(differences) = differences {
                h3 { {t("write-changes")} }
                Differences { differences, expected: (was, now) }
            }
            Top { form }
            Field { label: if first { t("write-reason-first") } else { t("write-reason") }, id: "publish-reason", value: reason(), rows: 3, longest: 2000,
                hint: t("write-reason-hint"),
                error: if missing() { t("act-words-missing") } else { String::new() },
                oninput: move |text: String| {
                    missing.set(false);
                    reason.set(text);
                },
            }
        }
    }
}
