//! Two changes together, where one is not enough.

use super::candidates::{Around, Family};
use super::{Bench, Repair};
use crate::trip::check::{Breach, Constraint};
use crate::trip::edit::Edit;
use crate::{Lang, Text};

/// Two changes are more to take in than one.
const TWO: u32 = 20;

/// Two changes of a day's course at once, the smallest first: in steps of half an hour, for what takes two is no matter of minutes.
pub(super) fn pairs(bench: &Bench, breach: &Breach) -> Family {
    let around = Around::new(bench, breach);
    use Constraint::*;
    let (Some(day), Hours { .. } | Appointment { .. } | LastShuttle { .. } | Lunch { .. } | Dark { .. } | DayEnd { .. }) =
        (breach.day, &breach.constraint)
    else {
        return Vec::new();
    };
    let coarse = |family: Family, beside: u32| -> Family {
        family.into_iter().filter(|repair| (repair.effort - beside).is_multiple_of(30)).collect()
    };
    let (earlier, shorter) = (coarse(around.earlier(day), 0), coarse(around.shorter(day), 5));
    let order = around.reorder(day);
    let later = match breach.constraint {
        DayEnd { until, ends, .. } => (1..=4)
            .map(|halves| until + 30 * halves)
            .filter(|end| *end < ends)
            .flat_map(|end| around.later_end(day, end))
            .collect(),
        _ => Vec::new(),
    };
    let mut pairs = Family::new();
    for (firsts, seconds) in
        [(&earlier, &shorter), (&order, &earlier), (&order, &shorter), (&later, &shorter), (&earlier, &later)]
    {
        pairs.extend(firsts.iter().flat_map(|first| seconds.iter().filter_map(|second| both(first, second))));
    }
    pairs.sort_by_key(|repair| repair.effort);
    pairs
}

/// None where the second would undo the first.
fn both(first: &Repair, second: &Repair) -> Option<Repair> {
    let edit = match (&first.edit, &second.edit) {
        (Edit::SetDayTimes { day, from, .. }, Edit::SetDayTimes { until, .. }) => {
            Edit::SetDayTimes { day: *day, from: *from, until: *until }
        }
        (Edit::All { .. }, _) | (_, Edit::All { .. }) => return None,
        (first, second) => Edit::All { edits: vec![first.clone(), second.clone()] },
    };
    let text = Text::new(
        format!("{}；{}", first.text.zh, second.text.zh),
        format!("{}; {}", first.text.get(Lang::En), second.text.get(Lang::En)),
    );
    Some(Repair { edit, text, effort: first.effort + second.effort + TWO })
}
