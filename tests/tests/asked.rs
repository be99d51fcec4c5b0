//! What is remembered of a search, and what is not.

use acceptance::{Site, Visitor};
use chrono::{Days, Utc};
use domain::Lang;
use domain::search::asked::{Asked, Counted, Outcome, month_of};
use domain::time::day_of;
use server::config::{Config, Secret};
use server::services::asked;
use server::store::testing::on_each;
use server::store::{AskedRow, Remembered};

const TOKEN: &str = "a-token-that-nobody-guesses";

fn behind_a_proxy(config: &mut Config) {
    config.trusted_proxies = vec!["127.0.0.0/8".parse().unwrap()];
    config.bureau_token = Some(Secret::new(TOKEN));
}

/// Somebody at an address of their own.
fn visitor(site: &Site, number: u8) -> Visitor {
    site.visitor().with("x-forwarded-for", &format!("203.0.113.{number}"))
}

async fn remembered(site: &Site) -> Vec<Remembered> {
    site.app.asked.write_now().await;
    site.store().asked_in(month_of(day_of(Utc::now()))).await.unwrap()
}

fn shown(rows: &[Remembered]) -> Vec<(&str, &str, i64)> {
    rows.iter().map(|row| (row.county.as_str(), row.text.as_str(), row.tally.asked())).collect()
}

#[tokio::test]
async fn submitted_searches_count_from_memory_too_and_nothing_else_does() {
    let site = Site::start(behind_a_proxy).await;
    for number in 1..=3 {
        // the first is rendered, the others come from memory
        assert_eq!(visitor(&site, number).get("/search?q=凤凰").await.status, 200);
    }
    visitor(&site, 1).get("/search?q=凤凰").await;
    visitor(&site, 1).get("/search?q=凤凰&kind=place").await;
    visitor(&site, 4).get("/api/v1/search?q=鳳凰").await;
    visitor(&site, 5).get("/api/v1/search?q=鳳凰").await;
    visitor(&site, 6).get("/stays?q=民宿&county=433123").await;
    visitor(&site, 7).get("/en/search?q=无此地名xyz").await;

    visitor(&site, 8).get("/api/v1/suggest?q=凤凰").await;
    visitor(&site, 8).get("/search").await;
    visitor(&site, 8).get("/search?q=湘西&page=2").await;
    visitor(&site, 8).get("/search?q=找13812345678").await;
    visitor(&site, 8).get("/places/wulingyuan").await;
    visitor(&site, 9).with("dnt", "1").get("/search?q=凤凰").await;
    visitor(&site, 9).with("sec-gpc", "1").get("/api/v1/search?q=鳳凰").await;
    visitor(&site, 9).with("sec-purpose", "prefetch").get("/search?q=凤凰").await;

    let rows = remembered(&site).await;
    assert_eq!(shown(&rows), [("", "凤凰", 5), ("", "无此地名xyz", 1), ("433123", "民宿", 1)]);
    assert_eq!(rows[1].tally.none, 1);
    assert_eq!(rows[0].tally.good, 5);
}

#[tokio::test]
async fn turned_off_nothing_is_counted_and_the_privacy_page_says_so() {
    let site = Site::start(|config| config.remembers_searches = false).await;
    site.visitor().get("/search?q=凤凰").await;
    assert_eq!(remembered(&site).await, []);
    assert!(site.visitor().get("/privacy").await.body.contains("不记搜过的词"));
    assert!(Site::shared().visitor().get("/privacy").await.body.contains("保留30天"));
}

#[tokio::test]
async fn two_servers_on_one_database_add_up() {
    on_each(async |database| {
        let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let config = |folder: &tempfile::TempDir| {
            let mut config = Config { database_url: database.url.clone(), ..Config::for_tests(folder.path().to_owned()) };
            behind_a_proxy(&mut config);
            config
        };
        let (here, there) = (Site::over(config(&one)).await, Site::over(config(&two)).await);
        for number in 1..=4 {
            visitor(if number % 2 == 0 { &here } else { &there }, number).get("/search?q=凤凰").await;
        }
        here.app.asked.write_now().await;
        assert_eq!(shown(&remembered(&there).await), [("", "凤凰", 4)]);
    })
    .await;
}

#[tokio::test]
async fn the_bureau_sees_what_many_have_asked_for_in_vain_and_visitors_what_many_have_found() {
    let site = Site::start(behind_a_proxy).await;
    let today = day_of(Utc::now());
    let counted = |text: &str, outcome, askers: u64| {
        let asked = Asked { text: text.into(), county: "433123".into(), lang: Lang::Zh, outcome, corrected: false, hits: 0 };
        let mut all = Counted::default();
        (0..askers).for_each(|asker| all.add(Counted::one(&asked, asker)));
        (AskedRow { day: today, county: asked.county, text: asked.text, lang: "zh" }, all)
    };
    let counts = [
        counted("玻璃漂流", Outcome::None, 6),
        counted("张三丰", Outcome::None, 4),
        counted("凤凰 古城", Outcome::Good, 5),
        counted("凤凰 沱江", Outcome::Good, 4),
        counted("凤凰 无此地名xyz", Outcome::Good, 9),
    ];
    site.store().count_asked(&counts).await.unwrap();

    let bureau = site.visitor().with("authorization", &format!("Bearer {TOKEN}"));
    let path = format!("/api/v1/bureau/searches?month={}", today.format("%Y-%m"));
    let report = bureau.get(&path).await.json();
    let texts: Vec<_> = report["searches"].as_array().unwrap().iter().map(|it| it["text"].as_str().unwrap()).collect();
    assert_eq!((texts, report["others"]["asked"].as_i64()), (vec!["玻璃漂流"], Some(8)), "{report}");
    let csv = bureau.get(&format!("{path}&county=433123&format=csv")).await;
    assert!(
        csv.header("content-type").starts_with("text/csv") && csv.body.contains("玻璃漂流,433123,凤凰县,6,6,0,0,0,6,0"),
        "{}",
        csv.body
    );
    assert_eq!(bureau.get(&format!("{path}&county=430104")).await.json()["searches"], serde_json::json!([]));
    for wrong in [
        "/api/v1/bureau/searches",
        "/api/v1/bureau/searches?month=2026-13",
        &format!("{path}&county=999999"),
        &format!("{path}&x=1"),
    ] {
        assert_eq!(bureau.get(wrong).await.status, 400, "{wrong}");
    }

    let suggested = async || {
        let list = site.visitor().get("/api/v1/suggest?q=凤凰").await.json()["suggestions"].as_array().unwrap().clone();
        list.into_iter().filter(|it| it["kind"] == "search").collect::<Vec<_>>()
    };
    assert!(suggested().await.is_empty());
    asked::past::refresh(&site.app, today).await.unwrap();
    let past = suggested().await;
    let texts: Vec<_> = past.iter().map(|it| it["text"].as_str().unwrap()).collect();
    assert_eq!(texts, ["凤凰 古城"], "asked by enough, and still found");
    assert_eq!(site.visitor().get(past[0]["url"].as_str().unwrap()).await.status, 200);

    let silence = serde_json::json!({
        "id": "silence-1", "kind": "silence", "query": "古城", "from": today, "reason": { "zh": "有人投诉" },
    });
    assert_eq!(bureau.send("PUT", "/api/v1/bureau/curation/silence-1", &silence).await.status, 201);
    assert!(suggested().await.is_empty(), "silenced at once");
    assert!(site.visitor().get("/search/how").await.body.contains("有人投诉"));
    assert_eq!(bureau.send("DELETE", "/api/v1/bureau/curation/silence-1", &silence).await.status, 428);
    assert_eq!(
        bureau.clone().with("if-match", "*").send("DELETE", "/api/v1/bureau/curation/silence-1", &silence).await.status,
        200
    );
    assert_eq!(suggested().await.len(), 1);

    asked::close_days(site.store(), today + Days::new(40)).await.unwrap();
    let report = bureau.get(&path).await.json();
    assert_eq!((report["searches"][0]["text"].as_str(), report["others"]["asked"].as_i64()), (Some("玻璃漂流"), Some(8)));
    asked::past::refresh(&site.app, today).await.unwrap();
    assert!(suggested().await.is_empty(), "sums suggest nothing");
}
