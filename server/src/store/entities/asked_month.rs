use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "asked_month")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    /// YYYY-MM.
    pub month: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub county: String,
    #[sea_orm(primary_key, auto_increment = false)]
    /// Empty for all that too few have asked.
    pub text: String,
    pub with_none: i64,
    pub with_few: i64,
    pub with_good: i64,
    pub corrected: i64,
    /// Of the latest search.
    pub hits: i64,
    pub askers: i64,
    pub most_askers: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
