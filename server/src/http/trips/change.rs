//! How a trip is changed: what a form asks for, what is wrong with it, and what becomes of two who ask at once.

use app::href;
use app::views::{ConflictPage, Trouble};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use chrono::Utc;
use domain::time::{Timestamp, day_of};
use domain::trip::Edit;
use domain::{Problem, Text};

use super::device::{digest, fresh_name};
use super::form::Typed;
use super::{Answer, Refusal, Server, begin, finish, html, owned, page, see, sent_from_here, wishes, with_cookie};
use crate::error::ServiceError;
use crate::http::visitor::Visitor;
use crate::services::trips::{self, Changed, LARGEST_EDIT};
use crate::state::App;
use crate::store::{Done, StoredTrip};

/// What a form asks for.
async fn wish(app: &App, typed: &Typed, stored: &StoredTrip, now: Timestamp) -> Result<Result<Done, Vec<Problem>>, Refusal> {
    let today = day_of(now);
    let trip = &stored.trip;
    let edit = match (typed.get("edit"), typed.get("set")) {
        ("undo", _) => return Ok(Ok(Done::Undo)),
        ("redo", _) => return Ok(Ok(Done::Redo)),
        (json, _) if json.len() > LARGEST_EDIT => Err(wishes::unreadable()),
        (json, _) if !json.is_empty() => serde_json::from_str(json).map_err(|_| wishes::unreadable()),
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
        _ => Err(wishes::unreadable()),
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
pub(super) fn beside_field(problem: Problem) -> Problem {
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

pub async fn edit(State(app): Server, visitor: Visitor, Path(id): Path<String>, body: String) -> Response {
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
