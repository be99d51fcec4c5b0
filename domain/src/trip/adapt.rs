//! A trip made from a boutique route, and what has become of the route in it (P4).

use chrono::NaiveDate;

use super::check::{Breach, Report, check};
use super::facts::Facts;
use super::plan::{
    Day, LONGEST_STAY_MIN, LONGEST_TITLE, MOST_DAYS, MOST_VISITS, MOST_VISITS_A_DAY, OwnPlace, Party, Trip, Visit, VisitId, Where,
};
use super::repair::{Repair, repairs};
use super::timeline::World;
use crate::listing::kinds::{Basis, Route, Stop};
use crate::listing::{Details, Listing};
use crate::{Lang, Text};

/// Minutes where the route does not say how long to stay and the catalogue neither.
const USUAL_STAY_MIN: u32 = 60;

/// The route as a trip: its stops in its order on the days the editors gave them. What a day cannot hold goes to the next, and what a trip cannot
/// hold is left out. None
/// where the listing is no route.
pub fn from_route(listing: &Listing, facts: &Facts, starts: NaiveDate, party: Party) -> Option<Trip> {
    let Details::Route(route) = &listing.details else { return None };
    let title: String = listing.title.zh.chars().take(LONGEST_TITLE).collect();
    let mut trip = Trip::new(title, starts, party);
    trip.from_route = Some(listing.id.clone());
    for (index, (stop, day)) in route.stops.iter().zip(days_of(route)).enumerate() {
        let Some(day) = day else { continue };
        while trip.days.len() <= day {
            trip.days.push(Day::empty());
        }
        let number = u32::try_from(index).ok()?;
        let mut visit = Visit::new(VisitId(number + 1), place_of(stop, facts), stay_of(stop, facts));
        visit.route_stop = Some(number);
        trip.days[day].visits.push(visit);
    }
    Some(trip)
}

/// The day of each stop, from 0, never going back and never too full; none for what no day has room for.
fn days_of(route: &Route) -> Vec<Option<usize>> {
    let stops = route.stops.len();
    let wanted = route.days.map_or(1, |days| days as usize).clamp(1, MOST_DAYS);
    let per_day = stops.div_ceil(wanted).max(1);
    let none_given = route.stops.iter().all(|stop| stop.day.is_none());
    let (mut day, mut on_it) = (0usize, 0usize);
    let days = route.stops.iter().enumerate().map(|(index, stop)| {
        let given = stop.day.and_then(|day| usize::try_from(day).ok()).map(|day| day.saturating_sub(1));
        let asked = if none_given { index / per_day } else { given.unwrap_or(day) }.min(MOST_DAYS - 1);
        if asked > day {
            (day, on_it) = (asked, 0);
        } else if on_it == MOST_VISITS_A_DAY && day + 1 < MOST_DAYS {
            (day, on_it) = (day + 1, 0);
        }
        on_it += 1;
        (on_it <= MOST_VISITS_A_DAY && index < MOST_VISITS).then_some(day)
    });
    days.collect()
}

fn place_of(stop: &Stop, facts: &Facts) -> Where {
    match &stop.place {
        Some(id) if facts.contains_key(id) => Where::Listing(id.clone()),
        _ => Where::Own(OwnPlace { name: stop.name.clone(), position: stop.position, region: stop.region.clone() }),
    }
}

fn stay_of(stop: &Stop, facts: &Facts) -> u32 {
    let known = || stop.place.as_ref().and_then(|id| facts.get(id)).and_then(|place| place.stay_min);
    stop.stay_min.or_else(known).unwrap_or(USUAL_STAY_MIN).clamp(1, LONGEST_STAY_MIN)
}

/// How a trip differs from the route it began as. Stops of the route are counted from 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    Dropped {
        stop: usize,
        basis: Basis,
    },
    Added {
        visit: VisitId,
        day: usize,
    },
    OtherDay {
        visit: VisitId,
        stop: usize,
        from: usize,
        to: usize,
    },
    /// Before or after stops that it came after or before.
    OtherOrder {
        visit: VisitId,
        stop: usize,
    },
    OtherStay {
        visit: VisitId,
        stop: usize,
        from: u32,
        to: u32,
    },
    OtherPlace {
        visit: VisitId,
        stop: usize,
    },
    Days {
        from: usize,
        to: usize,
    },
}

/// What was changed against the route, in the trip's order, then what was dropped. None where the listing is no route.
pub fn changes(trip: &Trip, listing: &Listing, facts: &Facts) -> Option<Vec<Change>> {
    let Details::Route(route) = &listing.details else { return None };
    let days = days_of(route);
    let mut found = Vec::new();
    let official = days.iter().flatten().max().map_or(0, |day| day + 1);
    if trip.days.len() != official {
        found.push(Change::Days { from: official, to: trip.days.len() });
    }
    let mut of_route: Vec<(VisitId, usize)> = Vec::new();
    for (day, it) in trip.days.iter().enumerate() {
        for visit in &it.visits {
            let stop = visit.route_stop.and_then(|stop| usize::try_from(stop).ok()).filter(|stop| *stop < route.stops.len());
            let again = stop.is_some_and(|stop| of_route.iter().any(|(_, seen)| *seen == stop));
            let Some(stop) = stop.filter(|_| !again) else {
                found.push(Change::Added { visit: visit.id, day });
                continue;
            };
            of_route.push((visit.id, stop));
            if place_of(&route.stops[stop], facts) != visit.at {
                found.push(Change::OtherPlace { visit: visit.id, stop });
            }
            if let Some(from) = days[stop].filter(|from| *from != day) {
                found.push(Change::OtherDay { visit: visit.id, stop, from, to: day });
            }
            let stay = stay_of(&route.stops[stop], facts);
            if stay != visit.stay_min {
                found.push(Change::OtherStay { visit: visit.id, stop, from: stay, to: visit.stay_min });
            }
        }
    }
    let order: Vec<usize> = of_route.iter().map(|(_, stop)| *stop).collect();
    let kept = longest_rising(&order);
    let moved = of_route.iter().enumerate().filter(|(index, _)| !kept.contains(index));
    found.extend(moved.map(|(_, (visit, stop))| Change::OtherOrder { visit: *visit, stop: *stop }));
    let dropped = (0..route.stops.len()).filter(|stop| !order.contains(stop));
    found.extend(dropped.map(|stop| Change::Dropped { stop, basis: route.stops[stop].basis }));
    Some(found)
}

/// Indices of a longest rising run with gaps: what stayed in order, so that as few as possible are said to have moved.
fn longest_rising(numbers: &[usize]) -> Vec<usize> {
    let mut best: Vec<(usize, Option<usize>)> = Vec::new();
    for (index, number) in numbers.iter().enumerate() {
        let before =
            (0..index).filter(|earlier| numbers[*earlier] < *number).max_by_key(|earlier| (best[*earlier].0, index - earlier));
        best.push((before.map_or(1, |before| best[before].0 + 1), before));
    }
    let mut at = (0..best.len()).max_by_key(|index| (best[*index].0, numbers.len() - index));
    let mut kept = Vec::new();
    while let Some(index) = at {
        kept.push(index);
        at = best[index].1;
    }
    kept
}

impl Change {
    pub fn text(&self, trip: &Trip, listing: &Listing, facts: &Facts) -> Text {
        let stop_name = |stop: usize| match &listing.details {
            Details::Route(route) => route.stops.get(stop).map(|stop| stop.name.clone()).unwrap_or_default(),
            _ => Text::default(),
        };
        let visit_name = |id: VisitId| trip.visit(id).map(|visit| visit.at.name(facts)).unwrap_or_default();
        let said = |name: Text, zh: String, en: String| {
            Text::new(format!("“{}”{zh}", name.zh), format!("“{}” {en}", name.get(Lang::En)))
        };
        match self {
            Self::Dropped { stop, basis } => {
                let zh = format!("去掉了（{}）", basis.label(Lang::Zh));
                said(stop_name(*stop), zh, format!("was dropped ({})", basis.label(Lang::En)))
            }
            Self::Added { visit, day } => {
                said(visit_name(*visit), format!("加在第{}天", day + 1), format!("was added on day {}", day + 1))
            }
            Self::OtherDay { stop, from, to, .. } => said(
                stop_name(*stop),
                format!("从第{}天移到第{}天", from + 1, to + 1),
                format!("moved from day {} to day {}", from + 1, to + 1),
            ),
            Self::OtherOrder { stop, .. } => {
                said(stop_name(*stop), "换了先后".to_owned(), "comes in another place of the order".to_owned())
            }
            Self::OtherStay { stop, from, to, .. } => {
                said(stop_name(*stop), format!("停留从{from}分钟改为{to}分钟"), format!("has {to} min instead of {from}"))
            }
            Self::OtherPlace { visit, stop } => {
                let now = visit_name(*visit);
                said(stop_name(*stop), format!("换成了“{}”", now.zh), format!("became “{}”", now.get(Lang::En)))
            }
            Self::Days { from, to } => {
                Text::new(format!("线路{from}天，现在{to}天"), format!("The route takes {from} days, the trip {to}"))
            }
        }
    }
}

/// A trip beside its route: what is different, what does not work, and what would mend it.
#[derive(Debug, Clone, PartialEq)]
pub struct Adaptation {
    /// Empty where the trip began as no route, or as one that is no longer there.
    pub changes: Vec<Change>,
    pub report: Report,
    /// For each breach that breaks the trip.
    pub repairs: Vec<(Breach, Vec<Repair>)>,
}

pub fn review(trip: &Trip, route: Option<&Listing>, world: &World) -> Adaptation {
    let changes = route.and_then(|route| changes(trip, route, world.facts)).unwrap_or_default();
    let report = check(trip, world);
    let broken = report.breaches.iter().filter(|breach| breach.severity() == super::Severity::Broken);
    let repairs = broken.map(|breach| (breach.clone(), repairs(trip, breach, world))).collect();
    Adaptation { changes, report, repairs }
}

#[cfg(test)]
mod tests;
