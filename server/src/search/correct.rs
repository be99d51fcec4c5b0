//! What a text that finds nothing was probably meant to be, among the names of the index. The rules are `domain`'s; what lies near
//! is found here without going through every name.
//!
//! Only asked when nothing matches all that was typed. Every proposal is a whole text again; the caller sees whether it finds
//! anything.

use std::borrow::Cow;

use domain::search::correct::{Name, Sounds, nearest, one_character, slips, sounding};
pub use domain::search::correct::{Proposal, Unit, joined, units};
use domain::search::sounds::distance_within;

use super::analysis::Script;
use super::lexicon::{Entry, Letters, Lexicon};
use super::pinyin;
use super::sounds::{Accent, accents};
use super::synonyms::Synonyms;

impl Name for Entry {
    type Syllable = &'static str;

    fn chars(&self) -> &[char] {
        &self.chars
    }

    fn readings(&self, at: usize) -> &[&'static str] {
        self.readings.get(at).copied().unwrap_or_default()
    }

    fn is_whole(&self) -> bool {
        self.name
    }
}

/// The tables of the whole language.
struct Tables;

impl Sounds for Tables {
    type Syllable = &'static str;

    fn readings_of(&self, c: char) -> &[&'static str] {
        pinyin::readings(&[c]).pop().unwrap_or_default()
    }

    fn accents(&self, syllable: &str) -> Cow<'_, [Accent]> {
        Cow::Borrowed(accents(syllable))
    }
}

/// Han characters that are only found with single ones among them, here and there.
pub fn is_scattered(unit: &Unit, synonyms: &Synonyms) -> bool {
    let length = unit.text.chars().count();
    let pieces = super::pieces::pieces(&unit.text, synonyms);
    unit.script == Script::Han && length > 2 && pieces.len() > 1 && pieces.iter().any(|piece| piece.chars().nth(1).is_none())
}

/// What one word may have been meant to be.
pub fn proposals(unit: &Unit, lexicons: &[&Lexicon]) -> Vec<Proposal> {
    nearest(match unit.script {
        Script::Latin => lexicons.iter().flat_map(|lexicon| latin(&unit.text, lexicon)).collect(),
        Script::Han => {
            let having =
                |part: &[char]| lexicons.iter().flat_map(|lexicon| lexicon.having_any(part)).collect::<Vec<_>>().into_iter();
            one_character(&unit.text.chars().collect::<Vec<_>>(), having, &Tables)
        }
    })
}

fn latin(letters: &str, lexicon: &Lexicon) -> Vec<Proposal> {
    let Some(slips) = slips(letters) else { return vec![] };
    let occurring = Letters::default().with(letters);
    let distance = |word: &str| distance_within(letters.as_bytes(), word.as_bytes(), slips);
    let mut found = Vec::new();
    for entry in &lexicon.han {
        let sounds = entry.may_be_spelt(letters).then(|| sounding(entry, letters, &Tables)).flatten();
        found.extend(sounds.or_else(|| {
            let near = entry.chars.len() > 1 && entry.may_be_near(occurring, letters.len(), slips);
            let distance = near.then(|| distance(&entry.spelt())).flatten()?;
            Some(Proposal::slip(entry.chars.iter().collect(), distance, entry.name))
        }));
    }
    for (word, its_letters) in &lexicon.english {
        if its_letters.apart(occurring) <= 2 * slips
            && let Some(distance) = distance(word).filter(|distance| *distance > 0)
        {
            found.push(Proposal::slip(word.clone(), distance, false));
        }
    }
    found
}
