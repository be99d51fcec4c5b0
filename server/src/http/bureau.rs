//! The bureau's part of the interface: decisions about search, and what is looked for and not found. It is there only where the
//! operator has set a token, and only for who sends it.

use std::sync::Arc;

use app::href::decode;
use axum::body::Bytes;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use chrono::Utc;
use domain::curation::Draft;
use domain::region::RegionCode;
use domain::time::day_of;
use domain::{CurationId, Lang, ListingId, Problem};
use serde::Deserialize;
use serde_json::{Value, json};

use super::api;
use super::problem::{self, document};
use super::visitor::Visitor;
use crate::services::asked::{self, gaps_csv, gaps_json};
use crate::services::curation::{self, MOST_GIVEN, decision_json, tried_json};
use crate::state::App;
use crate::store::{CurationChange, CurationRefused, Decided, Decision, Expected, StoreError};

type Server = State<Arc<App>>;

/// Without a token set, nothing here exists; without the right one, nothing here answers.
pub async fn guard(State(app): Server, visitor: Visitor, request: Request, next: Next) -> Response {
    let Some(secret) = &app.config.bureau_token else { return api::missing(visitor).await };
    let offered = request.headers().get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let token = offered.and_then(|value| value.split_once(' ')).filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
    if !token.is_some_and(|(_, token)| secret.is(token.trim())) {
        metrics::counter!("xiaoxiang_bureau_refused_total").increment(1);
        let sentence = visitor.lang.pick("需要文旅部门的令牌。", "The bureau's token is needed.");
        let mut response = document(StatusCode::UNAUTHORIZED, "unauthorized", sentence, &[], visitor.lang);
        response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"bureau\""));
        return response;
    }
    let mut response = next.run(request).await;
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

pub async fn method_not_allowed(visitor: Visitor) -> Response {
    let sentence = visitor
        .lang
        .pick("这个地址不能这样用，见 /api/v1/openapi.json。", "This address cannot be used so; see /api/v1/openapi.json.");
    document(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", sentence, &[], visitor.lang)
}

fn said(status: StatusCode, value: &Value) -> Response {
    (status, [(header::CONTENT_TYPE, "application/json")], value.to_string()).into_response()
}

/// A decision with its revision as ETag.
fn one(status: StatusCode, decision: &Decision, mut value: Value) -> Response {
    value["active"] = json!(is_active(decision));
    let mut response = said(status, &value);
    let tag = format!("\"{}\"", decision.revision);
    response.headers_mut().insert(header::ETAG, HeaderValue::from_str(&tag).expect("a number"));
    response
}

fn is_active(decision: &Decision) -> bool {
    decision.ended_at.is_none() && decision.entry.is_active(day_of(Utc::now()))
}

/// Parameters by name; a wrong one is told.
fn read<const N: usize>(uri: &Uri, names: [&str; N]) -> Result<[Option<String>; N], Problem> {
    let mut given = [const { None }; N];
    for (name, value) in decode(uri.query().unwrap_or("")) {
        let Some(at) = names.iter().position(|known| *known == name) else {
            return Err(api::unknown(&name));
        };
        if given[at].replace(value).is_some() {
            return Err(api::repeated(&name));
        }
    }
    Ok(given.map(|value: Option<String>| value.filter(|value| !value.is_empty())))
}

pub async fn list(State(app): Server, visitor: Visitor, uri: Uri) -> Response {
    let ended = match read(&uri, ["ended"]) {
        Ok([ended]) => ended.as_deref() == Some("1"),
        Err(problem) => return api::refused(&[problem], visitor.lang),
    };
    match app.store.decisions(ended).await {
        Ok(all) => {
            let each = all.iter().map(|decision| {
                let mut value = decision_json(decision);
                value["active"] = json!(is_active(decision));
                value
            });
            said(StatusCode::OK, &json!({ "entries": each.collect::<Vec<_>>() }))
        }
        Err(error) => fault(error, visitor.lang),
    }
}

/// With every change of it.
pub async fn get(State(app): Server, visitor: Visitor, Path(id): Path<String>) -> Response {
    let Ok(id) = CurationId::parse(&id) else { return api::missing(visitor).await };
    let known = async {
        let Some(decision) = app.store.decision(&id).await? else { return Ok(None) };
        Ok::<_, StoreError>(Some((decision, app.store.decision_history(&id).await?)))
    };
    match known.await {
        Ok(Some((decision, history))) => {
            let mut value = decision_json(&decision);
            let each = history.iter().map(|past| {
                let change = if past.ended { "ended" } else { "put" };
                json!({ "revision": past.revision, "change": change, "at": past.at, "entry": Draft::from(&past.entry) })
            });
            value["history"] = each.collect::<Vec<_>>().into();
            one(StatusCode::OK, &decision, value)
        }
        Ok(None) => api::missing(visitor).await,
        Err(error) => fault(error, visitor.lang),
    }
}

/// `If-Match: "3"`: what is changed is at that revision. Without it the decision must be a new one.
fn expected(headers: &HeaderMap) -> Result<Expected, Problem> {
    let Some(tag) = headers.get(header::IF_MATCH) else { return Ok(Expected::Nothing) };
    let number = tag.to_str().ok().map(|tag| tag.trim().trim_start_matches("W/").trim_matches('"'));
    match number {
        Some("*") => Ok(Expected::Whatever),
        number => number.and_then(|number| number.parse().ok()).map(Expected::Revision).ok_or_else(|| {
            Problem::new("If-Match", "bad_value", "If-Match 要写版本号，如 \"3\"", "If-Match takes a revision, such as \"3\"")
        }),
    }
}

fn parse<T: for<'a> Deserialize<'a>>(body: &[u8]) -> Result<T, Problem> {
    let mut reader = serde_json::Deserializer::from_slice(body);
    serde_path_to_error::deserialize(&mut reader).map_err(|why| {
        let (field, why) = (why.path().to_string(), why.inner().to_string());
        Problem::new(field, "bad_value", format!("不是要的JSON：{why}"), format!("not the JSON that is needed: {why}"))
    })
}

pub async fn put(State(app): Server, visitor: Visitor, Path(id): Path<String>, body: Bytes) -> Response {
    let lang = visitor.lang;
    let entry = parse::<Draft>(&body).map_err(|problem| vec![problem]).and_then(|draft| {
        if draft.id != id {
            return Err(vec![Problem::new("id", "other_id", "编号和地址里的不一样", "the id is not that of the address")]);
        }
        curation::read(&draft)
    });
    let (entry, expected) = match (entry, expected(&visitor.headers)) {
        (Ok(entry), Ok(expected)) => (entry, expected),
        (Err(problems), _) => return api::refused(&problems, lang),
        (_, Err(problem)) => return api::refused(&[problem], lang),
    };
    decide(&app, &visitor, CurationChange::Put(Box::new(entry), expected)).await
}

pub async fn end(State(app): Server, visitor: Visitor, Path(id): Path<String>) -> Response {
    let Ok(id) = CurationId::parse(&id) else { return api::missing(visitor).await };
    match expected(&visitor.headers) {
        Ok(expected) => decide(&app, &visitor, CurationChange::End(id, expected)).await,
        Err(problem) => api::refused(&[problem], visitor.lang),
    }
}

async fn decide(app: &App, visitor: &Visitor, change: CurationChange) -> Response {
    let conditional = visitor.headers.contains_key(header::IF_MATCH) || visitor.headers.contains_key(header::IF_NONE_MATCH);
    match app.store.decide(&[change], Utc::now()).await {
        Ok(decided) => {
            // here at once, elsewhere within a second or two
            if let Err(why) = app.curation.refresh(&app.store).await {
                tracing::warn!(%why, "a decision will be in force a little later");
            }
            let Decided { decision, unchanged } = &decided[0];
            let new = decision.created_at == decision.changed_at && !unchanged;
            one(if new { StatusCode::CREATED } else { StatusCode::OK }, decision, decision_json(decision))
        }
        Err(refused) => refusal(refused, conditional, visitor.lang),
    }
}

fn refusal(refused: CurationRefused, conditional: bool, lang: Lang) -> Response {
    let (status, code, zh) = match &refused {
        CurationRefused::Missing(id) => (StatusCode::NOT_FOUND, "not_found", format!("没有 {id} 这个决定")),
        CurationRefused::Stale { is, .. } if conditional => {
            (StatusCode::PRECONDITION_FAILED, "changed_meanwhile", format!("已有人改过，现在是第{is}版；先读新的再改"))
        }
        CurationRefused::Stale { is, .. } => (
            StatusCode::PRECONDITION_REQUIRED,
            "if_match_needed",
            format!("已经有这个决定（第{is}版）；要改它，请用 If-Match 写明版本"),
        ),
        CurationRefused::Ended(id) => (StatusCode::CONFLICT, "ended", format!("{id} 已经结束，请用新的编号")),
        CurationRefused::Conflict(_, conflict) => (StatusCode::CONFLICT, "conflict", conflict.say().0),
        CurationRefused::TooMany => (StatusCode::CONFLICT, "too_many", "生效中的决定太多，先结束一些".to_owned()),
        CurationRefused::Store(_) => {
            let CurationRefused::Store(error) = refused else { unreachable!("just matched") };
            return fault(error, lang);
        }
    };
    document(status, code, &lang.pick(zh, refused.to_string()), &[], lang)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Proposed {
    entry: Draft,
    #[serde(default)]
    queries: Vec<String>,
}

/// What a decision would change. Nothing is kept.
pub async fn preview(State(app): Server, visitor: Visitor, body: Bytes) -> Response {
    let lang = visitor.lang;
    let proposed = parse::<Proposed>(&body).map_err(|problem| vec![problem]);
    let read = proposed.and_then(|it| {
        if it.queries.len() > MOST_GIVEN {
            Err(vec![Problem::new("queries", "too_many", "一次最多试20个搜索", "twenty searches at most")])
        } else {
            Ok((curation::read(&it.entry)?, it.queries))
        }
    });
    let (entry, given) = match read {
        Ok(read) => read,
        Err(problems) => return api::refused(&problems, lang),
    };
    let today = day_of(Utc::now());
    let queries = match curation::searches_to_try(&app.store, &entry, &given, today).await {
        Ok(queries) => queries,
        Err(error) => return fault(error, lang),
    };
    let shown = match app.listings.find_many(entry.rule.listings()).await {
        Ok(shown) => shown,
        Err(error) => return fault(error, lang),
    };
    let is_missing = |id: &&ListingId| !shown.iter().any(|listing| listing.id == **id);
    let missing: Vec<ListingId> = entry.rule.listings().iter().filter(is_missing).cloned().collect();
    let (index, known, options) = (app.keeper.index(), app.curation.entries(), app.options(today));
    let conflict = domain::curation::conflict(&entry, &known, today).map(|conflict| {
        let (zh, en) = conflict.say();
        lang.pick(zh, en)
    });
    let trying = tokio::task::spawn_blocking(move || curation::preview(&index, &known, &entry, &queries, &options));
    match trying.await.unwrap_or_else(|why| Err(crate::error::ServiceError::Bug(why.to_string()))) {
        Ok(tried) => said(
            StatusCode::OK,
            &json!({ "searches": tried.iter().map(tried_json).collect::<Vec<_>>(), "conflict": conflict, "missing": missing }),
        ),
        Err(error) => problem::fault_document(&error, lang),
    }
}

/// What was looked for in a month and not found.
pub async fn searches(State(app): Server, visitor: Visitor, uri: Uri) -> Response {
    let lang = visitor.lang;
    let [month, county, format] = match read(&uri, ["month", "county", "format"]) {
        Ok(given) => given,
        Err(problem) => return api::refused(&[problem], lang),
    };
    let Some(first) = month.as_deref().and_then(asked::month) else {
        return api::refused(&[Problem::new("month", "bad_value", "月份写成 2026-11", "a month is written 2026-11")], lang);
    };
    if county.as_ref().is_some_and(|code| RegionCode::parse(code).ok().and_then(|code| code.region()).is_none()) {
        return api::refused(&[Problem::new("county", "bad_value", "没有这个地区代码", "there is no such region")], lang);
    }
    let report = match asked::gaps(&app.store, first, county.as_deref()).await {
        Ok(report) => report,
        Err(error) => return fault(error, lang),
    };
    match format.as_deref() {
        None | Some("json") => said(StatusCode::OK, &gaps_json(first, &report)),
        Some("csv") => ([(header::CONTENT_TYPE, "text/csv; charset=utf-8")], gaps_csv(&report)).into_response(),
        Some(_) => {
            api::refused(&[Problem::new("format", "bad_value", "format 只能是 json 或 csv", "format is json or csv")], lang)
        }
    }
}

fn fault(error: StoreError, lang: Lang) -> Response {
    problem::fault_document(&error.into(), lang)
}
