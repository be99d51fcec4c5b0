//! What is to be decided: visits to choose from, the tours that take them, and what both may cost.

use super::plan::{Broken, Moment};
use crate::Fen;

/// Longer times than this are refused, so that sums of a few of them cannot overflow.
pub const LONGEST: i32 = 1 << 28;
/// More visits than this are refused: what the search does at each step grows with them.
pub const MOST_VISITS: usize = 1_000;
/// More tours than this are refused.
pub const MOST_TOURS: usize = 60;

/// When a visit may begin: `earliest` and `latest` are both allowed. Whoever comes earlier waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    pub earliest: i32,
    pub latest: i32,
}

/// The window of a visit in each tour.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opening {
    /// The same in every tour.
    Always(Window),
    /// One for each tour, in their order; `None` where it is closed.
    PerTour(Vec<Option<Window>>),
}

impl Opening {
    fn in_tour(&self, tour: usize) -> Option<Window> {
        match self {
            Self::Always(window) => Some(*window),
            Self::PerTour(windows) => windows[tour],
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visit {
    /// Index into [`Travel`]; several visits may be at one place.
    pub place: usize,
    pub score: u32,
    pub duration: i32,
    pub cost: Fen,
    /// Any plan has it, whatever else must go. To fix its day, close it in the others; to fix its hour, narrow its window.
    pub mandatory: bool,
    pub opening: Opening,
}

/// A day: from one place to another, not before `leaves`, there again at `back` or sooner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tour {
    pub from: usize,
    pub to: usize,
    pub leaves: i32,
    pub back: i32,
}

/// Travel times between places, in the unit of all other times; the way back may take longer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Travel {
    places: usize,
    times: Vec<i32>,
}

impl Travel {
    /// No way leads there.
    pub const NEVER: i32 = 1 << 29;

    /// From a function of two places. Times beyond [`LONGEST`] count as [`Travel::NEVER`].
    pub fn between(places: usize, time: impl Fn(usize, usize) -> i32) -> Self {
        let times = (0..places * places).map(|at| match time(at / places, at % places) {
            time if time > LONGEST => Self::NEVER,
            time => time,
        });
        Self { places, times: times.collect() }
    }

    pub fn time(&self, from: usize, to: usize) -> i32 {
        self.times[from * self.places + to]
    }
}

/// Which visits, in which tours, in which order, for the highest score?
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    pub(super) travel: Travel,
    pub(super) visits: Vec<Visit>,
    pub(super) tours: Vec<Tour>,
    pub(super) budget: Option<Fen>,
}

/// Why there is no such problem. Visits and tours are numbered from 0, as they were given.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    #[error("{0} visits are more than {MOST_VISITS}")]
    TooManyVisits(usize),
    #[error("{0} tours: there must be from 1 to {MOST_TOURS}")]
    Tours(usize),
    #[error("visit {0} is at a place for which no travel times were given")]
    VisitPlace(usize),
    #[error("tour {0} starts or ends at a place for which no travel times were given")]
    TourPlace(usize),
    #[error("visit {0} has an opening for {1} tours, but there are {2}")]
    Openings(usize, usize, usize),
    #[error("visit {0} takes a negative or an endless time")]
    Duration(usize),
    #[error("visit {0} costs less than nothing or more than everything")]
    Cost(usize),
    #[error("a time of visit {0} is beyond {LONGEST}")]
    VisitTime(usize),
    #[error("a time of tour {0} is beyond {LONGEST}")]
    TourTime(usize),
    #[error("tour {0} is over before one gets from its start to its end")]
    TourTooShort(usize),
    #[error("the way from place {0} to place {1} takes a negative time")]
    Travel(usize, usize),
    #[error("the budget is negative")]
    Budget,
}

impl Problem {
    /// `budget` is for all tours together; `None` is no limit.
    pub fn new(travel: Travel, visits: Vec<Visit>, tours: Vec<Tour>, budget: Option<Fen>) -> Result<Self, Fault> {
        let problem = Self { travel, visits, tours, budget };
        problem.fault().map_or(Ok(problem), Err)
    }

    fn fault(&self) -> Option<Fault> {
        let sane = |time: i32| (-LONGEST..=LONGEST).contains(&time);
        let places = self.travel.places;
        if self.visits.len() > MOST_VISITS {
            return Some(Fault::TooManyVisits(self.visits.len()));
        }
        if !(1..=MOST_TOURS).contains(&self.tours.len()) {
            return Some(Fault::Tours(self.tours.len()));
        }
        if let Some(at) = self.travel.times.iter().position(|time| *time < 0) {
            return Some(Fault::Travel(at / places, at % places));
        }
        if self.budget.is_some_and(|budget| budget.0 < 0) {
            return Some(Fault::Budget);
        }
        for (index, visit) in self.visits.iter().enumerate() {
            if visit.place >= places {
                return Some(Fault::VisitPlace(index));
            }
            if !(0..=LONGEST).contains(&visit.duration) {
                return Some(Fault::Duration(index));
            }
            if !(0..=Fen::MOST.0).contains(&visit.cost.0) {
                return Some(Fault::Cost(index));
            }
            if let Opening::PerTour(windows) = &visit.opening
                && windows.len() != self.tours.len()
            {
                return Some(Fault::Openings(index, windows.len(), self.tours.len()));
            }
            let windows = (0..self.tours.len()).filter_map(|tour| visit.opening.in_tour(tour));
            if windows.into_iter().any(|window| !sane(window.earliest) || !sane(window.latest)) {
                return Some(Fault::VisitTime(index));
            }
        }
        self.tours.iter().enumerate().find_map(|(index, tour)| {
            if tour.from.max(tour.to) >= places {
                return Some(Fault::TourPlace(index));
            }
            if !sane(tour.leaves) || !sane(tour.back) {
                return Some(Fault::TourTime(index));
            }
            (tour.leaves + self.travel.time(tour.from, tour.to) > tour.back).then_some(Fault::TourTooShort(index))
        })
    }

    pub fn travel(&self) -> &Travel {
        &self.travel
    }

    pub fn visits(&self) -> &[Visit] {
        &self.visits
    }

    pub fn tours(&self) -> &[Tour] {
        &self.tours
    }

    pub fn budget(&self) -> Option<Fen> {
        self.budget
    }

    /// When a visit may begin in a tour; `None` if it is closed.
    pub fn window(&self, visit: usize, tour: usize) -> Option<Window> {
        self.visits[visit].opening.in_tour(tour)
    }

    /// When each visit of a tour is reached and begins if nobody waits without need, and last the end of the tour.
    pub fn schedule(&self, tour: usize, visits: &[usize]) -> Result<Vec<Moment>, Broken> {
        let Tour { from, to, leaves, back } = self.tours[tour];
        let mut moments = Vec::with_capacity(visits.len() + 1);
        let (mut place, mut free) = (from, leaves);
        for &index in visits {
            let visit = self.visits.get(index).ok_or(Broken::Unknown(index))?;
            let window = self.window(index, tour).ok_or(Broken::Closed(index, tour))?;
            let way = self.travel.time(place, visit.place);
            let arrives = free.saturating_add(way);
            let begins = arrives.max(window.earliest);
            if way == Travel::NEVER || begins > window.latest {
                return Err(Broken::Late(index, tour));
            }
            moments.push(Moment { arrives, begins });
            (place, free) = (visit.place, begins.saturating_add(visit.duration));
        }
        let way = self.travel.time(place, to);
        let arrives = free.saturating_add(way);
        if way == Travel::NEVER || arrives > back {
            return Err(Broken::End(tour));
        }
        moments.push(Moment { arrives, begins: arrives });
        Ok(moments)
    }
}
