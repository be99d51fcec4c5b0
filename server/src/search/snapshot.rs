//! What searches look at: one state of the index, with the rows of its segments.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use domain::event::Revision;
use tantivy::Searcher;
use tantivy::index::SegmentId;

use super::Fault;
use super::lexicon::Lexicon;
use super::row::{NO_GRADE, Segment};
use super::schema::Fields;

pub struct Snapshot {
    pub searcher: Searcher,
    /// In the order of the searcher's segment readers.
    pub segments: Arc<[Arc<Segment>]>,
    pub revision: Revision,
    /// Per region, in the order of the table: listings there, and those of them that are not samples.
    pub in_region: Vec<(u32, u32)>,
    lexicon: OnceLock<Lexicon>,
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
        Ok(Self { searcher, segments: segments.into(), revision, in_region, lexicon: OnceLock::new() })
    }

    /// The words and names in it, read when first asked for.
    pub fn lexicon(&self, fields: &Fields) -> Result<&Lexicon, Fault> {
        if self.lexicon.get().is_none() {
            // read twice where two ask at once: better than one waiting on the other's failure
            let _ = self.lexicon.set(Lexicon::read(fields, &self.searcher)?);
        }
        Ok(self.lexicon.get().expect("just set"))
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
