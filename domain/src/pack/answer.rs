//! A search as a person asks it: understood, run, and where nothing fits all of it, put right or relaxed a step. Every step leaves
//! a note.

use chrono::NaiveDate;

use super::correct::proposals;
use super::filter::{admits, distance_km, nearness};
use super::mark::Marking;
use super::plan::Planner;
use super::pocket::Pocket;
use super::scores::Scores;
use crate::listing::{Kind, Listing};
use crate::search::correct::{self, Unit};
use crate::search::notes::{Note, Step};
use crate::search::terms::Typed;
use crate::search::understand::{self, Chip, Understood};
use crate::search::weights::{leveled, spread};
use crate::search::{Query, Sort};

/// How many of each kind stand in a group.
const IN_GROUP: usize = 4;
/// So many of the first hits are looked at, so that they are not all alike.
const SPREAD: usize = 50;

pub struct Answer<'a> {
    /// Exact.
    pub total: usize,
    /// Of the page that was asked for.
    pub hits: Vec<Hit<'a>>,
    /// The best of each kind with its exact count, the kind with the best answer first; only on the first page of all kinds.
    pub groups: Vec<(Kind, usize, Vec<Hit<'a>>)>,
    /// The conditions that were understood from the text and are in force.
    pub chips: Vec<Chip>,
    pub notes: Vec<Note>,
    /// Parameters that no pack knows enough for: they were not applied.
    pub not_applied: Vec<&'static str>,
    /// What is to be marked in the texts of the hits.
    pub marking: Marking,
}

#[derive(Debug, Clone, Copy)]
pub struct Hit<'a> {
    pub listing: &'a Listing,
    pub score: f32,
    /// From `near`, where the query has it.
    pub distance_km: Option<f64>,
}

/// Something to be run: what is asked for, in the parts that may change.
#[derive(Clone)]
struct Asked {
    query: Query,
    kept: Vec<String>,
    chips: Vec<Chip>,
    notes: Vec<Note>,
}

impl<'a> Pocket<'a> {
    /// Never an error for what was typed: the answer says what it was taken for.
    pub fn answer(&'a self, query: &Query, today: NaiveDate) -> Answer<'a> {
        let mut query = query.clone();
        let mut not_applied = Vec::new();
        if let Some(corridor) = &mut query.corridor {
            match self.line(&corridor.route) {
                Some(line) => corridor.line = line,
                None => {
                    query.corridor = None;
                    not_applied.push("corridor");
                }
            }
        }
        let folded = self.fold(&query.text);
        let understood = if query.exact || query.text.is_empty() {
            Understood { rest: query.text.clone(), ..Understood::default() }
        } else {
            let understood = understand::understand(&folded, &query.literal, self);
            // the words as they were typed where nothing was understood
            let as_typed = understood.chips.is_empty() && understood.rest == folded;
            if as_typed { Understood { rest: query.text.clone(), ..understood } } else { understood }
        };
        let asked = Asked {
            query: understand::apply(&query, &understood),
            chips: understood.chips.iter().filter(|chip| understand::is_in_force(&query, chip)).cloned().collect(),
            kept: understood.kept,
            notes: Vec::new(),
        };
        let mut found = self.run(&asked, today);
        let mut meant = asked.clone();
        if found.is_empty() && !query.exact && !query.text.trim().is_empty() {
            let ladder = Ladder { pocket: self, plain: &query, today };
            if let Some((better, asked)) = ladder.find(&asked) {
                (found, meant) = (better, asked);
            }
        }
        self.laid_out(found, meant, not_applied)
    }

    /// All hits in their order.
    fn run(&'a self, asked: &Asked, today: NaiveDate) -> Vec<Hit<'a>> {
        let query = &asked.query;
        let typed = self.typed(&query.text);
        let scores = Planner { pocket: self, kept: &asked.kept }.plan(&typed);
        let region_alone = self.names_a_region(&typed.compact);
        let scored = query.sort == Sort::Relevance && !(typed.blank && asked.kept.is_empty());
        let shown = self.shown(&scores, &typed).filter(|(entry, _)| admits(query, entry));
        let mut hits: Vec<Hit> = shown
            .map(|(entry, score)| {
                let score = if scored { leveled(score, region_alone) } else { 1.0 };
                Hit {
                    listing: entry.listing,
                    score: score * entry.prior(today) * nearness(query, entry.listing),
                    distance_km: distance_km(query, entry.listing),
                }
            })
            .collect();
        let price = |hit: &Hit| hit.listing.search_facts().price.map_or(i64::MAX, |price| price.0);
        match query.sort {
            Sort::Relevance => hits.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.listing.id.cmp(&b.listing.id))),
            Sort::Distance => {
                let km = |hit: &Hit| hit.distance_km.unwrap_or(f64::MAX);
                hits.sort_by(|a, b| km(a).total_cmp(&km(b)).then_with(|| a.listing.id.cmp(&b.listing.id)));
            }
            Sort::Price => hits.sort_by_key(|hit| (price(hit), hit.listing.id.clone())),
            Sort::Newest => hits.sort_by_key(|hit| (std::cmp::Reverse(hit.listing.updated_at), hit.listing.id.clone())),
        }
        if query.sort == Sort::Relevance {
            let first = hits.len().min(SPREAD);
            spread(&mut hits[..first], |hit| hit.score, |hit| (hit.listing.kind(), hit.listing.all_regions()));
        }
        hits
    }

    /// What is found and not hidden; what is hidden is found by its whole name.
    fn shown<'s>(&'s self, scores: &'s Scores, typed: &'s Typed) -> impl Iterator<Item = (&'s super::pocket::Entry<'a>, f32)> {
        let is_called = |entry: &super::pocket::Entry| entry.titles.iter().any(|title| title.is(&typed.compact));
        let found = self.entries.iter().zip(scores.0.iter().copied()).filter(|(_, score)| *score > 0.0);
        found.filter(move |(entry, _)| !self.is_hidden(entry) || is_called(entry))
    }

    /// Whether anything at all matches these words.
    fn finds(&self, text: &str) -> bool {
        let typed = self.typed(text);
        let scores = Planner { pocket: self, kept: &[] }.plan(&typed);
        self.shown(&scores, &typed).next().is_some()
    }

    fn laid_out(&'a self, found: Vec<Hit<'a>>, asked: Asked, not_applied: Vec<&'static str>) -> Answer<'a> {
        let query = &asked.query;
        let mut groups: Vec<(Kind, usize, Vec<Hit>)> = Vec::new();
        // whoever asks for an order wants one list in that order
        if query.kinds.is_empty() && query.page == 1 && query.sort == Sort::Relevance {
            for kind in Kind::ALL.iter().copied() {
                let mut of_kind = found.iter().filter(|hit| hit.listing.kind() == kind).copied().peekable();
                if of_kind.peek().is_some() {
                    let mut all: Vec<Hit> = of_kind.collect();
                    let total = all.len();
                    all.truncate(IN_GROUP);
                    groups.push((kind, total, all));
                }
            }
            if !query.text.is_empty() {
                let fictional = |hits: &[Hit]| hits.iter().all(|hit| hit.listing.sample);
                let best = |hits: &[Hit]| hits.iter().map(|hit| hit.score).fold(f32::MIN, f32::max);
                groups.sort_by(|(.., a), (.., b)| fictional(a).cmp(&fictional(b)).then(best(b).total_cmp(&best(a))));
            }
        }
        let skipped = (query.per_page as usize).saturating_mul((query.page as usize).saturating_sub(1));
        let marking = Marking::of(self, &query.text, &asked.kept);
        let hits = found.iter().copied().skip(skipped).take(query.per_page as usize).collect();
        Answer { total: found.len(), hits, groups, chips: asked.chips, notes: asked.notes, not_applied, marking }
    }
}

struct Ladder<'a, 'q> {
    pocket: &'a Pocket<'a>,
    /// As it was asked, before anything was understood.
    plain: &'q Query,
    today: NaiveDate,
}

type Found<'a> = Option<(Vec<Hit<'a>>, Asked)>;

impl<'a> Ladder<'a, '_> {
    fn some(&self, asked: Asked) -> Found<'a> {
        let hits = self.pocket.run(&asked, self.today);
        (!hits.is_empty()).then_some((hits, asked))
    }

    fn find(&self, asked: &Asked) -> Found<'a> {
        // the same words without any condition that we only believe to have understood
        if !asked.chips.is_empty() && self.pocket.finds(&self.plain.text) {
            let literal = Asked { query: self.plain.clone(), kept: Vec::new(), chips: Vec::new(), notes: Vec::new() };
            return self.with_fewer_conditions(asked).or_else(|| self.some(literal));
        }
        let mut asked = asked.clone();
        if !asked.query.text.is_empty() && !self.pocket.finds(&asked.query.text) {
            let Some((text, notes)) = self.corrected(&asked.query.text) else {
                return self.without_a_word(&asked).or_else(|| self.without_words(&asked));
            };
            asked.query.text = text;
            asked.notes = notes;
            if let Some(found) = self.some(asked.clone()) {
                return Some(found);
            }
        }
        self.with_fewer_conditions(&asked).or_else(|| self.without_a_word(&asked))
    }

    fn corrected(&self, text: &str) -> Option<(String, Vec<Note>)> {
        let typed = self.pocket.typed(text);
        if let Some(unit) = correct::joined(&typed) {
            let found = proposals(&unit, self.pocket).into_iter().find(|proposal| self.pocket.finds(&proposal.to));
            if let Some(proposal) = found {
                return Some((proposal.to.clone(), vec![proposal.note(text.trim())]));
            }
        }
        let units = correct::units(&typed);
        // the word that matches nothing by itself is the one that is wrong; if each matches, any may be
        let mut wrong: Vec<&Unit> = units.iter().filter(|unit| !self.pocket.finds(&unit.text)).collect();
        if wrong.is_empty() {
            wrong = units.iter().collect();
        }
        for unit in wrong {
            for proposal in proposals(unit, self.pocket) {
                let text = typed.said(|i| unit.terms.contains(&i).then(|| proposal.to.clone()));
                if self.pocket.finds(&text) {
                    return Some((text, vec![proposal.note(&unit.text)]));
                }
            }
        }
        None
    }

    /// One condition less, the softest first.
    fn with_fewer_conditions(&self, asked: &Asked) -> Found<'a> {
        understand::by_softness(&asked.chips).into_iter().find_map(|dropped| {
            let chips: Vec<Chip> = asked.chips.iter().filter(|chip| *chip != dropped).cloned().collect();
            let understood = Understood { chips: chips.clone(), rest: asked.query.text.clone(), kept: Vec::new() };
            let mut notes = asked.notes.clone();
            notes.push(Note::Relaxed(Step::WithoutChip(dropped.label.clone())));
            self.some(Asked { query: understand::apply(self.plain, &understood), kept: asked.kept.clone(), chips, notes })
        })
    }

    /// One word less, if at least half of them are left.
    fn without_a_word(&self, asked: &Asked) -> Found<'a> {
        let typed = self.pocket.typed(&asked.query.text);
        let units = correct::units(&typed);
        if units.len() < 2 {
            return None;
        }
        units.iter().rev().find_map(|unit| {
            let text = typed.said(|i| unit.terms.contains(&i).then(String::new));
            let mut fewer = Asked { query: Query { text, ..asked.query.clone() }, ..asked.clone() };
            fewer.notes.push(Note::Relaxed(Step::WithoutWord(unit.text.clone())));
            self.some(fewer)
        })
    }

    /// The conditions alone, where nothing has the words.
    fn without_words(&self, asked: &Asked) -> Found<'a> {
        if asked.chips.is_empty() {
            return None;
        }
        let mut conditions = Asked { query: Query { text: String::new(), ..asked.query.clone() }, ..asked.clone() };
        conditions.notes.push(Note::Relaxed(Step::WithoutWord(asked.query.text.clone())));
        self.some(conditions)
    }
}
