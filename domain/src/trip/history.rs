//! Undo and redo.

use serde::{Deserialize, Serialize};

use super::edit::{Applied, Edit};
use super::plan::Trip;
use crate::Problem;

/// Steps that can be taken back; older ones are forgotten.
pub const MOST_STEPS: usize = 100;

/// What would take a trip back, and what would bring it forth again. It belongs to one trip; after a change made elsewhere its
/// steps may be refused, never misapplied.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct History {
    #[serde(default)]
    undo: Vec<Edit>,
    #[serde(default)]
    redo: Vec<Edit>,
}

impl History {
    /// Applies an edit and remembers it; what was undone before cannot be redone after.
    pub fn apply(&mut self, trip: &Trip, edit: &Edit) -> Result<Trip, Problem> {
        let Applied { trip, inverse } = trip.apply(edit)?;
        self.redo.clear();
        self.undo.push(inverse);
        if self.undo.len() > MOST_STEPS {
            self.undo.remove(0);
        }
        Ok(trip)
    }

    /// None where there is nothing to take back.
    pub fn undo(&mut self, trip: &Trip) -> Option<Result<Trip, Problem>> {
        step(&mut self.undo, &mut self.redo, trip)
    }

    pub fn redo(&mut self, trip: &Trip) -> Option<Result<Trip, Problem>> {
        step(&mut self.redo, &mut self.undo, trip)
    }

    /// Drops the oldest step, of those undone or else of those done, where more is kept than there is room for. False where there
    /// is none left.
    pub fn forget_oldest(&mut self) -> bool {
        let steps = if self.undo.is_empty() { &mut self.redo } else { &mut self.undo };
        !steps.is_empty() && {
            steps.remove(0);
            true
        }
    }

    pub fn can_undo(&self) -> bool {
        !self.undo.is_empty()
    }

    pub fn can_redo(&self) -> bool {
        !self.redo.is_empty()
    }
}

fn step(from: &mut Vec<Edit>, to: &mut Vec<Edit>, trip: &Trip) -> Option<Result<Trip, Problem>> {
    let applied = trip.apply(from.last()?);
    Some(applied.map(|Applied { trip, inverse }| {
        from.pop();
        to.push(inverse);
        trip
    }))
}

#[cfg(test)]
mod tests {
    use super::super::world;
    use super::*;

    #[test]
    fn what_there_is_no_room_for_is_forgotten_the_oldest_first() {
        let mut history = History::default();
        let first = world::trip(&[&["pl-1"]]);
        let second = history.apply(&first, &Edit::SetTitle { title: "二".into() }).unwrap();
        let third = history.apply(&second, &Edit::SetTitle { title: "三".into() }).unwrap();
        assert!(history.forget_oldest());
        assert_eq!(history.undo(&third).unwrap().unwrap(), second, "the latest is still known");
        assert!(!history.can_undo(), "the first is not");
        assert!(history.forget_oldest(), "what was undone goes last");
        assert!(!history.can_redo() && !history.forget_oldest());
    }
}
