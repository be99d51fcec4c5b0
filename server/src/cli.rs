//! The command line: `xiaoxiang serve | migrate | catalog | curation | search | reindex | check`.

mod curation;
mod output;
mod search;

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use chrono::Utc;
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::catalogue::{self, ExportOptions, Folder, Format, ImportOptions};
use crate::config::{Config, LogFormat, SETTINGS};
use crate::search::Fault;
use crate::serve;
use crate::services::drift;
use crate::services::keeper::{self, Keeper, KeeperError};
use crate::services::listings::Listings;
use crate::store::Store;
use output::{say, tell, tell_progress};

/// 游潇湘: Hunan's boutique routes, stays, heritage, products and offers, as one program.
///
/// `xiaoxiang serve` on an empty folder prepares a database, loads the catalogue it carries, builds the search index and serves.
/// The other commands work on the same database, also while it serves.
#[derive(Parser)]
#[command(name = "xiaoxiang", version, after_long_help = settings_help())]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the site: migrate, load the embedded catalogue if it is new, index, listen.
    #[command(after_long_help = settings_help())]
    Serve,
    /// Bring the database's schema up to date, and nothing else.
    Migrate,
    /// Bring listings in or out as files.
    #[command(subcommand)]
    Catalog(Catalog),
    /// The bureau's decisions about search: other words, recommendations, what is kept out.
    #[command(subcommand)]
    Curation(curation::Curation),
    /// What is searched for.
    #[command(subcommand)]
    Search(search::Search),
    /// Build the search index anew from the database. A serving process does it in the background and goes on answering.
    Reindex,
    /// Compare the search index with the database, row by row. Exits with 1 where they differ.
    Check(Check),
}

#[derive(Subcommand)]
enum Catalog {
    /// Read a folder of JSON Lines with a manifest.json into the database.
    ///
    /// Every row is checked first; if one is wrong, each is reported by file, line, field and reason, and nothing is written. Rows
    /// that are there already are left alone, so the same import twice changes nothing.
    Import(Import),
    /// Write the catalogue to a folder: importable JSON Lines, or one of the dump formats.
    Export(Export),
}

#[derive(Args)]
struct Import {
    /// The folder with manifest.json.
    path: PathBuf,
    /// Say what would change and write nothing.
    #[arg(long)]
    dry_run: bool,
    /// Name every listing that changes and its fields, as a dry run does; otherwise they are counted.
    #[arg(long)]
    diff: bool,
    /// Withdraw listings of the imported kinds that the folder does not have.
    #[arg(long)]
    prune: bool,
}

#[derive(Args)]
struct Export {
    /// The folder to write; it is replaced as a whole when everything is written.
    path: PathBuf,
    #[arg(long, value_enum, default_value_t = Shape::Jsonl)]
    format: Shape,
    /// Include the fictional samples (JSON Lines only).
    #[arg(long)]
    samples: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum Shape {
    /// JSON Lines a kind, with a manifest: what `import` reads.
    Jsonl,
    /// schema.org JSON-LD.
    Jsonld,
    Geojson,
    Csv,
}

#[derive(Args)]
struct Check {
    /// Build the index anew where it differs, and compare again: the exit code says whether it fits now. Beside a server,
    /// waits until that server has done it.
    #[arg(long)]
    mend: bool,
}

fn settings_help() -> String {
    let mut help = String::from(
        "Settings come from the environment, over a TOML file named by XIAOXIANG_CONFIG (names in lower case without XIAOXIANG_):\n",
    );
    for setting in SETTINGS {
        let default = if setting.default.is_empty() { "not set" } else { setting.default };
        help.push_str(&format!("\n  XIAOXIANG_{} [{default}]\n      {}\n", setting.name.to_uppercase(), setting.about));
    }
    help
}

/// Parses, reads the settings, runs. The only place where an error becomes an exit code.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    let config = match Config::from_env() {
        Ok(config) => config,
        Err(wrong) => {
            tell(format_args!("xiaoxiang: {wrong}"));
            return ExitCode::from(2);
        }
    };
    if let Err(wrong) = start_log(&config) {
        tell(format_args!("xiaoxiang: XIAOXIANG_LOG_LEVEL: “{}” is no log level: {wrong}", config.log_level));
        return ExitCode::from(2);
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("threads can be started");
    match runtime.block_on(dispatch(cli.command, config)) {
        Ok(code) => code,
        Err(error) => {
            tell(format_args!("xiaoxiang: {error:#}"));
            ExitCode::FAILURE
        }
    }
}

fn start_log(config: &Config) -> anyhow::Result<()> {
    let filter = match config.log_level.as_str() {
        // The level speaks for our own words; libraries stay quiet unless a filter names them.
        level @ ("error" | "warn" | "info" | "debug" | "trace") => format!("warn,server={level}"),
        filter => filter.to_owned(),
    };
    let log = tracing_subscriber::fmt()
        .with_env_filter(tracing_subscriber::EnvFilter::try_new(filter)?)
        .with_writer(std::io::stderr)
        // It would complain on standard error that standard error is gone, and panic.
        .log_internal_errors(false)
        .with_ansi(std::io::IsTerminal::is_terminal(&std::io::stderr()));
    match config.log_format {
        LogFormat::Text => log.init(),
        LogFormat::Json => log.json().init(),
    }
    Ok(())
}

async fn dispatch(command: Command, config: Config) -> anyhow::Result<ExitCode> {
    match command {
        Command::Serve => {
            config.doubts().iter().for_each(|doubt| tracing::warn!("{doubt}"));
            serve::serve(config).await?
        }
        Command::Migrate => {
            let store = serve::connect(&config).await?;
            let pending = store.migrations_pending().await?;
            store.migrate().await?;
            match pending.len() {
                0 => say("The schema is up to date."),
                n => say(format_args!("{n} migrations applied: {}.", pending.join(", "))),
            }
        }
        Command::Catalog(Catalog::Import(import)) => return import_folder(&config, import).await,
        Command::Catalog(Catalog::Export(export)) => export_folder(&config, export).await?,
        Command::Curation(command) => return curation::run(&config, command).await,
        Command::Search(command) => search::run(&config, command).await?,
        Command::Reindex => reindex(&config).await?,
        Command::Check(check) => return check_index(&config, check).await,
    }
    Ok(ExitCode::SUCCESS)
}

async fn migrated(config: &Config) -> anyhow::Result<Store> {
    let store = serve::connect(config).await?;
    store.migrate().await.context("the schema could not be brought up to date")?;
    Ok(store)
}

/// For what only reads: it neither makes a database nor moves its schema.
async fn as_it_is(config: &Config) -> anyhow::Result<Store> {
    let connecting = Store::connect_to_existing(&config.database_url).await;
    let store = connecting.context("XIAOXIANG_DATABASE_URL: the database cannot be opened")?;
    let pending = store.migrations_pending().await?;
    if !pending.is_empty() {
        bail!(
            "the database is not what this program expects, and this command changes nothing: run `xiaoxiang migrate` first ({} pending)",
            pending.len()
        );
    }
    Ok(store)
}

async fn import_folder(config: &Config, import: Import) -> anyhow::Result<ExitCode> {
    let store = if import.dry_run { as_it_is(config).await? } else { migrated(config).await? };
    let options = ImportOptions { dry_run: import.dry_run, prune: import.prune, now: Utc::now() };
    match catalogue::import(&store, &Folder(import.path), options, &tell_progress()).await {
        Ok(report) => {
            if import.dry_run || import.diff {
                report.diff.iter().for_each(say);
            }
            let verb = if import.dry_run { "would be" } else { "were" };
            say(format_args!(
                "{} new, {} changed, {} withdrawn, {} unchanged {verb} written.",
                report.new, report.changed, report.withdrawn, report.unchanged
            ));
            Ok(ExitCode::SUCCESS)
        }
        Err(catalogue::ImportError::Refused { problems, more }) => {
            problems.iter().for_each(tell);
            tell(format_args!("xiaoxiang: {} problems; nothing was written.", problems.len() + more));
            Ok(ExitCode::FAILURE)
        }
        Err(other) => Err(other.into()),
    }
}

async fn export_folder(config: &Config, export: Export) -> anyhow::Result<()> {
    let store = as_it_is(config).await?;
    let format = match export.format {
        Shape::Jsonl => None,
        Shape::Jsonld => Some(Format::JsonLd),
        Shape::Geojson => Some(Format::GeoJson),
        Shape::Csv => Some(Format::Csv),
    };
    match format {
        None => {
            let options = ExportOptions { include_samples: export.samples, kinds: vec![] };
            catalogue::export(&store, &export.path, &options).await?;
        }
        Some(_) if export.samples => bail!("samples are never in a dump; --samples goes with --format jsonl"),
        Some(format) => drop(catalogue::dump(&store, &export.path, format, &config.base_url).await?),
    }
    say(format_args!("Written to {}.", export.path.display()));
    Ok(())
}

/// What became of the wish for a new index.
enum Build {
    Done(u64),
    /// A server uses this folder and has been asked.
    Asked,
}

/// Builds it here where nobody serves from this folder; asks the one that serves otherwise.
async fn build_index(config: &Config, store: &Store) -> anyhow::Result<Build> {
    match Keeper::open(Some(config.index_dir())) {
        Ok(keeper) => {
            keeper.rebuild(store, &Listings::new(store.clone(), false)).await?;
            Ok(Build::Done(keeper.index().documents()))
        }
        Err(KeeperError::Index(Fault::Locked)) => {
            keeper::ask_for_rebuild(&config.index_dir()).context("the server cannot be asked for a new index")?;
            Ok(Build::Asked)
        }
        Err(other) => Err(other.into()),
    }
}

async fn reindex(config: &Config) -> anyhow::Result<()> {
    let store = migrated(config).await?;
    match build_index(config, &store).await? {
        Build::Done(documents) => say(format_args!("The search index was built: {documents} documents.")),
        Build::Asked => say("A server is using this index; it builds a new one now and goes on answering."),
    }
    Ok(())
}

/// How long `check --mend` waits for a server to build an index; a hundred thousand listings take it ten seconds.
const LONGEST_BUILD: Duration = Duration::from_secs(300);

async fn check_index(config: &Config, check: Check) -> anyhow::Result<ExitCode> {
    let store = as_it_is(config).await?;
    let mut drift = drift::find(&store, &config.index_dir()).await?;
    say(&drift);
    if !drift.is_empty() && check.mend {
        match build_index(config, &store).await? {
            Build::Done(documents) => say(format_args!("The search index was built: {documents} documents.")),
            Build::Asked => {
                say("A server is using this index and builds a new one; waiting for it.");
                wait_for_build(config).await?;
            }
        }
        drift = drift::find(&store, &config.index_dir()).await?;
        say(&drift);
    }
    Ok(if drift.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

async fn wait_for_build(config: &Config) -> anyhow::Result<()> {
    let deadline = Instant::now() + LONGEST_BUILD;
    while keeper::waits_for_rebuild(&config.index_dir()) {
        if Instant::now() > deadline {
            bail!("the server has not built the index within {} s; its log says why", LONGEST_BUILD.as_secs());
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    Ok(())
}
