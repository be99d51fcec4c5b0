//! Trips: what follows from one, how one is changed, and when one is forgotten.

mod choosing;
mod instead;
mod named;
mod turns;

use std::sync::Arc;

use app::trips::Known;
use app::trips::form::Typed;
use app::trips::pack::{CountyPack, FORMAT, TripPack, addresses};
use app::trips::{self, change, known, listings_of, plan};
use app::views::{Plan, ShareLink};
use chrono::{NaiveDate, TimeDelta};
use domain::listing::{Kind, Listing};
use domain::region::{Region, RegionLevel};
use domain::search::{Corridor, Query};
use domain::time::Timestamp;
use domain::trip::course;
use domain::trip::travel::{Roads, on_roads};
use domain::trip::voucher::Voucher;
use domain::trip::{DayTimeline, Facts, Trip, World, timeline};
use domain::{Lang, ListingId, Problem};

use self::turns::work_out;
use crate::error::ServiceError;
use crate::services::pages::running_offers;
use crate::services::search::shelf;
use crate::state::App;
use crate::store::{Done, StoredTrip};

pub use choosing::{BUSY, Choice, arranged, chosen, remarks, task};
pub use instead::instead;
pub use named::{Wanted, wanted};
pub use turns::{CHOOSING, MENDING};

/// A device that makes more is no traveller's.
pub const MOST_TRIPS: u64 = 60;

/// A trip that nobody has touched for so long is deleted.
pub fn forgotten_after() -> TimeDelta {
    TimeDelta::days(365)
}

/// Everything that follows from a trip as it stands today, but for what would mend it.
pub async fn plan(app: &App, trip: Trip, lang: Lang, now: Timestamp) -> Result<Plan, ServiceError> {
    let (known, roads, offers, today) = beside(app, &trip, lang, now).await?;
    work_out(move || Plan::as_it_stands(trip, known, roads, offers, today)).await
}

/// With what would mend it too, unless too many want that at once: then a plan without, and false.
pub async fn mended_plan(app: &App, trip: Trip, lang: Lang, now: Timestamp) -> Result<(Plan, bool), ServiceError> {
    let (known, roads, offers, today) = beside(app, &trip, lang, now).await?;
    let turn = MENDING.take().await;
    work_out(move || match &turn {
        Some(_) => (Plan::of(trip, known, roads, offers, today), true),
        None => (Plan::as_it_stands(trip, known, roads, offers, today), false),
    })
    .await
}

/// What a plan is made of beside its trip.
async fn beside(
    app: &App,
    trip: &Trip,
    lang: Lang,
    now: Timestamp,
) -> Result<(Known, Roads, Vec<Voucher>, NaiveDate), ServiceError> {
    let today = domain::time::day_of(now);
    let known = known_of(app, trip).await?;
    let offers = running_offers(app, lang, today).await?;
    let offers = offers.iter().filter_map(|card| Voucher::of(&card.listing)).collect();
    let roads = app.ways.around(trip, &trips::facts_of(&known)).await;
    Ok((known, roads, offers, today))
}

/// What the catalogue has of all that a trip names, its route and the stops of that.
async fn known_of(app: &App, trip: &Trip) -> Result<Known, ServiceError> {
    let mut found = app.listings.find_many(&plan::wanted(trip)).await?;
    let route = found.iter().find(|listing| Some(&listing.id) == trip.from_route.as_ref());
    let stops = route.map(|route| plan::stops_of(route)).unwrap_or_default();
    found.extend(app.listings.find_many(&stops).await?);
    Ok(known(found))
}

/// All that a device keeps of a trip.
pub async fn pack(
    app: &App,
    stored: StoredTrip,
    shares: Vec<ShareLink>,
    lang: Lang,
    now: Timestamp,
) -> Result<TripPack, ServiceError> {
    let today = domain::time::day_of(now);
    // Taken before anything is read: what changes meanwhile is newer than the pack says, not older.
    let revision = app.keeper.revision();
    let known = known_of(app, &stored.trip).await?;
    let facts = trips::facts_of(&known);
    let ideas = ideas(app, &stored.trip, &facts, lang, now).await?;
    let (pages, files) = addresses(lang, &known, &stored.id);
    let counties = counties_of(&stored.trip, &facts);
    let roads = app.ways.around(&stored.trip, &facts).await;
    let all = known.into_values().chain(ideas.iter().cloned());
    Ok(TripPack {
        format: FORMAT,
        made_at: now,
        revision,
        lang,
        listings: trips::known(all).into_values().map(|listing| (*listing).clone()).collect(),
        offers: running_offers(app, lang, today).await?.into_iter().map(|card| (*card.listing).clone()).collect(),
        ideas: ideas.into_iter().map(|listing| listing.id.clone()).collect(),
        shares,
        roads,
        site: (*app.site()).clone(),
        pages,
        files,
        counties: counties.into_iter().map(|county| county_pack(county, lang)).collect(),
        // Keys of forms that are long sent.
        stored: StoredTrip { recent: vec![], ..stored },
    })
}

/// Counties and zones that a trip touches, each once, in its order.
fn counties_of(trip: &Trip, facts: &Facts) -> Vec<&'static Region> {
    let mut counties: Vec<&'static Region> = vec![];
    for county in trip.places().filter_map(|place| place.locate(facts).region) {
        if county.level != RegionLevel::Prefecture && !counties.iter().any(|known| known.code == county.code) {
            counties.push(county);
        }
    }
    counties
}

fn county_pack(county: &Region, lang: Lang) -> CountyPack {
    let code = county.code.as_str().to_owned();
    CountyPack { name: county.name.get(lang).to_owned(), address: format!("/packs/{code}"), bytes: None, code }
}

/// As many as a page offers.
const IDEAS: usize = 6;
/// So many of the best are looked at for what the travellers like.
const CANDIDATES: u32 = 40;

/// At most so far off the way; farther where there is little.
const BESIDE_KM: [f64; 2] = [12.0, 30.0];

/// Places along the way that are not in the trip yet: those first that share the most of the travellers' interests. None where the
/// trip is nowhere yet.
pub async fn ideas(app: &App, trip: &Trip, facts: &Facts, lang: Lang, now: Timestamp) -> Result<Vec<Arc<Listing>>, ServiceError> {
    let line = course::line(trip, facts);
    if line.is_empty() {
        return Ok(vec![]);
    }
    let there: Vec<ListingId> = listings_of(trip);
    let mut ideas: Vec<Arc<Listing>> = vec![];
    for km in BESIDE_KM {
        let query = Query {
            kinds: vec![Kind::Place],
            corridor: Some(Corridor { route: String::new(), line: line.clone() }),
            corridor_km: Some(km),
            per_page: CANDIDATES,
            lang,
            ..Query::default()
        };
        let found = shelf(app, &query, domain::time::day_of(now)).await?.1.into_iter().map(|card| card.listing);
        let new: Vec<_> = found.filter(|it| !there.contains(&it.id) && !ideas.iter().any(|known| known.id == it.id)).collect();
        ideas.extend(new);
        if ideas.len() >= IDEAS {
            break;
        }
    }
    let liked = |listing: &Listing| listing.tags.iter().filter(|tag| trip.party.interests.contains(tag)).count();
    ideas.sort_by_key(|listing| std::cmp::Reverse(liked(listing)));
    ideas.truncate(IDEAS);
    Ok(ideas)
}

/// What the catalogue knows of places.
pub async fn facts_of(app: &App, ids: &[ListingId]) -> Result<Facts, ServiceError> {
    Ok(trips::facts_of(&known(app.listings.find_many(ids).await?)))
}

/// When a trip is where, without what would mend it.
pub async fn times(app: &App, trip: &Trip) -> Result<(Facts, Vec<DayTimeline>), ServiceError> {
    let facts = facts_of(app, &listings_of(trip)).await?;
    let travel = on_roads(trip.transport, app.ways.around(trip, &facts).await);
    let days = timeline(trip, &World { facts: &facts, travel: &travel });
    Ok((facts, days))
}

/// What a form asks for, or what is wrong with it.
pub async fn wish(app: &App, typed: &Typed, trip: &Trip, now: Timestamp) -> Result<Result<Done, Vec<Problem>>, ServiceError> {
    let known = known(app.listings.find_many(&change::wanted(typed, trip)).await?);
    let today = domain::time::day_of(now);
    if !change::takes_a_while(typed) {
        return Ok(change::wish(typed, trip, &known, &Roads::default(), today));
    }
    let roads = app.ways.around(trip, &trips::facts_of(&known)).await;
    let (typed, trip) = (typed.clone(), trip.clone());
    MENDING.work(move || change::wish(&typed, &trip, &known, &roads, today)).await
}

#[derive(Debug)]
pub enum Changed {
    Yes(StoredTrip),
    /// It had been done before, by the same form.
    Already(StoredTrip),
    /// Somebody else has changed the trip since the version that was looked at.
    Conflict(StoredTrip),
    Refused(Problem),
}

/// Changes a trip that is at `version`. `key` names the wish: asked for again, it is not done again. None where there is no trip.
pub async fn change(
    app: &App,
    id: &str,
    version: i64,
    key: &str,
    done: &Done,
    now: Timestamp,
) -> Result<Option<Changed>, ServiceError> {
    let facts = facts_of(app, &change::brings(done)).await?;
    // A trip has few editors: whoever loses a race finds the winner's version at the second look.
    for _ in 0..3 {
        let Some(stored) = app.store.trip(id).await? else { return Ok(None) };
        if stored.recent.iter().any(|recent| recent.key == key) {
            return Ok(Some(Changed::Already(stored)));
        }
        if stored.version != version {
            return Ok(Some(Changed::Conflict(stored)));
        }
        let next = match stored.next(key, done, &facts, now) {
            Ok(next) => next,
            Err(problem) => return Ok(Some(Changed::Refused(problem))),
        };
        if app.store.change_trip(&next).await? {
            return Ok(Some(Changed::Yes(next)));
        }
    }
    Err(ServiceError::Unavailable("a trip changes faster than it can be read".to_owned()))
}

/// Deletes what nobody has touched for a year, saved listings too, and links that have ended. Says how many trips those were.
pub async fn forget(app: &App, now: Timestamp) -> Result<u64, ServiceError> {
    app.store.forget_shares(now).await?;
    app.store.forget_saved(now - forgotten_after()).await?;
    Ok(app.store.forget_trips(now - forgotten_after()).await?)
}

/// Runs until the process ends.
pub async fn forget_every_day(app: Arc<App>) {
    // Soon after a start too: a server that is started anew every night would never come to it.
    let mut wait = std::time::Duration::from_secs(60);
    loop {
        tokio::time::sleep(wait).await;
        wait = std::time::Duration::from_secs(24 * 60 * 60);
        match forget(&app, chrono::Utc::now()).await {
            Ok(0) => {}
            Ok(trips) => tracing::info!(trips, "trips that nobody touched for a year are deleted"),
            Err(why) => tracing::warn!(%why, "old trips could not be deleted; the next try is tomorrow"),
        }
    }
}
