//! Another PIN for who is unlocked here.
//!
//! Invariant: the known PIN is asked again, so that a device left unlocked for a moment cannot be
//! taken over; wrong ones count as at the lock screen.

use dioxus::prelude::*;

use crate::app::i18n::t;
use crate::app::state::use_app;
use crate::app::ui::{Button, Ico, Icon, Kind, PinField};
use crate::app::{codes, device};
use crate::engine::api::{FailureCode, Request};
use crate::practice::pin::is_easy;

#[component]
pub fn ChangePin() -> Element {
    let mut open = use_signal(|| false);
    let mut changed = use_signal(|| false);
    rsx! {
        if open() {
            ChangePinForm {
                onend: move |done: bool| {
                    open.set(false);
                    changed.set(done);
                },
            }
        } else {
            Button {
                kind: Kind::Ghost,
                icon: Ico::Key,
                test: "change-pin",
                onclick: move |()| {
                    changed.set(false);
                    open.set(true);
                },
                {t("pin-change")}
            }
        }
        p { class: "hint", role: "status", "data-test": "pin-changed",
            if changed() { Icon { icon: Ico::Ok } {t("pin-changed")} }
        }
    }
}

#[component]
fn ChangePinForm(onend: EventHandler<bool>) -> Element {
    let app = use_app();
    let mut old = use_signal(String::new);
    let mut new = use_signal(String::new);
    let mut again = use_signal(String::new);
    let mut old_error = use_signal(String::new);
    let mut new_error = use_signal(String::new);
    let mut again_error = use_signal(String::new);
    let mut busy = use_signal(|| false);
    let name = app
        .status
        .read()
        .as_ref()
        .and_then(|status| status.me.as_ref())
        .map(|me| me.name.clone())
        .unwrap_or_default();
    use_effect(|| device::focus("pin-old"));
    let submit = use_callback(move |(): ()| {
        for mut error in [old_error, new_error, again_error] {
            error.set(String::new());
        }
        let six = codes::failure_code(FailureCode::BadPin);
        if old.peek().len() != 6 {
            old_error.set(six);
            device::focus("pin-old");
            return;
        }
        if new.peek().len() != 6 {
            new_error.set(six);
            device::focus("pin-new");
            return;
        }
        if *new.peek() != *again.peek() {
            again_error.set(t("pair-pin-differs"));
            device::focus("pin-again");
            return;
        }
        if is_easy(&new.peek()) {
            new_error.set(codes::failure_code(FailureCode::EasyPin));
            device::focus("pin-new");
            return;
        }
        busy.set(true);
        let request = Request::ChangePin { old: old.peek().clone(), new: new.peek().clone() };
        spawn(async move {
            let done = app.run(request).await;
            busy.set(false);
            match done {
                Ok(_) => onend.call(true),
                Err(failure) => {
                    old.set(String::new());
                    old_error.set(codes::failure(&failure));
                    device::focus("pin-old");
                }
            }
        });
    });
    rsx! {
        form {
            class: "form",
            novalidate: true,
            "data-test": "pin-form",
            onsubmit: move |event| {
                event.prevent_default();
                if !busy() {
                    submit.call(());
                }
            },
            p { {t("pair-pin-why")} }
            // Password managers file the PIN under a name; nobody has to see or type it.
            input { r#type: "text", class: "sr", autocomplete: "username", tabindex: "-1", "aria-hidden": "true", readonly: true, value: name }
            PinField { label: t("pin-old"), id: "pin-old", error: old_error(), value: old(), oninput: move |text: String| old.set(text) }
            PinField { label: t("pin-new"), id: "pin-new", fresh: true, error: new_error(), value: new(), oninput: move |text: String| new.set(text) }
            PinField { label: t("pair-pin-again"), id: "pin-again", fresh: true, error: again_error(), value: again(), oninput: move |text: String| again.set(text) }
            Button { submit: true, busy: busy(), test: "pin-save", {t("pin-change")} }
            Button { kind: Kind::Ghost, test: "pin-back", onclick: move |()| onend.call(false), {t("back")} }
        }
    }
}
