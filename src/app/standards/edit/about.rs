//! What stands above the items: title, purpose, whose practice, how it is filled and weighed.

use dioxus::prelude::*;

use super::bilingual::Bilingual;
use super::pen::pen;
use crate::app::i18n::{t, t_args};
use crate::app::names;
use crate::app::standards::words;
use crate::app::ui::{Field, Pick, Pills, Section, Select, Switch};
use crate::practice::editing::Often;
use crate::practice::setting::Setting;
use crate::practice::standard::{Class, LONGEST_COMPETENCY, LONGEST_TITLE, LONGEST_WORDS};

/// Shares of met items that make the whole met, in percent.
const SHARES: [u32; 6] = [100, 90, 80, 70, 60, 50];
/// Windows within which observations are expected, in days.
const DAYS: [u32; 5] = [7, 14, 30, 90, 180];
const TIMES: [u32; 4] = [1, 2, 3, 4];

#[component]
pub fn About() -> Element {
    let pen = pen();
    let editing = pen.editing.read().clone();
    let standard = editing.standard.clone();
    let next = editing.is_next_version();
    let cases = !standard.scenario.is_empty() || standard.class.is_reviewed() || standard.one_at_a_time;
    rsx! {
        Section { title: t("write-about"), test: "edit-about",
            Bilingual { label: t("part-title"), id: "edit-title", text: standard.title.clone(), longest: LONGEST_TITLE,
                oninput: move |text| pen.edit(|editing| editing.standard.title = text) }
            Bilingual { label: t("part-purpose"), id: "edit-purpose", text: standard.purpose.clone(), rows: 2, optional: true, hint: t("write-purpose-hint"),
                oninput: move |text| pen.edit(|editing| editing.standard.purpose = text) }
            Bilingual { label: t("part-role"), id: "edit-role", text: standard.role.clone(), optional: true, hint: t("write-role-hint"), longest: LONGEST_TITLE,
                oninput: move |text| pen.edit(|editing| editing.standard.role = text) }
            if !next {
                Select { label: t("part-class"), id: "edit-class", chosen: standard.class.as_str(),
                    picks: Class::ALL.map(|class| Pick::new(class.as_str(), names::class(class))).to_vec(),
                    onchoose: move |value: String| pen.edit(|editing| {
                        editing.standard.class = Class::parse(&value).unwrap_or(editing.standard.class);
                    }) }
            }
            if matches!(standard.class, Class::Check | Class::Shadow) {
                Select { label: t("part-setting"), id: "edit-setting", hint: t("write-setting-hint"), chosen: standard.observed_in().as_str(),
                    picks: [Setting::Live, Setting::Simulated, Setting::Either, Setting::Desk].map(|setting| Pick::new(setting.as_str(), names::setting(setting))).to_vec(),
                    onchoose: move |value: String| pen.edit(|editing| editing.standard.setting = Setting::parse(&value)) }
            }
            Competency {}
            if cases {
                Bilingual { label: t("standard-scenario"), id: "edit-scenario", text: standard.scenario.clone(), rows: 4, optional: true, longest: LONGEST_WORDS,
                    oninput: move |text| pen.edit(|editing| editing.standard.scenario = text) }
            }
            Switch { label: t("part-consent"), id: "edit-consent", on: standard.consent, hint: t("write-consent-hint"),
                onswitch: move |on| pen.edit(|editing| editing.standard.consent = on) }
            Switch { label: t("part-one-at-a-time"), id: "edit-one-at-a-time", on: standard.one_at_a_time, hint: t("write-one-hint"),
                onswitch: move |on| pen.edit(|editing| editing.standard.one_at_a_time = on) }
            div { id: "edit-share", tabindex: "-1",
                Select { label: t("part-share"), id: "edit-share-pick", hint: t("write-share-hint"), chosen: ((standard.share * 100.0).round()).to_string(),
                    picks: shares(standard.share),
                    onchoose: move |value: String| {
                        if let Ok(percent) = value.parse::<f64>() {
                            pen.edit(|editing| editing.standard.share = percent / 100.0);
                        }
                    } }
            }
            Expected { often: editing.expected }
        }
    }
}

/// The usual shares, and the one that stands there.
fn shares(now: f64) -> Vec<Pick> {
    let mut shares: Vec<f64> = SHARES.iter().map(|percent| f64::from(*percent) / 100.0).collect();
    let close = |one: &f64| (one - now).abs() < 0.001;
    if !shares.iter().any(close) {
        shares.push(now);
    }
    shares
        .into_iter()
        .map(|share| Pick::new((share * 100.0).round().to_string(), words::share(share)))
        .collect()
}

/// One that is trained here already, or another one.
#[component]
fn Competency() -> Element {
    const ANOTHER: &str = "+";
    let pen = pen();
    let code = pen.editing.read().standard.competency.clone();
    let known = pen.view.read().competencies.clone();
    let mut another = use_signal(|| known.is_empty() || (!code.is_empty() && !known.contains(&code)));
    let mut picks: Vec<Pick> =
        known.iter().map(|code| Pick::new(code.clone(), names::competency(code))).collect();
    picks.push(Pick::new(ANOTHER, t("write-competency-another")));
    rsx! {
        div { id: "edit-competency", tabindex: "-1", class: "form",
            Select { label: t("part-competency"), id: "edit-competency-pick", hint: t("write-competency-hint"), none: t("write-choose"), picks,
                chosen: if another() { ANOTHER.to_owned() } else { code.clone() },
                onchoose: move |value: String| {
                    another.set(value == ANOTHER);
                    pen.edit(|editing| editing.standard.competency = if value == ANOTHER { String::new() } else { value });
                } }
            if another() {
                Field { label: t("write-competency-name"), id: "edit-competency-name", value: code, longest: LONGEST_COMPETENCY, autocapitalize: "none",
                    oninput: move |text: String| pen.edit(|editing| editing.standard.competency = text.to_lowercase()) }
            }
        }
    }
}

/// How often each member of staff is to be observed by it.
#[component]
fn Expected(often: Option<Often>) -> Element {
    const NEVER: &str = "0";
    let pen = pen();
    let set = move |often: Option<Often>| pen.edit(|editing| editing.expected = often);
    let mut picks = vec![Pick::new(NEVER, t("write-expected-none"))];
    picks.extend(
        TIMES.map(|times| {
            Pick::new(times.to_string(), t_args("write-expected-times", &[("n", times.into())]))
        }),
    );
    let days = often.map_or(30, |often| often.days);
    let times = often.map_or(0, |often| often.times);
    let mut windows = DAYS.to_vec();
    if !windows.contains(&days) {
        windows.push(days);
    }
    rsx! {
        Pills { legend: t("write-expected"), name: "edit-expected", hint: t("write-expected-hint"), picks, chosen: Some(times.to_string()),
            onchoose: move |value: String| {
                let times = value.parse().unwrap_or(0);
                set((times > 0).then_some(Often { times, days }));
            } }
        if times > 0 {
            Pills { legend: t("write-expected-within"), name: "edit-within", chosen: Some(days.to_string()),
                picks: windows.into_iter().map(|days| Pick::new(days.to_string(), t_args("write-expected-days", &[("n", days.into())]))).collect::<Vec<_>>(),
                onchoose: move |value: String| set(Some(Often { times, days: value.parse().unwrap_or(days) })) }
        }
    }
}
