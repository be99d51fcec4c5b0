//! Looking for a plan, for as long as one is let: where to sleep first, then rounds of the solver.

use super::super::budget::budget;
use super::super::orienteering::Solver;
use super::super::orienteering::chance::Chance;
use super::super::timeline::World;
use super::super::travel::Spot;
use super::super::voucher::{Voucher, best_savings};
use super::settle::Settled;
use super::stage::{Nights, Stage, frame};
use super::{Chosen, Nearly, Reasons, Why, Wish};
use crate::Problem;
use crate::trip::budget::Item;
use crate::trip::plan::{MOST_DAYS, Visit, Where};

/// Steps for a sequence of beds at first sight.
const GLANCE: u64 = 48;
/// Steps of the solver between two questions whether to go on.
const STRIDE: u64 = 8;
/// Steps for a variation of the best sequence.
const VARIATION: u64 = 100;
/// Steps of a round: some hundredths of a second at most.
const ROUND: u64 = 500;
/// Sequences of beds that are worked on in turn.
const IN_HAND: usize = 4;
/// Towns near the best that are tried for some of the nights at first.
const NEIGHBOURS: usize = 3;
/// What is in an area that was missed counts so many times in the next round.
const MISSED_AREA: f64 = 2.0;
/// More on one day is a list, not a wish.
const MOST_FIXED_A_DAY: usize = 8;
const MOST_NEARLY: usize = 8;
/// More is no longer on the way.
const LONGEST_DETOUR: u32 = 60;

/// Chooses, and goes on choosing better: [`Chooser::best`] is there from the beginning and never gets worse.
pub struct Chooser<'a> {
    stage: Stage<'a>,
    best: Settled,
    /// Sequences of beds, the best first, with the scores their next round begins from.
    hand: Vec<Line>,
    rounds: u64,
    chance: Chance,
}

struct Line {
    nights: Nights,
    scores: Vec<f64>,
    objective: f64,
}

impl<'a> Chooser<'a> {
    /// Finds the first plan: a few hundredths of a second.
    ///
    /// # Errors
    /// As [`super::choose()`].
    pub fn new(wish: &'a Wish, world: &World<'a>, vouchers: &'a [Voucher]) -> Result<Self, Problem> {
        let (stage, chance) = (prepare(wish, world, vouchers)?, Chance::new(wish.seed));
        let alone = vec![0; wish.days - 1];
        let nobody = stage.settle(&alone, &vec![Vec::new(); wish.days]);
        let mut chooser = Self { stage, best: nobody, hand: Vec::new(), rounds: 0, chance };
        chooser.scout();
        Ok(chooser)
    }

    /// One bed for all nights, then another for some of them.
    fn scout(&mut self) {
        let nights = self.stage.wish.days - 1;
        if nights == 0 {
            self.glance(Vec::new(), GLANCE);
            return;
        }
        for bed in 0..self.stage.beds.len() {
            self.glance(vec![bed; nights], GLANCE);
        }
        if nights < 2 {
            return;
        }
        for nights in self.stage.tours_of_areas(nights) {
            self.glance(nights, GLANCE);
        }
        let stay = self.hand.first().map_or(0, |line| line.nights[0]);
        let near: Vec<usize> = self.stage.beds_near(stay).into_iter().take(NEIGHBOURS).collect();
        for bed in near {
            let cut = nights / 2;
            self.glance([vec![stay; nights - cut], vec![bed; cut]].concat(), GLANCE);
            self.glance([vec![bed; cut], vec![stay; nights - cut]].concat(), GLANCE);
        }
    }

    fn glance(&mut self, nights: Nights, steps: u64) {
        if self.hand.iter().any(|line| line.nights == nights) {
            return;
        }
        let mut line = Line { nights, scores: self.stage.worth.clone(), objective: f64::NEG_INFINITY };
        self.work_on(&mut line, steps);
        self.keep(line);
    }

    fn keep(&mut self, line: Line) {
        if line.objective > f64::NEG_INFINITY {
            self.hand.push(line);
            self.hand.sort_by(|a, b| b.objective.total_cmp(&a.objective));
            self.hand.truncate(IN_HAND);
        }
    }

    /// A round: solve, look at the trip, and value the stops anew beside each other.
    fn work_on(&mut self, line: &mut Line, steps: u64) {
        let stage = &self.stage;
        let Some(problem) = stage.problem(&line.nights, &line.scores) else { return };
        let mut solver = Solver::new(problem, self.chance.next());
        // Steps are counted, not time: the same ones lead to the same plan.
        let mut gone = 0;
        solver.run(|| {
            let part = (gone < steps).then_some(gone as f64 / steps as f64);
            gone += STRIDE;
            part
        });
        let settled = stage.settle(&line.nights, &solver.best().tours);
        line.objective = line.objective.max(settled.objective);
        let plan: Vec<usize> = settled.stops.iter().map(|(_, candidate)| *candidate).collect();
        let missed = stage.missed(&plan);
        for (candidate, score) in line.scores.iter_mut().enumerate() {
            let worth = stage.worth[candidate];
            let beside = worth * stage.likeness.discount(candidate, &stage.worth, plan.iter().copied());
            *score = (*score + beside) / 2.0;
            if stage.candidates[candidate].area.is_some_and(|area| missed.contains(&area)) {
                *score = score.max(MISSED_AREA * worth);
            }
        }
        if settled.objective > self.best.objective {
            self.best = settled;
        }
    }

    fn round(&mut self, steps: u64) {
        self.rounds += 1;
        if self.hand.is_empty() {
            return;
        }
        let turn = self.rounds % 4;
        if turn == 0 && self.stage.wish.days > 1 {
            for _ in 0..steps.div_ceil(VARIATION) {
                let nights = self.vary();
                self.glance(nights, VARIATION);
            }
            return;
        }
        // The best gets two rounds of three.
        let index = if turn == 1 { (self.rounds / 4) as usize % self.hand.len() } else { 0 };
        let mut line = self.hand.remove(index);
        self.work_on(&mut line, steps);
        self.keep(line);
    }

    /// Some nights of the best elsewhere.
    fn vary(&mut self) -> Nights {
        let mut nights = self.best.nights.clone();
        let (from, to) = (self.chance.below(nights.len()), self.chance.below(nights.len()));
        let near = self.stage.beds_near(nights[from]);
        if !near.is_empty() {
            // Twice by chance: near ones more often.
            let bound = self.chance.below(near.len()) + 1;
            let bed = near[self.chance.below(bound)];
            nights[from.min(to)..=from.max(to)].fill(bed);
        }
        nights
    }

    /// So many steps more. The same wish and steps lead to the same trip.
    pub fn step(&mut self, steps: u64) {
        let mut left = steps;
        while left > 0 {
            let now = left.min(ROUND);
            self.round(now);
            left -= now;
        }
    }

    /// Goes on until told to stop; asked every few hundredths of a second.
    pub fn run(&mut self, mut go_on: impl FnMut() -> bool) {
        // with nothing in hand there is nothing to go on with
        while !self.hand.is_empty() && go_on() {
            self.round(ROUND);
        }
    }

    /// How good the best trip so far is: what its stops are worth, less what it takes and what it breaks. Only for comparing.
    pub fn objective(&self) -> f64 {
        self.best.objective
    }

    /// The best trip so far, with its reasons.
    pub fn best(&self) -> Chosen {
        let (stage, best) = (&self.stage, &self.best);
        let money = budget(&best.trip, stage.world.facts);
        let vouchers: Vec<Voucher> = stage.vouchers.iter().map(|voucher| (*voucher).clone()).collect();
        let savings = best_savings(&money, &vouchers);
        let reasons = best.stops.iter().map(|(visit, candidate)| {
            let mut whys = stage.candidates[*candidate].whys.clone();
            whys.extend(stage.in_season(*visit, *candidate, &best.trip));
            let here = savings.used.iter().filter(|used| used.item == Item::Visit(*visit));
            whys.extend(here.map(|used| Why::Offer { offer: used.voucher.clone(), saved: used.saved, sample: used.sample }));
            if whys.is_empty() {
                whys.push(Why::OnTheWay);
            }
            Reasons { visit: *visit, whys }
        });
        Chosen {
            trip: best.trip.clone(),
            report: best.report.clone(),
            reasons: reasons.collect(),
            value: best.value.round() as u32,
            savings,
            forced: best.forced.clone(),
            nearly: self.nearly(),
        }
    }

    fn nearly(&self) -> Vec<Nearly> {
        let (stage, best) = (&self.stage, &self.best);
        let plan: Vec<usize> = best.stops.iter().map(|(_, candidate)| *candidate).collect();
        let beside = |it: usize| stage.worth[it] * stage.likeness.discount(it, &stage.worth, plan.iter().copied());
        let mut found = stage.beside(best);
        found.retain(|(_, _, detour)| *detour <= LONGEST_DETOUR);
        found.sort_by(|a, b| {
            let rank = |it: &(usize, usize, u32)| beside(it.0) / (1.0 + f64::from(it.2) / 60.0);
            rank(b).total_cmp(&rank(a))
        });
        let mut seen = std::collections::BTreeSet::new();
        found.retain(|(candidate, ..)| seen.insert(stage.candidates[*candidate].at.name(stage.world.facts).zh));
        let nearly = found.into_iter().filter_map(|(candidate, day, detour_min)| match &stage.candidates[candidate].at {
            Where::Listing(id) => {
                Some(Nearly { at: id.clone(), day, detour_min, whys: stage.candidates[candidate].whys.clone() })
            }
            Where::Region(_) | Where::Own(_) => None,
        });
        nearly.take(MOST_NEARLY).collect()
    }
}

fn prepare<'a>(wish: &'a Wish, world: &World<'a>, vouchers: &'a [Voucher]) -> Result<Stage<'a>, Problem> {
    if !(1..=MOST_DAYS).contains(&wish.days) {
        let (zh, en) = (format!("行程要有1到{MOST_DAYS}天"), format!("a trip has 1 to {MOST_DAYS} days"));
        return Err(Problem::new("days", "out_of_range", zh, en));
    }
    if wish.fixed.iter().any(|fixed| fixed.day.is_some_and(|day| day >= wish.days)) {
        let (zh, en) = ("指定的一站不在行程的日子里", "a stop is wanted on a day that the trip does not have");
        return Err(Problem::new("fixed", "out_of_range", zh, en));
    }
    let Some(home) = Spot::of(&wish.from, world.facts) else {
        let (zh, en) = ("不知道从哪里出发", "nobody knows where that is to start from");
        return Err(Problem::new("from", "unknown_place", zh, en));
    };
    let most = MOST_FIXED_A_DAY * wish.days;
    if wish.fixed.len() > most {
        let (zh, en) = (format!("最多指定{most}站"), format!("{most} stops can be asked for at the most"));
        return Err(Problem::new("fixed", "too_many", zh, en));
    }
    let frame = frame(wish, world);
    let mut whole = frame.clone();
    for (index, fixed) in wish.fixed.iter().enumerate() {
        let visit = Visit { cost: fixed.cost, ..Visit::new(whole.next_id(), fixed.at.clone(), fixed.stay_min.unwrap_or(60)) };
        whole.days[fixed.day.unwrap_or(index % wish.days)].visits.push(visit);
    }
    match whole.problems().into_iter().next() {
        Some(problem) => Err(problem),
        None => Ok(Stage::new(wish, frame, home, *world, vouchers)),
    }
}
