//! The small named world of the tests: places around Jishou and Fenghuang, and a Saturday.

use chrono::NaiveDate;
use proptest::prelude::*;

use super::clock::{Clock, Hours};
use super::facts::{Facts, PlaceFacts};
use super::plan::{Cost, Day, Lunch, Pace, Party, Transport, Trip, Visit, VisitId, Where};
use super::travel::{Leg, Spot, estimate};
use crate::Fen;
use crate::ids::ListingId;
use crate::listing::{Kind, Listing};

pub fn id(text: &str) -> ListingId {
    ListingId::parse(text).unwrap()
}

pub fn at(text: &str) -> Where {
    Where::Listing(id(text))
}

pub fn listing(name: &str, kind: Kind) -> Listing {
    let text = format!(
        r#"{{"id":"{name}","slug":"{name}","title":{{"zh":"{name}处","en":"{name} spot"}},"summary":{{"zh":"一处"}},
            "region":"433123","position":{{"lat":27.95,"lon":109.6,"accuracy_m":300}},"terrain":"old_town",
            "provenance":{{"source":"书","confidence":"sourced","as_of":"2026-11-01","licence":"CC-BY-4.0"}},
            "published_at":"2026-11-01T00:00:00Z","updated_at":"2026-11-01T00:00:00Z",
            "details":{{"kind":"place","sort":{{"zh":"古城"}}}}}}"#
    );
    Listing { details: kind.sample(), ..serde_json::from_str(&text).unwrap() }
}

pub fn place(name: &str, lat: f64, lon: f64) -> PlaceFacts {
    let mut listing = listing(name, Kind::Place);
    listing.position = listing.position.map(|position| crate::geo::Position { lat, lon, ..position });
    PlaceFacts::of(&listing)
}

pub fn experience(name: &str) -> PlaceFacts {
    PlaceFacts::of(&listing(name, Kind::Experience))
}

/// `pl-1` to `pl-9` within a few kilometres of Fenghuang, `pl-20` in Changsha, `ex-1` on weekends from ten to twelve, `st-1` to
/// sleep in.
pub fn facts() -> Facts {
    let mut all: Vec<PlaceFacts> = (1..=9u32)
        .map(|n| {
            let step = f64::from(n);
            place(&format!("pl-{n}"), 27.95 + 0.02 * ((step * 2.3).sin()), 109.6 + 0.02 * ((step * 1.7).cos()))
        })
        .collect();
    all.push(place("pl-20", 28.19, 112.97));
    all.push(experience("ex-1"));
    all.push(PlaceFacts::of(&listing("st-1", Kind::Stay)));
    all.into_iter().map(|facts| (facts.id.clone(), facts)).collect()
}

pub fn by_car(from: &Spot, to: &Spot) -> Option<Leg> {
    Some(estimate(Transport::Car, from, to))
}

pub fn saturday() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 28).unwrap()
}

pub fn two_adults() -> Party {
    Party { adults: 2, elders: 0, children: vec![], mobility: Default::default(), interests: vec![], rooms: None }
}

/// One day a list, one visit of an hour a name; visits are numbered from 1.
pub fn trip(days: &[&[&str]]) -> Trip {
    let mut trip = Trip::new("湘西几日", saturday(), two_adults());
    let mut number = 0;
    for names in days {
        let mut day = Day::empty();
        for name in *names {
            number += 1;
            day.visits.push(Visit::new(VisitId(number), at(name), 60));
        }
        trip.days.push(day);
    }
    trip
}

fn any_visit() -> impl Strategy<Value = Visit> {
    let names = vec!["pl-1", "pl-2", "pl-3", "pl-4", "pl-5", "pl-6", "pl-20", "ex-1", "st-1", "gone"];
    let weights = [4, 4, 4, 4, 4, 4, 2, 3, 1, 1];
    let name = prop::strategy::Union::new_weighted(weights.into_iter().zip(names.into_iter().map(Just)).collect());
    let half_hours = |range: std::ops::Range<u32>| range.prop_map(|n| Clock::from_minutes(n * 30).unwrap());
    let hours = (half_hours(14..24), half_hours(26..48)).prop_map(|(from, until)| vec![Hours { from, until }]);
    let cost = prop_oneof![Just(Cost::Free), (0i64..30_000).prop_map(|fen| Cost::Person(Fen(fen)))];
    (
        name,
        1u32..30,
        prop::option::weighted(0.15, half_hours(16..40)),
        prop::bool::weighted(0.2),
        prop::option::weighted(0.3, cost),
        prop::option::weighted(0.2, hours),
        prop::option::weighted(0.1, half_hours(24..40)),
    )
        .prop_map(|(name, tens, arrive, locked, cost, hours, last_shuttle)| Visit {
            arrive,
            locked,
            cost,
            hours,
            last_shuttle,
            ..Visit::new(VisitId(0), at(name), tens * 10)
        })
}

fn any_day() -> impl Strategy<Value = Day> {
    let start = prop::option::weighted(0.2, prop::sample::select(vec!["st-1", "pl-20", "pl-2"]));
    let end = prop::option::weighted(0.4, prop::sample::select(vec!["st-1", "pl-3", "gone"]));
    let night = prop::option::weighted(0.2, (0i64..30_000).prop_map(|fen| Cost::All(Fen(fen))));
    (prop::collection::vec(any_visit(), 0..6), 12u32..22, 28u32..44, any::<bool>(), start, end, night).prop_map(
        |(visits, from, until, lunch, start, end, night_cost)| {
            let clock = |half_hours: u32| Clock::from_minutes(half_hours * 30).unwrap();
            let lunch = lunch.then(Lunch::default);
            let (start, end) = (start.map(at), end.map(at));
            Day { from: clock(from), until: clock(until), lunch, visits, start, end, night_cost }
        },
    )
}

/// Trips of a few days with whatever a person may have chosen.
pub fn any_trip() -> impl Strategy<Value = Trip> {
    let budget = prop::option::weighted(0.4, 0i64..100_000);
    let pace = prop::sample::select(Pace::ALL);
    (prop::collection::vec(any_day(), 1..4), budget, pace, 1u32..4, prop::option::weighted(0.2, 0u32..18), any::<bool>())
        .prop_map(|(days, budget, pace, adults, child, night_driving)| {
            let mut trip =
                Trip::new("随便走走", saturday(), Party { adults, children: child.into_iter().collect(), ..two_adults() });
            (trip.days, trip.pace, trip.budget, trip.night_driving) = (days, pace, budget.map(Fen), night_driving);
            for (number, visit) in (1..).zip(trip.days.iter_mut().flat_map(|day| &mut day.visits)) {
                visit.id = VisitId(number);
            }
            trip
        })
}
