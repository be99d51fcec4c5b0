//! What the bureau decides about search: other words, what is recommended, what is kept out, what is not suggested. Each decision
//! has days and a reason that everybody may read.
//!
//! Texts are compared in the form in which search compares them. Folding is the engine's, so it comes in as an argument.

mod conflict;
mod difference;
mod draft;
mod phrase;
#[cfg(test)]
mod tests;

use chrono::NaiveDate;

use crate::region::RegionCode;
use crate::{CurationId, ListingId, Text};

pub use conflict::{Conflict, conflict};
pub use difference::Difference;
pub use draft::Draft;
pub use phrase::{Phrase, names_region};

/// Further down nobody would notice that something is recommended.
pub const LAST_POSITION: u8 = 10;
pub const MOST_LISTINGS: usize = 5;
pub const MOST_WORDS: usize = 12;
/// Of a word or phrase, in characters.
pub const LONGEST_PHRASE: usize = 24;
pub const LONGEST_REASON: usize = 200;
/// Longest role, in characters: `县文旅局内容组`.
pub const LONGEST_ROLE: usize = 40;
/// A decision that outlives a year has to be made again.
pub const LONGEST_DAYS: i64 = 366;
/// Decisions in force at once. Every search looks at each of them.
pub const MOST_IN_FORCE: usize = 1_000;

/// One decision. One that exists is valid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub id: CurationId,
    pub rule: Rule,
    /// Only for searches whose words name this county or prefecture; a pin also lifts what is found anyway where it is chosen
    /// as a filter.
    pub county: Option<RegionCode>,
    pub days: Days,
    pub reason: Text,
    /// In what role it was decided; never a person.
    pub role: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rule {
    /// Who types `word` also finds `others`; both ways, each finds the rest. Folded, Latin words with single spaces.
    Synonym { word: String, others: Vec<String>, both_ways: bool },
    /// These listings, in this order, from `position` (counted from 1) on.
    Pin { query: Phrase, listings: Vec<ListingId>, position: u8 },
    /// Not among the results of this query, or of any. By its whole name it is found all the same.
    Hide { query: Option<Phrase>, listing: ListingId },
    /// Searches with these words are never suggested to others.
    Silence { query: Phrase },
}

/// Days of Asia/Shanghai: `from` is among them, `until` is not. None: until it is ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Days {
    pub from: NaiveDate,
    pub until: Option<NaiveDate>,
}

impl Days {
    pub fn contains(self, day: NaiveDate) -> bool {
        self.from <= day && self.until.is_none_or(|until| day < until)
    }

    pub fn are_over(self, today: NaiveDate) -> bool {
        self.until.is_some_and(|until| until <= today)
    }

    pub fn overlap(self, other: Self) -> bool {
        let begins_before = |from: NaiveDate, until: Option<NaiveDate>| until.is_none_or(|until| from < until);
        begins_before(self.from, other.until) && begins_before(other.from, self.until)
    }

    /// The last day it holds on.
    pub fn last(self) -> Option<NaiveDate> {
        self.until.and_then(|until| until.pred_opt())
    }
}

impl Rule {
    pub fn kind(&self) -> &'static str {
        match self {
            Rule::Synonym { .. } => "synonym",
            Rule::Pin { .. } => "pin",
            Rule::Hide { .. } => "hide",
            Rule::Silence { .. } => "silence",
        }
    }

    pub fn phrase(&self) -> Option<&Phrase> {
        match self {
            Rule::Synonym { .. } => None,
            Rule::Pin { query, .. } | Rule::Silence { query } => Some(query),
            Rule::Hide { query, .. } => query.as_ref(),
        }
    }

    pub fn listings(&self) -> &[ListingId] {
        match self {
            Rule::Synonym { .. } | Rule::Silence { .. } => &[],
            Rule::Pin { listings, .. } => listings,
            Rule::Hide { listing, .. } => std::slice::from_ref(listing),
        }
    }
}

impl Entry {
    pub fn is_active(&self, day: NaiveDate) -> bool {
        self.days.contains(day)
    }

    /// Whether the words of a search, folded, are among those it is for. Filters have no say in it: the count beside a filter
    /// must be what choosing it finds.
    pub fn concerns(&self, typed: &str) -> bool {
        let said = match &self.rule {
            Rule::Synonym { word, others, both_ways } => {
                let mut words = std::iter::once(word).chain(others.iter().filter(|_| *both_ways));
                words.any(|word| Phrase { text: word.clone(), whole: false }.meets(typed))
            }
            rule => rule.phrase().is_none_or(|phrase| phrase.meets(typed)),
        };
        said && self.county.as_ref().is_none_or(|county| names_region(typed, county))
    }
}
