//! The bureau's decisions, as the engine keeps to them.
//!
//! What a decision adds or takes away is part of the plan, so the one pass that finds also counts it: totals and facets agree
//! with the hits by construction. Which decisions hold is read off the words alone, since a filter that changed them would make
//! the count beside it wrong; only the place of what is found anyway may depend on a filter.

use chrono::NaiveDate;
use domain::curation::{Entry, Rule};
use domain::search::{Query, Sort};
use domain::{CurationId, ListingId, Text};

use super::Fault;
use super::clauses::{All, Clause, all, best, flat, token};
use super::collect::{Aim, collect};
use super::fold::fold;
use super::schema::Fields;
use super::snapshot::Snapshot;
use super::synonyms::Synonyms;
use super::terms::Typed;
use super::top::Candidate;

/// What is recommended need not match the words; any score above nothing makes it a hit.
const RECOMMENDED: f32 = 0.001;

/// The decisions in force on a day.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Curated {
    /// All but synonyms, those for the most exact words first.
    entries: Vec<Entry>,
    synonyms: Synonyms,
}

/// Why a hit stands where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pinned {
    pub id: CurationId,
    pub reason: Text,
    /// The last day it does.
    pub last_day: Option<NaiveDate>,
}

impl Curated {
    /// Of all decisions, those in force on `day`.
    pub fn on(day: NaiveDate, all: impl IntoIterator<Item = Entry>) -> Self {
        let mut curated = Self::default();
        for entry in all.into_iter().filter(|entry| entry.is_active(day)) {
            match &entry.rule {
                Rule::Synonym { word, others, both_ways } => curated.synonyms.add(word, others, *both_ways),
                _ => curated.entries.push(entry),
            }
        }
        curated.entries.sort_by_key(|entry| {
            let phrase = entry.rule.phrase();
            let exact = phrase.map_or((false, 0), |phrase| (phrase.whole, phrase.text.chars().count()));
            (std::cmp::Reverse((exact, entry.county.is_some())), entry.id.clone())
        });
        curated
    }

    pub fn synonyms(&self) -> &Synonyms {
        &self.synonyms
    }

    /// Whether a search is not to be suggested to others. Folded.
    pub fn silences(&self, text: &str) -> bool {
        self.entries.iter().any(|entry| matches!(entry.rule, Rule::Silence { .. }) && entry.concerns(text))
    }

    /// What no search finds but by its whole name.
    pub fn hidden_from_all(&self) -> impl Iterator<Item = &ListingId> {
        self.entries.iter().filter_map(|entry| match &entry.rule {
            Rule::Hide { query: None, listing } => Some(listing),
            _ => None,
        })
    }

    /// Pins, hides and silences in force.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// What holds for a search. `typed` is what was typed, folded; without it only what is hidden from every search is looked at.
    pub fn ruling(&self, typed: Option<&str>, query: &Query) -> Ruling<'_> {
        let mut ruling = Ruling::default();
        if self.entries.is_empty() {
            return ruling;
        }
        // what was put right counts like what was typed
        let run = fold(&query.text);
        let texts: Vec<&str> = typed.into_iter().chain((typed != Some(run.as_str())).then_some(run.as_str())).collect();
        let texts = if typed.is_some() { &texts[..] } else { &[] };
        for entry in &self.entries {
            let concerns = texts.iter().any(|text| entry.concerns(text));
            match &entry.rule {
                Rule::Hide { query: None, listing } => ruling.hidden.push(listing),
                Rule::Hide { listing, .. } if concerns => ruling.hidden.push(listing),
                Rule::Pin { listings, position, query: phrase } => {
                    let chosen = entry.county.as_ref().is_some_and(|county| {
                        (query.counties.contains(county) || query.prefectures.contains(county))
                            && texts.iter().any(|text| phrase.meets(text))
                    });
                    if concerns || chosen {
                        for (listing, position) in listings.iter().zip(*position..) {
                            match ruling.pins.iter_mut().find(|pin| pin.listing == listing) {
                                // it keeps its place, and is found for whatever decision finds it
                                Some(known) => known.adds |= concerns,
                                None => ruling.pins.push(Pin { listing, position, adds: concerns, entry }),
                            }
                        }
                    }
                }
                _ => {}
            }
        }
        // earlier decisions keep their place: the sort is stable
        ruling.pins.sort_by_key(|pin| pin.position);
        ruling
    }
}

/// What holds for one search.
#[derive(Debug, Default)]
pub struct Ruling<'a> {
    pins: Vec<Pin<'a>>,
    hidden: Vec<&'a ListingId>,
}

#[derive(Debug)]
struct Pin<'a> {
    listing: &'a ListingId,
    position: u8,
    /// Also where the words do not find it.
    adds: bool,
    entry: &'a Entry,
}

impl Ruling<'_> {
    pub fn pins(&self) -> usize {
        self.pins.len()
    }

    pub fn pinned(&self, id: &ListingId) -> Option<Pinned> {
        let Entry { id, reason, days, .. } = self.pins.iter().find(|pin| pin.listing == id)?.entry;
        Some(Pinned { id: id.clone(), reason: reason.clone(), last_day: days.last() })
    }

    /// The plan with what is recommended in it, and without what is hidden unless it is called by its name.
    pub fn over(&self, plan: Clause, fields: &Fields, typed: &Typed) -> Clause {
        let bearer = |id: &ListingId| token(fields.id, id.as_str());
        let mut plan = plan;
        let added: Vec<Clause> =
            self.pins.iter().filter(|pin| pin.adds).map(|pin| flat(bearer(pin.listing), RECOMMENDED)).collect();
        if !added.is_empty() {
            plan = Clause::Most(std::iter::once(plan).chain(added).collect(), 1);
        }
        if self.hidden.is_empty() {
            return plan;
        }
        let called_by_name = (!typed.compact.is_empty()).then(|| token(fields.exact, &typed.compact));
        let hidden = self.hidden.iter().map(|id| {
            Clause::All(All { must: vec![bearer(id)], not: called_by_name.iter().cloned().collect(), ..All::default() })
        });
        Clause::All(All { must: vec![plan], not: hidden.collect(), ..All::default() })
    }

    /// The recommended among what is found, with their positions. None where the visitor has chosen an order.
    pub fn standing(&self, plan: &Clause, aim: &Aim, fields: &Fields, snapshot: &Snapshot) -> Result<Standing, Fault> {
        if self.pins.is_empty() || aim.sort != Sort::Relevance {
            return Ok(Standing::default());
        }
        let any = self.pins.iter().map(|pin| token(fields.id, pin.listing.as_str()));
        let both = all(vec![plan.clone(), flat(best(any.collect()), 0.0)]);
        let aim = Aim { wanted: self.pins.len(), per_kind: 0, grades: None, ..aim.clone() };
        let found = collect(snapshot, &both, aim, true)?;
        let found = found.top.into_sorted();
        let of = |pin: &Pin| {
            let bears = |it: &&Candidate| snapshot.segments[it.segment as usize].id_of(it.doc) == pin.listing;
            found.iter().find(bears).map(|it| (usize::from(pin.position) - 1, *it))
        };
        Ok(Standing(self.pins.iter().filter_map(of).collect()))
    }
}

/// Recommended hits and where they stand, counted from 0, in that order.
#[derive(Debug, Default)]
pub struct Standing(Vec<(usize, Candidate)>);

impl Standing {
    fn has(&self, candidate: &Candidate) -> bool {
        self.0.iter().any(|(_, it)| (it.segment, it.doc) == (candidate.segment, candidate.doc))
    }

    /// Takes them out of an order that they are not to stand in by themselves.
    pub fn lift(&self, best: &mut Vec<Candidate>) {
        if !self.0.is_empty() {
            best.retain(|it| !self.has(it));
        }
    }

    /// Puts them where they belong; of two at one place the later stands behind.
    pub fn place(&self, best: &mut Vec<Candidate>) {
        let mut free = 0;
        for (position, candidate) in &self.0 {
            let at = (*position).max(free);
            best.insert(at.min(best.len()), *candidate);
            free = at + 1;
        }
    }

    /// The best of one kind: the recommended of that kind first.
    pub fn first(&self, best: Vec<Candidate>, most: usize, is_kind: impl Fn(&Candidate) -> bool) -> Vec<Candidate> {
        let recommended = self.0.iter().map(|(_, it)| *it).filter(is_kind);
        let others = best.into_iter().filter(|it| !self.has(it));
        recommended.chain(others).take(most).collect()
    }
}
