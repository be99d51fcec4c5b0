//! What happened to the catalogue, and the clock that numbers it.

use sea_orm_migration::prelude::*;

use crate::bytewise;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[derive(DeriveIden)]
enum Event {
    Table,
    Revision,
    ListingId,
    Change,
    At,
}

#[derive(DeriveIden)]
enum Clock {
    Table,
    Id,
    Revision,
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
                    .table(Event::Table)
                    .col(ColumnDef::new(Event::Revision).big_integer().not_null().primary_key())
                    .col(ColumnDef::new(Event::ListingId).text().not_null().extra(bytewise(manager)))
                    .col(ColumnDef::new(Event::Change).text().not_null())
                    .col(ColumnDef::new(Event::At).big_integer().not_null())
                    .take(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table(Clock::Table)
                    .col(ColumnDef::new(Clock::Id).integer().not_null().primary_key())
                    .col(ColumnDef::new(Clock::Revision).big_integer().not_null())
                    .take(),
            )
            .await?;
        // Not data but structure: every writer locks this one row.
        let clock = Query::insert()
            .into_table(Clock::Table)
            .columns([Clock::Id, Clock::Revision])
            .values_panic([1.into(), 0i64.into()])
            .take();
        manager.get_connection().execute(&clock).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table(Clock::Table).take()).await?;
        manager.drop_table(Table::drop().table(Event::Table).take()).await
    }
}
