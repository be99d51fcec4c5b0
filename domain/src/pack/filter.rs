//! What a listing must be to count, read off the listing itself.

use super::pocket::{Entry, Pocket};
use crate::geo::Point;
use crate::listing::{Details, KnownOpen, Listing};
use crate::money::price_band;
use crate::search::{DEFAULT_CORRIDOR_KM, Query};

/// What being at the centre of the search counts for, against being at its edge.
const NEAREST: f32 = 0.1;

impl Pocket<'_> {
    /// The line of the route that `corridor` names, if the route is in a pack: where its stops say they are, where their places
    /// are, or else the seats of their counties.
    pub(super) fn line(&self, route: &str) -> Option<Vec<Point>> {
        let found = self.entries.iter().map(|entry| entry.listing);
        let Details::Route(route) = &found.clone().find(|it| it.slug.as_str() == route || it.id.as_str() == route)?.details
        else {
            return None;
        };
        let point = |stop: &crate::listing::kinds::Stop| {
            let place = || self.listing(stop.place.as_ref()?)?.position;
            let seat = || stop.region.as_ref()?.region()?.centre();
            stop.position.or_else(place).map(|position| position.point()).or_else(seat)
        };
        let line: Vec<Point> = route.stops.iter().filter_map(point).collect();
        (!line.is_empty()).then_some(line)
    }
}

pub fn distance_km(query: &Query, listing: &Listing) -> Option<f64> {
    Some(query.near?.km_to(listing.position?.point()))
}

/// What being near the centre counts for in the order: half the way is worth half.
pub fn nearness(query: &Query, listing: &Listing) -> f32 {
    match distance_km(query, listing).zip(query.reach_km()) {
        Some((km, reach_km)) => 1.0 + NEAREST * (1.0 - (km / reach_km).min(1.0)) as f32,
        None => 1.0,
    }
}

/// Whether it is all that was chosen.
pub fn admits(query: &Query, entry: &Entry) -> bool {
    let (listing, facts) = (entry.listing, &entry.facts);
    let region = |chosen: &[crate::region::RegionCode]| {
        chosen.is_empty() || listing.all_regions().into_iter().any(|code| chosen.iter().any(|chosen| code.lies_in(chosen)))
    };
    let price = |fits: &dyn Fn(crate::Fen) -> bool| facts.price.is_some_and(fits);
    let point = listing.position.map(|position| position.point());
    (query.kinds.is_empty() || query.kinds.contains(&listing.kind()))
        && region(&query.counties)
        && region(&query.prefectures)
        && (query.families.is_empty() || query.families.iter().any(|family| facts.family == Some(family.code())))
        && (query.grades.is_empty() || facts.grade.as_ref().is_some_and(|grade| query.grades.contains(grade)))
        && (query.levels.is_empty() || query.levels.iter().any(|level| facts.level == Some(level.code())))
        && (query.tags.is_empty() || listing.tags.iter().any(|tag| query.tags.contains(tag)))
        && (query.months.is_empty() || listing.months.bits() & query.months.bits() != 0)
        && (query.price_bands.is_empty() || price(&|fen| price_band(fen).is_some_and(|band| query.price_bands.contains(&band))))
        && query.price_min.is_none_or(|min| price(&|fen| fen >= min))
        && query.price_max.is_none_or(|max| price(&|fen| fen <= max))
        && (!query.barrier_free || facts.barrier_free)
        && (!query.voucher || facts.voucher)
        && query.date.is_none_or(|day| KnownOpen::of(listing).on(day))
        && query.bbox.as_ref().is_none_or(|bbox| point.is_some_and(|point| bbox.contains(point)))
        && query.near.zip(query.reach_km()).is_none_or(|(centre, km)| point.is_some_and(|point| centre.km_to(point) <= km))
        && query.corridor.as_ref().is_none_or(|corridor| {
            let km = query.corridor_km.unwrap_or(DEFAULT_CORRIDOR_KM);
            point.is_some_and(|point| point.km_to_line(&corridor.line).is_some_and(|off| off <= km))
        })
}
