//! One person: what was seen of them, and the ways to observe them now.

use dioxus::prelude::*;
use uuid::Uuid;

use super::PeopleList;
use super::list::knows;
use crate::app::admin::{NoPairing, PairingCard};
use crate::app::ask::use_ask;
use crate::app::follow::FollowLine;
use crate::app::i18n::{t, t_args};
use crate::app::names;
use crate::app::pack;
use crate::app::record::RecordsOf;
use crate::app::route::Route;
use crate::app::state::{id_of, use_app};
use crate::app::today::join;
use crate::app::ui::{Chip, Empty, Go, Ico, Icon, Page, Rows, Section, Tone, show, shown};
use crate::engine::api::{PackScope, PairingMay, PersonView, RecordFilter, Request};
use crate::practice::standard::Class;

#[component]
pub fn PersonPage(id: String) -> Element {
    let person = id_of(&id);
    rsx! {
        match person {
            Some(person) => rsx! { Person { person } },
            None => rsx! { crate::app::shell::NotFound { segments: vec![id] } },
        }
    }
}

#[component]
fn Person(person: Uuid) -> Element {
    let app = use_app();
    let view = use_ask::<PersonView>(Request::Person { person });
    let ready = view.ready();
    let title = ready.as_ref().map_or_else(|| t("loading"), |view| view.row.shown.clone());
    let sub = ready
        .as_ref()
        .map(|view| {
            let sites: Vec<String> = view.row.sites.iter().map(|site| site.shown.clone()).collect();
            join([names::role(view.row.role), sites.join(", ")])
        })
        .unwrap_or_default();
    let myself = app.me().is_some_and(|me| me.person == person);
    let observes =
        app.may("check.submitted") && !myself && ready.as_ref().is_some_and(|view| view.row.active);
    let foot = observes.then(|| rsx! { Observe { person } });
    rsx! {
        Page { title, window: t("people-title"), sub, back: Route::PeoplePage {}, list: rsx! { PeopleList { chosen: person } }, foot, test: "person",
            {show(&view, |view| rsx! {
                if !view.row.active {
                    div { Chip { tone: Tone::Plain, icon: Ico::No, words: t("people-inactive") } }
                }
                if !view.follow_ups.is_empty() {
                    Section { title: t("follow-title"), test: "person-follow",
                        {shown(view.follow_ups.len(), view.follow_ups_total)}
                        Rows {
                            for row in view.follow_ups.iter().cloned() {
                                FollowLine { key: "{row.follow.id}", row }
                            }
                        }
                    }
                }
                if view.row.role.has_practice() || !view.records.is_empty() { Section { title: t("person-records"), test: "person-records",
                    if view.records.is_empty() {
                        if knows(app.me().as_ref(), app.role(), &view.row) {
                            Empty { icon: Ico::Look, title: t("person-no-records"), hint: t("person-no-records-hint") }
                        } else {
                            // Theirs do not come to this device: it cannot say that there are none.
                            Empty { icon: Ico::Look, title: t("records-not-here"), hint: t("records-not-here-hint") }
                        }
                    } else {
                        RecordsOf { key: "{person}", filter: RecordFilter { subject: Some(person), ..RecordFilter::default() },
                            first: view.records.clone(), total: view.records_total, test: "more-person-records" }
                    }
                } }
                if !view.restrict_at.is_empty() && view.row.active {
                    Go { to: Route::CoachPage { person: person.to_string(), report: String::new() }, class: "btn ghost", test: "coach-person",
                        Icon { icon: Ico::Again }
                        span { {t("cycle-title")} }
                    }
                    Go { to: Route::RestrictPage { person: person.to_string() }, class: "btn ghost", test: "restrict-person",
                        Icon { icon: Ico::Lock }
                        span { {t("restrict-title")} }
                    }
                }
                if app.may_at("pack.exported", None) || view.row.sites.iter().any(|one| app.may_at("pack.exported", Some(one.site))) {
                    Go { to: pack::link(&PackScope::Person { person }), class: "btn ghost", test: "pack-person",
                        Icon { icon: Ico::List }
                        span { {t("pack-title")} }
                    }
                }
                if view.pairing == PairingMay::Makes {
                    PairingCard { person, name: view.row.shown.clone() }
                } else {
                    NoPairing { may: view.pairing.clone(), name: view.row.shown.clone() }
                }
                if view.may_edit {
                    Go { to: Route::AdminPerson { id: person.to_string() }, class: "btn ghost", test: "edit-person",
                        Icon { icon: Ico::Pen }
                        span { {t("person-edit")} }
                    }
                }
            })}
        }
    }
}

/// "Observe": the kinds that a supervisor does about someone.
#[component]
fn Observe(person: Uuid) -> Element {
    rsx! {
        section { class: "begin", "aria-label": t("person-observe"), "data-test": "observe",
            div { class: "begin-grid",
                for (n , class) in [Class::Check, Class::Shadow, Class::Audit].into_iter().enumerate() {
                    Go {
                        key: "{class.as_str()}",
                        to: Route::begin(class, Some(person)),
                        class: if n == 0 { "big big-first" } else { "big" },
                        label: t_args("person-begin", &[("class", names::class(class).into())]),
                        test: "observe-{class.as_str()}",
                        span { class: "ic", Icon { icon: names::class_icon(class) } }
                        span { {names::class(class)} }
                    }
                }
            }
        }
    }
}
