//! What the store can be asked.

use std::collections::HashMap;
use std::sync::Arc;

use domain::event::{Change, Revision};
use domain::listing::{Kind, Listing};
use domain::time::Timestamp;
use domain::{ListingId, Slug};
use sea_orm::{
    AccessMode, ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, DbBackend, EntityTrait, ExprTrait, IsolationLevel,
    QueryFilter, QueryOrder, QuerySelect, TransactionOptions, TransactionTrait,
};

use super::entities::{clock, event, listing};
use super::{Store, StoreError, patiently};

/// A listing as the store holds it.
#[derive(Debug, Clone)]
pub struct Stored {
    pub listing: Arc<Listing>,
    /// SHA-256 of its document, in hex: equal digests are equal listings.
    pub digest: String,
    /// The revision of its latest change.
    pub revision: Revision,
    /// Set on a tombstone; the listing is then what it was at last.
    pub withdrawn_at: Option<Timestamp>,
}

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredEvent {
    pub revision: Revision,
    pub listing_id: ListingId,
    pub change: Change,
    pub at: Timestamp,
}

/// A row without its document: enough to compare two copies of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Digest {
    pub id: ListingId,
    pub kind: Kind,
    pub digest: String,
    pub revision: Revision,
    pub withdrawn: bool,
}

/// Which changes somebody wants to hear of.
#[derive(Debug, Clone, Copy, Default)]
pub struct ChangeFilter {
    pub kind: Option<Kind>,
    /// Listings whose own `updated_at` is not earlier, and tombstones not older.
    pub updated_from: Option<Timestamp>,
    /// Samples too.
    pub samples: bool,
}

impl Store {
    /// By its address. A tombstone is found too, as long as no other listing has taken its slug.
    pub async fn find(&self, kind: Kind, slug: &Slug) -> Result<Option<Stored>, StoreError> {
        let query =
            listing::Entity::find().filter(listing::Column::Kind.eq(kind.name())).filter(listing::Column::Slug.eq(slug.as_str()));
        patiently(async { query.one(&self.db).await?.map(stored).transpose() }).await
    }

    /// Those of them that exist, tombstones among them, in the order asked for.
    pub async fn find_many(&self, ids: &[ListingId]) -> Result<Vec<Stored>, StoreError> {
        find_many(&self.db, ids).await
    }

    /// The catalogue's clock.
    pub async fn revision(&self) -> Result<Revision, StoreError> {
        revision(&self.db).await
    }

    /// What happened after a revision, in order and without gaps.
    pub async fn events_after(&self, after: Revision, limit: u64) -> Result<Vec<StoredEvent>, StoreError> {
        events_after(&self.db, after, limit).await
    }

    /// Listings by id, without tombstones. Pages read while somebody writes are of different moments; where that matters,
    /// use a [`Snapshot`], or follow the events since the revision before the first page.
    pub async fn page_after(&self, after: Option<&ListingId>, limit: u64) -> Result<Vec<Stored>, StoreError> {
        page_after(&self.db, after, limit).await
    }

    /// Listings and tombstones by the revision of their latest change; the last one's revision is the next cursor.
    ///
    /// Nothing is skipped by a reader who pages while others write: a listing that changes moves to the end, where the
    /// reader has not been, and revisions become visible in their order, never one below the cursor after it was read.
    /// A listing may be met twice, the later time in its newer form.
    pub async fn list_changes(&self, wanted: &ChangeFilter, after: Revision, limit: u64) -> Result<Vec<Stored>, StoreError> {
        let mut query = listing::Entity::find()
            .filter(listing::Column::Revision.gt(after))
            .order_by_asc(listing::Column::Revision)
            .limit(limit);
        if let Some(kind) = wanted.kind {
            query = query.filter(listing::Column::Kind.eq(kind.name()));
        }
        if !wanted.samples {
            query = query.filter(listing::Column::Sample.eq(false));
        }
        if let Some(from) = wanted.updated_from.map(|at| at.timestamp_micros()) {
            let live = listing::Column::WithdrawnAt.is_null().and(listing::Column::UpdatedAt.gte(from));
            query = query.filter(Condition::any().add(live).add(listing::Column::WithdrawnAt.gte(from)));
        }
        patiently(async { query.all(&self.db).await?.into_iter().map(stored).collect() }).await
    }

    /// Every row's digest, tombstones too, by id.
    pub async fn digests(&self) -> Result<Vec<Digest>, StoreError> {
        digests(&self.db).await
    }

    /// The catalogue at one moment, whatever others write meanwhile. Holds a connection until it is dropped.
    pub async fn snapshot(&self) -> Result<Snapshot, StoreError> {
        let options = match self.db.get_database_backend() {
            DbBackend::Postgres => TransactionOptions {
                isolation_level: Some(IsolationLevel::RepeatableRead),
                access_mode: Some(AccessMode::ReadOnly),
                ..Default::default()
            },
            // every read transaction of SQLite is a snapshot
            _ => TransactionOptions::default(),
        };
        patiently(async {
            let at = self.db.begin_with_options(options).await?;
            // The first question settles the moment, not the beginning.
            let revision = revision(&at).await?;
            Ok(Snapshot { at, revision })
        })
        .await
    }
}

/// The catalogue at one moment.
pub struct Snapshot {
    at: DatabaseTransaction,
    revision: Revision,
}

impl Snapshot {
    pub async fn page_after(&self, after: Option<&ListingId>, limit: u64) -> Result<Vec<Stored>, StoreError> {
        page_after(&self.at, after, limit).await
    }

    pub async fn find_many(&self, ids: &[ListingId]) -> Result<Vec<Stored>, StoreError> {
        find_many(&self.at, ids).await
    }

    pub async fn digests(&self) -> Result<Vec<Digest>, StoreError> {
        digests(&self.at).await
    }

    pub async fn events_after(&self, after: Revision, limit: u64) -> Result<Vec<StoredEvent>, StoreError> {
        events_after(&self.at, after, limit).await
    }

    /// Which moment it is.
    pub fn revision(&self) -> Revision {
        self.revision
    }
}

/// Ids in one question; SQLite allows 32,766 values.
const IDS_AT_ONCE: usize = 1_000;
/// Digests in one answer.
const DIGESTS_AT_ONCE: u64 = 10_000;

pub(super) async fn find_many<C: ConnectionTrait>(db: &C, ids: &[ListingId]) -> Result<Vec<Stored>, StoreError> {
    let mut found = HashMap::with_capacity(ids.len());
    for some in ids.chunks(IDS_AT_ONCE) {
        let query = listing::Entity::find().filter(listing::Column::Id.is_in(some.iter().map(ListingId::as_str)));
        for row in patiently(async { Ok(query.all(db).await?) }).await? {
            found.insert(row.id.clone(), stored(row)?);
        }
    }
    Ok(ids.iter().filter_map(|id| found.get(id.as_str()).cloned()).collect())
}

async fn revision<C: ConnectionTrait>(db: &C) -> Result<Revision, StoreError> {
    let clock = patiently(async { Ok(clock::Entity::find_by_id(1).one(db).await?) }).await?;
    clock.map(|row| row.revision).ok_or_else(|| StoreError::corrupt("clock", "its row is missing"))
}

async fn events_after<C: ConnectionTrait>(db: &C, after: Revision, limit: u64) -> Result<Vec<StoredEvent>, StoreError> {
    let query =
        event::Entity::find().filter(event::Column::Revision.gt(after)).order_by_asc(event::Column::Revision).limit(limit);
    patiently(async { query.all(db).await?.into_iter().map(stored_event).collect() }).await
}

async fn page_after<C: ConnectionTrait>(db: &C, after: Option<&ListingId>, limit: u64) -> Result<Vec<Stored>, StoreError> {
    let mut query =
        listing::Entity::find().filter(listing::Column::WithdrawnAt.is_null()).order_by_asc(listing::Column::Id).limit(limit);
    if let Some(after) = after {
        query = query.filter(listing::Column::Id.gt(after.as_str()));
    }
    patiently(async { query.all(db).await?.into_iter().map(stored).collect() }).await
}

pub(super) async fn digests<C: ConnectionTrait>(db: &C) -> Result<Vec<Digest>, StoreError> {
    use listing::Column;
    let mut all: Vec<Digest> = Vec::new();
    loop {
        let mut query = listing::Entity::find()
            .select_only()
            .columns([Column::Id, Column::Kind, Column::Digest, Column::Revision, Column::WithdrawnAt])
            .order_by_asc(Column::Id)
            .limit(DIGESTS_AT_ONCE);
        if let Some(last) = all.last() {
            query = query.filter(Column::Id.gt(last.id.as_str()));
        }
        let rows: Vec<(String, String, String, i64, Option<i64>)> =
            patiently(async { Ok(query.into_tuple().all(db).await?) }).await?;
        let last_page = (rows.len() as u64) < DIGESTS_AT_ONCE;
        for (id, kind, digest, revision, withdrawn_at) in rows {
            let kind = Kind::parse(&kind).ok_or_else(|| StoreError::corrupt(&id, format!("unknown kind {kind}")))?;
            let id = ListingId::parse(&id).map_err(|e| StoreError::corrupt(&id, e))?;
            all.push(Digest { id, kind, digest, revision, withdrawn: withdrawn_at.is_some() });
        }
        if last_page {
            return Ok(all);
        }
    }
}

fn stored(row: listing::Model) -> Result<Stored, StoreError> {
    let listing = serde_json::from_str(&row.document).map_err(|e| StoreError::corrupt(&row.id, e))?;
    let withdrawn_at = row.withdrawn_at.map(|micros| time_of(&row.id, micros)).transpose()?;
    Ok(Stored { listing: Arc::new(listing), digest: row.digest, revision: row.revision, withdrawn_at })
}

fn stored_event(row: event::Model) -> Result<StoredEvent, StoreError> {
    let corrupt = |reason: String| StoreError::corrupt(format!("event {}", row.revision), reason);
    Ok(StoredEvent {
        revision: row.revision,
        listing_id: ListingId::parse(&row.listing_id).map_err(|e| corrupt(e.to_string()))?,
        change: Change::parse(&row.change).ok_or_else(|| corrupt(format!("unknown change {}", row.change)))?,
        at: time_of(&row.listing_id, row.at)?,
    })
}

fn time_of(id: &str, micros: i64) -> Result<Timestamp, StoreError> {
    Timestamp::from_timestamp_micros(micros).ok_or_else(|| StoreError::corrupt(id, format!("{micros} is no time")))
}
