use proptest::prelude::*;

use super::super::check::Severity;
use super::super::clock::Clock;
use super::super::plan::{Cost, Visit, VisitId};
use super::super::world;
use super::*;
use crate::{Fen, Lang};

fn offered(trip: &Trip, code: &str) -> Vec<String> {
    let facts = world::facts();
    let world = World { facts: &facts, travel: &world::by_car };
    let report = check(trip, &world);
    let breach = report.breaches.iter().find(|breach| breach.constraint.code() == code);
    let breach = breach.unwrap_or_else(|| panic!("no {code} in {:?}", report.breaches));
    repairs(trip, breach, &world).into_iter().map(|repair| repair.text.get(Lang::En).to_owned()).collect()
}

#[test]
fn a_late_appointment_is_mended_by_leaving_earlier() {
    let mut trip = world::trip(&[&["pl-1", "ex-1"]]);
    trip.days[0].visits[0].stay_min = 110;
    trip.days[0].visits[1].arrive = Some(Clock::at(10, 0));
    let offers = offered(&trip, "appointment");
    let expected = [
        "Put the stops of day 1 in a better order",
        "Start day 1 30 min earlier, at 08:00",
        "Stay 30 min less at “pl-1 spot”, 80 min",
    ];
    assert_eq!(offers, expected);
}

#[test]
fn a_few_days_at_once_are_put_in_their_best_order() {
    let mut trip = world::trip(&[["pl-1", "ex-1"].as_slice(); 5]);
    for day in &mut trip.days {
        day.visits[0].stay_min = 110;
        day.visits[1].arrive = Some(Clock::at(10, 0));
    }
    let facts = world::facts();
    let world = World { facts: &facts, travel: &world::by_car };
    let ordered = |trip: &Trip| -> Vec<usize> {
        let found = all_repairs(trip, &check(trip, &world), &world).into_iter().flat_map(|(_, repairs)| repairs);
        let days = found.filter_map(|repair| match repair.edit {
            Edit::OrderDay { day, .. } => Some(day),
            _ => None,
        });
        days.collect::<std::collections::BTreeSet<_>>().into_iter().collect()
    };
    assert_eq!(ordered(&trip), [0, 1, 2]);
    for day in 0..3 {
        trip.change(&arrange(&trip, day, &world).unwrap().edit.unwrap()).unwrap();
    }
    assert_eq!(ordered(&trip), [3, 4], "mended days make room for the next");
}

#[test]
fn a_workshop_on_the_wrong_day_goes_to_the_right_one() {
    let mut trip = world::trip(&[&["pl-1", "ex-1"], &["pl-2"]]);
    trip.starts = trip.starts.pred_opt().unwrap();
    let offers = offered(&trip, "shut");
    assert_eq!(offers, ["Move “ex-1 spot” to day 2", "Swap days 1 and 2", "Start the whole trip 1 day later, on 2026-11-28"]);
    // What is locked stays where it is.
    trip.days[0].visits[1].locked = true;
    assert_eq!(offered(&trip, "shut"), ["Start the whole trip 1 day later, on 2026-11-28"]);
}

#[test]
fn where_one_change_is_not_enough_two_are_offered_before_a_stop_is_dropped() {
    // Eight hours at a place behind four and a half of road: neither the earliest start nor the shortest stay is enough alone.
    let mut trip = world::trip(&[&["pl-20"]]);
    trip.days[0].start = Some(world::at("pl-1"));
    trip.days[0].visits[0].stay_min = 480;
    trip.days[0].until = Clock::at(16, 0);
    trip.pace = super::super::Pace::Brisk;
    let two = "Start day 1 90 min earlier, at 07:00; Stay 300 min less at “pl-20 spot”, 180 min";
    assert_eq!(offered(&trip, "day_end"), ["Let day 1 end at 22:30", two, "Drop “pl-20 spot”"]);
}

#[test]
fn a_day_of_two_days_becomes_two() {
    let mut trip = world::trip(&[&["pl-1", "pl-2", "pl-20", "pl-3"]]);
    for visit in &mut trip.days[0].visits {
        visit.stay_min = 180;
    }
    trip.pace = super::super::Pace::Brisk;
    let two = "Make two days of day 1, the second from “pl-3 spot” on";
    assert_eq!(offered(&trip, "driving"), [two, "Drop “pl-20 spot”"]);
}

#[test]
fn the_price_of_a_bed_moves_with_the_bed() {
    let mut trip = world::trip(&[&["pl-1", "pl-2", "pl-20", "pl-3"], &["pl-4"]]);
    (trip.days[0].end, trip.days[0].night_cost) = (Some(world::at("st-1")), Some(Cost::All(Fen(30_000))));
    let facts = world::facts();
    let world = World { facts: &facts, travel: &world::by_car };
    let report = check(&trip, &world);
    let splits = report.breaches.iter().flat_map(|breach| repairs(&trip, breach, &world));
    let split = splits.map(|repair| trip.apply(&repair.edit).unwrap().trip).find(|trip| trip.days.len() == 3);
    let nights: Vec<_> = split.expect("too much for a day").days.iter().map(|day| (day.end.clone(), day.night_cost)).collect();
    assert_eq!(nights, [(None, None), (Some(world::at("st-1")), Some(Cost::All(Fen(30_000)))), (None, None)]);
}

#[test]
fn a_budget_is_raised_or_a_stop_is_dropped() {
    let mut trip = world::trip(&[&["pl-1", "pl-2", "pl-3"]]);
    for (visit, yuan) in trip.days[0].visits.iter_mut().zip([30, 80, 200]) {
        visit.cost = Some(Cost::All(Fen(yuan * 100)));
    }
    trip.budget = Some(Fen(25_000));
    assert_eq!(offered(&trip, "budget"), ["Raise the budget to ¥310", "Drop “pl-2 spot”"]);
}

#[test]
fn a_place_that_left_is_dropped() {
    let mut trip = world::trip(&[&["pl-1"]]);
    trip.days[0].visits.push(Visit::new(VisitId(7), world::at("gone"), 60));
    assert_eq!(offered(&trip, "vanished"), ["Drop “gone”"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn repairs_repair_and_break_nothing(trip in world::any_trip()) {
        let facts = world::facts();
        let world = World { facts: &facts, travel: &world::by_car };
        let before = check(&trip, &world);
        for breach in before.breaches.iter().filter(|breach| breach.severity() == Severity::Broken) {
            let offers = repairs(&trip, breach, &world);
            prop_assert!(offers.len() <= MOST_REPAIRS && offers.is_sorted_by_key(|repair| repair.effort));
            prop_assert_eq!(&offers, &repairs(&trip, breach, &world), "the same every time");
            for repair in offers {
                let mended = trip.apply(&repair.edit).unwrap().trip;
                let after = check(&mended, &world);
                let again = recheck(&mended, &world, (&trip, &before));
                prop_assert_eq!(&again.breaches, &after.breaches, "what is taken over is what would be found");
                let swapped = matches!(repair.edit, Edit::SwapDays { .. } | Edit::All { .. });
                let same = |other: &&Breach| other.key() == breach.key();
                prop_assert!(swapped || after.breaches.iter().find(same).is_none(), "{:?} is still there", breach);
                prop_assert!(after.breaches.len() < before.breaches.len(), "{repair:?}");
                let date = |trip: &Trip, id| trip.find(id).map(|(day, _)| trip.date(day));
                for visit in trip.visits().filter(|visit| visit.arrive.is_some() && Some(visit.id) != breach.visit) {
                    prop_assert_eq!(date(&mended, visit.id), date(&trip, visit.id), "an appointment has its date");
                }
                for visit in trip.visits().filter(|visit| visit.locked) {
                    prop_assert_eq!(mended.find(visit.id).map(|at| at.0), trip.find(visit.id).map(|at| at.0));
                    prop_assert_eq!(mended.visit(visit.id), Some(visit));
                }
            }
        }
    }
}
