//! Ways as a routing service on the road network knows them. What it does not know, or cannot know for want of a position, is
//! estimated as ever, way by way.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{COACH, KnownFrom, Leg, Spot, estimate};
use crate::geo::Point;
use crate::trip::plan::Transport;

/// A position rounded to some ten metres, so that the same place is the same corner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Corner {
    /// Ten-thousandths of a degree.
    lat: i32,
    lon: i32,
}

impl Corner {
    pub fn of(point: Point) -> Self {
        let round = |degrees: f64| (degrees * 1e4).round() as i32;
        Self { lat: round(point.lat), lon: round(point.lon) }
    }

    pub fn point(self) -> Point {
        Point { lat: f64::from(self.lat) / 1e4, lon: f64::from(self.lon) / 1e4 }
    }
}

/// By car, without jams.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Road {
    pub seconds: u32,
    pub metres: u32,
}

/// Roads between corners, each in its own direction.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(from = "Vec<(Corner, Corner, Road)>", into = "Vec<(Corner, Corner, Road)>")]
pub struct Roads(BTreeMap<(Corner, Corner), Road>);

impl From<Vec<(Corner, Corner, Road)>> for Roads {
    fn from(roads: Vec<(Corner, Corner, Road)>) -> Self {
        Self(roads.into_iter().map(|(from, to, road)| ((from, to), road)).collect())
    }
}

impl From<Roads> for Vec<(Corner, Corner, Road)> {
    fn from(roads: Roads) -> Self {
        roads.0.into_iter().map(|((from, to), road)| (from, to, road)).collect()
    }
}

/// A way is worth asking for when it is so many times as long as its ends are uncertain together: the rest is in the positions, and
/// no road network mends that.
const LONG_ENOUGH: f64 = 4.0;
/// Nobody drives faster than this as the crow flies, in kilometres an hour: such an answer belongs to another place.
const FASTEST: f64 = 130.0;

impl Roads {
    /// Whether a routing service for cars says something about this way to travel.
    pub fn help(transport: Transport) -> bool {
        matches!(transport, Transport::Car | Transport::Coach)
    }

    /// The corners of those spots that have a way to another worth asking for, each once and in the order of the spots: whoever
    /// cannot ask for all of them asks for the first.
    pub fn wanted(spots: &[Spot]) -> Vec<Corner> {
        let wanted = spots.iter().filter(|spot| spots.iter().any(|other| is_long_enough(spot, other)));
        let mut seen = BTreeSet::new();
        wanted.map(|spot| Corner::of(spot.point)).filter(|corner| seen.insert(*corner)).collect()
    }

    /// None where it has to be estimated.
    pub fn leg(&self, transport: Transport, from: &Spot, to: &Spot) -> Option<Leg> {
        if !Self::help(transport) || !is_long_enough(from, to) {
            return None;
        }
        let road = self.0.get(&(Corner::of(from.point), Corner::of(to.point)))?;
        let hours = f64::from(road.seconds) / 3600.0;
        let crow = from.point.km_to(to.point);
        if crow > hours * FASTEST || crow > f64::from(road.metres) / 1000.0 * 1.1 {
            return None;
        }
        // A coach is slower by what we think it is: that is an estimate again.
        let (slower, known_from) = match transport {
            Transport::Coach => (COACH, KnownFrom::Estimate),
            Transport::Car | Transport::Transit => (1.0, KnownFrom::Router),
        };
        let minutes = (hours * 60.0 * slower).round() as u32;
        let km = (f64::from(road.metres) / 1000.0).round() as u32;
        Some(Leg { minutes, km, known_from, ..estimate(transport, from, to) })
    }
}

fn is_long_enough(from: &Spot, to: &Spot) -> bool {
    let (Some(here), Some(there)) = (from.accuracy_m, to.accuracy_m) else { return false };
    let uncertain = f64::from(here.saturating_add(there)) / 1000.0;
    let crow = from.point.km_to(to.point);
    crow > 0.0 && crow >= uncertain * LONG_ENOUGH
}

/// The roads that are known, and the estimate for all others, as a [`crate::trip::World`] wants it.
pub fn on_roads(transport: Transport, roads: Roads) -> impl Fn(&Spot, &Spot) -> Option<Leg> {
    move |from, to| Some(roads.leg(transport, from, to).unwrap_or_else(|| estimate(transport, from, to)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::listing::Terrain;

    fn spot(lat: f64, lon: f64, accuracy_m: Option<u32>) -> Spot {
        Spot { point: Point { lat, lon }, accuracy_m, terrain: Terrain::Village }
    }

    fn road(from: &Spot, to: &Spot, seconds: u32, metres: u32) -> Roads {
        vec![(Corner::of(from.point), Corner::of(to.point), Road { seconds, metres })].into()
    }

    #[test]
    fn a_known_road_is_taken_in_its_direction_and_the_way_back_is_estimated() {
        let (here, there) = (spot(28.0, 110.0, Some(100)), spot(28.5, 110.0, Some(100)));
        let travel = on_roads(Transport::Car, road(&here, &there, 5_400, 71_400));
        let leg = travel(&here, &there).unwrap();
        assert_eq!((leg.minutes, leg.km, leg.known_from), (90, 71, KnownFrom::Router));
        assert_eq!(travel(&there, &here), Some(estimate(Transport::Car, &there, &here)));
    }

    #[test]
    fn a_coach_is_slower_and_a_train_keeps_to_no_road() {
        let (here, there) = (spot(28.0, 110.0, Some(100)), spot(28.5, 110.0, Some(100)));
        let roads = road(&here, &there, 5_400, 71_400);
        let leg = on_roads(Transport::Coach, roads.clone())(&here, &there).unwrap();
        assert_eq!((leg.minutes, leg.known_from), (99, KnownFrom::Estimate));
        assert_eq!(roads.leg(Transport::Transit, &here, &there), None);
    }

    #[test]
    fn a_short_way_between_places_that_are_hardly_known_is_not_asked_for() {
        let rough = [spot(28.0, 110.0, Some(8_000)), spot(28.5, 110.0, Some(8_000))];
        assert_eq!(Roads::wanted(&rough), vec![], "56 km between points that are 8 km off each");
        assert_eq!(road(&rough[0], &rough[1], 5_400, 71_400).leg(Transport::Car, &rough[0], &rough[1]), None);
        let far = [rough[0], spot(29.0, 110.0, Some(8_000))];
        assert_eq!(Roads::wanted(&far).len(), 2);
        let unknown = [rough[0], spot(29.0, 110.0, None)];
        assert_eq!(Roads::wanted(&unknown), vec![], "nobody knows how far off it is");
        let [north, south] = [spot(29.0, 110.0, Some(100)), spot(28.0, 110.0, Some(100))];
        let corners = [&north, &south].map(|spot| Corner::of(spot.point));
        assert_eq!(Roads::wanted(&[north, south, north]), corners, "each once, the first first");
        let same = [spot(28.0, 110.0, Some(0)), spot(28.0, 110.0, Some(0))];
        assert_eq!(Roads::wanted(&same), vec![]);
    }

    #[test]
    fn an_answer_that_no_car_could_drive_is_not_believed() {
        let (here, there) = (spot(28.0, 110.0, Some(100)), spot(29.0, 110.0, Some(100)));
        for (seconds, metres) in [(600, 120_000), (0, 0), (7_200, 20_000)] {
            assert_eq!(road(&here, &there, seconds, metres).leg(Transport::Car, &here, &there), None, "{seconds} s, {metres} m");
        }
    }

    #[test]
    fn roads_come_back_as_they_were_kept() {
        let (here, there) = (spot(28.00004, 110.0, Some(100)), spot(29.0, 110.0, Some(100)));
        let roads = road(&here, &there, 7_200, 140_000);
        let text = serde_json::to_string(&roads).unwrap();
        assert_eq!(serde_json::from_str::<Roads>(&text).unwrap(), roads);
        assert!(roads.leg(Transport::Car, &spot(28.0, 110.0, Some(100)), &there).is_some(), "four metres are the same corner");
    }
}
