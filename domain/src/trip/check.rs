//! Whether a trip can be done as it stands, and what stands against it.

mod words;

use serde::{Deserialize, Serialize};

use super::budget::budget;
use super::clock::{Clock, Hours};
use super::facts::{Bounds, HoursBasis, PlaceFacts};
use super::plan::{Mobility, Occasion, Party, Trip, Visit, VisitId, Where};
use super::timeline::{DayTimeline, Move, World, day_timeline, end_of, start_of};
use super::travel::Spot;
use crate::Fen;
use crate::listing::{Tag, Terrain};
use crate::time::Months;

/// What is not kept, with its figures. Times are minutes since the day's midnight.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "constraint", rename_all = "snake_case", deny_unknown_fields)]
pub enum Constraint {
    /// It left the catalogue.
    Vanished {
        name: String,
    },
    /// Shut all that day.
    Shut {
        weekday: u32,
        month: u32,
    },
    /// The visit lasts longer than the doors are open.
    Hours {
        begins: u32,
        ends: u32,
        open: Hours,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        last_entry: Option<Clock>,
        over: u32,
        assumed: bool,
    },
    /// Too late for an appointment.
    Appointment {
        at: u32,
        begins: u32,
        late: u32,
    },
    LastShuttle {
        at: u32,
        ends: u32,
        late: u32,
    },
    /// Lunch begins too late.
    Lunch {
        until: u32,
        begins: u32,
        late: u32,
    },
    /// A mountain road after sunset.
    Dark {
        sunset: u32,
        arrives: u32,
        minutes: u32,
    },
    /// The day ends later than it should.
    DayEnd {
        until: u32,
        ends: u32,
        late: u32,
    },
    Driving {
        minutes: u32,
        most: u32,
    },
    /// A day begins somewhere else than the one before ended.
    Apart {
        km: u32,
    },
    Age {
        age: u32,
        allowed: Bounds,
    },
    People {
        people: u32,
        allowed: Bounds,
    },
    Budget {
        budget: Fen,
        known: Fen,
        at_least: bool,
    },
    // What follows only warns.
    Stops {
        stops: usize,
        most: usize,
    },
    /// Not in its good months.
    Season {
        months: Months,
    },
    /// The festival is not around that day.
    Festival,
    /// Nobody knows how long the way takes.
    UnknownWay,
    /// Nobody has recorded that a wheelchair gets in.
    NoStepFreeRecord,
    /// A party branch day without a revolutionary site.
    NoRedSite,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// It cannot be done so.
    Broken,
    /// It can, but look.
    Warning,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Breach {
    pub constraint: Constraint,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day: Option<usize>,
    /// None where it is about the whole day, its way home, or the whole trip.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visit: Option<VisitId>,
}

/// A trip worked out and judged.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    pub days: Vec<DayTimeline>,
    /// In the order of the trip.
    pub breaches: Vec<Breach>,
}

impl Report {
    pub fn is_feasible(&self) -> bool {
        self.breaches.iter().all(|breach| breach.severity() == Severity::Warning)
    }

    /// How much is wrong in all: minutes for what is counted in minutes.
    pub fn missed(&self) -> u32 {
        self.days.iter().map(|day| day.score.missed).sum()
    }
}

/// What two breaches share that are the same trouble: the constraint's word, and the visit or else the day.
pub type Key = (&'static str, Option<VisitId>, Option<usize>);

impl Breach {
    pub fn key(&self) -> Key {
        (self.constraint.code(), self.visit, self.day.filter(|_| self.visit.is_none()))
    }

    pub fn severity(&self) -> Severity {
        use Constraint::*;
        match self.constraint {
            Stops { .. } | Season { .. } | Festival | UnknownWay | NoStepFreeRecord | NoRedSite => Severity::Warning,
            _ => Severity::Broken,
        }
    }
}

pub fn check(trip: &Trip, world: &World) -> Report {
    judge(trip, world, None)
}

/// The same, where a trip much like it has been checked in the same world: days that cannot have changed are taken over.
pub(super) fn recheck(trip: &Trip, world: &World, before: (&Trip, &Report)) -> Report {
    judge(trip, world, Some(before))
}

fn judge(trip: &Trip, world: &World, before: Option<(&Trip, &Report)>) -> Report {
    let (mut days, mut breaches) = (Vec::with_capacity(trip.days.len()), Vec::new());
    for index in 0..trip.days.len() {
        match before.filter(|(old, _)| is_same_day(old, trip, index)) {
            Some((_, report)) => {
                days.push(report.days[index].clone());
                breaches.extend(report.breaches.iter().filter(|breach| breach.day == Some(index)).cloned());
            }
            None => {
                let day = day_timeline(trip, index, world);
                check_day(trip, index, &day, world, &mut breaches);
                days.push(day);
            }
        }
    }
    let mut of_trip = |constraint| breaches.push(Breach { constraint, day: None, visit: None });
    if let Some(most) = trip.budget {
        let sum = budget(trip, world.facts);
        if sum.known > most {
            of_trip(Constraint::Budget { budget: most, known: sum.known, at_least: sum.at_least });
        }
    }
    let party_day = trip.group.as_ref().is_some_and(|group| group.occasion == Occasion::PartyDay);
    let red = |place: &PlaceFacts| place.terrain == Terrain::Red || place.tags.contains(&Tag::Red);
    if party_day && !trip.visits().filter_map(|visit| visit.at.facts(world.facts)).any(red) {
        of_trip(Constraint::NoRedSite);
    }
    Report { days, breaches }
}

/// All that a day's verdict depends on.
fn is_same_day(old: &Trip, new: &Trip, day: usize) -> bool {
    let all_days = |trip: &Trip| (trip.starts, trip.pace, trip.night_driving);
    let ended = |trip: &Trip| day.checked_sub(1).and_then(|before| end_of(trip, before).cloned());
    old.days.get(day) == new.days.get(day) && all_days(old) == all_days(new) && old.party == new.party && ended(old) == ended(new)
}

fn check_day(trip: &Trip, index: usize, day: &DayTimeline, world: &World, found: &mut Vec<Breach>) {
    let plan = &trip.days[index];
    let mut of_day = |constraint| found.push(Breach { constraint, day: Some(index), visit: None });
    if let Some(km) = apart(trip, index, world) {
        of_day(Constraint::Apart { km });
    }
    for place in plan.start.iter().chain(&plan.end) {
        if let Where::Listing(id) = place
            && !world.facts.contains_key(id)
        {
            of_day(Constraint::Vanished { name: id.to_string() });
        }
    }
    for (visit, stop) in plan.visits.iter().zip(&day.stops) {
        let mut of_visit = |constraint| found.push(Breach { constraint, day: Some(index), visit: Some(visit.id) });
        let (step, missed) = (&stop.step, stop.step.missed);
        check_place(trip, index, visit, world, &mut of_visit);
        if stop.way == Move::Unknown {
            of_visit(Constraint::UnknownWay);
        }
        if missed.dark > 0 {
            let sunset = day.daylight.sunset;
            of_visit(Constraint::Dark { sunset, arrives: step.arrive, minutes: missed.dark });
        }
        if missed.shut > 0 {
            let date = trip.date(index);
            let (weekday, month) = (chrono::Datelike::weekday(&date).number_from_monday(), chrono::Datelike::month(&date));
            of_visit(Constraint::Shut { weekday, month });
        }
        if missed.hours > 0 {
            let span = step.hours.and_then(|span| stop.open.hours.iter().find(|it| it.from.minutes() == span.from));
            let open = span.copied().unwrap_or(Hours::ALL_DAY);
            let assumed = stop.open.basis == HoursBasis::Assumed;
            let last_entry = stop.open.last_entry(open);
            let (begins, ends, over) = (step.begin, step.end, missed.hours);
            of_visit(Constraint::Hours { begins, ends, open, last_entry, over, assumed });
        }
        if let Some(at) = visit.arrive.filter(|_| missed.appointment > 0) {
            of_visit(Constraint::Appointment { at: at.minutes(), begins: step.begin, late: missed.appointment });
        }
        if let Some(at) = visit.last_shuttle.filter(|_| missed.shuttle > 0) {
            of_visit(Constraint::LastShuttle { at: at.minutes(), ends: step.end, late: missed.shuttle });
        }
    }
    let mut of_day = |constraint| found.push(Breach { constraint, day: Some(index), visit: None });
    let (way, home) = &day.home;
    if *way == Move::Unknown {
        of_day(Constraint::UnknownWay);
    }
    if home.missed.dark > 0 {
        of_day(Constraint::Dark { sunset: day.daylight.sunset, arrives: home.arrive, minutes: home.missed.dark });
    }
    let lunch = day.stops.iter().map(|stop| &stop.step).chain([home]).find(|step| step.missed.lunch > 0);
    if let (Some(step), Some(meal)) = (lunch, plan.lunch) {
        let begins = step.lunch.map_or(step.begin, |lunch| lunch.0);
        of_day(Constraint::Lunch { until: meal.until.minutes(), begins, late: step.missed.lunch });
    }
    let until = plan.until.minutes();
    if day.score.ends > until {
        of_day(Constraint::DayEnd { until, ends: day.score.ends, late: day.score.ends - until });
    }
    let most = trip.pace.most_driving();
    if day.score.driving > most {
        of_day(Constraint::Driving { minutes: day.score.driving, most });
    }
    if plan.visits.len() > trip.pace.most_stops() {
        of_day(Constraint::Stops { stops: plan.visits.len(), most: trip.pace.most_stops() });
    }
}

/// Constraints that do not depend on the hour.
fn check_place(trip: &Trip, day: usize, visit: &Visit, world: &World, of_visit: &mut impl FnMut(Constraint)) {
    let Where::Listing(id) = &visit.at else { return };
    let Some(place) = world.facts.get(id) else {
        of_visit(Constraint::Vanished { name: id.to_string() });
        return;
    };
    check_party(&trip.party, place, of_visit);
    let date = trip.date(day);
    let festival = place.festival();
    if let Some(festival) = festival
        && !crate::festival::Festival::around(date).any(|it| it == festival)
    {
        of_visit(Constraint::Festival);
    }
    if festival.is_none() && !place.months.is_empty() && !place.months.contains(chrono::Datelike::month(&date)) {
        of_visit(Constraint::Season { months: place.months });
    }
    if trip.party.mobility == Mobility::Wheelchair && !place.barrier_free {
        of_visit(Constraint::NoStepFreeRecord);
    }
}

/// Who may not take part.
pub(super) fn check_party(party: &Party, place: &PlaceFacts, of_visit: &mut impl FnMut(Constraint)) {
    let people = party.people();
    if !place.people.hold(people) {
        of_visit(Constraint::People { people, allowed: place.people });
    }
    // Adults and elders are not asked their age, and may go along with children whom it is meant for.
    let children = &party.children;
    let for_children = children.iter().any(|age| place.ages.hold(*age));
    let grown_up = (party.adults > 0).then_some(18).or((party.elders > 0).then_some(60)).filter(|_| !for_children);
    let ages = children.iter().copied().chain(grown_up);
    if let Some(age) = ages.into_iter().find(|age| !place.ages.hold(*age)) {
        of_visit(Constraint::Age { age, allowed: place.ages });
    }
}

/// Kilometres between where a day says it begins and where the one before ended; none where they meet or nobody knows.
fn apart(trip: &Trip, day: usize, world: &World) -> Option<u32> {
    let explicit = trip.days[day].start.as_ref()?;
    let before = end_of(trip, day.checked_sub(1)?)?;
    let (from, to) = (Spot::of(before, world.facts)?, Spot::of(start_of(trip, day)?, world.facts)?);
    let km = from.point.km_to(to.point);
    (explicit != before && km > MEETING_KM).then_some(km.round() as u32)
}

/// Nearer is the same town.
const MEETING_KM: f64 = 10.0;

#[cfg(test)]
mod tests;
