//! What all screens are made of. Each piece carries its own labels, roles and focus rules, so that
//! a screen built from them is accessible without thinking of it.
//!
//! Invariants: no inline styles (the content policy forbids them); colour never speaks alone – a
//! tone always comes with an icon and a word; what a browser test must find has a `data-test`.

mod button;
mod choice;
mod dialog;
mod field;
mod heard;
mod icon;
pub mod length;
mod list;
mod notes;
mod page;
mod pin;
pub mod reading;
mod said;
mod sync_chip;
mod when;

pub use button::{Button, Kind};
pub use choice::{Pick, Pills, Select, Switch, Ticks};
pub use dialog::Dialog;
pub use field::Field;
pub use heard::Heard;
pub use icon::{Ico, Icon};
pub use list::{Card, Go, LongRows, More, Row, RowText, Rows, shown, shown_of};
pub use notes::{Asking, Banner, Chip, Empty, ErrorNote, Fault, Fetching, Seen, Toasts, show};
pub use page::{Page, Section};
pub use pin::PinField;
pub use said::Said;
pub use sync_chip::{ChipLink, device_words};
pub use when::{Of, When, WhenField, fault, use_when};

/// What a state feels like; always beside a word and an icon.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    #[default]
    Plain,
    Brand,
    Waiting,
    Proven,
    Missed,
}

impl Tone {
    /// The class that carries the tone's colours.
    #[must_use]
    pub fn class(self) -> &'static str {
        match self {
            Tone::Plain => "tone-plain",
            Tone::Brand => "tone-brand",
            Tone::Waiting => "tone-waiting",
            Tone::Proven => "tone-proven",
            Tone::Missed => "tone-missed",
        }
    }
}
