//! Packs of the real counties, beside the engine.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use domain::pack::Pocket;
use domain::region;

use super::*;
use crate::search::{Index, Location};
use crate::services::catalogue_load;

/// So far down it is looked for what the engine puts first.
const FIRST: usize = 3;

fn today() -> NaiveDate {
    catalogue_load::embedded_as_of().expect("the catalogue has a day")
}

fn catalogue() -> &'static [Arc<Listing>] {
    static ALL: OnceLock<Vec<Arc<Listing>>> = OnceLock::new();
    ALL.get_or_init(|| {
        let files = catalogue_load::FILES.iter().filter(|(name, _)| name.ends_with(".jsonl"));
        let lines = files.flat_map(|(_, content)| content.split(|byte| *byte == b'\n')).filter(|line| !line.is_empty());
        lines.map(|line| Arc::new(serde_json::from_slice(line).unwrap())).collect()
    })
}

fn engine() -> &'static Index {
    static INDEX: OnceLock<Index> = OnceLock::new();
    INDEX.get_or_init(|| {
        let index = Index::open(&Location::Memory).unwrap();
        let puts: Vec<_> = catalogue().iter().map(|listing| (listing.clone(), String::new())).collect();
        index.add_uncommitted(&puts).unwrap();
        index.commit(1).unwrap();
        index
    })
}

fn parts(county: &RegionCode) -> Parts {
    let listings = catalogue().iter().filter(|listing| Pack::holds(county, listing)).cloned().collect();
    Parts { county: county.clone(), revision: 1, site: Site::default(), listings, hidden: vec![], synonyms: vec![] }
}

fn opened(bytes: &[u8]) -> Pack {
    let KeptCounty { format, pack, .. } = serde_json::from_slice(bytes).unwrap();
    assert_eq!(format, FORMAT);
    pack
}

fn counties() -> impl Iterator<Item = RegionCode> {
    region::all().iter().filter(|region| region.level == RegionLevel::County).map(|region| region.code.clone())
}

/// How often a way of asking was tried, and how often the pack had among its first what the engine puts first.
#[derive(Default)]
struct Tally(BTreeMap<&'static str, (usize, usize)>, Vec<String>);

impl Tally {
    fn ask(&mut self, way: &'static str, text: &str, county: &RegionCode, pocket: &Pocket) {
        let query = Query { text: text.to_owned(), counties: vec![county.clone()], ..Query::default() };
        let options =
            Options { hide_samples: false, today: today(), per_kind: None, facets: false, curated: Arc::default(), typed: None };
        let answer = engine().answer(&query, &options).unwrap();
        let Some(best) = answer.results.hits.first() else { return };
        let hits = pocket.answer(&query, today()).hits;
        let (asked, agreed) = self.0.entry(way).or_default();
        *asked += 1;
        if hits.iter().take(FIRST).any(|hit| hit.listing.id == best.id) {
            *agreed += 1;
        } else {
            let found: Vec<&str> = hits.iter().take(FIRST).map(|hit| hit.listing.id.as_str()).collect();
            self.1.push(format!("{way} {text} in {county}: {} is not among {found:?}", best.id));
        }
    }

    /// `least` is the share, in percent, that was measured when this was written.
    fn demand(&self, way: &str, least: usize) {
        let (asked, agreed) = self.0.get(way).copied().unwrap_or_default();
        println!("{way}: {agreed} of {asked}");
        let missing: Vec<&String> = self.1.iter().filter(|line| line.starts_with(way)).take(20).collect();
        assert!(asked > 0 && agreed * 100 >= asked * least, "{way}: {agreed} of {asked}, {missing:#?}");
    }
}

/// The ways in which people ask for a listing by its name.
fn ways_of_asking(listing: &Listing, pack: &Pack) -> Vec<(&'static str, String)> {
    let title = crate::search::fold(&listing.title.zh);
    let mut ways = vec![("name", listing.title.zh.clone())];
    if let Some(en) = &listing.title.en {
        ways.push(("english", en.clone()));
    }
    let runs: Vec<(&String, domain::pack::Spoken)> = (pack.tables.spoken.iter())
        .filter(|(run, _)| **run == title)
        .map(|(run, said)| (run, domain::pack::Spoken::read(said)))
        .collect();
    let written: BTreeMap<char, char> = {
        let pairs: Vec<char> = pack.tables.folds.chars().collect();
        pairs.chunks(2).map(|pair| (pair[1], pair[0])).collect()
    };
    ways.push(("traditional", title.chars().map(|c| written.get(&c).copied().unwrap_or(c)).collect()));
    let Some((run, spoken)) = runs.first() else { return ways };
    let chars: Vec<char> = run.chars().collect();
    let syllables: Vec<&str> = spoken.readings.iter().filter_map(|ways| ways.first()).map(String::as_str).collect();
    if chars.len() < 2 || syllables.len() < chars.len() {
        return ways;
    }
    ways.push(("part", chars[chars.len() - 2..].iter().collect()));
    ways.push(("beginning", chars[..2].iter().collect()));
    ways.push(("pinyin", syllables.concat()));
    ways.push(("pinyin", syllables.join(" ")));
    ways.push(("pinyin begun", syllables[0].to_owned() + &syllables[1][..1]));
    ways.push(("mixed", format!("{}{}", chars[0], syllables[1])));
    if (2..=8).contains(&chars.len()) {
        ways.push(("initials", syllables.iter().filter_map(|syllable| syllable.chars().next()).collect()));
    }
    ways
}

#[test]
fn what_the_engine_puts_first_a_pack_has_among_its_first() {
    let mut tally = Tally::default();
    for county in counties() {
        let pack = [opened(&file(parts(&county), LARGEST).unwrap())];
        let pocket = Pocket::open(&pack);
        for listing in &pack[0].listings {
            for (way, text) in ways_of_asking(listing, &pack[0]) {
                tally.ask(way, &text, &county, &pocket);
            }
        }
    }
    for way in ["name", "pinyin", "initials"] {
        tally.demand(way, 100);
    }
    for (way, least) in
        [("english", 99), ("traditional", 99), ("part", 99), ("beginning", 99), ("pinyin begun", 99), ("mixed", 98)]
    {
        tally.demand(way, least);
    }
}

#[test]
fn judged_queries_find_in_a_pack_what_they_find_on_the_site() {
    let mut tally = Tally::default();
    let judged = include_str!("../../../../tests/relevance/queries.jsonl");
    for line in judged.lines().filter(|line| !line.is_empty()) {
        let judged: serde_json::Value = serde_json::from_str(line).unwrap();
        let meant = judged["grades"].as_object().unwrap().iter().filter(|(_, grade)| **grade == 3).map(|(id, _)| id.as_str());
        let meant: Vec<&str> = meant.collect();
        let Some(listing) = catalogue().iter().find(|listing| meant.contains(&listing.id.as_str())) else { continue };
        let Some(county) = counties().find(|county| Pack::holds(county, listing)) else { continue };
        if judged.get("params").is_some() {
            continue;
        }
        let pack = [opened(&file(parts(&county), LARGEST).unwrap())];
        tally.ask("judged", judged["q"].as_str().unwrap(), &county, &Pocket::open(&pack));
    }
    tally.demand("judged", 98);
}

#[test]
fn every_county_is_small_and_always_the_same_bytes() {
    let mut sizes: Vec<usize> = Vec::new();
    for county in counties() {
        let bytes = file(parts(&county), LARGEST).unwrap();
        assert_eq!(bytes, file(parts(&county), LARGEST).unwrap(), "{county}");
        let pack = opened(&bytes);
        assert!(!pack.without_bodies && pack.left_out == 0);
        sizes.push(bytes.len());
    }
    sizes.sort_unstable();
    println!("median {} B, largest {} B", sizes[sizes.len() / 2], sizes[sizes.len() - 1]);
    assert!(sizes[sizes.len() - 1] <= LARGEST / 5);
}

#[test]
fn what_does_not_fit_is_left_out_and_said_to_be() {
    let county = RegionCode::parse("433123").unwrap();
    let whole = opened(&file(parts(&county), LARGEST).unwrap());
    assert!(whole.listings.iter().any(|listing| listing.body.is_some()), "there is something to leave out");
    let size = |pack: &Pack| {
        serde_json::to_vec(&KeptCounty { format: FORMAT, site: Site::default(), pack: pack.clone() }).unwrap().len()
    };
    let a_little_less = opened(&file(parts(&county), size(&whole) - 1).unwrap());
    assert!(a_little_less.without_bodies && a_little_less.left_out == 0);
    assert!(a_little_less.listings.iter().all(|listing| listing.body.is_none()));
    let far_less = size(&a_little_less) / 2;
    let bytes = file(parts(&county), far_less).unwrap();
    let pack = opened(&bytes);
    assert!(bytes.len() <= far_less && pack.left_out == whole.listings.len() - pack.listings.len() && pack.left_out > 0);
    let worst_kept = pack.listings.iter().map(Listing::quality).min();
    let best_left_out =
        whole.listings.iter().filter(|it| !pack.listings.iter().any(|kept| kept.id == it.id)).map(Listing::quality).max();
    assert!(
        worst_kept.is_none() || worst_kept >= best_left_out.map(|quality| quality.saturating_sub(20)),
        "{worst_kept:?} {best_left_out:?}"
    );
}
