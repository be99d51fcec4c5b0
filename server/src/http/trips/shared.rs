//! A trip through a link: to look at, to copy, and where its owner lets others, to change.

use app::href;
use app::views::SharedTripPage;
use axum::extract::{Path, State};
use axum::response::Response;
use chrono::Utc;

use super::device::{Device, fresh_name, is_name};
use super::{Refusal, Server, files, finish, html, keep, link_of, may_make_one, see, sent_from_here, with_cookie};
use crate::http::visitor::Visitor;
use crate::services::trips;
use crate::state::App;
use crate::store::{Share, StoredTrip};

/// What has ended and what never was look the same.
pub(super) async fn open(app: &App, token: &str) -> Result<(Share, StoredTrip), Refusal> {
    if !is_name(token) {
        return Err(Refusal::Ended);
    }
    let share = app.store.share(token, Utc::now()).await?.ok_or(Refusal::Ended)?;
    let stored = app.store.trip(&share.trip_id).await?.ok_or(Refusal::Ended)?;
    Ok((share, stored))
}

pub async fn show(State(app): Server, visitor: Visitor, Path(token): Path<String>) -> Response {
    let answer = async {
        let (share, stored) = open(&app, &token).await?;
        let plan = trips::plan(&app, stored.trip, visitor.lang, Utc::now()).await?;
        let view = SharedTripPage { link: link_of(share), plan };
        Ok(html(&visitor, app::pages::trip::shared::render(&visitor.chrome(&app), &view)))
    };
    finish(&app, &visitor, answer.await)
}

/// Where a form was sent, a reader may come back to.
pub async fn back(State(app): Server, visitor: Visitor, Path(token): Path<String>) -> Response {
    finish(&app, &visitor, Ok(see(&href::shared_trip(visitor.lang, &token, ""))))
}

pub async fn copy(State(app): Server, visitor: Visitor, Path(token): Path<String>) -> Response {
    let answer = async {
        sent_from_here(&app, &visitor)?;
        may_make_one(&app, &visitor)?;
        let (_, stored) = open(&app, &token).await?;
        let mut trip = stored.trip;
        // An invoice is somebody's.
        if let Some(group) = &mut trip.group {
            (group.invoice_name, group.invoice_code) = (None, None);
        }
        keep(&app, &visitor, fresh_name(), trip, "", Utc::now()).await
    };
    finish(&app, &visitor, answer.await)
}

pub async fn join(State(app): Server, visitor: Visitor, Path(token): Path<String>) -> Response {
    let answer = async {
        sent_from_here(&app, &visitor)?;
        let (share, stored) = open(&app, &token).await?;
        if !share.edits {
            return Err(Refusal::NotYours);
        }
        let device = Device::of(&visitor.headers).unwrap_or_else(Device::new);
        // The link may have been taken back since it was looked at, or the trip be gone.
        if !app.store.join_trip(&share, &device.hash(), Utc::now()).await? {
            return Err(Refusal::Ended);
        }
        Ok(with_cookie(see(&href::trip(visitor.lang, &stored.id, "")), &app, &device))
    };
    finish(&app, &visitor, answer.await)
}

pub async fn print(State(app): Server, visitor: Visitor, Path(token): Path<String>) -> Response {
    let answer = async {
        let (_, stored) = open(&app, &token).await?;
        files::print(&app, &visitor, stored, &href::shared_trip(visitor.lang, &token, ""), false).await
    };
    finish(&app, &visitor, answer.await)
}

pub async fn file(State(app): Server, visitor: Visitor, Path((token, file)): Path<(String, String)>) -> Response {
    let answer = async {
        let (_, stored) = open(&app, &token).await?;
        files::file(&app, &visitor, stored, &file).await
    };
    finish(&app, &visitor, answer.await)
}
