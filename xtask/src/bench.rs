//! `cargo xtask bench`: numbers, each beside what it is compared with, as Markdown tables.

mod catalogue;
mod client;
mod http;
mod import;
mod machine;
mod open_loop;
mod plan;
mod search;
mod server;
mod toptw;
mod wrk;

use std::path::PathBuf;

use anyhow::Result;

use crate::workspace::Workspace;
use crate::{build, interrupt};

#[derive(clap::Args)]
pub struct Options {
    /// Which one; all but `toptw` if left out.
    #[arg(value_enum)]
    name: Option<Name>,
    /// How long each load lasts.
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u64).range(1..))]
    seconds: u64,
    /// How many listings `import` generates.
    #[arg(long, default_value_t = 100_000, value_parser = clap::value_parser!(u64).range(1..))]
    listings: u64,
    /// How many listings `search` generates, one run for each.
    #[arg(long, value_delimiter = ',', default_value = "10000,100000")]
    documents: Vec<u64>,
    /// `search` also with a million.
    #[arg(long)]
    million: bool,
    /// Where `search` draws how cost grows.
    #[arg(long, value_name = "FILE")]
    plot: Option<PathBuf>,
    /// Where `search` keeps its listings and indexes for another run, or for a profiler.
    #[arg(long, value_name = "DIR")]
    keep: Option<PathBuf>,
    /// What `search` has measured before, to be shown with the rest: files that `--json` has written.
    #[arg(long, value_name = "FILE", value_delimiter = ',')]
    earlier: Vec<PathBuf>,
    #[command(flatten)]
    toptw: toptw::Options,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Name {
    /// Pages beside a bare axum handler that returns the same bytes: requests a second, latency, start, memory, first view.
    Http,
    /// Importing a large generated catalogue: listings a second, peak memory, and the start afterwards.
    Import,
    /// The search engine by itself, beside SQLite's FTS5 and plain tantivy: queries a second, latency, memory, filling.
    Search,
    /// Arranging days that are meant to be hard, and the first plan of a trip: milliseconds.
    Plan,
    /// Choosing stops for a trip, on published instances: scores beside the best known. Only when named; needs `--dir`.
    Toptw,
}

pub fn bench(workspace: &Workspace, options: Options) -> Result<()> {
    interrupt::watch()?;
    // Its instances are not in the repository, and its last lines are read by machines.
    if options.name == Some(Name::Toptw) {
        return toptw::bench(workspace, &options.toptw);
    }
    let chosen = |name| options.name.is_none_or(|only| only == name);
    let mut tables = Vec::new();
    if chosen(Name::Http) || chosen(Name::Import) {
        let binary = build::everything(workspace, build::Options { release: true, live_reload: false, with_maplibre: false })?;
        if chosen(Name::Http) {
            tables.push(http::bench(workspace, &binary, options.seconds)?);
        }
        if chosen(Name::Import) {
            tables.push(import::bench(&binary, options.listings)?);
        }
    }
    if chosen(Name::Search) {
        tables.push(search::bench(workspace, &options)?);
    }
    if chosen(Name::Plan) {
        tables.push(plan::bench(workspace)?);
    }
    println!("\n{}\n", machine::describe());
    println!("{}", tables.join("\n"));
    Ok(())
}
