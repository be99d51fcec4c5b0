//! How a trip is changed: what a form asks for, what is wrong with it, and what becomes of two who ask at once.

use app::href;
use app::trips::change;
use app::trips::form::Typed;
use app::views::{ConflictPage, Late};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use chrono::Utc;

use super::device::{digest, fresh_name};
use super::late::{self, arrived, late_of};
use super::{Answer, Refusal, Server, finish, html, owned, page, see, sent_from_here, with_cookie};
use crate::http::visitor::Visitor;
use crate::services::trips::{self, Changed};
use crate::state::App;
use crate::store::{Done, StoredTrip};

pub async fn edit(State(app): Server, visitor: Visitor, Path(id): Path<String>, body: String) -> Response {
    let visitor = visitor.at(format!("/trips/{id}"));
    let answer = async {
        sent_from_here(&app, &visitor)?;
        let now = Utc::now();
        let (stored, device) = owned(&app, &visitor, &id).await?;
        let typed = Typed::read(&body);
        // The whole form names the wish: the same button twice is one wish, two buttons of one page are two.
        let key = digest(&body)[..32].to_owned();
        let there = |done: Option<&Done>| href::trip(visitor.lang, &id, &change::anchor(&typed, done, &stored.trip));
        let late = late_of(&visitor.headers);
        let done_at = |version: i64, done: Option<&Done>| late.map_or_else(|| see(&there(done)), |_| arrived(version));
        if let Some(recent) = stored.recent.iter().find(|recent| recent.key == key) {
            return Ok(done_at(recent.version, None));
        }
        let done = match trips::wish(&app, &typed, &stored.trip, now).await? {
            Ok(done) if change::is_nothing(&done) => return Ok(done_at(stored.version, None)),
            Ok(done) => done,
            Err(mut problems) if late.is_some() && !problems.is_empty() => {
                let problem = problems.swap_remove(0);
                return late::refused(&app, &visitor, late, &stored, &typed, None, problem).await;
            }
            Err(problems) => return page(&app, &visitor, stored, Some(change::trouble(typed, problems)), now).await,
        };
        let version = typed.get("version").parse().unwrap_or(0);
        match trips::change(&app, &id, version, &key, &done, now).await?.ok_or(Refusal::Missing)? {
            Changed::Yes(next) => Ok(with_cookie(done_at(next.version, Some(&done)), &app, &device)),
            Changed::Already(stored) => Ok(done_at(stored.version, None)),
            Changed::Refused(problem) if late.is_some() => {
                late::refused(&app, &visitor, late, &stored, &typed, Some(done), problem).await
            }
            Changed::Refused(problem) => page(&app, &visitor, stored, Some(change::trouble(typed, vec![problem])), now).await,
            Changed::Conflict(now_there) => conflict(&app, &visitor, now_there, version, done, late).await,
        }
    };
    finish(&app, &visitor, answer.await)
}

/// Both changes are shown; the later one is a button away from being made too.
async fn conflict(app: &App, visitor: &Visitor, stored: StoredTrip, version: i64, done: Done, late: Option<Late>) -> Answer {
    let ids = change::named_in_conflict(&stored, version, Some(&done));
    let facts = trips::facts_of(app, &ids).await?;
    let view = ConflictPage { late, ..change::conflict(&stored, version, done, &facts, fresh_name()) };
    let mut response = html(visitor, app::pages::trip::conflict::render(&visitor.chrome(app), &view));
    *response.status_mut() = StatusCode::CONFLICT;
    Ok(response)
}
