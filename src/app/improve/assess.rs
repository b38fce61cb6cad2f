//! The programme's self-assessment: three parts, two areas each, scored 1 to 4; then what is taken on
//! next (DOMAIN E1).

use std::collections::BTreeMap;

use dioxus::prelude::*;

use super::words;
use crate::app::ask::use_ask;
use crate::app::follow::begin_from;
use crate::app::form::{Top, Wrong, use_form};
use crate::app::i18n::t;
use crate::app::route::Route;
use crate::app::state::use_app;
use crate::app::ui::{Button, Field, Page, Pick, Pills, Section, Select, Ticks, show};
use crate::engine::api::{Request, SiteRow};
use crate::practice::follow::{AssessmentSubmitted, Step};

#[component]
pub fn AssessPage(programme: String) -> Element {
    let asked = use_ask::<Vec<SiteRow>>(Request::Sites);
    let org = use_app().me().map(|me| me.org).unwrap_or_default();
    rsx! {
        Page { title: t("assess-title"), back: Route::AssessmentsPage {}, test: "assess",
            {show(&asked, |sites| {
                let programmes = programmes(sites.iter().map(|site| site.programme.as_str()), &org);
                rsx! { Form { programme: programme.clone(), programmes } }
            })}
        }
    }
}

/// What can be assessed. A site need not belong to a programme: where none does, the organisation as a whole
/// is assessed.
fn programmes<'a>(of_sites: impl Iterator<Item = &'a str>, org: &str) -> Vec<String> {
    let mut programmes: Vec<String> =
        of_sites.filter(|name| !name.trim().is_empty()).map(str::to_owned).collect();
    programmes.sort_unstable();
    programmes.dedup();
    if programmes.is_empty() && !org.is_empty() {
        programmes.push(org.to_owned());
    }
    programmes
}

#[component]
fn Form(programme: String, programmes: Vec<String>) -> Element {
    let navigator = use_navigator();
    let first = match programmes.as_slice() {
        [only] => only.clone(),
        _ => programme.clone(),
    };
    let mut chosen = use_signal(|| first.clone());
    let mut scores = use_signal(BTreeMap::<String, u8>::new);
    let mut notes = use_signal(BTreeMap::<String, String>::new);
    let mut priorities = use_signal(Vec::<String>::new);
    let form = use_form("assessment", &programme);
    form.keeps("programme", chosen);
    form.keeps("scores", scores);
    form.keeps("notes", notes);
    form.keeps("priorities", priorities);
    let mut wrong = Wrong::default();
    if chosen().is_empty() {
        wrong.say("assess-programme", t("assess-programme-none"));
    }
    for area in AssessmentSubmitted::AREAS {
        if !scores.read().contains_key(area) {
            wrong.say(area, t("assess-score-missing"));
        }
    }
    let shown = form.shown(&wrong);
    let send = move |()| {
        if form.refuses(&wrong) {
            return;
        }
        let mut notes = notes.peek().clone();
        notes.retain(|_, note| !note.trim().is_empty());
        let step = Step::AssessmentSubmitted(AssessmentSubmitted {
            programme: chosen.peek().clone(),
            scores: scores.peek().clone(),
            notes,
            priorities: priorities.peek().clone(),
        });
        begin_from(form, step, None, None, move |id| {
            drop(navigator.replace(Route::FollowPage { id: id.to_string() }));
        });
    };
    let parts = AssessmentSubmitted::AREAS.chunks(2).map(<[&str]>::to_vec).collect::<Vec<_>>();
    let areas = AssessmentSubmitted::AREAS.map(|area| Pick::new(area, words::area(area))).to_vec();
    rsx! {
        p { class: "hint", {t("assess-hint")} }
        Top { form }
        Select { label: t("assess-programme"), id: "assess-programme", error: shown.at("assess-programme"), none: t("assess-programme-none"), chosen: chosen(),
            picks: programmes.iter().map(|name| Pick::new(name.clone(), name.clone())).collect::<Vec<_>>(),
            onchoose: move |value: String| chosen.set(value) }
        for part in parts {
            Section { key: "{part:?}", title: part.first().map(|area| words::part(area)).unwrap_or_default(),
                for area in part {
                    Pills { key: "{area}", legend: words::area(area), name: area.to_owned(), error: shown.at(area),
                        picks: (1u8..=4).map(|n| Pick::new(n.to_string(), words::score(n))).collect::<Vec<_>>(),
                        chosen: scores.read().get(area).map(u8::to_string),
                        onchoose: move |value: String| {
                            if let Ok(score) = value.parse() {
                                scores.write().insert(area.to_owned(), score);
                            }
                        } }
                    Field { label: t("assess-note"), id: "{area}-note", value: notes.read().get(area).cloned().unwrap_or_default(),
                        rows: 2, optional: true, longest: 1000,
                        oninput: move |text: String| drop(notes.write().insert(area.to_owned(), text)) }
                }
            }
        }
        Ticks { legend: t("assess-priorities"), name: "assess-priorities", picks: areas, chosen: priorities(), hint: t("assess-priorities-hint"),
            onchoose: move |now: Vec<String>| priorities.set(now) }
        Button { busy: (form.busy)(), test: "assess-send", onclick: send, {t("assess-send")} }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// P-A1: what is optional at a site is demanded nowhere else.
    #[test]
    fn an_organisation_without_programmes_assesses_itself_as_a_whole() {
        assert_eq!(programmes(["", " "].into_iter(), "Harbour Homes"), ["Harbour Homes"]);
        let some = ["South", "", "North", "South"];
        assert_eq!(programmes(some.into_iter(), "Harbour Homes"), ["North", "South"]);
    }
}
