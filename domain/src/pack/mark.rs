//! Which characters of a shown text answer what was typed. Only what matched is marked.

use std::ops::Range;

use super::pocket::Pocket;
use super::texts::{How, MOST_INITIALS, Text};
use crate::search::script::{Script, is_han, marked_ranges};
use crate::search::terms::{Term, Typed, in_characters, synonyms_at};

/// What is to be marked: made once for a search, asked for every text of its hits.
#[derive(Debug, Clone, Default)]
pub struct Marking {
    typed: Typed,
    /// Other words for those typed, and words that became conditions.
    others: Vec<Typed>,
}

impl Marking {
    /// `kept` are words that need not be there.
    pub(super) fn of(pocket: &Pocket, text: &str, kept: &[String]) -> Self {
        let typed = pocket.typed(text);
        let others = other_words(pocket, &typed).into_iter().chain(kept.iter().cloned());
        let others = others.map(|word| pocket.typed(&format!("\"{word}\""))).filter(|typed| !typed.terms.is_empty()).collect();
        Self { typed, others }
    }

    /// Half-open ranges in Unicode scalar values, merged and in order. `shown` is a title or summary of one of the listings.
    pub fn ranges(&self, pocket: &Pocket, shown: &str) -> Vec<(usize, usize)> {
        let Some(text) = pocket.text(shown) else { return Vec::new() };
        let mut marker = Marker { pocket, text, chars: text.folded.chars().collect(), marks: vec![false; text.length] };
        std::iter::once(&self.typed).chain(&self.others).for_each(|typed| marker.mark_typed(typed));
        marker.ranges()
    }
}

/// The words of the table of synonyms for what was typed, and numbers in characters.
fn other_words(pocket: &Pocket, typed: &Typed) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for (i, term) in typed.terms.iter().enumerate().filter(|(_, term)| !term.quoted && !term.excluded) {
        let mut add = |others: Vec<&str>| words.extend(others.into_iter().map(str::to_owned));
        if let Some((_, others)) = synonyms_at(&typed.terms[i..], &pocket.synonyms) {
            add(others);
        }
        for run in term.runs.iter().filter(|run| run.script == Script::Han) {
            add(pocket.synonyms.of(&run.text));
            let pieces = pocket.pieces(&run.text);
            pieces.iter().filter(|piece| **piece != run.text).for_each(|piece| add(pocket.synonyms.of(piece)));
        }
        if term.runs.len() > 1 {
            words.extend(in_characters(&term.runs.iter().map(|run| run.text.as_str()).collect::<String>()));
        }
    }
    words
}

struct Marker<'a> {
    pocket: &'a Pocket<'a>,
    text: &'a Text,
    chars: Vec<char>,
    marks: Vec<bool>,
}

impl Marker<'_> {
    fn mark_typed(&mut self, typed: &Typed) {
        let wanted: Vec<&Term> = typed.terms.iter().filter(|term| !term.excluded).collect();
        // pinyin typed with spaces: in one piece if it is there, so that a lone 风 is not marked for feng huang
        let letters: Option<Vec<&str>> = wanted.iter().map(|term| term.latin()).collect();
        let in_a_row = letters.filter(|letters| letters.len() > 1).is_some_and(|letters| {
            let last = wanted.last().is_some_and(|term| term.last);
            self.mark_sound(&letters.concat().chars().collect::<Vec<_>>(), How { begun: last, first_letters: false })
        });
        for term in wanted {
            self.mark_term(term, in_a_row);
        }
    }

    fn mark_term(&mut self, term: &Term, sound_is_marked: bool) {
        let how = |first_letters| How { begun: term.last, first_letters };
        match term.runs.as_slice() {
            [run] if run.script == Script::Han => {
                self.mark_han(&run.text, term.quoted);
            }
            [run] => {
                let letters: Vec<char> = run.text.chars().collect();
                let found = self.mark_english(&run.text, term.last) | sound_is_marked;
                let found = found | (!sound_is_marked && self.mark_sound(&letters, how(false)));
                if !found && !term.quoted && (2..=MOST_INITIALS).contains(&letters.len()) {
                    let ranges: Vec<_> = self.text.han.iter().flat_map(|run| run.begins_with(&letters)).collect();
                    self.mark(ranges);
                }
            }
            runs => {
                let pattern: Vec<char> = runs.iter().flat_map(|run| run.text.chars()).collect();
                if !term.quoted && (self.mark_sound(&pattern, how(false)) || self.mark_sound(&pattern, how(true))) {
                    return;
                }
                for run in runs {
                    match run.script {
                        Script::Han => self.mark_han(&run.text, term.quoted),
                        Script::Latin => self.mark_english(&run.text, term.last),
                    };
                }
            }
        }
    }

    fn mark(&mut self, ranges: Vec<Range<usize>>) -> bool {
        let found = !ranges.is_empty();
        ranges.into_iter().for_each(|range| self.marks[range].fill(true));
        found
    }

    /// The characters in one piece, and the words they are made of.
    fn mark_han(&mut self, text: &str, whole_only: bool) -> bool {
        let mut found = self.mark_piece(text);
        let pieces = if whole_only { Vec::new() } else { self.pocket.pieces(text) };
        if pieces.iter().all(|piece| piece == text) {
            return found;
        }
        let is_word = |piece: &&String| piece.chars().nth(1).is_some();
        let mut has_word = false;
        for piece in pieces.iter().filter(is_word) {
            has_word |= self.mark_piece(piece);
        }
        // a lone character only helps a word that is here too
        if has_word {
            for piece in pieces.iter().filter(|piece| !is_word(piece)) {
                self.mark_piece(piece);
            }
        }
        found |= has_word;
        found
    }

    fn mark_piece(&mut self, piece: &str) -> bool {
        let piece: Vec<char> = piece.chars().collect();
        let starts =
            (0..(self.chars.len() + 1).saturating_sub(piece.len())).filter(|start| self.chars[*start..].starts_with(&piece));
        let ranges = starts.map(|start| start..start + piece.len()).collect();
        self.mark(ranges)
    }

    /// Whole words, words of one stem, and the beginning of a word where typing goes on.
    fn mark_english(&mut self, text: &str, last: bool) -> bool {
        let stem = self.pocket.known.stem(text).to_owned();
        let typed = text.chars().count();
        let mut ranges = Vec::new();
        for run in &self.text.latin {
            if run.text == text || run.stem == stem || run.text == stem {
                ranges.push(run.range.clone());
            } else if last && typed > 1 && run.text.starts_with(text) {
                // apostrophes inside the word were not typed
                let letters = run.range.clone().filter(|i| self.chars[*i].is_alphanumeric());
                let end = letters.take(typed).last().map_or(run.range.start, |i| i + 1);
                ranges.push(run.range.start..end);
            }
        }
        self.mark(ranges)
    }

    /// Characters and letters in a row, letters read as syllables or, if asked, as first letters.
    fn mark_sound(&mut self, pattern: &[char], how: How) -> bool {
        if pattern.is_empty() || !pattern.iter().all(|c| c.is_ascii_lowercase() || is_han(*c)) {
            return false;
        }
        let mut ranges: Vec<Range<usize>> = Vec::new();
        for run in &self.text.han {
            let starts_word =
                |range: &Range<usize>| pattern.len() > 1 || run.spoken.starts.contains(&(range.start - run.range.start));
            ranges.extend(run.fits(pattern, how).filter(starts_word));
        }
        self.mark(ranges)
    }

    fn ranges(&self) -> Vec<(usize, usize)> {
        marked_ranges(&self.marks)
    }
}
