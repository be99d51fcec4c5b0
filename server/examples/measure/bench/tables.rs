//! A table for each size: a measure a line, an engine a column.

use std::fmt::Write;

use anyhow::Result;

use super::part::Speed;
use super::querylog::Class;
use super::{Column, Run};
use crate::engines::Name;

pub fn markdown(runs: &[Run]) -> Result<String> {
    let mut out = String::new();
    for run in runs {
        table(&mut out, run)?;
    }
    Ok(out)
}

fn table(out: &mut String, run: &Run) -> Result<()> {
    let names: Vec<_> = run.columns.iter().map(|column| column.engine.label()).collect();
    let source = run.source_bytes;
    writeln!(out, "\n{} listings, {:.1} MB of JSON\n", run.documents, source as f64 / 1e6)?;
    writeln!(out, "| | {} | goal |\n|---|{}---:|", names.join(" | "), "---:|".repeat(names.len()))?;
    let mut line = |name: &str, goal: &str, of: &dyn Fn(&Column) -> String| -> Result<()> {
        let cells: Vec<_> = run.columns.iter().map(of).collect();
        Ok(writeln!(out, "| {name} | {} | {goal} |", cells.join(" | "))?)
    };
    let ms = |us: f64| format!("{:.3} ms", us / 1e3);
    let megabytes = |bytes: u64| format!("{:.0} MB", bytes as f64 / 1e6);
    line("one thread, p50", "≤ 0.3 ms", &|c| ms(c.asked.one.p50_us))?;
    line("one thread, p99", "≤ 3 ms", &|c| ms(c.asked.one.p99_us))?;
    line("one thread, queries a second", "", &|c| format!("{:.0}", c.asked.one.per_second))?;
    line("one thread, time on a core for a query", "", &|c| ms(c.asked.one.cpu_us))?;
    line("two threads, queries a second", "", &|c| format!("{:.0}", c.asked.two.per_second))?;
    line("two threads, p99", "", &|c| ms(c.asked.two.p99_us))?;
    for (rival, goal) in [(Name::Bigram, "≥ 5"), (Name::Stock, "")] {
        let Some(rival) = run.columns.iter().find(|column| column.engine == rival) else { continue };
        let label = rival.engine.label();
        let ratio = |mine: f64, other: f64| format!("{:.2}×", mine / other);
        let (one, two) = (rival.asked.one.per_second, rival.asked.two.per_second);
        line(&format!("one thread, of {label}"), goal, &|c| ratio(c.asked.one.per_second, one))?;
        let busy = rival.asked.one.cpu_us;
        line(&format!("one thread, of {label}, by time on a core"), goal, &|c| ratio(busy, c.asked.one.cpu_us))?;
        line(&format!("two threads, of {label}"), goal, &|c| ratio(c.asked.two.per_second, two))?;
    }
    for (at, class) in Class::ALL.into_iter().enumerate() {
        let name = format!("{}: p50, answered", class.label());
        line(&name, "", &|c| format!("{}, {:.0} %", ms(c.asked.p50_us[at]), c.asked.answered[at] * 100.0))?;
    }
    line("short Chinese: first hit has the words", "", &|c| format!("{:.1} %", c.asked.first_holds * 100.0))?;
    line("suggestions, p99", "≤ 1 ms", &|c| c.asked.suggest.as_ref().map_or(String::new(), |s| ms(s.p99_us)))?;
    let live = |c: &Column, say: &dyn Fn(&super::Live) -> String| c.live.as_ref().map_or(String::new(), say);
    line("a change is findable after, at most", "≤ 1000 ms", &|c| live(c, &|l| format!("{:.0} ms", l.findable_ms)))?;
    let of_alone = |speed: &Speed, alone: &Speed| format!("{:.1}×", speed.p99_us / alone.p99_us);
    line("p99 beside changes, of alone", "", &|c| live(c, &|l| of_alone(&l.changing, &l.alone)))?;
    line("p99 beside a rebuild, of alone", "≤ 2×", &|c| live(c, &|l| of_alone(&l.rebuilding, &l.alone)))?;
    let filled = |c: &Column, say: &dyn Fn(&super::Filled) -> String| c.filled.as_ref().map_or(String::new(), say);
    let rate = |seconds: f64| format!("{:.0}/s", run.documents as f64 / seconds);
    line("filling, end to end", "≥ 15000/s", &|c| filled(c, &|f| rate(f.seconds)))?;
    line("filling, listings for a second on a core", "", &|c| filled(c, &|f| rate(f.cpu_seconds)))?;
    line("filling, peak memory", "", &|c| filled(c, &|f| megabytes(f.peak_bytes)))?;
    line("index, of the JSON", "≤ 1.5×", &|c| filled(c, &|_| format!("{:.2}×", c.index_bytes as f64 / source as f64)))?;
    line("opening", "≤ 500 ms at a million", &|c| format!("{:.0} ms", c.asked.open_ms))?;
    let goal = "≤ 250 MB at 100,000, ≤ 1.2 GB at a million";
    line("resident, opened", "", &|c| megabytes(c.asked.opened_bytes))?;
    line("resident, after all queries", goal, &|c| megabytes(c.asked.resident_bytes))
}
