//! One own event and how far it got; where it needs a person, why, and what can be done.

use dioxus::prelude::*;

use super::kind::kind_words;
use super::refresh;
use crate::app::i18n::{t, t_args};
use crate::app::route::Route;
use crate::app::state::use_app;
use crate::app::today::join;
use crate::app::ui::{Button, Go, Ico, Icon, Kind, Row, RowText};
use crate::app::{codes, names, when};
use crate::engine::api::{Request, Sent, SyncRow};

pub fn needs_you(row: &SyncRow) -> bool {
    matches!(row.state, Sent::NeedsYou { .. })
}

#[component]
pub fn Entry(row: SyncRow) -> Element {
    let app = use_app();
    let (words, icon, tone) = names::sent(&row.state);
    let title = join([kind_words(&row.kind), row.about.clone()]);
    let line = t_args("sync-line", &[("time", when::short(row.at).into()), ("state", words.into())]);
    let Sent::NeedsYou { code, field, .. } = &row.state else {
        let to = row.record.map(|id| Route::RecordPage { id: id.to_string() });
        let detail = match &row.state {
            Sent::DealtWith { code } => join([line, codes::quarantine(code)]),
            _ => line,
        };
        return rsx! { Row { to, icon, tone, title, detail, test: "sync-row" } };
    };
    let mut detail = codes::quarantine(code);
    if let Some(field) = field {
        detail = join([detail, t_args("sync-field", &[("field", field.clone().into())])]);
    }
    let (seq, replica) = (row.seq, row.replica);
    rsx! {
        li { class: "row-li",
            div { class: "row", "data-test": "sync-row-needs-you",
                span { class: "st {tone.class()}", Icon { icon } }
                RowText { title, detail: line,
                    span { class: "row-why", {detail} }
                }
                div { class: "row-actions",
                    if let Some(record) = row.record {
                        Go { to: Route::RecordPage { id: record.to_string() }, class: "btn quiet", test: "open-record",
                            Icon { icon: Ico::Pen }
                            span { {t("sync-open-record")} }
                        }
                    }
                    Button { kind: Kind::Quiet, icon: Ico::Ok, test: "deal-with",
                        onclick: move |()| {
                            spawn(async move {
                                match app.run(Request::Dismiss { seq, replica }).await {
                                    Ok(_) => {
                                        app.say(t("sync-dealt-with"));
                                        refresh(app);
                                    }
                                    Err(failure) => app.say_failure(&failure),
                                }
                            });
                        },
                        {t("sync-deal-with")}
                    }
                }
            }
        }
    }
}
