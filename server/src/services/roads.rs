//! Times on the road from a routing service, where the operator has one (`XIAOXIANG_ROUTING_URL`).
//!
//! A page asks once for all the ways between its places, before anything is worked out, and waits no longer than `PATIENCE`; what
//! is not known by then is estimated. Answers are kept by pairs of places. Who asks for what is being asked for already waits for
//! that answer. A service that fails is left in peace for a while, so that a page is late at most once.

mod client;

use std::collections::HashMap;
use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use domain::trip::travel::{Corner, Road, Roads, Spot};
use domain::trip::{Facts, Transport, Trip, Where};
use futures_util::FutureExt;
use futures_util::future::{BoxFuture, Shared};
use lru::LruCache;
use tokio::sync::Semaphore;
use tokio::time::{Instant, timeout};

use crate::config::{Dialect, Routing};
use client::Trouble;

/// Somebody waits for a page.
const PATIENCE: Duration = Duration::from_millis(1_500);
/// Roads are built, closed and mended, but not by the hour.
const ROAD_KEPT: Duration = Duration::from_secs(24 * 60 * 60);
/// That there is no road may be a gap in the service's data.
const NO_ROAD_KEPT: Duration = Duration::from_secs(60 * 60);
/// A question that was refused would be refused again.
const REFUSAL_KEPT: Duration = Duration::from_secs(10 * 60);
/// How long a service that failed is not asked.
const REST: Duration = Duration::from_secs(30);
/// Ways that are kept; some ten megabytes.
const MOST_WAYS: NonZeroUsize = NonZeroUsize::new(100_000).expect("not zero");
/// Questions at once.
const AT_ONCE: usize = 4;

/// Knows ways, or whom to ask.
pub struct Wayfinder(Option<Arc<Service>>);

struct Service {
    routing: Routing,
    state: Mutex<State>,
    turns: Semaphore,
}

type Asking = Shared<BoxFuture<'static, ()>>;

struct State {
    ways: LruCache<(Corner, Corner), Way>,
    asking: HashMap<Vec<Corner>, Asking>,
    rests_until: Option<Instant>,
}

struct Way {
    road: Option<Road>,
    until: Instant,
}

impl Wayfinder {
    pub fn new(routing: Option<Routing>) -> Self {
        let state = || State { ways: LruCache::new(MOST_WAYS), asking: HashMap::new(), rests_until: None };
        Self(routing.map(|routing| Arc::new(Service { routing, state: Mutex::new(state()), turns: Semaphore::new(AT_ONCE) })))
    }

    /// The roads between all places of a trip and those of the catalogue that come with it.
    pub async fn around(&self, trip: &Trip, facts: &Facts) -> Roads {
        if self.0.is_none() {
            return Roads::default();
        }
        let known = facts.keys().cloned().map(Where::Listing);
        let places: Vec<Where> = trip.places().cloned().chain(known).collect();
        self.between(trip.transport, places.iter().filter_map(|place| Spot::of(place, facts)).collect()).await
    }

    /// What is known of the ways between the spots, asked for if need be.
    pub async fn between(&self, transport: Transport, spots: Vec<Spot>) -> Roads {
        let Some(service) = self.0.as_ref().filter(|_| Roads::help(transport)) else { return Roads::default() };
        let mut corners = Roads::wanted(&spots);
        corners.truncate(most_places(service.routing.dialect));
        if let Some(asked) = service.ask(&corners) {
            // Late answers are for the next page.
            let _ = timeout(PATIENCE, asked).await;
        }
        service.known(&corners)
    }
}

/// What such services answer in one go as they come.
fn most_places(dialect: Dialect) -> usize {
    match dialect {
        Dialect::Osrm => 100,
        Dialect::Valhalla => 50,
    }
}

fn pairs(corners: &[Corner]) -> impl Iterator<Item = (Corner, Corner)> + '_ {
    let pair = |from: Corner| corners.iter().filter(move |to| **to != from).map(move |to| (from, *to));
    corners.iter().flat_map(move |from| pair(*from))
}

impl Service {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What to wait for; none where all is known, or nobody is to be asked now.
    fn ask(self: &Arc<Self>, corners: &[Corner]) -> Option<Asking> {
        let now = Instant::now();
        let mut state = self.state();
        let unknown: Vec<(Corner, Corner)> =
            pairs(corners).filter(|pair| state.ways.peek(pair).is_none_or(|way| way.until <= now)).collect();
        let mut asked: Vec<Corner> = unknown.iter().flat_map(|(from, to)| [*from, *to]).collect();
        asked.sort_unstable();
        asked.dedup();
        if asked.is_empty() || state.rests_until.is_some_and(|until| until > now) {
            return None;
        }
        if let Some(asking) = state.asking.get(&asked) {
            return Some(asking.clone());
        }
        // A task of its own: it goes on when whoever asked has left, and others may wait for it.
        let (service, question) = (self.clone(), asked.clone());
        let asking = tokio::spawn(async move { service.learn(&question).await }).map(|_| ()).boxed().shared();
        state.asking.insert(asked, asking.clone());
        Some(asking)
    }

    async fn learn(&self, asked: &[Corner]) {
        let answer = timeout(PATIENCE, async {
            let _turn = self.turns.acquire().await;
            client::ask(&self.routing, asked).await
        });
        let answer = answer.await.unwrap_or_else(|_| Err(Trouble::Failed("no answer in time".to_owned())));
        let outcome = match &answer {
            Ok(_) => "answered",
            Err(Trouble::Refused(_)) => "refused",
            Err(Trouble::Failed(_)) => "failed",
        };
        metrics::counter!("xiaoxiang_routing_requests_total", "outcome" => outcome).increment(1);
        let now = Instant::now();
        let mut state = self.state();
        state.asking.remove(asked);
        match answer {
            Ok(roads) => {
                for (from, row) in asked.iter().zip(roads) {
                    for (to, road) in asked.iter().zip(row).filter(|(to, _)| *to != from) {
                        let until = now + if road.is_some() { ROAD_KEPT } else { NO_ROAD_KEPT };
                        state.ways.put((*from, *to), Way { road, until });
                    }
                }
            }
            Err(Trouble::Refused(why)) => {
                tracing::warn!(%why, places = asked.len(), "the routing service refused; these ways are estimated");
                for pair in pairs(asked) {
                    state.ways.put(pair, Way { road: None, until: now + REFUSAL_KEPT });
                }
            }
            Err(Trouble::Failed(why)) => {
                tracing::warn!(%why, "the routing service failed; ways are estimated for a while");
                state.rests_until = Some(now + REST);
            }
        }
    }

    fn known(&self, corners: &[Corner]) -> Roads {
        let now = Instant::now();
        let mut state = self.state();
        let known = pairs(corners).filter_map(|(from, to)| {
            let way = state.ways.get(&(from, to)).filter(|way| way.until > now)?;
            Some((from, to, way.road?))
        });
        known.collect::<Vec<_>>().into()
    }
}
