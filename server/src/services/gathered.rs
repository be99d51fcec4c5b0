//! What the pages of listings need, kept for as long as it holds: finding what is near and which offers can be used there takes as
//! long as laying out the page.

use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use app::views::ListingPage;
use domain::{Lang, ListingId};
use lru::LruCache;

use crate::state::Moment;

/// A few kilobytes each; the listings in them are shared.
const MOST: NonZeroUsize = NonZeroUsize::new(512).unwrap();

pub struct Gathered(Mutex<Kept>);

struct Kept {
    moment: Option<Moment>,
    pages: LruCache<(ListingId, Lang), Arc<ListingPage>>,
}

impl Default for Gathered {
    fn default() -> Self {
        Self(Mutex::new(Kept { moment: None, pages: LruCache::new(MOST) }))
    }
}

impl Gathered {
    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn get(&self, id: &ListingId, lang: Lang, moment: Moment) -> Option<Arc<ListingPage>> {
        let mut kept = self.kept();
        if kept.moment != Some(moment) {
            return None;
        }
        kept.pages.get(&(id.clone(), lang)).cloned()
    }

    /// `moment` is one from before the gathering began. What was gathered from an older one than the newest is not kept.
    pub fn put(&self, lang: Lang, moment: Moment, page: Arc<ListingPage>) {
        let mut kept = self.kept();
        if kept.moment > Some(moment) {
            return;
        }
        if kept.moment != Some(moment) {
            kept.pages.clear();
            kept.moment = Some(moment);
        }
        kept.pages.put((page.listing.id.clone(), lang), page);
    }
}
