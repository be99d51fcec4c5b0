//! For those who run it: health, metrics, logs, and files that never change.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use axum::body::Body;
use axum::extract::{MatchedPath, Path, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::problem::Undressed;
use tracing::Instrument;

use crate::assets::{self, Asset};
use crate::catalogue::Format;
use crate::state::App;

/// Names one request in the log and on its error page.
#[derive(Debug, Clone)]
pub struct RequestId(pub String);

impl RequestId {
    /// Unique within a run, and unlikely to meet another run's: the start time and a counter.
    fn next(started: std::time::SystemTime) -> Self {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        let run = started.duration_since(std::time::UNIX_EPOCH).map_or(0, |since| since.as_millis() as u64);
        Self(format!("{:x}-{:x}", run & 0xffff_ffff, COUNT.fetch_add(1, Ordering::Relaxed)))
    }
}

/// Gives every request its id, counts and times it, and logs it. The client's address is not logged.
pub async fn observe(State(app): State<Arc<App>>, mut request: Request, next: Next) -> Response {
    let started = Instant::now();
    let id = RequestId::next(app.started);
    request.extensions_mut().insert(id.clone());
    let method = request.method().clone();
    let path = request.uri().path().to_owned();
    let route = request.extensions().get::<MatchedPath>().map_or("unmatched", MatchedPath::as_str).to_owned();
    let mut response = next.run(request).instrument(tracing::info_span!("request", id = %id.0)).await;
    let took = started.elapsed();
    let status = response.status().as_u16();
    metrics::counter!("xiaoxiang_requests_total", "route" => route.clone(), "status" => status.to_string()).increment(1);
    metrics::histogram!("xiaoxiang_request_seconds", "route" => route).record(took.as_secs_f64());
    tracing::debug!(request = %id.0, %method, path, status, took_us = took.as_micros() as u64, "answered");
    if response.status().is_server_error() {
        tracing::warn!(request = %id.0, %method, path, status, "answered with an error");
    }
    response.headers_mut().insert("x-request-id", HeaderValue::from_str(&id.0).expect("hexadecimal"));
    response
}

fn plain(status: StatusCode, text: impl Into<String>) -> Response {
    let headers = [(header::CONTENT_TYPE, "text/plain; charset=utf-8"), (header::CACHE_CONTROL, "no-store")];
    (status, headers, text.into()).into_response()
}

/// The process runs.
pub async fn alive() -> Response {
    plain(StatusCode::OK, "ok\n")
}

/// Everything can be read and searched.
pub async fn ready(State(app): State<Arc<App>>) -> Response {
    if !app.keeper.is_ready() {
        return plain(StatusCode::SERVICE_UNAVAILABLE, "the search index is being built\n");
    }
    match app.store.ping().await {
        Ok(()) => plain(StatusCode::OK, "ready\n"),
        Err(_) => plain(StatusCode::SERVICE_UNAVAILABLE, "the database cannot be reached\n"),
    }
}

pub async fn metrics(State(app): State<Arc<App>>) -> Response {
    metrics::gauge!("xiaoxiang_page_cache_bytes").set(app.pages.bytes() as f64);
    metrics::gauge!("xiaoxiang_index_documents").set(app.keeper.index().documents() as f64);
    metrics::gauge!("xiaoxiang_catalogue_revision").set(app.keeper.revision() as f64);
    plain(StatusCode::OK, app.metrics.render())
}

/// While developing: changes when the server was restarted, so an open page can reload itself.
pub async fn dev_version(State(app): State<Arc<App>>) -> Response {
    if !app.config.dev_reload {
        return undressed_missing();
    }
    let started = app.started.duration_since(std::time::UNIX_EPOCH).map_or(0, |since| since.as_millis());
    plain(StatusCode::OK, started.to_string())
}

fn undressed_missing() -> Response {
    let mut response = StatusCode::NOT_FOUND.into_response();
    response.extensions_mut().insert(Undressed { sentence: None });
    response
}

pub async fn asset(Path(file): Path<String>, headers: HeaderMap) -> Response {
    match assets::find(&format!("/assets/{file}")) {
        Some(file) => serve(file, &headers),
        None => undressed_missing(),
    }
}

/// A file that was compressed when the product was built.
pub fn serve(file: &'static Asset, request: &HeaderMap) -> Response {
    let takes = |coding: &str| {
        request
            .get(header::ACCEPT_ENCODING)
            .and_then(|list| list.to_str().ok())
            .is_some_and(|list| list.split(',').any(|entry| entry.split(';').next().unwrap_or("").trim() == coding))
    };
    let (bytes, coding) = match (file.br, file.gz) {
        (Some(bytes), _) if takes("br") => (bytes, Some("br")),
        (_, Some(bytes)) if takes("gzip") => (bytes, Some("gzip")),
        _ => (file.identity, None),
    };
    let mut response = Response::new(Body::from(bytes));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(file.content_type));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    let rule = if file.immutable { "public, max-age=31536000, immutable" } else { "public, max-age=86400" };
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(rule));
    if let Some(coding) = coding {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding));
    }
    response
}

/// With the notices of those whose data is in the catalogue: they go where the data goes.
const LICENCES: &str = include_str!("../../../LICENSE");

/// A nightly dump, from the data folder.
pub async fn dump(State(app): State<Arc<App>>, Path(file): Path<String>) -> Response {
    if file == "LICENSE.txt" {
        return ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], LICENCES).into_response();
    }
    let Some(format) = Format::ALL.into_iter().find(|format| format.file_name() == file) else { return undressed_missing() };
    match tokio::fs::File::open(app.config.dumps_dir().join(format.file_name())).await {
        Ok(open) => {
            let length = open.metadata().await.map(|meta| meta.len()).unwrap_or_default();
            let stream = futures_util::stream::unfold(open, async |mut open| {
                use tokio::io::AsyncReadExt;
                let mut chunk = vec![0; 64 * 1024];
                match open.read(&mut chunk).await {
                    Ok(0) => None,
                    Ok(read) => {
                        chunk.truncate(read);
                        Some((Ok(axum::body::Bytes::from(chunk)), open))
                    }
                    Err(why) => Some((Err(why), open)),
                }
            });
            let mut response = Response::new(Body::from_stream(Box::pin(stream)));
            let headers = response.headers_mut();
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(format.media_type()));
            headers.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
            headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=3600"));
            headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
            response
        }
        Err(_) => undressed_missing(),
    }
}
