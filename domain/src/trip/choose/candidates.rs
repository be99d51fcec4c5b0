//! Which stops there are to choose from: a bounded number, the best by worth and reach.

use chrono::{Datelike, NaiveDate};

use super::super::budget::{Item, Line};
use super::super::check::check_party;
use super::super::clock::Clock;
use super::super::facts::{Facts, Per, PlaceFacts};
use super::super::plan::{LONGEST_STAY_MIN, Lunch, Pace, Transport, VisitId, Where};
use super::super::timeline::World;
use super::super::travel::Spot;
use super::super::voucher::Voucher;
use super::why::Why;
use super::worth::worth;
use super::{Fixed, Wish};
use crate::Fen;
use crate::geo::Point;
use crate::listing::Kind;
use crate::region::RegionCode;

/// Of places to choose from: with more the first plan comes late, and hardly better.
const MOST_CANDIDATES: usize = 100;
/// A worth halves at this distance for each day of the trip.
const REACH_KM: f64 = 80.0;
/// Who names what is to be seen wants to see all of it: so long is long enough, if nobody says for how long.
const LONGEST_FIXED: u32 = 240;
/// Around here one is at home.
pub(super) const HOME_KM: f64 = 20.0;
/// In minutes; for less one does not get out.
const SHORTEST_VISIT: u32 = 20;
const NEAR_ROUTE_KM: f64 = 15.0;
/// What is where somebody wants to be counts so many times.
const WANTED: f64 = 4.0;
/// Village buses are rare: beyond this from its county's seat a place is worth less without a car.
const BUSES_KM: f64 = 12.0;
/// With fewer to choose from what is out of season is taken too.
const FEW: usize = 40;

pub(super) struct Candidate<'a> {
    pub at: Where,
    pub place: Option<&'a PlaceFacts>,
    pub spot: Option<Spot>,
    pub stay: u32,
    /// As far as anybody knows.
    pub cost: Fen,
    pub worth: f64,
    pub whys: Vec<Why>,
    /// Half of what takes two days, one for even days and one for odd.
    pub part: Option<usize>,
    /// Which of [`Wish::fixed`] it is.
    pub fixed: Option<usize>,
    /// Which of [`Wish::around`] it is in.
    pub area: Option<usize>,
}

/// Longer one does not stay in one place on one day, if nobody asked for it.
fn longest_stay(pace: Pace) -> u32 {
    match pace {
        Pace::Relaxed => 240,
        Pace::Steady => 300,
        Pace::Brisk => 360,
    }
}

/// The fixed ones first, in their order.
pub(super) fn candidates<'a>(
    wish: &Wish,
    world: &World<'a>,
    vouchers: &[&Voucher],
    home: Point,
    lean: &[bool],
) -> Vec<Candidate<'a>> {
    let mut found: Vec<Candidate> = wish.fixed.iter().enumerate().map(|(index, it)| fixed(it, index, wish, world)).collect();
    let guide = wish.route.as_ref().map(|route| {
        let spots = route.stops.iter().filter_map(|stop| Spot::of(stop, world.facts));
        (&route.name, spots.map(|spot| spot.point).collect::<Vec<Point>>())
    });
    let mut chosen = Vec::new();
    for place in world.facts.values() {
        let at = Where::Listing(place.id.clone());
        let taken = wish.avoid.contains(&place.id) || wish.fixed.iter().any(|it| it.at == at);
        let comes = (0..wish.days).any(|day| lean[day] || is_in_season(place, wish.date(day)));
        if taken || !comes || !is_wanted(place, wish) {
            continue;
        }
        let Some(spot) = Spot::of(&at, world.facts) else { continue };
        let (stay, parts) = stay_and_parts(place, wish);
        let (mut worth, mut whys) = worth(place, &wish.party, stay);
        if place.stay_or_guess() > stay {
            whys.push(Why::OnlyPart { suggested_min: place.stay_min.unwrap_or(stay) });
        }
        let cost = known_cost(place, wish);
        if wish.budget.is_some_and(|budget| cost > budget) {
            continue;
        }
        worth += offer_bonus(place, cost, wish, vouchers);
        if let Some((name, line)) = &guide
            && spot.point.km_to_line(line).is_some_and(|km| km <= NEAR_ROUTE_KM)
        {
            worth *= 2.0;
            whys.push(Why::NearRoute { name: (*name).clone() });
        }
        let away = home.km_to(spot.point);
        let area = area_of(place.region.as_ref(), wish);
        let region = area.and_then(|index| wish.around[index].region());
        whys.extend(region.map(|region| Why::InRegion { name: region.name.clone() }));
        worth *= season(place, wish);
        worth *= if area.is_some() { WANTED } else { elsewhere(away, wish.days) };
        let seat = place.region.as_ref().and_then(|code| code.region()).and_then(|region| region.centre());
        if wish.transport == Transport::Transit && seat.is_some_and(|seat| seat.km_to(spot.point) > BUSES_KM) {
            worth *= 0.65;
        }
        let reach = if area.is_some() { 1.0 } else { 1.0 + (away / (REACH_KM * wish.days as f64)).powi(2) };
        for part in 0..if worth > 0.0 { parts } else { 0 } {
            let (at, whys, part) = (at.clone(), whys.clone(), (parts > 1).then_some(part));
            let candidate =
                Candidate { at, place: Some(place), spot: Some(spot), stay, cost, worth, whys, part, fixed: None, area };
            chosen.push((worth / reach, candidate));
        }
    }
    chosen.sort_by(|a, b| b.0.total_cmp(&a.0));
    chosen.truncate(MOST_CANDIDATES);
    found.extend(chosen.into_iter().map(|(_, candidate)| candidate));
    found
}

/// For each day: next to nothing is in season.
pub(super) fn lean_days(wish: &Wish, facts: &Facts) -> Vec<bool> {
    let good = |date: NaiveDate| facts.values().filter(|place| is_wanted(place, wish) && is_in_season(place, date)).count();
    (0..wish.days).map(|day| good(wish.date(day)) < FEW).collect()
}

/// What takes days may be visited on two of them.
fn stay_and_parts(place: &PlaceFacts, wish: &Wish) -> (u32, usize) {
    let (all, most) = (place.stay_or_guess(), longest_stay(wish.pace));
    let suggested = place.stay_min.unwrap_or(all);
    let two = wish.days > 2 && suggested * 2 >= most * 3;
    (if two { suggested.div_ceil(2) } else { all }.min(most).max(SHORTEST_VISIT), if two { 2 } else { 1 })
}

/// Which of [`Wish::around`] this region lies in.
pub(super) fn area_of(region: Option<&RegionCode>, wish: &Wish) -> Option<usize> {
    wish.around.iter().position(|area| region.is_some_and(|here| here.lies_in(area)))
}

/// Who leaves home for days wants to be elsewhere: what a day trip can reach can wait.
fn elsewhere(km: f64, days: usize) -> f64 {
    match days {
        1 => 1.0,
        _ if km < HOME_KM => 0.7,
        _ => 0.85 + 0.3 * (km / (40.0 * (days - 1).min(4) as f64)).min(1.0),
    }
}

fn is_wanted(place: &PlaceFacts, wish: &Wish) -> bool {
    let kind =
        matches!(place.kind, Kind::Place | Kind::Experience) && (wish.kinds.is_empty() || wish.kinds.contains(&place.kind));
    let mut suits = true;
    check_party(&wish.party, place, &mut |_| suits = false);
    kind && suits && (wish.samples || !place.sample)
}

fn fixed<'a>(it: &Fixed, index: usize, wish: &Wish, world: &World<'a>) -> Candidate<'a> {
    let place = it.at.facts(world.facts);
    let most = longest_stay(wish.pace).min(LONGEST_FIXED);
    let usual = place.map_or(60, |place| place.stay_or_guess().min(most));
    let stay = it.stay_min.unwrap_or_else(|| it.arrive.map_or(usual, |at| before_lunch(at, usual)));
    let stay = stay.clamp(1, LONGEST_STAY_MIN);
    let said = it.cost.map(|cost| cost.total(wish.party.people()));
    Candidate {
        at: it.at.clone(),
        place,
        spot: Spot::of(&it.at, world.facts),
        stay,
        cost: said.or_else(|| Some(known_cost(place?, wish))).unwrap_or(Fen(0)),
        worth: place.map_or(50.0, |place| worth(place, &wish.party, stay).0.max(1.0)),
        whys: vec![Why::Fixed],
        part: None,
        fixed: Some(index),
        area: area_of(place.and_then(|place| place.region.as_ref()), wish),
    }
}

/// An appointment has no lunch in it: one that begins in the morning ends in time for it.
fn before_lunch(at: Clock, usual: u32) -> u32 {
    let lunch = Lunch::default();
    let left = lunch.until.minutes().saturating_sub(at.minutes());
    let eats_before = at.minutes() >= lunch.from.minutes() + lunch.minutes;
    if eats_before || left < SHORTEST_VISIT { usual } else { usual.min(left) }
}

fn known_cost(place: &PlaceFacts, wish: &Wish) -> Fen {
    place.cost_for(&wish.party, Per::Person).unwrap_or(Fen(0))
}

/// One point for a yuan that each of the party saves, on the day on which most is saved.
fn offer_bonus(place: &PlaceFacts, cost: Fen, wish: &Wish, vouchers: &[&Voucher]) -> f64 {
    let line = |date: NaiveDate| Line {
        item: Item::Visit(VisitId(0)),
        cost: (cost > Fen(0)).then_some(cost),
        from: false,
        said: false,
        sample: place.sample,
        place: Some(place.id.clone()),
        kind: Some(place.kind),
        region: place.region.clone(),
        vouchers: place.vouchers,
        date,
    };
    let lines: Vec<Line> = (0..wish.days).map(|day| line(wish.date(day))).collect();
    let fits = |voucher: &&&Voucher| lines.iter().any(|line| voucher.fits(line));
    let saved = vouchers.iter().filter(fits).map(|voucher| voucher.saving(cost).0).max().unwrap_or(0);
    saved as f64 / 100.0 / f64::from(wish.party.people().max(1))
}

/// What is never in its months while the trip lasts is worth less, what has months and is in them a little more.
fn season(place: &PlaceFacts, wish: &Wish) -> f64 {
    let good = (0..wish.days).any(|day| is_in_season(place, wish.date(day)));
    match place.months.iter().count() {
        _ if !good => 0.5,
        0 | 12 => 1.0,
        _ => 1.1,
    }
}

/// Or nobody knows when it is. A calendar says on which days one may come, the months when it is at its best.
pub(super) fn is_in_season(place: &PlaceFacts, date: NaiveDate) -> bool {
    place.months.is_empty() || place.months.contains(date.month())
}
