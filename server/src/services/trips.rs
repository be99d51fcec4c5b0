//! Trips: what follows from one, how one is changed, and when one is forgotten.

mod choosing;

use std::collections::BTreeMap;
use std::sync::Arc;

use app::views::Plan;
use chrono::TimeDelta;
use domain::listing::{Details, Kind, Listing};
use domain::region::{RegionCode, RegionLevel};
use domain::search::Query;
use domain::time::Timestamp;
use domain::trip::Repair;
use domain::trip::adapt::review;
use domain::trip::budget::budget;
use domain::trip::facts::PlaceFacts;
use domain::trip::travel::estimator;
use domain::trip::voucher::{Voucher, best_savings};
use domain::trip::{DayTimeline, Edit, Facts, Trip, Where, World, timeline};
use domain::{Lang, ListingId, Problem};

use tokio::sync::Semaphore;

use crate::error::ServiceError;
use crate::services::pages::running_offers;
use crate::services::search::shelf;
use crate::state::App;
use crate::store::{Done, Recent, StoredTrip};

pub use choosing::chosen;

/// A device that makes more is no traveller's.
pub const MOST_TRIPS: u64 = 60;
/// Edits that are remembered with their keys.
const MOST_RECENT: usize = 40;
/// What can be undone may take so much room, and what was done lately as well.
const LARGEST_HISTORY: usize = 128 * 1024;
/// One edit; an honest one is a fraction of it.
pub const LARGEST_EDIT: usize = 16 * 1024;

/// A trip that nobody has touched for so long is deleted.
pub fn forgotten_after() -> TimeDelta {
    TimeDelta::days(365)
}

/// Trips that are worked out at once. A long one with much wrong takes a core for a while, and the rest of the site wants one too.
static AT_WORK: Semaphore = Semaphore::const_new(2);

async fn worked_out<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, ServiceError> {
    let turn = AT_WORK.acquire().await;
    // Repairs are tried one after the other: that is work, and not for the thread that answers everybody. It goes on when whoever
    // asked has left, so the turn is its own.
    let in_turn = move || {
        let _turn = turn;
        work()
    };
    tokio::task::spawn_blocking(in_turn).await.map_err(|why| ServiceError::Bug(format!("a trip could not be worked out: {why}")))
}

/// Everything that follows from a trip as it stands today.
pub async fn plan(app: &App, trip: Trip, lang: Lang, now: Timestamp) -> Result<Plan, ServiceError> {
    let today = domain::time::day_of(now);
    let mut ids: Vec<ListingId> = listings_of(&trip);
    ids.extend(trip.from_route.clone());
    let mut found = app.listings.find_many(&ids).await?;
    let route = found.iter().find(|listing| Some(&listing.id) == trip.from_route.as_ref()).cloned();
    if let Some(Details::Route(it)) = route.as_ref().map(|route| &route.details) {
        let stops: Vec<ListingId> = it.stops.iter().filter_map(|stop| stop.place.clone()).collect();
        found.extend(app.listings.find_many(&stops).await?);
    }
    let listings: BTreeMap<_, _> = found.into_iter().map(|listing| (listing.id.clone(), listing)).collect();
    let offers = running_offers(app, lang, today).await?;
    let offers: Vec<Voucher> = offers.iter().filter_map(|card| Voucher::of(&card.listing)).collect();
    worked_out(move || {
        let facts: Facts = listings.values().map(|listing| (listing.id.clone(), PlaceFacts::of(listing))).collect();
        let travel = estimator(trip.transport);
        let mut adaptation = review(&trip, route.as_deref(), &World { facts: &facts, travel: &travel });
        // the rules know no today, and no plan begins before it
        let begins_in_the_past = |repair: &Repair| matches!(repair.edit, Edit::SetFirstDay { date } if date < today);
        adaptation.repairs.iter_mut().for_each(|(_, repairs)| repairs.retain(|repair| !begins_in_the_past(repair)));
        let budget = budget(&trip, &facts);
        let savings = best_savings(&budget, &offers);
        Plan { trip, facts, listings, route, adaptation, budget, savings, offers }
    })
    .await
}

/// As many as a page offers.
const IDEAS: usize = 6;
/// So many of the best are looked at for what the travellers like.
const CANDIDATES: u32 = 40;

/// Places around where the trip is that are not in it yet: those first that share the most of the travellers' interests. None where
/// the trip is nowhere yet.
pub async fn ideas(app: &App, plan: &Plan, lang: Lang, now: Timestamp) -> Result<Vec<Arc<Listing>>, ServiceError> {
    let trip = &plan.trip;
    let Some(here) = trip.places().find_map(|place| place.locate(&plan.facts).region) else { return Ok(vec![]) };
    let there: Vec<ListingId> = listings_of(trip);
    let around = |counties: Vec<RegionCode>, prefectures: Vec<RegionCode>| async move {
        let kinds = vec![Kind::Place];
        let query = Query { kinds, counties, prefectures, per_page: CANDIDATES, lang, ..Query::default() };
        shelf(app, &query, domain::time::day_of(now)).await
    };
    let mut found = match here.level {
        RegionLevel::Prefecture => vec![],
        RegionLevel::County | RegionLevel::Zone => around(vec![here.code.clone()], vec![]).await?.1,
    };
    if found.len() < IDEAS {
        let wider = around(vec![], vec![here.prefecture.clone()]).await?.1;
        let known: Vec<ListingId> = found.iter().map(|card| card.listing.id.clone()).collect();
        found.extend(wider.into_iter().filter(|card| !known.contains(&card.listing.id)));
    }
    let mut ideas: Vec<_> = found.into_iter().map(|card| card.listing).filter(|listing| !there.contains(&listing.id)).collect();
    let liked = |listing: &Listing| listing.tags.iter().filter(|tag| trip.party.interests.contains(tag)).count();
    ideas.sort_by_key(|listing| std::cmp::Reverse(liked(listing)));
    ideas.truncate(IDEAS);
    Ok(ideas)
}

/// Places of the catalogue that a trip names.
fn listings_of(trip: &Trip) -> Vec<ListingId> {
    let ids = trip.places().filter_map(|place| match place {
        Where::Listing(id) => Some(id.clone()),
        _ => None,
    });
    let mut ids: Vec<ListingId> = ids.collect();
    ids.sort();
    ids.dedup();
    ids
}

/// What the catalogue knows of the places a trip names.
pub async fn facts_of(app: &App, trip: &Trip) -> Result<Facts, ServiceError> {
    let found = app.listings.find_many(&listings_of(trip)).await?;
    Ok(found.iter().map(|listing| (listing.id.clone(), PlaceFacts::of(listing))).collect())
}

/// When a trip is where, without what would mend it.
pub async fn times(app: &App, trip: &Trip) -> Result<(Facts, Vec<DayTimeline>), ServiceError> {
    let facts = facts_of(app, trip).await?;
    let travel = estimator(trip.transport);
    let days = timeline(trip, &World { facts: &facts, travel: &travel });
    Ok((facts, days))
}

/// The best order of a day, as an edit; none where it has it already.
pub async fn arrange(app: &App, trip: &Trip, day: usize) -> Result<Option<Edit>, ServiceError> {
    let (facts, trip) = (facts_of(app, trip).await?, trip.clone());
    let arranged = worked_out(move || {
        let travel = estimator(trip.transport);
        domain::trip::arrange::arrange(&trip, day, &World { facts: &facts, travel: &travel })
    })
    .await?;
    Ok(arranged.and_then(|arranged| arranged.edit))
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
    // A trip has few editors: whoever loses a race finds the winner's version at the second look.
    for _ in 0..3 {
        let Some(stored) = app.store.trip(id).await? else { return Ok(None) };
        if stored.recent.iter().any(|recent| recent.key == key) {
            return Ok(Some(Changed::Already(stored)));
        }
        if stored.version != version {
            return Ok(Some(Changed::Conflict(stored)));
        }
        let next = match next(app, &stored, key, done, now).await? {
            Ok(next) => next,
            Err(problem) => return Ok(Some(Changed::Refused(problem))),
        };
        if app.store.change_trip(&next).await? {
            return Ok(Some(Changed::Yes(next)));
        }
    }
    Err(ServiceError::Unavailable("a trip changes faster than it can be read".to_owned()))
}

async fn next(
    app: &App,
    stored: &StoredTrip,
    key: &str,
    done: &Done,
    now: Timestamp,
) -> Result<Result<StoredTrip, Problem>, ServiceError> {
    let mut history = stored.history.clone();
    let trip = match done {
        Done::Edit(edit) => {
            let trip = match history.apply(&stored.trip, edit) {
                Ok(trip) => trip,
                Err(problem) => return Ok(Err(problem)),
            };
            let facts = facts_of(app, &trip).await?;
            if let Some(gone) = edit.vanished(&facts).into_iter().next() {
                return Ok(Err(gone));
            }
            trip
        }
        Done::Undo | Done::Redo => {
            let (step, zh, en) = match done {
                Done::Undo => (history.undo(&stored.trip), "没有可以撤销的了", "there is nothing to undo"),
                _ => (history.redo(&stored.trip), "没有可以重做的了", "there is nothing to redo"),
            };
            match step {
                Some(Ok(trip)) => trip,
                Some(Err(problem)) => return Ok(Err(problem)),
                None => return Ok(Err(Problem::new("edit", "nothing", zh, en))),
            }
        }
    };
    while serde_json::to_vec(&history).is_ok_and(|text| text.len() > LARGEST_HISTORY) && history.forget_oldest() {}
    let version = stored.version + 1;
    let mut recent = stored.recent.clone();
    recent.push(Recent { version, key: key.to_owned(), done: done.clone() });
    let too_large = |recent: &Vec<Recent>| serde_json::to_vec(recent).is_ok_and(|text| text.len() > LARGEST_HISTORY);
    while recent.len() > MOST_RECENT || (recent.len() > 1 && too_large(&recent)) {
        recent.remove(0);
    }
    let id = stored.id.clone();
    Ok(Ok(StoredTrip { id, version, trip, history, recent, created_at: stored.created_at, changed_at: now, touched_at: now }))
}

/// Deletes what nobody has touched for a year, and links that have ended. Says how many trips those were.
pub async fn forget(app: &App, now: Timestamp) -> Result<u64, ServiceError> {
    app.store.forget_shares(now).await?;
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
