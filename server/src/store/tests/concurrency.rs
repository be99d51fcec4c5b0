use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use domain::event::Revision;

use super::*;

const WRITERS: usize = 8;
const WRITES: usize = 50;

/// Half of the writers share one process's store, half come from another's.
async fn write_at_once(stores: [Store; 2]) {
    let writers: Vec<_> = (0..WRITERS)
        .map(|writer| {
            let store = stores[writer % 2].clone();
            tokio::spawn(async move {
                for round in 0..WRITES {
                    // everyone has a listing of their own, and all quarrel over one
                    let mut shared = listing(Kind::Place, 999);
                    shared.title.zh = format!("{writer}写的第{round}回");
                    let own = put(Kind::Stay, writer * WRITES + round);
                    store.write(vec![own, ChangeRequest::put(shared)], noon()).await.unwrap();
                }
            })
        })
        .collect();
    for writer in writers {
        writer.await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn writers_at_once_leave_revisions_without_gaps() {
    on_each(async |database| {
        let stores = [database.store().await, database.store().await];
        let store = stores[0].clone();
        write_at_once(stores).await;
        assert_eq!(store.revision().await.unwrap(), (WRITERS * WRITES * 2) as Revision);
        assert_eq!(store.digests().await.unwrap().len(), WRITERS * WRITES + 1);
        assert_whole(&store).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_writer_waits_longer_than_the_database_would_let_it_and_says_so() {
    on_each(async |database| {
        let (long, other) = (database.store().await, database.store().await);
        let mut import = long.writer(noon()).await.unwrap();
        import.apply(&[put(Kind::Place, 1)]).await.unwrap();
        let told = Arc::new(std::sync::atomic::AtomicUsize::new(0));
        let waiting = {
            let told = told.clone();
            tokio::spawn(async move {
                let mut writer = other.writer_telling(noon(), || _ = told.fetch_add(1, Ordering::SeqCst)).await?;
                writer.apply(&[put(Kind::Place, 2)]).await?;
                writer.commit().await
            })
        };
        // both databases give up after ten seconds; only then is there something to tell
        while told.load(Ordering::SeqCst) == 0 {
            assert!(!waiting.is_finished(), "it waits");
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        import.commit().await.unwrap();
        assert_eq!(waiting.await.unwrap().unwrap().revision, 2);
        assert_whole(&long).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_follower_misses_nothing_while_others_write() {
    on_each(async |database| {
        let stores = [database.store().await, database.store().await];
        let follower = database.store().await;
        let done = Arc::new(AtomicBool::new(false));
        let following = {
            let (follower, done) = (follower.clone(), done.clone());
            tokio::spawn(async move {
                let mut seen: Vec<Revision> = vec![];
                loop {
                    // read the flag first: what was written before it was set is in the answer after it
                    let last_round = done.load(Ordering::SeqCst);
                    let events = follower.events_after(seen.last().copied().unwrap_or(0), 7).await.unwrap();
                    if events.is_empty() && last_round {
                        return seen;
                    }
                    for event in &events {
                        let stored = follower.find_many(std::slice::from_ref(&event.listing_id)).await.unwrap();
                        assert!(stored[0].revision >= event.revision, "the row is at least as new as its event");
                    }
                    seen.extend(events.iter().map(|event| event.revision));
                }
            })
        };
        write_at_once(stores).await;
        done.store(true, Ordering::SeqCst);
        let seen = following.await.unwrap();
        assert_eq!(seen, (1..=follower.revision().await.unwrap()).collect::<Vec<_>>());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mirror_that_pages_while_others_write_ends_up_equal() {
    on_each(async |database| {
        let stores = [database.store().await, database.store().await];
        let origin = database.store().await;
        let done = Arc::new(AtomicBool::new(false));
        let mirroring = {
            let (origin, done) = (origin.clone(), done.clone());
            tokio::spawn(async move {
                let (mut mirror, mut cursor) = (std::collections::BTreeMap::new(), 0);
                loop {
                    let last_round = done.load(Ordering::SeqCst);
                    let all = ChangeFilter { samples: true, ..ChangeFilter::default() };
                    let page = origin.list_changes(&all, cursor, 5).await.unwrap();
                    match page.last() {
                        Some(last) => cursor = last.revision,
                        None if last_round => return mirror,
                        None => {}
                    }
                    mirror.extend(page.into_iter().map(|stored| (stored.listing.id.clone(), stored.digest)));
                }
            })
        };
        write_at_once(stores).await;
        done.store(true, Ordering::SeqCst);
        let mirror = mirroring.await.unwrap();
        let truth = origin.digests().await.unwrap().into_iter().map(|row| (row.id, row.digest)).collect();
        assert_eq!(mirror, truth);
    })
    .await;
}
