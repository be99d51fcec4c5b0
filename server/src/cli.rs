//! The command line: `xiaoxiang serve | migrate | catalog | reindex | check`.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, bail};
use chrono::Utc;
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::catalogue::{self, ExportOptions, Folder, Format, ImportOptions};
use crate::config::{Config, LogFormat, SETTINGS};
use crate::serve;
use crate::services::keeper::{Keeper, REINDEX_REQUEST};
use crate::services::{catalogue_load, listings::Listings};
use crate::store::Store;

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
    /// Repair what differs in the index.
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
            eprintln!("xiaoxiang: {wrong}");
            return ExitCode::from(2);
        }
    };
    if let Err(wrong) = start_log(&config) {
        eprintln!("xiaoxiang: XIAOXIANG_LOG_LEVEL: “{}” is no log level: {wrong}", config.log_level);
        return ExitCode::from(2);
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("threads can be started");
    match runtime.block_on(dispatch(cli.command, config)) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("xiaoxiang: {error:#}");
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
        .with_ansi(std::io::IsTerminal::is_terminal(&std::io::stderr()));
    match config.log_format {
        LogFormat::Text => log.init(),
        LogFormat::Json => log.json().init(),
    }
    Ok(())
}

async fn dispatch(command: Command, config: Config) -> anyhow::Result<ExitCode> {
    match command {
        Command::Serve => serve::serve(config).await?,
        Command::Migrate => {
            let store = serve::connect(&config).await?;
            let pending = store.migrations_pending().await?;
            store.migrate().await?;
            match pending.len() {
                0 => println!("The schema is up to date."),
                n => println!("{n} migrations applied: {}.", pending.join(", ")),
            }
        }
        Command::Catalog(Catalog::Import(import)) => return import_folder(&config, import).await,
        Command::Catalog(Catalog::Export(export)) => export_folder(&config, export).await?,
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

async fn import_folder(config: &Config, import: Import) -> anyhow::Result<ExitCode> {
    let store = migrated(config).await?;
    let options = ImportOptions { dry_run: import.dry_run, prune: import.prune, now: Utc::now() };
    match catalogue::import(&store, &Folder(import.path), options, &catalogue_load::tell_progress()).await {
        Ok(report) => {
            for line in &report.diff {
                println!("{line}");
            }
            let verb = if import.dry_run { "would be" } else { "were" };
            println!(
                "{} new, {} changed, {} withdrawn, {} unchanged {verb} written.",
                report.new, report.changed, report.withdrawn, report.unchanged
            );
            Ok(ExitCode::SUCCESS)
        }
        Err(catalogue::ImportError::Refused { problems, more }) => {
            for problem in &problems {
                eprintln!("{problem}");
            }
            eprintln!("xiaoxiang: {} problems; nothing was written.", problems.len() + more);
            Ok(ExitCode::FAILURE)
        }
        Err(other) => Err(other.into()),
    }
}

async fn export_folder(config: &Config, export: Export) -> anyhow::Result<()> {
    let store = migrated(config).await?;
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
    println!("Written to {}.", export.path.display());
    Ok(())
}

/// Builds it here where nobody serves from this folder; asks the one that serves otherwise.
async fn reindex(config: &Config) -> anyhow::Result<()> {
    let store = migrated(config).await?;
    match Keeper::open(Some(config.index_dir())) {
        Ok(keeper) => {
            let listings = Listings::new(store.clone(), false);
            keeper.rebuild(&store, &listings).await?;
            println!("The search index was built: {} documents.", keeper.index().documents());
        }
        Err(crate::services::keeper::KeeperError::Index(crate::search::Fault::Locked)) => {
            store.set_setting(REINDEX_REQUEST, &Utc::now().timestamp_micros().to_string()).await?;
            println!("A server is using this index; it builds a new one now and goes on answering.");
        }
        Err(other) => return Err(other.into()),
    }
    Ok(())
}

async fn check_index(config: &Config, check: Check) -> anyhow::Result<ExitCode> {
    let store = migrated(config).await?;
    let drift = crate::services::drift::find(&store, &config.index_dir()).await?;
    println!("{drift}");
    if drift.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    if check.mend {
        reindex(config).await?;
        return Ok(ExitCode::SUCCESS);
    }
    Ok(ExitCode::FAILURE)
}
