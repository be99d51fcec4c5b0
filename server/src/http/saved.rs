//! Saved listings over HTTP. They are their device's, as its trips are: never kept in memory, never in an index, and changed only
//! from our own pages.
//!
//! A button for saving stands on pages that are the same for everybody. It leads back to where it was pressed, and the address
//! ends with the name of the sentence that says what was done.

use std::sync::Arc;

use app::href;
use app::trips::form::Typed;
use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::{get, post};
use chrono::{TimeDelta, Utc};
use domain::ListingId;

use super::page_cache::Page;
use super::trips::device::Device;
use super::trips::{Refusal, finish, html, see, sent_from_here, with_cookie};
use super::visitor::Visitor;
use crate::error::ServiceError;
use crate::services::saved;
use crate::state::App;
use crate::store::SavedNow;

type Server = State<Arc<App>>;

pub fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/saved", get(show).post(save))
        .route("/saved/ids", get(ids))
        .route("/saved/remove", post(remove).get(back))
        .route("/saved/clear", post(clear).get(back))
}

async fn show(State(app): Server, visitor: Visitor) -> Response {
    let answer = async {
        let device = Device::of(&visitor.headers);
        let hash = device.as_ref().map(Device::hash);
        let (view, touched) = saved::page(&app, hash.as_deref()).await?;
        let mut response = html(&visitor, app::pages::saved::render(&visitor.chrome(&app), &view));
        let now = Utc::now();
        // As with trips: once a day is often enough to know that somebody still cares.
        let renew = touched.is_some_and(|touched| now - touched > TimeDelta::days(1));
        if let (Some(device), Some(hash), true) = (device, hash, renew) {
            app.store.touch_saved(&hash, now).await?;
            response = with_cookie(response, &app, &device);
        }
        Ok(response)
    };
    finish(&app, &visitor, answer.await)
}

async fn save(State(app): Server, visitor: Visitor, body: String) -> Response {
    let answer = async {
        sent_from_here(&app, &visitor)?;
        let typed = Typed::read(&body);
        // `pl-001.neighbours`: which listing, and in which list of the page its button stands.
        let wanted = typed.get("listing");
        let (name, within) = wanted.split_once('.').unwrap_or((wanted, ""));
        let id = ListingId::parse(name).map_err(|_| Refusal::Missing)?;
        let limits = app.limiter.as_ref().zip(visitor.address(&app));
        if limits.is_some_and(|(limiter, client)| !limiter.allows_saving(client)) {
            return Err(Refusal::Enough);
        }
        let device = Device::of(&visitor.headers).unwrap_or_else(Device::new);
        match saved::save(&app, &device.hash(), &id, Utc::now()).await?.ok_or(Refusal::Missing)? {
            SavedNow::Yes | SavedNow::Already => {}
            SavedNow::Full => {
                return Err(Refusal::TooMany(
                    "这部设备上的收藏已经满了，没有再存。先在“我的收藏”里移出几条。",
                    "This device has saved as many as it may; nothing was added. Take some out under “Saved” first.",
                ));
            }
        }
        let plain = within.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        let anchor = if within.is_empty() || !plain { id.as_str().to_owned() } else { format!("{id}.{within}") };
        let saved_page = href::page(visitor.lang, href::SAVED);
        let place = local(typed.get("back")).map_or(saved_page, |back| format!("{back}#kept-{anchor}"));
        Ok(with_cookie(see(&place), &app, &device))
    };
    finish(&app, &visitor, answer.await)
}

/// A page of this site, without what stands after `#`. Neither //elsewhere nor /\elsewhere, nor anything a header cannot carry.
fn local(back: &str) -> Option<&str> {
    let back = back.split('#').next().unwrap_or_default();
    let is_local = back.starts_with('/') && !back[1..].starts_with(['/', '\\']) && back.bytes().all(|b| b.is_ascii_graphic());
    is_local.then_some(back)
}

/// What the device has saved, for pages that are the same for everybody: `["pl-001"]`.
async fn ids(State(app): Server, visitor: Visitor) -> Response {
    let answer = async {
        let saved = match Device::of(&visitor.headers) {
            Some(device) => app.store.saved_by(&device.hash()).await?,
            None => vec![],
        };
        let ids: Vec<&str> = saved.iter().map(|saved| saved.listing.as_str()).collect();
        let json = serde_json::to_string(&ids).map_err(|why| ServiceError::Bug(why.to_string()))?;
        Ok(Page::fleeting("application/json", json).answer(&visitor.headers))
    };
    finish(&app, &visitor, answer.await)
}

async fn remove(State(app): Server, visitor: Visitor, body: String) -> Response {
    let answer = async {
        sent_from_here(&app, &visitor)?;
        let typed = Typed::read(&body);
        // A button of a list says which list.
        let (ids, _) = saved::names_in(typed.all("listing").map(|name| name.split('.').next().unwrap_or_default()));
        let there = href::page(visitor.lang, href::SAVED);
        if ids.is_empty() {
            return Ok(see(&format!("{there}#none")));
        }
        if let Some(device) = Device::of(&visitor.headers) {
            app.store.unsave_listings(&device.hash(), &ids).await?;
        }
        let back = local(typed.get("back")).map(str::to_owned);
        Ok(see(&back.unwrap_or_else(|| format!("{there}#removed"))))
    };
    finish(&app, &visitor, answer.await)
}

async fn clear(State(app): Server, visitor: Visitor) -> Response {
    let answer = async {
        sent_from_here(&app, &visitor)?;
        if let Some(device) = Device::of(&visitor.headers) {
            app.store.clear_saved(&device.hash()).await?;
        }
        Ok(see(&format!("{}#cleared", href::page(visitor.lang, href::SAVED))))
    };
    finish(&app, &visitor, answer.await)
}

/// Where a form was sent, a reader may come back to.
async fn back(State(app): Server, visitor: Visitor) -> Response {
    finish(&app, &visitor, Ok(see(&href::page(visitor.lang, href::SAVED))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_comes_back_to_pages_of_this_site_only() {
        assert_eq!(local("/en/places?page=2#top"), Some("/en/places?page=2"));
        for elsewhere in ["", "https://evil.test", "//evil.test", "/\\evil.test", "/a b", "/凤凰"] {
            assert_eq!(local(elsewhere), None, "{elsewhere}");
        }
    }
}
