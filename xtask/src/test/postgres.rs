//! A PostgreSQL of our own for the length of a test run.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail, ensure};
use tempfile::TempDir;

use crate::{debian, process};

/// Durability is of no use to a database that is thrown away; several test processes share the connections.
const SETTINGS: &str = "
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = 300
fsync = off
synchronous_commit = off
full_page_writes = off
";

/// The account the database runs under when we are root: PostgreSQL refuses to run as root.
const ACCOUNT: &str = "postgres";

pub struct Cluster {
    programs: PathBuf,
    folder: TempDir,
    port: u16,
    as_root: bool,
}

impl Cluster {
    pub fn start() -> Result<Self> {
        let programs = programs()?;
        let as_root = debian::is_root();
        // Not under the target folder: root's own folders are closed to the account.
        let folder = tempfile::Builder::new().prefix("xiaoxiang-postgres-").tempdir()?;
        if as_root {
            std::os::unix::fs::chown(folder.path(), Some(account_id("-u")?), Some(account_id("-g")?))?;
        }
        let cluster = Self { programs, folder, port: process::free_port()?, as_root };
        let mut initdb = cluster.command("initdb");
        initdb.args(["--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C", "--no-sync", "-D"]);
        quietly(initdb.arg(cluster.data()))?;
        let mut settings = fs::OpenOptions::new().append(true).open(cluster.data().join("postgresql.conf"))?;
        settings.write_all(format!("{SETTINGS}port = {}\n", cluster.port).as_bytes())?;
        let log = cluster.folder.path().join("log");
        let started =
            quietly(cluster.command("pg_ctl").args(["start", "-w", "-t", "60", "-D"]).arg(cluster.data()).arg("-l").arg(&log));
        started.with_context(|| fs::read_to_string(&log).unwrap_or_default())?;
        Ok(cluster)
    }

    /// Of a database whose user may create others.
    pub fn url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres", self.port)
    }

    pub fn version(&self) -> String {
        let output = Command::new(self.programs.join("postgres")).arg("--version").output();
        output.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned()).unwrap_or_default()
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn command(&self, program: &str) -> Command {
        let program = self.programs.join(program);
        let mut command = if self.as_root {
            let mut command = Command::new("runuser");
            command.args(["-u", ACCOUNT, "--"]).arg(program);
            command
        } else {
            Command::new(program)
        };
        command.current_dir(self.folder.path());
        command
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // The folder goes next; a database that would not stop has nothing left to lose.
        let _ = quietly(self.command("pg_ctl").args(["stop", "-m", "immediate", "-D"]).arg(self.data()));
    }
}

/// The folder with `initdb`, installing PostgreSQL if there is none.
fn programs() -> Result<PathBuf> {
    if let Some(found) = find_programs() {
        return Ok(found);
    }
    debian::install("testing on PostgreSQL", &["postgresql"])?;
    find_programs().context("postgresql is installed, but its initdb was not found under /usr/lib/postgresql")
}

/// Debian keeps them out of `PATH`, one folder for each version; the newest is taken.
fn find_programs() -> Option<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let version = |path: &Path| path.file_name().and_then(|name| name.to_str()?.parse::<u32>().ok());
    let newest =
        versions.map(|entry| entry.path()).filter(|path| path.join("bin/initdb").is_file()).max_by_key(|path| version(path));
    newest
        .map(|path| path.join("bin"))
        .or_else(|| process::which("initdb").and_then(|file| Some(file.canonicalize().ok()?.parent()?.to_owned())))
}

fn account_id(which: &str) -> Result<u32> {
    let output = Command::new("id").args([which, ACCOUNT]).output()?;
    ensure!(
        output.status.success(),
        "there is no account “{ACCOUNT}” to run PostgreSQL under; make one, or run this as another than root"
    );
    Ok(String::from_utf8(output.stdout)?.trim().parse()?)
}

/// Runs it; what it said is shown only if it failed. Its output goes to a file, as a pipe would stay open as long as the server.
fn quietly(command: &mut Command) -> Result<()> {
    let mut said = tempfile::tempfile()?;
    let status = command.stdin(Stdio::null()).stdout(said.try_clone()?).stderr(said.try_clone()?).status()?;
    if !status.success() {
        use std::io::{Read, Seek};
        let mut text = String::new();
        said.rewind()?;
        said.read_to_string(&mut text)?;
        bail!("{} {status}: {}", command.get_program().to_string_lossy(), text.trim());
    }
    Ok(())
}
