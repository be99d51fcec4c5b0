//! The search: take some visits out, fill up again, and keep the outcome if it is better or chance wills it.

use super::chance::Chance;
use super::model::Model;
use super::plan::Plan;
use super::pool::Pool;
use super::problem::Problem;
use super::recreate::Recreation;
use super::ruin::ruin;
use super::state::{Bits, State};

/// How much worse, in mean scores of a visit, an outcome may be that is kept with a chance of 1/e: first and last.
const HOT: f64 = 1.0;
const COLD: f64 = 0.03;
/// What all the time of all tours counts beside the score, in mean scores: of two equal plans the shorter has more room.
const SPAN: f64 = 1.0;
/// Tours of plans are remembered that are worth less than the best by so many mean scores.
const NEAR: f64 = 2.0;
/// Steps between two looks at how far we are.
const STRIDE: u64 = 8;
/// Steps of the first cooling when nobody says how long there is; each later one is twice as long.
const FIRST_COOLING: u64 = 2_000;
const LONGEST_COOLING: u64 = 256_000;

/// Looks for a good plan, as long as it is let. There is a plan from the beginning, and [`Solver::best`] never gets worse. The same
/// problem, seed and steps lead to the same plan; between platforms the last bit of a logarithm may differ, and with it the plan.
#[derive(Debug)]
pub struct Solver {
    problem: Problem,
    model: Model,
    chance: Chance,
    current: State,
    value: f64,
    best: State,
    recreation: Recreation,
    pool: Pool,
    lost: Vec<u16>,
    span_weight: f64,
    /// How much less than the best a plan may be worth whose tours are remembered.
    near_best: i64,
    steps: u64,
    /// The cooling that goes on in [`Solver::step`]: its steps so far, and all its steps.
    cooling: (u64, u64),
}

impl Solver {
    pub fn new(problem: Problem, seed: u64) -> Self {
        let model = Model::of(&problem);
        let horizon: f64 = model.tours.iter().map(|tour| f64::from(tour.back - tour.leaves)).sum();
        let mut solver = Self {
            chance: Chance::new(seed),
            current: State::empty(&model),
            value: f64::NEG_INFINITY,
            best: State::empty(&model),
            recreation: Recreation::new(&model),
            pool: Pool::new(&model),
            lost: Vec::new(),
            span_weight: SPAN * model.mean_score / horizon.max(1.0),
            near_best: (NEAR * model.mean_score) as i64,
            steps: 0,
            cooling: (0, FIRST_COOLING),
            problem,
            model,
        };
        solver.recreation.recreate(&solver.model, &mut solver.chance, &mut solver.current, &[], true);
        solver.judge(0.0);
        solver
    }

    pub fn problem(&self) -> &Problem {
        &self.problem
    }

    /// The best plan so far.
    pub fn best(&self) -> Plan {
        Plan::of(&self.problem, self.best.tours()).expect("a tour changes only where it stays feasible")
    }

    /// Steps made so far.
    pub fn steps(&self) -> u64 {
        self.steps
    }

    /// Goes on for so many steps, when nobody knows how many will follow: cools down, warms up, cools down for longer.
    pub fn step(&mut self, steps: u64) {
        for _ in 0..steps {
            let (done, all) = self.cooling;
            self.once(self.heat(done as f64 / all as f64));
            self.cooling = if done + 1 < all { (done + 1, all) } else { (0, (all * 2).min(LONGEST_COOLING)) };
        }
    }

    /// Goes on until `progress` says `None`. Else it says which part of the time is gone, from 0 to 1: with a known end the search
    /// cools down just once, which is better than [`Solver::step`]. Asked every few steps, that is some ten times in a millisecond.
    pub fn run(&mut self, mut progress: impl FnMut() -> Option<f64>) {
        while let Some(gone) = progress() {
            let heat = self.heat(gone.clamp(0.0, 1.0));
            for _ in 0..STRIDE {
                self.once(heat);
            }
        }
    }

    fn heat(&self, gone: f64) -> f64 {
        self.model.mean_score * HOT * (COLD / HOT).powf(gone)
    }

    fn once(&mut self, heat: f64) {
        self.steps += 1;
        if self.model.wanted.is_empty() {
            return;
        }
        let Self { model, chance, current, lost, .. } = self;
        ruin(model, chance, current, lost);
        // What money was saved may be spent in any tour.
        self.recreation.recreate(model, chance, current, lost, model.priced);
        self.judge(heat);
        self.recombine();
    }

    fn recombine(&mut self) {
        let Self { model, chance, current, lost, .. } = self;
        if let Some(tours) = self.pool.recombine(model, self.best.worth, self.steps) {
            current.replace(model, &tours, lost);
            self.recreation.recreate(model, chance, current, &[], true);
            self.value = f64::NEG_INFINITY;
            self.judge(0.0);
        }
    }

    /// Keeps what has become of the current plan, or goes back.
    fn judge(&mut self, heat: f64) {
        let value = self.current.worth as f64 - self.span_weight * self.current.span as f64;
        let luck = if heat > 0.0 { heat * self.chance.unit().max(f64::MIN_POSITIVE).ln() } else { 0.0 };
        if value < self.value + luck {
            self.current.undo();
            return;
        }
        if self.model.tours.len() > 1 && self.current.worth >= self.best.worth - self.near_best {
            for tour in Bits(self.current.touched) {
                self.pool.remember(&self.model, &self.current, tour);
            }
        }
        self.current.commit();
        self.value = value;
        if (self.current.worth, -self.current.span) > (self.best.worth, -self.best.span) {
            self.best.take(&self.current);
        }
    }
}
