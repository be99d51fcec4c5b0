//! The search and what it is measured against, each behind the same question.

mod fts5;
mod ours;
mod stock;

use std::path::Path;
use std::sync::Arc;

use anyhow::Result;
use domain::geo::{Bbox, Point};
use domain::listing::Listing;
use domain::search::Query;

pub use ours::Ours;

/// What an engine gives for a query.
#[derive(Debug, Default)]
pub struct Answer {
    /// The best first.
    pub ids: Vec<String>,
    /// What was typed was changed, and the answer says so.
    pub corrected: bool,
}

/// One thread's way to ask.
pub type Desk<'a> = Box<dyn FnMut(&Query) -> Result<Answer> + 'a>;

/// An engine that has been filled. Hits per answer are the query's `per_page`.
pub trait Engine: Sync {
    fn desk(&self) -> Result<Desk<'_>>;
}

/// An engine that is being filled.
pub trait Fill {
    fn add(&mut self, listings: &[Arc<Listing>]) -> Result<()>;
    fn commit(self: Box<Self>) -> Result<()>;
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Name {
    /// This search.
    Ours,
    /// This search with the counts of every facet, as the pages ask for it.
    OursWithFacets,
    /// tantivy as it comes, with jieba for its tokenizer.
    Stock,
    /// SQLite's FTS5 on groups of three characters.
    Trigram,
    /// SQLite's FTS5 on pairs of characters.
    Bigram,
}

impl Name {
    pub fn label(self) -> &'static str {
        match self {
            Name::Ours => "ours",
            Name::OursWithFacets => "ours, with facets",
            Name::Stock => "tantivy + jieba",
            Name::Trigram => "FTS5 trigram",
            Name::Bigram => "FTS5 bigrams",
        }
    }

    /// An empty one in an empty folder.
    pub fn create(self, folder: &Path) -> Result<Box<dyn Fill>> {
        Ok(match self {
            Name::Ours | Name::OursWithFacets => Box::new(ours::Filling::create(folder)?),
            Name::Stock => Box::new(stock::Filling::create(folder)?),
            Name::Trigram => Box::new(fts5::Filling::create(folder, fts5::Grams::Three)?),
            Name::Bigram => Box::new(fts5::Filling::create(folder, fts5::Grams::Two)?),
        })
    }

    /// The one that was filled there.
    pub fn open(self, folder: &Path) -> Result<Box<dyn Engine>> {
        Ok(match self {
            Name::Ours => Box::new(Ours::open(folder, false)?),
            Name::OursWithFacets => Box::new(Ours::open(folder, true)?),
            Name::Stock => Box::new(stock::Stock::open(folder)?),
            Name::Trigram => Box::new(fts5::Fts5::open(folder, fts5::Grams::Three)?),
            Name::Bigram => Box::new(fts5::Fts5::open(folder, fts5::Grams::Two)?),
        })
    }
}

/// The box that a query asks for, or that its circle fits into: other engines do without the corners.
fn around(query: &Query) -> Option<Bbox> {
    let circle = || {
        let (point, km) = query.near.zip(query.reach_km())?;
        let lat = km / KM_PER_DEGREE;
        let lon = lat / point.lat.to_radians().cos();
        let corner = |sign: f64| Point { lat: point.lat + sign * lat, lon: point.lon + sign * lon };
        Some(Bbox { south_west: corner(-1.0), north_east: corner(1.0) })
    };
    query.bbox.or_else(circle)
}

const KM_PER_DEGREE: f64 = 111.2;
