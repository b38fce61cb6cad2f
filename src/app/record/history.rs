//! How a record came to be, and two versions side by side where both stand.

use dioxus::prelude::*;

use super::answers::whole;
use super::model::{self, Differs};
use crate::app::i18n::{t, t_args};
use crate::app::today::join;
use crate::app::ui::{Banner, Ico, Section, Tone};
use crate::app::{names, when};
use crate::engine::api::RecordView;
use crate::practice::draft::Content;
use crate::practice::record::Entry;

/// What a verb did, in a word. A verb from a newer version shows itself.
fn verb(verb: &str) -> String {
    match verb {
        "submitted" => t("verb-submitted"),
        "amended" => t("verb-amended"),
        "withdrawn" => t("verb-withdrawn"),
        "returned" => t("verb-returned"),
        "acknowledged" => t("verb-acknowledged"),
        "reviewed" => t("verb-reviewed"),
        other => t_args("verb-other", &[("verb", other.to_owned().into())]),
    }
}

fn name(view: &RecordView, entry: &Entry) -> String {
    view.names.get(&entry.author).cloned().unwrap_or_else(|| t("record-someone"))
}

#[component]
pub fn History(view: RecordView) -> Element {
    rsx! {
        Section { title: t("record-history"), test: "record-history",
            ol { class: "card history",
                for entry in view.record.history.clone() {
                    li { key: "{entry.event}",
                        p { strong { {verb(&entry.verb)} } " · " {name(&view, &entry)} " · " {when::day_time(entry.at)} }
                        if !entry.text.is_empty() {
                            p { class: "said", {entry.text.clone()} }
                        }
                    }
                }
            }
        }
    }
}

/// Two amendments that did not know of each other: both, and what they say differently.
#[component]
pub fn Conflict(view: RecordView) -> Element {
    let versions = model::versions(&view.record);
    let (Some(one), Some(two)) = (versions.first(), versions.get(1)) else { return rsx! {} };
    let (Some(first), Some(second)) = (&one.content, &two.content) else { return rsx! {} };
    let standard = view.standard.as_ref();
    let who = |entry: &Entry| join([name(&view, entry), when::day_time(entry.at)]);
    let (one_by, two_by) = (who(one), who(two));
    let more = versions.len().saturating_sub(2);
    let differences: Vec<(String, String, String)> = model::differences(first, second, standard)
        .into_iter()
        .map(|what| (title(&what, &view), words(&what, first, &view), words(&what, second, &view)))
        .collect();
    rsx! {
        section { class: "compare", "data-test": "conflict", "aria-label": t("conflict-title"),
            Banner { tone: Tone::Missed, icon: Ico::Swap, title: t("conflict-title"),
                text: if view.may.amend { t("conflict-text-settle") } else { t("conflict-text") },
            }
            for (at, (title, one, two)) in differences.into_iter().enumerate() {
                div { key: "{at}", class: "card",
                    p { class: "row-title", {title} }
                    div { class: "compare-two",
                        div { p { class: "who", {one_by.clone()} } p { class: "said", {one} } }
                        div { p { class: "who", {two_by.clone()} } p { class: "said", {two} } }
                    }
                }
            }
            if more > 0 {
                p { class: "hint", {t_args("conflict-more", &[("n", more.into())])} }
            }
        }
    }
}

fn title(what: &Differs, view: &RecordView) -> String {
    match what {
        Differs::Item(id) => {
            let item = view.standard.as_ref().and_then(|standard| standard.item(id));
            item.map_or_else(|| id.clone(), |item| names::text(&item.text))
        }
        Differs::Happened => t("record-happened"),
        Differs::Shift => t("capture-shift"),
        Differs::Consent => t("capture-consent-short"),
        Differs::Code => t("capture-code"),
        Differs::Coaching => t("record-coaching"),
        Differs::Note => t("capture-note"),
    }
}

fn words(what: &Differs, content: &Content, view: &RecordView) -> String {
    let said = match what {
        Differs::Item(id) => {
            let item = view.standard.as_ref().and_then(|standard| standard.item(id));
            whole(item, content.answers.get(id))
        }
        Differs::Happened => content.happened_at.map(when::day_time).unwrap_or_default(),
        Differs::Shift => content.shift.map(names::shift).unwrap_or_default(),
        Differs::Consent => content.consent.map(names::consent).unwrap_or_default(),
        Differs::Code => content.person_code.clone(),
        Differs::Coaching => {
            content.coaching.iter().map(|coaching| coaching.said.clone()).collect::<Vec<_>>().join("\n")
        }
        Differs::Note => content.note.clone(),
    };
    if said.is_empty() { t("group-open") } else { said }
}
