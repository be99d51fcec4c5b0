//! The store's promises, each kept on both engines.

mod asked;
mod concurrency;
mod crashes;
mod curation;
mod reading;
mod saved;
mod schema;
mod slugs;
mod trips;
mod writing;

use domain::event::Change;
use domain::listing::Kind;
use domain::{ListingId, Slug};

use super::testing::listings::{listing, noon};
use super::testing::{both, on_each};
use super::{ChangeFilter, ChangeRequest, Store, StoreError, Written};

fn put(kind: Kind, number: usize) -> ChangeRequest {
    ChangeRequest::put(listing(kind, number))
}

fn id(text: &str) -> ListingId {
    ListingId::parse(text).unwrap()
}

/// What [`crate::store`] promises of clock, events and rows, checked over the whole of a small catalogue.
async fn assert_whole(store: &Store) {
    let store = store.snapshot().await.unwrap();
    let clock = store.revision();
    let events = store.events_after(0, 1_000_000).await.unwrap();
    let revisions: Vec<i64> = events.iter().map(|event| event.revision).collect();
    assert_eq!(revisions, (1..=clock).collect::<Vec<_>>(), "one event for each revision, no gap, none beyond the clock");
    for row in store.digests().await.unwrap() {
        let latest = events.iter().rfind(|event| event.listing_id == row.id).expect("a row has an event");
        assert_eq!(latest.revision, row.revision, "{} is at its latest event", row.id);
        assert_eq!(latest.change == Change::Withdrawn, row.withdrawn, "{}", row.id);
    }
}
