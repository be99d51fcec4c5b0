//! From a form to an edit. A form carries what it showed, so only what was changed in it becomes part of the edit.

use chrono::NaiveDate;
use domain::listing::{Kind, Listing, Tag};
use domain::trip::facts::PlaceFacts;
use domain::trip::plan::{Occasion, OwnPlace};
use domain::trip::{Cost, Day, Edit, Group, Lunch, Mobility, Pace, Party, Transport, Trip, Visit, VisitId, Where};
use domain::{Problem, Text};
use serde::de::DeserializeOwned;

use super::form::{Reader, Typed};

type Wish = Result<Edit, Vec<Problem>>;

pub fn unreadable() -> Vec<Problem> {
    let (zh, en) = ("表单不完整，请刷新页面再试", "the form is incomplete; reload the page and try again");
    vec![Problem::new("form", "unreadable", zh, en)]
}

fn was<T: DeserializeOwned>(typed: &Typed) -> Result<T, Vec<Problem>> {
    serde_json::from_str(typed.get("was")).map_err(|_| unreadable())
}

/// Counted from 0; pages count from 1.
pub fn day_of(typed: &Typed, name: &str) -> Result<usize, Vec<Problem>> {
    let day: Option<usize> = typed.get(name).parse().ok();
    day.and_then(|day| day.checked_sub(1)).ok_or_else(unreadable)
}

fn visit_of(typed: &Typed) -> Result<VisitId, Vec<Problem>> {
    typed.get("visit").parse().map(VisitId).map_err(|_| unreadable())
}

fn done(reader: Reader, edits: Vec<Edit>) -> Wish {
    if reader.problems.is_empty() { Ok(Edit::All { edits }) } else { Err(reader.problems) }
}

/// A day that lies behind us is no first day of a plan.
pub fn past(date: NaiveDate, today: NaiveDate) -> Option<Problem> {
    let (zh, en) = ("出发日期已经过去了", "the first day is in the past");
    (date < today).then(|| Problem::new("starts", "past", zh, en))
}

/// What no form may ask for, however it was made.
pub fn forbidden(edit: &Edit, today: NaiveDate) -> Option<Problem> {
    match edit {
        Edit::SetFirstDay { date } => past(*date, today),
        Edit::All { edits } => edits.iter().find_map(|edit| forbidden(edit, today)),
        _ => None,
    }
}

pub fn visit(typed: &Typed, trip: &Trip) -> Wish {
    let (id, was): (VisitId, Visit) = (visit_of(typed)?, was(typed)?);
    let (was_day, day) = (day_of(typed, "was_day")?, day_of(typed, "day")?);
    let mut reader = Reader::new(typed);
    let arrive = reader.clock("arrive");
    let stay = reader.needed_number("stay_min");
    let amount = reader.yuan("cost");
    let cost = amount.map(|fen| match typed.get("per") {
        _ if fen.0 == 0 => Cost::Free,
        "all" => Cost::All(fen),
        _ => Cost::Person(fen),
    });
    let hours = reader.hours("hours");
    let last_shuttle = reader.clock("last_shuttle");
    let note = typed.get("note").to_owned();
    let mut edits = Vec::new();
    if arrive != was.arrive {
        edits.push(Edit::SetArrival { visit: id, at: arrive });
    }
    edits.extend(stay.filter(|stay| *stay != was.stay_min).map(|minutes| Edit::SetStay { visit: id, minutes }));
    if cost != was.cost {
        edits.push(Edit::SetCost { visit: id, cost });
    }
    if hours != was.hours {
        edits.push(Edit::SetHours { visit: id, hours });
    }
    if last_shuttle != was.last_shuttle {
        edits.push(Edit::SetLastShuttle { visit: id, at: last_shuttle });
    }
    if note != was.note {
        edits.push(Edit::SetNote { visit: id, note });
    }
    if day != was_day {
        let index = trip.days.get(day).map_or(0, |day| day.visits.len());
        edits.push(Edit::MoveVisit { visit: id, day, index });
    }
    done(reader, edits)
}

/// `same` keeps what is no region: a place of the catalogue or of one's own.
fn place(reader: &mut Reader, typed: &Typed, field: &'static str, was: Option<&Where>) -> Option<Where> {
    match typed.get(field) {
        "same" => was.cloned(),
        _ => reader.region(field).map(Where::Region),
    }
}

pub fn day(typed: &Typed) -> Wish {
    let (day, was): (usize, Day) = (day_of(typed, "day")?, was(typed)?);
    let mut reader = Reader::new(typed);
    let (from, until) = (reader.needed_clock("from"), reader.needed_clock("until"));
    let start = place(&mut reader, typed, "start", was.start.as_ref());
    let end = place(&mut reader, typed, "end", was.end.as_ref());
    let usual = Lunch::default();
    let lunch = typed.has("has_lunch").then(|| Lunch {
        from: reader.clock("lunch_from").unwrap_or(usual.from),
        until: reader.clock("lunch_until").unwrap_or(usual.until),
        minutes: reader.number("lunch").unwrap_or(usual.minutes),
    });
    let night_cost = reader.yuan("night_cost").map(|fen| if fen.0 == 0 { Cost::Free } else { Cost::All(fen) });
    let mut edits = Vec::new();
    if let Some((from, until)) = from.zip(until).filter(|times| *times != (was.from, was.until)) {
        edits.push(Edit::SetDayTimes { day, from, until });
    }
    if start != was.start {
        edits.push(Edit::SetDayStart { day, at: start });
    }
    if end != was.end {
        edits.push(Edit::SetDayEnd { day, at: end });
    }
    if lunch != was.lunch {
        edits.push(Edit::SetLunch { day, lunch });
    }
    // The form knows sums for all: one that was given for each stays as it is while its figure does.
    let shown = |cost: Option<Cost>| match cost {
        Some(Cost::Person(fen) | Cost::All(fen)) => Some(fen),
        Some(Cost::Free) => Some(domain::Fen(0)),
        None => None,
    };
    if shown(night_cost) != shown(was.night_cost) {
        edits.push(Edit::SetNightCost { day, cost: night_cost });
    }
    done(reader, edits)
}

/// Adults, elders and children; none where one of them cannot be read.
pub fn party(reader: &mut Reader, typed: &Typed) -> Option<Party> {
    let adults = reader.number("adults");
    let (elders, children) = (reader.number("elders"), reader.ages("children"));
    // In a form that does not ask, as the one for a new trip, walking is no trouble.
    let mobility = if typed.has("mobility") { reader.word("mobility", Mobility::parse) } else { Some(Mobility::Any) };
    let rooms = reader.number("rooms");
    let interests = typed.all("interests").filter_map(Tag::parse).collect();
    let (adults, elders) = (adults.unwrap_or(0), elders.unwrap_or(0));
    Some(Party { adults, elders, children, mobility: mobility?, interests, rooms })
}

/// None where no organisation travels.
pub fn group(reader: &mut Reader, typed: &Typed) -> Option<Group> {
    if !typed.has("occasion") {
        if ["invoice_name", "invoice_code", "guide_needed"].iter().any(|name| typed.has(name)) {
            let (zh, en) =
                ("填了发票或讲解：选一项活动，或者把它们清空", "for an invoice or a guide choose an occasion, or clear them");
            reader.problems.push(Problem::new("occasion", "missing", zh, en));
        }
        return None;
    }
    let occasion = reader.word("occasion", Occasion::parse)?;
    let given = |name: &str| Some(typed.get(name).to_owned()).filter(|text| !text.is_empty());
    let guide_needed = typed.has("guide_needed");
    Some(Group { occasion, guide_needed, invoice_name: given("invoice_name"), invoice_code: given("invoice_code") })
}

pub fn whole(typed: &Typed, today: NaiveDate) -> Wish {
    let was: Trip = was(typed)?;
    let mut reader = Reader::new(typed);
    let title = typed.get("title").to_owned();
    let starts = reader.date("starts");
    let party = party(&mut reader, typed);
    let pace = reader.word("pace", Pace::parse);
    let transport = reader.word("transport", Transport::parse);
    let (budget, travel_cost) = (reader.yuan("budget"), reader.yuan("travel_cost"));
    let group = group(&mut reader, typed);
    let night_driving = typed.has("night_driving");
    let mut edits = Vec::new();
    if title != was.title {
        edits.push(Edit::SetTitle { title });
    }
    if let Some(date) = starts.filter(|date| *date != was.starts) {
        reader.problems.extend(past(date, today));
        edits.push(Edit::SetFirstDay { date });
    }
    edits.extend(party.filter(|party| *party != was.party).map(|party| Edit::SetParty { party }));
    edits.extend(pace.filter(|pace| *pace != was.pace).map(|pace| Edit::SetPace { pace }));
    edits.extend(transport.filter(|it| *it != was.transport).map(|transport| Edit::SetTransport { transport }));
    if night_driving != was.night_driving {
        edits.push(Edit::SetNightDriving { asked: night_driving });
    }
    if budget != was.budget {
        edits.push(Edit::SetBudget { budget });
    }
    if travel_cost != was.travel_cost {
        edits.push(Edit::SetTravelCost { cost: travel_cost });
    }
    if group != was.group {
        edits.push(Edit::SetGroup { group });
    }
    done(reader, edits)
}

/// A place that the catalogue does not have, at the end of a day.
pub fn own(typed: &Typed, trip: &Trip) -> Wish {
    let day = day_of(typed, "day")?;
    let mut reader = Reader::new(typed);
    let name = typed.get("name").to_owned();
    if name.is_empty() {
        reader.problems.push(Problem::new("name", "missing", "请填名称", "a name is needed here"));
    }
    let region = reader.region("region");
    let stay = reader.needed_number("stay_min").unwrap_or_default();
    let at = Where::Own(OwnPlace { name: Text::zh_only(name), position: None, region });
    let index = trip.days.get(day).map_or(0, |day| day.visits.len());
    let edit = Edit::AddVisit { day, index, visit: Box::new(Visit::new(trip.next_id(), at, stay)) };
    if reader.problems.is_empty() { Ok(edit) } else { Err(reader.problems) }
}

/// Whether one can go there at all: an offer and a route are no places.
pub fn is_a_stop(kind: Kind) -> bool {
    !matches!(kind, Kind::Offer | Kind::Route)
}

/// A listing at the end of a day; a bed is where the day ends.
pub fn add(listing: &Listing, day: usize, trip: &Trip) -> Edit {
    let at = Where::Listing(listing.id.clone());
    if listing.kind() == Kind::Stay {
        return Edit::SetDayEnd { day, at: Some(at) };
    }
    let index = trip.days.get(day).map_or(0, |day| day.visits.len());
    let visit = Visit::new(trip.next_id(), at, PlaceFacts::of(listing).stay_or_guess());
    Edit::AddVisit { day, index, visit: Box::new(visit) }
}

/// As it has to be on another version of the trip than `was`, on which it was made: numbers that are taken there are given anew, places
/// in an order that has become shorter move to its end, and of a form with many fields only what was changed in it is changed.
pub fn fitted(edit: Edit, was: &Trip, trip: &Trip) -> Edit {
    match edit {
        Edit::AddVisit { day, index, mut visit } => {
            if trip.visit(visit.id).is_some() {
                visit.id = trip.next_id();
            }
            let most = trip.days.get(day).map_or(index, |day| day.visits.len());
            Edit::AddVisit { day, index: index.min(most), visit }
        }
        Edit::MoveVisit { visit, day, index } => {
            let others = trip.days.get(day).map(|day| day.visits.iter().filter(|other| other.id != visit).count());
            Edit::MoveVisit { visit, day, index: others.map_or(index, |most| index.min(most)) }
        }
        Edit::All { edits } => Edit::All { edits: edits.into_iter().map(|edit| fitted(edit, was, trip)).collect() },
        Edit::SetParty { party } => Edit::SetParty { party: joined_party(party, &was.party, &trip.party) },
        Edit::SetGroup { group: Some(group) } => match (&was.group, &trip.group) {
            (Some(was), Some(now)) => Edit::SetGroup { group: Some(joined_group(group, was, now)) },
            _ => Edit::SetGroup { group: Some(group) },
        },
        other => other,
    }
}

/// What somebody changed, else what it is by now.
fn joined<T: PartialEq + Clone>(wanted: T, was: &T, now: &T) -> T {
    if wanted == *was { now.clone() } else { wanted }
}

fn joined_party(wanted: Party, was: &Party, now: &Party) -> Party {
    let Party { adults, elders, children, mobility, interests, rooms } = wanted;
    Party {
        adults: joined(adults, &was.adults, &now.adults),
        elders: joined(elders, &was.elders, &now.elders),
        children: joined(children, &was.children, &now.children),
        mobility: joined(mobility, &was.mobility, &now.mobility),
        interests: joined(interests, &was.interests, &now.interests),
        rooms: joined(rooms, &was.rooms, &now.rooms),
    }
}

fn joined_group(wanted: Group, was: &Group, now: &Group) -> Group {
    let Group { occasion, guide_needed, invoice_name, invoice_code } = wanted;
    Group {
        occasion: joined(occasion, &was.occasion, &now.occasion),
        guide_needed: joined(guide_needed, &was.guide_needed, &now.guide_needed),
        invoice_name: joined(invoice_name, &was.invoice_name, &now.invoice_name),
        invoice_code: joined(invoice_code, &was.invoice_code, &now.invoice_code),
    }
}
