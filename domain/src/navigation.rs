//! Ways out of the product: links that open a map app at a place (P12).
//!
//! Amap and Tencent count in GCJ-02, Baidu in BD-09, Apple in WGS84 outside and GCJ-02 inside China. Amap and Baidu convert
//! WGS84 themselves when told that it is WGS84, so those links carry our own coordinates; Tencent's does not, so its link carries
//! converted ones. Orders differ: Amap writes lon,lat; the others lat,lng. Where a position is not exact the link searches by
//! name and county instead of dropping a pin that would be wrong.
//! Parameters: lbs.amap.com (uri), lbsyun.baidu.com (uri/api/web), lbs.qq.com (uri_v1), developer.apple.com (MapLinks).

pub mod ways;

use crate::geo::{Point, Position};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MapApp {
    Amap,
    Baidu,
    Tencent,
    Apple,
}

impl MapApp {
    pub const ALL: [MapApp; 4] = [MapApp::Amap, MapApp::Baidu, MapApp::Tencent, MapApp::Apple];
}

/// The address that opens `app` at the place; `in_region` is the county or city the name is searched in.
pub fn map_link(app: MapApp, name: &str, in_region: &str, position: Option<Position>) -> String {
    let text = encode(name);
    let place = encode(&format!("{in_region} {name}"));
    let city = encode(in_region);
    let exact = position.filter(Position::is_exact).map(|position| position.point());
    match (app, exact) {
        (MapApp::Amap, Some(Point { lat, lon })) => {
            format!(
                "https://uri.amap.com/marker?position={lon:.6},{lat:.6}&name={text}&coordinate=wgs84&callnative=1&src=xiaoxiang"
            )
        }
        (MapApp::Amap, None) => format!("https://uri.amap.com/search?keyword={text}&city={city}&callnative=1&src=xiaoxiang"),
        (MapApp::Baidu, Some(Point { lat, lon })) => format!(
            "https://api.map.baidu.com/marker?location={lat:.6},{lon:.6}&title={text}&content={text}&coord_type=wgs84&output=html&src=xiaoxiang"
        ),
        (MapApp::Baidu, None) => {
            format!("https://api.map.baidu.com/place/search?query={text}&region={city}&output=html&src=xiaoxiang")
        }
        (MapApp::Tencent, Some(point)) => {
            let Point { lat, lon } = gcj02(point);
            format!("https://apis.map.qq.com/uri/v1/marker?marker=coord:{lat:.6},{lon:.6};title:{text}&referer=xiaoxiang")
        }
        (MapApp::Tencent, None) => {
            format!("https://apis.map.qq.com/uri/v1/search?keyword={text}&region={city}&referer=xiaoxiang")
        }
        (MapApp::Apple, Some(point)) => {
            let Point { lat, lon } = gcj02(point);
            format!("https://maps.apple.com/?ll={lat:.6},{lon:.6}&q={text}")
        }
        (MapApp::Apple, None) => format!("https://maps.apple.com/?q={place}"),
    }
}

/// Percent-encoding of everything that is not unreserved (RFC 3986).
pub fn encode(text: &str) -> String {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    let mut encoded = String::with_capacity(text.len() * 3);
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            encoded.push(char::from(byte));
        } else {
            let digit = |value: u8| char::from(DIGITS[usize::from(value)]);
            encoded.extend(['%', digit(byte >> 4), digit(byte & 15)]);
        }
    }
    encoded
}

// The public reverse-engineered formulae of the GCJ-02 and BD-09 offsets, on the Krasovsky ellipsoid.
const AXIS: f64 = 6_378_245.0;
const ECCENTRICITY_SQUARED: f64 = 0.006_693_421_622_965_943;
const BD_TURN: f64 = std::f64::consts::PI * 3000.0 / 180.0;

fn is_in_china(point: Point) -> bool {
    (72.004..=137.8347).contains(&point.lon) && (0.8293..=55.8271).contains(&point.lat)
}

fn gcj_shift(point: Point) -> (f64, f64) {
    use std::f64::consts::PI;
    let (x, y) = (point.lon - 105.0, point.lat - 35.0);
    let wave = |a: f64, b: f64, c: f64, t: f64, p: f64, q: f64, r: f64| {
        a * (t * p * PI).sin() + b * (t * q * PI).sin() + c * (t * r * PI).sin()
    };
    let common = (20.0 * (6.0 * x * PI).sin() + 20.0 * (2.0 * x * PI).sin()) * 2.0 / 3.0;
    let north = -100.0
        + 2.0 * x
        + 3.0 * y
        + 0.2 * y * y
        + 0.1 * x * y
        + 0.2 * x.abs().sqrt()
        + common
        + wave(20.0, 40.0, 0.0, y, 1.0, 1.0 / 3.0, 0.0) * 2.0 / 3.0
        + wave(160.0, 320.0, 0.0, y, 1.0 / 12.0, 1.0 / 30.0, 0.0) * 2.0 / 3.0;
    let east = 300.0
        + x
        + 2.0 * y
        + 0.1 * x * x
        + 0.1 * x * y
        + 0.1 * x.abs().sqrt()
        + common
        + wave(20.0, 40.0, 0.0, x, 1.0, 1.0 / 3.0, 0.0) * 2.0 / 3.0
        + wave(150.0, 300.0, 0.0, x, 1.0 / 12.0, 1.0 / 30.0, 0.0) * 2.0 / 3.0;
    let phi = point.lat.to_radians();
    let magic = 1.0 - ECCENTRICITY_SQUARED * phi.sin().powi(2);
    let lat = north * 180.0 / (AXIS * (1.0 - ECCENTRICITY_SQUARED) / (magic * magic.sqrt()) * PI);
    let lon = east * 180.0 / (AXIS / magic.sqrt() * phi.cos() * PI);
    (lat, lon)
}

/// WGS84 to GCJ-02. Points outside the rectangle where the offset applies stay as they are.
pub fn gcj02(point: Point) -> Point {
    if !is_in_china(point) {
        return point;
    }
    let (lat, lon) = gcj_shift(point);
    Point { lat: point.lat + lat, lon: point.lon + lon }
}

/// GCJ-02 to WGS84, by iteration, to well under a metre.
pub fn wgs84_from_gcj02(point: Point) -> Point {
    let mut guess = point;
    for _ in 0..6 {
        let there = gcj02(guess);
        guess = Point { lat: guess.lat + point.lat - there.lat, lon: guess.lon + point.lon - there.lon };
    }
    guess
}

/// GCJ-02 to BD-09.
pub fn bd09_from_gcj02(point: Point) -> Point {
    let (x, y) = (point.lon, point.lat);
    let radius = (x * x + y * y).sqrt() + 0.00002 * (y * BD_TURN).sin();
    let angle = y.atan2(x) + 0.000003 * (x * BD_TURN).cos();
    Point { lat: radius * angle.sin() + 0.006, lon: radius * angle.cos() + 0.0065 }
}

/// BD-09 to GCJ-02.
pub fn gcj02_from_bd09(point: Point) -> Point {
    let (x, y) = (point.lon - 0.0065, point.lat - 0.006);
    let radius = (x * x + y * y).sqrt() - 0.00002 * (y * BD_TURN).sin();
    let angle = y.atan2(x) - 0.000003 * (x * BD_TURN).cos();
    Point { lat: radius * angle.sin(), lon: radius * angle.cos() }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_shift_in_hunan_is_the_known_one() {
        // A published example: at 111.44 E 27.22 N about 556 m east and 352 m south.
        let here = Point::new(27.22, 111.44).unwrap();
        let there = gcj02(here);
        let east = Point { lat: here.lat, lon: there.lon }.km_to(here) * 1000.0;
        let south = (here.lat - there.lat) * 111_195.0;
        assert!((east - 556.0).abs() < 15.0, "{east} m east");
        assert!((south - 352.0).abs() < 15.0, "{south} m south");
    }

    proptest! {
        #[test]
        fn there_and_back_is_within_three_metres(lat in 24.6f64..30.2, lon in 108.7f64..114.3) {
            let here = Point { lat, lon };
            prop_assert!(wgs84_from_gcj02(gcj02(here)).km_to(here) < 0.003);
            let gcj = gcj02(here);
            prop_assert!(gcj02_from_bd09(bd09_from_gcj02(gcj)).km_to(gcj) < 0.003);
        }
    }

    #[test]
    fn each_app_gets_its_own_order_and_datum() {
        let exact = Some(Position { lat: 28.185, lon: 112.945, accuracy_m: Some(50) });
        let link = |app| map_link(app, "岳麓山", "岳麓区", exact);
        assert!(link(MapApp::Amap).contains("position=112.945000,28.185000&") && link(MapApp::Amap).contains("coordinate=wgs84"));
        assert!(
            link(MapApp::Baidu).contains("location=28.185000,112.945000&") && link(MapApp::Baidu).contains("coord_type=wgs84")
        );
        assert!(link(MapApp::Baidu).contains("src="), "Baidu refuses calls without src");
        let shifted = gcj02(Point { lat: 28.185, lon: 112.945 });
        assert!(link(MapApp::Tencent).contains(&format!("coord:{:.6},{:.6}", shifted.lat, shifted.lon)));
        assert!(link(MapApp::Apple).contains(&format!("ll={:.6},{:.6}", shifted.lat, shifted.lon)));
    }

    #[test]
    fn a_rough_position_never_becomes_a_pin() {
        for accuracy_m in [None, Some(501), Some(8000)] {
            let rough = Some(Position { lat: 28.185, lon: 112.945, accuracy_m });
            for app in MapApp::ALL {
                let link = map_link(app, "岳麓山", "岳麓区", rough);
                assert!(!link.contains("28.18") && !link.contains("112.94"), "{link}");
                assert!(link.contains(&encode("岳麓山")), "{link}");
            }
        }
    }
}
