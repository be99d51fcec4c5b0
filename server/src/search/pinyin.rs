//! How Han characters are read, and how typed letters may be cut into syllables.
//!
//! Readings come from three places, the surest first: the names of regions as a whole, our own table of characters that
//! matter here or have several living readings, and the general table's commonest reading.

use std::collections::{BTreeSet, HashMap};
use std::ops::{Bound, RangeInclusive};
use std::sync::OnceLock;

use domain::region;
use pinyin::ToPinyin;

use super::fold::fold;

/// `character <tab> readings`, the usual one first.
pub const OWN_READINGS: &str = include_str!("readings.tsv");

/// The ways one character may be read; never empty for a character that has a reading at all.
pub type Readings = &'static [&'static str];

/// Readings of every character of a folded Han run; empty where nobody knows one.
pub fn readings(han: &[char]) -> Vec<Readings> {
    let mut all = Vec::with_capacity(han.len());
    while all.len() < han.len() {
        match name_at(&han[all.len()..]) {
            Some(syllables) => all.extend(syllables.iter().map(std::slice::from_ref)),
            None => all.push(readings_of(han[all.len()])),
        }
    }
    all
}

fn readings_of(c: char) -> Readings {
    static OWN: OnceLock<HashMap<char, Vec<&'static str>>> = OnceLock::new();
    let own = OWN.get_or_init(|| {
        let rows = OWN_READINGS.lines().filter_map(|line| line.split_once('\t'));
        rows.filter_map(|(c, readings)| Some((c.chars().next()?, readings.split(' ').collect()))).collect()
    });
    match own.get(&c) {
        Some(readings) => readings,
        None => usual(c),
    }
}

/// From where to where the general table is looked up once and for all.
const USUAL: RangeInclusive<char> = '\u{3400}'..='\u{9fff}';

fn usual(c: char) -> Readings {
    static TABLE: OnceLock<Vec<Option<&'static str>>> = OnceLock::new();
    let table = TABLE.get_or_init(|| USUAL.map(plain).collect());
    let at = (c as usize).checked_sub(*USUAL.start() as usize);
    at.and_then(|at| table.get(at)).map_or(&[], |reading| reading.as_slice())
}

/// The general table's first reading, spelt as it is typed.
fn plain(c: char) -> Option<&'static str> {
    let reading = c.to_pinyin()?.plain();
    Some(match reading {
        "lü" => "lv",
        "nü" => "nv",
        "lüe" => "lve",
        "nüe" => "nve",
        other => other,
    })
}

/// Names, folded, that are read otherwise than their characters: 乾州, which folds to 干州.
pub const OWN_NAMES: &[(&str, &[&str])] = &[("干州", &["qian", "zhou"])];

/// A name and its syllables, one for each character.
type SpokenName = (Vec<char>, Vec<&'static str>);

/// The longest region name this text starts with, as its people read it.
fn name_at(han: &[char]) -> Option<&'static [&'static str]> {
    static NAMES: OnceLock<HashMap<char, Vec<SpokenName>>> = OnceLock::new();
    let names = NAMES.get_or_init(|| {
        let mut names: HashMap<char, Vec<SpokenName>> = HashMap::new();
        for region in region::all() {
            let syllables: Vec<&'static str> = region.pinyin.split(' ').collect();
            for name in [region.name.zh.as_str(), region.short_name()] {
                let name: Vec<char> = fold(name).chars().collect();
                if name.len() <= syllables.len() {
                    let spoken = syllables[..name.len()].to_vec();
                    names.entry(name[0]).or_default().push((name, spoken));
                }
            }
        }
        for (name, spoken) in OWN_NAMES {
            let name: Vec<char> = name.chars().collect();
            names.entry(name[0]).or_default().push((name, spoken.to_vec()));
        }
        names.values_mut().for_each(|names| names.sort_by_key(|(name, _)| std::cmp::Reverse(name.len())));
        names
    });
    let candidates = names.get(han.first()?)?;
    candidates.iter().find(|(name, _)| han.starts_with(name)).map(|(_, syllables)| syllables.as_slice())
}

/// Every syllable there is.
pub fn syllables() -> &'static BTreeSet<&'static str> {
    static ALL: OnceLock<BTreeSet<&'static str>> = OnceLock::new();
    ALL.get_or_init(|| {
        let general = ('\u{4e00}'..='\u{9fff}').filter_map(plain);
        let own = OWN_READINGS.lines().filter_map(|line| line.split_once('\t')).flat_map(|(_, r)| r.split(' '));
        let spoken = |s: &&str| s.bytes().all(|b| b.is_ascii_lowercase()) && s.bytes().any(|b| b"aeiouv".contains(&b));
        general.chain(own).filter(spoken).collect()
    })
}

/// One way to read typed letters: whole syllables, then perhaps the beginning of one more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spelling {
    pub whole: Vec<String>,
    pub begun: Option<String>,
}

/// More ways than this are not worth trying.
const MOST_SPELLINGS: usize = 6;
const LONGEST_SYLLABLE: usize = 6;

/// The ways to cut letters into whole syllables, longest syllables first: `xian` is `xian` or `xi an`.
pub fn spellings(letters: &str) -> Vec<Spelling> {
    let mut found = Vec::new();
    if letters.bytes().all(|b| b.is_ascii_lowercase()) {
        cut(letters, false, &mut Vec::new(), &mut found, &mut 200);
        // ü is also typed as u: nushu is nvshu
        let umlaut = |syllable: &String| match syllable.as_str() {
            "nu" => "nv".to_owned(),
            "lu" => "lv".to_owned(),
            other => other.to_owned(),
        };
        let with_umlaut: Vec<Spelling> = (found.iter())
            .map(|spelling: &Spelling| Spelling { whole: spelling.whole.iter().map(umlaut).collect(), begun: None })
            .filter(|spelling| !found.contains(spelling))
            .collect();
        found.extend(with_umlaut);
        found.truncate(MOST_SPELLINGS);
    }
    found
}

/// The ways in which letters are syllables and the beginning of another: `fengh` is `feng h…`.
pub fn begun_spellings(letters: &str) -> Vec<Spelling> {
    let mut found = Vec::new();
    if letters.bytes().all(|b| b.is_ascii_lowercase()) {
        cut(letters, true, &mut Vec::new(), &mut found, &mut 200);
    }
    found
}

/// `effort` bounds the search: long nonsense has very many beginnings.
fn cut(rest: &str, begun: bool, whole: &mut Vec<String>, found: &mut Vec<Spelling>, effort: &mut u32) {
    if found.len() >= MOST_SPELLINGS || *effort == 0 {
        return;
    }
    *effort -= 1;
    if rest.is_empty() {
        if !begun && !whole.is_empty() {
            found.push(Spelling { whole: whole.clone(), begun: None });
        }
        return;
    }
    if begun && is_open(rest) {
        found.push(Spelling { whole: whole.clone(), begun: Some(rest.to_owned()) });
    }
    for length in (1..=LONGEST_SYLLABLE.min(rest.len())).rev() {
        let (head, tail) = rest.split_at(length);
        if syllables().contains(head) && !(begun && tail.is_empty()) {
            whole.push(head.to_owned());
            cut(tail, begun, whole, found, effort);
            whole.pop();
        }
    }
}

/// Whether some syllable goes on from here: nothing goes on from `huang`.
fn is_open(letters: &str) -> bool {
    beginning_with(letters).any(|syllable| syllable != letters)
}

/// Syllables that begin so.
pub fn beginning_with(letters: &str) -> impl Iterator<Item = &'static str> {
    let from = (Bound::Included(letters), Bound::Unbounded);
    syllables().range::<str, _>(from).copied().take_while(move |syllable| syllable.starts_with(letters))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(han: &str) -> String {
        let han: Vec<char> = han.chars().collect();
        readings(&han).into_iter().map(|r| r.join("|")).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn places_are_read_as_their_people_read_them() {
        let check = |han: &str, spoken: &str| assert_eq!(read(han), spoken, "{han}");
        check("郴州", "chen zhou");
        check("汨罗", "mi luo");
        check("耒阳", "lei yang");
        check("沅陵", "yuan ling");
        check("溆浦", "xu pu");
        check("芷江", "zhi jiang");
        check("攸县", "you xian");
        check("澧县", "li xian");
        check("渌口", "lu kou");
        check("浏阳", "liu yang");
        check("酃湖", "ling hu");
        check("长沙县", "chang sha xian");
        check("崀山", "lang shan");
        check("岳麓山", "yue lu shan");
        check("长城", "chang|zhang cheng");
        check("旅游", "lv you");
    }

    #[test]
    fn every_region_is_read_as_its_table_says() {
        for region in region::all() {
            let spoken = read(&fold(&region.name.zh));
            assert_eq!(spoken, region.pinyin, "{}", region.name.zh);
        }
    }

    #[test]
    fn our_own_table_only_says_what_the_general_one_does_not() {
        let rows = OWN_READINGS.lines().filter_map(|line| line.split_once('\t'));
        let needless: String = rows.filter(|(c, r)| plain(c.chars().next().unwrap()) == Some(r)).map(|(c, _)| c).collect();
        assert_eq!(needless, "", "these are read so anyway");
    }

    #[test]
    fn letters_are_cut_into_syllables() {
        let check = |letters: &str, ways: &[&str]| {
            assert_eq!(spellings(letters).iter().map(|s| s.whole.join(" ")).collect::<Vec<_>>(), ways, "{letters}");
        };
        check("fenghuang", &["feng huang", "feng hu ang"]);
        check("xian", &["xian", "xi an"]);
        check("fhgc", &[]);
        check("5a", &[]);
        check("", &[]);
        let begun = |letters: &str| {
            let ways = begun_spellings(letters);
            ways.iter().map(|s| format!("{} {}…", s.whole.join(" "), s.begun.as_ref().unwrap())).collect::<Vec<_>>()
        };
        assert!(begun("fengh").contains(&"feng h…".to_owned()));
        assert!(begun("fenghua").contains(&"feng hua…".to_owned()));
        assert!(!begun("fenghuang").contains(&"feng huang…".to_owned()), "no syllable goes on from huang");
        assert_eq!(begun("fhgc"), Vec::<String>::new());
    }
}
