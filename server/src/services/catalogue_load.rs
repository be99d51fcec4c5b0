//! The catalogue the program carries, loaded where it is new.

use std::time::Instant;

use chrono::{NaiveDate, Utc};
use sha2::{Digest, Sha256};

use crate::catalogue::{self, Embedded, ImportError, Renewal};
use crate::store::{Store, StoreError};

macro_rules! files {
    ($($name:literal),+ $(,)?) => {
        &[$(($name, include_bytes!(concat!("../../catalogue/", $name)) as &[u8])),+]
    };
}

/// Readable files, one line a listing: `server/catalogue`.
pub const FILES: &[(&str, &[u8])] = files![
    "manifest.json",
    "routes.jsonl",
    "places.jsonl",
    "stays.jsonl",
    "heritage.jsonl",
    "experiences.jsonl",
    "products.jsonl",
    "offers.jsonl",
];

fn digest() -> String {
    let mut hash = Sha256::new();
    for (name, content) in FILES {
        hash.update(name.as_bytes());
        hash.update(content);
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// When its facts were last looked at.
pub fn embedded_as_of() -> Option<NaiveDate> {
    let (_, manifest) = FILES.iter().find(|(name, _)| *name == "manifest.json")?;
    let manifest: serde_json::Value = serde_json::from_slice(manifest).ok()?;
    manifest["as_of"].as_str()?.parse().ok()
}

/// Loads it where it is new. Only a database that cannot be reached stops the start: a catalogue that does not fit is said in
/// the log, and what is there is served.
pub async fn load(store: &Store) -> Result<(), StoreError> {
    load_files(store, &Embedded(FILES), &digest()).await
}

async fn load_files(store: &Store, files: &Embedded, digest: &str) -> Result<(), StoreError> {
    if catalogue::is_known(store, digest).await? {
        return Ok(());
    }
    let started = Instant::now();
    match catalogue::renew(store, files, digest, Utc::now()).await {
        Ok(Renewal::Known) => {}
        Ok(Renewal::Older) => tracing::warn!("this program carries an older catalogue than the database has; it is not loaded"),
        Ok(Renewal::Done(renewed)) => tracing::info!(
            put = renewed.put,
            withdrawn = renewed.withdrawn,
            unchanged = renewed.unchanged,
            kept = renewed.kept.len(),
            took_ms = started.elapsed().as_millis() as u64,
            "embedded catalogue loaded"
        ),
        Err(ImportError::Store(why @ (StoreError::Unavailable(_) | StoreError::Busy(_)))) => return Err(why),
        Err(ImportError::Refused { problems, more }) => {
            for problem in &problems {
                tracing::error!("the embedded catalogue: {problem}");
            }
            tracing::error!(problems = problems.len() + more, "the embedded catalogue is not loaded; what is there is served");
        }
        Err(why) => tracing::error!(%why, "the embedded catalogue is not loaded; what is there is served"),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::testing::both;

    #[tokio::test]
    async fn a_catalogue_that_does_not_fit_does_not_stop_the_start() {
        const BROKEN: Embedded = Embedded(&[("manifest.json", b"{"), ("places.jsonl", b"{")]);
        both(async |store| {
            load_files(&store, &BROKEN, "broken").await.unwrap();
            assert_eq!(store.revision().await.unwrap(), 0);
        })
        .await;
    }

    #[tokio::test]
    async fn the_catalogue_of_this_program_is_in_order() {
        both(async |store| {
            load(&store).await.unwrap();
            let loaded = store.revision().await.unwrap();
            assert!(loaded > 580, "{loaded}");
            load(&store).await.unwrap();
            assert_eq!(store.revision().await.unwrap(), loaded);
        })
        .await;
    }
}
