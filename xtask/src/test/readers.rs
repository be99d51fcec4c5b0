//! The files a trip is exported as, read by other people's programs: Python runs `tests/readers` in an environment of its own.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use super::tally::{self, Tally};
use crate::workspace::Workspace;
use crate::{compress, debian, process};

const FOR: &str = "reading exported trips with other programs";

/// Runs every `test_*.py` against `server` and counts.
pub fn run(workspace: &Workspace, server: &Path) -> Result<(Tally, bool, Vec<String>)> {
    ensure!(server.is_file(), "there is no server to test: it was not built");
    let folder = workspace.root.join("tests/readers");
    let python = environment(&folder, &workspace.target.join("readers"))?;
    // No compiled copies beside the sources.
    let mut command = Command::new(python);
    super::count_tests(command.arg("-B").arg(folder.join("run.py")).env("XIAOXIANG_BIN", server), tally::of_python_line)
}

/// A Python that has exactly what `requirements.txt` names: its path.
fn environment(folder: &Path, environment: &Path) -> Result<PathBuf> {
    let named = folder.join("requirements.txt");
    let wanted = compress::hash(&fs::read(&named).with_context(|| named.display().to_string())?);
    let (python, installed) = (environment.join("bin/python"), environment.join("installed"));
    // One that lost its interpreter, as after an upgrade of the system, is made anew.
    let works = || Command::new(&python).arg("--version").output().is_ok_and(|output| output.status.success());
    if fs::read_to_string(&installed).is_ok_and(|has| has == wanted) && works() {
        return Ok(python);
    }
    let can_make =
        || Command::new("python3").args(["-c", "import ensurepip, venv"]).output().is_ok_and(|made| made.status.success());
    if !can_make() {
        debian::install(FOR, &["python3", "python3-venv"])?;
        ensure!(can_make(), "python3-venv is installed, but python3 cannot make an environment");
    }
    process::run(Command::new("python3").args(["-m", "venv", "--clear"]).arg(environment))?;
    let mut pip = Command::new(&python);
    pip.args(["-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check", "--requirement"]);
    process::run(pip.arg(&named)).with_context(|| format!("{FOR} needs what {} names", named.display()))?;
    fs::write(&installed, wanted)?;
    Ok(python)
}
