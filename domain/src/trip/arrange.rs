//! The best order of a day's stops, proven (P2).
//!
//! A dynamic programme over sets of stops: for each set and last stop it keeps every way to have got there that no other way
//! beats in everything (a label), and cuts off what cannot end better than the best order already known. With the twelve stops
//! that a day may have this is exact, and a test compares it with trying every order; but a day can be made on which next to
//! nothing beats anything. So labels are counted, and past [`MOST_LABELS`] only the best few of each set and last stop are kept:
//! the answer is then a good order, and says that it is not proven. `cargo xtask bench plan` measures such days.

use serde::Serialize;

use super::edit::Edit;
use super::plan::{MOST_VISITS_A_DAY, Trip, VisitId};
use super::schedule::{Exercise, Label, SHUT_MIN, Score, Span, Stop};
use super::timeline::{Ways, World, exercise};

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Arrangement {
    /// None where the day is in its best order already.
    pub edit: Option<Edit>,
    pub before: Score,
    /// The best there is, if `proven`; else the best that was found.
    pub after: Score,
    pub proven: bool,
}

/// More ways to have got somewhere are not kept one by one: the worst days that we could think of have fewer.
pub const MOST_LABELS: usize = 400_000;
/// So many of each set and last stop from then on.
const FEW_LABELS: usize = 4;

/// An order of a day's stops, and whether it is known that none is better.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Best {
    pub order: Vec<usize>,
    pub proven: bool,
}

/// The order of a day's stops that misses least and then ends earliest. Locked stops keep their places in the order, appointments
/// their times. None where there is no such day.
///
/// It looks at this day alone. Where the day ends at its last stop, the next begins there, so look at the whole trip afterwards.
pub fn arrange(trip: &Trip, day: usize, world: &World) -> Option<Arrangement> {
    let visits = &trip.days.get(day)?.visits;
    let (exercise, _) = exercise(trip, day, world, Ways::All);
    let now: Vec<usize> = (0..exercise.stops.len()).collect();
    let before = exercise.run(&now).score;
    let Best { order, proven } = best_order(&exercise, MOST_LABELS);
    let after = exercise.run(&order).score;
    let ids: Vec<VisitId> = order.iter().map(|index| visits[*index].id).collect();
    let better = (after.missed, after.ends) < (before.missed, before.ends);
    Some(match better {
        true => Arrangement { edit: Some(Edit::OrderDay { day, order: ids }), before, after, proven },
        false => Arrangement { edit: None, before, after: before, proven },
    })
}

/// How a label came about.
struct Node {
    stop: usize,
    before: Option<usize>,
}

/// The order with the fewest minutes missed, then the earliest end; the given one where none is better. Past `most_labels` the
/// search narrows.
///
/// # Panics
/// With more stops than [`super::plan::MOST_VISITS_A_DAY`]: a valid day has no more.
pub fn best_order(day: &Exercise, most_labels: usize) -> Best {
    let n = day.stops.len();
    assert!(n <= MOST_VISITS_A_DAY, "{n} stops are too many for an exact answer");
    let mut best = improved(day);
    let mut bound = day.score_of(&best);
    let rest = Rest::of(day);
    let mut nodes: Vec<Node> = Vec::new();
    // Of each set of stops and last stop: labels, with the indices of their nodes.
    let mut reached: Vec<Vec<(Label, usize)>> = vec![Vec::new(); (1 << n) * n.max(1)];
    let (mut found, mut proven) = (None, true);
    for set in 0usize..1 << n {
        let place = set.count_ones() as usize;
        let lasts: Vec<Option<usize>> = match set {
            0 => vec![None],
            _ => (0..n).filter(|stop| set & (1 << stop) != 0).map(Some).collect(),
        };
        for last in lasts {
            let from = last.unwrap_or(day.outside());
            let heads: Vec<(Label, Option<usize>)> = match last {
                None => vec![(day.start(), None)],
                Some(last) => {
                    std::mem::take(&mut reached[set * n + last]).into_iter().map(|(label, node)| (label, Some(node))).collect()
                }
            };
            for (label, head) in heads {
                if place == n {
                    day.home(label, from, |label, _| {
                        let score = day.score(&label);
                        if (score.missed, score.ends) < (bound.missed, bound.ends) {
                            bound = score;
                            found = Some(head);
                        }
                    });
                    continue;
                }
                for to in (0..n).filter(|to| set & (1 << to) == 0 && fits(day, place, *to)) {
                    let next = set | (1 << to);
                    day.steps(label, from, to, |label, _| {
                        let label = if rest.driving_matters { label } else { Label { driving: 0, ..label } };
                        let there = &mut reached[next * n + to];
                        // What is beaten is told sooner than what cannot beat.
                        if there.iter().any(|(other, _)| other.is_as_good_as(&label)) || rest.cannot_beat(&label, next, bound) {
                            return;
                        }
                        there.retain(|(other, _)| !label.is_as_good_as(other));
                        if nodes.len() >= most_labels && there.len() >= FEW_LABELS {
                            proven = false;
                            let rank = |label: &Label| (label.missed, label.time, label.driving, !label.eaten);
                            let worst = (0..there.len()).max_by_key(|at| rank(&there[*at].0)).unwrap_or(0);
                            if rank(&there[worst].0) <= rank(&label) {
                                return;
                            }
                            there.swap_remove(worst);
                        }
                        there.push((label, nodes.len()));
                        nodes.push(Node { stop: to, before: head });
                    });
                }
            }
        }
    }
    if let Some(mut head) = found {
        best.clear();
        while let Some(node) = head {
            best.push(nodes[node].stop);
            head = nodes[node].before;
        }
        best.reverse();
    }
    Best { order: best, proven }
}

/// Whether a stop may stand at this place of the order.
fn fits(day: &Exercise, place: usize, stop: usize) -> bool {
    stop == place || !(day.stops[place].locked || day.stops[stop].locked)
}

/// What the stops not yet visited cost at the least.
struct Rest<'a> {
    day: &'a Exercise,
    /// For each stop: the shortest way to it.
    shortest: Vec<u32>,
    /// Of each set: of the stops that are not in it.
    left: Vec<Left>,
    /// Stops that miss something else than their hours: with an appointment, a last shuttle, or shut.
    particular: Vec<usize>,
    driving_matters: bool,
}

/// Of some stops. Unused places of the arrays count as nothing: no time, and never closed.
#[derive(Clone)]
struct Left {
    /// The shortest ways to all of them and home, and how long one stays there.
    ways: u32,
    stays: u32,
    /// The shortest way to each with the stay, and when it closes.
    reach: [u32; MOST_VISITS_A_DAY],
    closing: [u32; MOST_VISITS_A_DAY],
    /// Sums of the first so many reaches, the quick ones first; and the closing times, the early ones first.
    in_turn: [u32; MOST_VISITS_A_DAY],
    closings: [u32; MOST_VISITS_A_DAY],
}

impl Left {
    fn of(stops: impl Iterator<Item = (u32, u32, u32)>, home: u32) -> Self {
        let nothing = ([0; MOST_VISITS_A_DAY], [u32::MAX; MOST_VISITS_A_DAY]);
        let mut left =
            Self { ways: home, stays: 0, reach: nothing.0, closing: nothing.1, in_turn: nothing.0, closings: nothing.1 };
        let mut count = 0;
        for (index, (way, stay, closes)) in stops.enumerate() {
            left.ways += way;
            left.stays += stay;
            (left.reach[index], left.closing[index]) = (way + stay, closes);
            count = index + 1;
        }
        (left.in_turn, left.closings) = (left.reach, left.closing);
        left.in_turn[..count].sort_unstable();
        left.closings[..count].sort_unstable();
        let mut sum = 0;
        for reach in &mut left.in_turn[..count] {
            sum += *reach;
            *reach = sum;
        }
        left
    }

    /// Minutes that are missed of their hours though each of them were the next. And stops are visited one after the other: if the
    /// quick ones came first and each were given the earliest closing time that is still free, less would be missed than in any
    /// real order.
    fn least_over(&self, time: u32) -> u32 {
        let over = |ends: &[u32; MOST_VISITS_A_DAY], closes: &[u32; MOST_VISITS_A_DAY]| -> u32 {
            ends.iter().zip(closes).map(|(end, closes)| (time + end).saturating_sub(*closes)).sum()
        };
        over(&self.reach, &self.closing).max(over(&self.in_turn, &self.closings))
    }
}

impl<'a> Rest<'a> {
    fn of(day: &'a Exercise) -> Self {
        let (n, rows) = (day.stops.len(), 0..=day.outside());
        let to = |stop: usize, from: usize| (from != stop).then(|| day.ways[from][stop].minutes);
        let shortest: Vec<u32> = (0..n).map(|stop| rows.clone().filter_map(|from| to(stop, from)).min().unwrap_or(0)).collect();
        let longest = (0..=n).map(|stop| rows.clone().map(|from| day.ways[from][stop].minutes).max().unwrap_or(0));
        let driving_matters = longest.sum::<u32>() > day.most_driving;
        let home = (0..=n.saturating_sub(1)).map(|from| day.ways[from][n].minutes).min().unwrap_or(0);
        let closing: Vec<u32> = day.stops.iter().map(last_closing).collect();
        let left = (0usize..1 << n).map(|set| {
            let others = (0..n).filter(|stop| set & (1 << stop) == 0);
            Left::of(others.map(|stop| (shortest[stop], day.stops[stop].stay, closing[stop])), home)
        });
        let is_particular = |stop: &Stop| stop.appointment.is_some() || stop.last_shuttle.is_some() || stop.hours.is_empty();
        let particular = (0..n).filter(|stop| is_particular(&day.stops[*stop])).collect();
        Self { day, left: left.collect(), shortest, particular, driving_matters }
    }

    fn cannot_beat(&self, label: &Label, set: usize, bound: Score) -> bool {
        let left = &self.left[set];
        let ends = label.time + left.ways + left.stays;
        // Who has not eaten by then has lunch before the day ends.
        let lunch = self.day.meal().filter(|meal| !label.eaten && ends > meal.from).map_or(0, |meal| meal.minutes);
        let ends = ends + lunch;
        let late = ends.saturating_sub(self.day.until);
        let tired = (label.driving + left.ways).saturating_sub(self.day.most_driving);
        let missed = label.missed + late + if self.driving_matters { tired } else { 0 };
        // Most are told by this alone.
        if (missed, ends) >= (bound.missed, bound.ends) {
            return true;
        }
        let missed = missed + left.least_over(label.time);
        if (missed, ends) >= (bound.missed, bound.ends) {
            return true;
        }
        let particular = self.particular.iter().filter(|stop| set & (1 << **stop) == 0);
        let elsewise: u32 =
            particular.map(|stop| least_elsewise(&self.day.stops[*stop], label.time + self.shortest[*stop])).sum();
        (missed + elsewise, ends) >= (bound.missed, bound.ends)
    }
}

/// By when a visit has to end; shut is another matter than late.
fn last_closing(stop: &Stop) -> u32 {
    let closing = |span: &Span| span.until.min(span.last_entry.saturating_add(stop.stay));
    stop.hours.iter().map(closing).max().unwrap_or(u32::MAX)
}

/// What a stop misses besides its hours though it were the next.
fn least_elsewise(stop: &Stop, earliest: u32) -> u32 {
    let begin = earliest.max(stop.appointment.unwrap_or(0));
    let late = stop.appointment.map_or(0, |at| begin - at);
    let shut = if stop.hours.is_empty() { SHUT_MIN } else { 0 };
    late + shut + stop.last_shuttle.map_or(0, |at| (begin + stop.stay).saturating_sub(at))
}

/// A good order to begin with: single stops moved and pairs exchanged as long as that helps.
fn improved(day: &Exercise) -> Vec<usize> {
    let n = day.stops.len();
    let mut order: Vec<usize> = (0..n).collect();
    let mut score = day.score_of(&order);
    loop {
        let mut better = None;
        for i in 0..n {
            for j in (0..n).filter(|j| *j != i) {
                let mut moved = order.clone();
                let stop = moved.remove(i);
                moved.insert(j, stop);
                let mut swapped = order.clone();
                swapped.swap(i, j);
                for other in [moved, swapped] {
                    let legal = other.iter().enumerate().all(|(place, stop)| fits(day, place, *stop));
                    let other_score = if legal { day.score_of(&other) } else { continue };
                    if (other_score.missed, other_score.ends) < (score.missed, score.ends) {
                        score = other_score;
                        better = Some(other);
                    }
                }
            }
        }
        match better {
            Some(other) => order = other,
            None => return order,
        }
    }
}

#[cfg(test)]
mod tests;
