//! A trip on paper and as files.

use app::trips::form::Typed;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use chrono::Utc;
use domain::navigation::encode;
use domain::trip::export::{Sheet, gpx, ics, kml};

use super::{Answer, Refusal, html};
use crate::http::page_cache::Page;
use crate::http::visitor::Visitor;
use crate::services::trips;
use crate::state::App;
use crate::store::StoredTrip;

/// `back` is where the trip itself is. What an organisation needs for its accounts is on the sheet only `for_planners`.
pub async fn print(app: &App, visitor: &Visitor, stored: StoredTrip, back: &str, for_planners: bool) -> Answer {
    let group = stored.trip.group.clone().filter(|_| for_planners);
    let plan = trips::plan(app, stored.trip, visitor.lang, Utc::now()).await?;
    Ok(html(visitor, app::pages::trip::print::render(&visitor.chrome(app), &plan, back, group.as_ref())))
}

/// `trip.ics`, `trip.gpx`, `trip.kml`; with `day=2` of one day.
pub async fn file(app: &App, visitor: &Visitor, stored: StoredTrip, name: &str) -> Answer {
    type Write = fn(&Sheet) -> String;
    let (content_type, ending, write): (_, _, Write) = match name {
        "trip.ics" => ("text/calendar; charset=utf-8", "ics", ics),
        "trip.gpx" => ("application/gpx+xml", "gpx", gpx),
        "trip.kml" => ("application/vnd.google-earth.kml+xml", "kml", kml),
        _ => return Err(Refusal::Missing),
    };
    let query = visitor.path.split_once('?').map_or("", |(_, query)| query);
    let asked = Typed::read(query);
    let day = match asked.get("day") {
        "" => None,
        text => {
            let day = text.parse::<usize>().ok().and_then(|day| day.checked_sub(1));
            Some(day.filter(|day| *day < stored.trip.days.len()).ok_or(Refusal::Missing)?)
        }
    };
    let (facts, days) = trips::times(app, &stored.trip).await?;
    // Calendars count from 0, and no trip is changed four thousand million times.
    let revision = u32::try_from(stored.version - 1).unwrap_or(u32::MAX);
    let sheet = Sheet {
        trip: &stored.trip,
        days: &days,
        facts: &facts,
        lang: visitor.lang,
        id: &stored.id,
        revision,
        changed: stored.changed_at,
        day,
    };
    let part = day.map_or_else(String::new, |day| format!("-{}", day + 1));
    Ok(download(
        visitor,
        content_type,
        write(&sheet),
        &format!("trip{part}.{ending}"),
        &format!("{}{part}.{ending}", stored.trip.title),
    ))
}

fn download(visitor: &Visitor, content_type: &'static str, text: String, plain: &str, name: &str) -> Response {
    let mut headers = visitor.headers.clone();
    headers.remove(header::IF_NONE_MATCH);
    let mut response = Page::fleeting(content_type, text).answer(&headers);
    let name: String = name.chars().filter(|c| !c.is_control() && !"/\\:*?\"<>|".contains(*c)).collect();
    let saved_as = format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{}", encode(&name));
    if let Ok(saved_as) = HeaderValue::from_str(&saved_as) {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, saved_as);
    }
    response
}
