//! What a text that finds nothing was probably meant to be, among the names of the packs.

use std::borrow::Cow;
use std::collections::HashMap;

use super::pocket::Pocket;
use super::tables::Known;
use crate::region;
use crate::search::correct::{self, Proposal, SHORTEST_LETTERS, Sounds, Unit, nearest, one_character, slips, sounding};
use crate::search::script::Script;
use crate::search::sounds::{Accent, accents_of, distance_within};
use crate::search::weights::Part;

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

impl correct::Name for Name {
    type Syllable = String;

    fn chars(&self) -> &[char] {
        &self.chars
    }

    fn readings(&self, at: usize) -> &[String] {
        &self.readings[at]
    }

    fn is_whole(&self) -> bool {
        self.whole
    }
}

impl Sounds for Known {
    type Syllable = String;

    fn readings_of(&self, c: char) -> &[String] {
        Known::readings_of(self, c)
    }

    fn accents(&self, syllable: &str) -> Cow<'_, [Accent]> {
        Cow::Owned(accents_of(syllable))
    }
}

/// What one word may have been meant to be.
pub fn proposals(unit: &Unit, pocket: &Pocket) -> Vec<Proposal> {
    let names = names(pocket);
    nearest(match unit.script {
        Script::Latin => latin(&unit.text, &names, pocket),
        Script::Han => one_character(&unit.text.chars().collect::<Vec<_>>(), |_| names.iter(), &pocket.known),
    })
}

fn latin(letters: &str, names: &[Name], pocket: &Pocket) -> Vec<Proposal> {
    let Some(slips) = slips(letters) else { return vec![] };
    let distance = |word: &str| distance_within(letters.as_bytes(), word.as_bytes(), slips);
    let mut found = Vec::new();
    for name in names {
        found.extend(sounding(name, letters, &pocket.known).or_else(|| {
            let distance = distance(&correct::Name::spelt(name))?;
            Some(Proposal::slip(name.chars.iter().collect(), distance, name.whole))
        }));
    }
    let short = [Part::Title, Part::Names, Part::Summary];
    let numbers = pocket.entries.iter().flat_map(|entry| short.iter().flat_map(|part| &entry.parts[*part as usize]));
    let mut seen: Vec<&str> = Vec::new();
    for word in numbers.flat_map(|number| &pocket.texts[*number].latin).map(|run| run.text.as_str()) {
        if word.len() < SHORTEST_LETTERS || word.len().abs_diff(letters.len()) > slips as usize || seen.contains(&word) {
            continue;
        }
        seen.push(word);
        if let Some(distance) = distance(word).filter(|distance| *distance > 0) {
            found.push(Proposal::slip(word.to_owned(), distance, false));
        }
    }
    found
}
