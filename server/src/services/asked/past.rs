//! What others have searched for and found, to be suggested while somebody types. Only what at least five different askers have
//! asked on one day, and only what still finds something good.

use std::sync::{Arc, PoisonError, RwLock};

use chrono::NaiveDate;
use domain::search::Query;
use domain::search::asked::Outcome;

use super::most_frequent;
use crate::error::ServiceError;
use crate::search::{Curated, Options, fold};
use crate::state::App;
use crate::store::Remembered;

/// Texts that are tried and kept.
const MOST_KEPT: usize = 200;
/// Longer than this it is a sentence, and somebody's.
const LONGEST: usize = 16;
/// A number may be somebody's before it is a telephone's.
const MOST_DIGITS: usize = 3;

/// The most frequent first.
#[derive(Default)]
pub struct PastQueries(RwLock<Arc<Vec<String>>>);

impl PastQueries {
    /// Those that go on where `typed` stops, without what the bureau has silenced.
    pub fn beginning_with(&self, typed: &str, most: usize, curated: &Curated, wanted: impl Fn(&str) -> bool) -> Vec<String> {
        let typed = fold(typed.trim());
        if typed.is_empty() {
            return Vec::new();
        }
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner).clone();
        let fits = |text: &&String| text.starts_with(&typed) && **text != typed && !curated.silences(text);
        known.iter().filter(fits).filter(|text| wanted(text)).take(most).cloned().collect()
    }
}

/// Looks through the days that are kept.
pub async fn refresh(app: &App, today: NaiveDate) -> Result<(), ServiceError> {
    if !app.asked.is_on() {
        return Ok(());
    }
    let wanted = |row: &Remembered| row.tally.is_public() && !row.tally.is_a_gap() && is_fit(&row.text);
    let asked = most_frequent(&app.store, today, MOST_KEPT, wanted).await?;
    let index = app.keeper.index();
    let options = Options { facets: false, ..app.options(today) };
    let trying = tokio::task::spawn_blocking(move || {
        let finds = |text: &String| {
            let query = Query { text: text.clone(), per_page: 1, ..Query::default() };
            let answer = index.answer(&query, &options)?;
            Ok::<_, ServiceError>(answer.notes.is_empty() && Outcome::of(answer.results.total, &[]) == Outcome::Good)
        };
        let mut found = Vec::new();
        for row in asked {
            if finds(&row.text)? {
                found.push(row.text);
            }
        }
        Ok::<_, ServiceError>(found)
    });
    let found = trying.await.map_err(|why| ServiceError::Bug(why.to_string()))??;
    *app.past.0.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(found);
    Ok(())
}

fn is_fit(text: &str) -> bool {
    (2..=LONGEST).contains(&text.chars().count()) && text.chars().filter(|c| c.is_numeric()).count() <= MOST_DIGITS
}
