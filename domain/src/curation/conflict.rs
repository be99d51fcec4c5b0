//! Decisions that cannot both hold.

use chrono::NaiveDate;

use crate::CurationId;

use super::{Entry, Phrase, Rule};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    pub with: CurationId,
    pub why: Why,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// Two listings at one position.
    Position,
    /// One listing at two positions.
    Twice,
    /// Recommended and kept out for the same words.
    PinnedAndHidden,
    /// It is decided already.
    Same,
}

impl Conflict {
    /// In Chinese and in English, without a full stop.
    pub fn say(&self) -> (String, String) {
        let with = &self.with;
        match self.why {
            Why::Position => {
                (format!("{with} 在这些天已经占了同一个位置"), format!("{with} holds that position on some of these days"))
            }
            Why::Twice => (
                format!("{with} 在这些天已经推荐了同一条目"),
                format!("{with} recommends the same listing on some of these days"),
            ),
            Why::PinnedAndHidden => (
                format!("{with} 对同一个词和条目的决定正相反"),
                format!("{with} decides the opposite for these words and this listing"),
            ),
            Why::Same => (format!("{with} 已经这样决定了"), format!("{with} says the same already")),
        }
    }
}

/// The first of the others that cannot hold beside this one. An entry is no conflict with itself, nor with one that is over.
pub fn conflict<'a>(entry: &Entry, others: impl IntoIterator<Item = &'a Entry>, today: NaiveDate) -> Option<Conflict> {
    let beside = others.into_iter().filter(|other| other.id != entry.id && !other.days.are_over(today));
    let at_once = beside.filter(|other| entry.days.overlap(other.days));
    at_once.into_iter().find_map(|other| {
        let why = clash(&entry.rule, &other.rule)?;
        // in a county and everywhere are two places, except for what is to be seen nowhere
        let elsewhere = entry.county != other.county && why != Why::PinnedAndHidden;
        (!elsewhere).then(|| Conflict { with: other.id.clone(), why })
    })
}

fn clash(one: &Rule, other: &Rule) -> Option<Why> {
    match (one, other) {
        (Rule::Synonym { word, others, both_ways }, Rule::Synonym { word: word_2, others: others_2, both_ways: both_ways_2 }) => {
            let same = word == word_2 && both_ways == both_ways_2 && others.iter().all(|it| others_2.contains(it));
            same.then_some(Why::Same)
        }
        (Rule::Pin { query, listings, position }, Rule::Pin { query: query_2, listings: listings_2, position: position_2 })
            if same_search(query, query_2) =>
        {
            let span = |from: u8, listings: usize| usize::from(from)..usize::from(from) + listings;
            let (a, b) = (span(*position, listings.len()), span(*position_2, listings_2.len()));
            if a.start < b.end && b.start < a.end {
                Some(Why::Position)
            } else {
                listings.iter().any(|id| listings_2.contains(id)).then_some(Why::Twice)
            }
        }
        (Rule::Hide { query, listing }, Rule::Hide { query: query_2, listing: listing_2 }) => {
            (query == query_2 && listing == listing_2).then_some(Why::Same)
        }
        (Rule::Silence { query }, Rule::Silence { query: query_2 }) => (query == query_2).then_some(Why::Same),
        (Rule::Pin { query, listings, .. }, Rule::Hide { query: hidden, listing })
        | (Rule::Hide { query: hidden, listing }, Rule::Pin { query, listings, .. }) => {
            let for_these = hidden.as_ref().is_none_or(|hidden| same_search(hidden, query));
            (for_these && listings.contains(listing)).then_some(Why::PinnedAndHidden)
        }
        _ => None,
    }
}

/// Words in another phrase, or more of them, are another search: the more exact decision comes first there.
fn same_search(one: &Phrase, other: &Phrase) -> bool {
    one == other
}
