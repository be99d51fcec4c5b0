//! The small named world of the tests: places around Jishou and Fenghuang, and a Saturday.

use chrono::NaiveDate;
use proptest::prelude::*;

use super::facts::{Facts, PlaceFacts};
use super::plan::{Day, Party, Transport, Trip, Visit, VisitId, Where};
use super::travel::{Leg, Spot, estimate};
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

/// Trips of a few days with whatever a person may have chosen.
pub fn any_trip() -> impl Strategy<Value = Trip> {
    let names = prop::sample::select(vec!["pl-1", "pl-2", "pl-3", "pl-4", "pl-5", "pl-6", "pl-20", "ex-1", "st-1"]);
    let visit = (names, 1u32..30, prop::option::weighted(0.2, 16u32..40), any::<bool>());
    let day = (prop::collection::vec(visit, 0..6), 12u32..22, 28u32..44, any::<bool>());
    prop::collection::vec(day, 1..4).prop_map(|days| {
        let mut trip = Trip::new("随便走走", saturday(), two_adults());
        let mut number = 0;
        for (visits, from, until, lunch) in days {
            let clock = |half_hours: u32| super::clock::Clock::from_minutes(half_hours * 30).unwrap();
            let mut day = Day { from: clock(from), until: clock(until), ..Day::empty() };
            day.lunch = day.lunch.filter(|_| lunch);
            for (name, tens, arrive, locked) in visits {
                number += 1;
                let mut visit = Visit::new(VisitId(number), at(name), tens * 10);
                visit.arrive = arrive.map(clock);
                visit.locked = locked;
                day.visits.push(visit);
            }
            trip.days.push(day);
        }
        trip
    })
}
