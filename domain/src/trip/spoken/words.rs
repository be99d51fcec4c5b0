//! The words of `spoken.tsv`, and numbers in English.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::listing::Tag;
use crate::search::numeral::{Amount, amount_at};
use crate::trip::plan::{Mobility, Pace, Transport};

/// What a word says. Numbers are what it stands for when no number stands before it; none where it then says nothing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum What {
    /// So many times so many days.
    Days(u32),
    Nights,
    /// The weekend so many weeks from now.
    Weekend(u64),
    /// So many days from today.
    In(u64),
    Adults(Option<u32>),
    Elders(Option<u32>),
    Children(Option<u32>),
    /// Twice as many adults.
    Pairs,
    People,
    /// Everybody of a family: 三口 behind the number, `family of` before it.
    Family,
    Age,
    /// An age follows.
    Aged,
    Yuan,
    /// Counts something that no form asks for: 2小时 is not two children.
    Unit,
    Money,
    Each,
    From,
    To,
    /// Where one goes at last.
    Back,
    Leave,
    Transport(Transport),
    Mobility(Mobility),
    Pace(Pace),
    Tag(Tag),
    Not,
    And,
    /// Says nothing by itself: 我们, 喜欢, with.
    Small,
}

impl What {
    /// A number before it belongs to it.
    pub fn counts(self) -> bool {
        let people = matches!(self, What::Adults(_) | What::Elders(_) | What::Children(_) | What::Pairs | What::People);
        let time = matches!(self, What::Days(_) | What::Nights | What::Age);
        people || time || matches!(self, What::Family | What::Yuan | What::Unit)
    }

    fn parse(what: &str, value: &str) -> Option<Self> {
        let usual = || value.parse().ok();
        Some(match what {
            "days" => What::Days(value.parse().ok()?),
            "nights" => What::Nights,
            "weekend" => What::Weekend(value.parse().ok()?),
            "in" => What::In(value.parse().ok()?),
            "adults" => What::Adults(usual()),
            "elders" => What::Elders(usual()),
            "children" => What::Children(usual()),
            "pairs" => What::Pairs,
            "people" => What::People,
            "family" => What::Family,
            "age" => What::Age,
            "aged" => What::Aged,
            "yuan" => What::Yuan,
            "unit" => What::Unit,
            "money" => What::Money,
            "each" => What::Each,
            "from" => What::From,
            "to" => What::To,
            "back" => What::Back,
            "leave" => What::Leave,
            "transport" => What::Transport(Transport::parse(value)?),
            "mobility" => What::Mobility(Mobility::parse(value)?),
            "pace" => What::Pace(Pace::parse(value)?),
            "tag" => What::Tag(Tag::parse(value)?),
            "not" => What::Not,
            "and" => What::And,
            "small" => What::Small,
            _ => return None,
        })
    }
}

type Table = HashMap<char, Vec<(Vec<char>, What)>>;

/// By first character, the longest first.
fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut table = Table::new();
        for line in include_str!("../spoken.tsv").lines().filter(|line| !line.starts_with('#')) {
            let cells: Vec<&str> = line.split('\t').collect();
            let [word, what, value] = cells[..] else { panic!("spoken.tsv: {line}") };
            let what = What::parse(what, value).unwrap_or_else(|| panic!("spoken.tsv: {line}"));
            let word: Vec<char> = word.chars().collect();
            table.entry(word[0]).or_default().push((word, what));
        }
        table.values_mut().for_each(|list| list.sort_by_key(|(word, _)| std::cmp::Reverse(word.len())));
        table
    })
}

/// The longest word that begins here and how many characters it takes. A Latin word is a word by itself.
pub fn word_at(text: &[char], at: usize) -> Option<(What, usize)> {
    let list = table().get(text.get(at)?)?;
    let latin = |i: usize| text.get(i).is_some_and(char::is_ascii_alphabetic);
    let apart = |at: usize| !(latin(at) && at.checked_sub(1).is_some_and(latin));
    let here = &text[at..];
    let found = list.iter().find(|(word, _)| here.starts_with(word) && apart(at) && apart(at + word.len()));
    found.map(|(word, what)| (*what, word.len()))
}

/// Digits, characters or English words, and how many characters they take.
pub fn spoken_number(here: &[char]) -> Option<(Amount, usize)> {
    match here.first()? {
        '俩' => return Some((Amount::of(2), 1)),
        '仨' => return Some((Amount::of(3), 1)),
        _ => {}
    }
    in_english(here).or_else(|| amount_at(here))
}

/// five hundred, 3 thousand, two hundred and fifty.
fn in_english(here: &[char]) -> Option<(Amount, usize)> {
    const COUPLE: &str = "couple of";
    if begins(here, COUPLE) {
        return Some((Amount::of(2), COUPLE.len()));
    }
    let (mut hundredths, mut length, mut last) = (0i64, 0, i64::MAX);
    loop {
        let rest = &here[length..];
        let between = if length == 0 { 0 } else { [" and ", " "].into_iter().find(|it| begins(rest, it)).map_or(0, str::len) };
        let rest = &rest[between..];
        let digits = || amount_at(rest).filter(|(_, taken)| length == 0 && scale(&rest[*taken..]).is_some());
        let Some((number, taken)) = below_a_hundred(rest).or_else(digits).filter(|_| length == 0 || between > 0) else { break };
        match scale(&rest[taken..]) {
            Some((scale, more)) if scale < last => {
                hundredths = hundredths.saturating_add(number.hundredths.saturating_mul(scale));
                (length, last) = (length + between + taken + more, scale);
            }
            None => {
                hundredths = hundredths.saturating_add(number.hundredths);
                length += between + taken;
                break;
            }
            Some(_) => break,
        }
    }
    let scaled = last < i64::MAX;
    (length > 0).then_some((Amount { hundredths, scaled, colloquial: false }, length))
}

fn begins(here: &[char], word: &str) -> bool {
    let mut text = here.iter();
    word.chars().all(|c| text.next() == Some(&c))
}

fn latin_word(here: &[char]) -> String {
    here.iter().take_while(|c| c.is_ascii_alphabetic()).collect()
}

fn below_a_hundred(here: &[char]) -> Option<(Amount, usize)> {
    const NUMBERS: [&str; 19] = [
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    let place = |of: &[&str], word: &str| of.iter().position(|known| *known == word).map(|at| at as i64);
    let word = latin_word(here);
    if let Some(at) = place(&NUMBERS, &word) {
        return Some((Amount::of(at + 1), word.len()));
    }
    let tens = (place(&TENS, &word)? + 2) * 10;
    let one = here.get(word.len()..).and_then(|rest| rest.strip_prefix(&['-'])).map(latin_word).unwrap_or_default();
    match place(&NUMBERS[..9], &one) {
        Some(at) => Some((Amount::of(tens + at + 1), word.len() + 1 + one.len())),
        None => Some((Amount::of(tens), word.len())),
    }
}

fn scale(here: &[char]) -> Option<(i64, usize)> {
    let rest = here.strip_prefix(&[' '])?;
    let word = latin_word(rest);
    let scale = [("hundred", 100), ("thousand", 1_000)].into_iter().find(|(known, _)| *known == word)?.1;
    Some((scale, word.len() + 1))
}

/// Holidays that stand on a day of the solar calendar: month, day, characters.
pub fn holiday(here: &[char]) -> Option<(u32, u32, usize)> {
    const HOLIDAYS: [(&str, u32, u32); 7] = [
        ("国庆节", 10, 1),
        ("国庆", 10, 1),
        ("十一假期", 10, 1),
        ("五一", 5, 1),
        ("劳动节", 5, 1),
        ("元旦", 1, 1),
        ("national day", 10, 1),
    ];
    let (word, month, day) = HOLIDAYS.into_iter().find(|(word, ..)| begins(here, word))?;
    Some((month, day, word.chars().count()))
}
