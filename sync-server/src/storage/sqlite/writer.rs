//! The one writer: a thread with the only writing connection of this process, and its queue.
//!
//! Invariant: **group commit**. What waits in the queue is done in one transaction, task after
//! task, each seeing what the one before it did; all are answered after the one commit. Where a
//! task fails, the transaction is rolled back and each of its tasks gets one of its own, so that
//! nobody fails for somebody else's reason.
//!
//! Invariant: what is answered with [`StorageError::Busy`] was not done and will not be. A task that
//! waits too long is given up by whoever asked only while it has not begun.

use std::sync::atomic::{AtomicU8, Ordering::SeqCst};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, TransactionBehavior};
use tokio::sync::oneshot;

use super::unit::{Registries, Unit};
use crate::storage::StorageError;

/// As many tasks may wait; more are told to come back.
const QUEUE: usize = 1024;
/// As many go into one transaction: 64 batches of 500 lines are some 40 MB.
const GROUP: usize = 64;

/// How long a task waits for its turn: longer than a transaction and another process's lock take,
/// and shorter than a device waits for its answer.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// How far a task is.
const WAITING: u8 = 0;
const BEGUN: u8 = 1;
const GIVEN_UP: u8 = 2;

trait Task: Send {
    /// Whether it is still wanted; from then on it is not given up.
    fn begin(&self) -> bool;
    fn run(&mut self, unit: &mut Unit<'_>) -> Result<(), StorageError>;
    fn answer(self: Box<Self>, failed: Option<StorageError>);
}

struct Work<T, F> {
    progress: Arc<AtomicU8>,
    work: F,
    done: Option<T>,
    reply: oneshot::Sender<Result<T, StorageError>>,
}

impl<T, F> Task for Work<T, F>
where
    T: Send,
    F: FnMut(&mut Unit<'_>) -> Result<T, StorageError> + Send,
{
    fn begin(&self) -> bool {
        self.progress.compare_exchange(WAITING, BEGUN, SeqCst, SeqCst).is_ok()
    }

    fn run(&mut self, unit: &mut Unit<'_>) -> Result<(), StorageError> {
        self.done = Some((self.work)(unit)?);
        Ok(())
    }

    fn answer(self: Box<Self>, failed: Option<StorageError>) {
        let answer = match (failed, self.done) {
            (None, Some(done)) => Ok(done),
            (Some(error), _) => Err(error),
            (None, None) => Err(StorageError::Closed),
        };
        // A caller that went away has no use for its answer; what it asked for is stored.
        let _ = self.reply.send(answer);
    }
}

/// The queue's other end. Cheap to share.
pub struct Writer {
    queue: Mutex<Option<SyncSender<Box<dyn Task>>>>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

impl Writer {
    /// Starts the thread over an open connection.
    pub fn start(conn: Connection) -> Result<Writer, StorageError> {
        let (queue, waiting) = sync_channel(QUEUE);
        let thread =
            std::thread::Builder::new().name("writer".into()).spawn(move || write(conn, &waiting))?;
        Ok(Writer { queue: Mutex::new(Some(queue)), thread: Mutex::new(Some(thread)) })
    }

    /// Does `work` inside a write transaction and answers after its commit. `work` may run twice
    /// where the first transaction was rolled back for another task's sake.
    pub async fn run<T, F>(&self, work: F) -> Result<T, StorageError>
    where
        T: Send + 'static,
        F: FnMut(&mut Unit<'_>) -> Result<T, StorageError> + Send + 'static,
    {
        let (reply, mut answer) = oneshot::channel();
        let progress = Arc::new(AtomicU8::new(WAITING));
        let task = Box::new(Work { progress: progress.clone(), work, done: None, reply });
        {
            let queue = self.queue.lock().unwrap_or_else(PoisonError::into_inner);
            let queue = queue.as_ref().ok_or(StorageError::Closed)?;
            queue.try_send(task).map_err(|error| match error {
                TrySendError::Full(_) => StorageError::Busy,
                TrySendError::Disconnected(_) => StorageError::Closed,
            })?;
        }
        let answered = match tokio::time::timeout(PATIENCE, &mut answer).await {
            Ok(answered) => answered,
            Err(_) if progress.compare_exchange(WAITING, GIVEN_UP, SeqCst, SeqCst).is_ok() => {
                return Err(StorageError::Busy);
            }
            Err(_) => answer.await,
        };
        answered.unwrap_or(Err(StorageError::Closed))
    }

    /// Takes no more work, and returns the thread that finishes what is queued, to be joined.
    pub fn stop(&self) -> Option<JoinHandle<()>> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner).take();
        self.thread.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        if let Some(thread) = self.stop() {
            let _ = thread.join();
        }
    }
}

fn write(mut conn: Connection, waiting: &Receiver<Box<dyn Task>>) {
    let mut registries = Registries::default();
    while let Ok(first) = waiting.recv() {
        let mut tasks = vec![first];
        while tasks.len() < GROUP
            && let Ok(next) = waiting.try_recv()
        {
            tasks.push(next);
        }
        tasks.retain(|task| task.begin());
        match group(&mut conn, &mut registries, &mut tasks) {
            Ok(()) => tasks.into_iter().for_each(|task| task.answer(None)),
            // Another process has the lock and keeps it: one by one they would each wait as long again.
            Err(StorageError::Busy) => {
                tracing::warn!(tasks = tasks.len(), "another process holds the database");
                tasks.into_iter().for_each(|task| task.answer(Some(StorageError::Busy)));
            }
            Err(error) => {
                tracing::warn!(%error, tasks = tasks.len(), "a write transaction was rolled back");
                for mut task in tasks {
                    let failed = group(&mut conn, &mut registries, std::slice::from_mut(&mut task)).err();
                    task.answer(failed);
                }
            }
        }
    }
    // The last one out leaves one plain file behind. Another process may still be reading: then
    // it is left to that one.
    let _ = conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
}

fn group(
    conn: &mut Connection,
    registries: &mut Registries,
    tasks: &mut [Box<dyn Task>],
) -> Result<(), StorageError> {
    let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate).map_err(|error| {
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy) => StorageError::Busy,
            _ => error.into(),
        }
    })?;
    let mut unit = Unit::new(&tx, registries)?;
    for task in tasks {
        task.run(&mut unit)?;
    }
    let current = unit.finish()?;
    tx.commit()?;
    registries.keep(current);
    Ok(())
}
