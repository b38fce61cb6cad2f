//! Devices: those in my name, and for the office everybody's, with the codes that may still pair one.
//!
//! Invariant: what is shown is what the server's own events say; nothing here needs signal.

use dioxus::prelude::*;

use crate::app::ask::use_ask;
use crate::app::i18n::{t, t_args};
use crate::app::route::Route;
use crate::app::state::use_app;
use crate::app::today::join;
use crate::app::ui::{Banner, Button, Chip, Empty, Ico, LongRows, Page, Row, Rows, Section, Tone, show};
use crate::app::when;
use crate::engine::api::{CodeRow, DeviceRow, DevicesView, Request};

#[component]
pub fn DevicesPage() -> Element {
    let view = use_ask::<DevicesView>(Request::Devices);
    rsx! {
        Page { title: t("devices-title"), back: Route::MorePage {}, test: "devices",
            {show(&view, |view| {
                let here = view.here;
                let (new, known): (Vec<DeviceRow>, Vec<DeviceRow>) = view
                    .mine
                    .iter()
                    .cloned()
                    .partition(|row| {
                        let told = row.event.is_some() && !row.read;
                        told && row.revoked_at.is_none() && Some(row.device) != here
                    });
                rsx! {
                    Section { title: t("devices-mine"), test: "devices-mine",
                        for row in new { New { key: "{row.device}", row } }
                        if view.mine.is_empty() {
                            Empty { icon: Ico::Phone, title: t("devices-none"), hint: t("devices-none-hint") }
                        } else {
                            Rows {
                                for row in known {
                                    DeviceLine { key: "{row.device}", here: Some(row.device) == here, row, named: false }
                                }
                            }
                            p { class: "hint", {t("devices-strange")} }
                        }
                    }
                    if !view.codes.is_empty() {
                        Section { title: t("devices-codes"), test: "devices-codes",
                            Rows {
                                for row in view.codes.iter().cloned() { CodeLine { key: "{row.pairing}", row } }
                            }
                        }
                    }
                    if view.office {
                        Section { title: t("devices-all"), test: "devices-all",
                            p { class: "hint", {t("devices-all-hint")} }
                            LongRows {
                                rows: view.all.iter().cloned().map(|row| rsx! {
                                    DeviceLine { key: "{row.device}", here: Some(row.device) == here, row, named: true }
                                }).collect::<Vec<_>>(),
                            }
                        }
                    }
                }
            })}
        }
    }
}

/// One in my name that I have not looked at: somebody could be reading and writing as me.
#[component]
fn New(row: DeviceRow) -> Element {
    let app = use_app();
    let mut busy = use_signal(|| false);
    let event = row.event;
    rsx! {
        Banner { tone: Tone::Waiting, icon: Ico::Key, title: name(&row), text: paired(&row), test: "device-new",
            p { {t("devices-strange")} }
            Button { busy: busy(), test: "device-mine",
                onclick: move |()| {
                    let Some(event) = event else { return };
                    busy.set(true);
                    spawn(async move {
                        if let Err(failure) = app.run(Request::ReadTold { event }).await {
                            app.say_failure(&failure);
                        }
                        busy.set(false);
                    });
                },
                {t("devices-it-is-mine")}
            }
        }
    }
}

#[component]
fn DeviceLine(row: DeviceRow, here: bool, named: bool) -> Element {
    let (title, detail) = if named {
        (row.person_name.clone(), join([name(&row), paired(&row)]))
    } else {
        (name(&row), paired(&row))
    };
    let gone =
        row.revoked_at.map(|at| t_args("device-removed", &[("when", when::short_in(when::here(at)).into())]));
    rsx! {
        Row {
            icon: Ico::Phone,
            tone: Tone::Brand,
            title,
            detail,
            test: "device-row",
            end: rsx! {
                if let Some(words) = gone {
                    Chip { tone: Tone::Plain, icon: Ico::No, words }
                } else if here {
                    Chip { tone: Tone::Proven, icon: Ico::Ok, words: t("device-here") }
                }
            },
        }
    }
}

#[component]
fn CodeLine(row: CodeRow) -> Element {
    let by = maker(row.by.is_some(), &row.by_name);
    let until = when::short_in(when::here(row.until));
    rsx! {
        Row {
            icon: Ico::Key,
            tone: Tone::Waiting,
            title: t_args("pairing-for", &[("name", row.person_name.clone().into())]),
            detail: join([by, t_args("pairing-until", &[("when", until.into())])]),
            test: "code-row",
        }
    }
}

/// "Pixel 8 · android".
fn name(row: &DeviceRow) -> String {
    join([row.name.clone(), row.platform.clone()])
}

/// Who made the code, and when the device was paired with it.
pub fn paired(row: &DeviceRow) -> String {
    let when = row.paired_at.map(|at| when::short(when::here(at))).unwrap_or_default();
    let by = if row.event.is_some() { maker(row.by.is_some(), &row.by_name) } else { String::new() };
    join([by, when])
}

fn maker(known: bool, name: &str) -> String {
    if known { t_args("device-by", &[("name", name.to_owned().into())]) } else { t("device-by-server") }
}
