//! `cargo xtask test`: everything that must hold, in one go.

pub mod browser;
mod postgres;
mod readers;
mod report;
mod tally;

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Result, bail};

use crate::compress::{self, Effort};
use crate::process::{self, Running};
use crate::workspace::Workspace;
use crate::{build, interrupt, measure, site, toolchain};
use postgres::Cluster;
use report::{Outcome, Report};
use tally::{Said, Tally};

/// What the browser part may weigh on the wire.
const WASM_BUDGET: usize = 120_000;
/// What workers load to make pages without a signal: once, and only for who takes a trip along.
const OFFLINE_BUDGET: usize = 1_000_000;
/// What a worker loads to choose stops, for who begins to plan.
const PLANNER_BUDGET: usize = 320_000;

pub fn test(workspace: &Workspace) -> Result<()> {
    interrupt::watch()?;
    let mut report = Report::default();
    // With the detailed map, which no page offers unless a story sets tiles.
    let options = build::Options { release: false, live_reload: false, with_maplibre: true };

    report.check("toolchain", || {
        toolchain::ensure_component(workspace, "rustfmt", "rustfmt")?;
        toolchain::ensure_component(workspace, "clippy", "cargo-clippy")?;
        toolchain::ensure_target(workspace, toolchain::WASM)?;
        Ok(Outcome::ok(""))
    });
    report.check("format", || cargo(workspace, &["fmt", "--all", "--check"]));
    report.check("lints", || clippy(workspace, &["--workspace", "--all-targets"]));
    report.check("lints, app for the server", || clippy(workspace, &["--package", "app", "--all-targets", "--features", "ssr"]));
    report.check("lints, app for the browser", || {
        clippy(workspace, &["--package", "app", "--lib", "--features", "hydrate", "--target", toolchain::WASM])
    });
    let sizes = report.step("browser part", || {
        let sizes = build::browser(workspace, options)?;
        build::print_sizes(&sizes);
        Ok((Outcome::ok(""), sizes))
    });
    report.check("wasm size", || wasm_size(workspace, sizes, "wasm", WASM_BUDGET));
    report.check("wasm size, without a signal", || wasm_size(workspace, sizes, "offline_wasm", OFFLINE_BUDGET));
    report.check("wasm size, planner", || wasm_size(workspace, sizes, "planner_wasm", PLANNER_BUDGET));
    report.step("server", || Ok((Outcome::ok(""), build::server(workspace, false)?)));
    let cluster = report.step("PostgreSQL", || {
        let cluster = Cluster::start()?;
        Ok((Outcome::ok(cluster.version()), cluster))
    });
    report.check("Rust tests", || rust_tests(workspace, cluster.as_ref()));
    drop(cluster);
    report.check("relevance", || Ok(Outcome::ok(measure::check_relevance(workspace)?)));
    report.check("browser tests", || {
        let (tally, passed, said) = browser::run(workspace, &workspace.server(false))?;
        Ok(counted(tally, passed && tally.passed > 0, said))
    });
    report.check("exported trips", || {
        let (tally, passed, said) = readers::run(workspace, &workspace.server(false))?;
        Ok(counted(tally, passed && tally.passed > 0, said))
    });
    report.check("documentation", || documentation(workspace));

    report.print();
    if !report.all_ok() {
        // The summary has said it; its line of counts is the last.
        std::process::exit(1);
    }
    Ok(())
}

fn cargo(workspace: &Workspace, arguments: &[&str]) -> Result<Outcome> {
    process::run(workspace.cargo().args(arguments))?;
    Ok(Outcome::ok(""))
}

fn clippy(workspace: &Workspace, what: &[&str]) -> Result<Outcome> {
    cargo(workspace, &[&["clippy"], what, &["--", "-D", "warnings"]].concat())
}

fn wasm_size(workspace: &Workspace, sizes: Option<site::Sizes>, which: &str, budget: usize) -> Result<Outcome> {
    if sizes.is_none() {
        bail!("the browser part was not built");
    }
    let manifest = std::fs::read(workspace.site().join("manifest.json"))?;
    let manifest: serde_json::Value = serde_json::from_slice(&manifest)?;
    let path = manifest[which].as_str().unwrap_or_default().trim_start_matches('/');
    let wasm = std::fs::read(workspace.site().join(path))?;
    let size = compress::brotli(&wasm, Effort::Best, &workspace.cache())?.len();
    let note = format!("{size} bytes brotli of {budget}");
    Ok(Outcome { ok: size <= budget, ..Outcome::ok(note) })
}

/// All Rust tests; with a cluster at hand they run on PostgreSQL as well as on SQLite.
fn rust_tests(workspace: &Workspace, cluster: Option<&Cluster>) -> Result<Outcome> {
    let (mut tally, mut passed, mut said) = (Tally::default(), true, Vec::new());
    // These commands apart: what they are built from is there already, in the form in which it runs now.
    for packages in [&["--workspace", "--exclude", "xtask"][..], &["--package", "xtask"]] {
        let mut command = workspace.cargo();
        command.args(["test", "--no-fail-fast"]).args(packages).env("XIAOXIANG_BIN", workspace.server(false));
        if let Some(cluster) = cluster {
            command.env("XIAOXIANG_TEST_POSTGRES", cluster.url());
        }
        let (more, well, failures) = count_tests(&mut command, tally::of_line)?;
        tally += more;
        passed &= well;
        said.extend(failures);
    }
    let mut outcome = counted(tally, passed, said);
    if cluster.is_none() {
        outcome.note.push_str("; without PostgreSQL");
    }
    Ok(outcome)
}

/// Runs it, passing on what it prints, counts the tests in it, and gathers what failing ones said.
fn count_tests(command: &mut Command, of_line: fn(&str) -> Option<Tally>) -> Result<(Tally, bool, Vec<String>)> {
    let mut running = Running::start(command.stdout(Stdio::piped()))?;
    let printed = running.child.stdout.take();
    let reader = std::thread::spawn(move || {
        let (mut tally, mut failures) = (Tally::default(), Said::default());
        for line in printed.into_iter().flat_map(|pipe| BufReader::new(pipe).lines()).map_while(Result::ok) {
            println!("{line}");
            tally += of_line(&line).unwrap_or_default();
            failures.line(&line);
        }
        (tally, failures.said)
    });
    let status = running.wait()?;
    let Ok((tally, said)) = reader.join() else { bail!("counting the tests failed") };
    Ok((tally, status.success(), said))
}

fn counted(tally: Tally, ok: bool, said: Vec<String>) -> Outcome {
    let note = format!("{} passed, {} failed, {} ignored", tally.passed, tally.failed, tally.ignored);
    Outcome { ok: ok && tally.failed == 0, tally, note, said }
}

fn documentation(workspace: &Workspace) -> Result<Outcome> {
    process::run(
        workspace
            .cargo()
            .args(["doc", "--workspace", "--no-deps", "--document-private-items"])
            .env("RUSTDOCFLAGS", "-D warnings"),
    )?;
    let written = |name: &&String| Path::new(&workspace.target).join("doc").join(name).join("index.html").is_file();
    Ok(Outcome::ok(format!("{} documents", workspace.documented.iter().filter(written).count())))
}
