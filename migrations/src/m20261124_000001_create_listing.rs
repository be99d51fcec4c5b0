//! The catalogue's rows: what is asked for by column stands in columns, the listing itself in one document.

use sea_orm_migration::prelude::*;

use crate::bytewise;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[derive(DeriveIden)]
enum Listing {
    Table,
    Id,
    Kind,
    Slug,
    Region,
    Sample,
    PublishedAt,
    UpdatedAt,
    Document,
    Digest,
    Revision,
    WithdrawnAt,
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let bytewise = bytewise(manager);
        manager
            .create_table(
                Table::create()
                    .table(Listing::Table)
                    .col(ColumnDef::new(Listing::Id).text().not_null().primary_key().extra(bytewise))
                    .col(ColumnDef::new(Listing::Kind).text().not_null().extra(bytewise))
                    .col(ColumnDef::new(Listing::Slug).text().not_null().extra(bytewise))
                    .col(ColumnDef::new(Listing::Region).text().null().extra(bytewise))
                    .col(ColumnDef::new(Listing::Sample).boolean().not_null())
                    .col(ColumnDef::new(Listing::PublishedAt).big_integer().not_null())
                    .col(ColumnDef::new(Listing::UpdatedAt).big_integer().not_null())
                    .col(ColumnDef::new(Listing::Document).text().not_null())
                    .col(ColumnDef::new(Listing::Digest).text().not_null())
                    .col(ColumnDef::new(Listing::Revision).big_integer().not_null())
                    .col(ColumnDef::new(Listing::WithdrawnAt).big_integer().null())
                    .take(),
            )
            .await?;
        for index in [
            Index::create().name("listing_kind_slug").unique().col(Listing::Kind).col(Listing::Slug),
            Index::create().name("listing_kind_updated").col(Listing::Kind).col(Listing::UpdatedAt).col(Listing::Id),
            Index::create().name("listing_revision").col(Listing::Revision),
            Index::create().name("listing_region").col(Listing::Region),
        ] {
            manager.create_index(index.table(Listing::Table).take()).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table(Listing::Table).take()).await
    }
}
