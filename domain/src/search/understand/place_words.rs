//! Places in a text: counties and prefectures by name, and what lies near something.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::OnceLock;

use super::{Chip, Names, Seen, region_label};
use crate::Text;
use crate::geo::Point;
use crate::region::{self, Region, RegionLevel};

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

pub(super) fn region(here: &[char]) -> Option<Seen> {
    let (length, region) = region_at(here)?;
    let param = if region.level == RegionLevel::Prefecture { "prefecture" } else { "county" };
    let chip = Chip::new(param, vec![region.code.to_string()], 0..length, region_label(&region.code));
    Some(Seen { span: 0..length, chip: Some(chip), beside: false, kept: None, region: true })
}

const BEHIND: [&str; 5] = ["附近", "周边", "旁边", "周围", "一带"];

/// X附近 or 离X近, where X is a region or a listing with a position. `at` is where 附近 or 离 stands.
pub(super) fn near(text: &[char], segment: Range<usize>, at: usize, names: &dyn Names) -> Option<Seen> {
    let here = &text[at..segment.end];
    if let Some(word) = BEHIND.into_iter().find(|word| starts(here, word)) {
        let end = at + word.chars().count();
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
    None
}

fn seen(text: &[char], name: Range<usize>, span: Range<usize>, (point, km): (Point, Option<f64>)) -> Seen {
    let name: String = text[name].iter().collect();
    let values = std::iter::once(format!("{},{}", point.lat, point.lon)).chain(km.map(|km| km.to_string())).collect();
    let label = Text::new(format!("{name}附近"), format!("near {name}"));
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
    match region_at(name) {
        Some((length, region)) if length == name.len() => {
            let km = (region.level == RegionLevel::Prefecture).then_some(AROUND_A_CITY_KM);
            region.centre().map(|point| (point, km))
        }
        _ => names.place(&name.iter().collect::<String>()).map(|point| (point, None)),
    }
}

fn starts(text: &[char], word: &str) -> bool {
    let length = word.chars().count();
    text.len() >= length && text.iter().zip(word.chars()).take(length).all(|(a, b)| *a == b)
}
