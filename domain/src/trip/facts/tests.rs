use super::super::world;
use super::*;

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, month, day).unwrap()
}

#[test]
fn sessions_are_hours_and_the_rest_is_assumed() {
    let workshop = world::experience("ex-1");
    let saturday = workshop.open_on(day(11, 28));
    assert_eq!(saturday.basis, HoursBasis::Known);
    assert_eq!(saturday.hours, [Hours::new(Clock::at(10, 0), Clock::at(12, 0))]);
    assert_eq!(workshop.open_on(day(11, 27)).hours, [], "nothing on a Friday");
    assert_eq!(workshop.price.unwrap().least, Fen(10_800), "materials are paid too");
    let town = world::place("pl-1", 28.0, 109.6);
    assert_eq!(town.open_on(day(11, 27)).basis, HoursBasis::Assumed);
    assert_eq!(town.price, None, "nobody knows what it costs");
}

#[test]
fn a_place_shut_for_the_season_is_shut() {
    let hours = Hours::new(Clock::at(9, 0), Clock::at(17, 0));
    let weekly = vec![Weekly { weekdays: (1..=7).collect(), hours, last_entry: None }];
    let shut = Months::only(12).unwrap().with(Months::only(1).unwrap());
    let meadow = PlaceFacts { opening: Opening::Calendar(Calendar { weekly, shut }), ..world::place("pl-1", 28.0, 109.6) };
    assert_eq!(meadow.open_on(day(11, 30)).hours, [hours]);
    assert_eq!(meadow.open_on(day(12, 1)).hours, []);
}

#[test]
fn a_place_keeps_the_hours_its_source_gives() {
    let opening =
        r#"{"hours":[{"weekdays":["tue","sun"],"from":"09:00","until":"17:00","last_entry":"16:30"}],"closed_months":[12]}"#;
    let mut listing = world::listing("museum", Kind::Place);
    let Details::Place(place) = &mut listing.details else { unreachable!() };
    place.opening = Some(serde_json::from_str(opening).unwrap());
    let museum = PlaceFacts::of(&listing);
    let tuesday = museum.open_on(day(11, 24));
    assert_eq!((tuesday.say(Lang::Zh).as_str(), tuesday.basis), ("09:00–17:00（16:30停止入场）", HoursBasis::Known));
    assert_eq!((museum.on_day(day(11, 24)), museum.on_day(day(11, 23))), (OnDay::Open, OnDay::Shut), "a Tuesday, a Monday");
    assert_eq!(museum.on_day(day(12, 1)), OnDay::Shut);

    let Details::Place(place) = &mut listing.details else { unreachable!() };
    place.opening = Some(serde_json::from_str(r#"{"closed_months":[12]}"#).unwrap());
    let meadow = PlaceFacts::of(&listing);
    assert_eq!((meadow.open_on(day(12, 1)).hours, meadow.on_day(day(12, 1))), (vec![], OnDay::Shut));
    assert_eq!(meadow.open_on(day(11, 24)).basis, HoursBasis::Assumed, "its hours are not known");
    assert_ne!(meadow.on_day(day(11, 24)), OnDay::Shut);
}

#[test]
fn a_day_is_judged_by_calendar_festival_or_season() {
    let check = |facts: &PlaceFacts, (month, of_month), expected| assert_eq!(facts.on_day(day(month, of_month)), expected);
    let workshop = world::experience("ex-1");
    check(&workshop, (11, 28), OnDay::Open);
    check(&workshop, (11, 27), OnDay::Shut);
    let race = PlaceFacts { kind: Kind::Heritage, name: Text::zh_only("端午节"), ..world::place("ich-1", 28.0, 109.6) };
    check(&race, (6, 20), OnDay::Festival);
    check(&race, (6, 30), OnDay::OutOfSeason);
    let town = world::place("pl-1", 28.0, 109.6);
    check(&town, (5, 1), OnDay::Unknown);
    let oranges = PlaceFacts { kind: Kind::Product, months: Months::only(11).unwrap(), ..town };
    check(&oranges, (11, 5), OnDay::InSeason);
    check(&oranges, (5, 5), OnDay::OutOfSeason);
}

#[test]
fn facts_come_back_as_they_went() {
    for facts in [world::experience("ex-1"), world::place("pl-1", 28.0, 109.6)] {
        let text = serde_json::to_string(&facts).unwrap();
        assert_eq!(serde_json::from_str::<PlaceFacts>(&text).unwrap(), facts);
    }
}
