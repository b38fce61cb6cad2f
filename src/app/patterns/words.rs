//! Words for competencies, themes, places and rates.

use crate::app::follow;
use crate::app::i18n::{self, t, t_args};
use crate::app::names;
use crate::engine::api::PatternRow;
use crate::insight::cohort::{Band, Cohort, Start};
use crate::insight::drift::{Change, Input};
use crate::insight::pattern::Theme;
use crate::insight::ratio::Ratio;
use crate::insight::scan::Evidence;
use crate::practice::follow::Duty;

/// "Medication", or "Medication · Handoff" where the category says more than the competency.
#[must_use]
pub fn theme(theme: &Theme) -> String {
    let what = names::competency(&theme.competency);
    match theme.category.map(follow::category) {
        Some(category) if category != what => format!("{what} · {category}"),
        _ => what,
    }
}

/// Whether chance alone explains a pattern, in plain words.
#[must_use]
pub fn evidence(evidence: Evidence) -> String {
    let years = |share: f64| if share > 0.0 { (1.0 / share).round() } else { 1000.0 };
    if evidence.beyond_chance {
        return t("pattern-beyond");
    }
    if evidence.by_chance >= 0.5 {
        return t_args("pattern-ordinary", &[("month", i18n::decimal(evidence.a_month).into())]);
    }
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at most a thousand years")]
    let years = years(evidence.by_chance).clamp(2.0, 1000.0) as u32;
    let month = i18n::decimal(evidence.a_month).into();
    t_args("pattern-maybe", &[("years", years.into()), ("month", month)])
}

/// How a window stands to what was before it.
#[must_use]
pub fn change(change: Change) -> String {
    match change {
        Change::More => t("drift-more"),
        Change::Steady => t("drift-steady"),
        Change::NotKnown => t("drift-not-known"),
    }
}

/// "Elm House", or "Across sites: Elm House, Oak House".
#[must_use]
pub fn places(row: &PatternRow) -> String {
    let names: Vec<&str> = row.sites.iter().map(|site| site.shown.as_str()).collect();
    match names.as_slice() {
        [only] => (*only).to_owned(),
        _ => t_args("pattern-across", &[("sites", names.join(", ").into())]),
    }
}

#[must_use]
pub fn input(input: Input) -> String {
    match input {
        Input::Audit => t("input-audit"),
        Input::Observation => t("input-observation"),
        Input::Theme => t("input-theme"),
        Input::Partner => t("input-partner"),
        Input::Complaint => t("input-complaint"),
    }
}

#[must_use]
pub fn duty(duty: Duty) -> String {
    match duty {
        Duty::Notify => t("duty-notify"),
        Duty::Classify => t("duty-classify"),
        Duty::Investigate => t("duty-investigate"),
        Duty::Resolve => t("duty-resolve"),
    }
}

#[must_use]
pub fn band(band: Band) -> String {
    match band {
        Band::Day => t("cohort-day"),
        Band::Evening => t("cohort-evening"),
        Band::Night => t("cohort-night"),
        Band::Weekend => t("cohort-weekend"),
    }
}

#[must_use]
pub fn start(start: Start) -> String {
    match start {
        Start::New => t("cohort-new"),
        Start::Longer => t("cohort-longer"),
    }
}

/// What kind of cohorts are compared with each other.
#[must_use]
pub fn cohort_kind(cohort: &Cohort) -> String {
    match cohort {
        Cohort::Site(_) => t("cohort-site"),
        Cohort::Programme(_) => t("cohort-programme"),
        Cohort::Band(_) => t("cohort-band"),
        Cohort::Role(_) => t("cohort-role"),
        Cohort::Start(_) => t("cohort-start"),
    }
}

/// "2.8 times the usual rate (95% interval 1.3 to 5.9)". Nothing where the other side has no case: there
/// is no number of times, and the counts beside it say all that is known.
#[must_use]
pub fn times(ratio: Ratio) -> Option<String> {
    let (times, high) = ratio.ratio.zip(ratio.high)?;
    Some(t_args(
        "ratio-times",
        &[
            ("times", i18n::decimal(times).into()),
            ("low", i18n::decimal(ratio.low).into()),
            ("high", i18n::decimal(high).into()),
        ],
    ))
}
