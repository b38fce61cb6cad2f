//! A2: the medication loop as figures: which deviation, what audits count, and the records behind.

use fieldproof::engine::api::{Lens, Request};
use fieldproof::insight::measure::Measure;
use fieldproof::practice::standard::Class;

use crate::cast::{Cast, cast};
use crate::measured::Answers;
use crate::run;

#[test]
fn a2_deviations_and_audits_become_figures_that_open_their_records() {
    run(async {
        let Cast { mut world, sam, quinn, elm, bo_id, cy_id, .. } = cast().await;
        let check = sam.standard_by(Class::Check, "medication").await;
        let audit = sam.standard_by(Class::Audit, "medication").await;
        world.stop_server().await;

        // On the round, without signal: two checks, one deviation in each item of the second; and an audit.
        let good = sam.fill(check, elm, Some(bo_id), Answers::default()).await;
        let missed = Answers { missed: &["signed", "variance"], ..Answers::default() };
        let missed = sam.fill(check, elm, Some(cy_id), missed).await;
        let numbers = &[
            ("doses-due", 120.0),
            ("doses-late", 6.0),
            ("omissions", 2.0),
            ("variances-reported", 4.0),
            ("hours-to-report", 5.5),
            ("orders-checked", 20.0),
            ("orders-matching", 19.0),
        ];
        let audited = sam.fill(audit, elm, Some(bo_id), Answers { numbers, ..Answers::default() }).await;

        // Sam sees it at once, on the phone alone.
        let lens = Lens::default();
        assert_eq!(sam.newest(Measure::MedicationDeviations, &lens).await, (2.0, 3.0));
        assert_eq!(sam.newest(Measure::LateDoses, &lens).await, (6.0, 120.0));

        // Quinn sees the same once it arrives, and opens what it was counted from.
        world.start_server().await;
        sam.synced().await;
        quinn.refresh().await;
        for (measure, figure) in [
            (Measure::MedicationDeviations, (2.0, 3.0)),
            (Measure::LateDoses, (6.0, 120.0)),
            (Measure::Omissions, (2.0, 120.0)),
            (Measure::VariancesReported, (4.0, 8.0)),
            (Measure::VarianceHours, (5.5, 1.0)),
            (Measure::Reconciled, (19.0, 20.0)),
        ] {
            assert_eq!(quinn.newest(measure, &lens).await, figure, "{measure:?}");
        }
        let behind = quinn.behind(Measure::MedicationDeviations, &lens).await;
        let mut ids: Vec<_> = behind.records.iter().map(|row| row.id).collect();
        ids.sort();
        let mut all = [good, missed, audited];
        all.sort();
        assert_eq!((ids, behind.count), (all.to_vec(), 3));
        let row = behind.records.iter().find(|row| row.id == missed).unwrap();
        assert_eq!(
            (row.subject, row.verdict.missed.as_slice()),
            (Some(cy_id), &["signed".to_owned(), "variance".to_owned()][..])
        );
        let said: Vec<_> = behind.missed[&missed].iter().map(|text| text.get("en")).collect();
        assert_eq!(said, ["Signed at the time, not afterwards", "Late, missed or wrong dose was reported"]);
        assert_eq!(quinn.behind(Measure::LateDoses, &lens).await.records[0].id, audited);

        // The second check was of somebody else and is taken back: every figure follows.
        sam.done(Request::Withdraw { record: missed, reason: "It was Bo".into() }).await;
        sam.synced().await;
        quinn.refresh().await;
        assert_eq!(quinn.newest(Measure::MedicationDeviations, &lens).await, (0.0, 2.0));
        assert_eq!(quinn.behind(Measure::MedicationDeviations, &lens).await.count, 2);
    });
}
