//! The catalogue the program carries, loaded where it is new.

use std::sync::Mutex;
use std::time::{Duration, Instant};

use chrono::{NaiveDate, Utc};
use sha2::{Digest, Sha256};

use crate::catalogue::{self, Embedded, ImportError, ImportOptions, Progress, Stage};
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

/// Remembers which embedded catalogue a database was last given.
const LOADED: &str = "embedded_catalogue";

#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("the embedded catalogue: {0}")]
    Import(#[from] ImportError),
}

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

/// Loads it once for each of its versions; a new version puts every listing it carries back to what it says. Two servers that start together write the same rows; the second finds nothing to change.
pub async fn load(store: &Store) -> Result<(), LoadError> {
    let digest = digest();
    if store.setting(LOADED).await?.as_deref() == Some(digest.as_str()) {
        return Ok(());
    }
    let started = Instant::now();
    let options = ImportOptions { dry_run: false, prune: false, now: Utc::now() };
    let report = catalogue::import(store, &Embedded(FILES), options, &|_: Progress| {}).await?;
    store.set_setting(LOADED, &digest).await?;
    tracing::info!(
        new = report.new,
        changed = report.changed,
        took_ms = started.elapsed().as_millis() as u64,
        "embedded catalogue loaded"
    );
    Ok(())
}

/// A line on the terminal now and then, and one at the end of each stage.
pub fn tell_progress() -> impl Fn(Progress) + Send + Sync {
    let told = Mutex::new(Instant::now());
    move |progress: Progress| {
        let mut told = told.lock().expect("no panic while telling");
        if told.elapsed() < Duration::from_millis(500) && progress.total != Some(progress.done) {
            return;
        }
        *told = Instant::now();
        let stage = match progress.stage {
            Stage::Reading => "reading",
            Stage::Writing => "writing",
        };
        match progress.total {
            Some(total) => eprintln!("{stage}: {} of {total}", progress.done),
            None => eprintln!("{stage}: {}", progress.done),
        }
    }
}
