//! The lock screen: who uses this device, and the PIN.
//!
//! Invariant: only names are shown here, and how many entries of each wait; nothing of a profile is readable
//! without its PIN.

use std::time::Duration;

use dioxus::prelude::*;
use uuid::Uuid;

use super::i18n::{t, t_args};
use super::pair::{LanguagePills, opened};
use super::state::use_app;
use super::today::join;
use super::ui::{Button, Ico, Icon, Kind, PinField};
use super::{codes, device, when};
use crate::engine::api::{FailureCode, LeftOver, Profile, Request, Unfinished};

const SECOND: Duration = Duration::from_secs(1);

#[component]
pub fn LockScreen() -> Element {
    let mut app = use_app();
    let profiles = app.status.read().as_ref().map(|status| status.profiles.clone()).unwrap_or_default();
    let mut chosen = use_signal(|| None::<Uuid>);
    let only = if let [only] = profiles.as_slice() { Some(only.profile) } else { None };
    let open = chosen().or(only);
    let profile = profiles.iter().find(|profile| Some(profile.profile) == open).cloned();
    let several = profiles.len() > 1;
    let choosing = profile.is_none();
    use_effect(use_reactive!(|choosing| {
        let title = if choosing { t("lock-title") } else { t("lock-pin-title") };
        device::title(&t_args("window-title", &[("title", title.into())]));
        if choosing {
            device::focus("page-title");
        } else {
            device::focus("pin");
        }
    }));
    rsx! {
        div { class: "door", "data-test": "lock",
            main { id: "content",
                match profile {
                    Some(profile) if profile.removed => rsx! {
                        Removed { key: "{profile.profile}", profile, several, onback: move |()| chosen.set(None) }
                    },
                    Some(profile) => rsx! {
                        UnlockForm { key: "{profile.profile}", profile, several, onback: move |()| chosen.set(None) }
                    },
                    None => rsx! {
                        LanguagePills {}
                        h1 { id: "page-title", tabindex: "-1", {t("lock-title")} }
                        ul { class: "rows", role: "list",
                            for profile in profiles {
                                li { key: "{profile.profile}", class: "row-li",
                                    button {
                                        r#type: "button",
                                        class: "row who",
                                        "data-test": "profile",
                                        onclick: move |_| chosen.set(Some(profile.profile)),
                                        span { class: "ic", Icon { icon: Ico::User } }
                                        span { class: "row-text",
                                            span { class: "row-title", {profile.name.clone()} }
                                            span { class: "row-detail",
                                                if profile.removed { {t("lock-removed")} } else { {join([profile.org.clone(), waiting(&profile)])} }
                                            }
                                        }
                                        Icon { icon: Ico::Next, class: "row-next" }
                                    }
                                }
                            }
                        }
                    },
                }
                Button { kind: Kind::Quiet, icon: Ico::Plus, test: "add-person", onclick: move |()| app.adding.set(true), {t("lock-add")} }
            }
        }
    }
}

/// "1 not sent since 16:30"; empty where nothing waits, as far as that is known.
#[must_use]
pub fn waiting(profile: &Profile) -> String {
    match (profile.waiting, profile.waiting_since) {
        (Some(n @ 1..), Some(since)) => {
            t_args("lock-waiting", &[("n", n.into()), ("when", when::short_in(since).into())])
        }
        _ => String::new(),
    }
}

/// What of it was not finished, where it is now and what was lost; nothing where nothing was left.
fn unfinished(left: Option<LeftOver>) -> Vec<String> {
    // An older version handed over what was finished, and wiped the rest.
    let Some(left) = left else { return vec![t("lock-removed-older")] };
    let (sent, not_sent) = (counted(left.handed_over), counted(left.not_sent));
    let told = [
        sent.map(|what| t_args("lock-removed-unfinished", &[("what", what.into())])),
        not_sent.map(|what| t_args("lock-removed-not-sent", &[("what", what.into())])),
        left.unknown.then(|| t("lock-removed-unknown")),
    ];
    told.into_iter().flatten().collect()
}

/// "2 observations, 1 form"; none where there is nothing.
fn counted(of: Unfinished) -> Option<String> {
    let what = [
        (of.observations > 0).then(|| t_args("left-observations", &[("n", of.observations.into())])),
        (of.forms > 0).then(|| t_args("left-forms", &[("n", of.forms.into())])),
        (of.standards > 0).then(|| t_args("left-standards", &[("n", of.standards.into())])),
    ];
    let what: Vec<String> = what.into_iter().flatten().collect();
    (!what.is_empty()).then(|| what.join(", "))
}

/// Says what became of the records of a device that was removed.
#[component]
fn Removed(profile: Profile, several: bool, onback: EventHandler<()>) -> Element {
    let app = use_app();
    let id = profile.profile;
    rsx! {
        h1 { id: "page-title", tabindex: "-1", {t("lock-removed")} }
        p { class: "hint", {profile.org.clone()} }
        div { "data-test": "removed",
            p { {t_args("lock-removed-hint", &[("name", profile.name.clone().into())])} }
            for unfinished in unfinished(profile.left) {
                p { "data-test": "removed-unfinished", {unfinished} }
            }
        }
        div { class: "push" }
        Button {
            kind: Kind::Ghost,
            test: "forget",
            onclick: move |()| {
                spawn(async move {
                    // Where it fails the row stays, and can be tapped again.
                    let _ = app.run(Request::Forget { profile: id }).await;
                    onback.call(());
                });
            },
            {t("lock-removed-forget")}
        }
        if several {
            Button { kind: Kind::Ghost, test: "other-person", onclick: move |()| onback.call(()), {t("lock-other")} }
        }
    }
}

#[component]
fn UnlockForm(profile: Profile, several: bool, onback: EventHandler<()>) -> Element {
    let mut app = use_app();
    let mut pin = use_signal(String::new);
    let mut error = use_signal(String::new);
    let mut gone = use_signal(|| false);
    let mut busy = use_signal(|| false);
    // Seconds to wait after too many wrong PINs, counted down where they are read.
    let mut wait = use_signal(|| 0_u64);
    use_future(move || async move {
        loop {
            device::sleep(SECOND).await;
            let left = *wait.peek();
            if left > 0 {
                wait.set(left.saturating_sub(1));
                error.set(if left > 1 { codes::wait(left.saturating_sub(1)) } else { String::new() });
            }
        }
    });
    let id = profile.profile;
    let unlock = use_callback(move |(): ()| {
        if *busy.peek() {
            return;
        }
        if pin.peek().len() != 6 {
            // A thumb already on its way to the button must not wipe out why the sixth digit opened nothing.
            let answered = pin.peek().is_empty() && !error.peek().is_empty();
            if !answered {
                error.set(codes::failure_code(FailureCode::BadPin));
            }
            device::focus("pin");
            return;
        }
        error.set(String::new());
        busy.set(true);
        let request = Request::Unlock { profile: id, pin: pin.peek().clone() };
        spawn(async move {
            let done = app.run(request).await;
            busy.set(false);
            match done {
                Ok(_) => opened(app),
                Err(failure) => {
                    pin.set(String::new());
                    gone.set(failure.code == FailureCode::DeviceKeyGone);
                    let seconds = failure.detail.parse().unwrap_or(0);
                    wait.set(if failure.code == FailureCode::TooManyPins { seconds } else { 0 });
                    error.set(codes::failure(&failure));
                    device::focus("pin");
                }
            }
        });
    });
    rsx! {
        h1 { id: "page-title", tabindex: "-1", {t_args("lock-hello", &[("name", profile.name.clone().into())])} }
        p { class: "hint", {profile.org.clone()} }
        if !waiting(&profile).is_empty() {
            p { class: "hint", "data-test": "lock-waiting", {waiting(&profile)} }
        }
        form {
            novalidate: true,
            onsubmit: move |event| {
                event.prevent_default();
                unlock.call(());
            },
            // Password managers file the PIN under a name; nobody has to see or type it.
            input { r#type: "text", class: "sr", autocomplete: "username", tabindex: "-1", "aria-hidden": "true", readonly: true, value: profile.name.clone() }
            PinField {
                label: t("lock-pin"),
                id: "pin",
                error: error(),
                value: pin(),
                oninput: move |text: String| {
                    let complete = text.len() == 6 && text != *pin.peek();
                    pin.set(text);
                    // The sixth digit is the last: one tap less, standing in a kitchen.
                    if complete {
                        unlock.call(());
                    }
                },
            }
            div { class: "push" }
            if gone() {
                Button { icon: Ico::Key, test: "pair-again", onclick: move |()| app.adding.set(true), {t("lock-pair-again")} }
            } else {
                Button { submit: true, busy: busy(), test: "unlock", {t("lock-open")} }
            }
            if several {
                Button { kind: Kind::Ghost, test: "other-person", onclick: move |()| onback.call(()), {t("lock-other")} }
            }
        }
    }
}
