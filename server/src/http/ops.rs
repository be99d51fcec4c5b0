//! For those who run it: health, metrics, logs, and files that never change.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use axum::body::Body;
use axum::extract::{MatchedPath, Path, State};
use axum::http::{Extensions, HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::page_cache::takes;
use super::problem::Undressed;
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

/// The row of the router that a request has met; a label of the metrics, so there are few of them.
#[derive(Debug, Clone, Default)]
pub struct Route(Option<MatchedPath>);

impl Route {
    pub fn of(extensions: &Extensions) -> Self {
        Self(extensions.get().cloned())
    }

    fn as_str(&self) -> &str {
        self.0.as_ref().map_or("unmatched", MatchedPath::as_str)
    }
}

/// Where the requests for one route, answered with one status, are counted and timed. Looking the two up costs more than they do.
#[derive(Clone)]
pub struct Meters {
    route: Route,
    count: metrics::Counter,
    seconds: metrics::Histogram,
}

impl Meters {
    fn of(route: &Route, status: StatusCode) -> Self {
        let name = route.as_str().to_owned();
        let count =
            metrics::counter!("xiaoxiang_requests_total", "route" => name.clone(), "status" => status.as_u16().to_string());
        Self { route: route.clone(), count, seconds: metrics::histogram!("xiaoxiang_request_seconds", "route" => name) }
    }

    /// Of a page that will be answered from memory.
    pub fn of_page(route: &Route) -> Self {
        Self::of(route, StatusCode::OK)
    }
}

/// What a log may hold: the address of a trip is as good as a key to it.
fn loggable(path: &str) -> &str {
    const TRIPS: &str = "/trips/";
    path.find(TRIPS).map_or(path, |at| &path[..at + TRIPS.len()])
}

/// One request from its arrival to its answer: named, counted, timed and logged. The client's address is not logged.
pub struct Visit {
    started: Instant,
    pub id: RequestId,
}

impl Visit {
    pub fn begin(app: &App) -> Self {
        Self { started: Instant::now(), id: RequestId::next(app.started) }
    }

    pub fn end(self, method: &Method, path: &str, mut response: Response) -> Response {
        let took = self.started.elapsed();
        let status = response.status();
        let meters = match response.extensions_mut().remove::<Meters>() {
            Some(meters) if status == StatusCode::OK => meters,
            Some(meters) => Meters::of(&meters.route, status),
            None => Meters::of(&response.extensions_mut().remove::<Route>().unwrap_or_default(), status),
        };
        meters.count.increment(1);
        meters.seconds.record(took.as_secs_f64());
        let status = status.as_u16();
        let path = loggable(path);
        tracing::debug!(request = %self.id.0, %method, path, status, took_us = took.as_micros() as u64, "answered");
        if response.status().is_server_error() {
            tracing::warn!(request = %self.id.0, %method, path, status, "answered with an error");
        }
        response.headers_mut().insert("x-request-id", HeaderValue::try_from(self.id.0).expect("hexadecimal"));
        response
    }
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
    let (bytes, coding) = match (file.br, file.gz) {
        (Some(bytes), _) if takes(request, "br") => (bytes, Some("br")),
        (_, Some(bytes)) if takes(request, "gzip") => (bytes, Some("gzip")),
        _ => (file.identity, None),
    };
    let mut response = Response::new(Body::from(bytes));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(file.content_type));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    let rule = match file.path {
        // Under one name it is always another: whoever has an old one is to know at once.
        "/sw.js" => "no-cache",
        _ if file.immutable => "public, max-age=31536000, immutable",
        _ => "public, max-age=86400",
    };
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log_holds_no_key_to_a_trip() {
        assert_eq!(loggable("/trips/shared/9c01016304addf4018bd787ba0e65cc8"), "/trips/");
        assert_eq!(loggable("/en/trips/9c01016304addf4018bd787ba0e65cc8/edit"), "/en/trips/");
        for other in ["/", "/trips", "/places/trips"] {
            assert_eq!(loggable(other), other);
        }
    }
}
