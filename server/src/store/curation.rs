//! What the bureau has decided about search. Nothing is deleted: a decision that is over is ended, and every change leaves an
//! event with the decision as it then stood.
//!
//! The clock has a second row for decisions. Whoever writes holds it until the commit, so two that contradict each other cannot
//! both get in, and whoever has seen its number knows that there is nothing newer.

use domain::curation::{Conflict, Draft, Entry, MOST_IN_FORCE, conflict};
use domain::event::Revision;
use domain::time::Timestamp;
use domain::{CurationId, Problem};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
};

use super::entities::{clock, curation, curation_event};
use super::read::{readable, revision_of, time_of};
use super::{Store, StoreError, patiently};

/// The decisions' row of the clock.
const DECISIONS: i32 = 2;

/// A decision as the store holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    pub entry: Entry,
    /// Of its latest change.
    pub revision: Revision,
    pub created_at: Timestamp,
    pub changed_at: Timestamp,
    pub ended_at: Option<Timestamp>,
}

/// A change of a decision, as it then stood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastDecision {
    pub revision: Revision,
    pub ended: bool,
    pub entry: Entry,
    pub at: Timestamp,
}

/// What whoever writes believes to be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    Nothing,
    Revision(Revision),
    /// For files that are imported whole.
    Whatever,
}

#[derive(Debug, Clone)]
pub enum CurationChange {
    Put(Box<Entry>, Expected),
    End(CurationId, Expected),
}

/// What became of one change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    pub decision: Decision,
    /// It was so already.
    pub unchanged: bool,
}

/// Why nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum CurationRefused {
    #[error("there is no decision {0}")]
    Missing(CurationId),
    #[error("{id} is at revision {is} by now")]
    Stale { id: CurationId, is: Revision },
    /// What is over stays over; a new decision gets a new id.
    #[error("{0} has ended")]
    Ended(CurationId),
    #[error("{}: {}", .0, .1.say().1)]
    Conflict(CurationId, Conflict),
    #[error("there are {MOST_IN_FORCE} decisions in force; end some first")]
    TooMany,
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Store {
    /// Grows with every change of a decision.
    pub async fn curation_revision(&self) -> Result<Revision, StoreError> {
        revision_of(&self.db, DECISIONS).await
    }

    /// By id; those that have ended too, if asked.
    pub async fn decisions(&self, ended: bool) -> Result<Vec<Decision>, StoreError> {
        all(&self.db, ended).await
    }

    pub async fn decision(&self, id: &CurationId) -> Result<Option<Decision>, StoreError> {
        find(&self.db, id).await
    }

    /// Every change of it, the oldest first.
    pub async fn decision_history(&self, id: &CurationId) -> Result<Vec<PastDecision>, StoreError> {
        let events = curation_event::Entity::find()
            .filter(curation_event::Column::CurationId.eq(id.as_str()))
            .order_by_asc(curation_event::Column::Revision);
        let rows = patiently(async { Ok(events.all(&self.db).await?) }).await?;
        let past = |row: curation_event::Model| {
            let entry = entry_of(&row.curation_id, &row.document)?;
            let at = time_of(&row.curation_id, row.at)?;
            Ok(PastDecision { revision: row.revision, ended: row.change == "ended", entry, at })
        };
        Ok(rows.into_iter().filter_map(|row| readable(past(row))).collect())
    }

    /// All of it, or nothing; in the order given.
    pub async fn decide(&self, changes: &[CurationChange], now: Timestamp) -> Result<Vec<Decided>, CurationRefused> {
        let _turn = self.turn.lock().await;
        let (tx, start) = self.begin_writing(DECISIONS).await?;
        let mut writing = Writing { tx, revision: start, now, all: Vec::new() };
        writing.all = all(&writing.tx, true).await?;
        let mut decided = Vec::with_capacity(changes.len());
        for change in changes {
            decided.push(match change {
                CurationChange::Put(entry, expected) => writing.put(entry, *expected).await?,
                CurationChange::End(id, expected) => writing.end(id, *expected).await?,
            });
        }
        if writing.revision > start {
            let tick = clock::Entity::update_many()
                .col_expr(clock::Column::Revision, Expr::value(writing.revision))
                .filter(clock::Column::Id.eq(DECISIONS));
            patiently(async { Ok(tick.exec(&writing.tx).await?) }).await?;
        }
        patiently(async { Ok(writing.tx.commit().await?) }).await?;
        Ok(decided)
    }
}

struct Writing {
    tx: DatabaseTransaction,
    revision: Revision,
    now: Timestamp,
    /// Every decision there is, those that have ended too.
    all: Vec<Decision>,
}

impl Writing {
    async fn put(&mut self, entry: &Entry, expected: Expected) -> Result<Decided, CurationRefused> {
        let known = self.all.iter().find(|known| known.entry.id == entry.id).cloned();
        if let Some(known) = &known {
            // whoever sends the same again has perhaps not heard the answer
            if known.ended_at.is_none() && known.entry == *entry {
                return Ok(Decided { decision: known.clone(), unchanged: true });
            }
        }
        self.expect(&entry.id, known.as_ref(), expected)?;
        if known.as_ref().is_some_and(|known| known.ended_at.is_some()) {
            return Err(CurationRefused::Ended(entry.id.clone()));
        }
        let today = domain::time::day_of(self.now);
        let in_force = |it: &&Decision| it.ended_at.is_none() && !it.entry.days.are_over(today);
        let others: Vec<&Entry> = self.all.iter().filter(in_force).map(|it| &it.entry).collect();
        if let Some(conflict) = conflict(entry, others.iter().copied(), today) {
            return Err(CurationRefused::Conflict(entry.id.clone(), conflict));
        }
        if known.is_none() && others.len() >= MOST_IN_FORCE {
            return Err(CurationRefused::TooMany);
        }
        let created_at = known.map_or(self.now, |known| known.created_at);
        let decision =
            Decision { entry: entry.clone(), revision: self.revision + 1, created_at, changed_at: self.now, ended_at: None };
        self.save(decision).await
    }

    async fn end(&mut self, id: &CurationId, expected: Expected) -> Result<Decided, CurationRefused> {
        let known = self.all.iter().find(|known| known.entry.id == *id).cloned();
        let Some(decision) = known else { return Err(CurationRefused::Missing(id.clone())) };
        if decision.ended_at.is_some() {
            return Ok(Decided { decision, unchanged: true });
        }
        self.expect(id, Some(&decision), expected)?;
        let now = self.now;
        self.save(Decision { revision: self.revision + 1, changed_at: now, ended_at: Some(now), ..decision }).await
    }

    fn expect(&self, id: &CurationId, known: Option<&Decision>, expected: Expected) -> Result<(), CurationRefused> {
        let stale = |is| Err(CurationRefused::Stale { id: id.clone(), is });
        match (expected, known) {
            (Expected::Nothing, Some(known)) => stale(known.revision),
            (Expected::Revision(_), None) => Err(CurationRefused::Missing(id.clone())),
            (Expected::Revision(expected), Some(known)) if expected != known.revision => stale(known.revision),
            _ => Ok(()),
        }
    }

    async fn save(&mut self, decision: Decision) -> Result<Decided, CurationRefused> {
        self.revision = decision.revision;
        let document = serde_json::to_string(&Draft::from(&decision.entry)).expect("a decision is JSON");
        let id = decision.entry.id.to_string();
        let row = curation::Model {
            id: id.clone(),
            document: document.clone(),
            revision: decision.revision,
            created_at: decision.created_at.timestamp_micros(),
            changed_at: decision.changed_at.timestamp_micros(),
            ended_at: decision.ended_at.map(|at| at.timestamp_micros()),
        };
        let replaces = OnConflict::column(curation::Column::Id)
            .update_columns([curation::Column::Document, curation::Column::Revision])
            .update_columns([curation::Column::ChangedAt, curation::Column::EndedAt])
            .to_owned();
        let row = sea_orm::ActiveModelTrait::reset_all(row.into_active_model());
        let event = curation_event::ActiveModel {
            revision: Set(decision.revision),
            curation_id: Set(id),
            change: Set(if decision.ended_at.is_some() { "ended" } else { "put" }.to_owned()),
            document: Set(document),
            at: Set(self.now.timestamp_micros()),
        };
        patiently(async {
            curation::Entity::insert(row).on_conflict(replaces).exec_without_returning(&self.tx).await?;
            curation_event::Entity::insert(event).exec_without_returning(&self.tx).await?;
            Ok(())
        })
        .await?;
        self.all.retain(|known| known.entry.id != decision.entry.id);
        self.all.push(decision.clone());
        Ok(Decided { decision, unchanged: false })
    }
}

async fn all<C: ConnectionTrait>(db: &C, ended: bool) -> Result<Vec<Decision>, StoreError> {
    let mut query = curation::Entity::find().order_by_asc(curation::Column::Id);
    if !ended {
        query = query.filter(curation::Column::EndedAt.is_null());
    }
    let rows = patiently(async { Ok(query.all(db).await?) }).await?;
    Ok(rows.into_iter().filter_map(|row| readable(decision(row))).collect())
}

async fn find<C: ConnectionTrait>(db: &C, id: &CurationId) -> Result<Option<Decision>, StoreError> {
    let row = patiently(async { Ok(curation::Entity::find_by_id(id.as_str()).one(db).await?) }).await?;
    row.map(decision).transpose()
}

fn decision(row: curation::Model) -> Result<Decision, StoreError> {
    Ok(Decision {
        entry: entry_of(&row.id, &row.document)?,
        revision: row.revision,
        created_at: time_of(&row.id, row.created_at)?,
        changed_at: time_of(&row.id, row.changed_at)?,
        ended_at: row.ended_at.map(|at| time_of(&row.id, at)).transpose()?,
    })
}

/// What is stored is folded already.
fn entry_of(id: &str, document: &str) -> Result<Entry, StoreError> {
    let draft: Draft = serde_json::from_str(document).map_err(|why| StoreError::corrupt(id, why))?;
    let wrong = |problems: Vec<Problem>| {
        let words: Vec<_> = problems.iter().map(|problem| format!("{}: {}", problem.field, problem.code)).collect();
        StoreError::corrupt(id, words.join(", "))
    };
    draft.read(&|text| text.to_owned()).map_err(wrong)
}
