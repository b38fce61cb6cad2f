//! Words for competencies, themes, places and rates.

use crate::app::follow;
use crate::app::i18n::{t, t_args};
use crate::engine::api::PatternRow;
use crate::insight::cohort::{Band, Cohort};
use crate::insight::drift::Input;
use crate::insight::pattern::Theme;
use crate::insight::ratio::Ratio;
use crate::practice::follow::{Category, Duty};

/// A competency by its code: the starters' in words, an untagged report's by its category, an
/// organisation's own as it stands.
#[must_use]
pub fn competency(code: &str) -> String {
    match code {
        "handoff" => t("competency-handoff"),
        "medication" => t("competency-medication"),
        "escalation" => t("competency-escalation"),
        "documentation" => t("competency-documentation"),
        "welfare" => t("competency-welfare"),
        "visits" => t("competency-visits"),
        "rights" => t("competency-rights"),
        "communication" => t("competency-communication"),
        "distress" => t("competency-distress"),
        code => Category::ALL
            .into_iter()
            .find(|category| category.as_str() == code)
            .map_or_else(|| code.to_owned(), follow::category),
    }
}

/// "Medication", or "Medication · Handoff" where the category says more than the competency.
#[must_use]
pub fn theme(theme: &Theme) -> String {
    let what = competency(&theme.competency);
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

/// What kind of cohorts are compared with each other.
#[must_use]
pub fn cohort_kind(cohort: &Cohort) -> String {
    match cohort {
        Cohort::Site(_) => t("cohort-site"),
        Cohort::Programme(_) => t("cohort-programme"),
        Cohort::Band(_) => t("cohort-band"),
        Cohort::Role(_) => t("cohort-role"),
    }
}

/// A number with one decimal, by the language's own sign.
#[must_use]
pub fn decimal(value: f64) -> String {
    // A ratio of counts on a device is far from what an integer cannot hold.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped before")]
    let tenths = (value * 10.0).round().clamp(0.0, 1e9) as u64;
    t_args(
        "size-decimal",
        &[("whole", (tenths / 10).to_string().into()), ("tenth", (tenths % 10).to_string().into())],
    )
}

/// "2.8 times the rest (95 % interval 1.3 to 5.9)".
#[must_use]
pub fn times(ratio: Ratio) -> String {
    match (ratio.ratio, ratio.high) {
        (Some(times), Some(high)) => t_args(
            "ratio-times",
            &[
                ("times", decimal(times).into()),
                ("low", decimal(ratio.low).into()),
                ("high", decimal(high).into()),
            ],
        ),
        _ => t_args("ratio-open", &[("low", decimal(ratio.low).into())]),
    }
}
