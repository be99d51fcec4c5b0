//! Places in a text: counties and prefectures by name, and what lies near something.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::OnceLock;

use super::{Chip, Names, Seen, between_words, region_label, starts};
use crate::geo::Point;
use crate::region::{self, Region, RegionLevel};
use crate::{Lang, Text};

/// Names in characters with their regions, by first character, the longest first.
type ByFirst = HashMap<char, Vec<(Vec<char>, &'static Region)>>;

fn table() -> &'static ByFirst {
    static TABLE: OnceLock<ByFirst> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut table: ByFirst = HashMap::new();
        // prefectures come first in the table of regions: 长沙 is the prefecture, 长沙县 the county
        for region in region::all() {
            for name in [region.name.zh.as_str(), region.short_name()] {
                let name: Vec<char> = name.chars().collect();
                let list = table.entry(name[0]).or_default();
                if !list.iter().any(|(known, _)| *known == name) {
                    list.push((name, region));
                }
            }
        }
        table.values_mut().for_each(|list| list.sort_by_key(|(name, _)| std::cmp::Reverse(name.len())));
        table
    })
}

fn region_at(here: &[char]) -> Option<(usize, &'static Region)> {
    let list = table().get(here.first()?)?;
    list.iter().find(|(name, _)| here.starts_with(name)).map(|(name, region)| (name.len(), *region))
}

/// The region whose name stands at `at`, in characters or in letters, and how long the name is.
pub(super) fn named(text: &[char], at: usize) -> Option<(&'static Region, usize)> {
    if let Some((length, region)) = region_at(&text[at..]) {
        return Some((region, length));
    }
    let segment_end = (at..text.len()).find(|i| super::parts(text[*i]) && text[*i] != ' ').unwrap_or(text.len());
    let found = |end: usize| Some((called(&text[at..end].iter().collect::<String>())?, end - at));
    word_ends(text, at, segment_end).into_iter().find_map(found).filter(|_| between_words(text, at))
}

pub(super) fn region(here: &[char]) -> Option<Seen> {
    let (length, region) = region_at(here)?;
    Some(in_region(region, 0..length))
}

/// Regions as they are called in letters: `fenghuang`, `fenghuang county`.
fn called(name: &str) -> Option<&'static Region> {
    static TABLE: OnceLock<HashMap<String, &'static Region>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        let mut table = HashMap::new();
        for region in region::all() {
            let english = region.name.en.as_deref().unwrap_or_default().to_lowercase();
            let bare = KINDS_OF_REGION.iter().find_map(|kind| english.strip_suffix(kind)).unwrap_or(&english).trim().to_owned();
            let syllables: Vec<&str> = region.pinyin.split(' ').collect();
            let short = syllables[..region.short_name().chars().count().min(syllables.len())].concat();
            // prefectures come first: changsha is the prefecture
            for name in [english.clone(), bare, syllables.concat(), short] {
                if name.len() > 2 {
                    table.entry(name).or_insert(region);
                }
            }
        }
        table
    });
    table.get(name).copied()
}

const KINDS_OF_REGION: [&str; 6] =
    [" autonomous county", " autonomous prefecture", " county", " district", " prefecture", " city"];

/// Words of the longest name in letters.
const LONGEST_NAME: usize = 4;

/// The ends of the first words from `start` on, the furthest first.
fn word_ends(text: &[char], start: usize, end: usize) -> Vec<usize> {
    let ends = (start + 1..=end).filter(|i| *i == end || text[*i] == ' ').take(LONGEST_NAME);
    let mut ends: Vec<usize> = ends.collect();
    ends.reverse();
    ends
}

/// In letters: `in fenghuang`.
pub(super) fn inside(text: &[char], segment: Range<usize>, at: usize) -> Option<Seen> {
    let length = starts(&text[at..segment.end], "in ")?;
    let start = at + length;
    let named = |end: usize| called(&text[start..end].iter().collect::<String>()).map(|region| (end, region));
    let (end, region) = word_ends(text, start, segment.end).into_iter().find_map(named).filter(|_| between_words(text, at))?;
    Some(in_region(region, at..end))
}

fn in_region(region: &Region, span: Range<usize>) -> Seen {
    let param = if region.level == RegionLevel::Prefecture { "prefecture" } else { "county" };
    let chip = Chip::new(param, vec![region.code.to_string()], span.clone(), region_label(&region.code));
    Seen { span, chip: Some(chip), beside: false, kept: None, region: true }
}

const BEFORE_A_PLACE: [&str; 3] = ["near ", "around ", "close to "];
const BEHIND: [&str; 5] = ["附近", "周边", "旁边", "周围", "一带"];

/// X附近, 离X近 or near X, where X is a region or a listing with a position. `at` is where 附近, 离 or near stands.
pub(super) fn near(text: &[char], segment: Range<usize>, at: usize, names: &dyn Names) -> Option<Seen> {
    let here = &text[at..segment.end];
    if let Some(word) = BEHIND.into_iter().find_map(|word| starts(here, word)) {
        let end = at + word;
        let before = segment.start..at;
        // the longest name that ends here
        let found = before.clone().find_map(|start| Some((start, position(&text[start..at], names)?)));
        return found.filter(|(start, _)| at - start >= 2).map(|(start, at_that)| seen(text, start..at, start..end, at_that));
    }
    if matches!(here.first(), Some('离' | '距')) {
        let name_start = at + 1;
        let close = (name_start..segment.end).find(|i| text[*i] == '近' && *i - name_start >= 2)?;
        let name_end = if close > 0 && text[close - 1] == '很' { close - 1 } else { close };
        let there = position(&text[name_start..name_end], names)?;
        let end = if text.get(close + 1) == Some(&'的') && close + 1 < segment.end { close + 2 } else { close + 1 };
        return Some(seen(text, name_start..name_end, at..end, there));
    }
    let length = BEFORE_A_PLACE.into_iter().find_map(|word| starts(here, word)).filter(|_| between_words(text, at))?;
    let start = at + length;
    let named = |end: usize| Some((end, position(&text[start..end], names)?));
    let (end, there) = word_ends(text, start, segment.end).into_iter().find_map(named)?;
    Some(seen(text, start..end, at..end, there))
}

fn seen(text: &[char], name: Range<usize>, span: Range<usize>, (point, km): (Point, Option<f64>)) -> Seen {
    let name: String = text[name].iter().collect();
    let shown = called(&name).map_or_else(|| Text::new(name.clone(), name.clone()), |region| region.name.clone());
    let (zh, en) = (shown.get(Lang::Zh), shown.get(Lang::En));
    let values = std::iter::once(format!("{},{}", point.lat, point.lon)).chain(km.map(|km| km.to_string())).collect();
    let label = Text::new(format!("{zh}附近"), format!("near {en}"));
    let chip = Chip { code: format!("near:{name}"), param: "near", values, span: span.clone(), label };
    Seen { span, chip: Some(chip), beside: false, kept: None, region: false }
}

/// Near a prefecture's city is further than near a village.
const AROUND_A_CITY_KM: f64 = 50.0;

/// Where it is, and how far around it is still near, if that is not the usual.
fn position(name: &[char], names: &dyn Names) -> Option<(Point, Option<f64>)> {
    if name.len() < 2 {
        return None;
    }
    let latin: String = name.iter().collect();
    match region_at(name).or_else(|| called(&latin).map(|region| (name.len(), region))) {
        Some((length, region)) if length == name.len() => {
            let km = (region.level == RegionLevel::Prefecture).then_some(AROUND_A_CITY_KM);
            region.centre().map(|point| (point, km))
        }
        _ => names.place(&latin).map(|point| (point, None)),
    }
}
