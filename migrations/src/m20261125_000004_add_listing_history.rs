//! What those who mirror us must hear of and the listing itself does not say: when its latest change was made, under which
//! kinds it has stood before, and whether it was ever anything but a sample.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[derive(DeriveIden)]
enum Listing {
    Table,
    ChangedAt,
    FormerKinds,
    OnceReal,
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // one at a time: SQLite adds no two columns in one statement
        for column in [
            ColumnDef::new(Listing::ChangedAt).big_integer().not_null().default(0).take(),
            ColumnDef::new(Listing::FormerKinds).text().not_null().default("").take(),
            ColumnDef::new(Listing::OnceReal).boolean().not_null().default(false).take(),
        ] {
            let mut column = column;
            manager.alter_table(Table::alter().table(Listing::Table).add_column(&mut column).take()).await?;
        }
        let known = "UPDATE listing SET changed_at = \
                     COALESCE((SELECT event.at FROM event WHERE event.revision = listing.revision), updated_at)";
        manager.get_connection().execute_unprepared(known).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in [Listing::OnceReal, Listing::FormerKinds, Listing::ChangedAt] {
            manager.alter_table(Table::alter().table(Listing::Table).drop_column(column).take()).await?;
        }
        Ok(())
    }
}
