//! UX 26: in a browser tab on iOS, storage goes after seven days without use. So what is captured
//! there would not be safe: the app asks to be put on the home screen first, in pictures.

use dioxus::prelude::*;

use super::LanguagePills;
use crate::app::i18n::t;
use crate::app::route::Route;
use crate::app::ui::{Button, Ico, Icon, Kind, Page};

/// Before pairing, in an iPhone's or iPad's browser; reading is allowed there.
#[component]
pub fn InstallFirst(onread: EventHandler<()>) -> Element {
    rsx! {
        div { class: "door", "data-test": "install-first",
            main { id: "content",
                LanguagePills {}
                h1 { id: "page-title", tabindex: "-1", {t("ios-title")} }
                p { {t("ios-why")} }
                InstallSteps {}
                p { class: "hint", {t("ios-then")} }
                div { class: "push" }
                Button { kind: Kind::Ghost, test: "ios-read", onclick: move |()| onread.call(()), {t("ios-read")} }
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
