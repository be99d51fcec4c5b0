//! Listings by name or id, remembered. The memory is bounded, follows the catalogue's events, and goes on answering while the
//! database is away.

use std::collections::HashMap;
use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex};

use domain::listing::{Kind, Listing};
use domain::{ListingId, Slug};
use lru::LruCache;

use crate::store::{Store, StoreError, Stored};

const REMEMBERED: NonZeroUsize = NonZeroUsize::new(8_192).unwrap();

pub struct Listings {
    store: Store,
    hides_samples: bool,
    memory: Mutex<Memory>,
}

struct Memory {
    by_id: LruCache<ListingId, Stored>,
    ids: LruCache<(Kind, Slug), ListingId>,
    /// Grows with every change that was heard of. A reader that started before one must not remember what it read.
    heard: u64,
}

impl Memory {
    fn keep(&mut self, row: Stored) {
        self.ids.put((row.listing.kind(), row.listing.slug.clone()), row.listing.id.clone());
        self.by_id.put(row.listing.id.clone(), row);
    }
}

impl Listings {
    pub fn new(store: Store, hides_samples: bool) -> Self {
        let memory = Memory { by_id: LruCache::new(REMEMBERED), ids: LruCache::new(REMEMBERED), heard: 0 };
        Self { store, hides_samples, memory: Mutex::new(memory) }
    }

    fn memory(&self) -> std::sync::MutexGuard<'_, Memory> {
        self.memory.lock().expect("no panic while remembering")
    }

    fn is_shown(&self, row: &Stored) -> bool {
        row.withdrawn_at.is_none() && !(self.hides_samples && row.listing.sample)
    }

    /// A published listing by its name.
    pub async fn find(&self, kind: Kind, slug: &Slug) -> Result<Option<Arc<Listing>>, StoreError> {
        let name = (kind, slug.clone());
        let (known, heard) = {
            let mut memory = self.memory();
            let id = memory.ids.get(&name).cloned();
            (id.and_then(|id| memory.by_id.get(&id).cloned()), memory.heard)
        };
        // A tombstone gives its slug up: whether somebody has taken it, only the store knows.
        let row = match known.filter(|row| row.listing.slug == *slug && row.withdrawn_at.is_none()) {
            Some(row) => Some(row),
            None => {
                let row = self.store.find(kind, slug).await?;
                if let Some(row) = &row {
                    self.remember(heard, [row.clone()]);
                }
                row
            }
        };
        Ok(row.filter(|row| self.is_shown(row)).map(|row| row.listing))
    }

    /// Published listings in the order of the ids; ids that name none are left out.
    pub async fn find_many(&self, ids: &[ListingId]) -> Result<Vec<Arc<Listing>>, StoreError> {
        let mut found: HashMap<ListingId, Stored> = HashMap::with_capacity(ids.len());
        let mut missing = Vec::new();
        let heard = {
            let mut memory = self.memory();
            for id in ids {
                match memory.by_id.get(id) {
                    Some(row) => drop(found.insert(id.clone(), row.clone())),
                    None => missing.push(id.clone()),
                }
            }
            memory.heard
        };
        if !missing.is_empty() {
            let rows = self.store.find_many(&missing).await?;
            self.remember(heard, rows.iter().cloned());
            found.extend(rows.into_iter().map(|row| (row.listing.id.clone(), row)));
        }
        Ok(ids.iter().filter_map(|id| found.get(id)).filter(|row| self.is_shown(row)).map(|row| row.listing.clone()).collect())
    }

    /// Rows that were asked for when `heard` was the count; forgotten where something has changed since.
    fn remember(&self, heard: u64, rows: impl IntoIterator<Item = Stored>) {
        let mut memory = self.memory();
        if memory.heard == heard {
            rows.into_iter().for_each(|row| memory.keep(row));
        }
    }

    /// A row that an event has just spoken of. Only what is already remembered is replaced, so a large import does not push
    /// everything else out.
    pub fn refresh(&self, row: Stored) {
        let mut memory = self.memory();
        memory.heard += 1;
        if memory.by_id.peek(&row.listing.id).is_some() {
            memory.keep(row);
        }
    }

    pub fn clear(&self) {
        let mut memory = self.memory();
        memory.heard += 1;
        memory.by_id.clear();
        memory.ids.clear();
    }
}
