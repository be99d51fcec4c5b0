//! The door: what every request passes, whatever it asks for. It is one service and not a stack of layers, so that a page that is
//! already in memory is answered before anything is routed, boxed or copied.

use std::convert::Infallible;
use std::future::{Ready, ready};
use std::net::IpAddr;
use std::panic::AssertUnwindSafe;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderValue, Method};
use axum::response::Response;
use domain::search::asked::Asked;
use futures_util::FutureExt;
use futures_util::future::Either;
use tower::Service;
use tracing::Instrument;

use super::address::client_address;
use super::ops::Visit;
use super::page_cache::Key;
use super::visitor::{PLAIN_LOOK, Visitor, in_app_of, look_name, look_of, page_from_memory, wants_copy};
use super::{api, ops, pages, problem, security};
use crate::state::App;

#[derive(Clone)]
pub struct Door {
    app: Arc<App>,
    rooms: Router,
}

impl Door {
    pub fn new(app: Arc<App>, rooms: Router) -> Self {
        Self { app, rooms }
    }
}

type Answer = Result<Response, Infallible>;

impl Service<Request> for Door {
    type Response = Response;
    type Error = Infallible;
    type Future = Either<Ready<Answer>, Pin<Box<dyn Future<Output = Answer> + Send>>>;

    /// A router is always ready.
    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, mut request: Request) -> Self::Future {
        let visit = Visit::begin(&self.app);
        let encrypted = security::is_encrypted(&self.app, &request);
        request.extensions_mut().insert(visit.id.clone());
        let at_once = security::limit_rate(&self.app, &request).or_else(|| remembered(&self.app, &request));
        if let Some(mut response) = at_once {
            note_search(&self.app, || asker(&self.app, &request), &mut response);
            finish(&mut response, &self.app.policy, request.uri().path(), encrypted);
            return Either::Left(ready(Ok(visit.end(request.method(), request.uri().path(), response))));
        }
        let who = asker(&self.app, &request);
        let (app, rooms) = (self.app.clone(), self.rooms.clone());
        Either::Right(Box::pin(async move {
            let (method, path) = (request.method().clone(), request.uri().path().to_owned());
            let span = tracing::info_span!("request", id = %visit.id.0);
            let admitted = AssertUnwindSafe(admit(&app, rooms, request)).catch_unwind().instrument(span).await;
            let mut response = admitted.unwrap_or_else(problem::broken);
            note_search(&app, || who, &mut response);
            finish(&mut response, &app.policy, &path, encrypted);
            Ok(visit.end(&method, &path, response))
        }))
    }
}

/// What every answer carries, refusals and faults too: pages of other origins must be able to read why the interface said no.
fn finish(response: &mut Response, policy: &HeaderValue, path: &str, encrypted: bool) {
    security::protect(response, policy, encrypted);
    if path.starts_with("/api/") && !path.starts_with("/api/v1/bureau") {
        api::open_to_all(response);
    }
}

/// Who may be counted among those who searched for the same. Who asks not to be is not, nor is a browser that only looks ahead.
fn asker(app: &App, request: &Request) -> Option<IpAddr> {
    if !app.asked.is_on() || request.method() != Method::GET {
        return None;
    }
    let says = |name: &str, word: &str| {
        request.headers().get(name).and_then(|value| value.to_str().ok()).is_some_and(|value| value.contains(word))
    };
    let declines = says("sec-gpc", "1") || says("dnt", "1") || says("sec-purpose", "prefetch") || says("purpose", "prefetch");
    if declines { None } else { client_address(request, &app.config.trusted_proxies) }
}

/// An answer that belongs to a search says which.
fn note_search(app: &App, who: impl FnOnce() -> Option<IpAddr>, response: &mut Response) {
    if let Some(asked) = response.extensions_mut().remove::<Arc<Asked>>()
        && let Some(who) = who()
    {
        app.asked.note(asked, who);
    }
}

/// The page that was rendered before for just this address and look.
fn remembered(app: &App, request: &Request) -> Option<Response> {
    if request.method() != Method::GET || wants_copy(request.headers()) {
        return None;
    }
    let address = request.uri().path_and_query()?.as_str();
    // Programs have no look.
    let (look, in_app) = match address.starts_with("/api/") {
        true => (PLAIN_LOOK, None),
        false => (look_name(look_of(request.headers())), in_app_of(request.headers())),
    };
    let page = app.pages.get(&Key { address: address.to_owned(), look, in_app }, app.moment())?;
    page_from_memory();
    Some(page.answer(request.headers()))
}

async fn admit(app: &App, mut rooms: Router, request: Request) -> Response {
    let visitor = Visitor::of(&request);
    let path = request.uri().path().to_owned();
    let response = match pages::not_ready_yet(app, &request).or_else(|| pages::without_slash(&request)) {
        Some(response) => response,
        None => rooms.call(request).await.unwrap_or_else(|never| match never {}),
    };
    pages::dress_error(app, &visitor, &path, response)
}

/// Runs inside the router, where it is known which of its rows a request has met.
pub async fn name_route(request: Request, next: axum::middleware::Next) -> Response {
    let route = ops::Route::of(request.extensions());
    let mut response = next.run(request).await;
    response.extensions_mut().insert(route);
    response
}
