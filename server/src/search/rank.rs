//! What counts beside the words: how a listing that matches stands to another that matches as well. Every factor is small; a
//! better match of the words always wins.

use std::sync::Arc;

use chrono::NaiveDate;
use domain::search::weights::{BEST_QUALITY, IN_SEASON, KIND_PRIORS, OVER, SAMPLE, grade_prior};
pub use domain::search::weights::{leveled, spread};
use domain::time::Months;

use super::row::{Rank, Row, day_number};
use super::schema::{EXACT_TITLE, TITLE_START};

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
        let grades = std::iter::once(1.0).chain(grades.iter().map(|grade| grade_prior(grade))).collect();
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_explained_is_what_is_counted() {
        let factors = Factors { kind: 1.1, grade: 1.24, quality: 1.04, season: 1.0, sample: 1.0, over: 1.0 };
        let explain = Explain::new(12.0 * factors.product() * 1.05, factors, 1.05);
        assert!((explain.text - 12.0).abs() < 1e-3 && explain.tier == Tier::Words);
        assert_eq!(Tier::of(10_003.0).code(), "whole_title");
    }
}
