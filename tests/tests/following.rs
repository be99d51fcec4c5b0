//! What is written is found: soon, on every server, and after every accident.

use std::time::{Duration, Instant};

use acceptance::Site;
use chrono::Utc;
use domain::ListingId;
use domain::listing::Listing;
use server::config::Config;
use server::services::drift;
use server::store::ChangeRequest;

/// Some listing of the catalogue under a name that nobody else has.
async fn renamed(site: &Site, title: &str) -> Listing {
    let id = ListingId::parse("pl-001").unwrap();
    let row = site.store().find_many(&[id]).await.unwrap().pop().unwrap();
    let mut listing = Listing::clone(&row.listing);
    listing.title.zh = title.to_owned();
    listing.updated_at = Utc::now();
    listing
}

async fn finds(site: &Site, q: &str) -> u64 {
    site.visitor().get(&format!("/api/v1/search?q={q}")).await.json()["total"].as_u64().unwrap()
}

#[tokio::test]
async fn an_edit_is_on_the_page_and_in_the_search_within_a_second() {
    let site = Site::start(|_| {}).await;
    assert_eq!(finds(&site, "\"榫卯云台\"").await, 0);
    let listing = renamed(&site, "榫卯云台").await;
    let path = listing.path(domain::Lang::Zh);
    assert_ne!(site.visitor().get(&path).await.h1(), "榫卯云台", "and the old page is in the cache now");
    let revision = site.publish(listing).await;
    let started = Instant::now();
    site.caught_up(revision).await;
    assert_eq!(finds(&site, "\"榫卯云台\"").await, 1);
    assert!(site.visitor().get(&path).await.h1().contains("榫卯云台"));
    println!("found after {:?}", started.elapsed());
}

#[tokio::test]
async fn a_withdrawn_listing_is_gone_from_pages_and_search_and_stays_as_a_tombstone() {
    let site = Site::start(|_| {}).await;
    let id = ListingId::parse("pl-001").unwrap();
    let path = renamed(&site, "x").await.path(domain::Lang::Zh);
    assert_eq!(site.visitor().get(&path).await.status, 200);
    let written = site.store().write(vec![ChangeRequest::Withdraw(id)], Utc::now()).await.unwrap();
    site.caught_up(written.revision).await;
    assert_eq!(site.visitor().get(&path).await.status, 404);
    let changes = site.visitor().get(&format!("/api/v1/listings?cursor={}", written.revision - 1)).await.json();
    assert_eq!(changes["listings"][0]["id"], "pl-001");
    assert!(changes["listings"][0]["withdrawn_at"].is_string(), "{changes}");
}

#[tokio::test]
async fn the_index_can_be_deleted_while_serving_and_comes_back() {
    let site = Site::start(|_| {}).await;
    let before = finds(&site, "凤凰").await;
    assert!(before > 0);
    let folder = site.app.config.index_dir();
    std::fs::remove_dir_all(&folder).unwrap();
    assert_eq!(finds(&site, "凤凰").await, before, "open files go on answering");
    let deadline = Instant::now() + Duration::from_secs(20);
    while !folder.join("CURRENT").exists() {
        assert!(Instant::now() < deadline, "it is built anew");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(finds(&site, "凤凰").await, before);
    assert!(drift::find(site.store(), &folder).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_rebuild_on_request_costs_no_answer() {
    let site = Site::start(|_| {}).await;
    let before = finds(&site, "茶").await;
    let rebuilding = site.app.keeper.rebuild(site.store(), &site.app.listings);
    let asking = async {
        for _ in 0..50 {
            assert_eq!(finds(&site, "茶").await, before);
        }
    };
    let (rebuilt, ()) = tokio::join!(rebuilding, asking);
    rebuilt.unwrap();
    assert_eq!(finds(&site, "茶").await, before);
}

#[tokio::test]
async fn drift_is_found_and_named() {
    let site = Site::start(|_| {}).await;
    let folder = site.app.config.index_dir();
    assert!(drift::find(site.store(), &folder).await.unwrap().is_empty());
    // An index that has lost one document, kept one that should be gone, and holds an old text of a third.
    let index = site.app.keeper.index();
    let lost = ListingId::parse("pl-002").unwrap();
    let stale = renamed(&site, "旧文").await;
    let mut surplus = stale.clone();
    surplus.id = ListingId::parse("never-published").unwrap();
    let puts = [(std::sync::Arc::new(stale.clone()), "old".to_owned()), (std::sync::Arc::new(surplus.clone()), "any".to_owned())];
    index.apply(&puts, std::slice::from_ref(&lost), index.revision()).unwrap();
    let drift = drift::find(site.store(), &folder).await.unwrap();
    assert_eq!((drift.missing, drift.stale, drift.surplus), (vec![lost], vec![stale.id], vec![surplus.id]));
    site.app.keeper.rebuild(site.store(), &site.app.listings).await.unwrap();
    assert!(drift::find(site.store(), &folder).await.unwrap().is_empty());
}

#[tokio::test]
async fn two_servers_on_one_database_see_each_others_changes() {
    let Some(database) = server::store::testing::TestDatabase::postgres().await else {
        println!("skipped: XIAOXIANG_TEST_POSTGRES=skip");
        return;
    };
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let config =
        |folder: &tempfile::TempDir| Config { database_url: database.url.clone(), ..Config::for_tests(folder.path().to_owned()) };
    let (here, there) = (Site::over(config(&one)).await, Site::over(config(&two)).await);
    assert_eq!(finds(&there, "\"榫卯云台\"").await, 0);
    let listing = renamed(&here, "榫卯云台").await;
    let path = listing.path(domain::Lang::Zh);
    there.visitor().get(&path).await;
    let revision = here.publish(listing).await;
    let started = Instant::now();
    there.caught_up(revision).await;
    println!("the other server found it after {:?}", started.elapsed());
    assert_eq!(finds(&there, "\"榫卯云台\"").await, 1);
    assert!(there.visitor().get(&path).await.h1().contains("榫卯云台"));
}

#[tokio::test]
async fn while_the_database_is_away_what_is_known_is_answered_and_the_rest_says_503() {
    let site = Site::start(|_| {}).await;
    let visitor = site.visitor();
    assert_eq!(visitor.get("/places/wulingyuan").await.status, 200);
    let found = visitor.get("/api/v1/search?q=wulingyuan").await.json();
    site.store().clone().close().await.unwrap();
    assert_eq!(visitor.get("/places/wulingyuan").await.status, 200, "remembered");
    assert_eq!(visitor.get("/api/v1/search?q=wulingyuan").await.json()["total"], found["total"], "the index answers");
    assert_eq!(visitor.get("/readyz").await.status, 503);
    assert_eq!(visitor.get("/healthz").await.status, 200);
    let away = visitor.get("/api/v1/listings").await;
    assert_eq!((away.status, away.header("content-type")), (503, "application/problem+json"));
    assert_ne!(away.header("retry-after"), "");
    let page = visitor.get("/places/never-asked-for-before").await;
    assert_eq!(page.status, 503);
    assert!(!page.h1().is_empty() && !page.header("x-request-id").is_empty());
}

#[tokio::test]
async fn after_an_outage_it_heals_by_itself() {
    let Some(database) = server::store::testing::TestDatabase::postgres().await else {
        println!("skipped: XIAOXIANG_TEST_POSTGRES=skip");
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let site = Site::over(Config { database_url: database.url.clone(), ..Config::for_tests(folder.path().to_owned()) }).await;
    let visitor = site.visitor();
    assert_eq!(visitor.get("/api/v1/listings").await.status, 200);
    let before = finds(&site, "凤凰").await;
    database.let_in(false).await;
    assert_eq!(visitor.get("/api/v1/listings?kind=place").await.status, 503);
    assert_eq!(visitor.get("/readyz").await.status, 503);
    assert_eq!(finds(&site, "凤凰").await, before, "the index and what is remembered answer meanwhile");
    database.let_in(true).await;
    let deadline = Instant::now() + Duration::from_secs(15);
    while visitor.get("/readyz").await.status != 200 {
        assert!(Instant::now() < deadline, "it finds the database again");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(visitor.get("/api/v1/listings?kind=place").await.status, 200);
    let revision = site.publish(renamed(&site, "榫卯云台").await).await;
    site.caught_up(revision).await;
    assert_eq!(finds(&site, "\"榫卯云台\"").await, 1, "and follows it again");
}
