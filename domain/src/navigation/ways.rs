//! Links that lead through a day's stops in their order (P12).
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

/// How one goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    Car,
    /// Trains and buses: the apps take no way points then, so every leg is a link.
    Transit,
}

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
pub fn day_ways(app: MapApp, by: By, stops: &[Stop]) -> Vec<Way> {
    let mut ways = Vec::new();
    let mut from = 0;
    while from + 1 < stops.len() {
        let (to, href) = furthest(app, by, stops, from);
        let search = href.is_none();
        let last = &stops[to];
        let href = href.unwrap_or_else(|| map_link(app, last.name, last.in_region, last.position));
        ways.push(Way { from, to, href, search });
        from = to;
    }
    ways
}

/// As many legs as one address holds; none where it cannot hold even one.
fn furthest(app: MapApp, by: By, stops: &[Stop], from: usize) -> (usize, Option<String>) {
    let next = from + 1;
    match app {
        MapApp::Apple => {
            let legs = if by == By::Car { MOST_FOR_APPLE } else { 1 };
            let to = (from + legs).min(stops.len() - 1);
            (to, Some(apple(by, &stops[from..=to])))
        }
        MapApp::Amap => {
            let two = stops.get(next + 1).filter(|_| by == By::Car).and_then(|_| amap(by, &stops[from..=next + 1]));
            match two {
                Some(href) => (next + 1, Some(href)),
                None => (next, amap(by, &stops[from..=next])),
            }
        }
        MapApp::Baidu => (next, Some(baidu(by, &stops[from], &stops[next]))),
        MapApp::Tencent => (next, tencent(by, &stops[from], &stops[next])),
    }
}

/// Coordinates only: a leg from a rough place begins wherever the driver is.
fn amap(by: By, stops: &[Stop]) -> Option<String> {
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
    let mode = if by == By::Car { "car" } else { "bus" };
    Some(format!("https://uri.amap.com/navigation?{from}to={to}{via}&mode={mode}&coordinate=wgs84&callnative=1&src=xiaoxiang"))
}

fn baidu(by: By, from: &Stop, to: &Stop) -> String {
    let place = |stop: &Stop| match stop.exact() {
        Some(Point { lat, lon }) => format!("latlng:{lat:.6},{lon:.6}%7Cname:{}", encode(stop.name)),
        None => encode(&format!("{} {}", stop.in_region, stop.name)),
    };
    let (origin, destination) = (place(from), place(to));
    let (there, here) = (encode(to.in_region), encode(from.in_region));
    let mode = if by == By::Car { "driving" } else { "transit" };
    format!(
        "https://api.map.baidu.com/direction?origin={origin}&destination={destination}&mode={mode}&region={there}&origin_region={here}&destination_region={there}&coord_type=wgs84&output=html&src=xiaoxiang"
    )
}

fn tencent(by: By, from: &Stop, to: &Stop) -> Option<String> {
    let place = |stop: &Stop| {
        let Point { lat, lon } = gcj02(stop.exact()?);
        Some(format!("{lat:.6},{lon:.6}"))
    };
    let begins = place(from).map_or_else(String::new, |at| format!("&from={}&fromcoord={at}", encode(from.name)));
    let ends = place(to)?;
    let to = encode(to.name);
    let by = if by == By::Car { "drive" } else { "bus" };
    Some(format!("https://apis.map.qq.com/uri/v1/routeplan?type={by}{begins}&to={to}&tocoord={ends}&policy=0&referer=xiaoxiang"))
}

fn apple(by: By, stops: &[Stop]) -> String {
    let place = |stop: &Stop| match stop.exact().map(gcj02) {
        Some(Point { lat, lon }) => format!("{lat:.6},{lon:.6}"),
        None => encode(&format!("{} {}", stop.in_region, stop.name)),
    };
    let (first, last) = (place(&stops[0]), place(&stops[stops.len() - 1]));
    let between: String = stops[1..stops.len() - 1].iter().map(|stop| format!("&waypoint={}", place(stop))).collect();
    let mode = if by == By::Car { "driving" } else { "transit" };
    format!("https://maps.apple.com/directions?source={first}{between}&destination={last}&mode={mode}")
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
                let ways = day_ways(app, By::Car, &stops);
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
        let links = |app| day_ways(app, By::Car, &stops).len();
        assert_eq!(MapApp::ALL.map(links), [2, 4, 4, 1], "Amap, Baidu, Tencent, Apple");
        for app in MapApp::ALL {
            assert!(day_ways(app, By::Car, &stops[..1]).is_empty() && day_ways(app, By::Car, &[]).is_empty());
        }
    }

    #[test]
    fn a_rough_position_never_becomes_a_point_on_a_route() {
        let stops =
            [at("岳麓山", 28.185, 112.945, true), at("花明楼", 28.055, 112.655, false), at("韶山", 27.915, 112.525, true)];
        for app in MapApp::ALL {
            for way in day_ways(app, By::Car, &stops) {
                assert!(!way.href.contains("28.05") && !way.href.contains("112.65"), "{}", way.href);
            }
        }
        let amap = day_ways(MapApp::Amap, By::Car, &stops);
        assert_eq!(amap.iter().map(|way| (way.to, way.search)).collect::<Vec<_>>(), [(1, true), (2, false)]);
        assert!(amap[0].href.contains(&encode("花明楼")), "it is searched for by name");
        assert!(!amap[1].href.contains("from="), "and the next leg begins wherever one is");
        assert!(day_ways(MapApp::Apple, By::Car, &stops)[0].href.contains(&format!("&waypoint={}", encode("凤凰县 花明楼"))));
        assert!(day_ways(MapApp::Baidu, By::Car, &stops)[0].href.contains(&format!("destination={}", encode("凤凰县 花明楼"))));
    }

    #[test]
    fn whoever_goes_by_train_is_not_sent_driving() {
        let at = |lat, lon| Some(Position { lat, lon, accuracy_m: Some(10) });
        let stop = |name, position| Stop { name, in_region: "长沙市", position };
        let stops =
            [stop("长沙南站", at(28.15, 113.06)), stop("湖南博物院", at(28.21, 112.98)), stop("橘子洲", at(28.19, 112.96))];
        for (app, mode) in [
            (MapApp::Amap, "mode=bus"),
            (MapApp::Baidu, "mode=transit"),
            (MapApp::Tencent, "type=bus"),
            (MapApp::Apple, "mode=transit"),
        ] {
            let ways = day_ways(app, By::Transit, &stops);
            assert_eq!(ways.len(), 2, "a link a leg");
            assert!(ways.iter().all(|way| way.href.contains(mode)), "{ways:?}");
        }
    }
}
