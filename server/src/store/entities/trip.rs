use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "trip")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    pub version: i64,
    /// A [`domain::trip::Trip`] as JSON.
    pub document: String,
    /// A [`domain::trip::History`] as JSON.
    pub history: String,
    /// The latest edits, oldest first, as JSON.
    pub recent: String,
    /// Microseconds since 1970, as all times here.
    pub created_at: i64,
    pub changed_at: i64,
    /// Changed, or looked at by somebody who may change it.
    pub touched_at: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
