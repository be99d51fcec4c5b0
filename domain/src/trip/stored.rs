//! A trip as it is kept, and how it is changed: every change counts its version up by one and can be taken back.

use serde::{Deserialize, Serialize};

use super::edit::Edit;
use super::facts::Facts;
use super::history::History;
use super::plan::Trip;
use crate::Problem;
use crate::time::Timestamp;

/// Edits that are remembered with their keys.
const MOST_RECENT: usize = 40;
/// What can be undone may take so much room, in bytes of JSON, and what was done lately as well.
const LARGEST_HISTORY: usize = 128 * 1024;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StoredTrip {
    pub id: String,
    /// 1 when it was made, one more with every change.
    pub version: i64,
    pub trip: Trip,
    pub history: History,
    /// The latest changes, oldest first.
    #[serde(default)]
    pub recent: Vec<Recent>,
    pub created_at: Timestamp,
    pub changed_at: Timestamp,
    pub touched_at: Timestamp,
}

/// A change that was made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Recent {
    /// The version it led to.
    pub version: i64,
    /// Given by whoever asked for it: the same one twice is one change.
    pub key: String,
    pub done: Done,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Done {
    Edit(Box<Edit>),
    Undo,
    Redo,
}

impl StoredTrip {
    /// After one more change, or why that cannot be. `facts` are of the places that the change brings in; one that is not among them
    /// is no longer in the catalogue.
    pub fn next(&self, key: &str, done: &Done, facts: &Facts, now: Timestamp) -> Result<Self, Problem> {
        let mut history = self.history.clone();
        let trip = match done {
            Done::Edit(edit) => {
                let trip = history.apply(&self.trip, edit)?;
                if let Some(gone) = edit.vanished(facts).into_iter().next() {
                    return Err(gone);
                }
                trip
            }
            Done::Undo => {
                let nothing = || Problem::new("edit", "nothing", "没有可以撤销的了", "there is nothing to undo");
                history.undo(&self.trip).ok_or_else(nothing)??
            }
            Done::Redo => {
                let nothing = || Problem::new("edit", "nothing", "没有可以重做的了", "there is nothing to redo");
                history.redo(&self.trip).ok_or_else(nothing)??
            }
        };
        while is_too_large(&history) && history.forget_oldest() {}
        let version = self.version + 1;
        let mut recent = self.recent.clone();
        recent.push(Recent { version, key: key.to_owned(), done: done.clone() });
        while recent.len() > MOST_RECENT || (recent.len() > 1 && is_too_large(&recent)) {
            recent.remove(0);
        }
        let (id, created_at) = (self.id.clone(), self.created_at);
        Ok(Self { id, version, trip, history, recent, created_at, changed_at: now, touched_at: now })
    }
}

impl StoredTrip {
    /// Changes since that version that are still known, oldest first, each with the trip as it was before it; where the history does
    /// not go back so far, as it was at the earliest.
    pub fn since(&self, version: i64) -> Vec<(&Recent, Trip)> {
        let (mut trip, mut history) = (self.trip.clone(), self.history.clone());
        let mut found = Vec::new();
        // An edit clears what could be redone, so an undo before it leads nowhere; a redo gives back what its undo took.
        let (mut overtaken, mut redone) = (false, 0usize);
        for recent in self.recent.iter().rev().take_while(|recent| recent.version > version) {
            let before = match recent.done {
                Done::Edit(_) => {
                    overtaken = true;
                    history.undo(&trip)
                }
                Done::Redo => {
                    redone += 1;
                    history.undo(&trip)
                }
                Done::Undo if overtaken && redone == 0 => None,
                Done::Undo => {
                    redone = redone.saturating_sub(1);
                    history.redo(&trip)
                }
            };
            match before {
                Some(Ok(before)) => trip = before,
                // Nor does any step before it lead anywhere.
                _ => history = History::default(),
            }
            found.push((recent, trip.clone()));
        }
        found.reverse();
        found
    }
}

fn is_too_large(kept: &impl Serialize) -> bool {
    serde_json::to_vec(kept).is_ok_and(|text| text.len() > LARGEST_HISTORY)
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone;

    use super::super::plan::VisitId;
    use super::super::world;
    use super::*;

    fn stored() -> StoredTrip {
        let at = chrono::Utc.with_ymd_and_hms(2026, 11, 25, 8, 0, 0).unwrap();
        let (trip, history) = (world::trip(&[&["pl-1"]]), History::default());
        StoredTrip { id: "t".into(), version: 1, trip, history, recent: vec![], created_at: at, changed_at: at, touched_at: at }
    }

    fn titled(title: &str) -> Done {
        Done::Edit(Box::new(Edit::SetTitle { title: title.into() }))
    }

    #[test]
    fn a_change_counts_up_and_what_cannot_be_undone_says_so() {
        let (first, later) = (stored(), stored().created_at + chrono::TimeDelta::hours(1));
        let nothing = first.next("k", &Done::Undo, &Facts::new(), later).unwrap_err();
        assert_eq!(nothing.code, "nothing");
        let second = first.next("a", &titled("二"), &Facts::new(), later).unwrap();
        let third = second.next("b", &Done::Undo, &Facts::new(), later).unwrap();
        assert_eq!((second.version, third.version, third.trip), (2, 3, first.trip));
        let said: Vec<_> = third.recent.iter().map(|recent| (recent.version, recent.key.as_str())).collect();
        assert_eq!((said, third.changed_at), (vec![(2, "a"), (3, "b")], later));
    }

    #[test]
    fn what_was_done_since_comes_with_the_trip_as_it_was() {
        let first = stored();
        let removed = Done::Edit(Box::new(Edit::RemoveVisit { visit: VisitId(1) }));
        let steps = [titled("二"), removed.clone(), Done::Undo, removed, titled("三")];
        let last = steps.iter().fold(first.clone(), |trip, step| {
            trip.next(&trip.version.to_string(), step, &Facts::new(), first.changed_at).unwrap()
        });
        let seen = |version: i64| -> Vec<(i64, String, bool)> {
            let since = last.since(version);
            let seen = since.iter().map(|(recent, trip)| (recent.version, trip.title.clone(), trip.visit(VisitId(1)).is_some()));
            seen.collect()
        };
        assert_eq!(seen(4), [(5, "二".into(), true), (6, "二".into(), false)]);
        let overtaken = (4, "二".to_owned(), true);
        assert_eq!(seen(3)[0], overtaken, "what was undone has been overtaken: so far and no further");
        assert_eq!(seen(1).len(), 5);
        assert_eq!(last.since(6), vec![]);
    }

    #[test]
    fn what_was_done_long_ago_is_forgotten() {
        let mut last = stored();
        for step in 0..MOST_RECENT + 5 {
            last = last.next(&step.to_string(), &titled(&format!("第{step}版")), &Facts::new(), last.changed_at).unwrap();
        }
        assert_eq!((last.recent.len(), last.recent[0].key.as_str()), (MOST_RECENT, "5"));
    }
}
