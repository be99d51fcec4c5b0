//! On the catalogue that is served: trips that people would go on.

use std::fmt::Write as _;
use std::path::Path;

use chrono::NaiveDate;
use domain::listing::{Kind, Listing, Tag};
use domain::region::RegionCode;
use domain::trip::budget::budget;
use domain::trip::choose::{Fixed, Guide, Why, alternatives};
use domain::trip::clock::say_minutes;
use domain::trip::timeline::Move;
use domain::trip::travel::estimator;
use domain::trip::voucher::Voucher;
use domain::trip::{Chosen, Clock, Facts, Mobility, Pace, Party, PlaceFacts, Transport, Visit, Where, Wish, World, choose};
use domain::{Fen, Lang};

fn catalogue() -> (Facts, Vec<Voucher>) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../server/catalogue");
    let (mut facts, mut vouchers) = (Facts::new(), Vec::new());
    for file in ["places", "experiences", "stays", "offers"] {
        let text = std::fs::read_to_string(folder.join(file).with_extension("jsonl")).unwrap();
        for line in text.lines() {
            let listing: Listing = serde_json::from_str(line).unwrap();
            vouchers.extend(Voucher::of(&listing));
            facts.insert(listing.id.clone(), PlaceFacts::of(&listing));
        }
    }
    (facts, vouchers)
}

/// Two adults and a grandmother, three days from Changsha by train, ¥1,500, crafts.
fn grandmother() -> Wish {
    Wish {
        starts: NaiveDate::from_ymd_opt(2026, 11, 27).unwrap(),
        days: 3,
        from: Where::Region(RegionCode::parse("430100").unwrap()),
        returns: true,
        party: Party {
            adults: 2,
            elders: 1,
            children: vec![],
            mobility: Mobility::ShortWalks,
            interests: vec![Tag::Craft],
            rooms: None,
        },
        pace: Pace::Steady,
        transport: Transport::Transit,
        budget: Some(Fen(150_000)),
        kinds: vec![],
        fixed: vec![],
        avoid: Default::default(),
        around: vec![],
        route: None,
        samples: false,
        lang: Lang::Zh,
        seed: 1,
    }
}

/// The trip as one would read it out.
fn tell(chosen: &Chosen, facts: &Facts) -> String {
    let mut text = format!("{} · {}\n", chosen.trip.title, chosen.value);
    let way = |way: Move| match way {
        Move::By(leg) => format!("{} min {} km{}", leg.minutes, leg.km, if leg.mountain { " mountain" } else { "" }),
        other => format!("{other:?}"),
    };
    for (index, (day, line)) in chosen.trip.days.iter().zip(&chosen.report.days).enumerate() {
        writeln!(text, "{} from {}", chosen.trip.date(index), day.from).unwrap();
        for (visit, stop) in day.visits.iter().zip(&line.stops) {
            let whys = chosen.reasons.iter().find(|it| it.visit == visit.id).unwrap();
            let whys: Vec<String> = whys.whys.iter().map(|why| why.text().get(Lang::En).to_owned()).collect();
            let place = visit.at.locate(facts);
            let region = place.region.map_or("", |region| region.name.zh.as_str());
            let (begin, end) = (say_minutes(stop.step.begin), say_minutes(stop.step.end));
            let lunch = stop.step.lunch.map_or(String::new(), |(at, ..)| format!(" lunch {}", say_minutes(at)));
            writeln!(text, "    ({}){lunch}\n  {begin}–{end} {} [{region}] {}", way(stop.way), place.name.zh, whys.join("; "))
                .unwrap();
        }
        let end = day.end.as_ref().map(|end| end.name(facts).zh).unwrap_or_default();
        let lunch = line.home.1.lunch.map_or(String::new(), |(at, ..)| format!(" lunch {}", say_minutes(at)));
        writeln!(text, "    ({}){lunch}\n  {} {end}", way(line.home.0), say_minutes(line.home.1.arrive)).unwrap();
    }
    for breach in &chosen.report.breaches {
        writeln!(text, "! {:?}", breach.constraint).unwrap();
    }
    let money = budget(&chosen.trip, facts);
    writeln!(text, "{} of {:?}, saves {}", money.say(Lang::En), chosen.trip.budget, chosen.savings.saved).unwrap();
    for nearly in &chosen.nearly {
        writeln!(text, "~ day {} +{} min {}", nearly.day + 1, nearly.detour_min, facts[&nearly.at].name.zh).unwrap();
    }
    text
}

fn chosen(wish: &Wish, facts: &Facts, vouchers: &[Voucher]) -> Chosen {
    let travel = estimator(wish.transport);
    choose(wish, &World { facts, travel: &travel }, vouchers, 4_000).unwrap()
}

#[test]
fn three_days_with_grandmother() {
    let (facts, vouchers) = catalogue();
    let chosen = chosen(&grandmother(), &facts, &vouchers);
    let told = tell(&chosen, &facts);
    assert_eq!(chosen.report.breaches, [], "{told}");
    assert!(chosen.trip.days.iter().all(|day| (1..=5).contains(&day.visits.len())), "{told}");
    let likes = |whys: &[Why]| whys.contains(&Why::Likes { tag: Tag::Craft });
    assert!(chosen.reasons.iter().any(|it| likes(&it.whys)), "{told}");
    assert!(chosen.reasons.iter().all(|it| !it.whys.is_empty()), "{told}");
    let hiking = |visit: &Visit| match &visit.at {
        Where::Listing(id) => facts[id].tags.contains(&Tag::Hiking),
        _ => false,
    };
    assert!(!chosen.trip.visits().any(hiking), "grandmother does not climb: {told}");
    assert!(chosen.trip.places().all(|place| !place.locate(&facts).sample), "{told}");
    let home = chosen.report.days.last().unwrap().home.1.arrive;
    assert!(home <= 18 * 60 + 30, "{told}");
}

#[test]
fn samples_bring_a_workshop_a_bed_and_an_offer() {
    let (facts, vouchers) = catalogue();
    let wish = Wish { samples: true, transport: Transport::Car, ..grandmother() };
    let chosen = chosen(&wish, &facts, &vouchers);
    let told = tell(&chosen, &facts);
    assert_eq!(chosen.report.breaches, [], "{told}");
    let of_kind = |place: &Where, kind| matches!(place, Where::Listing(id) if facts[id].kind == kind);
    assert!(chosen.trip.visits().any(|visit| of_kind(&visit.at, Kind::Experience)), "{told}");
    assert!(chosen.trip.days.iter().filter_map(|day| day.end.as_ref()).any(|end| of_kind(end, Kind::Stay)), "{told}");
    assert!(budget(&chosen.trip, &facts).known <= Fen(150_000), "{told}");
    let saved: i64 = chosen
        .reasons
        .iter()
        .flat_map(|it| &it.whys)
        .map(|why| if let Why::Offer { saved, .. } = why { saved.0 } else { 0 })
        .sum();
    assert!(saved > 0 && saved <= chosen.savings.saved.0, "{told}");
}

#[test]
fn an_appointment_in_the_old_town_leaves_time_for_lunch() {
    let (facts, vouchers) = catalogue();
    let named = |word: &str| {
        let place = facts.values().find(|place| place.kind == Kind::Place && place.name.zh.starts_with(word)).unwrap();
        Where::Listing(place.id.clone())
    };
    let fixed = |word, day, arrive| Fixed { at: named(word), day, arrive, stay_min: None, cost: None };
    let fixed = vec![fixed("凤凰古城", Some(1), Some(Clock::parse("10:00").unwrap())), fixed("芙蓉镇", None, None)];
    let from = Where::Region(RegionCode::parse("431202").unwrap());
    let starts = NaiveDate::from_ymd_opt(2027, 9, 18).unwrap();
    let chosen = chosen(&Wish { starts, from, fixed: fixed.clone(), ..grandmother() }, &facts, &vouchers);
    let told = tell(&chosen, &facts);
    assert_eq!((&chosen.forced, &chosen.report.breaches), (&vec![], &vec![]), "{told}");
    let old_town = chosen.trip.days[1].visits.iter().position(|visit| visit.at == fixed[0].at).unwrap();
    assert_eq!(chosen.report.days[1].stops[old_town].step.begin, 600, "{told}");
    assert!(chosen.trip.visits().any(|visit| visit.at == fixed[1].at), "{told}");
}

#[test]
fn there_is_a_trip_in_every_month() {
    let (facts, vouchers) = catalogue();
    for month in 1..=12 {
        let starts = NaiveDate::from_ymd_opt(2027, month, 10).unwrap();
        let wish = Wish { starts, transport: Transport::Car, ..grandmother() };
        let chosen = chosen(&wish, &facts, &vouchers);
        let told = tell(&chosen, &facts);
        assert!(chosen.report.is_feasible() && chosen.trip.days.iter().all(|day| !day.visits.is_empty()), "{told}");
        let season = |whys: &[Why]| whys.contains(&Why::OutOfSeason);
        let warned = chosen.report.breaches.iter().filter(|it| it.constraint.code() == "season").count();
        assert_eq!(chosen.reasons.iter().filter(|it| season(&it.whys)).count(), warned, "{told}");
    }
}

#[test]
fn who_follows_a_route_stays_near_it() {
    let (facts, vouchers) = catalogue();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../server/catalogue/routes.jsonl");
    let text = std::fs::read_to_string(folder).unwrap();
    let mut routes = text.lines().map(|line| serde_json::from_str::<Listing>(line).unwrap());
    let wonders = routes.find(|route| route.id.as_str() == "eco-2024-1").unwrap();
    let wish = Wish { days: 5, transport: Transport::Car, route: Guide::of(&wonders, &facts), ..grandmother() };
    let chosen = chosen(&wish, &facts, &vouchers);
    let near = |whys: &[Why]| whys.iter().any(|why| matches!(why, Why::NearRoute { .. }));
    let on_it = chosen.reasons.iter().filter(|it| near(&it.whys)).count();
    assert!(on_it * 2 > chosen.reasons.len(), "{}", tell(&chosen, &facts));
}

#[test]
fn who_says_where_to_is_taken_there() {
    let (facts, vouchers) = catalogue();
    let inside = |at: &Where, area: &str| {
        let area = RegionCode::parse(area).unwrap();
        matches!(at, Where::Listing(id) if facts[id].region.as_ref().is_some_and(|here| here.lies_in(&area)))
    };
    for (area, least) in [("433123", 3), ("430800", 3), ("431100", 3)] {
        let around = vec![RegionCode::parse(area).unwrap()];
        let wish = Wish { around, transport: Transport::Car, ..grandmother() };
        let chosen = chosen(&wish, &facts, &vouchers);
        let told = tell(&chosen, &facts);
        assert!(chosen.trip.visits().filter(|visit| inside(&visit.at, area)).count() >= least, "{area}: {told}");
        assert_eq!(chosen.report.breaches, [], "{told}");
        let said = |whys: &[Why]| whys.iter().any(|why| matches!(why, Why::InRegion { .. }));
        assert!(chosen.reasons.iter().any(|it| said(&it.whys)), "{told}");
    }
}

#[test]
fn who_names_two_places_sees_something_of_both() {
    let (facts, vouchers) = catalogue();
    for (days, around) in [(4, ["430800", "433123"]), (5, ["430382", "431300"]), (3, ["430800", "433123"])] {
        let around: Vec<RegionCode> = around.iter().map(|code| RegionCode::parse(code).unwrap()).collect();
        let wish = Wish { days, around: around.clone(), transport: Transport::Car, ..grandmother() };
        let chosen = chosen(&wish, &facts, &vouchers);
        let told = tell(&chosen, &facts);
        for area in &around {
            let inside = |visit: &Visit| matches!(&visit.at, Where::Listing(id) if facts[id].region.as_ref().is_some_and(|here| here.lies_in(area)));
            assert!(chosen.trip.visits().any(inside), "{area}: {told}");
        }
        assert!(chosen.report.is_feasible(), "{told}");
    }
}

#[test]
fn a_museum_stands_in_for_a_park_in_the_rain() {
    let (facts, vouchers) = catalogue();
    let wish = Wish { days: 1, transport: Transport::Car, ..grandmother() };
    let trip = chosen(&wish, &facts, &vouchers).trip;
    let travel = estimator(wish.transport);
    let found = alternatives(&trip, 0, trip.days[0].visits[0].id, &World { facts: &facts, travel: &travel });
    assert!(found[0].indoor, "{found:?}");
    assert!(found.iter().all(|it| !facts[&it.at].sample && it.km <= 40), "{found:?}");
}
