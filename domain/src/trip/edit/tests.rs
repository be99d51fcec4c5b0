use proptest::prelude::*;

use super::super::history::History;
use super::super::plan::Mobility;
use super::super::world;
use super::*;

fn refused(edit: Edit) -> (String, &'static str) {
    let problem = world::trip(&[&["pl-1", "pl-2"], &["pl-3"]]).apply(&edit).unwrap_err();
    (problem.field, problem.code)
}

#[test]
fn what_cannot_be_done_is_said() {
    let (two, nine) = (VisitId(2), VisitId(9));
    assert_eq!(refused(Edit::RemoveVisit { visit: nine }).1, "no_such_visit");
    assert_eq!(refused(Edit::RemoveDay { day: 2 }).1, "no_such_day");
    assert_eq!(refused(Edit::RemoveDay { day: usize::MAX }).1, "no_such_day");
    assert_eq!(refused(Edit::MoveVisit { visit: two, day: 1, index: 5 }).1, "out_of_range");
    assert_eq!(refused(Edit::OrderDay { day: 0, order: vec![two, two] }).1, "not_the_same");
    assert_eq!(refused(Edit::SetBudget { budget: Some(Fen(-100)) }), ("budget".into(), "negative"));
    assert_eq!(refused(Edit::SetCost { visit: two, cost: Some(Cost::All(Fen(-1))) }).1, "negative");
    assert_eq!(refused(Edit::SetParty { party: Party { adults: 0, ..world::two_adults() } }).1, "nobody");
    let days = vec![Edit::AddDay { day: 0, plan: Box::new(Day::empty()) }; 29];
    assert_eq!(refused(Edit::All { edits: days }), ("days".into(), "too_many"));
    let many = vec![Edit::SetNightDriving { asked: true }; MOST_EDITS];
    assert_eq!(refused(Edit::All { edits: many }).1, "too_many");
    let same = Edit::AddVisit { day: 0, index: 0, visit: Box::new(Visit::new(two, world::at("pl-4"), 60)) };
    assert_eq!(refused(same).1, "same_id");
}

#[test]
fn a_place_nobody_knows_is_refused_at_the_door() {
    let facts = world::facts();
    let add = |name| Edit::AddVisit { day: 0, index: 0, visit: Box::new(Visit::new(VisitId(7), world::at(name), 60)) };
    assert_eq!(add("pl-1").vanished(&facts), []);
    assert_eq!(Edit::All { edits: vec![add("gone")] }.vanished(&facts)[0].code, "vanished");
}

#[test]
fn half_of_a_change_is_none() {
    let trip = world::trip(&[&["pl-1", "pl-2"]]);
    let edits = vec![Edit::SetTitle { title: "改名".into() }, Edit::RemoveDay { day: 7 }];
    assert!(trip.apply(&Edit::All { edits }).is_err());
    assert_eq!(trip.title, "湘西几日");
}

#[test]
fn an_edit_is_words_in_data() {
    let edit = Edit::MoveVisit { visit: VisitId(2), day: 1, index: 0 };
    let text = serde_json::to_string(&edit).unwrap();
    assert_eq!(text, r#"{"edit":"move_visit","visit":2,"day":1,"index":0}"#);
    assert_eq!(serde_json::from_str::<Edit>(&text).unwrap(), edit);
    assert!(serde_json::from_str::<Edit>(r#"{"edit":"move_visit","visit":2,"day":1,"index":0,"x":1}"#).is_err());
}

fn clock() -> impl Strategy<Value = Clock> {
    (0u32..=1440).prop_map(|minutes| Clock::from_minutes(minutes).unwrap())
}

fn any_edit() -> impl Strategy<Value = Edit> {
    let visit = || (0u32..10).prop_map(VisitId);
    let day = || 0usize..4;
    prop_oneof![
        (day(), 0usize..5, 0u32..20).prop_map(|(day, index, id)| Edit::AddVisit {
            day,
            index,
            visit: Box::new(Visit::new(VisitId(id), world::at("pl-4"), 45)),
        }),
        visit().prop_map(|visit| Edit::RemoveVisit { visit }),
        (visit(), day(), 0usize..5).prop_map(|(visit, day, index)| Edit::MoveVisit { visit, day, index }),
        (visit(), 0u32..800).prop_map(|(visit, minutes)| Edit::SetStay { visit, minutes }),
        (visit(), prop::option::of(clock())).prop_map(|(visit, at)| Edit::SetArrival { visit, at }),
        (visit(), any::<bool>()).prop_map(|(visit, locked)| Edit::SetLocked { visit, locked }),
        (visit(), -5i64..5000).prop_map(|(visit, fen)| Edit::SetCost { visit, cost: Some(Cost::Person(Fen(fen))) }),
        (visit(), clock(), clock())
            .prop_map(|(visit, from, until)| Edit::SetHours { visit, hours: Some(vec![Hours { from, until }]) }),
        (visit(), prop::option::of(clock())).prop_map(|(visit, at)| Edit::SetLastShuttle { visit, at }),
        (visit(), ".{0,9}").prop_map(|(visit, note)| Edit::SetNote { visit, note }),
        day().prop_map(|day| Edit::AddDay { day, plan: Box::new(Day::empty()) }),
        day().prop_map(|day| Edit::RemoveDay { day }),
        (day(), day()).prop_map(|(day, with)| Edit::SwapDays { day, with }),
        (day(), clock(), clock()).prop_map(|(day, from, until)| Edit::SetDayTimes { day, from, until }),
        day().prop_map(|day| Edit::SetDayStart { day, at: Some(world::at("st-1")) }),
        day().prop_map(|day| Edit::SetDayEnd { day, at: Some(world::at("st-1")) }),
        day().prop_map(|day| Edit::SetLunch { day, lunch: None }),
        (day(), 0i64..9).prop_map(|(day, fen)| Edit::SetNightCost { day, cost: Some(Cost::All(Fen(fen))) }),
        ".{1,9}".prop_map(|title| Edit::SetTitle { title }),
        (0i32..4000).prop_map(|n| Edit::SetFirstDay { date: NaiveDate::from_num_days_from_ce_opt(739_000 + n).unwrap() }),
        (0u32..4)
            .prop_map(|elders| Edit::SetParty { party: Party { elders, mobility: Mobility::Wheelchair, ..world::two_adults() } }),
        Just(Edit::SetPace { pace: Pace::Relaxed }),
        Just(Edit::SetTransport { transport: Transport::Transit }),
        (-5i64..5).prop_map(|fen| Edit::SetBudget { budget: Some(Fen(fen)) }),
        Just(Edit::SetTravelCost { cost: Some(Fen(1)) }),
        any::<bool>().prop_map(|asked| Edit::SetNightDriving { asked }),
        Just(Edit::SetGroup { group: None }),
    ]
}

/// Numbers of stops that were given stay given, also when all else is as it was.
fn but_for_numbers(trip: &Trip) -> Trip {
    Trip { last_number: 0, ..trip.clone() }
}

#[test]
fn the_number_of_a_stop_that_is_gone_is_not_given_again() {
    let trip = world::trip(&[&["pl-1", "pl-2", "pl-3"]]);
    let gone = trip.apply(&Edit::RemoveVisit { visit: VisitId(3) }).unwrap();
    assert_eq!(gone.trip.next_id(), VisitId(4));
    let add = Edit::AddVisit { day: 0, index: 0, visit: Box::new(Visit::new(gone.trip.next_id(), world::at("pl-4"), 60)) };
    let other = gone.trip.apply(&add).unwrap().trip;
    assert_eq!(other.apply(&Edit::RemoveVisit { visit: VisitId(3) }).unwrap_err().code, "no_such_visit");
    let back = gone.trip.apply(&gone.inverse).unwrap().trip;
    assert_eq!(back.visit(VisitId(3)), trip.visit(VisitId(3)), "the same stop comes back by its number");
    let emptied = trip.apply(&Edit::RemoveDay { day: 0 }).unwrap().trip;
    assert_eq!(emptied.next_id(), VisitId(4));
}

#[test]
fn nobody_uses_the_numbers_up() {
    let trip = world::trip(&[&["pl-1"]]);
    let add = |id| Edit::AddVisit { day: 0, index: 0, visit: Box::new(Visit::new(VisitId(id), world::at("pl-4"), 60)) };
    assert_eq!(trip.apply(&add(u32::MAX)).unwrap_err().code, "out_of_range");
    let mut day = Day::empty();
    day.visits = vec![Visit::new(VisitId(u32::MAX), world::at("pl-4"), 60)];
    assert_eq!(trip.apply(&Edit::AddDay { day: 0, plan: Box::new(day) }).unwrap_err().code, "out_of_range");
    assert!(trip.apply(&add(1 + MOST_VISITS as u32)).is_ok());
}

proptest! {
    #[test]
    fn every_edit_can_be_taken_back(trip in world::any_trip(), edits in prop::collection::vec(any_edit(), 1..12)) {
        let mut history = History::default();
        let mut now = trip.clone();
        let mut seen = vec![trip.clone()];
        for edit in edits {
            let text = serde_json::to_string(&edit).unwrap();
            prop_assert_eq!(&serde_json::from_str::<Edit>(&text).unwrap(), &edit);
            match now.apply(&edit) {
                Ok(applied) => {
                    prop_assert_eq!(applied.trip.problems(), vec![]);
                    let back = applied.trip.apply(&applied.inverse).unwrap().trip;
                    prop_assert_eq!(but_for_numbers(&back), but_for_numbers(&now));
                    prop_assert!(back.last_number >= now.last_number && applied.trip.last_number >= now.last_number);
                    now = history.apply(&now, &edit).unwrap();
                    prop_assert_eq!(&now, &applied.trip);
                    seen.push(now.clone());
                }
                Err(problem) => prop_assert!(!problem.text.zh.is_empty() && problem.text.en.is_some()),
            }
        }
        for before in seen.iter().rev().skip(1) {
            now = history.undo(&now).unwrap().unwrap();
            prop_assert_eq!(but_for_numbers(&now), but_for_numbers(before));
        }
        prop_assert!(history.undo(&now).is_none());
        for after in seen.iter().skip(1) {
            now = history.redo(&now).unwrap().unwrap();
            prop_assert_eq!(but_for_numbers(&now), but_for_numbers(after));
        }
    }

    #[test]
    fn all_at_once_is_all_in_turn(trip in world::any_trip(), edits in prop::collection::vec(any_edit(), 1..6)) {
        let together = trip.apply(&Edit::All { edits: edits.clone() });
        let in_turn = edits.iter().try_fold(trip.clone(), |trip, edit| trip.apply(edit).map(|applied| applied.trip));
        if let (Ok(together), Ok(in_turn)) = (&together, &in_turn) {
            prop_assert_eq!(but_for_numbers(&together.trip), but_for_numbers(in_turn));
        }
        if let Ok(together) = together {
            let back = together.trip.apply(&together.inverse).unwrap().trip;
            prop_assert_eq!(but_for_numbers(&back), but_for_numbers(&trip));
        }
    }
}
