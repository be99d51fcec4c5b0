//! What has become of a trip on this device.

use std::sync::Arc;

use app::trips::form::Typed;
use app::trips::pack::TripPack;
use app::trips::{Known, change, facts_of};
use app::views::{Chrome, Site};
use domain::Problem;
use domain::time::{Timestamp, day_of};
use domain::trip::Facts;
use domain::trip::stored::{Done, StoredTrip};
use domain::trip::travel::Roads;

use crate::look::Look;

pub struct Local {
    /// With everything that waits and can be done.
    pub stored: StoredTrip,
    pub site: Arc<Site>,
    /// What waits and cannot be done, by its place in the queue.
    pub problems: Vec<(usize, Problem)>,
    /// How much waits.
    pub waiting: usize,
    /// Never before the pack was made: where the device's clock says so, it is wrong.
    pub now: Timestamp,
    fork: u32,
    known: Known,
    roads: Roads,
}

/// What comes of a form.
pub enum Tried {
    /// Nothing was changed in it.
    Nothing,
    Done(Done, Box<StoredTrip>),
    Refused(Vec<Problem>),
    /// It was made on this version, which is no longer there.
    Outdated(i64, Done),
}

impl Local {
    pub fn of(pack: &TripPack, queue: &[String], look: &Look) -> Self {
        Self { fork: look.fork, ..Self::at(pack, queue, look.now()) }
    }

    pub fn at(pack: &TripPack, queue: &[String], now: Timestamp) -> Self {
        let mut local = Self {
            stored: pack.stored.clone(),
            site: Arc::new(pack.site.clone()),
            problems: vec![],
            waiting: queue.len(),
            now: now.max(pack.made_at),
            fork: 0,
            known: pack.known(),
            roads: pack.roads.clone(),
        };
        for (index, body) in queue.iter().enumerate() {
            match local.try_one(body) {
                Tried::Nothing => {}
                Tried::Done(_, next) => local.stored = *next,
                Tried::Refused(problems) => local.problems.extend(problems.into_iter().map(|problem| (index, problem))),
                Tried::Outdated(..) => local.problems.push((index, outdated())),
            }
        }
        local
    }

    fn wish(&self, typed: &Typed) -> Result<Done, Vec<Problem>> {
        change::wish(typed, &self.stored.trip, &self.known, &self.roads, day_of(self.now))
    }

    /// What the server has done, and which version came of it: what others did before may be missing here.
    pub fn follow(&mut self, body: &str, version: i64) {
        let next = self.wish(&Typed::read(body)).map(|wish| self.stored.next(body, &wish, &self.facts(), self.now));
        if let Ok(Ok(next)) = next {
            self.stored = next;
        }
        self.stored.version = version;
    }

    /// As the server would do it, on what is here.
    pub fn try_one(&self, body: &str) -> Tried {
        let typed = Typed::read(body);
        let wish = match self.wish(&typed) {
            Ok(wish) if change::is_nothing(&wish) => return Tried::Nothing,
            Ok(wish) => wish,
            Err(problems) => return Tried::Refused(problems),
        };
        let version = typed.get("version").parse().unwrap_or(0);
        if version != self.stored.version {
            return Tried::Outdated(version, wish);
        }
        match self.stored.next(body, &wish, &self.facts(), self.now) {
            Ok(next) => Tried::Done(wish, Box::new(next)),
            Err(problem) => Tried::Refused(vec![problem]),
        }
    }

    pub fn facts(&self) -> Facts {
        facts_of(&self.known)
    }

    /// Names the forms of a page made here.
    pub fn key(&self) -> String {
        format!("{}-{}-{}-{}", self.stored.id, self.stored.version, self.fork, self.now.timestamp_millis())
    }

    pub fn chrome(&self, pack: &TripPack, look: &Look) -> Chrome {
        Chrome { unsent: self.waiting, ..look.chrome(self.site.clone(), pack.made_at) }
    }
}

fn outdated() -> Problem {
    let (zh, en) = ("别人先改了行程", "somebody else has changed the trip first");
    Problem::new("version", "outdated", zh, en)
}
