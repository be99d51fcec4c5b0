//! When one is where: computed from a trip, never kept.

use serde::Serialize;

use super::clock::{Clock, Hours};
use super::facts::{Facts, HoursBasis, OpenToday};
use super::plan::{Trip, Visit, VisitId, Where};
use super::schedule::{Exercise, Meal, Outcome, Score, Span, Step, Stop, Way};
use super::sun::{Daylight, daylight};
use super::travel::{Leg, Spot};
use crate::geo::Point;
use crate::listing::Kind;

/// What a trip is judged by: the catalogue's facts and how long ways take.
#[derive(Clone, Copy)]
pub struct World<'a> {
    pub facts: &'a Facts,
    /// None where nobody can say; see [`super::travel::estimate`].
    pub travel: &'a dyn Fn(&Spot, &Spot) -> Option<Leg>,
}

/// How one gets to a stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Move {
    /// One is there already.
    Here,
    By(Leg),
    /// Nobody knows; counted as no time, and said so.
    Unknown,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Stopover {
    pub visit: VisitId,
    pub way: Move,
    /// Minutes since midnight.
    pub step: Step,
    pub open: OpenToday,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DayTimeline {
    pub stops: Vec<Stopover>,
    /// To where the day ends.
    pub home: (Move, Step),
    pub daylight: Daylight,
    pub score: Score,
}

/// Where the day begins: as chosen, or where the one before ended, or at its first stop.
pub fn start_of(trip: &Trip, day: usize) -> Option<&Where> {
    fixed_start(trip, day).or_else(|| trip.days.get(day)?.first_place())
}

/// Where it begins whatever the order of its stops.
fn fixed_start(trip: &Trip, day: usize) -> Option<&Where> {
    let before = || (0..day).rev().find_map(|earlier| trip.days[earlier].last_place());
    trip.days.get(day)?.start.as_ref().or_else(before)
}

pub fn end_of(trip: &Trip, day: usize) -> Option<&Where> {
    trip.days.get(day)?.last_place().or_else(|| start_of(trip, day))
}

pub fn timeline(trip: &Trip, world: &World) -> Vec<DayTimeline> {
    (0..trip.days.len()).map(|day| day_timeline(trip, day, world)).collect()
}

pub fn day_timeline(trip: &Trip, day: usize, world: &World) -> DayTimeline {
    let (exercise, frame) = exercise(trip, day, world, Ways::InOrder);
    let order: Vec<usize> = (0..exercise.stops.len()).collect();
    let Outcome { steps, home, score } = exercise.run(&order);
    let outside = exercise.outside();
    let stops = trip.days[day].visits.iter().enumerate().zip(steps).map(|((index, visit), step)| {
        let from = index.checked_sub(1).unwrap_or(outside);
        Stopover { visit: visit.id, way: frame.moves[from][index], step, open: frame.open[index].clone() }
    });
    let last = exercise.stops.len().checked_sub(1).unwrap_or(outside);
    DayTimeline { stops: stops.collect(), home: (frame.moves[last][outside], home), daylight: frame.daylight, score }
}

/// What an exercise leaves out.
pub(super) struct Frame {
    moves: Vec<Vec<Move>>,
    open: Vec<OpenToday>,
    daylight: Daylight,
}

/// The hours of a visit on a day: as the traveller says, as the catalogue knows, or as such places usually keep.
pub fn open_today(trip: &Trip, day: usize, visit: &Visit, facts: &Facts) -> OpenToday {
    if let Some(hours) = &visit.hours {
        return OpenToday::new(hours.clone(), HoursBasis::Said);
    }
    match &visit.at {
        Where::Listing(id) => match facts.get(id) {
            Some(place) => place.open_on(trip.date(day)),
            None => OpenToday::new(vec![Hours::ALL_DAY], HoursBasis::Assumed),
        },
        Where::Region(_) | Where::Own(_) => OpenToday::new(vec![Hours::ALL_DAY], HoursBasis::Assumed),
    }
}

/// Which ways an exercise is to know: asking for one may be dear.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ways {
    InOrder,
    All,
}

pub(super) fn exercise(trip: &Trip, day: usize, world: &World, ways: Ways) -> (Exercise, Frame) {
    let it = &trip.days[day];
    let facts = world.facts;
    let open: Vec<OpenToday> = it.visits.iter().map(|visit| open_today(trip, day, visit, facts)).collect();
    let stops = it.visits.iter().zip(&open).map(|(visit, open)| Stop {
        stay: visit.stay_min,
        appointment: visit.arrive.map(|at| at.minutes()),
        hours: open.hours.iter().map(|it| span(*it, open.last_entry(*it))).collect(),
        last_shuttle: visit.last_shuttle.map(|at| at.minutes()),
        feeds: visit.arrive.is_none() && visit.at.facts(facts).is_none_or(|place| place.kind != Kind::Experience),
        locked: visit.locked,
    });
    let stops: Vec<Stop> = stops.collect();
    let (start, end) = (fixed_start(trip, day), it.end.as_ref());
    let rows: Vec<Option<&Where>> = it.visits.iter().map(|visit| Some(&visit.at)).chain([start]).collect();
    let columns: Vec<Option<&Where>> = it.visits.iter().map(|visit| Some(&visit.at)).chain([end]).collect();
    let outside = it.visits.len();
    let wanted = |from: usize, to: usize| match ways {
        Ways::All => true,
        Ways::InOrder => to == if from == outside { 0 } else { from + 1 },
    };
    let moves = rows.iter().enumerate().map(|(i, from)| {
        let row = columns.iter().enumerate().map(|(j, to)| if wanted(i, j) { way(*from, *to, world) } else { Move::Here });
        row.collect()
    });
    let moves: Vec<Vec<Move>> = moves.collect();
    let ways = moves.iter().map(|row| {
        let way = |it: &Move| match it {
            Move::By(leg) => Way { minutes: leg.minutes, mountain: leg.mountain },
            Move::Here | Move::Unknown => Way::default(),
        };
        row.iter().map(way).collect()
    });
    let somewhere = trip.places().find_map(|place| Spot::of(place, facts));
    let here = rows.iter().flatten().find_map(|place| Spot::of(place, facts)).or(somewhere).map_or(MIDDLE, |spot| spot.point);
    // In the polar night of a mistyped position everything is as in Hunan.
    let light = daylight(here, trip.date(day)).or_else(|| daylight(MIDDLE, trip.date(day)));
    let light = light.unwrap_or(Daylight { sunrise: 6 * 60, sunset: 18 * 60 });
    let exercise = Exercise {
        from: it.from.minutes(),
        until: it.until.minutes(),
        stops,
        ways: ways.collect(),
        lunch: it.lunch.map(|lunch| Meal { from: lunch.from.minutes(), until: lunch.until.minutes(), minutes: lunch.minutes }),
        daylight: (!trip.night_driving).then_some(light),
        most_driving: trip.pace.most_driving(),
    };
    (exercise, Frame { moves, open, daylight: light })
}

/// What is open all day does not shut at midnight.
fn span(hours: Hours, last_entry: Option<Clock>) -> Span {
    let until = if hours == Hours::ALL_DAY { u32::MAX } else { hours.until.minutes() };
    Span { last_entry: last_entry.map_or(u32::MAX, Clock::minutes), ..Span::new(hours.from.minutes(), until) }
}

/// Changsha, for trips that are nowhere yet.
const MIDDLE: Point = Point { lat: 28.2, lon: 112.95 };

fn way(from: Option<&Where>, to: Option<&Where>, world: &World) -> Move {
    let (Some(from), Some(to)) = (from, to) else { return Move::Here };
    if from == to {
        return Move::Here;
    }
    let spots = Spot::of(from, world.facts).zip(Spot::of(to, world.facts));
    let leg = spots.and_then(|(from, to)| (world.travel)(&from, &to));
    leg.map_or(Move::Unknown, |leg| Move::By(Leg { minutes: leg.minutes.min(LONGEST_WAY_MIN), ..leg }))
}

/// Whatever a router says, a way ends.
const LONGEST_WAY_MIN: u32 = 48 * 60;

#[cfg(test)]
mod tests {
    use super::super::world;
    use super::*;

    fn run(trip: &Trip) -> Vec<DayTimeline> {
        timeline(trip, &World { facts: &world::facts(), travel: &world::by_car })
    }

    #[test]
    fn a_day_starts_where_the_one_before_ended() {
        let days = run(&world::trip(&[&["pl-1", "pl-20"], &["pl-1"]]));
        assert_eq!(days[0].stops[0].way, Move::Here, "the first day starts at its first stop");
        let Move::By(leg) = days[1].stops[0].way else { panic!("{:?}", days[1].stops[0].way) };
        assert!(leg.minutes > 240, "back from Changsha: {leg:?}");
    }

    #[test]
    fn an_appointment_is_waited_for() {
        let mut trip = world::trip(&[&["pl-1", "ex-1"]]);
        trip.days[0].visits[1].arrive = Some(Clock::at(10, 30));
        let day = &run(&trip)[0];
        assert_eq!(day.stops[1].step.begin, 630);
        assert_eq!(day.stops[1].open.basis, HoursBasis::Known);
        assert_eq!(day.stops[0].open.basis, HoursBasis::Assumed);
        assert_eq!(day.score.missed, 0);
    }

    #[test]
    fn an_unknown_way_is_not_a_short_one() {
        let trip = world::trip(&[&["pl-1", "pl-2"]]);
        let days = timeline(&trip, &World { facts: &world::facts(), travel: &|_, _| None });
        assert_eq!(days[0].stops[1].way, Move::Unknown);
    }
}
