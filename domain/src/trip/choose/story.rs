//! On the catalogue that is served: trips that people would go on.

use std::fmt::Write as _;
use std::path::Path;

use chrono::NaiveDate;

use super::super::clock::say_minutes;
use super::super::facts::PlaceFacts;
use super::super::plan::{Mobility, Pace, Party, Transport};
use super::super::timeline::Move;
use super::super::travel::estimator;
use super::*;
use crate::listing::Tag;
use crate::region::RegionCode;

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
        avoid: vec![],
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
            writeln!(text, "    ({}){lunch}\n  {begin}–{end} {} [{region}] {}", way(stop.way), place.name.zh, whys.join("; ")).unwrap();
        }
        let end = day.end.as_ref().map(|end| end.name(facts).zh).unwrap_or_default();
        let lunch = line.home.1.lunch.map_or(String::new(), |(at, ..)| format!(" lunch {}", say_minutes(at)));
        writeln!(text, "    ({}){lunch}\n  {} {end}", way(line.home.0), say_minutes(line.home.1.arrive)).unwrap();
    }
    for breach in &chosen.report.breaches {
        writeln!(text, "! {:?}", breach.constraint).unwrap();
    }
    let money = super::super::budget::budget(&chosen.trip, facts);
    writeln!(text, "{} of {:?}, saves {}", money.say(Lang::En), chosen.trip.budget, chosen.savings.saved).unwrap();
    for nearly in &chosen.nearly {
        writeln!(text, "~ day {} +{} min {}", nearly.day + 1, nearly.detour_min, facts[&nearly.at].name.zh).unwrap();
    }
    text
}

#[test]
fn three_days_with_grandmother() {
    let (facts, vouchers) = catalogue();
    let wish = grandmother();
    let travel = estimator(wish.transport);
    let world = World { facts: &facts, travel: &travel };
    for samples in [false, true] {
        for steps in [0, 100_000] {
            let wish = Wish { samples, ..wish.clone() };
            let chosen = choose(&wish, &world, &vouchers, steps).unwrap();
            println!("== samples {samples} steps {steps}\n{}", tell(&chosen, &facts));
        }
    }
    let car = estimator(Transport::Car);
    let world = World { facts: &facts, travel: &car };
    for (days, from) in [(1, "430100"), (2, "430300"), (3, "430100"), (5, "430100"), (7, "433100")] {
        let from = Where::Region(RegionCode::parse(from).unwrap());
        let wish = Wish { days, from, transport: Transport::Car, party: Party { elders: 0, mobility: Mobility::Any, interests: vec![], ..wish.party.clone() }, ..wish.clone() };
        let chosen = choose(&wish, &world, &vouchers, 100_000).unwrap();
        println!("== car {days}\n{}", tell(&chosen, &facts));
    }
}

#[test]
fn zz_time() {
    let (facts, vouchers) = catalogue();
    let wish = grandmother();
    for days in [1, 2, 3, 5, 7, 10, 14] {
        for samples in [false, true] {
        let wish = Wish { days, samples, ..wish.clone() };
        let travel = estimator(wish.transport);
        let world = World { facts: &facts, travel: &travel };
        let t = std::time::Instant::now();
        let mut chooser = Chooser::new(&wish, &world, &vouchers).unwrap();
        let first = t.elapsed();
        let v0 = chooser.best();
        let t = std::time::Instant::now();
        chooser.step(20_000);
        let v1 = chooser.best();
        let e1 = t.elapsed();
        chooser.step(80_000);
        println!("{days} {samples} first {first:?} {} then 10000 in {:?} {} 50000 {}", v0.value, e1, v1.value, chooser.best().value);
        }
    }
}
