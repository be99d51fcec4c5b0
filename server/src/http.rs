//! HTTP: who asks, how it is limited, what is answered. No rules here.

pub mod address;
pub mod api;
mod bureau;
pub mod covers;
mod door;
pub mod limits;
mod openapi;
pub mod ops;
pub mod packs;
pub mod page_cache;
mod pages;
pub mod problem;
mod saved;
pub mod security;
mod seo;
mod trips;
mod visitor;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{get, post};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::timeout::TimeoutLayer;

pub use door::Door;

use crate::state::App;

/// Nothing is uploaded; forms are addresses or short, and what the bureau sends is small.
const LARGEST_BODY: usize = 64 * 1024;
const LONGEST_ANSWER: Duration = Duration::from_secs(15);

/// Everything the server answers, as one table.
pub fn router(app: Arc<App>) -> Door {
    let pages = Router::new()
        .route("/", get(pages::home))
        .route("/search", get(pages::search))
        .route("/search/how", get(pages::search_how))
        .route("/families", get(pages::families))
        .route("/offers-by-county", get(pages::offers_by_county))
        .route("/counties", get(pages::regions))
        .route("/counties/{code}", get(pages::region))
        .route("/about-data", get(pages::about_data))
        .route("/accessibility", get(pages::accessibility))
        .route("/privacy", get(pages::privacy))
        .route("/developers", get(pages::developers))
        .route("/feed.xml", get(seo::feed))
        .route("/compare", get(pages::compare))
        .route("/near", get(pages::near))
        .merge(saved::routes())
        .merge(trips::routes())
        .route("/{kind}", get(pages::list))
        .route("/{kind}/{slug}", get(pages::listing));

    let bureau = Router::new()
        .route("/curation", get(bureau::list))
        .route("/curation/{id}", get(bureau::get).put(bureau::put).delete(bureau::end))
        .route("/preview", post(bureau::preview))
        .route("/searches", get(bureau::searches))
        .method_not_allowed_fallback(bureau::method_not_allowed)
        .layer(from_fn_with_state(app.clone(), bureau::guard));

    let api = Router::new()
        .route("/search", get(api::search).options(api::preflight))
        .route("/suggest", get(api::suggest).options(api::preflight))
        .route("/listings", get(api::changes).options(api::preflight))
        .route("/listings/{kind}/{slug}", get(api::listing).options(api::preflight))
        .route("/openapi.json", get(openapi::document).options(api::preflight))
        .nest("/bureau", bureau)
        .fallback(api::missing)
        .method_not_allowed_fallback(pages::method_not_allowed);

    // Paths with a name of their own come before the languages' nests.
    let rooms = Router::new()
        .merge(pages.clone())
        .nest("/en", pages)
        .nest("/api/v1", api)
        .route("/look", get(pages::look))
        .route("/covers/{kind}/{file}", get(covers::cover))
        .route("/packs/{county}", get(packs::pack))
        .route("/dumps/{file}", get(ops::dump))
        .route("/robots.txt", get(seo::robots))
        .route("/sitemap.xml", get(seo::sitemap_index))
        .route("/sitemaps/{file}", get(seo::sitemap))
        .route("/assets/{file}", get(ops::asset))
        .route("/healthz", get(ops::alive))
        .route("/readyz", get(ops::ready))
        .route("/metrics", get(ops::metrics))
        .route("/dev/version", get(ops::dev_version))
        .fallback(pages::missing)
        .method_not_allowed_fallback(pages::method_not_allowed)
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .layer(CatchPanicLayer::custom(problem::panicked))
        .layer(TimeoutLayer::with_status_code(axum::http::StatusCode::GATEWAY_TIMEOUT, LONGEST_ANSWER))
        .layer(from_fn(door::name_route))
        .with_state(app.clone());
    Door::new(app, rooms)
}
