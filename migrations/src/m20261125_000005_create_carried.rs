//! What the embedded catalogue wrote last, listing by listing: it may only replace what is still its own.

use sea_orm_migration::prelude::*;

use crate::bytewise;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[derive(DeriveIden)]
enum Carried {
    Table,
    ListingId,
    Digest,
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table(Carried::Table)
                    .col(ColumnDef::new(Carried::ListingId).text().not_null().primary_key().extra(bytewise(manager)))
                    // none where it withdrew the listing
                    .col(ColumnDef::new(Carried::Digest).text().null())
                    .take(),
            )
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table(Carried::Table).take()).await
    }
}
