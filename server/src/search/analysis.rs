//! Cutting folded text into runs, and runs into words.

use std::cell::RefCell;
use std::collections::HashSet;
use std::ops::Range;
use std::sync::OnceLock;

use domain::Lang;
use domain::listing::{Kind, Tag};
use domain::region::{self, Block};
pub use domain::search::script::{Run, Script, is_han, runs};
use jieba_rs::{Jieba, TokenizeMode};
use tantivy::tokenizer::{Language, RawTokenizer, Stemmer, TextAnalyzer};

use super::fold::fold;

/// Words of the trade that the general dictionary lacks or would cut in two.
const OWN_WORDS: &str = include_str!("words.txt");

/// Words of a Han run as ranges of its characters: a cover of the run without overlaps. A long word that is made of
/// shorter ones is given as those: who types 凤凰古城 also means the 古城 of 凤凰.
pub fn words(han: &str) -> Vec<Range<usize>> {
    let whole = jieba().cut(han, false).into_iter().map(|token| token.start..token.end);
    let mut parts: Option<Vec<Range<usize>>> = None;
    let mut words = Vec::new();
    for word in whole {
        if word.len() < SHORTEST_COMPOUND {
            words.push(word);
            continue;
        }
        let parts = parts.get_or_insert_with(|| words_and_parts(han));
        let inside = |part: &&Range<usize>| part.len() > 1 && part.len() < word.len() && word.start <= part.start;
        let inside: Vec<&Range<usize>> = parts.iter().filter(inside).collect();
        match cover(&inside, word.start, word.end) {
            Some(cover) => words.extend(cover),
            None => words.push(word),
        }
    }
    words
}

/// Two words of two characters.
const SHORTEST_COMPOUND: usize = 4;

/// Parts in a row from `at` to `end`, the longest first.
fn cover(parts: &[&Range<usize>], at: usize, end: usize) -> Option<Vec<Range<usize>>> {
    if at == end {
        return Some(Vec::new());
    }
    let mut here: Vec<&&Range<usize>> = parts.iter().filter(|part| part.start == at && part.end <= end).collect();
    here.sort_by_key(|part| std::cmp::Reverse(part.end));
    here.into_iter().find_map(|part| {
        let mut rest = cover(parts, part.end, end)?;
        rest.insert(0, (**part).clone());
        Some(rest)
    })
}

/// The same words and the shorter words inside them.
pub fn words_and_parts(han: &str) -> Vec<Range<usize>> {
    jieba().tokenize(han, TokenizeMode::Search, false).into_iter().map(|token| token.start..token.end).collect()
}

/// `lakes` and `lake` are one.
pub fn stem(word: &str) -> String {
    thread_local! {
        static ENGLISH: RefCell<TextAnalyzer> =
            RefCell::new(TextAnalyzer::builder(RawTokenizer::default()).filter(Stemmer::new(Language::English)).build());
    }
    if !word.bytes().all(|b| b.is_ascii_lowercase()) {
        return word.to_owned();
    }
    ENGLISH.with_borrow_mut(|analyzer| {
        let mut stream = analyzer.token_stream(word);
        if stream.advance() { stream.token().text.clone() } else { word.to_owned() }
    })
}

/// Loaded once, when the first Chinese text comes by: it takes a moment and some memory.
fn jieba() -> &'static Jieba {
    static JIEBA: OnceLock<Jieba> = OnceLock::new();
    JIEBA.get_or_init(|| {
        let mut jieba = Jieba::new();
        for word in own_words() {
            if !jieba.has_word(&word) {
                jieba.add_word(&word, None, None);
            }
        }
        jieba
    })
}

/// Folded, each once, in a fixed order. Long names are left out: a word that swallows its parts hides them.
fn own_words() -> Vec<String> {
    let regions = region::all().iter().flat_map(|r| [r.name.zh.clone(), r.short_name().to_owned()]);
    let labels = (Kind::ALL.iter().map(|kind| kind.label(Lang::Zh)))
        .chain(Tag::ALL.iter().map(|tag| tag.label(Lang::Zh)))
        .chain(Block::ALL.iter().map(|block| block.label(Lang::Zh)));
    let own = OWN_WORDS.split_whitespace();
    let mut seen = HashSet::new();
    (regions.chain(labels.chain(own).map(str::to_owned)))
        .map(|word| fold(&word))
        .filter(|word| (2..=4).contains(&word.chars().count()) && word.chars().all(is_han))
        .filter(|word| seen.insert(word.clone()))
        .collect()
}

/// What the analysis depends on, for the name of the schema.
pub fn dictionary_seed() -> String {
    own_words().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(han: &str) -> Vec<String> {
        let chars: Vec<char> = han.chars().collect();
        words(han).into_iter().map(|range| chars[range].iter().collect()).collect()
    }

    #[test]
    fn runs_are_told_apart_by_script() {
        let of = |text: &str| {
            let chars: Vec<char> = text.chars().collect();
            runs(&chars).into_iter().map(|run| run.text).collect::<Vec<_>>()
        };
        assert_eq!(of("凤huang 5a景区"), ["凤", "huang", "5a", "景区"]);
        assert_eq!(of("dong'an 'x' 凤凰·古城🐴"), ["dongan", "x", "凤凰", "古城"]);
        assert_eq!(of("' '' - \0"), Vec::<String>::new());
    }

    #[test]
    fn the_words_of_hunan_are_words() {
        assert_eq!(cut("溆浦擂茶"), ["溆浦", "擂茶"]);
        assert_eq!(cut("芷江侗族"), ["芷江", "侗族"]);
        assert_eq!(cut("武陵源农家乐"), ["武陵源", "农家乐"]);
        assert_eq!(cut("凤凰古城"), ["凤凰", "古城"]);
        assert_eq!(cut("国家森林公园里"), ["国家", "森林", "公园", "里"]);
    }

    #[test]
    fn english_words_lose_their_endings() {
        assert_eq!(stem("lakes"), "lake");
        assert_eq!(stem("5a"), "5a");
    }
}
