//! What made-up listings and queries are made of: the names and sentences of the embedded catalogue.

use std::collections::HashMap;
use std::sync::Arc;

use anyhow::Result;
use domain::listing::Listing;
use domain::region::{self, Region};
use pinyin::ToPinyin;

use crate::chance::Chance;
use crate::corpus;

pub struct Words {
    /// Listings whose kind, facts, tags and lengths are taken over.
    pub models: Vec<Arc<Listing>>,
    /// Endings of names, the commonest first: 古镇, 景区.
    pub endings: Vec<String>,
    /// First and second characters of names.
    pub first: Vec<char>,
    pub second: Vec<char>,
    /// Between two commas.
    pub clauses_zh: Vec<String>,
    pub clauses_en: Vec<String>,
    /// In an order by chance, so that the busy ones are spread over the province.
    pub counties: Vec<&'static Region>,
}

impl Words {
    pub fn read() -> Result<Self> {
        let models = corpus::embedded()?;
        let mut chance = Chance::new(1);
        let names = models.iter().flat_map(|model| std::iter::once(&model.title.zh).chain(&model.aliases));
        let (mut first, mut second, mut endings) = (Vec::new(), Vec::new(), HashMap::<String, usize>::new());
        for name in names.flat_map(|name| name.split(|c: char| !is_han(c))) {
            let chars: Vec<char> = name.chars().collect();
            if chars.len() >= 4 {
                first.push(chars[0]);
                second.push(chars[1]);
                *endings.entry(chars[chars.len() - 2..].iter().collect()).or_default() += 1;
            }
        }
        let mut endings: Vec<(String, usize)> = endings.into_iter().collect();
        endings.sort_by(|(a, a_times), (b, b_times)| b_times.cmp(a_times).then(a.cmp(b)));
        let texts = || models.iter().flat_map(|model| std::iter::once(&model.summary).chain(&model.body));
        let clauses = |text: &str, ends: &[char]| -> Vec<String> {
            text.split(ends).map(|clause| clause.trim().to_owned()).filter(|clause| clause.chars().nth(3).is_some()).collect()
        };
        let clauses_zh = texts().flat_map(|text| clauses(&text.zh, &['，', '。', '；', '：'])).collect();
        let clauses_en = texts().filter_map(|text| text.en.as_ref()).flat_map(|text| clauses(text, &[',', '.', ';'])).collect();
        let mut counties: Vec<&Region> = region::counties().collect();
        for at in (1..counties.len()).rev() {
            counties.swap(at, chance.below(at + 1));
        }
        let endings = endings.into_iter().map(|(ending, _)| ending).collect();
        Ok(Self { models, endings, first, second, clauses_zh, clauses_en, counties })
    }
}

pub fn is_han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

/// As people say it: 凤凰 for 凤凰县, 新晃 for 新晃侗族自治县.
pub fn short(region: &Region) -> &str {
    let name = &region.name.zh;
    let letters = name.chars().count();
    let kept = match letters {
        ..=2 => letters,
        3..=4 => letters - 1,
        _ => 2,
    };
    let end = name.char_indices().nth(kept).map_or(name.len(), |(at, _)| at);
    &name[..end]
}

/// Syllables without tones.
pub fn syllables(text: &str) -> Vec<&'static str> {
    text.chars().filter_map(|c| c.to_pinyin()).map(|spoken| spoken.plain()).collect()
}
