//! Debian's `wrk`: the highest rate a server can take.

use std::net::SocketAddr;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};

use crate::debian;
use crate::process::{Running, which};

pub const THREADS: u32 = 1;
pub const CONNECTIONS: u32 = 32;

#[derive(Debug, PartialEq)]
pub struct Load {
    pub per_second: f64,
    pub p50_ms: f64,
    pub p99_ms: f64,
}

pub fn available() -> Result<()> {
    if which("wrk").is_none() {
        debian::install("measuring", &["wrk"])?;
    }
    Ok(())
}

pub fn run(addr: SocketAddr, path: &str, encoding: &str, seconds: u64) -> Result<Load> {
    let mut command = Command::new("wrk");
    command.args(["--latency", &format!("-t{THREADS}"), &format!("-c{CONNECTIONS}"), &format!("-d{seconds}s")]);
    command.args(["-H", &format!("Accept-Encoding: {encoding}"), &format!("http://{addr}{path}")]);
    let mut running = Running::start(command.stdout(Stdio::piped()))?;
    // It prints a dozen lines at its end: the pipe holds them.
    let status = running.wait()?;
    let mut said = String::new();
    if let Some(mut pipe) = running.child.stdout.take() {
        std::io::Read::read_to_string(&mut pipe, &mut said)?;
    }
    ensure!(status.success(), "wrk failed: {said}");
    parse(&said).with_context(|| format!("wrk said: {said}"))
}

fn parse(said: &str) -> Result<Load> {
    for trouble in ["Non-2xx", "Socket errors"] {
        ensure!(!said.contains(trouble), "not every request was answered well");
    }
    let value = |name: &str| {
        let line = said.lines().find_map(|line| line.trim().strip_prefix(name));
        line.map(str::trim).with_context(|| format!("no line {name}"))
    };
    Ok(Load {
        per_second: value("Requests/sec:")?.parse()?,
        p50_ms: milliseconds(value("50%")?)?,
        p99_ms: milliseconds(value("99%")?)?,
    })
}

/// `812.00us`, `1.20ms`, `1.01s`
fn milliseconds(text: &str) -> Result<f64> {
    let units = [("us", 0.001), ("ms", 1.0), ("s", 1000.0), ("m", 60_000.0)];
    let (number, factor) = units.iter().find_map(|(unit, factor)| Some((text.strip_suffix(unit)?, factor))).context("no unit")?;
    Ok(number.parse::<f64>()? * factor)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAID: &str = "Running 5s test @ http://127.0.0.1:3000/\n  1 threads and 32 connections\n  Thread Stats   Avg      Stdev     Max   +/- Stdev\n    Latency   812.10us  1.20ms  20.1ms   90.00%\n  Latency Distribution\n     50%  612.00us\n     75%  900.00us\n     90%    1.10ms\n     99%    4.25ms\n  150000 requests in 5.00s, 1.00GB read\nRequests/sec:  30012.34\nTransfer/sec:    200.00MB\n";

    #[test]
    fn the_report_of_wrk_is_read() {
        assert_eq!(parse(SAID).unwrap(), Load { per_second: 30012.34, p50_ms: 0.612, p99_ms: 4.25 });
    }

    #[test]
    fn a_load_with_failed_requests_is_no_measurement() {
        assert!(parse(&format!("{SAID}  Non-2xx or 3xx responses: 7\n")).is_err());
    }

    #[test]
    fn seconds_are_told_from_milliseconds() {
        assert_eq!(milliseconds("1.50s").unwrap(), 1500.0);
        assert_eq!(milliseconds("1.50ms").unwrap(), 1.5);
    }
}
