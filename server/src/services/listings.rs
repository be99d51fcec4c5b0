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
}

impl Memory {
    /// A slow reader must not put an old row over a newer one.
    fn keep(&mut self, row: Stored) {
        if self.by_id.peek(&row.listing.id).is_some_and(|known| known.revision > row.revision) {
            return;
        }
        self.ids.put((row.listing.kind(), row.listing.slug.clone()), row.listing.id.clone());
        self.by_id.put(row.listing.id.clone(), row);
    }
}

impl Listings {
    pub fn new(store: Store, hides_samples: bool) -> Self {
        let memory = Memory { by_id: LruCache::new(REMEMBERED), ids: LruCache::new(REMEMBERED) };
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
        let known = {
            let mut memory = self.memory();
            let id = memory.ids.get(&name).cloned();
            id.and_then(|id| memory.by_id.get(&id).cloned())
        };
        let row = match known.filter(|row| row.listing.slug == *slug) {
            Some(row) => Some(row),
            None => {
                let row = self.store.find(kind, slug).await?;
                if let Some(row) = &row {
                    self.memory().keep(row.clone());
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
        {
            let mut memory = self.memory();
            for id in ids {
                match memory.by_id.get(id) {
                    Some(row) => drop(found.insert(id.clone(), row.clone())),
                    None => missing.push(id.clone()),
                }
            }
        }
        if !missing.is_empty() {
            let rows = self.store.find_many(&missing).await?;
            let mut memory = self.memory();
            for row in rows {
                memory.keep(row.clone());
                found.insert(row.listing.id.clone(), row);
            }
        }
        Ok(ids.iter().filter_map(|id| found.get(id)).filter(|row| self.is_shown(row)).map(|row| row.listing.clone()).collect())
    }

    /// A row that an event has just spoken of. Only what is already remembered is replaced, so a large import does not push
    /// everything else out.
    pub fn refresh(&self, row: Stored) {
        let mut memory = self.memory();
        if memory.by_id.peek(&row.listing.id).is_some() {
            memory.keep(row);
        }
    }

    pub fn clear(&self) {
        let mut memory = self.memory();
        memory.by_id.clear();
        memory.ids.clear();
    }
}
