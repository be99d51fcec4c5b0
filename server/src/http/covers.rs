//! Drawn covers: SVG for pages, PNG for link previews.

use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex};

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use domain::Slug;
use domain::event::Revision;
use domain::listing::Kind;
use lru::LruCache;

use super::page_cache::Page;
use super::problem;
use super::visitor::{Outcome, Visitor};
use crate::error::ServiceError;
use crate::state::App;

/// Drawn covers, by file and the catalogue's revision.
pub struct Pictures(Mutex<LruCache<(String, Revision), Arc<Page>>>);

impl Default for Pictures {
    fn default() -> Self {
        Self(Mutex::new(LruCache::new(NonZeroUsize::new(512).expect("not zero"))))
    }
}

impl Pictures {
    fn get(&self, key: &(String, Revision)) -> Option<Arc<Page>> {
        self.0.lock().expect("no panic while keeping pictures").get(key).cloned()
    }

    fn put(&self, key: (String, Revision), picture: Arc<Page>) {
        self.0.lock().expect("no panic while keeping pictures").put(key, picture);
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
    let key = (format!("{plural}/{file}"), app.keeper.revision());
    if let Some(picture) = app.pictures.get(&key) {
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
        // One at a time: a crawler that wants them all must not take the processors from the visitors.
        let _turn = PAINTING.acquire().await;
        let painted = tokio::task::spawn_blocking(move || crate::art::cover_png(&listing, width, height)).await;
        match painted.expect("painting does not panic") {
            Ok(bytes) => Ok(Page::incompressible("image/png", bytes)),
            Err(why) => Err(ServiceError::Bug(format!("cover: {why}"))),
        }
    };
    match drawn {
        Ok(picture) => {
            let picture = Arc::new(picture);
            app.pictures.put(key, picture.clone());
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
