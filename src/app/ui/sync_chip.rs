//! The chip that always tells the truth.
//!
//! Invariant: its words are those of `engine::api::SyncChip` and claim nothing beyond it; "all
//! synced" is said only where the engine proved it.

use dioxus::prelude::*;

use super::{Go, Ico, Icon, Tone};
use crate::app::i18n::{t, t_args};
use crate::app::route::Route;
use crate::app::state::use_app;
use crate::app::when;
use crate::engine::api::SyncChip;

/// Words, icon and tone of the chip.
#[must_use]
fn chip_words(chip: &SyncChip) -> (String, Ico, Tone) {
    match chip {
        SyncChip::Locked => (t("chip-locked"), Ico::Lock, Tone::Plain),
        SyncChip::Waiting { waiting } => {
            (t_args("chip-waiting", &[("n", (*waiting).into())]), Ico::Phone, Tone::Waiting)
        }
        SyncChip::Sending { sent, of, .. } => {
            (t_args("chip-sending", &[("sent", (*sent).into()), ("of", (*of).into())]), Ico::Up, Tone::Brand)
        }
        SyncChip::Receiving { items } => {
            (t_args("chip-receiving", &[("n", (*items).into())]), Ico::Download, Tone::Brand)
        }
        SyncChip::AllSynced { at } => {
            (t_args("chip-all-synced", &[("time", when::short_in(*at).into())]), Ico::Ok, Tone::Proven)
        }
        SyncChip::SetAside { count, at } => (
            t_args("chip-set-aside", &[("n", (*count).into()), ("time", when::short_in(*at).into())]),
            Ico::Info,
            Tone::Plain,
        ),
        SyncChip::NotYet => (t("chip-not-yet"), Ico::Clock, Tone::Waiting),
        SyncChip::NeedsYou { count, waiting } if *waiting > 0 => (
            t_args("chip-needs-you-waiting", &[("n", (*count).into()), ("waiting", (*waiting).into())]),
            Ico::Warn,
            Tone::Missed,
        ),
        SyncChip::NeedsYou { count, .. } => {
            (t_args("chip-needs-you", &[("n", (*count).into())]), Ico::Warn, Tone::Missed)
        }
        SyncChip::SignInAgain { waiting: 0 } => (t("chip-sign-in"), Ico::Key, Tone::Missed),
        SyncChip::SignInAgain { waiting } => {
            (t_args("chip-sign-in-waiting", &[("n", (*waiting).into())]), Ico::Key, Tone::Missed)
        }
    }
}

/// The same of the whole device: what is clean for one person is not called so where others have
/// something waiting here.
#[must_use]
pub fn device_words(chip: &SyncChip, others: u64) -> (String, Ico, Tone) {
    let (mine, icon, tone) = chip_words(chip);
    match chip {
        _ if others == 0 => (mine, icon, tone),
        SyncChip::Locked => (mine, icon, tone),
        SyncChip::AllSynced { at } => (
            t_args("chip-mine-synced", &[("time", when::short_in(*at).into()), ("n", others.into())]),
            Ico::Phone,
            Tone::Waiting,
        ),
        _ => (t_args("chip-and-others", &[("mine", mine.into()), ("n", others.into())]), icon, tone),
    }
}

/// The chip as a link to the list behind it.
#[component]
pub fn ChipLink() -> Element {
    let app = use_app();
    // The Status request carries the chip, so every screen has it without asking again.
    let chip = use_memo(move || {
        app.status.read().as_ref().map(|status| device_words(&status.sync, status.others_waiting()))
    });
    let Some((words, icon, tone)) = chip() else { return rsx! {} };
    let class = format!("chip chip-link {}", tone.class());
    rsx! {
        Go { to: Route::SyncPage {}, class, test: "sync-chip",
            Icon { icon }
            span { {words} }
        }
    }
}
