//! The program that measures the search: an example of the server, so that it sees what the server sees.

use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;

use crate::workspace::Workspace;
use crate::{interrupt, process};

pub fn build(workspace: &Workspace, release: bool) -> Result<PathBuf> {
    let mut cargo = workspace.cargo();
    cargo.args(["build", "--package", "server", "--example", "measure"]);
    if release {
        cargo.arg("--release");
    }
    process::run(&mut cargo)?;
    Ok(workspace.target.join(if release { "release" } else { "debug" }).join("examples/measure"))
}

/// `cargo xtask relevance`: whatever follows is for the program itself.
pub fn relevance(workspace: &Workspace, arguments: &[String]) -> Result<()> {
    interrupt::watch()?;
    let program = build(workspace, true)?;
    process::run(Command::new(program).arg("relevance").args(arguments).current_dir(&workspace.root))
}

/// Compares with the baseline that is kept; the last line that it prints.
pub fn check_relevance(workspace: &Workspace) -> Result<String> {
    let program = build(workspace, false)?;
    let mut command = Command::new(program);
    let said = process::output(command.args(["relevance", "--check"]).current_dir(&workspace.root))?;
    print!("{said}");
    Ok(said.lines().last().unwrap_or_default().to_owned())
}
