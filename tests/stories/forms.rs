//! U3: what is typed outside of an observation is kept until it was sent. A day that is over is no day to
//! check again on, and coaching has words.

use chrono::{Days, Local};
use fieldproof::engine::api::{FailureCode, FormKey, FormOf, Reply, Request};
use fieldproof::practice::draft::{Coaching, Open};
use fieldproof::practice::follow::{
    Class as Follows, CycleOpened, Evidence, IncidentReported, Origin, Step, Wanting,
};
use fieldproof::practice::standard::Class;
use uuid::Uuid;

use crate::cast::{Cast, cast, near_miss};
use crate::run;
use crate::world::{Device, PIN};

async fn kept(device: &Device, form: &str, about: &str) -> Option<String> {
    match device.ask(Request::FormDraft { form: form.into(), about: about.into() }).await {
        Reply::FormDraft(kept) => kept.map(|kept| kept.body),
        other => panic!("{other:?}"),
    }
}

fn report(person: Uuid) -> FormKey {
    FormKey { person, form: "report".into(), about: String::new() }
}

fn typed(person: Uuid, body: &str) -> Request {
    Request::SaveFormDraft { form: report(person), body: body.into() }
}

#[test]
fn what_a_form_sent_is_written_and_its_text_is_gone_and_what_is_wanting_leaves_it() {
    run(async {
        let Cast { world, bo, sam, elm, bo_id, cy_id, .. } = cast().await;
        let sends = |person, step: Step, site| Request::SendForm {
            form: report(person),
            request: Box::new(Request::Step { step: Box::new(step), site, subject: None }),
        };
        let near = near_miss(Local::now().fixed_offset(), "medication");
        bo.ask(typed(bo_id, "Dose ready after the window")).await;

        // Nobody sends in the name of who locked meanwhile.
        let other = bo.ask(sends(cy_id, near.clone(), Some(elm))).await;
        assert!(matches!(other, Reply::Failed(failure) if failure.code == FailureCode::NotPermitted));
        // What is refused can be mended: every word is there.
        let Step::IncidentReported(body) = near.clone() else { panic!("{near:?}") };
        let unsaid = Step::IncidentReported(IncidentReported { words: String::new(), ..body });
        let reply = bo.ask(sends(bo_id, unsaid, Some(elm))).await;
        assert!(!reply.is_done(), "{reply:?}");
        assert_eq!(kept(&bo, "report", "").await.as_deref(), Some("Dose ready after the window"));
        assert_eq!(bo.count(Follows::Incident).await, 0);

        // Sent, and the device is gone before a screen heard of it: there once, and not offered again.
        let reply = bo.ask(sends(bo_id, near, Some(elm))).await;
        assert!(matches!(reply, Reply::Written { .. }), "{reply:?}");
        let profile = bo.status().await.me.unwrap().profile;
        bo.close().await;
        let bo = world.device("bo");
        bo.ask(Request::Unlock { profile, pin: PIN.into() }).await;
        assert_eq!(kept(&bo, "report", "").await, None);
        assert_eq!(bo.count(Follows::Incident).await, 1);

        // The same for what is no step; and where nothing had to be written, nothing is left either.
        let words = FormKey { person: sam.status().await.me.unwrap().person, ..report(bo_id) };
        let settings = |request| Request::SendForm { form: words.clone(), request: Box::new(request) };
        sam.ask(Request::SaveFormDraft { form: words.clone(), body: "Known".into() }).await;
        let refused = sam.ask(settings(Request::RenameOrg { name: "Willow".into() })).await;
        assert!(matches!(refused, Reply::Failed(_)), "a supervisor names no organisation");
        assert_eq!(kept(&sam, "report", "").await.as_deref(), Some("Known"));
        sam.ask(settings(Request::SyncNow)).await;
        assert_eq!(kept(&sam, "report", "").await, None);
        // A form sends no form.
        let nested = settings(settings(Request::SyncNow));
        assert!(matches!(sam.ask(nested).await, Reply::Failed(_)));
    });
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

#[test]
fn what_was_typed_and_not_sent_is_listed_under_drafts_until_it_is_discarded() {
    run(async {
        let Cast { bo, sam, elm, bo_id, sam_id, .. } = cast().await;
        sam.refresh().await;
        let check = sam.observe(Class::Check, elm, Some(bo_id), &[]).await;
        sam.synced().await;
        bo.refresh().await;
        let act = FormKey { person: sam_id, form: "act".into(), about: format!("{check} withdraw") };
        let words = |body: &str| Request::SaveFormDraft { form: act.clone(), body: body.into() };
        sam.ask(words("It was Cy")).await;
        let forms = sam.today().await.forms;
        let FormOf::Record(row) = &forms[0].of else { panic!("{forms:?}") };
        assert_eq!(
            (forms.len(), row.id, &forms[0].key, forms[0].body.as_str()),
            (1, check, &act, "It was Cy")
        );
        assert!(bo.today().await.forms.is_empty(), "nobody reads what others typed");
        sam.ask(words("")).await;
        assert!(sam.today().await.forms.is_empty());
    });
}
