//! The packs that were handed out, with their fingerprints, and a theme to make one about.

use std::collections::BTreeSet;

use dioxus::prelude::*;
use uuid::Uuid;

use super::link;
use crate::app::ask::use_ask;
use crate::app::i18n::{t, t_args};
use crate::app::names;
use crate::app::route::Route;
use crate::app::state::use_app;
use crate::app::today::join;
use crate::app::ui::{Empty, Ico, Page, Row, Rows, Section, Tone, show, shown_of};
use crate::app::when;
use crate::engine::api::{PackRow, PackScope, Page as ListPage, Request, SiteName, StandardRow};

#[component]
pub fn PacksPage() -> Element {
    let packs = use_ask::<ListPage<PackRow>>(Request::Packs);
    let standards = use_ask::<Vec<StandardRow>>(Request::Standards);
    let themes: BTreeSet<String> = standards
        .ready()
        .map(|rows| rows.iter().map(|row| row.competency.clone()).collect())
        .unwrap_or_default();
    // Whoever answers for some sites makes it of one of them; what is about all sites is for the office.
    let app = use_app();
    let places: Vec<Option<SiteName>> = if app.may_at("pack.exported", None) {
        vec![None]
    } else {
        app.sites_for("pack.exported").into_iter().map(Some).collect()
    };
    rsx! {
        Page { title: t("packs-title"), back: Route::MorePage {}, test: "packs",
            p { class: "hint", {t("packs-hint")} }
            Section { title: t("packs-made"), test: "packs-made",
                {show(&packs, |page| rsx! {
                    if page.rows.is_empty() {
                        Empty { icon: Ico::List, title: t("packs-none"), hint: t("packs-none-hint") }
                    }
                    {shown_of(page)}
                    Rows {
                        for row in page.rows.iter().cloned() {
                            Made { key: "{row.what.fingerprint}{row.at}", row }
                        }
                    }
                })}
            }
            Section { title: t("packs-themes"), test: "pack-themes",
                // Ten themes a site: without a heading nobody finds theirs among many.
                for place in places {
                    section { key: "{place:?}", class: "section", "data-test": "pack-site",
                        if let Some(place) = &place {
                            h3 { class: "group-title", {place.shown.clone()} }
                        }
                        Rows {
                            for competency in themes.iter().cloned() {
                                Theme { key: "{competency}", competency, site: place.as_ref().map(|place| place.site) }
                            }
                        }
                    }
                }
            }
        }
    }
}

#[component]
fn Theme(competency: String, site: Option<Uuid>) -> Element {
    let scope = PackScope::Theme { competency: competency.clone(), site };
    rsx! {
        Row { to: link(&scope), icon: Ico::Flag, tone: Tone::Brand, title: names::competency(&competency), test: "pack-theme" }
    }
}

#[component]
fn Made(row: PackRow) -> Element {
    let kind = match &row.what.scope {
        PackScope::Person { .. } => t("pack-of-person"),
        PackScope::Site { .. } => t("pack-of-site"),
        PackScope::Theme { .. } => t("pack-of-theme"),
        PackScope::FollowUp { .. } => t("pack-of-follow-up"),
    };
    let name = match &row.what.scope {
        PackScope::Theme { competency, .. } => names::competency(competency),
        _ => row.name.clone(),
    };
    // What it was about may not be on this device any more: then its kind is all there is to say.
    let title = if name.is_empty() { kind.clone() } else { name };
    let period = t_args(
        "pack-period",
        &[("from", row.what.from.to_string().into()), ("to", row.what.to.to_string().into())],
    );
    rsx! {
        Row { to: link(&row.what.scope), title, detail: join([kind, row.author_name.clone(), when::day_time(row.at), period]), test: "pack-row",
            span { class: "mono", {row.what.fingerprint.to_string()} }
        }
    }
}
