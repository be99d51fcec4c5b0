//! The small parts that plans are made of.

use tantivy::schema::Field;

use super::document::{initial_token, syllable_pair};
use super::pinyin;

/// What a listing must have to be found, and what it is worth then. [`super::evaluate`] says which listings those are.
#[derive(Debug, Clone, PartialEq)]
pub enum Clause {
    Nothing,
    /// Every listing, each worth 1.
    Everything,
    Token(Field, String),
    /// Any token that begins so.
    Begun(Field, String),
    /// Tokens of one text, each so many positions after the first.
    Row(Field, Vec<(usize, String)>),
    /// The same with a last token that is only begun.
    BegunRow(Field, Vec<(usize, String)>),
    /// Any of these places: what matches best counts, the others count a little.
    Best(Vec<Clause>),
    /// So many of them at least; what they are worth is added up.
    Most(Vec<Clause>, usize),
    All(All),
    /// The same listings, worth so many times as much.
    Worth(Box<Clause>, f32),
    /// The same listings, each worth this.
    Flat(Box<Clause>, f32),
}

/// What they are worth is added up.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct All {
    /// At least one.
    pub must: Vec<Clause>,
    pub should: Vec<Clause>,
    pub not: Vec<Clause>,
}

pub fn all(must: Vec<Clause>) -> Clause {
    Clause::All(All { must, ..All::default() })
}

/// All of one or two, most of more: who types much may have one word too many.
pub fn most_of(mut clauses: Vec<Clause>) -> Option<Clause> {
    let needed = (clauses.len() * 3).div_ceil(4);
    match clauses.len() {
        0 => None,
        1 => clauses.pop(),
        count if needed == count => Some(all(clauses)),
        _ => Some(Clause::Most(clauses, needed)),
    }
}

/// Characters, syllables or first letters next to each other in the field of sounds, then perhaps a syllable that is only begun.
pub fn sounds(field: Field, tokens: &[String], begun: Option<&str>) -> Clause {
    let then = |last: Option<&str>| phrase(field, tokens.iter().cloned().chain(last.map(str::to_owned)).enumerate().collect());
    let Some(begun) = begun else { return then(None) };
    let mut letters = begun.chars();
    match (letters.next(), letters.next()) {
        (Some(letter), None) => then(Some(&initial_token(letter))),
        _ => best(pinyin::beginning_with(begun).map(|syllable| then(Some(syllable))).collect()),
    }
}

/// Syllables in a row, the last perhaps only begun. In pairs: 凤凰 is one token to look for, not two in a row.
pub fn syllables(field: Field, whole: &[String], begun: Option<&str>) -> Clause {
    let Some(begun) = begun else { return phrase(field, syllable_pairs(whole)) };
    match whole {
        [] => best(pinyin::beginning_with(begun).map(|syllable| token(field, syllable)).collect()),
        [only] => Clause::Begun(field, syllable_pair(only, begun)),
        [.., last] => {
            let mut row = syllable_pairs(whole);
            row.push((whole.len() - 1, syllable_pair(last, begun)));
            Clause::BegunRow(field, row)
        }
    }
}

fn syllable_pairs(syllables: &[String]) -> Vec<(usize, String)> {
    in_pairs(syllables, |at, pair| match pair {
        [a, b] => (at, syllable_pair(a, b)),
        one => (at, one.concat()),
    })
}

/// Items as pairs, every second one enough; one alone as it is.
fn in_pairs<T, P>(items: &[T], pair: impl Fn(usize, &[T]) -> P) -> Vec<P> {
    if items.len() < 2 {
        return items.chunks(1).map(|one| pair(0, one)).collect();
    }
    let last = items.len() - 2;
    let mut pairs: Vec<P> = (0..=last).step_by(2).map(|at| pair(at, &items[at..at + 2])).collect();
    if last % 2 == 1 {
        pairs.push(pair(last, &items[last..]));
    }
    pairs
}

/// Characters in a row as pairs, every second one enough: 凤凰古城 is 凤凰 and, two further on, 古城.
pub fn pairs(field: Field, chars: &[char]) -> Clause {
    phrase(field, in_pairs(chars, |at, pair| (at, String::from_iter(pair))))
}

pub fn phrase(field: Field, mut tokens: Vec<(usize, String)>) -> Clause {
    match tokens.len() {
        0 => Clause::Nothing,
        1 => Clause::Token(field, tokens.remove(0).1),
        _ => Clause::Row(field, tokens),
    }
}

pub fn token(field: Field, text: &str) -> Clause {
    Clause::Token(field, text.to_owned())
}

pub fn boosted(clause: Clause, weight: f32) -> Clause {
    Clause::Worth(Box::new(clause), weight)
}

pub fn flat(clause: Clause, score: f32) -> Clause {
    Clause::Flat(Box::new(clause), score)
}

/// The best of several places, the others counting a little.
pub fn best(mut places: Vec<Clause>) -> Clause {
    match places.len() {
        0 => Clause::Nothing,
        1 => places.remove(0),
        _ => Clause::Best(places),
    }
}
