//! Trips of visitors: the plan, who may change it, and links through which others may look.

use sea_orm_migration::prelude::*;

use crate::bytewise;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[derive(DeriveIden)]
enum Trip {
    Table,
    Id,
    Version,
    Document,
    History,
    Recent,
    CreatedAt,
    ChangedAt,
    TouchedAt,
}

#[derive(DeriveIden)]
enum TripDevice {
    Table,
    TripId,
    Device,
}

#[derive(DeriveIden)]
enum TripShare {
    Table,
    Token,
    TripId,
    Edits,
    ExpiresAt,
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let trip = Table::create()
            .table(Trip::Table)
            .col(ColumnDef::new(Trip::Id).text().not_null().primary_key().extra(bytewise(manager)))
            .col(ColumnDef::new(Trip::Version).big_integer().not_null())
            .col(ColumnDef::new(Trip::Document).text().not_null())
            .col(ColumnDef::new(Trip::History).text().not_null())
            // the latest edits with their keys
            .col(ColumnDef::new(Trip::Recent).text().not_null())
            .col(ColumnDef::new(Trip::CreatedAt).big_integer().not_null())
            .col(ColumnDef::new(Trip::ChangedAt).big_integer().not_null())
            .col(ColumnDef::new(Trip::TouchedAt).big_integer().not_null())
            .take();
        let device = Table::create()
            .table(TripDevice::Table)
            .col(ColumnDef::new(TripDevice::TripId).text().not_null().extra(bytewise(manager)))
            // a hash of the secret that the device keeps
            .col(ColumnDef::new(TripDevice::Device).text().not_null().extra(bytewise(manager)))
            .primary_key(Index::create().col(TripDevice::Device).col(TripDevice::TripId))
            .foreign_key(
                ForeignKey::create()
                    .from(TripDevice::Table, TripDevice::TripId)
                    .to(Trip::Table, Trip::Id)
                    .on_delete(ForeignKeyAction::Cascade),
            )
            .take();
        let share = Table::create()
            .table(TripShare::Table)
            .col(ColumnDef::new(TripShare::Token).text().not_null().primary_key().extra(bytewise(manager)))
            .col(ColumnDef::new(TripShare::TripId).text().not_null().extra(bytewise(manager)))
            .col(ColumnDef::new(TripShare::Edits).boolean().not_null())
            .col(ColumnDef::new(TripShare::ExpiresAt).big_integer().not_null())
            .foreign_key(
                ForeignKey::create()
                    .from(TripShare::Table, TripShare::TripId)
                    .to(Trip::Table, Trip::Id)
                    .on_delete(ForeignKeyAction::Cascade),
            )
            .take();
        for table in [trip, device, share] {
            manager.create_table(table).await?;
        }
        let touched = Index::create().name("trip_touched_at").table(Trip::Table).col(Trip::TouchedAt).take();
        let devices = Index::create().name("trip_device_trip_id").table(TripDevice::Table).col(TripDevice::TripId).take();
        let shares = Index::create().name("trip_share_trip_id").table(TripShare::Table).col(TripShare::TripId).take();
        for index in [touched, devices, shares] {
            manager.create_index(index).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table(TripShare::Table).take()).await?;
        manager.drop_table(Table::drop().table(TripDevice::Table).take()).await?;
        manager.drop_table(Table::drop().table(Trip::Table).take()).await
    }
}
