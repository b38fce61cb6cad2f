//! D2: does it hold? Re-checks after closing, by day, evening, night and weekend; early warning; a
//! stated rule.

use chrono::{DateTime, Datelike, Days, FixedOffset, Local, NaiveTime, TimeDelta, Weekday};
use fieldproof::insight::hold::Stand;
use fieldproof::practice::follow::{
    CycleClosed, CycleOpened, CycleOutcome, CycleValidated, Evidence, Mode, Origin, Step,
};
use fieldproof::practice::standard::{Class, StandardRef};
use uuid::Uuid;

use crate::cast::{Cast, cast};
use crate::measured::Answers;
use crate::run;
use crate::world::Device;

/// So many days before the cycle is closed it is opened, and so long ago that is.
const CLOSED_DAYS_AGO: i64 = 80;

async fn coached(sam: &Device, standard: StandardRef, elm: Uuid, who: Uuid) -> Uuid {
    let missed = Answers { missed: &["signed"], ..Answers::default() };
    let seen = sam.fill(standard, elm, Some(who), missed).await;
    let opened = Step::CycleOpened(CycleOpened {
        standard: standard.standard,
        competency: "medication".into(),
        weakness: "Signs before the dose is given".into(),
        expected: "Signs after the dose was taken".into(),
        evidence: Evidence { validations: 1, live: 1, ..Evidence::default() },
        due: Local::now().date_naive() + Days::new(14),
        origin: Origin::Miss { record: seen, items: vec!["signed".into()] },
        live_by: Vec::new(),
        shifts: Vec::new(),
    });
    let cycle = sam.step(opened, Some(elm), Some(who)).await;
    let record = sam.fill(standard, elm, Some(who), Answers::default()).await;
    sam.goes_on(Step::CycleValidated(CycleValidated { of: cycle, record, mode: Mode::Live })).await;
    let outcome = CycleOutcome::Met;
    sam.goes_on(Step::CycleClosed(CycleClosed { of: cycle, outcome, note: String::new() })).await;
    cycle
}

/// A weekday (or Saturday) about so many days ago, at an hour of the supervisor's clock.
fn when(days_ago: i64, saturday: bool, hour: u32) -> DateTime<FixedOffset> {
    let now = Local::now().fixed_offset();
    let mut day = now.date_naive() - TimeDelta::days(days_ago);
    let wanted = |day: Weekday| if saturday { day == Weekday::Sat } else { day.num_days_from_monday() < 5 };
    while !wanted(day.weekday()) {
        day = day + Days::new(1);
    }
    let time = NaiveTime::from_hms_opt(hour, 15, 0).unwrap();
    day.and_time(time).and_local_timezone(*now.offset()).unwrap()
}

#[test]
fn d2_what_is_met_round_the_clock_for_eight_weeks_holds_and_what_came_back_is_said_first() {
    run(async {
        let Cast { sam, quinn, elm, bo_id, cy_id, .. } = cast().await;
        let check = sam.standard_by(Class::Check, "medication").await;
        sam.net.days_ago.set(CLOSED_DAYS_AGO);
        let bo_cycle = coached(&sam, check, elm, bo_id).await;
        let cy_cycle = coached(&sam, check, elm, cy_id).await;
        sam.net.days_ago.set(0);
        let look = |who: Uuid, at: DateTime<FixedOffset>, missed: &'static [&'static str]| {
            let how = Answers { missed, happened_at: Some(at), ..Answers::default() };
            sam.fill(check, elm, Some(who), how)
        };

        // By day only: too early, and it says what is missing.
        for days_ago in [66, 52, 40] {
            look(bo_id, when(days_ago, false, 9), &[]).await;
        }
        let early = sam.holds().await;
        let row = early.iter().find(|row| row.cycle == bo_cycle).unwrap();
        assert_eq!((row.hold.stand, row.hold.looks), (Stand::TooEarly, 3));
        assert!(row.hold.missing.off_hours && row.hold.missing.looks == 4 && row.hold.missing.days > 0);
        assert_eq!((row.before.0, row.before.1), (5, 6), "one of six was missed before coaching");

        // An evening, a Saturday night, more than eight weeks on: it holds.
        look(bo_id, when(30, false, 18), &[]).await;
        look(bo_id, when(14, true, 23), &[]).await;
        // Five of five rule out half; seven of seven that it is met less than six times in ten.
        look(bo_id, when(10, false, 9), &[]).await;
        look(bo_id, when(7, false, 18), &[]).await;
        // Cy: missed twice in the newest five.
        look(cy_id, when(40, false, 9), &[]).await;
        let slipped = look(cy_id, when(20, false, 9), &["signed"]).await;
        look(cy_id, when(12, false, 19), &["signed", "mar"]).await;
        sam.synced().await;
        quinn.refresh().await;
        let rows = quinn.holds().await;
        assert_eq!(rows.len(), 2);
        assert_eq!(
            (rows[0].cycle, rows[0].hold.stand),
            (cy_cycle, Stand::Reverted),
            "what came back is first"
        );
        assert!(rows[0].hold.records.contains(&slipped));
        assert_eq!((rows[1].cycle, rows[1].hold.stand), (bo_cycle, Stand::Holds));
        assert_eq!((rows[1].hold.looks, rows[1].hold.met), (7, 7));
        assert_eq!(rows[1].after, (42, 42), "seven looks at six items each");
    });
}
