//! How each engine is opened.

use std::path::{Path, PathBuf};
use std::time::Duration;

use sea_orm::sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sea_orm::{ConnectOptions, Database, DatabaseConnection};

use super::StoreError;

/// Readers do not wait for one another or for the writer (WAL); each costs a thread and up to 2 MB of cache.
const SQLITE_CONNECTIONS: u32 = 8;
/// Well below PostgreSQL's default of 100 for all its clients, with several servers in mind.
const POSTGRES_CONNECTIONS: u32 = 16;

/// `make` lets an SQLite file come into being.
pub async fn open(url: &str, make: bool) -> Result<DatabaseConnection, StoreError> {
    let options = match url.split_once(':') {
        Some(("sqlite", _)) => sqlite(&sqlite_path(url)?.unwrap_or_default(), make)?,
        Some(("postgres" | "postgresql", _)) => postgres(url),
        _ => {
            let reason = "a database is named by an address that starts with sqlite: or postgres:";
            return Err(StoreError::Misconfigured(reason.to_owned()));
        }
    };
    Ok(Database::connect(options).await?)
}

/// The file of an SQLite address; none for another one.
fn sqlite_path(url: &str) -> Result<Option<PathBuf>, StoreError> {
    let Some(path) = url.strip_prefix("sqlite:") else { return Ok(None) };
    // `sqlite:///var/lib/x.db` means the same file as `sqlite:/var/lib/x.db`
    let path = path.strip_prefix("//").unwrap_or(path);
    if path.is_empty() || path == ":memory:" {
        let reason = "sqlite: needs the path of a file; a database in memory would be a different one for each connection";
        return Err(StoreError::Misconfigured(reason.to_owned()));
    }
    Ok(Some(PathBuf::from(path)))
}

/// The file beside an SQLite one by which those who make or migrate it take turns.
pub fn lock_path(url: &str) -> Result<Option<PathBuf>, StoreError> {
    let beside = |path: PathBuf| {
        let mut name = path.into_os_string();
        name.push(".lock");
        PathBuf::from(name)
    };
    Ok(sqlite_path(url)?.map(beside))
}

/// Waits until nobody else has it; dropping the file lets the next one go on, as does any end of the process.
pub async fn take_turn(lock: Option<&Path>) -> Result<Option<std::fs::File>, StoreError> {
    let Some(lock) = lock.map(Path::to_owned) else { return Ok(None) };
    let fail = |path: &Path, why: std::io::Error| StoreError::unavailable(format!("{}: {why}", path.display()));
    let taking = tokio::task::spawn_blocking(move || {
        if let Some(folder) = lock.parent() {
            std::fs::create_dir_all(folder).map_err(|why| fail(folder, why))?;
        }
        let file = std::fs::File::create(&lock).map_err(|why| fail(&lock, why))?;
        match file.lock() {
            // a file system without locks: one server there is as safe as ever
            Err(why) if why.kind() == std::io::ErrorKind::Unsupported => Ok(None),
            locked => locked.map(|()| Some(file)).map_err(|why| fail(&lock, why)),
        }
    });
    taking.await.unwrap_or_else(|why| Err(StoreError::unavailable(why.to_string())))
}

fn sqlite(path: &Path, make: bool) -> Result<ConnectOptions, StoreError> {
    // An empty file is what a copy that failed leaves; opening it would begin a database.
    if !make && std::fs::metadata(path).map_or(0, |file| file.len()) == 0 {
        return Err(StoreError::Absent(path.to_owned()));
    }
    let file = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(make)
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(10))
        .journal_mode(SqliteJournalMode::Wal)
        // NORMAL would outlive `kill -9` just as well, but after a power cut it may forget the last commits. The search
        // index would then be ahead of the truth, and revisions it has already seen would be given out again for other
        // changes. Writes are rare here; one sync for each is a small price.
        .synchronous(SqliteSynchronous::Full)
        // A great import leaves a great log; this gives the disk back.
        .pragma("journal_size_limit", "67108864");
    let mut options = ConnectOptions::new("sqlite:the-file-is-set-below");
    options
        .max_connections(SQLITE_CONNECTIONS)
        .acquire_timeout(Duration::from_secs(10))
        .test_before_acquire(false) // a file does not hang up
        .sqlx_logging(false)
        .map_sqlx_sqlite_opts(move |defaults| {
            use sea_orm::sqlx::ConnectOptions as _;
            drop(defaults);
            file.clone().disable_statement_logging()
        });
    Ok(options)
}

fn postgres(url: &str) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(POSTGRES_CONNECTIONS)
        .acquire_timeout(Duration::from_secs(3))
        // Costs one round trip, and is why a database that was restarted is used again without one failed request.
        .test_before_acquire(true)
        .statement_timeout(Duration::from_secs(60))
        .set_application_name("xiaoxiang")
        .sqlx_logging(false);
    options
}
