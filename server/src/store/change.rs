//! What is asked of the store, and the form in which it is kept.

use domain::ListingId;
use domain::event::Revision;
use domain::listing::Listing;
use sha2::{Digest as _, Sha256};

/// One thing to be done to the catalogue.
#[derive(Debug, Clone)]
pub enum ChangeRequest {
    /// Boxed: a listing is many times the size of an id.
    Put(Box<Listing>),
    Withdraw(ListingId),
}

impl ChangeRequest {
    pub fn put(listing: Listing) -> Self {
        Self::Put(Box::new(listing))
    }

    pub fn id(&self) -> &ListingId {
        match self {
            Self::Put(listing) => &listing.id,
            Self::Withdraw(id) => id,
        }
    }
}

/// What became of the requests.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Written {
    /// The clock afterwards.
    pub revision: Revision,
    pub put: usize,
    pub withdrawn: usize,
    /// Put as it already was, or withdrawn where there was nothing: no event, no revision.
    pub unchanged: usize,
}

/// The one form in which a listing is stored, compared and exported.
pub fn document_of(listing: &Listing) -> String {
    serde_json::to_string(listing).expect("a listing has only string keys and finite numbers")
}

/// SHA-256 in hex.
pub fn digest_of(document: &str) -> String {
    format!("{:x}", Sha256::digest(document.as_bytes()))
}
