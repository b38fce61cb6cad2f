//! Choosing who does a task and by when: pills for few people, a select for many.

use chrono::{DateTime, FixedOffset, Local};
use dioxus::prelude::*;
use uuid::Uuid;

use super::desk::desk;
use super::when::Due;
use crate::app::i18n::{t, t_args};
use crate::app::state::use_app;
use crate::app::ui::{Of, Pick, Pills, Select, WhenField, use_when};
use crate::app::when as clock;
use crate::engine::api::PersonRow;
use crate::practice::clock::Fault;

/// Up to this many people are pills.
const FEW: usize = 5;
/// The pill and the option for "nobody yet".
const NOBODY: &str = "nobody";

#[component]
pub fn OwnerPick(
    name: String,
    legend: String,
    people: Vec<PersonRow>,
    owner: Option<Uuid>,
    /// Whether "nobody" was an answer yet; before that no pill is on.
    #[props(default = true)]
    asked: bool,
    onpick: EventHandler<Option<Uuid>>,
) -> Element {
    let few = people.len() <= FEW;
    let of_person = |person: &PersonRow| Pick::new(person.person.to_string(), person.shown.clone());
    let mut picks: Vec<Pick> = people.iter().map(of_person).collect();
    let chosen = match owner {
        Some(owner) => Some(owner.to_string()),
        None if asked => Some(NOBODY.to_owned()),
        None => None,
    };
    let choose = move |value: String| onpick.call(Uuid::parse_str(&value).ok());
    rsx! {
        if few {
            {
                picks.push(Pick::new(NOBODY, t("capture-nobody-yet")));
                rsx! { Pills { legend, name, picks, chosen, onchoose: choose } }
            }
        } else {
            Select { label: legend, id: name, picks, chosen: owner.map(|owner| owner.to_string()).unwrap_or_default(),
                none: t("capture-nobody-yet"), onchoose: choose }
        }
    }
}

#[component]
pub fn DuePick(
    name: String,
    legend: String,
    due: Option<DateTime<FixedOffset>>,
    onpick: EventHandler<Option<DateTime<FixedOffset>>>,
) -> Element {
    const OTHER: &str = "other";
    let now = clock::now();
    let shifts = use_app().shifts_at(desk().draft.read().site);
    let mut other = use_signal(|| false);
    let typed = use_when(|| due);
    // Minutes go by: the pill that was tapped stays the pill.
    let mut tapped = use_signal(|| None::<(Due, DateTime<FixedOffset>)>);
    let kept = tapped().filter(|(_, at)| Some(*at) == due).map(|(known, _)| known);
    let same = || Due::ALL.into_iter().find(|known| Some(known.at(now, shifts, &Local)) == due);
    let chosen = match kept.or_else(same) {
        Some(known) if !other() => Some(known.as_str().to_owned()),
        _ if other() || due.is_some() => Some(OTHER.to_owned()),
        _ => None,
    };
    let field = chosen.as_deref() == Some(OTHER);
    let desk = desk();
    let id = format!("{name}-at");
    // It may be left open; what is typed and does not read may not.
    let reads = !field || matches!(typed.due(), Ok(_) | Err(Fault::Missing));
    let of = id.clone();
    use_effect(use_reactive!(|reads| desk.reads_time(&of, reads)));
    let of = id.clone();
    use_drop(move || desk.reads_time(&of, true));
    let label = |due: Due| match due {
        Due::InAnHour => t("capture-due-hour"),
        Due::EndOfShift => {
            t_args("capture-due-shift", &[("time", clock::time(due.at(now, shifts, &Local)).into())])
        }
        Due::TomorrowNine => t("capture-due-tomorrow"),
    };
    let mut picks: Vec<Pick> = Due::ALL.into_iter().map(|due| Pick::new(due.as_str(), label(due))).collect();
    picks.push(Pick::new(OTHER, t("capture-due-other")));
    rsx! {
        Pills { legend, name: name.clone(), picks, chosen,
            onchoose: move |value: String| {
                match Due::ALL.into_iter().find(|known| known.as_str() == value) {
                    Some(known) => {
                        let at = known.at(clock::now(), shifts, &Local);
                        other.set(false);
                        tapped.set(Some((known, at)));
                        onpick.call(Some(at));
                    }
                    None => {
                        typed.set(due);
                        other.set(true);
                    }
                }
            },
        }
        if field {
            WhenField { label: t("capture-due-at"), id, when: typed, of: Of::Due,
                oninput: move |()| onpick.call(typed.due().ok()) }
        }
    }
}
