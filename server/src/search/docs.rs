//! Listings of one segment with what they are worth, in the order of their numbers, and how such lists are joined.

use domain::search::weights::TIE_BREAKER;
use tantivy::DocId;

/// Lists that hold fewer than one in so many listings are joined by sorting, others in a table of all listings.
const SPARSE: usize = 64;

/// `docs` ascend; each has its score at the same place.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Docs {
    pub docs: Vec<DocId>,
    pub scores: Vec<f32>,
}

impl Docs {
    pub fn with_capacity(most: usize) -> Self {
        Self { docs: Vec::with_capacity(most), scores: Vec::with_capacity(most) }
    }

    pub fn push(&mut self, doc: DocId, score: f32) {
        self.docs.push(doc);
        self.scores.push(score);
    }

    pub fn is_empty(&self) -> bool {
        self.docs.is_empty()
    }

    /// Keeps what is in the other list too, worth both together.
    pub fn keep_common(&mut self, other: &Docs) {
        let (mut kept, mut at) = (0, 0);
        for i in 0..self.docs.len() {
            at += other.docs[at..].iter().take_while(|doc| **doc < self.docs[i]).count();
            if other.docs.get(at) == Some(&self.docs[i]) {
                self.docs[kept] = self.docs[i];
                self.scores[kept] = self.scores[i] + other.scores[at];
                kept += 1;
            }
        }
        self.docs.truncate(kept);
        self.scores.truncate(kept);
    }

    /// What is in the other list too is worth both together.
    pub fn add_where_common(&mut self, other: &Docs) {
        let mut at = 0;
        for (doc, score) in self.docs.iter().zip(&mut self.scores) {
            at += other.docs[at..].iter().take_while(|other| *other < doc).count();
            if other.docs.get(at) == Some(doc) {
                *score += other.scores[at];
            }
        }
    }

    pub fn remove(&mut self, other: &Docs) {
        let (mut kept, mut at) = (0, 0);
        for i in 0..self.docs.len() {
            at += other.docs[at..].iter().take_while(|doc| **doc < self.docs[i]).count();
            if other.docs.get(at) != Some(&self.docs[i]) {
                (self.docs[kept], self.scores[kept]) = (self.docs[i], self.scores[i]);
                kept += 1;
            }
        }
        self.docs.truncate(kept);
        self.scores.truncate(kept);
    }
}

/// What a listing that is in several lists is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Join {
    /// The best of them, and a little of the others.
    Best,
    /// All of them together; what is in fewer lists than this is left out.
    Sum { needed: usize },
}

#[derive(Debug, Clone, Copy)]
struct Cell {
    best: f32,
    sum: f32,
    count: u32,
}

impl Cell {
    fn of(score: f32) -> Self {
        Self { best: score, sum: score, count: 1 }
    }

    fn add(&mut self, score: f32) {
        self.best = self.best.max(score);
        self.sum += score;
        self.count += 1;
    }

    fn worth(&self, join: Join) -> Option<f32> {
        match join {
            Join::Best => Some(self.best + (self.sum - self.best) * TIE_BREAKER),
            Join::Sum { needed } => (self.count as usize >= needed).then_some(self.sum),
        }
    }
}

/// A table with a place for every listing of a segment. It is used again and again: what is in it is told by `seen` alone.
#[derive(Debug, Default)]
pub struct Table {
    cells: Vec<Cell>,
    /// A bit for each listing; all 0 between two joins.
    seen: Vec<u64>,
}

impl Table {
    /// `max_doc` is beyond every number in the lists.
    pub fn join(&mut self, mut lists: Vec<Docs>, join: Join, max_doc: DocId) -> Docs {
        lists.retain(|list| !list.is_empty());
        if lists.len() == 1 && matches!(join, Join::Best | Join::Sum { needed: 0 | 1 }) {
            return lists.remove(0);
        }
        let all: usize = lists.iter().map(|list| list.docs.len()).sum();
        if all < max_doc as usize / SPARSE { sorted(&lists, join, all) } else { self.tabled(&lists, join, max_doc, all) }
    }

    fn tabled(&mut self, lists: &[Docs], join: Join, max_doc: DocId, all: usize) -> Docs {
        let places = max_doc as usize;
        if self.cells.len() < places {
            self.cells.resize(places, Cell::of(0.0));
            self.seen.resize(places.div_ceil(64), 0);
        }
        for list in lists {
            for (doc, score) in list.docs.iter().zip(&list.scores) {
                let (word, bit) = (&mut self.seen[*doc as usize / 64], 1u64 << (doc % 64));
                let cell = &mut self.cells[*doc as usize];
                if *word & bit == 0 {
                    *word |= bit;
                    *cell = Cell::of(*score);
                } else {
                    cell.add(*score);
                }
            }
        }
        let mut joined = Docs::with_capacity(all.min(places));
        for (nth, word) in self.seen[..places.div_ceil(64)].iter_mut().enumerate() {
            let mut bits = std::mem::take(word);
            while bits != 0 {
                let doc = nth * 64 + bits.trailing_zeros() as usize;
                bits &= bits - 1;
                if let Some(score) = self.cells[doc].worth(join) {
                    joined.push(doc as DocId, score);
                }
            }
        }
        joined
    }
}

fn sorted(lists: &[Docs], join: Join, all: usize) -> Docs {
    let mut pairs: Vec<(DocId, f32)> = Vec::with_capacity(all);
    lists.iter().for_each(|list| pairs.extend(list.docs.iter().copied().zip(list.scores.iter().copied())));
    // stable: sums are made in the order of the lists, here as in the table
    pairs.sort_by_key(|(doc, _)| *doc);
    let mut joined = Docs::with_capacity(all);
    for same in pairs.chunk_by(|(a, _), (b, _)| a == b) {
        let mut cell = Cell::of(same[0].1);
        same[1..].iter().for_each(|(_, score)| cell.add(*score));
        if let Some(score) = cell.worth(join) {
            joined.push(same[0].0, score);
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    const MAX_DOC: DocId = 300;

    fn list() -> impl Strategy<Value = Docs> {
        proptest::collection::btree_map(0..MAX_DOC, 0.0f32..9.0, 0..60).prop_map(|map: BTreeMap<DocId, f32>| {
            let (docs, scores) = map.into_iter().unzip();
            Docs { docs, scores }
        })
    }

    fn lists() -> impl Strategy<Value = Vec<Docs>> {
        proptest::collection::vec(list(), 1..6)
    }

    proptest! {
        #[test]
        fn a_table_and_sorting_join_alike(lists in lists(), needed in 1usize..4) {
            let mut table = Table::default();
            let all = lists.iter().map(|list| list.docs.len()).sum();
            for join in [Join::Best, Join::Sum { needed }] {
                let tabled = table.tabled(&lists, join, MAX_DOC, all);
                prop_assert_eq!(&tabled, &sorted(&lists, join, all));
                prop_assert!(tabled.docs.is_sorted_by(|a, b| a < b));
                prop_assert!(table.seen.iter().all(|word| *word == 0), "the table is as it was");
            }
        }

        #[test]
        fn what_is_common_and_what_is_not_make_the_whole(a in list(), b in list()) {
            let (mut common, mut apart, mut more) = (a.clone(), a.clone(), a.clone());
            common.keep_common(&b);
            apart.remove(&b);
            more.add_where_common(&b);
            prop_assert_eq!(common.docs.len() + apart.docs.len(), a.docs.len());
            prop_assert!(common.docs.iter().all(|doc| b.docs.contains(doc)) && apart.docs.iter().all(|doc| !b.docs.contains(doc)));
            let mut again = Table::default().join(vec![common, apart], Join::Sum { needed: 1 }, MAX_DOC);
            prop_assert_eq!(&again, &more);
            again.keep_common(&Docs::default());
            prop_assert!(again.is_empty());
        }
    }
}
