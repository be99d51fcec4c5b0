//! Which offers to use where, so that the most is saved and every rule is kept (P6).
//!
//! The catalogue's offers say what they take off, from which sum on, when, at what and in which counties. They do not say whether
//! they may be used together or more than once, so the careful reading is taken and shown: one offer to an order, an offer that is
//! drawn or released in batches once a trip, one that is taken off at the till with every order. What is bought at one place for one
//! visit or night is one order.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::Serialize;

use super::budget::{Budget, Item, Line};
use crate::ids::ListingId;
use crate::listing::kinds::{Mode, OfferType, UsableAt};
use crate::listing::{Details, Kind, Listing};
use crate::region::RegionCode;
use crate::{Fen, Text};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Voucher {
    pub id: ListingId,
    pub name: Text,
    pub saves: Saves,
    /// The order comes to at least this.
    pub threshold: Fen,
    /// First and last day, the last one included.
    pub from: NaiveDate,
    pub until: NaiveDate,
    pub kinds: Vec<UsableAt>,
    /// Counties or prefectures; empty: anywhere.
    pub regions: Vec<RegionCode>,
    pub poverty_counties_only: bool,
    /// Who may have it, in words; nobody here can check.
    pub who: Text,
    pub sample: bool,
    /// May stand beside others of which the same is true, on one order.
    pub stacks: bool,
    /// In one trip; none: with every order.
    pub uses: Option<u32>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Saves {
    Amount(Fen),
    Percent { percent: u32, cap: Option<Fen> },
    Gift(Text),
}

/// An offer used on an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Used {
    pub voucher: ListingId,
    pub item: Item,
    pub saved: Fen,
    pub sample: bool,
    /// Nobody has said that this place takes offers; the offer says places of its kind do.
    pub unsure: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Savings {
    /// In the order of the budget's lines.
    pub used: Vec<Used>,
    pub saved: Fen,
    /// What is left to pay of what is known.
    pub to_pay: Fen,
    /// Presents that come with an order and take nothing off, beside what is used.
    pub gifts: Vec<(ListingId, Item)>,
    /// No legal combination saves more. False only with more offers at once than can be tried.
    pub proven: bool,
}

/// The reading that was taken, for the page.
pub fn rule() -> Text {
    Text::new(
        "每单最多用一张，按单计门槛；摇号和抢的券每次行程用一张，直减的每单都能用。以券面规则为准。",
        "One offer to an order, and the order alone must reach its threshold; offers that are drawn or released in batches once a \
         trip, those taken off at the till with every order. What the offer itself says comes first.",
    )
}

impl Voucher {
    /// None where it is no offer, or one without a value.
    pub fn of(listing: &Listing) -> Option<Self> {
        let Details::Offer(offer) = &listing.details else { return None };
        let saves = match (offer.offer_type, offer.amount, offer.percent, &offer.gift) {
            (OfferType::Fixed, Some(amount), _, _) => Saves::Amount(amount),
            (OfferType::Percent, _, Some(percent), _) => Saves::Percent { percent, cap: offer.cap },
            (OfferType::Gift, _, _, Some(gift)) => Saves::Gift(gift.clone()),
            _ => return None,
        };
        Some(Self {
            id: listing.id.clone(),
            name: listing.title.clone(),
            saves,
            threshold: offer.threshold.unwrap_or(Fen(0)),
            from: offer.from,
            until: offer.until,
            kinds: offer.kinds.clone(),
            regions: listing.all_regions().into_iter().cloned().collect(),
            poverty_counties_only: offer.poverty_counties_only,
            who: offer.who.clone(),
            sample: listing.sample,
            stacks: false,
            uses: match offer.mode {
                Mode::Direct => None,
                Mode::Lottery | Mode::FirstCome => Some(1),
            },
        })
    }

    /// Whether it may be used for what this line buys.
    pub fn fits(&self, line: &Line) -> bool {
        let Some(cost) = line.cost else { return false };
        let kind = match (line.item, line.kind) {
            (Item::Night(_), Some(Kind::Stay)) => UsableAt::Stay,
            (Item::Visit(_), Some(Kind::Experience)) => UsableAt::Experience,
            (Item::Visit(_), Some(Kind::Place)) => UsableAt::Place,
            (Item::Visit(_), Some(Kind::Product)) => UsableAt::Product,
            _ => return false,
        };
        let region = line.region.as_ref().and_then(|code| code.region());
        let in_region = self.regions.is_empty()
            || region.is_some_and(|region| self.regions.contains(&region.code) || self.regions.contains(&region.prefecture));
        let poor = !self.poverty_counties_only || region.is_some_and(|region| region.lifted_from_poverty);
        let days = self.from <= line.date && line.date <= self.until;
        let paid = cost >= self.threshold && cost > Fen(0);
        days && in_region && poor && paid && self.kinds.contains(&kind) && line.vouchers != Some(false)
    }

    /// Off an order of this much; never more than the order.
    pub fn saving(&self, cost: Fen) -> Fen {
        let off = match &self.saves {
            Saves::Amount(amount) => *amount,
            Saves::Percent { percent, cap } => {
                let share = Fen(cost.0.saturating_mul(i64::from(*percent)) / 100);
                cap.map_or(share, |cap| share.min(cap))
            }
            Saves::Gift(_) => Fen(0),
        };
        off.min(cost).max(Fen(0))
    }
}

/// More states than this are not tried: offers beyond are left aside, the least valuable first.
const MOST_STATES: usize = 1 << 13;
/// Offers that may stand together on one order.
const MOST_STACKED: usize = 6;

/// The best legal combination for a trip's costs. Deterministic; offers are taken in the order given where they save the same.
pub fn best_savings(budget: &Budget, vouchers: &[Voucher]) -> Savings {
    let lines: Vec<&Line> = budget.lines.iter().collect();
    let mut proven = true;
    let saves = |voucher: &Voucher| !matches!(voucher.saves, Saves::Gift(_)) && lines.iter().any(|line| voucher.fits(line));
    let mut chosen: Vec<&Voucher> = vouchers.iter().filter(|voucher| saves(voucher)).collect();
    let worth = |voucher: &Voucher| {
        let fitting = lines.iter().filter(|line| voucher.fits(line)).filter_map(|line| line.cost);
        fitting.map(|cost| voucher.saving(cost)).max().unwrap_or(Fen(0))
    };
    let left = |voucher: &Voucher| voucher.uses.map_or(0, |uses| usize::try_from(uses).unwrap_or(usize::MAX).min(lines.len()));
    while chosen.iter().map(|voucher| left(voucher) + 1).try_fold(1usize, usize::checked_mul).is_none_or(|all| all > MOST_STATES)
    {
        proven = false;
        let least =
            chosen.iter().enumerate().filter(|(_, voucher)| voucher.uses.is_some()).min_by_key(|(_, voucher)| worth(voucher));
        let Some((index, _)) = least else { break };
        chosen.remove(index);
    }
    // What is left of each voucher, to the most that can have been saved so far and how.
    type State = Vec<usize>;
    let mut states: BTreeMap<State, (i64, Vec<(usize, usize)>)> = BTreeMap::new();
    states.insert(chosen.iter().map(|voucher| left(voucher)).collect(), (0, Vec::new()));
    for (at, line) in lines.iter().enumerate() {
        let Some(cost) = line.cost else { continue };
        let (sets, all) = legal_sets(&chosen, line);
        proven &= all;
        let mut next: BTreeMap<State, (i64, Vec<(usize, usize)>)> = BTreeMap::new();
        for (state, (saved, used)) in &states {
            for set in &sets {
                if set.iter().any(|voucher| chosen[*voucher].uses.is_some() && state[*voucher] == 0) {
                    continue;
                }
                let off: i64 = set.iter().map(|voucher| chosen[*voucher].saving(cost).0).sum();
                let saved = saved + off.min(cost.0);
                let mut state = state.clone();
                for voucher in set.iter().filter(|voucher| chosen[**voucher].uses.is_some()) {
                    state[*voucher] -= 1;
                }
                if next.get(&state).is_none_or(|(other, _)| *other < saved) {
                    let mut used = used.clone();
                    used.extend(set.iter().map(|voucher| (at, *voucher)));
                    next.insert(state, (saved, used));
                }
            }
        }
        states = next;
    }
    let best = states.into_values().reduce(|best, other| if other.0 >= best.0 { other } else { best });
    let (saved, used) = best.unwrap_or_default();
    let mut room: BTreeMap<usize, i64> = BTreeMap::new();
    let used = used.into_iter().filter_map(|(at, voucher)| {
        let (line, voucher) = (lines[at], chosen[voucher]);
        let cost = line.cost?;
        let room = room.entry(at).or_insert(cost.0);
        let saved = voucher.saving(cost).0.min(*room);
        *room -= saved;
        let unsure = line.vouchers.is_none();
        let sample = voucher.sample || line.sample;
        Some(Used { voucher: voucher.id.clone(), item: line.item, saved: Fen(saved), sample, unsure })
    });
    let gifts = vouchers.iter().filter(|voucher| matches!(voucher.saves, Saves::Gift(_)));
    let used: Vec<Used> = used.collect();
    // A present is an offer too, and goes with an order that has none yet.
    let mut taken: BTreeSet<Item> = used.iter().map(|used| used.item).collect();
    let gifts = gifts.filter_map(|gift| {
        let line = lines.iter().find(|line| gift.fits(line) && !taken.contains(&line.item))?;
        taken.insert(line.item);
        Some((gift.id.clone(), line.item))
    });
    let gifts = gifts.collect();
    Savings { used, saved: Fen(saved), to_pay: Fen(budget.known.0 - saved), gifts, proven }
}

/// Sets of vouchers that may be used on one order together, the empty one first; false where some were left out.
fn legal_sets(vouchers: &[&Voucher], line: &Line) -> (Vec<Vec<usize>>, bool) {
    let fitting = || (0..vouchers.len()).filter(|index| vouchers[*index].fits(line));
    let mut sets = vec![Vec::new()];
    sets.extend(fitting().map(|index| vec![index]));
    let stacking: Vec<usize> = fitting().filter(|index| vouchers[*index].stacks).collect();
    let few = &stacking[..stacking.len().min(MOST_STACKED)];
    for bits in 1usize..1 << few.len() {
        if bits.count_ones() > 1 {
            sets.push((0..few.len()).filter(|i| bits & (1 << i) != 0).map(|i| few[i]).collect());
        }
    }
    (sets, stacking.len() <= MOST_STACKED)
}

#[cfg(test)]
mod tests;
