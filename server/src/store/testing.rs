//! Throwaway databases for tests, here and in the acceptance tests.
//!
//! SQLite needs nothing. PostgreSQL is reached through `XIAOXIANG_TEST_POSTGRES`, the address of a server in which
//! databases may be created; without it a test fails, for a test that quietly does not run is none.

pub mod listings;

use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

use sea_orm::{ConnectionTrait, Database};

use super::Store;

const POSTGRES: &str = "XIAOXIANG_TEST_POSTGRES";

/// A database of its own for one test, gone when dropped.
pub struct TestDatabase {
    pub engine: &'static str,
    /// What [`Store::connect`] takes.
    pub url: String,
    place: Place,
}

enum Place {
    Folder(PathBuf),
    Postgres { server: String, name: String },
}

/// Distinct within this machine for as long as it matters: tests run at once, in several processes.
fn fresh_name() -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let moment = std::time::UNIX_EPOCH.elapsed().map_or(0, |since| since.as_nanos() % 1_000_000_000);
    format!("xiaoxiang_test_{}_{moment}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed))
}

impl TestDatabase {
    pub fn sqlite() -> Self {
        let folder = std::env::temp_dir().join(fresh_name());
        std::fs::create_dir_all(&folder).expect("a temporary folder can be made");
        let url = format!("sqlite:{}", folder.join("catalogue.db").display());
        Self { engine: "SQLite", url, place: Place::Folder(folder) }
    }

    /// None only where somebody has asked for tests to do without, which is said aloud.
    pub async fn postgres() -> Option<Self> {
        let server = match std::env::var(POSTGRES) {
            Ok(skip) if skip == "skip" => {
                eprintln!("skipped on PostgreSQL, as {POSTGRES}=skip asks");
                return None;
            }
            Ok(server) => server,
            Err(_) => panic!("{POSTGRES} is not set: run `cargo xtask test`, which starts a PostgreSQL for the tests"),
        };
        let name = fresh_name();
        let admin = Database::connect(&server).await.expect("the test PostgreSQL answers");
        // A locale that skips dashes when it sorts, as those of real servers do: nothing of ours may depend on it.
        let create = format!(
            "CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8' LOCALE_PROVIDER icu ICU_LOCALE 'en-u-ka-shifted'"
        );
        admin.execute_unprepared(&create).await.expect("the test PostgreSQL lets us create databases");
        admin.close().await.expect("the connection closes");
        let (base, _) = server.rsplit_once('/').expect("the address ends with a database");
        Some(Self { engine: "PostgreSQL", url: format!("{base}/{name}"), place: Place::Postgres { server, name } })
    }

    /// Throws everybody out of a PostgreSQL and lets nobody in, as an outage does; or lets them in again.
    pub async fn let_in(&self, everybody: bool) {
        let Place::Postgres { server, name } = &self.place else { panic!("only a server can be away") };
        let admin = Database::connect(server).await.expect("the test PostgreSQL answers");
        let door = format!("ALTER DATABASE {name} ALLOW_CONNECTIONS {everybody}");
        admin.execute_unprepared(&door).await.expect("the door moves");
        if !everybody {
            let out = format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'");
            admin.execute_unprepared(&out).await.expect("they are thrown out");
        }
        admin.close().await.expect("the connection closes");
    }

    /// Connected, with the present schema.
    pub async fn store(&self) -> Store {
        let store = Store::connect(&self.url).await.expect("the test database opens");
        store.migrate().await.expect("the test database takes the schema");
        store
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        match &self.place {
            Place::Folder(folder) => {
                std::fs::remove_dir_all(folder).ok();
            }
            Place::Postgres { server, name } => {
                let (server, drop) = (server.clone(), format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
                // a runtime of its own: the test's may be the one we are being dropped on
                let cleaning = std::thread::spawn(move || {
                    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
                    runtime.expect("a runtime starts").block_on(async {
                        if let Ok(admin) = Database::connect(&server).await {
                            admin.execute_unprepared(&drop).await.ok();
                        }
                    });
                });
                cleaning.join().ok();
            }
        }
    }
}

/// Makes a row unreadable, as a program of another time or a hand in the database might.
pub async fn spoil(store: &Store, id: &str) {
    let spoil = format!("UPDATE listing SET document = '{{}}' WHERE id = '{id}'");
    store.db.execute_unprepared(&spoil).await.expect("the row is spoilt");
}

/// Tells the same story on both engines, each on an empty database with the present schema.
pub async fn both(story: impl AsyncFn(Store)) {
    on_each(async |database| story(database.store().await).await).await;
}

/// As [`both`], for stories that need the database itself: a second connection, a migration.
pub async fn on_each(story: impl AsyncFn(&TestDatabase)) {
    let sqlite = TestDatabase::sqlite();
    eprintln!("on {}", sqlite.engine);
    story(&sqlite).await;
    if let Some(postgres) = TestDatabase::postgres().await {
        eprintln!("on {}", postgres.engine);
        story(&postgres).await;
    }
}
