//! A few reading connections, handed from caller to caller.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::Connection;
use tokio::sync::Semaphore;

use super::open;
use super::writer::PATIENCE;
use crate::storage::StorageError;

/// More readers than this would only take turns on the cores of one machine.
const READERS: usize = 8;

/// See the module. Connections are opened when first needed and kept.
pub struct Readers {
    path: PathBuf,
    free: Arc<Mutex<Vec<Connection>>>,
    turns: Arc<Semaphore>,
}

impl Readers {
    pub fn new(path: PathBuf) -> Readers {
        Readers { path, free: Arc::default(), turns: Arc::new(Semaphore::new(READERS)) }
    }

    /// Runs `work` with a connection on a thread that may block.
    pub async fn run<T, F>(&self, work: F) -> Result<T, StorageError>
    where
        T: Send + 'static,
        F: FnOnce(&mut Connection) -> Result<T, StorageError> + Send + 'static,
    {
        let turn = tokio::time::timeout(PATIENCE, self.turns.clone().acquire_owned());
        let turn = turn.await.map_err(|_| StorageError::Busy)?.map_err(|_| StorageError::Closed)?;
        let (free, path) = (self.free.clone(), self.path.clone());
        let done = tokio::task::spawn_blocking(move || {
            let _turn = turn;
            let kept = free.lock().unwrap_or_else(PoisonError::into_inner).pop();
            let mut conn = match kept {
                Some(conn) => conn,
                None => open::reader(&path)?,
            };
            let done = work(&mut conn);
            // One that failed may be in the middle of something: it is closed instead.
            if done.is_ok() {
                free.lock().unwrap_or_else(PoisonError::into_inner).push(conn);
            }
            done
        });
        done.await.unwrap_or(Err(StorageError::Closed))
    }

    /// Lets nobody in any more and closes the connections that are free.
    pub async fn close(&self) {
        // Whoever still reads is waited for.
        if let Ok(turns) = self.turns.acquire_many(u32::try_from(READERS).unwrap_or(1)).await {
            turns.forget();
        }
        self.turns.close();
        self.free.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}
