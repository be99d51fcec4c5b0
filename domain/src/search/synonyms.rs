//! Words that mean the same, or that one who types the first would also be glad of. The table is `synonyms.tsv`.

use std::collections::HashMap;
use std::sync::OnceLock;

pub const TABLE: &str = include_str!("synonyms.tsv");

/// The longest word of the table, in characters.
const LONGEST: usize = 24;

type Table = HashMap<&'static str, Vec<&'static str>>;

fn table() -> &'static Table {
    static ALL: OnceLock<Table> = OnceLock::new();
    ALL.get_or_init(|| {
        let mut all = Table::new();
        for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
            let [word, how, others] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("synonyms.tsv: {line}") };
            let others: Vec<&str> = others.split(',').collect();
            let both_ways = how == "=";
            add(&mut all, word, &others);
            for other in others.iter().filter(|_| both_ways) {
                let rest: Vec<&str> = std::iter::once(word).chain(others.iter().copied().filter(|it| it != other)).collect();
                add(&mut all, other, &rest);
            }
        }
        all
    })
}

fn add(table: &mut Table, word: &'static str, others: &[&'static str]) {
    let known = table.entry(word).or_default();
    for other in others {
        if *other != word && !known.contains(other) {
            known.push(other);
        }
    }
}

/// Other words for this one: folded, Latin words with single spaces. The nearest first.
pub fn of(word: &str) -> &'static [&'static str] {
    table().get(word).map_or(&[], Vec::as_slice)
}

/// How many characters the longest word of the table takes that starts here; Latin words are asked for by [`of`].
pub fn longest_at(text: &[char]) -> Option<usize> {
    static STARTS: OnceLock<HashMap<char, Vec<Vec<char>>>> = OnceLock::new();
    let starts = STARTS.get_or_init(|| {
        let mut starts: HashMap<char, Vec<Vec<char>>> = HashMap::new();
        for word in table().keys().filter(|word| !word.is_ascii()) {
            let word: Vec<char> = word.chars().take(LONGEST).collect();
            starts.entry(word[0]).or_default().push(word);
        }
        starts.values_mut().for_each(|words| words.sort_by_key(|word| std::cmp::Reverse(word.len())));
        starts
    });
    starts.get(text.first()?)?.iter().find(|word| text.starts_with(word)).map(Vec::len)
}

/// The table, and what the bureau has decided on beside it.
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
        others.extend(of(word).iter().filter(|other| !decided.iter().any(|known| known == *other)));
        others
    }

    /// How many characters the longest word takes that starts here.
    pub fn longest_at(&self, text: &[char]) -> Option<usize> {
        let starts = text.first().and_then(|first| self.starts.get(first));
        let decided = starts.and_then(|words| words.iter().find(|word| text.starts_with(word))).map(Vec::len);
        decided.max(longest_at(text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_way_words_lead_back_and_one_way_words_do_not() {
        assert!(of("山茶油").contains(&"茶油") && of("茶油").contains(&"山茶油"));
        assert!(of("西兰卡普").contains(&"土家族织锦") && of("土家族织锦").contains(&"西兰卡普"));
        assert!(of("毛主席故居").contains(&"毛泽东同志故居") && !of("毛泽东同志故居").contains(&"毛主席故居"));
        assert!(of("farm stay").contains(&"农家乐"));
        assert_eq!(of("凤凰"), [] as [&str; 0]);
    }

    #[test]
    fn the_table_is_tidy() {
        for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
            let cells: Vec<&str> = line.split('\t').collect();
            assert!(cells.len() == 3 && ["=", ">"].contains(&cells[1]), "{line}");
            let words = std::iter::once(cells[0]).chain(cells[2].split(','));
            for word in words {
                assert!(!word.is_empty() && word == word.trim() && word == word.to_lowercase(), "{line}");
            }
            assert!(of(cells[0]).iter().all(|other| *other != cells[0]), "{line}");
        }
    }

    #[test]
    fn the_longest_word_is_found() {
        let at = |text: &str| longest_at(&text.chars().collect::<Vec<_>>());
        assert_eq!(at("泡温泉优惠"), Some(3));
        assert_eq!(at("毛泽东同志故居和"), Some(7));
        assert_eq!(at("凤凰"), None);
        assert_eq!(at(""), None);
    }
}
