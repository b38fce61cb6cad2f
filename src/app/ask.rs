//! [`use_ask`]: a screen names what it shows, and is told when that is ready or has changed.
//!
//! Invariant: at most one request of a hook is under way; changes that arrive meanwhile are taken
//! together into one more, so a sync that brings ten thousand records does not bring ten thousand
//! repaints. A reply to an earlier request is never shown under a later one.

use std::any::Any;
use std::rc::Rc;

use dioxus::prelude::*;
use futures::StreamExt;
use futures::channel::mpsc::unbounded;

use super::state::use_app;
use crate::engine::api::{
    Behind, ChainView, Change, ChartView, CohortsView, DevicesView, DraftRow, DraftView, DriftBehindView,
    DriftView, Failure, FollowUpRow, FollowUpView, HoldRow, MonthView, OwedPage, PackRow, Page, PatternView,
    PatternsView, PersonRow, PersonView, RecordRow, RecordView, Reply, Request, RetrainView, SettingsView,
    SiteRow, SiteView, StandardDraftRow, StandardDraftView, StandardLog, StandardRow, Status, SyncView,
    TaskRow, TellingRow, TimelyView, Today,
};
use crate::practice::settings::Settings;
use crate::practice::standard::Standard;

type PacksPage = Page<PackRow>;
type HoldsPage = Page<HoldRow>;

/// What has come of asking.
pub enum Asked<T: ?Sized> {
    Loading,
    Ready(Rc<T>),
    Failed(Failure),
}

impl<T: ?Sized> Clone for Asked<T> {
    fn clone(&self) -> Self {
        match self {
            Asked::Loading => Asked::Loading,
            Asked::Ready(value) => Asked::Ready(value.clone()),
            Asked::Failed(failure) => Asked::Failed(failure.clone()),
        }
    }
}

impl<T: ?Sized> Asked<T> {
    /// The value, where it is there.
    #[must_use]
    pub fn ready(&self) -> Option<Rc<T>> {
        match self {
            Asked::Ready(value) => Some(value.clone()),
            _ => None,
        }
    }
}

/// Something that a reply can carry.
pub trait Answer: Sized + 'static {
    fn of(reply: Reply) -> Option<Self>;
}

macro_rules! answers {
    ($($variant:ident: $plain:ty),* ; $($boxed:ident),*) => {
        $(impl Answer for $plain {
            fn of(reply: Reply) -> Option<Self> {
                if let Reply::$variant(value) = reply { Some(value) } else { None }
            }
        })*
        $(impl Answer for $boxed {
            fn of(reply: Reply) -> Option<Self> { boxed::$boxed(reply) }
        })*
    };
}

answers! {
    People: Vec<PersonRow>, Sites: Vec<SiteRow>, Standards: Vec<StandardRow>, Records: Vec<RecordRow>,
    Drafts: Vec<DraftRow>, Tasks: Vec<TaskRow>, FollowUps: Vec<FollowUpRow>, Competencies: Vec<String>,
    Tellings: Vec<TellingRow>,
    StandardDrafts: Vec<StandardDraftRow>;
    Status, Today, PersonView, SiteView, Standard, RecordView, DraftView, SyncView, FollowUpView,
    ChartView, MonthView, Behind, OwedPage, PacksPage, HoldsPage, StandardLog, StandardDraftView,
    PatternsView, PatternView, ChainView, RetrainView, DriftView, DriftBehindView, CohortsView, TimelyView, Settings,
    SettingsView,
    DevicesView
}

/// The boxed replies, one function each.
#[allow(non_snake_case)]
mod boxed {
    use super::*;

    macro_rules! unbox {
        ($($variant:ident => $name:ident),*) => {
            $(pub fn $name(reply: Reply) -> Option<$name> {
                if let Reply::$variant(value) = reply { Some(*value) } else { None }
            })*
        };
    }
    unbox!(Status => Status, Today => Today, Person => PersonView, Site => SiteView,
        Standard => Standard, Record => RecordView, Draft => DraftView, Sync => SyncView,
        Owed => OwedPage, Packs => PacksPage, Holds => HoldsPage,
        FollowUp => FollowUpView, Chart => ChartView, Month => MonthView, Behind => Behind,
        StandardLog => StandardLog, StandardDraft => StandardDraftView,
        Patterns => PatternsView, Pattern => PatternView, Chain => ChainView, Retrain => RetrainView,
        Drift => DriftView, DriftBehind => DriftBehindView, Cohorts => CohortsView, Timely => TimelyView,
        Settings => Settings, SettingsView => SettingsView, Devices => DevicesView);
}

/// Which changes make the answer to a request old. Every request is named: a new one does not compile
/// until somebody has said what it hangs on.
fn concerns(request: &Request) -> &'static [Change] {
    use Change::{Drafts, Profiles, Records, Registry, Standards, Sync};
    match request {
        Request::Status => &[Profiles, Registry, Sync],
        Request::Devices => &[Registry, Records],
        Request::Today | Request::Owed { .. } => &[Records, Drafts, Registry, Standards, Profiles],
        Request::People | Request::Person { .. } | Request::Sites | Request::Site { .. } => {
            &[Registry, Records]
        }
        Request::Standards | Request::Standard { .. } => &[Standards],
        Request::Records { .. } | Request::Record { .. } => &[Records, Registry, Standards, Sync],
        Request::StandardLog { .. } => &[Standards, Registry],
        Request::StandardDrafts => &[Drafts, Standards],
        Request::Drafts => &[Drafts],
        Request::Sync => &[Sync, Records],
        Request::Tasks { .. } | Request::FollowUps { .. } | Request::FollowUp { .. } | Request::Packs => {
            &[Records, Registry]
        }
        Request::Chart { .. }
        | Request::Month { .. }
        | Request::Behind { .. }
        | Request::ThemeBehind { .. }
        | Request::Holds { .. }
        | Request::Tellings { .. } => &[Records, Registry, Standards],
        Request::Patterns { .. }
        | Request::Pattern { .. }
        | Request::Chain { .. }
        | Request::Retrain { .. }
        | Request::Drift
        | Request::DriftBehind { .. }
        | Request::Cohorts { .. }
        | Request::Timely { .. }
        | Request::Competencies => &[Records, Registry, Standards],
        // What the organisation has decided for itself arrives with its registry.
        Request::Settings => &[Registry],
        Request::SettingsView => &[Registry, Standards],
        // A draft's own screen holds what it saves; asking again would overwrite a newer tap.
        Request::Draft { .. } | Request::StandardDraft { .. } | Request::FormDraft { .. } => &[],
        // A pack is gathered when it is asked for, with its time: the page says of when it is.
        Request::MakePack { .. } => &[],
        // These do something: their answer says that it was done, and no change makes it old.
        Request::Pair { .. }
        | Request::Unlock { .. }
        | Request::Lock
        | Request::ChangePin { .. }
        | Request::Forget { .. }
        | Request::BeginStandard { .. }
        | Request::SaveStandardDraft { .. }
        | Request::DiscardStandardDraft { .. }
        | Request::TryStandard { .. }
        | Request::PublishStandardDraft { .. }
        | Request::RetireStandard { .. }
        | Request::Step { .. }
        | Request::BeginAll { .. }
        | Request::PackExported { .. }
        | Request::Begin { .. }
        | Request::BeginAmend { .. }
        | Request::SaveDraft { .. }
        | Request::SaveFormDraft { .. }
        | Request::SendForm { .. }
        | Request::DiscardDraft { .. }
        | Request::Finish { .. }
        | Request::Settle { .. }
        | Request::ReadTold { .. }
        | Request::Withdraw { .. }
        | Request::Return { .. }
        | Request::Answer { .. }
        | Request::Acknowledge { .. }
        | Request::Review { .. }
        | Request::AssignTask { .. }
        | Request::TaskDone { .. }
        | Request::TaskCancelled { .. }
        | Request::RenameOrg { .. }
        | Request::SetSettings { .. }
        | Request::SetPerson { .. }
        | Request::SetSite { .. }
        | Request::PublishStandard { .. }
        | Request::PublishStarters
        | Request::MakePairing { .. }
        | Request::SyncNow
        | Request::Dismiss { .. } => &[],
    }
}

/// Asks now, again whenever a [`Change`] concerns it, and anew when `request` is another one.
pub fn use_ask<T: Answer>(request: Request) -> Asked<T> {
    let unpack: Unpack = |reply| T::of(reply).map(|value| Rc::new(value) as Rc<dyn Any>);
    match use_answer(request, unpack) {
        Asked::Ready(value) => value.downcast().map_or(Asked::Loading, Asked::Ready),
        Asked::Failed(failure) => Asked::Failed(failure),
        Asked::Loading => Asked::Loading,
    }
}

/// How many rows a list that grows asks for at once.
pub const PAGE: u32 = 50;

/// As [`use_ask`], for a list that shows more when asked to: the request asks for `limit` rows. What is
/// there stays where it is until the longer list has come, or the reader would be thrown back to the
/// top. Set `limit` back to what it began with where the request becomes another one.
pub fn use_more<T: Answer>(limit: Signal<u32>, request: impl FnOnce(u32) -> Request) -> Asked<T> {
    let mut shorter = use_hook(|| CopyValue::new(None::<Rc<T>>));
    let first = use_hook(|| *limit.peek());
    let limit = limit();
    match use_ask::<T>(request(limit)) {
        Asked::Ready(value) => {
            shorter.set(Some(value.clone()));
            Asked::Ready(value)
        }
        Asked::Loading if limit > first => shorter.cloned().map_or(Asked::Loading, Asked::Ready),
        asked => asked,
    }
}

/// Takes out of a reply what the screen shows.
type Unpack = fn(Reply) -> Option<Rc<dyn Any>>;

/// Knows no type of an answer: written once and not once for each of forty, all of which would
/// travel to every phone.
fn use_answer(request: Request, unpack: Unpack) -> Asked<dyn Any> {
    let app = use_app();
    // As it goes to the engine anyway: printing it for debugging would need more code than that.
    let key = serde_json::to_string(&request).unwrap_or_default();
    let mut current = use_signal(|| (key.clone(), request.clone()));
    if current.peek().0 != key {
        current.set((key.clone(), request));
    }
    let mut answered = use_signal(|| None::<(String, Asked<dyn Any>)>);
    let kick = use_hook(|| {
        let (sender, mut kicks) = unbounded::<()>();
        spawn(async move {
            while kicks.next().await.is_some() {
                // Whatever else has queued up is covered by the request that follows.
                while let Ok(()) = kicks.try_recv() {}
                let (key, request) = current.peek().clone();
                let asked = match app.run(request).await {
                    Ok(reply) => unpack(reply).map_or_else(
                        || Asked::Failed(super::state::failure_of(crate::engine::api::FailureCode::Internal)),
                        Asked::Ready,
                    ),
                    Err(failure) => Asked::Failed(failure),
                };
                answered.set(Some((key, asked)));
            }
        });
        sender
    });
    use_effect(move || {
        let concerns = concerns(&current.read().1);
        for change in concerns {
            let _ = app.generation(*change);
        }
        let _ = kick.unbounded_send(());
    });
    match &*answered.read() {
        Some((of, asked)) if *of == key => asked.clone(),
        _ => Asked::Loading,
    }
}

#[cfg(test)]
mod tests {
    use super::concerns;
    use crate::engine::api::{Change, Request};

    #[test]
    fn thresholds_that_arrive_by_sync_are_asked_for_again() {
        assert!(concerns(&Request::Settings).contains(&Change::Registry));
    }
}
