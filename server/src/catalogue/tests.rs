//! The catalogue's promises.

mod dumps;
mod importing;
mod refusals;
mod renewing;
mod round_trips;

use std::collections::BTreeMap;
use std::path::Path;

use domain::listing::{Kind, Listing};

use super::*;
use crate::store::testing::listings::{listing, many, noon, real};
use crate::store::testing::{TestDatabase, both};
use crate::store::{ChangeRequest, Store, document_of};

const REAL_RUN: ImportOptions = ImportOptions { dry_run: false, prune: false, now: NOON };
const DRY_RUN: ImportOptions = ImportOptions { dry_run: true, ..REAL_RUN };
const PRUNING: ImportOptions = ImportOptions { prune: true, ..REAL_RUN };
const NOON: domain::time::Timestamp = domain::time::Timestamp::from_timestamp_micros(1_795_492_800_000_000).unwrap();

/// A catalogue folder as somebody might write it by hand: no counts, no checksums.
fn by_hand(listings: &[Listing]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    write_by_hand(folder.path(), listings);
    folder
}

fn write_by_hand(folder: &Path, listings: &[Listing]) {
    let mut files: BTreeMap<Kind, String> = BTreeMap::new();
    for listing in listings {
        let file = files.entry(listing.kind()).or_default();
        file.push_str(&document_of(listing));
        file.push('\n');
    }
    let mut entries = vec![];
    for (kind, text) in files {
        let name = format!("{}.jsonl", kind.plural());
        std::fs::write(folder.join(&name), text).unwrap();
        entries.push(serde_json::json!({ "name": name, "kind": kind.name() }));
    }
    let manifest = serde_json::json!({ "format": 1, "licence": LICENCE, "files": entries });
    std::fs::write(folder.join(MANIFEST), manifest.to_string()).unwrap();
}

async fn import_from(store: &Store, folder: &Path, options: ImportOptions) -> Result<Report, ImportError> {
    import(store, &Folder(folder.to_owned()), options, &|_| {}).await
}

async fn put(store: &Store, listings: impl IntoIterator<Item = Listing>) {
    store.write(listings.into_iter().map(ChangeRequest::put).collect(), noon()).await.unwrap();
}

/// Every file of a folder with its bytes.
fn bytes_of(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    entries.map(|e| (e.file_name().into_string().unwrap(), std::fs::read(e.path()).unwrap())).collect()
}
