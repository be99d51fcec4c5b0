//! From the store into a catalogue folder. Equal catalogues give equal bytes, whatever engine they come from.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use domain::ListingId;
use domain::listing::{Kind, Listing};
use sha2::{Digest, Sha256};

use super::manifest::{FORMAT, Manifest, ManifestFile};
use super::place;
use super::{LICENCE, MANIFEST};
use crate::store::{Snapshot, Store, StoreError, document_of};

#[derive(Debug, Clone, Default)]
pub struct ExportOptions {
    /// Fictional listings too. They are left out unless asked for.
    pub include_samples: bool,
    /// Empty means all.
    pub kinds: Vec<Kind>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exported {
    pub listings: u64,
    pub manifest: Manifest,
}

#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    #[error("{} holds something that is not an exported catalogue; choose a new or an empty folder", .0.display())]
    Occupied(PathBuf),
    #[error("{}: {source}", path.display())]
    Io { path: PathBuf, source: io::Error },
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl ExportError {
    pub(super) fn at(path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::Io { path: path.to_owned(), source }
    }
}

/// Writes a catalogue folder, replacing an older export. The folder appears whole: it is written beside its place first.
pub async fn export(store: &Store, folder: &Path, options: &ExportOptions) -> Result<Exported, ExportError> {
    if !place::may_replace(folder).map_err(ExportError::at(folder))? {
        return Err(ExportError::Occupied(folder.to_owned()));
    }
    place::clean(folder).map_err(ExportError::at(folder))?;
    let part = place::beside(folder, "part");
    place::remove(&part).map_err(ExportError::at(&part))?;
    std::fs::create_dir_all(&part).map_err(ExportError::at(&part))?;
    let written = write_folder(store, &part, options).await;
    let placed = written.and_then(|exported| {
        place::put(&part, folder).map_err(ExportError::at(folder))?;
        Ok(exported)
    });
    if placed.is_err() {
        place::remove(&part).ok();
    }
    placed
}

async fn write_folder(store: &Store, folder: &Path, options: &ExportOptions) -> Result<Exported, ExportError> {
    let wanted = |kind: &Kind| options.kinds.is_empty() || options.kinds.contains(kind);
    // a file for a kind without listings says that there are none, which is not the same as saying nothing
    let mut files = Vec::new();
    for kind in Kind::ALL.iter().copied().filter(wanted) {
        files.push(KindFile::create(folder, kind).map_err(ExportError::at(folder))?);
    }
    let mut credits = Credits::default();
    let mut pages = Pages::of(store, options.include_samples).await?;
    while let Some(page) = pages.next().await? {
        for listing in page {
            let Some(file) = files.iter_mut().find(|file| file.kind == listing.kind()) else { continue };
            file.add(&listing).map_err(ExportError::at(folder))?;
            credits.add(&listing);
        }
    }
    let listings = files.iter().map(|file| file.rows).sum();
    let files: io::Result<Vec<ManifestFile>> = files.into_iter().map(KindFile::finish).collect();
    let manifest = Manifest {
        format: FORMAT,
        version: None,
        as_of: credits.as_of,
        licence: LICENCE.to_owned(),
        credits: credits.names.into_iter().collect(),
        files: files.map_err(ExportError::at(folder))?,
    };
    let mut text = serde_json::to_string_pretty(&manifest).expect("a manifest is plain data");
    text.push('\n');
    let path = folder.join(MANIFEST);
    write_whole(&path, text.as_bytes()).map_err(ExportError::at(&path))?;
    Ok(Exported { listings, manifest })
}

/// The catalogue of one moment, page by page, by id.
pub(super) struct Pages {
    snapshot: Snapshot,
    after: Option<ListingId>,
    samples: bool,
}

const PAGE: u64 = 500;

impl Pages {
    pub(super) async fn of(store: &Store, samples: bool) -> Result<Self, StoreError> {
        Ok(Self { snapshot: store.snapshot().await?, after: None, samples })
    }

    pub(super) async fn next(&mut self) -> Result<Option<Vec<std::sync::Arc<Listing>>>, StoreError> {
        let page = self.snapshot.page_after(self.after.as_ref(), PAGE).await?;
        let Some(last) = page.last() else { return Ok(None) };
        self.after = Some(last.listing.id.clone());
        let wanted = page.into_iter().map(|stored| stored.listing).filter(|listing| self.samples || !listing.sample);
        Ok(Some(wanted.collect()))
    }
}

/// Who is to be thanked for a set of listings, and how fresh it is.
#[derive(Default)]
pub(super) struct Credits {
    pub(super) as_of: Option<NaiveDate>,
    pub(super) names: BTreeSet<String>,
}

impl Credits {
    pub(super) fn add(&mut self, listing: &Listing) {
        self.as_of = self.as_of.max(Some(listing.provenance.as_of));
        for name in &listing.provenance.credits {
            if !self.names.contains(name) {
                self.names.insert(name.clone());
            }
        }
    }
}

struct KindFile {
    kind: Kind,
    name: String,
    file: BufWriter<File>,
    sha256: Sha256,
    rows: u64,
}

impl KindFile {
    fn create(folder: &Path, kind: Kind) -> io::Result<Self> {
        let name = format!("{}.jsonl", kind.plural());
        let file = BufWriter::new(File::create(folder.join(&name))?);
        Ok(Self { kind, name, file, sha256: Sha256::new(), rows: 0 })
    }

    fn add(&mut self, listing: &Listing) -> io::Result<()> {
        let mut line = document_of(listing);
        line.push('\n');
        self.sha256.update(line.as_bytes());
        self.rows += 1;
        self.file.write_all(line.as_bytes())
    }

    fn finish(self) -> io::Result<ManifestFile> {
        self.file.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()?;
        let sha256 = format!("{:x}", self.sha256.finalize());
        Ok(ManifestFile { name: self.name, kind: self.kind, rows: Some(self.rows), sha256: Some(sha256) })
    }
}

pub(super) fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}
