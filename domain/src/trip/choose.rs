//! Stops chosen for somebody: a wish becomes a whole trip (P3, and the order of its days: P2).
//!
//! ```text
//! Wish + Facts --> candidates (a hundred) --> where to sleep --> team orienteering --> Trip --> check --> Chosen
//!                                                 ^                      |
//!                                                 +---- scores anew -----+
//! ```
//!
//! What a stop is worth comes from its grade, the traveller's interests, who travels, the season, an offer that fits and how long one
//! stays (as the square root: the fourth hour is worth less than the first). Nights are decided before days, because a day needs
//! two ends: a few sequences of towns are tried with few steps each, the best are worked on and varied. Lunch is cut out of the
//! clock, ways get a margin, mountain roads end at sunset. A plan only counts once [`super::check()`] has seen it as a trip; what
//! stands against it there costs the weakest stop.
//!
//! **Diversity.** The solver adds scores up, but the third red site of a trip is worth less than the first. So it is solved in
//! rounds: a plan is valued with each stop discounted by how much it is like better stops in the plan, the next round starts from
//! scores half way to these discounted ones, and the plan of the highest discounted value is kept, whichever round it is from.
//!
//! **Money.** What is known to cost money counts against the budget. What nobody knows stays unknown, and the trip says so. Offers are no money
//! to spend: they make a stop worth more, for whether one gets one is a matter of luck.
//!
//! **Not chosen, unless fixed:** samples nobody asked for, what is out of its good months (in months when next to nothing is good, it
//! is chosen and warned of). On trips of several days what is around the start is worth less, and what is far more: who leaves home
//! wants to be elsewhere. Who says where to is taken there: there distance does not count.

mod alternatives;
mod bases;
mod candidates;
mod legs;
mod search;
mod settle;
mod span;
mod stage;
mod why;
mod worth;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::check::Report;
use super::clock::Clock;
use super::facts::Facts;
use super::plan::{Cost, Pace, Party, Transport, Trip, VisitId, Where};
use super::timeline::World;
use super::travel::Roads;
use super::voucher::{Savings, Voucher};
use crate::ids::ListingId;
use crate::listing::{Details, Kind, Listing};
use crate::region::RegionCode;
use crate::{Fen, Lang, Problem, Text};

pub use alternatives::{Alternative, alternatives};
pub use search::Chooser;
pub use span::{days_for, night_for};
pub use why::Why;

/// What somebody wishes for. Interests and mobility are the party's.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wish {
    pub starts: NaiveDate,
    pub days: usize,
    pub from: Where,
    /// The last day ends where the first began; else wherever its last stop is.
    pub returns: bool,
    pub party: Party,
    pub pace: Pace,
    pub transport: Transport,
    /// For all of the party; none: money is no matter.
    #[serde(default)]
    pub budget: Option<Fen>,
    /// Only places and experiences are ever chosen; empty: both.
    #[serde(default)]
    pub kinds: Vec<Kind>,
    #[serde(default)]
    pub fixed: Vec<Fixed>,
    #[serde(default)]
    pub avoid: BTreeSet<ListingId>,
    /// Counties and prefectures that one wants to be in.
    #[serde(default)]
    pub around: Vec<RegionCode>,
    /// A boutique route to stay near.
    #[serde(default)]
    pub route: Option<Guide>,
    /// Whether fictional stays, experiences and offers may be used.
    #[serde(default)]
    pub samples: bool,
    /// Of the trip's title.
    #[serde(default)]
    pub lang: Lang,
    /// Another one may bring another trip.
    #[serde(default)]
    pub seed: u64,
}

impl Wish {
    /// For who has no further wishes: there and back at a steady pace, by car.
    pub fn new(starts: NaiveDate, days: usize, from: Where, party: Party) -> Self {
        Self {
            starts,
            days,
            from,
            returns: true,
            party,
            pace: Pace::Steady,
            transport: Transport::Car,
            budget: None,
            kinds: Vec::new(),
            fixed: Vec::new(),
            avoid: BTreeSet::new(),
            around: Vec::new(),
            route: None,
            samples: false,
            lang: Lang::default(),
            seed: 0,
        }
    }

    /// Of the day with this index, as [`Trip::date`].
    fn date(&self, day: usize) -> NaiveDate {
        self.starts.checked_add_days(chrono::Days::new(day as u64)).unwrap_or(NaiveDate::MAX)
    }
}

/// A wish with all that is needed to fulfil it elsewhere, as in a browser.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Task {
    pub wish: Wish,
    /// To choose from.
    pub listings: Vec<Listing>,
    /// That may make a stop worth more.
    #[serde(default)]
    pub offers: Vec<Listing>,
    /// What is known of the ways between them; the rest is estimated.
    #[serde(default)]
    pub roads: Roads,
}

/// A stop that any plan has.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fixed {
    pub at: Where,
    /// Counted from 0; none: whichever suits.
    #[serde(default)]
    pub day: Option<usize>,
    #[serde(default)]
    pub arrive: Option<Clock>,
    /// None: as the catalogue suggests.
    #[serde(default)]
    pub stay_min: Option<u32>,
    #[serde(default)]
    pub cost: Option<Cost>,
}

impl Fixed {
    /// On whichever day and at whichever time suits.
    pub fn at(at: Where) -> Self {
        Self { at, day: None, arrive: None, stay_min: None, cost: None }
    }
}

/// A route as far as staying near it goes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Guide {
    pub route: ListingId,
    pub name: Text,
    pub stops: Vec<Where>,
}

impl Guide {
    /// None where the listing is no route.
    pub fn of(listing: &Listing, facts: &Facts) -> Option<Self> {
        let Details::Route(route) = &listing.details else { return None };
        let stops = route.stops.iter().map(|stop| super::adapt::place_of(stop, facts)).collect();
        Some(Self { route: listing.id.clone(), name: listing.title.clone(), stops })
    }
}

/// A trip, and how it came about.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Chosen {
    pub trip: Trip,
    pub report: Report,
    /// Of each stop, in the trip's order.
    pub reasons: Vec<Reasons>,
    /// What all stops are worth together, likeness discounted; only for comparing.
    pub value: u32,
    /// The best use of the offers that were allowed.
    pub savings: Savings,
    /// Of [`Wish::fixed`], counted from 0: those that found no place. They are in the trip all the same, and the report says what is
    /// wrong.
    pub forced: Vec<usize>,
    /// Stops that would fit the way of some day, the best first.
    pub nearly: Vec<Nearly>,
}

impl Chosen {
    /// The trip with the reasons for each stop as its note.
    pub fn noted(self, lang: Lang) -> Trip {
        let Self { mut trip, reasons, .. } = self;
        for visit in trip.days.iter_mut().flat_map(|day| &mut day.visits) {
            if let Some(reasons) = reasons.iter().find(|reasons| reasons.visit == visit.id) {
                let whys: Vec<String> = reasons.whys.iter().map(|why| why.text().get(lang).to_owned()).collect();
                visit.note = whys.join(lang.pick("；", "; "));
            }
        }
        trip
    }
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Reasons {
    pub visit: VisitId,
    pub whys: Vec<Why>,
}

/// Not chosen, but not by much.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Nearly {
    pub at: ListingId,
    pub day: usize,
    pub detour_min: u32,
    pub whys: Vec<Why>,
}

/// The trip for a wish after so many steps; with none the first plan there is. The same wish, facts and steps lead to the same trip.
///
/// # Errors
/// What is wrong with the wish, in words for who made it.
pub fn choose(wish: &Wish, world: &World, vouchers: &[Voucher], steps: u64) -> Result<Chosen, Problem> {
    let mut chooser = Chooser::new(wish, world, vouchers)?;
    chooser.step(steps);
    Ok(chooser.best())
}
