//! Words for competencies, themes, places and rates.

use crate::app::follow;
use crate::app::i18n::{self, t, t_args};
use crate::app::names;
use crate::engine::api::PatternRow;
use crate::insight::cohort::{Band, Cohort, Start};
use crate::insight::drift::Input;
use crate::insight::pattern::Theme;
use crate::insight::ratio::Ratio;
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

/// "Elm House", or "Across sites: Elm House, Oak House".
#[must_use]
pub fn places(row: &PatternRow) -> String {
    let names: Vec<&str> = row.sites.iter().map(|site| site.name.as_str()).collect();
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

/// "2.8 times the rest (95 % interval 1.3 to 5.9)".
#[must_use]
pub fn times(ratio: Ratio) -> String {
    match (ratio.ratio, ratio.high) {
        (Some(times), Some(high)) => t_args(
            "ratio-times",
            &[
                ("times", i18n::decimal(times).into()),
                ("low", i18n::decimal(ratio.low).into()),
                ("high", i18n::decimal(high).into()),
            ],
        ),
        _ => t_args("ratio-open", &[("low", i18n::decimal(ratio.low).into())]),
    }
}
