//! Which characters of a shown text answer what was typed.
//!
//! Works on the text alone, so it may be asked of any text of a listing. It follows the rules of [`super::query`]: Chinese is
//! compared as written, letters as English, as pinyin, as first letters. Only what matched is marked.

use std::cell::OnceCell;
use std::collections::HashMap;

use super::analysis::{self, Run, Script, is_han};
use super::document::MOST_INITIALS;
use super::fold::fold_char;
use super::pieces;
use super::pinyin::{self, Readings};
use super::query::{in_characters, synonyms_at};
use super::synonyms::Synonyms;
use super::terms::{self, Term, Typed};
use domain::search::script::marked_ranges;

/// What is to be marked: made once for a search, asked for every text of its hits.
#[derive(Debug, Clone, Default)]
pub struct Marking {
    typed: Typed,
    /// Other words for those typed, and words that became conditions.
    others: Vec<Typed>,
    /// What the Han runs among them are made of: cut once, not for every text.
    pieces: HashMap<String, Vec<Vec<char>>>,
}

impl Marking {
    /// `kept` are words that need not be there.
    pub fn of(text: &str, kept: &[String], synonyms: &Synonyms) -> Self {
        let typed = terms::parse(text);
        let others = other_words(&typed, synonyms).into_iter().chain(kept.iter().cloned());
        let others =
            others.map(|word| terms::parse(&format!("\"{word}\""))).filter(|typed| !typed.terms.is_empty()).collect::<Vec<_>>();
        let terms = typed.terms.iter().chain(others.iter().flat_map(|typed: &Typed| &typed.terms));
        let han = terms.flat_map(|term| &term.runs).filter(|run| run.script == Script::Han);
        let cut = |text: &str| pieces::pieces(text, synonyms).iter().map(|piece| piece.chars().collect()).collect();
        let pieces = han.map(|run| (run.text.clone(), cut(&run.text))).collect();
        Self { typed, others, pieces }
    }

    /// Half-open ranges in Unicode scalar values, merged and in order.
    pub fn ranges(&self, shown: &str) -> Vec<(usize, usize)> {
        if self.typed.terms.is_empty() && self.others.is_empty() {
            return Vec::new();
        }
        let mut marker = Marker::new(shown, &self.pieces);
        marker.mark_typed(&self.typed);
        self.others.iter().for_each(|typed| marker.mark_typed(typed));
        marker.ranges()
    }
}

/// Half-open ranges in Unicode scalar values, merged and in order.
pub fn highlight(query_text: &str, shown: &str) -> Vec<(usize, usize)> {
    Marking::of(query_text, &[], Synonyms::built_in()).ranges(shown)
}

/// The words of the table of synonyms for what was typed, and numbers in characters.
fn other_words(typed: &Typed, synonyms: &Synonyms) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut add = |others: Vec<&str>| words.extend(others.into_iter().map(str::to_owned));
    let mut numerals = Vec::new();
    for (i, term) in typed.terms.iter().enumerate().filter(|(_, term)| !term.quoted && !term.excluded) {
        if let Some((_, others)) = synonyms_at(&typed.terms[i..], synonyms) {
            add(others);
        }
        for run in term.runs.iter().filter(|run| run.script == Script::Han) {
            add(synonyms.of(&run.text));
            let pieces = pieces::pieces(&run.text, synonyms);
            pieces.iter().filter(|piece| **piece != run.text).for_each(|piece| add(synonyms.of(piece)));
        }
        if term.runs.len() > 1 {
            numerals.extend(in_characters(&term.runs.iter().map(|run| run.text.as_str()).collect::<String>()));
        }
    }
    words.extend(numerals);
    words
}

struct Marker<'a> {
    pieces: &'a HashMap<String, Vec<Vec<char>>>,
    folded: Vec<char>,
    marks: Vec<bool>,
    /// The runs of the text and the readings of each, made when first asked for: characters are compared without them.
    runs: OnceCell<Vec<Run>>,
    readings: HashMap<usize, Vec<Readings>>,
}

impl<'a> Marker<'a> {
    fn new(shown: &str, pieces: &'a HashMap<String, Vec<Vec<char>>>) -> Self {
        let folded: Vec<char> = shown.chars().map(fold_char).collect();
        Self { pieces, marks: vec![false; folded.len()], folded, runs: OnceCell::new(), readings: HashMap::new() }
    }

    fn runs(&self) -> &[Run] {
        self.runs.get_or_init(|| analysis::runs(&self.folded))
    }

    fn mark_typed(&mut self, typed: &Typed) {
        let wanted: Vec<&Term> = typed.terms.iter().filter(|term| !term.excluded).collect();
        // pinyin typed with spaces: in one piece if it is there, so that a lone 风 is not marked for feng huang
        let letters: Option<Vec<&str>> = wanted.iter().map(|term| term.latin()).collect();
        let in_a_row = letters.filter(|letters| letters.len() > 1).is_some_and(|letters| {
            let joined: Vec<char> = letters.concat().chars().collect();
            let last = wanted.last().is_some_and(|term| term.last);
            self.mark_sound(&joined, last, false)
        });
        for term in wanted {
            self.mark_term(term, in_a_row);
        }
    }

    fn mark_term(&mut self, term: &Term, sound_is_marked: bool) {
        match term.runs.as_slice() {
            [run] if run.script == Script::Han => {
                self.mark_han(&run.text, term.quoted);
            }
            [run] => {
                let found = self.mark_english(&run.text, term.last) | sound_is_marked;
                let letters: Vec<char> = run.text.chars().collect();
                let found = found | (!sound_is_marked && self.mark_sound(&letters, term.last, false));
                if !found && !term.quoted {
                    self.mark_initials(&letters);
                }
            }
            runs if term.quoted => {
                for run in runs {
                    match run.script {
                        Script::Han => self.mark_han(&run.text, true),
                        Script::Latin => self.mark_english(&run.text, false),
                    };
                }
            }
            runs => {
                let pattern: Vec<char> = runs.iter().flat_map(|run| run.text.chars()).collect();
                if self.mark_sound(&pattern, term.last, false) || self.mark_sound(&pattern, term.last, true) {
                    return;
                }
                for run in runs {
                    match run.script {
                        Script::Han => self.mark_han(&run.text, false),
                        Script::Latin => self.mark_english(&run.text, term.last),
                    };
                }
            }
        }
    }

    /// The characters in one piece, and the words they are made of.
    fn mark_han(&mut self, text: &str, whole_only: bool) -> bool {
        let chars: Vec<char> = text.chars().collect();
        let mut found = self.mark_piece(&chars);
        let Some(pieces) = self.pieces.get(text).filter(|pieces| !whole_only && pieces.iter().any(|piece| *piece != chars))
        else {
            return found;
        };
        let mut has_word = false;
        for piece in pieces.iter().filter(|piece| piece.len() > 1) {
            has_word |= self.mark_piece(piece);
        }
        // a lone character only helps a word that is here too
        if has_word {
            for piece in pieces.iter().filter(|piece| piece.len() == 1) {
                self.mark_piece(piece);
            }
        }
        found |= has_word;
        found
    }

    fn mark_piece(&mut self, piece: &[char]) -> bool {
        let mut found = false;
        for start in 0..(self.folded.len() + 1).saturating_sub(piece.len()) {
            if self.folded[start..].starts_with(piece) {
                self.marks[start..start + piece.len()].fill(true);
                found = true;
            }
        }
        found
    }

    /// Whole words, words of one stem, and the beginning of a word where typing goes on.
    fn mark_english(&mut self, text: &str, last: bool) -> bool {
        let stem = analysis::stem(text);
        let typed_length = text.chars().count();
        let mut found = false;
        let runs = self.runs.get_or_init(|| analysis::runs(&self.folded));
        for run in runs.iter().filter(|run| run.script == Script::Latin) {
            let end = if run.text == text || analysis::stem(&run.text) == stem {
                run.range.end
            } else if last && typed_length > 1 && run.text.starts_with(text) {
                // apostrophes inside the word were not typed
                let letters = run.range.clone().filter(|i| self.folded[*i].is_alphanumeric());
                letters.take(typed_length).last().map_or(run.range.start, |i| i + 1)
            } else {
                continue;
            };
            self.marks[run.range.start..end].fill(true);
            found = true;
        }
        found
    }

    /// Characters and letters in a row, letters read as syllables or, if asked, as first letters.
    fn mark_sound(&mut self, pattern: &[char], last: bool, first_letters: bool) -> bool {
        let fits = |c: &char| c.is_ascii_lowercase() || is_han(*c);
        if pattern.is_empty() || !pattern.iter().all(fits) {
            return false;
        }
        let mut found = false;
        for i in self.han_runs() {
            let run = self.runs()[i].range.clone();
            let han: Vec<char> = self.folded[run.clone()].to_vec();
            let readings = self.readings_of(i);
            let starts = if pattern.len() == 1 { word_starts(&han) } else { (0..han.len()).collect() };
            let mut spans = Vec::new();
            for start in starts {
                let aligned = Aligned { han: &han, readings: &readings, last, first_letters };
                spans.extend(aligned.end(start, pattern).map(|end| start..end));
            }
            let base = run.start;
            found |= !spans.is_empty();
            for span in spans {
                self.marks[base + span.start..base + span.end].fill(true);
            }
        }
        found
    }

    /// First letters of characters from the start of a word on.
    fn mark_initials(&mut self, letters: &[char]) {
        if !(2..=MOST_INITIALS).contains(&letters.len()) {
            return;
        }
        for i in self.han_runs() {
            let run = self.runs()[i].range.clone();
            let han: Vec<char> = self.folded[run.clone()].to_vec();
            let readings = self.readings_of(i);
            let base = run.start;
            for start in word_starts(&han) {
                let initials = readings[start..].iter().map(|r| r.first().and_then(|syllable| syllable.chars().next()));
                if initials.clone().count() >= letters.len() && initials.zip(letters).all(|(a, b)| a == Some(*b)) {
                    self.marks[base + start..base + start + letters.len()].fill(true);
                }
            }
        }
    }

    fn han_runs(&self) -> Vec<usize> {
        self.runs().iter().enumerate().filter(|(_, run)| run.script == Script::Han).map(|(i, _)| i).collect()
    }

    fn readings_of(&mut self, run: usize) -> Vec<Readings> {
        let range = self.runs()[run].range.clone();
        let han = &self.folded[range];
        self.readings.entry(run).or_insert_with(|| pinyin::readings(han)).clone()
    }

    fn ranges(&self) -> Vec<(usize, usize)> {
        marked_ranges(&self.marks)
    }
}

fn word_starts(han: &[char]) -> Vec<usize> {
    let mut starts: Vec<usize> = analysis::words_and_parts(&String::from_iter(han)).into_iter().map(|word| word.start).collect();
    starts.sort_unstable();
    starts.dedup();
    starts
}

/// A Han run beside a pattern of characters and letters.
struct Aligned<'a> {
    han: &'a [char],
    readings: &'a [Readings],
    last: bool,
    first_letters: bool,
}

impl Aligned<'_> {
    /// Where the pattern ends if it starts here; none if it does not fit.
    fn end(&self, at: usize, pattern: &[char]) -> Option<usize> {
        let Some(first) = pattern.first() else { return Some(at) };
        let shown = *self.han.get(at)?;
        if is_han(*first) {
            return if shown == *first { self.end(at + 1, &pattern[1..]) } else { None };
        }
        self.readings[at].iter().find_map(|syllable| {
            let common = syllable.chars().zip(pattern).take_while(|(a, b)| a == *b).count();
            if common == syllable.len()
                && let Some(end) = self.end(at + 1, &pattern[common..])
            {
                return Some(end);
            }
            // the last syllable may only have begun
            if self.last && common == pattern.len() {
                return Some(at + 1);
            }
            if self.first_letters && common > 0 { self.end(at + 1, &pattern[1..]) } else { None }
        })
    }
}
