//! Who was let in by a link is told from who made the trip, so that they can be asked to leave. Whoever is there already has made it, as
//! far as anybody knows.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[derive(DeriveIden)]
enum TripDevice {
    Table,
    Joined,
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut joined = ColumnDef::new(TripDevice::Joined).boolean().not_null().default(false).take();
        manager.alter_table(Table::alter().table(TripDevice::Table).add_column(&mut joined).take()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.alter_table(Table::alter().table(TripDevice::Table).drop_column(TripDevice::Joined).take()).await
    }
}
