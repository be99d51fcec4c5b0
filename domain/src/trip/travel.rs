//! How long a way takes: an estimate from positions alone, always called one.
//!
//! Between towns the times of `travel/times.tsv` were fitted (least squares of the relative error): in Hunan every county has its
//! motorway, so the distance says nearly all and the hills little. Each row names its source; most are `background`, general
//! knowledge that nobody has looked up. What was only promised for the opening of a road is not in it. Mean absolute error against
//! the table: [`ROAD_ERROR`], and [`SOURCED_ERROR`] against its few rows with a source, all of them long ways in the west, where
//! the estimate is rather too short; in the train [`RAIL_ERROR`]. Tests compute all three and the fit itself.
//!
//! Beyond the county seats, where the table has nothing, the roads are slow: an allowance of our own is added for the kilometres
//! to the nearest seat, and short ways go at the speed of village roads.
//!
//! Whoever has a router hands its times to the planner in place of [`estimate`]: the seam is a function, [`on_roads`].

mod roads;

use serde::{Deserialize, Serialize};

use super::facts::Facts;
use super::plan::{Transport, Where};
use crate::geo::{Point, Position};
use crate::listing::Terrain;
use crate::region::{self, Block, Region};

pub use roads::{Corner, Road, Roads, on_roads};

/// Of the table's minutes by road, as a share.
pub const ROAD_ERROR: f64 = 0.096;
/// Of the rows by road that have a source, as a share.
pub const SOURCED_ERROR: f64 = 0.14;
/// Of the table's minutes in the train, as a share. Lines curve and trains stop as they please.
pub const RAIL_ERROR: f64 = 0.18;

/// A place as far as travelling goes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spot {
    pub point: Point,
    /// How far off the point may be, in metres; none where nobody knows.
    pub accuracy_m: Option<u32>,
    pub terrain: Terrain,
}

/// A way from one spot to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Leg {
    pub minutes: u32,
    pub km: u32,
    /// Winds through mountains: not for the dark.
    pub mountain: bool,
    pub known_from: KnownFrom,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KnownFrom {
    Estimate,
    /// A routing service on the road network.
    Router,
}

impl Spot {
    /// None where neither the place nor its county has a position.
    pub fn of(place: &Where, facts: &Facts) -> Option<Self> {
        let exact = |position: Position, terrain| Self { point: position.point(), accuracy_m: position.accuracy_m, terrain };
        let county = |region: &Region| {
            let point = region.centre()?;
            Some(Self { point, accuracy_m: Some(COUNTY_M), terrain: region.terrain })
        };
        match place {
            Where::Listing(id) => {
                let place = facts.get(id)?;
                let known = place.position.map(|position| exact(position, place.terrain));
                known.or_else(|| county(place.region.as_ref()?.region()?))
            }
            Where::Region(code) => county(code.region()?),
            Where::Own(own) => {
                let region = own.region.as_ref().and_then(|code| code.region());
                let terrain = region.map_or(Terrain::City, |region| region.terrain);
                own.position.map(|position| exact(position, terrain)).or_else(|| county(region?))
            }
        }
    }
}

/// A county is about this far across from its seat.
const COUNTY_M: u32 = 20_000;

// Fitted to the table: minutes = START + CROW · km + HILLS · km · ruggedness.
const ROAD_START: f64 = 21.08;
const ROAD_CROW: f64 = 0.8215;
const ROAD_HILLS: f64 = 0.042;
const ROAD_KM_START: f64 = 1.1;
const ROAD_KM_CROW: f64 = 1.23;
const RAIL_START: f64 = 1.23;
const RAIL_CROW: f64 = 0.333;

/// Minutes to park, set off and arrive, and minutes a kilometre (as the crow flies) on village roads, flat and hilly.
const SHORT_START: f64 = 5.0;
const SHORT_FLAT: f64 = 2.2;
const SHORT_HILLY: f64 = 3.0;
/// Minutes for each kilometre from the nearest county seat, at most so many.
const BEYOND_SEAT: f64 = 0.6;
const MOST_BEYOND_SEAT: f64 = 30.0;
/// To the station, through the check and from the station.
const STATIONS_MIN: f64 = 60.0;
/// Nearer than this nobody takes the train.
const RAIL_FROM_KM: f64 = 60.0;
const STATION_WITHIN_KM: f64 = 25.0;
/// A bus stops and is waited for.
const BUS: f64 = 1.35;
const COACH: f64 = 1.1;

/// From where to where takes how long. Never fails; a way of no length takes no time.
pub fn estimate(transport: Transport, from: &Spot, to: &Spot) -> Leg {
    let crow = from.point.km_to(to.point);
    let rugged = ruggedness(from.point, to.point);
    let by_road = road_minutes(crow, rugged, beyond_seat(from.point) + beyond_seat(to.point));
    let by_bus = by_road * BUS;
    let by_rail = RAIL_START + RAIL_CROW * crow + STATIONS_MIN;
    let stations = || near_station(from.point) && near_station(to.point);
    let rail = transport == Transport::Transit && crow >= RAIL_FROM_KM && by_rail < by_bus && stations();
    let minutes = match transport {
        Transport::Car => by_road,
        Transport::Coach => by_road * COACH,
        Transport::Transit if rail => by_rail,
        Transport::Transit => by_bus,
    };
    let km = if crow < 0.05 { 0.0 } else { ROAD_KM_START.min(crow) + ROAD_KM_CROW * crow };
    let in_hills = |spot: &Spot| is_hilly(spot.terrain) && rugged_at(spot.point) >= 0.5;
    let mountain = !rail && crow >= WINDING_FROM_KM && (rugged >= 0.6 || in_hills(from) || in_hills(to));
    Leg { minutes: minutes.round() as u32, km: km.round() as u32, mountain, known_from: KnownFrom::Estimate }
}

/// The estimate as a [`super::World`] wants it.
pub fn estimator(transport: Transport) -> impl Fn(&Spot, &Spot) -> Option<Leg> {
    move |from, to| Some(estimate(transport, from, to))
}

/// Shorter is a town, with lamps.
const WINDING_FROM_KM: f64 = 5.0;

fn road_minutes(crow: f64, rugged: f64, beyond: f64) -> f64 {
    if crow < 0.05 {
        return 0.0;
    }
    let short = SHORT_START + crow * (SHORT_FLAT + (SHORT_HILLY - SHORT_FLAT) * rugged);
    let long = ROAD_START + ROAD_CROW * crow + ROAD_HILLS * crow * rugged + beyond.min(crow);
    short.min(long)
}

fn beyond_seat(point: Point) -> f64 {
    nearest(point).map_or(0.0, |(_, km)| ((km - 5.0).max(0.0) * BEYOND_SEAT).min(MOST_BEYOND_SEAT))
}

/// The county or zone whose seat is nearest, and how far it is.
fn nearest(point: Point) -> Option<(&'static Region, f64)> {
    // On a plane, which orders the seats of one province as the globe does, near enough.
    let squeeze = point.lat.to_radians().cos();
    let off = |seat: Point| (seat.lat - point.lat).powi(2) + ((seat.lon - point.lon) * squeeze).powi(2);
    let seats = region::all().iter().filter_map(|region| Some((region, region.seat?)));
    let (region, seat) = seats.min_by(|a, b| off(a.1).total_cmp(&off(b.1)))?;
    Some((region, seat.km_to(point)))
}

/// From 0 to 1: the country along the way, by the blocks that its counties belong to.
fn ruggedness(from: Point, to: Point) -> f64 {
    const SAMPLES: u32 = 5;
    let at = |i: u32| {
        let share = f64::from(i) / f64::from(SAMPLES - 1);
        Point { lat: from.lat + (to.lat - from.lat) * share, lon: from.lon + (to.lon - from.lon) * share }
    };
    (0..SAMPLES).map(|i| rugged_at(at(i))).sum::<f64>() / f64::from(SAMPLES)
}

fn rugged_at(point: Point) -> f64 {
    match nearest(point).and_then(|(region, _)| region.block) {
        Some(Block::WestHunan) => 1.0,
        Some(Block::XuefengMountains) => 0.75,
        Some(Block::SouthHunan) => 0.5,
        Some(Block::DongtingLake | Block::ChangZhuTan) | None => 0.1,
    }
}

fn is_hilly(terrain: Terrain) -> bool {
    use Terrain::*;
    matches!(terrain, Sandstone | Danxia | Karst | Terraces | Bridge | TeaHills | Mountain | Cave | Grassland)
}

fn near_station(point: Point) -> bool {
    static STATIONS: std::sync::OnceLock<Vec<Point>> = std::sync::OnceLock::new();
    let stations = STATIONS.get_or_init(|| {
        let rows = table().iter().filter(|row| row.rail.is_some());
        let codes: std::collections::BTreeSet<&str> = rows.flat_map(|row| [row.from, row.to]).collect();
        codes.into_iter().filter_map(|code| region::find(code).and_then(Region::centre)).collect()
    });
    stations.iter().any(|station| station.km_to(point) <= STATION_WITHIN_KM)
}

/// A row of the table: region codes, kilometres and minutes by road, minutes in the train where there is one.
struct Row {
    from: &'static str,
    to: &'static str,
    #[cfg(test)]
    km: f64,
    #[cfg(test)]
    road: f64,
    #[cfg(test)]
    sourced: bool,
    rail: Option<f64>,
}

fn table() -> &'static [Row] {
    static TABLE: std::sync::OnceLock<Vec<Row>> = std::sync::OnceLock::new();
    TABLE.get_or_init(|| {
        let rows = include_str!("travel/times.tsv").lines().skip(1);
        rows.map(|line| parse_row(line).unwrap_or_else(|| panic!("times.tsv: {line}"))).collect()
    })
}

fn parse_row(line: &'static str) -> Option<Row> {
    let cells: Vec<&str> = line.split('\t').collect();
    let [from, to, km, road, road_source, rail, rail_source] = cells[..] else { return None };
    let rail = if rail.is_empty() { None } else { Some(rail.parse().ok()?) };
    let (km, road): (f64, f64) = (km.parse().ok()?, road.parse().ok()?);
    let has_sources = !road_source.is_empty() && rail.is_some() != rail_source.is_empty();
    (has_sources && km > 0.0 && road > 0.0).then_some(Row {
        from,
        to,
        #[cfg(test)]
        km,
        #[cfg(test)]
        road,
        #[cfg(test)]
        sourced: road_source != "background",
        rail,
    })
}

#[cfg(test)]
mod tests;
