//! How the truth changes.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::time::{Duration, Instant};

use domain::event::{Change, Revision};
use domain::listing::{Kind, Listing};
use domain::time::Timestamp;
use domain::{ListingId, Slug};
use sea_orm::sea_query::{CaseStatement, Expr, OnConflict};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, EntityTrait,
    IntoActiveModel, QueryFilter, QuerySelect, SqliteTransactionMode, TransactionOptions, TransactionTrait,
};
use tokio::sync::MutexGuard;

use super::entities::{clock, event, listing};
use super::read::{Digest, digests, find_many, page_of_kinds};
use super::{ChangeRequest, Store, StoreError, Stored, Written, digest_of, document_of, patiently};

/// How long a writer waits for another one; the longest import there is takes a fraction of it.
const LONGEST_WAIT: Duration = Duration::from_secs(30 * 60);

/// The catalogue's row of the clock.
pub(super) const CATALOGUE: i32 = 1;

/// Rows in one statement: fourteen values each stay far below SQLite's 32,766.
const AT_ONCE: usize = 500;

impl Store {
    /// All of it, or nothing.
    pub async fn write(&self, changes: Vec<ChangeRequest>, now: Timestamp) -> Result<Written, StoreError> {
        self.write_telling(changes, now, |_| {}).await
    }

    /// As [`Store::write`], saying after every few hundred how many are done.
    pub async fn write_telling(
        &self,
        changes: Vec<ChangeRequest>,
        now: Timestamp,
        mut tell: impl FnMut(usize),
    ) -> Result<Written, StoreError> {
        let mut writer = self.writer(now).await?;
        let mut done = 0;
        for some in changes.chunks(AT_ONCE) {
            writer.apply(some).await?;
            done += some.len();
            tell(done);
        }
        writer.commit().await
    }

    /// Opens a transaction and waits for the right to write.
    pub async fn writer(&self, now: Timestamp) -> Result<Writer<'_>, StoreError> {
        self.writer_telling(now, || {}).await
    }

    /// As [`Store::writer`], saying now and then that somebody else is still writing.
    pub async fn writer_telling(&self, now: Timestamp, tell: impl Fn()) -> Result<Writer<'_>, StoreError> {
        let turn = match self.turn.try_lock() {
            Ok(turn) => turn,
            Err(_) => {
                tell();
                self.turn.lock().await
            }
        };
        let deadline = Instant::now() + LONGEST_WAIT;
        let (tx, start) = loop {
            match self.begin_writing(CATALOGUE).await {
                // Another process: the database's own patience is made for short writes, not for long imports.
                Err(StoreError::Busy(_)) if Instant::now() < deadline => tell(),
                begun => break begun?,
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        };
        let written = Written { revision: start, ..Written::default() };
        Ok(Writer { tx, _turn: turn, now, start, written, parked: BTreeMap::new() })
    }

    /// On SQLite IMMEDIATE, or a reader that turns writer could find that somebody else has written since, and fail.
    pub(super) async fn begin_immediate(&self) -> Result<DatabaseTransaction, DbErr> {
        let options =
            TransactionOptions { sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate), ..Default::default() };
        self.db.begin_with_options(options).await
    }

    /// Begins with the right to move one of the clocks.
    pub(super) async fn begin_writing(&self, clock: i32) -> Result<(DatabaseTransaction, Revision), StoreError> {
        let tx = self.begin_immediate().await?;
        // On PostgreSQL this is where other servers' writers wait.
        let waits = self.db.get_database_backend() == DbBackend::Postgres;
        if waits {
            tx.execute_unprepared("SET LOCAL lock_timeout = '10s'").await?;
        }
        let clock = clock::Entity::find_by_id(clock).lock_exclusive().one(&tx).await?;
        if waits {
            tx.execute_unprepared("SET LOCAL lock_timeout = 0").await?;
        }
        let start = clock.ok_or_else(|| StoreError::corrupt("clock", "its row is missing"))?.revision;
        Ok((tx, start))
    }
}

/// A transaction that changes the catalogue. Dropped without [`Writer::commit`], or after an error, it leaves no trace.
pub struct Writer<'a> {
    pub(super) tx: DatabaseTransaction,
    _turn: MutexGuard<'a, ()>,
    now: Timestamp,
    start: Revision,
    written: Written,
    /// Listings whose slug was given to another one, and who do not have a new one yet.
    parked: BTreeMap<String, Parked>,
}

struct Parked {
    kind: Kind,
    slug: Slug,
    wanted_by: ListingId,
}

/// The columns of [`Known`], the id before them.
type KnownRow = (String, String, String, String, Option<i64>, bool, String, bool);

/// What is known of a row before it changes.
struct Known {
    kind: String,
    slug: String,
    digest: String,
    withdrawn: bool,
    sample: bool,
    former_kinds: String,
    once_real: bool,
}

impl Known {
    /// Kinds it had before, when it becomes one of `kind`.
    fn former_kinds(&self, kind: &str) -> String {
        let mut kinds: Vec<&str> = self.former_kinds.split(',').filter(|known| !known.is_empty() && *known != kind).collect();
        if self.kind != kind && !kinds.contains(&self.kind.as_str()) {
            kinds.push(&self.kind);
        }
        if kinds.is_empty() { String::new() } else { format!(",{},", kinds.join(",")) }
    }
}

impl Writer<'_> {
    /// Every row's digest as this transaction sees it.
    pub async fn digests(&self) -> Result<Vec<Digest>, StoreError> {
        digests(&self.tx).await
    }

    pub async fn find_many(&self, ids: &[ListingId]) -> Result<Vec<Stored>, StoreError> {
        find_many(&self.tx, ids).await
    }

    /// Live listings of some kinds, by id.
    pub async fn page_of_kinds(&self, kinds: &[Kind], after: Option<&ListingId>, limit: u64) -> Result<Vec<Stored>, StoreError> {
        page_of_kinds(&self.tx, kinds, after, limit).await
    }

    /// Changes are made in their order, and take their revisions in it.
    pub async fn apply(&mut self, changes: &[ChangeRequest]) -> Result<(), StoreError> {
        let mut rest = changes;
        while !rest.is_empty() {
            // one statement may touch a row once: a second change of the same listing starts the next one
            let mut seen = HashSet::new();
            let length = rest.iter().take(AT_ONCE).take_while(|change| seen.insert(change.id())).count();
            let (some, others) = rest.split_at(length);
            patiently(self.apply_some(some)).await?;
            rest = others;
        }
        Ok(())
    }

    /// What [`Writer::commit`] would answer; then forgets everything.
    pub async fn rehearse(self) -> Result<Written, StoreError> {
        self.check_slugs()?;
        self.tx.rollback().await?;
        Ok(self.written)
    }

    /// Makes it so, for everybody at once.
    pub async fn commit(self) -> Result<Written, StoreError> {
        self.check_slugs()?;
        if self.written.revision > self.start {
            clock::Entity::update_many()
                .col_expr(clock::Column::Revision, Expr::value(self.written.revision))
                .filter(clock::Column::Id.eq(CATALOGUE))
                .exec(&self.tx)
                .await?;
        }
        self.tx.commit().await?;
        Ok(self.written)
    }

    fn check_slugs(&self) -> Result<(), StoreError> {
        let Some((held_by, Parked { kind, slug, wanted_by })) = self.parked.first_key_value() else { return Ok(()) };
        let held_by = ListingId::parse(held_by).map_err(|e| StoreError::corrupt(held_by, e))?;
        Err(StoreError::Conflict { kind: *kind, slug: slug.clone(), wanted_by: wanted_by.clone(), held_by })
    }

    async fn apply_some(&mut self, changes: &[ChangeRequest]) -> Result<(), StoreError> {
        let known = self.known(changes).await?;
        let mut rows: Vec<(&Listing, listing::Model)> = Vec::new();
        let mut withdrawals: Vec<(&ListingId, Revision)> = Vec::new();
        let mut events: Vec<event::ActiveModel> = Vec::with_capacity(changes.len());
        for change in changes {
            let before = known.get(change.id().as_str());
            let row = match change {
                ChangeRequest::Put(listing) => Some(self.row(listing, before)),
                ChangeRequest::Withdraw(_) => None,
            };
            let idle = match (&row, before) {
                (Some(row), Some(before)) => !before.withdrawn && before.digest == row.digest,
                (Some(_), None) => false,
                (None, before) => before.is_none_or(|before| before.withdrawn),
            };
            if idle {
                self.written.unchanged += 1;
                continue;
            }
            self.written.revision += 1;
            let happened = match (change, row) {
                (ChangeRequest::Put(listing), Some(row)) => {
                    self.written.put += 1;
                    rows.push((listing.as_ref(), listing::Model { revision: self.written.revision, ..row }));
                    Change::Put
                }
                _ => {
                    self.written.withdrawn += 1;
                    withdrawals.push((change.id(), self.written.revision));
                    Change::Withdrawn
                }
            };
            events.push(event::ActiveModel {
                revision: Set(self.written.revision),
                listing_id: Set(change.id().to_string()),
                change: Set(happened.code().to_owned()),
                at: Set(self.now.timestamp_micros()),
            });
        }
        self.withdraw(&withdrawals).await?;
        self.make_room(&rows, &known).await?;
        self.put(rows).await?;
        event::Entity::insert_many(events).exec_without_returning(&self.tx).await?;
        Ok(())
    }

    async fn known(&self, changes: &[ChangeRequest]) -> Result<HashMap<String, Known>, StoreError> {
        use listing::Column;
        let rows: Vec<KnownRow> = listing::Entity::find()
            .select_only()
            .columns([Column::Id, Column::Kind, Column::Slug, Column::Digest, Column::WithdrawnAt])
            .columns([Column::Sample, Column::FormerKinds, Column::OnceReal])
            .filter(Column::Id.is_in(changes.iter().map(|change| change.id().as_str())))
            .into_tuple()
            .all(&self.tx)
            .await?;
        let known = |(id, kind, slug, digest, withdrawn_at, sample, former_kinds, once_real): KnownRow| {
            (id, Known { kind, slug, digest, withdrawn: withdrawn_at.is_some(), sample, former_kinds, once_real })
        };
        Ok(rows.into_iter().map(known).collect())
    }

    fn row(&self, listing: &Listing, before: Option<&Known>) -> listing::Model {
        let kind = listing.kind().name();
        let document = document_of(listing);
        listing::Model {
            id: listing.id.to_string(),
            kind: kind.to_owned(),
            slug: listing.slug.to_string(),
            region: listing.region.as_ref().map(ToString::to_string),
            sample: listing.sample,
            published_at: listing.published_at.timestamp_micros(),
            updated_at: listing.updated_at.timestamp_micros(),
            digest: digest_of(&document),
            document,
            revision: 0,
            withdrawn_at: None,
            changed_at: self.now.timestamp_micros(),
            former_kinds: before.map(|before| before.former_kinds(kind)).unwrap_or_default(),
            once_real: before.is_some_and(|before| before.once_real || !before.sample),
        }
    }

    /// Slugs are unique within a kind, but listings may exchange theirs, in whatever order their rows come, and a tombstone
    /// keeps its slug only until somebody wants it. So whoever has a wanted slug is first moved to a name that no slug can
    /// have; if it is still there at the end, nobody renamed it, and that is the conflict to report.
    async fn make_room(&mut self, rows: &[(&Listing, listing::Model)], known: &HashMap<String, Known>) -> Result<(), StoreError> {
        let keeps = |row: &listing::Model| known.get(&row.id).is_some_and(|k| k.kind == row.kind && k.slug == row.slug);
        let mut wanted: BTreeMap<Kind, HashMap<&str, &Listing>> = BTreeMap::new();
        let mut kept: HashMap<(Kind, &str), &Listing> = HashMap::new();
        for (listing, _) in rows.iter().filter(|(_, row)| keeps(row)) {
            kept.insert((listing.kind(), listing.slug.as_str()), listing);
        }
        for (listing, _) in rows.iter().filter(|(_, row)| !keeps(row)) {
            let (kind, slug) = (listing.kind(), listing.slug.as_str());
            let other = wanted.entry(kind).or_default().insert(slug, listing).or(kept.get(&(kind, slug)).copied());
            if let Some(other) = other {
                let (wanted_by, held_by) = (listing.id.clone(), other.id.clone());
                return Err(StoreError::Conflict { kind, slug: listing.slug.clone(), wanted_by, held_by });
            }
        }
        for (kind, slugs) in wanted {
            let holders: Vec<(String, String, Option<i64>)> = listing::Entity::find()
                .select_only()
                .columns([listing::Column::Id, listing::Column::Slug, listing::Column::WithdrawnAt])
                .filter(listing::Column::Kind.eq(kind.name()))
                .filter(listing::Column::Slug.is_in(slugs.keys().copied()))
                .into_tuple()
                .all(&self.tx)
                .await?;
            for (id, slug, withdrawn_at) in holders {
                listing::Entity::update_many()
                    .col_expr(listing::Column::Slug, Expr::value(format!("~{id}")))
                    .filter(listing::Column::Id.eq(id.as_str()))
                    .exec(&self.tx)
                    .await?;
                if withdrawn_at.is_none() {
                    let wanting = slugs[slug.as_str()];
                    let parked = Parked { kind, slug: wanting.slug.clone(), wanted_by: wanting.id.clone() };
                    self.parked.insert(id, parked);
                }
            }
        }
        Ok(())
    }

    async fn put(&mut self, rows: Vec<(&Listing, listing::Model)>) -> Result<(), StoreError> {
        use listing::Column::*;
        for (_, row) in &rows {
            self.parked.remove(&row.id);
        }
        let replaces = OnConflict::column(Id)
            .update_columns([Kind, Slug, Region, Sample, PublishedAt, UpdatedAt, Document, Digest, Revision, WithdrawnAt])
            .update_columns([ChangedAt, FormerKinds, OnceReal])
            .to_owned();
        // reset: every column is written, also those of the primary key
        let rows = rows.into_iter().map(|(_, row)| row.into_active_model().reset_all());
        listing::Entity::insert_many(rows).on_conflict(replaces).exec_without_returning(&self.tx).await?;
        Ok(())
    }

    async fn withdraw(&mut self, withdrawals: &[(&ListingId, Revision)]) -> Result<(), StoreError> {
        let Some((first, others)) = withdrawals.split_first() else { return Ok(()) };
        let is = |(id, revision): &(&ListingId, Revision)| (listing::Column::Id.eq(id.as_str()), Expr::value(*revision));
        let (condition, revision) = is(first);
        let mut revisions = CaseStatement::new().case(condition, revision);
        for withdrawal in others {
            let (condition, revision) = is(withdrawal);
            revisions = revisions.case(condition, revision);
        }
        listing::Entity::update_many()
            .col_expr(listing::Column::Revision, revisions.into())
            .col_expr(listing::Column::WithdrawnAt, Expr::value(self.now.timestamp_micros()))
            .col_expr(listing::Column::ChangedAt, Expr::value(self.now.timestamp_micros()))
            .filter(listing::Column::Id.is_in(withdrawals.iter().map(|(id, _)| id.as_str())))
            .exec(&self.tx)
            .await?;
        for (id, _) in withdrawals {
            self.parked.remove(id.as_str());
        }
        Ok(())
    }
}
