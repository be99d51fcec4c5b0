//! The trips of a device, a new one, and what is put into one from a listing's page.

use std::sync::Arc;

use app::trips::change::beside_field;
use app::trips::form::Typed;
use app::trips::wishes;
use app::views::{AddToTripPage, NewTripPage, TripLine, Trouble};
use axum::extract::State;
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use chrono::Utc;
use domain::listing::{Kind, Listing};
use domain::time::day_of;
use domain::{Lang, ListingId, Problem, Slug};

use super::device::{Device, digest, fresh_name};
use super::planned::new_trip;
use super::{Refusal, Server, finish, html, keep, may_make_one, said, sent_from_here};
use crate::error::ServiceError;
use crate::http::page_cache::Page;
use crate::http::visitor::Visitor;
use crate::services::saved::names_in;
use crate::services::trips::{self, BUSY, MOST_TRIPS};
use crate::state::App;
use crate::store::TripHead;

async fn lines(app: &App, visitor: &Visitor) -> Result<Vec<TripLine>, Refusal> {
    let Some(device) = Device::of(&visitor.headers) else { return Ok(vec![]) };
    let trips = app.store.trips_of(&device.hash(), MOST_TRIPS).await?;
    let line = |TripHead { id, version, title, starts, days, stops, changed_at }| TripLine {
        id,
        version,
        title,
        starts,
        days,
        stops,
        changed_at,
    };
    Ok(trips.into_iter().map(line).collect())
}

pub async fn mine(State(app): Server, visitor: Visitor) -> Response {
    let answer =
        async { Ok(html(&visitor, app::pages::trip::render_list(&visitor.chrome(&app), &lines(&app, &visitor).await?))) };
    finish(&app, &visitor, answer.await)
}

/// A listing that can be a stop; none where it is not there, or no place to go to.
pub async fn stop_to_add(app: &App, id: &str) -> Result<Option<Arc<Listing>>, Refusal> {
    let Ok(id) = ListingId::parse(id) else { return Ok(None) };
    let found = app.listings.find_many(&[id]).await?;
    Ok(found.into_iter().next().filter(|listing| wishes::is_a_stop(listing.kind())))
}

async fn route_to_follow(app: &App, slug: &str) -> Result<Option<Arc<Listing>>, Refusal> {
    let Ok(slug) = Slug::parse(slug) else { return Ok(None) };
    Ok(app.listings.find(Kind::Route, &slug).await?)
}

/// What a new trip begins with, by the address or by the form.
async fn begun(app: &App, typed: &Typed) -> Result<NewTripPage, Refusal> {
    let mut page = NewTripPage { key: fresh_name(), ..NewTripPage::default() };
    let mut gone = |field: &str, zh: &str, en: &str| page.trouble.problems.push(Problem::new(field, "vanished", zh, en));
    if typed.has("route") {
        page.route = route_to_follow(app, typed.get("route")).await?;
        if page.route.is_none() {
            gone("route", "这条线路已不在目录里", "this route is no longer in the catalogue");
        }
    }
    let (ids, unknown) = names_in(typed.all("add").chain(typed.all("listing")));
    let found = app.listings.find_many(&ids).await?;
    if !unknown.is_empty() || found.len() < ids.len() {
        let names = ids.iter().filter(|id| !found.iter().any(|it| it.id == **id)).map(|id| id.as_str());
        let names: Vec<&str> = names.chain(unknown.iter().map(String::as_str)).collect();
        let (zh, en) = (
            format!("要加的条目已不在目录里：{}", names.join("、")),
            format!("what was to be added is no longer in the catalogue: {}", names.join(", ")),
        );
        gone("add", &zh, &en);
    }
    for listing in found {
        if wishes::is_a_stop(listing.kind()) {
            page.add.push(listing);
            continue;
        }
        let (zh, en) = (
            format!("“{}”不是一个去得了的地方，没有放进来", listing.title.get(Lang::Zh)),
            format!("“{}” is no place to go to and was left out", listing.title.get(Lang::En)),
        );
        gone("add", &zh, &en);
    }
    Ok(page)
}

pub async fn ask(State(app): Server, visitor: Visitor, uri: Uri) -> Response {
    let answer = async {
        let mut typed = Typed::read(uri.query().unwrap_or(""));
        typed.cut(&[]);
        let mut page = begun(&app, &typed).await?;
        said::fill(&app, &mut page, &typed, (visitor.lang, day_of(Utc::now())));
        let missing = !page.trouble.problems.is_empty() && page.add.is_empty();
        let mut response = html(&visitor, app::pages::trip::new::render(&visitor.chrome(&app), &page));
        if missing {
            *response.status_mut() = StatusCode::NOT_FOUND;
        }
        Ok(response)
    };
    finish(&app, &visitor, answer.await)
}

/// Fields of the form for a new trip that the page fills in itself.
const UNSEEN: [&str; 1] = ["plan"];

pub async fn make(State(app): Server, visitor: Visitor, body: String) -> Response {
    let answer = async {
        sent_from_here(&app, &visitor)?;
        may_make_one(&app, &visitor)?;
        let (now, mut typed) = (Utc::now(), Typed::read(&body));
        let mut problems = typed.cut(&UNSEEN);
        let mut page = begun(&app, &typed).await?;
        problems.append(&mut page.trouble.problems);
        let trip = new_trip(&app, &typed, &page, visitor.lang, now, None).await?;
        match trip {
            Ok((trip, remarks)) if problems.is_empty() => {
                // The same form twice is one trip: its key is random and known to nobody else.
                let id = if typed.get("key").len() >= 32 { digest(&body)[..32].to_owned() } else { fresh_name() };
                keep(&app, &visitor, id, trip, &remarks, now).await
            }
            Ok(_) => Ok(again(&app, &visitor, page, problems, typed)),
            Err(more) => {
                problems.extend(more);
                Ok(again(&app, &visitor, page, problems, typed))
            }
        }
    };
    finish(&app, &visitor, answer.await)
}

fn again(app: &App, visitor: &Visitor, page: NewTripPage, problems: Vec<Problem>, typed: Typed) -> Response {
    let problems = problems.into_iter().map(beside_field).collect();
    let trouble = Trouble { form: app::pages::trip::new::FORM.to_owned(), problems, typed: typed.0 };
    let page = NewTripPage { trouble, ..page };
    let busy = page.trouble.problems.iter().any(|problem| problem.code == BUSY);
    let mut response = html(visitor, app::pages::trip::new::render(&visitor.chrome(app), &page));
    *response.status_mut() = if busy { StatusCode::SERVICE_UNAVAILABLE } else { StatusCode::UNPROCESSABLE_ENTITY };
    response
}

/// What a browser needs to choose the stops by itself; 422 where the form is not right yet: sent as usual, it is told why.
pub async fn task(State(app): Server, visitor: Visitor, body: String) -> Response {
    let answer = async {
        sent_from_here(&app, &visitor)?;
        let (now, mut typed) = (Utc::now(), Typed::read(&body));
        let too_long = !typed.cut(&UNSEEN).is_empty();
        let page = begun(&app, &typed).await?;
        let mut wish = None;
        let trip = new_trip(&app, &typed, &page, visitor.lang, now, Some(&mut wish)).await?;
        let Some(wish) = wish.filter(|_| trip.is_ok() && page.trouble.problems.is_empty() && !too_long) else {
            return Ok(StatusCode::UNPROCESSABLE_ENTITY.into_response());
        };
        let Ok(task) = trips::task(&app, wish, typed.get("avoid"), now).await? else {
            return Ok(StatusCode::UNPROCESSABLE_ENTITY.into_response());
        };
        let json = serde_json::to_string(&task).map_err(|why| ServiceError::Bug(why.to_string()))?;
        Ok(Page::fleeting("application/json", json).answer(&visitor.headers))
    };
    finish(&app, &visitor, answer.await)
}

pub async fn choose(State(app): Server, visitor: Visitor, uri: Uri) -> Response {
    let answer = async {
        let typed = Typed::read(uri.query().unwrap_or(""));
        let listing = stop_to_add(&app, typed.get("listing")).await?.ok_or(Refusal::Missing)?;
        let trips = lines(&app, &visitor).await?;
        let trips = trips.into_iter().filter(|trip| trip.days > 0).collect();
        let view = AddToTripPage { listing, trips, key: fresh_name() };
        Ok(html(&visitor, app::pages::trip::add::render(&visitor.chrome(&app), &view)))
    };
    finish(&app, &visitor, answer.await)
}
