//! What can go wrong in the store, and whether trying again can help.

use crate::record::LineError;

#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The file system is full; nothing of the transaction was kept. Helps once there is room.
    #[error("no room left on the device")]
    Full,
    /// The machine could not write, and said nothing of why: most often there is no room, which browsers say
    /// in no other way. Nothing of the transaction was kept. May pass.
    #[error("the device could not write: {0}")]
    NotWritten(String),
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
        matches!(self, StoreError::Full | StoreError::NotWritten(_) | StoreError::Sql(_))
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
            Some(ErrorCode::SystemIoFailure) => StoreError::NotWritten(error.to_string()),
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
                StoreError::Corrupt(error.to_string())
            }
            _ => StoreError::Sql(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use rusqlite::ffi;

    use super::StoreError;

    fn of(code: i32) -> StoreError {
        StoreError::from(rusqlite::Error::SqliteFailure(ffi::Error::new(code), None))
    }

    /// P-P5: a browser that has no room left fails the write, and says nothing else.
    #[test]
    fn a_write_that_the_machine_refuses_is_no_fault_of_the_app() {
        assert!(matches!(of(ffi::SQLITE_FULL), StoreError::Full));
        for code in [ffi::SQLITE_IOERR_WRITE, ffi::SQLITE_IOERR_FSYNC, ffi::SQLITE_IOERR_TRUNCATE] {
            assert!(matches!(of(code), StoreError::NotWritten(_)) && of(code).can_retry(), "{code}");
        }
        assert!(matches!(of(ffi::SQLITE_BUSY), StoreError::Sql(_)));
    }
}
