use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "saved")]
pub struct Model {
    /// A hash of the secret that the device keeps.
    #[sea_orm(primary_key, auto_increment = false)]
    pub device: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub listing_id: String,
    /// A [`domain::Text`] as JSON: what it was called when it was saved.
    pub title: String,
    /// When it was saved.
    pub at: i64,
    /// When the device last looked at what it has saved.
    pub touched_at: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
