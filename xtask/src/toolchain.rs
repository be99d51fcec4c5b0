//! Parts of the Rust toolchain that the toolchain file names. rustup brings them along when it installs the toolchain by itself, but
//! not where it was told not to, nor to a toolchain that was there before.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};

use crate::build::say;
use crate::process;
use crate::workspace::Workspace;

/// What the browser runs.
pub const WASM: &str = "wasm32-unknown-unknown";

/// Makes the target ready: there already, added through rustup, or asked for.
pub fn ensure_target(workspace: &Workspace, target: &str) -> Result<()> {
    if library_of(&workspace.root, target)?.is_dir() {
        return Ok(());
    }
    if process::which("rustup").is_none() {
        bail!("the Rust target {target} is not installed, and there is no rustup to add it with. Add it to this toolchain");
    }
    say(&format!("adding the Rust target {target}"));
    process::run(Command::new("rustup").args(["target", "add", target]).current_dir(&workspace.root))
        .with_context(|| format!("the Rust target {target} could not be added. Please run: rustup target add {target}"))
}

/// clippy and rustfmt, as the checks need them.
pub fn ensure_component(workspace: &Workspace, component: &str, program: &str) -> Result<()> {
    let answers = Command::new(program).arg("--version").current_dir(&workspace.root).output();
    if answers.is_ok_and(|output| output.status.success()) {
        return Ok(());
    }
    ensure!(process::which("rustup").is_some(), "{program} is not installed. Add {component} to this toolchain");
    say(&format!("adding {component}"));
    process::run(Command::new("rustup").args(["component", "add", component]).current_dir(&workspace.root))
        .with_context(|| format!("{component} could not be added. Please run: rustup component add {component}"))
}

/// Where the target's standard library is, or would be.
fn library_of(root: &Path, target: &str) -> Result<PathBuf> {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output =
        Command::new(rustc).args(["--print", "target-libdir", "--target", target]).current_dir(root).output().context("rustc")?;
    ensure!(output.status.success(), "rustc does not know the target {target}: {}", String::from_utf8_lossy(&output.stderr));
    Ok(PathBuf::from(String::from_utf8(output.stdout)?.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_library_of_the_target_that_built_this_is_there_and_an_invented_one_is_refused() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let host = Command::new("rustc").args(["--print", "host-tuple"]).output().unwrap();
        let host = String::from_utf8(host.stdout).unwrap();
        assert!(library_of(root, host.trim()).unwrap().is_dir());
        assert!(library_of(root, "no-such-machine").is_err());
    }
}
