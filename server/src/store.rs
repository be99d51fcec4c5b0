//! The truth: listings, what happened to them, and settings, in SQLite or PostgreSQL.
//!
//! - Every change takes the next revision of one clock and leaves one event, in the transaction that makes the change.
//!   Whoever writes holds the clock's row until the commit, so revisions have no gaps and commit in their order: a reader
//!   who has seen revision *n* has seen everything up to *n*, and following events needs no more than remembering a number.
//! - A listing that is withdrawn keeps its row, as a tombstone for those who mirror us.
//! - Rows never leave this module; what comes out speaks `domain`.

mod addresses;
mod asked;
mod carried;
mod change;
mod connection;
mod curation;
mod entities;
mod error;
mod read;
mod saved;
mod setting;
pub mod testing;
#[cfg(test)]
mod tests;
mod trips;
mod write;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use migrations::Migrator;
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, TransactionTrait};
use sea_orm_migration::MigratorTrait;
use tokio::sync::Mutex;

pub use addresses::Address;
pub use asked::{AskedRow, Remembered};
pub use change::{ChangeRequest, Written, digest_of, document_of};
pub use curation::{CurationChange, CurationRefused, Decided, Decision, Expected, PastDecision};
pub use domain::trip::stored::{Done, Recent, StoredTrip};
pub use error::StoreError;
pub use read::{ChangeFilter, Digest, Snapshot, Stored, StoredEvent};
pub use saved::{Saved, SavedNow};
pub use trips::{Share, TripHead};
pub use write::Writer;

/// How long one answer may take before the database counts as gone. Far above any honest query here; what it guards
/// against is a connection that is neither alive nor closed.
const PATIENCE: Duration = Duration::from_secs(10);

/// A pool of connections to the database; cheap to clone.
#[derive(Clone)]
pub struct Store {
    db: DatabaseConnection,
    /// One writer at a time in this process. The database would queue them too, but each waiting in a connection of its
    /// own, and SQLite without fairness.
    turn: Arc<Mutex<()>>,
    /// Beside an SQLite file: held by whoever makes or migrates it.
    lock: Option<Arc<Path>>,
}

impl Store {
    /// `sqlite:path/to/file` (made if missing) or `postgres://user@host/name`.
    pub async fn connect(url: &str) -> Result<Self, StoreError> {
        let lock = connection::lock_path(url)?;
        // Two that make one file at once would get in each other's way.
        let _turn = connection::take_turn(lock.as_deref()).await?;
        Ok(Self { db: connection::open(url, true).await?, turn: Arc::default(), lock: lock.map(Arc::from) })
    }

    /// As [`Store::connect`], for those who only read: a file that is not there is not made, and [`StoreError::Absent`].
    pub async fn connect_to_existing(url: &str) -> Result<Self, StoreError> {
        let lock = connection::lock_path(url)?;
        Ok(Self { db: connection::open(url, false).await?, turn: Arc::default(), lock: lock.map(Arc::from) })
    }

    /// Brings the schema up to date; several servers may do so at once.
    pub async fn migrate(&self) -> Result<(), StoreError> {
        // Several may start together. On SQLite they take turns by a file beside it; on PostgreSQL by a lock that goes with
        // its transaction, whose number is arbitrary, but ours.
        let _turn = connection::take_turn(self.lock.as_deref()).await?;
        let turn = match self.db.get_database_backend() {
            DbBackend::Postgres => {
                let turn = self.db.begin().await?;
                turn.execute_unprepared("SELECT pg_advisory_xact_lock(7302026)").await?;
                Some(turn)
            }
            _ => None,
        };
        // Asking first costs no lock: a start must not wait for an import that has nothing to do with it.
        if !self.migrations_pending().await?.is_empty() {
            Migrator::up(&self.db, None).await?;
        }
        if let Some(turn) = turn {
            turn.commit().await?;
        }
        Ok(())
    }

    /// Names of the steps [`Store::migrate`] would take. Changes nothing.
    pub async fn migrations_pending(&self) -> Result<Vec<String>, StoreError> {
        let pending = Migrator::get_pending_migrations_read_only(&self.db).await?;
        Ok(pending.iter().map(|step| step.name().to_owned()).collect())
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<(), StoreError> {
        patiently(async { Ok(self.db.ping().await?) }).await
    }

    /// Lets every connection go. SQLite then folds its log back into the one file.
    pub async fn close(self) -> Result<(), StoreError> {
        Ok(self.db.close().await?)
    }
}

async fn patiently<T>(answer: impl Future<Output = Result<T, StoreError>>) -> Result<T, StoreError> {
    tokio::time::timeout(PATIENCE, answer).await.unwrap_or_else(|_| Err(StoreError::unavailable("it does not answer")))
}
