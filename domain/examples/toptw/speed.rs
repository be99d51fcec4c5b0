//! How fast the solver is, whatever it finds: the same steps natively as elsewhere. One line of JSON for each run.

use std::time::Instant;

use anyhow::{Context, Result};
use domain::trip::orienteering::Solver;

use crate::Options;
use crate::instance::{Instance, Rounding};
use crate::run::instances;

#[derive(serde::Serialize)]
struct Speed<'a> {
    instance: &'a str,
    m: u64,
    steps: u64,
    /// Of the steps alone.
    millis: f64,
    score: u64,
}

pub fn run(options: &Options, steps: u64) -> Result<()> {
    for name in &instances(&options.dir, &options.only)? {
        let file = options.dir.join(format!("{name}.txt"));
        let text = std::fs::read_to_string(&file).with_context(|| file.display().to_string())?;
        let instance = Instance::read(&text, options.rounding.unwrap_or_else(|| Rounding::of_file(name)))?;
        for &m in &options.m.0 {
            let mut solver = Solver::new(instance.problem(m as usize)?, 1);
            let start = Instant::now();
            solver.step(steps);
            let millis = start.elapsed().as_secs_f64() * 1000.0;
            let speed = Speed { instance: name, m, steps, millis, score: solver.best().score };
            println!("{}", serde_json::to_string(&speed)?);
        }
    }
    Ok(())
}
