//! How long a trip takes that holds certain stops, and on which of its nights a certain bed is slept in.

use super::super::facts::{Facts, PlaceFacts};
use super::super::plan::{MOST_DAYS, Trip, Where};
use super::super::travel::Spot;
use crate::ids::ListingId;

/// Minutes of a day that are left for stops and ways at a steady pace.
const DAY_MIN: f64 = 480.0;
/// Of these at most so many on the road.
const DRIVE_MIN: f64 = 300.0;
/// Of one stop, as a plan leaves for it.
const LONGEST_STAY_MIN: u32 = 240;
/// Minutes for a kilometre as the crow flies, on the roads of the hills.
const MINUTES_PER_KM: f64 = 1.5;

/// Days that are likely to be enough for all of these stops, going to the nearest each time. A guess to begin with; whether the
/// days are enough is for [`crate::trip::check()`] to say.
pub fn days_for(stops: &[PlaceFacts]) -> usize {
    let facts: Facts = stops.iter().map(|stop| (stop.id.clone(), stop.clone())).collect();
    let spot = |id: &ListingId| Spot::of(&Where::Listing(id.clone()), &facts).map(|spot| spot.point);
    let stays: u32 = stops.iter().map(|stop| stop.stay_or_guess().min(LONGEST_STAY_MIN)).sum();
    let mut left: Vec<_> = stops.iter().filter_map(|stop| spot(&stop.id)).collect();
    let mut km = 0.0;
    let mut here = left.first().copied();
    while let (Some(from), false) = (here, left.is_empty()) {
        let near = |index: &usize| from.km_to(left[*index]);
        let next = (0..left.len()).min_by(|a, b| near(a).total_cmp(&near(b))).unwrap_or(0);
        km += near(&next);
        here = Some(left.swap_remove(next));
    }
    let drive = km * MINUTES_PER_KM;
    let days = ((f64::from(stays) + drive) / DAY_MIN).max(drive / DRIVE_MIN).ceil();
    (days as usize).clamp(1, MOST_DAYS)
}

/// The day at whose end one is nearest to a bed; a day whose night is `taken` is left out, and the last day too if there is another. None
/// where all nights are taken.
pub fn night_for(trip: &Trip, bed: &Where, facts: &Facts, taken: &[usize]) -> Option<usize> {
    let nights = if trip.days.len() > 1 { trip.days.len() - 1 } else { trip.days.len() };
    let free: Vec<usize> = (0..nights).filter(|day| !taken.contains(day)).collect();
    let there = Spot::of(bed, facts).map(|spot| spot.point);
    let away = |day: &usize| {
        let last = trip.days[*day].visits.last().and_then(|visit| Spot::of(&visit.at, facts));
        there.zip(last).map_or(f64::MAX, |(bed, last)| bed.km_to(last.point))
    };
    free.into_iter().min_by(|a, b| away(a).total_cmp(&away(b)))
}

#[cfg(test)]
mod tests {
    use super::super::super::world::{at, facts, place, trip};
    use super::*;

    #[test]
    fn stops_in_one_town_take_a_day_and_stops_across_the_province_take_more() {
        let town: Vec<PlaceFacts> = (1..=4).map(|n| place(&format!("pl-{n}"), 27.95 + f64::from(n) * 0.01, 109.6)).collect();
        assert_eq!((days_for(&town[..2]), days_for(&town)), (1, 2), "three hours each");
        let far = [place("pl-1", 27.95, 109.6), place("pl-2", 28.19, 112.97), place("pl-3", 25.8, 113.0)];
        assert!(days_for(&far) >= 3, "{}", days_for(&far));
        assert_eq!(days_for(&[]), 1);
        let many: Vec<PlaceFacts> = (0..200).map(|n| place(&format!("pl-{n}"), 27.0, 110.0)).collect();
        assert_eq!(days_for(&many), MOST_DAYS);
    }

    #[test]
    fn a_bed_is_slept_in_where_one_is_near_it() {
        let trip = trip(&[&["pl-20"], &["pl-1", "pl-2"], &["pl-3"]]);
        assert_eq!(night_for(&trip, &at("st-1"), &facts(), &[]), Some(1), "the inn is near Fenghuang");
        assert_eq!(night_for(&trip, &at("st-1"), &facts(), &[1]), Some(0), "and the last night is at home");
        assert_eq!(night_for(&trip, &at("gone"), &facts(), &[]), Some(0));
        assert_eq!(night_for(&trip, &at("st-1"), &facts(), &[0, 1]), None, "two nights have two beds");
    }
}
