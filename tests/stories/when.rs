//! When something was: begun, observed, finished and arrived are kept, and a record is of the time that
//! stood above it.

use chrono::{DateTime, FixedOffset, Local, TimeDelta};
use fieldproof::engine::api::{DraftView, RecordView, Reply, Request};
use fieldproof::practice::draft::{Answer, Draft, Mark, Open};
use fieldproof::practice::standard::{Class, Form};
use uuid::Uuid;

use crate::cast::{Cast, cast};
use crate::run;
use crate::world::Device;

async fn whole(device: &Device, record: Uuid) -> RecordView {
    match device.ask(Request::Record { record }).await {
        Reply::Record(view) => *view,
        other => panic!("{other:?}"),
    }
}

/// A check whose items are all met, begun so long ago.
async fn begun(sam: &Device, site: Uuid, subject: Uuid, ago: TimeDelta) -> Draft {
    let standard = sam.standard_by(Class::Check, "medication").await;
    let begin = Request::Begin { standard, site: Some(site), subject: Some(subject) };
    let Reply::Draft(view) = sam.ask(begin).await else { panic!("no draft") };
    let DraftView { mut draft, standard, .. } = *view;
    for item in standard.items.iter().filter(|item| item.form == Form::Mark) {
        draft.content.answers.insert(item.id.clone(), Answer::mark(Mark::Met));
    }
    draft.begun_at -= ago;
    sam.ask(Request::SaveDraft { draft: Box::new(draft.clone()) }).await;
    draft
}

fn minute(at: DateTime<FixedOffset>) -> i64 {
    at.timestamp() / 60
}

#[test]
fn z5_a_check_that_lay_for_an_hour_asks_when_it_was_and_keeps_both_times() {
    run(async {
        let Cast { sam, quinn, elm, bo_id, .. } = cast().await;
        let mut draft = begun(&sam, elm, bo_id, TimeDelta::hours(1)).await;
        let asked = sam.ask(Request::Finish { draft: draft.id }).await;
        assert!(
            matches!(&asked, Reply::NotYet(open) if *open == [Open::NoTime { field: "when".into() }]),
            "{asked:?}"
        );
        // "When I began."
        draft.content.happened_at = Some(draft.begun_at);
        sam.ask(Request::SaveDraft { draft: Box::new(draft.clone()) }).await;
        let Reply::Finished { record } = sam.ask(Request::Finish { draft: draft.id }).await else { panic!() };
        sam.synced().await;
        quinn.refresh().await;
        let seen = whole(&quinn, record).await;
        assert_eq!(seen.record.happened_at(), draft.begun_at);
        assert_eq!(seen.record.content.begun_at, Some(draft.begun_at));
        assert_eq!(minute(seen.record.at), minute(Local::now().fixed_offset()));
        // Quinn's device knows when it arrived; the one that wrote it does not.
        assert!(seen.arrived.is_some_and(|at| (at - seen.record.at).abs() < TimeDelta::minutes(1)));
        assert_eq!((seen.row.arrived, whole(&sam, record).await.arrived), (None, None));
    });
}

#[test]
fn z5_an_hour_that_was_watched_is_of_when_it_began_without_a_question() {
    run(async {
        let Cast { sam, elm, bo_id, .. } = cast().await;
        let mut draft = begun(&sam, elm, bo_id, TimeDelta::hours(1)).await;
        draft.content.seconds = 55 * 60;
        sam.ask(Request::SaveDraft { draft: Box::new(draft.clone()) }).await;
        let Reply::Finished { record } = sam.ask(Request::Finish { draft: draft.id }).await else { panic!() };
        assert_eq!(whole(&sam, record).await.record.happened_at(), draft.begun_at);

        // What is finished at once has one time.
        let draft = begun(&sam, elm, bo_id, TimeDelta::zero()).await;
        let Reply::Finished { record } = sam.ask(Request::Finish { draft: draft.id }).await else { panic!() };
        let seen = whole(&sam, record).await.record;
        assert_eq!((seen.content.begun_at, seen.content.happened_at), (None, None));
    });
}

#[test]
fn a_correction_that_changes_nothing_is_not_finished() {
    run(async {
        let Cast { sam, elm, bo_id, .. } = cast().await;
        let draft = begun(&sam, elm, bo_id, TimeDelta::zero()).await;
        let Reply::Finished { record } = sam.ask(Request::Finish { draft: draft.id }).await else { panic!() };
        let amend = Request::BeginAmend { record, reason: "Coaching added".into() };
        let Reply::Draft(view) = sam.ask(amend).await else { panic!("no draft") };
        let mut draft = view.draft;
        let asked = sam.ask(Request::Finish { draft: draft.id }).await;
        assert!(matches!(&asked, Reply::NotYet(open) if *open == [Open::NothingChanged]), "{asked:?}");
        draft.content.note = "Pen stays with the page".into();
        sam.ask(Request::SaveDraft { draft: Box::new(draft.clone()) }).await;
        let asked = sam.ask(Request::Finish { draft: draft.id }).await;
        assert!(matches!(asked, Reply::Finished { .. }), "{asked:?}");
    });
}
