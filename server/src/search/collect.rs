//! One pass over the listings that match the words: filters, counts, total and the best hits.

use std::sync::Arc;

use domain::listing::Kind;
use domain::search::Sort;
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::index::SegmentReader;
use tantivy::{DocId, Score};

use super::facets::Counts;
use super::filter::Filter;
use super::rank::{Priors, leveled};
use super::row::Segment;
use super::top::{Candidate, Top, ascending};

/// What a collector and its parts share.
#[derive(Clone)]
pub struct Aim {
    pub filter: Arc<Filter>,
    pub sort: Sort,
    /// Best hits wanted, counted from the first.
    pub wanted: usize,
    /// Best hits wanted of each kind.
    pub per_kind: usize,
    /// Numbers of grades, where facets are wanted.
    pub grades: Option<usize>,
    pub priors: Arc<Priors>,
    /// All that was typed is the name of a region.
    pub names_a_region: bool,
}

pub struct Catch {
    aim: Aim,
    segments: Arc<[Arc<Segment>]>,
    scored: bool,
}

/// What one pass found.
pub struct Found {
    pub total: u64,
    pub top: Top,
    /// By kind: how many, and the best.
    pub kinds: Vec<(u64, Top)>,
    pub counts: Option<Counts>,
}

impl Catch {
    /// `scored`: there are words, and order is by how well they match.
    pub fn new(aim: Aim, segments: Arc<[Arc<Segment>]>, scored: bool) -> Self {
        Self { aim, segments, scored }
    }

    fn nothing(&self) -> Found {
        Found {
            total: 0,
            top: Top::new(self.aim.wanted),
            kinds: Kind::ALL.iter().map(|_| (0, Top::new(self.aim.per_kind))).collect(),
            counts: self.aim.grades.map(Counts::new),
        }
    }
}

impl Collector for Catch {
    type Fruit = Found;
    type Child = SegmentCatch;

    fn for_segment(&self, ordinal: u32, _: &SegmentReader) -> tantivy::Result<SegmentCatch> {
        let segment = Arc::clone(&self.segments[ordinal as usize]);
        Ok(SegmentCatch { aim: self.aim.clone(), segment, ordinal, scored: self.scored, found: self.nothing() })
    }

    fn requires_scoring(&self) -> bool {
        self.scored
    }

    fn merge_fruits(&self, fruits: Vec<Found>) -> tantivy::Result<Found> {
        let mut fruits = fruits.into_iter();
        let Some(mut all) = fruits.next() else { return Ok(self.nothing()) };
        for fruit in fruits {
            all.total += fruit.total;
            all.top.merge(fruit.top);
            for ((count, top), (more, others)) in all.kinds.iter_mut().zip(fruit.kinds) {
                *count += more;
                top.merge(others);
            }
            if let (Some(counts), Some(more)) = (&mut all.counts, &fruit.counts) {
                counts.merge(more);
            }
        }
        Ok(all)
    }
}

pub struct SegmentCatch {
    aim: Aim,
    segment: Arc<Segment>,
    ordinal: u32,
    scored: bool,
    found: Found,
}

impl SegmentCollector for SegmentCatch {
    type Fruit = Found;

    fn collect(&mut self, doc: DocId, score: Score) {
        let row = &self.segment.rows[doc as usize];
        if !self.aim.filter.admits(row, &self.segment.ranks[doc as usize]) {
            return;
        }
        let missed = self.aim.filter.missed(row);
        if let Some(counts) = &mut self.found.counts {
            counts.add(row, missed);
        }
        if missed != 0 {
            return;
        }
        self.found.total += 1;
        let rank = &self.segment.ranks[doc as usize];
        let matched = if self.scored { leveled(score, self.aim.names_a_region) } else { 1.0 };
        let score = matched * self.aim.priors.factors(row, rank).product() * self.aim.filter.nearness(row);
        let key = match self.aim.sort {
            Sort::Relevance => ascending(f64::from(score)),
            Sort::Distance => ascending(-self.aim.filter.distance_km(row).unwrap_or(f64::MAX)),
            // cheapest first, and what has no price last
            Sort::Price => !((row.price as u64) ^ (1 << 63)),
            Sort::Newest => (rank.updated as u64) ^ (1 << 63),
        };
        let candidate = Candidate { key, id: rank.id, segment: self.ordinal, doc, score };
        self.found.top.push(candidate);
        if let Some((count, top)) = usize::from(row.kind).checked_sub(1).and_then(|kind| self.found.kinds.get_mut(kind)) {
            *count += 1;
            top.push(candidate);
        }
    }

    fn harvest(self) -> Found {
        self.found
    }
}
