//! The bureau decides about search: by the interface, with a preview, in everybody's sight, and for days only.

use std::time::{Duration, Instant};

use acceptance::{Page, Site, Visitor};
use chrono::{Days, NaiveDate, Utc};
use domain::search::Query;
use domain::time::day_of;
use serde_json::{Value, json};
use server::config::{Config, Secret};
use server::services;

const TOKEN: &str = "a-token-that-nobody-guesses";
const CURATION: &str = "/api/v1/bureau/curation";

async fn start() -> Site {
    Site::start(|config| config.bureau_token = Some(Secret::new(TOKEN))).await
}

fn bureau(site: &Site) -> Visitor {
    site.visitor().with("authorization", &format!("Bearer {TOKEN}"))
}

fn today() -> NaiveDate {
    day_of(Utc::now())
}

/// From today on, for a month.
fn decision(id: &str, json: Value) -> Value {
    let mut whole = json!({
        "id": id, "kind": "pin", "from": today(), "until": today() + Days::new(30), "reason": { "zh": "冬季推介", "en": "Winter promotion" },
    });
    json.as_object().unwrap().iter().for_each(|(name, value)| whole[name] = value.clone());
    whole
}

async fn put(site: &Site, decision: &Value) -> Page {
    bureau(site).send("PUT", &format!("{CURATION}/{}", decision["id"].as_str().unwrap()), decision).await
}

async fn search(site: &Site, query: &str) -> Value {
    site.visitor().get(&format!("/api/v1/search?per_page=100&{query}")).await.json()
}

fn ids(found: &Value) -> Vec<String> {
    found["hits"].as_array().unwrap().iter().map(|hit| hit["id"].as_str().unwrap().to_owned()).collect()
}

/// Checks an answer against the schema that the site gives for it.
async fn fits(site: &Site, schema: &str, value: &Value) {
    let described = site.visitor().get("/api/v1/openapi.json").await.json();
    let schema = json!({ "$ref": format!("#/components/schemas/{schema}"), "components": described["components"] });
    let validator = jsonschema::validator_for(&schema).expect("the schema is one");
    let errors: Vec<_> = validator.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{errors:?}");
}

#[tokio::test]
async fn without_a_token_there_is_nothing_and_without_the_right_one_no_answer() {
    let closed = Site::shared();
    let none = closed.visitor().get("/api/v1/nowhere").await;
    for path in [CURATION, "/api/v1/bureau/searches?month=2026-11", "/api/v1/bureau/curation/x", "/api/v1/bureau/nowhere"] {
        let page = bureau(closed).get(path).await;
        assert_eq!((page.status, &page.body), (404, &none.body), "{path}");
    }
    let open = start().await;
    for offered in ["Bearer wrong", "Bearer ", "Basic YTpi", &format!("Bearer {TOKEN}x"), TOKEN] {
        let page = open.visitor().with("authorization", offered).get(CURATION).await;
        assert_eq!((page.status, page.header("www-authenticate")), (401, "Bearer realm=\"bureau\""), "{offered}");
        assert_eq!(page.header("access-control-allow-origin"), "", "no page of another origin reads this");
    }
    assert_eq!(open.visitor().send("PUT", &format!("{CURATION}/x"), &json!({})).await.status, 401);
    let page = bureau(&open).get(CURATION).await;
    assert_eq!((page.status, page.header("cache-control"), page.body.as_str()), (200, "no-store", r#"{"entries":[]}"#));
}

#[tokio::test]
async fn a_pin_is_first_at_once_says_why_everywhere_and_goes_when_it_is_ended() {
    let site = start().await;
    let page = async |path: &str| site.visitor().get(path).await;
    let before = search(&site, "q=古镇").await;
    assert!(!page("/search?q=古镇").await.body.contains("冬季推介"), "and these answers are in memory now");
    assert!(page("/search/how").await.body.contains("今天没有推荐"));

    let made = put(&site, &decision("pin-1", json!({ "query": "古镇", "listings": ["pl-002"] }))).await;
    assert_eq!((made.status, made.header("etag")), (201, "\"1\""), "{}", made.body);
    fits(&site, "Decision", &made.json()).await;
    let after = search(&site, "q=古镇").await;
    fits(&site, "Found", &after).await;
    let first = &after["hits"][0];
    assert_eq!((first["id"].as_str(), first["pinned"]["reason"].as_str()), (Some("pl-002"), Some("冬季推介")), "{first}");
    assert_eq!(first["pinned"]["until"], json!(today() + Days::new(30)));
    assert!(after["hits"][1]["pinned"].is_null());
    assert_eq!(after["total"].as_u64(), before["total"].as_u64().map(|total| total + 1), "what was added is counted");

    let zh = page("/search?q=古镇").await;
    assert!(zh.texts(".card__reason--pinned")[0].starts_with("推荐：冬季推介"), "{:?}", zh.texts(".card__reason"));
    let en = page("/en/search?q=古镇&kind=place").await;
    assert!(en.text(".card__reason--pinned").starts_with("Recommended: Winter promotion"));
    let how = page("/search/how").await;
    assert!(how.texts(".decisions li")[0].contains("冬季推介"), "{:?}", how.texts("li"));
    assert!(page("/en/search/how").await.texts(".decisions li")[0].contains("Reason: Winter promotion"));

    // each count is what choosing it finds
    for facet in ["kind", "county", "month"] {
        for value in after["facets"][facet].as_array().unwrap() {
            let chosen = search(&site, &format!("q=古镇&{facet}={}", value["value"].as_str().unwrap())).await;
            assert_eq!(chosen["total"], value["count"], "{facet} {value}");
        }
    }

    let ended = bureau(&site).with("if-match", "\"1\"").send("DELETE", &format!("{CURATION}/pin-1"), &Value::Null).await;
    assert_eq!(ended.status, 200, "{}", ended.body);
    assert_eq!(ids(&search(&site, "q=古镇").await), ids(&before));
    assert!(!page("/search?q=古镇").await.body.contains("冬季推介"));
    let record = bureau(&site).get(&format!("{CURATION}/pin-1")).await.json();
    let changes: Vec<_> = record["history"].as_array().unwrap().iter().map(|past| past["change"].as_str().unwrap()).collect();
    assert_eq!(changes, ["put", "ended"], "it stays on record");
}

#[tokio::test]
async fn a_pin_appears_and_disappears_by_the_day() {
    let site = start().await;
    let from = today() + Days::new(3);
    let pin = decision("pin-1", json!({ "query": "古镇", "listings": ["pl-002"], "from": from, "until": from + Days::new(2) }));
    assert_eq!(put(&site, &pin).await.status, 201);
    let first_on = async |day: NaiveDate| {
        let query = Query { text: "古镇".into(), ..Query::default() };
        let found = services::search::find(&site.app, &query, day).await.unwrap();
        found.hits[0].listing.id.as_str() == "pl-002" && found.hits[0].pinned.is_some()
    };
    let mut seen = Vec::new();
    for later in 2..=5 {
        seen.push(first_on(today() + Days::new(later)).await);
    }
    assert_eq!(seen, [false, true, true, false]);
    assert!(search(&site, "q=古镇").await["hits"][0]["pinned"].is_null(), "and today it is not there");
}

#[tokio::test]
async fn writing_is_safe_to_repeat_and_never_overwrites_what_was_not_read() {
    let site = start().await;
    let pin = decision("pin-1", json!({ "query": "古镇", "listings": ["pl-002"] }));
    assert_eq!(put(&site, &pin).await.status, 201);
    let again = put(&site, &pin).await;
    assert_eq!((again.status, again.header("etag")), (200, "\"1\""), "the same again is no change");
    let other = decision("pin-1", json!({ "query": "古镇", "listings": ["pl-003"] }));
    assert_eq!(put(&site, &other).await.status, 428);
    let path = format!("{CURATION}/pin-1");
    assert_eq!(bureau(&site).with("if-match", "\"7\"").send("PUT", &path, &other).await.status, 412);
    let changed = bureau(&site).with("if-match", "\"1\"").send("PUT", &path, &other).await;
    assert_eq!((changed.status, changed.header("etag")), (200, "\"2\""));
    let clash = put(&site, &decision("pin-2", json!({ "query": "古镇", "listings": ["pl-005"] }))).await;
    assert_eq!((clash.status, clash.json()["code"].as_str()), (409, Some("conflict")), "{}", clash.body);
    let wrong =
        put(&site, &decision("pin-3", json!({ "query": "古镇", "reason": { "zh": "电话13812345678" }, "listings": [] }))).await;
    let fields: Vec<_> =
        wrong.json()["problems"].as_array().unwrap().iter().map(|it| it["field"].as_str().unwrap().to_owned()).collect();
    assert_eq!((wrong.status, fields), (400, vec!["listings".to_owned(), "reason".to_owned()]));
    let misspelt = put(&site, &decision("pin-4", json!({ "query": "古镇", "listings": ["pl-002"], "until_day": "x" }))).await;
    assert_eq!(misspelt.status, 400);
    assert_eq!(bureau(&site).send("DELETE", &format!("{CURATION}/nothing"), &Value::Null).await.status, 404);
    fits(&site, "Decisions", &bureau(&site).get(CURATION).await.json()).await;
}

#[tokio::test]
async fn what_is_hidden_keeps_its_page_and_its_name() {
    let site = start().await;
    let before = search(&site, "q=石峰").await;
    assert!(ids(&before).contains(&"pl-002".to_owned()));
    let hide = decision("hide-1", json!({ "kind": "hide", "listings": ["pl-002"], "reason": { "zh": "停业整修" } }));
    assert_eq!(put(&site, &hide).await.status, 201);
    let after = search(&site, "q=石峰").await;
    assert!(!ids(&after).contains(&"pl-002".to_owned()));
    assert_eq!(after["total"].as_u64(), before["total"].as_u64().map(|total| total - 1));
    assert_eq!(site.visitor().get("/places/wulingyuan").await.status, 200, "its own page stands");
    let by_name = search(&site, "q=Wulingyuan Scenic Area").await;
    assert_eq!(by_name["hits"][0]["id"], "pl-002", "and its whole name finds it");
    assert!(site.visitor().get("/search/how").await.body.contains("停业整修"), "and everybody may read why");
}

#[tokio::test]
async fn a_preview_shows_what_would_change_and_changes_nothing() {
    let site = start().await;
    let pin = decision("pin-1", json!({ "query": "古镇", "listings": ["pl-002"], "position": 2 }));
    let asked = json!({ "entry": pin, "queries": ["凤凰", "千年古镇"] });
    let nobody = json!({ "entry": decision("pin-2", json!({ "query": "古镇", "listings": ["no-such", "pl-002"] })) });
    let told = bureau(&site).send("POST", "/api/v1/bureau/preview", &nobody).await.json();
    assert_eq!((&told["missing"], &told["conflict"]), (&json!(["no-such"]), &Value::Null));
    let preview = bureau(&site).send("POST", "/api/v1/bureau/preview", &asked).await;
    assert_eq!(preview.status, 200, "{}", preview.body);
    fits(&site, "Preview", &preview.json()).await;
    let tried = preview.json()["searches"].as_array().unwrap().clone();
    let of = |query: &str| tried.iter().find(|it| it["query"] == query).unwrap_or_else(|| panic!("{query}: {tried:?}"));
    assert_eq!(of("凤凰")["entered"], json!([]), "it is not for these words");
    assert_eq!(of("古镇")["entered"], json!([{ "id": "pl-002", "position": 2 }]), "what it is written for is tried by itself");
    assert!(of("千年古镇")["after"].as_array().unwrap().contains(&json!("pl-002")));
    assert_eq!(bureau(&site).get(CURATION).await.body, r#"{"entries":[]}"#);
    assert!(search(&site, "q=古镇").await["hits"][1]["pinned"].is_null());
}

#[tokio::test]
async fn another_server_follows_within_seconds() {
    let Some(database) = server::store::testing::TestDatabase::postgres().await else {
        println!("skipped: XIAOXIANG_TEST_POSTGRES=skip");
        return;
    };
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let config = |folder: &tempfile::TempDir| Config {
        database_url: database.url.clone(),
        bureau_token: Some(Secret::new(TOKEN)),
        ..Config::for_tests(folder.path().to_owned())
    };
    let (here, there) = (Site::over(config(&one)).await, Site::over(config(&two)).await);
    there.visitor().get("/search?q=古镇").await;
    assert_eq!(put(&here, &decision("pin-1", json!({ "query": "古镇", "listings": ["pl-002"] }))).await.status, 201);
    let deadline = Instant::now() + Duration::from_secs(60);
    while !there.visitor().get("/search?q=古镇").await.body.contains("冬季推介") {
        assert!(Instant::now() < deadline, "the other server hears of it");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}
