//! The index: what can be found, and how it is found. It knows `domain` and tantivy, never the store and never HTTP.
//!
//! The database is the truth; a folder of this index may be deleted at any time. Every text is folded ([`fold()`]: simplified,
//! lower-case, half-width, one character to one character) before anything else looks at it, so a position in the folded text
//! is a position in the shown one. Searching reads three things:
//! - the inverted index decides which listings match the words (`query` plans, `evaluate` looks, `schema` names the fields);
//! - a row of facts per listing, in memory (`row`), decides filters, facet counts and order in one pass (`collect`);
//! - the stored document gives identity, digest and title back.

mod analysis;
mod answer;
mod clauses;
mod collect;
mod correct;
mod curated;
mod docs;
mod document;
mod evaluate;
mod facets;
mod filter;
mod fold;
mod highlight;
mod index;
mod lexicon;
mod packed;
mod pieces;
mod pinyin;
mod query;
mod rank;
mod row;
mod schema;
mod snapshot;
mod sounds;
mod suggest;
mod tables;
mod terms;
#[cfg(test)]
mod tests;
mod tongue;
mod top;

use std::path::PathBuf;
use std::sync::Arc;

use chrono::NaiveDate;
use domain::listing::Kind;
use domain::region::RegionCode;
use domain::search::synonyms;
use domain::{ListingId, Slug};

pub use answer::Answer;
pub use curated::{Curated, Pinned};
pub use fold::fold;
pub use highlight::{Marking, highlight};
pub use index::Index;
pub use rank::Explain;
pub use tables::tables;

/// Where an index lives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Location {
    Folder(PathBuf),
    /// For tests, and gone with the value.
    Memory,
}

/// Why the index could not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    #[error("the search index cannot be used and must be rebuilt: {0}")]
    Unusable(String),
    #[error("another process or task has this search index open for writing")]
    Locked,
    #[error("this search index was opened for reading only")]
    ReadOnly,
    #[error("the search engine failed: {0}")]
    Engine(#[from] tantivy::TantivyError),
    #[error("the search index could not be read or written: {0}")]
    Io(#[from] std::io::Error),
}

/// What a search needs to know beside what was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    pub hide_samples: bool,
    /// The day it is in Shanghai: what is in season stands a little higher, offers that are over stand last.
    pub today: NaiveDate,
    /// Also give the first so many hits of every kind.
    pub per_kind: Option<usize>,
    pub facets: bool,
    /// What the bureau has decided.
    pub curated: Arc<Curated>,
    /// What was typed, folded: by it decisions are looked up. None: only what is hidden from every search is.
    pub typed: Option<String>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Results {
    /// Exact.
    pub total: u64,
    /// Of the page that was asked for.
    pub hits: Vec<Hit>,
    /// Kinds that have hits, in the order of the table of kinds, each with its exact count.
    pub groups: Vec<(Kind, u64, Vec<Hit>)>,
    pub facets: Vec<Facet>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    pub id: ListingId,
    pub score: f32,
    /// From `near`, where the query has it.
    pub distance_km: Option<f64>,
    /// Where the query asks for it.
    pub explain: Option<Explain>,
    /// Where the bureau recommends it for this search.
    pub pinned: Option<Pinned>,
}

/// What a result can be narrowed by. Each count is what choosing that value alone in this facet gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facet {
    /// The name of the parameter.
    pub name: &'static str,
    /// Values of the parameter with their counts; a chosen value is listed even when it counts nothing.
    pub values: Vec<(String, u64)>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    pub text: String,
    pub target: Target,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    Listing { id: ListingId, kind: Kind, slug: Slug },
    Region(RegionCode),
}
