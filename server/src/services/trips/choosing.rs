//! Stops chosen for who would rather not.

use std::sync::Arc;
use std::time::{Duration, Instant};

use domain::listing::{Kind, Listing};
use domain::search::{MOST_PER_PAGE, Query};
use domain::time::Timestamp;
use domain::trip::facts::PlaceFacts;
use domain::trip::travel::{Spot, on_roads};
use domain::trip::{Chooser, Facts, Trip, Where, Wish, World};
use domain::{Lang, ListingId, Problem};

use super::worked_out;
use crate::error::ServiceError;
use crate::services::search::shelf;
use crate::state::App;

/// Somebody is waiting.
const PATIENCE: Duration = Duration::from_millis(300);
/// A day's way there or back, and what lies around it.
const REACH_KM_A_DAY: f64 = 80.0;
const NEAREST_REACH_KM: f64 = 100.0;
const FURTHEST_REACH_KM: f64 = 400.0;

/// The trip for a wish, with the reasons for each stop as its note; or why there is none.
pub async fn chosen(app: &App, wish: Wish, now: Timestamp) -> Result<Result<Trip, Problem>, ServiceError> {
    let listings = to_choose_from(app, &wish, now).await?;
    laid_out(app, listings, wish).await
}

/// The trip that holds what must be in it and nothing else, each on the day and in the place of its day that suits; or why there is
/// none.
pub async fn arranged(app: &App, wish: Wish) -> Result<Result<Trip, Problem>, ServiceError> {
    let listings = app.listings.find_many(&fixed_ids(&wish)).await?;
    laid_out(app, listings, wish).await
}

async fn laid_out(app: &App, listings: Vec<Arc<Listing>>, wish: Wish) -> Result<Result<Trip, Problem>, ServiceError> {
    let facts: Facts = listings.iter().map(|listing| (listing.id.clone(), PlaceFacts::of(listing))).collect();
    let places = listings.iter().map(|listing| Where::Listing(listing.id.clone())).chain([wish.from.clone()]);
    let roads = app.ways.between(wish.transport, places.filter_map(|place| Spot::of(&place, &facts)).collect()).await;
    worked_out(move || {
        let travel = on_roads(wish.transport, roads);
        let mut chooser = Chooser::new(&wish, &World { facts: &facts, travel: &travel }, &[])?;
        let until = Instant::now() + PATIENCE;
        chooser.run(|| Instant::now() < until);
        let chosen = chooser.best();
        let mut trip = chosen.trip;
        for visit in trip.days.iter_mut().flat_map(|day| &mut day.visits) {
            if let Some(reasons) = chosen.reasons.iter().find(|reasons| reasons.visit == visit.id) {
                let whys: Vec<String> = reasons.whys.iter().map(|why| why.text().get(wish.lang).to_owned()).collect();
                visit.note = whys.join(wish.lang.pick("；", "; "));
            }
        }
        Ok(trip)
    })
    .await
}

/// Places around where it begins: those that are thought most of, those of the travellers' interests, and what must be in it.
async fn to_choose_from(app: &App, wish: &Wish, now: Timestamp) -> Result<Vec<Arc<Listing>>, ServiceError> {
    let today = domain::time::day_of(now);
    let near = match &wish.from {
        Where::Region(code) => code.region().and_then(|region| region.centre()),
        _ => None,
    };
    let reach = (REACH_KM_A_DAY * wish.days as f64).clamp(NEAREST_REACH_KM, FURTHEST_REACH_KM);
    let around = Query {
        kinds: vec![Kind::Place],
        near,
        radius_km: near.map(|_| reach),
        per_page: MOST_PER_PAGE,
        lang: Lang::default(),
        ..Query::default()
    };
    let mut found: Vec<Arc<Listing>> = shelf(app, &around, today).await?.1.into_iter().map(|card| card.listing).collect();
    if !wish.party.interests.is_empty() {
        let liked = Query { tags: wish.party.interests.clone(), ..around };
        found.extend(shelf(app, &liked, today).await?.1.into_iter().map(|card| card.listing));
    }
    found.extend(app.listings.find_many(&fixed_ids(wish)).await?);
    Ok(found)
}

fn fixed_ids(wish: &Wish) -> Vec<ListingId> {
    let listing_of = |place: &Where| match place {
        Where::Listing(id) => Some(id.clone()),
        _ => None,
    };
    wish.fixed.iter().filter_map(|fixed| listing_of(&fixed.at)).collect()
}
