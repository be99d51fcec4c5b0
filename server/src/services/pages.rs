//! What each page needs, gathered.

use std::sync::Arc;

use app::views::{
    DataPage, Decided, DecisionView, FamiliesPage, HomePage, ListingCard, ListingPage, OffersByCountyPage, RegionPage,
    RegionsPage, StopView,
};
use chrono::NaiveDate;
use domain::curation::Rule;
use domain::listing::kinds::{Basis, Family, Offer, Stop};
use domain::listing::{Details, Kind, Listing};
use domain::region::{self, Region, RegionCode, RegionLevel};
use domain::search::{Query, Sort};
use domain::time::{Months, Period, say_day};
use domain::{Lang, ListingId};

use crate::catalogue::jsonld::json_ld;
use crate::error::ServiceError;
use crate::search::Options;
use crate::services::search::{find, shelf};
use crate::state::{App, Moment};

const NEIGHBOURS: u32 = 8;
const SHELF: u32 = 6;
/// Every offer there may be in the seasons of one province; read whole to be ordered by rule.
const ALL_OFFERS: u32 = 100;

fn of_kind(kind: Kind, lang: Lang, per_page: u32) -> Query {
    Query { kinds: vec![kind], per_page, lang, ..Query::default() }
}

pub async fn home(app: &App, lang: Lang, today: NaiveDate) -> Result<HomePage, ServiceError> {
    let everything = find(app, &Query { per_page: 1, lang, ..Query::default() }, today).await?;
    let counts = counts_of(&everything.results, "kind");
    let prefectures = counts_of(&everything.results, "prefecture");
    let months = Months::of(today);
    let season =
        Query { kinds: vec![Kind::Place], months, per_page: 8, lang, grades: vec!["5A".into(), "4A".into()], ..Query::default() };
    let sights = Query { grades: vec!["5A".into()], per_page: 30, lang, ..Query::default() };
    Ok(HomePage {
        counts: Kind::ALL.iter().map(|kind| (*kind, count_in(&counts, kind.name()))).collect(),
        season: spread(shelf(app, &Query { per_page: 60, ..season }, today).await?.1, 8, today),
        routes: shelf(app, &Query { families: vec![Family::FivePlusTwo], ..of_kind(Kind::Route, lang, 7) }, today).await?.1,
        heritage: spread(shelf(app, &of_kind(Kind::Heritage, lang, 60), today).await?.1, 6, today),
        offers: running_offers(app, lang, today).await?.into_iter().take(4).collect(),
        prefectures: region::prefectures().map(|region| (region, count_in(&prefectures, region.code.as_str()))).collect(),
        sights: shelf(app, &sights, today).await?.1.into_iter().map(|card| card.listing).collect(),
    })
}

/// One of each prefecture before a second of any, starting at another one every day, so that the front page is fair.
fn spread(cards: Vec<ListingCard>, most: usize, today: NaiveDate) -> Vec<ListingCard> {
    use chrono::Datelike;
    let mut by_prefecture: Vec<(Option<&'static Region>, Vec<ListingCard>)> = Vec::new();
    for card in cards {
        let prefecture = card.listing.all_regions().first().and_then(|code| code.region()).map(Region::prefecture_region);
        match by_prefecture.iter_mut().find(|(known, _)| known.map(|r| &r.code) == prefecture.map(|r| &r.code)) {
            Some((_, list)) => list.push(card),
            None => by_prefecture.push((prefecture, vec![card])),
        }
    }
    let turn = today.num_days_from_ce() as usize;
    if !by_prefecture.is_empty() {
        let start = turn % by_prefecture.len();
        by_prefecture.rotate_left(start);
    }
    by_prefecture.iter_mut().for_each(|(_, list)| {
        let start = turn % list.len();
        list.rotate_left(start);
    });
    let longest = by_prefecture.iter().map(|(_, list)| list.len()).max().unwrap_or(0);
    let rounds = (0..longest).flat_map(|round| by_prefecture.iter().filter_map(move |(_, list)| list.get(round)));
    rounds.take(most).cloned().collect()
}

fn counts_of(results: &crate::search::Results, facet: &str) -> Vec<(String, u64)> {
    results.facets.iter().find(|f| f.name == facet).map(|f| f.values.clone()).unwrap_or_default()
}

fn count_in(counts: &[(String, u64)], value: &str) -> u64 {
    counts.iter().find(|(v, _)| v == value).map_or(0, |(_, count)| *count)
}

/// A listing with all that hangs on it.
pub async fn listing(app: &App, listing: Arc<Listing>, lang: Lang, today: NaiveDate) -> Result<Arc<ListingPage>, ServiceError> {
    let moment = Moment { today, ..app.moment() };
    if let Some(page) = app.gathered.get(&listing.id, lang, moment)
        && Arc::ptr_eq(&page.listing, &listing)
    {
        return Ok(page);
    }
    let page = Arc::new(gather(app, listing, lang, today).await?);
    app.gathered.put(lang, moment, page.clone());
    Ok(page)
}

async fn gather(app: &App, listing: Arc<Listing>, lang: Lang, today: NaiveDate) -> Result<ListingPage, ServiceError> {
    let counties: Vec<RegionCode> = listing.all_regions().into_iter().filter(|code| !is_prefecture(code)).cloned().collect();
    let prefectures: Vec<RegionCode> = listing.all_regions().into_iter().filter(|code| is_prefecture(code)).cloned().collect();
    let here = |kind: Kind| Query { counties: counties.clone(), prefectures: prefectures.clone(), ..of_kind(kind, lang, SHELF) };
    let is_somewhere = !counties.is_empty() || !prefectures.is_empty();
    let not_itself = |cards: Vec<ListingCard>| cards.into_iter().filter(|card| card.listing.id != listing.id).collect::<Vec<_>>();

    let neighbours = match (&listing.position, &listing.details) {
        (Some(position), details) if !matches!(details, Details::Offer(_)) => {
            let near = Query {
                kinds: vec![Kind::Place, Kind::Stay, Kind::Experience],
                near: Some(position.point()),
                radius_km: Some(30.0),
                sort: Sort::Distance,
                per_page: NEIGHBOURS + 1,
                lang,
                ..Query::default()
            };
            not_itself(shelf(app, &near, today).await?.1).into_iter().take(NEIGHBOURS as usize).collect()
        }
        _ => vec![],
    };
    let heritage = if is_somewhere { not_itself(shelf(app, &here(Kind::Heritage), today).await?.1) } else { vec![] };
    let products = if is_somewhere { not_itself(shelf(app, &here(Kind::Product), today).await?.1) } else { vec![] };
    let routes =
        if listing.kind() == Kind::Place { routes_through(app, &listing.id, &counties, lang, today).await? } else { vec![] };
    let stops = match &listing.details {
        Details::Route(route) => stop_views(app, &route.stops).await?,
        _ => vec![],
    };
    let behind = match &listing.details {
        Details::Experience(experience) => experience.heritage.clone(),
        Details::Product(product) => product.heritage.clone(),
        _ => None,
    };
    let behind = match behind {
        Some(id) => app.listings.find_many(&[id]).await?.pop(),
        None => None,
    };
    let offers = match listing.kind() {
        Kind::Offer | Kind::Heritage => vec![],
        _ => offers_usable_at(app, &listing, lang, today).await?,
    };
    let usable_at = match &listing.details {
        Details::Offer(offer) => usable_at(app, &listing, offer, lang, today).await?,
        _ => vec![],
    };
    let json_ld = (!listing.sample).then(|| json_ld(&listing, &app.config.base_url, lang).to_string().into());
    Ok(ListingPage { stops, routes, neighbours, heritage, products, offers, usable_at, behind, json_ld, listing })
}

fn is_prefecture(code: &RegionCode) -> bool {
    code.region().is_some_and(|region| region.level == RegionLevel::Prefecture)
}

async fn stop_views(app: &App, stops: &[Stop]) -> Result<Vec<StopView>, ServiceError> {
    let ids: Vec<ListingId> = stops.iter().filter_map(|stop| stop.place.clone()).collect();
    let places = app.listings.find_many(&ids).await?;
    let place_of = |stop: &Stop| places.iter().find(|place| Some(&place.id) == stop.place.as_ref()).cloned();
    Ok(stops.iter().map(|stop| StopView { stop: stop.clone(), place: place_of(stop) }).collect())
}

async fn routes_through(
    app: &App,
    place: &ListingId,
    counties: &[RegionCode],
    lang: Lang,
    today: NaiveDate,
) -> Result<Vec<ListingCard>, ServiceError> {
    let query = Query { counties: counties.to_vec(), ..of_kind(Kind::Route, lang, 50) };
    let (_, routes) = shelf(app, &query, today).await?;
    let stops_here = |stop: &Stop| stop.place.as_ref() == Some(place);
    let reason = |card: &ListingCard| match &card.listing.details {
        Details::Route(route) => {
            let official = route.stops.iter().any(|stop| stops_here(stop) && stop.basis == Basis::Sourced);
            route
                .stops
                .iter()
                .any(stops_here)
                .then(|| if official { Basis::Sourced } else { Basis::Editorial }.label(lang).to_owned())
        }
        _ => None,
    };
    Ok(routes.into_iter().filter_map(|card| reason(&card).map(|reason| ListingCard { reason: Some(reason), ..card })).collect())
}

pub(super) async fn running_offers(app: &App, lang: Lang, today: NaiveDate) -> Result<Vec<ListingCard>, ServiceError> {
    let (_, offers) = shelf(app, &of_kind(Kind::Offer, lang, ALL_OFFERS), today).await?;
    let mut offers: Vec<_> =
        offers.into_iter().filter(|card| !offer_of(card).is_some_and(|offer| is_over(offer, today))).collect();
    offers.sort_by_key(|card| offer_of(card).map(|offer| (offer.from, offer.until)));
    Ok(offers)
}

fn offer_of(card: &ListingCard) -> Option<&Offer> {
    match &card.listing.details {
        Details::Offer(offer) => Some(offer),
        _ => None,
    }
}

fn is_over(offer: &Offer, today: NaiveDate) -> bool {
    Period::of_days(today, today).is_some_and(|day| offer.is_over_at(day.start))
}

/// Whether an offer can be used at a listing: the kind is named, the place lies in its region, and vouchers are taken there.
fn can_use(offer: &Listing, terms: &Offer, at: &Listing) -> bool {
    let kind_fits = terms.kinds.iter().any(|kind| kind.code() == at.kind().name());
    let areas = offer.all_regions();
    let region_fits = areas.is_empty() || at.all_regions().iter().any(|code| areas.iter().any(|area| code.lies_in(area)));
    let lifted = at.all_regions().iter().any(|code| code.region().is_some_and(|region| region.lifted_from_poverty));
    let takes_vouchers = match &at.details {
        Details::Stay(stay) => stay.vouchers,
        Details::Experience(experience) => experience.vouchers,
        _ => true,
    };
    kind_fits && region_fits && takes_vouchers && (lifted || !terms.poverty_counties_only)
}

/// Offers usable at a listing. Those steered to recognised products or to the counties lifted out of poverty stand first, and
/// say so (V10, S3).
async fn offers_usable_at(app: &App, at: &Listing, lang: Lang, today: NaiveDate) -> Result<Vec<ListingCard>, ServiceError> {
    let offers = running_offers(app, lang, today).await?;
    let lifted = at.all_regions().iter().any(|code| code.region().is_some_and(|region| region.lifted_from_poverty));
    let recognised = matches!(&at.details, Details::Product(product) if product.recognised.on(today));
    let mut usable: Vec<((bool, u8), ListingCard)> = offers
        .into_iter()
        .filter_map(|card| {
            let terms = offer_of(&card)?;
            if !can_use(&card.listing, terms, at) {
                return None;
            }
            let (rank, reason) = if terms.recognised_first && recognised {
                (0, Some(lang.pick("消费帮扶重点产品优先", "Recognised products first")))
            } else if terms.poverty_counties_only {
                (1, Some(lang.pick("专给脱贫县", "Only for counties lifted out of poverty")))
            } else if lifted {
                (2, Some(lang.pick("脱贫县可用", "Usable in this county lifted out of poverty")))
            } else {
                (3, None)
            };
            let waits = today < terms.from;
            let start = waits.then(|| {
                let day = say_day(terms.from, lang);
                lang.pick(format!("{day}起可用"), format!("from {day}"))
            });
            let reason = [reason.map(str::to_owned), start].into_iter().flatten().collect::<Vec<_>>().join(lang.pick("，", ", "));
            Some(((waits, rank), ListingCard { reason: (!reason.is_empty()).then_some(reason), ..card }))
        })
        .collect();
    // What can be used today stands before what is still to come.
    usable.sort_by_key(|(order, _)| *order);
    Ok(usable.into_iter().map(|(_, card)| card).take(SHELF as usize).collect())
}

/// Where an offer can be used: the counties lifted out of poverty first, with the reason.
async fn usable_at(
    app: &App,
    offer: &Listing,
    terms: &Offer,
    lang: Lang,
    today: NaiveDate,
) -> Result<Vec<ListingCard>, ServiceError> {
    let areas: Vec<RegionCode> = offer.all_regions().into_iter().cloned().collect();
    let (prefectures, counties): (Vec<_>, Vec<_>) = areas.into_iter().partition(is_prefecture);
    let mut found = Vec::new();
    for kind in terms.kinds.iter().filter_map(|kind| Kind::parse(kind.code())) {
        // One query a region type: within a query a county and a prefecture narrow each other.
        for (counties, prefectures) in [(counties.clone(), vec![]), (vec![], prefectures.clone())] {
            if counties.is_empty() && prefectures.is_empty() && !offer.all_regions().is_empty() {
                continue;
            }
            found.extend(shelf(app, &Query { counties, prefectures, ..of_kind(kind, lang, 100) }, today).await?.1);
        }
    }
    let mut usable: Vec<(bool, ListingCard)> = Vec::new();
    for card in found {
        let listing = &card.listing;
        if !can_use(offer, terms, listing) || usable.iter().any(|(_, known)| known.listing.id == listing.id) {
            continue;
        }
        let lifted = listing.all_regions().iter().any(|code| code.region().is_some_and(|region| region.lifted_from_poverty));
        let reason = lifted.then(|| lang.pick("脱贫县优先", "Counties lifted out of poverty first").to_owned());
        usable.push((!lifted, ListingCard { reason, ..card }));
    }
    usable.sort_by_key(|(last, _)| *last);
    Ok(usable.into_iter().map(|(_, card)| card).take(24).collect())
}

pub async fn region(app: &App, region: &'static Region, lang: Lang, today: NaiveDate) -> Result<RegionPage, ServiceError> {
    let mut sections = Vec::new();
    for &kind in Kind::ALL {
        let query = match region.level {
            RegionLevel::Prefecture => Query { prefectures: vec![region.code.clone()], ..of_kind(kind, lang, SHELF) },
            RegionLevel::County | RegionLevel::Zone => {
                Query { counties: vec![region.code.clone()], ..of_kind(kind, lang, SHELF) }
            }
        };
        let (total, cards) = shelf(app, &query, today).await?;
        if total > 0 {
            sections.push((kind, total, cards));
        }
    }
    Ok(RegionPage { region, sections })
}

pub async fn regions(app: &App, today: NaiveDate) -> Result<RegionsPage, ServiceError> {
    let everything = find(app, &Query { per_page: 1, ..Query::default() }, today).await?;
    let counts = counts_of(&everything.results, "county");
    let prefectures = region::prefectures()
        .map(|prefecture| (prefecture, prefecture.parts().map(|part| (part, count_in(&counts, part.code.as_str()))).collect()))
        .collect();
    Ok(RegionsPage { prefectures })
}

pub async fn families(app: &App, lang: Lang, today: NaiveDate) -> Result<FamiliesPage, ServiceError> {
    let (_, routes) = shelf(app, &of_kind(Kind::Route, lang, 100), today).await?;
    let family_of = |card: &ListingCard| match &card.listing.details {
        Details::Route(route) => Some(route.family),
        _ => None,
    };
    let mut routes = routes;
    routes.sort_by(|a, b| a.listing.id.cmp(&b.listing.id));
    let families = Family::ALL
        .iter()
        .map(|&family| (family, routes.iter().filter(|card| family_of(card) == Some(family)).cloned().collect()));
    Ok(FamiliesPage { families: families.filter(|(_, routes): &(_, Vec<_>)| !routes.is_empty()).collect() })
}

pub async fn offers_by_county(app: &App, lang: Lang, today: NaiveDate) -> Result<OffersByCountyPage, ServiceError> {
    let offers = running_offers(app, lang, today).await?;
    let mut regions: Vec<(Option<&'static Region>, Vec<ListingCard>)> = Vec::new();
    let everywhere: Vec<_> = offers.iter().filter(|card| card.listing.all_regions().is_empty()).cloned().collect();
    if !everywhere.is_empty() {
        regions.push((None, everywhere));
    }
    for region in region::all() {
        let here: Vec<_> = offers.iter().filter(|card| card.listing.all_regions().contains(&&region.code)).cloned().collect();
        if !here.is_empty() {
            regions.push((Some(region), here));
        }
    }
    Ok(OffersByCountyPage { regions })
}

/// What the bureau recommends, hides and silences today, for everybody to see.
pub async fn decisions(app: &App, today: NaiveDate) -> Result<Vec<DecisionView>, ServiceError> {
    let curated = app.curation.on(today);
    let mut views = Vec::new();
    for entry in curated.entries() {
        let phrase = entry.rule.phrase();
        views.push(DecisionView {
            what: match entry.rule {
                Rule::Pin { .. } => Decided::Recommended,
                Rule::Silence { .. } => Decided::Silenced,
                _ => Decided::Hidden,
            },
            query: phrase.map(|phrase| phrase.text.clone()),
            whole: phrase.is_some_and(|phrase| phrase.whole),
            county: entry.county.as_ref().and_then(|code| code.region()),
            listings: app.listings.find_many(entry.rule.listings()).await?,
            reason: entry.reason.clone(),
            last_day: entry.days.last(),
        });
    }
    Ok(views)
}

pub async fn data(app: &App, lang: Lang, today: NaiveDate) -> Result<DataPage, ServiceError> {
    // what exists, whatever is hidden from searches
    let options = Options { curated: Arc::default(), ..app.options(today) };
    let results = app.keeper.index().search(&Query { per_page: 1, lang, ..Query::default() }, &options)?;
    let counts = counts_of(&results, "kind");
    let facts = app.catalogue_facts().await?;
    Ok(DataPage {
        counts: Kind::ALL.iter().map(|kind| (*kind, count_in(&counts, kind.name()))).collect(),
        confidences: facts.confidences.iter().map(|(confidence, count)| (confidence.label(lang).to_owned(), *count)).collect(),
        samples: facts.samples,
        credits: facts.credits.clone(),
    })
}
