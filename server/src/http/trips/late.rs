//! Changes that were made where there was no signal. The device's worker sends them later: of each it hears that it is done, or it is
//! given the page on which its owner decides.

use app::trips::change;
use app::trips::form::Typed;
use app::views::{ConflictPage, Late};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use domain::trip::stored::{Done, StoredTrip};
use domain::{Problem, Text};

use super::device::fresh_name;
use super::{Answer, html};
use crate::http::visitor::Visitor;
use crate::services::trips;
use crate::state::App;

/// `17 3`: its number on the device, and how many wait behind it.
const UNSENT: &str = "x-unsent";

/// The version that a trip has with the change.
const TRIP_VERSION: &str = "x-trip-version";

pub fn late_of(headers: &HeaderMap) -> Option<Late> {
    let (number, behind) = headers.get(UNSENT)?.to_str().ok()?.split_once(' ')?;
    Some(Late { number: number.parse().ok()?, behind: behind.parse().ok()? })
}

/// What a worker is told instead of being led to a page.
pub fn arrived(version: i64) -> Response {
    (StatusCode::NO_CONTENT, [(TRIP_VERSION, HeaderValue::from(version))]).into_response()
}

/// It cannot be done on what the trip is by now. `done` is what was wanted, where that could be read.
pub async fn refused(
    app: &App,
    visitor: &Visitor,
    late: Option<Late>,
    stored: &StoredTrip,
    typed: &Typed,
    done: Option<Done>,
    problem: Problem,
) -> Answer {
    let version = typed.get("version").parse().unwrap_or(0);
    let ids = change::named_in_conflict(stored, version, done.as_ref());
    let facts = trips::facts_of(app, &ids).await?;
    let known = done.map(|done| change::conflict(stored, version, done, &facts, fresh_name()));
    let view = ConflictPage {
        late,
        refused: Some(problem),
        ..known.unwrap_or_else(|| ConflictPage {
            wanted: Text::new("一处修改", "a change"),
            ..change::conflict(stored, version, Done::Undo, &facts, fresh_name())
        })
    };
    let mut response = html(visitor, app::pages::trip::conflict::render(&visitor.chrome(app), &view));
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(response)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_late_says_its_number_and_what_waits_behind_it() {
        let of = |value: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(UNSENT, HeaderValue::from_static(value));
            late_of(&headers)
        };
        assert_eq!(of("17 3"), Some(Late { number: 17, behind: 3 }));
        for other in ["", "17", "17 -1", "a b", "17 3 5"] {
            assert_eq!(of(other), None, "{other}");
        }
    }
}
