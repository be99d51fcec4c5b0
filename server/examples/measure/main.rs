//! Measures the search from outside: how right its answers are, and how fast they come, beside other engines.
//!
//! `cargo xtask relevance` and `cargo xtask bench search` build and run it. It sees the search as the server does, through
//! [`engines::ours`] alone.

mod bench;
mod chance;
mod corpus;
mod engines;
mod relevance;

use std::process::ExitCode;

use clap::Parser;

#[derive(Parser)]
#[command(name = "measure", about = "Measures the search of 游潇湘, beside other engines")]
enum Command {
    /// Judged queries: how right the answers are.
    Relevance(relevance::Options),
    /// Generated listings and a mixed log of queries: how fast answers come, and what they cost.
    Bench(bench::Options),
    /// One engine, alone in a process of its own: a part of `bench`.
    #[command(hide = true)]
    BenchPart(bench::part::Options),
}

fn main() -> ExitCode {
    let done = match Command::parse() {
        Command::Relevance(options) => relevance::run(&options),
        Command::Bench(options) => bench::run(&options).map(|()| true),
        Command::BenchPart(options) => bench::part::run(&options).map(|()| true),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}
