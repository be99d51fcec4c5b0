//! What a form says by name: counties, places and kinds of places, with commas between them.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::NaiveDate;
use domain::listing::{Kind, Listing, Tag};
use domain::region::{self, RegionCode};
use domain::search::Query;
use domain::{Lang, ListingId, Problem};

use crate::error::ServiceError;
use crate::search::fold;
use crate::services::search::shelf;
use crate::state::App;

/// In one field; more is no wish.
pub const MOST_NAMES: usize = 20;
/// Hits of the search among which a place is that goes by a name.
const LOOKED_AT: u32 = 10;

/// Where somebody wants to go.
#[derive(Debug, Default)]
pub struct Wanted {
    pub regions: Vec<RegionCode>,
    pub places: Vec<Arc<Listing>>,
}

impl Wanted {
    /// As a title has it: the first two of them; empty where nothing is wanted.
    pub fn name(&self, lang: Lang) -> String {
        let regions = self.regions.iter().filter_map(|code| code.region()).map(|region| region.name.get(lang));
        let names = regions.chain(self.places.iter().map(|listing| listing.title.get(lang)));
        names.take(2).collect::<Vec<_>>().join(lang.pick("、", " and "))
    }
}

/// The counties, prefectures and places of these names; or which of them nobody knows.
pub async fn wanted(app: &App, text: &str, samples: bool, today: NaiveDate) -> Result<Result<Wanted, Problem>, ServiceError> {
    let names = match names("to", text) {
        Ok(names) => names,
        Err(problem) => return Ok(Err(problem)),
    };
    let mut wanted = Wanted::default();
    for name in names {
        // 长沙 is the city before it is the county
        if let Some(region) = region::called(&fold(name)).first() {
            wanted.regions.push(region.code.clone());
            continue;
        }
        match place_called(app, name, samples, today).await? {
            Some(place) if wanted.places.iter().any(|known| known.id == place.id) => {}
            Some(place) => wanted.places.push(place),
            None => {
                let zh = format!("目录里没有叫“{name}”的县市或景点，改一改或删掉");
                let en = format!("no county or place is called “{name}” here; change it or leave it out");
                return Ok(Err(Problem::new("to", "unknown", zh, en)));
            }
        }
    }
    wanted.regions.dedup();
    Ok(Ok(wanted))
}

/// The one of this very name, or else the best known of those whose name it is part of.
async fn place_called(app: &App, name: &str, samples: bool, today: NaiveDate) -> Result<Option<Arc<Listing>>, ServiceError> {
    let called = fold(name);
    if called.chars().count() < 2 {
        return Ok(None);
    }
    let kinds = if samples { vec![Kind::Place, Kind::Experience] } else { vec![Kind::Place] };
    let query = Query { text: name.to_owned(), kinds, exact: true, per_page: LOOKED_AT, ..Query::default() };
    let hits: Vec<Arc<Listing>> = shelf(app, &query, today).await?.1.into_iter().map(|card| card.listing).collect();
    let whole = hits.iter().find(|listing| names_of(listing).contains(&called));
    let part = || hits.iter().find(|listing| names_of(listing).iter().any(|known| known.contains(&called)));
    Ok(whole.or_else(part).cloned())
}

/// Places by their title or another name, kinds by the word for them: those of `listings` that are meant.
pub fn avoided(text: &str, listings: &[Arc<Listing>]) -> Result<BTreeSet<ListingId>, Problem> {
    let names = names("avoid", text)?;
    let called: Vec<(&Arc<Listing>, Vec<String>)> =
        if names.is_empty() { vec![] } else { listings.iter().map(|listing| (listing, names_of(listing))).collect() };
    let mut avoid = BTreeSet::new();
    for name in names {
        let wanted = fold(name);
        let tag = Tag::ALL.iter().find(|tag| Lang::ALL.iter().any(|lang| fold(tag.label(*lang)) == wanted));
        // One character is in half of all names.
        let is_called = |title: &String| wanted.chars().count() > 1 && title.contains(&wanted);
        let meant: Vec<&ListingId> = called
            .iter()
            .filter(|(listing, titles)| tag.is_some_and(|tag| listing.tags.contains(tag)) || titles.iter().any(is_called))
            .map(|(listing, _)| &listing.id)
            .collect();
        if meant.is_empty() && tag.is_none() {
            let (zh, en) = (
                format!("可选的地方里没有“{name}”，改一改或删掉"),
                format!("“{name}” is not among the places there are to choose from; change it or leave it out"),
            );
            return Err(Problem::new("avoid", "unknown", zh, en));
        }
        avoid.extend(meant.into_iter().cloned());
    }
    Ok(avoid)
}

/// Each once.
fn names<'a>(field: &str, text: &'a str) -> Result<Vec<&'a str>, Problem> {
    let mut names: Vec<&str> = Vec::new();
    for name in text.split(['、', '，', ',', '；', ';']).map(str::trim).filter(|name| !name.is_empty()) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    if names.len() > MOST_NAMES {
        let (zh, en) = (format!("最多写{MOST_NAMES}个"), format!("{MOST_NAMES} names are the most that are read"));
        return Err(Problem::new(field, "too_many", zh, en));
    }
    Ok(names)
}

/// Its titles and other names, in one form.
fn names_of(listing: &Listing) -> Vec<String> {
    let titles = [Some(&listing.title.zh), listing.title.en.as_ref()].into_iter().flatten();
    titles.chain(&listing.aliases).map(|title| fold(title)).collect()
}
