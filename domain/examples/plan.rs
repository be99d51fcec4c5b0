//! Measures planning on this machine: `cargo xtask bench plan` builds and runs it.
//!
//! Days of twelve stops that are meant to be hard to arrange, and the first plan of a trip on the catalogue that is served.

use std::path::PathBuf;
use std::time::Instant;

use anyhow::{Context, Result};
use chrono::NaiveDate;
use clap::Parser;
use domain::listing::{Listing, Tag};
use domain::region::RegionCode;
use domain::trip::arrange::{MOST_LABELS, best_order};
use domain::trip::schedule::{Exercise, Meal, Span, Stop, Way};
use domain::trip::sun::Daylight;
use domain::trip::travel::estimator;
use domain::trip::{Chooser, Facts, Party, PlaceFacts, Transport, Where, Wish, World};

#[derive(Parser)]
#[command(name = "plan")]
struct Options {
    /// The catalogue's folder.
    #[arg(long)]
    catalogue: PathBuf,
    /// How many days of each sort.
    #[arg(long, default_value_t = 40)]
    days: u64,
    /// After so many labels the search narrows.
    #[arg(long, default_value_t = MOST_LABELS)]
    labels: usize,
    /// How many wishes are answered.
    #[arg(long, default_value_t = 40)]
    wishes: u64,
}

/// Numbers that look random and are the same every time (xorshift).
struct Dice(u64);

impl Dice {
    fn between(&mut self, from: u32, until: u32) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        from + (self.0 % u64::from(until - from)) as u32
    }
}

const STOPS: usize = 12;

struct Sort {
    name: &'static str,
    make: fn(&mut Dice) -> Exercise,
}

/// Open all day, as long as each other, and all ways different.
fn open(dice: &mut Dice) -> Exercise {
    let stop =
        Stop { stay: 30, appointment: None, hours: vec![Span::new(0, 1440)], last_shuttle: None, feeds: false, locked: false };
    let mut way = |from: usize, to: usize| {
        let minutes = if from == to { 0 } else { dice.between(5, 60) };
        Way { minutes, mountain: false }
    };
    let ways = (0..=STOPS).map(|from| (0..=STOPS).map(|to| way(from, to)).collect()).collect();
    Exercise { from: 480, until: 1140, stops: vec![stop; STOPS], ways, lunch: None, daylight: None, most_driving: 10_000 }
}

fn with_lunch(dice: &mut Dice) -> Exercise {
    let mut day = open(dice);
    day.lunch = Some(Meal { from: 690, until: 810, minutes: 60 });
    day.stops.iter_mut().step_by(2).for_each(|stop| stop.feeds = true);
    day
}

/// More than a day holds: what is missed can be traded for what is late.
fn too_much(dice: &mut Dice) -> Exercise {
    let mut day = with_lunch(dice);
    for stop in &mut day.stops {
        stop.stay = 45;
        stop.hours = vec![Span::new(dice.between(480, 600), dice.between(900, 1140))];
    }
    day
}

/// And it all closes for lunch.
fn two_spans(dice: &mut Dice) -> Exercise {
    let mut day = too_much(dice);
    day.stops.iter_mut().for_each(|stop| {
        stop.hours = vec![Span::new(480 + dice.between(0, 30), 690), Span::new(840, 1000 + dice.between(0, 60))]
    });
    day
}

/// Driving is one more thing that can be traded.
fn tiring(dice: &mut Dice) -> Exercise {
    Exercise { most_driving: 150, ..too_much(dice) }
}

fn in_mountains(dice: &mut Dice) -> Exercise {
    let mut day = tiring(dice);
    day.ways.iter_mut().flatten().for_each(|way| way.mountain = dice.between(0, 2) == 1);
    day.daylight = Some(Daylight { sunrise: 400, sunset: 1050 });
    day.stops.iter_mut().step_by(4).for_each(|stop| stop.last_shuttle = Some(dice.between(800, 1000)));
    day
}

fn appointments(dice: &mut Dice) -> Exercise {
    let mut day = in_mountains(dice);
    day.stops.iter_mut().skip(1).step_by(3).for_each(|stop| stop.appointment = Some(dice.between(560, 960)));
    day
}

const SORTS: [Sort; 7] = [
    Sort { name: "open all day, equal stays", make: open },
    Sort { name: "and lunch", make: with_lunch },
    Sort { name: "wide hours, more than fits", make: too_much },
    Sort { name: "shut at noon", make: two_spans },
    Sort { name: "and little driving allowed", make: tiring },
    Sort { name: "and mountains, shuttles", make: in_mountains },
    Sort { name: "and appointments", make: appointments },
];

fn millis(times: &mut [f64]) -> String {
    times.sort_by(f64::total_cmp);
    let at = |share: f64| times[((times.len() - 1) as f64 * share).round() as usize];
    format!("{:.1} | {:.1} | {:.1}", at(0.5), at(0.95), at(1.0))
}

fn main() -> Result<()> {
    let options = Options::parse();
    println!("| twelve stops, {} days of each | p50, ms | p95 | most | not proven |\n|---|---:|---:|---:|---:|", options.days);
    for sort in &SORTS {
        let (mut times, mut unproven) = (vec![], 0);
        for seed in 1..=options.days {
            let day = (sort.make)(&mut Dice(seed * 0x9e37_79b9_7f4a_7c15));
            let began = Instant::now();
            let best = best_order(&day, options.labels);
            times.push(began.elapsed().as_secs_f64() * 1000.0);
            unproven += u32::from(!best.proven);
        }
        println!("| {} | {} | {unproven} |", sort.name, millis(&mut times));
    }
    first_plans(&options)
}

fn first_plans(options: &Options) -> Result<()> {
    let mut facts = Facts::new();
    for file in ["places", "experiences", "stays"] {
        let path = options.catalogue.join(file).with_extension("jsonl");
        for line in std::fs::read_to_string(&path).with_context(|| path.display().to_string())?.lines() {
            let listing: Listing = serde_json::from_str(line)?;
            facts.insert(listing.id.clone(), PlaceFacts::of(&listing));
        }
    }
    let mut times = vec![];
    let starts = NaiveDate::from_ymd_opt(2027, 4, 17).context("a date")?;
    for number in 0..options.wishes {
        let from = ["430100", "433123", "430811", "431202"][number as usize % 4];
        let interests = if number % 3 == 0 { vec![] } else { vec![Tag::ALL[number as usize % Tag::ALL.len()]] };
        let party = Party {
            adults: 2,
            elders: number as u32 % 2,
            children: vec![],
            mobility: Default::default(),
            interests,
            rooms: None,
        };
        let from = Where::Region(RegionCode::parse(from).map_err(|why| anyhow::anyhow!("{why:?}"))?);
        let wish = Wish { seed: number, transport: Transport::Car, ..Wish::new(starts, 1 + number as usize % 4, from, party) };
        let travel = estimator(wish.transport);
        let began = Instant::now();
        let mut chooser =
            Chooser::new(&wish, &World { facts: &facts, travel: &travel }, &[]).map_err(|why| anyhow::anyhow!("{why:?}"))?;
        chooser.step(0);
        let chosen = chooser.best();
        times.push(began.elapsed().as_secs_f64() * 1000.0);
        anyhow::ensure!(chosen.trip.visits().count() > 0, "nothing was chosen for wish {number}");
    }
    println!("\n| {} wishes on the catalogue | p50, ms | p95 | most |\n|---|---:|---:|---:|", options.wishes);
    println!("| first plan, one to four days | {} |", millis(&mut times));
    Ok(())
}
