//! Trips of visitors, who may change them, and the links through which others look.
//!
//! A trip has a version, and a change says which one it was made on: of two made on the same version one finds that the other has
//! been there, and neither is lost. Trips are no part of the catalogue: they take no revision and leave no event.

use chrono::NaiveDate;
use domain::time::Timestamp;
use domain::trip::stored::StoredTrip;
use sea_orm::sea_query::{Expr, OnConflict, Query};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, TransactionTrait,
};
use serde::Deserialize;
use serde::de::IgnoredAny;

use super::entities::{trip, trip_device, trip_share};
use super::read::time_of;
use super::{Store, StoreError, patiently};

/// A link to a trip.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Share {
    pub token: String,
    pub trip_id: String,
    pub edits: bool,
    pub expires_at: Timestamp,
}

/// As much of a trip as a list of trips says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TripHead {
    pub id: String,
    pub version: i64,
    pub title: String,
    pub starts: NaiveDate,
    pub days: usize,
    pub stops: usize,
    pub changed_at: Timestamp,
}

impl Store {
    /// Keeps a new trip that one device may change. The same one once more, even at the same moment, only lets that device change it.
    pub async fn add_trip(&self, new: &StoredTrip, device: &str) -> Result<(), StoreError> {
        let row = row_of(new)?.into_active_model();
        patiently(async {
            let _turn = self.turn.lock().await;
            let tx = self.db.begin().await?;
            let known = OnConflict::column(trip::Column::Id).do_nothing().to_owned();
            trip::Entity::insert(row).on_conflict(known).exec_without_returning(&tx).await?;
            let insert = trip_device::Entity::insert(device_row(&new.id, device, false)).on_conflict(known_device());
            insert.exec_without_returning(&tx).await?;
            Ok(tx.commit().await?)
        })
        .await
    }

    pub async fn trip(&self, id: &str) -> Result<Option<StoredTrip>, StoreError> {
        let row = patiently(async { Ok(trip::Entity::find_by_id(id).one(&self.db).await?) }).await?;
        row.map(trip_of).transpose()
    }

    /// Trips that a device may change, the latest first.
    pub async fn trips_of(&self, device: &str, limit: u64) -> Result<Vec<TripHead>, StoreError> {
        let mine = Query::select()
            .column(trip_device::Column::TripId)
            .from(trip_device::Entity)
            .and_where(trip_device::Column::Device.eq(device))
            .take();
        let rows = trip::Entity::find()
            .filter(trip::Column::Id.in_subquery(mine))
            .order_by_desc(trip::Column::TouchedAt)
            .order_by_asc(trip::Column::Id)
            .limit(limit)
            .select_only()
            .columns([trip::Column::Id, trip::Column::Version, trip::Column::Document, trip::Column::ChangedAt])
            .into_tuple();
        let rows: Vec<(String, i64, String, i64)> = patiently(async { Ok(rows.all(&self.db).await?) }).await?;
        rows.into_iter().map(head_of).collect()
    }

    /// How many trips a device may change.
    pub async fn count_trips_of(&self, device: &str) -> Result<u64, StoreError> {
        let mine = trip_device::Entity::find().filter(trip_device::Column::Device.eq(device));
        patiently(async { Ok(mine.count(&self.db).await?) }).await
    }

    pub async fn may_change_trip(&self, id: &str, device: &str) -> Result<bool, StoreError> {
        let key = (device.to_owned(), id.to_owned());
        patiently(async { Ok(trip_device::Entity::find_by_id(key).one(&self.db).await?.is_some()) }).await
    }

    /// Lets another device of who made it change it too. Doing so again changes nothing.
    pub async fn let_device_change_trip(&self, id: &str, device: &str) -> Result<(), StoreError> {
        patiently(async {
            let _turn = self.turn.lock().await;
            let tx = self.db.begin().await?;
            if hold(&tx, [id]).await? > 0 {
                let insert = trip_device::Entity::insert(device_row(id, device, false)).on_conflict(known_device());
                insert.exec_without_returning(&tx).await?;
            }
            Ok(tx.commit().await?)
        })
        .await
    }

    /// Lets the device of a guest in by a link, until [`Store::ask_guests_to_leave`]. Nothing changes for who made the trip. False
    /// where the link lets nobody in: it may have been taken back since it was read.
    pub async fn join_trip(&self, share: &Share, device: &str, now: Timestamp) -> Result<bool, StoreError> {
        let door = trip_share::Entity::find_by_id(&share.token)
            .filter(trip_share::Column::TripId.eq(&share.trip_id))
            .filter(trip_share::Column::Edits.eq(true))
            .filter(trip_share::Column::ExpiresAt.gt(now.timestamp_micros()));
        patiently(async {
            let _turn = self.turn.lock().await;
            let tx = self.db.begin().await?;
            if hold(&tx, [share.trip_id.as_str()]).await? == 0 || door.count(&tx).await? == 0 {
                return Ok(false);
            }
            let insert = trip_device::Entity::insert(device_row(&share.trip_id, device, true)).on_conflict(known_device());
            insert.exec_without_returning(&tx).await?;
            tx.commit().await?;
            Ok(true)
        })
        .await
    }

    /// The device of a guest may change the trip no more. Nothing changes for who made it.
    pub async fn leave_trip(&self, id: &str, device: &str) -> Result<(), StoreError> {
        patiently(async {
            let _turn = self.turn.lock().await;
            trip_device::Entity::delete_many()
                .filter(trip_device::Column::TripId.eq(id))
                .filter(trip_device::Column::Device.eq(device))
                .filter(trip_device::Column::Joined.eq(true))
                .exec(&self.db)
                .await?;
            Ok(())
        })
        .await
    }

    /// How many devices were let in by a link; none where this one was.
    pub async fn guests_of(&self, id: &str, device: &str) -> Result<Option<u64>, StoreError> {
        let guests =
            trip_device::Entity::find().filter(trip_device::Column::TripId.eq(id)).filter(trip_device::Column::Joined.eq(true));
        let itself = guests.clone().filter(trip_device::Column::Device.eq(device));
        patiently(async {
            let is_guest = itself.count(&self.db).await? > 0;
            Ok(if is_guest { None } else { Some(guests.count(&self.db).await?) })
        })
        .await
    }

    /// No guest may change it any more, and no link lets anybody in. Says how many guests there were.
    pub async fn ask_guests_to_leave(&self, id: &str) -> Result<u64, StoreError> {
        patiently(async {
            let _turn = self.turn.lock().await;
            let tx = self.db.begin().await?;
            hold(&tx, [id]).await?;
            let guests = trip_device::Entity::delete_many()
                .filter(trip_device::Column::TripId.eq(id))
                .filter(trip_device::Column::Joined.eq(true));
            let left = guests.exec(&tx).await?;
            let doors = trip_share::Entity::delete_many()
                .filter(trip_share::Column::TripId.eq(id))
                .filter(trip_share::Column::Edits.eq(true));
            doors.exec(&tx).await?;
            tx.commit().await?;
            Ok(left.rows_affected)
        })
        .await
    }

    /// Puts `next` in the place of its version `next.version - 1`. False where that is no longer the one that is kept: somebody
    /// else was first, or the trip is gone.
    pub async fn change_trip(&self, next: &StoredTrip) -> Result<bool, StoreError> {
        let row = row_of(next)?;
        patiently(async {
            let _turn = self.turn.lock().await;
            let changed = trip::Entity::update_many()
                .col_expr(trip::Column::Version, Expr::value(row.version))
                .col_expr(trip::Column::Document, Expr::value(row.document))
                .col_expr(trip::Column::History, Expr::value(row.history))
                .col_expr(trip::Column::Recent, Expr::value(row.recent))
                .col_expr(trip::Column::ChangedAt, Expr::value(row.changed_at))
                .col_expr(trip::Column::TouchedAt, Expr::value(row.touched_at))
                .filter(trip::Column::Id.eq(row.id))
                .filter(trip::Column::Version.eq(row.version - 1))
                .exec(&self.db)
                .await?;
            Ok(changed.rows_affected == 1)
        })
        .await
    }

    /// Somebody has looked at it who may change it.
    pub async fn touch_trip(&self, id: &str, now: Timestamp) -> Result<(), StoreError> {
        patiently(async {
            let _turn = self.turn.lock().await;
            trip::Entity::update_many()
                .col_expr(trip::Column::TouchedAt, Expr::value(now.timestamp_micros()))
                .filter(trip::Column::Id.eq(id))
                .filter(trip::Column::TouchedAt.lt(now.timestamp_micros()))
                .exec(&self.db)
                .await?;
            Ok(())
        })
        .await
    }

    /// With all its links.
    pub async fn delete_trip(&self, id: &str) -> Result<(), StoreError> {
        self.delete_trips(vec![id.to_owned()]).await.map(|_| ())
    }

    /// Deletes trips that nobody has touched since `before`, and says how many those were.
    pub async fn forget_trips(&self, before: Timestamp) -> Result<u64, StoreError> {
        /// A statement holds the right to write no longer than a visitor can wait.
        const AT_ONCE: u64 = 500;
        let mut forgotten = 0;
        loop {
            let old = trip::Entity::find()
                .select_only()
                .column(trip::Column::Id)
                .filter(trip::Column::TouchedAt.lt(before.timestamp_micros()))
                .limit(AT_ONCE)
                .into_tuple();
            let ids: Vec<String> = patiently(async { Ok(old.all(&self.db).await?) }).await?;
            if ids.is_empty() {
                return Ok(forgotten);
            }
            forgotten += self.delete_trips(ids).await?;
        }
    }

    async fn delete_trips(&self, ids: Vec<String>) -> Result<u64, StoreError> {
        patiently(async {
            let _turn = self.turn.lock().await;
            let tx = self.db.begin().await?;
            hold(&tx, ids.iter().map(String::as_str)).await?;
            // Not left to the schema: SQLite only follows its references where it is told to.
            trip_share::Entity::delete_many().filter(trip_share::Column::TripId.is_in(ids.clone())).exec(&tx).await?;
            trip_device::Entity::delete_many().filter(trip_device::Column::TripId.is_in(ids.clone())).exec(&tx).await?;
            let deleted = trip::Entity::delete_many().filter(trip::Column::Id.is_in(ids)).exec(&tx).await?;
            tx.commit().await?;
            Ok(deleted.rows_affected)
        })
        .await
    }

    /// False where this device may not change the trip any more, or it is gone.
    pub async fn add_share(&self, share: &Share, device: &str) -> Result<bool, StoreError> {
        let may = trip_device::Entity::find_by_id((device.to_owned(), share.trip_id.clone()));
        let row = trip_share::ActiveModel {
            token: Set(share.token.clone()),
            trip_id: Set(share.trip_id.clone()),
            edits: Set(share.edits),
            expires_at: Set(share.expires_at.timestamp_micros()),
        };
        patiently(async {
            let _turn = self.turn.lock().await;
            let tx = self.db.begin().await?;
            if hold(&tx, [share.trip_id.as_str()]).await? == 0 || may.count(&tx).await? == 0 {
                return Ok(false);
            }
            trip_share::Entity::insert(row).exec_without_returning(&tx).await?;
            tx.commit().await?;
            Ok(true)
        })
        .await
    }

    /// A link that still holds.
    pub async fn share(&self, token: &str, now: Timestamp) -> Result<Option<Share>, StoreError> {
        let row = patiently(async { Ok(trip_share::Entity::find_by_id(token).one(&self.db).await?) }).await?;
        Ok(row.map(share_of).transpose()?.filter(|share| now < share.expires_at))
    }

    /// Links to a trip that still hold, the one that ends first first.
    pub async fn shares_of(&self, trip_id: &str, now: Timestamp) -> Result<Vec<Share>, StoreError> {
        let rows = trip_share::Entity::find()
            .filter(trip_share::Column::TripId.eq(trip_id))
            .filter(trip_share::Column::ExpiresAt.gt(now.timestamp_micros()))
            .order_by_asc(trip_share::Column::ExpiresAt)
            .order_by_asc(trip_share::Column::Token);
        let rows = patiently(async { Ok(rows.all(&self.db).await?) }).await?;
        rows.into_iter().map(share_of).collect()
    }

    /// Takes a link of this trip back.
    pub async fn revoke_share(&self, trip_id: &str, token: &str) -> Result<(), StoreError> {
        patiently(async {
            let _turn = self.turn.lock().await;
            trip_share::Entity::delete_many()
                .filter(trip_share::Column::TripId.eq(trip_id))
                .filter(trip_share::Column::Token.eq(token))
                .exec(&self.db)
                .await?;
            Ok(())
        })
        .await
    }

    /// Deletes links that no longer hold.
    pub async fn forget_shares(&self, now: Timestamp) -> Result<u64, StoreError> {
        patiently(async {
            let _turn = self.turn.lock().await;
            let over = trip_share::Column::ExpiresAt.lte(now.timestamp_micros());
            Ok(trip_share::Entity::delete_many().filter(over).exec(&self.db).await?.rows_affected)
        })
        .await
    }
}

/// Until the transaction ends nobody else lets a device in, asks one out, makes a link, or deletes these trips: one who looks and
/// then writes finds what was looked at. Says how many of them there are. An update that changes nothing holds a row on both engines.
async fn hold(tx: &DatabaseTransaction, ids: impl IntoIterator<Item = &str>) -> Result<u64, DbErr> {
    let held = trip::Entity::update_many()
        .col_expr(trip::Column::Version, Expr::col(trip::Column::Version))
        .filter(trip::Column::Id.is_in(ids))
        .exec(tx)
        .await?;
    Ok(held.rows_affected)
}

fn device_row(trip_id: &str, device: &str, joined: bool) -> trip_device::ActiveModel {
    trip_device::ActiveModel { trip_id: Set(trip_id.to_owned()), device: Set(device.to_owned()), joined: Set(joined) }
}

fn known_device() -> OnConflict {
    OnConflict::columns([trip_device::Column::Device, trip_device::Column::TripId]).do_nothing().to_owned()
}

fn row_of(stored: &StoredTrip) -> Result<trip::Model, StoreError> {
    let bug = |why: serde_json::Error| StoreError::Bug(why.into());
    Ok(trip::Model {
        id: stored.id.clone(),
        version: stored.version,
        document: serde_json::to_string(&stored.trip).map_err(bug)?,
        history: serde_json::to_string(&stored.history).map_err(bug)?,
        recent: serde_json::to_string(&stored.recent).map_err(bug)?,
        created_at: stored.created_at.timestamp_micros(),
        changed_at: stored.changed_at.timestamp_micros(),
        touched_at: stored.touched_at.timestamp_micros(),
    })
}

fn head_of((id, version, document, changed_at): (String, i64, String, i64)) -> Result<TripHead, StoreError> {
    #[derive(Deserialize)]
    struct Head {
        title: String,
        starts: NaiveDate,
        days: Vec<DayHead>,
    }
    #[derive(Deserialize)]
    struct DayHead {
        #[serde(default)]
        visits: Vec<IgnoredAny>,
    }
    let Head { title, starts, days } = serde_json::from_str(&document).map_err(|why| StoreError::corrupt(&id, why))?;
    let stops = days.iter().map(|day| day.visits.len()).sum();
    let changed_at = time_of(&id, changed_at)?;
    Ok(TripHead { id, version, title, starts, days: days.len(), stops, changed_at })
}

fn trip_of(row: trip::Model) -> Result<StoredTrip, StoreError> {
    let trip = serde_json::from_str(&row.document).map_err(|why| StoreError::corrupt(&row.id, why))?;
    Ok(StoredTrip {
        trip,
        // What could be undone is not worth losing the trip over.
        history: serde_json::from_str(&row.history).unwrap_or_default(),
        recent: serde_json::from_str(&row.recent).unwrap_or_default(),
        created_at: time_of(&row.id, row.created_at)?,
        changed_at: time_of(&row.id, row.changed_at)?,
        touched_at: time_of(&row.id, row.touched_at)?,
        version: row.version,
        id: row.id,
    })
}

fn share_of(row: trip_share::Model) -> Result<Share, StoreError> {
    let expires_at = time_of(&row.trip_id, row.expires_at)?;
    Ok(Share { token: row.token, trip_id: row.trip_id, edits: row.edits, expires_at })
}
