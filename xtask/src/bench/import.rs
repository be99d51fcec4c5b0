//! `bench import`: a catalogue far larger than ours, imported in one go.

use std::fmt::Write;
use std::fs::File;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use super::catalogue;
use super::machine::megabytes;
use super::server::{self, Server};
use crate::build::say;
use crate::interrupt;
use crate::process::Running;

pub fn bench(binary: &Path, listings: u64) -> Result<String> {
    let folder = tempfile::Builder::new().prefix("xiaoxiang-bench-").tempdir()?;
    let (catalogue, data) = (folder.path().join("catalogue"), folder.path().join("data"));
    say(&format!("generating {listings} listings"));
    catalogue::write(&catalogue, listings)?;

    say("importing them");
    let log = folder.path().join("import.log");
    let mut command = server::xiaoxiang(binary, &data);
    command.args(["catalog", "import"]).arg(&catalogue);
    command.stdout(File::create(&log)?).stderr(File::options().append(true).open(&log)?);
    let (took, peak) = watched(&mut command, &log)?;

    // The index follows the database: it is complete when the server is ready.
    say("first start: indexing them");
    let indexing = Server::serve(binary, &data, &[])?;
    let (indexed, index_peak) = (indexing.ready_after, indexing.running.memory("VmHWM").unwrap_or(0));
    drop(indexing);
    say("second start");
    let server = Server::serve(binary, &data, &[])?;
    let fresh = server.resident();
    server.get("/search?q=%E5%87%A4%E5%87%B0", "br")?;
    let found: serde_json::Value = serde_json::from_slice(&server.get("/api/v1/search?q=", "identity")?.body)?;
    let total = found["total"].as_u64().unwrap_or(0);
    if total < listings {
        bail!("{listings} listings were imported, and search knows {total}");
    }

    let rate = |time: Duration| listings as f64 / time.as_secs_f64();
    let mut table = format!("| {listings} generated listings | Measured | Budget |\n|---|---:|---:|\n");
    writeln!(table, "| Import | {:.1} s, {:.0} listings/s | |", took.as_secs_f64(), rate(took))?;
    writeln!(table, "| Import, peak memory | {} | |", megabytes(peak))?;
    writeln!(table, "| First start, until searchable | {:.1} s | |", indexed.as_secs_f64())?;
    writeln!(table, "| Import and index | {:.0} listings/s | |", rate(took + indexed))?;
    writeln!(table, "| First start, peak memory | {} | |", megabytes(index_peak))?;
    writeln!(table, "| Next start, until searchable | {} ms | 1000 ms |", server.ready_after.as_millis())?;
    writeln!(table, "| Resident memory after it | {} | 600 MB |", megabytes(fresh))?;
    writeln!(table, "| Resident memory after searches | {} | 600 MB |", megabytes(server.resident()))?;
    Ok(table)
}

/// Runs it to the end: how long it took, and the most memory it had.
fn watched(command: &mut Command, log: &Path) -> Result<(Duration, u64)> {
    let began = Instant::now();
    let mut running = Running::start(command)?;
    let mut peak = 0;
    loop {
        // The kernel keeps the highest mark; only the last moments before the end can be missed.
        peak = peak.max(running.memory("VmHWM").unwrap_or(0));
        if let Some(status) = running.ended()? {
            if !status.success() {
                bail!("the import failed ({status}): {}", std::fs::read_to_string(log).unwrap_or_default());
            }
            return Ok((began.elapsed(), peak));
        }
        interrupt::sleep(Duration::from_millis(10))?;
    }
}
