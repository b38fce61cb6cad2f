//! How much space the records take, how much there is, and whether the machine promised to keep
//! them (UX 25).

use dioxus::prelude::*;

use crate::app::i18n::{t, t_args};
use crate::app::state::use_app;
use crate::app::ui::{Button, Chip, Ico, Kind, Tone};
use crate::app::when;
use crate::platform;

/// `bytes`: the profile's database, as the engine counts it.
#[component]
pub fn Storage(bytes: u64) -> Element {
    let mut app = use_app();
    let estimate = use_resource(platform::storage_estimate);
    use_hook(|| {
        spawn(async move {
            let kept = platform::is_persisted().await;
            // "Not promised" is only said once it was asked for; `after_first_save` does that.
            if kept {
                app.persisted.set(Some(true));
            }
        });
    });
    let persisted = *app.persisted.read();
    let estimate = estimate.read().as_ref().copied().flatten();
    rsx! {
        div { class: "kvs",
            p { {t_args("storage-records", &[("size", when::size(bytes).into())])} }
            if let Some(estimate) = estimate {
                if let Some(quota) = estimate.quota {
                    p { class: "hint", "data-test": "storage-quota",
                        {t_args("storage-quota", &[("used", when::size(estimate.used).into()), ("quota", when::size(quota).into())])}
                    }
                }
            }
            div { "data-test": "storage-persisted",
                match persisted {
                    Some(true) => rsx! { Chip { tone: Tone::Proven, icon: Ico::Ok, words: t("storage-kept") } },
                    Some(false) => rsx! {
                        Chip { tone: Tone::Waiting, icon: Ico::Warn, words: t("storage-not-kept") }
                        p { class: "hint", {t("storage-not-kept-hint")} }
                    },
                    None => rsx! { p { class: "hint", {t("storage-not-asked")} } },
                }
            }
            if persisted != Some(true) {
                Button { kind: Kind::Ghost, test: "storage-ask",
                    onclick: move |()| {
                        spawn(async move {
                            let kept = platform::persist_storage().await;
                            app.persisted.set(Some(kept));
                        });
                    },
                    {t("storage-ask")}
                }
            }
        }
    }
}
