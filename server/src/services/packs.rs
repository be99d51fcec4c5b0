//! Counties to take along: what the catalogue has of one, with what its search needs, as one file.

use std::sync::Arc;

use app::views::{KeptCounty, Site};
use chrono::NaiveDate;
use domain::ListingId;
use domain::curation::Rule;
use domain::event::Revision;
use domain::listing::Listing;
use domain::pack::{FORMAT, LARGEST, OtherWords, Pack};
use domain::region::{RegionCode, RegionLevel};
use domain::search::{Query, Sort};

use crate::error::ServiceError;
use crate::search::{Options, tables};
use crate::state::App;

/// What a pack is made of. The same parts give the same bytes.
#[derive(Debug, Clone)]
pub struct Parts {
    pub county: RegionCode,
    pub revision: Revision,
    pub site: Site,
    pub listings: Vec<Arc<Listing>>,
    pub hidden: Vec<ListingId>,
    pub synonyms: Vec<OtherWords>,
}

/// The file of a county, or of the county that a zone is in; none where there is no such county.
pub async fn pack(app: &App, code: &RegionCode, today: NaiveDate) -> Result<Option<Vec<u8>>, ServiceError> {
    let Some(region) = code.region().filter(|region| region.level != RegionLevel::Prefecture) else { return Ok(None) };
    let county = region.county.as_ref().unwrap_or(code);
    // the number first: what is read after it is at least as new
    let revision = app.keeper.revision();
    let everything = Query { counties: vec![county.clone()], sort: Sort::Newest, per_page: u32::MAX, ..Query::default() };
    // what exists, whatever is hidden from searches
    let options = Options { facets: false, curated: Arc::default(), ..app.options(today) };
    let results = app.keeper.index().search(&everything, &options)?;
    let ids: Vec<ListingId> = results.hits.into_iter().map(|hit| hit.id).collect();
    let listings = app.listings.find_many(&ids).await?;
    let curated = app.curation.on(today);
    let decided = app.curation.entries().into_iter().filter(|entry| entry.is_active(today));
    let synonyms = decided.filter_map(|entry| match entry.rule {
        Rule::Synonym { word, others, both_ways } => Some((entry.id, OtherWords { word, others, both_ways })),
        _ => None,
    });
    let mut synonyms: Vec<_> = synonyms.collect();
    synonyms.sort_by(|(a, _), (b, _)| a.cmp(b));
    let parts = Parts {
        county: county.clone(),
        revision,
        site: (*app.site()).clone(),
        hidden: curated.hidden_from_all().filter(|id| listings.iter().any(|listing| listing.id == **id)).cloned().collect(),
        listings,
        synonyms: synonyms.into_iter().map(|(_, words)| words).collect(),
    };
    let file = tokio::task::spawn_blocking(move || file(parts, LARGEST)).await.expect("writing a pack does not panic");
    file.map(Some).map_err(|why| ServiceError::Bug(format!("pack: {why}")))
}

/// At most `largest` bytes: without the long texts where they do not fit, and then without the listings of which the least is
/// known. The pack says so.
pub fn file(parts: Parts, largest: usize) -> serde_json::Result<Vec<u8>> {
    let mut listings: Vec<Listing> = parts.listings.iter().map(|listing| (**listing).clone()).collect();
    listings.sort_by(|a, b| a.id.cmp(&b.id));
    let all = listings.len();
    let mut without_bodies = false;
    loop {
        let pack = Pack {
            county: parts.county.clone(),
            revision: parts.revision,
            changed: listings.iter().map(|listing| listing.updated_at).max(),
            without_bodies,
            left_out: all - listings.len(),
            tables: tables(&listings.iter().collect::<Vec<_>>()),
            hidden: parts.hidden.clone(),
            synonyms: parts.synonyms.clone(),
            listings: listings.clone(),
        };
        let bytes = serde_json::to_vec(&KeptCounty { format: FORMAT, site: parts.site.clone(), pack })?;
        if bytes.len() <= largest || listings.is_empty() {
            return Ok(bytes);
        }
        if !without_bodies {
            without_bodies = true;
            listings.iter_mut().for_each(|listing| listing.body = None);
            continue;
        }
        // as many as the excess suggests, and one more
        let kept = (listings.len() * largest / bytes.len()).min(listings.len() - 1);
        let mut by_quality: Vec<(u8, ListingId)> =
            listings.iter().map(|listing| (listing.quality(), listing.id.clone())).collect();
        by_quality.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        by_quality.truncate(kept);
        listings.retain(|listing| by_quality.iter().any(|(_, id)| *id == listing.id));
    }
}

#[cfg(test)]
mod tests;
