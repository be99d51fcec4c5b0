use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "asked_day")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    /// YYYY-MM-DD in Shanghai.
    pub day: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub county: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub text: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub lang: String,
    pub with_none: i64,
    pub with_few: i64,
    pub with_good: i64,
    pub corrected: i64,
    /// Of the latest search.
    pub hits: i64,
    /// A bit for everybody who asked.
    pub seen: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
