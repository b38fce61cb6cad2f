//! When shifts change at a site: at the usual times, or at its own.

use dioxus::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::pen::{Typed, pen};
use crate::app::i18n::{t, t_args};
use crate::app::ui::{Field, Pick, Pills};
use crate::engine::api::{SettingsView, SiteRow};
use crate::practice::settings::ShiftTimes;
use crate::practice::settings::single::shifts_key;

const USUAL: &str = "usual";
const TWO: &str = "two";
const THREE: &str = "three";

/// "07:00" as minutes after midnight.
fn minutes(text: &str) -> Option<u16> {
    let (hour, minute) = text.split_once(':')?;
    let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.get(..2)?.parse().ok()?);
    (hour < 24 && minute < 60).then(|| hour.saturating_mul(60).saturating_add(minute))
}

fn shown(minutes: u16) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

/// What a site has, as its three fields show it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Shown {
    how: String,
    early: String,
    late: String,
    night: String,
}

impl Shown {
    fn of(times: Option<ShiftTimes>) -> Shown {
        let how = match times {
            None => USUAL,
            Some(ShiftTimes { late: None, .. }) => TWO,
            Some(_) => THREE,
        };
        let times = times.unwrap_or_default();
        let late = times.late.or(ShiftTimes::default().late).map(shown).unwrap_or_default();
        Shown { how: how.to_owned(), early: shown(times.early), late, night: shown(times.night) }
    }

    /// None where the times do not follow each other.
    fn value(&self) -> Option<Value> {
        if self.how == USUAL {
            return Some(Value::Null);
        }
        let late = if self.how == THREE { Some(minutes(&self.late)?) } else { None };
        let times = ShiftTimes { early: minutes(&self.early)?, late, night: minutes(&self.night)? };
        times.sound().map(|times| json!(times))
    }
}

#[component]
pub fn Site(view: SettingsView, site: SiteRow) -> Element {
    let pen = pen();
    let key = shifts_key(site.site);
    let field = format!("shifts-{}-usual", site.site);
    let known = view.known.get(&key).cloned().unwrap_or_default();
    let typed = pen.of(&key).and_then(|typed| serde_json::from_str::<Shown>(&typed.text).ok());
    let now = typed.unwrap_or_else(|| Shown::of(view.settings.shifts.get(&site.site).copied()));
    let put = use_callback(move |shown: Shown| {
        // All three fields stand in the text of this one setting.
        let text = serde_json::to_string(&shown).unwrap_or_default();
        let typed = match shown.value() {
            Some(value) => Typed::valid(text, value, &known, &field),
            None => Typed::wrong(text, &field),
        };
        pen.typed_in(&key, typed);
    });
    let Shown { how, early, late, night } = now.clone();
    let wrong = now.value().is_none();
    let (for_early, for_late, for_night) = (now.clone(), now.clone(), now);
    let name = format!("shifts-{}", site.site);
    let id = |what: &str| format!("{name}-{what}");
    rsx! {
        div { class: "card form", "data-test": "shifts-site",
            Pills { legend: t_args("settings-shifts-at", &[("site", site.shown.clone().into())]), name: name.clone(), chosen: how.clone(),
                error: if wrong { t("settings-shifts-wrong") } else { String::new() },
                picks: vec![Pick::new(USUAL, t("settings-shifts-usual")), Pick::new(TWO, t("settings-shifts-two")), Pick::new(THREE, t("settings-shifts-three"))],
                onchoose: move |value: String| {
                    let how = match value.as_str() { TWO => TWO, THREE => THREE, _ => USUAL };
                    let times = if how == TWO { ("07:00".to_owned(), "19:00".to_owned()) } else { ("06:00".to_owned(), "22:00".to_owned()) };
                    put.call(Shown { how: how.to_owned(), early: times.0, late: "14:00".to_owned(), night: times.1 });
                } }
            if how != USUAL {
                Field { label: t("settings-shift-early"), id: id("early"), kind: "time", value: early,
                    oninput: move |text: String| put.call(Shown { early: text, ..for_early.clone() }) }
                if how == THREE {
                    Field { label: t("settings-shift-late"), id: id("late"), kind: "time", value: late,
                        oninput: move |text: String| put.call(Shown { late: text, ..for_late.clone() }) }
                }
                Field { label: t("settings-shift-night"), id: id("night"), kind: "time", value: night,
                    oninput: move |text: String| put.call(Shown { night: text, ..for_night.clone() }) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_house_of_two_shifts_is_written_as_one_and_times_that_cannot_be_are_not() {
        let seven =
            Shown { how: TWO.into(), early: "07:00".into(), late: String::new(), night: "19:30".into() };
        assert_eq!(seven.value(), Some(json!({"early": 420, "late": null, "night": 1170})));
        assert_eq!(Shown { how: USUAL.into(), ..seven.clone() }.value(), Some(Value::Null));
        assert_eq!(Shown { night: "05:00".into(), ..seven.clone() }.value(), None);
        assert_eq!(Shown { early: String::new(), ..seven }.value(), None);
    }
}
