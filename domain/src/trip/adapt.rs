//! A trip made from a boutique route, and what has become of the route in it (P4).

use chrono::NaiveDate;
use serde::Serialize;

use super::check::{Breach, Report, check};
use super::facts::Facts;
use super::plan::{
    Day, LONGEST_STAY_MIN, LONGEST_TITLE, MOST_DAYS, MOST_VISITS, MOST_VISITS_A_DAY, OwnPlace, Party, Trip, Visit, VisitId, Where,
};
use super::repair::{Repair, all_repairs};
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
    for (number, planned) in (1..).zip(plan(route, facts)) {
        while trip.days.len() <= planned.day {
            trip.days.push(Day::empty());
        }
        let mut visit = Visit::new(VisitId(number), place_of(&route.stops[planned.stop], facts), planned.stay);
        visit.route_stop = u32::try_from(planned.stop).ok();
        trip.days[planned.day].visits.push(visit);
    }
    Some(trip)
}

/// A visit as the route means it.
struct Planned {
    stop: usize,
    day: usize,
    stay: u32,
}

/// Longer than this is a day to most people: two days are two visits.
const LONG_DAY_MIN: u32 = 9 * 60;

/// A long stop before days that the editors left empty is spread over them.
fn plan(route: &Route, facts: &Facts) -> Vec<Planned> {
    let days = days_of(route);
    let all = route.days.map_or(0, |days| days as usize).min(MOST_DAYS);
    let mut found = Vec::new();
    for (stop, day) in days.iter().enumerate().filter_map(|(stop, day)| Some((stop, (*day)?))) {
        let stay = stay_of(&route.stops[stop], facts);
        let next = days.iter().skip(stop + 1).flatten().next().copied().unwrap_or(all);
        let wanted = stay.div_ceil(LONG_DAY_MIN) as usize;
        let parts = next.saturating_sub(day).min(wanted).max(1);
        let each = stay.div_ceil(parts as u32).clamp(1, LONGEST_STAY_MIN);
        found.extend((0..parts).map(|part| Planned { stop, day: day + part, stay: each }));
    }
    found.truncate(MOST_VISITS);
    found
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

pub(super) fn place_of(stop: &Stop, facts: &Facts) -> Where {
    match &stop.place {
        Some(id) if facts.contains_key(id) => Where::Listing(id.clone()),
        _ => Where::Own(OwnPlace { name: stop.name.clone(), position: stop.position, region: stop.region.clone() }),
    }
}

fn stay_of(stop: &Stop, facts: &Facts) -> u32 {
    let known = || stop.place.as_ref().and_then(|id| facts.get(id)).and_then(|place| place.stay_min);
    stop.stay_min.or_else(known).unwrap_or(USUAL_STAY_MIN).max(1)
}

/// How a trip differs from the route it began as. Stops of the route are counted from 0.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
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
    /// One of the days at a stop that has several.
    FewerDays {
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
    let plan = plan(route, facts);
    let mut found = Vec::new();
    let official = plan.iter().map(|planned| planned.day + 1).max().unwrap_or(0);
    if trip.days.len() != official {
        found.push(Change::Days { from: official, to: trip.days.len() });
    }
    // Each visit of the route, and which of the planned it is.
    let mut matched: Vec<(VisitId, usize)> = Vec::new();
    for (day, it) in trip.days.iter().enumerate() {
        for visit in &it.visits {
            let free = |index: &usize| !matched.iter().any(|(_, taken)| taken == index);
            let same = |index: &usize| visit.route_stop.is_some_and(|stop| stop as usize == plan[*index].stop);
            let Some(index) = (0..plan.len()).filter(same).find(free) else {
                found.push(Change::Added { visit: visit.id, day });
                continue;
            };
            matched.push((visit.id, index));
            let Planned { stop, day: from, stay } = plan[index];
            if place_of(&route.stops[stop], facts) != visit.at {
                found.push(Change::OtherPlace { visit: visit.id, stop });
            }
            if from != day {
                found.push(Change::OtherDay { visit: visit.id, stop, from, to: day });
            }
            if stay != visit.stay_min {
                found.push(Change::OtherStay { visit: visit.id, stop, from: stay, to: visit.stay_min });
            }
        }
    }
    let order: Vec<usize> = matched.iter().map(|(_, index)| *index).collect();
    let kept = longest_rising(&order);
    let moved = matched.iter().enumerate().filter(|(index, _)| !kept.contains(index));
    found.extend(moved.map(|(_, (visit, index))| Change::OtherOrder { visit: *visit, stop: plan[*index].stop }));
    let dropped = (0..route.stops.len()).filter(|stop| !order.iter().any(|index| plan[*index].stop == *stop));
    found.extend(dropped.map(|stop| Change::Dropped { stop, basis: route.stops[stop].basis }));
    let parts = (0..plan.len()).filter(|index| !order.contains(index)).map(|index| plan[index].stop);
    let parts = parts.filter(|stop| order.iter().any(|index| plan[*index].stop == *stop));
    found.extend(parts.map(|stop| Change::FewerDays { stop }));
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
            Self::FewerDays { stop } => said(stop_name(*stop), "少留一天".to_owned(), "has a day less".to_owned()),
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
    /// For each breach that breaks the trip: [`all_repairs`]; empty as well where nobody looked for them.
    pub repairs: Vec<(Breach, Vec<Repair>)>,
}

/// Without repairs, which can take a thousand times as long as all the rest.
pub fn as_it_stands(trip: &Trip, route: Option<&Listing>, world: &World) -> Adaptation {
    let changes = route.and_then(|route| changes(trip, route, world.facts)).unwrap_or_default();
    Adaptation { changes, report: check(trip, world), repairs: vec![] }
}

pub fn review(trip: &Trip, route: Option<&Listing>, world: &World) -> Adaptation {
    let seen = as_it_stands(trip, route, world);
    let repairs = all_repairs(trip, &seen.report, world);
    Adaptation { repairs, ..seen }
}

#[cfg(test)]
mod tests;
