//! Stops chosen for who would rather not.

use std::sync::Arc;
use std::time::{Duration, Instant};

use app::trips::form::Typed;
use app::trips::known;
use app::views::{Plan, Remarks};
use domain::listing::{Kind, Listing};
use domain::region::{self, RegionCode, RegionLevel};
use domain::search::{MOST_PER_PAGE, Query};
use domain::time::Timestamp;
use domain::trip::choose::Task;
use domain::trip::facts::PlaceFacts;
use domain::trip::travel::{Roads, Spot, on_roads};
use domain::trip::voucher::Voucher;
use domain::trip::{Chooser, Chosen, Facts, Trip, Where, Wish, World};
use domain::{Lang, ListingId, Problem};

use super::CHOOSING;
use super::named::{MOST_NAMES, avoided};
use crate::error::ServiceError;
use crate::services::pages::running_offers;
use crate::services::search::shelf;
use crate::state::App;

/// That were nearly chosen: as many as are looked at.
const MOST_NEARLY: usize = 3;
/// Somebody is waiting. Where somebody else is too, the first plan has to do: it takes some hundredths of a second.
const PATIENCE: Duration = Duration::from_millis(300);
/// A day's way there or back, and what lies around it.
const REACH_KM_A_DAY: f64 = 80.0;
const NEAREST_REACH_KM: f64 = 100.0;
const FURTHEST_REACH_KM: f64 = 400.0;

/// A trip, and what its page says of it at first: a query for [`remarks`], or nothing.
pub struct Choice {
    pub trip: Trip,
    pub remarks: String,
}

/// The trip for a wish, with the reasons for each stop as its note; or why there is none. `avoid` names places and kinds of places.
pub async fn chosen(app: &App, wish: Wish, avoid: &str, now: Timestamp) -> Result<Result<Choice, Problem>, ServiceError> {
    let listings = to_choose_from(app, &wish, now).await?;
    let avoid = match avoided(avoid, &listings) {
        Ok(avoid) => avoid,
        Err(problem) => return Ok(Err(problem)),
    };
    laid_out(app, listings, Wish { avoid, ..wish }, now).await
}

/// The trip that holds what must be in it and nothing else, each on the day and in the place of its day that suits; or why there is
/// none.
pub async fn arranged(app: &App, wish: Wish, now: Timestamp) -> Result<Result<Choice, Problem>, ServiceError> {
    let listings = app.listings.find_many(&named_ids(&wish)).await?;
    laid_out(app, listings, wish, now).await
}

async fn laid_out(
    app: &App,
    listings: Vec<Arc<Listing>>,
    wish: Wish,
    now: Timestamp,
) -> Result<Result<Choice, Problem>, ServiceError> {
    let offers = running_offers(app, wish.lang, domain::time::day_of(now)).await?;
    let offers: Vec<Voucher> = offers.iter().filter_map(|card| Voucher::of(&card.listing)).collect();
    let facts: Facts = listings.iter().map(|listing| (listing.id.clone(), PlaceFacts::of(listing))).collect();
    let roads = roads_between(app, &wish, &listings, &facts).await;
    let chosen = CHOOSING.work(move || {
        let travel = on_roads(wish.transport, roads);
        let mut chooser = Chooser::new(&wish, &World { facts: &facts, travel: &travel }, &offers)?;
        let until = Instant::now() + PATIENCE;
        chooser.run(|| Instant::now() < until && !CHOOSING.are_wanted());
        let chosen = chooser.best();
        let remarks = as_query(&chosen);
        Ok(Choice { trip: chosen.noted(wish.lang), remarks })
    });
    match chosen.await {
        Err(ServiceError::Busy) => Ok(Err(busy())),
        other => other,
    }
}

/// Its code, for whoever answers.
pub const BUSY: &str = "busy";

fn busy() -> Problem {
    let zh = "现在请我们排行程的人太多，还没轮到；填的都还在，过一会儿再按一次";
    let en = "too many are having their trips planned just now; what you filled in is still here, so press the button again in a while";
    Problem::new("form", BUSY, zh, en)
}

/// What a browser needs to choose by itself; or why there is nothing to choose.
pub async fn task(app: &App, wish: Wish, avoid: &str, now: Timestamp) -> Result<Result<Task, Problem>, ServiceError> {
    let listings = to_choose_from(app, &wish, now).await?;
    let avoid = match avoided(avoid, &listings) {
        Ok(avoid) => avoid,
        Err(problem) => return Ok(Err(problem)),
    };
    let offers = running_offers(app, wish.lang, domain::time::day_of(now)).await?;
    let plain = |listing: &Arc<Listing>| (**listing).clone();
    let offers = offers.iter().map(|card| plain(&card.listing)).collect();
    let facts: Facts = listings.iter().map(|listing| (listing.id.clone(), PlaceFacts::of(listing))).collect();
    let roads = roads_between(app, &wish, &listings, &facts).await;
    Ok(Ok(Task { wish: Wish { avoid, ..wish }, listings: known(listings).values().map(plain).collect(), offers, roads }))
}

/// What is in the trip for certain comes first, then the best: a routing service may not be asked about all.
async fn roads_between(app: &App, wish: &Wish, listings: &[Arc<Listing>], facts: &Facts) -> Roads {
    let certain = [&wish.from].into_iter().chain(wish.fixed.iter().map(|fixed| &fixed.at)).cloned();
    let places = certain.chain(listings.iter().map(|listing| Where::Listing(listing.id.clone())));
    app.ways.between(wish.transport, places.filter_map(|place| Spot::of(&place, facts)).collect()).await
}

/// What was nearly chosen, and what was forced in, for the address of the new trip.
fn as_query(chosen: &Chosen) -> String {
    let nearly = chosen.nearly.iter().take(MOST_NEARLY).map(|it| format!("{}:{}:{}", it.at, it.day, it.detour_min));
    let nearly: Vec<String> = nearly.collect();
    match (nearly.is_empty(), chosen.forced.len()) {
        (true, 0) => String::new(),
        (_, forced) => format!("?forced={forced}&nearly={}", nearly.join(",")),
    }
}

/// What a page says that was reached from the form for a new trip. Places that have come into the trip or left the catalogue are
/// passed over.
pub async fn remarks(app: &App, plan: &Plan, query: &str) -> Result<Remarks, ServiceError> {
    let typed = Typed::read(query);
    let read = |text: &str| {
        let mut parts = text.split(':');
        let id = ListingId::parse(parts.next()?).ok()?;
        let (day, detour): (usize, u32) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
        (day < plan.trip.days.len() && detour < 24 * 60 && !plan.listings.contains_key(&id)).then_some((id, day, detour))
    };
    let nearly: Vec<_> = typed.get("nearly").split(',').filter_map(read).take(MOST_NEARLY).collect();
    let ids: Vec<ListingId> = nearly.iter().map(|(id, ..)| id.clone()).collect();
    let listings = known(app.listings.find_many(&ids).await?);
    let nearly = nearly.into_iter().filter_map(|(id, day, detour)| Some((listings.get(&id)?.clone(), day, detour)));
    let forced = typed.get("forced").parse().unwrap_or(0).min(plan.trip.visits().count());
    let missed = typed.get("missed").split(',').filter_map(region::find).take(MOST_NAMES);
    Ok(Remarks { nearly: nearly.collect(), forced, missed: missed.collect() })
}

/// Places around where it begins: those that are thought most of, those of the travellers' interests; those where one wants to go, and
/// what must be in it.
async fn to_choose_from(app: &App, wish: &Wish, now: Timestamp) -> Result<Vec<Arc<Listing>>, ServiceError> {
    let today = domain::time::day_of(now);
    let near = match &wish.from {
        Where::Region(code) => code.region().and_then(|region| region.centre()),
        _ => None,
    };
    // What is booked or slept in is fictional, all of it.
    let kinds: &[Kind] = if wish.samples { &[Kind::Place, Kind::Experience, Kind::Stay] } else { &[Kind::Place] };
    let reach = (REACH_KM_A_DAY * wish.days as f64).clamp(NEAREST_REACH_KM, FURTHEST_REACH_KM);
    let around = Query {
        kinds: kinds.to_vec(),
        near,
        radius_km: near.map(|_| reach),
        per_page: MOST_PER_PAGE,
        lang: Lang::default(),
        ..Query::default()
    };
    let mut found: Vec<Arc<Listing>> = Vec::new();
    for kind in kinds {
        let of_kind = Query { kinds: vec![*kind], ..around.clone() };
        found.extend(shelf(app, &of_kind, today).await?.1.into_iter().map(|card| card.listing));
    }
    if !wish.around.is_empty() {
        let (prefectures, counties): (Vec<RegionCode>, Vec<RegionCode>) =
            wish.around.iter().cloned().partition(|code| code.region().is_some_and(|it| it.level == RegionLevel::Prefecture));
        for (prefectures, counties) in [(prefectures, vec![]), (vec![], counties)] {
            if prefectures.is_empty() && counties.is_empty() {
                continue;
            }
            let there = Query { near: None, radius_km: None, prefectures, counties, ..around.clone() };
            found.extend(shelf(app, &there, today).await?.1.into_iter().map(|card| card.listing));
        }
    }
    if !wish.party.interests.is_empty() {
        let liked = Query { tags: wish.party.interests.clone(), ..around };
        found.extend(shelf(app, &liked, today).await?.1.into_iter().map(|card| card.listing));
    }
    found.extend(app.listings.find_many(&named_ids(wish)).await?);
    Ok(found)
}

fn named_ids(wish: &Wish) -> Vec<ListingId> {
    let listing_of = |place: &Where| match place {
        Where::Listing(id) => Some(id.clone()),
        _ => None,
    };
    let along = wish.route.iter().flat_map(|guide| &guide.stops);
    wish.fixed.iter().map(|fixed| &fixed.at).chain(along).filter_map(listing_of).collect()
}
