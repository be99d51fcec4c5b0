//! Listings that a device has put aside, and listings side by side.

use std::collections::HashMap;
use std::sync::Arc;

use app::views::{ComparePage, SavedItem, SavedPage};
use domain::ListingId;
use domain::listing::Listing;
use domain::time::{Timestamp, day_of};

use crate::error::ServiceError;
use crate::state::App;
use crate::store::SavedNow;

/// A device that saves more is no traveller's.
pub const MOST_SAVED: u64 = 200;
/// Names of listings that are read in one address or form; more are nobody's.
const MOST_NAMES: usize = MOST_SAVED as usize;
/// Of a name that nobody has, to be said again.
const LONGEST_NAME: usize = 64;

/// What was asked for, each once and in its order: what can be a listing's name, and what cannot.
pub fn names_in<'a>(asked: impl Iterator<Item = &'a str>) -> (Vec<ListingId>, Vec<String>) {
    let (mut ids, mut unknown) = (Vec::new(), Vec::new());
    for name in asked.map(str::trim).filter(|name| !name.is_empty()).take(MOST_NAMES) {
        match ListingId::parse(name) {
            Ok(id) if !ids.contains(&id) => ids.push(id),
            Ok(_) => {}
            Err(_) => {
                let shown: String = name.chars().filter(|c| !c.is_control()).take(LONGEST_NAME).collect();
                if !unknown.contains(&shown) {
                    unknown.push(shown);
                }
            }
        }
    }
    (ids, unknown)
}

pub async fn compare(app: &App, ids: &[ListingId], mut unknown: Vec<String>) -> Result<ComparePage, ServiceError> {
    let mut listings = app.listings.find_many(ids).await?;
    let gone = ids.iter().filter(|id| !listings.iter().any(|listing| listing.id == **id));
    unknown.splice(0..0, gone.map(|id| id.as_str().to_owned()));
    let left_out = listings.split_off(listings.len().min(ComparePage::MOST));
    Ok(ComparePage { listings, left_out, unknown })
}

/// Saves a listing for a device; none where there is no such listing.
pub async fn save(app: &App, device: &str, id: &ListingId, now: Timestamp) -> Result<Option<SavedNow>, ServiceError> {
    let Some(listing) = app.listings.find_many(std::slice::from_ref(id)).await?.pop() else { return Ok(None) };
    Ok(Some(app.store.save_listing(device, id, &listing.title, MOST_SAVED, now).await?))
}

/// What a device has saved, with what the catalogue says of it today. What has left the catalogue stays, by the name it had.
/// Says also when the device last looked; none where it has saved nothing.
pub async fn page(app: &App, device: Option<&str>) -> Result<(SavedPage, Option<Timestamp>), ServiceError> {
    let saved = match device {
        Some(device) => app.store.saved_by(device).await?,
        None => vec![],
    };
    let touched = saved.iter().map(|it| it.touched_at).min();
    let ids: Vec<ListingId> = saved.iter().map(|it| it.listing.clone()).collect();
    let found = app.listings.find_many(&ids).await?;
    let mut found: HashMap<ListingId, Arc<Listing>> = found.into_iter().map(|it| (it.id.clone(), it)).collect();
    let items = saved.into_iter().map(|it| SavedItem {
        listing: found.remove(&it.listing),
        id: it.listing,
        title: it.title,
        saved_on: day_of(it.saved_at),
    });
    Ok((SavedPage { items: items.collect(), most: MOST_SAVED }, touched))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_name_is_read_once_and_what_is_none_is_said_again() {
        let asked = ["pl-001", " pl-002 ", "pl-001", "", "凤凰", "凤凰", "A\u{7}b"];
        let (ids, unknown) = names_in(asked.into_iter());
        assert_eq!(ids.iter().map(ListingId::as_str).collect::<Vec<_>>(), ["pl-001", "pl-002"]);
        assert_eq!(unknown, ["凤凰", "Ab"]);
        assert!(names_in(std::iter::repeat_n("x", 1_000)).0.len() == 1);
    }
}
