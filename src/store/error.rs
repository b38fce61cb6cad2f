//! What can go wrong in the store, and whether trying again can help.

use crate::record::LineError;

#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The file system is full; nothing of the transaction was kept. Helps once there is room.
    #[error("no room left on the device")]
    Full,
    /// The file is not a database, or not readable with this key. Trying again does not help.
    #[error("the database file cannot be read: {0}")]
    Corrupt(String),
    /// Written by a newer version of the app; updating helps.
    #[error("the database has form {0}, newer than this version reads")]
    Newer(i64),
    /// The PIN does not open the key.
    #[error("the PIN does not open this profile")]
    WrongPin,
    /// What was to be written would not read: a day or a time out of range.
    #[error("a day or a time in it is out of range")]
    Unread,
    #[error(transparent)]
    Line(#[from] LineError),
    #[error("could not be written as JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// Anything else that SQLite says. May pass.
    #[error("database: {0}")]
    Sql(rusqlite::Error),
}

impl StoreError {
    /// Whether the same call can succeed later without anything else being changed.
    #[must_use]
    pub fn can_retry(&self) -> bool {
        matches!(self, StoreError::Full | StoreError::Sql(_))
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> StoreError {
        use rusqlite::ErrorCode;
        // The shared memory beside a WAL is a file, too.
        let no_shared_memory = error
            .sqlite_error()
            .is_some_and(|error| error.extended_code == rusqlite::ffi::SQLITE_IOERR_SHMSIZE);
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => StoreError::Full,
            _ if no_shared_memory => StoreError::Full,
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
                StoreError::Corrupt(error.to_string())
            }
            _ => StoreError::Sql(error),
        }
    }
}
