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
/// something waiting here. One thing, the gravest, in about 28 letters; how much waits is seen at once
/// beside it, and whose that is stands on the page behind the chip.
#[must_use]
pub fn device_words(chip: &SyncChip, others: u64) -> (String, Ico, Tone) {
    if others == 0 {
        return chip_words(chip);
    }
    match chip {
        SyncChip::Locked => chip_words(chip),
        // What waits of all: it is not sent before somebody has seen to this.
        SyncChip::NeedsYou { count, waiting } => {
            chip_words(&SyncChip::NeedsYou { count: *count, waiting: waiting.saturating_add(others) })
        }
        SyncChip::SignInAgain { waiting } => {
            chip_words(&SyncChip::SignInAgain { waiting: waiting.saturating_add(others) })
        }
        SyncChip::Waiting { waiting } => (
            t_args("chip-waiting-others", &[("mine", (*waiting).into()), ("n", others.into())]),
            Ico::Phone,
            Tone::Waiting,
        ),
        SyncChip::Sending { sent, of, .. } => (
            t_args(
                "chip-sending-others",
                &[("sent", (*sent).into()), ("of", (*of).into()), ("n", others.into())],
            ),
            Ico::Up,
            Tone::Brand,
        ),
        SyncChip::Receiving { .. }
        | SyncChip::AllSynced { .. }
        | SyncChip::SetAside { .. }
        | SyncChip::NotYet => (t_args("chip-others", &[("n", others.into())]), Ico::Phone, Tone::Waiting),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::i18n::{Lang, show_in};

    fn told(lang: Lang, chip: &SyncChip, others: u64) -> String {
        show_in(lang);
        device_words(chip, others).0
    }

    /// P-L3: on 360 px the chip stands beside a title; P-L2: no device looks clean that is not.
    #[test]
    fn beside_what_needs_somebody_stands_how_much_waits_and_both_fit_a_narrow_phone() {
        let mut dom = VirtualDom::new(|| rsx! {});
        dom.rebuild_in_place();
        dom.in_runtime(|| {
            let at = when::now();
            let needs = SyncChip::NeedsYou { count: 1, waiting: 1 };
            assert_eq!(told(Lang::En, &needs, 0), "1 needs you · 1 not sent");
            assert_eq!(told(Lang::En, &needs, 2), "1 needs you · 3 not sent");
            assert_eq!(told(Lang::Es, &needs, 2), "1 por revisar · 3 sin enviar");
            let clean = SyncChip::AllSynced { at };
            assert_eq!(told(Lang::En, &clean, 3), "Others: 3 not sent");
            assert_eq!(told(Lang::Es, &clean, 3), "Otros: 3 sin enviar");
            let waits = [
                needs,
                clean,
                SyncChip::NeedsYou { count: 2, waiting: 0 },
                SyncChip::SignInAgain { waiting: 1 },
                SyncChip::SignInAgain { waiting: 0 },
                SyncChip::Waiting { waiting: 3 },
                SyncChip::Sending { sent: 1, of: 3, waiting: 2 },
                SyncChip::Receiving { items: 40 },
                SyncChip::SetAside { count: 1, at },
                SyncChip::NotYet,
            ];
            for (lang, chip) in Lang::ALL.iter().flat_map(|lang| waits.iter().map(move |chip| (*lang, chip)))
            {
                let words = told(lang, chip, 4);
                let own = matches!(chip, SyncChip::NeedsYou { .. } | SyncChip::SignInAgain { .. });
                let count = if own { 4 + chip.waiting() } else { 4 };
                assert!(words.contains(&count.to_string()), "{words}");
                assert!(words.chars().count() <= 28, "{words}");
                assert!(device_words(chip, 4).2 != Tone::Proven, "{words}");
            }
        });
    }
}
