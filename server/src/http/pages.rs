//! The pages: read the address, ask the services, render.

use std::sync::Arc;

use app::href;
use app::views::ErrorPage;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use domain::listing::Kind;
use domain::navigation::encode;
use domain::region;
use domain::search::Query;
use domain::search::asked::Asked;
use domain::{Problem, Slug};

use super::problem::{self, Undressed};
use super::visitor::{LOOK_COOKIE, Outcome, Visitor, look_of, parse_scheme, parse_size};
use crate::search::fold;
use crate::services;
use crate::state::App;

type Server = State<Arc<App>>;

pub async fn home(State(app): Server, visitor: Visitor) -> Response {
    visitor
        .bare()
        .page(&app, async |chrome| {
            let view = services::pages::home(&app, chrome.lang, chrome.today).await?;
            Ok(Outcome::Found(app::pages::home::render(chrome, &view)))
        })
        .await
}

pub async fn search(State(app): Server, visitor: Visitor, uri: Uri) -> Response {
    results(&app, visitor, &uri, None).await
}

pub async fn list(State(app): Server, visitor: Visitor, Path(plural): Path<String>, uri: Uri) -> Response {
    match Kind::parse_plural(&plural) {
        Some(kind) => results(&app, visitor, &uri, Some(kind)).await,
        None => missing(State(app), visitor, uri).await,
    }
}

/// Parameters a page does not know, such as a campaign's, are none of its business; wrong ones it does know are told.
async fn results(app: &App, visitor: Visitor, uri: &Uri, fixed_kind: Option<Kind>) -> Response {
    let params = app::href::decode(uri.query().unwrap_or(""));
    let (mut query, mut problems) = Query::from_params(params.iter().map(|(name, value)| (name.as_str(), value.as_str())));
    problems.retain(|problem| problem.code != "unknown_parameter");
    query.lang = visitor.lang;
    if let Some(kind) = fixed_kind {
        query.kinds = vec![kind];
    }
    // What was understood is the address, so that a thousand ways to write it are one page in memory. Complaints are about what
    // was written, so a page that has some keeps that.
    let visitor = if problems.is_empty() { visitor.at(href::results(domain::Lang::Zh, fixed_kind, &query)) } else { visitor };
    visitor
        .page(app, async |chrome| {
            // The first page of a plain list is worth an index entry; every narrowing of it is not.
            let listed =
                fixed_kind.is_some() && query == Query { kinds: query.kinds.clone(), lang: query.lang, ..Query::default() };
            let (mut query, mut problems) = (query, problems);
            problems.extend(services::search::find_corridor(app, &mut query).await?);
            let view = services::search::page(app, query, fixed_kind, problems, chrome.today).await?;
            let asked = Asked::of(&fold(&view.query.text), &view.query, &view.chips, &view.notes, view.total);
            Ok(Outcome::Results { html: app::pages::search::render(chrome, &view), listed, asked })
        })
        .await
}

pub async fn listing(State(app): Server, visitor: Visitor, Path((plural, slug)): Path<(String, String)>) -> Response {
    visitor
        .bare()
        .page(&app, async |chrome| {
            let (Some(kind), Ok(slug)) = (Kind::parse_plural(&plural), Slug::parse(&slug)) else { return Ok(Outcome::Missing) };
            let Some(listing) = app.listings.find(kind, &slug).await? else { return Ok(Outcome::Missing) };
            let sample = listing.sample;
            let view = services::pages::listing(&app, listing, chrome.lang, chrome.today).await?;
            let html = app::pages::listing::render(chrome, &view);
            Ok(if sample { Outcome::Unlisted(html) } else { Outcome::Found(html) })
        })
        .await
}

pub async fn regions(State(app): Server, visitor: Visitor) -> Response {
    visitor
        .bare()
        .page(&app, async |chrome| {
            Ok(Outcome::Found(app::pages::regions::render(chrome, &services::pages::regions(&app, chrome.today).await?)))
        })
        .await
}

pub async fn region(State(app): Server, visitor: Visitor, Path(code): Path<String>) -> Response {
    visitor
        .bare()
        .page(&app, async |chrome| {
            let Some(region) = region::find(&code) else { return Ok(Outcome::Missing) };
            let view = services::pages::region(&app, region, chrome.lang, chrome.today).await?;
            Ok(Outcome::Found(app::pages::region::render(chrome, &view)))
        })
        .await
}

pub async fn families(State(app): Server, visitor: Visitor) -> Response {
    visitor
        .bare()
        .page(&app, async |chrome| {
            let view = services::pages::families(&app, chrome.lang, chrome.today).await?;
            Ok(Outcome::Found(app::pages::families::render(chrome, &view)))
        })
        .await
}

pub async fn offers_by_county(State(app): Server, visitor: Visitor) -> Response {
    visitor
        .bare()
        .page(&app, async |chrome| {
            let view = services::pages::offers_by_county(&app, chrome.lang, chrome.today).await?;
            Ok(Outcome::Found(app::pages::offers_by_county::render(chrome, &view)))
        })
        .await
}

/// Up to four listings side by side. The address says just which, so that it is one page in memory however it was written.
pub async fn compare(State(app): Server, visitor: Visitor, uri: Uri) -> Response {
    let params = app::href::decode(uri.query().unwrap_or(""));
    let asked = params.iter().filter(|(name, _)| name == "ids" || name == "listing").flat_map(|(_, value)| value.split(','));
    let (ids, unknown) = services::saved::names_in(asked);
    let names: Vec<&str> = ids.iter().map(|id| id.as_str()).chain(unknown.iter().map(String::as_str)).collect();
    let address = format!("{}?ids={}", href::COMPARE, names.iter().map(|name| encode(name)).collect::<Vec<_>>().join(","));
    visitor
        .at(address)
        .page(&app, async |chrome| {
            let view = services::saved::compare(&app, &ids, unknown).await?;
            Ok(Outcome::Unlisted(app::pages::compare::render(chrome, &view)))
        })
        .await
}

/// What is around somewhere. The address says where in one way, and no closer than a hundred metres: a name that was typed, or
/// a position given more closely, leads to such an address.
pub async fn near(State(app): Server, visitor: Visitor, uri: Uri) -> Response {
    let params = app::href::decode(uri.query().unwrap_or(""));
    let asked = services::near::Asked::of(params.iter().map(|(name, value)| (name.as_str(), value.as_str())));
    let visitor = visitor.at(format!("{}{}", href::NEAR, asked.address()));
    visitor
        .page(&app, async |chrome| {
            let view = services::near::page(&app, &asked, chrome.lang, chrome.today).await?;
            let html = app::pages::near::render(chrome, &view);
            Ok(if asked.is_nothing() { Outcome::Found(html) } else { Outcome::Unlisted(html) })
        })
        .await
}

pub async fn about_data(State(app): Server, visitor: Visitor) -> Response {
    visitor
        .bare()
        .page(&app, async |chrome| {
            let view = services::pages::data(&app, chrome.lang, chrome.today).await?;
            Ok(Outcome::Found(app::pages::about_data::render(chrome, &view)))
        })
        .await
}

pub async fn accessibility(State(app): Server, visitor: Visitor) -> Response {
    visitor.bare().page(&app, async |chrome| Ok(Outcome::Found(app::pages::accessibility::render(chrome)))).await
}

pub async fn search_how(State(app): Server, visitor: Visitor) -> Response {
    visitor
        .bare()
        .page(&app, async |chrome| {
            let decisions = services::pages::decisions(&app, chrome.today).await?;
            Ok(Outcome::Found(app::pages::search::how::render(chrome, &decisions)))
        })
        .await
}

pub async fn privacy(State(app): Server, visitor: Visitor) -> Response {
    visitor.bare().page(&app, async |chrome| Ok(Outcome::Found(app::pages::privacy::render(chrome)))).await
}

pub async fn developers(State(app): Server, visitor: Visitor) -> Response {
    visitor.bare().page(&app, async |chrome| Ok(Outcome::Found(app::pages::developers::render(chrome)))).await
}

/// The files of `public/` stand at the root, beside the kinds; what is neither is not there.
pub async fn missing(State(app): Server, visitor: Visitor, uri: Uri) -> Response {
    if let Some(file) = crate::assets::find(uri.path()) {
        return super::ops::serve(file, &visitor.headers);
    }
    visitor.page(&app, async |_| Ok(Outcome::Missing)).await
}

/// Until everything can be read, an answer would be a wrong one: an empty list, a page that is not there.
pub fn not_ready_yet(app: &App, request: &Request) -> Option<Response> {
    let path = request.uri().path();
    let always = ["/healthz", "/readyz", "/metrics", "/robots.txt"].contains(&path) || path.starts_with("/assets/");
    if app.keeper.is_ready() || always || crate::assets::find(path).is_some() {
        return None;
    }
    let mut response = StatusCode::SERVICE_UNAVAILABLE.into_response();
    let lang = Visitor::of(request).lang;
    let sentence = lang.pick("网站正在启动，请过几秒再来。", "The site is starting; come back in a few seconds.");
    response.extensions_mut().insert(Undressed { sentence: Some(sentence.to_owned()) });
    Some(response)
}

/// One page, one address: `/places/` leads to `/places`, for good.
pub fn without_slash(request: &Request) -> Option<Response> {
    let path = request.uri().path();
    let trimmed = path.trim_end_matches('/');
    // A second slash in front would make the rest a host.
    if path.len() < 2 || !path.ends_with('/') || trimmed.starts_with("//") {
        return None;
    }
    let place = if trimmed.is_empty() { "/" } else { trimmed };
    let place = request.uri().query().map_or_else(|| place.to_owned(), |query| format!("{place}?{query}"));
    let place = HeaderValue::from_str(&place).ok()?;
    Some((StatusCode::PERMANENT_REDIRECT, [(header::LOCATION, place)]).into_response())
}

pub async fn method_not_allowed(visitor: Visitor, uri: Uri) -> Response {
    let sentence = visitor.lang.pick("这个地址只能读取（GET）。", "This address can only be read (GET).");
    if problem::wants_document(uri.path()) {
        return problem::document(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", sentence, &[], visitor.lang);
    }
    let mut response = StatusCode::METHOD_NOT_ALLOWED.into_response();
    response.extensions_mut().insert(Undressed { sentence: Some(sentence.to_owned()) });
    response
}

/// Sets size or colour scheme in a cookie, and goes back. Works as a plain link.
pub async fn look(State(app): Server, visitor: Visitor, uri: Uri) -> Response {
    let params = app::href::decode(uri.query().unwrap_or(""));
    let given = |name: &str| params.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str());
    let (mut size, mut scheme) = look_of(&visitor.headers);
    let mut problems = Vec::new();
    let mut refuse = |name: &str| problems.push(Problem::new(name, "bad_value", "没有这种显示方式", "there is no such look"));
    match given("size").map(parse_size) {
        Some(Some(chosen)) => size = chosen,
        Some(None) => refuse("size"),
        None => {}
    }
    match given("scheme").map(parse_scheme) {
        Some(Some(chosen)) => scheme = chosen,
        Some(None) => refuse("scheme"),
        None => {}
    }
    if !problems.is_empty() {
        return problem::page(
            &app,
            &visitor,
            visitor.request_id.as_ref(),
            ErrorPage { status: 400, sentence: None, problems, request_id: None },
        );
    }
    // Only a path of this site: neither //elsewhere nor /\elsewhere, nor anything a header cannot carry.
    let local =
        |back: &&str| back.starts_with('/') && !back[1..].starts_with(['/', '\\']) && back.bytes().all(|b| b.is_ascii_graphic());
    let back = given("back").filter(local).map_or_else(|| href::page(visitor.lang, "/"), str::to_owned);
    let secure = if app.config.base_url.starts_with("https://") { "; Secure" } else { "" };
    let cookie = format!("{LOOK_COOKIE}={}.{}; Path=/; Max-Age=31536000; SameSite=Lax{secure}", size.code(), scheme.code());
    let mut response = StatusCode::SEE_OTHER.into_response();
    let headers = response.headers_mut();
    headers.insert(header::SET_COOKIE, HeaderValue::from_str(&cookie).expect("plain letters"));
    headers.insert(header::LOCATION, HeaderValue::from_str(&back).expect("checked above"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// Bare error answers of what lies inside (a time-out, a panic, an unreadable path) become a page or a problem document.
pub fn dress_error(app: &App, visitor: &Visitor, path: &str, response: Response) -> Response {
    let status = response.status();
    let sentence = match response.extensions().get::<Undressed>() {
        Some(undressed) => undressed.sentence.clone(),
        None if is_bare_error(&response) => None,
        None => return response,
    };
    let mut dressed = if problem::wants_document(path) {
        let detail = sentence.as_deref().unwrap_or(status.canonical_reason().unwrap_or("Error"));
        problem::document(status, "error", detail, &[], visitor.lang)
    } else {
        let error = ErrorPage { status: status.as_u16(), sentence, problems: vec![], request_id: None };
        problem::page(app, visitor, visitor.request_id.as_ref(), error)
    };
    // Which methods there are, and where a request was counted, is not for the dress to hide.
    let (mut bare, _) = response.into_parts();
    if let Some(methods) = bare.headers.remove(header::ALLOW) {
        dressed.headers_mut().insert(header::ALLOW, methods);
    }
    dressed.extensions_mut().extend(bare.extensions);
    dressed
}

/// An error of the framework's own, in plain text or empty; ours have a type and a cache rule.
fn is_bare_error(response: &Response) -> bool {
    let status = response.status();
    (status.is_client_error() || status.is_server_error()) && !response.headers().contains_key(header::CACHE_CONTROL)
}
