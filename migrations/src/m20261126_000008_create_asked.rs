//! What was searched for, counted by day and later by month, and the day's salt by which askers are told apart.

use sea_orm_migration::prelude::*;

use crate::bytewise;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[derive(DeriveIden)]
enum AskedDay {
    Table,
    Day,
    County,
    Text,
    Lang,
    Seen,
}

#[derive(DeriveIden)]
enum AskedMonth {
    Table,
    Month,
    County,
    Text,
    Askers,
    MostAskers,
}

#[derive(DeriveIden)]
enum AskedSalt {
    Table,
    Day,
    Salt,
}

#[derive(Clone, Copy, DeriveIden)]
enum Count {
    WithNone,
    WithFew,
    WithGood,
    Corrected,
    Hits,
}

const COUNTS: [Count; 5] = [Count::WithNone, Count::WithFew, Count::WithGood, Count::Corrected, Count::Hits];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let name = |column: ColumnDef| {
            let mut column = column;
            column.text().not_null().extra(bytewise(manager)).take()
        };
        let number = |column: ColumnDef| {
            let mut column = column;
            column.big_integer().not_null().take()
        };
        let mut days = Table::create().table(AskedDay::Table).take();
        for column in [AskedDay::Day, AskedDay::County, AskedDay::Text, AskedDay::Lang] {
            days.col(name(ColumnDef::new(column)));
        }
        for column in COUNTS {
            days.col(number(ColumnDef::new(column)));
        }
        // a bit for everybody who asked
        days.col(number(ColumnDef::new(AskedDay::Seen)));
        days.primary_key(Index::create().col(AskedDay::Day).col(AskedDay::County).col(AskedDay::Text).col(AskedDay::Lang));
        manager.create_table(days).await?;

        let mut months = Table::create().table(AskedMonth::Table).take();
        for column in [AskedMonth::Month, AskedMonth::County, AskedMonth::Text] {
            months.col(name(ColumnDef::new(column)));
        }
        for column in COUNTS {
            months.col(number(ColumnDef::new(column)));
        }
        months.col(number(ColumnDef::new(AskedMonth::Askers))).col(number(ColumnDef::new(AskedMonth::MostAskers)));
        months.primary_key(Index::create().col(AskedMonth::Month).col(AskedMonth::County).col(AskedMonth::Text));
        manager.create_table(months).await?;

        let salt = Table::create()
            .table(AskedSalt::Table)
            .col(ColumnDef::new(AskedSalt::Day).text().not_null().primary_key().extra(bytewise(manager)))
            .col(ColumnDef::new(AskedSalt::Salt).text().not_null())
            .take();
        manager.create_table(salt).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table(AskedSalt::Table).take()).await?;
        manager.drop_table(Table::drop().table(AskedMonth::Table).take()).await?;
        manager.drop_table(Table::drop().table(AskedDay::Table).take()).await
    }
}
