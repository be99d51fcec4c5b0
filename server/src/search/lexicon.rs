//! The words and names that can be found, for those who typed something near one. Read off a segment of the index when first needed.
//!
//! Useful for: what a mistyped word was meant to be. Not useful for: finding listings, which is the index's work.

use std::collections::HashMap;
use std::sync::OnceLock;

use tantivy::SegmentReader;
use tantivy::schema::Field;

use super::Fault;
use super::analysis::is_han;
use super::pinyin::{self, Readings};
use super::schema::{Fields, Form, Part};
use super::sounds::{accents, misreadings};

pub struct Entry {
    pub chars: Box<[char]>,
    pub readings: Box<[Readings]>,
    /// A whole title or other name, not only a word of one.
    pub name: bool,
    /// Letters it may begin with, however it is said or misread.
    starts: Letters,
    /// Letters of its usual reading, and how many they are.
    letters: Letters,
    length: usize,
}

impl Entry {
    fn new(word: &str, name: bool) -> Self {
        let chars: Box<[char]> = word.chars().collect();
        let readings = pinyin::readings(&chars).into_boxed_slice();
        let mut starts = Letters::default();
        for reading in readings.first().into_iter().copied().flatten() {
            let said = accents(reading).iter().map(|(spelt, _)| spelt.as_str());
            said.chain([*reading]).for_each(|spelt| starts.add_first(spelt));
        }
        chars.first().into_iter().flat_map(|c| misreadings(*c)).for_each(|spelt| starts.add_first(spelt));
        let usual = readings.iter().filter_map(|readings| readings.first());
        let (letters, length) =
            usual.fold((Letters::default(), 0), |(letters, length), spelt| (letters.with(spelt), length + spelt.len()));
        Self { chars, readings, name, starts, letters, length }
    }

    /// Whether letters may spell it in any way at all.
    pub fn may_be_spelt(&self, letters: &str) -> bool {
        Letters::default().with(&letters[..letters.len().min(1)]).0 & self.starts.0 != 0
    }

    /// Whether its usual reading may be so many slips away from letters.
    pub fn may_be_near(&self, letters: Letters, length: usize, slips: u32) -> bool {
        self.length.abs_diff(length) <= slips as usize && self.letters.apart(letters) <= 2 * slips
    }
}

/// Which letters occur, a bit each.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Letters(u32);

impl Letters {
    pub fn with(self, text: &str) -> Self {
        Self(text.bytes().filter(u8::is_ascii_lowercase).fold(self.0, |bits, letter| bits | 1 << (letter - b'a')))
    }

    fn add_first(&mut self, text: &str) {
        *self = self.with(&text[..text.len().min(1)]);
    }

    /// Letters that only one of both has: a slip makes at most two.
    pub fn apart(self, other: Self) -> u32 {
        (self.0 ^ other.0).count_ones()
    }
}

#[derive(Default)]
pub struct Lexicon {
    pub han: Vec<Entry>,
    /// Which of them have a character.
    bearing: HashMap<char, Vec<u32>>,
    /// English words of titles, names and summaries.
    pub english: Vec<(String, Letters)>,
}

/// Shorter English words are near too many others.
const SHORTEST_ENGLISH: usize = 4;
const LONGEST_WORD: usize = 24;

impl Lexicon {
    /// What can be found in one segment.
    pub fn read(fields: &Fields, reader: &SegmentReader) -> Result<Self, Fault> {
        let mut han: Vec<String> = Vec::new();
        for part in [Part::Title, Part::Names] {
            han.extend(terms(reader, fields.text(part, Form::Words), |word| word.chars().all(is_han))?);
        }
        let names = sorted(terms(reader, Some(fields.exact), |name| name.chars().any(is_han))?);
        let mut english = Vec::new();
        for part in [Part::Title, Part::Names, Part::Summary] {
            let fits = |word: &str| word.len() >= SHORTEST_ENGLISH && word.bytes().all(|b| b.is_ascii_lowercase());
            english.extend(terms(reader, fields.text(part, Form::English), fits)?);
        }
        let mut lexicon = Self::of_names(&names);
        han.retain(|word| names.binary_search(word).is_err());
        sorted(han).iter().for_each(|word| lexicon.add(word, false));
        let with_letters = |word: String| {
            let letters = Letters::default().with(&word);
            (word, letters)
        };
        lexicon.english = sorted(english).into_iter().map(with_letters).collect();
        Ok(lexicon)
    }

    /// The names of regions, which are meant even where no listing bears them.
    pub fn regions() -> &'static Self {
        static REGIONS: OnceLock<Lexicon> = OnceLock::new();
        REGIONS.get_or_init(|| {
            let names = domain::region::all().iter().flat_map(|region| [region.name.zh.as_str(), region.short_name()]);
            Self::of_names(&sorted(names.map(super::fold::fold).collect()))
        })
    }

    fn of_names(names: &[String]) -> Self {
        let mut lexicon = Self::default();
        names.iter().for_each(|name| lexicon.add(name, true));
        lexicon
    }

    fn add(&mut self, word: &str, name: bool) {
        let entry = Entry::new(word, name);
        for (at, c) in entry.chars.iter().enumerate().filter(|(_, c)| is_han(**c)) {
            if !entry.chars[..at].contains(c) {
                self.bearing.entry(*c).or_default().push(self.han.len() as u32);
            }
        }
        self.han.push(entry);
    }

    /// Entries that have any of these characters, each once.
    pub fn having_any<'a>(&'a self, chars: &[char]) -> impl Iterator<Item = &'a Entry> + use<'a> {
        let mut numbers: Vec<u32> = chars.iter().filter_map(|c| self.bearing.get(c)).flatten().copied().collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers.into_iter().map(|number| &self.han[number as usize])
    }
}

fn sorted(mut words: Vec<String>) -> Vec<String> {
    words.sort();
    words.dedup();
    words
}

fn terms(reader: &SegmentReader, field: Option<Field>, fits: impl Fn(&str) -> bool) -> Result<Vec<String>, Fault> {
    let mut found = Vec::new();
    let Some(field) = field else { return Ok(found) };
    let index = reader.inverted_index(field)?;
    let mut stream = index.terms().stream()?;
    while stream.advance() {
        if let Ok(word) = std::str::from_utf8(stream.key())
            && word.chars().nth(1).is_some()
            && word.chars().count() <= LONGEST_WORD
            && fits(word)
        {
            found.push(word.to_owned());
        }
    }
    Ok(found)
}
