//! What stands around every screen: the skip link, the navigation (a bar on phones, a rail from
//! 900 px on), the banners.

use std::time::Duration;

use dioxus::prelude::*;

use super::device;
use super::i18n::{t, t_args};
use super::names;
use super::pair::InstallToCapture;
use super::route::Route;
use super::state::use_app;
use super::today::join;
use super::ui::{Banner, Button, Dialog, Empty, Go, Ico, Icon, Kind, Page, Tone};
use crate::engine::api::SyncChip;
use crate::platform;
use crate::practice::rights::Role;
use crate::practice::standard::Class;

/// The layout of all routes.
#[component]
pub fn Shell() -> Element {
    let route = use_route::<Route>();
    // UX 26: what is captured in an iOS browser tab could be deleted after a week.
    let waits_for_install =
        platform::is_ios_tab() && matches!(route, Route::Begin { .. } | Route::Fill { .. });
    let depth = if route.is_top() { "top" } else { "deep" };
    let app = use_app();
    let navigator = use_navigator();
    use_hook(|| {
        // A shortcut on the icon: "begin=check".
        let mut start = app.start;
        let class = start.with_mut(|start| start.begin.take()).and_then(|class| Class::parse(&class));
        if let Some(class) = class {
            navigator.push(Route::begin(class, None));
        }
    });
    rsx! {
        a {
            class: "skip",
            href: "#content",
            onclick: move |event| {
                // The fragment is the place in the app, so the browser must not follow it.
                event.prevent_default();
                device::focus("content");
            },
            {t("skip-to-content")}
        }
        div { class: "shell", "data-depth": depth,
            Nav { route: route.clone() }
            div { class: "stage",
                Banners { route }
                if *app.leaving.read() { Leaving {} }
                if waits_for_install {
                    InstallToCapture {}
                } else {
                    Outlet::<Route> {}
                }
            }
        }
    }
}

/// Whoever hands a shared device on while something of theirs waits is told first: nobody else sends it.
#[component]
fn Leaving() -> Element {
    let mut app = use_app();
    let (title, text, lock) = leaving_words(app.status.read().as_ref().map(|status| &status.sync));
    rsx! {
        Dialog { id: "leaving", title,
            onclose: move |()| app.leaving.set(false),
            actions: rsx! {
                Button { kind: Kind::Primary, icon: Ico::Lock, test: "leaving-lock",
                    onclick: move |()| {
                        app.leaving.set(false);
                        app.lock();
                    },
                    {lock}
                }
            },
            if !text.is_empty() { p { {text} } }
        }
    }
}

/// The title, the sentence and the button: all may have been sent since it was asked, and what waits for
/// pairing is not sent by staying.
fn leaving_words(sync: Option<&SyncChip>) -> (String, String, String) {
    let waiting = sync.map_or(0, SyncChip::waiting);
    if waiting == 0 {
        return (t("leaving-none"), String::new(), t("more-lock"));
    }
    let text = match sync {
        Some(SyncChip::SignInAgain { .. }) => t("done-sign-in"),
        _ => t("leaving-text"),
    };
    (t_args("leaving-title", &[("n", waiting.into())]), text, t("leaving-lock"))
}

#[component]
fn Nav(route: Route) -> Element {
    let app = use_app();
    let name = app.me().map(|me| me.name).unwrap_or_default();
    let on_people =
        matches!(route, Route::PeoplePage {} | Route::PersonPage { .. } | Route::AdminPerson { .. });
    let on_records =
        matches!(route, Route::RecordsPage {} | Route::RecordPage { .. } | Route::ReviewPage { .. });
    let on_sites = matches!(route, Route::SitesPage {} | Route::SitePage { .. } | Route::AdminSite { .. });
    let on_standards = matches!(route, Route::StandardsPage {} | Route::StandardPage { .. });
    let on_insight = matches!(
        route,
        Route::InsightPage {}
            | Route::BehindPage { .. }
            | Route::ThemePage { .. }
            | Route::MonthPage { .. }
            | Route::HoldsPage {}
            | Route::ItemsPage {}
    );
    let leads = app.role() != Role::Staff;
    rsx! {
        nav { class: "nav", "aria-label": t("nav-label"),
            NavLink { to: Route::TodayPage {}, on: route == Route::TodayPage {}, icon: Ico::Home, label: t("nav-today"), test: "nav-today" }
            NavLink { to: Route::PeoplePage {}, on: on_people, icon: Ico::People, label: t("nav-people"), test: "nav-people" }
            NavLink { to: Route::RecordsPage {}, on: on_records, icon: Ico::List, label: t("nav-records"), test: "nav-records" }
            if leads {
                NavLink { to: Route::InsightPage {}, on: on_insight, icon: Ico::Chart, label: t("nav-insight"), test: "nav-insight", wide: true }
            }
            NavLink { to: Route::TasksPage {}, on: route == Route::TasksPage {}, icon: Ico::Task, label: t("nav-tasks"), test: "nav-tasks", wide: true }
            NavLink { to: Route::SitesPage {}, on: on_sites, icon: Ico::Site, label: t("nav-sites"), test: "nav-sites", wide: true }
            NavLink { to: Route::StandardsPage {}, on: on_standards, icon: Ico::Book, label: t("nav-standards"), test: "nav-standards", wide: true }
            NavLink { to: Route::MorePage {}, on: route == Route::MorePage {}, icon: Ico::More, label: t("nav-more"), test: "nav-more" }
            span { class: "nav-gap" }
            button {
                r#type: "button",
                class: "nav-lock wide",
                "data-test": "lock-rail",
                onclick: move |_| app.leave(),
                Icon { icon: Ico::Lock }
                span { {t_args("nav-lock", &[("name", name.into())])} }
            }
        }
    }
}

#[component]
fn NavLink(
    to: Route,
    on: bool,
    icon: Ico,
    label: String,
    test: String,
    #[props(default)] wide: bool,
) -> Element {
    let class = if wide { "nav-a wide" } else { "nav-a" };
    rsx! {
        Go { to, class, test, current: on,
            Icon { icon }
            span { {label} }
        }
    }
}

/// "Carry on where you were?" and "a new version waits".
#[component]
fn Banners(route: Route) -> Element {
    let mut app = use_app();
    let navigator = use_navigator();
    let mut applying = use_signal(|| false);
    let carry_on = app.me().and_then(|me| me.carry_on).filter(|_| !*app.carried_on.read());
    // Never a reload over an open draft (UX 27): there the banner waits.
    let filling = matches!(route, Route::Fill { .. } | Route::ReviewPage { .. });
    let update = *app.update.read() && !filling;
    let offer = carry_on.filter(|_| !filling);
    let not_offline = *app.opens_offline.read() == Some(false);
    if offer.is_none() && !update && !not_offline {
        return rsx! {};
    }
    rsx! {
        aside { "aria-label": t("notices"),
            if let Some(draft) = offer {
                Banner { tone: Tone::Brand, icon: Ico::Again, test: "carry-on",
                    title: t("carry-on-title"),
                    text: join([names::text(&draft.title), draft.subject_name.clone()]),
                    Button { kind: Kind::Primary, test: "carry-on-yes",
                        onclick: move |()| {
                            app.carried_on.set(true);
                            navigator.push(Route::Fill { id: draft.draft.to_string() });
                        },
                        {t("carry-on-yes")}
                    }
                    Button { kind: Kind::Ghost, test: "carry-on-no", onclick: move |()| app.carried_on.set(true), {t("carry-on-no")} }
                }
            }
            if not_offline {
                Banner { tone: Tone::Waiting, icon: Ico::Download, test: "not-offline-yet",
                    title: t("not-offline-yet"),
                    text: t("not-offline-yet-text"),
                }
            }
            if update {
                Banner { tone: Tone::Brand, icon: Ico::Download, test: "update",
                    title: t("update-title"),
                    text: t("update-text"),
                    Button { kind: Kind::Primary, test: "update-yes", busy: applying(),
                        onclick: move |()| {
                            applying.set(true);
                            platform::apply_update();
                            // It stops asking then: another tap can.
                            spawn(async move {
                                device::sleep(Duration::from_secs(20)).await;
                                applying.set(false);
                            });
                        },
                        {t("update-yes")}
                    }
                }
            }
        }
    }
}

/// A place that is not there.
#[component]
pub fn NotFound(segments: Vec<String>) -> Element {
    let _ = segments;
    rsx! {
        Page { title: t("not-found-title"), back: Route::TodayPage {}, test: "not-found",
            Empty { icon: Ico::Search, title: t("not-found-title"), hint: t("not-found-hint"),
                Go { to: Route::TodayPage {}, class: "btn", test: "not-found-today", {t("nav-today")} }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::i18n::{Lang, show_in};

    #[test]
    fn whoever_locks_is_told_what_waits_and_nothing_more_than_that() {
        let mut dom = VirtualDom::new(|| rsx! {});
        dom.rebuild_in_place();
        dom.in_runtime(|| {
            show_in(Lang::En);
            let (title, text, _) = leaving_words(Some(&SyncChip::Waiting { waiting: 2 }));
            assert_eq!(title, "2 of yours not sent yet");
            assert!(text.contains("while you are unlocked here"), "{text}");
            // Staying unlocked sends nothing there.
            let (_, text, _) = leaving_words(Some(&SyncChip::SignInAgain { waiting: 2 }));
            assert_eq!(text, t("done-sign-in"));
            let sent = SyncChip::AllSynced { at: crate::app::when::now() };
            let (title, text, lock) = leaving_words(Some(&sent));
            assert_eq!((title.as_str(), text.as_str()), ("Nothing of yours is left to send", ""));
            assert_eq!(lock, "Lock");
        });
    }
}
