//! What may be meant while it is being typed.

use std::collections::HashSet;
use std::sync::{Arc, OnceLock};

use domain::listing::Kind;
use domain::region::{self, Region};
use domain::search::{Query, Sort};
use domain::{Lang, ListingId, Slug};
use tantivy::schema::Value;
use tantivy::{DocAddress, TantivyDocument};

use super::analysis::{is_han, runs};
use super::collect::{Aim, collect};
use super::filter::Filter;
use super::fold::fold;
use super::query::Planner;
use super::rank::Priors;
use super::schema::{EXACT_TITLE, Fields, Part, TITLE_START};
use super::snapshot::{Grades, Snapshot};
use super::{Fault, Options, Suggestion, Target, terms};

const MOST_REGIONS: usize = 3;

/// How a name meets what was typed, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Match {
    Whole,
    Start,
    Inside,
}

pub struct Asked<'a> {
    pub text: &'a str,
    pub lang: Lang,
    pub most: usize,
    pub options: &'a Options,
}

pub fn suggest(asked: &Asked, fields: &Fields, snapshot: &Snapshot, grades: &Grades) -> Result<Vec<Suggestion>, Fault> {
    let typed = terms::parse(asked.text);
    if typed.compact.is_empty() || asked.most == 0 {
        return Ok(Vec::new());
    }
    let curated = &asked.options.curated;
    let synonyms = curated.synonyms();
    let planner = Planner { fields, snapshot, parts: &[Part::Title], scored: true, kept: &[], synonyms };
    let hiding = curated.ruling(None, &Query::default());
    let aim = Aim {
        filter: Arc::new(Filter::new(&Query::default(), asked.options.hide_samples, grades)),
        sort: Sort::Relevance,
        wanted: asked.most,
        per_kind: 0,
        grades: None,
        priors: Priors::new(&grades.all(), asked.options.today),
        names_a_region: false,
    };
    // a title that begins as typed always stands before one that only has it: where they suffice nothing else is asked for
    let starts = hiding.over(planner.title_starts(&typed.compact), fields, &typed);
    let mut found = collect(snapshot, &starts, aim.clone(), true)?;
    if found.total < asked.most as u64 {
        found = collect(snapshot, &hiding.over(planner.plan(&typed)?, fields, &typed), aim, true)?;
    }

    let mut suggestions: Vec<(Match, Suggestion)> = regions(&typed.compact, asked, snapshot);
    for candidate in found.top.into_sorted() {
        let row = &snapshot.segments[candidate.segment as usize].rows[candidate.doc as usize];
        let doc: TantivyDocument = snapshot.searcher.doc(DocAddress::new(candidate.segment, candidate.doc))?;
        let text = |field| doc.get_first(field).and_then(|value| value.as_str());
        let in_english = if asked.lang == Lang::En { text(fields.title_en) } else { None };
        let title = in_english.or_else(|| text(fields.title_zh)).unwrap_or_default().to_owned();
        let id = text(fields.id).and_then(|id| ListingId::parse(id).ok());
        let slug = text(fields.slug).and_then(|slug| Slug::parse(slug).ok());
        let kind = usize::from(row.kind).checked_sub(1).and_then(|index| Kind::ALL.get(index)).copied();
        if let (Some(id), Some(slug), Some(kind)) = (id, slug, kind) {
            let target = Target::Listing { id, kind, slug };
            suggestions.push((match_of(candidate.score), Suggestion { text: title, target }));
        }
    }
    // stable: regions first among equals, then listings by score
    suggestions.sort_by_key(|(how, _)| *how);
    suggestions.truncate(asked.most);
    Ok(suggestions.into_iter().map(|(_, suggestion)| suggestion).collect())
}

/// Read off the score: each step is far from the next, whatever the priors do to it.
fn match_of(score: f32) -> Match {
    if score > EXACT_TITLE / 4.0 {
        Match::Whole
    } else if score > TITLE_START / 4.0 {
        Match::Start
    } else {
        Match::Inside
    }
}

/// Regions by name, pinyin, first letters or English name, where there is something to be found in them.
fn regions(typed: &str, asked: &Asked, snapshot: &Snapshot) -> Vec<(Match, Suggestion)> {
    let counts = region::all().iter().zip(&snapshot.in_region);
    let alive = counts.filter(|(_, (all, real))| if asked.options.hide_samples { *real > 0 } else { *all > 0 });
    let mut found: Vec<(Match, Suggestion)> = alive
        .filter_map(|(region, _)| {
            let keys = &keys()[region::index_of(region.code.as_str())?];
            let how = if keys.whole.iter().any(|key| key == typed) {
                Match::Whole
            } else if keys.whole.iter().any(|key| key.starts_with(typed)) || keys.initials == typed {
                Match::Start
            } else {
                return None;
            };
            let text = region.name.get(asked.lang).to_owned();
            Some((how, Suggestion { text, target: Target::Region(region.code.clone()) }))
        })
        .collect();
    found.sort_by_key(|(how, _)| *how);
    found.truncate(MOST_REGIONS);
    found
}

/// Whether this is what a region is called, in characters, pinyin or English.
pub fn names_a_region(compact: &str) -> bool {
    static NAMES: OnceLock<HashSet<&'static str>> = OnceLock::new();
    let names = NAMES.get_or_init(|| keys().iter().flat_map(|keys| keys.whole.iter().map(String::as_str)).collect());
    names.contains(compact)
}

struct Keys {
    whole: Vec<String>,
    initials: String,
}

/// What each region may be typed as, in the order of the table.
fn keys() -> &'static [Keys] {
    static KEYS: OnceLock<Vec<Keys>> = OnceLock::new();
    KEYS.get_or_init(|| region::all().iter().map(keys_of).collect())
}

fn keys_of(region: &Region) -> Keys {
    let full = fold(&region.name.zh);
    let short = fold(region.short_name());
    let syllables: Vec<&str> = region.pinyin.split(' ').collect();
    let spoken = |name: &str| syllables[..name.chars().filter(|c| is_han(*c)).count().min(syllables.len())].concat();
    let english: Vec<char> = fold(region.name.get(Lang::En)).chars().collect();
    let english = runs(&english).into_iter().map(|run| run.text).collect();
    let initials = syllables.iter().filter_map(|syllable| syllable.chars().next()).collect();
    Keys { whole: vec![spoken(&short), spoken(&full), short, full, english], initials }
}
