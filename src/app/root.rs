//! The root: connects to the engine, hears what changed, and decides which door is open – second
//! tab, pairing, lock screen, or the app.
//!
//! Invariant: behind the lock nothing of a profile is on the page; the router and all its screens
//! are gone, and come back at the same place after unlocking.

use std::pin::pin;
use std::rc::Rc;
use std::time::Duration;

use dioxus::prelude::*;
use dioxus_history::History;
use futures::channel::mpsc::unbounded;
use futures::future::{pending, select};
use futures::{FutureExt, StreamExt};

use super::ask::{Asked, use_ask};
use super::away::Away;
use super::history::Places;
use super::i18n::{self, t};
use super::lock::LockScreen;
use super::pair::Pair;
use super::route::Route;
use super::state::{CHANGES, Ctx, after_first_save};
use super::ui::{Empty, ErrorNote, Ico, Toasts};
use super::{device, when};
use crate::engine::api::{Change, Request, Status};
use crate::platform::{self, Hint};
use crate::practice::standard::Class;

/// How often [`Away`] looks, when nothing else happens.
const TICK: Duration = Duration::from_secs(5);

/// Which door is open.
#[derive(Clone, Copy, PartialEq)]
enum Door {
    Starting,
    Broken,
    Pair,
    Lock,
    In,
}

/// The app.
#[component]
pub fn App() -> Element {
    let places = use_hook(Places::new);
    use_context_provider(|| places.clone() as Rc<dyn History>);
    let app = use_hook(|| {
        let (engine, pump) = platform::connect();
        // The pump carries every reply; it lives as long as the app.
        dioxus::core::spawn_forever(pump);
        Ctx::new(engine)
    });
    use_context_provider(|| app);
    use_hook(|| listen(app, places.clone()));
    use_hook(|| lock_when_away(app));
    use_effect(|| device::language(i18n::lang().tag()));

    if platform::is_second_tab() {
        return rsx! { SecondTab {} };
    }
    rsx! { Doors {} }
}

#[component]
fn Doors() -> Element {
    let mut app = super::state::use_app();
    let asked = use_ask::<Status>(Request::Status);
    let now = asked.ready();
    use_effect(use_reactive!(|now| {
        if let Some(status) = now {
            let was_in = app.status.peek().as_ref().is_some_and(|status| status.me.is_some());
            if was_in && status.me.is_none() {
                app.carried_on.set(false);
                app.leaving.set(false);
                super::people::forget_search();
            }
            app.status.set(Some(status));
        }
    }));
    let failure = match &asked {
        Asked::Failed(failure) => Some(failure.clone()),
        _ => None,
    };
    let broken = failure.is_some();
    let door = use_memo(use_reactive!(|broken| match app.status.read().as_ref() {
        None if broken => Door::Broken,
        None => Door::Starting,
        Some(status) if status.profiles.is_empty() || *app.adding.read() => Door::Pair,
        Some(status) if status.me.is_none() => Door::Lock,
        Some(_) => Door::In,
    }));
    rsx! {
        div {
            class: "root",
            onpointerdown: move |_| touch(app),
            onkeydown: move |_| touch(app),
            match door() {
                Door::Starting => rsx! {
                    main { id: "content", class: "splash", "data-test": "starting",
                        h1 { class: "brandmark", {t("app-name")} }
                        p { role: "status", {t("app-starting")} }
                    }
                },
                Door::Broken => rsx! {
                    main { id: "content", class: "splash",
                        h1 { class: "brandmark", {t("app-name")} }
                        if let Some(failure) = failure { ErrorNote { failure } }
                    }
                },
                Door::Pair => rsx! { Pair { key: "{app.links}" } },
                Door::Lock => rsx! { LockScreen {} },
                Door::In => rsx! { Router::<Route> {} },
            }
            Toasts {}
        }
    }
}

/// UX 29: the first tab holds the data.
#[component]
fn SecondTab() -> Element {
    use_effect(|| device::title(&t("app-name")));
    rsx! {
        main { id: "content", class: "splash", "data-test": "second-tab",
            h1 { class: "brandmark", {t("app-name")} }
            Empty { icon: Ico::Copy, title: t("second-tab-title"), hint: t("second-tab-hint") }
        }
    }
}

fn touch(app: Ctx) {
    let mut touched = app.touched;
    touched.set(when::now().timestamp_millis());
}

/// Takes in what the engine and the machine tell, inside the runtime.
fn listen(app: Ctx, places: Rc<Places>) {
    let (sender, mut changes) = unbounded::<Change>();
    app.engine().on_change(move |changed| {
        // What the pump carries may arrive outside a scope; signals are only touched in the task below.
        for change in changed {
            let _ = sender.unbounded_send(*change);
        }
    });
    spawn(async move {
        while let Some(first) = changes.next().await {
            let mut seen = vec![first];
            while let Ok(next) = changes.try_recv() {
                seen.push(next);
            }
            for change in CHANGES.into_iter().filter(|change| seen.contains(change)) {
                app.bump(change);
            }
            if seen.contains(&Change::Records) {
                after_first_save(app);
            }
        }
    });
    spawn(async move {
        let mut app = app;
        let mut hints = platform::hints();
        while let Some(hint) = hints.next().await {
            match hint {
                Hint::Online | Hint::Shown => {
                    let unlocked = app.status.peek().as_ref().is_some_and(|status| status.me.is_some());
                    if unlocked {
                        let _ = app.run(Request::SyncNow).await;
                    }
                }
                Hint::Offline => app.bump(Change::Sync),
                Hint::Hidden => {}
                Hint::Update => app.update.set(true),
                Hint::OpensOffline(whole) => app.opens_offline.set(Some(whole)),
                Hint::Route => {
                    let start = platform::start_params();
                    if let Some(class) = start.begin.as_deref().and_then(Class::parse) {
                        platform::set_route(&Route::begin(class, None).to_string());
                    }
                    if start.pair.is_some() {
                        app.opened_with(start);
                    } else {
                        places.moved();
                    }
                }
            }
        }
    });
}

/// Locks what was left alone: looks every few seconds, and at once when the app comes to the front.
fn lock_when_away(app: Ctx) {
    spawn(async move {
        let mut hints = platform::hints();
        let now = || when::now().timestamp_millis();
        let mut away = Away::new(now());
        loop {
            // A machine without hints has timers alone.
            let hint = hints.next().then(|hint| async move {
                if hint.is_none() {
                    pending::<()>().await;
                }
            });
            select(pin!(device::sleep(TICK)), pin!(hint)).await;
            let unlocked = app.status.peek().as_ref().is_some_and(|status| status.me.is_some());
            let touched = *app.touched.peek();
            if away.look(now(), touched, device::hidden()) && unlocked {
                app.lock();
            }
        }
    });
}
