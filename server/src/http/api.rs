//! The open interface, version 1. Stable: parameters and fields may be added, never changed.

use std::sync::Arc;

use app::href::decode;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use chrono::Utc;
use domain::listing::{Kind, Listing};
use domain::search::Query;
use domain::search::asked::Asked;
use domain::search::notes::Note;
use domain::search::understand::Chip;
use domain::time::{Timestamp, day_of};
use domain::{Lang, Problem, Slug, region};
use serde_json::{Value, json};

use super::ops::Meters;
use super::page_cache::{Key, Page};
use super::problem::{self, document};
use super::visitor::{PLAIN_LOOK, Visitor};
use crate::error::ServiceError;
use crate::search::{Explain, Target, fold};
use crate::services::search::{Found, facet_view, find, find_corridor};
use crate::state::{App, Moment};
use crate::store::{ChangeFilter, StoreError};

type Server = State<Arc<App>>;

const SUGGESTIONS: usize = 8;
/// Of them, what others have searched for.
const PAST_SEARCHES: usize = 3;
const CHANGES_PER_PAGE: u64 = 200;

/// Reads are open to pages of any origin.
pub fn open_to_all(response: &mut Response) {
    let headers = response.headers_mut();
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static("etag, retry-after, x-request-id"));
}

/// Answers a browser that asks before it asks.
pub async fn preflight() -> Response {
    let headers = [
        (header::ACCESS_CONTROL_ALLOW_METHODS, "GET, HEAD, OPTIONS"),
        (header::ACCESS_CONTROL_ALLOW_HEADERS, "if-none-match"),
        (header::ACCESS_CONTROL_MAX_AGE, "86400"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (StatusCode::NO_CONTENT, headers).into_response()
}

fn answer(visitor: &Visitor, value: &Value) -> Response {
    Page::fleeting("application/json", value.to_string()).answer(&visitor.headers)
}

pub fn refused(problems: &[Problem], lang: Lang) -> Response {
    let detail = problems.first().map_or("", |problem| problem.say(lang));
    document(StatusCode::BAD_REQUEST, "bad_request", detail, problems, lang)
}

pub async fn missing(visitor: Visitor) -> Response {
    document(StatusCode::NOT_FOUND, "not_found", "There is nothing at this address; see /api/v1/openapi.json.", &[], visitor.lang)
}

pub async fn search(State(app): Server, visitor: Visitor, uri: Uri) -> Response {
    let params = decode(uri.query().unwrap_or(""));
    let (query, problems) = Query::from_params(params.iter().map(|(name, value)| (name.as_str(), value.as_str())));
    // A text that is too long still means something; the answer says what was cut.
    let (notes, problems): (Vec<_>, Vec<_>) = problems.into_iter().partition(|problem| problem.code == "too_long");
    if !problems.is_empty() {
        return refused(&problems, query.lang);
    }
    // Taken before anything is read: an answer from while the catalogue changes is not kept as if it came after.
    let moment = app.moment();
    let mut query = query;
    match find_corridor(&app, &mut query).await {
        Ok(None) => {}
        Ok(Some(problem)) => return refused(&[problem], query.lang),
        Err(error) => return problem::fault_document(&error, query.lang),
    }
    match find(&app, &query, moment.today).await {
        Ok(found) => {
            let asked = Asked::of(&fold(&query.text), &query, &found.chips, &found.notes, found.results.total);
            kept(&app, &visitor, moment, &found_json(&query, &found, &notes), asked)
        }
        Err(error) => problem::fault_document(&error, query.lang),
    }
}

/// An answer that the door gives from now on to whoever asks in the same words, until the catalogue or a decision changes.
fn kept(app: &App, visitor: &Visitor, moment: Moment, value: &Value, asked: Option<Asked>) -> Response {
    let asked = asked.map(Arc::new);
    if !app.pages.keeps() {
        let mut page = Page::fleeting("application/json", value.to_string());
        page.asked = asked;
        return page.answer(&visitor.headers);
    }
    let mut page = Page::new("application/json", value.to_string());
    page.meters = Some(Meters::of_page(&visitor.route));
    page.asked = asked;
    let page = Arc::new(page);
    app.pages.put(Key { address: visitor.path.clone(), look: PLAIN_LOOK, in_app: None }, moment, page.clone());
    page.answer(&visitor.headers)
}

fn found_json(query: &Query, found: &Found, notes: &[Problem]) -> Value {
    let lang = query.lang;
    let hits: Vec<Value> = found
        .hits
        .iter()
        .map(|card| {
            let mut hit = brief(&card.listing, lang);
            hit["distance_km"] = json!(card.distance_km.map(|km| (km * 1000.0).round() / 1000.0));
            hit["highlight"] = json!({ "title": card.title_marks, "summary": card.summary_marks });
            if let Some(why) = found.results.hits.iter().find(|hit| hit.id == card.listing.id).and_then(|hit| hit.explain) {
                hit["explain"] = explained(&why);
            }
            if let Some(pinned) = &card.pinned {
                let until = pinned.last_day.and_then(|day| day.succ_opt());
                hit["pinned"] = json!({ "reason": pinned.reason.get(lang), "until": until });
            }
            hit
        })
        .collect();
    let mut facets = serde_json::Map::new();
    for facet in &found.results.facets {
        let view = facet_view(facet.name, &facet.values, query, None);
        let values = view.map(|view| view.values).unwrap_or_default();
        let values: Vec<_> = values.iter().map(|v| json!({ "value": v.value, "label": v.label, "count": v.count })).collect();
        facets.insert(facet.name.to_owned(), values.into());
    }
    let complaints = notes.iter().map(|note| json!({ "code": note.code, "text": note.say(lang) }));
    let notes: Vec<_> = complaints.chain(found.notes.iter().map(|note| said(note, lang))).collect();
    let chips: Vec<_> = found.chips.iter().map(|chip| chip_json(chip, lang)).collect();
    let asked: serde_json::Map<String, Value> =
        query.to_params().into_iter().fold(serde_json::Map::new(), |mut asked, (name, value)| {
            match asked.get_mut(name) {
                Some(Value::Array(values)) => values.push(value.into()),
                Some(_) => {}
                None => drop(asked.insert(name.to_owned(), if is_list(name) { json!([value]) } else { value.into() })),
            }
            asked
        });
    json!({
        "query": asked,
        "total": found.results.total,
        "page": query.page,
        "per_page": query.per_page,
        "hits": hits,
        "facets": facets,
        "chips": chips,
        "notes": notes,
    })
}

fn said(note: &Note, lang: Lang) -> Value {
    let mut value = json!({ "code": note.code(), "text": note.text().get(lang) });
    if let Note::Corrected { from, to, reason } = note {
        value["from"] = json!(from);
        value["to"] = json!(to);
        value["reason"] = json!(reason.code());
    }
    value
}

fn chip_json(chip: &Chip, lang: Lang) -> Value {
    json!({
        "code": chip.code,
        "param": chip.param,
        "values": chip.values,
        "label": chip.label.get(lang),
        "span": [chip.span.start, chip.span.end],
    })
}

/// What a hit's score is made of: how the words match, times each factor.
fn explained(why: &Explain) -> Value {
    json!({
        "tier": why.tier.code(),
        "text": why.text,
        "kind": why.factors.kind,
        "grade": why.factors.grade,
        "quality": why.factors.quality,
        "season": why.factors.season,
        "sample": why.factors.sample,
        "over": why.factors.over,
        "near": why.near,
        "score": why.score,
    })
}

fn is_list(name: &str) -> bool {
    domain::search::PARAMS.iter().any(|param| param.name == name && param.repeats)
}

/// A listing as it stands in a list of hits.
fn brief(listing: &Listing, lang: Lang) -> Value {
    let region = listing.all_regions().first().and_then(|code| code.region());
    let name = |region: &region::Region| json!({ "code": region.code.as_str(), "name": region.name.get(lang) });
    json!({
        "id": listing.id.as_str(),
        "kind": listing.kind().name(),
        "slug": listing.slug.as_str(),
        "title": listing.title.get(lang),
        "summary": listing.summary.get(lang),
        "county": region.filter(|region| region.code != region.prefecture).map(name),
        "prefecture": region.map(|region| name(region.prefecture_region())),
        "lat": listing.position.map(|position| position.lat),
        "lon": listing.position.map(|position| position.lon),
        "accuracy_m": listing.position.and_then(|position| position.accuracy_m),
        "url": listing.path(lang),
        "sample": listing.sample,
    })
}

pub async fn suggest(State(app): Server, visitor: Visitor, uri: Uri) -> Response {
    let params = decode(uri.query().unwrap_or(""));
    let mut text = String::new();
    let mut lang = visitor.lang;
    for (index, (name, value)) in params.iter().enumerate() {
        // As everywhere, a parameter without a value says nothing.
        if value.is_empty() && ["q", "lang"].contains(&name.as_str()) {
            continue;
        }
        if params[..index].iter().any(|(earlier, _)| earlier == name) {
            return refused(&[repeated(name)], lang);
        }
        match (name.as_str(), Lang::parse(value)) {
            ("q", _) => text = value.chars().take(domain::search::LONGEST_QUERY).collect(),
            ("lang", Some(chosen)) => lang = chosen,
            ("lang", None) => {
                return refused(&[Problem::new("lang", "bad_value", "lang 只能是 zh 或 en", "lang is zh or en")], lang);
            }
            _ => return refused(&[unknown(name)], lang),
        }
    }
    let options = crate::search::Options { facets: false, ..app.options(day_of(Utc::now())) };
    match app.keeper.index().suggest(&text, lang, SUGGESTIONS, &options) {
        Ok(suggestions) => {
            let mut list: Vec<Value> = suggestions
                .into_iter()
                .map(|suggestion| match suggestion.target {
                    Target::Listing { kind, slug, .. } => {
                        let url = format!("{}/{}/{slug}", lang.prefix(), kind.plural());
                        json!({ "text": suggestion.text, "kind": kind.name(), "url": url })
                    }
                    Target::Region(code) => {
                        json!({ "text": suggestion.text, "kind": "region", "url": format!("{}/counties/{code}", lang.prefix()) })
                    }
                })
                .collect();
            let is_listed = |text: &str| list.iter().any(|known| known["text"].as_str().is_some_and(|known| fold(known) == text));
            let past = app.past.beginning_with(&text, PAST_SEARCHES, &options.curated, |text| !is_listed(text));
            let past: Vec<Value> = past.into_iter().map(|text| past_search(text, lang)).collect();
            list.truncate(SUGGESTIONS - past.len());
            list.extend(past);
            answer(&visitor, &json!({ "suggestions": list }))
        }
        Err(fault) => problem::fault_document(&ServiceError::from(fault), lang),
    }
}

/// What others have searched for.
fn past_search(text: String, lang: Lang) -> Value {
    let query = Query { text: text.clone(), ..Query::default() };
    json!({ "text": text, "kind": "search", "url": format!("{}/search{}", lang.prefix(), query.to_query_string()) })
}

/// A listing whole, as the catalogue holds it.
fn whole(listing: &Listing) -> Value {
    let mut value = serde_json::to_value(listing).expect("a listing is JSON");
    value["kind"] = listing.kind().name().into();
    value["url"] = listing.path(Lang::Zh).into();
    value["sample"] = listing.sample.into();
    value
}

pub async fn listing(State(app): Server, visitor: Visitor, Path((kind, slug)): Path<(String, String)>) -> Response {
    // The plural of the pages is understood as well.
    let kind = Kind::parse(&kind).or_else(|| Kind::parse_plural(&kind));
    let (Some(kind), Ok(slug)) = (kind, Slug::parse(&slug)) else { return missing(visitor).await };
    match app.listings.find(kind, &slug).await {
        Ok(Some(listing)) => answer(&visitor, &whole(&listing)),
        Ok(None) => missing(visitor).await,
        Err(error) => problem::fault_document(&error.into(), visitor.lang),
    }
}

pub fn unknown(name: &str) -> Problem {
    let shown: String = name.chars().take(40).collect();
    Problem::new(shown, "unknown_parameter", "没有这个参数", "there is no such parameter")
}

pub fn repeated(name: &str) -> Problem {
    let shown: String = name.chars().take(40).collect();
    let (zh, en) = (format!("参数 {shown} 只能给一次"), format!("{shown} can be given once"));
    Problem::new(shown, "repeated", zh, en)
}

fn beyond_the_clock() -> Problem {
    Problem::new(
        "cursor",
        "beyond_clock",
        "游标比目录的修订号还新，不是这个目录给出的；请从头开始",
        "the cursor is ahead of the catalogue, so it did not come from this one; start again without it",
    )
}

/// Everything that changed, oldest change first, tombstones included: follow `next` until it is null, keep the last cursor, and
/// come back with it later.
pub async fn changes(State(app): Server, visitor: Visitor, uri: Uri) -> Response {
    let lang = visitor.lang;
    let mut filter = ChangeFilter { samples: app.config.shows_samples, ..ChangeFilter::default() };
    let mut after = 0;
    let mut problems = Vec::new();
    let params = decode(uri.query().unwrap_or(""));
    for (index, (name, value)) in params.iter().enumerate() {
        // What else is wrong does not matter to whoever sent this.
        if problems.len() >= 20 {
            break;
        }
        if value.is_empty() && ["kind", "updated_from", "cursor"].contains(&name.as_str()) {
            continue;
        }
        if params[..index].iter().any(|(earlier, _)| earlier == name) {
            problems.push(repeated(name));
            continue;
        }
        let bad =
            || Problem::new(name.clone(), "bad_value", format!("参数 {name} 的值不可用"), format!("that is no value for {name}"));
        match name.as_str() {
            "kind" => match Kind::parse(value) {
                Some(kind) => filter.kind = Some(kind),
                None => problems.push(bad()),
            },
            "updated_from" => match value.parse::<Timestamp>() {
                Ok(at) => filter.updated_from = Some(at),
                Err(_) => problems.push(bad()),
            },
            "cursor" => match value.parse::<i64>() {
                Ok(cursor) if cursor >= 0 => after = cursor,
                _ => problems.push(bad()),
            },
            _ => problems.push(unknown(name)),
        }
    }
    if !problems.is_empty() {
        return refused(&problems, lang);
    }
    let listed = async {
        let rows = app.store.list_changes(&filter, after, CHANGES_PER_PAGE).await?;
        // Only where there is nothing: a cursor of another database, or of one that was put back to an earlier day.
        let beyond = rows.is_empty() && after > 0 && after > app.store.revision().await?;
        Ok::<_, StoreError>((rows, beyond))
    };
    match listed.await {
        Ok((_, true)) => refused(&[beyond_the_clock()], lang),
        Ok((rows, false)) => {
            let full = rows.len() as u64 == CHANGES_PER_PAGE;
            let cursor = rows.last().map_or(after, |row| row.revision);
            let listings: Vec<Value> = rows
                .iter()
                .map(|row| match filter.gone_at(row) {
                    Some(at) => {
                        let kind = filter.kind.unwrap_or(row.listing.kind()).name();
                        json!({ "id": row.listing.id.as_str(), "kind": kind, "slug": row.listing.slug.as_str(), "withdrawn_at": at })
                    }
                    None => whole(&row.listing),
                })
                .collect();
            let kind = filter.kind.map(|kind| format!("&kind={kind}")).unwrap_or_default();
            let from =
                filter.updated_from.map(|at| format!("&updated_from={}", at.format("%Y-%m-%dT%H:%M:%S%.fZ"))).unwrap_or_default();
            let next = full.then(|| format!("/api/v1/listings?cursor={cursor}{kind}{from}"));
            answer(&visitor, &json!({ "listings": listings, "cursor": cursor.to_string(), "next": next }))
        }
        Err(error) => problem::fault_document(&error.into(), lang),
    }
}
