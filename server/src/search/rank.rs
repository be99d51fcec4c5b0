//! What counts beside the words: how a listing that matches stands to another that matches as well. Every factor is small; a
//! better match of the words always wins.

use std::sync::Arc;

use chrono::NaiveDate;
use domain::listing::Kind;
use domain::time::Months;

use super::row::{Rank, Row, day_number};
use super::schema::{EXACT_TITLE, TITLE_START};

/// Of listings that match the words equally well.
const KIND_PRIORS: [(Kind, f32); 7] = [
    (Kind::Place, 1.10),
    (Kind::Experience, 1.06),
    (Kind::Stay, 1.04),
    (Kind::Heritage, 1.03),
    (Kind::Route, 1.02),
    (Kind::Product, 1.01),
    (Kind::Offer, 0.96),
];
/// What the state has graded is what most people mean.
const GRADES: [(&str, f32); 4] = [("5A", 1.24), ("4A", 1.16), ("3A", 1.06), ("", 1.04)];
/// What is well founded and filled in stands before what is not.
const BEST_QUALITY: f32 = 0.04;
const IN_SEASON: f32 = 1.03;
/// What is made up stands behind what is real.
const SAMPLE: f32 = 0.85;
const OVER: f32 = 0.3;
/// Where a region's name alone is asked for, how often it is named says little.
const NAMED: f32 = 0.12;

#[derive(Debug, Clone)]
pub struct Priors {
    kinds: [f32; 8],
    /// By number of the grade; 0 is none.
    grades: Vec<f32>,
    this_month: Months,
    /// As in [`Rank::until`].
    today: i64,
}

/// What factors depend on beside the listing. Grades only become more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asof {
    today: i64,
    grades: usize,
}

/// What a listing's score is multiplied by, one reason each.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Factors {
    pub kind: f32,
    pub grade: f32,
    pub quality: f32,
    pub season: f32,
    pub sample: f32,
    pub over: f32,
}

impl Factors {
    pub fn product(self) -> f32 {
        self.kind * self.grade * self.quality * self.season * self.sample * self.over
    }
}

impl Priors {
    pub fn new(grades: &[String], today: NaiveDate) -> Arc<Self> {
        let mut kinds = [1.0; 8];
        for (kind, prior) in KIND_PRIORS {
            kinds[kind.index() + 1] = prior;
        }
        let prior = |grade: &String| GRADES.iter().find(|(start, _)| grade.starts_with(start)).map_or(1.0, |(_, prior)| *prior);
        let grades = std::iter::once(1.0).chain(grades.iter().map(prior)).collect();
        Arc::new(Self { kinds, grades, this_month: Months::of(today), today: day_number(today) })
    }

    pub fn asof(&self) -> Asof {
        Asof { today: self.today, grades: self.grades.len() }
    }

    pub fn factors(&self, row: &Row, rank: &Rank) -> Factors {
        let when = |is: bool, factor: f32| if is { factor } else { 1.0 };
        Factors {
            kind: self.kinds[usize::from(row.kind & 7)],
            grade: self.grades.get(usize::from(row.grade)).copied().unwrap_or(1.0),
            quality: 1.0 + BEST_QUALITY * f32::from(rank.quality) / 100.0,
            season: when(row.months & self.this_month.bits() != 0, IN_SEASON),
            sample: when(row.sample(), SAMPLE),
            over: when(rank.until < self.today, OVER),
        }
    }
}

/// How well the words match, leveled where they are only the name of a region.
pub fn leveled(score: f32, names_a_region: bool) -> f32 {
    // a title in whole or from its start stays far above
    if names_a_region && score < TITLE_START { 1.0 + NAMED * score.max(0.0).ln_1p() } else { score }
}

/// How much of a title was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tier {
    WholeTitle,
    TitleStart,
    Words,
}

impl Tier {
    /// Read off a score without its factors: each step is far from the next.
    pub fn of(score: f32) -> Self {
        if score >= EXACT_TITLE {
            Tier::WholeTitle
        } else if score >= TITLE_START {
            Tier::TitleStart
        } else {
            Tier::Words
        }
    }

    pub fn code(self) -> &'static str {
        match self {
            Tier::WholeTitle => "whole_title",
            Tier::TitleStart => "title_start",
            Tier::Words => "words",
        }
    }
}

/// Why a hit stands where it stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Explain {
    pub tier: Tier,
    /// How well the words match, the tier included.
    pub text: f32,
    pub factors: Factors,
    pub near: f32,
    pub score: f32,
}

impl Explain {
    pub fn new(score: f32, factors: Factors, near: f32) -> Self {
        let text = score / (factors.product() * near);
        Self { tier: Tier::of(text * 1.0001), text, factors, near, score }
    }
}

/// Places in which one county and kind may stand before others have their turn.
const IN_A_ROW: u32 = 3;
/// Each one beyond them is worth so much less.
const REPEATED: f32 = 0.93;

/// The order of the first hits again, so that they are not all of one kind in one county. `key` says what is alike. A whole title
/// keeps its place.
pub fn spread<T: Copy, K: PartialEq>(hits: &mut [T], score: impl Fn(&T) -> f32, key: impl Fn(&T) -> K) {
    let mut rest: Vec<(T, f32, K)> = hits.iter().map(|hit| (*hit, score(hit), key(hit))).collect();
    let mut placed: Vec<(K, u32)> = Vec::new();
    for place in hits.iter_mut() {
        let worth = |(_, score, key): &(T, f32, K)| {
            let before = placed.iter().find(|(known, _)| known == key).map_or(0, |(_, count)| *count);
            let beyond = before.saturating_sub(IN_A_ROW - 1);
            if *score >= TITLE_START / 4.0 { *score } else { score * REPEATED.powi(beyond as i32) }
        };
        let mut best = 0;
        for i in 1..rest.len() {
            if worth(&rest[i]) > worth(&rest[best]) {
                best = i;
            }
        }
        let (hit, _, key) = rest.remove(best);
        *place = hit;
        match placed.iter_mut().find(|(known, _)| *known == key) {
            Some((_, count)) => *count += 1,
            None => placed.push((key, 1)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_are_not_all_alike() {
        let mut hits = [(1, 'a'), (2, 'a'), (3, 'a'), (4, 'a'), (5, 'b'), (6, 'a')];
        spread(&mut hits, |(n, _)| 10.0 - 0.1 * *n as f32, |(_, key)| *key);
        assert_eq!(hits.map(|(n, _)| n), [1, 2, 3, 5, 4, 6]);
        let mut titles = [(1, 'a'), (2, 'a'), (3, 'a'), (4, 'a'), (5, 'b')];
        spread(&mut titles, |(n, _)| 10_000.0 - *n as f32, |(_, key)| *key);
        assert_eq!(titles.map(|(n, _)| n), [1, 2, 3, 4, 5], "whole titles keep their places");
    }

    #[test]
    fn what_is_explained_is_what_is_counted() {
        let factors = Factors { kind: 1.1, grade: 1.24, quality: 1.04, season: 1.0, sample: 1.0, over: 1.0 };
        let explain = Explain::new(12.0 * factors.product() * 1.05, factors, 1.05);
        assert!((explain.text - 12.0).abs() < 1e-3 && explain.tier == Tier::Words);
        assert_eq!(Tier::of(10_003.0).code(), "whole_title");
    }
}
