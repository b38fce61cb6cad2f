//! Refreshers: a few minutes of reading or practice about one deviation.

use dioxus::prelude::*;

use super::bilingual::Bilingual;
use super::pen::pen;
use crate::app::i18n::{t, t_args};
use crate::app::standards::words;
use crate::app::ui::{Button, Ico, Kind, Pick, Section, Select};
use crate::practice::editing::Editing;
use crate::practice::standard::Refresher;
use crate::practice::standard::{LONGEST_TITLE, LONGEST_WORDS};
use crate::practice::text::Text;

const MINUTES: [u32; 6] = [2, 3, 5, 10, 15, 20];

#[component]
pub fn Refreshers() -> Element {
    let pen = pen();
    let refreshers = pen.editing.read().standard.refreshers.clone();
    rsx! {
        Section { title: t("standard-refreshers"), test: "edit-refreshers",
            div { id: "edit-refreshers", tabindex: "-1" }
            p { class: "hint", {t("write-refreshers-hint")} }
            for refresher in refreshers {
                One { key: "{refresher.id}", refresher }
            }
            Button { kind: Kind::Ghost, icon: Ico::Plus, test: "add-refresher", onclick: move |()| pen.edit(Editing::add_refresher), {t("write-add-refresher")} }
        }
    }
}

#[component]
fn One(refresher: Refresher) -> Element {
    let pen = pen();
    let id = refresher.id.clone();
    let change = move |id: &str, to: &dyn Fn(&mut Refresher)| {
        pen.edit(|editing| {
            if let Some(known) = editing.standard.refreshers.iter_mut().find(|one| one.id == id) {
                to(known);
            }
        });
    };
    let (title_of, text_of, minutes_of, removed) = (id.clone(), id.clone(), id.clone(), id.clone());
    let mut minutes = MINUTES.to_vec();
    if !minutes.contains(&refresher.minutes) {
        minutes.push(refresher.minutes);
    }
    rsx! {
        details { class: "card", id: "edit-{id}", tabindex: "-1", open: refresher.title.is_empty(),
            summary { {words::title(&refresher.title)} }
            div { class: "form item-form",
                Bilingual { label: t("part-title"), id: "refresher-title-{id}", text: refresher.title.clone(), longest: LONGEST_TITLE,
                    oninput: move |now: Text| change(&title_of, &|one| one.title = now.clone()) }
                Bilingual { label: t("write-refresher-text"), id: "refresher-text-{id}", text: refresher.text.clone(), rows: 6, optional: true, hint: t("write-refresher-text-hint"),
                    longest: LONGEST_WORDS,
                    oninput: move |now: Text| change(&text_of, &|one| one.text = now.clone()) }
                Select { label: t("part-minutes"), id: "refresher-minutes-{id}", chosen: refresher.minutes.to_string(),
                    picks: minutes.into_iter().map(|n| Pick::new(n.to_string(), t_args("write-minutes", &[("n", n.into())]))).collect::<Vec<_>>(),
                    onchoose: move |value: String| change(&minutes_of, &|one| one.minutes = value.parse().unwrap_or(one.minutes)) }
                Button { kind: Kind::Quiet, icon: Ico::Trash, test: "refresher-remove", label: t_args("write-item-remove", &[("item", words::title(&refresher.title).into())]),
                    onclick: move |()| pen.edit(|editing| editing.remove_refresher(&removed)),
                    {t("write-remove")}
                }
            }
        }
    }
}
