//! U3: what is typed outside of an observation is kept until it was sent. A day that is over is no day to
//! check again on, and coaching has words.

use chrono::{Days, Local};
use fieldproof::engine::api::{BeginFrom, FailureCode, FormKey, FormOf, NewStep, Reply, Request};
use fieldproof::practice::draft::{Coaching, Open};
use fieldproof::practice::follow::{
    Class as Follows, CycleClosed, CycleOpened, CycleOutcome, Evidence, IncidentReported, Origin,
    RestrictionPlaced, Step, Wanting,
};
use fieldproof::practice::standard::Class;
use uuid::Uuid;

use crate::c1_standards::filled;
use crate::cast::{Cast, cast, near_miss};
use crate::measured::Answers;
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

/// Retraining limits duties and opens a cycle: a refusal or a crash between the two would leave a restriction
/// that is placed again when the form is sent again.
#[test]
fn what_a_form_begins_together_is_written_whole_or_not_at_all() {
    run(async {
        let Cast { world, sam, elm, bo_id, cy_id, .. } = cast().await;
        let today = Local::now().date_naive();
        let (standard, competency) = sam.standard_of(Class::Check).await;
        let evidence = Evidence { validations: 1, live: 1, ..Evidence::default() };
        let begun = |person, due| {
            let restriction = Step::RestrictionPlaced(RestrictionPlaced {
                duties: "Gives no medication alone".into(),
                why: "Two late doses".into(),
                competency: competency.clone(),
                standard: Some(standard),
                evidence,
                items: Vec::new(),
                review_days: 7,
                action: None,
            });
            let cycle = Step::CycleOpened(CycleOpened {
                standard,
                competency: competency.clone(),
                weakness: "Two late doses".into(),
                expected: "Doses in their window".into(),
                evidence,
                due,
                origin: Origin::Hand,
                live_by: Vec::new(),
                shifts: Vec::new(),
            });
            [restriction, cycle].map(|step| NewStep { step, site: Some(elm), subject: Some(person) })
        };
        let form = FormKey {
            person: sam.status().await.me.unwrap().person,
            form: "retrain".into(),
            about: "one".into(),
        };
        let sends = |begun: Vec<NewStep>| Request::SendForm {
            form: form.clone(),
            request: Box::new(Request::BeginAll { begun }),
        };
        sam.ask(Request::SaveFormDraft { form: form.clone(), body: "Gives no".into() }).await;

        // Only the last is refused: nothing of it stands, and what was typed is there.
        let mut all = begun(bo_id, today).to_vec();
        all.extend(begun(cy_id, today - Days::new(1)));
        let reply = sam.ask(sends(all)).await;
        assert!(matches!(reply, Reply::Wanting(Wanting::PastDay)), "{reply:?}");
        assert_eq!((sam.count(Follows::Restriction).await, sam.count(Follows::Cycle).await), (0, 0));
        assert_eq!(kept(&sam, "retrain", "one").await.as_deref(), Some("Gives no"));
        // What goes on with something is no beginning; and none at all is nothing.
        let closed =
            Step::CycleClosed(CycleClosed { of: cy_id, outcome: CycleOutcome::Stopped, note: "Left".into() });
        for begun in [Vec::new(), vec![NewStep { step: closed, site: None, subject: None }]] {
            assert!(matches!(sam.ask(sends(begun)).await, Reply::Failed(_)));
        }

        // Sent again, and the device is gone before a screen heard of it.
        let mut all = begun(bo_id, today).to_vec();
        all.extend(begun(cy_id, today));
        let reply = sam.ask(sends(all)).await;
        assert!(matches!(reply, Reply::Written { .. }), "{reply:?}");
        let profile = sam.status().await.me.unwrap().profile;
        sam.close().await;
        let sam = world.device("sam");
        sam.ask(Request::Unlock { profile, pin: PIN.into() }).await;
        assert_eq!((sam.count(Follows::Restriction).await, sam.count(Follows::Cycle).await), (2, 2));
        assert_eq!(kept(&sam, "retrain", "one").await, None);
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

/// U1: the form of a re-check says after which coaching it is due, and only that one does.
#[test]
fn a_re_check_says_why_it_is_due() {
    run(async {
        let Cast { sam, elm, bo_id, cy_id, .. } = cast().await;
        let check = sam.standard_by(Class::Check, "medication").await;
        let today = Local::now().date_naive();
        let begun = async |about: Uuid| match sam
            .ask(Request::Begin { standard: check, site: Some(elm), subject: Some(about) })
            .await
        {
            Reply::Draft(view) => view.again,
            other => panic!("{other:?}"),
        };
        assert_eq!(begun(bo_id).await, None);
        let how = Answers {
            missed: &["signed"],
            coached: Some(("signed", "Pen stays with the page")),
            look_again: Some(today + Days::new(1)),
            ..Answers::default()
        };
        sam.fill(check, elm, Some(bo_id), how).await;
        let again = begun(bo_id).await.unwrap();
        assert_eq!((again.coached, again.on, again.gone), (today, today + Days::new(1), false));
        let said: Vec<_> = again.items.iter().map(|text| text.get("en")).collect();
        assert_eq!(said, ["Signed at the time, not afterwards"]);
        assert_eq!(begun(cy_id).await, None, "it is about somebody else");
        sam.fill(check, elm, Some(bo_id), Answers::default()).await;
        assert_eq!(begun(bo_id).await, None, "it was seen since");
    });
}

/// P-N1, P-N2: the engine takes no fraction of a dose and no part above its whole, and says where.
#[test]
fn an_audit_with_a_fraction_of_a_dose_or_more_late_than_due_is_not_finished() {
    run(async {
        let Cast { sam, elm, bo_id, .. } = cast().await;
        let audit = sam.standard_by(Class::Audit, "medication").await;
        let begin = Request::Begin { standard: audit, site: Some(elm), subject: Some(bo_id) };
        let Reply::Draft(mut view) = sam.ask(begin).await else { panic!("no draft") };
        let kind = |id: &str| view.standard.item(id).unwrap().number_kind();
        for (id, text) in [("doses-due", "1,240"), ("doses-late", "1 241"), ("omissions", "1.5")] {
            let kind = kind(id);
            view.draft.content.answers.entry(id.into()).or_default().type_number(text, kind);
        }
        let id = view.draft.id;
        assert_eq!(view.draft.content.answers["doses-due"].number, Some(1240.0));
        sam.ask(Request::SaveDraft { draft: Box::new(view.draft.clone()) }).await;
        let Reply::NotYet(open) = sam.ask(Request::Finish { draft: id }).await else { panic!("finished") };
        let item = |id: &str| id.to_owned();
        assert!(open.contains(&Open::MoreThanWhole { item: item("doses-late"), whole: item("doses-due") }));
        assert!(open.contains(&Open::NotWhole { item: item("omissions") }), "{open:?}");
        // What could not be read is still there when the draft is opened again.
        let Reply::Draft(view) = sam.ask(Request::Draft { draft: id }).await else { panic!("no draft") };
        assert_eq!(view.draft.content.answers["omissions"].text, "1.5");
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

/// What is typed to publish a standard is about a draft: it is named by it, and goes with it.
#[test]
fn the_reason_to_publish_is_listed_under_the_title_of_its_draft_and_goes_with_it() {
    run(async {
        let Cast { quinn, .. } = cast().await;
        quinn.refresh().await;
        let person = quinn.status().await.me.unwrap().person;
        let begun = quinn.ask(Request::BeginStandard { from: BeginFrom::Nothing(Class::Check) }).await;
        let Reply::StandardDraft(view) = begun else { panic!("{begun:?}") };
        let editing = filled(view.editing);
        let (id, title) = (editing.id, editing.standard.title.clone());
        quinn.ask(Request::SaveStandardDraft { editing: Box::new(editing) }).await;
        let form = FormKey { person, form: "publish".into(), about: id.to_string() };
        let reason = Request::SaveFormDraft { form, body: "The alarm was changed".into() };
        quinn.ask(reason).await;
        let forms = quinn.today().await.forms;
        assert_eq!((forms.len(), &forms[0].of), (1, &FormOf::Standard(title)));
        assert!(quinn.ask(Request::DiscardStandardDraft { id }).await.is_done());
        assert!(quinn.today().await.forms.is_empty(), "there is nothing left that it could publish");
    });
}
