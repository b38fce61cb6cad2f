//! Who does it: choosing an owner, an investigator or whoever covers a visit, and handing an action on.
//!
//! Invariant: only those are offered who receive it and may go on with it, by the same rules that the
//! server judges by.

use chrono::NaiveDate;
use dioxus::prelude::*;
use uuid::Uuid;

use super::begun::go_on;
use crate::app::ask::use_ask;
use crate::app::form::{Top, Wrong, use_form};
use crate::app::i18n::t;
use crate::app::ui::{Button, Dialog, Field, Pick, Select};
use crate::app::when;
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
    #[props(default)] error: String,
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
        rows.iter().filter(offered).map(|row| Pick::new(row.person.to_string(), row.shown.clone())).collect()
    });
    rsx! {
        Select { label, id, none, error, chosen: chosen(), picks, onchoose: move |person: String| chosen.set(person) }
    }
}

/// Somebody else carries an action out, or by another day, and why.
#[component]
pub fn Reassign(follow: FollowUp, onclose: EventHandler<()>) -> Element {
    let owner = use_signal(|| follow.owner.to_string());
    let mut due = use_signal(|| follow.due.map(|day| day.to_string()).unwrap_or_default());
    let mut reason = use_signal(String::new);
    let form = use_form("reassign", &follow.id);
    form.keeps("owner", owner);
    form.keeps("due", due);
    form.keeps("reason", reason);
    let of = follow.id;
    let whom = owner().parse::<Uuid>().ok();
    let by = due().parse::<NaiveDate>().ok();
    let mut wrong = Wrong::default();
    if whom.is_none() {
        wrong.say("reassign-owner", t("action-owner-none"));
    }
    match by {
        None => wrong.say("reassign-due", t("action-due-missing")),
        // An overdue action can be handed on as it is; a day that is chosen anew is still to come.
        Some(day) if day < when::now().date_naive() && by != follow.due => {
            wrong.say("reassign-due", t("loop-due-past"));
        }
        Some(_) => {}
    }
    wrong.unsaid("reassign-why", &reason());
    let shown = form.shown(&wrong);
    let send = move |()| {
        let (false, Some(owner), Some(due)) = (form.refuses(&wrong), whom, by) else { return };
        let reason = reason.peek().trim().to_owned();
        let step = Step::ActionReassigned(ActionReassigned { of, owner, due, reason });
        go_on(form, step, move || onclose.call(()));
    };
    rsx! {
        Dialog { id: "follow-act", title: t("action-reassign"), onclose, busy: (form.busy)(),
            actions: rsx! { Button { busy: (form.busy)(), test: "reassign-send", onclick: send, {t("follow-write")} } },
            Top { form }
            Who { label: t("follow-owner"), id: "reassign-owner", none: t("action-owner-none"), site: follow.site,
                among: Among::Leads, chosen: owner, also: follow.named, error: shown.at("reassign-owner") }
            Field { label: t("action-due-day"), id: "reassign-due", kind: "date", value: due(), error: shown.at("reassign-due"),
                oninput: move |day: String| due.set(day) }
            Field { label: t("action-reassign-why"), id: "reassign-why", value: reason(), rows: 2, longest: 1000, error: shown.at("reassign-why"),
                oninput: move |text: String| reason.set(text) }
        }
    }
}
