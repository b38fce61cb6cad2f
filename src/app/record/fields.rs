//! One field of a record in words: what it is called, and what somebody said of it.

use super::answers::whole;
use crate::app::i18n::{t, t_args};
use crate::app::today::join;
use crate::app::{names, when};
use crate::engine::api::RecordView;
use crate::practice::draft::Content;
use crate::practice::merge::{Dispute, Field};
use crate::practice::record::Entry;

/// The item that a field is about, in its standard's words; empty for what is about none.
#[must_use]
pub fn about(field: &Field, view: &RecordView) -> String {
    let (Field::Item(id) | Field::Coaching(id)) = field else { return String::new() };
    let item = view.standard.as_ref().and_then(|standard| standard.item(id));
    item.map_or_else(|| id.clone(), |item| names::text(&item.text))
}

/// "Dose checked", or what the field beside the items is called.
#[must_use]
pub fn title(field: &Field, view: &RecordView) -> String {
    match field {
        Field::Item(_) => about(field, view),
        Field::Coaching(_) => t_args("field-coaching", &[("item", about(field, view).into())]),
        Field::Happened => t("record-happened"),
        Field::Shift => t("capture-shift"),
        Field::Consent => t("capture-consent-short"),
        Field::Code => t("capture-code"),
        Field::Note => t("capture-note"),
    }
}

/// What a content says of it.
#[must_use]
pub fn words(field: &Field, content: &Content, view: &RecordView) -> String {
    let standard = view.standard.as_ref();
    let said = match field {
        Field::Item(id) => whole(standard.and_then(|standard| standard.item(id)), content.answers.get(id)),
        Field::Happened => content.happened_at.map(when::day_time).unwrap_or_default(),
        Field::Shift => content.shift.map(names::shift).unwrap_or_default(),
        Field::Consent => content.consent.map(names::consent).unwrap_or_default(),
        Field::Code => content.person_code.clone(),
        Field::Coaching(item) => {
            let coached = content.coaching.iter().filter(|coaching| coaching.item == *item);
            let lines = coached.map(|coaching| {
                let day = coaching.look_again;
                let again = day.map(|day| t_args("record-look-again", &[("day", when::day_in(day).into())]));
                join([coaching.said.clone(), again.unwrap_or_default()])
            });
            lines.collect::<Vec<_>>().join("\n")
        }
        Field::Note => content.note.clone(),
    };
    match field {
        _ if !said.is_empty() => said,
        Field::Item(_) | Field::Shift | Field::Consent => t("group-open"),
        Field::Coaching(_) => t("field-no-coaching"),
        Field::Code | Field::Note => t("field-nothing"),
        Field::Happened => t("field-as-recorded"),
    }
}

/// Who wrote an entry of the history.
#[must_use]
pub fn author(entry: &Entry, view: &RecordView) -> String {
    view.names.get(&entry.author).cloned().unwrap_or_else(|| t("record-someone"))
}

/// "Sam Rivera · 3 May, 14:10".
#[must_use]
pub fn who(entry: &Entry, view: &RecordView) -> String {
    join([author(entry, view), when::day_time(entry.at)])
}

/// One side of a dispute, ready to be shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Side {
    /// The first of the events that say it.
    pub event: uuid::Uuid,
    pub words: String,
    /// Everybody who says so, and when.
    pub who: Vec<String>,
    pub content: Content,
}

/// The sides of a dispute with their words, in an order that all devices share.
#[must_use]
pub fn sides(dispute: &Dispute, view: &RecordView) -> Vec<Side> {
    let entry = |id: &uuid::Uuid| view.record.history.iter().find(|entry| entry.event == *id);
    let side = |events: &Vec<uuid::Uuid>| {
        let first = events.first().and_then(entry)?;
        let content = first.content.clone()?;
        Some(Side {
            event: first.event,
            words: words(&dispute.field, &content, view),
            who: events.iter().filter_map(entry).map(|entry| who(entry, view)).collect(),
            content,
        })
    };
    dispute.sides.iter().filter_map(side).collect()
}
