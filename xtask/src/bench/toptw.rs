//! `bench toptw`: the solver that chooses stops for a trip, on published instances.

mod browser;

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};

use crate::build::say;
use crate::process;
use crate::workspace::Workspace;

#[derive(clap::Args)]
#[group(skip)]
pub struct Options {
    /// Where `toptw` finds `NAME.txt` of each instance and `reference.csv`.
    #[arg(long, value_name = "DIR", help_heading = "toptw")]
    dir: Option<PathBuf>,
    /// Numbers of tours: `1..4` (with both ends), `2`, `1,3`.
    #[arg(long, value_name = "NUMBERS", default_value = "1..4", help_heading = "toptw")]
    m: String,
    /// Time budgets in milliseconds, written likewise; each is by the clock on the wall, on one core, from the instance in memory
    /// to the answer.
    #[arg(long, value_name = "NUMBERS", default_value = "100,1000", help_heading = "toptw")]
    millis: String,
    /// How many seeds. The gap is (reference - score) / reference, below 0 where the score is better than the column `best`;
    /// the mean is over instances, numbers of tours and seeds.
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u64).range(1..), help_heading = "toptw")]
    seeds: u64,
    /// How travel times are rounded down: `solomon` to one decimal, `cordeau` to two; by default the latter where a file's name
    /// starts with `pr`.
    #[arg(long, value_name = "CUSTOM", value_parser = ["solomon", "cordeau"], help_heading = "toptw")]
    rounding: Option<String>,
    /// Only instances whose name starts with one of these.
    #[arg(long, value_name = "NAMES", help_heading = "toptw")]
    only: Option<String>,
    /// Where `toptw` writes all tours, and `search` what it has measured.
    #[arg(long, value_name = "FILE", help_heading = "toptw")]
    pub json: Option<PathBuf>,
    /// Instead of all that: how fast the wasm is that browsers get, in Chromium, beside the native solver. As many steps for each
    /// instance and number of tours, first here, then there.
    #[arg(long, help_heading = "toptw")]
    browser: bool,
    /// Steps of a run with `--browser`.
    #[arg(long, default_value_t = 20_000, value_parser = clap::value_parser!(u64).range(1..), help_heading = "toptw")]
    steps: u64,
}

/// Prints as it goes; the last lines are the mean gap of each budget.
pub fn bench(workspace: &Workspace, options: &Options) -> Result<()> {
    let dir = options.dir.as_ref().context("`bench toptw` needs --dir, a folder of instances")?;
    say("building the solver");
    process::run(workspace.cargo().args(["build", "--package", "domain", "--example", "toptw", "--release"]))?;
    let mut command = Command::new(workspace.target.join("release/examples/toptw"));
    command.arg("--dir").arg(dir);
    if options.browser {
        command.args(["--m", &options.m, "--steps", &options.steps.to_string()]);
        command.args(options.only.iter().flat_map(|only| ["--only", only]));
        return browser::compare(workspace, dir, &process::output(&mut command)?);
    }
    command.args(["--m", &options.m, "--millis", &options.millis, "--seeds", &options.seeds.to_string()]);
    for (name, value) in [("--rounding", &options.rounding), ("--only", &options.only)] {
        if let Some(value) = value {
            command.args([name, value]);
        }
    }
    if let Some(file) = &options.json {
        command.arg("--json").arg(file);
    }
    process::run(&mut command)
}
