//! What is remembered of a search: nothing that says who asked.
//!
//! A search leaves its words, folded and cut, if they hold nothing personal; the county its words or filters name; and whether it
//! found anything. Whoever asks is a bit in a row of sixty-four that only serves to count: addresses that differ may share a bit,
//! so a count is never too high.

mod report;
mod tally;

pub use report::{Line, Report, report};
pub use tally::{Counted, Tally, month_of};

use super::Query;
use super::notes::Note;
use super::understand::Chip;
use crate::Lang;

/// Of the words, in characters.
pub const LONGEST_KEPT: usize = 40;
/// Fewer results than these are poor.
pub const FEW: u64 = 3;
/// Days for which searches are kept one day apart from the other.
pub const DAYS_KEPT: u64 = 30;
/// Months for which sums are kept.
pub const MONTHS_KEPT: u32 = 24;
/// Asked by fewer than so many, a text is nobody's business.
pub const FEWEST_ASKERS: u32 = 5;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    None,
    /// Only what is left when something is given up, or very little.
    Poor,
    Good,
}

/// A search as it is remembered.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Asked {
    pub text: String,
    /// Code of a county or prefecture; empty where none is named, or several.
    pub county: String,
    pub lang: Lang,
    pub outcome: Outcome,
    /// Something in it was put right.
    pub corrected: bool,
    pub hits: u64,
}

impl Outcome {
    pub fn of(total: u64, notes: &[Note]) -> Self {
        let given_up = notes.iter().any(|note| matches!(note, Note::Relaxed(_)));
        match total {
            0 => Outcome::None,
            few if few < FEW => Outcome::Poor,
            _ if given_up => Outcome::Poor,
            _ => Outcome::Good,
        }
    }
}

impl Asked {
    /// What is kept of this search; nothing for one without words, further pages, and words that look personal.
    pub fn of(folded: &str, query: &Query, chips: &[Chip], notes: &[Note], total: u64) -> Option<Self> {
        if query.page != 1 {
            return None;
        }
        Some(Self {
            text: kept(folded)?,
            county: county(query, chips),
            lang: query.lang,
            outcome: Outcome::of(total, notes),
            corrected: notes.iter().any(|note| matches!(note, Note::Corrected { .. })),
            hits: total,
        })
    }
}

fn county(query: &Query, chips: &[Chip]) -> String {
    let chosen = query.counties.iter().chain(&query.prefectures).map(|code| code.as_str());
    let said = chips.iter().filter(|chip| matches!(chip.param, "county" | "prefecture"));
    let mut named: Vec<&str> = chosen.chain(said.flat_map(|chip| chip.values.iter().map(String::as_str))).collect();
    named.sort_unstable();
    named.dedup();
    match named[..] {
        [one] => one.to_owned(),
        _ => String::new(),
    }
}

/// The words that are kept of a folded text; none where there are none, or where they may be somebody's.
pub fn kept(folded: &str) -> Option<String> {
    if is_personal(folded) || !folded.contains(char::is_alphanumeric) {
        return None;
    }
    let plain: String = folded.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let words = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    let cut: String = words.chars().take(LONGEST_KEPT).collect();
    Some(cut.trim_end().to_owned())
}

/// Digits in a row, signs between them passed over, from which on a number may be somebody's.
const SHORTEST_NUMBER: usize = 6;

/// Telephone, identity and account numbers in any digits, mail and web addresses, doors and number plates. Better too much than
/// too little: what is lost is one line of a report.
pub fn is_personal(text: &str) -> bool {
    let chars: Vec<char> = text.chars().collect();
    text.contains(['@', '＠'])
        || text.contains("://")
        || text.contains("www.")
        || has_number(&chars)
        || has_door(&chars)
        || has_plate(&chars)
}

fn digit(c: char) -> bool {
    c.is_numeric() && c.to_digit(36).is_none_or(|value| value < 10) || "零〇一二三四五六七八九幺两壹贰叁肆伍陆柒捌玖".contains(c)
}

fn has_number(chars: &[char]) -> bool {
    let (mut digits, mut between) = (0, 0);
    for c in chars {
        if digit(*c) {
            (digits, between) = (digits + 1, 0);
            if digits >= SHORTEST_NUMBER {
                return true;
            }
        } else if digits > 0 && between < 2 && !c.is_alphanumeric() {
            between += 1;
        } else {
            (digits, between) = (0, 0);
        }
    }
    false
}

/// 3栋, 2单元, 501室.
fn has_door(chars: &[char]) -> bool {
    let doors = ["栋", "单元", "室", "号楼", "弄"];
    (1..chars.len()).any(|at| {
        let rest = || String::from_iter(chars[at..].iter().take(2));
        digit(chars[at - 1]) && doors.iter().any(|door| rest().starts_with(door))
    })
}

/// 湘a12345, with or without a dot.
fn has_plate(chars: &[char]) -> bool {
    const PROVINCES: &str = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼";
    (0..chars.len()).any(|at| {
        if !PROVINCES.contains(chars[at]) || !chars.get(at + 1).is_some_and(char::is_ascii_alphabetic) {
            return false;
        }
        let number = || chars[at + 2..].iter().skip_while(|c| !c.is_alphanumeric()).take_while(|c| c.is_ascii_alphanumeric());
        number().count() >= 5 && number().any(char::is_ascii_digit)
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::Text;
    use crate::search::notes::Step;

    #[test]
    fn what_may_be_somebodys_is_not_kept() {
        for personal in [
            "13812345678",
            "找 138-1234-5678 的民宿",
            "138 1234 5678",
            "一三八一二三四五六七八",
            "幺三八 零零一二",
            "430102199003078515",
            "43010219900307851x",
            "qq 123456",
            "zhang@example.com",
            "https://example.com/x",
            "www.example.com",
            "凤凰县虹桥路3栋501",
            "湘a12345",
            "湘u·d12345",
            "１３８１２３４５６７８",
        ] {
            assert_eq!(kept(personal), None, "{personal}");
        }
    }

    #[test]
    fn what_people_look_for_is_kept() {
        for (typed, text) in [
            ("凤凰 民宿", "凤凰 民宿"),
            ("  擂茶\t安化 ", "擂茶 安化"),
            ("18洞村", "18洞村"),
            ("十八洞村", "十八洞村"),
            ("300元以内 5a", "300元以内 5a"),
            ("2026年10月", "2026年10月"),
            ("湘西 g56", "湘西 g56"),
            ("fenghuang", "fenghuang"),
        ] {
            assert_eq!(kept(typed).as_deref(), Some(text));
        }
        assert_eq!(kept("？！"), None);
        assert_eq!(kept(""), None);
        assert_eq!(kept(&"凤".repeat(100)).map(|text| text.chars().count()), Some(LONGEST_KEPT));
    }

    #[test]
    fn poor_is_little_or_only_what_is_left_when_something_is_given_up() {
        let relaxed = [Note::Relaxed(Step::WithoutChip(Text::new("10月", "Oct")))];
        assert_eq!(Outcome::of(0, &[]), Outcome::None);
        assert_eq!(Outcome::of(2, &[]), Outcome::Poor);
        assert_eq!(Outcome::of(3, &[]), Outcome::Good);
        assert_eq!(Outcome::of(300, &relaxed), Outcome::Poor);
    }

    #[test]
    fn a_county_counts_where_one_is_named() {
        let (query, _) = Query::from_params([("q", "民宿"), ("county", "433123")]);
        let asked = |query: &Query| Asked::of("民宿", query, &[], &[], 9).map(|asked| asked.county);
        assert_eq!(asked(&query).as_deref(), Some("433123"));
        let (query, _) = Query::from_params([("q", "民宿"), ("county", "433123"), ("county", "430104")]);
        assert_eq!(asked(&query).as_deref(), Some(""));
        let (query, _) = Query::from_params([("q", "民宿"), ("near", "27.9,109.6")]);
        assert_eq!(asked(&query).as_deref(), Some(""), "a position is never kept");
        let (query, _) = Query::from_params([("q", "民宿"), ("page", "2")]);
        assert_eq!(asked(&query), None);
    }

    proptest! {
        #[test]
        fn nothing_kept_is_long_personal_or_blank(text in "\\PC{0,60}") {
            if let Some(kept) = kept(&text) {
                prop_assert!(kept.chars().count() <= LONGEST_KEPT);
                prop_assert!(!is_personal(&kept));
                prop_assert!(!kept.trim().is_empty());
            }
        }

        #[test]
        fn a_telephone_number_is_seen_wherever_it_stands(before in "[凤凰a ]{0,8}", number in "1[3-9][0-9]{9}", behind in "[镇b ]{0,8}", every in 1usize..6) {
            let spaced: String = number.chars().enumerate().flat_map(|(i, c)| (i > 0 && i % every == 0).then_some('-').into_iter().chain([c])).collect();
            let text = format!("{before}{spaced}{behind}");
            prop_assert!(is_personal(&text), "{}", text);
        }
    }
}
