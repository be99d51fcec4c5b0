//! Trips over HTTP. They are nobody's but their owner's: never kept in memory, never in an index, and changed only from our own
//! pages by a device that holds their secret.

mod begin;
mod device;
mod files;
mod form;
mod shared;
mod wishes;

use std::sync::Arc;

use app::href;
use app::views::{ConflictPage, ErrorPage, ShareLink, TripPage, Trouble};
use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use chrono::{TimeDelta, Utc};
use domain::time::{Timestamp, day_of};
use domain::trip::Edit;
use domain::{Problem, Text};

use self::device::{Device, digest, fresh_name, is_from_here};
use self::form::Typed;
use super::page_cache::Page;
use super::problem;
use super::visitor::Visitor;
use crate::error::ServiceError;
use crate::services::trips::{self, Changed, LARGEST_EDIT, MOST_TRIPS};
use crate::state::App;
use crate::store::{Done, Share, StoreError, StoredTrip};

type Server = State<Arc<App>>;

/// Links to one trip that hold at once.
const MOST_SHARES: usize = 20;

pub fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/trips", get(begin::mine))
        .route("/trips/new", get(begin::ask).post(begin::make))
        .route("/trips/add", get(begin::choose))
        .route("/trips/shared/{token}", get(shared::show))
        .route("/trips/shared/{token}/copy", post(shared::copy).get(shared::back))
        .route("/trips/shared/{token}/join", post(shared::join).get(shared::back))
        .route("/trips/shared/{token}/print", get(shared::print))
        .route("/trips/shared/{token}/{file}", get(shared::file))
        .route("/trips/{id}", get(show))
        .route("/trips/{id}/edit", post(edit).get(back))
        .route("/trips/{id}/share", post(share).get(back))
        .route("/trips/{id}/unshare", post(unshare).get(back))
        .route("/trips/{id}/delete", post(delete).get(back))
        .route("/trips/{id}/print", get(print))
        .route("/trips/{id}/{file}", get(file))
}

/// Why there is no answer of the usual kind.
enum Refusal {
    Missing,
    /// It belongs to another device.
    NotYours,
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

type Answer = Result<Response, Refusal>;

/// What every answer about trips carries.
fn private(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    headers.insert("x-robots-tag", HeaderValue::from_static("noindex"));
    headers.remove(header::ETAG);
    response
}

fn finish(app: &App, visitor: &Visitor, answer: Answer) -> Response {
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
        Err(Refusal::TooMany(zh, en)) => refuse(409, Some(lang.pick(zh, en))),
        Err(Refusal::Fault(error)) => {
            problem::log(&error);
            refuse(error.status().as_u16(), None)
        }
    })
}

/// Compressed, but neither kept nor compared: it is for one reader, once.
fn html(visitor: &Visitor, body: String) -> Response {
    let mut headers = visitor.headers.clone();
    headers.remove(header::IF_NONE_MATCH);
    Page::fleeting("text/html; charset=utf-8", body).answer(&headers)
}

fn see(place: &str) -> Response {
    let place = HeaderValue::from_str(place).unwrap_or(HeaderValue::from_static("/trips"));
    (StatusCode::SEE_OTHER, [(header::LOCATION, place)]).into_response()
}

fn with_cookie(mut response: Response, app: &App, device: &Device) -> Response {
    response.headers_mut().append(header::SET_COOKIE, device.cookie(app));
    response
}

/// The trip, where this device may change it.
async fn owned(app: &App, visitor: &Visitor, id: &str) -> Result<(StoredTrip, Device), Refusal> {
    let stored = app.store.trip(id).await?.ok_or(Refusal::Missing)?;
    let device = Device::of(&visitor.headers).ok_or(Refusal::NotYours)?;
    if !app.store.may_change_trip(id, &device.hash()).await? {
        return Err(Refusal::NotYours);
    }
    Ok((stored, device))
}

fn sent_from_here(app: &App, visitor: &Visitor) -> Result<(), Refusal> {
    if is_from_here(app, &visitor.headers) { Ok(()) } else { Err(Refusal::Foreign) }
}

async fn page(app: &App, visitor: &Visitor, stored: StoredTrip, trouble: Option<Trouble>, now: Timestamp) -> Answer {
    let shares = app.store.shares_of(&stored.id, now).await?;
    let plan = trips::plan(app, stored.trip, visitor.lang, now).await?;
    let ideas = if plan.trip.days.is_empty() { vec![] } else { trips::ideas(app, &plan, visitor.lang, now).await? };
    let view = TripPage {
        version: stored.version,
        key: fresh_name(),
        can_undo: stored.history.can_undo(),
        can_redo: stored.history.can_redo(),
        shares: shares.into_iter().map(link_of).collect(),
        plan,
        ideas,
        id: stored.id,
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

/// What a form asks for.
async fn wish(app: &App, typed: &Typed, stored: &StoredTrip, now: Timestamp) -> Result<Result<Done, Vec<Problem>>, Refusal> {
    let today = day_of(now);
    let trip = &stored.trip;
    let unreadable = || {
        vec![Problem::new(
            "form",
            "unreadable",
            "表单不完整，请刷新页面再试",
            "the form is incomplete; reload the page and try again",
        )]
    };
    let edit = match (typed.get("edit"), typed.get("set")) {
        ("undo", _) => return Ok(Ok(Done::Undo)),
        ("redo", _) => return Ok(Ok(Done::Redo)),
        (json, _) if json.len() > LARGEST_EDIT => Err(unreadable()),
        (json, _) if !json.is_empty() => serde_json::from_str(json).map_err(|_| unreadable()),
        (_, "visit") => wishes::visit(typed, trip),
        (_, "day") => wishes::day(typed),
        (_, "trip") => wishes::whole(typed, today),
        (_, "own") => wishes::own(typed, trip),
        (_, "add") => match (begin::stop_to_add(app, typed.get("listing")).await?, wishes::day_of(typed, "day")) {
            (Some(listing), Ok(day)) => Ok(wishes::add(&listing, day, trip)),
            (None, _) => {
                let (zh, en) = ("要加的条目已不在目录里", "what was to be added is no longer in the catalogue");
                Err(vec![Problem::new("listing", "vanished", zh, en)])
            }
            (_, Err(problems)) => Err(problems),
        },
        (_, "arrange") => match wishes::day_of(typed, "day") {
            Ok(day) => {
                let best = || vec![Problem::new("day", "best", "这一天已经是最好的顺序", "the day is in its best order already")];
                trips::arrange(app, trip, day).await?.ok_or_else(best)
            }
            Err(problems) => Err(problems),
        },
        _ => Err(unreadable()),
    };
    Ok(edit.and_then(|edit| match wishes::forbidden(&edit, today) {
        Some(problem) => Err(vec![problem]),
        None => Ok(Done::Edit(Box::new(edit))),
    }))
}

/// The form of the page that a wish came from, to show what is wrong beside its fields.
fn form_name(typed: &Typed) -> String {
    match typed.get("set") {
        "visit" => format!("stop-{}", typed.get("visit")),
        "day" => format!("day-{}", typed.get("day")),
        "trip" => "settings".to_owned(),
        "own" => "own".to_owned(),
        _ => String::new(),
    }
}

/// The rules name a place in the trip; a form has the last word of it as a field.
fn beside_field(problem: Problem) -> Problem {
    let field = problem.field.rsplit('.').next().unwrap_or_default();
    let field = match field {
        "party" => "adults",
        other => other,
    };
    Problem { field: field.to_owned(), ..problem }
}

fn trouble(typed: Typed, problems: Vec<Problem>) -> Trouble {
    Trouble { form: form_name(&typed), problems: problems.into_iter().map(beside_field).collect(), typed: typed.0 }
}

/// Only what our pages name: letters, digits and dashes.
fn anchor(typed: &Typed) -> String {
    let name = typed.get("anchor");
    let plain = !name.is_empty() && name.len() < 40 && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    if plain { format!("#{name}") } else { String::new() }
}

async fn edit(State(app): Server, visitor: Visitor, Path(id): Path<String>, body: String) -> Response {
    let visitor = visitor.at(format!("/trips/{id}"));
    let answer = async {
        sent_from_here(&app, &visitor)?;
        let now = Utc::now();
        let (stored, device) = owned(&app, &visitor, &id).await?;
        let typed = Typed::read(&body);
        // The whole form names the wish: the same button twice is one wish, two buttons of one page are two.
        let key = digest(&body)[..32].to_owned();
        let there = href::trip(visitor.lang, &id, &anchor(&typed));
        if stored.recent.iter().any(|recent| recent.key == key) {
            return Ok(see(&there));
        }
        let done = match wish(&app, &typed, &stored, now).await? {
            // A form in which nothing was changed.
            Ok(Done::Edit(edit)) if matches!(&*edit, Edit::All { edits } if edits.is_empty()) => return Ok(see(&there)),
            Ok(done) => done,
            Err(problems) => return page(&app, &visitor, stored, Some(trouble(typed, problems)), now).await,
        };
        let version = typed.get("version").parse().unwrap_or(0);
        match trips::change(&app, &id, version, &key, &done, now).await?.ok_or(Refusal::Missing)? {
            Changed::Yes(_) => {
                let there = match &done {
                    // What is gone cannot be come back to; its day can.
                    Done::Edit(edit) if matches!(&**edit, Edit::RemoveVisit { .. }) => day_without(&visitor, &id, &stored, edit),
                    _ => there,
                };
                Ok(with_cookie(see(&there), &app, &device))
            }
            Changed::Already(_) => Ok(see(&there)),
            Changed::Refused(problem) => page(&app, &visitor, stored, Some(trouble(typed, vec![problem])), now).await,
            Changed::Conflict(now_there) => conflict(&app, &visitor, now_there, version, done).await,
        }
    };
    finish(&app, &visitor, answer.await)
}

fn day_without(visitor: &Visitor, id: &str, before: &StoredTrip, edit: &Edit) -> String {
    let day = match edit {
        Edit::RemoveVisit { visit } => before.trip.find(*visit).map(|(day, _)| day),
        _ => None,
    };
    href::trip(visitor.lang, id, &day.map_or_else(String::new, |day| format!("#day-{}", day + 1)))
}

/// Both changes are shown; the later one is a button away from being made too.
async fn conflict(app: &App, visitor: &Visitor, stored: StoredTrip, version: i64, done: Done) -> Answer {
    let done = match done {
        Done::Edit(edit) => Done::Edit(Box::new(wishes::fitted(*edit, &stored.trip))),
        other => other,
    };
    let (after, refused) = match &done {
        Done::Edit(edit) => match stored.trip.apply(edit) {
            Ok(applied) => (applied.trip, None),
            Err(problem) => (stored.trip.clone(), Some(problem)),
        },
        _ => (stored.trip.clone(), None),
    };
    let mut facts = trips::facts_of(app, &after).await?;
    facts.extend(trips::facts_of(app, &stored.trip).await?);
    let say = |done: &Done| match done {
        Done::Edit(edit) => edit.text(&stored.trip, &facts),
        Done::Undo => Text::new("撤销最近一步", "undo the latest change"),
        Done::Redo => Text::new("重做", "redo what was undone"),
    };
    let wanted = match &done {
        // The latest change is another one by now.
        Done::Undo => {
            Text::new("撤销最近一步（现在最近的一步是别人改的）", "undo the latest change (which by now is somebody else's)")
        }
        other => say(other),
    };
    let since: Vec<_> = stored.recent.iter().filter(|recent| recent.version > version).collect();
    let known_from = since.first().map_or(stored.version, |recent| recent.version - 1);
    let view = ConflictPage {
        id: stored.id.clone(),
        title: stored.trip.title.clone(),
        version: stored.version,
        key: fresh_name(),
        more: known_from > version,
        since: since.iter().map(|recent| say(&recent.done)).collect(),
        wanted,
        edit: match &done {
            Done::Edit(edit) => serde_json::to_string(edit).map_err(|why| ServiceError::Bug(why.to_string()))?,
            Done::Undo => "undo".to_owned(),
            Done::Redo => "redo".to_owned(),
        },
        refused,
    };
    let mut response = html(visitor, app::pages::trip::conflict::render(&visitor.chrome(app), &view));
    *response.status_mut() = StatusCode::CONFLICT;
    Ok(response)
}

async fn share(State(app): Server, visitor: Visitor, Path(id): Path<String>, body: String) -> Response {
    let answer = async {
        sent_from_here(&app, &visitor)?;
        let now = Utc::now();
        owned(&app, &visitor, &id).await?;
        if app.store.shares_of(&id, now).await?.len() >= MOST_SHARES {
            return Err(Refusal::TooMany("链接太多了，先收回几个。", "There are too many links; take some back first."));
        }
        let typed = Typed::read(&body);
        let days = typed.get("days").parse::<i64>().unwrap_or(30).clamp(1, 365);
        let (edits, expires_at) = (typed.get("rights") == "edit", now + TimeDelta::days(days));
        app.store.add_share(&Share { token: fresh_name(), trip_id: id.clone(), edits, expires_at }).await?;
        Ok(see(&href::trip(visitor.lang, &id, "#sharing")))
    };
    finish(&app, &visitor, answer.await)
}

async fn unshare(State(app): Server, visitor: Visitor, Path(id): Path<String>, body: String) -> Response {
    let answer = async {
        sent_from_here(&app, &visitor)?;
        owned(&app, &visitor, &id).await?;
        app.store.revoke_share(&id, Typed::read(&body).get("token")).await?;
        Ok(see(&href::trip(visitor.lang, &id, "#sharing")))
    };
    finish(&app, &visitor, answer.await)
}

async fn delete(State(app): Server, visitor: Visitor, Path(id): Path<String>) -> Response {
    let answer = async {
        sent_from_here(&app, &visitor)?;
        owned(&app, &visitor, &id).await?;
        app.store.delete_trip(&id).await?;
        Ok(see(&href::page(visitor.lang, href::TRIPS)))
    };
    finish(&app, &visitor, answer.await)
}

async fn print(State(app): Server, visitor: Visitor, Path(id): Path<String>) -> Response {
    let answer = async {
        let (stored, _) = owned(&app, &visitor, &id).await?;
        files::print(&app, &visitor, stored, &href::trip(visitor.lang, &id, "")).await
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

/// Keeps a new trip for this device, or for a new one.
async fn keep(app: &App, visitor: &Visitor, id: String, trip: domain::trip::Trip, now: Timestamp) -> Answer {
    let device = Device::of(&visitor.headers).unwrap_or_else(Device::new);
    let there = see(&href::trip(visitor.lang, &id, ""));
    if app.store.trip(&id).await?.is_some() {
        // The same form once more, perhaps before the first answer had brought its cookie.
        app.store.let_device_change_trip(&id, &device.hash()).await?;
        return Ok(with_cookie(there, app, &device));
    }
    if app.store.trips_of(&device.hash(), MOST_TRIPS).await?.len() as u64 >= MOST_TRIPS {
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
