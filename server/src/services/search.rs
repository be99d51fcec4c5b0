//! Searching: the index finds, the rows are shown.

use app::views::{Facet, FacetValue, ListingCard, Recommended, SearchPage};
use chrono::NaiveDate;
use domain::geo::Point;
use domain::listing::kinds::{Family, Level, Route, Stop};
use domain::listing::{Details, Kind, Tag};
use domain::money::PRICE_BANDS;
use domain::search::notes::Note;
use domain::search::understand::Chip;
use domain::search::{Query, Sort};
use domain::time::Months;
use domain::{Lang, ListingId, Problem, Slug, region};

use crate::error::ServiceError;
use crate::search::{Answer, Hit, Marking, Options, Pinned, Results};
use crate::state::App;

/// How many of each kind stand in a group.
const IN_GROUP: usize = 4;
/// Values of a facet a page lists; the API gives all.
const FACET_VALUES: usize = 24;

pub struct Found {
    pub results: Results,
    pub hits: Vec<ListingCard>,
    pub chips: Vec<Chip>,
    pub notes: Vec<Note>,
}

/// Runs a query as a person asked it and loads the hits.
pub async fn find(app: &App, query: &Query, today: NaiveDate) -> Result<Found, ServiceError> {
    let Answer { results, chips, notes, marking } = answer(app, query, today, None)?;
    let hits = load(app, query, &results.hits, &marking).await?;
    Ok(Found { results, hits, chips, notes })
}

fn answer(app: &App, query: &Query, today: NaiveDate, per_kind: Option<usize>) -> Result<Answer, ServiceError> {
    let options = Options { per_kind, ..app.options(today) };
    Ok(app.keeper.index().answer(query, &options)?)
}

/// Looks up the line of the route that `corridor` names. Told to the visitor where there is none: without its line a corridor
/// would hold nothing.
pub async fn find_corridor(app: &App, query: &mut Query) -> Result<Option<Problem>, ServiceError> {
    let Some(corridor) = &mut query.corridor else { return Ok(None) };
    let by_slug = match Slug::parse(&corridor.route) {
        Ok(slug) => app.listings.find(Kind::Route, &slug).await?,
        Err(_) => None,
    };
    let route = match (by_slug, ListingId::parse(&corridor.route)) {
        (None, Ok(id)) => app.listings.find_many(&[id]).await?.pop(),
        (found, _) => found,
    };
    let line = match route.as_deref().map(|listing| &listing.details) {
        Some(Details::Route(route)) => line_of(app, route).await?,
        _ => vec![],
    };
    if line.is_empty() {
        let shown = corridor.route.clone();
        query.corridor = None;
        query.corridor_km = None;
        let (zh, en) =
            (format!("没有“{shown}”这条线路，或者它的站点没有位置"), format!("there is no route “{shown}” with known stops"));
        return Ok(Some(Problem::new("corridor", "unknown_route", zh, en)));
    }
    corridor.line = line;
    Ok(None)
}

/// The stops of a route in their order: where they say, where the place is, or else the seat of their county.
async fn line_of(app: &App, route: &Route) -> Result<Vec<Point>, ServiceError> {
    let ids: Vec<ListingId> = route.stops.iter().filter_map(|stop| stop.place.clone()).collect();
    let places = app.listings.find_many(&ids).await?;
    let point_of = |stop: &Stop| {
        let place = || places.iter().find(|listing| Some(&listing.id) == stop.place.as_ref())?.position;
        let seat = || stop.region.as_ref()?.region()?.centre();
        stop.position.or_else(place).map(|position| position.point()).or_else(seat)
    };
    Ok(route.stops.iter().filter_map(point_of).collect())
}

/// Hits of a query without facets: neighbours, sections, shelves.
pub async fn shelf(app: &App, query: &Query, today: NaiveDate) -> Result<(u64, Vec<ListingCard>), ServiceError> {
    let options = Options { facets: false, ..app.options(today) };
    let results = app.keeper.index().search(query, &options)?;
    Ok((results.total, load(app, query, &results.hits, &Marking::default()).await?))
}

async fn load(app: &App, query: &Query, hits: &[Hit], marking: &Marking) -> Result<Vec<ListingCard>, ServiceError> {
    let ids: Vec<_> = hits.iter().map(|hit| hit.id.clone()).collect();
    let listings = app.listings.find_many(&ids).await?;
    let cards = listings.into_iter().map(|listing| {
        let hit = hits.iter().find(|hit| hit.id == listing.id);
        ListingCard {
            title_marks: marking.ranges(listing.title.get(query.lang)),
            summary_marks: marking.ranges(listing.summary.get(query.lang)),
            distance_km: hit.and_then(|hit| hit.distance_km),
            reason: None,
            pinned: hit.and_then(|hit| hit.pinned.as_ref()).map(recommended),
            target: None,
            listing,
        }
    });
    Ok(cards.collect())
}

fn recommended(pinned: &Pinned) -> Recommended {
    Recommended { reason: pinned.reason.clone(), last_day: pinned.last_day }
}

/// Whoever asks for an order wants one list in that order.
fn shows_groups(query: &Query, results: &Results) -> bool {
    query.sort == Sort::Relevance && !results.groups.is_empty()
}

/// The page of a query, whole: hits, groups, facets, and ideas where nothing was found.
pub async fn page(
    app: &App,
    query: Query,
    fixed_kind: Option<Kind>,
    problems: Vec<Problem>,
    today: NaiveDate,
) -> Result<SearchPage, ServiceError> {
    let grouped = query.kinds.is_empty() && query.page == 1;
    let Answer { results, chips, notes, marking } = answer(app, &query, today, grouped.then_some(IN_GROUP))?;
    // What is shown in groups is not shown in one list as well.
    let listed = if shows_groups(&query, &results) { &[][..] } else { &results.hits };
    let hits = load(app, &query, listed, &marking).await?;
    let mut groups = Vec::new();
    for (kind, total, group) in results.groups.iter().filter(|_| shows_groups(&query, &results)) {
        // what is recommended brings its kind with it
        let worth = |hit: &Hit| if hit.pinned.is_some() { f32::MAX } else { hit.score };
        let best = group.iter().map(worth).fold(f32::MIN, f32::max);
        groups.push((best, (*kind, *total, load(app, &query, group, &marking).await?)));
    }
    if !query.text.is_empty() {
        // The kind with the best answer comes first, kinds that have only samples to show last; without words, the order of the
        // table of kinds stands.
        let fictional = |cards: &[ListingCard]| cards.iter().all(|card| card.listing.sample);
        groups.sort_by(|(a, (.., first)), (b, (.., second))| fictional(first).cmp(&fictional(second)).then(b.total_cmp(a)));
    }
    let groups = groups.into_iter().map(|(_, group)| group).collect();
    let facets = results
        .facets
        .iter()
        .filter(|facet| fixed_kind.is_none() || facet.name != "kind")
        .filter_map(|facet| facet_view(facet.name, &facet.values, &query, Some(FACET_VALUES)))
        .collect();
    let ideas = if results.hits.is_empty() {
        let anything = Query {
            kinds: fixed_kind.into_iter().collect(),
            months: Months::of(today),
            per_page: 6,
            lang: query.lang,
            ..Query::default()
        };
        shelf(app, &anything, today).await?.1
    } else {
        vec![]
    };
    Ok(SearchPage { total: results.total, query, fixed_kind, problems, chips, notes, hits, groups, facets, ideas })
}

/// A facet in the reader's language. None where it has nothing to choose from.
pub fn facet_view(name: &'static str, values: &[(String, u64)], query: &Query, most: Option<usize>) -> Option<Facet> {
    let lang = query.lang;
    let chosen: Vec<String> = query.to_params().into_iter().filter(|(param, _)| *param == name).map(|(_, value)| value).collect();
    let mut shown: Vec<FacetValue> = values
        .iter()
        .map(|(value, count)| FacetValue {
            label: value_label(name, value, lang),
            selected: chosen.contains(value),
            value: value.clone(),
            count: *count,
        })
        .collect();
    if let Some(most) = most
        && shown.len() > most
    {
        let mut kept = 0;
        shown.retain(|value| {
            kept += 1;
            kept <= most || value.selected
        });
    }
    (!shown.is_empty()).then(|| Facet { name, label: facet_label(name, lang), values: shown })
}

fn facet_label(name: &str, lang: Lang) -> &'static str {
    match name {
        "kind" => lang.pick("种类", "Kind"),
        "prefecture" => lang.pick("市州", "Prefecture"),
        "county" => lang.pick("县区", "County"),
        "family" => lang.pick("线路系列", "Route series"),
        "grade" => lang.pick("等级", "Grade"),
        "level" => lang.pick("非遗级别", "Heritage level"),
        "tag" => lang.pick("主题", "Theme"),
        "month" => lang.pick("适合月份", "Good in"),
        "price_band" => lang.pick("价格", "Price"),
        "barrier_free" => lang.pick("无障碍", "Access"),
        "voucher" => lang.pick("消费券", "Vouchers"),
        _ => "",
    }
}

/// What a facet's value is called.
pub fn value_label(name: &str, value: &str, lang: Lang) -> String {
    let known = match name {
        "kind" => Kind::parse(value).map(|kind| kind.label(lang).to_owned()),
        "prefecture" | "county" => region::find(value).map(|region| region.name.get(lang).to_owned()),
        "family" => Family::parse(value).map(|family| family.label(lang).to_owned()),
        "level" => Level::parse(value).map(|level| level.label(lang).to_owned()),
        "tag" => Tag::parse(value).map(|tag| tag.label(lang).to_owned()),
        "month" => value.parse().ok().and_then(Months::only).map(|month| month.say(lang)),
        "price_band" => PRICE_BANDS.iter().find(|(code, ..)| *code == value).map(|(_, from, to)| {
            let (from, to) = (from / 100, to / 100);
            let open = value.ends_with('-');
            if open { lang.pick(format!("¥{from}以上"), format!("¥{from} and up")) } else { format!("¥{from}–{to}") }
        }),
        "barrier_free" => Some(lang.pick("有无障碍记录", "Recorded as barrier-free").to_owned()),
        "voucher" => Some(lang.pick("可用消费券", "Vouchers accepted").to_owned()),
        _ => None,
    };
    known.unwrap_or_else(|| value.to_owned())
}
