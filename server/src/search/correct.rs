//! What a text that finds nothing was probably meant to be: by misreading, accent, slip of the keys, or one wrong character.
//!
//! Only asked when nothing matches all that was typed. Every proposal is a whole text again; the caller sees whether it finds
//! anything. Nothing here is far-fetched: one sound or letter in few, two in many.

use domain::search::notes::Reason;
use domain::search::sounds::distance_within;

use super::analysis::Script;
use super::lexicon::{Entry, Letters, Lexicon};
use super::pinyin::{self, Readings};
use super::sounds::{accents, look_alike, misreadings};
use super::synonyms::Synonyms;
use super::terms::{Term, Typed};

/// Proposals for one word that are tried.
const MOST_PROPOSALS: usize = 6;
/// Shorter letters are near too many words.
const SHORTEST_LETTERS: usize = 4;

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
    cost: u32,
}

impl Proposal {
    /// All of a name, of which one character was another.
    pub fn is_one_whole_name(&self) -> bool {
        self.reason == Reason::Character && self.cost < 500
    }
}

/// The words of a text that may be put right: Han runs and Latin words, not what is quoted or excluded.
pub fn units(typed: &Typed) -> Vec<Unit> {
    let mut units = Vec::new();
    for (i, term) in typed.terms.iter().enumerate() {
        if let Some((script, text)) = plain(term) {
            units.push(Unit { text: text.to_owned(), script, terms: i..i + 1 });
        }
    }
    units
}

/// Latin words next to each other as one: pinyin is typed with and without spaces.
pub fn joined(typed: &Typed) -> Option<Unit> {
    let letters = typed.terms.iter().map(Term::latin).collect::<Option<Vec<_>>>()?;
    (letters.len() > 1).then(|| Unit { text: letters.concat(), script: Script::Latin, terms: 0..letters.len() })
}

fn plain(term: &Term) -> Option<(Script, &str)> {
    match term.runs.as_slice() {
        [run] if !term.quoted && !term.excluded => Some((run.script, run.text.as_str())),
        _ => None,
    }
}

/// Han characters that are only found with single ones among them, here and there.
pub fn is_scattered(unit: &Unit, synonyms: &Synonyms) -> bool {
    let length = unit.text.chars().count();
    let pieces = super::pieces::pieces(&unit.text, synonyms);
    unit.script == Script::Han && length > 2 && pieces.len() > 1 && pieces.iter().any(|piece| piece.chars().nth(1).is_none())
}

/// What one word may have been meant to be, the nearest first: misreadings, then accents, then slips, then characters.
pub fn proposals(unit: &Unit, lexicons: &[&Lexicon]) -> Vec<Proposal> {
    let mut found = match unit.script {
        Script::Latin => lexicons.iter().flat_map(|lexicon| latin(&unit.text, lexicon)).collect(),
        Script::Han => han(&unit.text.chars().collect::<Vec<_>>(), lexicons),
    };
    found.sort_by(|a, b| a.cost.cmp(&b.cost).then_with(|| a.to.cmp(&b.to)));
    let mut seen: Vec<&str> = Vec::new();
    let mut kept = Vec::new();
    for proposal in &found {
        if !seen.contains(&proposal.to.as_str()) {
            seen.push(&proposal.to);
            kept.push(proposal.clone());
        }
    }
    kept.truncate(MOST_PROPOSALS);
    kept
}

fn latin(letters: &str, lexicon: &Lexicon) -> Vec<Proposal> {
    let mut found = Vec::new();
    if letters.len() < SHORTEST_LETTERS || !letters.bytes().all(|b| b.is_ascii_lowercase()) {
        return found;
    }
    let slips = if letters.len() >= 8 { 2 } else { 1 };
    let letters_bytes = letters.as_bytes();
    let occurring = Letters::default().with(letters);
    for entry in &lexicon.han {
        let mut best = None;
        if entry.may_be_spelt(letters) {
            let misread = walk(entry, 0, letters, Way::Misread).filter(|cost| *cost > 0).map(|cost| (cost, Reason::Misreading));
            let said = || walk(entry, 0, letters, Way::Accent).filter(|cost| *cost > 0).map(|cost| (100 + cost, Reason::Dialect));
            best = misread.or_else(said);
        }
        if best.is_none() && entry.may_be_near(occurring, letters.len(), slips) {
            let spelt: String = entry.readings.iter().filter_map(|readings| readings.first()).copied().collect();
            if entry.chars.len() > 1
                && let Some(distance) = distance_within(letters_bytes, spelt.as_bytes(), slips)
            {
                best = Some((200 + 10 * distance, Reason::Typo));
            }
        }
        if let Some((cost, reason)) = best {
            // of words that are equally near, names before words
            found.push(Proposal { to: entry.chars.iter().collect(), reason, cost: cost * 2 + u32::from(!entry.name) });
        }
    }
    for (word, its_letters) in &lexicon.english {
        if its_letters.apart(occurring) <= 2 * slips
            && let Some(distance) = distance_within(letters_bytes, word.as_bytes(), slips).filter(|distance| *distance > 0)
        {
            found.push(Proposal { to: word.clone(), reason: Reason::Typo, cost: (200 + 10 * distance) * 2 + 1 });
        }
    }
    found
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Misread,
    Accent,
}

/// The least cost at which the letters are this word from its `at`th character on; none where they are not.
fn walk(entry: &Entry, at: usize, letters: &str, way: Way) -> Option<u32> {
    if at == entry.chars.len() {
        return letters.is_empty().then_some(0);
    }
    let readings = entry.readings.get(at)?;
    let mut least: Option<u32> = None;
    let mut go_on = |spelt: &str, cost: u32| {
        if let Some(rest) = letters.strip_prefix(spelt)
            && let Some(more) = walk(entry, at + 1, rest, way)
        {
            least = Some(least.map_or(cost + more, |known| known.min(cost + more)));
        }
    };
    for reading in *readings {
        match way {
            Way::Misread => go_on(reading, 0),
            Way::Accent => accents(reading).iter().for_each(|(spelt, cost)| go_on(spelt, u32::from(*cost))),
        }
    }
    if way == Way::Misread {
        misreadings(entry.chars[at]).iter().for_each(|reading| go_on(reading, 1));
    }
    least
}

/// One wrong character: in the whole, or in the longest part of it that then is a word.
fn han(typed: &[char], lexicons: &[&Lexicon]) -> Vec<Proposal> {
    let mut found = Vec::new();
    for length in (2..=typed.len()).rev() {
        for start in 0..=typed.len() - length {
            let part = &typed[start..start + length];
            for entry in lexicons.iter().flat_map(|lexicon| lexicon.having_any(part)) {
                for (offset, window) in entry.chars.windows(length).enumerate() {
                    // inside longer names only what is long enough to be no accident
                    let whole = window.len() == entry.chars.len();
                    if !whole && (length < 3 || start != 0 || length != typed.len()) {
                        continue;
                    }
                    let Some(cost) = one_wrong(part, window, &entry.readings[offset..]) else { continue };
                    let to: String = typed[..start].iter().chain(window).chain(&typed[start + length..]).collect();
                    let shorter = (typed.len() - length) as u32 * 100;
                    let cost = 400 + shorter + cost * 4 + 2 * u32::from(!whole) + u32::from(!entry.name);
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

/// What it takes for one character of `typed` to be the other's; none where more than one differs or they are not alike.
fn one_wrong(typed: &[char], meant: &[char], readings: &[Readings]) -> Option<u32> {
    let mut wrong = typed.iter().zip(meant).enumerate().filter(|(_, (a, b))| a != b);
    let (at, (a, b)) = wrong.next()?;
    if wrong.next().is_some() {
        return None;
    }
    let looks = look_alike(*a, *b);
    let typed_readings = pinyin::readings(&[*a]).pop().unwrap_or_default();
    let sounds = typed_readings.iter().any(|reading| readings[at].contains(reading));
    let nearly = typed_readings.iter().any(|reading| {
        let said = accents(reading);
        readings[at].iter().any(|other| said.iter().any(|(spelt, cost)| spelt == other && *cost <= 1))
    });
    match (looks, sounds, nearly) {
        (true, true, _) => Some(0),
        (_, true, _) => Some(1),
        (true, ..) => Some(1),
        // of short words an accent's difference is too much
        (_, _, true) if typed.len() > 2 => Some(3),
        _ => None,
    }
}
