//! Measures the solver on published instances: `cargo xtask bench toptw` builds and runs it.

mod instance;
mod run;
mod speed;
mod table;
mod verify;

use std::ops::RangeInclusive;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;

use instance::Rounding;

/// Solves the instances of a folder and compares the scores with `reference.csv` in it.
///
/// The gap is (reference - score) / reference, where the reference is the column `best`; below 0 the score is better than the
/// reference. The mean is over instances, numbers of tours and seeds, without those for which there is no reference. Each run has
/// one core and its time by the clock on the wall, from the instance in memory to the answer. Tours are checked by code that
/// shares nothing with the solver.
#[derive(Parser)]
#[command(name = "toptw")]
struct Options {
    /// The folder: `NAME.txt` for each instance, and `reference.csv`.
    #[arg(long)]
    dir: PathBuf,
    /// Numbers of tours: `1..4` (with both ends), `2`, `1,3`.
    #[arg(long, default_value = "1..4", value_parser = numbers)]
    m: Numbers,
    /// Time budgets in milliseconds, written likewise.
    #[arg(long, default_value = "100,1000", value_parser = numbers)]
    millis: Numbers,
    /// How many seeds, from 1 on.
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u64).range(1..))]
    seeds: u64,
    /// How travel times are rounded down; by default `cordeau` where a file's name starts with `pr`, else `solomon`.
    #[arg(long, value_enum)]
    rounding: Option<Rounding>,
    /// Only instances whose name starts with one of these.
    #[arg(long, value_delimiter = ',')]
    only: Vec<String>,
    /// Write all tours to a file: instance, m, millis, seed, score, vertices of each tour.
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    /// Instead of all that: so many steps for each instance and number of tours, and how long they take, as lines of JSON.
    #[arg(long, value_parser = clap::value_parser!(u64).range(1..))]
    steps: Option<u64>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Numbers(Vec<u64>);

/// More numbers than this in one list are a slip of the hand.
const MOST_NUMBERS: u64 = 1_000;

fn numbers(text: &str) -> Result<Numbers, String> {
    let number = |text: &str| match text.trim().parse::<u64>() {
        Ok(number) if number > 0 => Ok(number),
        _ => Err(format!("{text:?} is no number from 1 up")),
    };
    let mut list = Vec::new();
    for part in text.split(',') {
        let range: RangeInclusive<u64> = match part.split_once("..") {
            Some((from, to)) => number(from)?..=number(to)?,
            None => number(part)?..=number(part)?,
        };
        if range.is_empty() || range.end() - range.start() >= MOST_NUMBERS {
            return Err(format!("{part:?} is no range"));
        }
        list.extend(range);
    }
    Ok(Numbers(list))
}

fn main() -> ExitCode {
    let options = Options::parse();
    let done = match options.steps {
        Some(steps) => speed::run(&options, steps).map(|()| true),
        None => run::run(&options),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_one_or_many() {
        let read = |text| numbers(text).map(|numbers| numbers.0);
        assert_eq!(read("1..4"), Ok(vec![1, 2, 3, 4]));
        assert_eq!(read("2"), Ok(vec![2]));
        assert_eq!(read("100,1000"), Ok(vec![100, 1000]));
        assert_eq!(read("1..2,4"), Ok(vec![1, 2, 4]));
        assert_eq!(read("4..1"), Err("\"4..1\" is no range".to_owned()));
        assert_eq!(read("0"), Err("\"0\" is no number from 1 up".to_owned()));
        assert_eq!(read("1..x"), Err("\"x\" is no number from 1 up".to_owned()));
    }
}
