//! The best order of a day's stops, proven (P2).
//!
//! A dynamic programme over sets of stops: for each set and last stop it keeps every way to have got there that no other way
//! beats in everything (a label), and cuts off what cannot end better than the best order already known. With the twelve stops
//! that a day may have this is exact, and a test compares it with trying every order; but a day can be made on which next to
//! nothing beats anything. So labels are counted, and past [`MOST_LABELS`] only the best few of each set and last stop are kept:
//! the answer is then a good order, and says that it is not proven. `cargo xtask bench plan` measures such days.

use serde::Serialize;

use super::edit::Edit;
use super::plan::{Trip, VisitId};
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

/// More ways to have got somewhere are not kept one by one: the worst days that we could think of have half as many.
pub const MOST_LABELS: usize = 200_000;
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

struct Node {
    label: Label,
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
    assert!(n <= super::plan::MOST_VISITS_A_DAY, "{n} stops are too many for an exact answer");
    let mut best = improved(day);
    let mut bound = day.run(&best).score;
    let rest = Rest::of(day);
    let mut nodes: Vec<Node> = Vec::new();
    // Of each set of stops and last stop: indices of nodes.
    let mut reached: Vec<Vec<usize>> = vec![Vec::new(); (1 << n) * n.max(1)];
    let (mut found, mut proven) = (None, true);
    for set in 0usize..1 << n {
        let place = set.count_ones() as usize;
        let lasts: Vec<Option<usize>> = match set {
            0 => vec![None],
            _ => (0..n).filter(|stop| set & (1 << stop) != 0).map(Some).collect(),
        };
        for last in lasts {
            let from = last.unwrap_or(day.outside());
            let heads: Vec<Option<usize>> = match last {
                None => vec![None],
                Some(last) => std::mem::take(&mut reached[set * n + last]).into_iter().map(Some).collect(),
            };
            for head in heads {
                let label = head.map_or(day.start(), |node: usize| nodes[node].label);
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
                        if there.iter().any(|node| nodes[*node].label.is_as_good_as(&label))
                            || rest.cannot_beat(&label, next, bound)
                        {
                            return;
                        }
                        there.retain(|node| !label.is_as_good_as(&nodes[*node].label));
                        if nodes.len() >= most_labels && there.len() >= FEW_LABELS {
                            proven = false;
                            let rank = |label: &Label| (label.missed, label.time, label.driving, !label.eaten);
                            let worst = (0..there.len()).max_by_key(|at| rank(&nodes[there[*at]].label)).unwrap_or(0);
                            if rank(&nodes[there[worst]].label) <= rank(&label) {
                                return;
                            }
                            there.swap_remove(worst);
                        }
                        there.push(nodes.len());
                        nodes.push(Node { label, stop: to, before: head });
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
    home: u32,
    /// Of each set: the shortest ways to the stops that are not in it, and how long one stays there.
    left: Vec<(u32, u32)>,
    /// Stops, those first that take least, and those first that close first.
    by_length: Vec<usize>,
    by_closing: Vec<usize>,
    driving_matters: bool,
}

impl<'a> Rest<'a> {
    fn of(day: &'a Exercise) -> Self {
        let rows = 0..=day.outside();
        let to = |stop: usize, from: usize| (from != stop).then(|| day.ways[from][stop].minutes);
        let shortest = (0..day.outside()).map(|stop| rows.clone().filter_map(|from| to(stop, from)).min().unwrap_or(0));
        let longest = (0..=day.outside()).map(|stop| rows.clone().map(|from| day.ways[from][stop].minutes).max().unwrap_or(0));
        let driving_matters = longest.sum::<u32>() > day.most_driving;
        let home = (0..=day.outside().saturating_sub(1)).map(|from| day.ways[from][day.outside()].minutes).min().unwrap_or(0);
        let shortest: Vec<u32> = shortest.collect();
        let (mut by_length, mut by_closing): (Vec<usize>, Vec<usize>) =
            ((0..day.outside()).collect(), (0..day.outside()).collect());
        by_length.sort_by_key(|stop| shortest[*stop] + day.stops[*stop].stay);
        by_closing.sort_by_key(|stop| last_closing(&day.stops[*stop]));
        let mut left = vec![(0, 0); 1 << day.outside()];
        for (set, (ways, stays)) in left.iter_mut().enumerate() {
            for (index, stop) in day.stops.iter().enumerate().filter(|(index, _)| set & (1 << index) == 0) {
                *ways += shortest[index];
                *stays += stop.stay;
            }
        }
        Self { day, shortest, home, left, by_length, by_closing, driving_matters }
    }

    fn cannot_beat(&self, label: &Label, set: usize, bound: Score) -> bool {
        let (ways, stays) = self.left[set];
        let ways = self.home + ways;
        let ends = label.time + ways + stays;
        let late = ends.saturating_sub(self.day.until);
        let tired = (label.driving + ways).saturating_sub(self.day.most_driving);
        let tired = if self.driving_matters { tired } else { 0 };
        // Most are told by this alone.
        if (label.missed + late + tired, ends) >= (bound.missed, bound.ends) {
            return true;
        }
        let (mut elsewise, mut over) = (label.missed, 0);
        for (index, stop) in self.day.stops.iter().enumerate().filter(|(index, _)| set & (1 << index) == 0) {
            let (hours, others) = least_missed(stop, label.time + self.shortest[index]);
            over += hours;
            elsewise += others;
        }
        let over = over.max(self.least_over(label.time, set));
        (elsewise + over + late + tired, ends) >= (bound.missed, bound.ends)
    }

    /// Stops are visited one after the other: if the quick ones came first and each were given the earliest closing time that is
    /// still free, less would be missed than in any real order.
    fn least_over(&self, time: u32, set: usize) -> u32 {
        let left = |index: &&usize| set & (1 << **index) == 0;
        let (mut now, mut over) = (time, 0);
        for (quick, closing) in self.by_length.iter().filter(left).zip(self.by_closing.iter().filter(left)) {
            now += self.shortest[*quick] + self.day.stops[*quick].stay;
            over += now.saturating_sub(last_closing(&self.day.stops[*closing]));
        }
        over
    }
}

/// Shut is another matter than late.
fn last_closing(stop: &Stop) -> u32 {
    stop.hours.iter().map(|span| span.until).max().unwrap_or(u32::MAX)
}

/// What a stop misses though it were the next: of its hours, and otherwise.
fn least_missed(stop: &Stop, earliest: u32) -> (u32, u32) {
    let begin = earliest.max(stop.appointment.unwrap_or(0));
    let over = |span: &Span| {
        let begin = begin.max(span.from);
        span.missed(begin, begin + stop.stay)
    };
    let late = stop.appointment.map_or(0, |at| begin - at);
    let others = late + stop.last_shuttle.map_or(0, |at| (begin + stop.stay).saturating_sub(at));
    match stop.hours.iter().map(over).min() {
        Some(hours) => (hours, others),
        None => (0, others + SHUT_MIN),
    }
}

/// A good order to begin with: single stops moved and pairs exchanged as long as that helps.
fn improved(day: &Exercise) -> Vec<usize> {
    let n = day.stops.len();
    let mut order: Vec<usize> = (0..n).collect();
    let mut score = day.run(&order).score;
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
                    let other_score = if legal { day.run(&other).score } else { continue };
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
