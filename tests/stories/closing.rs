//! What an action, a restriction and coaching close with: by whom, for whom, and by which item it was shown.

use chrono::{Days, Local};
use fieldproof::engine::api::{BeginFrom, ChainView, FollowUpFilter, LinkKind, Reply, Request};
use fieldproof::practice::editing::List;
use fieldproof::practice::follow::{
    ActionClosed, ActionKind, ActionOpened, ActionUpdated, CycleClosed, CycleOpened, CycleOutcome, Evidence,
    Gap, Mode, Origin, RestrictionLifted, RestrictionPlaced, RestrictionReviewed, Revalidation, State, Step,
    Wanting,
};
use fieldproof::practice::standard::Class;
use fieldproof::practice::text::Text;
use fieldproof::sync::wire::Role;
use uuid::Uuid;

use crate::c1_standards::filled;
use crate::cast::{Cast, cast};
use crate::measured::links_open_what_they_count;
use crate::run;
use crate::world::Device;

const ONE: Evidence =
    Evidence { validations: 1, live: 0, notes: 0, confirmations: 0, shifts: 0, reflections: 0 };

fn action(owner: Uuid, standard: Option<Uuid>, evidence: Evidence) -> Step {
    Step::ActionOpened(ActionOpened {
        title: "Doses on time".into(),
        kind: ActionKind::Retraining,
        gap: Gap::Knowledge,
        competency: "medication".into(),
        category: None,
        reports: Vec::new(),
        owner,
        due: Local::now().date_naive() + Days::new(14),
        high_risk: false,
        standard,
        items: Vec::new(),
        evidence,
        watch_days: 90,
    })
}

fn coached(standard: Uuid, action: Uuid) -> Step {
    Step::CycleOpened(CycleOpened {
        standard,
        competency: "medication".into(),
        weakness: "Signs before the dose is given".into(),
        expected: "Signs after the dose was taken".into(),
        evidence: ONE,
        due: Local::now().date_naive() + Days::new(14),
        origin: Origin::Action { action, items: Vec::new() },
        live_by: Vec::new(),
        shifts: Vec::new(),
    })
}

fn updated(of: Uuid, done: bool, record: Option<Uuid>) -> Step {
    let mode = record.map(|_| Mode::Live);
    Step::ActionUpdated(ActionUpdated { of, note: "Said at the meeting".into(), done, record, mode })
}

fn ended(of: Uuid, not_carried_out: bool) -> Step {
    Step::ActionClosed(ActionClosed { of, note: "The site closes".into(), not_carried_out })
}

async fn chain(device: &Device, action: Uuid) -> ChainView {
    match device.ask(Request::Chain { action }).await {
        Reply::Chain(view) => {
            links_open_what_they_count(&view);
            *view
        }
        other => panic!("{other:?}"),
    }
}

/// Quinn closes an action while Sam, without signal, coaches for it and ends that early: on every device the
/// action says from then on that somebody is not re-validated, until nobody there is left who is not.
#[test]
fn a3_an_action_closed_by_somebody_who_did_not_know_says_who_is_not_re_validated() {
    run(async {
        let Cast { mut world, ada, sam, quinn, elm, sam_id, bo_id, .. } = cast().await;
        let (standard, _) = quinn.standard_of(Class::Check).await;
        let id = quinn.step(action(sam_id, None, Evidence::default()), Some(elm), None).await;
        quinn.synced().await;
        sam.refresh().await;

        world.stop_server().await;
        let cycle = sam.step(coached(standard, id), Some(elm), Some(bo_id)).await;
        let outcome = CycleOutcome::Stopped;
        sam.goes_on(Step::CycleClosed(CycleClosed { of: cycle, outcome, note: "On leave".into() })).await;
        quinn.goes_on(updated(id, true, None)).await;
        quinn.goes_on(ended(id, false)).await;
        assert_eq!(quinn.follow_up(id).await.follow.state, State::Closed, "as far as she knows");
        world.start_server().await;
        sam.synced().await;
        quinn.synced().await;
        sam.refresh().await;
        quinn.refresh().await;

        for device in [&sam, &quinn] {
            let view = device.follow_up(id).await;
            assert_eq!(view.follow.state, State::Unproven);
            assert_eq!(view.follow.revalidation, Revalidation { of: 1, not_met: 1 });
            let holding: Vec<Uuid> = view.still_open.iter().map(|row| row.follow.id).collect();
            assert_eq!(holding, [cycle], "and the page names what holds it open");
            let filter = FollowUpFilter { open: true, ..FollowUpFilter::default() };
            let Reply::FollowUps(rows) = device.ask(Request::FollowUps { filter }).await else { panic!() };
            let listed = rows.iter().find(|row| row.follow.id == id).unwrap();
            assert_eq!(listed.follow.revalidation, view.follow.revalidation, "a list says the same");
            let chain = chain(device, id).await;
            let link = chain.answered.links.iter().find(|link| link.what == LinkKind::Revalidated).unwrap();
            assert_eq!((link.n, link.of, link.on), (0, 1, None));
            assert!(device.owes(id).await, "it is to be done");
        }

        // Bo leaves: nobody who works there is left who has not shown it.
        let leaves = Request::SetPerson {
            person: Some(bo_id),
            name: "Bo".into(),
            role: Role::Staff,
            sites: vec![elm],
            active: false,
        };
        ada.done(leaves).await;
        ada.synced().await;
        quinn.refresh().await;
        let view = quinn.follow_up(id).await;
        assert_eq!((view.follow.state, view.still_open.len()), (State::Closed, 0));
    });
}

#[test]
fn b4_what_was_not_carried_out_is_ended_with_its_reason_and_never_closed() {
    run(async {
        let Cast { quinn, elm, sam_id, .. } = cast().await;
        let id = quinn.step(action(sam_id, None, Evidence::default()), Some(elm), None).await;
        assert_eq!(quinn.wanting(ended(id, false)).await, Wanting::NotCarriedOut);
        quinn.goes_on(ended(id, true)).await;
        let follow = quinn.follow_up(id).await.follow;
        assert_eq!((follow.state, follow.carried_out_at), (State::Stopped, None));
        let view = chain(&quinn, id).await;
        let whats: Vec<LinkKind> = view.answered.links.iter().map(|link| link.what).collect();
        assert!(whats.contains(&LinkKind::NotCarriedOut) && !whats.contains(&LinkKind::CarriedOut));
        assert!(view.recurrence.is_none(), "what was not done kept nothing from happening");

        let other = quinn.step(action(sam_id, None, Evidence::default()), Some(elm), None).await;
        quinn.goes_on(updated(other, true, None)).await;
        assert_eq!(quinn.wanting(ended(other, true)).await, Wanting::CarriedOut);
        quinn.goes_on(ended(other, false)).await;
        let since = chain(&quinn, other).await.recurrence.unwrap().since;
        let closed = quinn.follow_up(other).await.follow.ended_at;
        assert_eq!(Some(since), closed, "it is counted from the day that is named");
    });
}

#[test]
fn b4_an_action_counts_observations_of_those_whom_it_retrained_and_of_nobody_else() {
    run(async {
        let Cast { sam, quinn, elm, sam_id, bo_id, cy_id, .. } = cast().await;
        let (standard, _) = quinn.standard_of(Class::Check).await;
        let two = Evidence { validations: 2, ..ONE };
        let id = quinn.step(action(sam_id, Some(standard), two), Some(elm), None).await;
        quinn.synced().await;
        sam.refresh().await;
        let of_cy = sam.observe(Class::Check, elm, Some(cy_id), &[]).await;
        let of_bo = sam.observe(Class::Check, elm, Some(bo_id), &[]).await;
        let offered = |view: fieldproof::engine::api::FollowUpView| -> Vec<Uuid> {
            view.records.iter().map(|row| row.id).collect()
        };
        let all = offered(sam.follow_up(id).await);
        assert!(all.contains(&of_cy) && all.contains(&of_bo), "it retrained nobody: anybody shows it");
        sam.step(coached(standard, id), Some(elm), Some(bo_id)).await;
        assert_eq!(offered(sam.follow_up(id).await), [of_bo]);
        assert_eq!(sam.wanting(updated(id, false, Some(of_cy))).await, Wanting::OfOthers);
        sam.goes_on(updated(id, false, Some(of_bo))).await;
    });
}

/// A restriction that names an item of a standard, which a next version no longer asks.
#[test]
fn b3_a_restriction_that_names_an_item_is_lifted_by_what_showed_it_or_by_what_took_its_place() {
    run(async {
        let Cast { sam, quinn, elm, bo_id, .. } = cast().await;
        let editing = filled(quinn.write(BeginFrom::Nothing(Class::Check)).await.editing);
        quinn.save(&editing).await;
        quinn.publish(editing.id, "new alarms").await;
        quinn.synced().await;
        sam.refresh().await;
        let standard = editing.standard.standard;
        let signed = editing.standard.items[1].id.clone();
        let placed = Step::RestrictionPlaced(RestrictionPlaced {
            duties: "Tests no alarm alone".into(),
            why: "The log was empty".into(),
            competency: "safety".into(),
            standard: Some(standard),
            items: vec![signed.clone()],
            evidence: ONE,
            review_days: 7,
            action: None,
        });
        let id = sam.step(placed, Some(elm), Some(bo_id)).await;
        let named = |view: &fieldproof::engine::api::FollowUpView| -> Vec<(String, bool)> {
            view.items.iter().map(|item| (item.text.get("en").to_owned(), item.gone)).collect()
        };
        assert_eq!(named(&sam.follow_up(id).await), [("Log signed".to_owned(), false)]);
        let one = sam.standard_row(standard).await.standard;
        sam.observe_by(one, elm, Some(bo_id), &[1]).await;
        assert!(sam.follow_up(id).await.follow.proof.slipped);

        let mut next = quinn.write(BeginFrom::Next(standard)).await.editing;
        next.remove_item(List::Items, &signed);
        let third = next.add_item(List::Items).unwrap();
        next.item(List::Items, &third).unwrap().text = Text::from("Battery date read");
        quinn.save(&next).await;
        quinn.publish(next.id, "The log is kept by the alarm").await;
        quinn.synced().await;
        sam.refresh().await;
        let view = sam.follow_up(id).await;
        assert_eq!(named(&view), [("Log signed".to_owned(), true)], "the page says that it is gone");
        let lift = || Step::RestrictionLifted(RestrictionLifted { of: id, note: String::new() });
        assert!(matches!(sam.wanting(lift()).await, Wanting::Evidence { .. }), "it lifts nothing by itself");
        let two = sam.standard_row(standard).await.standard;
        assert_eq!(two.version, 2);
        let whole = sam.observe_by(two, elm, Some(bo_id), &[]).await;
        let counted = sam.follow_up(id).await.follow;
        assert_eq!((counted.proof.records.as_slice(), counted.state), ([whole].as_slice(), State::Open));
        let note = "The battery date was read, too".into();
        sam.goes_on(Step::RestrictionReviewed(RestrictionReviewed {
            of: id,
            note,
            record: None,
            mode: None,
        }))
        .await;
        sam.goes_on(lift()).await;
        assert_eq!(sam.follow_up(id).await.follow.state, State::Closed);
    });
}
