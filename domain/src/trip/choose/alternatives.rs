//! When it rains, when it is shut: what else is near.

use serde::Serialize;

use super::super::check::{Severity, check};
use super::super::facts::{OnDay, PlaceFacts};
use super::super::plan::{Trip, Visit, VisitId, Where};
use super::super::timeline::World;
use super::super::travel::Spot;
use super::Why;
use super::worth::worth;
use crate::ids::ListingId;
use crate::listing::{Kind, Tag, Terrain};

const MOST: usize = 6;
/// Farther from the stop is another trip.
const NEAR_KM: f64 = 40.0;
/// Of what is near, so many are looked at closely.
const MOST_TRIED: usize = 24;

/// A place that could stand in for a stop, on its day and in its place.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Alternative {
    pub at: ListingId,
    pub stay_min: u32,
    /// Under a roof, as far as its tags say.
    pub indoor: bool,
    /// As the crow flies, from the stop it stands in for.
    pub km: u32,
    pub whys: Vec<Why>,
}

/// Up to six places that could stand in for a stop without breaking anything new, under a roof first, then by what they are worth
/// for their distance. Samples only where the trip has some already. Empty where there is no such stop, or nobody knows where it is.
pub fn alternatives(trip: &Trip, day: usize, visit: VisitId, world: &World) -> Vec<Alternative> {
    let stop = trip.days.get(day).and_then(|day| day.visits.iter().find(|it| it.id == visit));
    let Some((stop, here)) = stop.and_then(|stop| Some((stop, Spot::of(&stop.at, world.facts)?))) else { return Vec::new() };
    let samples = trip.places().filter_map(|place| place.facts(world.facts)).any(|place| place.sample);
    let date = trip.date(day);
    let mut near: Vec<(f64, Alternative)> = Vec::new();
    for place in world.facts.values() {
        let at = Where::Listing(place.id.clone());
        let open = !matches!(place.on_day(date), OnDay::Shut | OnDay::OutOfSeason);
        let kind = matches!(place.kind, Kind::Place | Kind::Experience);
        if !kind || !open || (place.sample && !samples) || trip.places().any(|other| *other == at) {
            continue;
        }
        let Some(km) = Spot::of(&at, world.facts).map(|spot| spot.point.km_to(here.point)).filter(|km| *km <= NEAR_KM) else {
            continue;
        };
        let stay_min = place.stay_or_guess().min(stop.stay_min.max(60));
        let (worth, whys) = worth(place, &trip.party, stay_min);
        if worth > 0.0 {
            let (id, indoor) = (place.id.clone(), is_indoor(place));
            let alternative = Alternative { at: id, stay_min, indoor, km: km.round() as u32, whys };
            near.push((worth / (1.0 + km / 15.0), alternative));
        }
    }
    near.sort_by(|a, b| b.1.indoor.cmp(&a.1.indoor).then(b.0.total_cmp(&a.0)));
    let broken = |trip: &Trip| check(trip, world).breaches.iter().filter(|it| it.severity() == Severity::Broken).count();
    let before = broken(trip);
    let fits = |alternative: &Alternative| {
        let mut other = trip.clone();
        for it in other.days[day].visits.iter_mut().filter(|it| it.id == visit) {
            let at = Where::Listing(alternative.at.clone());
            *it = Visit { arrive: stop.arrive, ..Visit::new(visit, at, alternative.stay_min) };
        }
        broken(&other) <= before
    };
    near.into_iter().take(MOST_TRIED).map(|(_, alternative)| alternative).filter(fits).take(MOST).collect()
}

fn is_indoor(place: &PlaceFacts) -> bool {
    let under_a_roof = [Tag::Museum, Tag::Cave, Tag::Opera, Tag::HotSpring];
    let workshop = place.kind == Kind::Experience && (place.tags.contains(&Tag::Craft) || place.tags.contains(&Tag::Music));
    workshop || place.terrain == Terrain::Cave || place.tags.iter().any(|tag| under_a_roof.contains(tag))
}
