//! One engine in a process of its own.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Result, anyhow};
use domain::listing::Listing;
use serde::{Deserialize, Serialize};

use super::generator::Generator;
use super::live;
use super::querylog::{self, Class, Entry};
use crate::corpus::Plain;
use crate::engines::{Answer, Engine, Name, Ours};

#[derive(Clone, clap::Args)]
pub struct Options {
    #[arg(long, value_enum)]
    pub engine: Name,
    #[arg(long, value_enum)]
    pub step: Step,
    #[arg(long)]
    pub documents: usize,
    #[arg(long)]
    pub seconds: u64,
    /// Listings, one a line.
    #[arg(long)]
    pub source: PathBuf,
    /// Of the index.
    #[arg(long)]
    pub folder: PathBuf,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Step {
    Fill,
    Ask,
    /// Ask and change at once; the index is not the same afterwards.
    Live,
}

impl Options {
    /// What a process is to be given to run this.
    pub fn arguments(&self) -> Vec<std::ffi::OsString> {
        let name = |value: &dyn Fn() -> Option<clap::builder::PossibleValue>| value().map(|v| v.get_name().to_owned());
        let engine = name(&|| clap::ValueEnum::to_possible_value(&self.engine)).unwrap_or_default();
        let step = name(&|| clap::ValueEnum::to_possible_value(&self.step)).unwrap_or_default();
        let mut arguments: Vec<std::ffi::OsString> = vec!["bench-part".into()];
        arguments.extend(["--engine".into(), engine.into(), "--step".into(), step.into()]);
        arguments.extend(["--documents".into(), self.documents.to_string().into()]);
        arguments.extend(["--seconds".into(), self.seconds.to_string().into()]);
        arguments.extend(["--source".into(), self.source.clone().into(), "--folder".into(), self.folder.clone().into()]);
        arguments
    }
}

#[derive(Debug, Serialize, Deserialize)]
pub struct Filled {
    /// From lines of JSON to an index that can be searched.
    pub seconds: f64,
    /// Of all cores together.
    pub cpu_seconds: f64,
    pub peak_bytes: u64,
}

#[derive(Debug, Serialize, Deserialize)]
pub struct Asked {
    pub open_ms: f64,
    pub opened_bytes: u64,
    /// After all queries.
    pub resident_bytes: u64,
    pub one: Speed,
    pub two: Speed,
    /// Middle time of each [`Class`], in microseconds.
    pub p50_us: Vec<f64>,
    /// Share of each [`Class`] that gets hits at all.
    pub answered: Vec<f64>,
    /// Of the answered short Chinese queries, the share whose first hit has every word of them.
    pub first_holds: f64,
    /// Suggestions while each query is typed, character by character; none where there are no suggestions.
    pub suggest: Option<Speed>,
}

#[derive(Debug, Serialize, Deserialize)]
pub struct Speed {
    pub p50_us: f64,
    pub p99_us: f64,
    pub per_second: f64,
    /// Time on a core for a query, in the mean: it hardly changes where others want the cores too.
    pub cpu_us: f64,
}

pub fn run(options: &Options) -> Result<()> {
    let measured = match options.step {
        Step::Fill => serde_json::to_string(&fill(options)?)?,
        Step::Ask => serde_json::to_string(&ask(options)?)?,
        Step::Live => serde_json::to_string(&live::run(options)?)?,
    };
    println!("{measured}");
    Ok(())
}

/// Listings handed over at once.
const CHUNK: usize = 2000;

pub fn fill(options: &Options) -> Result<Filled> {
    let lines = BufReader::with_capacity(1 << 20, File::open(&options.source)?).lines();
    let (began, busy) = (Instant::now(), cpu_seconds());
    let mut filling = options.engine.create(&options.folder)?;
    let mut chunk: Vec<Arc<Listing>> = Vec::with_capacity(CHUNK);
    for line in lines {
        chunk.push(Arc::new(serde_json::from_str(&line?)?));
        if chunk.len() == CHUNK {
            filling.add(&chunk)?;
            chunk.clear();
        }
    }
    filling.add(&chunk)?;
    filling.commit()?;
    let (seconds, cpu_seconds) = (began.elapsed().as_secs_f64(), cpu_seconds() - busy);
    Ok(Filled { seconds, cpu_seconds, peak_bytes: memory("VmHWM") })
}

fn ask(options: &Options) -> Result<Asked> {
    let generator = Generator::new()?;
    let log = querylog::entries(&generator, options.documents)?;
    let began = Instant::now();
    let engine = options.engine.open(&options.folder)?;
    let open_ms = began.elapsed().as_secs_f64() * 1e3;
    let opened_bytes = memory("VmRSS");

    // the first round is to warm up, and to see what is answered
    let mut desk = engine.desk()?;
    let answers: Vec<Answer> = log.iter().map(|entry| desk(&entry.query)).collect::<Result<_>>()?;
    drop(desk);
    let time = Duration::from_secs(options.seconds);
    let (one, by_class) = one_thread(&*engine, &log, time)?;
    let two = two_threads(&*engine, &log, time)?;
    let resident_bytes = memory("VmRSS");
    drop(engine);
    let suggest = (options.engine == Name::Ours).then(|| suggest(options, &log)).transpose()?;
    let of_class = |class| log.iter().zip(&answers).filter(move |(entry, _)| entry.class == class);
    let answered = |class| share(of_class(class).map(|(_, answer)| !answer.ids.is_empty()));
    let mut holds = Vec::new();
    for (entry, answer) in of_class(Class::ShortChinese) {
        if let Some(first) = answer.ids.first() {
            holds.push(has_words(&generator, first, &entry.query.text)?);
        }
    }
    Ok(Asked {
        open_ms,
        opened_bytes,
        resident_bytes,
        one,
        two,
        p50_us: by_class.into_iter().map(|mut times| quantile(&mut times, 0.5)).collect(),
        answered: Class::ALL.into_iter().map(answered).collect(),
        first_holds: share(holds.into_iter()),
        suggest,
    })
}

/// Round after round of the log until the time is over; every entry at least once. Times in microseconds, of each class too.
fn one_thread(engine: &dyn Engine, log: &[Entry], time: Duration) -> Result<(Speed, Vec<Vec<f64>>)> {
    let mut desk = engine.desk()?;
    let (mut times, mut by_class) = (Vec::new(), vec![Vec::new(); Class::ALL.len()]);
    let watch = Watch::start();
    let began = Instant::now();
    while times.len() < log.len() || began.elapsed() < time {
        let entry = &log[times.len() % log.len()];
        let asked = Instant::now();
        desk(&entry.query)?;
        let took = asked.elapsed().as_secs_f64() * 1e6;
        times.push(took);
        by_class[entry.class as usize].push(took);
    }
    Ok((watch.stop(times), by_class))
}

fn two_threads(engine: &dyn Engine, log: &[Entry], time: Duration) -> Result<Speed> {
    let watch = Watch::start();
    let began = Instant::now();
    let ask_from = |start: usize| -> Result<Vec<f64>> {
        let mut desk = engine.desk()?;
        let mut times = Vec::new();
        while began.elapsed() < time {
            let asked = Instant::now();
            desk(&log[(start + times.len()) % log.len()].query)?;
            times.push(asked.elapsed().as_secs_f64() * 1e6);
        }
        Ok(times)
    };
    let times = thread::scope(|scope| {
        let threads = [0, log.len() / 2].map(|start| scope.spawn(move || ask_from(start)));
        let joined = threads.map(|thread| thread.join().map_err(|_| anyhow!("a thread that asked has panicked"))?);
        joined.into_iter().collect::<Result<Vec<_>>>()
    })?;
    Ok(watch.stop(times.concat()))
}

fn suggest(options: &Options, log: &[Entry]) -> Result<Speed> {
    let ours = Ours::open(&options.folder, false)?;
    let typed = log.iter().flat_map(|entry| {
        let ends = entry.query.text.char_indices().map(|(at, c)| at + c.len_utf8()).take(6);
        ends.map(|end| &entry.query.text[..end])
    });
    let watch = Watch::start();
    let began = Instant::now();
    let mut times = Vec::new();
    for text in typed {
        let asked = Instant::now();
        ours.suggest(text)?;
        times.push(asked.elapsed().as_secs_f64() * 1e6);
        if began.elapsed() > Duration::from_secs(options.seconds) {
            break;
        }
    }
    Ok(watch.stop(times))
}

fn has_words(generator: &Generator, id: &str, text: &str) -> Result<bool> {
    let nth = id.strip_prefix("gen-").and_then(|nth| nth.parse().ok()).ok_or_else(|| anyhow!("{id} is none of ours"))?;
    let Plain { title, summary, body } = Plain::of(&generator.listing(nth)?);
    let all = [title, summary, body].concat();
    // a county and an ending without a space between them need not stand together
    let pairs = |word: &str| word.chars().collect::<Vec<_>>().chunks(2).all(|pair| all.contains(&String::from_iter(pair)));
    Ok(text.split(' ').all(|word| all.contains(word) || pairs(word)))
}

fn share(are: impl Iterator<Item = bool>) -> f64 {
    let (yes, all) = are.fold((0, 0), |(yes, all), is| (yes + u32::from(is), all + 1));
    f64::from(yes) / f64::from(all.max(1))
}

/// Looks at the clock and at the cores for as long as queries are asked.
pub struct Watch {
    began: Instant,
    busy: f64,
}

impl Watch {
    pub fn start() -> Self {
        Self { began: Instant::now(), busy: cpu_seconds() }
    }

    /// With what each query took, in microseconds.
    pub fn stop(self, mut times: Vec<f64>) -> Speed {
        let asked = times.len() as f64;
        let (took, busy) = (self.began.elapsed().as_secs_f64(), cpu_seconds() - self.busy);
        Speed {
            p50_us: quantile(&mut times, 0.5),
            p99_us: quantile(&mut times, 0.99),
            per_second: asked / took,
            cpu_us: busy * 1e6 / asked,
        }
    }
}

/// What the process has had of all cores; 0 where nobody counts. The kernel counts in hundredths of a second.
fn cpu_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // the name, in brackets, may have blanks
    let after_name = stat.rsplit(')').next().unwrap_or_default();
    let field = |at: usize| after_name.split_whitespace().nth(at).and_then(|ticks| ticks.parse::<f64>().ok()).unwrap_or(0.0);
    (field(11) + field(12)) / 100.0
}

fn quantile(times: &mut [f64], share: f64) -> f64 {
    times.sort_by(f64::total_cmp);
    times.get((share * times.len().saturating_sub(1) as f64).round() as usize).copied().unwrap_or(f64::NAN)
}

/// A line of the process's own status, in bytes; 0 where there is none.
fn memory(line: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let value = status.lines().find_map(|l| l.strip_prefix(line)?.strip_prefix(':'));
    value.and_then(|value| value.trim().strip_suffix("kB")?.trim().parse::<u64>().ok()).map_or(0, |kib| kib * 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_values_that_occurred() {
        let mut times: Vec<f64> = (0..=100).rev().map(f64::from).collect();
        assert_eq!(quantile(&mut times, 0.5), 50.0);
        assert_eq!(quantile(&mut times, 0.99), 99.0);
        assert!(quantile(&mut [], 0.5).is_nan());
    }

    #[test]
    fn shares_of_nothing_are_nothing() {
        assert_eq!(share([true, false, true, true].into_iter()), 0.75);
        assert_eq!(share(std::iter::empty()), 0.0);
    }
}
