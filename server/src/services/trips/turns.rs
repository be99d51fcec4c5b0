//! Who has a core when. Working a trip out takes one for a while, and the rest of the site wants one too.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::timeout;

use crate::error::ServiceError;

/// Turns of one sort of work: who wants another sort does not wait for them.
pub struct Turns {
    turns: Semaphore,
    waiting: AtomicUsize,
    /// Longer nobody waits for a turn.
    patience: Duration,
}

/// Repairs, the best order of a day, what could stand in for a stop.
pub static MENDING: Turns = Turns::new(2, Duration::from_secs(3));
/// Choosing takes all the time that it is given: one at once.
pub static CHOOSING: Turns = Turns::new(1, Duration::from_secs(6));

impl Turns {
    const fn new(at_once: usize, patience: Duration) -> Self {
        Self { turns: Semaphore::const_new(at_once), waiting: AtomicUsize::new(0), patience }
    }

    /// A turn; none where too many want one.
    pub async fn take(&'static self) -> Option<SemaphorePermit<'static>> {
        let _wait = Wait::of(&self.waiting);
        timeout(self.patience, self.turns.acquire()).await.ok()?.ok()
    }

    /// Whether somebody waits for a turn.
    pub fn are_wanted(&self) -> bool {
        self.waiting.load(Ordering::Relaxed) > 0
    }

    /// Does it in its turn.
    ///
    /// # Errors
    /// [`ServiceError::Busy`] where too many want one.
    pub async fn work<T: Send + 'static>(&'static self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, ServiceError> {
        let turn = self.take().await.ok_or(ServiceError::Busy)?;
        work_out(move || {
            // It goes on when whoever asked has left, so the turn is its own.
            let _turn = turn;
            work()
        })
        .await
    }
}

/// Not on the thread that answers everybody.
pub async fn work_out<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, ServiceError> {
    tokio::task::spawn_blocking(work).await.map_err(|why| ServiceError::Bug(format!("a trip could not be worked out: {why}")))
}

/// Counted for as long as it is there, also where whoever waits has left.
struct Wait<'a>(&'a AtomicUsize);

impl<'a> Wait<'a> {
    fn of(waiting: &'a AtomicUsize) -> Self {
        waiting.fetch_add(1, Ordering::Relaxed);
        Self(waiting)
    }
}

impl Drop for Wait<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn who_waits_is_counted_until_it_is_their_turn_or_they_leave() {
        static ONE: Turns = Turns::new(1, Duration::from_secs(600));
        let first = ONE.take().await.unwrap();
        assert!(!ONE.are_wanted());
        let second = tokio::spawn(ONE.take());
        tokio::task::yield_now().await;
        assert!(ONE.are_wanted(), "so the first one hurries");
        drop(first);
        let second = second.await.unwrap();
        assert!(second.is_some() && !ONE.are_wanted());
        let gone = tokio::spawn(ONE.take());
        tokio::task::yield_now().await;
        assert!(ONE.are_wanted());
        gone.abort();
        assert!(gone.await.unwrap_err().is_cancelled() && !ONE.are_wanted());
    }

    #[tokio::test]
    async fn nobody_waits_for_ever() {
        static ONE: Turns = Turns::new(1, Duration::from_millis(1));
        let turn = ONE.take().await.unwrap();
        assert!(matches!(ONE.work(|| ()).await, Err(ServiceError::Busy)));
        drop(turn);
        assert_eq!(ONE.work(|| 7).await.unwrap(), 7);
    }
}
