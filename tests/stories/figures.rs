//! Every figure is the number of what its tap opens: over all measures, parts of the organisation,
//! periods and grains, through the questions that the screens ask.

use chrono::{DateTime, Days, FixedOffset, Local, TimeDelta};
use fieldproof::engine::api::{
    Behind, Lens, MonthView, Plot, REPEATED_MONTHS, RecordRow, Reply, Request, ThemeOf,
};
use fieldproof::insight::facts::Theme;
use fieldproof::insight::measure::{Measure, Unit};
use fieldproof::insight::period::Grain;
use fieldproof::practice::follow::{
    Category, CycleClosed, CycleOpened, CycleOutcome, Evidence, IncidentReported, Origin, Source, Step,
};
use fieldproof::practice::record::Outcome;
use fieldproof::practice::standard::Class;
use fieldproof::sync::wire::Role;
use serde_json::json;
use uuid::Uuid;

use crate::cast::{Cast, cast, near_miss};
use crate::measured::Answers;
use crate::run;
use crate::world::Device;

fn ago(days: i64) -> DateTime<FixedOffset> {
    Local::now().fixed_offset() - TimeDelta::days(days)
}

fn incident(category: Category, days: i64) -> Step {
    let Step::IncidentReported(body) = near_miss(ago(days), "visits") else { panic!() };
    Step::IncidentReported(IncidentReported { near_miss: false, category, ..body })
}

fn signal(source: Source, days: i64) -> Step {
    let body = json!({
        "source": source, "competency": "communication", "words": "Nobody called back", "happened_at": ago(days),
    });
    serde_json::from_value(json!({"signal.logged": body})).unwrap()
}

impl Device {
    async fn opened(&self, measure: Measure, period: i32, lens: &Lens) -> Behind {
        match self.ask(Request::Behind { measure, period, lens: lens.clone(), limit: 500 }).await {
            Reply::Behind(behind) => *behind,
            other => panic!("{other:?}"),
        }
    }

    /// What the records gave of these numbers, or of all where none is named: how many, and their sum.
    async fn numbers(&self, records: &[RecordRow], items: &[&str]) -> (f64, f64) {
        let (mut given, mut sum) = (0.0, 0.0);
        for row in records {
            let Reply::Record(view) = self.ask(Request::Record { record: row.id }).await else { panic!() };
            for (item, answer) in &view.record.content.answers {
                if let Some(number) = answer.number
                    && (items.is_empty() || items.contains(&item.as_str()))
                {
                    given += 1.0;
                    sum += number;
                }
            }
        }
        (given, sum)
    }

    /// Holds a theme of the month against what it opens.
    async fn theme_opens(&self, theme: &Theme, period: i32, months: u32, lens: &Lens) {
        let of = ThemeOf { competency: theme.competency.clone(), source: theme.source, period, months };
        let asked = Request::ThemeBehind { theme: of, lens: lens.clone(), limit: 500 };
        let Reply::Behind(behind) = self.ask(asked).await else { panic!() };
        let rows = u32::try_from(behind.follow_ups.len()).unwrap();
        assert_eq!((rows, behind.count), (theme.count, theme.count), "{theme:?} by {lens:?}");
        for row in &behind.follow_ups {
            assert_eq!(row.follow.competency(), theme.competency, "{theme:?}");
            assert!(lens.site.is_none() || row.follow.site == lens.site, "{theme:?}");
        }
    }

    /// Holds one figure against what it opens.
    async fn holds_against(&self, measure: Measure, plot: &Plot, lens: &Lens) {
        let behind = self.opened(measure, plot.period, lens).await;
        let Behind { records, follow_ups, tasks, count, adds, judged, .. } = behind;
        let rows = f64::from(u32::try_from(records.len() + follow_ups.len() + tasks.len()).unwrap());
        let what = format!("{measure:?} in {} by {lens:?}: {plot:?}", plot.first);
        assert_eq!(f64::from(count), rows, "{what}");
        assert_eq!(plot.opens(measure), rows > 0.0, "a 0 is no link, and nothing else: {what}");
        // Which two of "2 of 5", and what each record adds.
        if measure.unit() == Unit::Share && measure != Measure::ObservationsDone && !plot.none {
            let ids: Vec<Uuid> =
                records.iter().map(|row| row.id).chain(follow_ups.iter().map(|row| row.follow.id)).collect();
            let sum =
                ids.iter().map(|id| adds[id]).fold((0.0, 0.0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
            assert!((sum.0 - plot.x).abs() < 1e-9 && (sum.1 - plot.n).abs() < 1e-9, "{sum:?} of {what}");
        }
        let met = records.iter().filter(|row| row.met().is_some()).count();
        let of_done = (measure == Measure::ObservationsDone).then(|| u32::try_from(met).unwrap());
        assert_eq!(judged, of_done, "{what}");
        if plot.none {
            assert_eq!(rows, 0.0, "nothing is behind a period without records: {what}");
            return;
        }
        let sum = |of: fn(&RecordRow) -> f64| records.iter().map(of).sum::<f64>();
        let missed = |row: &RecordRow| f64::from(row.verdict.not_met);
        let doses = match measure {
            Measure::LateDoses => Some((vec!["doses-late"], vec!["doses-due"])),
            Measure::Omissions => Some((vec!["omissions"], vec!["doses-due"])),
            Measure::VariancesReported => Some((vec!["variances-reported"], vec!["doses-late", "omissions"])),
            Measure::Reconciled => Some((vec!["orders-matching"], vec!["orders-checked"])),
            _ => None,
        };
        if let Some((over, under)) = doses {
            assert!(rows > 0.0, "{what}");
            assert_eq!(self.numbers(&records, &over).await.1, plot.x, "{what}");
            assert_eq!(self.numbers(&records, &under).await.1, plot.n, "{what}");
            return;
        }
        match measure {
            _ if measure.unit() == Unit::Events => assert_eq!((plot.value, plot.x), (rows, rows), "{what}"),
            Measure::PassRate | Measure::SimulatedMet | Measure::PaperMet => {
                assert_eq!(plot.n, rows, "{what}");
                assert_eq!(plot.x, sum(|row| f64::from(u8::from(row.met() == Some(true)))), "{what}");
            }
            Measure::MedicationDeviations => {
                assert_eq!((plot.x, plot.n), (records.iter().map(missed).sum(), rows), "{what}");
            }
            Measure::AuditMet => {
                let marks = sum(|row| f64::from(row.verdict.met + row.verdict.not_met));
                assert_eq!((plot.x, plot.n), (sum(|row| f64::from(row.verdict.met)), marks), "{what}");
            }
            Measure::ObservationsDone => assert_eq!(plot.x, rows, "{what}"),
            Measure::Confidence => {
                assert!(rows > 0.0, "{what}");
                assert_eq!(self.numbers(&records, &[]).await, (plot.n, plot.x), "{what}");
            }
            _ => assert_eq!(plot.n, rows, "{what}"),
        }
    }
}

/// Everything that a measure counts, on several days at two houses, some of it by other clocks.
async fn lived(ada: &Device, tess: &Device, elm: Uuid, oak: Uuid, bo: Uuid, cy: Uuid) {
    let check = tess.standard_by(Class::Check, "medication").await;
    let call = tess.standard_by(Class::Shadow, "escalation").await;
    let rubric = tess.standard_by(Class::Shadow, "confidence").await;
    let audit = tess.standard_by(Class::Audit, "medication").await;
    let handoff = tess.standard_by(Class::Handoff, "handoff").await;
    // It counts for windows that begin when it is in force.
    ada.net.days_ago.set(60);
    ada.expects(check.standard, 2, 14).await;
    let dee = ada.add_person("Dee", Role::Staff, &[elm]).await;
    ada.net.days_ago.set(0);
    ada.synced().await;
    tess.refresh().await;

    // The first hours of a month in the east are the month before in UTC.
    let first = Grain::Month.first_day(Grain::Month.of(Local::now().date_naive()) - 1);
    let east = FixedOffset::east_opt(9 * 3600).unwrap();
    let early = first.and_hms_opt(0, 30, 0).unwrap().and_local_timezone(east).unwrap();
    for (days, site, subject, missed) in [
        (0, elm, bo, &[][..]),
        (0, elm, dee, &[]),
        (0, elm, dee, &["mar"]),
        (0, elm, dee, &[]),
        (8, oak, cy, &["mar"]),
    ] {
        let how = Answers { missed, happened_at: Some(ago(days)), ..Answers::default() };
        tess.fill(check, site, Some(subject), how).await;
    }
    let at_night = Answers { happened_at: Some(early), ..Answers::default() };
    tess.fill(check, elm, Some(bo), at_night).await;
    for missed in [&[][..], &["signs"]] {
        tess.fill(call, elm, Some(bo), Answers { missed, ..Answers::default() }).await;
    }
    let rating = [("recognises", 2.0), ("does", 3.0), ("adapts", 2.0), ("asks", 4.0)];
    tess.fill(rubric, oak, Some(cy), Answers { numbers: &rating, ..Answers::default() }).await;
    let doses = [
        ("doses-due", 120.0),
        ("doses-late", 3.0),
        ("omissions", 1.0),
        ("variances-reported", 2.0),
        ("hours-to-report", 5.0),
        ("orders-checked", 9.0),
        ("orders-matching", 8.0),
    ];
    tess.fill(audit, elm, Some(bo), Answers { numbers: &doses, ..Answers::default() }).await;
    let older = Answers { numbers: &doses, happened_at: Some(ago(9)), ..Answers::default() };
    tess.fill(audit, oak, Some(cy), older).await;
    let unknown = Answers {
        choices: &[("safety-plan", "unknown")],
        task: Some("Find the safety plan"),
        ..Answers::default()
    };
    tess.fill(handoff, elm, None, unknown).await;
    tess.fill(handoff, oak, None, Answers::default()).await;
    let Reply::Tasks(tasks) = tess.ask(Request::Tasks { site: None }).await else { panic!("no tasks") };
    tess.done(Request::TaskDone { task: tasks[0].task.id, note: "In the red folder".into() }).await;

    for (site, days) in [(elm, 0), (elm, 1), (elm, 2), (oak, 0), (oak, 45)] {
        tess.step(near_miss(ago(days), "medication"), Some(site), None).await;
    }
    for (category, days) in [(Category::MissedVisit, 0), (Category::MissedVisit, 1), (Category::Fall, 0)] {
        tess.step(incident(category, days), Some(elm), None).await;
    }
    for (source, days) in [(Source::Complaint, 0), (Source::Complaint, 3), (Source::OnCall, 0)] {
        tess.step(signal(source, days), Some(oak), None).await;
    }
    let opened = Step::CycleOpened(CycleOpened {
        standard: check.standard,
        competency: "medication".into(),
        weakness: "Signs before the dose is given".into(),
        expected: "Signs after the dose was taken".into(),
        evidence: Evidence { validations: 1, live: 1, ..Evidence::default() },
        due: Local::now().date_naive() + Days::new(14),
        origin: Origin::Hand,
        live_by: Vec::new(),
        shifts: Vec::new(),
    });
    let cycle = tess.step(opened, Some(elm), Some(bo)).await;
    tess.fill(check, elm, Some(bo), Answers::default()).await;
    let closed = CycleClosed { of: cycle, outcome: CycleOutcome::Met, note: String::new() };
    tess.goes_on(Step::CycleClosed(closed)).await;
}

#[test]
fn every_figure_is_the_number_of_what_its_tap_opens() {
    run(async {
        let Cast { world, ada, bo, quinn, elm, bo_id, cy_id, .. } = cast().await;
        let oak = ada.add_site("Oak House").await;
        let tess_id = ada.add_person("Tess", Role::Supervisor, &[elm, oak]).await;
        ada.synced().await;
        let tess = world.paired("tess", &ada.code_for(tess_id).await).await;
        lived(&ada, &tess, elm, oak, bo_id, cy_id).await;
        // A written case, reviewed: on paper, and in no rate of practice.
        let case = bo.standard_by(Class::Scenario, "welfare").await;
        let note = bo.observe_by(case, elm, None, &[]).await;
        bo.synced().await;
        tess.refresh().await;
        tess.review(note, Outcome::Meets).await;
        tess.synced().await;
        quinn.refresh().await;

        let mut lenses = Vec::new();
        for grain in Grain::ALL {
            for site in [None, Some(elm), Some(oak)] {
                let whole = Lens { grain, site, ..Lens::default() };
                lenses.push(Lens { competency: "medication".into(), ..whole.clone() });
                lenses.push(Lens { category: Some(Category::MissedVisit), ..whole.clone() });
                lenses.push(whole);
            }
        }
        for measure in Measure::ALL {
            let mut figures = 0;
            for lens in &lenses {
                let view = quinn.chart(measure, lens).await;
                for plot in &view.plots {
                    quinn.holds_against(measure, plot, lens).await;
                    figures += usize::from(!plot.none);
                    // The curve says what the table says.
                    let chart = view.chart.as_ref().unwrap();
                    let drawn = chart.periods.iter().position(|period| *period == plot.period);
                    if let Some(drawn) = drawn {
                        assert!((chart.values[drawn] - plot.value).abs() < 1e-9, "{measure:?} {plot:?}");
                    }
                }
            }
            assert!(figures > 0, "{measure:?} was put to the test by nothing");
        }

        // T1: the month says the same as the chart and its table.
        let Reply::Month(month) = quinn.ask(Request::Month { back: 0, lens: Lens::default() }).await else {
            panic!()
        };
        let MonthView { leading, lagging, .. } = *month;
        for figure in leading.iter().chain(&lagging) {
            let view = quinn.chart(figure.measure, &Lens::default()).await;
            let now = figure.now.as_ref().map(|plot| (plot.value, plot.x, plot.n));
            let last = view.plots.last().filter(|plot| plot.so_far && !plot.none);
            assert_eq!(now, last.map(|plot| (plot.value, plot.x, plot.n)), "{:?}", figure.measure);
        }
        // A theme of the month opens its reports: as many as it says, about it and from there.
        let mut opened = 0;
        for back in [0, 1] {
            for lens in lenses.iter().filter(|lens| lens.grain == Grain::Month && lens.category.is_none()) {
                let asked = Request::Month { back, lens: lens.clone() };
                let Reply::Month(month) = quinn.ask(asked).await else { panic!() };
                let themes = month.themes.iter().map(|theme| (theme, 1));
                for (theme, months) in
                    themes.chain(month.repeated.iter().map(|theme| (theme, REPEATED_MONTHS)))
                {
                    quinn.theme_opens(theme, month.period, months, lens).await;
                    opened += 1;
                }
            }
        }
        assert!(opened > 5, "{opened} themes");

        // What was simulated is in no rate of practice, and what is on paper in neither.
        let all = Lens::default();
        let met =
            |view: &fieldproof::engine::api::ChartView| view.plots.iter().map(|plot| plot.n).sum::<f64>();
        assert_eq!(met(&quinn.chart(Measure::SimulatedMet, &all).await), 2.0);
        assert_eq!(met(&quinn.chart(Measure::PaperMet, &all).await), 3.0);
        let missed = Lens { category: Some(Category::MissedVisit), ..Lens::default() };
        let counted = quinn.chart(Measure::Incidents, &missed).await;
        assert_eq!(counted.plots.iter().map(|plot| plot.x).sum::<f64>(), 2.0, "missed visits have a chart");
    });
}

#[test]
fn measures_that_nothing_here_can_fill_are_not_offered() {
    run(async {
        let Cast { ada, quinn, .. } = cast().await;
        let offered = quinn.chart(Measure::PassRate, &Lens::default()).await.offered;
        assert!(!offered.contains(&Measure::ObservationsDone), "nobody said what is expected");
        for measure in [Measure::PassRate, Measure::SimulatedMet, Measure::LateDoses, Measure::Incidents] {
            assert!(offered.contains(&measure), "{measure:?}");
        }
        let check = quinn.standard_by(Class::Check, "medication").await;
        ada.expects(check.standard, 1, 30).await;
        let view = ada.chart(Measure::PassRate, &Lens::default()).await;
        assert!(view.offered.contains(&Measure::ObservationsDone));
    });
}
