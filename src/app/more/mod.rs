//! More: the other places, how the app looks and speaks, who uses this device, and where data lies.

mod pin;
mod settings;
mod storage;

use dioxus::prelude::*;

pub use storage::Storage;

use super::ask::use_ask;
use super::codes;
use super::i18n::{t, t_args};
use super::lock::waiting;
use super::names;
use super::pair::{InstallSteps, LanguagePills};
use super::route::Route;
use super::state::use_app;
use super::today::join;
use super::ui::{Button, Ico, Kind, Page, Row, Rows, Section, Tone, device_words};
use crate::engine::api::{Request, SyncView};
use crate::platform;
use crate::practice::rights::Role;

#[component]
pub fn MorePage() -> Element {
    let mut app = use_app();
    let status = app.status.read().clone();
    let me = status.as_ref().and_then(|status| status.me.clone());
    let sub = me
        .as_ref()
        .map(|me| join([me.name.clone(), names::role(me.role), me.org.clone()]))
        .unwrap_or_default();
    let key_place = me.as_ref().map(|me| me.key_place);
    let profiles = status.as_ref().map(|status| status.profiles.clone()).unwrap_or_default();
    let foot = rsx! {
        Button { kind: Kind::Ghost, icon: Ico::Lock, test: "lock-now", onclick: move |()| app.leave(), {t("more-lock")} }
    };
    rsx! {
        Page { title: t("nav-more"), sub, foot, test: "more",
            Places {}
            Section { title: t("more-language"), test: "more-language", LanguagePills {} }
            Section { title: t("more-theme"), test: "more-theme", settings::ThemePills {} }
            if !platform::is_installed() { Install {} }
            Section { title: t("more-profiles"), test: "more-profiles",
                Rows {
                    for profile in profiles {
                        Row {
                            key: "{profile.profile}",
                            icon: Ico::User,
                            tone: Tone::Brand,
                            title: profile.name.clone(),
                            detail: join([profile.org.clone(), profile.server.clone(), waiting(&profile)]),
                            test: "profile-row",
                        }
                    }
                }
                Button { kind: Kind::Ghost, icon: Ico::Plus, test: "add-profile",
                    // Whoever is unlocked is locked by it: the same question as before any lock.
                    onclick: move |()| {
                        let waits = app.status.peek().as_ref().is_some_and(|status| status.sync.waiting() > 0);
                        if waits { app.leaving.set(true) } else { app.adding.set(true) }
                    }, {t("lock-add")} }
                p { class: "hint", {t("more-auto-lock")} }
                if let Some(place) = key_place {
                    p { class: "hint", "data-test": "key-place", {codes::key_place(place)} }
                }
                pin::ChangePin {}
            }
            Section { title: t("storage-title"), test: "more-storage", StorageHere {} }
            Section { title: t("more-about"), test: "more-about",
                p { class: "hint", {t_args("more-version", &[("version", env!("CARGO_PKG_VERSION").into())])} }
                p { class: "hint", {t("more-timing")} }
                p { class: "hint", {t("more-licence")} }
            }
        }
    }
}

#[component]
fn Places() -> Element {
    let app = use_app();
    let chip = app
        .status
        .read()
        .as_ref()
        .map(|status| device_words(&status.sync, status.others_waiting()).0)
        .unwrap_or_default();
    rsx! {
        Rows { label: t("more-places"),
            Row { to: Route::FollowsPage {}, icon: Ico::Flag, tone: Tone::Brand, title: t("follow-title"), test: "more-follow" }
            if app.role() != Role::Staff {
                Row { to: Route::PatternsPage {}, icon: Ico::Again, tone: Tone::Brand, title: t("patterns-title"), detail: t("patterns-sub"), test: "more-patterns" }
            }
            if app.may("incident.reported") {
                Row { to: Route::ReportPage {}, icon: Ico::Warn, tone: Tone::Brand, title: t("report-title"), test: "more-report" }
            }
            if app.role() != Role::Staff {
                Row { to: Route::InsightPage {}, icon: Ico::Chart, tone: Tone::Brand, title: t("insight-title"), test: "more-insight" }
                Row { to: Route::PacksPage {}, icon: Ico::List, tone: Tone::Brand, title: t("packs-title"), test: "more-packs" }
            }
            if app.may("incident.reported") {
                Row { to: Route::VisitPage {}, icon: Ico::Clock, tone: Tone::Brand, title: t("visit-title"), test: "more-visit" }
            }
            if app.may("signal.logged") {
                Row { to: Route::OnCallPage {}, icon: Ico::Speech, tone: Tone::Brand, title: t("on-call-title"), test: "more-on-call" }
            }
            if app.may("improvement.opened") {
                Row { to: Route::ImprovePage { programme: String::new(), area: String::new() }, icon: Ico::Chart, tone: Tone::Brand, title: t("improve-title"), test: "more-improve" }
            }
            if app.may("cycle.opened") {
                Row { to: Route::CoachPage { person: String::new(), report: String::new() }, icon: Ico::Again, tone: Tone::Brand, title: t("cycle-title"), test: "more-coach" }
            }
            if matches!(app.role(), Role::Quality | Role::Admin) {
                Row { to: Route::AssessmentsPage {}, icon: Ico::Chart, tone: Tone::Brand, title: t("assess-all"), test: "more-assess" }
            }
            Row { to: Route::TasksPage {}, icon: Ico::Task, tone: Tone::Brand, title: t("nav-tasks"), test: "more-tasks" }
            Row { to: Route::SitesPage {}, icon: Ico::Site, tone: Tone::Brand, title: t("nav-sites"), test: "more-sites" }
            Row { to: Route::StandardsPage {}, icon: Ico::Book, tone: Tone::Brand, title: t("nav-standards"), test: "more-standards" }
            Row { to: Route::DevicesPage {}, icon: Ico::Phone, tone: Tone::Brand, title: t("devices-title"), detail: t("devices-sub"), test: "more-devices" }
            Row { to: Route::SyncPage {}, icon: Ico::Up, tone: Tone::Brand, title: t("sync-title"), detail: chip, test: "more-sync" }
            if app.may("setting.set") {
                Row { to: Route::ThresholdsPage {}, icon: Ico::Pen, tone: Tone::Brand, title: t("thresholds-title"), test: "more-settings" }
            }
            if app.may("org.set") {
                Row { to: Route::AdminOrg {}, icon: Ico::Site, tone: Tone::Brand, title: t("org-title"), test: "more-org" }
            }
            if app.may("person.set") {
                Row { to: Route::AdminPerson { id: "new".into() }, icon: Ico::People, tone: Tone::Brand, title: t("people-add"), test: "more-add-person" }
            }
            if app.may("site.set") {
                Row { to: Route::AdminSite { id: "new".into() }, icon: Ico::Site, tone: Tone::Brand, title: t("sites-add"), test: "more-add-site" }
            }
        }
    }
}

/// How the app gets an icon of its own.
#[component]
fn Install() -> Element {
    let app = use_app();
    rsx! {
        Section { title: t("more-install"), test: "more-install",
            if platform::is_ios_tab() {
                p { class: "hint", {t("ios-why")} }
                InstallSteps {}
            } else {
                p { class: "hint", {t("more-install-hint")} }
                if *app.opens_offline.read() == Some(true) {
                    p { class: "hint", "data-test": "opens-offline", {t("more-install-offline")} }
                }
            }
        }
    }
}

#[component]
fn StorageHere() -> Element {
    let sync = use_ask::<SyncView>(Request::Sync);
    let bytes = sync.ready().map_or(0, |view| view.bytes);
    rsx! { Storage { bytes } }
}
