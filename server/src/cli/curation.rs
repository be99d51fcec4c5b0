//! `xiaoxiang curation`: the bureau's decisions about search, without a server or beside one.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context, bail};
use chrono::Utc;
use clap::{Args, Subcommand};
use domain::curation::{Draft, Entry, Rule};
use domain::time::day_of;
use domain::{CurationId, ListingId, Problem};

use super::output::{say, tell};
use super::{as_it_is, migrated};
use crate::config::Config;
use crate::search::{Index, Location, Options};
use crate::services::curation::{self, Tried, decision_json, tried_json};
use crate::store::{CurationChange, CurationRefused, Decision, Expected, Store};

#[derive(Subcommand)]
pub enum Curation {
    /// Show the decisions that have not ended, one a line.
    List(List),
    /// Make decisions, or change them: JSON Lines from a file, or - for standard input. All of them, or none.
    Add(Add),
    /// End a decision now. It stays on record.
    End(End),
    /// Show what decisions would change in the first ten results; writes nothing.
    Preview(Preview),
    /// As add: reads what export wrote. A decision that is there as it is in the file is left alone.
    Import(Add),
    /// Write the decisions as JSON Lines.
    Export(Export),
}

#[derive(Args)]
pub struct List {
    /// Those that have ended, too.
    #[arg(long)]
    ended: bool,
    /// Whole, as JSON Lines with revisions and times.
    #[arg(long)]
    json: bool,
}

#[derive(Args)]
pub struct Add {
    /// JSON Lines; - is standard input.
    file: PathBuf,
    /// Change a decision only if it is at this revision; for a file of one line.
    #[arg(long)]
    revision: Option<i64>,
}

#[derive(Args)]
pub struct End {
    id: String,
    /// Only if it is at this revision.
    #[arg(long)]
    revision: Option<i64>,
}

#[derive(Args)]
pub struct Preview {
    /// JSON Lines; - is standard input.
    file: PathBuf,
    /// A search to try, beside those that many have made; may be given several times.
    #[arg(long = "query")]
    queries: Vec<String>,
    /// As JSON Lines.
    #[arg(long)]
    json: bool,
}

#[derive(Args)]
pub struct Export {
    /// The file to write; - is standard output.
    file: PathBuf,
}

pub async fn run(config: &Config, command: Curation) -> anyhow::Result<ExitCode> {
    match command {
        Curation::List(list) => {
            for decision in as_it_is(config).await?.decisions(list.ended).await? {
                say(if list.json { decision_json(&decision).to_string() } else { line(&decision) });
            }
        }
        Curation::Add(add) | Curation::Import(add) => return put(config, add).await,
        Curation::End(end) => {
            let id = CurationId::parse(&end.id)?;
            let change = CurationChange::End(id, end.revision.map_or(Expected::Whatever, Expected::Revision));
            let decided = migrated(config).await?.decide(&[change], Utc::now()).await?;
            say(if decided[0].unchanged { "It had ended already." } else { "Ended." });
        }
        Curation::Preview(wanted) => return preview(config, wanted).await,
        Curation::Export(export) => {
            let decisions = as_it_is(config).await?.decisions(false).await?;
            let line =
                |decision: &Decision| serde_json::to_string(&Draft::from(&decision.entry)).expect("a decision is JSON") + "\n";
            let lines: String = decisions.iter().map(line).collect();
            if export.file == Path::new("-") {
                say(lines.trim_end());
            } else {
                std::fs::write(&export.file, lines).with_context(|| format!("{} cannot be written", export.file.display()))?;
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

async fn put(config: &Config, add: Add) -> anyhow::Result<ExitCode> {
    let Some(entries) = read(&add.file)? else { return Ok(ExitCode::FAILURE) };
    if add.revision.is_some() && entries.len() != 1 {
        bail!("--revision goes with one decision");
    }
    let expected = add.revision.map_or(Expected::Whatever, Expected::Revision);
    let store = migrated(config).await?;
    warn_of_unknown(&store, &entries).await?;
    let changes: Vec<_> = entries.into_iter().map(|entry| CurationChange::Put(Box::new(entry), expected)).collect();
    match store.decide(&changes, Utc::now()).await {
        Ok(decided) => {
            let same = decided.iter().filter(|it| it.unchanged).count();
            say(format_args!("{} decisions written, {same} were so already.", decided.len() - same));
            Ok(ExitCode::SUCCESS)
        }
        Err(CurationRefused::Store(error)) => Err(error.into()),
        Err(refused) => {
            tell(format_args!("xiaoxiang: {refused}; nothing was written."));
            Ok(ExitCode::FAILURE)
        }
    }
}

/// Every line's decision; none where any is wrong, which has then been told.
fn read(file: &Path) -> anyhow::Result<Option<Vec<Entry>>> {
    let text = if file == Path::new("-") {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text).context("standard input cannot be read")?;
        text
    } else {
        std::fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))?
    };
    let (mut entries, mut wrong) = (Vec::new(), 0);
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let mut told = |field: &str, why: &str| {
            wrong += 1;
            tell(format_args!("{}:{}: {field}: {why}", file.display(), number + 1));
        };
        match serde_json::from_str::<Draft>(line) {
            Err(why) => told("json", &why.to_string()),
            Ok(draft) => match curation::read(&draft) {
                Ok(entry) => entries.push(entry),
                Err(problems) => {
                    problems.iter().for_each(|problem: &Problem| told(&problem.field, problem.say(domain::Lang::En)))
                }
            },
        }
    }
    if wrong > 0 {
        tell(format_args!("xiaoxiang: {wrong} problems; nothing was done."));
        return Ok(None);
    }
    Ok(Some(entries))
}

/// It may be imported tomorrow, so it is no mistake, but most often it is one.
async fn warn_of_unknown(store: &Store, entries: &[Entry]) -> anyhow::Result<()> {
    for entry in entries {
        let known = store.find_many(entry.rule.listings()).await?;
        for id in entry.rule.listings() {
            if !known.iter().any(|row| row.listing.id == *id && row.withdrawn_at.is_none()) {
                tell(format_args!("{}: there is no listing {id} at present; it has no effect until there is.", entry.id));
            }
        }
    }
    Ok(())
}

async fn preview(config: &Config, wanted: Preview) -> anyhow::Result<ExitCode> {
    let Some(entries) = read(&wanted.file)? else { return Ok(ExitCode::FAILURE) };
    let store = as_it_is(config).await?;
    warn_of_unknown(&store, &entries).await?;
    let folder = config.index_dir();
    let current =
        std::fs::read_to_string(folder.join("CURRENT")).context("there is no search index yet; `xiaoxiang reindex` makes one")?;
    let index = Index::open_for_reading(&Location::Folder(folder.join(current.trim())))?;
    let known: Vec<Entry> = store.decisions(false).await?.into_iter().map(|decision| decision.entry).collect();
    let today = day_of(Utc::now());
    let options = Options {
        hide_samples: !config.shows_samples,
        today,
        per_kind: None,
        facets: false,
        curated: Arc::default(),
        typed: None,
    };
    for entry in &entries {
        if let Some(conflict) = domain::curation::conflict(entry, &known, today) {
            tell(format_args!("{}: {}", entry.id, conflict.say().1));
        }
        let queries = curation::searches_to_try(&store, entry, &wanted.queries, today).await?;
        for tried in curation::preview(&index, &known, entry, &queries, &options).map_err(anyhow::Error::new)? {
            if wanted.json {
                let mut value = tried_json(&tried);
                value["id"] = entry.id.as_str().into();
                say(value);
            } else {
                say(format_args!("{}: {}", entry.id, story(&tried)));
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// What changes in one search, a line for each listing.
fn story(tried: &Tried) -> String {
    let (before, after) = tried.totals;
    let mut story = format!("“{}”, {before} results, then {after}", tried.query);
    let difference = &tried.difference;
    if difference.is_empty() {
        return story + ": the first ten stay as they are";
    }
    let line = |sign: &str, id: &ListingId, place: String| format!("\n  {sign} {id} {place}");
    difference.entered.iter().for_each(|(id, at)| story.push_str(&line("+", id, format!("at {at}"))));
    difference.left.iter().for_each(|(id, at)| story.push_str(&line("-", id, format!("was at {at}"))));
    difference.moved.iter().for_each(|(id, from, to)| story.push_str(&line("~", id, format!("{from} to {to}"))));
    story
}

fn line(decision: &Decision) -> String {
    let Entry { id, rule, days, reason, county, .. } = &decision.entry;
    let what = match rule {
        Rule::Synonym { word, others, both_ways } => {
            format!("{word} {} {}", if *both_ways { "=" } else { ">" }, others.join(", "))
        }
        rule => {
            let searches = rule.phrase().map_or("every search".to_owned(), |phrase| {
                format!("{}“{}”", if phrase.whole { "just " } else { "" }, phrase.text)
            });
            let listings: Vec<_> = rule.listings().iter().map(ToString::to_string).collect();
            format!("{} {searches}", listings.join(", "))
        }
    };
    let place = county.as_ref().map(|code| format!(" in {code}")).unwrap_or_default();
    let until = days.until.map(|until| until.to_string()).unwrap_or_default();
    let ended = decision.ended_at.map(|at| format!(" ended {}", day_of(at))).unwrap_or_default();
    format!("{id} r{} {} {what}{place} {}..{until}{ended} — {}", decision.revision, rule.kind(), days.from, reason.zh)
}
