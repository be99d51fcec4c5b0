//! What is around somewhere: where that is, and what lies there, open today first.

use app::href;
use app::views::{Here, ListingCard, NearPage};
use chrono::NaiveDate;
use domain::geo::Point;
use domain::listing::{Kind, Listing};
use domain::navigation::encode;
use domain::region::{self, RegionLevel};
use domain::search::{LONGEST_QUERY, Query, Sort};
use domain::trip::PlaceFacts;
use domain::trip::facts::{HoursBasis, OnDay};
use domain::{Lang, ListingId, Problem};

use crate::error::ServiceError;
use crate::services::search::shelf;
use crate::state::App;

/// Kinds that are somewhere; a route is in many places, an offer in none.
const KINDS: [Kind; 5] = [Kind::Place, Kind::Experience, Kind::Heritage, Kind::Product, Kind::Stay];
/// Looked at in turn until there is enough: a town has all of it in a few kilometres, a valley does not.
const RADII_KM: [f64; 4] = [5.0, 15.0, 40.0, 100.0];
const ENOUGH: u64 = 8;
/// Of each kind; of so many the ones that are open come first.
const LOOKED_AT: u32 = 24;
const SHOWN: usize = 6;
/// Whoever is further than this from every county seat is not in the province.
const FURTHEST_KM: f64 = 80.0;
const MOST_OTHERS: usize = 6;

/// What an address of the page says.
#[derive(Debug, Clone, PartialEq)]
pub enum Asked {
    Nothing,
    Name(String),
    Region(String),
    Listing(String),
    Position(Point),
    /// A position that is none, as it was written.
    BadPosition(String),
}

impl Asked {
    /// Of several ways the closest counts.
    pub fn of<'a>(params: impl Iterator<Item = (&'a str, &'a str)>) -> Self {
        let mut asked = Self::Nothing;
        for (name, value) in params {
            let value: String = value.trim().chars().filter(|c| !c.is_control()).take(LONGEST_QUERY).collect();
            if value.is_empty() {
                continue;
            }
            asked = match (name, &asked) {
                ("near", _) => match Point::parse(&value) {
                    Some(point) => Self::Position(round(point)),
                    None => Self::BadPosition(value),
                },
                ("place", Self::Nothing | Self::Name(_) | Self::Region(_)) => Self::Listing(value),
                ("at", Self::Nothing | Self::Name(_)) => Self::Region(value),
                ("q", Self::Nothing) => Self::Name(value),
                _ => continue,
            };
        }
        asked
    }

    /// Its part of the one address of such a page.
    pub fn address(&self) -> String {
        match self {
            Self::Nothing => String::new(),
            Self::Name(name) => format!("?q={}", encode(name)),
            Self::Region(code) => format!("?at={}", encode(code)),
            Self::Listing(id) => format!("?place={}", encode(id)),
            Self::Position(point) => format!("?near={}", href::rounded(*point)),
            Self::BadPosition(text) => format!("?near={}", encode(text)),
        }
    }

    pub fn is_nothing(&self) -> bool {
        matches!(self, Self::Nothing)
    }
}

fn round(point: Point) -> Point {
    let thousandths = |degrees: f64| (degrees * 1000.0).round() / 1000.0;
    Point { lat: thousandths(point.lat), lon: thousandths(point.lon) }
}

pub async fn page(app: &App, asked: &Asked, lang: Lang, today: NaiveDate) -> Result<NearPage, ServiceError> {
    let mut page = NearPage::default();
    match asked {
        Asked::Nothing => {}
        Asked::BadPosition(text) => page.problems.push(Problem::new(
            "near",
            "bad_position",
            format!("“{text}”不是坐标：写成 纬度,经度，如 27.950,109.600"),
            format!("“{text}” is no position: it is written latitude,longitude, as 27.950,109.600"),
        )),
        Asked::Position(point) => locate(&mut page, *point),
        Asked::Region(code) => match region::find(code).and_then(|region| Some(Here::Region(region, region.centre()?))) {
            Some(here) => page.here = Some(here),
            None => page.problems.push(Problem::new(
                "at",
                "unknown_region",
                format!("湖南没有代码是“{code}”的县区"),
                format!("no county of Hunan has the code “{code}”"),
            )),
        },
        Asked::Listing(id) => {
            let id = ListingId::parse(id).ok();
            let found = app.listings.find_many(id.as_slice()).await?;
            match found.into_iter().next().and_then(|listing| Some(Here::Listing(listing.clone(), point_of(&listing)?))) {
                Some(here) => page.here = Some(here),
                None => page.problems.push(Problem::new(
                    "place",
                    "vanished",
                    "目录里没有这一处，或者不知道它在哪里",
                    "the catalogue has no such place, or nobody knows where it is",
                )),
            }
        }
        Asked::Name(name) => {
            page.typed = name.clone();
            let mut found = named(app, name, lang, today).await?.into_iter();
            page.here = found.next();
            page.others = found.take(MOST_OTHERS).collect();
            if page.here.is_none() {
                page.problems.push(Problem::new(
                    "q",
                    "unknown_place",
                    format!("没有找到叫“{name}”的地方。换个写法，或者从下面的图和名单里选县区"),
                    format!("no place called “{name}” was found; write it another way, or choose a county below"),
                ));
            }
        }
    }
    if let Some(here) = &page.here {
        (page.radius_km, page.groups) = around(app, here, lang, today).await?;
    }
    Ok(page)
}

/// Where the device says it is, if that is in the province.
fn locate(page: &mut NearPage, point: Point) {
    match region::nearest(point) {
        Some((region, km)) if km <= FURTHEST_KM => page.here = Some(Here::Point(point, Some(region))),
        nearest => {
            let (zh, en) = match nearest {
                Some((region, km)) => (
                    format!("离这里最近的{}也有约{km:.0}公里", region.name.get(Lang::Zh)),
                    format!("{}, the nearest county, is about {km:.0} km away", region.name.get(Lang::En)),
                ),
                None => (String::new(), String::new()),
            };
            page.problems.push(Problem::new(
                "near",
                "outside",
                format!("这个位置不在湖南：{zh}。写一个你要去的地方，或在图上选"),
                format!("this position is not in Hunan: {en}. Type where you are going, or choose on the map"),
            ));
        }
    }
}

/// Regions of that name first, then listings that are somewhere.
async fn named(app: &App, name: &str, lang: Lang, today: NaiveDate) -> Result<Vec<Here>, ServiceError> {
    let regions = region::called(name).iter().filter_map(|region| Some(Here::Region(region, region.centre()?)));
    let mut found: Vec<Here> = regions.collect();
    // A county comes before the prefecture that has its name.
    found.sort_by_key(|here| matches!(here, Here::Region(region, _) if region.level == RegionLevel::Prefecture));
    let query = Query { text: name.to_owned(), kinds: vec![Kind::Place, Kind::Stay], per_page: 8, lang, ..Query::default() };
    let listings = crate::services::search::find(app, &query, today).await?.hits;
    found.extend(listings.into_iter().filter_map(|card| {
        let point = point_of(&card.listing)?;
        Some(Here::Listing(card.listing, point))
    }));
    Ok(found)
}

/// Its own position, or else its county's seat.
fn point_of(listing: &Listing) -> Option<Point> {
    let seat = || listing.region.as_ref()?.region()?.centre();
    listing.position.map(|position| position.point()).or_else(seat)
}

type Groups = Vec<(Kind, u64, Vec<ListingCard>)>;

async fn around(app: &App, here: &Here, lang: Lang, today: NaiveDate) -> Result<(f64, Groups), ServiceError> {
    let mut looked = (0.0, Groups::new());
    for radius_km in RADII_KM {
        let mut groups = Groups::new();
        for kind in KINDS {
            let query = Query {
                kinds: vec![kind],
                near: Some(here.point()),
                radius_km: Some(radius_km),
                sort: Sort::Distance,
                per_page: LOOKED_AT,
                lang,
                ..Query::default()
            };
            let (total, cards) = shelf(app, &query, today).await?;
            let own = |card: &ListingCard| matches!(here, Here::Listing(listing, _) if listing.id == card.listing.id);
            let mut cards: Vec<(u8, ListingCard)> =
                cards.into_iter().filter(|card| !own(card)).map(|card| today_first(card, lang, today)).collect();
            // The order of distance stays within each.
            cards.sort_by_key(|(rank, _)| *rank);
            let cards: Vec<ListingCard> = cards.into_iter().map(|(_, card)| card).take(SHOWN).collect();
            if !cards.is_empty() {
                groups.push((kind, total, cards));
            }
        }
        let enough = groups.iter().map(|(_, total, _)| total).sum::<u64>() >= ENOUGH;
        looked = (radius_km, groups);
        if enough {
            break;
        }
    }
    Ok(looked)
}

/// How it stands today, in words on the card, and its place in the order.
fn today_first(card: ListingCard, lang: Lang, today: NaiveDate) -> (u8, ListingCard) {
    let facts = PlaceFacts::of(&card.listing);
    let open = facts.open_on(today);
    let (rank, said) = match (open.basis, facts.on_day(today)) {
        _ if facts.kind == Kind::Stay => (1, lang.pick("有没有空房请先问", "Ask first whether there is a room").to_owned()),
        (HoursBasis::Known, _) if open.hours.is_empty() => (3, lang.pick("今天不开放", "Shut today").to_owned()),
        (HoursBasis::Known, _) if open.hours == [domain::trip::Hours::ALL_DAY] => {
            (0, lang.pick("随时可去", "Open at any time").to_owned())
        }
        (HoursBasis::Known, _) => {
            let hours = open.say(lang);
            (0, lang.pick(format!("今天开放 {hours}"), format!("Open today {hours}")))
        }
        (_, OnDay::Festival) => (0, lang.pick("正在节日前后", "Around its festival").to_owned()),
        (_, OnDay::OutOfSeason) => {
            (2, lang.pick("开放时间未知，现在不在适宜月份", "Hours not known; not in its good months").to_owned())
        }
        _ => (1, lang.pick("开放时间未知", "Hours not known").to_owned()),
    };
    (rank, ListingCard { reason: Some(said), ..card })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(params: &[(&str, &str)]) -> Asked {
        Asked::of(params.iter().copied())
    }

    #[test]
    fn a_position_is_known_to_a_hundred_metres_and_no_closer() {
        let here = asked(&[("near", "27.9512345,109.5987654")]);
        assert_eq!(here.address(), "?near=27.951,109.599");
        assert_eq!(asked(&[("near", "27.951,109.599")]), here, "the address says the same");
    }

    #[test]
    fn of_several_ways_to_say_where_the_closest_counts_and_nonsense_is_kept_to_be_said() {
        assert_eq!(asked(&[("q", " 凤凰 "), ("at", "433123")]), Asked::Region("433123".into()));
        assert_eq!(asked(&[("near", "27.95,109.6"), ("q", "凤凰")]).address(), "?near=27.950,109.600");
        for bad in ["x", "1,2,3", "NaN,1", "91,0", "27.95"] {
            assert_eq!(asked(&[("near", bad)]), Asked::BadPosition(bad.into()), "{bad}");
        }
        assert!(asked(&[("q", "  "), ("utm_source", "x")]).is_nothing());
    }

    #[test]
    fn who_is_far_from_every_county_is_told_so() {
        let mut page = NearPage::default();
        locate(&mut page, Point::new(39.9, 116.4).unwrap());
        assert!(page.here.is_none());
        assert_eq!(page.problems[0].code, "outside");
        let mut page = NearPage::default();
        locate(&mut page, Point::new(27.95, 109.6).unwrap());
        assert!(matches!(page.here, Some(Here::Point(_, Some(region))) if region.code.as_str() == "433123"));
    }
}
