//! What the store can be asked.

use std::collections::HashMap;
use std::sync::Arc;

use domain::event::{Change, Revision};
use domain::listing::{Kind, Listing};
use domain::time::Timestamp;
use domain::{ListingId, Slug};
use sea_orm::{
    AccessMode, ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, DbBackend, EntityTrait, ExprTrait, IsolationLevel,
    QueryFilter, QueryOrder, QuerySelect, Select, TransactionOptions, TransactionTrait,
};

use super::entities::{clock, event, listing};
use super::write::CATALOGUE;
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
    /// When that change was made, whatever the listing says of itself.
    pub changed_at: Timestamp,
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
    /// Not changed earlier here, nor updated earlier by what the listing says of itself. A listing may be recorded long
    /// after its `updated_at`, or come back as it was: whoever asks what is new since Monday must hear of it.
    pub updated_from: Option<Timestamp>,
    /// Samples too.
    pub samples: bool,
}

impl ChangeFilter {
    /// When it left the sight of whoever asks this way: withdrawn, of another kind by now, or a sample by now. None where it
    /// is to be seen.
    pub fn gone_at(&self, stored: &Stored) -> Option<Timestamp> {
        let other_kind = self.kind.is_some_and(|kind| kind != stored.listing.kind());
        let hidden = !self.samples && stored.listing.sample;
        stored.withdrawn_at.or((other_kind || hidden).then_some(stored.changed_at))
    }
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
    /// A listing may be met twice, the later time in its newer form. What has left the sight of this filter is among them:
    /// see [`ChangeFilter::gone_at`].
    pub async fn list_changes(&self, wanted: &ChangeFilter, after: Revision, limit: u64) -> Result<Vec<Stored>, StoreError> {
        use listing::Column;
        let mut query = listing::Entity::find().order_by_asc(Column::Revision);
        if let Some(kind) = wanted.kind {
            let was = Column::FormerKinds.contains(format!(",{kind},"));
            query = query.filter(Condition::any().add(Column::Kind.eq(kind.name())).add(was));
        }
        if !wanted.samples {
            query = query.filter(Condition::any().add(Column::Sample.eq(false)).add(Column::OnceReal.eq(true)));
        }
        if let Some(from) = wanted.updated_from.map(|at| at.timestamp_micros()) {
            let updated = Column::WithdrawnAt.is_null().and(Column::UpdatedAt.gte(from));
            query = query.filter(Condition::any().add(Column::ChangedAt.gte(from)).add(updated));
        }
        // Unreadable rows must not make a page look like the last one.
        let (mut found, mut after) = (Vec::new(), after);
        loop {
            let room = limit - found.len() as u64;
            let query = query.clone().filter(Column::Revision.gt(after)).limit(room);
            let rows = patiently(async { Ok(query.all(&self.db).await?) }).await?;
            let last_page = (rows.len() as u64) < room;
            after = rows.last().map_or(after, |row| row.revision);
            found.extend(rows.into_iter().filter_map(|row| readable(stored(row))));
            if last_page || found.len() as u64 >= limit {
                return Ok(found);
            }
        }
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
    pub(super) at: DatabaseTransaction,
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
            let id = row.id.clone();
            found.extend(readable(stored(row)).map(|row| (id, row)));
        }
    }
    Ok(ids.iter().filter_map(|id| found.get(id.as_str()).cloned()).collect())
}

async fn revision<C: ConnectionTrait>(db: &C) -> Result<Revision, StoreError> {
    revision_of(db, CATALOGUE).await
}

pub(super) async fn revision_of<C: ConnectionTrait>(db: &C, clock: i32) -> Result<Revision, StoreError> {
    let clock = patiently(async { Ok(clock::Entity::find_by_id(clock).one(db).await?) }).await?;
    clock.map(|row| row.revision).ok_or_else(|| StoreError::corrupt("clock", "its row is missing"))
}

async fn events_after<C: ConnectionTrait>(db: &C, after: Revision, limit: u64) -> Result<Vec<StoredEvent>, StoreError> {
    let query =
        event::Entity::find().filter(event::Column::Revision.gt(after)).order_by_asc(event::Column::Revision).limit(limit);
    let rows = patiently(async { Ok(query.all(db).await?) }).await?;
    Ok(rows.into_iter().filter_map(|row| readable(stored_event(row))).collect())
}

/// Empty only at the end: a page of which nothing can be read is passed over.
async fn page_after<C: ConnectionTrait>(db: &C, after: Option<&ListingId>, limit: u64) -> Result<Vec<Stored>, StoreError> {
    let live = listing::Entity::find().filter(listing::Column::WithdrawnAt.is_null());
    page_of(db, live, after, limit).await
}

/// Live listings of some kinds, by id.
pub(super) async fn page_of_kinds<C: ConnectionTrait>(
    db: &C,
    kinds: &[Kind],
    after: Option<&ListingId>,
    limit: u64,
) -> Result<Vec<Stored>, StoreError> {
    let live = listing::Entity::find().filter(listing::Column::WithdrawnAt.is_null());
    let kinds = listing::Column::Kind.is_in(kinds.iter().map(|kind| kind.name()));
    page_of(db, live.filter(kinds), after, limit).await
}

async fn page_of<C: ConnectionTrait>(
    db: &C,
    among: Select<listing::Entity>,
    after: Option<&ListingId>,
    limit: u64,
) -> Result<Vec<Stored>, StoreError> {
    let mut after = after.map(ToString::to_string);
    loop {
        let mut query = among.clone().order_by_asc(listing::Column::Id).limit(limit);
        if let Some(after) = &after {
            query = query.filter(listing::Column::Id.gt(after.as_str()));
        }
        let rows = patiently(async { Ok(query.all(db).await?) }).await?;
        let Some(last) = rows.last() else { return Ok(Vec::new()) };
        after = Some(last.id.clone());
        let page: Vec<Stored> = rows.into_iter().filter_map(|row| readable(stored(row))).collect();
        if !page.is_empty() {
            return Ok(page);
        }
    }
}

pub(super) async fn digests<C: ConnectionTrait>(db: &C) -> Result<Vec<Digest>, StoreError> {
    use listing::Column;
    let mut all: Vec<Digest> = Vec::new();
    let mut after: Option<String> = None;
    loop {
        let mut query = listing::Entity::find()
            .select_only()
            .columns([Column::Id, Column::Kind, Column::Digest, Column::Revision, Column::WithdrawnAt])
            .order_by_asc(Column::Id)
            .limit(DIGESTS_AT_ONCE);
        if let Some(after) = &after {
            query = query.filter(Column::Id.gt(after.as_str()));
        }
        let rows: Vec<DigestRow> = patiently(async { Ok(query.into_tuple().all(db).await?) }).await?;
        let last_page = (rows.len() as u64) < DIGESTS_AT_ONCE;
        after = rows.last().map(|(id, ..)| id.clone());
        all.extend(rows.into_iter().filter_map(|row| readable(digest(row))));
        if last_page {
            return Ok(all);
        }
    }
}

/// A row that no longer reads as what it was written as concerns nobody but itself: it is passed over, said in the log and
/// counted, and everything else goes on.
pub(super) fn readable<T>(read: Result<T, StoreError>) -> Option<T> {
    let note = |why: &StoreError| {
        tracing::error!(%why, "a row is passed over");
        metrics::counter!("xiaoxiang_unreadable_rows_total").increment(1);
    };
    read.inspect_err(note).ok()
}

/// Id, kind, digest, revision and withdrawal.
type DigestRow = (String, String, String, i64, Option<i64>);

fn digest((id, kind, digest, revision, withdrawn_at): DigestRow) -> Result<Digest, StoreError> {
    let kind = Kind::parse(&kind).ok_or_else(|| StoreError::corrupt(&id, format!("unknown kind {kind}")))?;
    let id = ListingId::parse(&id).map_err(|e| StoreError::corrupt(&id, e))?;
    Ok(Digest { id, kind, digest, revision, withdrawn: withdrawn_at.is_some() })
}

fn stored(row: listing::Model) -> Result<Stored, StoreError> {
    let listing = serde_json::from_str(&row.document).map_err(|e| StoreError::corrupt(&row.id, e))?;
    let withdrawn_at = row.withdrawn_at.map(|micros| time_of(&row.id, micros)).transpose()?;
    let changed_at = time_of(&row.id, row.changed_at)?;
    Ok(Stored { listing: Arc::new(listing), digest: row.digest, revision: row.revision, withdrawn_at, changed_at })
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

pub(super) fn time_of(id: &str, micros: i64) -> Result<Timestamp, StoreError> {
    Timestamp::from_timestamp_micros(micros).ok_or_else(|| StoreError::corrupt(id, format!("{micros} is no time")))
}
