//! A search as a person asks it: understood, run, and where nothing fits all of it, put right or relaxed step by step.
//!
//! The plain search comes first and is all there is where it finds something. What follows costs more and runs only where it
//! found nothing; each step leaves a note.

use super::analysis::runs;
use super::clauses::{Clause, token};
use super::correct::{self, Proposal, Unit};
use super::fold::fold;
use super::highlight::Marking;
use super::index::Index;
use super::query::{Planner, title_phrase};
use super::schema::Fields;
use super::snapshot::Snapshot;
use super::synonyms::Synonyms;
use super::terms::{self, Typed};
use super::{Fault, Options, Results};
use domain::ListingId;
use domain::geo::Point;
use domain::listing::Kind;
use domain::search::notes::{Note, Step};
use domain::search::understand::{self, Chip, Names, Understood};
use domain::search::{DEFAULT_RADIUS_KM, Query, Sort};

/// Searches that are tried for one text that finds nothing.
const MOST_TRIES: usize = 24;
/// Shorter words of the table of synonyms are words, not names.
const SHORTEST_KNOWN_NAME: usize = 4;
/// How far the ladder looks around, at most.
const WIDEST_KM: f64 = 120.0;

pub struct Answer {
    pub results: Results,
    /// The conditions that were understood from the text and are in force.
    pub chips: Vec<Chip>,
    pub notes: Vec<Note>,
    /// What is to be marked in the texts of the hits.
    pub marking: Marking,
}

/// Something to be run: what is asked for, in the parts that may change.
#[derive(Clone)]
struct Asked {
    query: Query,
    kept: Vec<String>,
    chips: Vec<Chip>,
    notes: Vec<Note>,
}

impl Index {
    /// Tells of a name which listings of these kinds have it as their title or another name, however it is written.
    pub fn names(&self, kinds: &[Kind]) -> impl Fn(&str) -> Vec<ListingId> {
        let snapshot = self.snapshot();
        let kinds: Vec<u8> = kinds.iter().map(|kind| kind.index() as u8 + 1).collect();
        move |name| {
            let docs = snapshot.find(&whole(self.fields(), name)).unwrap_or_default();
            let bearers = docs.iter().filter_map(|doc| {
                let segment = &snapshot.segments[doc.segment_ord as usize];
                let is_of_kind = kinds.contains(&segment.rows[doc.doc_id as usize].kind);
                is_of_kind.then(|| segment.id_of(doc.doc_id).clone())
            });
            bearers.collect()
        }
    }

    /// Never an error for what was typed: the answer says what it was taken for.
    pub fn answer(&self, query: &Query, options: &Options) -> Result<Answer, Fault> {
        let snapshot = self.snapshot();
        let folded = fold(&query.text);
        let options = &Options { typed: Some(folded.clone()), ..options.clone() };
        let synonyms = options.curated.synonyms();
        let understood = if query.exact || query.text.is_empty() {
            Understood { rest: query.text.clone(), ..Understood::default() }
        } else {
            let known = KnownNames { fields: self.fields(), snapshot: &snapshot, synonyms };
            let understood = understand::understand(&folded, &query.literal, &known);
            // the words as they were typed where nothing was understood
            if understood.chips.is_empty() && understood.rest == folded {
                Understood { rest: query.text.clone(), ..understood }
            } else {
                understood
            }
        };
        let asked = Asked {
            query: understand::apply(query, &understood),
            chips: understood.chips.iter().filter(|chip| understand::is_in_force(query, chip)).cloned().collect(),
            kept: understood.kept,
            notes: Vec::new(),
        };
        let fallback = Fallback { index: self, snapshot: &snapshot, options, plain: query };
        if !query.exact
            && let Some(found) = fallback.instead_of_scattered(&asked)?
        {
            return Ok(finish(found.0, found.1, synonyms));
        }
        let results = self.try_it(&snapshot, &asked, options)?;
        if results.total > 0 || query.exact || query.text.trim().is_empty() {
            return Ok(finish(results, asked, synonyms));
        }
        Ok(match fallback.find(&asked)? {
            Some((results, asked)) => finish(results, asked, synonyms),
            None => finish(results, Asked { notes: Vec::new(), ..asked }, synonyms),
        })
    }

    fn try_it(&self, snapshot: &Snapshot, asked: &Asked, options: &Options) -> Result<Results, Fault> {
        self.run(snapshot, &asked.query, &terms::parse(&asked.query.text), &asked.kept, options)
    }
}

fn finish(results: Results, asked: Asked, synonyms: &Synonyms) -> Answer {
    let marking = Marking::of(&asked.query.text, &asked.kept, synonyms);
    Answer { results, chips: asked.chips, notes: asked.notes, marking }
}

struct Fallback<'a> {
    index: &'a Index,
    snapshot: &'a Snapshot,
    options: &'a Options,
    /// As it was asked, before anything was understood.
    plain: &'a Query,
}

type Found = Option<(Results, Asked)>;

impl Fallback<'_> {
    fn find(&self, asked: &Asked) -> Result<Found, Fault> {
        // the same words without any condition that we only believe to have understood
        if !asked.chips.is_empty() && self.finds(&self.plain.text)? {
            let literal = Asked { query: self.plain.clone(), kept: Vec::new(), chips: Vec::new(), notes: Vec::new() };
            let step_down = self.relax(asked)?;
            return Ok(match step_down {
                Some(found) => Some(found),
                None => self.some(literal)?,
            });
        }
        let mut asked = asked.clone();
        if !asked.query.text.is_empty() && !self.finds(&asked.query.text)? {
            match self.corrected(&asked.query.text)? {
                Some((text, notes)) => {
                    asked.query.text = text;
                    asked.notes = notes;
                    if let Some(found) = self.some(asked.clone())? {
                        return Ok(Some(found));
                    }
                }
                None => {
                    let fewer = self.without_a_word(&asked)?;
                    return if fewer.is_some() { Ok(fewer) } else { self.without_words(&asked) };
                }
            }
        }
        self.relax(&asked)
    }

    /// 橘子州 would be found by a lone 州 beside some 橘子. Where a name differs in that one character, the name was meant.
    fn instead_of_scattered(&self, asked: &Asked) -> Result<Found, Fault> {
        let typed = terms::parse(&asked.query.text);
        let units = correct::units(&typed);
        let [unit] = &units[..] else { return Ok(None) };
        if typed.terms.len() != 1
            || !correct::is_scattered(unit, self.options.curated.synonyms())
            || self.finds(&format!("\"{}\"", unit.text))?
        {
            return Ok(None);
        }
        for proposal in correct::proposals(unit, &self.snapshot.lexicons(self.index.fields())?) {
            if proposal.is_one_whole_name() && self.finds(&format!("\"{}\"", proposal.to))? {
                let notes = vec![proposal.note(&unit.text)];
                let query = Query { text: proposal.to, ..asked.query.clone() };
                return self.some(Asked { query, notes, ..asked.clone() });
            }
        }
        Ok(None)
    }

    fn some(&self, asked: Asked) -> Result<Found, Fault> {
        let results = self.index.try_it(self.snapshot, &asked, self.options)?;
        Ok((results.total > 0).then_some((results, asked)))
    }

    /// Whether anything at all matches these words.
    fn finds(&self, text: &str) -> Result<bool, Fault> {
        let planner = Planner::unscored(self.index.fields(), self.snapshot, self.options.curated.synonyms());
        // what is recommended is found whatever was typed, what is hidden from all searches by none
        let hiding = self.options.curated.ruling(None, &Query::default());
        let typed = terms::parse(text);
        let plan = hiding.over(planner.plan(&typed)?, self.index.fields(), &typed);
        self.snapshot.finds_any(&plan, |row| !(self.options.hide_samples && row.sample()))
    }

    fn corrected(&self, text: &str) -> Result<Option<(String, Vec<Note>)>, Fault> {
        let typed = terms::parse(text);
        let lexicons = self.snapshot.lexicons(self.index.fields())?;
        let mut tries = 0;
        if let Some(unit) = correct::joined(&typed) {
            for proposal in correct::proposals(&unit, &lexicons) {
                tries += 1;
                if self.finds(&proposal.to)? {
                    return Ok(Some((proposal.to.clone(), vec![proposal.note(text.trim())])));
                }
            }
        }
        let units = correct::units(&typed);
        // the words that match nothing by themselves are those that are wrong; if each matches, any may be
        let mut wrong: Vec<&Unit> = Vec::new();
        for unit in &units {
            if !self.finds(&unit.text)? {
                wrong.push(unit);
            }
        }
        let each_alone: Vec<Vec<&Unit>> =
            if wrong.is_empty() { units.iter().map(|unit| vec![unit]).collect() } else { vec![wrong] };
        for wrong in each_alone {
            let proposals: Vec<Vec<Proposal>> = wrong.iter().map(|unit| correct::proposals(unit, &lexicons)).collect();
            if proposals.iter().any(Vec::is_empty) {
                continue;
            }
            for choice in choices(&proposals) {
                tries += 1;
                if tries > MOST_TRIES {
                    return Ok(None);
                }
                let replaced: Vec<(&Unit, &Proposal)> = wrong.iter().copied().zip(choice).collect();
                let text = rewritten(&typed, &replaced);
                if self.finds(&text)? {
                    let notes = replaced.iter().map(|(unit, proposal)| proposal.note(&unit.text)).collect();
                    return Ok(Some((text, notes)));
                }
            }
        }
        Ok(None)
    }

    /// Down the ladder, a step at a time.
    fn relax(&self, asked: &Asked) -> Result<Found, Fault> {
        // one condition less, the softest first; then two
        let mut droppable = understand::by_softness(&asked.chips);
        droppable.retain(|chip| chip.param != "near");
        for chip in &droppable {
            if let Some(found) = self.some(self.dropped(asked, &[chip]))? {
                return Ok(Some(found));
            }
        }
        for (i, first) in droppable.iter().enumerate() {
            for second in &droppable[i + 1..] {
                if let Some(found) = self.some(self.dropped(asked, &[first, second]))? {
                    return Ok(Some(found));
                }
            }
        }
        if asked.query.near.is_some() && self.plain.radius_km.is_none() {
            let mut km = DEFAULT_RADIUS_KM * 2.0;
            while km <= WIDEST_KM {
                let mut wider = asked.clone();
                wider.query.radius_km = Some(km);
                wider.notes.push(Note::Relaxed(Step::Wider { km }));
                if let Some(found) = self.some(wider)? {
                    return Ok(Some(found));
                }
                km *= 2.0;
            }
        }
        if let Some(found) = self.without_a_word(asked)? {
            return Ok(Some(found));
        }
        self.nearest(asked)
    }

    fn dropped(&self, asked: &Asked, without: &[&Chip]) -> Asked {
        let chips: Vec<Chip> = asked.chips.iter().filter(|chip| !without.contains(chip)).cloned().collect();
        let understood = Understood { chips: chips.clone(), rest: asked.query.text.clone(), kept: Vec::new() };
        let mut notes = asked.notes.clone();
        notes.extend(without.iter().map(|chip| Note::Relaxed(Step::WithoutChip(chip.label.clone()))));
        Asked { query: understand::apply(self.plain, &understood), kept: asked.kept.clone(), chips, notes }
    }

    /// One word less, if at least half of them are left.
    fn without_a_word(&self, asked: &Asked) -> Result<Found, Fault> {
        let typed = terms::parse(&asked.query.text);
        let units = correct::units(&typed);
        if units.len() < 2 {
            return Ok(None);
        }
        for unit in units.iter().rev() {
            let text = without_terms(&typed, unit);
            let mut fewer = Asked { query: Query { text, ..asked.query.clone() }, ..asked.clone() };
            fewer.notes.push(Note::Relaxed(Step::WithoutWord(unit.text.clone())));
            if let Some(found) = self.some(fewer)? {
                return Ok(Some(found));
            }
        }
        Ok(None)
    }

    /// The conditions alone, where nothing anywhere has the words: what there is near 凤凰 may do instead.
    fn without_words(&self, asked: &Asked) -> Result<Found, Fault> {
        if asked.chips.is_empty() {
            return Ok(None);
        }
        let mut conditions = Asked { query: Query { text: String::new(), ..asked.query.clone() }, ..asked.clone() };
        conditions.notes.push(Note::Relaxed(Step::WithoutWord(asked.query.text.clone())));
        let found = self.some(conditions.clone())?;
        if found.is_some() { Ok(found) } else { self.relax(&conditions) }
    }

    /// What has the words and lies nearest to where it was asked for.
    fn nearest(&self, asked: &Asked) -> Result<Found, Fault> {
        let Some(chip) = asked.chips.iter().find(|chip| matches!(chip.param, "near" | "county" | "prefecture")) else {
            return Ok(None);
        };
        let centre = asked.query.near.or_else(|| domain::region::find(chip.values.first()?)?.centre());
        let mut nearest = self.dropped(asked, &[chip]);
        nearest.notes = asked.notes.iter().cloned().chain([Note::Relaxed(Step::Nearest)]).collect();
        nearest.query.near = centre;
        nearest.query.radius_km = Some(500.0);
        nearest.query.sort = Sort::Distance;
        self.some(nearest)
    }
}

/// One proposal for each word, the nearest together first.
fn choices(proposals: &[Vec<Proposal>]) -> Vec<Vec<&Proposal>> {
    let mut all: Vec<Vec<&Proposal>> = vec![Vec::new()];
    for list in proposals {
        let longer = all.iter().flat_map(|before| list.iter().map(move |it| before.iter().copied().chain([it]).collect()));
        all = longer.take(200).collect();
    }
    all
}

fn rewritten(typed: &Typed, replaced: &[(&Unit, &Proposal)]) -> String {
    typed.said(|i| {
        replaced
            .iter()
            .find(|(unit, _)| unit.terms.contains(&i))
            .map(|(unit, proposal)| if unit.terms.start == i { proposal.to.clone() } else { String::new() })
    })
}

fn without_terms(typed: &Typed, unit: &Unit) -> String {
    typed.said(|i| unit.terms.contains(&i).then(String::new))
}

/// The names of one state of the index.
struct KnownNames<'a> {
    fields: &'a Fields,
    snapshot: &'a Snapshot,
    synonyms: &'a Synonyms,
}

impl KnownNames<'_> {
    fn whole(&self, name: &str) -> Clause {
        whole(self.fields, name)
    }
}

/// Whoever has this title or other name.
fn whole(fields: &Fields, name: &str) -> Clause {
    let folded: Vec<char> = fold(name).chars().collect();
    let compact: String = runs(&folded).into_iter().map(|run| run.text).collect();
    token(fields.exact, &compact)
}

impl Names for KnownNames<'_> {
    fn is_name(&self, text: &str) -> bool {
        // 凤凰古镇 is nobody's title and yet a name: the table of synonyms has it whole
        let is_known = text.chars().count() >= SHORTEST_KNOWN_NAME && !self.synonyms.of(text).is_empty();
        is_known || self.snapshot.finds(&self.whole(text)).unwrap_or(false)
    }

    fn is_in_a_name(&self, text: &str) -> bool {
        let chars: Vec<char> = fold(text).chars().collect();
        title_phrase(self.fields, &chars).is_some_and(|phrase| self.snapshot.finds(&phrase).unwrap_or(false))
    }

    fn place(&self, name: &str) -> Option<Point> {
        let docs = self.snapshot.find(&self.whole(name)).ok()?;
        let mut rows: Vec<_> =
            docs.iter().map(|doc| &self.snapshot.segments[doc.segment_ord as usize].rows[doc.doc_id as usize]).collect();
        // a place before the product that bears its name
        rows.sort_by(|a, b| a.kind.cmp(&b.kind).then(a.lat.total_cmp(&b.lat)));
        let place = domain::listing::Kind::Place.index() as u8 + 1;
        let here = rows.iter().filter(|row| !row.lat.is_nan());
        let row = here.clone().find(|row| row.kind == place).or_else(|| here.clone().next())?;
        Point::new(row.lat, row.lon)
    }
}
