//! Who in the store would be left pointing at nothing.

use std::collections::HashMap;

use domain::ListingId;
use domain::listing::Kind;

use super::references::{Reference, references};
use crate::store::{StoreError, Writer};

/// A stored listing and what it counts on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dependent {
    pub id: ListingId,
    pub kind: Kind,
    pub reference: Reference,
}

/// Kinds that speak of other listings.
const REFERRING: [Kind; 3] = [Kind::Route, Kind::Experience, Kind::Product];
const AT_ONCE: u64 = 500;

/// Those that count on one of `lost`, by id and the kind that it will not have any more. Whoever does not stay as it is has
/// no say here.
pub async fn dependents(
    writer: &Writer<'_>,
    lost: &HashMap<ListingId, Kind>,
    stays: impl Fn(&ListingId) -> bool,
) -> Result<Vec<Dependent>, StoreError> {
    let mut found = Vec::new();
    let mut after = None;
    while !lost.is_empty() {
        let page = writer.page_of_kinds(&REFERRING, after.as_ref(), AT_ONCE).await?;
        let Some(last) = page.last() else { break };
        after = Some(last.listing.id.clone());
        for listing in page.iter().map(|stored| &stored.listing).filter(|listing| stays(&listing.id)) {
            for reference in references(listing) {
                if lost.get(&reference.id) == Some(&reference.kind) {
                    found.push(Dependent { id: listing.id.clone(), kind: listing.kind(), reference });
                }
            }
        }
    }
    Ok(found)
}
