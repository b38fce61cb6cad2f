//! Restrictions in force, where the shift is planned and worked: at a site, in a handoff, before an
//! observation.
//!
//! Invariant: it shows what this person may read, by the table: those who lead see all of a site,
//! staff their own.

use dioxus::prelude::*;
use uuid::Uuid;

use super::{class_icon, state};
use crate::app::ask::use_ask;
use crate::app::i18n::{t, t_args};
use crate::app::route::Route;
use crate::app::today::join;
use crate::app::ui::{Chip, Row, Rows, Section, Tone};
use crate::app::when;
use crate::engine::api::{FollowUpFilter, FollowUpRow, Request};
use crate::practice::follow::Class;

/// Nothing at all where no restriction is in force. `site`: only there.
#[component]
pub fn InForce(site: Option<Uuid>) -> Element {
    let filter =
        FollowUpFilter { classes: vec![Class::Restriction], site, open: true, ..FollowUpFilter::default() };
    let asked = use_ask::<Vec<FollowUpRow>>(Request::FollowUps { filter });
    let Some(rows) = asked.ready().filter(|rows| !rows.is_empty()) else { return rsx! {} };
    rsx! {
        Section { title: t("in-force-title"), test: "in-force",
            Rows {
                for row in rows.iter().cloned() {
                    Limit { key: "{row.follow.id}", row }
                }
            }
        }
    }
}

#[component]
fn Limit(row: FollowUpRow) -> Element {
    let late = row.is_late(when::now());
    let (words, icon, tone) = state(&row);
    let review = row
        .follow
        .due
        .filter(|_| !late)
        .map(|due| t_args("in-force-review", &[("day", when::day_in(due).into())]));
    rsx! {
        Row {
            to: Route::FollowPage { id: row.follow.id.to_string() },
            icon: class_icon(Class::Restriction),
            tone: Tone::Missed,
            title: join([row.subject_name.clone(), row.follow.title().to_owned()]),
            detail: join([row.site_name.clone(), review.unwrap_or_default()]),
            test: "in-force-row",
            end: rsx! {
                if late { Chip { tone, icon, words } }
            },
        }
    }
}
