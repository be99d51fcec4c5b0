//! Listings that a device has put aside. They belong to it as its trips do, and are no part of the catalogue.

use domain::time::Timestamp;
use domain::{ListingId, Text};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, TransactionTrait,
};

use super::entities::saved;
use super::read::time_of;
use super::{Store, StoreError, patiently};

#[derive(Debug, Clone, PartialEq)]
pub struct Saved {
    pub listing: ListingId,
    /// What it was called then: it may be gone now.
    pub title: Text,
    pub saved_at: Timestamp,
    pub touched_at: Timestamp,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SavedNow {
    Yes,
    /// It was there already, and stays as it was.
    Already,
    /// The device has saved as many as it may.
    Full,
}

impl Store {
    /// Saves a listing for a device, which may have `most`. Doing so again changes nothing. Two servers that save for one device at
    /// the same moment may together go over `most` by one.
    pub async fn save_listing(
        &self,
        device: &str,
        listing: &ListingId,
        title: &Text,
        most: u64,
        now: Timestamp,
    ) -> Result<SavedNow, StoreError> {
        let row = saved::ActiveModel {
            device: Set(device.to_owned()),
            listing_id: Set(listing.as_str().to_owned()),
            title: Set(serde_json::to_string(title).map_err(|why| StoreError::Bug(why.into()))?),
            at: Set(now.timestamp_micros()),
            touched_at: Set(now.timestamp_micros()),
        };
        patiently(async {
            let _turn = self.turn.lock().await;
            let tx = self.db.begin().await?;
            let known = OnConflict::columns([saved::Column::Device, saved::Column::ListingId]).do_nothing().to_owned();
            let inserted = saved::Entity::insert(row).on_conflict(known).exec_without_returning(&tx).await?;
            if inserted == 0 {
                return Ok(SavedNow::Already);
            }
            let count = saved::Entity::find().filter(saved::Column::Device.eq(device)).count(&tx).await?;
            if count > most {
                tx.rollback().await?;
                return Ok(SavedNow::Full);
            }
            tx.commit().await?;
            Ok(SavedNow::Yes)
        })
        .await
    }

    /// What a device has saved, the latest first.
    pub async fn saved_by(&self, device: &str) -> Result<Vec<Saved>, StoreError> {
        let rows = saved::Entity::find()
            .filter(saved::Column::Device.eq(device))
            .order_by_desc(saved::Column::At)
            .order_by_asc(saved::Column::ListingId);
        let rows = patiently(async { Ok(rows.all(&self.db).await?) }).await?;
        rows.into_iter().map(saved_of).collect()
    }

    /// The device has looked at what it has saved.
    pub async fn touch_saved(&self, device: &str, now: Timestamp) -> Result<(), StoreError> {
        patiently(async {
            let _turn = self.turn.lock().await;
            saved::Entity::update_many()
                .col_expr(saved::Column::TouchedAt, Expr::value(now.timestamp_micros()))
                .filter(saved::Column::Device.eq(device))
                .filter(saved::Column::TouchedAt.lt(now.timestamp_micros()))
                .exec(&self.db)
                .await?;
            Ok(())
        })
        .await
    }

    /// Takes listings away, and says how many there were. What is not there is no error.
    pub async fn unsave_listings(&self, device: &str, listings: &[ListingId]) -> Result<u64, StoreError> {
        let ids: Vec<&str> = listings.iter().map(ListingId::as_str).collect();
        patiently(async {
            let _turn = self.turn.lock().await;
            let delete = saved::Entity::delete_many()
                .filter(saved::Column::Device.eq(device))
                .filter(saved::Column::ListingId.is_in(ids.iter().copied()));
            Ok(delete.exec(&self.db).await?.rows_affected)
        })
        .await
    }

    /// Takes away everything that a device has saved.
    pub async fn clear_saved(&self, device: &str) -> Result<u64, StoreError> {
        patiently(async {
            let _turn = self.turn.lock().await;
            let delete = saved::Entity::delete_many().filter(saved::Column::Device.eq(device));
            Ok(delete.exec(&self.db).await?.rows_affected)
        })
        .await
    }

    /// Deletes what devices have saved that have not looked at it since `before`, and says how much that was.
    pub async fn forget_saved(&self, before: Timestamp) -> Result<u64, StoreError> {
        /// A statement holds the right to write no longer than a visitor can wait.
        const AT_ONCE: u64 = 100;
        let mut forgotten = 0;
        loop {
            let old = saved::Entity::find()
                .select_only()
                .column(saved::Column::Device)
                .distinct()
                .filter(saved::Column::TouchedAt.lt(before.timestamp_micros()))
                .limit(AT_ONCE)
                .into_tuple();
            let devices: Vec<String> = patiently(async { Ok(old.all(&self.db).await?) }).await?;
            if devices.is_empty() {
                return Ok(forgotten);
            }
            forgotten += patiently(async {
                let _turn = self.turn.lock().await;
                let delete = saved::Entity::delete_many()
                    .filter(saved::Column::Device.is_in(devices.iter().map(String::as_str)))
                    .filter(saved::Column::TouchedAt.lt(before.timestamp_micros()));
                Ok(delete.exec(&self.db).await?.rows_affected)
            })
            .await?;
        }
    }
}

fn saved_of(row: saved::Model) -> Result<Saved, StoreError> {
    let listing = ListingId::parse(&row.listing_id).map_err(|why| StoreError::corrupt(&row.listing_id, why))?;
    let title = serde_json::from_str(&row.title).map_err(|why| StoreError::corrupt(&row.listing_id, why))?;
    let (saved_at, touched_at) = (time_of(&row.listing_id, row.at)?, time_of(&row.listing_id, row.touched_at)?);
    Ok(Saved { listing, title, saved_at, touched_at })
}
