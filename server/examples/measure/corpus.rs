//! Listings to search in.

use std::sync::Arc;

use anyhow::{Context, Result, anyhow};
use chrono::NaiveDate;
use domain::listing::Listing;
use domain::{Lang, Text};
use server::services::catalogue_load;

/// The catalogue that the program carries, in the order of its files.
pub fn embedded() -> Result<Vec<Arc<Listing>>> {
    let mut listings = Vec::new();
    for (name, content) in catalogue_load::FILES.iter().filter(|(name, _)| name.ends_with(".jsonl")) {
        for line in content.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
            listings.push(Arc::new(serde_json::from_slice(line).with_context(|| (*name).to_owned())?));
        }
    }
    Ok(listings)
}

/// The day the measurements are made on: what is in season must not change from one run to the next.
pub fn day() -> Result<NaiveDate> {
    catalogue_load::embedded_as_of().ok_or_else(|| anyhow!("the embedded catalogue has no day"))
}

/// A listing as any search would store it: three texts, in both languages. Words that stand in no sentence (kind, tags, county)
/// are put at the end of the body, so that nobody is beaten for want of them.
pub struct Plain {
    pub title: String,
    pub summary: String,
    pub body: String,
}

impl Plain {
    pub fn of(listing: &Listing) -> Self {
        let both = |text: &Text| [Some(text.zh.clone()), text.en.clone()].into_iter().flatten();
        let title = both(&listing.title).chain(listing.aliases.iter().cloned());
        let mut body: Vec<String> = listing.body.iter().flat_map(both).collect();
        let facts = listing.search_facts();
        for lang in Lang::ALL {
            body.push(listing.kind().label(lang).to_owned());
            body.extend(listing.tags.iter().map(|tag| tag.label(lang).to_owned()));
        }
        body.extend(facts.grade);
        body.extend(facts.words);
        for region in listing.all_regions().into_iter().filter_map(|code| code.region()) {
            body.extend(both(&region.name).chain(both(&region.prefecture_region().name)));
        }
        let joined = |texts: Vec<String>| texts.join("\n");
        Self { title: joined(title.collect()), summary: joined(both(&listing.summary).collect()), body: joined(body) }
    }
}
