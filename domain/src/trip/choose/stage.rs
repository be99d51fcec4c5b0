//! A wish as team orienteering: candidates are visits, days are tours, and the clock has no lunch in it.

use super::super::clock::{Clock, Hours};
use super::super::facts::{HoursBasis, OnDay, OpenToday};
use super::super::orienteering::{Opening, Problem, Tour, Travel, Visit, Window};
use super::super::plan::{Day, Lunch, Pace, Trip};
use super::super::sun::daylight;
use super::super::timeline::World;
use super::super::travel::Spot;
use super::super::voucher::Voucher;
use super::Wish;
use super::bases::{Bed, beds};
use super::candidates::{Candidate, candidates, is_in_season, lean_days};
use super::legs::{ANYWHERE, FIRST_BED, HOME, Legs};
use super::worth::Likeness;
use crate::listing::Kind;
use crate::{Fen, Lang};

/// Lunch in the plan, and how long it takes. In the trip it may be eaten earlier or later.
const LUNCH: i32 = 12 * 60 + 30;
const LUNCH_MIN: i32 = 60;
/// Who begins a visit of an hour or two before lunch without a break in it has to be out by then.
const LAST_LUNCH: i32 = 13 * 60 + 30;
/// Scores are whole numbers.
const POINTS: f64 = 10.0;

/// All that does not change while looking for a plan.
pub(super) struct Stage<'a> {
    pub wish: &'a Wish,
    pub world: World<'a>,
    pub vouchers: Vec<&'a Voucher>,
    /// Its days as long as the pace has them, and empty.
    pub frame: Trip,
    pub candidates: Vec<Candidate<'a>>,
    pub beds: Vec<Bed>,
    pub legs: Legs,
    pub likeness: Likeness,
    pub worth: Vec<f64>,
    /// For each day when its mountain roads end.
    sunset: Vec<i32>,
    lean: Vec<bool>,
}

/// A bed for each night.
pub(super) type Nights = Vec<usize>;

impl<'a> Stage<'a> {
    /// `home` is where the wish starts.
    pub fn new(wish: &'a Wish, frame: Trip, home: Spot, world: World<'a>, vouchers: &'a [Voucher]) -> Self {
        let vouchers: Vec<&Voucher> = vouchers.iter().filter(|voucher| wish.samples || !voucher.sample).collect();
        let lean = lean_days(wish, world.facts);
        let candidates = candidates(wish, &world, &vouchers, home.point, &lean);
        let beds = beds(wish, &world, home.point, &candidates);
        let ends = [Some(home), None].into_iter();
        let spots = ends.chain(beds.iter().map(|bed| Some(bed.spot))).chain(candidates.iter().map(|it| it.spot));
        let legs = Legs::between(&spots.collect::<Vec<_>>(), beds.len(), wish.transport, &world);
        let places: Vec<_> = candidates.iter().map(|candidate| candidate.place).collect();
        let likeness = Likeness::between(&places, &wish.party.interests);
        let worth = candidates.iter().map(|candidate| candidate.worth).collect();
        let sunset = |day: usize| daylight(home.point, frame.date(day)).map_or(18 * 60, |light| light.sunset as i32);
        let sunset = (0..wish.days).map(sunset).collect();
        Self { wish, world, vouchers, frame, candidates, beds, legs, likeness, worth, sunset, lean }
    }

    pub fn node(&self, candidate: usize) -> usize {
        FIRST_BED + self.beds.len() + candidate
    }

    /// Where a day begins and ends.
    pub fn ends(&self, day: usize, nights: &Nights) -> (usize, usize) {
        let bed = |night: usize| FIRST_BED + nights[night];
        let last = if self.wish.returns { HOME } else { ANYWHERE };
        (day.checked_sub(1).map_or(HOME, bed), if day + 1 == self.wish.days { last } else { bed(day) })
    }

    /// None where the beds are too far from each other for their days, or too dear.
    pub fn problem(&self, nights: &Nights, scores: &[f64]) -> Option<Problem> {
        let ends: Vec<(usize, usize)> = (0..self.wish.days).map(|day| self.ends(day, nights)).collect();
        let mut nodes: Vec<usize> = ends.iter().flat_map(|(from, to)| [*from, *to]).collect();
        nodes.sort_unstable();
        nodes.dedup();
        let place_of = |node: usize| nodes.binary_search(&node).unwrap_or(0);
        let outside = nodes.len();
        let tours = ends.iter().zip(&self.frame.days).map(|((from, to), day)| Tour {
            from: place_of(*from),
            to: place_of(*to),
            leaves: without_lunch(day.from.minutes() as i32),
            back: without_lunch(day.until.minutes() as i32),
        });
        let tours: Vec<Tour> = tours.collect();
        let visits = self.candidates.iter().enumerate().map(|(index, candidate)| Visit {
            place: outside + index,
            score: (scores[index] * POINTS).round().max(1.0) as u32,
            duration: candidate.stay as i32 + breather(self.wish.pace),
            cost: candidate.cost,
            mandatory: candidate.fixed.is_some(),
            opening: Opening::PerTour((0..self.wish.days).map(|day| self.window(index, day, ends[day])).collect()),
        });
        let visits = visits.collect();
        let all: Vec<usize> = nodes.iter().copied().chain((0..self.candidates.len()).map(|it| self.node(it))).collect();
        let travel = Travel::between(all.len(), |a, b| self.legs.minutes(all[a], all[b]).unwrap_or(Travel::NEVER));
        let left = |budget: Fen| Fen((budget.0 - self.night_costs(nights)).max(-1));
        let budget = self.wish.budget.map(left);
        Problem::new(travel, visits, tours, budget).ok()
    }

    pub fn night_costs(&self, nights: &Nights) -> i64 {
        nights.iter().map(|bed| self.beds[*bed].cost.0).sum()
    }

    /// When a visit may begin on a day, with no lunch in the clock; none where it cannot be.
    fn window(&self, candidate: usize, day: usize, (from, to): (usize, usize)) -> Option<Window> {
        let it = &self.candidates[candidate];
        let node = self.node(candidate);
        let fixed = it.fixed.map(|index| &self.wish.fixed[index]);
        let other_day = fixed.is_some_and(|fixed| fixed.day.is_some_and(|wanted| wanted != day));
        if other_day || it.part.is_some_and(|part| part != day % 2) {
            return None;
        }
        let stay = it.stay as i32;
        let exact = |at: i32| Some(Window { earliest: without_lunch(at), latest: without_lunch(at) });
        if let Some(at) = fixed.and_then(|fixed| fixed.arrive) {
            return exact(at.minutes() as i32);
        }
        let date = self.frame.date(day);
        let open = match it.place {
            Some(place)
                if fixed.is_none() && (place.on_day(date) == OnDay::Shut || !(self.lean[day] || is_in_season(place, date))) =>
            {
                return None;
            }
            Some(place) => place.open_on(date),
            None => OpenToday::new(vec![Hours::ALL_DAY], HoursBasis::Assumed),
        };
        let (there, home) = (self.legs.leg(from, node)?, self.legs.leg(node, to)?);
        if fixed.is_none() && there.minutes + home.minutes > self.wish.pace.most_driving() {
            return None;
        }
        let mut latest = i32::MAX;
        if home.mountain {
            let minutes = self.legs.minutes(node, to)?;
            latest = without_lunch(self.sunset[day] - 10) - minutes - stay;
        }
        if there.mountain {
            latest = latest.min(without_lunch(self.sunset[day] - 10));
        }
        let arrives = self.frame.days[day].from.minutes() as i32 + self.legs.minutes(from, node)?;
        let session = it.place.is_some_and(|place| place.kind == Kind::Experience);
        let windows = open.hours.iter().filter_map(|hours| {
            let (opens, shuts) = (hours.from.minutes() as i32, hours.until.minutes() as i32);
            let window = if session {
                session_window(opens, shuts, stay)?
            } else {
                Window { earliest: without_lunch(opens), latest: without_lunch(shuts) - stay }
            };
            let last_entry = open.last_entry(*hours).map_or(i32::MAX, |last| without_lunch(last.minutes() as i32));
            let window = Window { latest: window.latest.min(latest).min(last_entry), ..window };
            (window.earliest <= window.latest).then_some(window)
        });
        let mut windows: Vec<Window> = windows.collect();
        windows.sort_by_key(|window| (window.latest < without_lunch(arrives), window.earliest));
        windows.first().copied()
    }
}

/// One does not leave a workshop to eat.
fn session_window(opens: i32, shuts: i32, stay: i32) -> Option<Window> {
    let last = shuts - stay;
    let before = LUNCH - stay;
    match () {
        () if last < opens => None,
        () if opens >= LUNCH => Some((opens, last)),
        () if opens <= before => Some((opens, last.min(before))),
        () if opens + stay <= LAST_LUNCH => Some((opens, opens)),
        () => None,
    }
    .map(|(earliest, latest)| Window { earliest: without_lunch(earliest), latest: without_lunch(latest) })
}

fn without_lunch(minutes: i32) -> i32 {
    if minutes <= LUNCH { minutes } else { (minutes - LUNCH_MIN).max(LUNCH) }
}

/// Between a stop and the next way: the car park, the tickets, the toilets.
fn breather(pace: Pace) -> i32 {
    match pace {
        Pace::Relaxed => 20,
        Pace::Steady => 10,
        Pace::Brisk => 5,
    }
}

/// The trip with nothing in it yet.
pub(super) fn frame(wish: &Wish, world: &World) -> Trip {
    let from = wish.from.name(world.facts);
    let title = match wish.lang {
        Lang::Zh => format!("{}出发{}天", from.zh, wish.days),
        Lang::En if wish.days == 1 => format!("A day from {}", from.get(Lang::En)),
        Lang::En => format!("{} days from {}", wish.days, from.get(Lang::En)),
    };
    let title: String = title.chars().take(super::super::plan::LONGEST_TITLE).collect();
    let (leaves, back) = match wish.pace {
        Pace::Relaxed => (Clock::at(9, 0), Clock::at(17, 30)),
        Pace::Steady => (Clock::at(8, 30), Clock::at(18, 30)),
        Pace::Brisk => (Clock::at(8, 0), Clock::at(19, 30)),
    };
    let mut trip = Trip::new(title, wish.starts, wish.party.clone());
    (trip.pace, trip.transport, trip.budget) = (wish.pace, wish.transport, wish.budget);
    let day = Day { from: leaves, until: back, lunch: Some(Lunch::default()), ..Day::empty() };
    trip.days = vec![day; wish.days];
    if let Some(first) = trip.days.first_mut() {
        first.start = Some(wish.from.clone());
    }
    if wish.returns
        && let Some(last) = trip.days.last_mut()
    {
        last.end = Some(wish.from.clone());
    }
    trip
}
