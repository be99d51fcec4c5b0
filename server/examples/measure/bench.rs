//! How fast answers come and what they cost, with engines beside each other on the same listings and the same log of queries.
//!
//! Every engine fills its index in one process and answers in another, so that memory and opening are its own.

mod generator;
mod live;
pub mod part;
mod plot;
mod querylog;
mod tables;
mod words;

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};
use serde::de::DeserializeOwned;

use crate::engines::Name;
use generator::Generator;
use live::Live;
use part::{Asked, Filled, Step};

#[derive(clap::Args)]
pub struct Options {
    /// How many listings, one run for each.
    #[arg(long, value_delimiter = ',', default_value = "10000,100000")]
    documents: Vec<usize>,
    /// Also a million.
    #[arg(long)]
    million: bool,
    /// How long each engine is asked, by one thread and again by two.
    #[arg(long, default_value_t = 10)]
    seconds: u64,
    /// Draw how cost grows with the number of listings.
    #[arg(long, value_name = "FILE")]
    plot: Option<PathBuf>,
    /// Keep listings and indexes in this folder, and use what is there already: to look closer with a profiler.
    #[arg(long, value_name = "DIR")]
    keep: Option<PathBuf>,
    /// Show what was measured earlier as well, from files that `--json` has written.
    #[arg(long, value_name = "FILE", value_delimiter = ',')]
    earlier: Vec<PathBuf>,
    /// Write everything measured to a file.
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
}

/// In the order of the tables; each fills an index or looks into the one before it.
const ENGINES: [Name; 4] = [Name::Ours, Name::OursWithFacets, Name::Stock, Name::Bigram];

/// Everything of one size.
#[derive(serde::Serialize, serde::Deserialize)]
struct Run {
    documents: usize,
    source_bytes: u64,
    columns: Vec<Column>,
}

#[derive(serde::Serialize, serde::Deserialize)]
struct Column {
    #[serde(serialize_with = "label", deserialize_with = "labelled")]
    engine: Name,
    /// None where it looks into the index of another.
    filled: Option<Filled>,
    index_bytes: u64,
    asked: Asked,
    /// Only of ours.
    live: Option<Live>,
}

fn label<S: serde::Serializer>(name: &Name, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(name.label())
}

fn labelled<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Name, D::Error> {
    let label: String = serde::Deserialize::deserialize(from)?;
    let known = ENGINES.into_iter().find(|name| name.label() == label);
    known.ok_or_else(|| serde::de::Error::custom(format!("no engine is called {label}")))
}

pub fn run(options: &Options) -> Result<()> {
    let mut sizes = options.documents.clone();
    sizes.extend(options.million.then_some(1_000_000));
    sizes.sort_unstable();
    sizes.dedup();
    let mut runs: Vec<Run> = Vec::new();
    for documents in sizes {
        runs.push(measure(documents, options)?);
    }
    for file in &options.earlier {
        let earlier: Vec<Run> = serde_json::from_slice(&std::fs::read(file).with_context(|| file.display().to_string())?)?;
        runs.extend(earlier);
    }
    runs.sort_by_key(|run| run.documents);
    print!("{}", tables::markdown(&runs)?);
    if let Some(file) = &options.plot {
        std::fs::write(file, plot::svg(&runs)?).with_context(|| file.display().to_string())?;
    }
    if let Some(file) = &options.json {
        std::fs::write(file, serde_json::to_string_pretty(&runs)? + "\n")?;
    }
    for run in &runs {
        run.columns.iter().try_for_each(|column| sensible(column).with_context(|| format!("{} listings", run.documents)))?;
    }
    Ok(())
}

fn measure(documents: usize, options: &Options) -> Result<Run> {
    let seconds = options.seconds;
    let passing = tempfile::Builder::new().prefix("xiaoxiang-bench-").tempdir()?;
    let folder = options.keep.as_ref().map_or(passing.path().to_owned(), |folder| folder.join(documents.to_string()));
    std::fs::create_dir_all(&folder)?;
    let source = folder.join("listings.jsonl");
    if !source.exists() {
        eprintln!("• generating {documents} listings");
        write_source(&source, documents)?;
    }
    let mut columns: Vec<Column> = Vec::new();
    for engine in ENGINES {
        let index = if engine == Name::OursWithFacets { Name::Ours } else { engine };
        let at = folder.join(format!("{index:?}"));
        let part = |step| part::Options { engine, step, documents, seconds, source: source.clone(), folder: at.clone() };
        let mut filled = None;
        if !at.exists() {
            std::fs::create_dir(&at)?;
            eprintln!("• {}: filling", engine.label());
            filled = Some(in_a_process(&part(Step::Fill))?);
        }
        eprintln!("• {}: asking", engine.label());
        let asked = in_a_process(&part(Step::Ask))?;
        columns.push(Column { engine, filled, index_bytes: bytes_in(&at)?, asked, live: None });
    }
    if let Some(ours) = columns.iter_mut().find(|column| column.engine == Name::Ours) {
        eprintln!("• {}: asking and changing at once", ours.engine.label());
        let at = folder.join(format!("{:?}", Name::Ours));
        let options =
            part::Options { engine: Name::Ours, step: Step::Live, documents, seconds, source: source.clone(), folder: at };
        ours.live = Some(in_a_process(&options)?);
    }
    Ok(Run { documents, source_bytes: std::fs::metadata(&source)?.len(), columns })
}

fn write_source(file: &Path, documents: usize) -> Result<()> {
    let generator = Generator::new()?;
    let mut out = BufWriter::with_capacity(1 << 20, File::create(file)?);
    for nth in 0..documents {
        serde_json::to_writer(&mut out, &generator.listing(nth)?)?;
        out.write_all(b"\n")?;
    }
    Ok(out.flush()?)
}

/// Runs a part in a process of its own and reads what it measured.
fn in_a_process<T: DeserializeOwned>(options: &part::Options) -> Result<T> {
    let mut command = Command::new(std::env::current_exe()?);
    let output = command.args(options.arguments()).stderr(Stdio::inherit()).output()?;
    ensure!(output.status.success(), "{} failed ({})", options.engine.label(), output.status);
    Ok(serde_json::from_slice(&output.stdout)?)
}

fn bytes_in(folder: &Path) -> Result<u64> {
    let mut bytes = 0;
    for entry in std::fs::read_dir(folder)? {
        bytes += entry?.metadata()?.len();
    }
    Ok(bytes)
}

/// An engine that finds nothing is fast. Of the queries that are words of the listings nearly all must be answered, by listings that
/// have those words. The others are let off where a word is typed right after another: they look for both in one piece.
fn sensible(column: &Column) -> Result<()> {
    let (enough, holds) = match column.engine {
        Name::Ours | Name::OursWithFacets => (0.95, 0.95),
        Name::Stock | Name::Trigram | Name::Bigram => (0.75, 0.9),
    };
    let (answered, holding) = (column.asked.answered[0], column.asked.first_holds);
    let good = answered >= enough && holding >= holds;
    let name = column.engine.label();
    ensure!(good, "{name} answers {answered:.3} of the short Chinese queries, and {holding:.3} of its first hits have the words");
    Ok(())
}
