//! What could stand in for a stop when it rains or a door is shut.

use std::sync::Arc;

use app::views::Plan;
use domain::Lang;
use domain::listing::{Kind, Listing};
use domain::search::{MOST_PER_PAGE, Query};
use domain::time::Timestamp;
use domain::trip::choose::{Alternative, alternatives};
use domain::trip::facts::PlaceFacts;
use domain::trip::timeline::start_of;
use domain::trip::travel::{Spot, on_roads};
use domain::trip::{VisitId, Where, World};

use super::MENDING;
use crate::error::ServiceError;
use crate::services::search::shelf;
use crate::state::App;

/// Farther nobody looks for one.
const REACH_KM: f64 = 40.0;

/// The best first; empty where nothing would do, or nobody knows where the stop is.
pub async fn instead(
    app: &App,
    plan: &Plan,
    day: usize,
    visit: VisitId,
    lang: Lang,
    now: Timestamp,
) -> Result<Vec<(Arc<Listing>, Alternative)>, ServiceError> {
    let stop = plan.trip.visit(visit).and_then(|visit| Spot::of(&visit.at, &plan.facts));
    let Some(stop) = stop else { return Ok(vec![]) };
    let around = Query {
        kinds: vec![Kind::Place, Kind::Experience],
        near: Some(stop.point),
        radius_km: Some(REACH_KM),
        per_page: MOST_PER_PAGE,
        lang,
        ..Query::default()
    };
    let found = shelf(app, &around, domain::time::day_of(now)).await?.1;
    let found: Vec<Arc<Listing>> = found.into_iter().map(|card| card.listing).collect();
    let (trip, mut facts) = (plan.trip.clone(), plan.facts.clone());
    facts.extend(found.iter().map(|listing| (listing.id.clone(), PlaceFacts::of(listing))));
    let around = trip.days.get(day).map(|day| day.visits.iter().map(|visit| &visit.at).chain(&day.end));
    let places = around.into_iter().flatten().chain(start_of(&trip, day)).cloned();
    let places = places.chain(found.iter().map(|listing| Where::Listing(listing.id.clone())));
    let roads = app.ways.between(trip.transport, places.filter_map(|place| Spot::of(&place, &facts)).collect()).await;
    let best = MENDING
        .work(move || {
            let travel = on_roads(trip.transport, roads);
            alternatives(&trip, day, visit, &World { facts: &facts, travel: &travel })
        })
        .await?;
    let listed = best.into_iter().filter_map(|it| Some((found.iter().find(|listing| listing.id == it.at)?.clone(), it)));
    Ok(listed.collect())
}
