use std::time::Instant;

use domain::listing::Kind;

use super::*;
use crate::store::ChangeRequest;
use crate::store::testing::listings::{listing, noon};
use crate::store::testing::{TestDatabase, both};

fn puts(count: usize) -> Vec<ChangeRequest> {
    (0..count).map(|number| ChangeRequest::put(listing(Kind::ALL[number % Kind::ALL.len()], number))).collect()
}

async fn caught_up(folder: &Path, store: &Store) -> Keeper {
    let keeper = Keeper::open(Some(folder.to_owned())).unwrap();
    keeper.catch_up(store, &Listings::new(store.clone(), false)).await.unwrap();
    keeper
}

#[tokio::test]
async fn an_index_made_from_another_database_is_built_anew() {
    let folder = tempfile::tempdir().unwrap();
    let (first, second) = (TestDatabase::sqlite(), TestDatabase::sqlite());
    let (first, second) = (first.store().await, second.store().await);
    first.write(puts(10), noon()).await.unwrap();
    // further along than the first, so that its number alone would look like a few events more
    second.write(puts(3), noon()).await.unwrap();
    for round in 0..20 {
        let mut place = listing(Kind::Place, 1);
        place.title.zh = format!("第{round}回");
        second.write(vec![ChangeRequest::put(place)], noon()).await.unwrap();
    }
    assert_eq!(caught_up(folder.path(), &first).await.index().documents(), 10);
    assert_eq!(caught_up(folder.path(), &second).await.index().documents(), 3, "nothing of the first is left");
    let keeper = caught_up(folder.path(), &second).await;
    assert_eq!(keeper.state().swaps, 0, "and its own is kept");
    assert_eq!(keeper.index().origin(), second.database_name().await.unwrap());
}

#[tokio::test]
async fn a_row_that_cannot_be_read_does_not_stop_the_others() {
    both(async |store| {
        let folder = tempfile::tempdir().unwrap();
        store.write(puts(7), noon()).await.unwrap();
        crate::store::testing::spoil(&store, "place-000001").await;
        let keeper = caught_up(folder.path(), &store).await;
        assert_eq!(keeper.index().documents(), 6);
        store.write(vec![ChangeRequest::put(listing(Kind::Stay, 9))], noon()).await.unwrap();
        let listings = Listings::new(store.clone(), false);
        keeper.catch_up(&store, &listings).await.unwrap();
        assert_eq!((keeper.index().documents(), keeper.revision()), (7, 8), "it follows on");
        keeper.rebuild(&store, &listings).await.unwrap();
        assert_eq!(keeper.index().documents(), 7);
    })
    .await;
}

#[tokio::test]
async fn a_request_made_before_the_following_begins_is_honoured_and_only_in_its_folder() {
    let database = TestDatabase::sqlite();
    let store = database.store().await;
    store.write(puts(3), noon()).await.unwrap();
    let folders = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    let mut running = Vec::new();
    for folder in &folders {
        let keeper = Arc::new(caught_up(folder.path(), &store).await);
        running.push(keeper);
    }
    ask_for_rebuild(folders[0].path()).unwrap();
    let listings = Arc::new(Listings::new(store.clone(), false));
    let following: Vec<_> =
        running.iter().map(|keeper| tokio::spawn(keeper.clone().follow(store.clone(), listings.clone()))).collect();
    let deadline = Instant::now() + Duration::from_secs(30);
    while waits_for_rebuild(folders[0].path()) {
        assert!(Instant::now() < deadline, "the request is honoured");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert_eq!((running[0].state().swaps, running[1].state().swaps), (1, 0));
    following.iter().for_each(|task| task.abort());
}
