//! One item, opened: its words, what is filled in, what can be wrong.

use dioxus::prelude::*;

use super::bilingual::Bilingual;
use super::pen::pen;
use super::unread::End;
use crate::app::i18n::{self, t, t_args};
use crate::app::standards::words;
use crate::app::ui::{Button, Field, Ico, Kind, Pick, Select, Switch, reading};
use crate::practice::editing::List;
use crate::practice::number;
use crate::practice::standard::{
    Choice, Class, Deviation, Form, Item, LONGEST_PART, LONGEST_TITLE, LONGEST_UNIT, LONGEST_WORDS,
};

#[component]
pub fn Open(item: Item, list: List) -> Element {
    let pen = pen();
    let handoff = pen.editing.read().standard.class == Class::Handoff;
    let id = item.id.clone();
    let edit = {
        let id = id.clone();
        move |change: &dyn Fn(&mut Item)| {
            pen.edit(|editing| {
                if let Some(item) = editing.item(list, &id) {
                    change(item);
                }
            });
        }
    };
    let forms = [Form::Mark, Form::Choice, Form::Number, Form::Text, Form::Tasks];
    let forms = forms.into_iter().filter(|form| *form != Form::Tasks || (handoff && list == List::Items));
    let forms: Vec<(Form, Pick)> =
        forms.enumerate().map(|(n, form)| (form, Pick::new(n.to_string(), words::form(form)))).collect();
    let chosen = forms.iter().find(|(form, _)| *form == item.form);
    let chosen = chosen.map(|(_, pick)| pick.value.clone()).unwrap_or_default();
    let (text, look, good, critical, optional) =
        (edit.clone(), edit.clone(), edit.clone(), edit.clone(), edit.clone());
    let (not_seen, not_applicable) = (edit.clone(), edit);
    rsx! {
        div { class: "form item-form",
            Bilingual { label: t("part-text"), id: "item-text-{id}", text: item.text.clone(), longest: LONGEST_TITLE, hint: t("write-text-hint"),
                oninput: move |now: crate::practice::text::Text| text(&|item| item.text = now.clone()) }
            Bilingual { label: t("part-look"), id: "item-look-{id}", text: item.look.clone(), optional: true, hint: t("write-look-hint"),
                oninput: move |now: crate::practice::text::Text| look(&|item| item.look = now.clone()) }
            Bilingual { label: t("standard-good"), id: "item-good-{id}", text: item.good.clone(), rows: 3, optional: true, hint: t("write-good-hint"), longest: LONGEST_WORDS,
                oninput: move |now: crate::practice::text::Text| good(&|item| item.good = now.clone()) }
            Select { label: t("part-form"), id: "item-form-{id}", chosen, picks: forms.iter().map(|(_, pick)| pick.clone()).collect::<Vec<_>>(),
                onchoose: {
                    let id = id.clone();
                    move |value: String| {
                        if let Some((form, _)) = forms.iter().find(|(_, pick)| pick.value == value) {
                            pen.edit(|editing| editing.set_form(list, &id, *form));
                        }
                    }
                } }
            if matches!(item.form, Form::Mark | Form::Choice) {
                Switch { label: t("part-critical"), id: "item-critical-{id}", on: item.critical, hint: t("standard-critical"),
                    onswitch: move |on| critical(&|item| item.critical = on) }
            }
            Switch { label: t("part-optional"), id: "item-optional-{id}", on: item.optional, hint: t("standard-optional"),
                onswitch: move |on| optional(&|item| item.optional = on) }
            match item.form {
                Form::Mark => rsx! {
                    Switch { label: t("part-not-seen"), id: "item-not-seen-{id}", on: item.not_seen, onswitch: move |on| not_seen(&|item| item.not_seen = on) }
                    Switch { label: t("part-not-applicable"), id: "item-not-applicable-{id}", on: item.not_applicable, onswitch: move |on| not_applicable(&|item| item.not_applicable = on) }
                    Deviations { item: item.clone(), list }
                },
                Form::Choice => rsx! { Choices { item: item.clone(), list } },
                Form::Number => rsx! { Limits { item: item.clone(), list } },
                Form::Text | Form::Tasks => rsx! {},
            }
        }
    }
}

/// What can be wrong, and the refresher about it.
#[component]
fn Deviations(item: Item, list: List) -> Element {
    let pen = pen();
    let refreshers = pen.editing.read().standard.refreshers.clone();
    let picks: Vec<Pick> =
        refreshers.iter().map(|one| Pick::new(one.id.clone(), words::title(&one.title))).collect();
    let id = item.id.clone();
    let change = move |item: &str, deviation: &str, to: &dyn Fn(&mut Deviation)| {
        pen.edit(|editing| {
            let known = editing
                .item(list, item)
                .and_then(|item| item.deviations.iter_mut().find(|one| one.id == deviation));
            if let Some(known) = known {
                to(known);
            }
        });
    };
    rsx! {
        fieldset { class: "form",
            legend { class: "label", {t("part-deviations")} }
            p { class: "hint", {t("write-deviations-hint")} }
            for (n , deviation) in item.deviations.clone().into_iter().enumerate() {
                div { key: "{deviation.id}", class: "task form",
                    Bilingual { label: t_args("write-deviation", &[("n", (n + 1).into())]), id: "deviation-{deviation.id}", text: deviation.text.clone(), longest: LONGEST_PART,
                        oninput: {
                            let (item, id) = (id.clone(), deviation.id.clone());
                            move |now: crate::practice::text::Text| change(&item, &id, &|one| one.text = now.clone())
                        } }
                    if !picks.is_empty() {
                        Select { label: t("write-refresher"), id: "deviation-refresher-{deviation.id}", none: t("write-refresher-none"), picks: picks.clone(),
                            chosen: deviation.refresher.clone().unwrap_or_default(),
                            onchoose: {
                                let (item, id) = (id.clone(), deviation.id.clone());
                                move |value: String| change(&item, &id, &|one| one.refresher = Some(value.clone()).filter(|id| !id.is_empty()))
                            } }
                    }
                    Button { kind: Kind::Quiet, icon: Ico::Trash, test: "deviation-remove", label: t_args("write-item-remove", &[("item", words::title(&deviation.text).into())]),
                        onclick: {
                            let (item, id) = (id.clone(), deviation.id.clone());
                            move |()| pen.edit(|editing| {
                                if let Some(item) = editing.item(list, &item) {
                                    item.deviations.retain(|one| one.id != id);
                                }
                            })
                        },
                        {t("write-remove")}
                    }
                }
            }
            Button { kind: Kind::Ghost, icon: Ico::Plus, test: "add-deviation", onclick: move |()| pen.edit(|editing| editing.add_deviation(list, &id)), {t("write-add-deviation")} }
        }
    }
}

#[component]
fn Choices(item: Item, list: List) -> Element {
    let pen = pen();
    let id = item.id.clone();
    let change = move |item: &str, choice: &str, to: &dyn Fn(&mut Choice)| {
        pen.edit(|editing| {
            let known = editing
                .item(list, item)
                .and_then(|item| item.choices.iter_mut().find(|one| one.id == choice));
            if let Some(known) = known {
                to(known);
            }
        });
    };
    rsx! {
        fieldset { class: "form",
            legend { class: "label", {t("part-choices")} }
            for (n , choice) in item.choices.clone().into_iter().enumerate() {
                div { key: "{choice.id}", class: "task form",
                    Bilingual { label: t_args("write-choice", &[("n", (n + 1).into())]), id: "choice-{choice.id}", text: choice.text.clone(), longest: LONGEST_PART,
                        oninput: {
                            let (item, id) = (id.clone(), choice.id.clone());
                            move |now: crate::practice::text::Text| change(&item, &id, &|one| one.text = now.clone())
                        } }
                    Switch { label: t("write-choice-unknown"), id: "choice-unknown-{choice.id}", on: choice.unknown, hint: t("write-choice-unknown-hint"),
                        onswitch: {
                            let (item, id) = (id.clone(), choice.id.clone());
                            move |on| change(&item, &id, &|one| one.unknown = on)
                        } }
                    Switch { label: t("write-choice-note"), id: "choice-note-{choice.id}", on: choice.note,
                        onswitch: {
                            let (item, id) = (id.clone(), choice.id.clone());
                            move |on| change(&item, &id, &|one| one.note = on)
                        } }
                    Button { kind: Kind::Quiet, icon: Ico::Trash, test: "choice-remove", label: t_args("write-item-remove", &[("item", words::title(&choice.text).into())]),
                        onclick: {
                            let (item, id) = (id.clone(), choice.id.clone());
                            move |()| pen.edit(|editing| {
                                if let Some(item) = editing.item(list, &item) {
                                    item.choices.retain(|one| one.id != id);
                                }
                            })
                        },
                        {t("write-remove")}
                    }
                }
            }
            Button { kind: Kind::Ghost, icon: Ico::Plus, test: "add-choice", onclick: move |()| pen.edit(|editing| editing.add_choice(list, &id)), {t("write-add-choice")} }
        }
    }
}

#[component]
fn Limits(item: Item, list: List) -> Element {
    let pen = pen();
    let shown = |limit: Option<f64>| limit.map(i18n::number).unwrap_or_default();
    // What is typed stands in the field as it was typed ("0." on the way to "0.5").
    // So does what is no number, also once the item was closed.
    let typed = |end, limit| pen.unread.peek().text(&item.id, end).unwrap_or_else(|| shown(limit));
    let mut least = use_signal(|| typed(End::Least, item.min));
    let mut most = use_signal(|| typed(End::Most, item.max));
    let id = item.id.clone();
    let edit = move |id: &str, change: &dyn Fn(&mut Item)| {
        pen.edit(|editing| {
            if let Some(item) = editing.item(list, id) {
                change(item);
            }
        });
    };
    let kind = item.number_kind();
    let error = move |text: &str| reading::unread(number::read(text, kind)).unwrap_or_default();
    let wholes = {
        let numbers = pen.editing.read().list_of(list).to_vec();
        let others = numbers.into_iter().filter(|one| one.form == Form::Number && one.id != item.id);
        others.map(|one| Pick::new(one.id.clone(), words::title(&one.text))).collect::<Vec<_>>()
    };
    let whole = item.whole().unwrap_or_default().to_owned();
    let kept = item.whole().map(str::to_owned);
    let counted = item.is_counted();
    let (min_of, max_of, unit_of, count_of, part_of) =
        (id.clone(), id.clone(), id.clone(), id.clone(), id.clone());
    rsx! {
        Switch { label: t("part-counted"), id: "item-counted-{id}", on: counted, hint: t("write-counted-hint"),
            onswitch: move |on| {
                pen.edit(|editing| editing.set_number(list, &count_of, on, kept.clone()));
                // What is counted is read otherwise.
                pen.types_limit(list, &count_of, End::Least, &least.peek());
                pen.types_limit(list, &count_of, End::Most, &most.peek());
            } }
        if !wholes.is_empty() {
            Select { label: t("part-part-of"), id: "item-part-of-{id}", none: t("write-part-of-none"), chosen: whole, picks: wholes,
                onchoose: move |value: String| {
                    let whole = (!value.is_empty()).then_some(value);
                    pen.edit(|editing| editing.set_number(list, &part_of, counted, whole));
                } }
        }
        Field { label: t("write-least"), id: End::Least.field(&id), value: least(), number: kind, optional: true, error: error(&least()),
            oninput: move |text: String| {
                pen.types_limit(list, &min_of, End::Least, &text);
                least.set(text);
            } }
        Field { label: t("write-most"), id: End::Most.field(&id), value: most(), number: kind, optional: true, error: error(&most()),
            oninput: move |text: String| {
                pen.types_limit(list, &max_of, End::Most, &text);
                most.set(text);
            } }
        Bilingual { label: t("part-unit"), id: "item-unit-{id}", text: item.unit.clone(), optional: true, longest: LONGEST_UNIT,
            oninput: move |now: crate::practice::text::Text| edit(&unit_of, &|item| item.unit = now.clone()) }
    }
}
