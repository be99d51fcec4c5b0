//! `xiaoxiang search`: what is looked for.

use anyhow::{Context, bail};
use clap::{Args, Subcommand, ValueEnum};
use domain::region;

use super::as_it_is;
use super::output::say;
use crate::config::Config;
use crate::services::asked::{self, gaps_csv, gaps_json, gaps_text};

#[derive(Subcommand)]
pub enum Search {
    /// What was searched for in a month and not found, or hardly: where the catalogue has gaps.
    Report(Report),
}

#[derive(Args)]
pub struct Report {
    /// Such as 2026-11.
    #[arg(long)]
    month: String,
    /// Code of a county or prefecture that the searches named.
    #[arg(long)]
    county: Option<String>,
    #[arg(long, value_enum, default_value_t = Form::Text)]
    format: Form,
}

#[derive(Clone, Copy, ValueEnum)]
enum Form {
    Text,
    Json,
    Csv,
}

pub async fn run(config: &Config, Search::Report(wanted): Search) -> anyhow::Result<()> {
    let month =
        asked::month(&wanted.month).with_context(|| format!("--month: “{}” is no month such as 2026-11", wanted.month))?;
    if let Some(county) = &wanted.county
        && region::find(county).is_none()
    {
        bail!("--county: there is no region {county}");
    }
    let report = asked::gaps(&as_it_is(config).await?, month, wanted.county.as_deref()).await?;
    match wanted.format {
        Form::Text => say(gaps_text(month, &report)),
        Form::Json => say(gaps_json(month, &report)),
        Form::Csv => say(gaps_csv(&report).trim_end()),
    }
    Ok(())
}
