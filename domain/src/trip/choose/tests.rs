use proptest::prelude::*;

use super::super::budget::budget;
use super::super::check::{Severity, check};
use super::super::facts::{Per, PlaceFacts, Price};
use super::super::orienteering::exact;
use super::super::plan::{Mobility, Pace, Party, Transport};
use super::super::travel::{Spot, estimator};
use super::super::world;
use super::stage::{Stage, frame};
use super::*;
use crate::listing::{Tag, Terrain};

/// The small world; a place is priced, what is booked or slept in is a sample.
fn facts() -> Facts {
    let mut facts = world::facts();
    for (number, place) in facts.values_mut().enumerate() {
        place.sample = matches!(place.kind, Kind::Experience | Kind::Stay);
        if place.kind == Kind::Place && number % 2 == 0 {
            let least = Fen(1_000 * (1 + number as i64));
            place.price = Some(Price { least, per: Per::Person, from: false });
        }
    }
    facts
}

fn wish() -> Wish {
    Wish { seed: 1, ..Wish::new(world::saturday(), 2, world::at("pl-20"), world::two_adults()) }
}

fn chosen(wish: &Wish, facts: &Facts, steps: u64) -> Chosen {
    let travel = estimator(wish.transport);
    choose(wish, &World { facts, travel: &travel }, &[], steps).unwrap()
}

fn any_wish() -> impl Strategy<Value = Wish> {
    let from = prop::sample::select(vec!["pl-20", "pl-3"]).prop_map(world::at);
    let party = (1u32..4, 0u32..2, prop::option::of(4u32..17), prop::sample::select(Mobility::ALL)).prop_map(
        |(adults, elders, child, mobility)| Party {
            adults,
            elders,
            children: child.into_iter().collect(),
            mobility,
            ..world::two_adults()
        },
    );
    let how = (prop::sample::select(Pace::ALL), prop::sample::select(Transport::ALL), any::<bool>(), any::<bool>());
    (0i64..4, 1usize..4, from, party, how, prop::option::of(0i64..60_000), any::<u64>()).prop_map(
        |(later, days, from, party, (pace, transport, returns, samples), budget, seed)| Wish {
            starts: world::saturday() + chrono::TimeDelta::days(later),
            days,
            from,
            party,
            pace,
            transport,
            returns,
            samples,
            budget: budget.map(Fen),
            seed,
            ..wish()
        },
    )
}

fn any_fixed() -> impl Strategy<Value = Fixed> {
    let at = prop::sample::select(vec!["pl-1", "pl-2", "pl-5"]).prop_map(world::at);
    let arrive = prop::option::of((18u32..34).prop_map(|half| Clock::from_minutes(half * 30).unwrap()));
    (at, any::<bool>(), arrive).prop_map(|(at, first, arrive)| Fixed {
        at,
        day: first.then_some(0),
        arrive,
        stay_min: None,
        cost: None,
    })
}

#[test]
fn more_stops_than_a_day_holds_are_refused_or_spread() {
    let asked = |day| Fixed { day, ..Fixed::at(world::at("pl-1")) };
    let facts = facts();
    let travel = estimator(Transport::Car);
    let crowded = Wish { fixed: vec![asked(Some(0)); 13], ..wish() };
    let refused = choose(&crowded, &World { facts: &facts, travel: &travel }, &[], 0).unwrap_err();
    assert_eq!(refused.code, "too_many");
    let spread = chosen(&Wish { fixed: vec![asked(None); 16], ..wish() }, &facts, 0);
    assert!(spread.trip.days.iter().all(|day| day.visits.len() <= 12) && spread.trip.problems().is_empty());
}

/// An empty trip breaks no rule and is no answer: from among the places, some of which cost nothing, every day leads somewhere.
fn goes_somewhere(wish: &Wish, chosen: &Chosen) -> bool {
    wish.from != world::at("pl-3") || chosen.trip.visits().count() >= wish.days
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn what_is_chosen_can_be_done(wish in any_wish()) {
        let facts = facts();
        let chosen = chosen(&wish, &facts, 500);
        let travel = estimator(wish.transport);
        let report = check(&chosen.trip, &World { facts: &facts, travel: &travel });
        prop_assert_eq!(&report, &chosen.report);
        prop_assert!(goes_somewhere(&wish, &chosen));
        // The ways to where one sleeps and back are the wish's own matter.
        let of_choice = |breach: &&super::super::Breach| {
            let day = breach.day.filter(|day| chosen.trip.days[*day].visits.is_empty());
            breach.severity() == Severity::Broken && day.is_none()
        };
        prop_assert_eq!(report.breaches.iter().find(of_choice), None);
        prop_assert_eq!(chosen.trip.problems(), vec![]);
        prop_assert_eq!(chosen.trip.days.len(), wish.days);
        let reasoned: Vec<VisitId> = chosen.reasons.iter().map(|it| it.visit).collect();
        prop_assert_eq!(reasoned, chosen.trip.visits().map(|visit| visit.id).collect::<Vec<_>>());
    }

    #[test]
    fn known_costs_keep_to_the_budget(wish in any_wish(), most in 0i64..40_000) {
        let facts = facts();
        let wish = Wish { budget: Some(Fen(most)), samples: true, ..wish };
        let chosen = chosen(&wish, &facts, 500);
        prop_assert!(budget(&chosen.trip, &facts).known <= Fen(most));
        prop_assert!(goes_somewhere(&wish, &chosen), "half of the places cost nothing");
    }

    #[test]
    fn samples_come_only_when_asked_for(wish in any_wish()) {
        let facts = facts();
        let wish = Wish { samples: false, ..wish };
        let chosen = chosen(&wish, &facts, 500);
        prop_assert!(goes_somewhere(&wish, &chosen));
        let is_sample = |place: &&Where| place.locate(&facts).sample;
        prop_assert_eq!(chosen.trip.places().find(is_sample), None);
    }

    #[test]
    fn what_is_wanted_is_in_on_its_day_and_at_its_hour(wish in any_wish(), fixed in prop::collection::vec(any_fixed(), 1..3)) {
        let chosen = chosen(&Wish { fixed: fixed.clone(), ..wish }, &facts(), 500);
        for fixed in &fixed {
            let same = |visit: &&super::super::Visit| visit.at == fixed.at && visit.arrive == fixed.arrive;
            let days = fixed.day.map_or(0..chosen.trip.days.len(), |day| day..day + 1);
            prop_assert!(chosen.trip.days[days].iter().flat_map(|day| &day.visits).any(|visit| same(&visit)), "{fixed:?}");
        }
    }

    #[test]
    fn the_same_seed_and_steps_choose_the_same(wish in any_wish()) {
        let facts = facts();
        prop_assert_eq!(chosen(&wish, &facts, 1_000), chosen(&wish, &facts, 1_000));
    }
}

/// Nine places that have nothing in common, so that values add up as they do for the exact search.
fn unlike() -> Facts {
    let mut facts = facts();
    facts.retain(|id, place| place.kind == Kind::Place && id.as_str() != "pl-20");
    for (place, (tag, terrain)) in facts.values_mut().zip(Tag::ALL.iter().zip(Terrain::ALL)) {
        (place.tags, place.terrain) = (vec![*tag], *terrain);
        place.name = Text::zh_only(place.id.as_str().replace("pl-", ""));
    }
    facts
}

/// Points of the best plan of a day there is, proven.
fn proven(wish: &Wish, facts: &Facts) -> f64 {
    let travel = estimator(wish.transport);
    let world = World { facts, travel: &travel };
    let home = Spot::of(&wish.from, facts).unwrap();
    let stage = Stage::new(wish, frame(wish, &world), home, world, &[]);
    let problem = stage.problem(&Vec::new(), &stage.worth).unwrap();
    let optimum = exact::optimum(&problem).unwrap().unwrap();
    optimum.tours.iter().flatten().map(|visit| stage.worth[*visit]).sum()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    /// And so a bigger budget never gives less.
    #[test]
    fn a_day_is_as_good_as_proven(budget in prop::option::of(0i64..20_000), pace in prop::sample::select(Pace::ALL)) {
        let facts = unlike();
        let from = world::at("pl-3");
        let wish = Wish { days: 1, from, pace, budget: budget.map(Fen), ..wish() };
        let best = proven(&wish, &facts);
        let chosen = f64::from(chosen(&wish, &facts, 4_000).value);
        prop_assert!((chosen - best).abs() < 1.5, "{chosen} instead of {best}");
    }

    #[test]
    fn another_day_never_gives_less(budget in prop::option::of(0i64..20_000), pace in prop::sample::select(Pace::ALL)) {
        let mut facts = unlike();
        facts.insert(world::id("pl-20"), world::place("pl-20", 28.19, 112.97));
        let value = |days| chosen(&Wish { days, pace, budget: budget.map(Fen), ..wish() }, &facts, 4_000).value;
        let (two, three) = (value(2), value(3));
        prop_assert!(three >= two, "{three} after {two}");
    }
}

#[test]
fn a_third_of_the_same_is_worth_less() {
    let mut facts = unlike();
    for name in ["pl-1", "pl-2", "pl-4"] {
        let place = facts.get_mut(&world::id(name)).unwrap();
        (place.tags, place.terrain, place.grade) = (vec![Tag::Red], Terrain::Red, None);
    }
    let of = |party: &Party| {
        let places: Vec<Option<&PlaceFacts>> = facts.values().map(Some).collect();
        let likeness = super::worth::Likeness::between(&places, &party.interests);
        let plan: Vec<usize> = (0..places.len()).filter(|at| places[*at].is_some_and(|it| it.tags == [Tag::Red])).collect();
        likeness.value(&vec![10.0; places.len()], &plan)
    };
    let anybody = world::two_adults();
    let value = of(&anybody);
    assert!(value > 10.0 && value < 20.0, "{value} for three times ten");
    let fond = Party { interests: vec![Tag::Red], ..anybody };
    assert!(of(&fond) > value, "of what one likes one does not tire so soon");
}

#[test]
fn what_is_not_wanted_stays_out() {
    let facts = facts();
    let all = chosen(&wish(), &facts, 500);
    let Some(Where::Listing(first)) = all.trip.visits().map(|visit| visit.at.clone()).next() else { panic!("{all:?}") };
    let other = chosen(&Wish { avoid: [first.clone()].into(), ..wish() }, &facts, 500);
    assert!(other.trip.visits().all(|visit| visit.at != Where::Listing(first.clone())));
}

#[test]
fn an_impossible_wish_is_said_to_be_one() {
    let facts = facts();
    let travel = estimator(Transport::Car);
    let refused = |wish: Wish| choose(&wish, &World { facts: &facts, travel: &travel }, &[], 0).unwrap_err().field;
    assert_eq!(refused(Wish { days: 0, ..wish() }), "days");
    assert_eq!(refused(Wish { from: world::at("gone"), ..wish() }), "from");
    assert_eq!(refused(Wish { party: Party { adults: 0, ..world::two_adults() }, ..wish() }), "party");
    let fixed = Fixed { at: world::at("pl-1"), day: Some(2), arrive: None, stay_min: None, cost: None };
    assert_eq!(refused(Wish { fixed: vec![fixed.clone()], ..wish() }), "fixed");
    let fixed = Fixed { day: None, ..fixed };
    assert_eq!(refused(Wish { fixed: vec![fixed.clone(); 17], ..wish() }), "fixed");
    let endless = Fixed { stay_min: Some(100_000), ..fixed };
    assert!(refused(Wish { fixed: vec![endless], ..wish() }).contains("stay_min"));
}

#[test]
fn a_wish_comes_back_as_it_went() {
    let wish = Wish { kinds: vec![Kind::Place], budget: Some(Fen(150_000)), ..wish() };
    let text = serde_json::to_string(&wish).unwrap();
    assert_eq!(serde_json::from_str::<Wish>(&text).unwrap(), wish);
}

#[test]
fn when_it_rains_what_has_a_roof_comes_first() {
    let mut facts = unlike();
    facts.get_mut(&world::id("pl-7")).unwrap().tags = vec![Tag::Museum];
    let trip = world::trip(&[&["pl-1", "pl-2"]]);
    let travel = estimator(Transport::Car);
    let world = World { facts: &facts, travel: &travel };
    let found = alternatives(&trip, 0, VisitId(2), &world);
    let names: Vec<&str> = found.iter().map(|it| it.at.as_str()).collect();
    assert!(found[0].indoor && found.len() > 2, "{names:?}");
    assert!(!names.contains(&"pl-1") && !names.contains(&"pl-2"), "{names:?}");
    assert_eq!(alternatives(&trip, 0, VisitId(9), &world), []);
}

#[test]
fn an_alternative_out_of_season_says_so_and_takes_the_place_and_number_of_the_stop() {
    let mut facts = unlike();
    for place in facts.values_mut() {
        // The trip is in November.
        place.months = crate::time::Months::only(5).unwrap();
    }
    let mut trip = world::trip(&[&["pl-1", "pl-2", "pl-3"]]);
    trip.days[0].visits[1].arrive = Some(Clock::at(14, 0));
    let travel = estimator(Transport::Car);
    let found = alternatives(&trip, 0, VisitId(2), &World { facts: &facts, travel: &travel });
    assert!(!found.is_empty() && found.iter().all(|it| it.whys.contains(&Why::OutOfSeason)), "{found:?}");
    let after = trip.apply(&found[0].edit(&trip, VisitId(2)).unwrap()).unwrap().trip;
    let there = &after.days[0].visits[1];
    assert_eq!((there.id, there.arrive), (VisitId(2), Some(Clock::at(14, 0))));
    assert_eq!(there.at, world::at(found[0].at.as_str()));
    assert_eq!(after.days[0].visits.len(), 3);
}

#[test]
fn what_is_wanted_and_shut_does_not_empty_its_day() {
    let monday = world::saturday() + chrono::TimeDelta::days(2);
    let workshop = Fixed::at(world::at("ex-1"));
    let wish = Wish { starts: monday, days: 1, from: world::at("pl-3"), fixed: vec![workshop], samples: true, ..wish() };
    let chosen = chosen(&wish, &facts(), 500);
    let codes: Vec<&str> = chosen.report.breaches.iter().map(|breach| breach.constraint.code()).collect();
    assert!(codes.contains(&"shut"), "a workshop of weekends: {codes:?}");
    assert!(chosen.trip.visits().count() > 2, "{:?}", chosen.trip.days);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn an_alternative_breaks_nothing_more(trip in world::any_trip()) {
        let (facts, travel) = (facts(), estimator(trip.transport));
        let world = World { facts: &facts, travel: &travel };
        let before = check(&trip, &world).breaches;
        for (day, visit) in trip.days.iter().enumerate().flat_map(|(day, it)| it.visits.iter().map(move |visit| (day, visit.id))) {
            for alternative in alternatives(&trip, day, visit, &world) {
                let after = trip.apply(&alternative.edit(&trip, visit).unwrap()).unwrap().trip;
                for breach in check(&after, &world).breaches.iter().filter(|breach| breach.severity() == Severity::Broken) {
                    let was = before.iter().find(|other| other.key() == breach.key());
                    let was = was.map(|other| other.constraint.amount());
                    prop_assert!(was >= Some(breach.constraint.amount()), "{breach:?} was {was:?}");
                }
            }
        }
    }
}
