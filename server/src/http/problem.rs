//! Refusals and faults as answers: problem documents (RFC 9457) for programs, pages for people.

use std::any::Any;
use std::time::Duration;

use app::views::ErrorPage;
use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::{Lang, Problem};
use serde_json::json;

use super::ops::RequestId;
use super::visitor::Visitor;
use crate::error::ServiceError;
use crate::state::App;

/// Put on an answer that `pages::dress_errors` should turn into a page for people.
#[derive(Clone)]
pub struct Undressed {
    pub sentence: Option<String>,
}

/// A problem document. `problems` name the parameters.
pub fn document(status: StatusCode, code: &str, detail: &str, problems: &[Problem], lang: Lang) -> Response {
    let named: Vec<_> = problems.iter().map(|p| json!({ "field": p.field, "code": p.code, "text": p.say(lang) })).collect();
    let mut body = json!({
        "type": "about:blank",
        "title": status.canonical_reason().unwrap_or("Error"),
        "status": status.as_u16(),
        "code": code,
        "detail": detail,
    });
    if !named.is_empty() {
        body["problems"] = named.into();
    }
    let mut response = (status, body.to_string()).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if status == StatusCode::SERVICE_UNAVAILABLE {
        headers.insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
    }
    response
}

/// A fault of ours, for programs. Logged here, once; its inside is never shown.
pub fn fault_document(error: &ServiceError, lang: Lang) -> Response {
    log(error);
    let status = error.status();
    let (code, zh, en) = match error {
        ServiceError::Unavailable(_) => {
            ("unavailable", "数据库暂时连接不上，请稍后再试", "The database cannot be reached at the moment; try again soon.")
        }
        ServiceError::Busy => ("busy", "现在太忙，请稍后再试", "Too busy at the moment; try again soon."),
        ServiceError::Bug(_) => ("fault", "服务器出错了", "Something went wrong on our side."),
    };
    document(status, code, lang.pick(zh, en), &[], lang)
}

pub fn log(error: &ServiceError) {
    match error {
        ServiceError::Unavailable(_) | ServiceError::Busy => tracing::warn!(%error, "a request could not be answered"),
        ServiceError::Bug(_) => tracing::error!(%error, "a request failed"),
    }
}

/// The page for people. Not cached anywhere.
pub fn page(app: &App, visitor: &Visitor, request_id: Option<&RequestId>, error: ErrorPage) -> Response {
    let mut error = error;
    error.request_id = request_id.map(|id| id.0.clone());
    let status = StatusCode::from_u16(error.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let html = app::pages::error::render(&visitor.chrome(app), &error);
    let mut response = (status, html).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if status == StatusCode::SERVICE_UNAVAILABLE {
        headers.insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
    }
    response
}

/// Whether the answer goes to a program.
pub fn wants_document(path: &str) -> bool {
    path.starts_with("/api/")
}

pub fn too_many(app: &App, request: &Request, wait: Duration) -> Response {
    let visitor = Visitor::of(request);
    let seconds = wait.as_secs() + 1;
    let sentence = visitor.lang.pick(
        format!("请求太频繁了，请{seconds}秒后再试。"),
        format!("That was too many requests; try again in {seconds} seconds."),
    );
    let mut response = if wants_document(request.uri().path()) {
        document(StatusCode::TOO_MANY_REQUESTS, "too_many_requests", &sentence, &[], visitor.lang)
    } else {
        let error = ErrorPage { status: 429, sentence: Some(sentence), problems: vec![], request_id: None };
        page(app, &visitor, request.extensions().get::<RequestId>(), error)
    };
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    response
}

fn note_panic(panic: &(dyn Any + Send)) {
    let what = panic.downcast_ref::<String>().cloned().or_else(|| panic.downcast_ref::<&str>().map(|s| (*s).to_owned()));
    tracing::error!(panic = what.as_deref().unwrap_or("of unknown kind"), "a request panicked");
    metrics::counter!("xiaoxiang_panics_total").increment(1);
}

/// Where even the page that says what went wrong cannot be made.
pub fn broken(panic: Box<dyn Any + Send + 'static>) -> Response<Body> {
    note_panic(&*panic);
    let headers = [(header::CONTENT_TYPE, "text/plain; charset=utf-8"), (header::CACHE_CONTROL, "no-store")];
    let text = "服务器出错了，请稍后再试。\nSomething went wrong on our side; please try again soon.\n";
    (StatusCode::INTERNAL_SERVER_ERROR, headers, text).into_response()
}

/// A panic ends one request, not the server.
pub fn panicked(panic: Box<dyn Any + Send + 'static>) -> Response<Body> {
    note_panic(&*panic);
    let mut response = StatusCode::INTERNAL_SERVER_ERROR.into_response();
    response.extensions_mut().insert(Undressed { sentence: None });
    response
}
