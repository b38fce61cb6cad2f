//! A pairing code for a person: shown large, as a link and as a QR code, with its end.
//!
//! Invariant: the code lives on this screen only; it is asked for anew each time.

use dioxus::prelude::*;
use uuid::Uuid;

use super::qr::Qr;
use crate::app::i18n::{t, t_args};
use crate::app::state::use_app;
use crate::app::ui::{Button, Card, Fault, Ico, Kind, Section};
use crate::app::{codes, when};
use crate::engine::api::{PairingMay, Reply, Request, SyncView};
use crate::platform;
use crate::sync::wire::Pairing;

#[component]
pub fn PairingCard(person: Uuid, name: String) -> Element {
    let app = use_app();
    let mut made = use_signal(|| None::<Pairing>);
    let mut fault = use_signal(String::new);
    let mut busy = use_signal(|| false);
    // On native there is no page address: the server is the profile's own.
    let sync = crate::app::ask::use_ask::<SyncView>(Request::Sync);
    let server =
        platform::own_server().or_else(|| sync.ready().map(|view| view.server.clone())).unwrap_or_default();
    rsx! {
        Section { title: t("pairing-title"), test: "pairing",
            Card {
                if let Some(pairing) = made.read().clone() {
                    Made { code: pairing.code, expires_at: pairing.expires_at, server, name: name.clone() }
                } else {
                    p { class: "hint", {t_args("pairing-what", &[("name", name.clone().into())])} }
                }
                if !fault().is_empty() { Fault { text: fault() } }
                Button { kind: Kind::Ghost, icon: Ico::Key, busy: busy(), test: "make-pairing",
                    onclick: move |()| {
                        busy.set(true);
                        fault.set(String::new());
                        spawn(async move {
                            match app.run(Request::MakePairing { person }).await {
                                Ok(Reply::Pairing(pairing)) => made.set(Some(pairing)),
                                Ok(_) => fault.set(codes::failure_code(crate::engine::api::FailureCode::Internal)),
                                Err(failure) => fault.set(codes::failure(&failure)),
                            }
                            busy.set(false);
                        });
                    },
                    if made.read().is_some() { {t("pairing-another")} } else { {t("pairing-make")} }
                }
            }
        }
    }
}

/// Where one makes no code for somebody: who does, and why.
#[component]
pub fn NoPairing(may: PairingMay, name: String) -> Element {
    let why = match may {
        PairingMay::Makes | PairingMay::Hidden => return rsx! {},
        PairingMay::Inactive => t_args("pairing-inactive", &[("name", name.into())]),
        PairingMay::AnAdministrator => t_args("pairing-administrator", &[("name", name.into())]),
        PairingMay::WorksElsewhere { sites } => {
            t_args("pairing-elsewhere", &[("name", name.into()), ("sites", sites.join(", ").into())])
        }
    };
    rsx! {
        Section { title: t("pairing-title"), test: "no-pairing",
            p { class: "hint", {why} }
        }
    }
}

#[component]
fn Made(code: String, expires_at: String, server: String, name: String) -> Element {
    let app = use_app();
    let ends = chrono::DateTime::parse_from_rfc3339(&expires_at).ok();
    let link = link(&server, &code, ends.map(|at| at.timestamp()));
    let until = ends.map(|at| when::day_time_in(when::here(at))).unwrap_or_default();
    let (shared, copied) = (link.clone(), link.clone());
    let title = t_args("pairing-for", &[("name", name.into())]);
    let share_title = title.clone();
    rsx! {
        div { class: "pairing", role: "status",
            p { class: "label", {title} }
            p { class: "pairing-code", "data-test": "pairing-code", {code} }
            Qr { text: link.clone(), label: t("pairing-qr") }
            p { class: "mono", "data-test": "pairing-link", {link} }
            if !until.is_empty() {
                p { class: "hint", {t_args("pairing-until", &[("when", until.into())])} }
            }
            div { class: "btn-row",
                Button { kind: Kind::Ghost, icon: Ico::Copy, test: "pairing-copy",
                    onclick: move |()| {
                        let link = copied.clone();
                        spawn(async move {
                            app.say(if platform::copy(&link).await { t("copied") } else { t("copy-refused") });
                        });
                    },
                    {t("pairing-copy")}
                }
                Button { kind: Kind::Ghost, icon: Ico::Share, test: "pairing-share",
                    onclick: move |()| {
                        let (title, link) = (share_title.clone(), shared.clone());
                        spawn(async move {
                            let done = platform::share(&title, &link).await || platform::copy(&link).await;
                            if !done {
                                app.say(t("copy-refused"));
                            }
                        });
                    },
                    {t("pairing-share")}
                }
            }
        }
    }
}

/// The code stands in the fragment, which browsers never send to a server; with it until when it counts,
/// for who has to type it later.
fn link(server: &str, code: &str, until: Option<i64>) -> String {
    let until = until.map(|until| format!("&until={until}")).unwrap_or_default();
    format!("{}/#pair={code}{until}", server.trim_end_matches('/'))
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_code_is_in_the_fragment() {
        let link = |until| super::link("https://care.example/", "7KQ4-9XZR", until);
        assert_eq!(link(None), "https://care.example/#pair=7KQ4-9XZR");
        assert_eq!(link(Some(1_795_809_720)), "https://care.example/#pair=7KQ4-9XZR&until=1795809720");
    }
}
