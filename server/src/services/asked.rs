//! Remembering what is searched for, beside the requests and never in their way.
//!
//! A search that was answered is put into a queue; where the queue is full it is dropped and counted. Behind the queue the
//! client's address becomes one of sixty-four numbers, by a salt of the day that the database keeps for all servers and for that
//! day only, and is forgotten. The words go into the hash too, so that not even the numbers say which searches were one
//! person's. Every few seconds the counts are added to the database; killed in between, those seconds are lost.

mod counting;
mod forms;
pub mod past;

use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use chrono::{Datelike, Days, Months, NaiveDate, Utc};
use domain::search::asked::{Asked, DAYS_KEPT, Line, Report, report};
use domain::time::day_of;
use tokio::sync::{mpsc, oneshot};
use tokio::time::Instant;

use crate::state::App;
use crate::store::{Remembered, Store, StoreError};
use counting::Counting;
pub use forms::{county_name, gaps_csv, gaps_json, gaps_text};

/// Searches that wait to be counted.
const QUEUE: usize = 4_096;
const EVERY: Duration = Duration::from_secs(2);
/// How often days that are over are closed, and what people search for is looked through.
const UPKEEP: Duration = Duration::from_secs(3_600);

/// Of what was searched for in the days that are kept and is wanted, the most frequent, the most frequent first.
pub async fn most_frequent(
    store: &Store,
    today: NaiveDate,
    most: usize,
    wanted: impl Fn(&Remembered) -> bool,
) -> Result<Vec<Remembered>, StoreError> {
    let mut asked = store.asked_since(today - Days::new(DAYS_KEPT), today + Days::new(1)).await?;
    asked.retain(wanted);
    asked.sort_by_key(|row| std::cmp::Reverse(row.tally.asked()));
    asked.truncate(most);
    Ok(asked)
}

enum Told {
    Asked(Arc<Asked>, IpAddr),
    /// Write everything that was told before.
    Write(oneshot::Sender<()>),
}

/// Where searches are told. Does nothing where the operator has turned it off.
pub struct AskedLog {
    tell: Option<mpsc::Sender<Told>>,
    hear: Mutex<Option<mpsc::Receiver<Told>>>,
}

impl AskedLog {
    pub fn new(on: bool) -> Self {
        let (tell, hear) = mpsc::channel(QUEUE);
        Self { tell: on.then_some(tell), hear: Mutex::new(on.then_some(hear)) }
    }

    pub fn is_on(&self) -> bool {
        self.tell.is_some()
    }

    /// Never waits.
    pub fn note(&self, asked: Arc<Asked>, who: IpAddr) {
        if let Some(tell) = &self.tell
            && tell.try_send(Told::Asked(asked, who)).is_err()
        {
            dropped("queue_full");
        }
    }

    /// Returns when everything noted so far is in the database, or could not be written.
    pub async fn write_now(&self) {
        let Some(tell) = &self.tell else { return };
        let (done, written) = oneshot::channel();
        if tell.send(Told::Write(done)).await.is_ok() {
            let _ = written.await;
        }
    }

    /// Counts until the process ends. Once.
    pub async fn count(self: Arc<Self>, store: Store) {
        let Some(mut hear) = self.hear.lock().unwrap_or_else(PoisonError::into_inner).take() else { return };
        let mut counting = Counting::default();
        let mut next = Instant::now() + EVERY;
        loop {
            match tokio::time::timeout_at(next, hear.recv()).await {
                Ok(Some(Told::Asked(asked, who))) => {
                    let today = day_of(Utc::now());
                    if let Err(why) = counting.learn_salt(today, &store).await {
                        tracing::warn!(%why, "a search is not counted: the day has no salt yet");
                        dropped("database_away");
                    } else if let Err(why) = counting.add(&asked, who, Instant::now()) {
                        dropped(why);
                    }
                }
                Ok(Some(Told::Write(done))) => {
                    write(&mut counting, &store).await;
                    let _ = done.send(());
                }
                Ok(None) => return,
                Err(_) => {
                    write(&mut counting, &store).await;
                    next = Instant::now() + EVERY;
                }
            }
        }
    }
}

/// What could not be written stays for the next time, as far as there is room.
async fn write(counting: &mut Counting, store: &Store) {
    let counts = counting.take();
    if counts.is_empty() {
        return;
    }
    if let Err(why) = store.count_asked(&counts).await {
        tracing::warn!(%why, "counts of searches could not be written yet");
        for _ in 0..counting.put_back(counts) {
            dropped("database_away");
        }
    }
}

fn dropped(why: &'static str) {
    metrics::counter!("xiaoxiang_searches_not_counted_total", "why" => why).increment(1);
}

/// Closes the days that are over, as every server does every hour: whoever comes second finds nothing to do.
pub async fn close_days(store: &Store, today: NaiveDate) -> Result<(), StoreError> {
    store.forget_asked_salts(today).await?;
    let closed = store.close_asked_days(today - Days::new(DAYS_KEPT)).await?;
    if closed > 0 {
        tracing::info!(rows = closed, "searches of days past became sums of their months");
    }
    Ok(())
}

/// What is done every hour, until the process ends.
pub async fn keep_up(app: Arc<App>) {
    loop {
        let today = day_of(Utc::now());
        if let Err(why) = close_days(&app.store, today).await {
            tracing::warn!(%why, "searches of days past could not be summed up; the next try is in an hour");
        }
        if let Err(why) = past::refresh(&app, today).await {
            tracing::warn!(%why, "past searches could not be looked through; the next try is in an hour");
        }
        tokio::time::sleep(UPKEEP).await;
    }
}

/// `2026-11` as its first day.
pub fn month(text: &str) -> Option<NaiveDate> {
    let (year, month) = text.split_once('-')?;
    let plain = year.len() == 4 && month.len() == 2 && text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    let first = plain.then(|| NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, 1)).flatten()?;
    // so that the month after is one, too
    first.checked_add_months(Months::new(1)).filter(|next| next.year() < 10_000).map(|_| first)
}

/// What was looked for in a month and not found.
pub async fn gaps(store: &Store, month: NaiveDate, county: Option<&str>) -> Result<Report, StoreError> {
    let rows = store.asked_in(month).await?;
    Ok(report(rows.into_iter().map(|row| Line { county: row.county, text: row.text, tally: row.tally }), county))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_is_written_in_one_way() {
        assert_eq!(month("2026-11"), NaiveDate::from_ymd_opt(2026, 11, 1));
        for wrong in ["2026-13", "2026-1", "26-11", "2026-11-01", "", "9999-12", "+026-01"] {
            assert_eq!(month(wrong), None, "{wrong}");
        }
    }
}
