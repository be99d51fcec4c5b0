use chrono::Days;
use proptest::prelude::*;

use super::super::clock::Clock;
use super::super::plan::{Cost, Day, Group, Pace};
use super::super::world;
use super::*;
use crate::Lang;

fn judge(trip: &Trip) -> Report {
    check(trip, &World { facts: &world::facts(), travel: &world::by_car })
}

/// The words of what is broken, then of what is warned of.
fn codes(trip: &Trip) -> Vec<&'static str> {
    let mut breaches = judge(trip).breaches;
    breaches.sort_by_key(Breach::severity);
    breaches.iter().map(|breach| breach.constraint.code()).collect()
}

fn with(change: impl Fn(&mut Trip)) -> Vec<&'static str> {
    let mut trip = world::trip(&[&["pl-1", "pl-2"]]);
    change(&mut trip);
    codes(&trip)
}

#[test]
fn each_constraint_is_named() {
    assert_eq!(with(|_| {}), [] as [&str; 0]);
    assert_eq!(with(|trip| trip.days[0].visits[1].at = world::at("gone")), ["vanished", "unknown_way"]);
    assert_eq!(with(|trip| trip.days[0].until = Clock::at(9, 0)), ["day_end"]);
    assert_eq!(with(|trip| trip.days[0].visits[1].arrive = Some(Clock::at(9, 0))), ["appointment"]);
    assert_eq!(with(|trip| trip.days[0].visits[0].last_shuttle = Some(Clock::at(9, 0))), ["last_shuttle"]);
    assert_eq!(with(|trip| trip.days[0].visits[0].hours = Some(vec![])), ["shut"]);
    assert_eq!(with(|trip| trip.days[0].from = Clock::at(20, 30)), ["hours", "hours", "day_end"]);
}

#[test]
fn a_workshop_has_its_days_its_ages_and_its_size() {
    let at_workshop = |change: fn(&mut Trip)| {
        let mut trip = world::trip(&[&["ex-1"]]);
        change(&mut trip);
        codes(&trip)
    };
    assert_eq!(at_workshop(|_| {}), [] as [&str; 0]);
    assert_eq!(at_workshop(|trip| trip.starts = trip.starts - Days::new(1)), ["shut"], "a Friday");
    assert_eq!(at_workshop(|trip| trip.party.children = vec![4]), ["age"]);
    let mut facts = world::facts();
    facts.get_mut(&world::id("ex-1")).unwrap().ages.most = Some(14);
    let ages = |children: Vec<u32>| {
        let mut trip = world::trip(&[&["ex-1"]]);
        trip.party.children = children;
        check(&trip, &World { facts: &facts, travel: &world::by_car }).is_feasible()
    };
    assert!(ages(vec![9]), "parents come along");
    assert!(!ages(vec![]) && !ages(vec![9, 4]));
    assert_eq!(at_workshop(|trip| trip.party.adults = 1), ["people"]);
    assert_eq!(at_workshop(|trip| trip.days[0].visits[0].stay_min = 180), ["hours"]);
}

#[test]
fn money_mountains_and_distance() {
    let mut trip = world::trip(&[&["pl-1"], &["pl-2"]]);
    trip.budget = Some(Fen(10_000));
    trip.days[0].visits[0].cost = Some(Cost::Person(Fen(5_001)));
    let report = judge(&trip);
    assert_eq!(report.breaches[0].constraint, Constraint::Budget { budget: Fen(10_000), known: Fen(10_002), at_least: true });
    trip.days[1].start = Some(world::at("pl-20"));
    assert!(codes(&trip).contains(&"apart"));

    let mut late = world::trip(&[&["pl-1", "pl-20"]]);
    late.days[0].visits[0].stay_min = 300;
    late.pace = Pace::Relaxed;
    let found = codes(&late);
    assert!(found.contains(&"driving") && found.contains(&"day_end"), "{found:?}");
}

#[test]
fn a_mountain_road_after_sunset_is_warned_of_until_somebody_asks_for_it() {
    let mut facts = world::facts();
    let far =
        super::super::facts::PlaceFacts { opening: super::super::facts::Opening::Always, ..world::place("pl-30", 28.31, 109.74) };
    facts.insert(far.id.clone(), far);
    let mut trip = world::trip(&[&["pl-1", "pl-30"]]);
    trip.days[0] = Day { from: Clock::at(16, 40), until: Clock::at(22, 0), ..trip.days[0].clone() };
    let judge = |trip: &Trip| check(trip, &World { facts: &facts, travel: &world::by_car });
    let report = judge(&trip);
    let Constraint::Dark { sunset, minutes, .. } = report.breaches[0].constraint else { panic!("{:?}", report.breaches) };
    assert!((17 * 60 + 30..18 * 60).contains(&sunset) && minutes > 20, "{report:?}");
    let said = report.breaches[0].text(&trip, &facts);
    assert!(said.get(Lang::En).contains("in the dark") && said.zh.contains("摸黑"), "{said:?}");
    trip.night_driving = true;
    assert!(judge(&trip).is_feasible());
}

#[test]
fn a_party_branch_day_has_a_red_site() {
    let group = Group { occasion: Occasion::PartyDay, guide_needed: true, invoice_name: None, invoice_code: None };
    assert_eq!(with(|trip| trip.group = Some(group.clone())), ["no_red_site"]);
}

#[test]
fn a_wheelchair_and_a_season_only_warn() {
    let mut facts = world::facts();
    facts.get_mut(&world::id("pl-1")).unwrap().months = Months::only(4).unwrap();
    let mut trip = world::trip(&[&["pl-1"]]);
    trip.party.mobility = Mobility::Wheelchair;
    let report = check(&trip, &World { facts: &facts, travel: &world::by_car });
    assert!(report.is_feasible());
    let found: Vec<_> = report.breaches.iter().map(|breach| breach.constraint.code()).collect();
    assert_eq!(found, ["season", "no_step_free_record"]);
}

proptest! {
    #[test]
    fn what_is_feasible_misses_nothing_and_the_other_way_round(trip in world::any_trip()) {
        let report = judge(&trip);
        let minutes = |breach: &&Breach| !matches!(breach.constraint, Constraint::Age { .. } | Constraint::People { .. }
            | Constraint::Budget { .. } | Constraint::Apart { .. } | Constraint::Vanished { .. });
        let broken = report.breaches.iter().filter(|breach| breach.severity() == Severity::Broken).filter(minutes);
        prop_assert_eq!(report.missed() > 0, broken.count() > 0);
        for breach in &report.breaches {
            let said = breach.text(&trip, &world::facts());
            prop_assert!(!said.zh.is_empty() && said.en.is_some());
            let text = serde_json::to_string(breach).unwrap();
            prop_assert_eq!(&serde_json::from_str::<Breach>(&text).unwrap(), breach);
        }
    }

    #[test]
    fn a_timeline_runs_forward_and_keeps_to_the_stays(trip in world::any_trip()) {
        for (day, times) in trip.days.iter().zip(judge(&trip).days) {
            let mut now = day.from.minutes();
            for (visit, stop) in day.visits.iter().zip(&times.stops) {
                let step = stop.step;
                prop_assert!(now <= step.leave && step.leave <= step.arrive && step.arrive <= step.begin);
                let inside = step.lunch.filter(|lunch| lunch.2).map_or(0, |lunch| lunch.1 - lunch.0);
                prop_assert_eq!(step.end, step.begin + visit.stay_min + inside);
                if let Some(at) = visit.arrive {
                    prop_assert!(step.begin >= at.minutes(), "never before the appointment");
                }
                now = step.end;
            }
            prop_assert_eq!(times.home.1.arrive, times.score.ends);
        }
    }
}
