//! The embedded back end: one SQLite file in WAL mode, one writer thread with group commit, a few
//! readers. Nothing to set up, and safe beside other processes on the same file.

mod backup;
mod budget;
mod migrate;
mod open;
mod pairings;
mod people;
mod probe;
mod proofs;
mod pull;
mod push;
mod quarantine;
mod readers;
mod server_line;
mod sql;
mod unit;
mod verify;
mod void;
mod wal;
mod writer;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use async_trait::async_trait;
use fieldproof::practice::rights::Stream;
use fieldproof::sync::wire::{Proof, ServerHead};
use uuid::Uuid;

pub use backup::{BackupError, backup, restore};
pub use verify::{Place, Trouble, Verified, verify};
pub use void::{Void, void};

use self::readers::Readers;
use self::writer::Writer;
use super::{
    Caller, DeviceRow, Enrolment, NewDevice, NewOrg, NewPairing, OrgRow, PairingMade, PairingRow, Pull,
    Pulled, Push, Pushed, QuarantineKey, QuarantineRow, Release, ReplicaRow, Secret, Storage, StorageError,
};
use crate::private;
use crate::registry::Registry;

/// See the module.
pub struct Sqlite {
    writer: Writer,
    readers: Readers,
    newest_ms: Option<i64>,
    directory: PathBuf,
}

/// Where the database of a data directory is.
#[must_use]
pub fn file(data: &Path) -> PathBuf {
    data.join(open::FILE)
}

impl Sqlite {
    /// Opens the database of a data directory, making both where they are missing.
    ///
    /// # Errors
    /// [`StorageError`]: no such place, no right to it, damaged, or written by a newer version.
    pub fn open(data: &Path) -> Result<Sqlite, StorageError> {
        private::dir(data)?;
        let path = file(data);
        private::file(&path)?;
        let mut conn = open::writer(&path)?;
        migrate::migrate(&mut conn)?;
        let newest_ms = budget::newest_ms(&conn)?;
        let directory = data.to_owned();
        Ok(Sqlite { writer: Writer::start(conn)?, readers: Readers::new(path), newest_ms, directory })
    }
}

#[async_trait]
impl Storage for Sqlite {
    async fn caller(&self, token: Secret) -> Result<Option<Caller>, StorageError> {
        self.readers.run(move |conn| people::caller(conn, &token)).await
    }

    async fn push(&self, push: Push) -> Result<Pushed, StorageError> {
        self.writer.run(move |unit| push::push(unit, &push)).await
    }

    async fn pull(&self, pull: Pull) -> Result<Pulled, StorageError> {
        self.readers.run(move |conn| pull::pull(conn, &pull)).await
    }

    async fn registry(&self, org: Uuid) -> Result<Arc<Registry>, StorageError> {
        self.writer
            .run(move |unit| {
                let org = unit.org(org)?;
                unit.registry(org)
            })
            .await
    }

    async fn pair(&self, pairing: NewPairing) -> Result<PairingMade, StorageError> {
        self.writer.run(move |unit| pairings::pair(unit, &pairing)).await
    }

    async fn pairings(&self, org: Uuid, now_ms: i64) -> Result<Vec<PairingRow>, StorageError> {
        self.writer.run(move |unit| pairings::list(unit, org, now_ms)).await
    }

    async fn cancel_pairing(&self, org: Uuid, pairing: Uuid, now_ms: i64) -> Result<bool, StorageError> {
        self.writer.run(move |unit| pairings::cancel(unit, org, pairing, now_ms)).await
    }

    async fn enrol(&self, device: NewDevice) -> Result<Enrolment, StorageError> {
        self.writer.run(move |unit| people::enrol(unit, &device)).await
    }

    async fn create_org(&self, org: NewOrg) -> Result<(), StorageError> {
        self.writer.run(move |unit| people::create_org(unit, &org)).await
    }

    async fn orgs(&self) -> Result<Vec<OrgRow>, StorageError> {
        self.writer.run(people::orgs).await
    }

    async fn devices(&self, org: Uuid) -> Result<Vec<DeviceRow>, StorageError> {
        self.readers.run(move |conn| people::devices(conn, org)).await
    }

    async fn revoke(&self, org: Uuid, device: Uuid, now_ms: i64) -> Result<bool, StorageError> {
        self.writer.run(move |unit| people::revoke(unit, org, device, now_ms)).await
    }

    async fn make_admin(&self, org: Uuid, person: Uuid, now_ms: i64) -> Result<bool, StorageError> {
        self.writer.run(move |unit| people::make_admin(unit, org, person, now_ms)).await
    }

    async fn quarantine(
        &self,
        org: Uuid,
        key: Option<QuarantineKey>,
    ) -> Result<Vec<QuarantineRow>, StorageError> {
        self.readers.run(move |conn| quarantine::list(conn, org, key)).await
    }

    async fn release(&self, org: Uuid, key: QuarantineKey, now_ms: i64) -> Result<Release, StorageError> {
        self.writer.run(move |unit| quarantine::release(unit, org, key, now_ms)).await
    }

    async fn replicas(&self, org: Option<Uuid>) -> Result<Vec<ReplicaRow>, StorageError> {
        self.readers
            .run(move |conn| {
                let mut find = conn.prepare_cached(
                    "SELECT o.id, r.id, d.id, r.seq, r.head
                     FROM replica r JOIN org o ON o.pk = r.org LEFT JOIN device d ON d.pk = r.device
                     WHERE ?1 IS NULL OR o.id = ?1 ORDER BY r.pk",
                )?;
                let mut rows = find.query([org.as_ref().map(sql::id)])?;
                let mut found = Vec::new();
                while let Some(row) = rows.next()? {
                    let head = ServerHead { seq: sql::read_uint(row, 3)?, hash: sql::read_head(row, 4)? };
                    found.push(ReplicaRow {
                        org: sql::read_id(row, 0)?,
                        replica: sql::read_id(row, 1)?,
                        device: sql::read_id_or_null(row, 2)?,
                        head,
                    });
                }
                Ok(found)
            })
            .await
    }

    async fn lines(
        &self,
        replica: Uuid,
        after: u64,
        bytes: usize,
    ) -> Result<Vec<(u64, Vec<u8>)>, StorageError> {
        self.readers
            .run(move |conn| {
                let mut find = conn.prepare_cached(
                    "SELECT e.seq, e.line FROM event e JOIN replica r ON r.pk = e.replica
                     WHERE r.id = ?1 AND e.seq > ?2 ORDER BY e.seq",
                )?;
                let mut rows = find.query((sql::id(&replica), sql::int(after)))?;
                let mut found = Vec::new();
                let mut room = bytes;
                while room > 0
                    && let Some(row) = rows.next()?
                {
                    let line: Vec<u8> = row.get(1)?;
                    room = room.saturating_sub(line.len() + 1);
                    found.push((sql::read_uint(row, 0)?, line));
                }
                Ok(found)
            })
            .await
    }

    async fn proofs(
        &self,
        org: Uuid,
        events: Vec<Uuid>,
        streams: Vec<Stream>,
    ) -> Result<Vec<Proof>, StorageError> {
        self.readers.run(move |conn| proofs::proofs(conn, org, &events, &streams)).await
    }

    fn newest_ms(&self) -> Option<i64> {
        self.newest_ms
    }

    async fn ready(&self) -> Result<(), StorageError> {
        let directory = self.directory.clone();
        let room = tokio::task::spawn_blocking(move || probe::room(&directory));
        room.await.map_err(|_| StorageError::Closed)??;
        self.writer.run(|unit| probe::write(unit.conn)).await
    }

    async fn close(&self) {
        // Readers first: the writer's last checkpoint then leaves one plain file.
        self.readers.close().await;
        if let Some(thread) = self.writer.stop() {
            let _ = tokio::task::spawn_blocking(move || thread.join()).await;
        }
    }
}
