//! The search that is measured.

use std::path::Path;
use std::sync::Arc;

use anyhow::Result;
use chrono::NaiveDate;
use domain::Lang;
use domain::listing::Listing;
use domain::search::Query;
use domain::search::notes::Note;
use server::search::{Index, Location, Options, Suggestion};

use super::{Answer, Desk, Engine, Fill};
use crate::corpus;

pub struct Ours {
    index: Index,
    today: NaiveDate,
    facets: bool,
}

/// The one place that knows how the server asks: whatever a visitor would be shown, corrections and all.
fn ours(index: &Index, query: &Query, options: &Options) -> Result<Answer> {
    let answer = index.answer(query, options)?;
    let ids = answer.results.hits.into_iter().map(|hit| hit.id.as_str().to_owned()).collect();
    let corrected = answer.notes.iter().any(|note| matches!(note, Note::Corrected { .. }));
    Ok(Answer { ids, corrected })
}

impl Ours {
    pub fn open(folder: &Path, facets: bool) -> Result<Self> {
        let index = Index::open_for_reading(&Location::Folder(folder.to_owned()))?;
        Ok(Self { index, today: corpus::day()?, facets })
    }

    /// With the right to change it.
    pub fn open_to_change(folder: &Path) -> Result<Self> {
        let index = Index::open(&Location::Folder(folder.to_owned()))?;
        Ok(Self { index, today: corpus::day()?, facets: false })
    }

    /// Found from now on.
    pub fn put(&self, listing: Arc<Listing>) -> Result<()> {
        Ok(self.index.apply(&puts(&[listing]), &[], self.index.revision() + 1)?)
    }

    /// In memory, and filled.
    pub fn of(listings: &[Arc<Listing>]) -> Result<Self> {
        let index = Index::open(&Location::Memory)?;
        index.add_uncommitted(&puts(listings))?;
        index.commit(1)?;
        Ok(Self { index, today: corpus::day()?, facets: false })
    }

    /// Samples are shown to visitors, so they are measured like the rest.
    fn options(&self) -> Options {
        Options {
            hide_samples: false,
            today: self.today,
            per_kind: None,
            facets: self.facets,
            curated: Arc::default(),
            typed: None,
        }
    }

    pub fn suggest(&self, text: &str) -> Result<Vec<Suggestion>> {
        Ok(self.index.suggest(text, Lang::Zh, 8, &self.options())?)
    }
}

impl Engine for Ours {
    fn desk(&self) -> Result<Desk<'_>> {
        let options = self.options();
        Ok(Box::new(move |query| ours(&self.index, query, &options)))
    }
}

/// Digests are for the check against the database, which is not measured here.
fn puts(listings: &[Arc<Listing>]) -> Vec<(Arc<Listing>, String)> {
    listings.iter().map(|listing| (listing.clone(), String::new())).collect()
}

pub struct Filling(Index);

impl Filling {
    pub fn create(folder: &Path) -> Result<Self> {
        Ok(Self(Index::open_to_fill(&Location::Folder(folder.to_owned()))?))
    }
}

impl Fill for Filling {
    fn add(&mut self, listings: &[Arc<Listing>]) -> Result<()> {
        Ok(self.0.add_uncommitted(&puts(listings))?)
    }

    fn commit(self: Box<Self>) -> Result<()> {
        Ok(self.0.commit(1)?)
    }
}
