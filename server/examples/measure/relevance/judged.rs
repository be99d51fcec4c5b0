//! The judged set: what people type, and which listings answer it.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result, ensure};
use domain::listing::Listing;
use domain::search::Query;
use serde::{Deserialize, Serialize};

/// How many hits are looked at.
pub const DEPTH: usize = 50;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum Class {
    Exact,
    Pinyin,
    Initials,
    Mixed,
    Traditional,
    Typo,
    Misreading,
    Dialect,
    Synonym,
    English,
    Intent,
    Filter,
    Geo,
    Ambiguous,
    Nonsense,
}

impl Class {
    pub fn name(self) -> String {
        format!("{self:?}").to_lowercase()
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Part {
    Tune,
    Kept,
}

impl Part {
    pub const ALL: [Part; 2] = [Part::Tune, Part::Kept];

    pub fn name(self) -> &'static str {
        match self {
            Part::Tune => "tune",
            Part::Kept => "kept",
        }
    }
}

/// What a listing is worth as an answer: 3, 2 or 1; what is absent is worth nothing.
pub type Grades = HashMap<String, u8>;

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Judged {
    pub id: String,
    pub class: Class,
    pub q: String,
    pub part: Part,
    #[serde(default)]
    pub params: BTreeMap<String, String>,
    pub grades: Grades,
    #[serde(default)]
    pub note: Option<String>,
}

impl Judged {
    /// As the interface would read it from the address.
    pub fn query(&self) -> Result<Query> {
        let depth = DEPTH.to_string();
        let given = self.params.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let (query, problems) = Query::from_params([("q", self.q.as_str()), ("per_page", &depth)].into_iter().chain(given));
        let refused = problems.iter().find(|problem| problem.field != "q");
        ensure!(refused.is_none(), "{}: {refused:?}", self.id);
        Ok(query)
    }
}

pub fn read(file: &Path) -> Result<Vec<Judged>> {
    let text = std::fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))?;
    let lines = text.lines().enumerate();
    let parse = |(at, line)| serde_json::from_str(line).with_context(|| format!("{}, line {}", file.display(), at + 1));
    lines.map(parse).collect()
}

/// A listing that has been renamed or taken out must be judged anew.
pub fn check_ids(queries: &[Judged], listings: &[Arc<Listing>]) -> Result<()> {
    let known: HashSet<&str> = listings.iter().map(|listing| listing.id.as_str()).collect();
    for query in queries {
        let unknown: Vec<_> = query.grades.keys().filter(|id| !known.contains(id.as_str())).collect();
        ensure!(unknown.is_empty(), "{} grades listings that are not in the catalogue: {unknown:?}", query.id);
    }
    Ok(())
}
