//! Trips over HTTP. They are nobody's but their owner's: never kept in memory, never in an index, and changed only from our own
//! pages by a device that holds their secret.

mod begin;
mod change;
pub(super) mod device;
mod files;
mod late;
mod pack;
mod planned;
mod said;
mod shared;
mod today;

use std::sync::Arc;

use app::href;
use app::trips::form::Typed;
use app::views::{ErrorPage, Guests, ShareLink, TripPage, Trouble};
use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use chrono::{TimeDelta, Utc};
use domain::time::{Timestamp, day_of};

use self::device::{Device, fresh_name, is_from_here, is_name};
use super::page_cache::Page;
use super::problem;
use super::visitor::Visitor;
use crate::error::ServiceError;
use crate::services::trips::{self, MOST_TRIPS};
use crate::state::App;
use crate::store::{Share, StoreError, StoredTrip};

type Server = State<Arc<App>>;

/// Links to one trip that hold at once.
const MOST_SHARES: usize = 20;

pub fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/trips", get(begin::mine))
        .route("/trips/new", get(begin::ask).post(begin::make))
        .route("/trips/new/task", post(begin::task))
        .route("/trips/groups", get(said::groups))
        .route("/trips/add", get(begin::choose))
        .route("/trips/shared/{token}", get(shared::show))
        .route("/trips/shared/{token}/copy", post(shared::copy).get(shared::back))
        .route("/trips/shared/{token}/join", post(shared::join).get(shared::back))
        .route("/trips/shared/{token}/today", get(today::show_shared))
        .route("/trips/shared/{token}/print", get(shared::print))
        .route("/trips/shared/{token}/{file}", get(shared::file))
        .route("/trips/{id}", get(show))
        .route("/trips/{id}/edit", post(change::edit).get(back))
        .route("/trips/{id}/unsent", get(back).post(back))
        .route("/trips/{id}/share", post(share).get(back))
        .route("/trips/{id}/unshare", post(unshare).get(back))
        .route("/trips/{id}/alone", post(alone).get(back))
        .route("/trips/{id}/delete", post(delete).get(back))
        .route("/trips/{id}/leave", post(leave).get(back))
        .route("/trips/{id}/today", get(today::show))
        .route("/trips/{id}/print", get(print))
        .route("/trips/{id}/pack", get(pack::show))
        .route("/trips/{id}/{file}", get(file))
}

/// Why there is no answer of the usual kind.
pub(super) enum Refusal {
    Missing,
    /// A link that has ended, was taken back, or never was.
    Ended,
    /// It belongs to another device.
    NotYours,
    /// Only whoever made the trip may do this.
    Guest,
    /// From one network in one day.
    Enough,
    /// The form was not sent from a page of this site.
    Foreign,
    TooMany(&'static str, &'static str),
    Fault(ServiceError),
}

impl From<ServiceError> for Refusal {
    fn from(error: ServiceError) -> Self {
        Refusal::Fault(error)
    }
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        Refusal::Fault(error.into())
    }
}

pub(super) type Answer = Result<Response, Refusal>;

/// What every answer about trips carries.
fn private(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    headers.insert("x-robots-tag", HeaderValue::from_static("noindex"));
    headers.remove(header::ETAG);
    response
}

pub(super) fn finish(app: &App, visitor: &Visitor, answer: Answer) -> Response {
    let lang = visitor.lang;
    let refuse = |status: u16, sentence: Option<&str>| {
        let sentence = sentence.map(str::to_owned);
        problem::page(
            app,
            visitor,
            visitor.request_id.as_ref(),
            ErrorPage { status, sentence, problems: vec![], request_id: None },
        )
    };
    private(match answer {
        Ok(response) => response,
        Err(Refusal::Missing) => refuse(404, None),
        Err(Refusal::Ended) => refuse(
            404,
            Some(lang.pick(
                "这个链接已经到期，或者被收回了。请向发给你的人再要一个。",
                "This link has ended or was taken back. Ask whoever sent it for a new one.",
            )),
        ),
        Err(Refusal::NotYours) => refuse(
            403,
            Some(lang.pick(
                "这个行程属于另一部设备上的浏览器。请让那个人用“给别人看”生成一个链接发给你。",
                "This trip belongs to the browser of another device. Ask its owner for a link, under “Show it to others”.",
            )),
        ),
        Err(Refusal::Foreign) => refuse(
            403,
            Some(lang.pick(
                "表单不是从本站页面发出的，没有照做。",
                "The form did not come from a page of this site; nothing was done.",
            )),
        ),
        Err(Refusal::Guest) => refuse(
            403,
            Some(lang.pick(
                "你是通过链接一起修改这个行程的；删除它、收回链接，只有做行程的人可以。",
                "You came in by a link: only whoever made this trip can delete it or take links back.",
            )),
        ),
        Err(Refusal::Enough) => refuse(
            429,
            Some(lang.pick(
                "今天从这个网络新排的行程或新收藏的太多了，没有再存；明天再来。已经有的不受影响。",
                "Too many trips were made or listings saved from this network today, and no more was kept; come back tomorrow. What there is stays.",
            )),
        ),
        Err(Refusal::Fault(ServiceError::Busy)) => {
            problem::log(&ServiceError::Busy);
            refuse(
                503,
                Some(lang.pick(
                    "现在排行程的人太多，还没轮到；过一会儿再试。",
                    "Too many are having their trips worked out just now; try again in a while.",
                )),
            )
        }
        Err(Refusal::TooMany(zh, en)) => refuse(409, Some(lang.pick(zh, en))),
        Err(Refusal::Fault(error)) => {
            problem::log(&error);
            refuse(error.status().as_u16(), None)
        }
    })
}

/// Compressed, but neither kept nor compared: it is for one reader, once.
pub(super) fn html(visitor: &Visitor, body: String) -> Response {
    let mut headers = visitor.headers.clone();
    headers.remove(header::IF_NONE_MATCH);
    Page::fleeting("text/html; charset=utf-8", body).answer(&headers)
}

pub(super) fn see(place: &str) -> Response {
    let place = HeaderValue::from_str(place).unwrap_or(HeaderValue::from_static("/trips"));
    (StatusCode::SEE_OTHER, [(header::LOCATION, place)]).into_response()
}

pub(super) fn with_cookie(mut response: Response, app: &App, device: &Device) -> Response {
    response.headers_mut().append(header::SET_COOKIE, device.cookie(app));
    response
}

/// The trip, where this device may change it.
async fn owned(app: &App, visitor: &Visitor, id: &str) -> Result<(StoredTrip, Device), Refusal> {
    if !is_name(id) {
        return Err(Refusal::Missing);
    }
    let stored = app.store.trip(id).await?.ok_or(Refusal::Missing)?;
    let device = Device::of(&visitor.headers).ok_or(Refusal::NotYours)?;
    if !app.store.may_change_trip(id, &device.hash()).await? {
        return Err(Refusal::NotYours);
    }
    Ok((stored, device))
}

pub(super) fn sent_from_here(app: &App, visitor: &Visitor) -> Result<(), Refusal> {
    if is_from_here(app, &visitor.headers) { Ok(()) } else { Err(Refusal::Foreign) }
}

/// As [`owned`], for what a guest may not do.
async fn made(app: &App, visitor: &Visitor, id: &str) -> Result<(), Refusal> {
    let (_, device) = owned(app, visitor, id).await?;
    app.store.guests_of(id, &device.hash()).await?.map(|_| ()).ok_or(Refusal::Guest)
}

/// Whoever has no cookie, or throws it away, is still somewhere.
fn may_make_one(app: &App, visitor: &Visitor) -> Result<(), Refusal> {
    let limits = app.limiter.as_ref().zip(visitor.address(app));
    if limits.is_some_and(|(limiter, client)| !limiter.allows_trip(client)) { Err(Refusal::Enough) } else { Ok(()) }
}

async fn page(app: &App, visitor: &Visitor, stored: StoredTrip, trouble: Option<Trouble>, now: Timestamp) -> Answer {
    let shares = app.store.shares_of(&stored.id, now).await?;
    let guests = match Device::of(&visitor.headers) {
        Some(device) => app.store.guests_of(&stored.id, &device.hash()).await?.map_or(Guests::Itself, Guests::Are),
        None => Guests::Unknown,
    };
    let (plan, mended) = trips::mended_plan(app, stored.trip, visitor.lang, now).await?;
    let ideas =
        if plan.trip.days.is_empty() { vec![] } else { trips::ideas(app, &plan.trip, &plan.facts, visitor.lang, now).await? };
    let remarks = trips::remarks(app, &plan, visitor.path.split_once('?').map_or("", |(_, query)| query)).await?;
    let view = TripPage {
        remarks,
        version: stored.version,
        key: fresh_name(),
        can_undo: stored.history.can_undo(),
        can_redo: stored.history.can_redo(),
        shares: shares.into_iter().map(link_of).collect(),
        guests,
        plan,
        ideas,
        id: stored.id,
        unmended: !mended,
        trouble,
    };
    let mut response = html(visitor, app::pages::trip::render(&visitor.chrome(app), &view));
    if view.trouble.is_some() {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(response)
}

fn link_of(share: Share) -> ShareLink {
    ShareLink { token: share.token, edits: share.edits, until: day_of(share.expires_at) }
}

async fn show(State(app): Server, visitor: Visitor, Path(id): Path<String>) -> Response {
    let answer = async {
        let now = Utc::now();
        let (stored, device) = owned(&app, &visitor, &id).await?;
        // Once a day is often enough to know that somebody still cares, and lets the cookie live as long as the trip.
        let renew = now - stored.touched_at > TimeDelta::days(1);
        if renew {
            app.store.touch_trip(&id, now).await?;
        }
        let response = page(&app, &visitor, stored, None, now).await?;
        Ok(if renew { with_cookie(response, &app, &device) } else { response })
    };
    finish(&app, &visitor, answer.await)
}

/// Where a form was sent, a reader may come back to.
async fn back(State(app): Server, visitor: Visitor, Path(id): Path<String>) -> Response {
    finish(&app, &visitor, Ok(see(&href::trip(visitor.lang, &id, ""))))
}

async fn share(State(app): Server, visitor: Visitor, Path(id): Path<String>, body: String) -> Response {
    let answer = async {
        sent_from_here(&app, &visitor)?;
        let now = Utc::now();
        let (_, device) = owned(&app, &visitor, &id).await?;
        if app.store.shares_of(&id, now).await?.len() >= MOST_SHARES {
            return Err(Refusal::TooMany("链接太多了，先收回几个。", "There are too many links; take some back first."));
        }
        let typed = Typed::read(&body);
        let days = typed.get("days").parse::<i64>().unwrap_or(30).clamp(1, 365);
        let (edits, expires_at) = (typed.get("rights") == "edit", now + TimeDelta::days(days));
        let share = Share { token: fresh_name(), trip_id: id.clone(), edits, expires_at };
        if !app.store.add_share(&share, &device.hash()).await? {
            return Err(Refusal::NotYours);
        }
        Ok(see(&href::trip(visitor.lang, &id, "#sharing")))
    };
    finish(&app, &visitor, answer.await)
}

async fn unshare(State(app): Server, visitor: Visitor, Path(id): Path<String>, body: String) -> Response {
    let answer = async {
        sent_from_here(&app, &visitor)?;
        made(&app, &visitor, &id).await?;
        let typed = Typed::read(&body);
        if is_name(typed.get("token")) {
            app.store.revoke_share(&id, typed.get("token")).await?;
        }
        Ok(see(&href::trip(visitor.lang, &id, "#sharing")))
    };
    finish(&app, &visitor, answer.await)
}

/// Whoever came in by a link may change the trip no more; only who made it can ask for that.
async fn alone(State(app): Server, visitor: Visitor, Path(id): Path<String>) -> Response {
    let answer = async {
        sent_from_here(&app, &visitor)?;
        made(&app, &visitor, &id).await?;
        app.store.ask_guests_to_leave(&id).await?;
        Ok(see(&href::trip(visitor.lang, &id, "#sharing")))
    };
    finish(&app, &visitor, answer.await)
}

async fn delete(State(app): Server, visitor: Visitor, Path(id): Path<String>) -> Response {
    let answer = async {
        sent_from_here(&app, &visitor)?;
        made(&app, &visitor, &id).await?;
        app.store.delete_trip(&id).await?;
        Ok(see(&href::page(visitor.lang, href::TRIPS)))
    };
    finish(&app, &visitor, answer.await)
}

/// What a guest can do instead.
async fn leave(State(app): Server, visitor: Visitor, Path(id): Path<String>) -> Response {
    let answer = async {
        sent_from_here(&app, &visitor)?;
        let (_, device) = owned(&app, &visitor, &id).await?;
        app.store.leave_trip(&id, &device.hash()).await?;
        Ok(see(&href::page(visitor.lang, href::TRIPS)))
    };
    finish(&app, &visitor, answer.await)
}

async fn print(State(app): Server, visitor: Visitor, Path(id): Path<String>) -> Response {
    let answer = async {
        let (stored, _) = owned(&app, &visitor, &id).await?;
        files::print(&app, &visitor, stored, &href::trip(visitor.lang, &id, ""), true).await
    };
    finish(&app, &visitor, answer.await)
}

async fn file(State(app): Server, visitor: Visitor, Path((id, file)): Path<(String, String)>) -> Response {
    let answer = async {
        let (stored, _) = owned(&app, &visitor, &id).await?;
        files::file(&app, &visitor, stored, &file).await
    };
    finish(&app, &visitor, answer.await)
}

/// Keeps a new trip for this device, or for a new one. `remarks` are what its page says at first.
async fn keep(app: &App, visitor: &Visitor, id: String, trip: domain::trip::Trip, remarks: &str, now: Timestamp) -> Answer {
    let device = Device::of(&visitor.headers).unwrap_or_else(Device::new);
    let there = see(&href::trip(visitor.lang, &id, remarks));
    if app.store.trip(&id).await?.is_some() {
        // The same form once more, perhaps before the first answer had brought its cookie.
        app.store.let_device_change_trip(&id, &device.hash()).await?;
        return Ok(with_cookie(there, app, &device));
    }
    if app.store.count_trips_of(&device.hash()).await? >= MOST_TRIPS {
        return Err(Refusal::TooMany(
            "这部设备上的行程太多了，先删掉几个。",
            "There are too many trips on this device; delete some first.",
        ));
    }
    let stored = StoredTrip {
        id,
        version: 1,
        trip,
        history: Default::default(),
        recent: vec![],
        created_at: now,
        changed_at: now,
        touched_at: now,
    };
    app.store.add_trip(&stored, &device.hash()).await?;
    Ok(with_cookie(there, app, &device))
}
