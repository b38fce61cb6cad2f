//! T8 and T10: an audit can be about a site and asks nobody to acknowledge it; praise is no error and
//! reaches whom it praises.

use fieldproof::engine::api::{HeardOf, Owed, Reply, Request};
use fieldproof::practice::follow::{About, Class as Follows, SignalLogged, Source, State, Step};
use fieldproof::practice::standard::Class;

use crate::cast::{Cast, cast};
use crate::run;

#[test]
fn t8_an_audit_of_a_site_is_about_nobody_and_stands_on_the_sites_page() {
    run(async {
        let Cast { sam, bo, quinn, elm, .. } = cast().await;
        let audit = sam.observe(Class::Audit, elm, None, &[0]).await;
        sam.synced().await;
        bo.refresh().await;
        quinn.refresh().await;
        assert!(!bo.knows_record(audit).await, "lead:S alone");
        assert!(!bo.today().await.owed.iter().any(|one| matches!(one, Owed::Acknowledge { .. })));
        for device in [&sam, &quinn] {
            let Reply::Site(view) = device.ask(Request::Site { site: elm }).await else { panic!() };
            assert_eq!(view.audits.iter().map(|row| row.id).collect::<Vec<_>>(), [audit]);
            let Reply::Record(view) = device.ask(Request::Record { record: audit }).await else { panic!() };
            assert!(view.record.subject.is_none() && !view.may.acknowledge && !view.may.coach);
        }
        // Whoever leads there can still correct or withdraw it.
        quinn.done(Request::Withdraw { record: audit, reason: "The wrong week".into() }).await;
    });
}

fn feedback(good: bool) -> Step {
    Step::SignalLogged(SignalLogged {
        source: Source::PartnerFeedback,
        competency: "documentation".into(),
        words: "The notes have been excellent".into(),
        happened_at: None,
        item: None,
        practice_of: None,
        good,
    })
}

#[test]
fn t10_praise_reaches_whom_it_praises_and_counts_for_nothing_that_went_wrong() {
    run(async {
        let Cast { sam, bo, quinn, elm, bo_id, .. } = cast().await;
        let praise = sam.step(feedback(true), Some(elm), Some(bo_id)).await;
        let concern = sam.step(feedback(false), Some(elm), None).await;
        sam.synced().await;
        bo.refresh().await;
        quinn.refresh().await;
        let heard = bo.today().await.owed.into_iter().find_map(|one| match one {
            Owed::Heard { of: HeardOf::Report { row, .. }, by, .. } if row.follow.id == praise => Some(by),
            _ => None,
        });
        assert_eq!(heard.as_deref(), Some("Sam"));
        assert_eq!(bo.count(Follows::Signal).await, 1, "the concern is for those who lead");
        let view = quinn.follow_up(praise).await;
        let About::Report(report) = &view.follow.about else { panic!() };
        assert!(report.good && report.gap.is_none() && view.follow.state == State::Closed);
        assert!(
            !quinn.owes(praise).await && quinn.owes(concern).await,
            "only the concern asks for its cause"
        );
        let drift = async || match quinn.ask(Request::Drift).await {
            Reply::Drift(view) => view.drifts,
            other => panic!("{other:?}"),
        };
        for _ in 0..2 {
            quinn.step(feedback(true), Some(elm), None).await;
        }
        assert!(drift().await.is_empty(), "praise three times is no small error three times");
        for _ in 0..2 {
            quinn.step(feedback(false), Some(elm), None).await;
        }
        assert_eq!(drift().await.first().map(|found| found.count), Some(3));
    });
}
