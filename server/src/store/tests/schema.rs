use migrations::Migrator;
use sea_orm::EntityTrait;
use sea_orm_migration::MigratorTrait;

use super::super::entities;
use super::super::testing::TestDatabase;
use super::*;

#[tokio::test]
async fn the_schema_goes_up_down_and_up_again() {
    on_each(async |database| {
        let store = Store::connect(&database.url).await.unwrap();
        let steps = store.migrations_pending().await.unwrap();
        assert_eq!(steps.len(), Migrator::migrations().len());
        assert_eq!(store.migrations_pending().await.unwrap(), steps, "asking does not migrate");

        store.migrate().await.unwrap();
        assert_eq!(store.migrations_pending().await.unwrap(), Vec::<String>::new());
        store.write(vec![put(Kind::Place, 1)], noon()).await.unwrap();

        Migrator::down(&store.db, None).await.unwrap();
        assert_eq!(store.migrations_pending().await.unwrap(), steps);

        store.migrate().await.unwrap();
        assert_eq!(store.revision().await.unwrap(), 0, "a new clock");
        store.write(vec![put(Kind::Place, 1)], noon()).await.unwrap();
        assert_eq!(store.revision().await.unwrap(), 1);
    })
    .await;
}

#[tokio::test]
async fn each_step_goes_down_and_up_again_with_rows_in_place() {
    use sea_orm::ConnectionTrait;
    /// Steps of the first version, whose rows these are.
    const FIRST: u32 = 3;
    let later = Migrator::migrations().len() - FIRST as usize;
    on_each(async |database| {
        let store = Store::connect(&database.url).await.unwrap();
        Migrator::up(&store.db, Some(FIRST)).await.unwrap();
        // as the first version wrote them: changed an hour after what the listing says of itself
        let row = "INSERT INTO listing (id, kind, slug, sample, published_at, updated_at, document, digest, revision) \
                   VALUES ('place-000001', 'place', 'places-1', FALSE, 1, 1, '{}', 'x', 7)";
        store.db.execute_unprepared(row).await.unwrap();
        let event = "INSERT INTO event (revision, listing_id, change, at) VALUES (7, 'place-000001', 'put', 3600000001)";
        store.db.execute_unprepared(event).await.unwrap();
        let changed_at = async || {
            let row = entities::listing::Entity::find_by_id("place-000001").one(&store.db).await.unwrap().unwrap();
            (row.changed_at, row.former_kinds, row.once_real)
        };
        for _ in 0..2 {
            store.migrate().await.unwrap();
            assert_eq!(changed_at().await, (3_600_000_001, String::new(), false));
            let name = store.database_name().await.unwrap();
            assert_eq!(name.len(), 32, "{name}");
            for step in 1..=later {
                Migrator::down(&store.db, Some(1)).await.unwrap();
                assert_eq!(store.migrations_pending().await.unwrap().len(), step);
            }
        }
    })
    .await;
}

#[tokio::test]
async fn no_two_databases_have_one_name() {
    on_each(async |database| {
        let name = database.store().await.database_name().await.unwrap();
        assert_eq!(database.store().await.database_name().await.unwrap(), name, "it stays");
        let other = TestDatabase::sqlite();
        assert_ne!(other.store().await.database_name().await.unwrap(), name);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn servers_that_start_together_migrate_once() {
    for round in 0..5 {
        on_each(async |database| {
            let servers = (0..4).map(|_| {
                let url = database.url.clone();
                tokio::spawn(async move { Store::connect(&url).await?.migrate().await })
            });
            for server in servers.collect::<Vec<_>>() {
                server.await.unwrap().unwrap_or_else(|why| panic!("round {round}: {why}"));
            }
            database.store().await.write(vec![put(Kind::Place, 1)], noon()).await.unwrap();
        })
        .await;
    }
}

#[tokio::test]
async fn a_reader_does_not_make_what_it_wants_to_read() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("sub/catalogue.db");
    let url = format!("sqlite:{}", file.display());
    let refused = Store::connect_to_existing(&url).await.err();
    assert!(matches!(&refused, Some(StoreError::Absent(path)) if *path == file), "{refused:?}");
    assert!(!file.parent().unwrap().exists(), "nothing was made");
    Store::connect(&url).await.unwrap().migrate().await.unwrap();
    assert_eq!(Store::connect_to_existing(&url).await.unwrap().revision().await.unwrap(), 0);
}

#[tokio::test]
async fn a_wrong_address_is_named_as_such() {
    for wrong in ["", "mysql://localhost/x", "catalogue.db", "sqlite:", "sqlite::memory:"] {
        let refused = Store::connect(wrong).await.err();
        assert!(matches!(refused, Some(StoreError::Misconfigured(_))), "{wrong}: {refused:?}");
    }
}

#[tokio::test]
async fn a_database_that_is_not_there_is_an_outage() {
    let refused = Store::connect("postgres://nobody@127.0.0.1:9/nothing").await.err();
    assert!(matches!(refused, Some(StoreError::Unavailable(_))), "{refused:?}");
    let refused = Store::connect("sqlite:/proc/nowhere/catalogue.db").await.err();
    assert!(matches!(refused, Some(StoreError::Unavailable(_))), "{refused:?}");
}
