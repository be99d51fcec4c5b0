//! What the bureau has decided about search, every change of it, and a clock of its own for them: a second row beside the
//! catalogue's.

use sea_orm_migration::prelude::*;

use crate::bytewise;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[derive(DeriveIden)]
enum Curation {
    Table,
    Id,
    Document,
    Revision,
    CreatedAt,
    ChangedAt,
    EndedAt,
}

#[derive(DeriveIden)]
enum CurationEvent {
    Table,
    Revision,
    CurationId,
    Change,
    Document,
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
                    .table(Curation::Table)
                    .col(ColumnDef::new(Curation::Id).text().not_null().primary_key().extra(bytewise(manager)))
                    .col(ColumnDef::new(Curation::Document).text().not_null())
                    .col(ColumnDef::new(Curation::Revision).big_integer().not_null())
                    .col(ColumnDef::new(Curation::CreatedAt).big_integer().not_null())
                    .col(ColumnDef::new(Curation::ChangedAt).big_integer().not_null())
                    .col(ColumnDef::new(Curation::EndedAt).big_integer().null())
                    .take(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table(CurationEvent::Table)
                    .col(ColumnDef::new(CurationEvent::Revision).big_integer().not_null().primary_key())
                    .col(ColumnDef::new(CurationEvent::CurationId).text().not_null().extra(bytewise(manager)))
                    .col(ColumnDef::new(CurationEvent::Change).text().not_null())
                    .col(ColumnDef::new(CurationEvent::Document).text().not_null())
                    .col(ColumnDef::new(CurationEvent::At).big_integer().not_null())
                    .take(),
            )
            .await?;
        let clock = Query::insert()
            .into_table(Clock::Table)
            .columns([Clock::Id, Clock::Revision])
            .values_panic([2.into(), 0i64.into()])
            .take();
        manager.get_connection().execute(&clock).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.get_connection().execute_unprepared("DELETE FROM clock WHERE id = 2").await?;
        manager.drop_table(Table::drop().table(CurationEvent::Table).take()).await?;
        manager.drop_table(Table::drop().table(Curation::Table).take()).await
    }
}
