//! A county to take along: its listings, and all that is needed to search them without signal by the rules that hold with it.
//!
//! What needs large tables (which character a traditional one is, how a name is read, where its words begin) is worked out by the
//! server for the texts of the pack and comes along as [`Tables`]; the rules themselves are these. A county has hundreds of
//! listings at most, so [`Pocket`] looks at every one of them.

mod answer;
mod correct;
mod filter;
mod mark;
mod plan;
mod pocket;
mod scores;
mod tables;
mod texts;

use serde::{Deserialize, Serialize};

use crate::ListingId;
use crate::event::Revision;
use crate::listing::Listing;
use crate::region::RegionCode;
use crate::time::Timestamp;

pub use answer::{Answer, Hit};
pub use mark::Marking;
pub use pocket::Pocket;
pub use tables::{Spoken, Tables};

/// Grows with every change of what stands in a pack. One of another format is fetched anew, never guessed at.
pub const FORMAT: u32 = 1;

/// Bytes of a pack as it is kept. Above it bodies are left out first, then the listings of which the least is known.
pub const LARGEST: usize = 5_000_000;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Pack {
    pub county: RegionCode,
    /// Of the catalogue.
    pub revision: Revision,
    /// When the last of these listings was changed; none where there are none.
    pub changed: Option<Timestamp>,
    /// The long texts had to be left out.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub without_bodies: bool,
    /// So many listings had to be left out.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub left_out: usize,
    /// By id.
    pub listings: Vec<Listing>,
    /// Found by their whole name only, as the bureau has decided.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hidden: Vec<ListingId>,
    /// What the bureau has decided to be other words for a word.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub synonyms: Vec<OtherWords>,
    pub tables: Tables,
}

/// Folded, Latin words with single spaces.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OtherWords {
    pub word: String,
    pub others: Vec<String>,
    pub both_ways: bool,
}

fn is_zero(count: &usize) -> bool {
    *count == 0
}

impl Pack {
    /// Whether a listing belongs to the pack of a county: it lies there, touches it, or lies in a zone of it.
    pub fn holds(county: &RegionCode, listing: &Listing) -> bool {
        let is_there = |code: &RegionCode| {
            code == county || code.region().is_some_and(|region| region.county.as_ref().is_some_and(|code| code == county))
        };
        listing.all_regions().into_iter().any(is_there)
    }
}

#[cfg(test)]
mod tests;
