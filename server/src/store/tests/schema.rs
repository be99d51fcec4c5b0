use migrations::Migrator;
use sea_orm_migration::MigratorTrait;

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
async fn servers_that_start_together_migrate_once() {
    let Some(database) = super::super::testing::TestDatabase::postgres().await else { return };
    let servers = (0..4).map(|_| {
        let url = database.url.clone();
        tokio::spawn(async move { Store::connect(&url).await.unwrap().migrate().await })
    });
    for server in servers.collect::<Vec<_>>() {
        server.await.unwrap().unwrap();
    }
    database.store().await.write(vec![put(Kind::Place, 1)], noon()).await.unwrap();
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
