//! Writing a standard, on the phone as on the laptop: one page, each item opened by a tap, the order by
//! buttons, and nothing that is lost when the phone rings.
//!
//! Invariant: what the screen shows is what is saved (`pen`); what is wrong is said in sentences, each a
//! way to its place.

mod about;
mod bilingual;
mod item;
mod items;
mod pen;
mod publish;
mod refreshers;
mod unread;

use std::rc::Rc;

use dioxus::prelude::*;

use self::pen::{Saved, pen, use_pen};
use self::unread::{End, Typed};
use super::words;
use crate::app::ask::{Asked, use_ask};
use crate::app::form::wanted;
use crate::app::i18n::{Lang, lang, t, t_args};
use crate::app::route::Route;
use crate::app::state::{id_of, use_app};
use crate::app::today::join;
use crate::app::ui::{
    Asking, Banner, Button, Dialog, ErrorNote, Ico, Icon, Kind, Page, Switch, Tone, reading,
};
use crate::app::{codes, device, names, when};
use crate::engine::api::{Reply, Request, StandardDraftView};
use crate::practice::editing::List;
use crate::practice::standard::{Standard, StandardError};

#[component]
pub fn EditStandardPage(id: String) -> Element {
    rsx! { Opening { key: "{id}", id: id.clone() } }
}

#[component]
fn Opening(id: String) -> Element {
    let asked = use_ask::<StandardDraftView>(Request::StandardDraft { id: id_of(&id).unwrap_or_default() });
    let (title, back) = (t("write-title"), Route::StandardsPage {});
    match asked {
        Asked::Loading => rsx! { Page { title, back, test: "standard-edit", Asking {} } },
        Asked::Failed(failure) => {
            rsx! { Page { title, back, test: "standard-edit", ErrorNote { failure } } }
        }
        Asked::Ready(view) => rsx! { Writing { view: Held(view) } },
    }
}

/// A view by identity: it is asked for once.
#[derive(Clone)]
struct Held(Rc<StandardDraftView>);

impl PartialEq for Held {
    fn eq(&self, other: &Held) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

#[component]
fn Writing(view: Held) -> Element {
    let pen = use_pen(use_app(), &view.0);
    // Its form was tapped in the list of what was not sent.
    let publishing = use_signal(|| wanted("publish", &view.0.editing.id.to_string()));
    let editing = pen.editing.read();
    let standard = &editing.standard;
    let version = view.0.before.as_ref().map_or(1, |before| before.version + 1);
    let reviewed = standard.class.is_reviewed();
    let mut both = pen.both;
    let other = Lang::ALL.into_iter().find(|one| *one != lang()).map_or("", Lang::own_name);
    rsx! {
        Page {
            title: words::title(&standard.title),
            sub: join([names::class(standard.class), t_args("standards-version", &[("n", version.into())]), t("write-not-published")]),
            back: Route::StandardsPage {},
            chip: false,
            test: "standard-edit",
            foot: rsx! { Foot { publishing } },
            div { class: "form edit",
                if view.0.overtaken {
                    Banner { tone: Tone::Waiting, icon: Ico::Swap, title: t("write-overtaken"), text: t("write-overtaken-hint") }
                }
                Faults {}
                Switch { label: t_args("write-both", &[("language", other.into())]), id: "write-both", on: both(), hint: t("write-both-hint"),
                    onswitch: move |on: bool| both.set(on) }
                about::About {}
                items::Items { list: List::Items }
                if reviewed || !standard.review.is_empty() {
                    items::Items { list: List::Review }
                }
                refreshers::Refreshers {}
                Discard {}
            }
        }
        if publishing() {
            publish::Publish { publishing }
        }
    }
}

/// What was saved, trying it out, publishing.
#[component]
fn Foot(publishing: Signal<bool>) -> Element {
    let mut pen = pen();
    let navigator = use_navigator();
    let mut publishing = publishing;
    let mut busy = use_signal(|| false);
    let id = pen.editing.peek().id;
    rsx! {
        SavedLine {}
        div { class: "foot-steps",
            Button { kind: Kind::Ghost, icon: Ico::Eye, busy: busy(), test: "try-out",
                onclick: move |()| {
                    busy.set(true);
                    spawn(async move {
                        let begun = match pen.flush().await {
                            Ok(()) => pen.app.run(Request::TryStandard { id }).await,
                            Err(failure) => Err(failure),
                        };
                        match begun {
                            Ok(Reply::Draft(view)) => {
                                navigator.push(Route::Fill { id: view.draft.id.to_string() });
                            }
                            Ok(_) => {}
                            Err(failure) => pen.app.say_failure(&failure),
                        }
                        busy.set(false);
                    });
                },
                {t("write-try")}
            }
            Button { icon: Ico::Ok, test: "publish",
                onclick: move |()| {
                    let first = faults(pen).into_iter().next();
                    match first {
                        Some(first) => {
                            pen.pressed.set(true);
                            first.jump(pen);
                        }
                        None => publishing.set(true),
                    }
                },
                {t("write-publish")}
            }
        }
    }
}

#[component]
fn SavedLine() -> Element {
    match *pen().saved.read() {
        Saved::Nothing => rsx! { p { class: "saved", {t("write-saves")} } },
        Saved::Saving => rsx! { p { class: "saved", "data-test": "saving", {t("capture-saving")} } },
        Saved::At(at) => rsx! {
            p { class: "saved saved-yes", "data-test": "saved-at", Icon { icon: Ico::Ok }
                {t_args("capture-saved", &[("time", when::time_exact(at).into())])}
            }
        },
        Saved::Trouble(code) => rsx! {
            p { class: "saved saved-no", role: "alert", "data-test": "save-trouble", Icon { icon: Ico::Warn }
                span { {codes::failure_code(code)} " " {t("capture-save-again")} }
            }
        },
    }
}

/// One thing that stands in the way of publishing.
#[derive(Clone, Debug, PartialEq)]
enum Wanting {
    Fault(StandardError),
    /// The page would be published without it.
    Unread(Typed),
}

/// All of it, in sentences once "Publish" was pressed. Subscribes the caller.
fn faults(pen: pen::Pen) -> Vec<Wanting> {
    let editing = pen.editing.read();
    let unread = pen.unread.read().of(&editing.standard).into_iter().map(Wanting::Unread);
    editing.standard.faults().into_iter().map(Wanting::Fault).chain(unread).collect()
}

impl Wanting {
    /// The id of the element that it is about.
    fn anchor(&self) -> String {
        match self {
            Wanting::Fault(fault) => format!("edit-{}", fault.place),
            Wanting::Unread(typed) => typed.end.field(&typed.item),
        }
    }

    /// Opens its place and moves the focus there.
    fn jump(&self, mut pen: pen::Pen) {
        let place = match self {
            Wanting::Fault(fault) => fault.place.clone(),
            Wanting::Unread(typed) => typed.item.clone(),
        };
        pen.open.set(Some(place));
        let id = self.anchor();
        spawn(async move {
            device::sleep(std::time::Duration::from_millis(50)).await;
            device::focus(&id);
        });
    }

    fn said(&self, standard: &Standard) -> String {
        match self {
            Wanting::Fault(fault) => {
                let item = standard.item(&fault.place).map(|item| names::text(&item.text));
                join([item.unwrap_or_default(), words::fault(fault.what)])
            }
            Wanting::Unread(typed) => {
                let end = if typed.end == End::Least { t("write-least") } else { t("write-most") };
                join([words::title(&typed.title), end, reading::unread(typed.read).unwrap_or_default()])
            }
        }
    }
}

/// Everything that is wrong, each a way to its place. From the first press of "Publish" on.
#[component]
fn Faults() -> Element {
    let pen = pen();
    let editing = pen.editing.read();
    let faults = if *pen.pressed.read() { faults(pen) } else { Vec::new() };
    if faults.is_empty() {
        return rsx! {};
    }
    rsx! {
        section { class: "open-points", "data-test": "faults", "aria-labelledby": "faults-title",
            h2 { id: "faults-title", Icon { icon: Ico::Warn }
                span { role: "status", {t_args("write-faults", &[("n", faults.len().into())])} }
            }
            ul {
                for (n , fault) in faults.clone().into_iter().enumerate() {
                    li { key: "{n}",
                        a {
                            href: "#{fault.anchor()}",
                            onclick: {
                                let fault = fault.clone();
                                move |event: MouseEvent| {
                                    // The fragment is the place in the app: the browser must not follow it.
                                    event.prevent_default();
                                    fault.jump(pen);
                                }
                            },
                            {fault.said(&editing.standard)}
                        }
                    }
                }
            }
        }
    }
}

#[component]
fn Discard() -> Element {
    let pen = pen();
    let navigator = use_navigator();
    let mut asking = use_signal(|| false);
    let id = pen.editing.peek().id;
    rsx! {
        div { class: "fill-discard",
            Button { kind: Kind::Quiet, icon: Ico::Trash, test: "write-discard", onclick: move |()| asking.set(true), {t("write-discard")} }
        }
        if asking() {
            Dialog { id: "write-discard-dialog", title: t("write-discard"), onclose: move |()| asking.set(false),
                actions: rsx! {
                    Button { kind: Kind::Danger, icon: Ico::Trash, test: "write-discard-yes",
                        onclick: move |()| {
                            spawn(async move {
                                match pen.app.run(Request::DiscardStandardDraft { id }).await {
                                    Ok(_) => drop(navigator.replace(Route::StandardsPage {})),
                                    Err(failure) => pen.app.say_failure(&failure),
                                }
                            });
                        },
                        {t("write-discard-yes")}
                    }
                },
                p { {t("write-discard-text")} }
            }
        }
    }
}
