//! What stands around the items: where and about whom (only where that is not known), why it is
//! changed, which shift, when it happened, and a free note.
//!
//! Invariant: back-dating moves "when it happened" and never "when it was recorded"; both are shown.

use chrono::{DateTime, FixedOffset};
use dioxus::prelude::*;

use super::area::Area;
use super::desk::{Send, desk};
use super::edit;
use crate::app::i18n::{t, t_args};
use crate::app::state::use_app;
use crate::app::today::join;
use crate::app::ui::{Banner, Ico, Icon, Of, Pick, Pills, Said, Select, Switch, Tone, WhenField, use_when};
use crate::app::when as clock;
use crate::app::{codes, names};
use crate::practice::clock::asks_when;
use crate::practice::draft::{Open, Shift};
use crate::practice::setting::Setting;
use crate::practice::standard::Class;

/// The case of a scenario, the feedback of a rework, why a record is changed, and who and where if
/// that is still open.
#[component]
pub fn Before() -> Element {
    let desk = desk();
    let view = desk.standard();
    let standard = &view.standard;
    let reason = desk.draft.peek().amends.as_ref().map(|amends| amends.reason.clone());
    let amends = reason.is_some();
    let no_reason = move || desk.open().contains(&Open::NoReason);
    rsx! {
        if !view.feedback.is_empty() {
            section { class: "note-card", "data-test": "feedback",
                h2 { Icon { icon: Ico::Speech } {t("capture-feedback")} }
                Said { text: view.feedback.clone() }
            }
        }
        if let Some(again) = view.again.clone() {
            Banner { tone: Tone::Brand, icon: Ico::Again, test: "again",
                title: join([t("owed-look-again"), t_args("owed-look-again-after", &[("day", clock::day_in(again.coached).into())])]),
                text: if again.gone { t("owed-look-again-gone") } else { again.items.iter().map(names::text).collect::<Vec<_>>().join(" · ") },
            }
        }
        if amends {
            section { class: "item", id: "reason", tabindex: "-1", "data-test": "reason-card",
                label { class: "item-q", r#for: "reason-text", {t("capture-reason")} }
                p { class: "item-look", {t("capture-reason-hint")} }
                if no_reason() && *desk.pressed.read() {
                    p { class: "item-error", Icon { icon: Ico::Warn } {codes::open(&Open::NoReason)} }
                }
                Area { id: "reason-text", value: reason.unwrap_or_default(), test: "reason-text",
                    oninput: move |text: String| desk.edit(None, Send::Gather, |draft, _| {
                        if let Some(amends) = draft.amends.as_mut() {
                            amends.reason = text;
                        }
                    }),
                    onblur: move |()| desk.flush_soon(),
                }
            }
        }
        WhereAndWho {}
        if standard.observed_in() == Setting::Either && !amends {
            SettingCard {}
        }
        if !standard.scenario.is_empty() {
            section { class: "note-card", "data-test": "scenario",
                h2 { Icon { icon: Ico::Book } {t("capture-case")} }
                Said { text: names::text(&standard.scenario) }
            }
        }
    }
}

/// Whether this is real practice or a simulation: asked at the beginning, and only where the
/// standard leaves it open.
#[component]
fn SettingCard() -> Element {
    let desk = desk();
    let said = use_memo(move || desk.draft.read().content.setting);
    let missing = said().is_none() && *desk.pressed.read();
    rsx! {
        section { class: "item", id: "setting", tabindex: "-1", "data-test": "setting-card",
            Pills { legend: t("capture-setting"), name: "setting-pick",
                picks: Setting::CHOICES.map(|setting| Pick::new(setting.as_str(), names::setting(setting))).to_vec(),
                chosen: said().map(|setting| setting.as_str().to_owned()),
                error: if missing { codes::open(&Open::NoSetting) } else { String::new() },
                onchoose: move |value: String| desk.edit(None, Send::Now, |draft, _| {
                    draft.content.setting = Setting::parse(&value);
                }),
            }
        }
    }
}

/// Asked only where it was not known when the draft was begun.
#[component]
fn WhereAndWho() -> Element {
    let desk = desk();
    if desk.draft.peek().trial {
        return rsx! {};
    }
    let view = desk.standard();
    let asks_site = use_hook(|| desk.draft.peek().site.is_none());
    let asks_subject = use_hook(|| {
        let draft = desk.draft.peek();
        draft.class.needs_subject() && draft.subject.is_none()
    });
    let site = desk.draft.read().site;
    let subject = desk.draft.read().subject;
    let pressed = *desk.pressed.read();
    let error = |open: Open| if pressed { codes::open(&open) } else { String::new() };
    let sites = view.sites.iter().filter(|site| site.active);
    let sites: Vec<Pick> = sites.map(|site| Pick::new(site.site.to_string(), site.shown.clone())).collect();
    let people: Vec<Pick> =
        view.people.iter().map(|person| Pick::new(person.person.to_string(), person.shown.clone())).collect();
    rsx! {
        if asks_site {
            section { class: "item", id: "site", tabindex: "-1",
                Pills { legend: t("capture-site"), name: "site-pick", picks: sites, chosen: site.map(|site| site.to_string()),
                    error: if site.is_none() { error(Open::NoSite) } else { String::new() },
                    onchoose: move |value: String| desk.edit(None, Send::Now, |draft, _| {
                        draft.site = uuid::Uuid::parse_str(&value).ok();
                    }),
                }
            }
        }
        if asks_subject {
            section { class: "item", id: "subject", tabindex: "-1",
                Select { label: t("capture-who"), id: "subject-pick", picks: people, none: t("capture-nobody-chosen"),
                    chosen: subject.map(|subject| subject.to_string()).unwrap_or_default(),
                    error: if subject.is_none() { error(Open::NoSubject) } else { String::new() },
                    onchoose: move |value: String| desk.edit(None, Send::Now, |draft, _| {
                        draft.subject = uuid::Uuid::parse_str(&value).ok();
                    }),
                }
            }
        }
    }
}

/// Shift, when it happened, note, and what is kept of the time.
#[component]
pub fn After() -> Element {
    let desk = desk();
    let view = desk.standard();
    let shift = use_memo(move || desk.draft.read().content.shift);
    let note = use_hook(|| desk.draft.peek().content.note.clone());
    let picks = Shift::ALL.map(|shift| Pick::new(shift.as_str(), names::shift(shift))).to_vec();
    let purpose = names::text(&view.standard.purpose);
    // A written case has no shift and did not happen: it is written now.
    let happens = !matches!(view.standard.class, Class::Scenario);
    rsx! {
        section { class: "item", "data-test": "after", "aria-label": t("capture-after"),
            if happens {
                Pills { legend: t("capture-shift"), name: "shift", picks, chosen: shift().map(|shift| shift.as_str().to_owned()),
                    onchoose: move |value: String| {
                        let shift = Shift::ALL.into_iter().find(|shift| shift.as_str() == value);
                        desk.edit(None, Send::Now, |draft, _| draft.content.shift = shift);
                    },
                }
                Earlier {}
            }
            div { class: "field",
                label { class: "label", r#for: "free-note", {t_args("optional", &[("label", t("capture-note").into())])} }
                p { class: "hint", {t("capture-note-hint")} }
                Area { id: "free-note", value: note, test: "free-note",
                    oninput: move |text: String| desk.edit(None, Send::Gather, |draft, _| draft.content.note = text),
                    onblur: move |()| desk.flush_soon(),
                }
            }
            details { class: "item-good",
                summary { {t("capture-about")} }
                if !purpose.is_empty() {
                    p { {purpose} }
                }
                p { {t_args("capture-version", &[("version", view.standard.version.to_string().into())])} }
                p { "data-test": "timing-told", {t("capture-timing-told")} }
            }
        }
    }
}

/// When it was: "it happened earlier", and asked where it lay for a while before it is finished.
#[component]
fn Earlier() -> Element {
    let desk = desk();
    let happened = use_memo(move || desk.draft.read().content.happened_at);
    let mut on = use_signal(|| desk.draft.peek().content.happened_at.is_some());
    let typed = use_when(|| *happened.peek());
    let mut picked = use_signal(|| None::<String>);
    let shifts = use_app().shifts_at(desk.draft.read().site);
    let begun = desk.draft.peek().begun_at;
    // Read in any case: time passes without a tap, and "Finish" is when it is asked.
    let pressed = *desk.pressed.read();
    let worked = desk.timing.peek().seconds();
    let lay = picked.read().is_some() || asks_when(&desk.draft.read(), worked, clock::now()) && !on();
    let happened_at = move |at: Option<DateTime<FixedOffset>>| {
        desk.edit(None, Send::Now, |draft, _| edit::set_happened(draft, at, clock::now(), shifts));
    };
    let reads = !on() || typed.happened().is_ok();
    use_effect(use_reactive!(|reads| desk.reads_time("happened-at", reads)));
    use_drop(move || desk.reads_time("happened-at", true));
    let missing = pressed && typed.typed.read().is_empty();
    rsx! {
        if lay {
            section { class: "when-ask", id: "when", tabindex: "-1", "data-test": "when-ask",
                Pills { legend: t("capture-when"), name: "when-pick", chosen: picked(),
                    picks: vec![
                        Pick::new("begun", t_args("capture-when-begun", &[("when", clock::short_in(begun).into())])),
                        Pick::new("now", t("capture-when-now")),
                    ],
                    error: if pressed && picked.read().is_none() { codes::open(&Open::NoTime { field: "when".into() }) } else { String::new() },
                    onchoose: move |value: String| {
                        let at = if value == "begun" { begun } else { clock::now() };
                        picked.set(Some(value));
                        typed.set(Some(at));
                        on.set(true);
                        happened_at(Some(at));
                    },
                }
            }
        }
        Switch { label: t("capture-earlier"), id: "earlier", on: on(), hint: t("capture-earlier-hint"),
            onswitch: move |now_on| {
                on.set(now_on);
                picked.set(None);
                // What stands in the field is what is kept, also where it stood there before.
                happened_at(if now_on { typed.happened().ok() } else { None });
            },
        }
        if on() {
            WhenField { label: t("capture-happened"), id: "happened-at", when: typed, of: Of::Past,
                error: if missing { t("when-missing") } else { String::new() },
                oninput: move |()| {
                    picked.set(None);
                    happened_at(typed.happened().ok());
                } }
            if let Some(at) = happened() {
                p { class: "hint", "data-test": "two-times",
                    {t_args("capture-two-times", &[
                        ("happened", clock::day_time(at).into()),
                        ("recorded", clock::day_time(begun).into()),
                    ])}
                }
            }
        }
    }
}
