//! Links that lead a driver through a day's stops in their order (P12).
//!
//! What the apps' addresses allow differs. Apple's takes any number of way points (developer.apple.com, “Adopting unified Maps
//! URLs”: `source`, `waypoint`, `destination`). Amap's takes one (`via`, with `from` and `to`, lon,lat and a name each). Baidu's
//! (`origin`, `destination`) and Tencent's (`from`, `fromcoord`, `to`, `tocoord`) take none, so there the day is as many links as
//! it has legs. Datums and orders are as in [`super::map_link`]. Where a position is not exact its name stands in, for the apps
//! that look names up on a route; for those that do not, the link searches for where the leg ends. Google's is not among them: it
//! does not say in which datum it reads coordinates in mainland China, and a point five hundred metres off is worse than none.

use super::{MapApp, encode, gcj02, map_link};
use crate::geo::{Point, Position};

/// What Apple Maps holds on one route.
const MOST_FOR_APPLE: usize = 13;

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stop<'a> {
    pub name: &'a str,
    /// The county or city the name is looked for in.
    pub in_region: &'a str,
    pub position: Option<Position>,
}

impl Stop<'_> {
    fn exact(&self) -> Option<Point> {
        self.position.filter(Position::is_exact).map(|position| position.point())
    }
}

/// One link: from a stop to another, through those between.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Way {
    /// Counted from 0.
    pub from: usize,
    pub to: usize,
    pub href: String,
    /// It only finds where it ends; the way there is to be asked for in the app.
    pub search: bool,
}

/// The links that, one after the other, lead through all the stops: each begins where the one before ends. None where there is
/// nowhere to go.
pub fn day_ways(app: MapApp, stops: &[Stop]) -> Vec<Way> {
    let mut ways = Vec::new();
    let mut from = 0;
    while from + 1 < stops.len() {
        let (to, href) = furthest(app, stops, from);
        let search = href.is_none();
        let last = &stops[to];
        let href = href.unwrap_or_else(|| map_link(app, last.name, last.in_region, last.position));
        ways.push(Way { from, to, href, search });
        from = to;
    }
    ways
}

/// As many legs as one address holds; none where it cannot hold even one.
fn furthest(app: MapApp, stops: &[Stop], from: usize) -> (usize, Option<String>) {
    let next = from + 1;
    match app {
        MapApp::Apple => {
            let to = (from + MOST_FOR_APPLE).min(stops.len() - 1);
            (to, Some(apple(&stops[from..=to])))
        }
        MapApp::Amap => {
            let two = stops.get(next + 1).and_then(|_| amap(&stops[from..=next + 1]));
            match two {
                Some(href) => (next + 1, Some(href)),
                None => (next, amap(&stops[from..=next])),
            }
        }
        MapApp::Baidu => (next, Some(baidu(&stops[from], &stops[next]))),
        MapApp::Tencent => (next, tencent(&stops[from], &stops[next])),
    }
}

/// Coordinates only: a leg from a rough place begins wherever the driver is.
fn amap(stops: &[Stop]) -> Option<String> {
    let place = |stop: &Stop| {
        let Point { lat, lon } = stop.exact()?;
        Some(format!("{lon:.6},{lat:.6},{}", encode(stop.name)))
    };
    let (first, between, last) = match stops {
        [first, last] => (first, None, last),
        [first, between, last] => (first, Some(between), last),
        _ => return None,
    };
    let from = place(first).map_or_else(String::new, |place| format!("from={place}&"));
    let via = match between {
        Some(between) => format!("&via={}", place(between)?),
        None => String::new(),
    };
    let to = place(last)?;
    Some(format!("https://uri.amap.com/navigation?{from}to={to}{via}&mode=car&coordinate=wgs84&callnative=1&src=xiaoxiang"))
}

fn baidu(from: &Stop, to: &Stop) -> String {
    let place = |stop: &Stop| match stop.exact() {
        Some(Point { lat, lon }) => format!("latlng:{lat:.6},{lon:.6}%7Cname:{}", encode(stop.name)),
        None => encode(&format!("{} {}", stop.in_region, stop.name)),
    };
    let (origin, destination) = (place(from), place(to));
    let (there, here) = (encode(to.in_region), encode(from.in_region));
    format!(
        "https://api.map.baidu.com/direction?origin={origin}&destination={destination}&mode=driving&region={there}&origin_region={here}&destination_region={there}&coord_type=wgs84&output=html&src=xiaoxiang"
    )
}

fn tencent(from: &Stop, to: &Stop) -> Option<String> {
    let place = |stop: &Stop| {
        let Point { lat, lon } = gcj02(stop.exact()?);
        Some(format!("{lat:.6},{lon:.6}"))
    };
    let begins = place(from).map_or_else(String::new, |at| format!("&from={}&fromcoord={at}", encode(from.name)));
    let ends = place(to)?;
    let to = encode(to.name);
    Some(format!("https://apis.map.qq.com/uri/v1/routeplan?type=drive{begins}&to={to}&tocoord={ends}&policy=0&referer=xiaoxiang"))
}

fn apple(stops: &[Stop]) -> String {
    let place = |stop: &Stop| match stop.exact().map(gcj02) {
        Some(Point { lat, lon }) => format!("{lat:.6},{lon:.6}"),
        None => encode(&format!("{} {}", stop.in_region, stop.name)),
    };
    let (first, last) = (place(&stops[0]), place(&stops[stops.len() - 1]));
    let between: String = stops[1..stops.len() - 1].iter().map(|stop| format!("&waypoint={}", place(stop))).collect();
    format!("https://maps.apple.com/directions?source={first}{between}&destination={last}&mode=driving")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::wgs84_from_gcj02;
    use super::*;

    fn at(name: &'static str, lat: f64, lon: f64, exact: bool) -> Stop<'static> {
        Stop { name, in_region: "凤凰县", position: Some(Position { lat, lon, accuracy_m: exact.then_some(50) }) }
    }

    /// The positions that a link says, in the order in which they are driven, in WGS84.
    fn driven(app: MapApp, href: &str) -> Vec<Point> {
        let (_, query) = href.split_once('?').unwrap();
        let all = |name: &str| {
            let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
            pairs.filter(|(known, _)| *known == name).map(|(_, value)| value.to_owned()).collect::<Vec<_>>()
        };
        let names: &[&str] = match app {
            MapApp::Amap => &["from", "via", "to"],
            MapApp::Baidu => &["origin", "destination"],
            MapApp::Tencent => &["fromcoord", "tocoord"],
            MapApp::Apple => &["source", "waypoint", "destination"],
        };
        let read = |value: &str| {
            let value = value.strip_prefix("latlng:").unwrap_or(value);
            let mut numbers = value.split([',', '%']).map_while(|number| number.parse::<f64>().ok());
            let (a, b) = (numbers.next().unwrap(), numbers.next().unwrap());
            match app {
                MapApp::Amap => Point { lat: b, lon: a },
                MapApp::Baidu => Point { lat: a, lon: b },
                MapApp::Tencent | MapApp::Apple => wgs84_from_gcj02(Point { lat: a, lon: b }),
            }
        };
        names.iter().flat_map(|name| all(name)).map(|value| read(&value)).collect()
    }

    proptest! {
        #[test]
        fn the_links_lead_through_every_stop_in_order_to_three_metres(
            places in prop::collection::vec((24.6f64..30.2, 108.7f64..114.3), 2..18),
        ) {
            let stops: Vec<Stop> = places.iter().map(|(lat, lon)| at("甲", *lat, *lon, true)).collect();
            for app in MapApp::ALL {
                let ways = day_ways(app, &stops);
                let mut here = 0;
                for way in &ways {
                    prop_assert_eq!(way.from, here);
                    let points = driven(app, &way.href);
                    prop_assert_eq!(points.len(), way.to - way.from + 1, "{}", way.href);
                    for (point, stop) in points.iter().zip(&stops[way.from..=way.to]) {
                        prop_assert!(point.km_to(stop.exact().unwrap()) < 0.003, "{}", way.href);
                    }
                    here = way.to;
                }
                prop_assert_eq!(here, stops.len() - 1);
            }
        }
    }

    #[test]
    fn one_link_holds_as_many_stops_as_its_app_takes() {
        let stops: Vec<Stop> = (0..5).map(|n| at("甲", 28.0, 109.0 + f64::from(n) * 0.1, true)).collect();
        let links = |app| day_ways(app, &stops).len();
        assert_eq!(MapApp::ALL.map(links), [2, 4, 4, 1], "Amap, Baidu, Tencent, Apple");
        for app in MapApp::ALL {
            assert!(day_ways(app, &stops[..1]).is_empty() && day_ways(app, &[]).is_empty());
        }
    }

    #[test]
    fn a_rough_position_never_becomes_a_point_on_a_route() {
        let stops =
            [at("岳麓山", 28.185, 112.945, true), at("花明楼", 28.055, 112.655, false), at("韶山", 27.915, 112.525, true)];
        for app in MapApp::ALL {
            for way in day_ways(app, &stops) {
                assert!(!way.href.contains("28.05") && !way.href.contains("112.65"), "{}", way.href);
            }
        }
        let amap = day_ways(MapApp::Amap, &stops);
        assert_eq!(amap.iter().map(|way| (way.to, way.search)).collect::<Vec<_>>(), [(1, true), (2, false)]);
        assert!(amap[0].href.contains(&encode("花明楼")), "it is searched for by name");
        assert!(!amap[1].href.contains("from="), "and the next leg begins wherever one is");
        assert!(day_ways(MapApp::Apple, &stops)[0].href.contains(&format!("&waypoint={}", encode("凤凰县 花明楼"))));
        assert!(day_ways(MapApp::Baidu, &stops)[0].href.contains(&format!("destination={}", encode("凤凰县 花明楼"))));
    }
}
