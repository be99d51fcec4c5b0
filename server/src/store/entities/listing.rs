use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "listing")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    pub kind: String,
    pub slug: String,
    pub region: Option<String>,
    pub sample: bool,
    /// Microseconds of UTC, as all times here.
    pub published_at: i64,
    pub updated_at: i64,
    /// The whole listing as JSON.
    pub document: String,
    /// SHA-256 of the document.
    pub digest: String,
    pub revision: i64,
    pub withdrawn_at: Option<i64>,
    /// When the latest change was made, whatever the listing says of itself.
    pub changed_at: i64,
    /// `,place,stay,`: kinds it had before and does not have now.
    pub former_kinds: String,
    /// It has been something else than a sample.
    pub once_real: bool,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
