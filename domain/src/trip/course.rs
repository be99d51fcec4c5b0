//! The course of a day: what one does from when until when, and how long one may stay before something later is missed.

use super::clock::Clock;
use super::facts::Facts;
use super::plan::{Trip, Where};
use super::timeline::{DayTimeline, Move, World, day_timeline, start_of};
use super::travel::{Leg, Spot};
use crate::geo::Point;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doing {
    Way,
    Meal,
    /// For the sun, for a door to open, for an appointment.
    Wait,
    Stay,
}

/// Minutes since midnight, half-open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    pub doing: Doing,
    pub from: u32,
    pub until: u32,
    /// The stop one is at, or on the way to; none: the end of the day.
    pub stop: Option<usize>,
}

impl Span {
    pub fn minutes(&self) -> u32 {
        self.until - self.from
    }
}

/// A day without gaps, from leaving to its end. What takes no time is left out.
pub fn course(times: &DayTimeline) -> Vec<Span> {
    let stops = times.stops.iter().enumerate().map(|(index, over)| (Some(index), over.step));
    let mut spans: Vec<Span> = Vec::new();
    for (stop, step) in stops.chain([(None, times.home.1)]) {
        let before = spans.last().map_or(step.leave, |span| span.until);
        let mut add = |doing, from: u32, until: u32| {
            if from < until {
                spans.push(Span { doing, from, until, stop });
            }
        };
        let mut around_lunch = |doing, from: u32, until: u32, meanwhile: bool| match step.lunch {
            Some((eats, done, during)) if during == meanwhile => {
                add(doing, from, eats.clamp(from, until));
                add(Doing::Meal, eats.clamp(from, until), done.clamp(from, until));
                add(doing, done.clamp(from, until), until);
            }
            _ => add(doing, from, until),
        };
        around_lunch(Doing::Wait, before, step.leave, false);
        around_lunch(Doing::Way, step.leave, step.arrive, false);
        around_lunch(Doing::Wait, step.arrive, step.begin, false);
        around_lunch(Doing::Stay, step.begin, step.end, true);
    }
    spans
}

/// The first stop that is not over by then.
pub fn next_stop(times: &DayTimeline, minutes: u32) -> Option<usize> {
    times.stops.iter().position(|over| over.step.end > minutes)
}

/// The last minute to leave a stop (none: the place where the day begins) so that nothing more is missed on that day than by the
/// plan `times`, which is the trip's. Never before the plan has one leave.
pub fn leave_by(trip: &Trip, day: usize, stop: Option<usize>, times: &DayTimeline, facts: &Facts) -> u32 {
    let known = legs(trip, day, times, facts);
    let travel = |from: &Spot, to: &Spot| known.iter().find(|(a, b, _)| a == from && b == to).map(|(.., leg)| *leg);
    let world = World { facts, travel: &travel };
    let planned = match stop {
        Some(stop) => times.stops[stop].step.end,
        None => trip.days[day].from.minutes(),
    };
    let mut later = trip.clone();
    // When one leaves then, where that is in time: lunch may move into a longer stay.
    let mut leaves = |delay: u32| {
        match stop {
            Some(stop) => later.days[day].visits[stop].stay_min = trip.days[day].visits[stop].stay_min + delay,
            None => later.days[day].from = Clock::from_minutes(planned + delay).unwrap_or(Clock::MIDNIGHT),
        }
        let then = day_timeline(&later, day, &world);
        let leaves = stop.map_or(planned + delay, |stop| then.stops[stop].step.end);
        (then.score.missed <= times.score.missed).then_some(leaves)
    };
    let (mut least, mut most) = (0, Clock::MIDNIGHT.minutes().saturating_sub(planned));
    let mut latest = planned;
    while least < most {
        let middle = (least + most).div_ceil(2);
        match leaves(middle) {
            Some(time) => (least, latest) = (middle, latest.max(time)),
            None => most = middle - 1,
        }
    }
    latest
}

/// Where the trip leads, in order; what lies along it is beside this line. A place that is only known by its county stands at its seat.
pub fn line(trip: &Trip, facts: &Facts) -> Vec<Point> {
    let mut line: Vec<Point> = trip.places().filter_map(|place| Spot::of(place, facts)).map(|spot| spot.point).collect();
    line.dedup();
    line
}

/// The day that comes nearest to a point, and how near, in kilometres as the crow flies. None where nobody knows where the trip is.
pub fn nearest_day(trip: &Trip, facts: &Facts, point: Point) -> Option<(usize, f64)> {
    let day_line = |day: usize| -> Vec<Point> {
        let it = &trip.days[day];
        let places = start_of(trip, day).into_iter().chain(it.visits.iter().map(|visit| &visit.at)).chain(&it.end);
        places.filter_map(|place| Spot::of(place, facts)).map(|spot| spot.point).collect()
    };
    let near = (0..trip.days.len()).filter_map(|day| Some((day, point.km_to_line(&day_line(day))?)));
    near.min_by(|a, b| a.1.total_cmp(&b.1))
}

/// The ways of a day as its plan has them, so that nobody need be asked again.
fn legs(trip: &Trip, day: usize, times: &DayTimeline, facts: &Facts) -> Vec<(Spot, Spot, Leg)> {
    let it = &trip.days[day];
    let stops = it.visits.iter().map(|visit| Some(&visit.at));
    let places: Vec<Option<&Where>> = [start_of(trip, day)].into_iter().chain(stops).chain([it.end.as_ref()]).collect();
    let ways = times.stops.iter().map(|over| over.way).chain([times.home.0]);
    let spot = |place: Option<&Where>| Spot::of(place?, facts);
    let legs = places.windows(2).zip(ways).filter_map(|(pair, way)| match way {
        Move::By(leg) => Some((spot(pair[0])?, spot(pair[1])?, leg)),
        Move::Here | Move::Unknown => None,
    });
    legs.collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::timeline::timeline;
    use super::super::world;
    use super::*;

    fn times(trip: &Trip) -> Vec<DayTimeline> {
        timeline(trip, &World { facts: &world::facts(), travel: &world::by_car })
    }

    #[test]
    fn a_day_is_told_without_gaps() {
        let mut trip = world::trip(&[&["pl-1", "ex-1", "pl-2"]]);
        trip.days[0].visits[1].arrive = Some(Clock::at(10, 30));
        let times = &times(&trip)[0];
        let spans = course(times);
        let doing: Vec<Doing> = spans.iter().filter(|span| span.stop == Some(1)).map(|span| span.doing).collect();
        assert_eq!(doing, [Doing::Way, Doing::Wait, Doing::Stay], "{spans:?}");
        assert!(spans.iter().any(|span| span.doing == Doing::Meal), "{spans:?}");
        assert_eq!((next_stop(times, 0), next_stop(times, 635), next_stop(times, 24 * 60)), (Some(0), Some(1), None));
    }

    #[test]
    fn one_stays_until_the_appointment_calls() {
        let mut trip = world::trip(&[&["pl-1", "ex-1"]]);
        trip.days[0].visits[1].arrive = Some(Clock::at(10, 30));
        let times = &times(&trip)[0];
        let way = times.stops[1].step.arrive - times.stops[1].step.leave;
        assert_eq!(leave_by(&trip, 0, Some(0), times, &world::facts()), 630 - way);
        let stay = trip.days[0].visits[0].stay_min;
        assert_eq!(leave_by(&trip, 0, None, times, &world::facts()), 630 - way - stay, "the day may begin later too");
    }

    #[test]
    fn what_lies_beside_the_way_is_near_the_day_that_passes_it() {
        let (trip, facts) = (world::trip(&[&["pl-1", "pl-2"], &["pl-3", "pl-20"], &[]]), world::facts());
        assert_eq!(line(&trip, &facts).len(), 4);
        let half_way = Point { lat: 28.07, lon: 111.3 };
        let (day, km) = nearest_day(&trip, &facts, half_way).unwrap();
        assert!(day == 1 && km < 5.0, "{day} {km}");
        assert_eq!(nearest_day(&world::trip(&[&["gone"]]), &facts, half_way), None);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        #[test]
        fn spans_join_and_cover_the_day(trip in world::any_trip()) {
            for times in times(&trip) {
                let spans = course(&times);
                for pair in spans.windows(2) {
                    prop_assert_eq!(pair[0].until, pair[1].from, "{:?}", spans);
                }
                if let Some(last) = spans.last() {
                    prop_assert_eq!(last.until, times.home.1.arrive);
                }
            }
        }

        /// Every length of stay there is, tried one after the other.
        #[test]
        fn who_leaves_by_then_misses_no_more_and_who_stays_longer_does(trip in world::any_trip(), which in any::<prop::sample::Index>()) {
            let (all, facts) = (times(&trip), world::facts());
            let Some(day) = (0..trip.days.len()).find(|day| !trip.days[*day].visits.is_empty()) else { return Ok(()) };
            let stop = which.index(trip.days[day].visits.len());
            let until = leave_by(&trip, day, Some(stop), &all[day], &facts);
            let planned = all[day].stops[stop].step.end;
            prop_assert!(until >= planned);
            let in_time = (0..=(24 * 60u32).saturating_sub(planned)).filter_map(|delay| {
                let mut later = trip.clone();
                later.days[day].visits[stop].stay_min += delay;
                let then = day_timeline(&later, day, &World { facts: &facts, travel: &world::by_car });
                (then.score.missed <= all[day].score.missed).then_some(then.stops[stop].step.end)
            });
            prop_assert_eq!(until, in_time.max().unwrap_or(planned).max(planned));
        }
    }
}
