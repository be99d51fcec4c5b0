//! What a text that finds nothing was probably meant to be, among the names of the packs: a misreading, an accent, a slip of the
//! keys, one wrong character. One sound or letter in few, two in many.

use std::collections::HashMap;

use super::pocket::Pocket;
use crate::region;
use crate::search::notes::Reason;
use crate::search::script::{Script, is_han};
use crate::search::sounds::{accents_of, distance_within, look_alike, misreadings};
use crate::search::terms::{Term, Typed};
use crate::search::weights::Part;

/// Proposals for one word that are tried.
const MOST_PROPOSALS: usize = 6;
/// Shorter letters are near too many words.
const SHORTEST_LETTERS: usize = 4;
/// From so many letters on two may be astray.
const MANY_LETTERS: usize = 8;

/// A word of what was typed that may be put right, and which term it is.
#[derive(Debug, Clone)]
pub struct Unit {
    pub text: String,
    pub script: Script,
    pub terms: std::ops::Range<usize>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    pub to: String,
    pub reason: Reason,
    /// Smaller is nearer.
    cost: u32,
}

/// Han runs and Latin words, not what is quoted or excluded.
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

struct Name {
    chars: Vec<char>,
    readings: Vec<Vec<String>>,
    /// All of a title or of a region's name, not only a word of one.
    whole: bool,
}

/// Names and their words, regions among them.
fn names(pocket: &Pocket) -> Vec<Name> {
    let mut names: HashMap<Vec<char>, Name> = HashMap::new();
    let mut add = |chars: &[char], readings: &[Vec<String>], whole: bool| {
        if chars.len() > 1 && readings.len() == chars.len() {
            let new = || Name { chars: chars.to_vec(), readings: readings.to_vec(), whole };
            names.entry(chars.to_vec()).or_insert_with(new).whole |= whole;
        }
    };
    let titles = pocket.entries.iter().flat_map(|entry| &entry.parts[Part::Title as usize]);
    for text in titles.map(|number| &pocket.texts[*number]) {
        for run in &text.han {
            let all = run.spoken.readings.len();
            add(&run.chars, &run.spoken.readings, run.chars.len() == text.length);
            for start in run.spoken.starts.iter().filter(|start| **start < all) {
                let is_word = |end: &usize| pocket.known.is_word(&String::from_iter(&run.chars[*start..*end]));
                for end in (start + 2..=all).filter(is_word) {
                    add(&run.chars[*start..end], &run.spoken.readings[*start..end], false);
                }
            }
        }
    }
    for region in region::all() {
        let readings: Vec<Vec<String>> = region.pinyin.split(' ').map(|syllable| vec![syllable.to_owned()]).collect();
        for name in [region.name.zh.as_str(), region.short_name()] {
            let chars: Vec<char> = name.chars().collect();
            add(&chars, &readings[..chars.len().min(readings.len())], true);
        }
    }
    names.into_values().collect()
}

/// What one word may have been meant to be, the nearest first: misreadings, then accents, then slips, then characters.
pub fn proposals(unit: &Unit, pocket: &Pocket) -> Vec<Proposal> {
    let names = names(pocket);
    let mut found = match unit.script {
        Script::Latin => latin(&unit.text, &names, pocket),
        Script::Han => han(&unit.text.chars().collect::<Vec<_>>(), &names, pocket),
    };
    found.sort_by(|a, b| a.cost.cmp(&b.cost).then_with(|| a.to.cmp(&b.to)));
    let mut kept: Vec<Proposal> = Vec::new();
    for proposal in found {
        if kept.len() < MOST_PROPOSALS && !kept.iter().any(|known| known.to == proposal.to) {
            kept.push(proposal);
        }
    }
    kept
}

fn latin(letters: &str, names: &[Name], pocket: &Pocket) -> Vec<Proposal> {
    let mut found = Vec::new();
    if letters.len() < SHORTEST_LETTERS || !letters.bytes().all(|b| b.is_ascii_lowercase()) {
        return found;
    }
    let slips = if letters.len() >= MANY_LETTERS { 2 } else { 1 };
    for name in names {
        let walk = |way| walk(name, 0, letters, way).filter(|cost| *cost > 0);
        let near = || {
            let spelt: String = name.readings.iter().filter_map(|ways| ways.first()).map(String::as_str).collect();
            distance_within(letters.as_bytes(), spelt.as_bytes(), slips)
        };
        let best = (walk(Way::Misread).map(|cost| (cost, Reason::Misreading)))
            .or_else(|| walk(Way::Accent).map(|cost| (100 + cost, Reason::Dialect)))
            .or_else(|| near().map(|distance| (200 + 10 * distance, Reason::Typo)));
        if let Some((cost, reason)) = best {
            // of words that are equally near, names before words
            found.push(Proposal { to: name.chars.iter().collect(), reason, cost: cost * 2 + u32::from(!name.whole) });
        }
    }
    let short = [Part::Title, Part::Names, Part::Summary];
    let numbers = pocket.entries.iter().flat_map(|entry| short.iter().flat_map(|part| &entry.parts[*part as usize]));
    let mut seen: Vec<&str> = Vec::new();
    for word in numbers.flat_map(|number| &pocket.texts[*number].latin).map(|run| run.text.as_str()) {
        if word.len() < SHORTEST_LETTERS || word.len().abs_diff(letters.len()) > slips as usize || seen.contains(&word) {
            continue;
        }
        seen.push(word);
        if let Some(distance) = distance_within(letters.as_bytes(), word.as_bytes(), slips).filter(|distance| *distance > 0) {
            found.push(Proposal { to: word.to_owned(), reason: Reason::Typo, cost: (200 + 10 * distance) * 2 + 1 });
        }
    }
    found
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Misread,
    Accent,
}

/// The least cost at which the letters are this name from its `at`th character on; none where they are not.
fn walk(name: &Name, at: usize, letters: &str, way: Way) -> Option<u32> {
    if at == name.chars.len() {
        return letters.is_empty().then_some(0);
    }
    let mut least: Option<u32> = None;
    let mut go_on = |spelt: &str, cost: u32| {
        if let Some(rest) = letters.strip_prefix(spelt)
            && let Some(more) = walk(name, at + 1, rest, way)
        {
            least = Some(least.map_or(cost + more, |known| known.min(cost + more)));
        }
    };
    for reading in &name.readings[at] {
        match way {
            Way::Misread => go_on(reading, 0),
            Way::Accent => accents_of(reading).iter().for_each(|(spelt, cost)| go_on(spelt, u32::from(*cost))),
        }
    }
    if way == Way::Misread {
        misreadings(name.chars[at]).iter().for_each(|reading| go_on(reading, 1));
    }
    least
}

/// One wrong character: in the whole, or in the longest part of it that then is a word.
fn han(typed: &[char], names: &[Name], pocket: &Pocket) -> Vec<Proposal> {
    let mut found = Vec::new();
    for length in (2..=typed.len()).rev() {
        for start in 0..=typed.len() - length {
            let part = &typed[start..start + length];
            for name in names {
                for (offset, window) in name.chars.windows(length).enumerate() {
                    // inside longer names only what is long enough to be no accident
                    let whole = window.len() == name.chars.len();
                    if !whole && (length < 3 || start != 0 || length != typed.len()) {
                        continue;
                    }
                    let Some(cost) = one_wrong(part, window, &name.readings[offset..], pocket) else { continue };
                    let to: String = typed[..start].iter().chain(window).chain(&typed[start + length..]).collect();
                    let shorter = (typed.len() - length) as u32 * 100;
                    let cost = 400 + shorter + cost * 4 + 2 * u32::from(!whole) + u32::from(!name.whole);
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
fn one_wrong(typed: &[char], meant: &[char], readings: &[Vec<String>], pocket: &Pocket) -> Option<u32> {
    let mut wrong = typed.iter().zip(meant).enumerate().filter(|(_, (a, b))| a != b);
    let (at, (a, b)) = wrong.next()?;
    if wrong.next().is_some() || !is_han(*a) {
        return None;
    }
    let looks = look_alike(*a, *b);
    let typed_readings = pocket.known.readings_of(*a);
    let sounds = typed_readings.iter().any(|reading| readings[at].contains(reading));
    let nearly = || {
        let is_near = |reading: &String| {
            let said = accents_of(reading);
            readings[at].iter().any(|other| said.iter().any(|(spelt, cost)| spelt == other && *cost <= 1))
        };
        typed_readings.iter().any(is_near)
    };
    match (looks, sounds) {
        (true, true) => Some(0),
        (_, true) | (true, _) => Some(1),
        // of short words an accent's difference is too much
        _ if typed.len() > 2 && nearly() => Some(3),
        _ => None,
    }
}
