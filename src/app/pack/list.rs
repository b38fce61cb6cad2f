//! The packs that were handed out, with their fingerprints, and a theme to make one about.

use std::collections::BTreeSet;

use dioxus::prelude::*;

use super::link;
use crate::app::ask::use_ask;
use crate::app::i18n::{t, t_args};
use crate::app::route::Route;
use crate::app::today::join;
use crate::app::ui::{Empty, Ico, Page, Row, Rows, Section, Tone, show};
use crate::app::when;
use crate::engine::api::{PackRow, PackScope, Request, StandardRow};

#[component]
pub fn PacksPage() -> Element {
    let packs = use_ask::<Vec<PackRow>>(Request::Packs);
    let standards = use_ask::<Vec<StandardRow>>(Request::Standards);
    let themes: BTreeSet<String> = standards
        .ready()
        .map(|rows| rows.iter().map(|row| row.competency.clone()).collect())
        .unwrap_or_default();
    rsx! {
        Page { title: t("packs-title"), back: Route::MorePage {}, test: "packs",
            p { class: "hint", {t("packs-hint")} }
            Section { title: t("packs-themes"), test: "pack-themes",
                Rows {
                    for competency in themes {
                        Row { key: "{competency}", to: link(&PackScope::Theme { competency: competency.clone(), site: None }),
                            icon: Ico::Flag, tone: Tone::Brand, title: competency.clone(), test: "pack-theme" }
                    }
                }
            }
            Section { title: t("packs-made"), test: "packs-made",
                {show(&packs, |rows| rsx! {
                    if rows.is_empty() {
                        Empty { icon: Ico::List, title: t("packs-none"), hint: t("packs-none-hint") }
                    }
                    Rows {
                        for row in rows.iter().cloned() {
                            Made { key: "{row.what.fingerprint}{row.at}", row }
                        }
                    }
                })}
            }
        }
    }
}

#[component]
fn Made(row: PackRow) -> Element {
    let what = match &row.what.scope {
        PackScope::Person { .. } => t("pack-of-person"),
        PackScope::Site { .. } => t("pack-of-site"),
        PackScope::Theme { competency, .. } => {
            t_args("pack-of-theme", &[("theme", competency.clone().into())])
        }
        PackScope::FollowUp { .. } => t("pack-of-follow-up"),
    };
    let period = t_args(
        "pack-period",
        &[("from", row.what.from.to_string().into()), ("to", row.what.to.to_string().into())],
    );
    rsx! {
        Row { to: link(&row.what.scope), title: what, detail: join([row.author_name.clone(), when::day_time(row.at), period]), test: "pack-row",
            span { class: "mono", {row.what.fingerprint.to_string()} }
        }
    }
}
