//! Pairing: a code from the administrator, then a PIN that opens the records on this device.
//!
//! Invariant: the code is taken from the link once and is not kept; the PIN leaves this screen only
//! inside the request to the engine.

mod form;
mod ios;

use std::rc::Rc;

use dioxus::prelude::*;
use dioxus_history::History;

pub use form::format_code;
pub use ios::{InstallFirst, InstallSteps, InstallToCapture};

use super::device;
use super::i18n::{Lang, choose, lang, t, t_args};
use super::state::{Ctx, failure_of, use_app};
use super::ui::{Button, Fault, Field, Kind, Pick, Pills, PinField};
use crate::app::codes;
use crate::engine::api::{Change, FailureCode, Request};
use crate::platform;
use crate::practice::pin::is_easy;
use crate::practice::text::too_many;

/// The longest name of a device, in letters.
const LONGEST_DEVICE: u32 = 60;

/// The two steps.
#[derive(Clone, Copy, PartialEq)]
enum Step {
    Code,
    Pin,
}

#[component]
pub fn Pair() -> Element {
    let mut app = use_app();
    let mut reading = use_signal(|| false);
    let linked = use_hook(|| {
        let mut start = app.start;
        start.with_mut(|start| start.pair.take())
    });
    let mut code = use_signal(|| linked.as_ref().map(|pair| format_code(&pair.code)).unwrap_or_default());
    let server = use_signal(|| {
        linked.as_ref().and_then(|pair| pair.server.clone()).or_else(platform::own_server).unwrap_or_default()
    });
    let device_name = use_signal(platform::device_name);
    let mut step = use_signal(|| Step::Code);
    let mut code_error = use_signal(String::new);
    let has_profiles = app.status.read().as_ref().is_some_and(|status| !status.profiles.is_empty());
    use_effect(move || {
        let title = match step() {
            Step::Code => t("pair-title"),
            Step::Pin => t("pair-pin-title"),
        };
        device::title(&t_args("window-title", &[("title", title.into())]));
        device::focus("page-title");
    });
    if platform::is_ios_tab() && !reading() {
        let until = linked.as_ref().and_then(|pair| pair.until);
        return rsx! { InstallFirst { code: code(), until, onread: move |()| reading.set(true) } };
    }
    rsx! {
        div { class: "door", "data-test": "pair",
            main { id: "content",
                match step() {
                    Step::Code => rsx! {
                        LanguagePills {}
                        h1 { id: "page-title", tabindex: "-1", {t("pair-title")} }
                        p { {t("pair-intro")} }
                        form {
                            novalidate: true,
                            onsubmit: move |event| {
                                event.prevent_default();
                                if too_many(&device_name.peek(), LONGEST_DEVICE) > 0 {
                                    device::focus("pair-device");
                                } else if form::is_code(&code.peek()) {
                                    code_error.set(String::new());
                                    step.set(Step::Pin);
                                } else {
                                    code_error.set(t("pair-code-short"));
                                    device::focus("pair-code");
                                }
                            },
                            div { class: "code-input",
                                Field {
                                    label: t("pair-code"),
                                    id: "pair-code",
                                    hint: t("pair-code-hint"),
                                    error: code_error(),
                                    value: code(),
                                    autocomplete: "one-time-code",
                                    autocapitalize: "characters",
                                    oninput: move |text: String| code.set(format_code(&text)),
                                }
                            }
                            ServerAndDevice { server, device_name }
                            div { class: "push" }
                            Button { submit: true, test: "pair-next", {t("pair-next")} }
                            if has_profiles {
                                Button { kind: Kind::Ghost, test: "pair-cancel",
                                    onclick: move |()| app.adding.set(false),
                                    {t("pair-cancel")}
                                }
                            }
                        }
                    },
                    Step::Pin => rsx! {
                        ChoosePin {
                            code: code(),
                            server: server(),
                            device_name: device_name(),
                            onback: move |error: String| {
                                code_error.set(error);
                                step.set(Step::Code);
                            },
                        }
                    },
                }
            }
        }
    }
}

/// The language, before anything has to be read.
#[component]
pub fn LanguagePills() -> Element {
    let picks = Lang::ALL.into_iter().map(|lang| Pick::new(lang.tag(), lang.own_name())).collect::<Vec<_>>();
    rsx! {
        Pills {
            legend: t("more-language"),
            name: "language",
            quiet_legend: true,
            picks,
            chosen: lang().tag().to_owned(),
            onchoose: move |tag: String| {
                if let Some(lang) = Lang::named(&tag) {
                    choose(lang);
                }
            },
        }
    }
}

/// What most people never touch.
#[component]
fn ServerAndDevice(server: Signal<String>, device_name: Signal<String>) -> Element {
    let missing = server.read().is_empty();
    rsx! {
        Field {
            label: t("pair-device"),
            id: "pair-device",
            hint: t("pair-device-hint"),
            value: device_name(),
            longest: LONGEST_DEVICE,
            oninput: move |text: String| device_name.set(text),
        }
        // A page may speak to the server it came from and to no other (its policy says so).
        if crate::platform::own_server().is_none() {
            details { open: missing, "data-test": "pair-server-more",
                summary { {t("pair-server-more")} }
                Field {
                    label: t("pair-server"),
                    id: "pair-server",
                    hint: t("pair-server-hint"),
                    kind: "url",
                    inputmode: "url",
                    autocapitalize: "none",
                    value: server(),
                    oninput: move |text: String| server.set(text),
                }
            }
        }
    }
}

#[component]
fn ChoosePin(code: String, server: String, device_name: String, onback: EventHandler<String>) -> Element {
    let app = use_app();
    let places = use_context::<Rc<dyn History>>();
    let mut pin = use_signal(String::new);
    let mut again = use_signal(String::new);
    let mut pin_error = use_signal(String::new);
    let mut again_error = use_signal(String::new);
    let mut failed = use_signal(String::new);
    let mut busy = use_signal(|| false);
    let submit = move |_: ()| {
        pin_error.set(String::new());
        again_error.set(String::new());
        failed.set(String::new());
        if pin.peek().len() != 6 {
            pin_error.set(codes::failure(&failure_of(FailureCode::BadPin)));
            device::focus("pin-new");
            return;
        }
        if *pin.peek() != *again.peek() {
            again_error.set(t("pair-pin-differs"));
            device::focus("pin-again");
            return;
        }
        if is_easy(&pin.peek()) {
            pin_error.set(codes::failure_code(FailureCode::EasyPin));
            device::focus("pin-new");
            return;
        }
        busy.set(true);
        let request = Request::Pair {
            server: form::server_address(&server),
            code: code.clone(),
            device_name: device_name.trim().to_owned(),
            platform: platform::platform_name().to_owned(),
            pin: pin.peek().clone(),
        };
        let places = places.clone();
        spawn(async move {
            let done = app.run(request).await;
            busy.set(false);
            match done {
                Ok(_) => {
                    // Whoever is new here begins on Today, not where somebody else had been.
                    places.replace("/".to_owned());
                    opened(app);
                }
                // What is wrong with the code is mended where the code is.
                Err(failure)
                    if matches!(failure.code, FailureCode::CodeInvalid | FailureCode::NotFieldproof) =>
                {
                    onback.call(codes::failure(&failure));
                }
                Err(failure) => failed.set(codes::failure(&failure)),
            }
        });
    };
    let submit = use_callback(submit);
    rsx! {
        h1 { id: "page-title", tabindex: "-1", {t("pair-pin-title")} }
        p { {t("pair-pin-why")} }
        form {
            novalidate: true,
            onsubmit: move |event| {
                event.prevent_default();
                if !busy() {
                    submit.call(());
                }
            },
            PinField { label: t("pair-pin"), id: "pin-new", fresh: true, error: pin_error(), value: pin(), oninput: move |text: String| pin.set(text) }
            PinField { label: t("pair-pin-again"), id: "pin-again", fresh: true, error: again_error(), value: again(), oninput: move |text: String| again.set(text) }
            if !failed().is_empty() { Fault { text: failed() } }
            div { class: "push" }
            Button { submit: true, busy: busy(), test: "pair-finish", {t("pair-finish")} }
            Button { kind: Kind::Ghost, test: "pair-back", onclick: move |()| onback.call(String::new()), {t("back")} }
        }
    }
}

/// After pairing or unlocking: the door opens by the status that is asked again.
pub fn opened(mut app: Ctx) {
    app.adding.set(false);
    app.carried_on.set(false);
    app.touched.set(super::when::now().timestamp_millis());
    app.bump(Change::Profiles);
}
