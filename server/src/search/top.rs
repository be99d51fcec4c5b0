//! The best so many of very many, without sorting them all.

use std::cmp::{Ordering, Reverse};

use tantivy::DocId;

/// One candidate. A greater key is better; of equal keys the smaller id stands first.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Candidate {
    pub key: u64,
    pub id: (u64, u64),
    pub segment: u32,
    pub doc: DocId,
    pub score: f32,
}

impl Candidate {
    /// Best first.
    fn order(&self, other: &Self) -> Ordering {
        let place = |c: &Self| (Reverse(c.key), c.id, c.segment, c.doc);
        place(self).cmp(&place(other))
    }
}

/// Keeps at most twice as many candidates as wanted, and cuts back to the best when full.
#[derive(Debug, Clone)]
pub struct Top {
    wanted: usize,
    kept: Vec<Candidate>,
    /// Keys below this cannot come in any more.
    threshold: u64,
}

impl Top {
    pub fn new(wanted: usize) -> Self {
        Self { wanted, kept: Vec::new(), threshold: 0 }
    }

    pub fn may_take(&self, key: u64) -> bool {
        self.wanted > 0 && key >= self.threshold
    }

    pub fn push(&mut self, candidate: Candidate) {
        if !self.may_take(candidate.key) {
            return;
        }
        self.kept.push(candidate);
        if self.kept.len() >= self.wanted.saturating_mul(2).max(16) {
            self.cut();
        }
    }

    fn cut(&mut self) {
        if self.kept.len() > self.wanted {
            self.kept.select_nth_unstable_by(self.wanted - 1, Candidate::order);
            self.kept.truncate(self.wanted);
            self.threshold = self.kept[self.wanted - 1].key;
        }
    }

    /// Best first.
    pub fn into_sorted(mut self) -> Vec<Candidate> {
        if self.wanted == 0 {
            return Vec::new();
        }
        self.cut();
        self.kept.sort_unstable_by(Candidate::order);
        self.kept
    }
}

/// A number as bits that compare as it does.
pub fn ascending(number: f64) -> u64 {
    let bits = number.to_bits();
    if bits >> 63 == 0 { bits | 1 << 63 } else { !bits }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_best_are_the_first_of_all(keys in proptest::collection::vec(0u64..50, 0..200), wanted in 0usize..60) {
            let all: Vec<Candidate> = keys
                .iter()
                .enumerate()
                .map(|(i, key)| Candidate { key: *key, id: ((i as u64 * 7919) % 211, 0), segment: 0, doc: i as u32, score: 0.0 })
                .collect();
            let mut top = Top::new(wanted);
            all.iter().for_each(|candidate| top.push(*candidate));
            let mut sorted = all;
            sorted.sort_by(Candidate::order);
            sorted.truncate(wanted);
            prop_assert_eq!(top.into_sorted(), sorted);
        }

        #[test]
        fn numbers_keep_their_order(a in any::<f64>().prop_filter("a number", |n| !n.is_nan()), b in -1e9f64..1e9) {
            prop_assert_eq!(ascending(a).cmp(&ascending(b)), a.total_cmp(&b));
        }
    }
}
