//! Children: each in a process group of its own, waited for with an eye on Ctrl-C, never left behind.

use std::io::Read;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::interrupt;

/// How long a child may take to finish after SIGTERM.
const PATIENCE: Duration = Duration::from_secs(15);

/// A child and everything it starts.
pub struct Running {
    pub child: Child,
    name: String,
}

impl Running {
    pub fn start(command: &mut Command) -> Result<Self> {
        let name = Path::new(command.get_program()).file_name().unwrap_or_default().to_string_lossy().into_owned();
        let child = command.stdin(Stdio::null()).process_group(0).spawn().with_context(|| format!("could not start {name}"))?;
        Ok(Self { child, name })
    }

    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Its status if it has ended.
    pub fn ended(&mut self) -> Result<Option<ExitStatus>> {
        Ok(self.child.try_wait()?)
    }

    pub fn wait(&mut self) -> Result<ExitStatus> {
        let mut pause = Duration::from_millis(1);
        loop {
            if let Some(status) = self.ended()? {
                return Ok(status);
            }
            if interrupt::happened() {
                self.stop();
                bail!("{} was interrupted", self.name);
            }
            std::thread::sleep(pause);
            pause = (pause * 2).min(Duration::from_millis(50));
        }
    }

    /// Asks it to finish, waits, and ends it if it will not.
    pub fn stop(&mut self) {
        if !matches!(self.child.try_wait(), Ok(None)) {
            return;
        }
        self.signal("TERM");
        let deadline = Instant::now() + PATIENCE;
        while matches!(self.child.try_wait(), Ok(None)) {
            if Instant::now() > deadline {
                self.signal("KILL");
                // Nothing better is left to do when even this fails.
                let _ = self.child.wait();
                return;
            }
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Through the shell's own `kill`, as the standard library knows only SIGKILL.
    fn signal(&self, name: &str) {
        let group = self.id().to_string();
        let _ = Command::new("sh").args(["-c", r#"kill -s "$0" -- "-$1""#, name, &group]).stderr(Stdio::null()).status();
    }

    /// A line of `/proc/<pid>/status` in bytes: `VmRSS`, `VmHWM`. None where there is no such file.
    pub fn memory(&self, line: &str) -> Option<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.id())).ok()?;
        let value = status.lines().find_map(|l| l.strip_prefix(line)?.strip_prefix(':'))?;
        value.trim().strip_suffix("kB")?.trim().parse::<u64>().ok().map(|kib| kib * 1024)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.stop();
    }
}

/// Runs it to the end; anything but success is an error.
pub fn run(command: &mut Command) -> Result<()> {
    let mut running = Running::start(command)?;
    let status = running.wait()?;
    if !status.success() {
        bail!("{} failed ({status})", running.name);
    }
    Ok(())
}

/// What it prints, when it has ended well. What it says on the other channel is shown.
pub fn output(command: &mut Command) -> Result<String> {
    let mut running = Running::start(command.stdout(Stdio::piped()))?;
    // read while it runs: a pipe that is full would hold it up
    let pipe = running.child.stdout.take();
    let reader = std::thread::spawn(move || {
        let mut said = String::new();
        pipe.map_or(Ok(0), |mut pipe| pipe.read_to_string(&mut said)).map(|_| said)
    });
    let status = running.wait()?;
    let Ok(said) = reader.join() else { bail!("reading what {} says failed", running.name) };
    let said = said?;
    if !status.success() {
        bail!("{} failed ({status}): {said}", running.name);
    }
    Ok(said)
}

/// A program in `PATH`.
pub fn which(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file())
}

/// A port that was free a moment ago.
pub fn free_port() -> Result<u16> {
    Ok(std::net::TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stopping_ends_the_child_and_what_it_started() {
        let mut shell = Running::start(Command::new("sh").args(["-c", "sleep 600 & wait"]).stdout(Stdio::piped())).unwrap();
        let began = Instant::now();
        shell.stop();
        assert!(shell.ended().unwrap().is_some());
        // The sleeper holds the other end: this ends when it does.
        shell.child.stdout.take().unwrap().read_to_end(&mut Vec::new()).unwrap();
        assert!(began.elapsed() < PATIENCE, "by asking, not by force");
    }

    #[test]
    fn a_failing_command_is_an_error_with_its_name() {
        let error = run(Command::new("sh").args(["-c", "exit 3"])).unwrap_err();
        assert!(error.to_string().starts_with("sh failed"), "{error}");
    }

    #[test]
    fn more_is_read_than_a_pipe_holds() {
        let said = output(Command::new("sh").args(["-c", "head -c 300000 /dev/zero | tr '\\0' x"])).unwrap();
        assert_eq!(said.len(), 300_000);
        assert!(output(Command::new("sh").args(["-c", "echo no; exit 1"])).unwrap_err().to_string().contains("no"));
    }

    #[test]
    fn memory_of_a_living_child_is_known() {
        let mut sleeper = Running::start(Command::new("sleep").arg("600")).unwrap();
        assert!(sleeper.memory("VmRSS").unwrap() > 0);
        sleeper.stop();
    }
}
