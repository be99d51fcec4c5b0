//! The small parts that plans are made of.

use tantivy::Term as Token;
use tantivy::query::{
    BooleanQuery, BoostQuery, DisjunctionMaxQuery, EmptyQuery, Occur, PhrasePrefixQuery, PhraseQuery, Query, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};

use super::document::initial_token;
use super::pinyin;

pub type Clause = Box<dyn Query>;

/// How much the second-best place of a match counts.
const TIE_BREAKER: f32 = 0.1;

/// All of one or two, most of more: who types much may have one word too many.
pub fn most_of(mut clauses: Vec<Clause>) -> Option<Clause> {
    let needed = (clauses.len() * 3).div_ceil(4);
    match clauses.len() {
        0 => None,
        1 => clauses.pop(),
        all if needed == all => {
            Some(Box::new(BooleanQuery::new(clauses.into_iter().map(|clause| (Occur::Must, clause)).collect())))
        }
        _ => {
            let each = clauses.into_iter().map(|clause| (Occur::Should, clause)).collect();
            Some(Box::new(BooleanQuery::with_minimum_required_clauses(each, needed)))
        }
    }
}

/// Tokens of the field of sounds in a row, the last perhaps only begun.
pub fn sound(field: Field, tokens: &[String], begun: Option<&str>) -> Clause {
    let mut row: Vec<(usize, Token)> =
        tokens.iter().enumerate().map(|(i, token)| (i, Token::from_field_text(field, token))).collect();
    let Some(begun) = begun else { return phrase(row) };
    let mut letters = begun.chars();
    if let (Some(letter), None) = (letters.next(), letters.next()) {
        row.push((tokens.len(), Token::from_field_text(field, &initial_token(letter))));
        return phrase(row);
    }
    if row.is_empty() {
        let syllables = pinyin::beginning_with(begun).map(|syllable| token_query(field, syllable, IndexRecordOption::WithFreqs));
        return best(syllables.collect());
    }
    row.push((tokens.len(), Token::from_field_text(field, begun)));
    Box::new(PhrasePrefixQuery::new_with_offset(row))
}

/// Characters in a row as pairs, every second one enough: 凤凰古城 is 凤凰 and, two further on, 古城.
pub fn pairs(field: Field, chars: &[char]) -> Vec<(usize, Token)> {
    let token = |at: usize, text: &[char]| (at, Token::from_field_text(field, &String::from_iter(text)));
    if chars.len() < 2 {
        return vec![token(0, chars)];
    }
    let last = chars.len() - 2;
    let mut tokens: Vec<_> = (0..=last).step_by(2).map(|at| token(at, &chars[at..at + 2])).collect();
    if last % 2 == 1 {
        tokens.push(token(last, &chars[last..]));
    }
    tokens
}

pub fn phrase(mut tokens: Vec<(usize, Token)>) -> Clause {
    match tokens.len() {
        0 => Box::new(EmptyQuery),
        1 => Box::new(TermQuery::new(tokens.remove(0).1, IndexRecordOption::WithFreqs)),
        _ => Box::new(PhraseQuery::new_with_offset(tokens)),
    }
}

pub fn token_query(field: Field, text: &str, record: IndexRecordOption) -> Clause {
    Box::new(TermQuery::new(Token::from_field_text(field, text), record))
}

pub fn boosted(clause: Clause, weight: f32) -> Clause {
    Box::new(BoostQuery::new(clause, weight))
}

/// The best of several places, the others counting a little.
pub fn best(mut places: Vec<Clause>) -> Clause {
    match places.len() {
        0 => Box::new(EmptyQuery),
        1 => places.remove(0),
        _ => Box::new(DisjunctionMaxQuery::with_tie_breaker(places, TIE_BREAKER)),
    }
}
