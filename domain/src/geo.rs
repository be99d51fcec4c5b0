//! Positions on the globe. Everything inside is WGS84; other datums exist only in [`crate::navigation`].

use serde::{Deserialize, Serialize};

const EARTH_KM: f64 = 6371.0088;

/// WGS84 degrees.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Point {
    pub lat: f64,
    pub lon: f64,
}

impl Point {
    /// None where the numbers are not on the globe.
    pub fn new(lat: f64, lon: f64) -> Option<Self> {
        let on_globe = lat.is_finite() && lon.is_finite() && lat.abs() <= 90.0 && lon.abs() <= 180.0;
        on_globe.then_some(Self { lat, lon })
    }

    /// `lat,lon`
    pub fn parse(text: &str) -> Option<Self> {
        let (lat, lon) = text.split_once(',')?;
        Self::new(lat.trim().parse().ok()?, lon.trim().parse().ok()?)
    }

    /// Great-circle distance (haversine, mean earth radius).
    pub fn km_to(self, other: Point) -> f64 {
        let (a, b) = (self.lat.to_radians(), other.lat.to_radians());
        let half = |x: f64| (x / 2.0).sin().powi(2);
        let h = half(b - a) + a.cos() * b.cos() * half((other.lon - self.lon).to_radians());
        2.0 * EARTH_KM * h.sqrt().min(1.0).asin()
    }
}

impl Point {
    /// Direction of the great circle to `other`, in radians from north.
    fn bearing_to(self, other: Point) -> f64 {
        let (a, b) = (self.lat.to_radians(), other.lat.to_radians());
        let turn = (other.lon - self.lon).to_radians();
        (turn.sin() * b.cos()).atan2(a.cos() * b.sin() - a.sin() * b.cos() * turn.cos())
    }

    /// To the nearest point of the great-circle arc between two points.
    fn km_to_arc(self, from: Point, to: Point) -> f64 {
        let there = from.km_to(self) / EARTH_KM;
        let off = from.bearing_to(self) - from.bearing_to(to);
        let across = (there.sin() * off.sin()).clamp(-1.0, 1.0).asin();
        // behind the start, or past the end: the nearest point is an end
        if off.cos() <= 0.0 {
            return there * EARTH_KM;
        }
        let along = (there.cos() / across.cos()).clamp(-1.0, 1.0).acos();
        if along * EARTH_KM > from.km_to(to) { self.km_to(to) } else { across.abs() * EARTH_KM }
    }

    /// To the nearest point of a line of arcs; none where there is no line.
    pub fn km_to_line(self, line: &[Point]) -> Option<f64> {
        match line {
            [] => None,
            [only] => Some(self.km_to(*only)),
            _ => line.windows(2).map(|arc| self.km_to_arc(arc[0], arc[1])).min_by(f64::total_cmp),
        }
    }
}

/// Where a listing is, and how far off that may be.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Position {
    pub lat: f64,
    pub lon: f64,
    /// Radius in metres within which the true position lies; none where nobody has estimated it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accuracy_m: Option<u32>,
}

impl Position {
    pub fn point(&self) -> Point {
        Point { lat: self.lat, lon: self.lon }
    }

    /// Good enough to put a pin on a map and drive there.
    pub fn is_exact(&self) -> bool {
        self.accuracy_m.is_some_and(|metres| metres <= 500)
    }
}

/// A box of degrees, south-west corner to north-east corner.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bbox {
    pub south_west: Point,
    pub north_east: Point,
}

impl Bbox {
    /// `west,south,east,north`, the order of GeoJSON.
    pub fn parse(text: &str) -> Option<Self> {
        let numbers: Vec<f64> = text.split(',').map(|n| n.trim().parse().ok()).collect::<Option<_>>()?;
        let [west, south, east, north] = numbers[..] else { return None };
        let south_west = Point::new(south, west)?;
        let north_east = Point::new(north, east)?;
        (south <= north && west <= east).then_some(Self { south_west, north_east })
    }

    pub fn contains(&self, point: Point) -> bool {
        (self.south_west.lat..=self.north_east.lat).contains(&point.lat)
            && (self.south_west.lon..=self.north_east.lon).contains(&point.lon)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_those_of_the_globe() {
        let changsha = Point::new(28.228, 112.939).unwrap();
        let fenghuang = Point::new(27.948, 109.599).unwrap();
        let km = changsha.km_to(fenghuang);
        assert!((km - 329.0).abs() < 3.0, "{km}");
        assert_eq!(changsha.km_to(changsha), 0.0);
    }

    #[test]
    fn the_way_to_a_line_is_the_way_to_its_nearest_point() {
        let at = |lat, lon| Point::new(lat, lon).unwrap();
        let line = [at(28.0, 110.0), at(28.0, 112.0), at(29.0, 112.0)];
        let check = |point: Point, expected: f64| {
            let km = point.km_to_line(&line).unwrap();
            assert!((km - expected).abs() < 1.5, "{km} for {point:?}, not {expected}");
        };
        check(at(28.1, 111.0), 10.6);
        check(at(28.0, 109.0), at(28.0, 109.0).km_to(line[0]));
        check(at(30.0, 112.0), at(30.0, 112.0).km_to(line[2]));
        check(at(28.5, 112.2), 19.5);
        check(line[1], 0.0);
        assert_eq!(line[0].km_to_line(&[]), None);
        assert_eq!(line[0].km_to_line(&line[..1]), Some(0.0));
    }

    proptest::proptest! {
        #[test]
        fn a_line_is_never_further_than_its_points(lat in 24.0f64..30.0, lon in 108.0f64..114.0, ends in proptest::collection::vec((24.0f64..30.0, 108.0f64..114.0), 1..6)) {
            let here = Point { lat, lon };
            let line: Vec<Point> = ends.into_iter().map(|(lat, lon)| Point { lat, lon }).collect();
            let nearest = line.iter().map(|point| here.km_to(*point)).fold(f64::MAX, f64::min);
            let km = here.km_to_line(&line).unwrap();
            proptest::prop_assert!(km.is_finite() && km >= 0.0 && km <= nearest + 1e-6);
        }
    }

    #[test]
    fn points_off_the_world_do_not_exist() {
        assert!(Point::parse("28.2,112.9").is_some());
        for bad in ["", "28.2", "91,0", "0,181", "NaN,0", "inf,0", "28.2;112.9", "a,b"] {
            assert!(Point::parse(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn boxes_are_west_south_east_north() {
        let hunan = Bbox::parse("108.7,24.6,114.3,30.2").unwrap();
        assert!(hunan.contains(Point::new(28.2, 112.9).unwrap()));
        assert!(!hunan.contains(Point::new(31.0, 112.9).unwrap()));
        assert!(Bbox::parse("114.3,24.6,108.7,30.2").is_none(), "west of its west");
    }
}
