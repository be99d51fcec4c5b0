//! Times on the road from a routing service, and what becomes of pages when it is slow, broken or wrong.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use serde_json::json;
use server::config::{Dialect, Routing};

use super::*;

const FENGHUANG: &str = r#"{"lat":27.95,"lon":109.6,"accuracy_m":10}"#;
const JISHOU: &str = r#"{"lat":28.31,"lon":109.74,"accuracy_m":10}"#;
const OSRM: &str = r#"{"code":"Ok","durations":[[0,4620],[4500,0]],"distances":[[0,55300],[55100,0]]}"#;
const VALHALLA: &str = r#"{"sources_to_targets":[[{"time":0,"distance":0},{"time":4620,"distance":55.3}],
    [{"time":4500,"distance":55.1},{"time":0,"distance":0}]],"units":"kilometers"}"#;

#[derive(Clone, Copy)]
enum Mood {
    Says(StatusCode, &'static str),
    /// As `Says`, after so many milliseconds.
    Thinks(u64, &'static str),
    /// As Valhalla comes: no table with two places farther apart than this many kilometres.
    NoFarther(f64),
    Never,
    /// Two hours and 150 km, wherever one goes; by OSRM.
    Anywhere,
}

/// A routing service with a mood, and all it was asked.
struct Service {
    routing: Routing,
    asked: Arc<AtomicUsize>,
    questions: Arc<std::sync::Mutex<Vec<String>>>,
}

impl Service {
    async fn start(dialect: Dialect, mood: Mood) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let (asked, questions) = (Arc::new(AtomicUsize::new(0)), Arc::new(std::sync::Mutex::new(vec![])));
        let (counter, book) = (asked.clone(), questions.clone());
        let answer = move |uri: Uri, body: String| {
            counter.fetch_add(1, Ordering::SeqCst);
            book.lock().unwrap().push(format!("{uri} {body}"));
            async move {
                match mood {
                    Mood::Says(status, text) => (status, text).into_response(),
                    Mood::Thinks(millis, text) => {
                        tokio::time::sleep(Duration::from_millis(millis)).await;
                        text.into_response()
                    }
                    Mood::Anywhere => {
                        let places = uri.path().matches(';').count() + 1;
                        let table = |length: u32| vec![vec![length; places]; places];
                        json!({ "code": "Ok", "durations": table(7200), "distances": table(150_000) }).to_string().into_response()
                    }
                    Mood::NoFarther(km) => table(&body, km),
                    Mood::Never => std::future::pending::<Response>().await,
                }
            }
        };
        tokio::spawn(async move { axum::serve(listener, axum::Router::new().fallback(answer)).await });
        let routing = Routing { dialect, host: "127.0.0.1".to_owned(), port, path: "/roads".to_owned() };
        Self { routing, asked, questions }
    }

    fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }
}

/// A day from Fenghuang to Jishou, on a site that asks `routing`.
async fn day_out(routing: &Routing) -> (Site, Browser, String) {
    let routing = routing.clone();
    let site = Site::start(|config| config.routing = Some(routing)).await;
    let mut browser = Browser { visitor: site.visitor(), cookie: None };
    let address = empty_day(&mut browser).await;
    add_stops(&mut browser, &address, &[(2, "吉首", JISHOU), (1, "凤凰", FENGHUANG)]).await;
    (site, browser, address)
}

/// The address of a new trip of one day.
async fn empty_day(browser: &mut Browser) -> String {
    let form = browser.get("/trips/new").await;
    let (action, mut fields) = form.form(".form--page").unwrap();
    fields.retain(|(name, _)| !["choose", "days", "start"].contains(&name.as_str()));
    fields.push(("days".to_owned(), "1".to_owned()));
    let made = browser.post(&action, &fields).await;
    assert_eq!(made.status, 303, "{}", made.body);
    made.header("location").to_owned()
}

/// Each at the beginning of the first day.
async fn add_stops(browser: &mut Browser, address: &str, stops: &[(u32, &str, &str)]) {
    for (number, name, position) in stops {
        let edit = format!(
            r#"{{"edit":"add_visit","day":0,"index":0,"visit":{{"id":{number},"stay_min":60,"at":{{"own":{{"name":{{"zh":"{name}"}},"position":{position}}}}}}}}}"#
        );
        let page = browser.get(address).await;
        assert_eq!(browser.send(&page, ".trip__undo", &[("edit", &edit)]).await.status, 303);
    }
}

const ON_ROADS: &str = "路上77分钟、55公里（按道路算出，不含堵车）";

#[tokio::test]
async fn times_come_from_the_roads_and_say_so_on_the_page_and_in_files() {
    for (dialect, answer) in [(Dialect::Osrm, OSRM), (Dialect::Valhalla, VALHALLA)] {
        let service = Service::start(dialect, Mood::Says(StatusCode::OK, answer)).await;
        let (_site, browser, address) = day_out(&service.routing).await;
        let page = browser.get(&address).await;
        assert!(page.text("#stop-2").starts_with(ON_ROADS), "{}", page.text("#stop-2"));
        assert!(page.text(".trip__head").contains("按道路算出"), "{}", page.text(".trip__head"));
        let english = browser.get(&format!("/en{address}")).await;
        assert!(english.text("#stop-2").starts_with("77 min, 55 km on the way (worked out on the roads"), "{}", english.body);
        for file in ["trip.gpx", "trip.kml"] {
            assert!(browser.get(&format!("{address}/{file}")).await.body.contains(ON_ROADS), "{file}");
        }
        assert_eq!(service.asked(), 1, "what is known is not asked for again");
        let question = service.questions.lock().unwrap()[0].clone();
        let wanted = match dialect {
            Dialect::Osrm => "/roads/table/v1/driving/109.6000,27.9500;109.7400,28.3100?annotations=duration,distance",
            Dialect::Valhalla => {
                r#"/roads/sources_to_targets {"costing":"auto","sources":[{"lat":27.95,"lon":109.6},{"lat":28.31,"lon":109.74}]"#
            }
        };
        assert!(question.starts_with(wanted), "{question}");
    }
}

#[tokio::test]
async fn by_train_nobody_asks_about_roads() {
    let service = Service::start(Dialect::Osrm, Mood::Says(StatusCode::OK, OSRM)).await;
    let (_site, mut browser, address) = day_out(&service.routing).await;
    let page = browser.get(&address).await;
    let asked = service.asked();
    let page = browser.send_and_follow(&page, "#settings .form", &[("transport", "transit")]).await;
    assert!(page.text("#stop-2").contains("（估算）"), "{}", page.text("#stop-2"));
    assert_eq!(service.asked(), asked);
}

#[tokio::test]
async fn whatever_the_service_does_there_is_a_page_with_estimates_and_it_is_asked_once() {
    const GAPS: &str = r#"{"code":"Ok","durations":[[0,null],[null,0]],"distances":[[0,null],[null,0]]}"#;
    const TOO_FAST: &str = r#"{"code":"Ok","durations":[[0,60],[60,0]],"distances":[[0,55300],[55300,0]]}"#;
    for mood in [
        Mood::Says(StatusCode::INTERNAL_SERVER_ERROR, "no"),
        Mood::Says(StatusCode::BAD_REQUEST, r#"{"code":"NoSegment"}"#),
        Mood::Says(StatusCode::OK, "<html>it works</html>"),
        Mood::Says(StatusCode::OK, r#"{"durations":[[0]],"distances":[[0]]}"#),
        Mood::Says(StatusCode::OK, GAPS),
        Mood::Says(StatusCode::OK, TOO_FAST),
        // A page that waits for this one never comes.
        Mood::Never,
    ] {
        let service = Service::start(Dialect::Osrm, mood).await;
        let (_site, browser, address) = day_out(&service.routing).await;
        for _ in 0..3 {
            let page = browser.get(&address).await;
            assert_eq!(page.status, 200);
            assert!(page.text("#stop-2").contains("（估算）"), "{}", page.text("#stop-2"));
            assert!(!page.text(".trip__head").contains("按道路算出"));
        }
        assert_eq!(service.asked(), 1);
    }
    let nobody = Routing { dialect: Dialect::Valhalla, host: "127.0.0.1".to_owned(), port: 1, path: String::new() };
    let (_site, browser, address) = day_out(&nobody).await;
    assert!(browser.get(&address).await.text("#stop-2").contains("（估算）"));
}

#[tokio::test]
async fn several_who_open_a_page_at_once_ask_once() {
    let service = Service::start(Dialect::Osrm, Mood::Thinks(300, OSRM)).await;
    let (_site, browser, address) = day_out(&service.routing).await;
    let (a, b, c) = tokio::join!(browser.get(&address), browser.get(&address), browser.get(&address));
    for page in [a, b, c] {
        assert!(page.text("#stop-2").starts_with(ON_ROADS), "{}", page.text("#stop-2"));
    }
    assert_eq!(service.asked(), 1);
}

#[tokio::test]
async fn whoever_chooses_stops_or_looks_for_another_one_goes_by_the_roads_too() {
    let service = Service::start(Dialect::Osrm, Mood::Anywhere).await;
    let (site, browser, address) = day_out(&service.routing).await;
    let places = || service.questions.lock().unwrap().last().unwrap().matches(';').count() + 1;
    assert_eq!((browser.get(&address).await.status, places()), (200, 2));
    let instead = browser.get(&format!("{address}/today?day=1&instead=2")).await;
    assert_eq!(instead.status, 200);
    assert!(places() > 2, "the ways to what could stand in");

    let visitor = Browser { visitor: site.visitor(), cookie: None };
    let task = visitor.visitor().post("/trips/new/task", &tasks::form(&visitor).await).await;
    let roads = serde_json::from_str::<serde_json::Value>(&task.body).unwrap()["roads"].clone();
    let roads = roads.as_array().unwrap();
    assert!(
        roads.len() > 10 && roads.iter().all(|way| way[2] == json!({ "seconds": 7200, "metres": 150_000 })),
        "{}",
        roads.len()
    );
}

/// An hour for every sixty kilometres as the crow flies.
fn table(question: &str, most_km: f64) -> Response {
    let question: serde_json::Value = serde_json::from_str(question).unwrap();
    let points = |name: &str| -> Vec<domain::geo::Point> {
        let read =
            |it: &serde_json::Value| domain::geo::Point { lat: it["lat"].as_f64().unwrap(), lon: it["lon"].as_f64().unwrap() };
        question[name].as_array().unwrap().iter().map(read).collect()
    };
    let (from, to) = (points("sources"), points("targets"));
    if from.iter().any(|from| to.iter().any(|to| from.km_to(*to) > most_km)) {
        return (StatusCode::BAD_REQUEST, r#"{"error_code":154,"error":"Path distance exceeds the max distance limit"}"#)
            .into_response();
    }
    let way = |from: &domain::geo::Point, to: &domain::geo::Point| {
        let km = from.km_to(*to) * 1.25;
        serde_json::json!({ "time": km * 60.0, "distance": km })
    };
    let rows: Vec<Vec<_>> = from.iter().map(|from| to.iter().map(|to| way(from, to)).collect()).collect();
    serde_json::json!({ "sources_to_targets": rows, "units": "kilometers" }).to_string().into_response()
}

#[tokio::test]
async fn a_stop_that_is_too_far_off_spoils_its_own_ways_only() {
    let service = Service::start(Dialect::Valhalla, Mood::NoFarther(400.0)).await;
    let (_site, mut browser, address) = day_out(&service.routing).await;
    let by_road = "（按道路算出，不含堵车）";
    assert!(browser.get(&address).await.text("#stop-2").contains(by_road));
    let asked = service.asked();
    // Yizhang, in the other corner of the province, and a village beside it.
    for (id, index, lat) in [(3, 2, "25.0"), (4, 3, "25.2")] {
        let stop = format!(
            r#"{{"edit":"add_visit","day":0,"index":{index},"visit":{{"id":{id},"stay_min":60,"at":{{"own":{{"name":{{"zh":"南边"}},"position":{{"lat":{lat},"lon":113.0,"accuracy_m":10}}}}}}}}}}"#
        );
        let page = browser.get(&address).await;
        assert_eq!(browser.send(&page, ".trip__undo", &[("edit", &stop)]).await.status, 303);
    }
    let page = browser.get(&address).await;
    let ways = [2, 3, 4].map(|stop| page.text(&format!("#stop-{stop}")).contains(by_road));
    assert_eq!(ways, [true, false, true], "each way that the service knows");
    let parts = service.asked() - asked;
    assert!(parts <= 15, "asked {parts} times");
    browser.get(&address).await;
    assert_eq!(service.asked(), asked + parts, "what was refused is not asked for again at once");
}

#[tokio::test]
async fn many_questions_at_once_wait_for_each_other_and_nobody_takes_that_for_a_failure() {
    let service = Service::start(Dialect::Osrm, Mood::Thinks(1_000, OSRM)).await;
    let routing = service.routing.clone();
    let site = Site::start(|config| config.routing = Some(routing)).await;
    let mut trips = vec![];
    for number in 0..8 {
        let mut browser = Browser { visitor: site.visitor(), cookie: None };
        let address = empty_day(&mut browser).await;
        let shift = f64::from(number) / 1_000.0;
        let place = |lat: f64, lon: f64| format!(r#"{{"lat":{},"lon":{lon},"accuracy_m":10}}"#, lat + shift);
        add_stops(&mut browser, &address, &[(2, "吉首", &place(28.31, 109.74)), (1, "凤凰", &place(27.95, 109.6))]).await;
        trips.push((browser.visitor(), address));
    }
    let looks = trips.iter().map(|(visitor, address)| {
        let (visitor, address) = (visitor.clone(), address.clone());
        tokio::spawn(async move { visitor.get(&address).await.status })
    });
    for look in looks.collect::<Vec<_>>() {
        assert_eq!(look.await.unwrap(), 200);
    }
    for (visitor, address) in &trips {
        let said = visitor.get(address).await.text("#stop-2");
        assert!(said.starts_with(ON_ROADS), "{said}");
    }
    assert_eq!(service.asked(), 8);
}
