//! What can go wrong with the truth, named by what a caller can do about it.

use domain::listing::Kind;
use domain::{ListingId, Slug};
use sea_orm::{DbErr, RuntimeErr, sqlx};

#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Try again later: nobody answers, everybody is busy, or the disk is full.
    #[error("the database is not available: {0}")]
    Unavailable(Box<dyn std::error::Error + Send + Sync>),
    /// Somebody else is writing, for longer than the database lets anybody wait.
    #[error("somebody else is writing to the database: {0}")]
    Busy(Box<dyn std::error::Error + Send + Sync>),
    /// There is nothing to read from yet, and reading must not make it.
    #[error("there is no database at {}; `xiaoxiang serve` and `xiaoxiang migrate` make one", .0.display())]
    Absent(std::path::PathBuf),
    /// Two listings of one kind want the same address.
    #[error("the slug “{slug}” of kind {kind} is wanted by {wanted_by}, but {held_by} has it")]
    Conflict { kind: Kind, slug: Slug, wanted_by: ListingId, held_by: ListingId },
    /// A row that no longer reads as what it was written as.
    #[error("the stored entry {id} cannot be read: {reason}")]
    Corrupt { id: String, reason: String },
    /// The address of the database is not one.
    #[error("{0}")]
    Misconfigured(String),
    /// Not foreseen; worth a report.
    #[error("the database refused: {0}")]
    Bug(Box<dyn std::error::Error + Send + Sync>),
}

impl StoreError {
    pub(super) fn unavailable(reason: impl Into<String>) -> Self {
        Self::Unavailable(reason.into().into())
    }

    pub(super) fn corrupt(id: impl Into<String>, reason: impl ToString) -> Self {
        Self::Corrupt { id: id.into(), reason: reason.to_string() }
    }
}

impl From<DbErr> for StoreError {
    fn from(error: DbErr) -> Self {
        match () {
            () if is_busy(&error) => Self::Busy(error.into()),
            () if is_outage(&error) => Self::Unavailable(error.into()),
            () => Self::Bug(error.into()),
        }
    }
}

/// The lock that every writer takes is held by another one.
fn is_busy(error: &DbErr) -> bool {
    let (DbErr::Exec(RuntimeErr::SqlxError(cause))
    | DbErr::Query(RuntimeErr::SqlxError(cause))
    | DbErr::Conn(RuntimeErr::SqlxError(cause))) = error
    else {
        return false;
    };
    let sqlx::Error::Database(said) = cause.as_ref() else { return false };
    let code = said.code().unwrap_or_default();
    if said.try_downcast_ref::<sqlx::sqlite::SqliteError>().is_some() {
        // busy and locked
        code.parse::<u32>().is_ok_and(|code| matches!(code & 0xff, 5 | 6))
    } else {
        code == "55P03"
    }
}

fn is_outage(error: &DbErr) -> bool {
    match error {
        DbErr::ConnectionAcquire(_) | DbErr::Conn(_) => true,
        DbErr::Exec(RuntimeErr::SqlxError(cause)) | DbErr::Query(RuntimeErr::SqlxError(cause)) => match cause.as_ref() {
            sqlx::Error::Io(_)
            | sqlx::Error::Tls(_)
            | sqlx::Error::Protocol(_)
            | sqlx::Error::PoolTimedOut
            | sqlx::Error::PoolClosed
            | sqlx::Error::WorkerCrashed
            | sqlx::Error::BeginFailed => true,
            sqlx::Error::Database(said) => {
                let code = said.code().unwrap_or_default();
                if said.try_downcast_ref::<sqlx::sqlite::SqliteError>().is_some() {
                    is_sqlite_outage(&code)
                } else {
                    is_postgres_outage(&code)
                }
            }
            _ => false,
        },
        _ => false,
    }
}

/// Extended result codes carry the primary one in their low byte: perm, busy, locked, readonly, ioerr, full, cantopen.
fn is_sqlite_outage(code: &str) -> bool {
    code.parse::<u32>().is_ok_and(|code| matches!(code & 0xff, 3 | 5 | 6 | 8 | 10 | 13 | 14))
}

/// Classes of SQLSTATE: connection (08), resources (53), somebody stepped in (57), the system (58), rollbacks that ask for
/// another try (40), locks that did not come (55P03), a server that only reads now (25006).
fn is_postgres_outage(code: &str) -> bool {
    ["08", "53", "57", "58", "40"].iter().any(|class| code.starts_with(class)) || matches!(code, "55P03" | "25006")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outage_is_told_from_a_bug() {
        assert!(is_sqlite_outage("5"), "busy");
        assert!(is_sqlite_outage("517"), "busy, in one of its extended forms");
        assert!(!is_sqlite_outage("1"), "bad SQL");
        assert!(!is_sqlite_outage("2067"), "a unique constraint");
        assert!(is_postgres_outage("57P01"), "the administrator ended the connection");
        assert!(!is_postgres_outage("42P01"), "no such table");
        assert!(!is_postgres_outage("23505"), "a unique constraint");
    }
}
