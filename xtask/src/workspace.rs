//! Where things are, and how cargo is called.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

pub struct Workspace {
    /// The checkout.
    pub root: PathBuf,
    /// Where cargo builds to; honours every way cargo has of saying so.
    pub target: PathBuf,
    /// The documentation folders of the workspace's own libraries and binaries.
    pub documented: Vec<String>,
}

impl Workspace {
    pub fn find() -> Result<Self> {
        // `cargo run` says where we are; a binary started by hand knows only where it was built.
        let here = std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
        let mut command = cargo_in(Path::new(&here));
        let output = command.args(["metadata", "--format-version", "1", "--no-deps"]).output().context("cargo metadata")?;
        ensure!(output.status.success(), "cargo metadata failed:\n{}", String::from_utf8_lossy(&output.stderr));
        let metadata: serde_json::Value = serde_json::from_slice(&output.stdout)?;
        let path = |name: &str| metadata[name].as_str().map(PathBuf::from).with_context(|| format!("cargo metadata: no {name}"));
        let targets = metadata["packages"].as_array().into_iter().flatten().flat_map(|package| package["targets"].as_array());
        let documented = targets
            .flatten()
            .filter(|target| target["doc"] == true)
            .filter_map(|target| Some(target["name"].as_str()?.replace('-', "_")))
            .collect();
        Ok(Self { root: path("workspace_root")?, target: path("target_directory")?, documented })
    }

    pub fn cargo(&self) -> Command {
        cargo_in(&self.root)
    }

    /// The server's binary, as `build` leaves it.
    pub fn server(&self, release: bool) -> PathBuf {
        self.target.join(if release { "release" } else { "debug" }).join("xiaoxiang")
    }

    pub fn site(&self) -> PathBuf {
        self.target.join("site")
    }

    /// Results of slow steps, named by the hash of what went in.
    pub fn cache(&self) -> PathBuf {
        self.target.join("site-cache")
    }
}

/// Cargo without the variables that `cargo run` sets for us: some build scripts watch them and would run again for nothing.
fn cargo_in(folder: &Path) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    for (name, _) in std::env::vars_os() {
        let name_text = name.to_string_lossy();
        if name_text.starts_with("CARGO_PKG_") || name_text.starts_with("CARGO_MANIFEST_") {
            command.env_remove(&name);
        }
    }
    command.current_dir(folder);
    command
}
