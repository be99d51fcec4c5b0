//! Drawn covers: SVG for pages, PNG for link previews.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use domain::Slug;
use domain::listing::Kind;

use super::page_cache::{Key, Page, PageCache};
use super::problem;
use super::visitor::{Outcome, PLAIN_LOOK, Visitor};
use crate::error::ServiceError;
use crate::state::App;

/// Drawn covers, bounded by what they weigh: a preview is a hundred times as heavy as a drawing.
pub struct Pictures(PageCache);

impl Default for Pictures {
    fn default() -> Self {
        Self(PageCache::new(12 << 20))
    }
}

static PAINTING: tokio::sync::Semaphore = tokio::sync::Semaphore::const_new(1);

/// The size social networks ask for.
const PREVIEW: (u32, u32) = (1200, 630);

pub async fn cover(State(app): State<Arc<App>>, visitor: Visitor, Path((plural, file)): Path<(String, String)>) -> Response {
    let (name, extension) = file.rsplit_once('.').unwrap_or((&file, ""));
    let (Some(kind), Ok(slug), true) = (Kind::parse_plural(&plural), Slug::parse(name), matches!(extension, "svg" | "png"))
    else {
        return visitor.page(&app, async |_| Ok(Outcome::Missing)).await;
    };
    let (key, moment) = (Key { address: format!("{plural}/{file}"), look: PLAIN_LOOK, in_app: None }, app.moment());
    if let Some(picture) = app.pictures.0.get(&key, moment) {
        return unhurried(picture.answer(&visitor.headers));
    }
    let listing = match app.listings.find(kind, &slug).await {
        Ok(Some(listing)) => listing,
        Ok(None) => return visitor.page(&app, async |_| Ok(Outcome::Missing)).await,
        Err(error) => return problem::fault_document(&error.into(), visitor.lang),
    };
    let drawn = if extension == "svg" {
        Ok(Page::new("image/svg+xml", crate::art::cover(&listing)))
    } else {
        let (width, height) = PREVIEW;
        // One at a time: a crawler that wants them all must not take the processors from the visitors. The turn goes along with
        // the work, for a client that hangs up does not end it.
        let turn = PAINTING.acquire().await;
        let painted = tokio::task::spawn_blocking(move || {
            let _turn = turn;
            crate::art::cover_png(&listing, width, height)
        })
        .await;
        match painted.expect("painting does not panic") {
            Ok(bytes) => Ok(Page::incompressible("image/png", bytes)),
            Err(why) => Err(ServiceError::Bug(format!("cover: {why}"))),
        }
    };
    match drawn {
        Ok(picture) => {
            let picture = Arc::new(picture);
            app.pictures.0.put(key, moment, picture.clone());
            unhurried(picture.answer(&visitor.headers))
        }
        Err(error) => problem::fault_document(&error, visitor.lang),
    }
}

/// Pictures change rarely; a day in the browser spares a weak line a hundred questions.
fn unhurried(mut response: Response) -> Response {
    let headers: &mut HeaderMap = response.headers_mut();
    let rule = axum::http::HeaderValue::from_static("public, max-age=86400");
    headers.insert(axum::http::header::CACHE_CONTROL, rule);
    headers.insert(axum::http::header::VARY, axum::http::HeaderValue::from_static("accept-encoding"));
    response
}
