//! The tests that need a browser: Node.js runs the specs of `tests/browser`, which drive Chromium.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use super::tally::{self, Tally};
use crate::process::{Running, which};
use crate::workspace::Workspace;
use crate::{compress, debian, process};

const FOR: &str = "testing in a browser";

/// Runs every `*.spec.mjs` against `server` and counts, and gathers what failing stories said.
pub fn run(workspace: &Workspace, server: &Path) -> Result<(Tally, bool, Vec<String>)> {
    ensure!(server.is_file(), "there is no server to test: it was not built");
    let folder = workspace.root.join("tests/browser");
    let specs = specs(&folder)?;
    ensure!(!specs.is_empty(), "tests/browser holds no *.spec.mjs");
    let chromium = chromium()?;
    fonts()?;
    node()?;
    packages(&folder, &workspace.cache())?;

    let report = workspace.target.join("browser-tests.tap");
    let mut node = Command::new("node");
    node.current_dir(&folder).env("XIAOXIANG_BIN", server).env("CHROMIUM", chromium);
    node.args(["--test", "--test-reporter=spec", "--test-reporter-destination=stdout"]);
    node.arg("--test-reporter=tap").arg(format!("--test-reporter-destination={}", report.display())).args(specs);
    let passed = Running::start(&mut node)?.wait()?.success();
    let report = fs::read_to_string(&report).context("node left no report")?;
    Ok((tally::of_tap(&report), passed, tally::said_in_tap(&report)))
}

fn specs(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| folder.display().to_string())?;
    let mut specs: Vec<_> =
        entries.flatten().map(|entry| entry.path()).filter(|path| path.to_string_lossy().ends_with(".spec.mjs")).collect();
    specs.sort();
    Ok(specs)
}

pub fn chromium() -> Result<PathBuf> {
    let find = || {
        let named = std::env::var_os("CHROMIUM").map(PathBuf::from);
        named.or_else(|| ["chromium", "chromium-browser", "google-chrome"].into_iter().find_map(which))
    };
    if let Some(found) = find() {
        return Ok(found);
    }
    debian::install(FOR, &["chromium"])?;
    find().context("chromium is installed, but is not in PATH")
}

/// Without a Chinese font every page is boxes, and the tests of layout would measure boxes.
fn fonts() -> Result<()> {
    let has_chinese =
        || Command::new("fc-list").args([":lang=zh-cn", "family"]).output().is_ok_and(|output| !output.stdout.is_empty());
    if !has_chinese() {
        debian::install(FOR, &["fontconfig", "fonts-noto-cjk"])?;
        ensure!(has_chinese(), "fonts-noto-cjk is installed, but fc-list knows no Chinese font");
    }
    Ok(())
}

pub fn node() -> Result<()> {
    if which("node").is_none() || which("npm").is_none() {
        debian::install(FOR, &["nodejs", "npm"])?;
    }
    let output = Command::new("node").arg("--version").output().context("node")?;
    let version = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    let major: u32 = version.trim_start_matches('v').split('.').next().and_then(|major| major.parse().ok()).unwrap_or(0);
    ensure!(major >= 18, "{FOR} needs Node.js 18 or newer, and this is {version}");
    Ok(())
}

/// Installs what the lock file names, unless that was the last thing installed here.
pub fn packages(folder: &Path, cache: &Path) -> Result<()> {
    let lock = fs::read(folder.join("package-lock.json")).context("tests/browser/package-lock.json")?;
    // The folder belongs to the name: two checkouts may share a target folder.
    let installed = cache.join(format!("{}.npm", compress::hash(&[&lock, folder.as_os_str().as_encoded_bytes()].concat())));
    if installed.exists() && folder.join("node_modules").exists() {
        return Ok(());
    }
    let mut npm = Command::new("npm");
    process::run(npm.current_dir(folder).args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]))?;
    fs::create_dir_all(cache)?;
    Ok(fs::write(installed, [])?)
}
