//! The words and names that can be found, for those who typed something near one. Read off the index when first needed.
//!
//! Useful for: what a mistyped word was meant to be. Not useful for: finding listings, which is the index's work.

use tantivy::Searcher;
use tantivy::schema::Field;

use super::Fault;
use super::analysis::is_han;
use super::pinyin::{self, Readings};
use super::schema::{Fields, Form, Part};

pub struct Entry {
    pub chars: Vec<char>,
    pub readings: Vec<Readings>,
    /// A whole title or other name, not only a word of one.
    pub name: bool,
}

#[derive(Default)]
pub struct Lexicon {
    pub han: Vec<Entry>,
    /// English words of titles, names and summaries.
    pub english: Vec<String>,
}

/// Shorter English words are near too many others.
const SHORTEST_ENGLISH: usize = 4;
const LONGEST_WORD: usize = 24;

impl Lexicon {
    pub fn read(fields: &Fields, searcher: &Searcher) -> Result<Self, Fault> {
        let mut han: Vec<String> = Vec::new();
        for part in [Part::Title, Part::Names] {
            han.extend(terms(searcher, fields.text(part, Form::Words), |word| word.chars().all(is_han))?);
        }
        let regions = domain::region::all().iter().flat_map(|r| [r.name.zh.as_str(), r.short_name()]);
        let mut names = terms(searcher, Some(fields.exact), |name| name.chars().any(is_han))?;
        names.extend(regions.map(super::fold::fold));
        let sorted = |mut words: Vec<String>| {
            words.sort();
            words.dedup();
            words
        };
        let names = sorted(names);
        han.retain(|word| names.binary_search(word).is_err());
        let entry = |word: &String, name| {
            let chars: Vec<char> = word.chars().collect();
            Entry { readings: pinyin::readings(&chars), chars, name }
        };
        let mut entries: Vec<Entry> = names.iter().map(|word| entry(word, true)).collect();
        entries.extend(sorted(han).iter().map(|word| entry(word, false)));
        let mut english = Vec::new();
        for part in [Part::Title, Part::Names, Part::Summary] {
            let fits = |word: &str| word.len() >= SHORTEST_ENGLISH && word.bytes().all(|b| b.is_ascii_lowercase());
            english.extend(terms(searcher, fields.text(part, Form::English), fits)?);
        }
        Ok(Self { han: entries, english: sorted(english) })
    }
}

fn terms(searcher: &Searcher, field: Option<Field>, fits: impl Fn(&str) -> bool) -> Result<Vec<String>, Fault> {
    let mut found = Vec::new();
    let Some(field) = field else { return Ok(found) };
    for reader in searcher.segment_readers() {
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
    }
    Ok(found)
}
