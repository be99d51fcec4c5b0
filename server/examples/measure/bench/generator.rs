//! Made-up listings without end, the same every time.
//!
//! A listing takes kind, facts, tags, months and the lengths of its texts from one of the embedded catalogue, so kinds and lengths
//! are spread as they truly are. Its name is a county in one of three cases, two characters of true names, and a true ending, the
//! common endings far oftener than the rare ones; its sentences are clauses of true sentences in a new order. Counties are as
//! unequal as names are: half of all listings lie in eleven of them, each within some kilometres of the seat.

use anyhow::{Context, Result};
use domain::geo::Position;
use domain::listing::Listing;
use domain::{Lang, ListingId, Slug, Text};

use super::words::{Words, short};
use crate::chance::Chance;

pub struct Generator {
    pub words: Words,
}

/// Keeps the listings apart from those of other generators.
const SEED: u64 = 0x6875_6e61_6e00_0000;
const DEGREES_AROUND: f64 = 0.2;

impl Generator {
    pub fn new() -> Result<Self> {
        Ok(Self { words: Words::read()? })
    }

    pub fn listing(&self, nth: usize) -> Result<Listing> {
        let words = &self.words;
        let mut chance = Chance::new(SEED + nth as u64);
        let model = chance.of(&words.models).clone();
        let county = *chance.of_skewed(&words.counties);
        let seat = county.seat.context("every county has a seat")?;
        let before = if chance.below(3) == 0 { short(county) } else { "" };
        let name = format!("{}{}{}", chance.of(&words.first), chance.of(&words.second), chance.of_skewed(&words.endings));
        let whose = county.name.get(Lang::En);
        let ending = model.title.get(Lang::En).rsplit(' ').next().unwrap_or_default().to_owned();
        let (lat, lon) = (seat.lat + chance.around(DEGREES_AROUND), seat.lon + chance.around(DEGREES_AROUND));
        let beginning = Text::new(format!("{name}在{}", county.name.zh), format!("{ending} in {whose}"));
        Ok(Listing {
            id: ListingId::parse(&format!("gen-{nth}"))?,
            slug: Slug::parse(&format!("gen-{nth}"))?,
            title: Text::new(format!("{before}{name}"), format!("{whose} {ending} {nth}")),
            aliases: vec![],
            summary: self.text(&mut chance, &model.summary, Some(&beginning)),
            body: model.body.as_ref().map(|body| self.text(&mut chance, body, None)),
            region: Some(county.code.clone()),
            position: Some(Position { lat, lon, accuracy_m: Some(1000) }),
            ..(*model).clone()
        })
    }

    /// About as long as the model, in its languages.
    fn text(&self, chance: &mut Chance, model: &Text, beginning: Option<&Text>) -> Text {
        let mut of = |lang: Lang, model: &str| {
            let (clauses, comma, stop) = match lang {
                Lang::Zh => (&self.words.clauses_zh, "，", "。"),
                Lang::En => (&self.words.clauses_en, ", ", ". "),
            };
            let length = model.chars().count();
            let mut text = beginning.map(|text| text.get(lang).to_owned()).unwrap_or_default();
            let mut count = text.chars().count();
            while count < length {
                if !text.is_empty() {
                    text.push_str(if chance.below(3) == 0 { stop } else { comma });
                }
                let clause = chance.of(clauses);
                count += clause.chars().count() + 1;
                text.push_str(clause);
            }
            text + stop.trim_end()
        };
        Text { zh: of(Lang::Zh, &model.zh), en: model.en.as_ref().map(|model| of(Lang::En, model)) }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    #[test]
    fn made_up_listings_are_valid_and_as_long_as_true_ones() {
        let generator = Generator::new().unwrap();
        let listings: Vec<Listing> = (0..600).map(|nth| generator.listing(nth).unwrap()).collect();
        for listing in &listings {
            assert_eq!(listing.problems(), vec![], "{listing:?}");
        }
        assert_eq!(listings[17], generator.listing(17).unwrap());
        let mean = |texts: &mut dyn Iterator<Item = usize>| {
            let all: Vec<usize> = texts.collect();
            all.iter().sum::<usize>() / all.len()
        };
        let made = mean(&mut listings.iter().map(|listing| serde_json::to_string(listing).unwrap().len()));
        let true_ones = mean(&mut generator.words.models.iter().map(|model| serde_json::to_string(model).unwrap().len()));
        assert!(made.abs_diff(true_ones) < true_ones / 5, "{made} bytes, and true ones have {true_ones}");
    }

    #[test]
    fn counties_are_unequal_and_none_is_forgotten() {
        let generator = Generator::new().unwrap();
        let mut counties: HashMap<String, usize> = HashMap::new();
        for nth in 0..5000 {
            *counties.entry(generator.listing(nth).unwrap().region.unwrap().to_string()).or_default() += 1;
        }
        let mut counts: Vec<usize> = counties.values().copied().collect();
        counts.sort_unstable_by(|a, b| b.cmp(a));
        assert_eq!(counts.len(), generator.words.counties.len());
        assert!(counts[..11].iter().sum::<usize>() > 2000, "{counts:?}");
    }
}
