//! The words of `spoken.tsv`, and the few that are no line of a table.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::listing::Tag;
use crate::trip::plan::{Mobility, Pace, Transport};

/// What a word says. Numbers are what it stands for when no number stands before it; none where it then says nothing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum What {
    Days,
    Nights,
    Weekend,
    /// So many days from today.
    In(u64),
    Adults(Option<u32>),
    Elders(Option<u32>),
    Children(Option<u32>),
    People,
    Age,
    Yuan,
    Money,
    Each,
    From,
    Leave,
    Transport(Transport),
    Mobility(Mobility),
    Pace(Pace),
    Tag(Tag),
    /// Says nothing by itself: 我们, 喜欢, and.
    Small,
}

impl What {
    /// A number before it belongs to it.
    pub fn counts(self) -> bool {
        let people = matches!(self, What::Adults(_) | What::Elders(_) | What::Children(_) | What::People);
        people || matches!(self, What::Days | What::Nights | What::Age | What::Yuan)
    }

    fn parse(what: &str, value: &str) -> Option<Self> {
        let usual = || value.parse().ok();
        Some(match what {
            "days" => What::Days,
            "nights" => What::Nights,
            "weekend" => What::Weekend,
            "in" => What::In(value.parse().ok()?),
            "adults" => What::Adults(usual()),
            "elders" => What::Elders(usual()),
            "children" => What::Children(usual()),
            "people" => What::People,
            "age" => What::Age,
            "yuan" => What::Yuan,
            "money" => What::Money,
            "each" => What::Each,
            "from" => What::From,
            "leave" => What::Leave,
            "transport" => What::Transport(Transport::parse(value)?),
            "mobility" => What::Mobility(Mobility::parse(value)?),
            "pace" => What::Pace(Pace::parse(value)?),
            "tag" => What::Tag(Tag::parse(value)?),
            _ => return None,
        })
    }
}

/// Words around what is meant.
const SMALL: &[&str] = &[
    "我们",
    "我",
    "想",
    "要",
    "去",
    "到",
    "玩",
    "带",
    "着",
    "和",
    "跟",
    "与",
    "加",
    "的",
    "了",
    "在",
    "有",
    "一起",
    "一家",
    "全家",
    "打算",
    "准备",
    "计划",
    "喜欢",
    "爱",
    "看",
    "看看",
    "坐",
    "乘",
    "游",
    "旅游",
    "旅行",
    "左右",
    "以内",
    "之内",
    "大概",
    "大约",
    "差不多",
    "不超过",
    "总共",
    "一共",
    "共",
    "请",
    "帮",
    "安排",
    "行程",
    "and",
    "a",
    "an",
    "the",
    "with",
    "we",
    "i",
    "are",
    "my",
    "our",
    "for",
    "of",
    "in",
    "to",
    "like",
    "likes",
    "love",
    "loves",
    "want",
    "wants",
    "by",
    "about",
    "around",
    "up",
    "under",
];

type Table = HashMap<char, Vec<(Vec<char>, What)>>;

/// By first character, the longest first.
fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut table = Table::new();
        let mut add = |word: &str, what| {
            let word: Vec<char> = word.chars().collect();
            table.entry(word[0]).or_default().push((word, what));
        };
        for line in include_str!("../spoken.tsv").lines().filter(|line| !line.starts_with('#')) {
            let cells: Vec<&str> = line.split('\t').collect();
            let [word, what, value] = cells[..] else { panic!("spoken.tsv: {line}") };
            add(word, What::parse(what, value).unwrap_or_else(|| panic!("spoken.tsv: {line}")));
        }
        SMALL.iter().for_each(|word| add(word, What::Small));
        table.values_mut().for_each(|list| list.sort_by_key(|(word, _)| std::cmp::Reverse(word.len())));
        table
    })
}

/// The longest word that begins here and how many characters it takes. A Latin word is a word by itself.
pub fn word_at(text: &[char], at: usize) -> Option<(What, usize)> {
    let list = table().get(text.get(at)?)?;
    let apart = |at: usize| {
        let latin = |i: usize| text.get(i).is_some_and(char::is_ascii_alphabetic);
        !(latin(at) && at.checked_sub(1).is_some_and(latin))
    };
    let here = &text[at..];
    let whole = |word: &[char]| !word[0].is_ascii_alphabetic() || apart(at) && apart(at + word.len());
    list.iter().find(|(word, _)| here.starts_with(word) && whole(word)).map(|(word, what)| (*what, word.len()))
}

/// `three`, `ten`.
pub fn english_number(here: &[char]) -> Option<(i64, usize)> {
    const NUMBERS: [&str; 12] =
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    let word: String = here.iter().take_while(|c| c.is_ascii_alphabetic()).collect();
    let number = NUMBERS.iter().position(|known| *known == word)?;
    Some((number as i64 + 1, word.len()))
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
    let found = HOLIDAYS.into_iter().find(|(word, ..)| {
        let mut text = here.iter();
        word.chars().all(|c| text.next() == Some(&c))
    });
    found.map(|(word, month, day)| (month, day, word.chars().count()))
}
