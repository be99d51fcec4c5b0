//! Tours that were once part of a good plan, put together anew: those that have no visit in common and are worth most.
//!
//! (Recombination of tours as in Hu and Lim, 2014, here by a search of its own with a limit.)

use std::collections::HashSet;

use super::chance::Chance;
use super::model::Model;
use super::state::State;

/// How many tours are remembered; then the oldest go.
const KEPT: usize = 800;
/// So many new tours are worth looking for a new plan.
const NEWS: usize = 200;
/// Comparisons of two tours that one step of the search pays for, and steps between two recombinations.
const COMPARISONS: u64 = 300;
const PAUSE: u64 = 2_000;

#[derive(Debug)]
pub struct Pool {
    /// Of each visit a number; the sum of a tour's tells its set of visits.
    names: Vec<u64>,
    known: HashSet<u64>,
    tours: Vec<Kept>,
    oldest: usize,
    news: usize,
    last: u64,
}

#[derive(Debug)]
struct Kept {
    name: u64,
    kind: usize,
    worth: i64,
    cost: i64,
    visits: Vec<u16>,
    set: Vec<u64>,
}

impl Kept {
    fn meets(&self, other: &Self) -> bool {
        self.set.iter().zip(&other.set).any(|(a, b)| a & b != 0)
    }
}

impl Pool {
    pub fn new(model: &Model) -> Self {
        let mut chance = Chance::new(0);
        let names = (0..model.visits).map(|_| chance.next()).collect();
        Self { names, known: HashSet::new(), tours: Vec::new(), oldest: 0, news: 0, last: 0 }
    }

    pub fn remember(&mut self, model: &Model, state: &State, tour: usize) {
        let route = &state.routes[tour];
        let kind = model.tours[tour].kind;
        let name = route.visits().fold(kind as u64, |name, visit| name.wrapping_add(self.names[usize::from(visit)]));
        if route.len() == 0 || !self.known.insert(name) {
            return;
        }
        let visits: Vec<u16> = route.visits().collect();
        let mut set = vec![0; model.visits.div_ceil(64)];
        for visit in &visits {
            set[usize::from(*visit) / 64] |= 1 << (visit % 64);
        }
        let sum = |of: &[i64]| visits.iter().map(|visit| of[usize::from(*visit)]).sum();
        let kept = Kept { name, kind, worth: sum(&model.worth), cost: sum(&model.cost), set, visits };
        self.news += 1;
        if self.tours.len() < KEPT {
            self.tours.push(kept);
            return;
        }
        self.known.remove(&self.tours[self.oldest].name);
        self.tours[self.oldest] = kept;
        self.oldest = (self.oldest + 1) % KEPT;
    }

    /// If it is time: visits of each tour that are together worth more than `least`.
    pub fn recombine(&mut self, model: &Model, least: i64, steps: u64) -> Option<Vec<Vec<u16>>> {
        let since = steps - self.last;
        if self.news < NEWS || since < PAUSE {
            return None;
        }
        (self.news, self.last) = (0, steps);
        let mut order: Vec<usize> = (0..model.tours.len()).collect();
        order.sort_by_key(|tour| model.tours[*tour].kind);
        let kinds = order.iter().map(|tour| model.tours[*tour].kind).collect();
        let mut pool: Vec<&Kept> = self.tours.iter().collect();
        pool.sort_unstable_by_key(|kept| (-kept.worth, kept.name));
        let mut packing =
            Packing { kinds, budget: model.budget, best: None, least, left: since * COMPARISONS, chosen: Vec::new() };
        packing.extend(&pool, 0, 0);
        let best = packing.best?;
        let mut tours = vec![Vec::new(); model.tours.len()];
        for (tour, kept) in order.into_iter().zip(best) {
            tours[tour] = kept.visits.clone();
        }
        Some(tours)
    }
}

struct Packing<'a> {
    /// Of each tour, in order.
    kinds: Vec<usize>,
    budget: i64,
    chosen: Vec<&'a Kept>,
    best: Option<Vec<&'a Kept>>,
    least: i64,
    /// Comparisons that may still be made.
    left: u64,
}

impl<'a> Packing<'a> {
    /// `pool`: what has nothing in common with the chosen, of the highest worth first. Tours of one kind are chosen in that order.
    fn extend(&mut self, pool: &[&'a Kept], worth: i64, cost: i64) {
        if worth > self.least {
            self.least = worth;
            self.best = Some(self.chosen.clone());
        }
        let Some(&kind) = self.kinds.get(self.chosen.len()) else { return };
        let later = &self.kinds[self.chosen.len() + 1..];
        let twins = later.iter().filter(|other| **other == kind).count() as i64;
        let top = |kind: usize| pool.iter().find(|kept| kept.kind == kind).map_or(0, |kept| kept.worth);
        let others: i64 = later.iter().filter(|other| **other != kind).map(|kind| top(*kind)).sum();
        for (index, kept) in pool.iter().enumerate().filter(|(_, kept)| kept.kind == kind) {
            if worth + kept.worth * (1 + twins) + others <= self.least || self.left == 0 {
                break;
            }
            if cost + kept.cost > self.budget {
                continue;
            }
            self.left = self.left.saturating_sub(pool.len() as u64);
            let after = |other: usize, kind: usize| kind != kept.kind || other > index;
            let free = pool.iter().enumerate().filter(|(at, other)| after(*at, other.kind) && !other.meets(kept));
            let free: Vec<&Kept> = free.map(|(_, other)| *other).collect();
            self.chosen.push(kept);
            self.extend(&free, worth + kept.worth, cost + kept.cost);
            self.chosen.pop();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Opening, Problem, Tour, Travel, Visit, Window};
    use super::*;
    use crate::Fen;

    /// Four visits with scores 1 to 4 and prices of as many fen; days of the given lengths, in each of which two visits have room.
    fn model(budget: i64, days: &[i32]) -> Model {
        let opening = || Opening::Always(Window { earliest: 0, latest: 100 });
        let visit =
            |score| Visit { place: 0, score, duration: 10, cost: Fen(score.into()), mandatory: false, opening: opening() };
        let tours = days.iter().map(|back| Tour { from: 0, to: 0, leaves: 0, back: *back }).collect();
        Model::of(&Problem::new(Travel::between(1, |_, _| 0), (1..=4).map(visit).collect(), tours, Some(Fen(budget))).unwrap())
    }

    fn recombined(model: &Model, plans: &[[&[u16]; 2]], least: i64) -> Option<Vec<Vec<u16>>> {
        let mut pool = Pool::new(model);
        for plan in plans {
            let mut state = State::empty(model);
            state.replace(model, &plan.map(<[u16]>::to_vec), &mut Vec::new());
            (0..2).for_each(|tour| pool.remember(model, &state, tour));
        }
        pool.news = NEWS;
        pool.recombine(model, least, PAUSE)
    }

    #[test]
    fn the_best_tours_of_different_plans_come_together() {
        let plans: [[&[u16]; 2]; 2] = [[&[3, 2], &[]], [&[2], &[1, 0]]];
        let model = model(100, &[20, 20]);
        assert_eq!(recombined(&model, &plans, 7), Some(vec![vec![3, 2], vec![1, 0]]));
        assert_eq!(recombined(&model, &plans, 10), None, "nothing better is there");
    }

    #[test]
    fn tours_share_no_visit_and_keep_to_the_budget() {
        let meeting: [[&[u16]; 2]; 2] = [[&[3, 2], &[]], [&[], &[2, 1]]];
        assert_eq!(recombined(&model(100, &[20, 20]), &meeting, 6), Some(vec![vec![3, 2], vec![]]));
        let plans: [[&[u16]; 2]; 2] = [[&[3, 2], &[]], [&[2], &[1, 0]]];
        assert_eq!(recombined(&model(9, &[20, 20]), &plans, 5), Some(vec![vec![3, 2], vec![]]));
    }

    #[test]
    fn a_tour_stays_with_days_of_its_kind() {
        let plans: [[&[u16]; 2]; 2] = [[&[3, 2], &[]], [&[1, 0], &[]]];
        assert_eq!(recombined(&model(100, &[20, 25]), &plans, 6), Some(vec![vec![3, 2], vec![]]));
    }
}
