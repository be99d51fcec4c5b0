use std::process::{Command, Stdio};
use std::time::Duration;

use sea_orm::ConnectionTrait;

use super::*;
use crate::store::testing::TestDatabase;

#[tokio::test]
async fn a_writer_dropped_halfway_leaves_nothing() {
    both(async |store| {
        store.write(vec![put(Kind::Place, 1)], noon()).await.unwrap();
        let mut writer = store.writer(noon()).await.unwrap();
        writer.apply(&(2..900).map(|number| put(Kind::Place, number)).collect::<Vec<_>>()).await.unwrap();
        drop(writer);
        assert_eq!(store.digests().await.unwrap().len(), 1);
        assert_whole(&store).await;
        store.write(vec![put(Kind::Place, 2)], noon()).await.unwrap();
        assert_eq!(store.revision().await.unwrap(), 2, "its revisions were not used up");
    })
    .await;
}

#[tokio::test]
async fn a_server_that_hangs_up_mid_write_leaves_nothing_and_is_found_again() {
    let Some(database) = TestDatabase::postgres().await else { return };
    let (store, admin) = (database.store().await, database.store().await);
    store.write(vec![put(Kind::Place, 1)], noon()).await.unwrap();
    let mut writer = store.writer(noon()).await.unwrap();
    writer.apply(&[put(Kind::Place, 2)]).await.unwrap();
    let hang_up = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
                   WHERE datname = current_database() AND pid <> pg_backend_pid()";
    admin.db.execute_unprepared(hang_up).await.unwrap();
    let lost = writer.commit().await;
    assert!(matches!(lost, Err(StoreError::Unavailable(_))), "{lost:?}");
    assert_eq!(store.revision().await.unwrap(), 1, "the next question finds a new connection");
    store.write(vec![put(Kind::Place, 3)], noon()).await.unwrap();
    assert_whole(&store).await;
}

/// Set for the child of the next test: the database it writes to until it is killed.
const VICTIM: &str = "XIAOXIANG_TEST_VICTIM";

#[tokio::test]
async fn kill_nine_leaves_whole_transactions_only() {
    if let Ok(url) = std::env::var(VICTIM) {
        let store = Store::connect(&url).await.unwrap();
        for round in 0.. {
            let numbers = (0..40).map(|n| if n == 0 { 0 } else { round * 40 + n });
            let mut changes: Vec<_> = numbers.map(|number| put(Kind::Stay, number)).collect();
            let mut shared = listing(Kind::Place, 1);
            shared.title.zh = format!("{}之{round}", std::process::id());
            changes.push(ChangeRequest::put(shared));
            store.write(changes, noon()).await.unwrap();
        }
    }
    on_each(async |database| {
        let store = database.store().await;
        for life in 0..5u64 {
            let before = store.revision().await.unwrap();
            let mut child = Command::new(std::env::current_exe().unwrap())
                .args(["--exact", "store::tests::crashes::kill_nine_leaves_whole_transactions_only"])
                .env(VICTIM, &database.url)
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .unwrap();
            while store.revision().await.unwrap() == before {
                assert!(child.try_wait().unwrap().is_none(), "the child lives until it is killed");
                tokio::time::sleep(Duration::from_millis(2)).await;
            }
            // somewhere in the middle of one of its next writes
            tokio::time::sleep(Duration::from_millis(3 + 7 * life)).await;
            child.kill().unwrap();
            child.wait().unwrap();
            assert_whole(&store).await;
            let wrote = store.write(vec![put(Kind::Heritage, life as usize)], noon()).await;
            assert_eq!(wrote.unwrap().put, 1, "and the next writer finds the database free");
        }
    })
    .await;
}
