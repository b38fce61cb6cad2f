//! What an outsider asks first: what was restricted, what was coached, from pattern to proof with
//! whether it happened again, and whether what was closed holds.
//!
//! Invariant: a verdict is given only where its rule may give one; otherwise the page says why there
//! is none. Each list says how many are not shown where it is cut.

use chrono::{DateTime, FixedOffset};

use super::cut::{Cut, Rows};
use super::html::{close, leaf, open};
use super::words::Names;
use crate::app::follow;
use crate::app::i18n::{t, t_args};
use crate::app::insight;
use crate::app::names;
use crate::app::patterns;
use crate::app::record::comes_in_words;
use crate::app::today::join;
use crate::engine::api::{ChainView, HoldRow, PackView, RecordRow};
use crate::insight::hold::Stand;
use crate::practice::follow::{About, FollowUp, Part};
use crate::practice::record::State;
use crate::practice::standard::Class;

/// What stands under a heading of its own, in one part of the pack.
pub struct Block {
    pub part: Part,
    pub title: String,
    /// What is said of the rows before them, or in place of them.
    pub says: String,
    pub kind: Rows,
    pub rows: Vec<String>,
}

impl Block {
    pub fn new(part: Part, title: String, kind: Rows, rows: Vec<String>) -> Block {
        Block { part, title, says: String::new(), kind, rows }
    }

    fn is_empty(&self) -> bool {
        self.rows.is_empty() && self.says.is_empty()
    }

    /// Whether all of it stands on pages that are cut so.
    pub fn is_whole(&self, cut: &Cut) -> bool {
        self.rows.len() <= cut.most(self.kind) && self.rows.iter().all(|row| cut.is_whole(row))
    }

    /// Writes it as it is cut. Whether there was anything.
    pub fn write(&self, out: &mut String, cut: &Cut) -> bool {
        if self.is_empty() {
            return false;
        }
        leaf(out, "h3", "", &self.title);
        if !self.says.is_empty() {
            leaf(out, "p", "none", &self.says);
        }
        let most = cut.most(self.kind);
        if !self.rows.is_empty() {
            open(out, "ul", "told");
            for row in self.rows.iter().take(most) {
                leaf(out, "li", "", &cut.text(row));
            }
            close(out, "ul");
        }
        let more = self.rows.len().saturating_sub(most);
        if more > 0 {
            let n = u64::try_from(more).unwrap_or(u64::MAX);
            leaf(out, "p", "none", &t_args("pack-more", &[("n", n.into())]));
        }
        true
    }
}

/// Whose duties were limited: what they did not do, why, and until when.
pub fn restrictions(view: &PackView, names: &Names) -> Vec<String> {
    let mut all: Vec<&FollowUp> = view.follow_ups.iter().collect();
    // What is in force first, then the newest.
    all.sort_by_key(|follow| (!follow.state.is_open(), std::cmp::Reverse(follow.at)));
    all.into_iter().filter_map(|follow| restriction(view, follow, names)).collect()
}

fn restriction(view: &PackView, follow: &FollowUp, names: &Names) -> Option<String> {
    let About::Restriction(body) = &follow.about else { return None };
    // Who reads it asks whether anybody looked at it meanwhile.
    let review = follow.due.filter(|_| follow.state.is_open()).map(|due| {
        let day = due.to_string();
        if due < view.at.date_naive() {
            t_args("pack-review-overdue", &[("day", day.into())])
        } else {
            t_args("pack-review-next", &[("day", day.into())])
        }
    });
    // Lifted by what was taken back later, it is in force again.
    let until = follow.ended_at.filter(|_| !follow.state.is_open()).map_or_else(
        || t("pack-in-force"),
        |at| t_args("pack-until", &[("day", at.date_naive().to_string().into())]),
    );
    Some(join([
        follow.subject.map(|person| names.of(person)).unwrap_or_default(),
        t_args("pack-duties", &[("duties", names.text(&body.duties).into())]),
        names.text(&body.why),
        t_args("pack-since", &[("day", follow.at.date_naive().to_string().into())]),
        until,
        review.unwrap_or_default(),
    ]))
}

/// What was said about what was missed, the newest first.
pub fn coached(view: &PackView, names: &Names) -> Vec<String> {
    let mut rows = Vec::new();
    for row in view.records.iter().rev() {
        for one in view.coached.get(&row.id).into_iter().flatten() {
            let item = if one.item.is_empty() { String::new() } else { item(view, row, &one.item) };
            rows.push(join([
                row.happened_at.format("%Y-%m-%d").to_string(),
                row.subject.map(|person| names.of(person)).unwrap_or_default(),
                item,
                t_args("pack-said", &[("what", names.text(&one.said).into())]),
            ]));
        }
    }
    rows
}

/// An item of the standard that an observation was made by, in its words.
pub fn item(view: &PackView, row: &RecordRow, id: &str) -> String {
    let standard = view.standards.iter().find(|one| one.standard.reference() == row.standard);
    let item = standard.and_then(|one| one.standard.item(id));
    item.map_or_else(|| id.to_owned(), |item| names::text(&item.text))
}

/// What an observation came to: where something was missed by which rule it was met, and why what is not
/// judged is not. A handoff is judged by nobody.
pub fn result(view: &PackView, row: &RecordRow) -> String {
    let settled = !matches!(row.state, State::Withdrawn | State::Conflict);
    if row.class == Class::Handoff && settled {
        return join([t("pack-row-handoff"), names::result(row)]);
    }
    if row.met() == Some(true) && row.verdict.not_met > 0 {
        let standard = view.standards.iter().find(|one| one.standard.reference() == row.standard);
        return comes_in_words(&row.verdict, standard.map(|one| &one.standard)).0;
    }
    names::result(row)
}

/// From pattern to proof, each corrective action with its dates and what happened since.
pub fn chains(view: &PackView, names: &Names) -> Vec<String> {
    view.chains.iter().map(|chain| one_chain(chain, view.at, names)).collect()
}

fn one_chain(chain: &ChainView, at: DateTime<FixedOffset>, names: &Names) -> String {
    let follow = &chain.answered.action.follow;
    let kind = match &follow.about {
        About::Action(body) => follow::action(body.kind),
        _ => String::new(),
    };
    let links: Vec<String> = chain
        .answered
        .links
        .iter()
        .map(|link| {
            let (what, day) = patterns::link_words(link, &kind);
            format!("{what}: {day}")
        })
        .collect();
    let since = chain.recurrence.as_ref();
    let late = follow.due.filter(|_| chain.answered.action.is_late(at));
    let overdue =
        late.map(|due| t_args("pack-overdue", &[("day", due.to_string().into())])).unwrap_or_default();
    join([
        names.text(follow.title()),
        follow::state_alone(follow).0,
        overdue,
        links.join(" → "),
        since.map(|found| patterns::said(chain, found)).unwrap_or_default(),
        since.map(patterns::strength).unwrap_or_default(),
    ])
}

/// Whether what was closed holds, or why nothing is said.
pub fn holds(view: &PackView, names: &Names) -> Vec<String> {
    view.holds.iter().map(|row| hold(view, row, names)).collect()
}

fn hold(view: &PackView, row: &HoldRow, names: &Names) -> String {
    let subject = view.follow_ups.iter().find(|follow| follow.id == row.cycle).and_then(|it| it.subject);
    let missing = insight::missing(&row.hold.missing).join(", ");
    let needed = row.hold.stand == Stand::TooEarly && !missing.is_empty();
    join([
        subject.map(|person| names.of(person)).unwrap_or_default(),
        names.text(&row.title),
        insight::stand(row.hold.stand),
        insight::looks(&row.hold),
        insight::broken(&row.hold).unwrap_or_default(),
        if needed { t_args("hold-missing", &[("what", missing.into())]) } else { String::new() },
    ])
}
