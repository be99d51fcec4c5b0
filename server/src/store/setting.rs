//! Small facts about this installation, by name.

use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait};

use super::entities::setting;
use super::write::Writer;
use super::{Store, StoreError, patiently};

/// Made with the schema; see the migration of that name.
const DATABASE_NAME: &str = "database_name";

impl Store {
    pub async fn setting(&self, name: &str) -> Result<Option<String>, StoreError> {
        get(&self.db, name).await
    }

    pub async fn set_setting(&self, name: &str, value: &str) -> Result<(), StoreError> {
        let _turn = self.turn.lock().await;
        set(&self.db, name, value).await
    }

    /// Which database this is: no other one has that name. Revisions of two databases have nothing to do with each other.
    pub async fn database_name(&self) -> Result<String, StoreError> {
        let name = self.setting(DATABASE_NAME).await?;
        name.ok_or_else(|| StoreError::corrupt("setting database_name", "it is missing"))
    }
}

impl Writer<'_> {
    pub async fn setting(&self, name: &str) -> Result<Option<String>, StoreError> {
        get(&self.tx, name).await
    }

    pub async fn set_setting(&mut self, name: &str, value: &str) -> Result<(), StoreError> {
        set(&self.tx, name, value).await
    }
}

async fn get<C: ConnectionTrait>(db: &C, name: &str) -> Result<Option<String>, StoreError> {
    patiently(async { Ok(setting::Entity::find_by_id(name).one(db).await?.map(|row| row.value)) }).await
}

async fn set<C: ConnectionTrait>(db: &C, name: &str, value: &str) -> Result<(), StoreError> {
    let row = setting::ActiveModel { name: Set(name.to_owned()), value: Set(value.to_owned()) };
    let replaces = OnConflict::column(setting::Column::Name).update_column(setting::Column::Value).to_owned();
    patiently(async {
        setting::Entity::insert(row).on_conflict(replaces).exec_without_returning(db).await?;
        Ok(())
    })
    .await
}
