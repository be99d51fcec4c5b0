//! What a pack needs of the large tables, to be searched where they are not.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::OnceLock;

use domain::Text;
use domain::listing::Listing;
use domain::pack::{Spoken, Tables};
use domain::region;
use domain::search::fold::HAN;
use domain::search::{synonyms, understand};

use super::analysis::{self, Script, runs};
use super::fold::{fold, fold_char};
use super::pinyin;

/// As much as the texts of these listings need. The same listings give the same tables.
pub fn tables(listings: &[&Listing]) -> Tables {
    let mut gathered = Gathered::default();
    for listing in listings {
        both(&listing.title)
            .chain(listing.aliases.iter().chain(&listing.keywords).map(String::as_str))
            .for_each(|text| gathered.name(text));
        listing.names_around().iter().for_each(|text| gathered.name(text));
        both(&listing.summary).chain(listing.body.iter().flat_map(both)).for_each(|text| gathered.text(text));
    }
    gathered.finish()
}

fn both(text: &Text) -> impl Iterator<Item = &str> {
    std::iter::once(text.zh.as_str()).chain(text.en.as_deref())
}

#[derive(Default)]
struct Gathered {
    seen: HashSet<String>,
    characters: HashSet<char>,
    spoken: BTreeMap<String, Spoken>,
    words: BTreeSet<String>,
    stems: BTreeMap<String, String>,
}

impl Gathered {
    fn name(&mut self, text: &str) {
        let folded: Vec<char> = fold(text).chars().collect();
        for run in runs(&folded) {
            if run.script != Script::Han || self.spoken.contains_key(&run.text) {
                continue;
            }
            let words = analysis::words_and_parts(&run.text);
            let starts: BTreeSet<usize> = words.iter().map(|word| word.start).collect();
            let readings = pinyin::readings(&folded[run.range.clone()]);
            let readings = readings.iter().map(|ways| ways.iter().map(|way| (*way).to_owned()).collect()).collect();
            self.spoken.insert(run.text, Spoken { readings, starts: starts.into_iter().collect() });
        }
        self.text(text);
    }

    fn text(&mut self, text: &str) {
        let folded = fold(text);
        if self.seen.contains(&folded) {
            return;
        }
        let chars: Vec<char> = folded.chars().collect();
        self.characters.extend(&chars);
        for run in runs(&chars) {
            match run.script {
                Script::Han => {
                    let han = &chars[run.range.clone()];
                    let words = analysis::words_and_parts(&run.text).into_iter().filter(|word| word.len() > 1);
                    self.words.extend(words.map(|word| String::from_iter(&han[word])));
                }
                Script::Latin => {
                    let stem = analysis::stem(&run.text);
                    if stem != run.text {
                        self.stems.insert(run.text, stem);
                    }
                }
            }
        }
        self.seen.insert(folded);
    }

    fn finish(self) -> Tables {
        let mut wanted = self.characters;
        wanted.extend(domain_characters());
        let folds =
            folding().iter().filter(|(_, folded)| wanted.contains(folded)).flat_map(|(written, folded)| [*written, *folded]);
        let said: BTreeSet<&str> = self.spoken.values().flat_map(|it| &it.readings).flatten().map(String::as_str).collect();
        let homophones = said.iter().filter_map(|syllable| Some(((*syllable).to_owned(), sounding().get(syllable)?.clone())));
        Tables {
            folds: folds.collect(),
            words: joined(self.words.iter().map(String::as_str)),
            stems: self.stems,
            syllables: joined(pinyin::syllables().iter().copied()),
            homophones: homophones.collect(),
            spoken: self.spoken.into_iter().map(|(run, spoken)| (run, spoken.write())).collect(),
        }
    }
}

fn joined<'a>(words: impl Iterator<Item = &'a str>) -> String {
    words.collect::<Vec<_>>().join(" ")
}

/// Characters that are not as they are folded.
fn folding() -> &'static [(char, char)] {
    static TABLE: OnceLock<Vec<(char, char)>> = OnceLock::new();
    TABLE.get_or_init(|| HAN.filter_map(char::from_u32).map(|c| (c, fold_char(c))).filter(|(c, folded)| c != folded).collect())
}

/// Characters of the tables that rules read: who types 鳳凰附近 means a place, whatever the pack is of.
fn domain_characters() -> &'static HashSet<char> {
    static TABLE: OnceLock<HashSet<char>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let regions = region::all().iter().flat_map(|region| region.name.zh.chars());
        regions.chain(synonyms::TABLE.chars()).chain(understand::MEANINGS.chars()).map(fold_char).collect()
    })
}

/// The simplified characters of a syllable, those of its usual reading only.
fn sounding() -> &'static BTreeMap<&'static str, String> {
    static TABLE: OnceLock<BTreeMap<&'static str, String>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut table: BTreeMap<&'static str, String> = BTreeMap::new();
        for c in HAN.filter_map(char::from_u32).filter(|c| fold_char(*c) == *c) {
            if let Some(syllable) = pinyin::readings(&[c]).first().and_then(|ways| ways.first()) {
                table.entry(*syllable).or_default().push(c);
            }
        }
        table
    })
}
