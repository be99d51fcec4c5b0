use proptest::prelude::*;

use super::super::check::Severity;
use super::super::edit::Edit;
use super::super::world;
use super::*;
use crate::ids::ListingId;
use crate::listing::Kind;

fn stop(place: Option<&str>, name: &str, day: Option<u32>) -> Stop {
    Stop {
        name: Text::zh_only(name),
        place: place.map(|id| ListingId::parse(id).unwrap()),
        region: crate::region::RegionCode::parse("433123").ok(),
        outside: None,
        position: None,
        basis: Basis::Sourced,
        day,
        stay_min: Some(90),
    }
}

fn route(stops: Vec<Stop>, days: Option<u32>) -> Listing {
    let mut listing = world::listing("r-1", Kind::Route);
    if let Details::Route(route) = &mut listing.details {
        route.stops = stops;
        route.days = days;
    }
    listing
}

fn two_days() -> Listing {
    let stops = [("pl-1", 1), ("pl-2", 1), ("pl-3", 2), ("gone", 2), ("pl-4", 2)];
    route(stops.map(|(id, day)| stop(Some(id), id, Some(day))).to_vec(), Some(2))
}

fn adapt(listing: &Listing, edits: &[Edit]) -> (Trip, Vec<Change>) {
    let facts = world::facts();
    let trip = from_route(listing, &facts, world::saturday(), world::two_adults()).unwrap();
    let trip = edits.iter().fold(trip, |trip, edit| trip.apply(edit).unwrap().trip);
    let found = changes(&trip, listing, &facts).unwrap();
    (trip, found)
}

#[test]
fn a_route_becomes_a_trip_and_nothing_has_changed() {
    let (trip, found) = adapt(&two_days(), &[]);
    assert_eq!(found, []);
    assert_eq!(trip.problems(), []);
    assert_eq!(trip.days.iter().map(|day| day.visits.len()).collect::<Vec<_>>(), [2, 3]);
    assert!(matches!(trip.days[1].visits[1].at, Where::Own(_)), "a stop that the catalogue lacks is the trip's own place");
    assert_eq!(from_route(&world::listing("pl-1", Kind::Place), &world::facts(), world::saturday(), world::two_adults()), None);
}

#[test]
fn every_change_is_said_once() {
    let visit = VisitId;
    let listing = two_days();
    let (trip, found) = adapt(
        &listing,
        &[
            Edit::RemoveVisit { visit: visit(2) },
            Edit::MoveVisit { visit: visit(5), day: 0, index: 1 },
            Edit::SetStay { visit: visit(1), minutes: 30 },
            Edit::AddVisit { day: 1, index: 0, visit: Box::new(Visit::new(visit(9), world::at("pl-6"), 60)) },
        ],
    );
    let expected = [
        Change::OtherStay { visit: visit(1), stop: 0, from: 90, to: 30 },
        Change::OtherDay { visit: visit(5), stop: 4, from: 1, to: 0 },
        Change::Added { visit: visit(9), day: 1 },
        Change::OtherOrder { visit: visit(5), stop: 4 },
        Change::Dropped { stop: 1, basis: Basis::Sourced },
    ];
    assert_eq!(found, expected);
    let said: Vec<String> = found.iter().map(|change| change.text(&trip, &listing, &world::facts()).zh).collect();
    assert_eq!(said[1], "“pl-4”从第2天移到第1天");
    assert_eq!(said[4], "“pl-2”去掉了（资料所载）");
}

#[test]
fn days_that_nobody_gave_are_even_and_never_too_full() {
    let even = route((0..7).map(|_| stop(None, "站", None)).collect(), Some(3));
    assert_eq!(adapt(&even, &[]).0.days.iter().map(|day| day.visits.len()).collect::<Vec<_>>(), [3, 3, 1]);
    let full = route((0..30).map(|_| stop(None, "站", Some(1))).collect(), Some(1));
    let (trip, found) = adapt(&full, &[]);
    assert_eq!(trip.days.iter().map(|day| day.visits.len()).collect::<Vec<_>>(), [12, 12, 6]);
    assert_eq!((trip.problems(), found), (vec![], vec![]));
}

#[test]
fn a_stop_of_two_days_is_visited_twice() {
    let mut long = stop(Some("pl-1"), "pl-1", Some(1));
    long.stay_min = Some(900);
    let listing = route(vec![long, stop(Some("pl-2"), "pl-2", Some(3))], Some(3));
    let (trip, found) = adapt(&listing, &[]);
    let stays: Vec<Vec<u32>> = trip.days.iter().map(|day| day.visits.iter().map(|visit| visit.stay_min).collect()).collect();
    assert_eq!((stays, found), (vec![vec![450], vec![450], vec![90]], vec![]));
    let (_, found) = adapt(&listing, &[Edit::RemoveVisit { visit: VisitId(2) }]);
    assert_eq!(found, [Change::FewerDays { stop: 0 }]);
}

#[test]
fn what_broke_comes_with_what_mends_it() {
    let listing = two_days();
    let facts = world::facts();
    let world = World { facts: &facts, travel: &world::by_car };
    let (trip, _) = adapt(&listing, &[Edit::SetStay { visit: VisitId(1), minutes: 500 }]);
    let review = review(&trip, Some(&listing), &world);
    assert!(!review.report.is_feasible());
    assert_eq!(review.changes.len(), 1);
    assert!(review.repairs.iter().all(|(breach, _)| breach.severity() == Severity::Broken));
    assert!(review.repairs.iter().any(|(_, repairs)| !repairs.is_empty()), "{review:?}");
}

proptest! {
    #[test]
    fn any_route_makes_a_whole_trip(days in prop::collection::vec(prop::option::of(1u32..50), 1..150), said in prop::option::of(0u32..90)) {
        let mut stops: Vec<Stop> = days.iter().map(|day| stop(Some("pl-1"), "站", *day)).collect();
        let mut given: Vec<u32> = days.iter().flatten().copied().collect();
        given.sort();
        given.reverse();
        for stop in stops.iter_mut().filter(|stop| stop.day.is_some()) {
            stop.day = given.pop();
        }
        let (trip, found) = adapt(&route(stops, said), &[]);
        prop_assert_eq!(trip.problems(), vec![]);
        let dropped = found.iter().all(|change| matches!(change, Change::Dropped { .. }));
        prop_assert!(dropped && found.len() == days.len() - trip.visits().count(), "only what does not fit is left out");
    }
}
