//! Drawings follow from their subject alone and cost as much as the rest of a page, so each is made once and kept for a while.

use std::hash::Hash;
use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, PoisonError};

use lru::LruCache;

pub struct Kept<S>(Mutex<LruCache<S, Arc<str>>>);

impl<S: Hash + Eq> Kept<S> {
    /// Room for so many; the one that was not wanted for longest goes first.
    pub fn new(most: NonZeroUsize) -> Self {
        Self(Mutex::new(LruCache::new(most)))
    }

    /// The drawing of a subject. Two who want a new one at once both make it.
    pub fn of(&self, subject: S, make: impl FnOnce(&S) -> String) -> Arc<str> {
        if let Some(drawing) = self.lock().get(&subject) {
            return drawing.clone();
        }
        let drawing: Arc<str> = make(&subject).into();
        self.lock().put(subject, drawing.clone());
        drawing
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, LruCache<S, Arc<str>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    #[test]
    fn a_drawing_is_made_once_while_there_is_room_for_it() {
        let kept = Kept::new(NonZeroUsize::new(2).unwrap());
        let made = Cell::new(0);
        let draw = |subject: &&str| {
            made.set(made.get() + 1);
            subject.to_uppercase()
        };
        for (subject, drawn_so_far) in [("a", 1), ("a", 1), ("b", 2), ("a", 2), ("c", 3), ("a", 3), ("b", 4)] {
            assert_eq!(&*kept.of(subject, draw), subject.to_uppercase());
            assert_eq!(made.get(), drawn_so_far, "{subject}");
        }
    }
}
