//! Times on the road from a routing service, where the operator has one (`XIAOXIANG_ROUTING_URL`).
//!
//! A page asks once for all the ways between its places, before anything is worked out, and waits no longer than `PATIENCE`; what
//! is not known by then is estimated. Answers are kept by pairs of places. Who asks for what is being asked for already waits for
//! that answer. A service that fails is left in peace for a while, so that a page is late at most once.

mod client;

use std::collections::{HashMap, VecDeque};
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
use client::{Table, Trouble};

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
/// Pages that wait for different answers; with more, ways are estimated.
const MOST_ASKING: usize = 64;
/// Questions into which one that is refused may fall: enough to find the one place among fifty that spoils it.
const MOST_PARTS: usize = 60;

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
    between(corners, corners)
}

fn between<'a>(from: &'a [Corner], to: &'a [Corner]) -> impl Iterator<Item = (Corner, Corner)> + 'a {
    let pair = |from: Corner| to.iter().filter(move |to| **to != from).map(move |to| (from, *to));
    from.iter().flat_map(move |from| pair(*from))
}

/// A part of the table of all ways: from each of some places to each of the same or of others.
struct Block {
    from: Vec<Corner>,
    to: Vec<Corner>,
}

impl Block {
    fn pairs(&self) -> impl Iterator<Item = (Corner, Corner)> + '_ {
        between(&self.from, &self.to)
    }

    /// Quarters of it, those of neighbours first; none where it is only about two places.
    fn parts(&self) -> Vec<Block> {
        let places = if self.from == self.to { self.from.len() } else { self.from.len() + self.to.len() };
        if places <= 2 {
            return vec![];
        }
        fn halves(places: &[Corner]) -> Vec<&[Corner]> {
            let (low, high) = places.split_at(places.len() / 2);
            [low, high].into_iter().filter(|half| !half.is_empty()).collect()
        }
        let quarters = halves(&self.from).into_iter().flat_map(|from| halves(&self.to).into_iter().map(move |to| (from, to)));
        let mut parts: Vec<Block> = quarters.map(|(from, to)| Block { from: from.to_vec(), to: to.to_vec() }).collect();
        parts.sort_by_key(|part| part.from != part.to);
        parts
    }
}

impl State {
    fn rests(&self) -> bool {
        self.rests_until.is_some_and(|until| until > Instant::now())
    }

    /// Whether a way is not known, or not known to be none, any more.
    fn wonders_about(&self, pair: &(Corner, Corner)) -> bool {
        self.ways.peek(pair).is_none_or(|way| way.until <= Instant::now())
    }

    fn keep(&mut self, block: &Block, roads: Table, now: Instant) {
        for (from, row) in block.from.iter().zip(roads) {
            for (to, road) in block.to.iter().zip(row).filter(|(to, _)| *to != from) {
                let until = now + if road.is_some() { ROAD_KEPT } else { NO_ROAD_KEPT };
                self.ways.put((*from, *to), Way { road, until });
            }
        }
    }

    /// What is known of the block stays known.
    fn give_up(&mut self, block: &Block, now: Instant) {
        for pair in block.pairs().filter(|pair| self.wonders_about(pair)).collect::<Vec<_>>() {
            self.ways.put(pair, Way { road: None, until: now + REFUSAL_KEPT });
        }
    }
}

impl Service {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What to wait for; none where all is known, or nobody is to be asked now.
    fn ask(self: &Arc<Self>, corners: &[Corner]) -> Option<Asking> {
        let mut state = self.state();
        let unknown = pairs(corners).filter(|pair| state.wonders_about(pair));
        let mut asked: Vec<Corner> = unknown.flat_map(|(from, to)| [from, to]).collect();
        asked.sort_unstable();
        asked.dedup();
        if asked.is_empty() || state.rests() {
            return None;
        }
        if let Some(asking) = state.asking.get(&asked) {
            return Some(asking.clone());
        }
        if state.asking.len() >= MOST_ASKING {
            return None;
        }
        // A task of its own: it goes on when whoever asked has left, and others may wait for it.
        let (service, question) = (self.clone(), asked.clone());
        let asking = tokio::spawn(async move { service.learn(&question).await }).map(|_| ()).boxed().shared();
        state.asking.insert(asked, asking.clone());
        Some(asking)
    }

    /// Asks for all the ways between these places, and where that is refused for parts of them: one place that is too far off, or in
    /// a lake, does not spoil the rest.
    async fn learn(&self, places: &[Corner]) {
        let mut blocks = VecDeque::from([Block { from: places.to_vec(), to: places.to_vec() }]);
        let mut left = MOST_PARTS;
        while let Some(block) = blocks.pop_front() {
            if !block.pairs().any(|pair| self.state().wonders_about(&pair)) {
                continue;
            }
            let answer = match left.checked_sub(1) {
                Some(fewer) => {
                    left = fewer;
                    self.ask_for(&block).await
                }
                None => Some(Err(Trouble::Refused("in too many ways".to_owned()))),
            };
            let now = Instant::now();
            match answer {
                None => break,
                Some(Ok(roads)) => self.state().keep(&block, roads, now),
                Some(Err(Trouble::Refused(why))) => match block.parts() {
                    parts if parts.is_empty() || left == 0 => {
                        tracing::warn!(%why, places = places.len(), "the routing service refused; some ways are estimated");
                        self.state().give_up(&block, now);
                    }
                    parts => blocks.extend(parts),
                },
                Some(Err(Trouble::Failed(why))) => {
                    tracing::warn!(%why, "the routing service failed; ways are estimated for a while");
                    self.state().rests_until = Some(now + REST);
                    break;
                }
            }
        }
        self.state().asking.remove(places);
    }

    /// None where the service came to be left in peace while others were asking.
    async fn ask_for(&self, block: &Block) -> Option<Result<Table, Trouble>> {
        let _turn = self.turns.acquire().await;
        if self.state().rests() {
            return None;
        }
        // The clock starts here: that many ask at once is no fault of the service.
        let answer = timeout(PATIENCE, client::ask(&self.routing, &block.from, &block.to)).await;
        let answer = answer.unwrap_or_else(|_| Err(Trouble::Failed("no answer in time".to_owned())));
        let outcome = match &answer {
            Ok(_) => "answered",
            Err(Trouble::Refused(_)) => "refused",
            Err(Trouble::Failed(_)) => "failed",
        };
        metrics::counter!("xiaoxiang_routing_requests_total", "outcome" => outcome).increment(1);
        Some(answer)
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
