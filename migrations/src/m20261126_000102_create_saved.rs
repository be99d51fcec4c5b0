//! Listings that a device has put aside.

use sea_orm_migration::prelude::*;

use crate::bytewise;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[derive(DeriveIden)]
enum Saved {
    Table,
    Device,
    ListingId,
    Title,
    At,
    TouchedAt,
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let saved = Table::create()
            .table(Saved::Table)
            // a hash of the device's secret
            .col(ColumnDef::new(Saved::Device).text().not_null().extra(bytewise(manager)))
            // not a reference: what leaves the catalogue stays here, to be said to be gone
            .col(ColumnDef::new(Saved::ListingId).text().not_null().extra(bytewise(manager)))
            .col(ColumnDef::new(Saved::Title).text().not_null())
            .col(ColumnDef::new(Saved::At).big_integer().not_null())
            .col(ColumnDef::new(Saved::TouchedAt).big_integer().not_null())
            .primary_key(Index::create().name("saved_pkey").col(Saved::Device).col(Saved::ListingId))
            .take();
        manager.create_table(saved).await?;
        let touched = Index::create().name("saved_touched_at").table(Saved::Table).col(Saved::TouchedAt).take();
        manager.create_index(touched).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table(Saved::Table).take()).await
    }
}
