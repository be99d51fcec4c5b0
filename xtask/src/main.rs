//! The project's own commands: `cargo xtask build | serve | test | relevance | fuzz | bench`.

mod away;
mod bench;
mod build;
mod compress;
mod css;
mod debian;
mod fuzz;
mod interrupt;
mod maplibre;
mod measure;
mod process;
mod serve;
mod site;
mod test;
mod toolchain;
mod wasm;
mod workspace;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use workspace::Workspace;

/// Builds, serves, tests and measures 游潇湘.
#[derive(Parser)]
#[command(
    name = "cargo xtask",
    bin_name = "cargo xtask",
    after_help = "Start here: `cargo xtask serve`, then open http://127.0.0.1:3000"
)]
struct Cli {
    #[command(subcommand)]
    command: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Build the browser part and the server: one self-contained binary.
    ///
    /// The browser part (wasm, scripts, styles) is written to `<target>/site` under hashed names with brotli and gzip copies, and
    /// the server embeds that folder. `<target>` is CARGO_TARGET_DIR, or `target`. Steps whose inputs did not change are skipped.
    Build {
        /// Optimise the server and compress assets as far as they go; the binary is `<target>/release/xiaoxiang`.
        #[arg(long)]
        release: bool,
        /// Build MapLibre GL JS from npm in, for operators who have tiles (XIAOXIANG_TILES_URL).
        #[arg(long)]
        with_maplibre: bool,
    },
    /// Build, then run the server; Ctrl-C stops it gracefully.
    ///
    /// The first start prepares the database and the search index under the data folder. Every other setting of `xiaoxiang serve`
    /// is passed on by its environment variable.
    Serve(serve::Options),
    /// Check everything: format, lints, Rust tests on SQLite and PostgreSQL, browser tests, documentation, sizes.
    ///
    /// All steps run even if an earlier one failed. What is missing (PostgreSQL, Chromium, Node.js, Python) is installed with apt-get when
    /// run as root on Debian; otherwise the step fails and says what to install. The last line is `tests: N passed, M failed`,
    /// where a step that failed without a failing test counts as one.
    Test,
    /// Ask the judged queries of tests/relevance and print how right the answers are, beside other engines.
    ///
    /// `--failures N` lists the worst, `--check` fails on a drop from `tests/relevance/baseline.json`, `--accept` rewrites it; `--help`
    /// after `--` says the rest.
    Relevance {
        #[arg(trailing_var_arg = true, allow_hyphen_values = true, value_name = "OPTIONS")]
        arguments: Vec<String>,
    },
    /// Look for texts that break the laws of tests/fuzz; texts that reach something new are kept in its corpus.
    ///
    /// What breaks a law is left under `<target>/fuzz` and printed.
    Fuzz(fuzz::Options),
    /// Measure the release build; prints Markdown tables.
    Bench(Box<bench::Options>),
}

fn main() -> ExitCode {
    match run(Cli::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(cli: Cli) -> anyhow::Result<()> {
    let workspace = Workspace::find()?;
    match cli.command {
        Task::Build { release, with_maplibre } => {
            build::everything(&workspace, build::Options { release, live_reload: false, with_maplibre }).map(drop)
        }
        Task::Serve(options) => serve::serve(&workspace, options),
        Task::Test => test::test(&workspace),
        Task::Relevance { arguments } => measure::relevance(&workspace, &arguments),
        Task::Fuzz(options) => fuzz::fuzz(&workspace, &options),
        Task::Bench(options) => bench::bench(&workspace, *options),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::Cli;

    #[test]
    fn the_command_line_holds_together() {
        Cli::command().debug_assert();
    }
}
