//! Small facts about this installation, by name.

use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, EntityTrait};

use super::entities::setting;
use super::{Store, StoreError, patiently};

impl Store {
    pub async fn setting(&self, name: &str) -> Result<Option<String>, StoreError> {
        patiently(async { Ok(setting::Entity::find_by_id(name).one(&self.db).await?.map(|row| row.value)) }).await
    }

    pub async fn set_setting(&self, name: &str, value: &str) -> Result<(), StoreError> {
        let row = setting::ActiveModel { name: Set(name.to_owned()), value: Set(value.to_owned()) };
        let replaces = OnConflict::column(setting::Column::Name).update_column(setting::Column::Value).to_owned();
        let _turn = self.turn.lock().await;
        patiently(async {
            setting::Entity::insert(row).on_conflict(replaces).exec_without_returning(&self.db).await?;
            Ok(())
        })
        .await
    }
}
