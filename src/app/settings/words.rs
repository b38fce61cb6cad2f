//! Each setting and its value in plain words.

use serde_json::Value;

use crate::app::i18n::{t, t_args};
use crate::app::names;
use crate::engine::api::SettingsView;
use crate::practice::editing::Often;
use crate::practice::settings::ShiftTimes;
use crate::practice::settings::single::{expected_of, shifts_of};

/// The name of a setting, as its field has it.
pub fn key(key: &str, view: &SettingsView) -> String {
    if let Some(standard) = expected_of(key) {
        let title = view.standards.get(&standard).map(names::text).unwrap_or_default();
        return t_args("setting-expected", &[("standard", title.into())]);
    }
    if let Some(site) = shifts_of(key) {
        let name = view.sites.iter().find(|row| row.site == site).map(|row| row.shown.clone());
        return t_args("settings-shifts-at", &[("site", name.unwrap_or_default().into())]);
    }
    match key {
        "pattern_count" => t("threshold-pattern-count"),
        "pattern_days" => t("threshold-pattern-days"),
        "pattern_same_category" => t("threshold-category"),
        "drift_count" => t("threshold-drift-count"),
        "drift_days" => t("threshold-drift-days"),
        "classify_hours" => t("threshold-classify"),
        "notify_hours" => t("threshold-notify"),
        "investigate_hours" => t("threshold-investigate"),
        "resolve_days" => t("threshold-resolve"),
        "action_days" => t("threshold-action"),
        "hold_looks" => t("setting-hold-looks"),
        "hold_weeks" => t("setting-hold-weeks"),
        "hold_bands" => t("setting-hold-bands"),
        "recheck_days" => t("setting-recheck-days"),
        _ => t("setting-newer"),
    }
}

/// A list of days.
pub fn days(days: &[u32]) -> String {
    days.iter().map(u32::to_string).collect::<Vec<_>>().join(", ")
}

/// "Twice within 30 days", or that nothing is said.
pub fn often(often: Option<Often>) -> String {
    often.map_or_else(
        || t("write-expected-none"),
        |often| {
            let times = t_args("write-expected-times", &[("n", often.times.into())]);
            t_args("setting-often", &[("times", times.into()), ("days", often.days.into())])
        },
    )
}

/// A value of a setting.
pub fn value(key: &str, value: &Value) -> String {
    if expected_of(key).is_some() {
        return often(serde_json::from_value(value.clone()).unwrap_or_default());
    }
    if shifts_of(key).is_some() {
        let times: Option<ShiftTimes> = serde_json::from_value(value.clone()).unwrap_or_default();
        let at = |minutes: u16| format!("{:02}:{:02}", minutes / 60, minutes % 60);
        let starts = |times: ShiftTimes| times.starts().into_iter().map(at).collect::<Vec<_>>().join(" · ");
        return times.map_or_else(|| t("settings-shifts-usual"), starts);
    }
    match value {
        Value::Bool(on) => t(if *on { "settings-yes" } else { "settings-no" }),
        Value::Array(all) => all.iter().map(Value::to_string).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}
