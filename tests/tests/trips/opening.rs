//! A museum that is shut on Mondays and in winter.

use chrono::{Datelike, Weekday};
use server::catalogue::{Folder, ImportOptions, import};

use super::*;

const MUSEUM: &str = r#"{"id":"pl-drums","slug":"tonggu-bowuguan","title":{"zh":"铜鼓博物馆","en":"Museum of Bronze Drums"},
"summary":{"zh":"看铜鼓怎么铸、怎么敲，馆不大，一个多小时够了。"},"region":"433123",
"position":{"lat":27.953,"lon":109.602,"accuracy_m":50},"terrain":"old_town","tags":["museum"],
"provenance":{"source":"馆方公告","confidence":"sourced","as_of":"2026-11-01","licence":"CC-BY-4.0"},
"published_at":"2026-11-01T00:00:00Z","updated_at":"2026-11-01T00:00:00Z",
"details":{"kind":"place","sort":{"zh":"博物馆","en":"Museum"},"visit_min":60,"opening":{
"hours":[{"weekdays":["tue","wed","thu","fri","sat","sun"],"from":"09:00","until":"17:00","last_entry":"16:30"}],
"closed_months":[12,1,2]}}}"#;

async fn site() -> Site {
    let site = Site::start(|_| {}).await;
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("places.jsonl"), MUSEUM.replace('\n', "") + "\n").unwrap();
    let manifest = r#"{"format":1,"licence":"CC-BY-4.0","files":[{"name":"places.jsonl","kind":"place"}]}"#;
    std::fs::write(folder.path().join("manifest.json"), manifest).unwrap();
    let options = ImportOptions { dry_run: false, prune: false, now: Utc::now() };
    let report = import(site.store(), &Folder(folder.path().to_owned()), options, &|_| {}).await.expect("it is imported");
    assert_eq!(report.new, 1);
    let revision = site.store().revision().await.unwrap();
    site.caught_up(revision).await;
    site
}

/// The first Monday of that month of next year.
fn monday(month: u32) -> NaiveDate {
    let first = NaiveDate::from_ymd_opt(Utc::now().year() + 1, month, 1).unwrap();
    first.iter_days().find(|day| day.weekday() == Weekday::Mon).unwrap()
}

#[tokio::test]
async fn its_page_says_when_it_is_shut_and_no_search_finds_it_then() {
    let site = site().await;
    let visitor = site.visitor();
    let page = visitor.get("/places/tonggu-bowuguan").await;
    let facts = page.text(".listing__facts");
    assert!(facts.contains("周二至周日 09:00–17:00（16:30停止入场）"), "{facts}");
    assert!(facts.contains("周一闭馆，12月–次年2月闭馆"), "{facts}");
    assert!(page.body.contains("OpeningHoursSpecification"), "for machines, too");
    let english = visitor.get("/en/places/tonggu-bowuguan").await.text(".listing__facts");
    assert!(english.contains("closed on Mondays; closed in Dec–Feb"), "{english}");
    let listing = visitor.get("/api/v1/listings/place/tonggu-bowuguan").await.json();
    assert_eq!(listing["details"]["opening"]["closed_months"], serde_json::json!([1, 2, 12]));

    let found = async |day: NaiveDate| {
        let answer =
            visitor.get(&format!("/api/v1/search?q=%E9%93%9C%E9%BC%93%E5%8D%9A%E7%89%A9%E9%A6%86&date={day}")).await.json();
        answer["hits"].as_array().unwrap().iter().any(|hit| hit["id"] == "pl-drums")
    };
    assert!(!found(monday(5)).await, "a Monday");
    assert!(found(monday(5) + Days::new(1)).await);
    assert!(!found(monday(1) + Days::new(1)).await, "a Tuesday in winter");
}

#[tokio::test]
async fn the_planner_finds_another_day_and_says_where_there_is_none() {
    let site = site().await;
    let mut browser = Browser { visitor: site.visitor(), cookie: None };
    let form = browser.get("/trips/new?add=pl-drums").await;
    let monday_in = |month: u32| monday(month).to_string();
    let fields = |starts: &str, days: &str| {
        [("start", "433123"), ("choose", "1"), ("starts", starts), ("days", days)]
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
    };
    let plan = async |browser: &mut Browser, starts: String, days: &str| {
        let fields = fields(&starts, days);
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        browser.send_and_follow(&form, ".form--page", &fields).await
    };
    let is_shut =
        |page: &Page| page.texts(".trip__breach").iter().any(|text| text.contains("铜鼓博物馆") && text.contains("不开放"));
    let page = plan(&mut browser, monday_in(5), "2").await;
    let days = names(&page);
    let on = |day: usize| days[day].iter().any(|name| name.contains("铜鼓博物馆"));
    assert!(!on(0) && on(1), "on Tuesday: {days:?}");
    assert!(!is_shut(&page), "{:?}", page.texts(".trip__breach"));
    assert!(page.text("#day-2").contains("开放09:00–17:00（16:30停止入场）"), "{}", page.text("#day-2"));

    let page = plan(&mut browser, monday_in(1), "1").await;
    assert!(is_shut(&page), "{:?}: {:?}", names(&page), page.texts(".trip__breach"));
}
