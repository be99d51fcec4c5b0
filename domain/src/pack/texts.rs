//! One text of a pack, cut into runs, and how letters and characters lie against it.

use std::ops::Range;

use super::tables::{Known, Spoken, Tables};
use crate::search::script::{Script, is_han, runs};

/// Longer runs of first letters are typed by nobody.
pub const MOST_INITIALS: usize = 8;

#[derive(Debug, Default)]
pub struct Text {
    pub folded: String,
    pub length: usize,
    pub han: Vec<HanRun>,
    pub latin: Vec<LatinRun>,
}

#[derive(Debug)]
pub struct HanRun {
    pub range: Range<usize>,
    pub chars: Vec<char>,
    /// Empty where the pack does not say.
    pub spoken: Spoken,
}

#[derive(Debug)]
pub struct LatinRun {
    pub range: Range<usize>,
    pub text: String,
    pub stem: String,
}

/// A text and, where it is a name, its sound.
pub fn read(text: &str, known: &mut Known, sounds: &[&Tables]) -> Text {
    let folded = known.fold_all(text);
    let chars: Vec<char> = folded.chars().collect();
    let mut read = Text { length: chars.len(), folded, ..Text::default() };
    for run in runs(&chars) {
        match run.script {
            Script::Han => {
                let spoken = sounds.iter().find_map(|tables| tables.spoken.get(&run.text)).map(|said| Spoken::read(said));
                let spoken = spoken.filter(|spoken| spoken.readings.len() == run.range.len()).unwrap_or_default();
                read.han.push(HanRun { chars: chars[run.range.clone()].to_vec(), range: run.range, spoken });
            }
            Script::Latin => {
                let stem = known.stem_of_text(&run.text);
                read.latin.push(LatinRun { range: run.range, text: run.text, stem });
            }
        }
    }
    read
}

/// How letters are to be taken.
#[derive(Debug, Clone, Copy, Default)]
pub struct How {
    /// The last syllable may only have begun.
    pub begun: bool,
    /// A letter may stand for a whole syllable.
    pub first_letters: bool,
}

impl HanRun {
    /// Where a pattern of characters and letters ends if it starts at this character of the run; none where it does not fit.
    pub fn end(&self, at: usize, pattern: &[char], how: How) -> Option<usize> {
        let Some(first) = pattern.first() else { return Some(at) };
        let shown = *self.chars.get(at)?;
        if is_han(*first) {
            return if shown == *first { self.end(at + 1, &pattern[1..], how) } else { None };
        }
        self.spoken.readings.get(at)?.iter().find_map(|syllable| {
            let common = syllable.chars().zip(pattern).take_while(|(said, typed)| is_letter(*said, **typed)).count();
            if common == syllable.len()
                && let Some(end) = self.end(at + 1, &pattern[common..], how)
            {
                return Some(end);
            }
            if how.begun && common == pattern.len() {
                return Some(at + 1);
            }
            if how.first_letters && common > 0 { self.end(at + 1, &pattern[1..], how) } else { None }
        })
    }

    /// Where a pattern fits, as ranges of the text.
    pub fn fits<'a>(&'a self, pattern: &'a [char], how: How) -> impl Iterator<Item = Range<usize>> + 'a {
        let base = self.range.start;
        (0..self.chars.len()).filter_map(move |at| Some(base + at..base + self.end(at, pattern, how)?))
    }

    /// Where a word begins whose first letters, and those of what follows it, are these.
    pub fn begins_with<'a>(&'a self, letters: &'a [char]) -> impl Iterator<Item = Range<usize>> + 'a {
        let initial = |ways: &Vec<String>| ways.first().and_then(|way| way.chars().next());
        let fits = move |start: &&usize| {
            let from = &self.spoken.readings[(**start).min(self.spoken.readings.len())..];
            from.len() >= letters.len() && from.iter().zip(letters).all(|(ways, letter)| initial(ways) == Some(*letter))
        };
        self.spoken.starts.iter().filter(fits).map(|start| self.range.start + start..self.range.start + start + letters.len())
    }
}

/// ü is written v, and also typed u.
fn is_letter(said: char, typed: char) -> bool {
    said == typed || said == 'v' && typed == 'u'
}

impl Text {
    /// How often these characters stand in it next to each other.
    pub fn pieces(&self, piece: &str) -> usize {
        self.folded.matches(piece).count()
    }

    pub fn sounds(&self, pattern: &[char], how: How) -> usize {
        self.han.iter().map(|run| run.fits(pattern, how).count()).sum()
    }

    pub fn initials(&self, letters: &[char]) -> usize {
        self.han.iter().map(|run| run.begins_with(letters).count()).sum()
    }

    /// Words that are this one, or share its stem.
    pub fn words(&self, word: &str, stem: &str) -> usize {
        self.latin.iter().filter(|run| run.text == word || run.stem == stem || run.text == stem).count()
    }

    /// Words that only begin so.
    pub fn beginnings(&self, letters: &str) -> usize {
        self.latin.iter().filter(|run| run.text.len() > letters.len() && run.text.starts_with(letters)).count()
    }

    pub fn rows(&self, words: &[&str]) -> usize {
        let fits = |row: &[LatinRun]| row.iter().zip(words).all(|(run, word)| run.text == *word || run.stem == *word);
        if words.is_empty() { 0 } else { self.latin.windows(words.len()).filter(|row| fits(row)).count() }
    }
}
