//! What is asked: a log such as a busy week leaves, every entry meant for some listing that is there.

use anyhow::{Context, Result, ensure};
use domain::Lang;
use domain::listing::Listing;
use domain::search::Query;

use super::generator::Generator;
use super::words::{is_han, short, syllables};
use crate::chance::Chance;

pub const LENGTH: usize = 2000;
const HITS: &str = "20";
const SEED: u64 = 60_15_10_10_05;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    ShortChinese,
    Pinyin,
    Prefix,
    FilteredOrGeo,
    Typo,
}

impl Class {
    pub const ALL: [Class; 5] = [Class::ShortChinese, Class::Pinyin, Class::Prefix, Class::FilteredOrGeo, Class::Typo];

    pub fn label(self) -> &'static str {
        match self {
            Class::ShortChinese => "short Chinese",
            Class::Pinyin => "pinyin",
            Class::Prefix => "prefix",
            Class::FilteredOrGeo => "filtered, geo",
            Class::Typo => "typo",
        }
    }

    /// Of twenty entries: twelve, three, two, two and one.
    fn of(nth: usize) -> Self {
        match nth * 7 % 20 {
            0..=11 => Class::ShortChinese,
            12..=14 => Class::Pinyin,
            15..=16 => Class::Prefix,
            17..=18 => Class::FilteredOrGeo,
            _ => Class::Typo,
        }
    }
}

pub struct Entry {
    pub class: Class,
    pub query: Query,
}

pub fn entries(generator: &Generator, documents: usize) -> Result<Vec<Entry>> {
    (0..LENGTH).map(|nth| entry(generator, documents, nth)).collect()
}

fn entry(generator: &Generator, documents: usize, nth: usize) -> Result<Entry> {
    let mut chance = Chance::new(SEED + nth as u64);
    let listing = generator.listing(chance.below(documents))?;
    let class = Class::of(nth);
    let (q, more) = match class {
        Class::ShortChinese => (short_chinese(&mut chance, &listing)?, vec![]),
        Class::Pinyin => (pinyin(&mut chance, &listing)?, vec![]),
        Class::Prefix => (prefix(&mut chance, &listing), vec![]),
        Class::FilteredOrGeo => filtered(&mut chance, &listing)?,
        Class::Typo => (typo(&mut chance, generator, &listing), vec![]),
    };
    let more = more.iter().map(|(name, value): &(&str, String)| (*name, value.as_str()));
    let (query, problems) = Query::from_params([("q", q.as_str()), ("per_page", HITS)].into_iter().chain(more));
    ensure!(problems.is_empty(), "{q}: {problems:?}");
    Ok(Entry { class, query })
}

fn county(listing: &Listing) -> Result<&'static str> {
    Ok(short(listing.region.as_ref().and_then(|code| code.region()).context("a county")?))
}

fn title(listing: &Listing) -> Vec<char> {
    listing.title.zh.chars().collect()
}

/// 古镇
fn ending(listing: &Listing) -> String {
    let title = title(listing);
    title[title.len() - 2..].iter().collect()
}

/// A sort of thing, a county, both, a whole name, or a word that is in the text.
fn short_chinese(chance: &mut Chance, listing: &Listing) -> Result<String> {
    Ok(match chance.below(10) {
        0..=1 => ending(listing),
        2..=3 => county(listing)?.to_owned(),
        4..=5 => format!("{} {}", county(listing)?, ending(listing)),
        6 => format!("{}{}", county(listing)?, ending(listing)),
        7..=8 => listing.title.zh.clone(),
        _ => {
            let said: Vec<&str> = listing.summary.zh.split(|c| !is_han(c)).filter(|said| said.chars().nth(1).is_some()).collect();
            let said: Vec<char> = chance.of(&said).chars().take(4).collect();
            said.into_iter().collect()
        }
    })
}

/// Whole, in syllables, or first letters only.
fn pinyin(chance: &mut Chance, listing: &Listing) -> Result<String> {
    let name = if chance.below(2) == 0 { county(listing)? } else { &listing.title.zh };
    let spoken = syllables(name);
    Ok(match chance.below(5) {
        0 => spoken.join(" "),
        1 => spoken.iter().filter_map(|syllable| syllable.chars().next()).collect(),
        _ => spoken.concat(),
    })
}

/// Somebody is still typing.
fn prefix(chance: &mut Chance, listing: &Listing) -> String {
    let begun = |text: &str, letters: usize| text.chars().take(letters).collect();
    match chance.below(3) {
        0 => begun(&syllables(&listing.title.zh).concat(), 4 + chance.below(4)),
        1 => begun(listing.title.get(Lang::En), 4 + chance.below(3)),
        _ => begun(&listing.title.zh, 2 + chance.below(2)),
    }
}

fn filtered(chance: &mut Chance, listing: &Listing) -> Result<(String, Vec<(&'static str, String)>)> {
    let position = listing.position.context("a position")?;
    let more = match chance.below(4) {
        0 => vec![("county", listing.region.as_ref().context("a county")?.to_string())],
        1 => vec![("kind", listing.kind().name().to_owned())],
        2 => vec![("near", format!("{},{}", position.lat, position.lon)), ("radius_km", "20".to_owned())],
        _ => {
            let (lat, lon) = (position.lat, position.lon);
            vec![("bbox", format!("{},{},{},{}", lon - 0.2, lat - 0.2, lon + 0.2, lat + 0.2))]
        }
    };
    Ok((ending(listing), more))
}

/// One character that does not belong, or a letter left out.
fn typo(chance: &mut Chance, generator: &Generator, listing: &Listing) -> String {
    let mut title = title(listing);
    if chance.below(2) == 0 {
        let at = chance.below(title.len());
        title[at] = *chance.of(&generator.words.first);
        return title.into_iter().collect();
    }
    let mut letters: Vec<char> = syllables(&listing.title.zh).concat().chars().collect();
    letters.remove(chance.below(letters.len()));
    letters.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mix_is_what_it_is_said_to_be() {
        let generator = Generator::new().unwrap();
        let log = entries(&generator, 1000).unwrap();
        let count = |class| log.iter().filter(|entry| entry.class == class).count() * 100 / LENGTH;
        assert_eq!(Class::ALL.map(count), [60, 15, 10, 10, 5]);
        for entry in &log {
            assert!(!entry.query.text.is_empty(), "{:?}", entry.query);
            assert_eq!(entry.query.has_filters(), entry.class == Class::FilteredOrGeo, "{:?}", entry.query);
        }
        assert!(log.iter().any(|entry| entry.query.near.is_some()) && log.iter().any(|entry| entry.query.bbox.is_some()));
    }
}
