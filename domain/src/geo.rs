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
