//! The schema's history, in order. A migration that has left the house never changes; a new one is a file and a line here.

use sea_orm_migration::prelude::*;

mod m20261124_000001_create_listing;
mod m20261124_000002_create_event;
mod m20261124_000003_create_setting;
mod m20261125_000004_add_listing_history;
mod m20261125_000005_create_carried;
mod m20261125_000006_name_database;
mod m20261126_000007_create_curation;
mod m20261126_000008_create_asked;
mod m20261126_000101_create_trip;
mod m20261126_000102_create_saved;
mod m20261126_000103_tell_guests;

/// Every step from an empty database to the present one.
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261124_000001_create_listing::Migration),
            Box::new(m20261124_000002_create_event::Migration),
            Box::new(m20261124_000003_create_setting::Migration),
            Box::new(m20261125_000004_add_listing_history::Migration),
            Box::new(m20261125_000005_create_carried::Migration),
            Box::new(m20261125_000006_name_database::Migration),
            Box::new(m20261126_000007_create_curation::Migration),
            Box::new(m20261126_000008_create_asked::Migration),
            Box::new(m20261126_000101_create_trip::Migration),
            Box::new(m20261126_000102_create_saved::Migration),
            Box::new(m20261126_000103_tell_guests::Migration),
        ]
    }
}

/// What a column of names needs so that both engines sort it alike: PostgreSQL would follow the database's locale, which
/// skips dashes; SQLite always compares bytes.
fn bytewise(manager: &SchemaManager<'_>) -> &'static str {
    match manager.get_database_backend() {
        sea_orm::DbBackend::Postgres => r#"COLLATE "C""#,
        _ => "",
    }
}
