//! The bureau's decisions in a running server: read when they change, in force when their day comes, tried before they are made.

use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::Duration;

use chrono::NaiveDate;
use domain::curation::{Difference, Draft, Entry};
use domain::event::Revision;
use domain::search::{DEFAULT_PER_PAGE, Query};
use domain::{ListingId, Problem};
use serde_json::{Value, json};

use super::asked::most_frequent;
use crate::error::ServiceError;
use crate::search::{Curated, Index, Options, fold};
use crate::store::{Decision, Store, StoreError};

/// How often it is looked whether something was decided.
const POLL: Duration = Duration::from_secs(1);
/// Hits that a preview compares.
pub const PREVIEWED: usize = 10;
/// Of the searches people make, so many are tried beside those that are given.
const MOST_TRIED: usize = 10;
/// Searches that may be given.
pub const MOST_GIVEN: usize = 20;

#[derive(Default)]
pub struct Curation {
    known: RwLock<Arc<Known>>,
    /// One reads at a time, so that what was read earlier does not replace what was read later.
    turn: tokio::sync::Mutex<()>,
}

/// The decisions as of one revision.
#[derive(Default)]
struct Known {
    revision: Revision,
    entries: Vec<Entry>,
    /// Worked out for the day last asked for.
    day: Mutex<Option<(NaiveDate, Arc<Curated>)>>,
}

impl Curation {
    fn known(&self) -> Arc<Known> {
        self.known.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Answers are kept for as long as it stays.
    pub fn revision(&self) -> Revision {
        self.known.read().unwrap_or_else(PoisonError::into_inner).revision
    }

    /// What has been decided and is not ended, whatever the day.
    pub fn entries(&self) -> Vec<Entry> {
        self.known().entries.clone()
    }

    /// What is in force on a day.
    pub fn on(&self, day: NaiveDate) -> Arc<Curated> {
        let known = self.known();
        let mut worked_out = known.day.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, curated)) = worked_out.as_ref().filter(|(of, _)| *of == day) {
            return curated.clone();
        }
        let curated = Arc::new(Curated::on(day, known.entries.iter().cloned()));
        *worked_out = Some((day, curated.clone()));
        curated
    }

    /// Reads the decisions if there are newer ones.
    pub async fn refresh(&self, store: &Store) -> Result<(), StoreError> {
        let _turn = self.turn.lock().await;
        // the number first: what is read after it is at least as new
        let revision = store.curation_revision().await?;
        if revision == self.revision() {
            return Ok(());
        }
        let entries = store.decisions(false).await?.into_iter().map(|decision| decision.entry).collect();
        let known = Arc::new(Known { revision, entries, day: Mutex::default() });
        *self.known.write().unwrap_or_else(PoisonError::into_inner) = known;
        Ok(())
    }

    /// Follows what is decided here and elsewhere until the process ends.
    pub async fn follow(self: Arc<Self>, store: Store) {
        let mut away = false;
        loop {
            tokio::time::sleep(POLL).await;
            let refreshed = self.refresh(&store).await;
            if let Err(why) = &refreshed
                && !away
            {
                tracing::error!(%why, "decisions about search cannot be read; those known stay in force");
            }
            away = refreshed.is_err();
        }
    }
}

/// A decision from what somebody wrote, its words in the form in which search compares them.
pub fn read(draft: &Draft) -> Result<Entry, Vec<Problem>> {
    draft.read(&fold)
}

/// What a decision would change in one search.
#[derive(Debug)]
pub struct Tried {
    pub query: String,
    pub before: Vec<ListingId>,
    pub after: Vec<ListingId>,
    pub totals: (u64, u64),
    pub difference: Difference,
}

/// Tries a decision beside those there are, on its first day or today; nothing is kept. `given` are searches to try.
pub fn preview(
    index: &Index,
    known: &[Entry],
    entry: &Entry,
    given: &[String],
    options: &Options,
) -> Result<Vec<Tried>, ServiceError> {
    let day = options.today.max(entry.days.from);
    let others = || known.iter().filter(|other| other.id != entry.id).cloned();
    // what it replaces is how things are
    let before = Arc::new(Curated::on(day, known.iter().cloned()));
    let after = Arc::new(Curated::on(day, others().chain([entry.clone()])));
    let search = |text: &str, curated: &Arc<Curated>| {
        let options = Options { today: day, curated: curated.clone(), facets: false, per_kind: None, ..options.clone() };
        let query = Query { text: text.to_owned(), per_page: DEFAULT_PER_PAGE, ..Query::default() };
        let results = index.answer(&query, &options)?.results;
        let ids: Vec<ListingId> = results.hits.into_iter().take(PREVIEWED).map(|hit| hit.id).collect();
        Ok::<_, ServiceError>((ids, results.total))
    };
    let mut tried = Vec::with_capacity(given.len());
    for text in given {
        let ((before, total_before), (after, total_after)) = (search(text, &before)?, search(text, &after)?);
        let difference = Difference::between(&before, &after);
        tried.push(Tried { query: text.clone(), before, after, totals: (total_before, total_after), difference });
    }
    Ok(tried)
}

/// The searches to try: those given, those the decision is written for, and of those that many have made, the most frequent that
/// it concerns.
pub async fn searches_to_try(
    store: &Store,
    entry: &Entry,
    given: &[String],
    today: NaiveDate,
) -> Result<Vec<String>, StoreError> {
    let mut texts: Vec<String> = given.iter().take(MOST_GIVEN).map(|text| text.trim().to_owned()).collect();
    match &entry.rule {
        domain::curation::Rule::Synonym { word, others, both_ways } => {
            texts.extend(std::iter::once(word).chain(others.iter().filter(|_| *both_ways)).cloned());
        }
        rule => texts.extend(rule.phrase().map(|phrase| phrase.text.clone())),
    }
    let asked = most_frequent(store, today, MOST_TRIED, |row| row.tally.is_common() && entry.concerns(&row.text)).await?;
    texts.extend(asked.into_iter().map(|row| row.text));
    let mut seen = std::collections::HashSet::new();
    texts.retain(|text| !text.is_empty() && seen.insert(text.clone()));
    Ok(texts)
}

/// A decision as the interface shows it: what was written, and what became of it.
pub fn decision_json(decision: &Decision) -> Value {
    let mut value = serde_json::to_value(Draft::from(&decision.entry)).expect("a decision is JSON");
    value["revision"] = json!(decision.revision);
    value["created_at"] = json!(decision.created_at);
    value["changed_at"] = json!(decision.changed_at);
    value["ended_at"] = json!(decision.ended_at);
    value
}

pub fn tried_json(tried: &Tried) -> Value {
    let at = |(id, at): &(ListingId, usize)| json!({ "id": id, "position": at });
    let moved = |(id, from, to): &(ListingId, usize, usize)| json!({ "id": id, "from": from, "to": to });
    json!({
        "query": tried.query,
        "before": tried.before,
        "after": tried.after,
        "total_before": tried.totals.0,
        "total_after": tried.totals.1,
        "entered": tried.difference.entered.iter().map(at).collect::<Vec<_>>(),
        "left": tried.difference.left.iter().map(at).collect::<Vec<_>>(),
        "moved": tried.difference.moved.iter().map(moved).collect::<Vec<_>>(),
    })
}
