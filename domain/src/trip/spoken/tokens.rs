//! A sentence cut into words, names, numbers and days. Whatever is longest at a place is what stands there: 茶陵 is a county before
//! 茶 is tea, and 一共 is a word before 一 is a number.

use std::ops::Range;

use chrono::NaiveDate;

use super::dates::date_at;
use super::words::{What, spoken_number, word_at};
use crate::region::Region;
use crate::search::numeral::{Amount, number_at};
use crate::search::understand::region_named;

#[derive(Debug, Clone)]
pub enum Is {
    Date(NaiveDate),
    Number(Amount),
    Word(What),
    Region(&'static Region),
    /// The name of a place.
    Place(String),
    /// A sign behind which a new thought begins.
    Gap,
    /// Between the parts of a list: 凤凰、张家界.
    Pause,
    /// Between a number and what it counts: 三个, 3-day.
    Filler,
    Unknown,
}

#[derive(Debug, Clone)]
pub struct Token {
    pub is: Is,
    /// Characters of the text.
    pub span: Range<usize>,
}

/// As many characters as a name of one word may have, and as many words as one of letters.
const LONGEST_NAME: usize = 12;
const MOST_WORDS: usize = 5;
/// What is shorter may be part of any word.
const SHORTEST_NAME: usize = 3;

/// Spaces, and signs that mean nothing, are left out.
pub fn tokens(text: &[char], today: NaiveDate, is_place: &dyn Fn(&str) -> bool) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let (is, length) = token(text, at, today, is_place);
        tokens.extend(is.map(|is| Token { is, span: at..at + length }));
        at += length;
    }
    parts_of_names(text, &mut tokens);
    tokens
}

fn token(text: &[char], at: usize, today: NaiveDate, is_place: &dyn Fn(&str) -> bool) -> (Option<Is>, usize) {
    let here = &text[at..];
    if let Some((date, length)) = date_at(here, today) {
        return (Some(date.map_or(Is::Unknown, Is::Date)), length);
    }
    let word = word_at(text, at).map(|(word, length)| (Is::Word(word), length));
    let number = number(text, at).map(|(number, length)| (Is::Number(number), length));
    let region = region_named(text, at).map(|(region, length)| (Is::Region(region), length));
    let place = place_at(text, at, is_place).map(|(name, length)| (Is::Place(name), length));
    // of several that are as long, the word
    if let Some((is, length)) = [place, region, number, word].into_iter().flatten().max_by_key(|(_, length)| *length) {
        return (Some(is), length);
    }
    match here[0] {
        // 第二天 is no number of days
        '第' => (Some(Is::Unknown), 1 + number_at(&here[1..]).map_or(0, |(_, length)| length)),
        '个' | '位' | '名' | '-' => (Some(Is::Filler), 1),
        '、' => (Some(Is::Pause), 1),
        ',' | ';' | '.' | '!' | '?' | '。' | '\n' | '$' | '€' | '£' => (Some(Is::Gap), 1),
        c if c.is_ascii_alphanumeric() => (Some(Is::Unknown), here.iter().take_while(|c| c.is_ascii_alphanumeric()).count()),
        c if c.is_alphanumeric() => (Some(Is::Unknown), row_of_numerals(here).max(1)),
        _ => (None, 1),
    }
}

/// The longest name of a place that stands here: 凤凰古城 is more than 凤凰.
fn place_at(text: &[char], at: usize, is_place: &dyn Fn(&str) -> bool) -> Option<(String, usize)> {
    let here = &text[at..];
    let name = |length: usize| {
        let name: String = here[..length].iter().collect();
        is_place(&name).then_some((name, length))
    };
    if !here[0].is_alphanumeric() {
        return None;
    }
    if !here[0].is_ascii() {
        let row = here.iter().take(LONGEST_NAME).take_while(|c| c.is_alphanumeric()).count();
        return (SHORTEST_NAME..=row).rev().find_map(name);
    }
    if at.checked_sub(1).is_some_and(|before| text[before].is_ascii_alphanumeric()) {
        return None;
    }
    let ends = |i: &usize| here[i - 1].is_ascii_alphanumeric() && !here.get(*i).is_some_and(char::is_ascii_alphanumeric);
    let row = here.iter().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, ' ' | '-' | '\'')).count();
    let ends: Vec<usize> = (1..=row).filter(ends).take(MOST_WORDS).collect();
    ends.into_iter().rev().filter(|length| *length > SHORTEST_NAME).find_map(name)
}

/// 一千五 is 1,500, but 一千五天 is said by nobody: a digit that counts what follows is no part of the amount.
fn number(text: &[char], at: usize) -> Option<(Amount, usize)> {
    let (number, length) = spoken_number(&text[at..])?;
    let end = at + length;
    let counts = word_at(text, end).is_some_and(|(word, _)| word.counts() && word != What::Yuan);
    if number.colloquial && counts {
        return spoken_number(&text[at..end - 1]);
    }
    // 3days, but not 3abc
    let joined = |i: usize| text.get(i).is_some_and(char::is_ascii_alphabetic);
    let torn = joined(end) && text[end - 1].is_ascii_alphanumeric() && word_at(text, end).is_none();
    (!torn).then_some((number, length))
}

/// 二〇二六 is no amount, nor is its end. Two digits are 三四天: the second counts.
fn row_of_numerals(here: &[char]) -> usize {
    let row = here.iter().take_while(|c| !c.is_ascii_digit() && number_at(&[**c]).is_some()).count();
    if row > 2 { row } else { 0 }
}

/// 茶 in 茶峒 is no tea.
fn parts_of_names(text: &[char], tokens: &mut [Token]) {
    for i in 1..tokens.len() {
        let (before, behind) = tokens.split_at_mut(i);
        let (word, next) = (&mut before[i - 1], &behind[0]);
        let touches = word.span.end == next.span.start && !text[next.span.start].is_ascii();
        if matches!(word.is, Is::Word(What::Tag(_))) && word.span.len() == 1 && touches && matches!(next.is, Is::Unknown) {
            word.is = Is::Unknown;
        }
    }
}
