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
    /// Whether there is no room, as far as the machine says.
    #[must_use]
    pub fn is_want_of_room(&self) -> bool {
        matches!(self, StoreError::Full | StoreError::NotWritten(_))
    }

    /// Whether the same call can succeed later without anything else being changed.
    #[must_use]
    pub fn can_retry(&self) -> bool {
        self.is_want_of_room() || matches!(self, StoreError::Sql(_))
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> StoreError {
        use rusqlite::ErrorCode;
        use rusqlite::ffi;
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => StoreError::Full,
            // Reading and locking fail under the same primary code.
            Some(ErrorCode::SystemIoFailure) => match error.sqlite_error().map(|error| error.extended_code) {
                // The shared memory beside a WAL is a file, too.
                Some(ffi::SQLITE_IOERR_SHMSIZE) => StoreError::Full,
                Some(
                    ffi::SQLITE_IOERR_WRITE
                    | ffi::SQLITE_IOERR_FSYNC
                    | ffi::SQLITE_IOERR_DIR_FSYNC
                    | ffi::SQLITE_IOERR_TRUNCATE
                    | ffi::SQLITE_IOERR_DELETE
                    | ffi::SQLITE_IOERR_CLOSE,
                ) => StoreError::NotWritten(error.to_string()),
                _ => StoreError::Sql(error),
            },
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
        for code in [
            ffi::SQLITE_IOERR_WRITE,
            ffi::SQLITE_IOERR_FSYNC,
            ffi::SQLITE_IOERR_DIR_FSYNC,
            ffi::SQLITE_IOERR_TRUNCATE,
            ffi::SQLITE_IOERR_DELETE,
            ffi::SQLITE_IOERR_CLOSE,
        ] {
            assert!(matches!(of(code), StoreError::NotWritten(_)) && of(code).can_retry(), "{code}");
        }
        assert!(matches!(of(ffi::SQLITE_IOERR_SHMSIZE), StoreError::Full));
        assert!(matches!(of(ffi::SQLITE_BUSY), StoreError::Sql(_)));
    }

    #[test]
    fn what_could_not_be_read_or_locked_is_not_said_to_be_a_failed_save() {
        for code in [
            ffi::SQLITE_IOERR_READ,
            ffi::SQLITE_IOERR_SHORT_READ,
            ffi::SQLITE_IOERR_LOCK,
            ffi::SQLITE_IOERR_UNLOCK,
            ffi::SQLITE_IOERR_FSTAT,
        ] {
            assert!(matches!(of(code), StoreError::Sql(_)) && of(code).can_retry(), "{code}");
        }
    }
}
