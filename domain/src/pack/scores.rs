//! What every listing of the packs is worth for a part of a search: 0 where it is not found.

use crate::search::weights::TIE_BREAKER;

#[derive(Debug, Clone, PartialEq)]
pub struct Scores(pub Vec<f32>);

impl Scores {
    pub fn none(count: usize) -> Self {
        Self(vec![0.0; count])
    }

    pub fn all(count: usize) -> Self {
        Self(vec![1.0; count])
    }

    pub fn times(mut self, factor: f32) -> Self {
        self.0.iter_mut().for_each(|score| *score *= factor);
        self
    }

    /// What counts beside what is found anyway.
    pub fn plus(mut self, more: &Scores) -> Self {
        self.0.iter_mut().zip(&more.0).filter(|(score, _)| **score > 0.0).for_each(|(score, more)| *score += more);
        self
    }

    pub fn without(mut self, out: &Scores) -> Self {
        self.0.iter_mut().zip(&out.0).filter(|(_, out)| **out > 0.0).for_each(|(score, _)| *score = 0.0);
        self
    }

    /// The best of several places, the others counting a little.
    pub fn best(count: usize, places: impl IntoIterator<Item = Scores>) -> Self {
        let (mut best, mut sum) = (vec![0.0f32; count], vec![0.0f32; count]);
        for place in places {
            for (at, score) in place.0.into_iter().enumerate() {
                best[at] = best[at].max(score);
                sum[at] += score;
            }
        }
        Self(best.into_iter().zip(sum).map(|(best, sum)| best + (sum - best) * TIE_BREAKER).collect())
    }

    /// So many of them at least; what they are worth is added up.
    pub fn at_least(count: usize, needed: usize, all: &[Scores]) -> Self {
        let of = |at: usize| {
            let found = all.iter().filter(|scores| scores.0[at] > 0.0).count();
            if found >= needed { all.iter().map(|scores| scores.0[at]).sum() } else { 0.0 }
        };
        Self((0..count).map(of).collect())
    }

    /// All of one or two, most of more: who types much may have one word too many.
    pub fn most(count: usize, all: &[Scores]) -> Self {
        Self::at_least(count, (all.len() * 3).div_ceil(4), all)
    }
}
