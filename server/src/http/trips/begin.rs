//! The trips of a device, a new one, and what is put into one from a listing's page.

use std::sync::Arc;

use app::trips::change::beside_field;
use app::trips::form::{Reader, Typed};
use app::trips::{listings_of, plan, wishes};
use app::views::{AddToTripPage, NewTripPage, TripLine, Trouble};
use axum::extract::State;
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use chrono::Utc;
use domain::listing::{Kind, Listing};
use domain::time::{Timestamp, day_of};
use domain::trip::adapt::from_route;
use domain::trip::choose::{Fixed, Guide, night_for};
use domain::trip::plan::{LONGEST_TITLE, MOST_DAYS};
use domain::trip::{Day, Facts, Pace, PlaceFacts, Transport, Trip, Where, Wish};
use domain::{Lang, ListingId, Problem, Slug};

use super::device::{Device, digest, fresh_name};
use super::{Refusal, Server, finish, html, keep, may_make_one, said, sent_from_here};
use crate::error::ServiceError;
use crate::http::page_cache::Page;
use crate::http::visitor::Visitor;
use crate::services::saved::names_in;
use crate::services::trips::{self, BUSY, Choice, MOST_TRIPS, arranged, chosen};
use crate::state::App;
use crate::store::TripHead;

async fn lines(app: &App, visitor: &Visitor) -> Result<Vec<TripLine>, Refusal> {
    let Some(device) = Device::of(&visitor.headers) else { return Ok(vec![]) };
    let trips = app.store.trips_of(&device.hash(), MOST_TRIPS).await?;
    let line = |TripHead { id, version, title, starts, days }| TripLine { id, version, title, starts, days };
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
        said::fill(&mut page, &typed, day_of(Utc::now()));
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

/// What a browser has chosen, as far as it can be used: days of so many as were asked for.
fn chosen_there(typed: &Typed, wish: &Wish) -> Option<Trip> {
    let plan: Trip = serde_json::from_str(typed.get("plan")).ok()?;
    let fits = plan.days.len() == wish.days && plan.problems().is_empty();
    fits.then(|| Trip { days: plan.days, ..Trip::new(plan.title, wish.starts, wish.party.clone()) })
}

/// The trip a form asks for, with what its page says of it at first (a query); or everything that is wrong with the form. With `hand_out`
/// stops are not chosen: the wish is handed out.
async fn new_trip(
    app: &App,
    typed: &Typed,
    page: &NewTripPage,
    lang: Lang,
    now: Timestamp,
    hand_out: Option<&mut Option<Wish>>,
) -> Result<Result<(Trip, String), Vec<Problem>>, Refusal> {
    let mut reader = Reader::new(typed);
    let starts = reader.date("starts");
    reader.problems.extend(starts.and_then(|date| wishes::past(date, day_of(now))));
    let near = page.route.as_ref().filter(|_| typed.has("near"));
    let follows = page.route.as_ref().filter(|_| near.is_none());
    let days = if follows.is_some() { Some(1) } else { reader.needed_number("days") };
    if let Some(days) = days.filter(|days| *days == 0 || *days as usize > MOST_DAYS) {
        let (zh, en) = (format!("{days}天不行，行程是1到{MOST_DAYS}天"), format!("a trip has 1 to {MOST_DAYS} days, not {days}"));
        reader.problems.push(Problem::new("days", "out_of_range", zh, en));
    }
    let party = wishes::party(&mut reader, typed);
    let start = reader.region("start");
    let transport = reader.word("transport", Transport::parse);
    let budget = reader.yuan("budget");
    let group = wishes::group(&mut reader, typed);
    let pace = if typed.has("pace") { reader.word("pace", Pace::parse) } else { Some(Pace::Steady) };
    let chooses = near.is_some() || (typed.has("choose") && page.route.is_none());
    if chooses && !typed.has("start") {
        let (zh, en) = ("选好从哪里出发，才能替你选去处", "stops can be chosen once it is known where you start from");
        reader.problems.push(Problem::new("start", "missing", zh, en));
    }
    let mut problems = reader.problems;
    let (Some(starts), Some(days), Some(party), Some(transport), Some(pace)) = (starts, days, party, transport, pace) else {
        return Ok(Err(problems));
    };
    let along = match follows {
        Some(route) => from_route(route, &facts_along(app, route).await?, starts, party.clone()).map(|trip| {
            // A name is the traveller's, in the traveller's language.
            let title = route.title.get(lang).chars().take(LONGEST_TITLE).collect();
            Trip { title, ..trip }
        }),
        None => None,
    };
    let days = (days as usize).min(MOST_DAYS);
    let place =
        start.as_ref().and_then(|code| code.region()).map_or(lang.pick("湖南", "Hunan"), |region| region.name.get(lang));
    let title = lang.pick(format!("{place}{days}日行程"), format!("{days} days from {place}"));
    let mut blank = Trip::new(title.clone(), starts, party.clone());
    blank.days = vec![Day::empty(); days];
    (blank.transport, blank.budget, blank.group, blank.pace) = (transport, budget, group, pace);
    // Before anybody chooses for a thousand children.
    add_problems(&mut problems, &blank);
    let (beds, stops): (Vec<_>, Vec<_>) = page.add.iter().partition(|listing| listing.kind() == Kind::Stay);
    // Who brings several stops has chosen them: they are laid out, and others come only where that is asked for.
    let laid_out = !chooses && stops.len() > 1 && page.route.is_none();
    let from = start.clone().or_else(|| stops.first().filter(|_| laid_out).and_then(|listing| listing.region.clone()));
    let mut remarks = String::new();
    let chosen = match from.filter(|_| (chooses || laid_out) && problems.is_empty()) {
        Some(from) => {
            let fixed = stops.iter().map(|listing| Fixed::at(Where::Listing(listing.id.clone()))).collect();
            let from = Where::Region(from);
            // Who has not said where they come from is not taken back there.
            let returns = start.is_some();
            let samples = typed.has("samples") && app.config.shows_samples;
            let route = match near {
                Some(route) => Guide::of(route, &facts_along(app, route).await?),
                None => None,
            };
            let wish = Wish::new(starts, days, from, party.clone());
            let wish = Wish { fixed, budget, lang, transport, pace, samples, route, returns, ..wish };
            let there = chosen_there(typed, &wish).filter(|_| chooses);
            let plain = |trip: Trip| Ok(Choice { trip, remarks: String::new() });
            let found = match (hand_out.filter(|_| chooses), there) {
                (Some(out), _) => {
                    *out = Some(wish.clone());
                    plain(blank.clone())
                }
                (None, Some(trip)) => plain(trip),
                (None, None) if laid_out => arranged(app, wish, now).await?,
                (None, None) => chosen(app, wish, typed.get("avoid"), now).await?,
            };
            match found {
                Ok(choice) => {
                    remarks = choice.remarks;
                    Some(Trip { title: title.clone(), ..choice.trip })
                }
                Err(problem) => {
                    problems.push(problem);
                    None
                }
            }
        }
        None => None,
    };
    let placed = chosen.is_some();
    let mut trip = along.or(chosen).unwrap_or_else(|| blank.clone());
    (trip.transport, trip.budget, trip.group, trip.pace) = (transport, budget, blank.group, pace);
    if let (Some(code), Some(first)) = (start, trip.days.first_mut()) {
        first.start = Some(Where::Region(code));
    }
    for (index, listing) in stops.iter().filter(|_| !placed).enumerate() {
        match trip.apply(&wishes::add(listing, index % trip.days.len().max(1), &trip)) {
            Ok(applied) => trip = applied.trip,
            Err(problem) => problems.push(problem),
        }
    }
    let facts: Facts = page.add.iter().map(|listing| (listing.id.clone(), PlaceFacts::of(listing))).collect();
    let mut nights = Vec::new();
    for bed in &beds {
        let Some(night) = night_for(&trip, &Where::Listing(bed.id.clone()), &facts, &nights) else {
            let (beds, days) = (beds.len(), beds.len() + 1);
            let (zh, en) = (
                format!("选了{beds}处住宿，要有{days}天才住得过来；把天数改成{days}，或者少选几处"),
                format!("{beds} places to sleep need {days} days; make it {days} days, or choose fewer of them"),
            );
            problems.push(Problem::new("days", "too_few", zh, en));
            break;
        };
        nights.push(night);
        match trip.apply(&wishes::add(bed, night, &trip)) {
            Ok(applied) => trip = applied.trip,
            Err(problem) => problems.push(problem),
        }
    }
    let facts = trips::facts_of(app, &listings_of(&trip)).await?;
    let gone = trip.places().filter_map(|place| match place {
        Where::Listing(id) if !facts.contains_key(id) => {
            Some(Problem::new("add", "vanished", "有一站已不在目录里", "a stop is no longer in the catalogue"))
        }
        _ => None,
    });
    problems.extend(gone.take(1));
    add_problems(&mut problems, &trip);
    Ok(if problems.is_empty() { Ok((trip, remarks)) } else { Err(problems) })
}

fn add_problems(problems: &mut Vec<Problem>, trip: &Trip) {
    for problem in trip.problems() {
        // What the form has said of a field is not said again.
        let problem = beside_field(problem);
        if !problems.iter().any(|known| known.field == problem.field) {
            problems.push(problem);
        }
    }
}

async fn facts_along(app: &App, route: &Listing) -> Result<Facts, Refusal> {
    Ok(trips::facts_of(app, &plan::stops_of(route)).await?)
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
