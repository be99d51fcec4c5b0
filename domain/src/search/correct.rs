//! What a word that finds nothing was probably meant to be: a misreading, an accent, a slip of the keys, one wrong character.
//! Nothing is far-fetched: one sound or letter in few, two in many. Where the names come from is the caller's.

use std::borrow::Cow;

use super::notes::{Note, Reason};
use super::script::{Script, is_han};
use super::sounds::{Accent, look_alike, misreadings};
use super::terms::{Term, Typed};

/// Proposals for one word that are tried.
const MOST_PROPOSALS: usize = 6;
/// Shorter letters are near too many words.
pub const SHORTEST_LETTERS: usize = 4;
/// From so many letters on two may be astray.
const MANY_LETTERS: usize = 8;

/// Terms that are put right together, as they were typed.
#[derive(Debug, Clone)]
pub struct Unit {
    pub text: String,
    pub script: Script,
    /// Which terms of the text.
    pub terms: std::ops::Range<usize>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    pub to: String,
    pub reason: Reason,
    /// Smaller is nearer.
    pub cost: u32,
}

impl Proposal {
    /// All of a name, of which one character was another.
    pub fn is_one_whole_name(&self) -> bool {
        self.reason == Reason::Character && self.cost < 500
    }

    /// A word or name in letters, so many of them astray. Of words that are equally near, names come before words.
    pub fn slip(to: String, distance: u32, whole: bool) -> Self {
        Self::sounding(to, 200 + 10 * distance, Reason::Typo, whole)
    }

    fn sounding(to: String, cost: u32, reason: Reason, whole: bool) -> Self {
        Self { to, reason, cost: cost * 2 + u32::from(!whole) }
    }

    pub fn note(&self, from: &str) -> Note {
        Note::Corrected { from: from.to_owned(), to: self.to.clone(), reason: self.reason }
    }
}

/// The words of a text that may be put right: Han runs and Latin words, not what is quoted or excluded.
pub fn units(typed: &Typed) -> Vec<Unit> {
    let plain = |(i, term): (usize, &Term)| match term.runs.as_slice() {
        [run] if !term.quoted && !term.excluded => Some(Unit { text: run.text.clone(), script: run.script, terms: i..i + 1 }),
        _ => None,
    };
    typed.terms.iter().enumerate().filter_map(plain).collect()
}

/// Latin words next to each other as one: pinyin is typed with and without spaces.
pub fn joined(typed: &Typed) -> Option<Unit> {
    let letters = typed.terms.iter().map(Term::latin).collect::<Option<Vec<_>>>()?;
    (letters.len() > 1).then(|| Unit { text: letters.concat(), script: Script::Latin, terms: 0..letters.len() })
}

/// How many letters of a word may be astray; none where it is too short to be put right, or no word in letters.
pub fn slips(letters: &str) -> Option<u32> {
    let may_be = letters.len() >= SHORTEST_LETTERS && letters.bytes().all(|b| b.is_ascii_lowercase());
    may_be.then_some(if letters.len() >= MANY_LETTERS { 2 } else { 1 })
}

/// Each once, the nearest first: misreadings, then accents, then slips, then characters.
pub fn nearest(mut found: Vec<Proposal>) -> Vec<Proposal> {
    found.sort_by(|a, b| a.cost.cmp(&b.cost).then_with(|| a.to.cmp(&b.to)));
    let mut kept: Vec<Proposal> = Vec::new();
    for proposal in found {
        if kept.len() < MOST_PROPOSALS && !kept.iter().any(|known| known.to == proposal.to) {
            kept.push(proposal);
        }
    }
    kept
}

/// A name or word in characters, and how each is read.
pub trait Name {
    type Syllable: AsRef<str>;

    fn chars(&self) -> &[char];
    /// Ways to read the character at `at`, the usual one first.
    fn readings(&self, at: usize) -> &[Self::Syllable];
    /// A whole title or other name, not only a word of one.
    fn is_whole(&self) -> bool;

    /// In the usual reading, without spaces.
    fn spelt(&self) -> String {
        let usual = (0..self.chars().len()).filter_map(|at| self.readings(at).first());
        usual.map(AsRef::as_ref).collect()
    }
}

/// How characters and syllables sound.
pub trait Sounds {
    type Syllable: AsRef<str>;

    fn readings_of(&self, c: char) -> &[Self::Syllable];
    /// How a syllable may be spelt by one who says it as in Hunan; the syllable itself first, at no cost.
    fn accents(&self, syllable: &str) -> Cow<'_, [Accent]>;
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Misread,
    Accent,
}

/// The name, where letters are a misreading of it or say it with an accent.
pub fn sounding<N: Name>(name: &N, letters: &str, sounds: &impl Sounds) -> Option<Proposal> {
    let walk = |way| walk(name, 0, letters, way, sounds).filter(|cost| *cost > 0);
    let misread = || walk(Way::Misread).map(|cost| (cost, Reason::Misreading));
    let accent = || walk(Way::Accent).map(|cost| (100 + cost, Reason::Dialect));
    let (cost, reason) = misread().or_else(accent)?;
    Some(Proposal::sounding(name.chars().iter().collect(), cost, reason, name.is_whole()))
}

/// The least cost at which the letters are this name from its `at`th character on; none where they are not.
fn walk<N: Name>(name: &N, at: usize, letters: &str, way: Way, sounds: &impl Sounds) -> Option<u32> {
    if at == name.chars().len() {
        return letters.is_empty().then_some(0);
    }
    let mut least: Option<u32> = None;
    let mut go_on = |spelt: &str, cost: u32| {
        if let Some(rest) = letters.strip_prefix(spelt)
            && let Some(more) = walk(name, at + 1, rest, way, sounds)
        {
            least = Some(least.map_or(cost + more, |known| known.min(cost + more)));
        }
    };
    for reading in name.readings(at).iter().map(AsRef::as_ref) {
        match way {
            Way::Misread => go_on(reading, 0),
            Way::Accent => sounds.accents(reading).iter().for_each(|(spelt, cost)| go_on(spelt, u32::from(*cost))),
        }
    }
    if way == Way::Misread {
        misreadings(name.chars()[at]).iter().for_each(|reading| go_on(reading, 1));
    }
    least
}

/// One wrong character: in the whole, or in the longest part of it that then is a word. `having` gives the names that may have a
/// part of what was typed in them, all but one character.
pub fn one_character<'n, N: Name + 'n, I: Iterator<Item = &'n N>>(
    typed: &[char],
    having: impl Fn(&[char]) -> I,
    sounds: &impl Sounds,
) -> Vec<Proposal> {
    let mut found = Vec::new();
    for length in (2..=typed.len()).rev() {
        for start in 0..=typed.len() - length {
            let part = &typed[start..start + length];
            for name in having(part) {
                for (offset, window) in name.chars().windows(length).enumerate() {
                    // inside longer names only what is long enough to be no accident
                    let whole = window.len() == name.chars().len();
                    if !whole && (length < 3 || start != 0 || length != typed.len()) {
                        continue;
                    }
                    let Some(cost) = one_wrong(part, window, name, offset, sounds) else { continue };
                    let to: String = typed[..start].iter().chain(window).chain(&typed[start + length..]).collect();
                    let shorter = (typed.len() - length) as u32 * 100;
                    let cost = 400 + shorter + cost * 4 + 2 * u32::from(!whole) + u32::from(!name.is_whole());
                    found.push(Proposal { to, reason: Reason::Character, cost });
                }
            }
        }
        if !found.is_empty() {
            break;
        }
    }
    found
}

/// What it takes for one character of `typed` to be the one in `meant`, which stands in the name from `offset` on; none where more
/// than one differs or they are not alike.
fn one_wrong<N: Name>(typed: &[char], meant: &[char], name: &N, offset: usize, sounds: &impl Sounds) -> Option<u32> {
    let mut wrong = typed.iter().zip(meant).enumerate().filter(|(_, (a, b))| a != b);
    let (at, (a, b)) = wrong.next()?;
    if wrong.next().is_some() || !is_han(*a) {
        return None;
    }
    let (said, others) = (sounds.readings_of(*a), name.readings(offset + at));
    let among_others = |spelt: &str| others.iter().any(|other| other.as_ref() == spelt);
    let sounds_so = said.iter().any(|reading| among_others(reading.as_ref()));
    let nearly = || {
        let near = |reading: &str| sounds.accents(reading).iter().any(|(spelt, cost)| *cost <= 1 && among_others(spelt));
        said.iter().any(|reading| near(reading.as_ref()))
    };
    match (look_alike(*a, *b), sounds_so) {
        (true, true) => Some(0),
        (_, true) | (true, _) => Some(1),
        // of short words an accent's difference is too much
        _ if typed.len() > 2 && nearly() => Some(3),
        _ => None,
    }
}
