//! How a trip is changed: what a form asks for, what is wrong with it, and what becomes of two who ask at once.

use chrono::NaiveDate;
use domain::trip::arrange::arrange;
use domain::trip::stored::{Done, StoredTrip};
use domain::trip::travel::{Roads, on_roads};
use domain::trip::{Edit, Facts, Trip, World};
use domain::{ListingId, Problem, Text};

use super::form::Typed;
use super::{Known, facts_of, listings_of, named, wishes};
use crate::views::{ConflictPage, Trouble};

/// One edit; an honest one is a fraction of it.
pub const LARGEST_EDIT: usize = 16 * 1024;

/// What of the catalogue [`wish`] wants to know.
pub fn wanted(typed: &Typed, trip: &Trip) -> Vec<ListingId> {
    match typed.get("set") {
        "add" => ListingId::parse(typed.get("listing")).into_iter().collect(),
        "arrange" => listings_of(trip),
        _ => vec![],
    }
}

/// The best order of a long day is not found at once.
pub fn takes_a_while(typed: &Typed) -> bool {
    typed.get("set") == "arrange"
}

/// What a form asks for, or everything that is wrong with it. `roads` matter where a day is arranged.
pub fn wish(typed: &Typed, trip: &Trip, known: &Known, roads: &Roads, today: NaiveDate) -> Result<Done, Vec<Problem>> {
    let edit = match (typed.get("edit"), typed.get("set")) {
        ("undo", _) => return Ok(Done::Undo),
        ("redo", _) => return Ok(Done::Redo),
        (json, _) if json.len() > LARGEST_EDIT => return Err(wishes::unreadable()),
        (json, _) if !json.is_empty() => serde_json::from_str(json).map_err(|_| wishes::unreadable())?,
        (_, "visit") => wishes::visit(typed, trip)?,
        (_, "day") => wishes::day(typed)?,
        (_, "trip") => wishes::whole(typed, today)?,
        (_, "own") => wishes::own(typed, trip)?,
        (_, "add") => {
            let id = ListingId::parse(typed.get("listing")).ok();
            let listing = id.and_then(|id| known.get(&id)).filter(|listing| wishes::is_a_stop(listing.kind()));
            let (zh, en) = ("要加的条目已不在目录里", "what was to be added is no longer in the catalogue");
            let listing = listing.ok_or_else(|| vec![Problem::new("listing", "vanished", zh, en)])?;
            wishes::add(listing, wishes::day_of(typed, "day")?, trip)
        }
        (_, "arrange") => {
            let (day, facts) = (wishes::day_of(typed, "day")?, facts_of(known));
            let travel = on_roads(trip.transport, roads.clone());
            let arranged = arrange(trip, day, &World { facts: &facts, travel: &travel });
            let (zh, en) = match &arranged {
                Some(arranged) if !arranged.proven => (
                    "没有找到更好的顺序；这一天变化太多，没能全部试完",
                    "no better order was found; this day has too many to try them all",
                ),
                _ => ("这一天已经是最好的顺序", "the day is in its best order already"),
            };
            arranged.and_then(|arranged| arranged.edit).ok_or_else(|| vec![Problem::new("day", "best", zh, en)])?
        }
        _ => return Err(wishes::unreadable()),
    };
    match wishes::forbidden(&edit, today) {
        Some(problem) => Err(vec![problem]),
        None => Ok(Done::Edit(Box::new(edit))),
    }
}

/// A form in which nothing was changed.
pub fn is_nothing(done: &Done) -> bool {
    matches!(done, Done::Edit(edit) if matches!(&**edit, Edit::All { edits } if edits.is_empty()))
}

/// Places of the catalogue that are brought in: whoever makes the change has to know whether they are still there.
pub fn brings(done: &Done) -> Vec<ListingId> {
    match done {
        Done::Edit(edit) => named(edit.places().into_iter()),
        Done::Undo | Done::Redo => vec![],
    }
}

/// The form of the page that a wish came from, to show what is wrong beside its fields.
fn form_name(typed: &Typed) -> String {
    match typed.get("set") {
        "visit" => format!("stop-{}", typed.get("visit")),
        "day" => format!("day-{}", typed.get("day")),
        "trip" => "settings".to_owned(),
        "own" => "own".to_owned(),
        _ => String::new(),
    }
}

/// The rules name a place in the trip; a form has the last word of it as a field.
pub fn beside_field(problem: Problem) -> Problem {
    let field = problem.field.rsplit('.').next().unwrap_or_default();
    let field = match field {
        "party" => "adults",
        other => other,
    };
    Problem { field: field.to_owned(), ..problem }
}

pub fn trouble(typed: Typed, problems: Vec<Problem>) -> Trouble {
    Trouble { form: form_name(&typed), problems: problems.into_iter().map(beside_field).collect(), typed: typed.0 }
}

/// Where one finds oneself after a change of `before`: `#day-2`, `/today?day=2#stop-5`, or empty.
pub fn anchor(typed: &Typed, done: Option<&Done>, before: &Trip) -> String {
    let page = match (typed.get("to"), wishes::day_of(typed, "day")) {
        ("today", Ok(day)) => format!("/today?day={}", day.saturating_add(1)),
        _ => String::new(),
    };
    page + &place_on_page(typed, done, before)
}

fn place_on_page(typed: &Typed, done: Option<&Done>, before: &Trip) -> String {
    // What is gone cannot be come back to; its day can.
    if let Some(Done::Edit(edit)) = done
        && let Edit::RemoveVisit { visit } = &**edit
    {
        return before.find(*visit).map_or_else(String::new, |(day, _)| format!("#day-{}", day + 1));
    }
    let name = typed.get("anchor");
    // Only what our pages name: letters, digits and dashes.
    let plain = !name.is_empty() && name.len() < 40 && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    if plain { format!("#{name}") } else { String::new() }
}

/// Places that [`conflict`] names.
pub fn named_in_conflict(stored: &StoredTrip, version: i64, done: Option<&Done>) -> Vec<ListingId> {
    let since = stored.since(version);
    let places = since.iter().map(|(_, before)| before).chain([&stored.trip]).flat_map(Trip::places);
    let mut ids = named(places);
    ids.extend(done.into_iter().flat_map(brings));
    ids
}

/// What it does to a trip, in words; what is gone from the first of them is called what it was called in those after.
pub fn say(done: &Done, trips: &[&Trip], facts: &Facts) -> Text {
    match done {
        Done::Edit(edit) => edit.text(trips, facts),
        Done::Undo => Text::new("撤销最近一步", "undo the latest change"),
        Done::Redo => Text::new("重做", "redo what was undone"),
    }
}

/// Both changes are shown; the later one, which was made on `version`, is a button away from being made too. `facts` are of the
/// places that [`named_in_conflict`] gives.
pub fn conflict(stored: &StoredTrip, version: i64, done: Done, facts: &Facts, key: String) -> ConflictPage {
    let since = stored.since(version);
    let was = since.first().map_or(&stored.trip, |(_, before)| before);
    let done = match done {
        Done::Edit(edit) => Done::Edit(Box::new(wishes::fitted(*edit, was, &stored.trip))),
        other => other,
    };
    let refused = match &done {
        Done::Edit(edit) => stored.trip.apply(edit).err(),
        Done::Undo | Done::Redo => None,
    };
    let say = |done: &Done, before: &Trip| say(done, &[&stored.trip, before], facts);
    let wanted = match &done {
        // The latest change is another one by now.
        Done::Undo => {
            Text::new("撤销最近一步（现在最近的一步是别人改的）", "undo the latest change (which by now is somebody else's)")
        }
        other => say(other, was),
    };
    let known_from = since.first().map_or(stored.version, |(recent, _)| recent.version - 1);
    ConflictPage {
        id: stored.id.clone(),
        title: stored.trip.title.clone(),
        version: stored.version,
        key,
        more: known_from > version,
        since: since.iter().map(|(recent, before)| say(&recent.done, before)).collect(),
        wanted,
        edit: match &done {
            Done::Edit(edit) => serde_json::to_string(edit).unwrap_or_default(),
            Done::Undo => "undo".to_owned(),
            Done::Redo => "redo".to_owned(),
        },
        refused,
        late: None,
    }
}
