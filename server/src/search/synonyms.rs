//! Other words for a word: those of the built-in table, and those the bureau has decided on.

use std::collections::HashMap;
use std::sync::OnceLock;

use domain::search::synonyms;

#[derive(Debug, Default, PartialEq, Eq)]
pub struct Synonyms {
    /// The bureau's. Folded, Latin words with single spaces, as the table has them.
    more: HashMap<String, Vec<String>>,
    /// Its words by their first character, the longest first; Latin words are asked for by [`Self::of`].
    starts: HashMap<char, Vec<Vec<char>>>,
}

impl Synonyms {
    /// The table alone.
    pub fn built_in() -> &'static Self {
        static NONE: OnceLock<Synonyms> = OnceLock::new();
        NONE.get_or_init(Self::default)
    }

    pub fn add(&mut self, word: &str, others: &[String], both_ways: bool) {
        self.lead(word, others.iter());
        for other in others.iter().filter(|_| both_ways) {
            self.lead(other, std::iter::once(&word.to_owned()).chain(others));
        }
    }

    fn lead<'a>(&mut self, from: &str, to: impl Iterator<Item = &'a String>) {
        let known = self.more.entry(from.to_owned()).or_default();
        for other in to {
            if other != from && !known.contains(other) {
                known.push(other.clone());
            }
        }
        if !from.is_ascii() {
            let word: Vec<char> = from.chars().collect();
            let starts = self.starts.entry(word[0]).or_default();
            if !starts.contains(&word) {
                starts.push(word);
                starts.sort_by_key(|word| std::cmp::Reverse(word.len()));
            }
        }
    }

    /// The nearest first: what was decided for here before what is so anywhere.
    pub fn of(&self, word: &str) -> Vec<&str> {
        let decided = self.more.get(word).map_or(&[][..], Vec::as_slice);
        let mut others: Vec<&str> = decided.iter().map(String::as_str).collect();
        others.extend(synonyms::of(word).iter().filter(|other| !decided.iter().any(|known| known == *other)));
        others
    }

    /// How many characters the longest word takes that starts here.
    pub fn longest_at(&self, text: &[char]) -> Option<usize> {
        let starts = text.first().and_then(|first| self.starts.get(first));
        let decided = starts.and_then(|words| words.iter().find(|word| text.starts_with(word))).map(Vec::len);
        decided.max(synonyms::longest_at(text))
    }
}
