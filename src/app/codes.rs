//! A sentence for every code: what happened, and how to mend it.

use super::i18n::{t, t_args};
use super::ui::length;
use crate::engine::api::{Failure, FailureCode, KeyPlace};
use crate::practice::draft::Open;
use crate::sync::wire::Code;

/// What could not be done and what helps. The engine's detail is for the log and not shown, but
/// for the seconds to wait and the field that is wrong.
#[must_use]
pub fn failure(failure: &Failure) -> String {
    match failure.code {
        FailureCode::TooManyPins => wait(failure.detail.trim().parse().unwrap_or(30)),
        FailureCode::WrongPin => match failure.detail.parse::<u64>() {
            Ok(left) if left > 0 => t_args("failure-wrong-pin-left", &[("n", left.into())]),
            _ => failure_code(FailureCode::WrongPin),
        },
        FailureCode::Invalid => match field(&failure.detail) {
            Some(field) => t_args("failure-invalid-field", &[("field", field.into())]),
            None => failure_code(FailureCode::Invalid),
        },
        code => failure_code(code),
    }
}

/// The label of a field that the engine names as wrong.
fn field(detail: &str) -> Option<String> {
    match detail {
        "name" => Some(t("failure-field-name")),
        "programme" => Some(t("admin-programme")),
        "to" => Some(t("pack-to")),
        _ => None,
    }
}

/// How long is left to wait after too many wrong PINs.
#[must_use]
pub fn wait(seconds: u64) -> String {
    t_args("failure-too-many-pins", &[("n", seconds.into())])
}

/// The sentence of a code alone.
#[must_use]
pub fn failure_code(code: FailureCode) -> String {
    match code {
        FailureCode::Locked => t("failure-locked"),
        FailureCode::WrongPin => t("failure-wrong-pin"),
        FailureCode::TooManyPins => wait(30),
        FailureCode::BadPin => t("failure-bad-pin"),
        FailureCode::EasyPin => t("failure-easy-pin"),
        FailureCode::DeviceKeyGone => t("failure-device-key-gone"),
        FailureCode::KeyStoreAway => t("failure-key-store-away"),
        FailureCode::CodeInvalid => t("failure-code-invalid"),
        FailureCode::NoSignal => t("failure-no-signal"),
        FailureCode::NotFieldproof => t("failure-not-fieldproof"),
        FailureCode::SpoiltOnTheWay => t("failure-spoilt-on-the-way"),
        FailureCode::ServerBusy => t("failure-server-busy"),
        FailureCode::NotPermitted => t("failure-not-permitted"),
        FailureCode::LastAdmin => t("failure-last-admin"),
        FailureCode::TooManyCodes => t("failure-too-many-codes"),
        FailureCode::Fetching => t("failure-fetching"),
        FailureCode::NotFound => t("failure-not-found"),
        FailureCode::DiskFull => t("failure-disk-full"),
        FailureCode::NotWritten => t("failure-not-written"),
        FailureCode::ServerRefused => t("failure-server-refused"),
        FailureCode::DeviceRemoved => t("failure-device-removed"),
        FailureCode::Corrupt => t("failure-corrupt"),
        FailureCode::TooLong => t("failure-too-long"),
        FailureCode::TooMuch => t("failure-too-much"),
        FailureCode::Invalid => t("failure-invalid"),
        FailureCode::NewerVersion => t("failure-newer-version"),
        FailureCode::Protocol => t("failure-protocol"),
        FailureCode::Internal => t("failure-internal"),
    }
}

/// Why an exchange did not get through. What was saved is saved, and the app tries again by itself: so a
/// full device and a busy server have sentences of their own here.
#[must_use]
pub fn trouble(code: FailureCode) -> String {
    match code {
        FailureCode::DiskFull | FailureCode::NotWritten => t("sync-no-room"),
        FailureCode::ServerBusy => t("sync-server-busy"),
        code => failure_code(code),
    }
}

/// What protects the records beside the PIN.
#[must_use]
pub fn key_place(place: KeyPlace) -> String {
    match place {
        KeyPlace::System => t("key-place-system"),
        KeyPlace::Browser => t("key-place-browser"),
        KeyPlace::File => t("key-place-file"),
        KeyPlace::PinAlone => t("key-place-pin-alone"),
    }
}

/// Why the server kept an event apart, from the code on the wire. A newer server may know more.
#[must_use]
pub fn quarantine(code: &str) -> String {
    const KNOWN: [Code; 11] = [
        Code::Malformed,
        Code::WrongReplica,
        Code::WrongSeq,
        Code::WrongAuthor,
        Code::DuplicateId,
        Code::NotPermitted,
        Code::UnknownSite,
        Code::UnknownSubject,
        Code::InvalidBody,
        Code::RevokedDevice,
        Code::Taken,
    ];
    let Some(known) = KNOWN.into_iter().find(|known| known.as_str() == code) else {
        return t_args("quarantine-other", &[("code", code.to_owned().into())]);
    };
    match known {
        Code::Malformed => t("quarantine-malformed"),
        Code::WrongReplica => t("quarantine-wrong-replica"),
        Code::WrongSeq => t("quarantine-wrong-seq"),
        Code::WrongAuthor => t("quarantine-wrong-author"),
        Code::DuplicateId => t("quarantine-duplicate-id"),
        Code::NotPermitted => t("quarantine-not-permitted"),
        Code::UnknownSite => t("quarantine-unknown-site"),
        Code::UnknownSubject => t("quarantine-unknown-subject"),
        Code::InvalidBody => t("quarantine-invalid-body"),
        Code::RevokedDevice => t("quarantine-revoked-device"),
        Code::Taken => t("quarantine-taken"),
    }
}

/// What still stands between a draft and "finished".
#[must_use]
pub fn open(open: &Open) -> String {
    match open {
        Open::Unanswered { .. } => t("open-unanswered"),
        Open::OutOfRange { .. } => t("open-out-of-range"),
        Open::NotANumber { .. } => t("open-not-a-number"),
        Open::NotWhole { .. } => t("number-not-whole"),
        Open::MoreThanWhole { .. } => t("open-more-than-whole"),
        Open::NotAllowed { .. } => t("open-not-allowed"),
        Open::UnknownItem { .. } => t("open-unknown-item"),
        Open::Unsaid { .. } => t("open-unsaid"),
        Open::CriticalMissed { .. } => t("open-critical-missed"),
        Open::NoSubject => t("open-no-subject"),
        Open::NoSite => t("open-no-site"),
        Open::NoConsent => t("open-no-consent"),
        Open::NoSetting => t("open-no-setting"),
        Open::NoTime { field } if field == "when" => t("open-no-time"),
        Open::NoTime { field } if field == "happened-at" => t("open-no-happened"),
        Open::NoTime { .. } => t("open-unread-time"),
        Open::EmptyTask { index } => {
            t_args("open-empty-task", &[("n", u64::try_from(index + 1).unwrap_or(1).into())])
        }
        Open::EmptyCoaching { .. } => t("open-empty-coaching"),
        Open::PastDay { .. } => t("open-past-day"),
        Open::NoReason => t("open-no-reason"),
        Open::NothingChanged => t("open-nothing-changed"),
        Open::TooLong { by, .. } => length::said(*by),
        Open::InDispute { .. } => t("open-in-dispute"),
        Open::Changed => t("open-changed"),
    }
}
