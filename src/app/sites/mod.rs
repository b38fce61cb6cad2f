//! Sites: who works there, what was recorded there, which tasks are open.

use dioxus::prelude::*;
use uuid::Uuid;

use super::ask::use_ask;
use super::follow::InForce;
use super::i18n::{t, t_args};
use super::names;
use super::pack;
use super::people::PersonLine;
use super::record::RecordsOf;
use super::route::Route;
use super::state::{id_of, use_app};
use super::today::{RecordLine, join};
use super::ui::{Chip, Empty, Go, Ico, Icon, Page, Row, Rows, Section, Tone, show};
use super::when;
use crate::engine::api::{PackScope, RecordFilter, Request, SiteRow, SiteView, TaskRow};
use crate::practice::task::TaskState;

#[component]
pub fn SitesPage() -> Element {
    let app = use_app();
    let foot = app.may("site.set").then(|| {
        rsx! {
            Go { to: Route::AdminSite { id: "new".into() }, class: "btn", test: "add-site",
                Icon { icon: Ico::Plus }
                span { {t("sites-add")} }
            }
        }
    });
    rsx! {
        Page { title: t("sites-title"), back: Route::MorePage {}, list: rsx! { SitesList {} }, list_first: true, foot, test: "sites",
            Empty { icon: Ico::Site, title: t("sites-choose") }
        }
    }
}

#[component]
fn SitesList(#[props(default)] chosen: Option<Uuid>) -> Element {
    let sites = use_ask::<Vec<SiteRow>>(Request::Sites);
    rsx! {
        {show(&sites, |sites| rsx! {
            if sites.is_empty() {
                Empty { icon: Ico::Site, title: t("sites-none"), hint: t("sites-none-hint") }
            } else {
                Rows { test: "sites-list",
                    for site in sites.iter().cloned() {
                        SiteLine { key: "{site.site}", current: Some(site.site) == chosen, site }
                    }
                }
            }
        })}
    }
}

#[component]
fn SiteLine(site: SiteRow, current: bool) -> Element {
    let last = site
        .last
        .as_ref()
        .map(|last| t_args("sites-last", &[("when", when::day_in(last.happened_at.date_naive()).into())]))
        .unwrap_or_default();
    let closed = !site.active;
    rsx! {
        Row {
            to: Route::SitePage { id: site.site.to_string() },
            icon: Ico::Site,
            tone: Tone::Brand,
            title: site.shown.clone(),
            detail: join([site.programme.clone(), t_args("sites-people", &[("n", site.people.into())]), last]),
            current,
            test: "site-row",
            end: rsx! {
                if closed {
                    Chip { tone: Tone::Plain, icon: Ico::No, words: t("sites-closed") }
                }
            },
        }
    }
}

#[component]
pub fn SitePage(id: String) -> Element {
    rsx! {
        match id_of(&id) {
            Some(site) => rsx! { Site { site } },
            None => rsx! { super::shell::NotFound { segments: vec![id] } },
        }
    }
}

#[component]
fn Site(site: Uuid) -> Element {
    let app = use_app();
    let view = use_ask::<SiteView>(Request::Site { site });
    let audits_here = app.sites_for("audit.submitted").iter().any(|one| one.site == site);
    let ready = view.ready();
    let title = ready.as_ref().map_or_else(|| t("loading"), |view| view.row.shown.clone());
    let sub = ready.as_ref().map(|view| view.row.programme.clone()).unwrap_or_default();
    // Records of other sites do not come to this device.
    let own = app.me().is_some_and(|me| me.sites.iter().any(|own| own.site == site));
    rsx! {
        Page { title, sub, back: Route::SitesPage {}, list: rsx! { SitesList { chosen: site } }, test: "site",
            {show(&view, |view| {
                let open: Vec<TaskRow> = view
                    .tasks
                    .iter()
                    .filter(|task| matches!(task.task.state, TaskState::Unowned | TaskState::Assigned))
                    .cloned()
                    .collect();
                rsx! {
                    if !view.row.active {
                        div { Chip { tone: Tone::Plain, icon: Ico::No, words: t("sites-closed") } }
                    }
                    if !open.is_empty() {
                        Section { title: t("site-tasks"), test: "site-tasks",
                            Rows {
                                for task in open {
                                    TaskLine { key: "{task.task.id}", task }
                                }
                            }
                        }
                    }
                    InForce { site }
                    if audits_here || !view.audits.is_empty() {
                        Section { title: t("site-audits"), test: "site-audits",
                            if !view.audits.is_empty() {
                                Rows {
                                    for record in view.audits.iter().cloned() {
                                        RecordLine { key: "{record.id}", record }
                                    }
                                }
                            }
                            if audits_here {
                                Go { to: Route::audit_of(site), class: "btn ghost", test: "audit-site",
                                    Icon { icon: Ico::List }
                                    span { {t("site-audit")} }
                                }
                            }
                        }
                    }
                    Section { title: t("site-people"), test: "site-people",
                        if view.people.is_empty() {
                            Empty { icon: Ico::People, title: t("site-no-people") }
                        } else {
                            Rows {
                                for row in view.people.iter().cloned() {
                                    PersonLine { key: "{row.person}", row }
                                }
                            }
                        }
                    }
                    Section { title: t("site-records"), test: "site-records",
                        if view.records.is_empty() {
                            if own {
                                Empty { icon: Ico::List, title: t("site-no-records") }
                            } else {
                                Empty { icon: Ico::List, title: t("records-not-here"), hint: t("records-not-here-hint") }
                            }
                        } else {
                            RecordsOf { key: "{site}", filter: RecordFilter { site: Some(site), ..RecordFilter::default() },
                                first: view.records.clone(), total: view.records_total, test: "more-site-records" }
                        }
                    }
                    if app.may_at("pack.exported", Some(site)) {
                        Go { to: pack::link(&PackScope::Site { site }), class: "btn ghost", test: "pack-site",
                            Icon { icon: Ico::List }
                            span { {t("pack-title")} }
                        }
                    }
                    if view.may_edit {
                        Go { to: Route::AdminSite { id: site.to_string() }, class: "btn ghost", test: "edit-site",
                            Icon { icon: Ico::Pen }
                            span { {t("site-edit")} }
                        }
                    }
                }
            })}
        }
    }
}

#[component]
fn TaskLine(task: TaskRow) -> Element {
    let (words, icon, tone) = names::task_state(task.task.state);
    let due = task.task.due.map(|due| when::left(due).0).unwrap_or_default();
    rsx! {
        Row {
            to: Route::TasksPage {},
            icon: Ico::Task,
            tone: Tone::Brand,
            title: task.task.text.clone(),
            detail: join([task.owner_name.clone(), due]),
            test: "task-row",
            end: rsx! { Chip { tone, icon, words } },
        }
    }
}
