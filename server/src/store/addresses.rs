//! Where everything published stands, without the documents: for sitemaps.

use domain::Slug;
use domain::listing::Kind;
use domain::time::Timestamp;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select};

use super::entities::listing;
use super::{Store, StoreError, patiently};

/// A listing's address and when it last changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    pub slug: Slug,
    pub updated_at: Timestamp,
}

fn real(kind: Kind) -> Select<listing::Entity> {
    listing::Entity::find()
        .filter(listing::Column::Kind.eq(kind.name()))
        .filter(listing::Column::Sample.eq(false))
        .filter(listing::Column::WithdrawnAt.is_null())
}

impl Store {
    /// How many listings of a kind are published, samples not among them.
    pub async fn count_real(&self, kind: Kind) -> Result<u64, StoreError> {
        patiently(async { Ok(real(kind).count(&self.db).await?) }).await
    }

    /// Their addresses by id, `limit` of them after the first `skip`.
    pub async fn addresses(&self, kind: Kind, skip: u64, limit: u64) -> Result<Vec<Address>, StoreError> {
        let query = real(kind)
            .select_only()
            .columns([listing::Column::Slug, listing::Column::UpdatedAt])
            .order_by_asc(listing::Column::Id)
            .offset(skip)
            .limit(limit)
            .into_tuple::<(String, i64)>();
        patiently(async {
            let rows = query.all(&self.db).await?;
            rows.into_iter().map(|(slug, updated_at)| address(&slug, updated_at)).collect()
        })
        .await
    }
}

fn address(slug: &str, updated_at: i64) -> Result<Address, StoreError> {
    let slug = Slug::parse(slug).map_err(|why| StoreError::corrupt(slug, why))?;
    let updated_at = Timestamp::from_timestamp_micros(updated_at)
        .ok_or_else(|| StoreError::corrupt(slug.as_str(), format!("{updated_at} is no time")))?;
    Ok(Address { slug, updated_at })
}
