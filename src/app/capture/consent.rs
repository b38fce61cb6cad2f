//! Whether the person supported agreed to someone watching, and their site-local code.
//!
//! Invariant: no name is asked for; and where they declined, the page says that watching stops.

use dioxus::prelude::*;

use super::desk::{Send, desk};
use super::edit;
use crate::app::codes;
use crate::app::i18n::t;
use crate::app::names;
use crate::app::ui::{Banner, Button, Field, Ico, Icon, Kind, Pick, Pills, Tone};
use crate::practice::draft::{Consent, LONGEST_CODE, Open};

const ALL: [(Consent, &str); 3] =
    [(Consent::Given, "given"), (Consent::Declined, "declined"), (Consent::NotPresent, "not-present")];

#[component]
pub fn ConsentCard(ondiscard: EventHandler<()>) -> Element {
    let desk = desk();
    let given = use_memo(move || desk.draft.read().content.consent);
    let code = use_memo(move || desk.draft.read().content.person_code.clone());
    let missing = given().is_none() && *desk.pressed.read();
    let picks = ALL.map(|(consent, id)| Pick::new(id, names::consent(consent))).to_vec();
    let chosen = ALL.iter().find(|(consent, _)| Some(*consent) == given()).map(|(_, id)| (*id).to_owned());
    rsx! {
        section { id: "consent", class: "item", tabindex: "-1", "data-test": "consent-card", "aria-labelledby": "consent-q",
            h2 { class: "item-q", id: "consent-q", {t("capture-consent")} }
            p { class: "item-look", {t("capture-consent-hint")} }
            Pills { legend: t("capture-consent"), quiet_legend: true, name: "consent-pick", picks, chosen,
                error: if missing { codes::open(&Open::NoConsent) } else { String::new() },
                onchoose: move |value: String| {
                    let consent = ALL.iter().find(|(_, id)| *id == value).map(|(consent, _)| *consent);
                    desk.edit(None, Send::Now, |draft, _| draft.content.consent = consent);
                },
            }
            if given() == Some(Consent::Declined) {
                Banner { tone: Tone::Waiting, icon: Ico::Warn, title: t("capture-declined-title"), text: t("capture-declined-text"), test: "declined",
                    Button { kind: Kind::Ghost, icon: Ico::NotSeen, test: "rest-not-seen",
                        onclick: move |()| {
                            let view = desk.standard();
                            desk.edit(None, Send::Now, |draft, _| edit::rest_not_seen(draft, &view.standard));
                        },
                        {t("capture-rest-not-seen")}
                    }
                    Button { kind: Kind::Ghost, icon: Ico::Trash, test: "declined-discard", onclick: ondiscard, {t("capture-discard")} }
                }
            }
            if given() == Some(Consent::Given) {
                Field { label: t("capture-code"), id: "person-code", value: code(), optional: true,
                    hint: t("capture-code-hint"), longest: LONGEST_CODE, autocapitalize: "characters",
                    oninput: move |code: String| desk.edit(None, Send::Gather, |draft, _| draft.content.person_code = code),
                    onblur: move |()| desk.flush_soon(),
                }
            }
            p { class: "hint", Icon { icon: Ico::Lock } {t("capture-never-a-name")} }
        }
    }
}
