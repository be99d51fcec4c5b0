//! How long words may be and how high prices, so that a page, a card and a row of the index can rely on it.

use crate::{Fen, Problem, Text};

/// A name, a type, a category: what stands in one cell.
pub const LONGEST_NAME: usize = 80;
/// A remark of a few sentences.
pub const LONGEST_REMARK: usize = 1_000;
/// Of lists in which every entry is drawn or written out.
pub const MOST_ENTRIES: usize = 200;

/// A text in both languages. English needs more letters for the same, so it may be three times as long.
pub fn text(found: &mut Vec<Problem>, field: &str, text: &Text, longest: usize) {
    if text.zh.trim().is_empty() {
        found.push(Problem::new(field, "empty", "中文不能为空", "the Chinese text is empty"));
    }
    if text.en.as_ref().is_some_and(|en| en.trim().is_empty()) {
        let (zh, en) = ("英文为空；没有译文就去掉这一项", "the English text is empty; leave it out where there is none");
        found.push(Problem::new(field, "empty", zh, en));
    }
    for (said, longest) in [(Some(&text.zh), longest), (text.en.as_ref(), longest * 3)] {
        if let Some(said) = said {
            plain(found, field, said, longest);
        }
    }
}

pub fn optional(found: &mut Vec<Problem>, field: &str, given: Option<&Text>, longest: usize) {
    if let Some(given) = given {
        text(found, field, given, longest);
    }
}

/// A word or a name in one language.
pub fn word(found: &mut Vec<Problem>, field: &str, word: &str, longest: usize) {
    if word.trim().is_empty() {
        found.push(Problem::new(field, "empty", "不能为空", "it is empty"));
    }
    plain(found, field, word, longest);
}

/// Not too long, and nothing in it that only machines see.
pub fn plain(found: &mut Vec<Problem>, field: &str, said: &str, longest: usize) {
    if said.chars().count() > longest {
        found.push(Problem::new(field, "too_long", format!("超过{longest}字"), format!("longer than {longest} characters")));
    }
    if said.chars().any(|c| c.is_control() && c != '\n') {
        found.push(Problem::new(field, "control_character", "含有控制字符", "contains a control character"));
    }
}

pub fn price(found: &mut Vec<Problem>, field: &str, price: Option<Fen>) {
    match price {
        Some(price) if price.0 < 0 => {
            found.push(Problem::new(field, "negative", "金额不能为负", "an amount is not negative"));
        }
        Some(price) if price > Fen::MOST => {
            let most = Fen::MOST;
            found.push(Problem::new(field, "out_of_range", format!("金额超过{most}"), format!("an amount is not above {most}")));
        }
        _ => {}
    }
}

pub fn count(found: &mut Vec<Problem>, field: &str, entries: usize) {
    if entries > MOST_ENTRIES {
        let (zh, en) = (format!("超过{MOST_ENTRIES}项"), format!("more than {MOST_ENTRIES} entries"));
        found.push(Problem::new(field, "too_many", zh, en));
    }
}
