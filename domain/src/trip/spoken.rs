//! A trip as somebody would say it: 三天两大一老，长沙出发坐高铁，预算1500，喜欢手工; three days, two adults and a grandmother, from
//! Changsha by train, ¥1,500, likes crafts.
//!
//! Total and pure. What is heard fills a form that can be seen and changed; what is not heard is named, never guessed.

mod dates;
mod ear;
mod people;
mod tokens;
mod words;

use chrono::NaiveDate;

use self::ear::Ear;
use super::plan::{Mobility, Pace, Transport};
use crate::Fen;
use crate::listing::Tag;
use crate::region::RegionCode;

/// Longer texts are no sentence.
pub const LONGEST: usize = 300;

/// What was heard; what nobody said is none.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Spoken {
    pub days: Option<u32>,
    pub starts: Option<NaiveDate>,
    pub adults: Option<u32>,
    pub elders: Option<u32>,
    /// Those whose age was said.
    pub ages: Vec<u32>,
    /// All of them.
    pub children: u32,
    pub from: Option<RegionCode>,
    /// Where they want to go, as it was said.
    pub to: Vec<Goal>,
    pub transport: Option<Transport>,
    /// For all of them.
    pub budget: Option<Fen>,
    pub mobility: Option<Mobility>,
    pub pace: Option<Pace>,
    pub interests: Vec<Tag>,
    /// What was not understood, as it was said.
    pub unheard: Vec<String>,
}

impl Spoken {
    pub fn is_empty(&self) -> bool {
        *self == Self { unheard: self.unheard.clone(), ..Self::default() }
    }

    /// Children whose age nobody said.
    pub fn ageless(&self) -> u32 {
        self.children.saturating_sub(self.ages.len() as u32)
    }
}

/// Somewhere to go.
#[derive(Debug, Clone, PartialEq)]
pub enum Goal {
    /// A county or prefecture, and what it was called: a place may go by that name too.
    Region { code: RegionCode, said: String },
    /// The name of a place of the catalogue.
    Place(String),
}

/// `text` in one form: simplified, lower case, half width. `is_place` tells whether a place of the catalogue is called so.
pub fn read(text: &str, today: NaiveDate, is_place: &dyn Fn(&str) -> bool) -> Spoken {
    let text: Vec<char> = text.chars().take(LONGEST).collect();
    let tokens = tokens::tokens(&text, today, is_place);
    let (heard, missed) = Ear::new(&text, &tokens, today).listen();
    let mut unheard = vec![false; text.len()];
    for token in missed {
        unheard[token.span.clone()].fill(true);
    }
    Spoken { unheard: pieces(&text, &unheard), ..heard }
}

/// Runs of what was not understood, without the small words at their edges.
fn pieces(text: &[char], unheard: &[bool]) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let mut piece = String::new();
    for (c, unheard) in text.iter().zip(unheard).map(|(c, unheard)| (*c, *unheard)).chain([(' ', false), (' ', false)]) {
        match (unheard, c) {
            (true, _) => piece.push(c),
            // words of one thought stay together
            (false, ' ') if !piece.is_empty() && !piece.ends_with(' ') => piece.push(' '),
            _ => pieces.extend(said(&std::mem::take(&mut piece))),
        }
    }
    pieces
}

fn said(piece: &str) -> Option<String> {
    let piece = piece.trim();
    (!piece.is_empty()).then(|| piece.to_owned())
}

#[cfg(test)]
mod tests;
