//! A page: header, main landmark, and what stays in reach of the thumb at the bottom.
//!
//! Invariant: one `h1` and one `main` a page, and the `h1` takes the focus when the page appears, so
//! that a screen reader reads where it is and the keyboard begins there.

use std::time::Duration;

use chrono::{DateTime, FixedOffset, Timelike};
use dioxus::prelude::*;

use super::{ChipLink, Ico, Icon, Seen};
use crate::app::device;
use crate::app::i18n::{t, t_args};
use crate::app::route::Route;
use crate::app::state::use_app;
use crate::app::today::join;
use crate::app::when;

/// A screen behind the lock.
#[component]
pub fn Page(
    title: String,
    /// What the window and the browser's history say instead, where the title names a person: that
    /// list is kept when the app is locked, and others read it.
    #[props(default)]
    window: String,
    #[props(default)] sub: String,
    /// The period that is shown, for a print: on the screen it is chosen beside what it is of.
    #[props(default)]
    period: String,
    /// Where "back" leads when the person came here from outside.
    #[props(default)]
    back: Option<Route>,
    /// The chip that tells how far the records got.
    #[props(default = true)]
    chip: bool,
    /// Instead of the chip, or beside it.
    #[props(default)]
    beside: Option<Element>,
    /// Stays at the bottom: the primary action.
    #[props(default)]
    foot: Option<Element>,
    /// The list beside the detail, from 900 px on; on a phone it is a page of its own.
    #[props(default)]
    list: Option<Element>,
    /// On a phone, the list is the page (nothing is chosen yet).
    #[props(default)]
    list_first: bool,
    #[props(default)] test: String,
    children: Element,
) -> Element {
    let in_window = if window.is_empty() { title.clone() } else { window };
    use_effect(use_reactive!(|in_window| {
        device::title(&t_args("window-title", &[("title", in_window.into())]));
    }));
    use_effect(use_reactive!(|title| {
        // Read, so that another title moves the focus again.
        let _ = &title;
        // The page may be the same component with another record in it.
        device::focus("page-title");
    }));
    let side = list.is_some();
    let class = match (side, list_first) {
        (false, _) => "page",
        (true, false) => "page split split-detail",
        (true, true) => "page split split-list",
    };
    rsx! {
        div { class, "data-test": test,
            header { class: "top",
                if let Some(back) = back { BackLink { back } }
                div { class: "top-words",
                    h1 { id: "page-title", tabindex: "-1", {title} }
                    if !sub.is_empty() {
                        p { class: "sub", {sub} }
                    }
                }
                if let Some(beside) = beside { {beside} }
                if chip { ChipLink {} }
            }
            Printed { period }
            // In the tab order, because it scrolls: a page of text alone has nothing else to hold the keys.
            main { id: "content", class: "main", tabindex: "0",
                if let Some(list) = list {
                    div { class: "pane-list", {list} }
                    div { class: "pane-detail", {children} }
                } else {
                    {children}
                }
            }
            Seen {}
            if let Some(foot) = foot {
                footer { class: "foot", {foot} }
            }
        }
    }
}

/// Whose print it is, and of when: on paper nothing else says it. A browser prints what stands there, so it is
/// kept at the present minute.
#[component]
fn Printed(period: String) -> Element {
    let app = use_app();
    let mut now = use_signal(when::now);
    use_future(move || async move {
        loop {
            let left = 60_u32.saturating_sub(when::now().second()).max(1);
            device::sleep(Duration::from_secs(left.into())).await;
            now.set(when::now());
        }
    });
    let Some(me) = app.me() else { return rsx! {} };
    rsx! {
        p { class: "printed", "data-test": "printed", {printed(&me.org, &period, now(), &me.name)} }
    }
}

fn printed(org: &str, period: &str, at: DateTime<FixedOffset>, by: &str) -> String {
    let made = t_args("printed", &[("at", when::zoned(at).into()), ("by", by.to_owned().into())]);
    join([org.to_owned(), period.to_owned(), made])
}

#[component]
fn BackLink(back: Route) -> Element {
    let navigator = use_navigator();
    let href = format!("#{back}");
    rsx! {
        a {
            class: "back",
            href,
            "data-test": "back",
            "aria-label": t("back"),
            onclick: move |event| {
                event.prevent_default();
                if navigator.can_go_back() {
                    navigator.go_back();
                } else {
                    navigator.replace(back.clone());
                }
            },
            Icon { icon: Ico::Back }
        }
    }
}

/// A part of a page under its own heading.
#[component]
pub fn Section(
    title: String,
    #[props(default)] test: String,
    /// Beside the heading: "Show all".
    #[props(default)]
    beside: Option<Element>,
    children: Element,
) -> Element {
    rsx! {
        section { class: "section", "data-test": test,
            div { class: "section-head",
                h2 { {title} }
                if let Some(beside) = beside { {beside} }
            }
            {children}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::i18n::{self, Lang};

    #[test]
    fn a_print_names_the_organisation_the_period_the_moment_with_its_zone_and_who_printed_it() {
        let mut dom = VirtualDom::new(|| rsx! {});
        dom.rebuild_in_place();
        dom.in_runtime(|| {
            let at = DateTime::parse_from_rfc3339("2026-11-28T07:42:09-05:00").unwrap();
            i18n::show_in(Lang::En);
            assert_eq!(
                printed("Willow Care", "2026-01-01 to 2026-11-28", at, "Sam Rivera"),
                "Willow Care · 2026-01-01 to 2026-11-28 · Printed 2026-11-28 07:42 UTC-05:00 by Sam Rivera"
            );
            i18n::show_in(Lang::Es);
            let es = printed("Willow Care", "", at, "Sam Rivera");
            assert_eq!(es, "Willow Care · Impreso el 2026-11-28 07:42 UTC-05:00 por Sam Rivera");
        });
    }

    /// U23: a word about what was done lay over title and "Back", and over the buttons before that.
    #[test]
    fn what_was_said_of_an_action_takes_room_of_its_own_between_what_scrolls_and_the_buttons() {
        let components = include_str!("../../../assets/styles/20-components.css");
        let toasts = components.lines().find(|line| line.starts_with(".toasts {")).unwrap();
        assert!(!toasts.contains("fixed") && !toasts.contains("absolute"), "{toasts}");
        let page = include_str!("page.rs").split("#[cfg(test)]").next().unwrap();
        let at = |what: &str| page.find(what).unwrap();
        assert!(at("main { id") < at("Seen {}") && at("Seen {}") < at("footer {"));
        assert!(
            include_str!("dialog.rs").contains("Seen { bad_only: true }"),
            "the scrim lies over the page"
        );
    }

    /// On paper it is shown, on a screen it is not; what would say less than the screen does stays too.
    #[test]
    fn the_line_of_a_print_is_on_paper_alone() {
        let shell = include_str!("../../../assets/styles/30-shell.css");
        let (screen, print) = shell.split_once("@media print {").unwrap();
        assert!(screen.contains(".printed { display: none; }"));
        assert!(print.contains(".printed { display: block;"));
        let insight = include_str!("../../../assets/styles/50-insight.css");
        let print = insight.split_once("@media print {").unwrap().1;
        assert!(
            print
                .contains("[data-test=\"month-running\"], .banner[data-test=\"chart-note\"] { display: flex")
        );
    }
}
