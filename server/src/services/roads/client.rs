//! Asking for a table of ways, in the language of OSRM (`/table/v1`) or of Valhalla (`/sources_to_targets`).

use std::fmt::{Display, Write};
use std::ops::Range;

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use domain::trip::travel::{Corner, Road};
use hyper_util::rt::TokioIo;
use serde::Deserialize;
use serde_json::json;
use tokio::net::TcpStream;

use crate::config::{Dialect, Routing};

/// A hundred places make some 200 kB.
const LARGEST_ANSWER: usize = 8 << 20;
/// A road further than this from the place leads somewhere else, in metres.
const NEAR_ROAD_M: f64 = 5_000.0;
/// Longer than any way in the province, by far.
const LONGEST_S: f64 = 48.0 * 3600.0;
const LONGEST_M: f64 = 3_000_000.0;

#[derive(Debug, PartialEq)]
pub enum Trouble {
    /// It works, and does not answer this question.
    Refused(String),
    /// It does not work, or is something else.
    Failed(String),
}

fn failed(why: impl Display) -> Trouble {
    Trouble::Failed(why.to_string())
}

/// From each place that one leaves a row to each that one goes to; none where there is no road.
pub type Table = Vec<Vec<Option<Road>>>;

/// `from` and `to` are the same places, or have none in common.
pub async fn ask(routing: &Routing, from: &[Corner], to: &[Corner]) -> Result<Table, Trouble> {
    let request = match routing.dialect {
        Dialect::Osrm => osrm_request(routing, from, to),
        Dialect::Valhalla => valhalla_request(routing, from, to),
    };
    let stream = TcpStream::connect((routing.host.as_str(), routing.port)).await.map_err(failed)?;
    let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream)).await.map_err(failed)?;
    // It ends with the answer, or when nobody waits for that any more.
    tokio::spawn(connection);
    let response = sender.send_request(request.map_err(failed)?).await.map_err(failed)?;
    let status = response.status();
    let answer = to_bytes(Body::new(response.into_body()), LARGEST_ANSWER).await.map_err(failed)?;
    match status {
        StatusCode::OK => read(routing.dialect, &answer, (from.len(), to.len())),
        // Both say so what they cannot do, with a reason in the body.
        StatusCode::BAD_REQUEST => Err(Trouble::Refused(String::from_utf8_lossy(&answer[..answer.len().min(200)]).into_owned())),
        other => Err(failed(other)),
    }
}

fn head(routing: &Routing, path: &str) -> axum::http::request::Builder {
    let host = if routing.host.contains(':') { format!("[{}]", routing.host) } else { routing.host.clone() };
    Request::builder()
        .uri(format!("{}{path}", routing.path))
        .header(header::HOST, format!("{host}:{}", routing.port))
        .header(header::CONNECTION, "close")
        .header(header::USER_AGENT, "xiaoxiang")
}

fn osrm_request(routing: &Routing, from: &[Corner], to: &[Corner]) -> axum::http::Result<Request<Body>> {
    let mut path = "/table/v1/driving/".to_owned();
    let others = if from == to { &[] } else { to };
    for (index, place) in from.iter().chain(others).map(|place| place.point()).enumerate() {
        let comma = if index > 0 { ";" } else { "" };
        let _ = write!(path, "{comma}{:.4},{:.4}", place.lon, place.lat);
    }
    path.push_str("?annotations=duration,distance");
    if !others.is_empty() {
        let list = |range: Range<usize>| range.map(|index| index.to_string()).collect::<Vec<_>>().join(";");
        let (sources, targets) = (list(0..from.len()), list(from.len()..from.len() + others.len()));
        let _ = write!(path, "&sources={sources}&destinations={targets}");
    }
    head(routing, &path).body(Body::empty())
}

fn valhalla_request(routing: &Routing, from: &[Corner], to: &[Corner]) -> axum::http::Result<Request<Body>> {
    let places = |corners: &[Corner]| -> Vec<_> {
        corners.iter().map(|place| json!({"lat": place.point().lat, "lon": place.point().lon})).collect()
    };
    let question = json!({"sources": places(from), "targets": places(to), "costing": "auto", "units": "kilometers"});
    head(routing, "/sources_to_targets")
        .method("POST")
        .header(header::CONTENT_TYPE, "application/json")
        .body(Body::from(question.to_string()))
}

#[derive(Deserialize)]
struct OsrmTable {
    durations: Vec<Vec<Option<f64>>>,
    distances: Vec<Vec<Option<f64>>>,
    #[serde(default)]
    sources: Vec<OsrmPlace>,
    #[serde(default)]
    destinations: Vec<OsrmPlace>,
}

/// Where a place was put onto the network, and how far that is from it, in metres.
#[derive(Deserialize)]
struct OsrmPlace {
    #[serde(default)]
    distance: f64,
}

#[derive(Deserialize)]
struct ValhallaTable {
    sources_to_targets: Vec<Vec<ValhallaWay>>,
}

/// Seconds and kilometres.
#[derive(Deserialize)]
struct ValhallaWay {
    time: Option<f64>,
    distance: Option<f64>,
}

fn read(dialect: Dialect, answer: &[u8], (rows, columns): (usize, usize)) -> Result<Table, Trouble> {
    let table: Table = match dialect {
        Dialect::Osrm => {
            let told: OsrmTable = serde_json::from_slice(answer).map_err(failed)?;
            let off = |places: &[OsrmPlace], index: usize| places.get(index).is_some_and(|place| place.distance > NEAR_ROAD_M);
            let off = |from: usize, to: usize| off(&told.sources, from) || off(&told.destinations, to);
            let rows = told.durations.into_iter().zip(told.distances).enumerate().map(|(from, (seconds, metres))| {
                let ways = seconds.into_iter().zip(metres).enumerate();
                ways.map(|(to, (s, m))| if off(from, to) { None } else { road(s, m) }).collect()
            });
            rows.collect()
        }
        Dialect::Valhalla => {
            let told: ValhallaTable = serde_json::from_slice(answer).map_err(failed)?;
            let way = |way: ValhallaWay| road(way.time, way.distance.map(|km| km * 1000.0));
            told.sources_to_targets.into_iter().map(|row| row.into_iter().map(way).collect()).collect()
        }
    };
    let is_whole = table.len() == rows && table.iter().all(|row| row.len() == columns);
    if is_whole { Ok(table) } else { Err(failed("the table has not as many rows and columns as places were asked for")) }
}

fn road(seconds: Option<f64>, metres: Option<f64>) -> Option<Road> {
    let (seconds, metres) = (seconds?, metres?);
    let can_be = (0.0..=LONGEST_S).contains(&seconds) && (0.0..=LONGEST_M).contains(&metres);
    can_be.then_some(Road { seconds: seconds.round() as u32, metres: metres.round() as u32 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_read_with_their_gaps() {
        let osrm = br#"{"code":"Ok","durations":[[0,600.4,null],[610,0,30],[null,31,0]],"distances":[[0,9000.2,null],[9100,0,400],[null,400,0]],
            "sources":[{"distance":12.0},{"distance":3},{"distance":9000}],"destinations":[{"distance":12.0},{"distance":3},{"distance":9000}]}"#;
        let table = read(Dialect::Osrm, osrm, (3, 3)).unwrap();
        assert_eq!(table[0][1], Some(Road { seconds: 600, metres: 9000 }));
        assert_eq!((table[0][2], table[1][2]), (None, None), "no road, and one that starts nine kilometres away");
        let valhalla = br#"{"sources_to_targets":[[{"distance":0,"time":0},{"distance":9.1,"time":605}],
            [{"distance":null,"time":null},{"distance":0,"time":0}]],"units":"kilometers"}"#;
        let table = read(Dialect::Valhalla, valhalla, (2, 2)).unwrap();
        assert_eq!((table[0][1], table[1][0]), (Some(Road { seconds: 605, metres: 9100 }), None));
    }

    #[test]
    fn what_is_no_table_of_these_places_is_a_failure() {
        for answer in [
            "",
            "<html>",
            "{}",
            "[]",
            r#"{"durations":[[0]],"distances":[[0]]}"#,
            r#"{"durations":[[0,1],[1]],"distances":[[0,1],[1]]}"#,
        ] {
            assert!(matches!(read(Dialect::Osrm, answer.as_bytes(), (2, 2)), Err(Trouble::Failed(_))), "{answer}");
        }
        let endless = r#"{"durations":[[0,-5],[1e300,0]],"distances":[[0,5],[5,0]]}"#;
        let table = read(Dialect::Osrm, endless.as_bytes(), (2, 2)).unwrap();
        assert_eq!((table[0][1], table[1][0]), (None, None), "no time is below zero or endless");
    }
}
