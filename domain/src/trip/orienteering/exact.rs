//! The proven best plan of one day.
//!
//! For each set of visits and each last one of them, the earliest time at which that one can begin: whoever is there sooner can
//! do all that the later can (Held and Karp 1962, with windows). What a set scores and costs does not depend on its order.
//! Two to the power of the visits, times their square: 12 take about a millisecond, 16 some tens.

use super::plan::Plan;
use super::problem::{Problem, Travel};

/// More visits than this are refused.
pub const MOST_STOPS: usize = 16;

/// Why no proof was tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Beyond {
    #[error("{0} visits are more than {MOST_STOPS}")]
    Visits(usize),
    #[error("{0} tours instead of one")]
    Tours(usize),
}

const UNREACHED: i32 = i32::MAX;

/// The plan of the highest score; among those the one that is over first, then the cheapest. `None` if the mandatory visits
/// cannot all be had. With every visit mandatory it is the order that is over first.
pub fn optimum(problem: &Problem) -> Result<Option<Plan>, Beyond> {
    let (visits, tours) = (problem.visits().len(), problem.tours().len());
    if tours != 1 {
        return Err(Beyond::Tours(tours));
    }
    if visits > MOST_STOPS {
        return Err(Beyond::Visits(visits));
    }
    let begins = earliest(problem);
    let budget = problem.budget().map_or(i64::MAX, |budget| budget.0);
    let sum = |set: usize, of: &dyn Fn(usize) -> i64| -> i64 { members(set).map(of).sum() };
    let mandatory = (0..visits).filter(|visit| problem.visits()[*visit].mandatory).fold(0, |set, visit| set | 1 << visit);
    let mut best: Option<((i64, i32, i64), usize)> = None;
    for set in (0..1usize << visits).filter(|set| set & mandatory == mandatory) {
        let cost = sum(set, &|visit| problem.visits()[visit].cost.0);
        let Some((over, _)) = last_of(problem, &begins, set).filter(|_| cost <= budget) else { continue };
        let value = (sum(set, &|visit| i64::from(problem.visits()[visit].score)), -over, -cost);
        if best.is_none_or(|(other, _)| value > other) {
            best = Some((value, set));
        }
    }
    Ok(best.map(|(_, set)| {
        let order = order(problem, &begins, set);
        Plan::of(problem, vec![order]).expect("every step of the order was checked")
    }))
}

fn members(set: usize) -> impl Iterator<Item = usize> {
    (0..MOST_STOPS).filter(move |visit| set & (1 << visit) != 0)
}

/// `[set][last]`: when the last can begin at the earliest.
fn earliest(problem: &Problem) -> Vec<i32> {
    let visits = problem.visits().len();
    let mut begins = vec![UNREACHED; (1 << visits) * visits];
    for visit in 0..visits {
        let tour = &problem.tours()[0];
        if let Some(time) = next(problem, (tour.from, tour.leaves), visit) {
            begins[(1 << visit) * visits + visit] = time;
        }
    }
    for set in 1..1usize << visits {
        for last in members(set) {
            let begun = begins[set * visits + last];
            if begun == UNREACHED {
                continue;
            }
            for visit in (0..visits).filter(|visit| set & (1 << visit) == 0) {
                if let Some(time) = next(problem, after(problem, last, begun), visit) {
                    let entry = &mut begins[(set | 1 << visit) * visits + visit];
                    *entry = time.min(*entry);
                }
            }
        }
    }
    begins
}

/// Where and when one is free after a visit.
fn after(problem: &Problem, visit: usize, begun: i32) -> (usize, i32) {
    let visit = &problem.visits()[visit];
    (visit.place, begun.saturating_add(visit.duration))
}

fn next(problem: &Problem, (place, free): (usize, i32), visit: usize) -> Option<i32> {
    let window = problem.window(visit, 0)?;
    let begins = arrival(problem, (place, free), problem.visits()[visit].place)?.max(window.earliest);
    (begins <= window.latest).then_some(begins)
}

fn arrival(problem: &Problem, (place, free): (usize, i32), to: usize) -> Option<i32> {
    let way = problem.travel().time(place, to);
    (way != Travel::NEVER).then(|| free.saturating_add(way))
}

/// When a day with just this set is over at the earliest, and its last visit.
fn last_of(problem: &Problem, begins: &[i32], set: usize) -> Option<(i32, Option<usize>)> {
    let tour = &problem.tours()[0];
    let visits = problem.visits().len();
    let ends = |from| arrival(problem, from, tour.to).filter(|over| *over <= tour.back);
    if set == 0 {
        return ends((tour.from, tour.leaves)).map(|over| (over, None));
    }
    let reached = members(set).filter(|last| begins[set * visits + last] != UNREACHED);
    reached.filter_map(|last| Some((ends(after(problem, last, begins[set * visits + last]))?, Some(last)))).min()
}

/// The order in which a set is over first, read backwards from its last visit.
fn order(problem: &Problem, begins: &[i32], mut set: usize) -> Vec<usize> {
    let visits = problem.visits().len();
    let mut order = Vec::new();
    let mut last = last_of(problem, begins, set).and_then(|(_, last)| last);
    while let Some(visit) = last {
        order.push(visit);
        let begun = begins[set * visits + visit];
        set &= !(1 << visit);
        let leads = |before: &usize| {
            let begins = begins[set * visits + before];
            begins != UNREACHED && next(problem, after(problem, *before, begins), visit) == Some(begun)
        };
        last = members(set).find(leads);
    }
    order.reverse();
    order
}
