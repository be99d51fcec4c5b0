//! Searches of the same words, counted.

use chrono::{Datelike, NaiveDate};

use super::{Asked, FEWEST_ASKERS, Outcome};

/// One row of a day: every addition commutes, so several servers add up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counted {
    pub none: i64,
    pub poor: i64,
    pub good: i64,
    pub corrected: i64,
    /// Of the latest search.
    pub hits: i64,
    /// A bit for everybody who asked.
    pub seen: u64,
}

impl Counted {
    /// One search by whoever has this number.
    pub fn one(asked: &Asked, asker: u64) -> Self {
        let is = |outcome| i64::from(asked.outcome == outcome);
        Self {
            none: is(Outcome::None),
            poor: is(Outcome::Poor),
            good: is(Outcome::Good),
            corrected: i64::from(asked.corrected),
            hits: i64::try_from(asked.hits).unwrap_or(i64::MAX),
            seen: 1 << (asker % 64),
        }
    }

    pub fn add(&mut self, later: Self) {
        self.none += later.none;
        self.poor += later.poor;
        self.good += later.good;
        self.corrected += later.corrected;
        self.hits = later.hits;
        self.seen |= later.seen;
    }
}

/// Days added up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    pub none: i64,
    pub poor: i64,
    pub good: i64,
    pub corrected: i64,
    pub hits: i64,
    /// At least so many askers, each day's counted anew: nobody can tell whether they are the same.
    pub askers: u32,
    /// At least so many on the busiest day; these are different ones.
    pub most_askers: u32,
}

impl Tally {
    pub fn add_day(&mut self, day: &Counted) {
        let askers = day.seen.count_ones();
        self.add(&Self {
            none: day.none,
            poor: day.poor,
            good: day.good,
            corrected: day.corrected,
            hits: day.hits,
            askers,
            most_askers: askers,
        });
    }

    pub fn add(&mut self, later: &Self) {
        self.none += later.none;
        self.poor += later.poor;
        self.good += later.good;
        self.corrected += later.corrected;
        self.hits = later.hits;
        self.askers += later.askers;
        self.most_askers = self.most_askers.max(later.most_askers);
    }

    pub fn asked(&self) -> i64 {
        self.none + self.poor + self.good
    }

    /// Enough have asked it for the words to be kept beyond the days, and shown to the bureau: five askers over the days, and
    /// not one person day after day.
    pub fn is_common(&self) -> bool {
        self.askers >= FEWEST_ASKERS && self.most_askers >= 2
    }

    /// Enough different ones have asked it on one day for the words to be shown to anybody.
    pub fn is_public(&self) -> bool {
        self.most_askers >= FEWEST_ASKERS
    }

    /// More often without a good answer than with one.
    pub fn is_a_gap(&self) -> bool {
        self.none + self.poor > self.good
    }
}

/// The first day of a day's month.
pub fn month_of(day: NaiveDate) -> NaiveDate {
    day.with_day(1).unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::Lang;

    fn asked(outcome: Outcome) -> Asked {
        Asked { text: "擂茶".into(), county: String::new(), lang: Lang::Zh, outcome, corrected: false, hits: 1 }
    }

    fn counted(askers: &[u64]) -> Counted {
        let mut all = Counted::default();
        askers.iter().for_each(|asker| all.add(Counted::one(&asked(Outcome::None), *asker)));
        all
    }

    #[test]
    fn one_who_asks_day_after_day_is_not_many() {
        let mut tally = Tally::default();
        for _ in 0..20 {
            tally.add_day(&counted(&[7, 7, 7]));
        }
        assert_eq!((tally.asked(), tally.askers, tally.most_askers), (60, 20, 1));
        assert!(!tally.is_common() && !tally.is_public());
        tally.add_day(&counted(&[1, 2]));
        assert!(tally.is_common() && !tally.is_public());
        tally.add_day(&counted(&[1, 2, 3, 4, 5]));
        assert!(tally.is_public());
    }

    proptest! {
        #[test]
        fn servers_add_up_in_any_order_and_never_count_too_many(askers in proptest::collection::vec(any::<u64>(), 0..40), cut in 0usize..40) {
            let cut = cut.min(askers.len());
            let (mut one, two) = (counted(&askers[..cut]), counted(&askers[cut..]));
            let mut other_way = two;
            other_way.add(one);
            one.add(two);
            prop_assert_eq!(Counted { hits: 0, ..one }, Counted { hits: 0, ..counted(&askers) });
            prop_assert_eq!(Counted { hits: 0, ..other_way }, Counted { hits: 0, ..one });
            let different: std::collections::HashSet<_> = askers.iter().collect();
            prop_assert!(one.seen.count_ones() as usize <= different.len());
        }
    }
}
