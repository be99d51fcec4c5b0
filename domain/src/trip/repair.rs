//! The smallest changes that mend what stands against a trip, each tried before it is offered (P4).

mod candidates;
mod pairs;

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, HashMap};

use serde::Serialize;

use super::arrange::arrange;
use super::check::{Breach, Key, Report, Severity, check, recheck};
use super::edit::Edit;
use super::plan::Trip;
use super::timeline::World;
use super::travel::{Leg, Spot};
use crate::Text;

/// As many as are offered for one breach.
pub const MOST_REPAIRS: usize = 3;

/// Breaches of one trip that are all given repairs.
pub const MOST_MENDED: usize = 30;
/// Days of one trip whose best order is looked for: each may take a tenth of a second. Whoever has mended these is told of the next.
pub const MOST_ORDERED: usize = 3;
/// Of one family: what has not helped by then is no small repair.
const MOST_TRIES: usize = 80;
/// Breaches of one trip for which two changes together are tried, and how many such pairs for each.
const MOST_PAIRED: usize = 4;
const MOST_PAIRS: usize = 200;

/// A change that has been tried: the breach is gone after it, no other has come, and none has grown.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Repair {
    pub edit: Edit,
    pub text: Text,
    /// How much of the plan it changes; a minute moved is 1, a stop dropped 300. Only for comparing.
    pub effort: u32,
}

/// Up to three repairs of one breach of this trip, the smallest first. Empty where neither a change nor two together help.
pub fn repairs(trip: &Trip, breach: &Breach, world: &World) -> Vec<Repair> {
    let remembered = Remembered::new(world);
    let travel = |from: &Spot, to: &Spot| remembered.travel(from, to);
    let world = World { facts: world.facts, travel: &travel };
    Bench::new(trip, check(trip, &world), world).repairs(breach)
}

/// For each breach that breaks the trip, in the report's order, its repairs. A trip with more than [`MOST_MENDED`] of them is past
/// mending one by one: the rest are left without.
pub fn all_repairs(trip: &Trip, report: &Report, world: &World) -> Vec<(Breach, Vec<Repair>)> {
    let remembered = Remembered::new(world);
    let travel = |from: &Spot, to: &Spot| remembered.travel(from, to);
    let bench = Bench::new(trip, report.clone(), World { facts: world.facts, travel: &travel });
    let broken = report.breaches.iter().filter(|breach| breach.severity() == Severity::Broken).enumerate();
    broken.map(|(index, it)| (it.clone(), if index < MOST_MENDED { bench.repairs(it) } else { Vec::new() })).collect()
}

/// What repairs of one trip share.
struct Bench<'a> {
    trip: &'a Trip,
    before: Report,
    world: World<'a>,
    /// The best orders of days that have been asked for.
    orders: RefCell<BTreeMap<usize, Option<Edit>>>,
    /// Breaches for which pairs were tried.
    paired: Cell<usize>,
}

impl<'a> Bench<'a> {
    fn new(trip: &'a Trip, before: Report, world: World<'a>) -> Self {
        Self { trip, before, world, orders: RefCell::default(), paired: Cell::default() }
    }

    fn best_order(&self, day: usize) -> Option<Edit> {
        let mut orders = self.orders.borrow_mut();
        if orders.len() >= MOST_ORDERED && !orders.contains_key(&day) {
            return None;
        }
        let arranged = || arrange(self.trip, day, &self.world).and_then(|arrangement| arrangement.edit);
        orders.entry(day).or_insert_with(arranged).clone()
    }

    fn repairs(&self, breach: &Breach) -> Vec<Repair> {
        let mut found: Vec<Repair> = Vec::new();
        let helps = |repair: &Repair| mends(self.trip, &self.before, breach, &repair.edit, &self.world);
        for family in candidates::families(self, breach) {
            // Of a family that only differs in how far it goes, the first that helps is the smallest.
            found.extend(family.into_iter().take(MOST_TRIES).find(helps));
        }
        // Before anything is given up, two changes together.
        if found.iter().all(|repair| repair.effort >= candidates::DROP) && self.paired.get() < MOST_PAIRED {
            let pairs = pairs::pairs(self, breach);
            self.paired.set(self.paired.get() + usize::from(!pairs.is_empty()));
            found.extend(pairs.into_iter().take(MOST_PAIRS).find(helps));
        }
        found.sort_by_key(|repair| repair.effort);
        found.dedup_by(|a, b| a.edit == b.edit);
        found.truncate(MOST_REPAIRS);
        found
    }
}

/// Whether the edit takes this breach away without a new one and without making another worse.
pub fn mends(trip: &Trip, before: &Report, breach: &Breach, edit: &Edit, world: &World) -> bool {
    let mut mended = trip.clone();
    if mended.change(edit).is_err() {
        return false;
    }
    let after = recheck(&mended, world, (trip, before));
    let before = amounts(&before.breaches);
    let mut after = amounts(&after.breaches);
    after = after
        .into_iter()
        .map(|((code, visit, day), amount)| ((code, visit, day.map(|day| before_of(edit, day))), amount))
        .collect();
    !after.contains_key(&breach.key()) && is_no_worse(&before, &after) && mended.problems().is_empty()
}

/// How much is wrong, by what it is.
pub(super) fn amounts<'a>(breaches: impl IntoIterator<Item = &'a Breach>) -> HashMap<Key, i64> {
    breaches.into_iter().map(|breach| (breach.key(), breach.constraint.amount())).collect()
}

/// Nothing is wrong that was not, and nothing more than it was.
pub(super) fn is_no_worse(before: &HashMap<Key, i64>, after: &HashMap<Key, i64>) -> bool {
    after.iter().all(|(key, amount)| before.get(key).is_some_and(|old| amount <= old))
}

/// Which day a day was before the edit; a day of its own number for one that was not there.
fn before_of(edit: &Edit, day: usize) -> usize {
    match edit {
        Edit::SwapDays { day: a, with: b } if day == *a => *b,
        Edit::SwapDays { day: a, with: b } if day == *b => *a,
        Edit::AddDay { day: new, .. } if day == *new => usize::MAX,
        Edit::AddDay { day: new, .. } if day > *new => day - 1,
        // In all that is offered the days are only numbered anew by the first of several edits.
        Edit::All { edits } => edits.first().map_or(day, |first| before_of(first, day)),
        _ => day,
    }
}

/// Repairs ask for the same ways again and again.
struct Remembered<'a> {
    ask: &'a dyn Fn(&Spot, &Spot) -> Option<Leg>,
    known: RefCell<HashMap<[u64; 4], Option<Leg>>>,
}

impl<'a> Remembered<'a> {
    fn new(world: &World<'a>) -> Self {
        Self { ask: world.travel, known: RefCell::default() }
    }

    fn travel(&self, from: &Spot, to: &Spot) -> Option<Leg> {
        let (a, b) = (from.point, to.point);
        let key = [a.lat, a.lon, b.lat, b.lon].map(f64::to_bits);
        *self.known.borrow_mut().entry(key).or_insert_with(|| (self.ask)(from, to))
    }
}

#[cfg(test)]
mod tests;
