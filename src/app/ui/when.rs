//! A field for a day and a time: what it was understood as stands below it, and what is long ago is
//! asked about.
//!
//! Invariant: what is shown below the field is what is sent.

use chrono::{DateTime, FixedOffset, Local};
use dioxus::prelude::*;

use super::{Button, Field, Kind};
use crate::app::i18n::{t, t_args};
use crate::app::when;
use crate::practice::clock::{self, Fault};

/// What stands in the field, and the text about which somebody said that it was meant.
#[derive(Clone, Copy, PartialEq)]
pub struct When {
    pub typed: Signal<String>,
    sure: Signal<String>,
}

/// A field that opens with this time.
pub fn use_when(opens: impl FnOnce() -> Option<DateTime<FixedOffset>>) -> When {
    let typed = use_signal(|| opens().map(clock::to_field).unwrap_or_default());
    When { typed, sure: use_signal(String::new) }
}

impl When {
    /// When something happened. Subscribes the caller.
    ///
    /// # Errors
    /// Why that is no time to keep.
    pub fn happened(&self) -> Result<DateTime<FixedOffset>, Fault> {
        let typed = self.typed.read();
        clock::happened(&typed, *typed == *self.sure.read(), when::now(), &Local)
    }

    /// By when something is to be done. Subscribes the caller.
    ///
    /// # Errors
    /// Why that is no time to keep.
    pub fn due(&self) -> Result<DateTime<FixedOffset>, Fault> {
        clock::due(&self.typed.read(), when::now(), &Local)
    }
}

/// Why it is no time to keep, in words for the field.
#[must_use]
pub fn fault(fault: Fault) -> String {
    match fault {
        Fault::Missing => t("when-missing"),
        Fault::NoTime => t("when-no-time"),
        Fault::Ahead => t("when-ahead"),
        Fault::LongAgo(at) => t_args("when-long-ago", &[("when", when::exact(at).into())]),
        Fault::Over => t("when-over"),
        Fault::FarAhead => t("when-far-ahead"),
    }
}

#[component]
pub fn WhenField(
    label: String,
    id: String,
    when: When,
    /// It has happened; else it is to come.
    past: bool,
    /// What the form says is wrong; faults of the time itself are said as they stand.
    #[props(default)]
    error: String,
    #[props(default)] hint: String,
    #[props(default)] optional: bool,
    #[props(default)] oninput: EventHandler<()>,
) -> Element {
    let (mut typed, mut sure) = (when.typed, when.sure);
    let read = if past { when.happened() } else { when.due() };
    // What was typed and cannot be is said at once; what is still empty only when it is sent.
    let error = match read {
        Err(Fault::Missing) | Ok(_) => error,
        Err(why) => fault(why),
    };
    rsx! {
        div { class: "when",
            Field { label, id: id.clone(), kind: "datetime-local", value: typed(), error, hint, optional,
                max: past.then(|| clock::to_field(when::now())),
                oninput: move |text: String| {
                    typed.set(text);
                    oninput.call(());
                } }
            match read {
                Ok(at) => rsx! { p { class: "hint", "data-test": "{id}-read", {when::exact(at)} } },
                Err(Fault::LongAgo(_)) => rsx! {
                    Button { kind: Kind::Ghost, test: "{id}-sure", onclick: move |()| {
                        sure.set(typed.peek().clone());
                        oninput.call(());
                    }, {t("when-meant")} }
                },
                Err(_) => rsx! {},
            }
        }
    }
}
