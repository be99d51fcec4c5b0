//! What is done with a trip: forms read into edits, edits made, and what follows from the outcome. None of it asks anybody for
//! anything, so the server and a device without a signal do the very same.

pub mod change;
pub mod form;
pub mod pack;
pub mod plan;
pub mod wishes;

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::ListingId;
use domain::listing::Listing;
use domain::trip::facts::PlaceFacts;
use domain::trip::{Facts, Trip, Where};

/// What of the catalogue is at hand.
pub type Known = BTreeMap<ListingId, Arc<Listing>>;

pub fn known(listings: impl IntoIterator<Item = Arc<Listing>>) -> Known {
    listings.into_iter().map(|listing| (listing.id.clone(), listing)).collect()
}

/// What the rules want to know of places.
pub fn facts_of(known: &Known) -> Facts {
    known.values().map(|listing| (listing.id.clone(), PlaceFacts::of(listing))).collect()
}

/// Places of the catalogue that a trip names, each once.
pub fn listings_of(trip: &Trip) -> Vec<ListingId> {
    named(trip.places())
}

fn named<'a>(places: impl Iterator<Item = &'a Where>) -> Vec<ListingId> {
    let ids = places.filter_map(|place| match place {
        Where::Listing(id) => Some(id.clone()),
        _ => None,
    });
    let mut ids: Vec<ListingId> = ids.collect();
    ids.sort();
    ids.dedup();
    ids
}
