//! What was done in time, of what fell due, against the 90 per cent line (CMS).

use dioxus::prelude::*;

use crate::app::ask::use_ask;
use crate::app::follow::{self, FollowLine};
use crate::app::i18n::{t, t_args};
use crate::app::route::Route;
use crate::app::ui::{Card, Chip, Ico, Page, Pick, Pills, Row, Rows, Section, Tone, show};
use crate::app::when;
use crate::engine::api::{Request, TimelyView};
use crate::insight::timely::{LEAST_PERCENT, Timely};

#[component]
pub fn TimelyPage() -> Element {
    let mut days = use_signal(|| 90_u32);
    let asked = use_ask::<TimelyView>(Request::Timely { days: days() });
    let picks = ["30", "90", "365"]
        .map(|n| Pick::new(n, t_args("date-days", &[("n", n.parse::<u32>().unwrap_or(0).into())])));
    rsx! {
        Page { title: t("timely-title"), back: Route::PatternsPage {}, test: "timely",
            Pills { legend: t("timely-period"), name: "timely-days", picks: picks.to_vec(), chosen: Some(days().to_string()),
                onchoose: move |n: String| days.set(n.parse().unwrap_or(90)) }
            {show(&asked, |view| rsx! {
                p { class: "hint",
                    {t_args("timely-hint", &[("from", when::full_day(view.from).into()), ("to", when::full_day(view.to).into()), ("least", LEAST_PERCENT.into())])}
                }
                Rate { title: t("timely-investigated"), rate: view.investigated.clone(), test: "timely-investigated" }
                Rate { title: t("timely-resolved"), rate: view.resolved.clone(), test: "timely-resolved" }
                Rate { title: t("timely-actions"), rate: view.actions.clone(), test: "timely-actions" }
                if [&view.investigated, &view.resolved, &view.actions].iter().any(|rate| rate.falls_short()) {
                    Rows {
                        Row { to: Route::MonthPage { back: 0 }, icon: Ico::List, tone: Tone::Brand, title: t("timely-review"), test: "timely-review" }
                    }
                }
                if !view.entered_later.is_empty() {
                    Section { title: t("timely-later"), test: "timely-later",
                        Rows {
                            for one in view.entered_later.clone() {
                                FollowLine { key: "{one.row.follow.id}{one.work:?}", row: one.row.clone() }
                                li { class: "behind-missed", "data-test": "timely-entered", {format!("{}: {}", follow::work(one.work), follow::entered_words(one.done, one.entered))} }
                            }
                        }
                    }
                }
                if !view.late.is_empty() {
                    Section { title: t("timely-late"), test: "timely-late",
                        Rows { for row in view.late.clone() { FollowLine { key: "{row.follow.id}", row } } }
                    }
                }
            })}
        }
    }
}

#[component]
fn Rate(title: String, rate: Timely, test: String) -> Element {
    let (tone, icon, words) = match rate.percent() {
        None => (Tone::Plain, Ico::Info, t("timely-none-due")),
        Some(_) if rate.falls_short() => (Tone::Missed, Ico::Warn, t("timely-short")),
        Some(_) => (Tone::Proven, Ico::Ok, t("timely-held")),
    };
    rsx! {
        Card { test,
            div { class: "item-head",
                h2 { class: "item-q", {title} }
                Chip { tone, icon, words }
            }
            if let Some(percent) = rate.percent() {
                p { {t_args("timely-rate", &[("n", rate.in_time.into()), ("of", rate.of.into()), ("percent", percent.into())])} }
                if !rate.entered_later.is_empty() {
                    p { class: "hint", {t_args("timely-rate-later", &[("n", rate.entered_later.len().into())])} }
                }
            }
        }
    }
}
