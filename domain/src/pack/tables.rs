//! What a pack carries of the large tables, and how it is read.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::search::fold::fold_char;
use crate::search::tongue::Tongue;

/// As much of the tables as the texts of a pack need, in as few bytes as is easy.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tables {
    /// Pairs of characters: as it is also written, then as it is folded.
    pub folds: String,
    /// Folded Han runs of names and how they are read, as [`Spoken`] writes it.
    pub spoken: BTreeMap<String, String>,
    /// Words of two characters and more that stand in the texts, one space apart.
    pub words: String,
    /// English words of the texts without their endings, where that makes a difference.
    pub stems: BTreeMap<String, String>,
    /// Every syllable there is, one space apart.
    pub syllables: String,
    /// Characters by their usual reading, for the syllables of the names: what a wrong character sounds like.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub homophones: BTreeMap<String, String>,
}

/// How a run of characters is read. Written as `^feng huang ^gu cheng`: a syllable for each character, `^` where a word begins,
/// `chang|zhang` where it may be read in several ways (the usual first), `-` where nobody knows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Spoken {
    pub readings: Vec<Vec<String>>,
    /// Where words begin, in order.
    pub starts: Vec<usize>,
}

impl Spoken {
    pub fn write(&self) -> String {
        let one = |(at, ways): (usize, &Vec<String>)| {
            let start = if self.starts.contains(&at) { "^" } else { "" };
            if ways.is_empty() { format!("{start}-") } else { format!("{start}{}", ways.join("|")) }
        };
        self.readings.iter().enumerate().map(one).collect::<Vec<_>>().join(" ")
    }

    /// Total: what is no syllable is a character that nobody can read.
    pub fn read(text: &str) -> Self {
        let mut spoken = Self::default();
        for (at, ways) in text.split(' ').filter(|ways| !ways.is_empty()).enumerate() {
            if ways.starts_with('^') {
                spoken.starts.push(at);
            }
            let ways = ways.trim_start_matches('^');
            let is_syllable = |way: &&str| !way.is_empty() && way.bytes().all(|b| b.is_ascii_lowercase());
            spoken.readings.push(ways.split('|').filter(is_syllable).map(str::to_owned).collect());
        }
        spoken
    }
}

/// The tables of all packs together.
#[derive(Debug, Default)]
pub(super) struct Known {
    folds: HashMap<char, char>,
    words: HashSet<String>,
    longest: usize,
    stems: HashMap<String, String>,
    bare: HashSet<String>,
    syllables: HashSet<String>,
    readings: HashMap<char, Vec<String>>,
}

/// Of English words, the longer ones first.
const ENDINGS: [&str; 7] = ["ies", "ing", "es", "ed", "s", "e", "y"];

/// Words as long as this may be made of others, and then are.
const SHORTEST_COMPOUND: usize = 4;

impl Known {
    pub fn add(&mut self, tables: &Tables) {
        let mut folds = tables.folds.chars();
        while let (Some(written), Some(folded)) = (folds.next(), folds.next()) {
            self.folds.insert(written, folded);
        }
        for word in tables.words.split(' ').filter(|word| !word.is_empty()) {
            self.longest = self.longest.max(word.chars().count());
            self.words.insert(word.to_owned());
        }
        self.stems.extend(tables.stems.iter().map(|(word, stem)| (word.clone(), stem.clone())));
        for (syllable, characters) in &tables.homophones {
            for c in characters.chars() {
                let readings = self.readings.entry(c).or_default();
                if !readings.contains(syllable) {
                    readings.push(syllable.clone());
                }
            }
        }
        self.syllables.extend(tables.syllables.split(' ').filter(|it| !it.is_empty()).map(str::to_owned));
    }

    pub fn fold_all(&self, text: &str) -> String {
        text.chars().map(|c| self.fold(c)).collect()
    }

    pub fn is_word(&self, text: &str) -> bool {
        self.words.contains(text)
    }

    /// How a character is read that may stand in no name.
    pub fn readings_of(&self, c: char) -> &[String] {
        self.readings.get(&c).map_or(&[], Vec::as_slice)
    }

    pub fn syllables(&self) -> impl Iterator<Item = &str> {
        self.syllables.iter().map(String::as_str)
    }

    /// A word of a text without its ending, which from now on is a stem that is known.
    pub fn stem_of_text(&mut self, word: &str) -> String {
        let stem = self.stems.get(word).map_or(word, String::as_str).to_owned();
        self.bare.insert(stem.clone());
        stem
    }

    /// Without its ending. A word that no text has loses a usual ending where the rest is a stem that a text has.
    pub fn stem<'w>(&'w self, word: &'w str) -> &'w str {
        if let Some(stem) = self.stems.get(word) {
            return stem;
        }
        let mut without = ENDINGS.iter().filter_map(|ending| word.strip_suffix(ending)).filter(|rest| rest.len() > 2);
        let known = |rest: &str| self.stems.get(rest).or_else(|| self.bare.get(rest)).map(String::as_str);
        if self.bare.contains(word) { word } else { without.find_map(known).unwrap_or(word) }
    }

    /// Parts of two characters and more in a row that are all of this, the longest first.
    fn cover(&self, chars: &[char]) -> Option<Vec<usize>> {
        if chars.is_empty() {
            return Some(Vec::new());
        }
        (2..=chars.len()).rev().find_map(|length| {
            let is_part = self.words.contains(&String::from_iter(&chars[..length]));
            let mut rest = is_part.then(|| self.cover(&chars[length..]))??;
            rest.insert(0, length);
            Some(rest)
        })
    }
}

impl Tongue for Known {
    fn fold(&self, c: char) -> char {
        fold_char(c, |han| self.folds.get(&han).copied().unwrap_or(han))
    }

    /// As few words as there can be, the longer ones first.
    fn words(&self, han: &str) -> Vec<Range<usize>> {
        let chars: Vec<char> = han.chars().collect();
        // from each place on: how many words, and how long the first of them is
        let mut best: Vec<(usize, usize)> = vec![(0, 0); chars.len() + 1];
        for at in (0..chars.len()).rev() {
            let longest = self.longest.clamp(1, chars.len() - at);
            let is_word = |length: &usize| *length == 1 || self.words.contains(&String::from_iter(&chars[at..at + length]));
            let ways = (1..=longest).rev().filter(is_word).map(|length| (best[at + length].0 + 1, length));
            best[at] = ways.min_by_key(|(count, _)| *count).unwrap_or((1, 1));
        }
        let mut words = Vec::new();
        let mut at = 0;
        while at < chars.len() {
            let length = best[at].1.max(1);
            let word = &chars[at..at + length];
            let parts = (length >= SHORTEST_COMPOUND).then(|| {
                (2..=length - 2).rev().find_map(|first| {
                    let is_part = self.words.contains(&String::from_iter(&word[..first]));
                    let mut parts = is_part.then(|| self.cover(&word[first..]))??;
                    parts.insert(0, first);
                    Some(parts)
                })
            });
            for part in parts.flatten().unwrap_or_else(|| vec![length]) {
                words.push(at..at + part);
                at += part;
            }
        }
        words
    }

    fn is_spelt(&self, letters: &str) -> bool {
        if !letters.is_ascii() {
            return false;
        }
        let mut reached = vec![false; letters.len() + 1];
        reached[0] = true;
        for at in 0..letters.len() {
            let ends =
                (at + 1..=letters.len().min(at + LONGEST_SYLLABLE)).filter(|end| self.syllables.contains(&letters[at..*end]));
            if reached[at] {
                ends.for_each(|end| reached[end] = true);
            }
        }
        !letters.is_empty() && reached[letters.len()]
    }
}

const LONGEST_SYLLABLE: usize = 6;
