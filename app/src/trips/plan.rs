//! What follows from a trip.

use chrono::NaiveDate;
use domain::ListingId;
use domain::listing::{Details, Listing};
use domain::trip::adapt::{Adaptation, as_it_stands, review};
use domain::trip::budget::budget;
use domain::trip::travel::{Roads, on_roads};
use domain::trip::voucher::{Voucher, best_savings};
use domain::trip::{Edit, Repair, Trip, World};

use super::{Known, facts_of, listings_of};
use crate::views::Plan;

/// What [`Plan::of`] wants to know, but for the stops of the route.
pub fn wanted(trip: &Trip) -> Vec<ListingId> {
    let mut ids = listings_of(trip);
    ids.extend(trip.from_route.clone());
    ids
}

/// Places of the catalogue that a route names; none where the listing is no route.
pub fn stops_of(route: &Listing) -> Vec<ListingId> {
    match &route.details {
        Details::Route(it) => it.stops.iter().filter_map(|stop| stop.place.clone()).collect(),
        _ => vec![],
    }
}

impl Plan {
    /// As it stands on this day. `known` has the places of the trip, its route and the route's stops; `roads` what a routing service
    /// says of the ways between them, if anybody asked one; `offers` are those of the day.
    /// Repairs are tried one after the other: a long trip with much wrong takes a core for a while.
    pub fn of(trip: Trip, known: Known, roads: Roads, offers: Vec<Voucher>, today: NaiveDate) -> Self {
        Self::looked_at(trip, known, roads, offers, today, review)
    }

    /// As [`Plan::of`], for pages that offer no repairs, in a few thousandths of a second.
    pub fn as_it_stands(trip: Trip, known: Known, roads: Roads, offers: Vec<Voucher>, today: NaiveDate) -> Self {
        Self::looked_at(trip, known, roads, offers, today, as_it_stands)
    }

    fn looked_at(
        trip: Trip,
        known: Known,
        roads: Roads,
        offers: Vec<Voucher>,
        today: NaiveDate,
        look: fn(&Trip, Option<&Listing>, &World) -> Adaptation,
    ) -> Self {
        let facts = facts_of(&known);
        let route = trip.from_route.as_ref().and_then(|id| known.get(id)).cloned();
        let travel = on_roads(trip.transport, roads);
        let mut adaptation = look(&trip, route.as_deref(), &World { facts: &facts, travel: &travel });
        // the rules know no today, and no plan begins before it
        let begins_in_the_past = |repair: &Repair| matches!(repair.edit, Edit::SetFirstDay { date } if date < today);
        adaptation.repairs.iter_mut().for_each(|(_, repairs)| repairs.retain(|repair| !begins_in_the_past(repair)));
        let budget = budget(&trip, &facts);
        let savings = best_savings(&budget, &offers);
        Self { trip, facts, listings: known, route, adaptation, budget, savings, offers }
    }
}
