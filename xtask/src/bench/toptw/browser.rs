//! The solver in Chromium beside the native one.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::build::say;
use crate::test::browser;
use crate::workspace::Workspace;
use crate::{process, wasm};

struct Run {
    instance: String,
    m: u64,
    steps: f64,
    millis: f64,
    score: u64,
}

impl Run {
    fn read(line: &str) -> Result<Self> {
        let json: Value = serde_json::from_str(line).with_context(|| line.to_owned())?;
        let number = |name: &str| json[name].as_f64().with_context(|| format!("{line}: no {name}"));
        Ok(Self {
            instance: json["instance"].as_str().unwrap_or_default().to_owned(),
            m: number("m")? as u64,
            steps: number("steps")?,
            millis: number("millis")?,
            score: number("score")? as u64,
        })
    }

    fn rate(&self) -> f64 {
        self.steps / self.millis * 1000.0
    }
}

fn runs(printed: &str) -> Result<Vec<Run>> {
    printed.lines().filter(|line| line.starts_with('{')).map(Run::read).collect()
}

/// `native` is what the native solver has printed.
pub fn compare(workspace: &Workspace, dir: &Path, native: &str) -> Result<()> {
    say("building the solver for browsers");
    let bound = wasm::solver(workspace)?;
    let folder = tempfile::tempdir()?;
    std::fs::write(folder.path().join("toptw.wasm"), bound.wasm)?;
    std::fs::write(folder.path().join("toptw.js"), bound.glue)?;
    std::fs::write(folder.path().join("runs.jsonl"), native)?;
    let specs = workspace.root.join("tests/browser");
    browser::node()?;
    browser::packages(&specs, &workspace.cache())?;
    say("the same steps in Chromium");
    let mut node = Command::new("node");
    node.current_dir(&specs).env("CHROMIUM", browser::chromium()?);
    let dir = dir.canonicalize().with_context(|| dir.display().to_string())?;
    let printed = process::output(node.arg("bench/toptw.mjs").arg(folder.path()).arg(dir))?;
    print_table(&runs(native)?, &runs(&printed)?)
}

fn print_table(native: &[Run], wasm: &[Run]) -> Result<()> {
    ensure!(native.len() == wasm.len() && !native.is_empty(), "{} runs here, {} in Chromium", native.len(), wasm.len());
    println!("instance  m   native steps/s    wasm steps/s   native / wasm   scores");
    let mut ratios = Vec::new();
    for (here, there) in native.iter().zip(wasm) {
        let ratio = here.rate() / there.rate();
        ratios.push(ratio);
        println!(
            "{:<8} {:>2} {:>16.0} {:>15.0} {:>14.2}x   {} {}",
            here.instance,
            here.m,
            here.rate(),
            there.rate(),
            ratio,
            here.score,
            there.score
        );
    }
    let worst = ratios.iter().copied().fold(0.0, f64::max);
    println!("\nwasm time over native time {:.2} runs={} worst={worst:.2}", geometric_mean(&ratios), ratios.len());
    Ok(())
}

fn geometric_mean(ratios: &[f64]) -> f64 {
    (ratios.iter().map(|ratio| ratio.ln()).sum::<f64>() / ratios.len() as f64).exp()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_printed_is_read_and_compared() {
        let line = r#"{"instance":"brook","m":2,"steps":2000,"millis":500.0,"score":65}"#;
        let read = runs(&format!("building\n{line}\n")).unwrap();
        assert_eq!((read.len(), read[0].rate(), read[0].score), (1, 4000.0, 65));
        assert!(print_table(&read, &[]).is_err(), "a run is missing");
        assert!((geometric_mean(&[1.0, 4.0]) - 2.0).abs() < 1e-9);
    }
}
