//! A name that no other database has, so that an index can tell whose revisions it has counted.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let random = match manager.get_database_backend() {
            sea_orm::DbBackend::Postgres => "replace(gen_random_uuid()::text, '-', '')",
            _ => "lower(hex(randomblob(16)))",
        };
        let name = format!("INSERT INTO setting (name, value) VALUES ('database_name', {random})");
        manager.get_connection().execute_unprepared(&name).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.get_connection().execute_unprepared("DELETE FROM setting WHERE name = 'database_name'").await?;
        Ok(())
    }
}
