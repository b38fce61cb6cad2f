//! UX 26: in a browser tab on iOS, storage goes after seven days without use. So what is captured
//! there would not be safe: the app asks to be put on the home screen first, in pictures.

use dioxus::prelude::*;

use super::LanguagePills;
use crate::app::i18n::{t, t_args};
use crate::app::route::Route;
use crate::app::state::use_app;
use crate::app::ui::{Button, Ico, Icon, Kind, Page, Seen};
use crate::app::when;
use crate::platform;

/// Before pairing, in an iPhone's or iPad's browser; reading is allowed there.
#[component]
pub fn InstallFirst(
    /// From the link; empty where there was none.
    code: String,
    /// When it ends, in seconds since 1970.
    until: Option<i64>,
    onread: EventHandler<()>,
) -> Element {
    rsx! {
        div { class: "door", "data-test": "install-first",
            main { id: "content",
                LanguagePills {}
                h1 { id: "page-title", tabindex: "-1", {t("ios-title")} }
                p { {t("ios-why")} }
                InstallSteps {}
                if code.is_empty() {
                    p { class: "hint", {t("ios-then")} }
                } else {
                    Code { code, until }
                }
                div { class: "push" }
                Seen {}
                Button { kind: Kind::Ghost, test: "ios-read", onclick: move |()| onread.call(()), {t("ios-read")} }
            }
        }
    }
}

/// The code that the link carried: the app that is opened from its icon does not know the link.
#[component]
fn Code(code: String, until: Option<i64>) -> Element {
    let app = use_app();
    let until = until
        .and_then(|until| chrono::DateTime::from_timestamp(until, 0))
        .map(|at| when::day_time_in(when::here(at.fixed_offset())));
    let copied = code.clone();
    rsx! {
        div { class: "pairing", "data-test": "ios-code",
            p { class: "label", {t("ios-code")} }
            p { class: "pairing-code", {code} }
            match until {
                Some(until) => rsx! { p { class: "hint", {t_args("pairing-until", &[("when", until.into())])} } },
                None => rsx! { p { class: "hint", {t("ios-code-until")} } },
            }
            Button { kind: Kind::Ghost, icon: Ico::Copy, test: "ios-code-copy",
                onclick: move |()| {
                    let code = copied.clone();
                    spawn(async move {
                        app.say(if platform::copy(&code).await { t("copied") } else { t("copy-refused") });
                    });
                },
                {t("ios-code-copy")}
            }
        }
    }
}

/// Instead of beginning or filling an observation there.
#[component]
pub fn InstallToCapture() -> Element {
    rsx! {
        Page { title: t("ios-title"), back: Route::TodayPage {}, test: "install-first",
            p { {t("ios-why")} }
            InstallSteps {}
        }
    }
}

/// The three taps, with what they look like.
#[component]
pub fn InstallSteps() -> Element {
    rsx! {
        ol { class: "steps",
            li { class: "step",
                span { class: "ic", Icon { icon: Ico::Share } }
                span { {t("ios-step-share")} }
            }
            li { class: "step",
                span { class: "ic", Icon { icon: Ico::Plus } }
                span { {t("ios-step-add")} }
            }
            li { class: "step",
                span { class: "ic", Icon { icon: Ico::Phone } }
                span { {t("ios-step-open")} }
            }
        }
    }
}
