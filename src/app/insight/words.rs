//! Words and numbers for measures, methods and what a chart has to say.

use chrono::NaiveDate;

use crate::app::follow;
use crate::app::i18n::{decimal, t, t_args};
use crate::app::names;
use crate::app::today::join;
use crate::app::when;
use crate::engine::api::Plot;
use crate::insight::chart::{Chart, Method, Note, Sign};
use crate::insight::hold::{Band, Hold, Missing, Stand};
use crate::insight::judge::Why;
use crate::insight::measure::{Measure, Unit};
use crate::insight::period::Grain;
use crate::practice::follow::{FigureThen, Source};

pub(super) fn measure(measure: Measure) -> String {
    match measure {
        Measure::ObservationsDone => t("measure-observations-done"),
        Measure::PassRate => t("measure-pass-rate"),
        Measure::SimulatedMet => t("measure-simulated-met"),
        Measure::PaperMet => t("measure-paper-met"),
        Measure::DaysToClose => t("measure-days-to-close"),
        Measure::Recurrence => t("measure-recurrence"),
        Measure::MedicationDeviations => t("measure-medication-deviations"),
        Measure::AvoidableEscalations => t("measure-avoidable-escalations"),
        Measure::NearMisses => t("measure-near-misses"),
        Measure::Incidents => t("measure-incidents"),
        Measure::Complaints => t("measure-complaints"),
        Measure::HandoffComplete => t("measure-handoff-complete"),
        Measure::SafetyPlanUnknown => t("measure-safety-plan-unknown"),
        Measure::TaskHours => t("measure-task-hours"),
        Measure::LateDoses => t("measure-late-doses"),
        Measure::Omissions => t("measure-omissions"),
        Measure::VariancesReported => t("measure-variances-reported"),
        Measure::VarianceHours => t("measure-variance-hours"),
        Measure::Reconciled => t("measure-reconciled"),
        Measure::AuditMet => t("measure-audit-met"),
        Measure::Confidence => t("measure-confidence"),
    }
}

/// A theme of the month: its competency, and where it was reported.
pub(super) fn theme(competency: &str, source: Option<Source>) -> (String, String) {
    let title = if competency.is_empty() { t("month-no-competency") } else { names::competency(competency) };
    (title, source.map_or_else(|| t("month-incidents"), follow::source))
}

/// What one of those behind a share adds to it, where its row does not say it already.
pub(super) fn adds(measure: Measure, (x, n): (f64, f64)) -> Option<String> {
    let counts = x > 0.0;
    match measure {
        // The row says whether it was met.
        Measure::PassRate | Measure::SimulatedMet | Measure::PaperMet => None,
        Measure::Recurrence => counts.then(|| t("behind-again")),
        Measure::HandoffComplete => counts.then(|| t("behind-complete")),
        Measure::SafetyPlanUnknown => counts.then(|| t("behind-plan-unknown")),
        _ => Some(t_args("behind-adds", &[("x", decimal(x).into()), ("n", decimal(n).into())])),
    }
}

/// What exactly is counted, in a sentence.
pub(super) fn meaning(measure: Measure) -> String {
    match measure {
        Measure::ObservationsDone => t("meaning-observations-done"),
        Measure::PassRate => t("meaning-pass-rate"),
        Measure::SimulatedMet => t("meaning-simulated-met"),
        Measure::PaperMet => t("meaning-paper-met"),
        Measure::DaysToClose => t("meaning-days-to-close"),
        Measure::Recurrence => t("meaning-recurrence"),
        Measure::MedicationDeviations => t("meaning-medication-deviations"),
        Measure::AvoidableEscalations => t("meaning-avoidable-escalations"),
        Measure::NearMisses => t("meaning-near-misses"),
        Measure::Incidents => t("meaning-incidents"),
        Measure::Complaints => t("meaning-complaints"),
        Measure::HandoffComplete => t("meaning-handoff-complete"),
        Measure::SafetyPlanUnknown => t("meaning-safety-plan-unknown"),
        Measure::TaskHours => t("meaning-task-hours"),
        Measure::LateDoses => t("meaning-late-doses"),
        Measure::Omissions => t("meaning-omissions"),
        Measure::VariancesReported => t("meaning-variances-reported"),
        Measure::VarianceHours => t("meaning-variance-hours"),
        Measure::Reconciled => t("meaning-reconciled"),
        Measure::AuditMet => t("meaning-audit-met"),
        Measure::Confidence => t("meaning-confidence"),
    }
}

/// How the chart is read and why, with how often it signals where nothing changed.
pub fn why(why: Why) -> String {
    match why {
        Why::Spread => t("why-spread"),
        Why::Rare { mean } => t_args("why-rare", &[("mean", decimal(mean).into())]),
        Why::Overlap => t("why-overlap"),
        Why::Grows => t("why-grows"),
        Why::Clustered => t("why-clustered"),
        Why::TooFew { .. } => t("why-too-few"),
    }
}

/// What the line in the middle is.
pub(super) fn centre(chart: &Chart) -> String {
    match chart.method {
        Method::Cusum => t("insight-key-baseline"),
        Method::Anhoej | Method::Plain => t("insight-key-median"),
        Method::Nhs | Method::NhsScreened | Method::Control | Method::Prime => t("insight-key-mean"),
    }
}

/// Since when more went wrong than before.
pub(super) fn since(first: NaiveDate, grain: Grain) -> String {
    let when = if grain == Grain::Week { when::full_day(first) } else { when::month_year(first) };
    t_args("insight-since", &[("when", when.into())])
}

/// The periods in which nothing was counted: that nobody looked is itself a finding.
pub(super) fn gaps(plots: &[Plot], grain: Grain) -> String {
    let empty: Vec<String> =
        plots.iter().filter(|plot| plot.none).map(|plot| short_period(plot, grain)).collect();
    if empty.is_empty() {
        return String::new();
    }
    t_args("insight-gaps", &[("n", empty.len().into()), ("which", empty.join(", ").into())])
}

fn percent(share: f64) -> String {
    t_args("insight-percent", &[("n", decimal(share * 100.0).into())])
}

/// A value of the upright axis.
pub fn tick(value: f64, unit: Unit) -> String {
    if unit == Unit::Share { percent(value) } else { decimal(value) }
}

/// A value with its unit.
pub(super) fn value(value: f64, unit: Unit) -> String {
    match unit {
        Unit::Share => percent((value * 100.0).round() / 100.0),
        Unit::Days => t_args("insight-days", &[("n", decimal(value).into())]),
        Unit::Hours => t_args("insight-hours", &[("n", decimal(value).into())]),
        Unit::Rate | Unit::Events | Unit::Score => decimal(value),
    }
}

/// A figure of a review: its measure, what it was, and what it had been the month before.
pub fn figure_then(figure: &FigureThen) -> (String, String, String) {
    let code = serde_json::Value::String(figure.measure.clone());
    let Ok(known) = serde_json::from_value::<Measure>(code) else {
        return (t("setting-newer"), figure.value.map(decimal).unwrap_or_default(), String::new());
    };
    let unit = known.unit();
    let said = figure.value.map_or_else(
        || t("month-nothing"),
        |number| join([value(number, unit), counted(figure.x, figure.n, unit)]),
    );
    let before = figure.before.map(|before| t_args("month-was", &[("what", value(before, unit).into())]));
    (measure(known), said, before.unwrap_or_default())
}

/// What it was counted from: "12 of 15", "3 in 40 records", "of 7".
pub(super) fn counts(plot: &Plot, unit: Unit) -> String {
    counted(plot.x, plot.n, unit)
}

fn counted(x: f64, n: f64, unit: Unit) -> String {
    let (all, x, n) = (n, decimal(x), decimal(n));
    match unit {
        Unit::Share => t_args("insight-of", &[("x", x.into()), ("n", n.into())]),
        Unit::Rate => t_args("insight-in", &[("x", x.into()), ("n", n.into())]),
        Unit::Events => String::new(),
        Unit::Days | Unit::Hours => t_args("insight-from", &[("n", n.into())]),
        // One record holds several of them.
        Unit::Score => t_args("insight-ratings", &[("n", all.into())]),
    }
}

/// "55 to 93 %".
pub(super) fn interval(plot: &Plot) -> String {
    plot.interval.map_or_else(String::new, |interval| {
        let round = |share: f64| decimal((share * 100.0).round());
        t_args(
            "insight-interval",
            &[("low", round(interval.low).into()), ("high", round(interval.high).into())],
        )
    })
}

/// "Nov 2026" or "23 Nov 2026" for a week.
pub(super) fn period(plot: &Plot, grain: Grain) -> String {
    match grain {
        Grain::Month => when::month_year(plot.first),
        Grain::Week => when::full_day(plot.first),
    }
}

/// The same where there is little room.
pub(super) fn short_period(plot: &Plot, grain: Grain) -> String {
    match grain {
        Grain::Month => when::month_year(plot.first),
        Grain::Week => when::day_month(plot.first),
    }
}

pub(super) fn sign(sign: Sign) -> String {
    match sign {
        Sign::Outside => t("sign-outside"),
        Sign::Shift => t("sign-shift"),
        Sign::Trend => t("sign-trend"),
        Sign::NearLimit => t("sign-near-limit"),
        Sign::Risen => t("sign-risen"),
    }
}

pub(super) fn note(note: Note) -> String {
    match note {
        Note::MostlyOnCentre { on, of } => {
            t_args("note-mostly-on-centre", &[("on", on.into()), ("of", of.into())])
        }
        Note::TooFew { have, need } => {
            t_args("note-too-few", &[("have", have.into()), ("need", need.into())])
        }
        Note::TrialLimits { points } => t_args("note-trial-limits", &[("n", points.into())]),
        Note::CrossesSeldom { crossings, least } => {
            t_args("note-crosses-seldom", &[("n", crossings.into()), ("least", least.into())])
        }
    }
}

/// The chart in one sentence: "12 points, median 83 %, no signal". Where no rule was applied, nothing
/// is said about signals.
pub fn summary(chart: &Chart, unit: Unit) -> String {
    // The period that has begun is drawn and is no part of what is said.
    let n = if chart.judged > 0 { chart.judged } else { chart.values.len() };
    let said = if !chart.has_verdict() {
        t("insight-no-verdict")
    } else if chart.signals() {
        t("insight-signal")
    } else {
        t("insight-no-signal")
    };
    let centre = value(chart.centre, unit);
    match chart.method {
        Method::Cusum => t_args(
            "insight-summary-baseline",
            &[("n", n.into()), ("centre", centre.into()), ("said", said.into())],
        ),
        Method::Anhoej | Method::Plain => t_args(
            "insight-summary-median",
            &[("n", n.into()), ("centre", centre.into()), ("said", said.into())],
        ),
        Method::Nhs | Method::NhsScreened | Method::Control | Method::Prime => t_args(
            "insight-summary-mean",
            &[("n", n.into()), ("centre", centre.into()), ("said", said.into())],
        ),
    }
}

/// What the sentence leaves out: the period that has begun, as far as it has come.
pub(super) fn running(plots: &[Plot], grain: Grain, unit: Unit) -> String {
    let Some(plot) = plots.iter().rev().find(|plot| plot.so_far && !plot.none) else { return String::new() };
    let said = match unit {
        Unit::Share | Unit::Rate => counts(plot, unit),
        Unit::Events | Unit::Days | Unit::Hours | Unit::Score => {
            join([value(plot.value, unit), counts(plot, unit)])
        }
    };
    let period = period(plot, grain);
    match grain {
        Grain::Month => t_args("insight-running", &[("period", period.into()), ("said", said.into())]),
        Grain::Week => t_args("insight-running-week", &[("period", period.into()), ("said", said.into())]),
    }
}

pub fn stand(stand: Stand) -> String {
    match stand {
        Stand::TooEarly => t("hold-too-early"),
        Stand::Watch => t("hold-watch"),
        Stand::Reverted => t("hold-reverted"),
        Stand::DidNotHold => t("hold-did-not"),
        Stand::Lapsed => t("hold-lapsed"),
        Stand::Holds => t("hold-holds"),
    }
}

/// What the looks since closing show: how many were met, and what that rules out.
#[must_use]
pub fn looks(hold: &Hold) -> String {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share in percent")]
    let least = (hold.rules_out * 100.0).floor().clamp(0.0, 100.0) as u32;
    if least == 0 {
        return t_args("hold-looks", &[("met", hold.met.into()), ("n", hold.looks.into())]);
    }
    let since = when::full_day(hold.since).into();
    t_args(
        "hold-shown",
        &[("met", hold.met.into()), ("n", hold.looks.into()), ("since", since), ("least", least.into())],
    )
}

pub(super) fn band(band: Band) -> String {
    match band {
        Band::Day => t("band-day"),
        Band::Evening => t("band-evening"),
        Band::Night => t("band-night"),
        Band::Weekend => t("band-weekend"),
    }
}

/// What is missing for "holds", each in words.
pub fn missing(missing: &Missing) -> Vec<String> {
    let mut words = Vec::new();
    if missing.looks > 0 {
        words.push(t_args("missing-looks", &[("n", missing.looks.into())]));
    }
    if missing.days > 0 {
        words.push(t_args("missing-days", &[("n", missing.days.into())]));
    }
    if missing.off_hours {
        words.push(t("missing-off-hours"));
    } else if missing.bands > 0 {
        words.push(t_args("missing-bands", &[("n", missing.bands.into())]));
    }
    words
}

/// Why it does not hold, with the day, where a critical miss says so.
pub fn broken(hold: &Hold) -> Option<String> {
    let day = hold.critical_on.filter(|_| matches!(hold.stand, Stand::Reverted | Stand::DidNotHold))?;
    Some(t_args("hold-critical", &[("day", when::full_day(day).into())]))
}

#[cfg(test)]
mod tests {
    use dioxus::prelude::*;

    use super::*;

    #[test]
    fn the_period_that_runs_is_named_beside_the_caption() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let november = Plot {
            period: 1,
            first: day("2026-11-01"),
            last: day("2026-11-30"),
            x: 3.0,
            n: 4.0,
            value: 0.75,
            interval: None,
            small: true,
            so_far: true,
            none: false,
        };
        let october = Plot { so_far: false, ..november.clone() };
        let mut dom = VirtualDom::new(|| rsx! {});
        dom.rebuild_in_place();
        let said = |plots: &[Plot], grain, unit| dom.in_runtime(|| running(plots, grain, unit));
        let both = [october.clone(), november];
        assert_eq!(
            said(&both, Grain::Month, Unit::Share),
            "Nov 2026 so far: 3 of 4. Not part of the trend yet."
        );
        assert_eq!(
            said(&both, Grain::Month, Unit::Events),
            "Nov 2026 so far: 0.8. Not part of the trend yet."
        );
        assert_eq!(said(&[october], Grain::Month, Unit::Share), "", "it is over");
    }
}
