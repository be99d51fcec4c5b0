//! Steps: named, timed, kept for the summary.

use std::time::{Duration, Instant};

use anyhow::Result;

use super::tally::Tally;
use crate::interrupt;

/// How a step came out.
pub struct Outcome {
    pub ok: bool,
    pub tally: Tally,
    /// A word for the summary: a count, a size, why it failed.
    pub note: String,
    /// What each failing test said, for the foot of a long log.
    pub said: Vec<String>,
}

impl Outcome {
    pub fn ok(note: impl Into<String>) -> Self {
        Self { ok: true, tally: Tally::default(), note: note.into(), said: Vec::new() }
    }

    fn failed(note: impl Into<String>) -> Self {
        Self { ok: false, ..Self::ok(note) }
    }
}

struct Step {
    name: &'static str,
    took: Duration,
    outcome: Outcome,
}

#[derive(Default)]
pub struct Report {
    steps: Vec<Step>,
}

impl Report {
    /// Runs a step. What it makes is handed back for later steps; none when it failed.
    pub fn step<T>(&mut self, name: &'static str, run: impl FnOnce() -> Result<(Outcome, T)>) -> Option<T> {
        let began = Instant::now();
        let (outcome, made) = if interrupt::happened() {
            (Outcome::failed("not run: interrupted"), None)
        } else {
            println!("\n━━ {name}");
            match run() {
                Ok((outcome, made)) => (outcome, Some(made)),
                Err(error) => (Outcome::failed(format!("{error:#}")), None),
            }
        };
        let took = began.elapsed();
        println!("━━ {name}: {} ({:.1} s) {}", word(outcome.ok), took.as_secs_f32(), outcome.note);
        self.steps.push(Step { name, took, outcome });
        made
    }

    /// A step that makes nothing.
    pub fn check(&mut self, name: &'static str, run: impl FnOnce() -> Result<Outcome>) {
        self.step(name, || Ok((run()?, ())));
    }

    pub fn all_ok(&self) -> bool {
        self.steps.iter().all(|step| step.outcome.ok)
    }

    /// Tests passed and failed; a step that failed without a failing test counts as one.
    pub fn totals(&self) -> (u64, u64) {
        let passed = self.steps.iter().map(|step| step.outcome.tally.passed).sum();
        let failed = self.steps.iter().map(|step| step.outcome.tally.failed.max(u64::from(!step.outcome.ok))).sum();
        (passed, failed)
    }

    pub fn print(&self) {
        println!("\n━━ summary");
        for Step { name, took, outcome } in &self.steps {
            let note = outcome.note.lines().next().unwrap_or_default();
            println!("{:6} {:>7.1} s  {name:<28} {note}", word(outcome.ok), took.as_secs_f32());
        }
        for said in self.steps.iter().flat_map(|step| &step.outcome.said) {
            println!("\n{said}");
        }
        let (passed, failed) = self.totals();
        println!("\ntests: {passed} passed, {failed} failed");
    }
}

fn word(ok: bool) -> &'static str {
    if ok { "ok" } else { "FAILED" }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(passed: u64, failed: u64) -> Result<Outcome> {
        Ok(Outcome { ok: failed == 0, tally: Tally { passed, failed, ignored: 0 }, ..Outcome::ok("") })
    }

    #[test]
    fn a_step_that_fails_without_a_failing_test_counts_as_one() {
        let mut report = Report::default();
        report.check("tests", || counted(7, 2));
        report.check("lints", || anyhow::bail!("a warning"));
        report.check("more tests", || counted(3, 0));
        assert_eq!(report.totals(), (10, 3));
        assert!(!report.all_ok());
    }

    #[test]
    fn later_steps_run_though_an_earlier_one_failed() {
        let mut report = Report::default();
        let made: Option<()> = report.step("broken", || anyhow::bail!("no"));
        assert_eq!(made, None);
        assert_eq!(report.step("whole", || Ok((Outcome::ok("fine"), 5))), Some(5));
    }
}
