//! The items in their order: moved, opened, removed and added by buttons.

use dioxus::prelude::*;

use super::item::Open;
use super::pen::pen;
use crate::app::device;
use crate::app::i18n::{t, t_args};
use crate::app::standards::words;
use crate::app::ui::{Button, Ico, Kind, Section};
use crate::practice::editing::List;
use crate::practice::standard::Item;

#[component]
pub fn Items(list: List) -> Element {
    let mut pen = pen();
    let standard = pen.editing.read().standard.clone();
    let (items, title, id) = match list {
        List::Items => (standard.items, t("standard-items"), "items"),
        List::Review => (standard.review, t("standard-review"), "review"),
    };
    let last = items.len().saturating_sub(1);
    let full = items.len() >= crate::practice::editing::MOST_ITEMS;
    rsx! {
        Section { title, test: "edit-{id}",
            div { id: "edit-{id}", tabindex: "-1" }
            ol { class: "sheet", role: "list",
                for (n , item) in items.into_iter().enumerate() {
                    One { key: "{item.id}", n, first: n == 0, last: n == last, item, list }
                }
            }
            if full {
                p { class: "hint", {t("write-items-full")} }
            } else {
                Button { kind: Kind::Ghost, icon: Ico::Plus, test: "add-{id}",
                    onclick: move |()| {
                        let mut added = None;
                        pen.edit(|editing| added = editing.add_item(list));
                        if let Some(id) = added {
                            pen.open.set(Some(id.clone()));
                            spawn(async move {
                                device::sleep(std::time::Duration::from_millis(50)).await;
                                device::focus(&format!("item-text-{id}"));
                            });
                        }
                    },
                    {t("write-add-item")}
                }
            }
        }
    }
}

#[component]
fn One(n: usize, item: Item, list: List, first: bool, last: bool) -> Element {
    let mut pen = pen();
    let open = pen.open.read().as_deref() == Some(item.id.as_str());
    let title = words::title(&item.text);
    let id = item.id.clone();
    let moves = move |id: String, up: bool| pen.edit(|editing| editing.move_item(list, &id, up));
    let (up, down, toggled, removed) = (id.clone(), id.clone(), id.clone(), id.clone());
    rsx! {
        li { class: "card sheet-item", id: "edit-{id}", tabindex: "-1", "data-test": "edit-item-{n}",
            p { class: "row-title", {title.clone()} }
            p { class: "hint", {words::form(item.form)}
                if item.critical { " · " {t("part-critical")} }
            }
            div { class: "btn-row edit-item-acts",
                Button { kind: Kind::Ghost, icon: Ico::Pen, test: "item-open", label: t_args("write-item-open", &[("item", title.clone().into())]),
                    onclick: move |()| pen.open.set((!open).then(|| toggled.clone())),
                    if open { {t("write-item-close")} } else { {t("write-item-edit")} }
                }
                if !first {
                    Button { kind: Kind::Quiet, test: "item-up", label: t_args("write-item-up", &[("item", title.clone().into())]), onclick: move |()| moves(up.clone(), true), {t("write-up")} }
                }
                if !last {
                    Button { kind: Kind::Quiet, test: "item-down", label: t_args("write-item-down", &[("item", title.clone().into())]), onclick: move |()| moves(down.clone(), false), {t("write-down")} }
                }
                if open {
                    Button { kind: Kind::Danger, icon: Ico::Trash, test: "item-remove", label: t_args("write-item-remove", &[("item", title.into())]),
                        onclick: move |()| pen.edit(|editing| editing.remove_item(list, &removed)),
                        {t("write-remove")}
                    }
                }
            }
            if open {
                Open { item, list }
            }
        }
    }
}
