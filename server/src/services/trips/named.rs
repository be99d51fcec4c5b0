//! What a form says by name: counties, places and kinds of places, with commas between them.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::NaiveDate;
use domain::listing::{Kind, Listing, Tag};
use domain::region::{self, RegionCode, RegionLevel};
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
    let mut wanted = Wanted::default();
    // A title may have a comma in it.
    let whole = lookup(app, text, samples, today, false).await?;
    let names = match (whole.is_some(), names("to", text)) {
        (true, _) => vec![text],
        (false, Ok(names)) => names,
        (false, Err(problem)) => return Ok(Err(problem)),
    };
    for name in names {
        if let Some(found) = lookup(app, name, samples, today, true).await? {
            wanted.add(found);
            continue;
        }
        // 凤凰和张家界, Zhangjiajie and Fenghuang, 凤凰 张家界
        let parts: Vec<&str> = name.split(" and ").flat_map(|part| part.split(['和', '与', ' '])).collect();
        for part in parts.iter().map(|part| part.trim()).filter(|part| !part.is_empty()) {
            let found = if parts.len() > 1 { lookup(app, part, samples, today, true).await? } else { None };
            let Some(found) = found else {
                let zh = format!("目录里没有叫“{part}”的县市或景点，改一改或删掉");
                let en = format!("no county or place is called “{part}” here; change it or leave it out");
                return Ok(Err(Problem::new("to", "unknown", zh, en)));
            };
            wanted.add(found);
        }
    }
    wanted.regions = narrowest(wanted.regions);
    Ok(Ok(wanted))
}

enum Found {
    Region(RegionCode),
    Place(Arc<Listing>),
}

impl Wanted {
    fn add(&mut self, found: Found) {
        match found {
            Found::Region(code) if !self.regions.contains(&code) => self.regions.push(code),
            Found::Place(place) if self.places.iter().all(|known| known.id != place.id) => self.places.push(place),
            Found::Region(_) | Found::Place(_) => {}
        }
    }
}

/// Who says 湘西凤凰 means the county.
fn narrowest(regions: Vec<RegionCode>) -> Vec<RegionCode> {
    let holds_another = |it: &RegionCode| regions.iter().any(|other| other != it && other.lies_in(it));
    regions.iter().filter(|it| !holds_another(it)).cloned().collect()
}

/// A county or prefecture, or a place. 岳阳楼 is the tower before it is the district around it, and 衡山 the mountain, which lies in
/// another county than the one of that name. With `part` the best known place will do whose name it is part of.
async fn lookup(app: &App, name: &str, samples: bool, today: NaiveDate, part: bool) -> Result<Option<Found>, ServiceError> {
    let called = fold(name);
    if called.chars().count() < 2 {
        return Ok(None);
    }
    let kinds = if samples { vec![Kind::Place, Kind::Experience] } else { vec![Kind::Place] };
    let named = app.keeper.index().names(&kinds)(name);
    let place = app.listings.find_many(&named).await?.into_iter().next();
    // 长沙 is the city before it is the county
    let region = region::called(&called).first();
    Ok(match (region, place) {
        (Some(region), Some(place)) => {
            let is_there = place.region.as_ref().is_some_and(|here| here.lies_in(&region.code));
            let is_district = region.level == RegionLevel::County && region.name.zh.ends_with('区');
            Some(if is_there && !is_district { Found::Region(region.code.clone()) } else { Found::Place(place) })
        }
        (Some(region), None) => Some(Found::Region(region.code.clone())),
        (None, Some(place)) => Some(Found::Place(place)),
        (None, None) if part => {
            let query = Query { text: name.to_owned(), kinds, exact: true, per_page: LOOKED_AT, ..Query::default() };
            let hits = shelf(app, &query, today).await?.1.into_iter().map(|card| card.listing);
            let has_it = |listing: &Arc<Listing>| names_of(listing).iter().any(|known| known.contains(&called));
            hits.into_iter().find(has_it).map(Found::Place)
        }
        (None, None) => None,
    })
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
