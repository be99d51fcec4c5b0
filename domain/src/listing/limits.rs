//! How long words may be and how high prices, so that a page, a card and a row of the index can rely on it.

use crate::{Fen, Problem, Text};

/// A name, a type, a category: what stands in one cell.
pub const LONGEST_NAME: usize = 80;
/// A remark of a few sentences.
pub const LONGEST_REMARK: usize = 1_000;
/// Of lists in which every entry is drawn or written out.
pub const MOST_ENTRIES: usize = 200;

/// What is said to people, in two languages or in one.
pub trait Words {
    fn check(&self, found: &mut Vec<Problem>, field: &str, longest: usize);
}

impl Words for Text {
    /// English needs more letters for the same, so it may be three times as long.
    fn check(&self, found: &mut Vec<Problem>, field: &str, longest: usize) {
        if self.zh.trim().is_empty() {
            found.push(Problem::new(field, "empty", "中文不能为空", "the Chinese text is empty"));
        }
        plain(found, field, &self.zh, longest);
        let Some(en) = &self.en else { return };
        if en.trim().is_empty() {
            let (zh, en) = ("英文为空；没有译文就去掉这一项", "the English text is empty; leave it out where there is none");
            found.push(Problem::new(field, "empty", zh, en));
        }
        plain(found, field, en, longest * 3);
    }
}

impl Words for String {
    fn check(&self, found: &mut Vec<Problem>, field: &str, longest: usize) {
        if self.trim().is_empty() {
            found.push(Problem::new(field, "empty", "不能为空", "it is empty"));
        }
        plain(found, field, self, longest);
    }
}

/// Something is said, and not too much.
pub fn text(found: &mut Vec<Problem>, field: &str, text: &impl Words, longest: usize) {
    text.check(found, field, longest);
}

pub fn optional(found: &mut Vec<Problem>, field: &str, given: Option<&impl Words>, longest: usize) {
    if let Some(given) = given {
        text(found, field, given, longest);
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::listing::kinds::Place;
    use crate::listing::{Details, Listing};

    fn place() -> Listing {
        let text = r#"{"id":"pl-1","slug":"pl-1","title":{"zh":"古城"},"summary":{"zh":"一处"},"terrain":"village",
            "provenance":{"source":"书","confidence":"sourced","as_of":"2026-11-01","licence":"CC-BY-4.0"},
            "published_at":"2026-11-01T00:00:00Z","updated_at":"2026-11-01T00:00:00Z",
            "details":{"kind":"place","sort":{"zh":"古城"}}}"#;
        serde_json::from_str(text).expect("a listing")
    }

    fn check(change: impl Fn(&mut Listing), expected: &[(&str, &str)]) {
        let mut listing = place();
        change(&mut listing);
        let problems = listing.problems();
        let found: Vec<_> = problems.iter().map(|problem| (problem.field.as_str(), problem.code)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn what_is_said_is_neither_empty_nor_endless() {
        check(|_| {}, &[]);
        check(|l| l.title.en = Some(String::new()), &[("title", "empty")]);
        check(|l| l.summary.en = Some(" ".into()), &[("summary", "empty")]);
        check(|l| l.title.zh = "长".repeat(81), &[("title", "too_long")]);
        check(|l| l.title.en = Some("x".repeat(240)), &[]);
        check(|l| l.title.en = Some("x".repeat(241)), &[("title", "too_long")]);
        check(|l| l.aliases = vec!["别".repeat(81)], &[("aliases", "too_long")]);
        check(|l| l.aliases = vec![String::new()], &[("aliases", "empty")]);
        check(|l| l.aliases = vec!["别名".into(); 31], &[("aliases", "too_many")]);
        check(|l| l.provenance.source = "书".repeat(301), &[("provenance.source", "too_long")]);
        check(|l| l.provenance.credits = vec!["\u{7}".into()], &[("provenance.credits", "control_character")]);
    }

    #[test]
    fn the_texts_of_a_kind_have_their_limits_too() {
        let with = |change: fn(&mut Place)| {
            move |listing: &mut Listing| match &mut listing.details {
                Details::Place(place) => change(place),
                _ => unreachable!("a place has the details of a place"),
            }
        };
        check(with(|p| p.sort.zh = String::new()), &[("details.sort", "empty")]);
        check(with(|p| p.note = Some(Text::zh_only("长".repeat(1_001)))), &[("details.note", "too_long")]);
        check(with(|p| p.grade = Some(Text::new("5A", ""))), &[("details.grade", "empty")]);
        check(with(|p| p.grade = Some(Text::zh_only(" 5A"))), &[("details.grade", "not_filterable")]);
        check(with(|p| p.grade = Some(Text::zh_only("级".repeat(41)))), &[("details.grade", "not_filterable")]);
    }
}
