//! How a record came to be: who changed which item, what was put together and what was settled.
//!
//! Invariant: whatever anybody said of a field that was ever changed is read here.

use std::collections::BTreeSet;

use dioxus::prelude::*;

use super::fields::{self, author};
use crate::app::i18n::{t, t_args};
use crate::app::ui::{Said, Section};
use crate::app::when;
use crate::engine::api::RecordView;
use crate::practice::draft::Content;
use crate::practice::merge::Field;
use crate::practice::record::Entry;
use crate::practice::rights::Rule;
use crate::practice::standard::Class;

/// What a verb did, in a word. One that its class does not have is of a newer version, and shows itself.
fn verb(class: Class, verb: &str) -> String {
    let known = Rule::of(&format!("{}.{verb}", class.as_str())).verb.is_some();
    match verb {
        _ if !known => t_args("verb-other", &[("verb", verb.to_owned().into())]),
        "submitted" => t("verb-submitted"),
        "amended" => t("verb-amended"),
        "withdrawn" => t("verb-withdrawn"),
        "returned" => t("verb-returned"),
        "answered" => t("verb-answered"),
        "acknowledged" => t("verb-acknowledged"),
        "reviewed" => t("verb-reviewed"),
        other => t_args("verb-other", &[("verb", other.to_owned().into())]),
    }
}

/// What became of what was said about a missed item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Became {
    Added,
    Changed,
    Removed,
}

/// Whether a version says something of a field: beside the items, saying nothing is no answer.
fn says(field: &Field, content: &Content) -> bool {
    match field {
        Field::Item(_) | Field::Shift | Field::Consent => true,
        Field::Coaching(item) => content.coaching.iter().any(|coaching| coaching.item == *item),
        Field::Happened => content.happened_at.is_some(),
        Field::Code => !content.person_code.is_empty(),
        Field::Note => !content.note.is_empty(),
    }
}

/// None where the field is no coaching, or there was none and is none.
fn became<'a>(
    field: &Field,
    mut earlier: impl Iterator<Item = &'a Content>,
    now: &Content,
) -> Option<Became> {
    let Field::Coaching(_) = field else { return None };
    match (earlier.any(|content| says(field, content)), says(field, now)) {
        (false, true) => Some(Became::Added),
        (true, true) => Some(Became::Changed),
        (true, false) => Some(Became::Removed),
        (false, false) => None,
    }
}

/// The versions that an entry builds on. Another branch, whose author it did not know of, is nothing that it
/// changed.
fn before<'a>(entry: &'a Entry, history: &'a [Entry]) -> impl Iterator<Item = &'a Content> {
    let earlier = history.iter().filter(|one| entry.builds_on.contains(&one.event));
    earlier.filter_map(|one| one.content.as_ref())
}

/// One line about an entry: the field and what its author said of it.
fn said(entry: &Entry, changed: &BTreeSet<Field>, view: &RecordView) -> Vec<String> {
    let Some(content) = &entry.content else { return Vec::new() };
    // The first version is read where somebody changed it later; the rest stands above.
    let first = entry.event == view.record.id;
    let own = entry.changed.iter().chain(entry.settled.iter().map(|dispute| &dispute.field));
    let fields: Vec<&Field> =
        if first { changed.iter().filter(|field| says(field, content)).collect() } else { own.collect() };
    let line = |field: &Field| {
        let title = match became(field, before(entry, &view.record.history), content).filter(|_| !first) {
            Some(Became::Added) => {
                t_args("history-coaching-added", &[("item", fields::about(field, view).into())])
            }
            Some(Became::Changed) => {
                t_args("history-coaching-changed", &[("item", fields::about(field, view).into())])
            }
            // What it said stands at the version that said it.
            Some(Became::Removed) => {
                return t_args("history-coaching-removed", &[("item", fields::about(field, view).into())]);
            }
            None => fields::title(field, view),
        };
        let words = fields::words(field, content, view);
        t_args("history-changed", &[("field", title.into()), ("words", words.into())])
    };
    fields.into_iter().map(line).collect()
}

/// The authors of events, each once.
fn authors(events: &[uuid::Uuid], view: &RecordView) -> String {
    let written = view.record.history.iter().filter(|entry| events.contains(&entry.event));
    let names: BTreeSet<String> = written.map(|entry| author(entry, view)).collect();
    names.into_iter().collect::<Vec<_>>().join(", ")
}

#[component]
pub fn History(view: RecordView) -> Element {
    let history = &view.record.history;
    let changed: BTreeSet<Field> = history
        .iter()
        .flat_map(|entry| entry.changed.iter().chain(entry.settled.iter().map(|dispute| &dispute.field)))
        .cloned()
        .collect();
    rsx! {
        Section { title: t("record-history"), test: "record-history",
            ol { class: "card history",
                for entry in history.clone() {
                    li { key: "{entry.event}",
                        p { strong { {verb(view.record.class, &entry.verb)} } " · " {author(&entry, &view)} " · " {when::day_time(entry.at)} }
                        if !entry.text.is_empty() {
                            Said { text: entry.text.clone() }
                        }
                        if entry.builds_on.len() > 1 {
                            p { class: "hint", {t_args("history-joins", &[("names", authors(&entry.builds_on, &view).into())])} }
                        }
                        if !entry.settled.is_empty() {
                            p { class: "hint", {t("history-settled")} }
                        }
                        if !entry.unseen.is_empty() {
                            p { class: "hint", {t_args("history-unseen", &[("names", authors(&entry.unseen, &view).into())])} }
                        }
                        for (n , line) in said(&entry, &changed, &view).into_iter().enumerate() {
                            p { key: "{n}", class: "changed", {line} }
                        }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn coaching_that_a_correction_adds_is_told_as_added_and_its_absence_before_is_no_answer() {
        let version = |coaching| -> Content {
            serde_json::from_value(
                json!({"standard": uuid::Uuid::nil(), "version": 1, "answers": {}, "coaching": coaching}),
            )
            .unwrap()
        };
        let none = version(json!([]));
        let some = version(json!([{"item": "dose", "said": "Showed how"}]));
        let dose = Field::Coaching("dose".into());
        assert_eq!(became(&dose, [&none].into_iter(), &some), Some(Became::Added));
        assert_eq!(became(&dose, [&none, &some].into_iter(), &some), Some(Became::Changed));
        assert_eq!(became(&dose, [&some].into_iter(), &none), Some(Became::Removed));
        assert_eq!(became(&Field::Item("dose".into()), [&none].into_iter(), &some), None);
        assert!(!says(&dose, &none) && says(&dose, &some), "the first version has no line about it");
    }

    #[test]
    fn coaching_that_two_branches_add_is_added_by_each_and_changed_by_none() {
        let id = uuid::Uuid::from_u128;
        let entry = |n: u128, builds_on: &[u128], coaching| -> Entry {
            let builds_on: Vec<uuid::Uuid> = builds_on.iter().map(|n| id(*n)).collect();
            serde_json::from_value(json!({
                "event": id(n), "at": "2026-11-28T08:00:00-05:00", "author": id(9), "verb": "amended",
                "text": "", "builds_on": builds_on,
                "content": {"standard": id(0), "version": 1, "answers": {}, "coaching": coaching},
            }))
            .unwrap()
        };
        let said = |words: &str| json!([{"item": "dose", "said": words}]);
        let history = [
            entry(1, &[], json!([])),
            entry(2, &[1], said("Showed how")),
            entry(3, &[1], said("Talked about it")),
            entry(4, &[2, 3], said("Both")),
        ];
        let dose = Field::Coaching("dose".into());
        let told: Vec<Option<Became>> = history
            .iter()
            .map(|one| became(&dose, before(one, &history), one.content.as_ref().unwrap()))
            .collect();
        assert_eq!(told[1..], [Some(Became::Added), Some(Became::Added), Some(Became::Changed)]);
    }
}
