//! U3: what is typed outside of an observation is kept until it was sent. A day that is over is no day to
//! check again on, and coaching has words.

use chrono::{Days, Local};
use fieldproof::engine::api::{FailureCode, Reply, Request};
use fieldproof::practice::draft::{Coaching, Open};
use fieldproof::practice::follow::{CycleOpened, Evidence, Origin, Step, Wanting};
use fieldproof::practice::standard::Class;
use uuid::Uuid;

use crate::cast::{Cast, cast};
use crate::run;
use crate::world::{Device, PIN};

async fn kept(device: &Device, form: &str, about: &str) -> Option<String> {
    match device.ask(Request::FormDraft { form: form.into(), about: about.into() }).await {
        Reply::FormDraft(kept) => kept.map(|kept| kept.body),
        other => panic!("{other:?}"),
    }
}

fn typed(person: Uuid, body: &str) -> Request {
    Request::SaveFormDraft { person, form: "report".into(), about: String::new(), body: body.into() }
}

#[test]
fn what_was_typed_into_a_form_outlives_the_lock_and_the_app_and_is_gone_once_it_was_sent() {
    run(async {
        let Cast { world, bo, bo_id, cy_id, sam, .. } = cast().await;
        assert!(matches!(bo.ask(typed(bo_id, "Fell in the hall")).await, Reply::Saved { .. }));
        let profile = bo.status().await.me.unwrap().profile;
        bo.done(Request::Lock).await;
        let locked = bo.ask(typed(bo_id, "Fell")).await;
        assert!(matches!(locked, Reply::Failed(failure) if failure.code == FailureCode::Locked));
        bo.close().await;
        let bo = world.device("bo");
        bo.ask(Request::Unlock { profile, pin: PIN.into() }).await;
        assert_eq!(kept(&bo, "report", "").await.as_deref(), Some("Fell in the hall"));
        assert_eq!(kept(&bo, "report", "another").await, None);
        assert_eq!(kept(&sam, "report", "").await, None, "it never left the device");
        // A page of somebody who has locked meanwhile writes nothing into what another person types.
        let other = bo.ask(typed(cy_id, "Not hers")).await;
        assert!(matches!(other, Reply::Failed(failure) if failure.code == FailureCode::NotPermitted));
        assert!(matches!(bo.ask(typed(bo_id, "")).await, Reply::Saved { .. }));
        assert_eq!(kept(&bo, "report", "").await, None);
    });
}

#[test]
fn a_day_that_is_over_and_coaching_without_words_are_refused() {
    run(async {
        let Cast { sam, elm, bo_id, .. } = cast().await;
        let today = Local::now().date_naive();
        let (standard, competency) = sam.standard_of(Class::Check).await;
        let opened = |due| {
            Step::CycleOpened(CycleOpened {
                standard,
                competency: competency.clone(),
                weakness: "Signs before the dose is given".into(),
                expected: "Signs after the dose was taken".into(),
                evidence: Evidence { validations: 1, live: 1, ..Evidence::default() },
                due,
                origin: Origin::Hand,
                live_by: Vec::new(),
                shifts: Vec::new(),
            })
        };
        let past = sam.wanting_of(opened(today - Days::new(1)), Some(elm), Some(bo_id)).await;
        assert_eq!(past, Wanting::PastDay);
        sam.step(opened(today), Some(elm), Some(bo_id)).await;

        let row = sam.standard_row(standard).await;
        let begun =
            sam.ask(Request::Begin { standard: row.standard, site: Some(elm), subject: Some(bo_id) }).await;
        let Reply::Draft(view) = begun else { panic!("{begun:?}") };
        let mut draft = view.draft;
        let item = view.standard.items[0].id.clone();
        draft.content.coaching = vec![Coaching {
            item: item.clone(),
            look_again: Some(today - Days::new(1)),
            ..Coaching::default()
        }];
        let id = draft.id;
        sam.ask(Request::SaveDraft { draft: Box::new(draft) }).await;
        let reply = sam.ask(Request::Finish { draft: id }).await;
        let Reply::NotYet(open) = reply else { panic!("{reply:?}") };
        assert!(open.contains(&Open::EmptyCoaching { item: item.clone() }), "{open:?}");
        assert!(open.contains(&Open::PastDay { item }), "{open:?}");
    });
}
