//! Standards made here: written, tried out, published, retired; and the log of their changes.
//!
//! Invariant: a published version is never changed, and what is published has no faults. What is being
//! written is this device's alone until then.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::api::{
    BeginFrom, Change, Did, Failure, FailureCode, Logged, Reply, Request, StandardDraftRow,
    StandardDraftView, StandardLog,
};
use super::core::{Engine, Open};
use crate::practice::diff::diff;
use crate::practice::draft::{Content, Draft, Open as StillOpen};
use crate::practice::editing::{Editing, ExpectedFrom, Often, blank};
use crate::practice::registry::Set;
use crate::practice::settings::single::{SettingSet, expected_key, expected_of, tips};
use crate::practice::standard::Standard;
use crate::practice::starters::starters;
use crate::practice::text::Text;
use crate::store::{NewEvent, SavedEditing, StandardLine};
use crate::sync::wire::Role;

/// Who writes standards, by the table that the server judges by.
const WRITERS: [Role; 2] = [Role::Admin, Role::Quality];
/// The longest words about what changed and why, in characters.
const LONGEST_REASON: usize = 2000;

#[derive(Serialize, Deserialize)]
struct Retired {
    standard: Uuid,
    #[serde(default)]
    reason: String,
}

impl Engine {
    pub(super) fn standards(&mut self, request: Request) -> Result<Reply, Failure> {
        self.require(&WRITERS)?;
        match request {
            Request::BeginStandard { from } => self.begin_standard(from),
            Request::SaveStandardDraft { editing } => {
                let now = self.host.now();
                let open = self.opened()?;
                // A tap that was on its way while it was published must not bring it back.
                if !open.store.has_event(editing.id)? {
                    open.store.save_standard_draft(&editing, now)?;
                    self.changed(Change::Drafts);
                }
                Ok(Reply::Saved { at: now })
            }
            Request::DiscardStandardDraft { id } => {
                self.opened()?.store.discard_standard_draft(id)?;
                self.changed(Change::Drafts);
                Ok(Reply::Done)
            }
            Request::TryStandard { id } => self.try_out(id),
            Request::PublishStandardDraft { id, change } => self.publish_draft(id, change),
            Request::RetireStandard { standard, reason } => self.retire(standard, &reason),
            Request::PublishStandard { standard } => self.publish(&[*standard]),
            Request::PublishStarters => {
                // What has not arrived would be published anew, and what was retired be back in use.
                if self.opened_ref()?.is_fetching() {
                    return Err(Failure { again: true, ..Failure::of(FailureCode::Fetching, "") });
                }
                let known = self.opened_ref()?.store.standards()?;
                let missing: Vec<Standard> = starters()
                    .into_iter()
                    .filter(|starter| known.iter().all(|row| row.standard.standard != starter.standard))
                    .collect();
                self.publish(&missing)?;
                Ok(Reply::Done)
            }
            _ => Err(Failure::not_found()),
        }
    }

    fn publish(&mut self, standards: &[Standard]) -> Result<Reply, Failure> {
        if let Some(fault) = standards.iter().find_map(|standard| standard.faults().into_iter().next()) {
            return Err(Failure::of(FailureCode::Invalid, fault.to_string()));
        }
        let mut last = Uuid::nil();
        for standard in standards {
            self.append("standard.published".into(), None, None, &for_its_body(standard.clone()))?;
            last = standard.standard;
        }
        self.changed(Change::Standards);
        Ok(Reply::Written { id: last })
    }

    fn begin_standard(&mut self, from: BeginFrom) -> Result<Reply, Failure> {
        let now = self.host.now();
        let (id, own) = (self.new_id(&now), self.random_id());
        let open = self.opened()?;
        let (standard, from) = match from {
            BeginFrom::Nothing(class) => (blank(own, class), None),
            BeginFrom::Copy(of) => {
                let page = open.store.standard(of)?.ok_or_else(Failure::not_found)?;
                (Standard { standard: own, version: 1, ..page }, Some(of))
            }
            BeginFrom::Next(of) => {
                let begun = open.store.standard_drafts()?.into_iter().map(|saved| saved.editing);
                if let Some(editing) = begun.into_iter().find(|editing| editing.standard.standard == of) {
                    return Ok(Reply::StandardDraft(Box::new(open.standard_draft_view(editing)?)));
                }
                let newest = open.newest(of)?.ok_or_else(Failure::not_found)?;
                let from = newest.reference();
                (Standard { version: newest.version + 1, ..newest }, Some(from))
            }
        };
        let expected = open.expectation(standard.standard)?;
        let editing = Editing {
            id,
            from,
            expected: expected.often,
            expected_from: Some(expected),
            made: 0,
            begun_at: now,
            standard: Standard { change: Text::default(), ..standard },
        };
        open.store.save_standard_draft(&editing, now)?;
        let view = open.standard_draft_view(editing)?;
        self.changed(Change::Drafts);
        Ok(Reply::StandardDraft(Box::new(view)))
    }

    /// A draft of the editing's own id, begun anew each time.
    fn try_out(&mut self, id: Uuid) -> Result<Reply, Failure> {
        let now = self.host.now();
        let open = self.opened()?;
        let SavedEditing { editing, .. } = open.store.standard_draft(id)?.ok_or_else(Failure::not_found)?;
        let draft = Draft {
            id,
            class: editing.standard.class,
            site: None,
            subject: None,
            content: Content::new(editing.standard.reference()),
            tasks: Vec::new(),
            item: None,
            begun_at: now,
            amends: None,
            corrects: None,
            trial: true,
        };
        open.store.save_draft(&draft, now)?;
        Ok(Reply::Draft(Box::new(open.draft_view(draft)?)))
    }

    fn publish_draft(&mut self, id: Uuid, change: Text) -> Result<Reply, Failure> {
        let now = self.host.now();
        let setting_id = self.new_id(&now);
        let open = self.opened_ref()?;
        if let Some(standard) = open.store.subject_of(id)? {
            return Ok(Reply::Written { id: standard });
        }
        let SavedEditing { editing, .. } = open.store.standard_draft(id)?.ok_or_else(Failure::not_found)?;
        if change.is_empty() || change.0.values().any(|words| words.chars().count() > LONGEST_REASON) {
            return Ok(Reply::NotYet(vec![StillOpen::NoReason]));
        }
        let version = open.newest(editing.standard.standard)?.map_or(1, |newest| newest.version + 1);
        let reason = change.0.values().find(|words| !words.trim().is_empty()).cloned().unwrap_or_default();
        let standard = Standard { version, change, ..editing.standard };
        let faults = standard.faults();
        if !faults.is_empty() {
            return Ok(Reply::Faults(faults));
        }
        let of = standard.standard;
        let event = |id, kind: &str, body| NewEvent {
            id,
            at: now,
            author: open.person,
            kind: kind.to_owned(),
            site: None,
            subject: None,
            body,
        };
        let body = serde_json::value::to_raw_value(&for_its_body(standard))?;
        let mut events = vec![event(id, "standard.published", body)];
        if let Some(set) = open.expecting(of, editing.expected, editing.expected_from, reason)? {
            events.push(event(setting_id, SettingSet::KIND, serde_json::value::to_raw_value(&set)?));
        }
        self.opened()?.store.append_readable(&events, Some(id))?;
        self.wrote();
        for change in [Change::Standards, Change::Drafts, Change::Registry] {
            self.changed(change);
        }
        Ok(Reply::Written { id: of })
    }

    fn retire(&mut self, standard: Uuid, reason: &str) -> Result<Reply, Failure> {
        let reason = reason.trim().to_owned();
        if self.opened_ref()?.newest(standard)?.is_none() {
            return Err(Failure::not_found());
        }
        if reason.is_empty() || reason.chars().count() > LONGEST_REASON {
            return Ok(Reply::NotYet(vec![StillOpen::NoReason]));
        }
        self.append("standard.retired".into(), None, None, &Retired { standard, reason })?;
        self.changed(Change::Standards);
        Ok(Reply::Done)
    }
}

/// A line that was copied into a newer replica says so in its body; what is built on it is no copy.
fn for_its_body(mut standard: Standard) -> Standard {
    standard.more.remove("copied_from");
    standard
}

impl Open {
    /// The newest version that stands.
    fn newest(&self, standard: Uuid) -> Result<Option<Standard>, Failure> {
        let rows = self.store.standards()?;
        let Some(row) = rows.into_iter().find(|row| row.standard.standard == standard) else {
            return Ok(None);
        };
        Ok(self.store.standard(row.standard)?)
    }

    /// How often everybody is observed by a standard, and the events that say so.
    pub(super) fn expectation(&self, standard: Uuid) -> Result<ExpectedFrom, Failure> {
        let expected = self.store.settings()?.expected.into_iter().find(|one| one.standard == standard);
        let changes = self.store.setting_changes()?;
        let base = tips(&changes).remove(expected_key(standard).as_str()).unwrap_or_default();
        Ok(ExpectedFrom {
            often: expected.map(|one| Often { times: one.times, days: one.days }),
            base: base.into_iter().map(|change| change.event).collect(),
        })
    }

    /// What is written where its author gave the standard another expectation than it had when they
    /// began. One that somebody else set meanwhile stays.
    fn expecting(
        &self,
        standard: Uuid,
        often: Option<Often>,
        from: Option<ExpectedFrom>,
        reason: String,
    ) -> Result<Option<SettingSet>, Failure> {
        let from = match from {
            Some(from) => from,
            // Begun by an older version, which did not keep it.
            None => self.expectation(standard)?,
        };
        if often == from.often {
            return Ok(None);
        }
        let value = serde_json::to_value(often)?;
        Ok(Some(SettingSet { key: expected_key(standard), value, base: from.base, reason }))
    }

    pub(super) fn standard_draft_rows(&self) -> Result<Vec<StandardDraftRow>, Failure> {
        let mut rows = Vec::new();
        for SavedEditing { editing, saved_at } in self.store.standard_drafts()? {
            let newest = self.newest(editing.standard.standard)?;
            rows.push(StandardDraftRow {
                id: editing.id,
                class: editing.standard.class,
                version: newest.map_or(1, |newest| newest.version + 1),
                faults: u32::try_from(editing.standard.faults().len()).unwrap_or(u32::MAX),
                title: editing.standard.title,
                saved_at,
            });
        }
        Ok(rows)
    }

    pub(super) fn standard_draft_view(&self, editing: Editing) -> Result<StandardDraftView, Failure> {
        let before = self.newest(editing.standard.standard)?;
        let competencies: BTreeSet<String> =
            self.store.standards()?.into_iter().map(|row| row.competency).collect();
        let from = editing.from.filter(|_| editing.is_next_version()).map(|from| from.version);
        Ok(StandardDraftView {
            overtaken: before.as_ref().zip(from).is_some_and(|(before, from)| before.version > from),
            expected_before: match &editing.expected_from {
                Some(from) => from.often,
                None => self.expectation(editing.standard.standard)?.often,
            },
            competencies: competencies.into_iter().filter(|code| !code.is_empty()).collect(),
            editing,
            before,
        })
    }

    pub(super) fn standard_log(&self, standard: Uuid) -> Result<StandardLog, Failure> {
        let mut entries = Vec::new();
        let mut standing: BTreeMap<u32, Standard> = BTreeMap::new();
        let mut retired = false;
        for line in self.store.standard_lines(standard)? {
            let Some(did) = did(&line, &mut standing) else { continue };
            retired = matches!(did, Did::Retired { .. });
            entries.push(Logged {
                event: line.event,
                at: line.at,
                by: self.name_of(Some(line.author))?,
                did,
            });
        }
        let changes = self.store.setting_changes()?;
        for change in changes.iter().filter(|change| expected_of(&change.key) == Some(standard)) {
            let entry = self.setting_entry(&changes, change)?;
            let did = Did::Expected {
                was: serde_json::from_value(entry.was).unwrap_or_default(),
                now: serde_json::from_value(entry.value).unwrap_or_default(),
                reason: entry.reason,
            };
            entries.push(Logged { event: entry.event, at: entry.at, by: entry.by, did });
        }
        // Those of one moment keep the order of the organisation's stream.
        entries.sort_by_key(|entry| entry.at);
        entries.reverse();
        let expected = self.expectation(standard)?.often;
        Ok(StandardLog { entries, retired, expected, may_edit: WRITERS.contains(&self.role()?) })
    }
}

/// What a line did, given the versions before it; it joins them where it stands.
fn did(line: &StandardLine, standing: &mut BTreeMap<u32, Standard>) -> Option<Did> {
    match line.verb.as_str() {
        "retired" => {
            let body: Retired = serde_json::from_str(&line.body).ok()?;
            Some(Did::Retired { reason: body.reason })
        }
        "published" => {
            let page: Standard = serde_json::from_str(&line.body).ok()?;
            let before = standing.range(..page.version).next_back().map(|(_, before)| before);
            let did = Did::Published {
                version: page.version,
                change: page.change.clone(),
                differences: before.map(|before| diff(before, &page)),
                beaten: standing.contains_key(&page.version),
            };
            standing.entry(page.version).or_insert(page);
            Some(did)
        }
        _ => None,
    }
}
