//! The open data, written every night at three in Shanghai, and once at the start where there is none of today.

use std::sync::Arc;
use std::time::Duration;

use chrono::{Days, NaiveTime, Utc};
use domain::time::{Timestamp, day_of, shanghai};

use crate::catalogue::{self, Format};
use crate::state::App;

/// The next three o'clock in Shanghai after `now`.
fn next_night(now: Timestamp) -> Timestamp {
    let three = NaiveTime::from_hms_opt(3, 0, 0).expect("three o'clock");
    let at =
        |day: chrono::NaiveDate| day.and_time(three).and_local_timezone(shanghai()).single().map(|at| at.with_timezone(&Utc));
    let today = day_of(now);
    let candidates = [Some(today), today.checked_add_days(Days::new(1))];
    candidates.into_iter().flatten().filter_map(at).find(|at| *at > now).unwrap_or(now + chrono::Duration::days(1))
}

pub async fn write(app: &App) -> anyhow::Result<()> {
    let folder = app.config.dumps_dir();
    for format in Format::ALL {
        catalogue::dump(&app.store, &folder, format, &app.config.base_url).await?;
    }
    Ok(())
}

/// Runs until the process ends.
pub async fn every_night(app: Arc<App>) {
    let newest = Format::ALL
        .iter()
        .map(|format| app.config.dumps_dir().join(format.file_name()))
        .map(|file| file.metadata().and_then(|meta| meta.modified()));
    let fresh = newest.into_iter().all(|at| at.is_ok_and(|at| day_of(at.into()) == day_of(Utc::now())));
    if !fresh {
        // After the first visitors were served.
        tokio::time::sleep(Duration::from_secs(2)).await;
        tell(write(&app).await);
    }
    loop {
        let now = Utc::now();
        let wait = (next_night(now) - now).to_std().unwrap_or(Duration::from_secs(3600));
        tokio::time::sleep(wait).await;
        tell(write(&app).await);
    }
}

fn tell(outcome: anyhow::Result<()>) {
    match outcome {
        Ok(()) => tracing::info!("dumps written"),
        Err(why) => tracing::error!(%why, "dumps could not be written; the next try is at night"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_night_is_shanghais() {
        let check =
            |now: &str, next: &str| assert_eq!(next_night(now.parse().unwrap()), next.parse::<Timestamp>().unwrap(), "{now}");
        check("2026-11-24T10:00:00Z", "2026-11-24T19:00:00Z");
        check("2026-11-24T19:00:00Z", "2026-11-25T19:00:00Z");
        check("2026-12-31T20:00:00Z", "2027-01-01T19:00:00Z");
    }
}
