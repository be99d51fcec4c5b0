//! `cargo xtask serve`: build, run, and with `--watch` build and run again.

use std::collections::BTreeMap;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, SystemTime};

use anyhow::{Context, Result};

use crate::build::{self, say};
use crate::interrupt;
use crate::process::Running;
use crate::workspace::Workspace;

#[derive(clap::Args)]
pub struct Options {
    /// Where to listen.
    #[arg(long, env = "XIAOXIANG_ADDR", default_value = "127.0.0.1:3000")]
    addr: String,
    /// The folder of the database and the index [default: data/ in the checkout].
    #[arg(long, env = "XIAOXIANG_DATA_DIR", value_name = "DIR")]
    data: Option<PathBuf>,
    /// Serve the optimised build.
    #[arg(long)]
    release: bool,
    /// Build MapLibre GL JS from npm in, as `build` does.
    #[arg(long)]
    with_maplibre: bool,
    /// Build and restart when a source file changes; open pages reload by themselves.
    #[arg(long)]
    watch: bool,
}

pub fn serve(workspace: &Workspace, options: Options) -> Result<()> {
    let build = build::Options { release: options.release, live_reload: options.watch, with_maplibre: options.with_maplibre };
    if options.watch {
        return watch(workspace, &options, build);
    }
    let binary = build::everything(workspace, build)?;
    say(&format!("starting on {}", options.addr));
    // In our place: signals reach the server itself, and its end is ours.
    Err(command(workspace, &options, &binary).exec()).with_context(|| binary.display().to_string())
}

fn command(workspace: &Workspace, options: &Options, binary: &Path) -> Command {
    let data = options.data.clone().unwrap_or_else(|| workspace.root.join("data"));
    let mut command = Command::new(binary);
    command.arg("serve").env("XIAOXIANG_ADDR", &options.addr).env("XIAOXIANG_DATA_DIR", data);
    command
}

fn watch(workspace: &Workspace, options: &Options, build: build::Options) -> Result<()> {
    interrupt::watch()?;
    let mut running: Option<Running> = None;
    loop {
        let built_from = sources(&workspace.root);
        match build::everything(workspace, build) {
            Ok(binary) => {
                // The old one ends first: it holds the port and the index.
                drop(running.take());
                say(&format!("starting on {}", options.addr));
                running = Some(Running::start(command(workspace, options, &binary).env("XIAOXIANG_DEV_RELOAD", "1"))?);
            }
            Err(_) if interrupt::happened() => return Ok(()),
            Err(error) => say(&format!("not built: {error:#}; waiting for a change")),
        }
        if wait_for_change(workspace, &built_from, &mut running).is_err() {
            say("stopping");
            return Ok(());
        }
    }
}

/// Returns when the sources have changed and then rested; an error is an interruption.
fn wait_for_change(workspace: &Workspace, built_from: &Sources, running: &mut Option<Running>) -> Result<()> {
    let mut last = built_from.clone();
    loop {
        interrupt::sleep(Duration::from_millis(500))?;
        if let Some(status) = running.as_mut().map(Running::ended).transpose()?.flatten() {
            say(&format!("the server ended ({status}); waiting for a change"));
            *running = None;
        }
        let now = sources(&workspace.root);
        if now == last && now != *built_from {
            let changed = now.iter().find(|(path, stamp)| built_from.get(*path) != Some(*stamp)).map(|(path, _)| path);
            let changed = changed.and_then(|path| path.strip_prefix(&workspace.root).ok());
            say(&changed.map_or("a file is gone".into(), |path| format!("{} changed", path.display())));
            return Ok(());
        }
        last = now;
    }
}

/// Every source file with when it changed and how long it is.
type Sources = BTreeMap<PathBuf, (Option<SystemTime>, u64)>;

fn sources(root: &Path) -> Sources {
    let mut found = Sources::new();
    let mut folders: Vec<PathBuf> =
        ["domain", "app", "server", "style", "public", "migrations"].map(|name| root.join(name)).into();
    // A file may vanish while we look; that is a change, not an error.
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            match entry.metadata() {
                Ok(data) if data.is_dir() => folders.push(entry.path()),
                Ok(data) => {
                    found.insert(entry.path(), (data.modified().ok(), data.len()));
                }
                Err(_) => {}
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_a_changed_and_a_removed_file_are_changes() {
        let root = tempfile::tempdir().unwrap();
        let file = root.path().join("style/main.css");
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        let empty = sources(root.path());
        std::fs::write(&file, "a{}").unwrap();
        let written = sources(root.path());
        assert_ne!(empty, written);
        assert_eq!(written, sources(root.path()), "looking is no change");
        std::fs::write(&file, "a{color:red}").unwrap();
        assert_ne!(written, sources(root.path()));
        std::fs::remove_file(&file).unwrap();
        assert_eq!(empty, sources(root.path()));
    }
}
