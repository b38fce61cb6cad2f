//! Light, dark, or as the system. The choice is remembered outside the records, so that it is there
//! before anyone unlocks, and offline (UX 8).

use dioxus::prelude::*;

use crate::app::i18n::t;
use crate::app::ui::{Pick, Pills};
use crate::platform::{self, Setting};

#[component]
pub fn ThemePills() -> Element {
    let mut chosen = use_signal(|| platform::setting(Setting::Theme).unwrap_or_else(|| "system".to_owned()));
    let picks = vec![
        Pick::new("system", t("theme-system")),
        Pick::new("light", t("theme-light")),
        Pick::new("dark", t("theme-dark")),
    ];
    rsx! {
        Pills {
            legend: t("more-theme"),
            name: "theme",
            quiet_legend: true,
            picks,
            chosen: chosen(),
            onchoose: move |value: String| {
                platform::set_theme((value != "system").then_some(value.as_str()));
                chosen.set(value);
            },
        }
    }
}
