//! Counties to take along, for the service worker of a device that has a trip there.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use domain::region::RegionCode;

use super::page_cache::{Key, Page, PageCache};
use super::problem;
use super::visitor::{PLAIN_LOOK, Visitor};
use crate::error::ServiceError;
use crate::services;
use crate::state::App;

/// Written packs with their compressed forms, for as long as the catalogue and the bureau's decisions stay.
pub struct Packs(PageCache);

impl Default for Packs {
    fn default() -> Self {
        Self(PageCache::new(16 << 20))
    }
}

/// The pack of a county as it is sent; none where there is no such county.
async fn written(app: &App, county: &str) -> Result<Option<Arc<Page>>, ServiceError> {
    let (key, moment) = (Key { address: county.to_owned(), look: PLAIN_LOOK, in_app: None }, app.moment());
    if let Some(page) = app.packs.0.get(&key, moment) {
        return Ok(Some(page));
    }
    let Ok(code) = RegionCode::parse(county) else { return Ok(None) };
    let Some(bytes) = services::packs::pack(app, &code, moment.today).await? else { return Ok(None) };
    let mut page = Page::new("application/json", bytes);
    page.noindex = true;
    let page = Arc::new(page);
    app.packs.0.put(key, moment, page.clone());
    Ok(Some(page))
}

/// What a pack takes on a device. Whoever asks is about to fetch it.
pub async fn size(app: &App, county: &str) -> Result<Option<u64>, ServiceError> {
    Ok(written(app, county).await?.map(|page| page.body.len() as u64))
}

pub async fn pack(State(app): State<Arc<App>>, visitor: Visitor, Path(county): Path<String>) -> Response {
    match written(&app, &county).await {
        Ok(Some(page)) => plain(page.answer(&visitor.headers)),
        Ok(None) => {
            let detail = visitor.lang.pick(
                "没有这个县（市、区）；地址的最后一段是六位行政区划代码，如 433123。",
                "There is no such county; the address ends in a six-digit code such as 433123.",
            );
            problem::document(StatusCode::NOT_FOUND, "unknown_county", detail, &[], visitor.lang)
        }
        Err(error) => problem::fault_document(&error, visitor.lang),
    }
}

/// The same for everybody.
fn plain(mut response: Response) -> Response {
    response.headers_mut().insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    response
}
