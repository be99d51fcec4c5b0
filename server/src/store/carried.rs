//! What the embedded catalogue wrote last.

use std::collections::HashMap;

use domain::ListingId;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};

use super::entities::carried;
use super::read::readable;
use super::write::Writer;
use super::{StoreError, patiently};

/// Rows in one statement, far below the number of values that SQLite allows.
const AT_ONCE: usize = 1_000;

impl Writer<'_> {
    /// Listings that the embedded catalogue has brought, with the digest it gave them; none where it withdrew them.
    pub async fn carried(&self) -> Result<HashMap<ListingId, Option<String>>, StoreError> {
        let rows = patiently(async { Ok(carried::Entity::find().all(&self.tx).await?) }).await?;
        let known = rows.into_iter().filter_map(|row| {
            let id = ListingId::parse(&row.listing_id).map_err(|why| StoreError::corrupt(&row.listing_id, why));
            Some((readable(id)?, row.digest))
        });
        Ok(known.collect())
    }

    /// Remembers it with the changes of this transaction.
    pub async fn carry(&mut self, brought: &[(ListingId, Option<String>)]) -> Result<(), StoreError> {
        for some in brought.chunks(AT_ONCE) {
            let rows = some
                .iter()
                .map(|(id, digest)| carried::ActiveModel { listing_id: Set(id.to_string()), digest: Set(digest.clone()) });
            let replaces = OnConflict::column(carried::Column::ListingId).update_column(carried::Column::Digest).to_owned();
            let insert = carried::Entity::insert_many(rows).on_conflict(replaces);
            patiently(async { Ok(insert.exec_without_returning(&self.tx).await?) }).await?;
        }
        Ok(())
    }

    /// Listings that the embedded catalogue has nothing to do with any more.
    pub async fn let_go(&mut self, ids: &[ListingId]) -> Result<(), StoreError> {
        for some in ids.chunks(AT_ONCE) {
            let listed = carried::Column::ListingId.is_in(some.iter().map(ListingId::as_str));
            let delete = carried::Entity::delete_many().filter(listed);
            patiently(async { Ok(delete.exec(&self.tx).await?) }).await?;
        }
        Ok(())
    }
}
