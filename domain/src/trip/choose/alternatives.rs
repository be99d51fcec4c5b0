//! When it rains, when it is shut: what else is near.

use serde::Serialize;

use super::super::check::{Severity, check};
use super::super::edit::Edit;
use super::super::facts::{OnDay, PlaceFacts};
use super::super::plan::{Trip, Visit, VisitId, Where};
use super::super::repair::{amounts, is_no_worse};
use super::super::timeline::World;
use super::super::travel::Spot;
use super::Why;
use super::worth::worth;
use crate::ids::ListingId;
use crate::listing::{Kind, Tag, Terrain};
use crate::time::Months;

const MOST: usize = 6;
/// Farther from the stop is another trip.
const NEAR_KM: f64 = 40.0;
/// What is left of a place's worth out of its good months.
const OUT_OF_SEASON: f64 = 0.4;
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

impl Alternative {
    /// Puts it in the place of the stop, whose number and appointment it takes over. None where there is no such stop.
    pub fn edit(&self, trip: &Trip, visit: VisitId) -> Option<Edit> {
        let (day, index) = trip.find(visit)?;
        let at = Where::Listing(self.at.clone());
        let new = Visit { arrive: trip.days[day].visits[index].arrive, ..Visit::new(visit, at, self.stay_min) };
        let edits = vec![Edit::RemoveVisit { visit }, Edit::AddVisit { day, index, visit: Box::new(new) }];
        Some(Edit::All { edits })
    }
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
        let on_day = place.on_day(date);
        let open = on_day != OnDay::Shut;
        let kind = matches!(place.kind, Kind::Place | Kind::Experience);
        if !kind || !open || (place.sample && !samples) || trip.places().any(|other| *other == at) {
            continue;
        }
        let Some(km) = Spot::of(&at, world.facts).map(|spot| spot.point.km_to(here.point)).filter(|km| *km <= NEAR_KM) else {
            continue;
        };
        let stay_min = place.stay_or_guess().min(stop.stay_min.max(60));
        let (mut worth, mut whys) = worth(place, &trip.party, stay_min);
        // In winter little is in season: better something out of it than to stand before a shut door.
        match on_day {
            OnDay::OutOfSeason => {
                worth *= OUT_OF_SEASON;
                whys.push(Why::OutOfSeason);
            }
            OnDay::InSeason if place.months != Months::ALL => whys.push(Why::InSeason),
            _ => {}
        }
        if worth > 0.0 {
            let (id, indoor) = (place.id.clone(), is_indoor(place));
            let alternative = Alternative { at: id, stay_min, indoor, km: km.round() as u32, whys };
            near.push((worth / (1.0 + km / 15.0), alternative));
        }
    }
    near.sort_by(|a, b| b.1.indoor.cmp(&a.1.indoor).then(b.0.total_cmp(&a.0)));
    let broken = |trip: &Trip| amounts(check(trip, world).breaches.iter().filter(|it| it.severity() == Severity::Broken));
    let before = broken(trip);
    let fits = |alternative: &Alternative| {
        let edit = alternative.edit(trip, visit);
        edit.and_then(|edit| trip.apply(&edit).ok()).is_some_and(|applied| is_no_worse(&before, &broken(&applied.trip)))
    };
    near.into_iter().take(MOST_TRIED).map(|(_, alternative)| alternative).filter(fits).take(MOST).collect()
}

fn is_indoor(place: &PlaceFacts) -> bool {
    let under_a_roof = [Tag::Museum, Tag::Cave, Tag::Opera, Tag::HotSpring];
    let workshop = place.kind == Kind::Experience && (place.tags.contains(&Tag::Craft) || place.tags.contains(&Tag::Music));
    workshop || place.terrain == Terrain::Cave || place.tags.iter().any(|tag| under_a_roof.contains(tag))
}
