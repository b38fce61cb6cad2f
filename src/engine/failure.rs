//! From what went wrong below to what a screen has a sentence for.

use super::api::{Failure, FailureCode, Reply};
use super::host::{BindError, NetError};
use crate::store::StoreError;

impl Failure {
    /// A failure that trying again cannot mend.
    pub(super) fn of(code: FailureCode, detail: impl Into<String>) -> Failure {
        Failure { code, detail: detail.into(), again: false }
    }

    /// A failure that may pass.
    pub(super) fn passing(code: FailureCode, detail: impl Into<String>) -> Failure {
        Failure { code, detail: detail.into(), again: true }
    }

    pub(super) fn not_found() -> Failure {
        Failure::of(FailureCode::NotFound, "")
    }

    pub(super) fn not_permitted() -> Failure {
        Failure::of(FailureCode::NotPermitted, "")
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Failure {
        let code = match &error {
            StoreError::Full => FailureCode::DiskFull,
            StoreError::NotWritten(_) => FailureCode::NotWritten,
            StoreError::Corrupt(_) => FailureCode::Corrupt,
            StoreError::Newer(_) => FailureCode::NewerVersion,
            StoreError::WrongPin => FailureCode::WrongPin,
            StoreError::Unread => FailureCode::Invalid,
            StoreError::Line(crate::record::LineError::TooLong(_)) => FailureCode::TooLong,
            StoreError::Line(_) | StoreError::Json(_) | StoreError::Sql(_) => FailureCode::Internal,
        };
        Failure { code, again: error.can_retry(), detail: error.to_string() }
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Failure {
        Failure::of(FailureCode::Internal, error.to_string())
    }
}

impl From<NetError> for Failure {
    fn from(error: NetError) -> Failure {
        Failure::passing(FailureCode::NoSignal, error.0)
    }
}

impl From<BindError> for Failure {
    fn from(error: BindError) -> Failure {
        match error {
            BindError::Gone => Failure::of(FailureCode::DeviceKeyGone, error.to_string()),
            BindError::Unavailable(_) => Failure::passing(FailureCode::KeyStoreAway, error.to_string()),
        }
    }
}

impl From<Result<Reply, Failure>> for Reply {
    fn from(result: Result<Reply, Failure>) -> Reply {
        result.unwrap_or_else(Reply::Failed)
    }
}
