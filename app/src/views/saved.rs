//! What somebody has put aside, and listings side by side.

use std::sync::Arc;

use chrono::NaiveDate;
use domain::listing::Listing;
use domain::{ListingId, Text};

/// `/saved`.
#[derive(Debug, Clone, Default)]
pub struct SavedPage {
    /// The latest first.
    pub items: Vec<SavedItem>,
    /// So many a device may save.
    pub most: u64,
}

#[derive(Debug, Clone)]
pub struct SavedItem {
    pub id: ListingId,
    /// What it was called when it was saved.
    pub title: Text,
    pub saved_on: NaiveDate,
    /// None where it is no longer in the catalogue.
    pub listing: Option<Arc<Listing>>,
}

/// `/compare`.
#[derive(Debug, Clone, Default)]
pub struct ComparePage {
    /// At most [`ComparePage::MOST`].
    pub listings: Vec<Arc<Listing>>,
    /// Were asked for as well, and are too many to stand side by side.
    pub left_out: Vec<Arc<Listing>>,
    /// Asked for, and not in the catalogue.
    pub unknown: Vec<String>,
}

impl ComparePage {
    pub const MOST: usize = 4;
}
