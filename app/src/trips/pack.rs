//! All that a device keeps of a trip, to show and change it without a signal.

use std::sync::Arc;

use domain::listing::Listing;
use domain::time::Timestamp;
use domain::trip::stored::StoredTrip;
use domain::trip::travel::Roads;
use domain::trip::voucher::Voucher;
use domain::{Lang, ListingId};
use serde::{Deserialize, Serialize};

use super::plan::{stops_of, wanted};
use super::{Known, known, listings_of};
use crate::href;
use crate::views::{Plan, ShareLink, Site};

/// Of what devices keep. A pack with another number was made by another edition of the site: it is fetched anew, and until then the
/// pages that were kept are shown as they were.
pub const FORMAT: u32 = 1;

/// The JSON of `/trips/{id}/pack`. Whoever reads it takes what it knows and leaves the rest.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TripPack {
    pub format: u32,
    pub made_at: Timestamp,
    /// Of the catalogue.
    pub revision: i64,
    /// The language in which the addresses are and offers were looked for.
    pub lang: Lang,
    /// `id`, `version`, `trip`, `history`, `created_at`, `changed_at`.
    #[serde(flatten)]
    pub stored: StoredTrip,
    /// Those that the trip, its route and the ideas name, as in the catalogue.
    pub listings: Vec<Listing>,
    /// Those of the day on which the pack was made.
    pub offers: Vec<Listing>,
    /// Places around.
    pub ideas: Vec<ListingId>,
    pub shares: Vec<ShareLink>,
    /// What a routing service says of the ways between the places; the rest is estimated, with a signal or without.
    #[serde(default)]
    pub roads: Roads,
    pub site: Site,
    /// Pages to be kept beside the pack: the trip, the sheet of paper, the listings.
    pub pages: Vec<String>,
    /// Other files: covers, calendar, ways.
    pub files: Vec<String>,
    /// What can be searched without a signal in the counties of the trip.
    pub counties: Vec<CountyPack>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CountyPack {
    /// GB/T 2260, or the name of a zone.
    pub code: String,
    pub name: String,
    pub address: String,
    /// None where it is only known once it was made.
    pub bytes: Option<u64>,
}

impl TripPack {
    /// What of the catalogue is in it.
    pub fn known(&self) -> Known {
        known(self.listings.iter().cloned().map(Arc::new))
    }

    /// Everything that follows from the trip, or from what became of it.
    pub fn plan(&self, stored: &StoredTrip, now: Timestamp) -> Plan {
        let all = self.known();
        let mut ids = wanted(&stored.trip);
        let route = stored.trip.from_route.as_ref().and_then(|id| all.get(id));
        ids.extend(route.map(|route| stops_of(route)).unwrap_or_default());
        let of_the_trip = known(ids.iter().filter_map(|id| all.get(id).cloned()));
        let offers = self.offers.iter().filter_map(Voucher::of).collect();
        Plan::of(stored.trip.clone(), of_the_trip, self.roads.clone(), offers, domain::time::day_of(now))
    }

    /// Places around that are not in the trip yet.
    pub fn ideas(&self, stored: &StoredTrip) -> Vec<Arc<Listing>> {
        let there = listings_of(&stored.trip);
        let ideas = self.ideas.iter().filter(|id| !there.contains(id) && !stored.trip.days.is_empty());
        let listing = |id: &ListingId| self.listings.iter().find(|listing| listing.id == *id);
        ideas.filter_map(listing).cloned().map(Arc::new).collect()
    }
}

/// The addresses to be kept of a trip: pages, and other files.
pub fn addresses(lang: Lang, known: &Known, id: &str) -> (Vec<String>, Vec<String>) {
    let trip = |rest: &str| href::trip(lang, id, rest);
    let pages = [trip(""), trip("/print")].into_iter().chain(known.values().map(|listing| listing.path(lang))).collect();
    let ways = ["/trip.ics", "/trip.gpx", "/trip.kml"].map(trip);
    let files = known.values().map(|listing| href::cover(listing)).chain(ways).collect();
    (pages, files)
}
