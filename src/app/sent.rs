//! What is claimed of a record that was finished here: one rule for the finished page, rows and pages.
//!
//! Invariant: it is asked of the engine at that moment, and "nothing more to do" is said only where this
//! record is with the server, nothing else waits or needs anybody, and the device may still send.

use super::codes;
use super::i18n::t;
use super::ui::{Ico, Tone};
use crate::engine::api::{FailureCode, Sent, Status, SyncChip};

/// How a finished record stands, with what the whole device says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Claim {
    /// It is durable here; how far it got is not known yet.
    Saved,
    /// It goes by itself as soon as there is signal.
    Waits,
    /// It cannot go: somebody has to sign in on this device again.
    SignIn,
    /// It did not get through, and not for want of signal.
    Held(FailureCode),
    /// The server has it and set it aside; somebody has to look.
    NeedsYou { code: String },
    /// The same, and somebody has looked.
    SetAside { code: String },
    /// The server has it.
    Sent(Rest),
}

/// What is left to do once a record is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rest {
    Nothing,
    /// Others wait, or are not known yet.
    Unknown,
    /// Of other people who use this device.
    Others,
    NeedsYou,
    SignIn,
}

impl Claim {
    /// Of a record that got so far; none where that was not answered.
    #[must_use]
    pub fn of(sent: Option<&Sent>, status: Option<&Status>) -> Claim {
        let (Some(sent), Some(status)) = (sent, status) else { return Claim::Saved };
        let signs_in = matches!(status.sync, SyncChip::SignInAgain { .. });
        match sent {
            Sent::NeedsYou { code, .. } => Claim::NeedsYou { code: code.clone() },
            Sent::DealtWith { code } => Claim::SetAside { code: code.clone() },
            Sent::Waiting if signs_in => Claim::SignIn,
            Sent::Waiting => match status.trouble {
                None | Some(FailureCode::NoSignal) => Claim::Waits,
                Some(trouble) => Claim::Held(trouble),
            },
            Sent::WithServer => Claim::Sent(match status.sync {
                SyncChip::AllSynced { .. } | SyncChip::SetAside { .. } | SyncChip::Receiving { .. }
                    if status.others_waiting() > 0 =>
                {
                    Rest::Others
                }
                SyncChip::AllSynced { .. } | SyncChip::SetAside { .. } | SyncChip::Receiving { .. } => {
                    Rest::Nothing
                }
                SyncChip::NeedsYou { .. } => Rest::NeedsYou,
                SyncChip::SignInAgain { .. } => Rest::SignIn,
                SyncChip::Waiting { .. } | SyncChip::Sending { .. } | SyncChip::NotYet | SyncChip::Locked => {
                    Rest::Unknown
                }
            }),
        }
    }

    /// Title, text, icon and tone. `open`: something of the record itself is left to do. `shared`: others use
    /// this device too, and nobody's entries are sent while others are unlocked.
    #[must_use]
    pub fn words(&self, open: bool, shared: bool) -> (String, String, Ico, Tone) {
        let (title, text) = match self {
            Claim::Saved => (t("done-saved"), String::new()),
            Claim::Waits if shared => (t("done-saved"), t("done-waits-shared")),
            Claim::Waits => (t("done-saved"), t("done-waits")),
            Claim::SignIn => (t("done-not-sent"), t("done-sign-in")),
            Claim::Held(trouble) => (t("done-not-sent"), codes::trouble(*trouble)),
            Claim::NeedsYou { code } | Claim::SetAside { code } => {
                (t("done-set-aside"), codes::quarantine(code))
            }
            Claim::Sent(rest) => (
                t("done-sent"),
                match rest {
                    Rest::Nothing if open => String::new(),
                    Rest::Nothing => t("done-sent-text"),
                    Rest::Unknown => String::new(),
                    Rest::Others => t("done-others-wait"),
                    Rest::NeedsYou => t("done-others-need-you"),
                    Rest::SignIn => t("done-others-sign-in"),
                },
            ),
        };
        let (icon, tone) = match self {
            Claim::Saved | Claim::Waits | Claim::Sent(_) => (Ico::Ok, Tone::Proven),
            Claim::SignIn => (Ico::Key, Tone::Missed),
            Claim::Held(_) => (Ico::Info, Tone::Waiting),
            Claim::NeedsYou { .. } => (Ico::Warn, Tone::Missed),
            Claim::SetAside { .. } => (Ico::Info, Tone::Plain),
        };
        (title, text, icon, tone)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::i18n::{Lang, say};

    fn status(sync: SyncChip, trouble: Option<FailureCode>) -> Status {
        Status { profiles: Vec::new(), me: None, sync, trouble, fetching: false }
    }

    fn synced() -> SyncChip {
        SyncChip::AllSynced { at: chrono::DateTime::UNIX_EPOCH.fixed_offset() }
    }

    fn aside() -> Sent {
        Sent::NeedsYou { code: "not_permitted".into(), field: None, message: String::new() }
    }

    fn claim(sent: &Sent, sync: SyncChip, trouble: Option<FailureCode>) -> Claim {
        Claim::of(Some(sent), Some(&status(sync, trouble)))
    }

    #[test]
    fn nothing_more_to_do_is_said_only_where_all_is_with_the_server_and_nothing_needs_anybody() {
        let done = Claim::Sent(Rest::Nothing);
        assert_eq!(claim(&Sent::WithServer, synced(), None), done);
        for chip in [
            SyncChip::Waiting { waiting: 1 },
            SyncChip::Sending { sent: 0, of: 1, waiting: 1 },
            SyncChip::NeedsYou { count: 1, waiting: 0 },
            SyncChip::SignInAgain { waiting: 0 },
            SyncChip::NotYet,
        ] {
            assert_ne!(claim(&Sent::WithServer, chip, None), done);
        }
        for sent in [Sent::Waiting, aside(), Sent::DealtWith { code: "not_permitted".into() }] {
            assert_ne!(claim(&sent, synced(), None), done);
        }
    }

    #[test]
    fn nothing_more_to_do_is_not_said_while_another_persons_entry_waits_on_the_device() {
        let profile = |n: u128, waiting| crate::engine::api::Profile {
            profile: uuid::Uuid::from_u128(n),
            name: String::new(),
            org: String::new(),
            server: String::new(),
            removed: false,
            left: None,
            waiting,
            waiting_since: None,
        };
        let claims = |waiting| {
            let status =
                Status { profiles: vec![profile(1, None), profile(2, waiting)], ..status(synced(), None) };
            Claim::of(Some(&Sent::WithServer), Some(&status))
        };
        assert_eq!(claims(Some(1)), Claim::Sent(Rest::Others));
        assert_eq!(claims(Some(0)), Claim::Sent(Rest::Nothing));
    }

    #[test]
    fn what_was_set_aside_says_why_and_what_cannot_go_never_says_that_it_goes_by_itself() {
        let chip = SyncChip::NeedsYou { count: 1, waiting: 0 };
        assert_eq!(claim(&aside(), chip, None), Claim::NeedsYou { code: "not_permitted".into() });
        assert_eq!(claim(&Sent::Waiting, SyncChip::SignInAgain { waiting: 1 }, None), Claim::SignIn);
        let waits = |trouble| claim(&Sent::Waiting, SyncChip::Waiting { waiting: 1 }, trouble);
        assert_eq!(waits(Some(FailureCode::Protocol)), Claim::Held(FailureCode::Protocol));
        assert_eq!(waits(Some(FailureCode::NotFieldproof)), Claim::Held(FailureCode::NotFieldproof));
        assert_eq!(waits(Some(FailureCode::NoSignal)), Claim::Waits);
        assert_eq!(waits(None), Claim::Waits);
        assert_eq!(Claim::of(None, Some(&status(synced(), None))), Claim::Saved);
    }

    #[test]
    fn only_what_goes_by_itself_is_said_to_need_nothing_more() {
        let says = |key| say(Lang::En, key, &[]).contains("Nothing more to do");
        assert!(says("done-sent-text"));
        for key in [
            "done-saved",
            "done-waits",
            "done-waits-shared",
            "done-not-sent",
            "done-sign-in",
            "done-set-aside",
            "done-sent",
        ] {
            assert!(!says(key), "{key}");
        }
    }
}
