//! What searches look at: one state of the index, with the rows of its segments.

use std::collections::HashMap;
use std::ops::ControlFlow;
use std::sync::{Arc, Mutex, PoisonError};

use domain::event::Revision;
use tantivy::index::SegmentId;
use tantivy::query::Bm25Weight;
use tantivy::schema::{Field, FieldType};
use tantivy::{DocAddress, Searcher};

use super::Fault;
use super::clauses::Clause;
use super::docs::Table;
use super::evaluate::Evaluation;
use super::lexicon::Lexicon;
use super::row::{NO_GRADE, Row, Segment};
use super::schema::Fields;

pub struct Snapshot {
    pub searcher: Searcher,
    /// In the order of the searcher's segment readers.
    pub segments: Arc<[Arc<Segment>]>,
    pub revision: Revision,
    /// Per region, in the order of the table: listings there, and those of them that are not samples.
    pub in_region: Vec<(u32, u32)>,
    /// How the words of each text field are weighed, by number of the field.
    weighing: Vec<Option<Bm25Weight>>,
    /// Given from one snapshot to the next.
    pub tables: Arc<Tables>,
}

impl Snapshot {
    /// Rows of segments that an earlier snapshot has read already are shared with it.
    pub fn take(searcher: Searcher, revision: Revision, grades: &Grades, earlier: Option<&Snapshot>) -> Result<Self, Fault> {
        let known: HashMap<SegmentId, &Arc<Segment>> = match earlier {
            Some(earlier) => {
                let readers = earlier.searcher.segment_readers().iter();
                readers.map(|reader| reader.segment_id()).zip(earlier.segments.iter()).collect()
            }
            None => HashMap::new(),
        };
        let mut segments = Vec::new();
        for reader in searcher.segment_readers() {
            segments.push(match known.get(&reader.segment_id()) {
                Some(segment) => Arc::clone(segment),
                None => Arc::new(Segment::read(reader, grades)?),
            });
        }
        let in_region = count_regions(&searcher, &segments);
        let weighing = searcher.schema().fields().map(|(field, _)| weighing(&searcher, field)).collect::<Result<_, _>>()?;
        let tables = earlier.map(|earlier| Arc::clone(&earlier.tables)).unwrap_or_default();
        Ok(Self { searcher, segments: segments.into(), revision, in_region, weighing, tables })
    }

    /// What a token is worth that `bearing` listings have; none in a field without texts.
    pub fn weight(&self, field: Field, bearing: u64) -> Option<Bm25Weight> {
        let base = self.weighing[field.field_id() as usize].as_ref()?;
        // the table of lengths in it is shared: making one for every token would cost more than reading short lists
        Some(base.boost_by(rarity(bearing, listings(&self.searcher)) / rarity(BASE.0, BASE.1)))
    }

    /// All that a plan finds.
    pub fn find(&self, plan: &Clause) -> Result<Vec<DocAddress>, Fault> {
        let mut found = Vec::new();
        self.walk(plan, |address, _| {
            found.push(address);
            ControlFlow::Continue(())
        })?;
        Ok(found)
    }

    /// Whether a plan finds anything.
    pub fn finds(&self, plan: &Clause) -> Result<bool, Fault> {
        self.finds_any(plan, |_| true)
    }

    /// Whether a plan finds anything that is wanted.
    pub fn finds_any(&self, plan: &Clause, wanted: impl Fn(&Row) -> bool) -> Result<bool, Fault> {
        let mut finds = false;
        self.walk(plan, |_, row| {
            finds = wanted(row);
            if finds { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        })?;
        Ok(finds)
    }

    fn walk(&self, plan: &Clause, mut each: impl FnMut(DocAddress, &Row) -> ControlFlow<()>) -> Result<(), Fault> {
        let evaluation = Evaluation::new(self, plan, false)?;
        let mut table = self.tables.take();
        'segments: for (ordinal, segment) in self.segments.iter().enumerate() {
            let alive = self.searcher.segment_readers()[ordinal].alive_bitset();
            for doc in evaluation.segment(ordinal, &mut table)?.docs {
                if alive.is_none_or(|alive| alive.is_alive(doc))
                    && each(DocAddress::new(ordinal as u32, doc), &segment.rows[doc as usize]).is_break()
                {
                    break 'segments;
                }
            }
        }
        self.tables.give_back(table);
        Ok(())
    }

    /// The words and names in it and those of regions. Each segment's are read when first asked for.
    pub fn lexicons(&self, fields: &Fields) -> Result<Vec<&Lexicon>, Fault> {
        let segments = self.segments.iter().zip(self.searcher.segment_readers());
        let lexicons = segments.map(|(segment, reader)| segment.lexicon(fields, reader));
        std::iter::once(Ok(Lexicon::regions())).chain(lexicons).collect()
    }
}

/// Listings and bearers of a token that all others are weighed against.
const BASE: (u64, u64) = (1, 2);

fn weighing(searcher: &Searcher, field: Field) -> Result<Option<Bm25Weight>, Fault> {
    if !matches!(searcher.schema().get_field_entry(field).field_type(), FieldType::Str(options) if options.get_indexing_options().is_some())
    {
        return Ok(None);
    }
    let mut tokens = 0;
    for reader in searcher.segment_readers() {
        tokens += reader.inverted_index(field)?.total_num_tokens();
    }
    let average = tokens as f32 / listings(searcher).max(1) as f32;
    Ok(Some(Bm25Weight::for_one_term_without_explain(BASE.0, BASE.1, average)))
}

/// Deleted ones that still count in the lists of tokens among them.
fn listings(searcher: &Searcher) -> u64 {
    searcher.segment_readers().iter().map(|reader| u64::from(reader.max_doc())).sum()
}

/// How much it says to have what so many of all have: BM25's inverse document frequency.
fn rarity(bearing: u64, all: u64) -> f32 {
    (1.0 + (all.saturating_sub(bearing) as f32 + 0.5) / (bearing as f32 + 0.5)).ln()
}

/// Searches that run at once in earnest; a table has twelve bytes for every listing.
const MOST_TABLES: usize = 4;

/// Tables that nobody uses at the moment.
#[derive(Default)]
pub struct Tables(Mutex<Vec<Table>>);

impl Tables {
    pub fn take(&self) -> Table {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default()
    }

    pub fn give_back(&self, table: Table) {
        let mut free = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if free.len() < MOST_TABLES {
            free.push(table);
        }
    }
}

fn count_regions(searcher: &Searcher, segments: &[Arc<Segment>]) -> Vec<(u32, u32)> {
    let mut counts = vec![(0, 0); domain::region::all().len()];
    for (reader, segment) in searcher.segment_readers().iter().zip(segments) {
        for doc in reader.doc_ids_alive() {
            let row = &segment.rows[doc as usize];
            for (word, bits) in row.regions.iter().enumerate() {
                let mut bits = *bits;
                while bits != 0 {
                    let (all, real) = &mut counts[word * 64 + bits.trailing_zeros() as usize];
                    *all += 1;
                    *real += u32::from(!row.sample());
                    bits &= bits - 1;
                }
            }
        }
    }
    counts
}

/// Every grade met so far, numbered from 1 in the order of meeting.
#[derive(Default)]
pub struct Grades(Mutex<Vec<String>>);

impl Grades {
    pub fn number(&self, grade: &str) -> u16 {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let index = known.iter().position(|other| other == grade).unwrap_or_else(|| {
            known.push(grade.to_owned());
            known.len() - 1
        });
        // past the range of numbers a grade is shown but cannot be filtered by
        u16::try_from(index + 1).unwrap_or(NO_GRADE)
    }

    pub fn find(&self, grade: &str) -> Option<u16> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let index = known.iter().position(|other| other == grade)?;
        u16::try_from(index + 1).ok()
    }

    pub fn all(&self) -> Vec<String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
