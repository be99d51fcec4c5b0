//! A plan of the solver as a trip, looked at closely; what does not hold costs the weakest stop.

use std::cell::LazyCell;
use std::collections::BTreeMap;

use super::super::check::{Breach, Constraint, Key, Report, Severity, check};
use super::super::plan::{Day, MOST_VISITS_A_DAY, Pace, Trip, Visit, VisitId};
use super::super::timeline::DayTimeline;
use super::Why;
use super::candidates::is_in_season;
use super::legs::FIRST_BED;
use super::stage::{Nights, Stage};
use super::worth::is_slow;
use crate::Fen;

/// A minute on the road counts against a plan, so that a better stop far off is not always better.
const ROAD: f64 = 0.25;
/// It is longer for the old, the very young and those who walk badly, and for whoever wants to relax.
const SLOW: f64 = 1.4;
/// Another bed: to pack and to check in.
const ANOTHER_BED: f64 = 12.0;
/// A plan that breaks something is worse than one that does not, whatever is in it.
const BROKEN: f64 = 10_000.0;
/// Nothing is seen of where somebody wants to be; of several areas each has its share.
const MISSED: f64 = 600.0;
/// What is wanted fits in, but with no minute to spare.
const TIGHT: f64 = 100.0;
/// A day with nothing on it.
const EMPTY_DAY: f64 = 40.0;
/// A minute that a day is over before its end counts against the plan too: people have come to see something. An hour is leisure.
const IDLE: f64 = 0.06;
const LEISURE_MIN: u32 = 60;

/// A plan that is a trip.
#[derive(Debug, Clone)]
pub(super) struct Settled {
    pub trip: Trip,
    pub report: Report,
    pub nights: Nights,
    /// In the order of the trip.
    pub stops: Vec<(VisitId, usize)>,
    pub forced: Vec<usize>,
    pub value: f64,
    /// What plans are compared by: value less what it takes.
    pub objective: f64,
}

impl Stage<'_> {
    pub fn settle(&self, nights: &Nights, tours: &[Vec<usize>]) -> Settled {
        let mut trip = self.frame.clone();
        for (day, bed) in nights.iter().enumerate() {
            trip.days[day].end = Some(self.beds[*bed].at.clone());
        }
        let mut stops = Vec::new();
        for (day, tour) in tours.iter().enumerate() {
            for candidate in tour {
                let id = trip.next_id();
                trip.days[day].visits.push(self.visit(*candidate, id));
                stops.push((id, *candidate));
            }
        }
        let mut forced = self.force(&mut trip, &mut stops, nights);
        let mut report = check(&trip, &self.world);
        let whole = (trip.clone(), stops.clone());
        let alone = LazyCell::new(|| self.alone(&whole.0, &whole.1));
        while let Some(id) = report.breaches.iter().find_map(|breach| match alone.get(&breach.key()) {
            // What is wanted breaks that by itself: no stop less would mend it.
            Some(amount) if *amount >= breach.constraint.amount() => None,
            _ => self.to_blame(breach, &trip, &stops),
        }) {
            trip.days.iter_mut().for_each(|day| day.visits.retain(|visit| visit.id != id));
            stops.retain(|(visit, _)| *visit != id);
            report = check(&trip, &self.world);
        }
        let tight = forced.len();
        if report.is_feasible() {
            // Without the margins there is room.
            forced.clear();
        }
        let order: Vec<VisitId> = trip.visits().map(|visit| visit.id).collect();
        stops.sort_by_key(|(id, _)| order.iter().position(|it| it == id));
        let plan: Vec<usize> = stops.iter().map(|(_, candidate)| *candidate).collect();
        let value = self.likeness.value(&self.worth, &plan);
        let driving: u32 = report.days.iter().map(|day| day.score.driving).sum();
        let broken = report.breaches.iter().filter(|breach| breach.severity() == Severity::Broken).count();
        let moves = nights.windows(2).filter(|pair| pair[0] != pair[1]).count();
        let empty = trip.days.iter().filter(|day| day.visits.is_empty()).count();
        let spare = |(day, times): (&Day, &DayTimeline)| {
            if day.visits.is_empty() { 0 } else { day.until.minutes().saturating_sub(times.score.ends + LEISURE_MIN) }
        };
        let idle: u32 = trip.days.iter().zip(&report.days).map(spare).sum();
        let idle = if self.wish.pace == Pace::Relaxed { 0.0 } else { IDLE * f64::from(idle) };
        let beds: f64 = nights.iter().map(|bed| self.beds[*bed].worth).sum();
        let slow = if is_slow(&self.wish.party) { SLOW } else { 1.0 };
        let relaxed = if self.wish.pace == Pace::Relaxed { SLOW } else { 1.0 };
        let road = ROAD * slow * relaxed;
        let costs =
            road * f64::from(driving) + ANOTHER_BED * moves as f64 + EMPTY_DAY * empty as f64 + TIGHT * tight as f64 + idle;
        let costs = costs + MISSED * self.share_missed(&plan);
        let objective = value + beds - costs - BROKEN * (broken + forced.len()) as f64;
        Settled { trip, report, nights: nights.clone(), stops, forced, value, objective }
    }

    /// What would be wrong though nothing were chosen, and how much.
    fn alone(&self, trip: &Trip, stops: &[(VisitId, usize)]) -> BTreeMap<Key, i64> {
        let mut bare = trip.clone();
        let wanted = |visit: &Visit| stops.iter().any(|(id, it)| *id == visit.id && self.candidates[*it].fixed.is_some());
        bare.days.iter_mut().for_each(|day| day.visits.retain(wanted));
        check(&bare, &self.world).breaches.iter().map(|breach| (breach.key(), breach.constraint.amount())).collect()
    }

    fn visit(&self, candidate: usize, id: VisitId) -> Visit {
        let it = &self.candidates[candidate];
        let fixed = it.fixed.map(|index| &self.wish.fixed[index]);
        Visit {
            arrive: fixed.and_then(|fixed| fixed.arrive),
            locked: fixed.is_some_and(|fixed| fixed.day.is_some() && fixed.arrive.is_some()),
            cost: fixed.and_then(|fixed| fixed.cost),
            ..Visit::new(id, it.at.clone(), it.stay)
        }
    }

    /// What is wanted and found no place goes where it is wanted, or least out of the way; the report says what that breaks.
    fn force(&self, trip: &mut Trip, stops: &mut Vec<(VisitId, usize)>, nights: &Nights) -> Vec<usize> {
        let mut forced = Vec::new();
        for (index, fixed) in self.wish.fixed.iter().enumerate() {
            if stops.iter().any(|(_, candidate)| *candidate == index) {
                continue;
            }
            let detour = |day: usize| {
                let (from, to) = self.ends(day, nights);
                let leg = |a, b| self.legs.leg(a, b).map_or(24 * 60, |leg| leg.minutes);
                leg(from, self.node(index)) + leg(self.node(index), to)
            };
            let days = (0..self.wish.days).filter(|day| trip.days[*day].visits.len() < MOST_VISITS_A_DAY);
            let day = fixed.day.or_else(|| days.min_by_key(|day| detour(*day))).unwrap_or(0);
            let id = trip.next_id();
            let visits = &mut trip.days[day].visits;
            let before = |visit: &Visit| fixed.arrive.is_some() && visit.arrive.is_some_and(|at| Some(at) > fixed.arrive);
            let place = visits.iter().position(before).unwrap_or(visits.len());
            visits.insert(place, self.visit(index, id));
            stops.push((id, index));
            forced.push(index);
        }
        forced
    }

    /// The visit that has to go for a breach; none where the choice is not to blame, or it cannot be helped.
    fn to_blame(&self, breach: &Breach, trip: &Trip, stops: &[(VisitId, usize)]) -> Option<VisitId> {
        use Constraint::*;
        let chosen = |id: VisitId| stops.iter().find(|(visit, it)| *visit == id && self.candidates[*it].fixed.is_none());
        let weakest = |ids: &mut dyn Iterator<Item = VisitId>| {
            let loose: Vec<(VisitId, usize)> = ids.filter_map(chosen).copied().collect();
            let left = |candidate: usize| {
                let beside = self.likeness.discount(candidate, &self.worth, stops.iter().map(|(_, it)| *it));
                let others = stops.iter().map(|(_, it)| *it).filter(|it| *it != candidate);
                self.worth[candidate] * beside + MISSED * self.share_missed(&others.collect::<Vec<_>>())
            };
            loose.into_iter().min_by(|a, b| left(a.1).total_cmp(&left(b.1))).map(|(id, _)| id)
        };
        match breach.constraint {
            // Said in the trip, and known when it was chosen.
            NoStepFreeRecord | NoRedSite | Season { .. } | UnknownWay | Apart { .. } => None,
            Budget { .. } => {
                let costs = |id: &VisitId| chosen(*id).is_some_and(|(_, it)| self.candidates[*it].cost > Fen(0));
                weakest(&mut trip.visits().map(|visit| visit.id).filter(costs))
            }
            _ => {
                let its_own = breach.visit.filter(|_| !matches!(breach.constraint, Dark { .. }));
                let own = its_own.and_then(chosen).map(|(id, _)| *id);
                own.or_else(|| weakest(&mut trip.days[breach.day?].visits.iter().map(|visit| visit.id)))
            }
        }
    }

    /// Of [`super::Wish::around`], counted from 0: where none of these stops is.
    pub fn missed(&self, stops: &[usize]) -> Vec<usize> {
        let seen = |area: usize| stops.iter().any(|stop| self.candidates[*stop].area == Some(area));
        (0..self.wish.around.len()).filter(|area| !seen(*area)).collect()
    }

    fn share_missed(&self, stops: &[usize]) -> f64 {
        self.missed(stops).len() as f64 / self.wish.around.len().max(1) as f64
    }

    pub fn in_season(&self, visit: VisitId, candidate: usize, trip: &Trip) -> Option<Why> {
        let (day, _) = trip.find(visit)?;
        let place = self.candidates[candidate].place.filter(|place| (1..12).contains(&place.months.iter().count()))?;
        Some(if is_in_season(place, trip.date(day)) { Why::InSeason } else { Why::OutOfSeason })
    }

    /// What is on the way of some day and not in the trip: candidate, day and minutes more on the road.
    pub fn beside(&self, settled: &Settled) -> Vec<(usize, usize, u32)> {
        let chosen: Vec<usize> = settled.stops.iter().map(|(_, candidate)| *candidate).collect();
        let candidate_of = |id: VisitId| settled.stops.iter().find(|(visit, _)| *visit == id).map(|(_, candidate)| *candidate);
        let there = |it: &usize| chosen.iter().any(|stop| self.candidates[*stop].at == self.candidates[*it].at);
        let others = (0..self.candidates.len()).filter(|it| !there(it));
        let detours = others.filter_map(|other| {
            let days = (0..self.wish.days).filter_map(|day| {
                let (from, to) = self.ends(day, &settled.nights);
                let on_day = settled.trip.days[day].visits.iter().filter_map(|visit| candidate_of(visit.id));
                let nodes: Vec<usize> = [from].into_iter().chain(on_day.map(|it| self.node(it))).chain([to]).collect();
                let minutes = |a, b| self.legs.leg(a, b).map(|leg| leg.minutes);
                let detour = nodes.windows(2).filter_map(|pair| {
                    let there = minutes(pair[0], self.node(other))? + minutes(self.node(other), pair[1])?;
                    Some(there.saturating_sub(minutes(pair[0], pair[1])?))
                });
                Some((detour.min()?, day))
            });
            days.min().map(|(detour, day)| (other, day, detour))
        });
        detours.collect()
    }

    /// Beds near this one, the nearest first, itself left out.
    pub fn beds_near(&self, bed: usize) -> Vec<usize> {
        let minutes = |other: usize| self.legs.minutes(FIRST_BED + bed, FIRST_BED + other).unwrap_or(i32::MAX);
        let mut others: Vec<usize> = (0..self.beds.len()).filter(|other| *other != bed).collect();
        others.sort_by_key(|other| minutes(*other));
        others
    }
}
