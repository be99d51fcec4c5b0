//! The p99 at a given rate. Requests leave on schedule however long the last one took, and time is counted from when each was due:
//! a server that stalls is charged for everybody who would have been waiting.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use anyhow::{Result, bail, ensure};

use super::client::Connection;
use crate::interrupt;

/// Asks for `path` `rate` times a second over `connections` connections; gives what 99 of 100 answers did not exceed.
pub fn measure(addr: SocketAddr, path: &str, encoding: &str, rate: f64, connections: u32, time: Duration) -> Result<Duration> {
    ensure!(rate > 0.0, "no rate to keep");
    let start = Instant::now() + Duration::from_millis(100);
    let gap = Duration::from_secs_f64(f64::from(connections) / rate);
    let visit = |nth: u32| -> Result<Vec<Duration>> {
        let mut connection = Connection::open(addr)?;
        let mut due = start + gap.mul_f64(f64::from(nth) / f64::from(connections));
        let mut took = Vec::new();
        while due < start + time && !interrupt::happened() {
            std::thread::sleep(due.saturating_duration_since(Instant::now()));
            let answer = connection.get(path, encoding)?;
            took.push(due.elapsed());
            if answer.status != 200 {
                bail!("{path} answered {} under load", answer.status);
            }
            due += gap;
        }
        Ok(took)
    };
    let mut all = std::thread::scope(|scope| {
        let visit = &visit;
        let threads: Vec<_> = (0..connections).map(|nth| scope.spawn(move || visit(nth))).collect();
        let answers = threads.into_iter().map(|thread| thread.join().map_err(|_| anyhow::anyhow!("a client panicked"))?);
        Ok::<_, anyhow::Error>(answers.collect::<Result<Vec<_>>>()?.concat())
    })?;
    ensure!(!all.is_empty(), "nothing was asked in {time:?}");
    all.sort();
    Ok(percentile(&all, 99))
}

/// The smallest that so many percent do not exceed.
fn percentile(sorted: &[Duration], percent: usize) -> Duration {
    sorted[(sorted.len() * percent).div_ceil(100).saturating_sub(1)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_of_a_hundred() {
        let hundred: Vec<_> = (1..=100).map(Duration::from_millis).collect();
        assert_eq!(percentile(&hundred, 50), Duration::from_millis(50));
        assert_eq!(percentile(&hundred, 99), Duration::from_millis(99));
        assert_eq!(percentile(&hundred[..1], 99), Duration::from_millis(1));
    }
}
