//! Searching, and looking at what was found, without a signal: in the county packs of the device.
//!
//! A `pack` is the JSON of `/packs/{county}`, a `look` the JSON of [`Look`], a `trip` the JSON of [`TripTarget`].

use std::sync::Arc;

use app::href::decode;
use app::pages;
use app::trips::change;
use app::trips::form::Typed;
use app::views::{Chrome, KeptCounty, KeptSearchPage, ListingCard, ListingPage, SearchPage, Site, StopView, TripTarget};
use chrono::DateTime;
use domain::listing::{Details, Kind, Listing};
use domain::pack::{Hit, Pack, Pocket};
use domain::search::{Query, Sort};
use domain::time::Timestamp;
use domain::trip::stored::Done;
use domain::{Lang, ListingId, Problem};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::look::Look;

#[derive(Deserialize)]
struct Edition {
    format: u32,
}

/// What the worker may know beside what was asked.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct More {
    /// When the oldest of the packs was kept, in milliseconds since 1970.
    pub kept_ms: Option<i64>,
    /// The trip that hits can be added to.
    pub trip: Option<Arc<TripTarget>>,
}

impl More {
    fn read(json: Option<&str>) -> Result<Self, String> {
        json.map_or_else(|| Ok(Self::default()), |json| serde_json::from_str(json).map_err(|why| format!("more: {why}")))
    }

    /// As the worker says, or else no later than what is in the packs.
    fn kept_at(&self, look: &Look, packs: &[Pack]) -> Timestamp {
        let said = self.kept_ms.and_then(DateTime::from_timestamp_millis);
        said.or_else(|| packs.iter().filter_map(|pack| pack.changed).max()).unwrap_or_else(|| look.now())
    }
}

/// Packs of this edition, and the site of the newest; another edition's are left to be fetched anew.
fn read<P: AsRef<[u8]>>(packs: &[P]) -> Result<(Vec<Pack>, Arc<Site>), String> {
    let (mut read, mut site, mut revision) = (Vec::new(), Site::default(), i64::MIN);
    for json in packs {
        let why = |why: serde_json::Error| format!("pack: {why}");
        let Edition { format } = serde_json::from_slice(json.as_ref()).map_err(why)?;
        if format == domain::pack::FORMAT {
            let kept: KeptCounty = serde_json::from_slice(json.as_ref()).map_err(why)?;
            if kept.pack.revision > revision {
                (site, revision) = (kept.site, kept.pack.revision);
            }
            read.push(kept.pack);
        }
    }
    Ok((read, Arc::new(site)))
}

fn answered(status: u16, html: &str) -> String {
    json!({ "status": status, "html": html }).to_string()
}

/// `/search` or the list of a kind, as the path of the look says, with a query string. `more` is the JSON of [`More`].
/// `{"status":200,"html":"…"}`; 404 with no page for another path, or without any pack of this edition.
///
/// # Errors
/// Where an argument is not what it should be, in words for a programmer.
pub fn search_page<P: AsRef<[u8]>>(packs: &[P], query: &str, look: &str, more: Option<&str>) -> Result<String, String> {
    let ((packs, site), look, more) = (read(packs)?, Look::read(look)?, More::read(more)?);
    let bare = look.path.split(['?', '#']).next().unwrap_or_default();
    let fixed_kind = bare.strip_prefix('/').and_then(Kind::parse_plural);
    if packs.is_empty() || (bare != "/search" && fixed_kind.is_none()) {
        return Ok(answered(404, ""));
    }
    let target = more.trip.clone();
    let chrome = look.chrome(site, more.kept_at(&look, &packs));
    let pocket = Pocket::open(&packs);
    let pairs = decode(query.trim_start_matches('?'));
    let (mut query, mut problems) = Query::from_params(pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())));
    query.lang = look.lang;
    if let Some(kind) = fixed_kind {
        query.kinds = vec![kind];
    }
    let answer = pocket.answer(&query, chrome.today);
    if answer.not_applied.contains(&"corridor") {
        let (zh, en) = ("这条线路没有存在设备上，没有按它筛选", "the route is not kept on this device, so it was not used");
        problems.push(Problem::new("corridor", "not_kept", zh, en));
        query.corridor = None;
        query.corridor_km = None;
    }
    let card = |hit: &Hit| ListingCard {
        title_marks: answer.marking.ranges(&pocket, hit.listing.title.get(look.lang)),
        summary_marks: answer.marking.ranges(&pocket, hit.listing.summary.get(look.lang)),
        distance_km: hit.distance_km,
        target: target.clone().filter(|_| is_a_stop(hit.listing)),
        ..ListingCard::plain(Arc::new(hit.listing.clone()))
    };
    let cards = |hits: &[Hit]| hits.iter().map(card).collect::<Vec<_>>();
    let groups: Vec<_> = answer.groups.iter().map(|(kind, total, hits)| (*kind, *total as u64, cards(hits))).collect();
    let page = KeptSearchPage {
        counties: packs.iter().filter_map(|pack| pack.county.region()).collect(),
        without_bodies: packs.iter().any(|pack| pack.without_bodies),
        left_out: packs.iter().map(|pack| pack.left_out).sum(),
        found: SearchPage {
            fixed_kind,
            problems,
            total: answer.total as u64,
            // what is shown in groups is not shown in one list as well
            hits: if groups.is_empty() { cards(&answer.hits) } else { vec![] },
            groups,
            facets: vec![],
            ideas: vec![],
            chips: answer.chips,
            notes: answer.notes,
            query,
        },
    };
    Ok(answered(200, &pages::search::kept::render(&chrome, &page)))
}

/// The page of a listing in the packs, with what they know of it. `path` is without a language. 404 with no page where it is in none
/// of them.
///
/// # Errors
/// Where an argument is not what it should be, in words for a programmer.
pub fn listing_page<P: AsRef<[u8]>>(packs: &[P], path: &str, look: &str, more: Option<&str>) -> Result<String, String> {
    let ((packs, site), look, more) = (read(packs)?, Look::read(look)?, More::read(more)?);
    let bare = path.split(['?', '#']).next().unwrap_or_default();
    let named = bare.strip_prefix('/').and_then(|rest| rest.split_once('/'));
    let pocket = Pocket::open(&packs);
    let Some(listing) = named.and_then(|(plural, slug)| pocket.find(Kind::parse_plural(plural)?, slug)) else {
        return Ok(answered(404, ""));
    };
    let chrome = look.chrome(site, more.kept_at(&look, &packs));
    let html = pages::listing::render_for(&chrome, &gathered(&chrome, &pocket, listing), more.trip.as_deref());
    Ok(answered(200, &html))
}

/// A trip's pack with the listings that `forms` (a JSON list of bodies) bring to the trip and that only the county packs have: what
/// becomes of the trip must be known before it is shown. The same text again where nothing is to be added.
///
/// # Errors
/// Where an argument is not what it should be, in words for a programmer.
pub fn trip_pack_with<P: AsRef<[u8]>>(pack: &str, packs: &[P], forms: &str) -> Result<String, String> {
    let forms: Vec<String> = serde_json::from_str(forms).map_err(|why| format!("forms: {why}"))?;
    let added: Vec<ListingId> = forms.iter().flat_map(|form| brought(&Typed::read(form))).collect();
    let mut whole: Value = serde_json::from_str(pack).map_err(|why| format!("pack: {why}"))?;
    let Some(listings) = whole["listings"].as_array_mut().filter(|_| !added.is_empty()) else { return Ok(pack.to_owned()) };
    let (packs, _) = read(packs)?;
    for id in added {
        let is_here = listings.iter().any(|listing| listing["id"] == id.as_str());
        let found = packs.iter().flat_map(|pack| &pack.listings).find(|listing| listing.id == id);
        if let Some(listing) = found.filter(|_| !is_here) {
            listings.push(serde_json::to_value(listing).map_err(|why| format!("listing: {why}"))?);
        }
    }
    Ok(whole.to_string())
}

/// What a form brings, as far as it says so itself.
fn brought(typed: &Typed) -> Vec<ListingId> {
    match typed.get("edit") {
        "" if typed.get("set") == "add" => ListingId::parse(typed.get("listing")).into_iter().collect(),
        edit => serde_json::from_str(edit).map(|edit| change::brings(&Done::Edit(Box::new(edit)))).unwrap_or_default(),
    }
}

fn is_a_stop(listing: &Listing) -> bool {
    !matches!(listing.kind(), Kind::Route | Kind::Offer)
}

/// What of the packs hangs on a listing for certain: named stops, named places, the heritage behind it, and what is measured to be
/// near. Offers and their order are the site's to work out.
fn gathered(chrome: &Chrome, pocket: &Pocket, listing: &Listing) -> ListingPage {
    let keep = |listing: &Listing| Arc::new(listing.clone());
    let stops = match &listing.details {
        Details::Route(route) => route.stops.clone(),
        _ => vec![],
    };
    let stops = stops.into_iter().map(|stop| {
        let place = stop.place.as_ref().and_then(|id| pocket.listing(id)).map(keep);
        StopView { stop, place }
    });
    let near = |kinds: Vec<Kind>| {
        let Some(position) = listing.position else { return vec![] };
        let query =
            Query { kinds, near: Some(position.point()), sort: Sort::Distance, per_page: 7, lang: Lang::Zh, ..Query::default() };
        let hits = pocket.answer(&query, chrome.today).hits;
        let others = hits.iter().filter(|hit| hit.listing.id != listing.id);
        let card = |hit: &Hit| ListingCard { distance_km: hit.distance_km, ..ListingCard::plain(keep(hit.listing)) };
        others.map(card).take(6).collect()
    };
    let behind = match &listing.details {
        Details::Experience(experience) => experience.heritage.clone(),
        Details::Product(product) => product.heritage.clone(),
        _ => None,
    };
    ListingPage {
        stops: stops.collect(),
        routes: vec![],
        neighbours: near(vec![Kind::Place, Kind::Stay, Kind::Experience]),
        heritage: vec![],
        products: vec![],
        offers: vec![],
        usable_at: vec![],
        behind: behind.and_then(|id| pocket.listing(&id)).map(keep),
        json_ld: None,
        listing: keep(listing),
    }
}

/// As the service worker calls them: packs as they were kept, bytes.
#[cfg(target_arch = "wasm32")]
mod calls {
    use js_sys::Uint8Array;
    use wasm_bindgen::prelude::wasm_bindgen;

    fn bytes(packs: &[Uint8Array]) -> Vec<Vec<u8>> {
        packs.iter().map(Uint8Array::to_vec).collect()
    }

    #[wasm_bindgen]
    pub fn search_page(packs: Vec<Uint8Array>, query: &str, look: &str, more: Option<String>) -> Result<String, String> {
        super::search_page(&bytes(&packs), query, look, more.as_deref())
    }

    #[wasm_bindgen]
    pub fn trip_pack_with(pack: &str, packs: Vec<Uint8Array>, forms: &str) -> Result<String, String> {
        super::trip_pack_with(pack, &bytes(&packs), forms)
    }

    #[wasm_bindgen]
    pub fn listing_page(packs: Vec<Uint8Array>, path: &str, look: &str, more: Option<String>) -> Result<String, String> {
        super::listing_page(&bytes(&packs), path, look, more.as_deref())
    }
}

#[cfg(test)]
mod tests;
