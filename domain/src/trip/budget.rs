//! What a trip costs: integer fen, and never less than what is known (P6).

use chrono::NaiveDate;
use serde::Serialize;

use super::facts::{Facts, Per, PlaceFacts};
use super::plan::{Party, Trip, VisitId};
use super::timeline::end_of;
use crate::ids::ListingId;
use crate::listing::Kind;
use crate::region::RegionCode;
use crate::{Fen, Lang};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub item: Item,
    /// For all of the party; none where nobody knows.
    pub cost: Option<Fen>,
    /// It may be more: the lowest price of several.
    pub from: bool,
    /// The traveller's own figure, not the catalogue's.
    pub said: bool,
    /// The price is a sample's, and as fictional.
    pub sample: bool,
    /// Of what it is paid at, where that is in the catalogue.
    pub place: Option<ListingId>,
    pub kind: Option<Kind>,
    pub region: Option<RegionCode>,
    pub vouchers: Option<bool>,
    pub date: NaiveDate,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Item {
    Visit(VisitId),
    /// The night after this day.
    Night(usize),
    /// All the ways of the trip.
    Travel,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Budget {
    pub lines: Vec<Line>,
    /// The sum of what is known.
    pub known: Fen,
    /// Lines nobody knows the cost of.
    pub unknown: usize,
    /// The sum is not the whole: something is unknown, or a lowest price.
    pub at_least: bool,
}

/// Every visit, every night between two days, and the ways. Meals are left to the traveller.
pub fn budget(trip: &Trip, facts: &Facts) -> Budget {
    let people = trip.party.people();
    let mut lines = Vec::new();
    for (index, day) in trip.days.iter().enumerate() {
        let date = trip.date(index);
        for visit in &day.visits {
            let said = visit.cost.map(|cost| cost.total(people));
            lines.push(line(Item::Visit(visit.id), said, Per::Person, &trip.party, visit.at.facts(facts), date));
        }
        let bed = end_of(trip, index).and_then(|place| place.facts(facts)).filter(|place| place.kind == Kind::Stay);
        let night_follows = index + 1 < trip.days.len();
        if night_follows || day.night_cost.is_some() {
            let said = day.night_cost.map(|cost| cost.total(people));
            lines.push(line(Item::Night(index), said, Per::RoomNight, &trip.party, bed, date));
        }
    }
    lines.push(line(Item::Travel, trip.travel_cost, Per::Person, &trip.party, None, trip.starts));
    let known = lines.iter().filter_map(|line| line.cost).fold(Fen(0), |sum, cost| Fen(sum.0.saturating_add(cost.0)));
    let unknown = lines.iter().filter(|line| line.cost.is_none()).count();
    let at_least = unknown > 0 || lines.iter().any(|line| line.from);
    Budget { lines, known, unknown, at_least }
}

impl Budget {
    /// `¥384`, `至少¥384`; where nothing is known at all, that it is not.
    pub fn say(&self, lang: Lang) -> String {
        let known = self.known;
        match (self.at_least, self.unknown == self.lines.len()) {
            (_, true) => lang.pick("费用未知", "cost not known").to_owned(),
            (true, _) => lang.pick(format!("至少{known}"), format!("at least {known}")),
            (false, _) => known.to_string(),
        }
    }
}

fn line(item: Item, said: Option<Fen>, per: Per, party: &Party, place: Option<&PlaceFacts>, date: NaiveDate) -> Line {
    let catalogue = place.and_then(|place| place.cost_for(party, per));
    let from = said.is_none() && catalogue.is_some() && place.and_then(|place| place.price).is_some_and(|price| price.from);
    Line {
        item,
        cost: said.or(catalogue),
        from,
        said: said.is_some(),
        sample: said.is_none() && catalogue.is_some() && place.is_some_and(|place| place.sample),
        place: place.map(|place| place.id.clone()),
        kind: place.map(|place| place.kind),
        region: place.and_then(|place| place.region.clone()),
        vouchers: place.and_then(|place| place.vouchers),
        date,
    }
}

/// Equal shares to the fen: the first few pay one fen more, and the sum is the whole. Empty where there is nobody.
pub fn split(total: Fen, people: u32) -> Vec<Fen> {
    if people == 0 {
        return Vec::new();
    }
    let count = i64::from(people);
    let (each, rest) = (total.0.div_euclid(count), total.0.rem_euclid(count));
    (0..count).map(|person| Fen(each + i64::from(person < rest))).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::plan::{Cost, Party};
    use super::super::world;
    use super::*;

    #[test]
    fn what_nobody_knows_makes_the_sum_a_lower_bound() {
        let facts = world::facts();
        let mut trip = world::trip(&[&["pl-1", "ex-1"], &["pl-2"]]);
        trip.days[0].end = Some(world::at("st-1"));
        let sum = budget(&trip, &facts);
        // Two at the workshop for ¥88 and ¥20 of materials each, one room from ¥168.
        assert_eq!(sum.known, Fen(2 * 10_800 + 16_800));
        assert!(sum.at_least);
        assert_eq!(sum.unknown, 3, "two places and the ways");
        assert_eq!((sum.say(Lang::Zh), sum.say(Lang::En)), ("至少¥384".to_owned(), "at least ¥384".to_owned()));
        trip.travel_cost = Some(Fen(30_000));
        trip.days[0].visits[0].cost = Some(Cost::Person(Fen(5_000)));
        trip.days[1].visits[0].cost = Some(Cost::Free);
        trip.days[0].night_cost = Some(Cost::All(Fen(20_000)));
        let sum = budget(&trip, &facts);
        assert_eq!((sum.known, sum.unknown, sum.at_least), (Fen(30_000 + 10_000 + 21_600 + 20_000), 0, false));
        trip.party = Party { adults: 5, ..world::two_adults() };
        assert_eq!(budget(&trip, &facts).known, Fen(30_000 + 25_000 + 54_000 + 20_000));
    }

    #[test]
    fn five_share_a_sum_to_the_fen() {
        assert_eq!(split(Fen(1_003), 5), [Fen(201), Fen(201), Fen(201), Fen(200), Fen(200)]);
        assert_eq!(split(Fen(1), 0), []);
    }

    proptest! {
        #[test]
        fn no_fen_is_lost(total in 0i64..1_000_000_000, people in 1u32..500) {
            let shares = split(Fen(total), people);
            prop_assert_eq!(shares.len(), people as usize);
            prop_assert_eq!(shares.iter().map(|share| share.0).sum::<i64>(), total);
            let spread = shares.iter().max().unwrap().0 - shares.iter().min().unwrap().0;
            prop_assert!(spread <= 1);
        }

        #[test]
        fn the_sum_is_the_sum_of_its_lines(trip in world::any_trip()) {
            let sum = budget(&trip, &world::facts());
            let known: i64 = sum.lines.iter().filter_map(|line| line.cost).map(|cost| cost.0).sum();
            prop_assert_eq!(sum.known, Fen(known));
            let last = trip.days.len() - 1;
            let nights = trip.days.iter().enumerate().filter(|(day, it)| *day < last || it.night_cost.is_some()).count();
            prop_assert_eq!(sum.lines.len(), trip.visits().count() + nights + 1);
        }
    }
}
