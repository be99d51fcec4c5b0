//! Every instance, every number of tours, every budget, every seed, one after the other.

use std::collections::HashMap;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use domain::trip::orienteering::Solver;

use crate::instance::{Instance, Rounding};
use crate::table::{self, Cell};
use crate::{Options, verify};

#[derive(serde::Serialize)]
struct Answer {
    instance: String,
    m: u64,
    millis: u64,
    seed: u64,
    score: u64,
    tours: Vec<Vec<usize>>,
}

/// Best known scores by instance and number of tours.
type Reference = HashMap<(String, u64), f64>;

/// Whether all tours keep the rules.
pub fn run(options: &Options) -> Result<bool> {
    let names = instances(&options.dir, &options.only)?;
    let reference = reference(&options.dir)?;
    let mut answers = Vec::new();
    let mut summaries = Vec::new();
    for &millis in &options.millis.0 {
        println!("{}", table::HEAD);
        let mut cells = Vec::new();
        for name in &names {
            let file = options.dir.join(format!("{name}.txt"));
            let text = std::fs::read_to_string(&file).with_context(|| file.display().to_string())?;
            let rounding = options.rounding.unwrap_or_else(|| Rounding::of_file(name));
            let instance = Instance::read(&text, rounding).with_context(|| file.display().to_string())?;
            for &m in &options.m.0 {
                let best = reference.get(&(name.clone(), m)).copied();
                let mut cell = Cell { instance: name.clone(), m, millis, reference: best, scores: Vec::new(), infeasible: 0 };
                for seed in 1..=options.seeds {
                    let (score, tours) = solve(&instance, m, Duration::from_millis(millis), seed)?;
                    if let Err(why) = verify::verify(&text, rounding.decimals(), m as usize, &tours, score) {
                        eprintln!("{name} m={m} millis={millis} seed={seed}: {why:#}");
                        cell.infeasible += 1;
                    }
                    cell.scores.push(score);
                    answers.push(Answer { instance: name.clone(), m, millis, seed, score, tours });
                }
                println!("{cell}");
                cells.push(cell);
            }
        }
        println!();
        summaries.push((millis, cells));
    }
    if let Some(file) = &options.json {
        std::fs::write(file, serde_json::to_vec(&answers)?).with_context(|| file.display().to_string())?;
    }
    for (millis, cells) in &summaries {
        println!("{}", table::summary(cells, names.len(), *millis));
    }
    Ok(summaries.iter().flat_map(|(_, cells)| cells).all(|cell| cell.infeasible == 0))
}

/// The score and, for each tour, the vertices in the order of the visits.
fn solve(instance: &Instance, m: u64, budget: Duration, seed: u64) -> Result<(u64, Vec<Vec<usize>>)> {
    let start = Instant::now();
    let mut solver = Solver::new(instance.problem(m as usize)?, seed);
    solver.run(|| {
        let gone = start.elapsed().as_secs_f64() / budget.as_secs_f64();
        (gone < 1.0).then_some(gone)
    });
    let plan = solver.best();
    let tours = plan.tours.iter().map(|tour| tour.iter().map(|visit| visit + 1).collect()).collect();
    Ok((plan.score, tours))
}

pub fn instances(dir: &Path, only: &[String]) -> Result<Vec<String>> {
    let files = std::fs::read_dir(dir).with_context(|| dir.display().to_string())?;
    let mut names = Vec::new();
    for file in files {
        let name = file?.file_name().into_string().unwrap_or_default();
        let wanted = |name: &str| only.is_empty() || only.iter().any(|start| name.starts_with(start));
        names.extend(name.strip_suffix(".txt").filter(|name| wanted(name)).map(str::to_owned));
    }
    ensure!(!names.is_empty(), "no instance in {}", dir.display());
    names.sort();
    Ok(names)
}

fn reference(dir: &Path) -> Result<Reference> {
    let file = dir.join("reference.csv");
    let text = std::fs::read_to_string(&file).with_context(|| file.display().to_string())?;
    best_column(&text).with_context(|| file.display().to_string())
}

fn best_column(text: &str) -> Result<Reference> {
    let mut lines = text.lines();
    let head: Vec<&str> = lines.next().unwrap_or_default().split(',').map(str::trim).collect();
    let column = |name: &str| head.iter().position(|field| *field == name).with_context(|| format!("there is no column {name}"));
    let [instance, m, best] = [column("instance")?, column("m")?, column("best")?];
    let mut found = Reference::new();
    for (index, line) in lines.enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let fields: Vec<&str> = line.split(',').map(str::trim).collect();
        let row = || -> Option<((String, u64), f64)> {
            let best = fields.get(best)?.parse().ok().filter(|best: &f64| *best > 0.0)?;
            Some((((*fields.get(instance)?).to_owned(), fields.get(m)?.parse().ok()?), best))
        };
        let (key, best) = row().with_context(|| format!("line {}: {line:?}", index + 2))?;
        found.insert(key, best);
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: &str = include_str!("instances/brook.txt");

    #[test]
    fn the_solver_s_tours_pass_the_check() {
        let instance = Instance::read(SMALL, Rounding::Solomon).unwrap();
        for m in 1..=3 {
            let (score, tours) = solve(&instance, m, Duration::from_millis(2), 1).unwrap();
            verify::verify(SMALL, 1, m as usize, &tours, score).unwrap();
            assert!(score > 0);
        }
    }

    #[test]
    fn references_are_found_by_the_names_of_columns() {
        let found = best_column("m,instance,best\n2,brook,65.0\n").unwrap();
        assert_eq!(found[&("brook".to_owned(), 2)], 65.0);
        assert_eq!(format!("{:#}", best_column("instance,m\n").unwrap_err()), "there is no column best");
        assert_eq!(format!("{:#}", best_column("instance,m,best\nbrook,2,much\n").unwrap_err()), "line 2: \"brook,2,much\"");
    }
}
