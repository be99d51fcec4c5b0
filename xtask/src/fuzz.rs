//! `cargo xtask fuzz`: looks for texts that break the laws of `tests/fuzz`.

use std::path::Path;
use std::process::Command;

use anyhow::Result;

use crate::build::say;
use crate::workspace::Workspace;
use crate::{interrupt, process};

#[derive(clap::Args)]
pub struct Options {
    /// For each of the two: the query parser with the search behind it, and the highlighter.
    #[arg(long, default_value_t = 10)]
    minutes: u64,
}

/// Longer texts are cut before anything looks at them.
const LONGEST: u32 = 600;

pub fn fuzz(workspace: &Workspace, options: &Options) -> Result<()> {
    interrupt::watch()?;
    say("building with branches counted");
    let folder = workspace.root.join("tests/fuzz");
    let mut cargo = workspace.cargo();
    cargo.args(["build", "--release", "--package", "fuzz", "--features", "libfuzzer", "--bins"]);
    process::run(cargo.env("RUSTC_WORKSPACE_WRAPPER", folder.join("instrument.sh")))?;
    for name in ["query", "marking"] {
        let program = workspace.target.join("release").join(format!("fuzz-{name}"));
        let kept = folder.join("corpus").join(name);
        let found = workspace.target.join("fuzz").join(name);
        std::fs::create_dir_all(&found)?;
        say(&format!("{name}, for {} minutes", options.minutes));
        let limits =
            [format!("-max_total_time={}", options.minutes * 60), format!("-max_len={LONGEST}"), "-timeout=10".to_owned()];
        run(&program, &[&[path(&found), path(&kept)], &limits.each_ref().map(String::as_str)[..]].concat(), &found)?;
        // of all that was found, what reaches something that nothing kept reaches
        run(&program, &["-set_cover_merge=1", path(&kept), path(&found)], &found)?;
    }
    Ok(())
}

/// In `at`, where a text that breaks a law is left behind.
fn run(program: &Path, arguments: &[&str], at: &Path) -> Result<()> {
    process::run(Command::new(program).args(arguments).current_dir(at))
}

fn path(of: &Path) -> &str {
    of.to_str().unwrap_or_default()
}
