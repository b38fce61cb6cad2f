//! Who does it: choosing an owner, an investigator or whoever covers a visit, and handing an action on.
//!
//! Invariant: only those are offered who receive it and may go on with it, by the same rules that the
//! server judges by.

use chrono::NaiveDate;
use dioxus::prelude::*;
use uuid::Uuid;

use super::acts::send_step;
use crate::app::ask::use_ask;
use crate::app::i18n::t;
use crate::app::state::use_app;
use crate::app::ui::{Button, Dialog, Fault, Field, Pick, Select};
use crate::engine::api::{PersonRow, Request};
use crate::practice::follow::{ActionReassigned, FollowUp, Step};
use crate::practice::rights::leads_at;

/// Who can be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Among {
    /// Whoever leads at the site, or everywhere.
    Leads,
    /// Whoever works at the site.
    Everyone,
}

/// Whether this person reads and carries out the actions of a site.
pub fn leads(row: &PersonRow, site: Option<Uuid>) -> bool {
    let sites: Vec<Uuid> = row.sites.iter().map(|one| one.site).collect();
    row.active && leads_at(row.role, &sites, site)
}

/// A list of people to choose from; `also` is offered wherever they work, as long as they are active.
#[component]
pub fn Who(
    label: String,
    id: String,
    none: String,
    site: Option<Uuid>,
    among: Among,
    chosen: Signal<String>,
    #[props(default)] also: Option<Uuid>,
) -> Element {
    let mut chosen = chosen;
    let people = use_ask::<Vec<PersonRow>>(Request::People);
    let here = |row: &&PersonRow| row.active && row.sites.iter().any(|one| Some(one.site) == site);
    let picks: Vec<Pick> = people.ready().map_or_else(Vec::new, |rows| {
        let offered = |row: &&PersonRow| {
            let among = match among {
                Among::Leads => leads(row, site),
                Among::Everyone => here(row),
            };
            among || (row.active && also == Some(row.person))
        };
        rows.iter().filter(offered).map(|row| Pick::new(row.person.to_string(), row.name.clone())).collect()
    });
    rsx! {
        Select { label, id, none, chosen: chosen(), picks, onchoose: move |person: String| chosen.set(person) }
    }
}

/// Somebody else carries an action out, or by another day, and why.
#[component]
pub fn Reassign(follow: FollowUp, onclose: EventHandler<()>) -> Element {
    let app = use_app();
    let owner = use_signal(|| follow.owner.to_string());
    let mut due = use_signal(|| follow.due.map(|day| day.to_string()).unwrap_or_default());
    let mut reason = use_signal(String::new);
    let mut error = use_signal(String::new);
    let mut busy = use_signal(|| false);
    let of = follow.id;
    let send = move |()| {
        let Ok(owner) = owner.peek().parse::<Uuid>() else { return error.set(t("action-owner-none")) };
        let Ok(due) = due.peek().parse::<NaiveDate>() else { return error.set(t("action-due-missing")) };
        let reason = reason.peek().trim().to_owned();
        if reason.is_empty() {
            return error.set(t("act-words-missing"));
        }
        busy.set(true);
        spawn(async move {
            match send_step(app, Step::ActionReassigned(ActionReassigned { of, owner, due, reason })).await {
                Ok(()) => onclose.call(()),
                Err(why) => error.set(why),
            }
            busy.set(false);
        });
    };
    rsx! {
        Dialog { id: "follow-act", title: t("action-reassign"), onclose,
            actions: rsx! { Button { busy: busy(), test: "reassign-send", onclick: send, {t("follow-write")} } },
            if !error().is_empty() { Fault { text: error() } }
            Who { label: t("follow-owner"), id: "reassign-owner", none: t("action-owner-none"), site: follow.site,
                among: Among::Leads, chosen: owner, also: follow.named }
            Field { label: t("action-due-day"), id: "reassign-due", kind: "date", value: due(),
                oninput: move |day: String| due.set(day) }
            Field { label: t("action-reassign-why"), id: "reassign-why", value: reason(), rows: 2, maxlength: 1000,
                oninput: move |text: String| reason.set(text) }
        }
    }
}
