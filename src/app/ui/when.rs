//! A field for a day and a time: what it was understood as stands below it, and what is long ago is
//! asked about.
//!
//! Invariant: what is shown below the field is what is sent.

use chrono::{DateTime, FixedOffset, Local};
use dioxus::prelude::*;

use super::{Button, Field, Kind};
use crate::app::i18n::{t, t_args};
use crate::app::{device, when};
use crate::practice::clock::{self, Fault};

/// What a field of a time asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// It has happened.
    Past,
    /// It is to come.
    Due,
    /// It is to come, or was missed and is told of later.
    Visit,
}

/// What stands in the field, and the text about which somebody said that it was meant.
#[derive(Clone, Copy, PartialEq)]
pub struct When {
    pub typed: Signal<String>,
    sure: Signal<String>,
}

/// A field that opens with this time: one that stands there already was meant.
pub fn use_when(opens: impl FnOnce() -> Option<DateTime<FixedOffset>>) -> When {
    let typed = use_signal(|| opens().map(clock::to_field).unwrap_or_default());
    When { typed, sure: use_signal(|| typed.peek().clone()) }
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
        clock::due(&self.typed.read(), clock::MINUTE, when::now(), &Local)
    }

    /// When a visit begins, or was to begin. Subscribes the caller.
    ///
    /// # Errors
    /// Why that is no time to keep.
    pub fn visit(&self) -> Result<DateTime<FixedOffset>, Fault> {
        clock::due(&self.typed.read(), clock::LONG_AGO, when::now(), &Local)
    }

    /// Fills the field.
    pub fn set(mut self, at: Option<DateTime<FixedOffset>>) {
        let text = at.map(clock::to_field).unwrap_or_default();
        self.sure.set(text.clone());
        self.typed.set(text);
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

/// What was understood; of a visit that should have begun already, that too.
fn said(at: DateTime<FixedOffset>, of: Of) -> String {
    let words = when::exact(at);
    if of == Of::Visit && at < when::now() {
        t_args("when-gone-by", &[("when", words.into())])
    } else {
        words
    }
}

#[component]
pub fn WhenField(
    label: String,
    id: String,
    when: When,
    of: Of,
    /// What the form says is wrong; faults of the time itself are said as they stand.
    #[props(default)]
    error: String,
    #[props(default)] hint: String,
    #[props(default)] optional: bool,
    #[props(default)] oninput: EventHandler<()>,
) -> Element {
    let (mut typed, mut sure) = (when.typed, when.sure);
    let read = match of {
        Of::Past => when.happened(),
        Of::Due => when.due(),
        Of::Visit => when.visit(),
    };
    // What was typed and cannot be is said at once; what is still empty only when it is sent.
    let error = match read {
        Err(Fault::Missing) | Ok(_) => error,
        Err(why) => fault(why),
    };
    let ask = matches!(read, Err(Fault::LongAgo(_)));
    let field = id.clone();
    rsx! {
        div { class: "when",
            Field { label, id: id.clone(), kind: "datetime-local", value: typed(), error, hint, optional, live: true,
                understood: read.map(|at| said(at, of)).unwrap_or_default(),
                max: (of == Of::Past).then(|| clock::to_field(when::now())),
                oninput: move |text: String| {
                    typed.set(text);
                    oninput.call(());
                } }
            if ask {
                Button { kind: Kind::Ghost, test: "{id}-sure", onclick: move |()| {
                    sure.set(typed.peek().clone());
                    oninput.call(());
                    // The button goes with its question.
                    device::focus(&field);
                }, {t("when-meant")} }
            }
        }
    }
}
