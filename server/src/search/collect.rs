//! One pass over the listings that match the words: filters, counts, total and the best hits.

use std::sync::Arc;

use domain::listing::Kind;
use domain::search::Sort;
use tantivy::DocId;

use super::Fault;
use super::clauses::Clause;
use super::docs::Docs;
use super::evaluate::Evaluation;
use super::facets::Counts;
use super::filter::Filter;
use super::rank::{Priors, leveled};
use super::row::Segment;
use super::snapshot::Snapshot;
use super::top::{Candidate, Top, ascending};

/// What is wanted of one pass.
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

/// What one pass found.
pub struct Found {
    pub total: u64,
    pub top: Top,
    /// By kind: how many, and the best.
    pub kinds: Vec<(u64, Top)>,
    pub counts: Option<Counts>,
}

/// `scored`: there are words, and order is by how well they match.
pub fn collect(snapshot: &Snapshot, plan: &Clause, aim: Aim, scored: bool) -> Result<Found, Fault> {
    let found = Found {
        total: 0,
        top: Top::new(aim.wanted),
        kinds: Kind::ALL.iter().map(|_| (0, Top::new(aim.per_kind))).collect(),
        counts: aim.grades.map(Counts::new),
    };
    // then only the best are looked at, and of the others nothing but the score
    let plain = aim.filter.is_none() && aim.grades.is_none() && aim.sort == Sort::Relevance && aim.per_kind == 0;
    let mut catch = Catch { aim, scored, found };
    let evaluation = Evaluation::new(snapshot, plan, scored)?;
    let mut table = snapshot.tables.take();
    for (ordinal, (segment, reader)) in snapshot.segments.iter().zip(snapshot.searcher.segment_readers()).enumerate() {
        let alive = reader.alive_bitset();
        let factors = segment.factors(&catch.aim.priors);
        let mut add = |doc: DocId, score: f32| {
            if alive.is_none_or(|alive| alive.is_alive(doc)) {
                let score = catch.matched(score) * factors[doc as usize];
                if plain {
                    catch.add_plain(ordinal as u32, segment, doc, score);
                } else {
                    catch.add(ordinal as u32, segment, doc, score);
                }
            }
        };
        if *plan == Clause::Everything {
            (0..reader.max_doc()).for_each(|doc| add(doc, 1.0));
        } else {
            let Docs { docs, scores } = evaluation.segment(ordinal, &mut table)?;
            docs.into_iter().zip(scores).for_each(|(doc, score)| add(doc, score));
        }
    }
    snapshot.tables.give_back(table);
    Ok(catch.found)
}

struct Catch {
    aim: Aim,
    scored: bool,
    found: Found,
}

impl Catch {
    fn matched(&self, score: f32) -> f32 {
        if self.scored { leveled(score, self.aim.names_a_region) } else { 1.0 }
    }

    fn add_plain(&mut self, ordinal: u32, segment: &Segment, doc: DocId, score: f32) {
        self.found.total += 1;
        let key = ascending(f64::from(score));
        if self.found.top.may_take(key) {
            self.found.top.push(Candidate { key, id: segment.ranks[doc as usize].id, segment: ordinal, doc, score });
        }
    }

    /// `score` without what being near counts for.
    fn add(&mut self, ordinal: u32, segment: &Segment, doc: DocId, score: f32) {
        let row = &segment.rows[doc as usize];
        let rank = &segment.ranks[doc as usize];
        if !self.aim.filter.admits(row, rank) {
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
        let score = score * self.aim.filter.nearness(row);
        let key = match self.aim.sort {
            Sort::Relevance => ascending(f64::from(score)),
            Sort::Distance => ascending(-self.aim.filter.distance_km(row).unwrap_or(f64::MAX)),
            // cheapest first, and what has no price last
            Sort::Price => !((row.price as u64) ^ (1 << 63)),
            Sort::Newest => (rank.updated as u64) ^ (1 << 63),
        };
        let candidate = Candidate { key, id: rank.id, segment: ordinal, doc, score };
        self.found.top.push(candidate);
        if let Some((count, top)) = usize::from(row.kind).checked_sub(1).and_then(|kind| self.found.kinds.get_mut(kind)) {
            *count += 1;
            top.push(candidate);
        }
    }
}
