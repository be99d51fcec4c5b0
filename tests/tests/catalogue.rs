//! The embedded catalogue holds what it promises, and says where it knows it from.

use std::collections::{HashMap, HashSet};

use domain::listing::kinds::{Level, ProductType};
use domain::listing::{Confidence, Details, Kind, Listing};
use domain::{Lang, Text};
use server::services::catalogue_load::FILES;

fn listings() -> Vec<Listing> {
    let lines = FILES.iter().filter(|(name, _)| name.ends_with(".jsonl"));
    lines
        .flat_map(|(name, bytes)| std::str::from_utf8(bytes).expect("UTF-8").lines().map(move |line| (name, line)))
        .map(|(name, line)| serde_json::from_str(line).unwrap_or_else(|why| panic!("{name}: {why}: {line}")))
        .collect()
}

#[test]
fn there_is_as_much_as_promised() {
    let mut counts: HashMap<Kind, usize> = HashMap::new();
    listings().iter().for_each(|listing| *counts.entry(listing.kind()).or_default() += 1);
    for (kind, least) in [
        (Kind::Route, 26),
        (Kind::Place, 260),
        (Kind::Heritage, 115),
        (Kind::Product, 110),
        (Kind::Experience, 30),
        (Kind::Stay, 48),
        (Kind::Offer, 14),
    ] {
        assert!(counts[&kind] >= least, "{kind}: {}", counts[&kind]);
    }
}

#[test]
fn every_entry_is_valid_and_named_once() {
    let mut ids = HashSet::new();
    let mut names = HashSet::new();
    for listing in listings() {
        assert_eq!(listing.problems(), vec![], "{}", listing.id);
        assert!(ids.insert(listing.id.clone()), "{} twice", listing.id);
        assert!(names.insert((listing.kind(), listing.slug.clone())), "{} twice", listing.slug);
    }
}

#[test]
fn every_entry_has_a_summary_of_its_own() {
    let mut said = HashMap::new();
    for listing in listings() {
        let zh = &listing.summary.zh;
        assert!(zh.chars().count() >= 20, "{}: {zh}", listing.id);
        if let Some(other) = said.insert(zh.clone(), listing.id.clone()) {
            panic!("{other} and {} share a summary", listing.id);
        }
        let graded = matches!(&listing.details, Details::Place(place) if place.grade.as_ref().is_some_and(|g| g.zh == "5A" || g.zh == "4A"));
        let brand = matches!(&listing.details, Details::Product(product) if product.product_type == ProductType::RegionalBrand);
        let bilingual = graded || brand || matches!(listing.kind(), Kind::Route | Kind::Heritage);
        assert!(!bilingual || (listing.summary.en.is_some() && listing.title.en.is_some()), "{} is not in English", listing.id);
    }
}

#[test]
fn every_fact_says_where_it_comes_from() {
    for listing in listings() {
        let provenance = &listing.provenance;
        assert!(!provenance.source.trim().is_empty() && !provenance.licence.is_empty(), "{}", listing.id);
        assert_eq!(listing.sample, provenance.confidence == Confidence::Sample, "{}", listing.id);
        assert_eq!(listing.sample, matches!(listing.kind(), Kind::Stay | Kind::Experience | Kind::Offer), "{}", listing.id);
        assert!(
            provenance.source.contains("GeoNames")
                || listing.months.is_empty()
                || listing.sample
                || provenance.editorial.contains(&"months".to_owned()),
            "{}: months are the editors' view",
            listing.id
        );
    }
}

#[test]
fn samples_are_spread_over_the_province_and_two_seasons() {
    let listings = listings();
    let counties: HashSet<_> = listings.iter().filter(|l| l.kind() == Kind::Stay).filter_map(|l| l.region.clone()).collect();
    assert_eq!(counties.len(), 24);
    let seasons: HashSet<_> = listings
        .iter()
        .filter_map(|l| match &l.details {
            Details::Offer(offer) => Some(offer.season.clone()),
            _ => None,
        })
        .collect();
    assert_eq!(seasons.len(), 2);
}

/// Positions are known to a few kilometres, so a smaller distance between two of them is no fact.
#[test]
fn no_summary_claims_a_distance_finer_than_the_positions_are() {
    for listing in listings().iter().filter(|listing| listing.kind() == Kind::Place) {
        let Some(accuracy) = listing.position.and_then(|position| position.accuracy_m) else { continue };
        let texts = [Some(&listing.summary.zh), listing.summary.en.as_ref()];
        for text in texts.into_iter().flatten() {
            for (unit, words) in [("公里", text.split("公里").collect::<Vec<_>>()), (" km", text.split(" km").collect())] {
                for before in &words[..words.len() - 1] {
                    let digits: String = before.trim_end().chars().rev().take_while(char::is_ascii_digit).collect();
                    let km: u32 = digits.chars().rev().collect::<String>().parse().unwrap_or(u32::MAX);
                    assert!(
                        km.saturating_mul(1000) >= 2 * accuracy,
                        "{}: {km}{unit} with positions {accuracy} m off: {text}",
                        listing.id
                    );
                }
            }
        }
    }
}

/// Every text in two languages that an entry has, with the name of its field.
fn texts_of(listing: &Listing) -> Vec<(String, Text)> {
    fn walk(field: &str, value: &serde_json::Value, found: &mut Vec<(String, Text)>) {
        match value {
            serde_json::Value::Object(fields) if fields.contains_key("zh") => {
                found.push((field.to_owned(), serde_json::from_value(value.clone()).expect("a text")));
            }
            serde_json::Value::Object(fields) => fields.iter().for_each(|(name, value)| walk(name, value, found)),
            serde_json::Value::Array(items) => items.iter().for_each(|item| walk(field, item, found)),
            _ => {}
        }
    }
    let mut found = vec![];
    walk("", &serde_json::to_value(listing).expect("a listing is JSON"), &mut found);
    found
}

/// Summaries, notes, stops, origins, witnesses: the embedded catalogue has no text in one language only.
#[test]
fn whatever_is_said_in_chinese_is_said_in_english_without_chinese() {
    let chinese = |c: char| {
        let han = ('\u{3400}'..='\u{9fff}').contains(&c) || ('\u{20000}'..='\u{3ffff}').contains(&c);
        han || ['，', '。', '、', '；', '：', '（', '）'].contains(&c)
    };
    for listing in listings() {
        let texts = texts_of(&listing);
        assert!(texts.iter().any(|(field, _)| field == "summary"), "{}", listing.id);
        for (field, text) in texts {
            let en = text.en.unwrap_or_else(|| panic!("{}: {field} is not in English: {}", listing.id, text.zh));
            assert!(!en.trim().is_empty() && !en.contains(chinese), "{}: {field}: {en}", listing.id);
        }
    }
}

/// The shorthand of the people who gathered the facts is not for visitors.
#[test]
fn notes_are_sentences_for_visitors() {
    for listing in listings() {
        for (field, text) in texts_of(&listing).into_iter().filter(|(field, _)| field == "note") {
            for shorthand in ["length_km", "number_confidence", "adcode", "（GS）", "（JY）", "稿）"] {
                assert!(!text.zh.contains(shorthand), "{}: {field}: {}", listing.id, text.zh);
            }
        }
    }
}

#[test]
fn a_name_that_is_not_official_is_said_to_be_none() {
    let mut working = 0;
    for listing in listings() {
        let Details::Route(route) = &listing.details else { continue };
        let facts = |lang: Lang| listing.facts(lang).into_iter().find(|fact| fact.name == "name").map(|fact| fact.value);
        let (zh, en) = (facts(Lang::Zh), facts(Lang::En));
        if route.official_name_known {
            assert_eq!((zh, en), (None, None), "{}", listing.id);
        } else {
            assert!(zh.is_some_and(|zh| zh.starts_with("官方名称未知")), "{}", listing.id);
            assert!(en.is_some_and(|en| en.starts_with("Official name not known")), "{}", listing.id);
        }
        if listing.provenance.confidence == Confidence::WorkingNameSourced {
            assert!(!route.official_name_known, "{}", listing.id);
            assert!(listing.title.zh.contains("工作名"), "{}", listing.id);
            assert!(listing.title.en.as_ref().is_some_and(|en| en.contains("working name")), "{}", listing.id);
            working += 1;
        }
    }
    assert!(working > 0);
}

/// Another name is one that only this thing has: what several are called is a word to search by.
#[test]
fn no_two_products_go_by_the_same_other_name() {
    let listings = listings();
    let mut names = HashMap::new();
    for product in listings.iter().filter(|listing| listing.kind() == Kind::Product) {
        for name in &product.aliases {
            assert_eq!(names.insert(name, &product.id), None, "{name}");
        }
    }
    for listing in &listings {
        let shown: HashSet<_> = listing.aliases.iter().collect();
        assert!(!listing.keywords.iter().any(|word| shown.contains(word)), "{}", listing.id);
    }
}

/// The national list of intangible heritage has categories of its own; farming systems are on another list.
#[test]
fn what_is_called_national_heritage_is_on_that_list() {
    for listing in listings() {
        let Details::Heritage(heritage) = &listing.details else { continue };
        if heritage.level == Level::National {
            assert_eq!(heritage.list, None, "{}", listing.id);
        }
        let farming = heritage.list.as_ref().is_some_and(|list| list.zh == "中国重要农业文化遗产");
        assert_eq!(heritage.level == Level::Agricultural, farming, "{}", listing.id);
    }
}

#[test]
fn goods_are_not_called_by_the_name_of_the_skill() {
    let listings = listings();
    let skills: HashSet<_> = listings.iter().filter(|l| l.kind() == Kind::Heritage).filter_map(|l| l.title.en.clone()).collect();
    for product in listings.iter().filter(|listing| listing.kind() == Kind::Product) {
        assert!(product.title.en.as_ref().is_none_or(|name| !skills.contains(name)), "{}: {:?}", product.id, product.title.en);
    }
}
