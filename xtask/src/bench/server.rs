//! A server to measure: started on a folder, waited for, stopped at the end.

use std::fs::File;
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use super::client::{Answer, Connection};
use crate::interrupt;
use crate::process::{self, Running};

pub struct Server {
    pub running: Running,
    pub addr: SocketAddr,
    /// From its start to its first 200.
    pub ready_after: Duration,
}

impl Server {
    /// Runs `xiaoxiang serve` without limits until it is ready; what it logs goes to a file beside the data.
    pub fn serve(binary: &Path, data: &Path, settings: &[(&str, &str)]) -> Result<Self> {
        let addr = free_addr()?;
        let mut command = xiaoxiang(binary, data);
        command.arg("serve").env("XIAOXIANG_ADDR", addr.to_string());
        command.env("XIAOXIANG_RATE_LIMIT", "0").envs(settings.iter().copied());
        let log = data.with_extension("log");
        let server =
            Self::start(command.stdout(File::create(&log)?).stderr(File::options().append(true).open(&log)?), addr, "/readyz");
        server.with_context(|| std::fs::read_to_string(&log).unwrap_or_default())
    }

    /// Runs a command that will listen on `addr`, until it answers `probe` with 200.
    pub fn start(command: &mut Command, addr: SocketAddr, probe: &str) -> Result<Self> {
        let began = Instant::now();
        let mut running = Running::start(command.stdin(Stdio::null()))?;
        // Filling an empty database is part of a first start.
        while began.elapsed() < Duration::from_secs(300) {
            if Connection::open(addr).and_then(|mut connection| connection.get(probe, "identity")).is_ok_and(|a| a.status == 200)
            {
                return Ok(Self { running, addr, ready_after: began.elapsed() });
            }
            if let Some(status) = running.ended()? {
                bail!("the server ended before it was ready ({status})");
            }
            if interrupt::happened() {
                bail!("interrupted");
            }
            std::thread::sleep(Duration::from_millis(1));
        }
        bail!("the server is not ready after {:?}", began.elapsed())
    }

    /// The answer to one request, which must be a good one.
    pub fn get(&self, path: &str, encoding: &str) -> Result<Answer> {
        let answer = Connection::open(self.addr)?.get(path, encoding)?;
        if answer.status != 200 {
            bail!("{path} answered {}", answer.status);
        }
        Ok(answer)
    }

    /// Resident memory in bytes.
    pub fn resident(&self) -> u64 {
        self.running.memory("VmRSS").unwrap_or(0)
    }
}

/// The program on a data folder, without the settings of whoever runs the benchmark.
pub fn xiaoxiang(binary: &Path, data: &Path) -> Command {
    let mut command = Command::new(binary);
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("XIAOXIANG_")) {
        command.env_remove(name);
    }
    command.env("XIAOXIANG_DATA_DIR", data);
    command
}

pub fn free_addr() -> Result<SocketAddr> {
    Ok(SocketAddr::from(([127, 0, 0, 1], process::free_port()?)))
}
