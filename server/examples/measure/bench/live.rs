//! Changes while visitors ask.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Result, anyhow};
use domain::search::Query;
use serde::{Deserialize, Serialize};

use super::generator::Generator;
use super::part::{self, Speed, Watch};
use super::querylog::{self, Entry};
use crate::engines::{Engine, Ours};

const UPDATES: usize = 20;
const BETWEEN_UPDATES: Duration = Duration::from_millis(100);

#[derive(Debug, Serialize, Deserialize)]
pub struct Live {
    /// From the change to the first answer that has it: the longest of all.
    pub findable_ms: f64,
    /// One thread that asks: by itself, while listings change, and while a second index is filled.
    pub alone: Speed,
    pub changing: Speed,
    pub rebuilding: Speed,
}

pub fn run(options: &part::Options) -> Result<Live> {
    let generator = Generator::new()?;
    let log = querylog::entries(&generator, options.documents)?;
    let ours = Ours::open_to_change(&options.folder)?;
    let rest = || {
        thread::sleep(Duration::from_secs(options.seconds));
        Ok(())
    };
    asked_meanwhile(&ours, &log, rest)?;
    let (alone, ()) = asked_meanwhile(&ours, &log, rest)?;
    let (changing, waits) = asked_meanwhile(&ours, &log, || {
        let mut waits = Vec::new();
        for nth in 0..UPDATES {
            waits.push(change(&ours, &generator, nth)?);
            thread::sleep(BETWEEN_UPDATES);
        }
        Ok(waits)
    })?;
    let (rebuilding, _) = asked_meanwhile(&ours, &log, || {
        let folder = tempfile::Builder::new().prefix("xiaoxiang-rebuild-").tempdir()?;
        part::fill(&part::Options { folder: folder.path().to_owned(), ..options.clone() })
    })?;
    let findable_ms = waits.iter().map(|wait| wait.as_secs_f64() * 1e3).fold(0.0, f64::max);
    Ok(Live { findable_ms, alone, changing, rebuilding })
}

/// Gives a listing a name that no other has, and waits until it is found by it.
fn change(ours: &Ours, generator: &Generator, nth: usize) -> Result<Duration> {
    let mut listing = generator.listing(nth)?;
    let digit = |value: usize| ['甲', '乙', '丙', '丁', '戊', '己', '庚', '辛', '壬', '癸'][value % 10];
    listing.title.zh = format!("{}{}新改名", digit(nth / 10), digit(nth));
    let query = Query { text: listing.title.zh.clone(), ..Query::default() };
    let id = listing.id.as_str().to_owned();
    let mut desk = ours.desk()?;
    let began = Instant::now();
    ours.put(Arc::new(listing))?;
    while desk(&query)?.ids.first() != Some(&id) {
        if began.elapsed() > Duration::from_secs(10) {
            return Err(anyhow!("{id} is not found by its new name"));
        }
    }
    Ok(began.elapsed())
}

/// How fast the log is answered while something else is done.
fn asked_meanwhile<T>(ours: &Ours, log: &[Entry], meanwhile: impl FnOnce() -> Result<T>) -> Result<(Speed, T)> {
    let over = AtomicBool::new(false);
    thread::scope(|scope| {
        let asking = scope.spawn(|| -> Result<Speed> {
            let mut desk = ours.desk()?;
            let watch = Watch::start();
            let mut times = Vec::new();
            while !over.load(Ordering::Relaxed) {
                let asked = Instant::now();
                desk(&log[times.len() % log.len()].query)?;
                times.push(asked.elapsed().as_secs_f64() * 1e6);
            }
            Ok(watch.stop(times))
        });
        let done = meanwhile();
        over.store(true, Ordering::Relaxed);
        let speed = asking.join().map_err(|_| anyhow!("the thread that asked has panicked"))??;
        Ok((speed, done?))
    })
}
