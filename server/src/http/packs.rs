//! Counties to take along, for the service worker of a device that has a trip there.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use domain::region::RegionCode;

use super::page_cache::{Key, Page, PageCache};
use super::problem;
use super::visitor::{PLAIN_LOOK, Visitor};
use crate::services;
use crate::state::App;

/// Written packs with their compressed forms, for as long as the catalogue and the bureau's decisions stay.
pub struct Packs(PageCache);

impl Default for Packs {
    fn default() -> Self {
        Self(PageCache::new(16 << 20))
    }
}

pub async fn pack(State(app): State<Arc<App>>, visitor: Visitor, Path(county): Path<String>) -> Response {
    let (key, moment) = (Key { address: county.clone(), look: PLAIN_LOOK, in_app: None }, app.moment());
    if let Some(page) = app.packs.0.get(&key, moment) {
        return plain(page.answer(&visitor.headers));
    }
    let made = match RegionCode::parse(&county) {
        Ok(code) => services::packs::pack(&app, &code, moment.today).await,
        Err(_) => Ok(None),
    };
    match made {
        Ok(Some(bytes)) => {
            let mut page = Page::new("application/json", bytes);
            page.noindex = true;
            let page = Arc::new(page);
            app.packs.0.put(key, moment, page.clone());
            plain(page.answer(&visitor.headers))
        }
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
