//! Where one could sleep: towns with much to see around them, or beds there if samples are wanted.

use super::super::facts::{Per, PlaceFacts};
use super::super::plan::{Mobility, Where};
use super::super::timeline::World;
use super::super::travel::Spot;
use super::Wish;
use super::candidates::{Candidate, HOME_KM, area_of};
use super::legs::{FIRST_BED, HOME};
use super::stage::{Nights, Stage};
use crate::Fen;
use crate::geo::Point;
use crate::listing::Kind;
use crate::region::{self, Region, RegionCode, RegionLevel};

const MOST_TOWNS: usize = 14;
/// Nearer towns are the same to a traveller.
const APART_KM: f64 = 15.0;
const STAY_NEAR_KM: f64 = 20.0;
/// A worth counts half for a bed this far off.
const HALF_KM: f64 = 25.0;
/// Not to have to look for one, in the measure of stops, and that it is as one likes.
const KNOWN_BED: f64 = 25.0;
const LIKED_BED: f64 = 8.0;
/// So many of the best stops around a town make it worth sleeping there.
const STOPS_A_DAY: usize = 4;

pub(super) struct Bed {
    pub at: Where,
    pub spot: Spot,
    /// Known cost of a night, for all.
    pub cost: Fen,
    /// Beside what there is to see from it.
    pub worth: f64,
    /// Which of [`Wish::around`] it is in.
    pub area: Option<usize>,
}

/// The most promising first; none for trips of a day.
pub(super) fn beds(wish: &Wish, world: &World, home: Point, candidates: &[Candidate]) -> Vec<Bed> {
    if wish.days < 2 {
        return Vec::new();
    }
    let towns = region::all().iter().filter(|region| region.level != RegionLevel::Prefecture);
    let bound: i64 = candidates.iter().filter(|it| it.fixed.is_some()).map(|it| it.cost.0).sum();
    let rate = |town: &Region, seat: Point| {
        let bed = wish.samples && stay_near(seat, bound, wish, world).is_some();
        let away = if area_of(Some(&town.code), wish).is_some() { 0.0 } else { seat.km_to(home) };
        promise(seat, away, wish, candidates) * if bed { 1.3 } else { 1.0 }
    };
    let rated = towns.filter_map(|town| town.seat.map(|seat| (rate(town, seat), town, seat)));
    let mut rated: Vec<(f64, &Region, Point)> = rated.collect();
    rated.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.code.cmp(&b.1.code)));
    // The best town of an area that is wanted may not be among the best of all.
    let mut seen = vec![false; wish.around.len()];
    let mut is_first =
        |town: &Region| area_of(Some(&town.code), wish).is_some_and(|area| !std::mem::replace(&mut seen[area], true));
    let firsts: Vec<bool> = rated.iter().map(|(_, town, _)| is_first(town)).collect();
    let in_turn = |first: bool| rated.iter().zip(&firsts).filter(move |(_, it)| **it == first).map(|(town, _)| town);
    let mut kept: Vec<(&RegionCode, Point)> = Vec::new();
    for (promise, town, seat) in in_turn(true).chain(in_turn(false)) {
        let apart = kept.iter().all(|(_, other)| other.km_to(*seat) > APART_KM);
        if apart && *promise > 0.0 && seat.km_to(home) > HOME_KM && kept.len() < MOST_TOWNS {
            kept.push((&town.code, *seat));
        }
    }
    let mut found: Vec<Bed> = kept.into_iter().flat_map(|(code, seat)| beds_in(code, seat, bound, wish, world)).collect();
    if found.is_empty() {
        // Nothing far off: one comes back every night.
        found.extend(Spot::of(&wish.from, world.facts).map(|spot| Bed {
            at: wish.from.clone(),
            spot,
            cost: Fen(0),
            worth: 0.0,
            area: None,
        }));
    }
    found
}

impl Stage<'_> {
    /// A bed for each of so many nights that leads through all areas that are wanted, there and back: none for a single area, which a
    /// bed for all nights leads to, nor for more than there are nights.
    pub fn tours_of_areas(&self, nights: usize) -> Vec<Nights> {
        let bed = |area: usize| self.beds.iter().position(|bed| bed.area == Some(area));
        let beds: Vec<usize> = (0..self.wish.around.len()).filter_map(bed).collect();
        if !(2..=nights).contains(&beds.len()) {
            return Vec::new();
        }
        // From the one that is nearest to home to the next nearest, and the other way round.
        let (mut left, mut order, mut here) = (beds.clone(), Vec::new(), HOME);
        while !left.is_empty() {
            let minutes = |index: &usize| self.legs.minutes(here, FIRST_BED + left[*index]).unwrap_or(i32::MAX);
            let next = (0..left.len()).min_by_key(minutes).unwrap_or(0);
            order.push(left.remove(next));
            here = FIRST_BED + order[order.len() - 1];
        }
        let spread = |order: &[usize]| (0..nights).map(|night| order[night * order.len() / nights]).collect();
        let back: Vec<usize> = order.iter().rev().copied().collect();
        vec![spread(&order), spread(&back)]
    }
}

/// What there is around a town, `away_km` from home.
fn promise(seat: Point, away_km: f64, wish: &Wish, candidates: &[Candidate]) -> f64 {
    let around = candidates.iter().filter_map(|candidate| {
        let km = seat.km_to(candidate.spot?.point);
        let worth = if candidate.fixed.is_some() { 10.0 * candidate.worth } else { candidate.worth };
        (km < 3.0 * HALF_KM).then(|| worth / (1.0 + (km / HALF_KM).powi(2)))
    });
    let mut around: Vec<f64> = around.collect();
    around.sort_by(|a, b| b.total_cmp(a));
    let days = STOPS_A_DAY * (wish.days - 1).min(3);
    let away = away_km / (100.0 * wish.days as f64);
    around.iter().take(days).sum::<f64>() / (1.0 + away.powi(2))
}

/// The town itself, where one finds a bed oneself, and before it one that the catalogue has.
fn beds_in(code: &RegionCode, seat: Point, bound: i64, wish: &Wish, world: &World) -> Vec<Bed> {
    let stay = if wish.samples { stay_near(seat, bound, wish, world) } else { None };
    let stay = stay.map(|stay| {
        let liked = stay.tags.iter().filter(|tag| wish.party.interests.contains(tag)).count();
        let cost = stay.cost_for(&wish.party, Per::RoomNight).unwrap_or(Fen(0));
        (Where::Listing(stay.id.clone()), cost, KNOWN_BED + LIKED_BED * liked as f64)
    });
    let found = stay.into_iter().chain([(Where::Region(code.clone()), Fen(0), 0.0)]);
    let area = area_of(Some(code), wish);
    found.filter_map(|(at, cost, worth)| Some(Bed { spot: Spot::of(&at, world.facts)?, at, cost, worth, area })).collect()
}

/// The one that is nearest to the town and has most of what is liked, if there is money for it. `bound` fen are for fixed stops.
fn stay_near<'a>(seat: Point, bound: i64, wish: &Wish, world: &World<'a>) -> Option<&'a PlaceFacts> {
    let nights = wish.days.saturating_sub(1).max(1) as i64;
    // Half of the money that is left, at the most.
    let most = wish.budget.map_or(i64::MAX, |budget| (budget.0 - bound).max(0) / 2 / nights);
    let stays = world.facts.values().filter(|place| place.kind == Kind::Stay && !wish.avoid.contains(&place.id));
    let stays = stays.filter(|place| place.cost_for(&wish.party, Per::RoomNight).is_some_and(|cost| cost.0 <= most));
    let near = stays.filter_map(|place| {
        let km = place.position?.point().km_to(seat);
        let liked = place.tags.iter().filter(|tag| wish.party.interests.contains(tag)).count();
        let step_free = wish.party.mobility != Mobility::Any && place.barrier_free;
        (km <= STAY_NEAR_KM).then_some((km - 5.0 * liked as f64 - if step_free { 10.0 } else { 0.0 }, place))
    });
    near.min_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, place)| place)
}
