//! Does it hold? Closed cycles by what their re-checks say; what came back stands first.

use dioxus::prelude::*;

use super::lens::{self, PartOf};
use super::words;
use crate::app::ask::use_ask;
use crate::app::i18n::{t, t_args};
use crate::app::route::Route;
use crate::app::state::use_app;
use crate::app::today::join;
use crate::app::ui::{Chip, Empty, Ico, Page, Row, Rows, Section, Tone, show, shown_of};
use crate::engine::api::{HoldRow, Page as ListPage, Request};
use crate::insight::hold::{Band, Stand};
use crate::practice::rights::Role;

#[component]
pub fn HoldsPage() -> Element {
    let app = use_app();
    let lens = lens::lens();
    let asked = use_ask::<ListPage<HoldRow>>(Request::Holds { lens });
    rsx! {
        Page { title: t("hold-title"), back: Route::InsightPage {}, test: "holds",
            p { class: "hint", "data-test": "hold-rule", {t("hold-rule")} }
            if app.role() != Role::Staff { PartOf {} }
            {show(&asked, |page| rsx! {
                if page.rows.is_empty() {
                    Empty { icon: Ico::Eye, title: t("hold-none"), hint: t("hold-none-hint") }
                }
                {shown_of(page)}
                for stand in [Stand::Reverted, Stand::DidNotHold, Stand::Watch, Stand::Lapsed, Stand::TooEarly, Stand::Holds] {
                    Standing { key: "{stand:?}", stand, rows: page.rows.iter().filter(|row| row.hold.stand == stand).cloned().collect::<Vec<_>>() }
                }
            })}
        }
    }
}

#[component]
fn Standing(stand: Stand, rows: Vec<HoldRow>) -> Element {
    if rows.is_empty() {
        return rsx! {};
    }
    rsx! {
        Section { title: words::stand(stand), test: "hold-section",
            Rows { for row in rows { HoldLine { key: "{row.cycle}", row } } }
        }
    }
}

fn look(stand: Stand) -> (Ico, Tone) {
    match stand {
        Stand::Reverted | Stand::DidNotHold => (Ico::Warn, Tone::Missed),
        Stand::Watch => (Ico::Eye, Tone::Waiting),
        Stand::Lapsed => (Ico::Clock, Tone::Waiting),
        Stand::TooEarly => (Ico::Clock, Tone::Plain),
        Stand::Holds => (Ico::Ok, Tone::Proven),
    }
}

#[component]
fn HoldLine(row: HoldRow) -> Element {
    let hold = &row.hold;
    let (icon, tone) = look(hold.stand);
    let bands = Band::ALL.into_iter().filter(|band| hold.bands.contains(band)).map(words::band);
    let bands = bands.collect::<Vec<_>>().join(", ");
    let looks = words::looks(hold);
    let missing = words::missing(&hold.missing).join(", ");
    let share = |(met, given): (u32, u32)| t_args("insight-of", &[("x", met.into()), ("n", given.into())]);
    let compared =
        t_args("hold-compared", &[("before", share(row.before).into()), ("after", share(row.after).into())]);
    rsx! {
        Row {
            to: Route::FollowPage { id: row.cycle.to_string() },
            icon, tone,
            title: row.title.clone(),
            detail: join([row.subject_name.clone(), row.site_name.clone()]),
            test: "hold-row",
            end: rsx! { Chip { tone, icon, words: words::stand(hold.stand) } },
            span { class: "row-detail", {join([looks, bands])} }
            if row.before.1 > 0 || row.after.1 > 0 { span { class: "row-detail", {compared} } }
            if let Some(why) = words::broken(hold) {
                span { class: "row-detail", "data-test": "hold-why", {why} }
            }
            if hold.stand == Stand::TooEarly && !missing.is_empty() {
                span { class: "row-detail", {t_args("hold-missing", &[("what", missing.into())])} }
            }
        }
    }
}
