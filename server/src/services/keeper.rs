//! The keeper of the search index: opens it, follows the catalogue's events into it, rebuilds it, and swaps a rebuilt one in.
//!
//! On disk: `index/CURRENT` names the folder of the index in use (`index/<schema>-<number>`). A rebuild fills a new folder and
//! then replaces CURRENT by a rename, so a kill at any point leaves either the old index or the new one. The revision that an
//! index has seen is part of its own commit, so following resumes exactly where it stopped; so is the name of the database
//! whose revision that is, since another database's numbers mean nothing. A file REBUILD beside CURRENT asks the server that
//! uses this folder for a new index.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, RwLock};
use std::time::Duration;

use domain::event::Revision;
use domain::{ListingId, listing::Listing};
use tokio::sync::watch;

use crate::search::{Fault, Index, Location};
use crate::services::listings::Listings;
use crate::store::{Store, StoreError};

/// How often the events are looked at. Two of these and a commit stay well under a second.
const POLL: Duration = Duration::from_millis(200);
/// Events applied in one commit.
const BATCH: u64 = 2_000;
/// Listings read at a time while rebuilding.
const REBUILD_PAGE: u64 = 1_000;
/// Asks for a rebuild by being there; see [`ask_for_rebuild`].
const REQUEST: &str = "REBUILD";
/// The request that is being honoured, so that one made meanwhile is not taken for it.
const TAKEN: &str = "REBUILD.taken";

#[derive(Debug, thiserror::Error)]
pub enum KeeperError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("search index: {0}")]
    Index(#[from] Fault),
    /// Damaged files make the engine panic; that must not end the following.
    #[error("the search engine broke down: {0}")]
    BrokeDown(#[from] tokio::task::JoinError),
    #[error("index folder {0}: {1}")]
    Folder(PathBuf, std::io::Error),
}

/// What answers may be remembered for. Ordered by time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct State {
    /// Grows when a rebuilt index takes over: the same revision may then be answered otherwise.
    pub swaps: u64,
    /// The catalogue's revision that can be searched.
    pub revision: Revision,
}

pub struct Keeper {
    /// None keeps the index in memory, for tests.
    folder: Option<PathBuf>,
    index: RwLock<Arc<Index>>,
    /// The folder in use, so that its disappearance is noticed.
    in_use: RwLock<Option<PathBuf>>,
    ready: AtomicBool,
    state: watch::Sender<State>,
}

impl Keeper {
    /// Opens the index that CURRENT names; an empty one, to be filled by [`Self::catch_up`], where there is none that can be used.
    pub fn open(folder: Option<PathBuf>) -> Result<Self, KeeperError> {
        let (index, in_use) = match &folder {
            None => (Index::open(&Location::Memory)?, None),
            Some(folder) => match open_current(folder) {
                Ok(opened) => opened,
                Err(KeeperError::Index(Fault::Locked)) => return Err(KeeperError::Index(Fault::Locked)),
                Err(why) => {
                    if folder.join("CURRENT").exists() {
                        tracing::warn!(%why, "the search index cannot be used and will be built anew");
                    }
                    let new = new_folder(folder, 0)?;
                    let index = Index::open(&Location::Folder(new.clone()))?;
                    // Empty, at revision 0: whoever opens it after a kill knows that everything is still to come.
                    point_current_at(folder, &new)?;
                    (index, Some(new))
                }
            },
        };
        let state = watch::Sender::new(State { swaps: 0, revision: index.revision() });
        Ok(Self {
            folder,
            index: RwLock::new(Arc::new(index)),
            in_use: RwLock::new(in_use),
            ready: AtomicBool::new(false),
            state,
        })
    }

    /// The index in use. Hold it for one request only, so that a rebuilt one can take over.
    pub fn index(&self) -> Arc<Index> {
        self.index.read().expect("no panic while swapping").clone()
    }

    /// Everything in the database was searchable at least once.
    pub fn is_ready(&self) -> bool {
        self.ready.load(Ordering::Acquire)
    }

    /// The catalogue's revision that can be searched.
    pub fn revision(&self) -> Revision {
        self.state().revision
    }

    pub fn state(&self) -> State {
        *self.state.borrow()
    }

    pub fn states(&self) -> watch::Receiver<State> {
        self.state.subscribe()
    }

    /// Applies every event that is not in the index yet. An index that knows nothing, or more than the database, or another
    /// database, is rebuilt.
    pub async fn catch_up(&self, store: &Store, listings: &Listings) -> Result<(), KeeperError> {
        let mut seen = self.index().revision();
        let newest = store.revision().await?;
        let name = store.database_name().await?;
        if seen == 0 && self.index().documents() == 0 {
            self.index().belongs_to(&name);
        }
        if self.index().origin() != name {
            tracing::warn!("the search index was made from another database and is built anew");
            return self.rebuild(store, listings).await;
        }
        if seen > newest || (seen == 0 && newest > BATCH as Revision) || (seen == 0 && self.index().documents() > 0) {
            return self.rebuild(store, listings).await;
        }
        while seen < newest {
            let events = store.events_after(seen, BATCH).await?;
            let Some(last) = events.last().map(|event| event.revision) else {
                // The clock has moved on but the events are gone: only the rows can be trusted.
                return self.rebuild(store, listings).await;
            };
            let mut touched: Vec<ListingId> = events.into_iter().map(|event| event.listing_id).collect();
            touched.sort();
            touched.dedup();
            self.apply(store, listings, &touched, last).await?;
            seen = last;
        }
        self.settle(seen, false);
        Ok(())
    }

    /// Brings the index to what the rows say of these listings now, which is at least what the events said.
    async fn apply(
        &self,
        store: &Store,
        listings: &Listings,
        touched: &[ListingId],
        revision: Revision,
    ) -> Result<(), KeeperError> {
        let mut puts: Vec<(Arc<Listing>, String)> = Vec::with_capacity(touched.len());
        let mut withdrawn = Vec::new();
        for ids in touched.chunks(500) {
            let rows = store.find_many(ids).await?;
            withdrawn.extend(ids.iter().filter(|id| !rows.iter().any(|row| row.listing.id == **id)).cloned());
            for row in rows {
                if row.withdrawn_at.is_some() {
                    withdrawn.push(row.listing.id.clone());
                } else {
                    puts.push((row.listing.clone(), row.digest.clone()));
                }
                listings.refresh(row);
            }
        }
        let index = self.index();
        tokio::task::spawn_blocking(move || index.apply(&puts, &withdrawn, revision)).await??;
        Ok(())
    }

    /// Revision and swap change together: a page rendered in between must not pass for one of either.
    fn settle(&self, revision: Revision, swapped: bool) {
        self.ready.store(true, Ordering::Release);
        self.state.send_if_modified(|state| {
            let next = State { swaps: state.swaps + u64::from(swapped), revision };
            std::mem::replace(state, next) != next
        });
    }

    /// Builds a whole new index from the rows while the old one goes on answering, then swaps.
    pub async fn rebuild(&self, store: &Store, listings: &Listings) -> Result<(), KeeperError> {
        let started = std::time::Instant::now();
        // Read before the rows: what changes meanwhile is applied again by the next catch-up, never skipped.
        let revision = store.revision().await?;
        // where nothing answers yet there is nobody to give way to
        let beside = self.ready.load(Ordering::Acquire);
        let (index, in_use) = match &self.folder {
            None => (Index::open(&Location::Memory)?, None),
            Some(folder) => {
                let new = new_folder(folder, self.number_in_use())?;
                let location = Location::Folder(new.clone());
                (if beside { Index::open_to_fill(&location)? } else { Index::open(&location)? }, Some(new))
            }
        };
        index.belongs_to(&store.database_name().await?);
        let index = Arc::new(index);
        let mut after = None;
        loop {
            let rows = store.page_after(after.as_ref(), REBUILD_PAGE).await?;
            let Some(last) = rows.last() else { break };
            after = Some(last.listing.id.clone());
            let puts: Vec<_> =
                rows.into_iter().filter(|row| row.withdrawn_at.is_none()).map(|row| (row.listing, row.digest)).collect();
            let filling = index.clone();
            tokio::task::spawn_blocking(move || filling.add_uncommitted(&puts)).await??;
        }
        let committing = index.clone();
        tokio::task::spawn_blocking(move || committing.commit(revision)).await??;
        let index = match in_use.as_ref().filter(|_| beside) {
            None => index,
            Some(folder) => {
                let location = Location::Folder(folder.clone());
                // from now on its threads are as good as any
                Arc::new(tokio::task::spawn_blocking(move || opened_to_serve(index, &location)).await??)
            }
        };
        if let (Some(folder), Some(new)) = (&self.folder, &in_use) {
            point_current_at(folder, new)?;
        }
        let documents = index.documents();
        *self.index.write().expect("no panic while swapping") = index;
        let old = std::mem::replace(&mut *self.in_use.write().expect("no panic while swapping"), in_use);
        if let Some(old) = old {
            // Readers that still hold the old index keep its files open; only the names go.
            let _ = std::fs::remove_dir_all(old);
        }
        listings.clear();
        self.settle(revision, true);
        tracing::info!(documents, revision, took_ms = started.elapsed().as_millis() as u64, "search index built");
        Ok(())
    }

    fn number_in_use(&self) -> u64 {
        let in_use = self.in_use.read().expect("no panic while swapping");
        let name = in_use.as_ref().and_then(|folder| folder.file_name()).map(|name| name.to_string_lossy().into_owned());
        name.and_then(|name| number_of(&name)).unwrap_or(0)
    }

    fn files_are_gone(&self) -> bool {
        let in_use = self.in_use.read().expect("no panic while swapping");
        in_use.as_ref().is_some_and(|folder| !folder.join("meta.json").exists())
    }

    /// Takes a request for a rebuild, if there is one: a new one, or one that could not be honoured yet.
    fn takes_request(&self) -> bool {
        let Some(folder) = &self.folder else { return false };
        let new = std::fs::rename(folder.join(REQUEST), folder.join(TAKEN)).is_ok();
        new || folder.join(TAKEN).exists()
    }

    fn honoured_request(&self) {
        if let Some(folder) = &self.folder {
            let _ = std::fs::remove_file(folder.join(TAKEN));
        }
    }

    /// Follows the events until the process ends. A database that is away is waited for.
    pub async fn follow(self: Arc<Self>, store: Store, listings: Arc<Listings>) {
        let mut away = false;
        let mut ticks: u32 = 0;
        loop {
            tokio::time::sleep(POLL).await;
            ticks = ticks.wrapping_add(1);
            let step = async {
                if ticks.is_multiple_of(5) {
                    let requested = self.takes_request();
                    if requested || self.files_are_gone() {
                        self.rebuild(&store, &listings).await?;
                        self.honoured_request();
                    }
                }
                if store.revision().await? != self.revision() || !self.is_ready() {
                    self.catch_up(&store, &listings).await?;
                }
                Ok::<_, KeeperError>(())
            };
            match step.await {
                Ok(()) => {
                    if std::mem::take(&mut away) {
                        tracing::info!("the database is back");
                    }
                }
                Err(why) => {
                    if !std::mem::replace(&mut away, true) {
                        tracing::error!(%why, "following the catalogue failed; trying on");
                    }
                    tokio::time::sleep(POLL * 4).await;
                }
            }
        }
    }
}

/// Asks the server that uses this folder for a new index.
pub fn ask_for_rebuild(folder: &Path) -> std::io::Result<()> {
    std::fs::write(folder.join(REQUEST), "")
}

/// Whether such a request still waits for its answer.
pub fn waits_for_rebuild(folder: &Path) -> bool {
    folder.join(REQUEST).exists() || folder.join(TAKEN).exists()
}

fn open_current(folder: &Path) -> Result<(Index, Option<PathBuf>), KeeperError> {
    let pointer = folder.join("CURRENT");
    let name = std::fs::read_to_string(&pointer).map_err(|why| KeeperError::Folder(pointer, why))?;
    let current = folder.join(name.trim());
    if !current.join("meta.json").exists() {
        return Err(KeeperError::Folder(current, std::io::ErrorKind::NotFound.into()));
    }
    Ok((Index::open(&Location::Folder(current.clone()))?, Some(current)))
}

fn number_of(name: &str) -> Option<u64> {
    name.strip_prefix("index-")?.parse().ok()
}

/// A fresh folder beside the others, numbered past `used`: the index in use has that number even when somebody deleted its
/// files. Leftovers of interrupted rebuilds go.
fn new_folder(folder: &Path, used: u64) -> Result<PathBuf, KeeperError> {
    let fail = |why| KeeperError::Folder(folder.to_owned(), why);
    std::fs::create_dir_all(folder).map_err(fail)?;
    let current = std::fs::read_to_string(folder.join("CURRENT")).unwrap_or_default();
    let mut highest = used;
    for entry in std::fs::read_dir(folder).map_err(fail)?.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let Some(number) = number_of(&name) else { continue };
        highest = highest.max(number);
        if name != current.trim() {
            let _ = std::fs::remove_dir_all(entry.path());
        }
    }
    let new = folder.join(format!("index-{}", highest + 1));
    std::fs::create_dir_all(&new).map_err(fail)?;
    Ok(new)
}

/// The same index with threads that no longer give way to those who ask.
fn opened_to_serve(filled: Arc<Index>, at: &Location) -> Result<Index, Fault> {
    Arc::into_inner(filled).map_or(Ok(()), Index::close)?;
    Index::open(at)
}

fn point_current_at(folder: &Path, index: &Path) -> Result<(), KeeperError> {
    let fail = |why| KeeperError::Folder(folder.to_owned(), why);
    let name = index.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let draft = folder.join("CURRENT.new");
    std::fs::write(&draft, name).map_err(fail)?;
    std::fs::File::open(&draft).and_then(|file| file.sync_all()).map_err(fail)?;
    std::fs::rename(&draft, folder.join("CURRENT")).map_err(fail)
}

#[cfg(test)]
mod tests;
