//! A day of a trip as one lives it: today's, or another that is asked for.

use app::href;
use app::pages::trip::today::{day_asked, render};
use app::trips::form::Typed;
use app::views::{Change, Clockwork, Instead, TodayPage};
use axum::extract::{Path, State};
use axum::response::Response;
use chrono::Utc;
use domain::time::Timestamp;
use domain::trip::VisitId;

use super::device::fresh_name;
use super::{Answer, Refusal, Server, finish, html, owned, shared};
use crate::http::visitor::Visitor;
use crate::services::trips;
use crate::state::App;
use crate::store::StoredTrip;

pub async fn show(State(app): Server, visitor: Visitor, Path(id): Path<String>) -> Response {
    let answer = async {
        let (stored, _) = owned(&app, &visitor, &id).await?;
        let change = Change { id: id.clone(), version: stored.version, key: fresh_name() };
        day(&app, &visitor, stored, href::trip(visitor.lang, &id, ""), Some(change), Utc::now()).await
    };
    finish(&app, &visitor, answer.await)
}

pub async fn show_shared(State(app): Server, visitor: Visitor, Path(token): Path<String>) -> Response {
    let answer = async {
        let (_, stored) = shared::open(&app, &token).await?;
        day(&app, &visitor, stored, href::shared_trip(visitor.lang, &token, ""), None, Utc::now()).await
    };
    finish(&app, &visitor, answer.await)
}

/// `day=2` asks for a day; `instead=5` for what could stand in for a stop.
async fn day(app: &App, visitor: &Visitor, stored: StoredTrip, back: String, change: Option<Change>, now: Timestamp) -> Answer {
    let asked = Typed::read(visitor.path.split_once('?').map_or("", |(_, query)| query));
    let plan = trips::plan(app, stored.trip, visitor.lang, now).await?;
    let day = day_asked(&plan, asked.get("day"), now).ok_or(Refusal::Missing)?;
    let visit = asked.get("instead").parse().map(VisitId).ok();
    let visit = visit.filter(|id| change.is_some() && plan.trip.days[day].visits.iter().any(|visit| visit.id == *id));
    let instead = match visit {
        Some(visit) => Some(Instead { visit, places: trips::instead(app, &plan, day, visit, visitor.lang, now).await? }),
        None => None,
    };
    let view = TodayPage { back, change, plan, day, now, clock: Clockwork::Server, instead };
    Ok(html(visitor, render(&visitor.chrome(app), &view)))
}
