//! Judged queries asked of every engine.
//!
//! What the numbers mean stands in `tests/relevance/README.md`. Answers are always the same for the same program and catalogue:
//! the intervals say how far the numbers would move with other queries of the same kind.

mod baseline;
mod bootstrap;
mod failures;
mod judged;
mod metrics;
mod report;

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context, Result, ensure};
use domain::listing::Listing;
use serde_json::json;

use crate::corpus;
use crate::engines::{Engine, Name, Ours};
use judged::{Class, Judged};
use metrics::Score;

#[derive(clap::Args)]
pub struct Options {
    /// Only this class.
    #[arg(long, value_enum)]
    class: Option<Class>,
    /// Also every measure of every engine by class.
    #[arg(long)]
    all: bool,
    /// Also the worst so many queries that may be looked at, with what came back.
    #[arg(long, value_name = "N", default_value_t = 0)]
    failures: usize,
    /// Write everything measured to a file.
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    /// Fail where a class, or all together, is worse than `baseline.json` says by more than the noise.
    #[arg(long, conflicts_with_all = ["accept", "class"])]
    check: bool,
    /// Write what is measured now to `baseline.json`.
    #[arg(long, conflicts_with = "class")]
    accept: bool,
    /// Ask only this search, not those beside it.
    #[arg(long)]
    alone: bool,
    /// Where the judged queries are.
    #[arg(long, value_name = "DIR", default_value = "tests/relevance")]
    judged: PathBuf,
}

/// An engine's score for every query, in their order.
struct Scored {
    engine: Name,
    scores: Vec<Score>,
}

/// False where the check failed.
pub fn run(options: &Options) -> Result<bool> {
    let mut queries = judged::read(&options.judged.join("queries.jsonl"))?;
    queries.retain(|query| options.class.is_none_or(|class| class == query.class));
    let listings = corpus::embedded()?;
    judged::check_ids(&queries, &listings)?;

    let ours = Ours::of(&listings)?;
    let (scores, answers) = ask(&ours, &queries)?;
    let mut all = vec![Scored { engine: Name::Ours, scores }];
    if !options.alone && !options.check {
        for engine in [Name::Stock, Name::Trigram, Name::Bigram] {
            all.push(Scored { engine, scores: beside(engine, &listings, &queries)? });
        }
    }
    print!("{}", report::tables(&queries, &all, options.all)?);
    if options.failures > 0 {
        print!("{}", failures::list(&queries, &all[0].scores, &answers, &listings, options.failures)?);
    }
    if let Some(file) = &options.json {
        let engines: Vec<_> = all.iter().map(|scored| report::json(&queries, scored)).collect();
        std::fs::write(file, format!("{:#}\n", json!({ "engines": engines })))?;
    }
    let baseline = options.judged.join("baseline.json");
    if options.accept {
        baseline::write(&baseline, &queries, &all[0].scores)?;
    }
    if !options.check {
        return Ok(true);
    }
    let drops = baseline::drops(&baseline, &queries, &all[0].scores)?;
    for drop in &drops {
        println!("worse: {drop}");
    }
    println!("{}", report::last_line(&queries, &all[0].scores));
    Ok(drops.is_empty())
}

fn beside(engine: Name, listings: &[Arc<Listing>], queries: &[Judged]) -> Result<Vec<Score>> {
    let folder = tempfile::Builder::new().prefix("xiaoxiang-relevance-").tempdir()?;
    let mut filling = engine.create(folder.path())?;
    filling.add(listings)?;
    filling.commit()?;
    Ok(ask(&*engine.open(folder.path())?, queries)?.0)
}

type Ids = Vec<String>;

fn ask(engine: &dyn Engine, queries: &[Judged]) -> Result<(Vec<Score>, Vec<Ids>)> {
    let mut desk = engine.desk()?;
    let mut scores = Vec::new();
    let mut answers = Vec::new();
    for judged in queries {
        let answer = desk(&judged.query()?).with_context(|| judged.id.clone())?;
        scores.push(Score::of(&answer, &judged.grades));
        answers.push(answer.ids);
    }
    ensure!(!queries.is_empty(), "there is no such query");
    Ok((scores, answers))
}
