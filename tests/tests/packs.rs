//! Counties to take along.

use acceptance::Site;
use domain::pack::{FORMAT, Pack, Pocket};
use domain::search::Query;
use serde_json::Value;

fn pack(json: &Value) -> Pack {
    assert_eq!(json["format"], FORMAT);
    serde_json::from_value(json["pack"].clone()).expect("a pack")
}

#[tokio::test]
async fn a_county_comes_as_one_file_that_can_be_searched() {
    let visitor = Site::shared().visitor();
    let answer = visitor.get("/packs/433123").await;
    assert_eq!((answer.status, answer.header("content-type")), (200, "application/json"));
    assert_eq!((answer.header("x-robots-tag"), answer.header("vary")), ("noindex", "accept-encoding"));
    let pack = pack(&answer.json());
    assert!(answer.body.len() <= domain::pack::LARGEST);
    assert_eq!((pack.county.as_str(), pack.left_out, pack.without_bodies), ("433123", 0, false));
    assert!(pack.listings.iter().any(|listing| listing.sample), "samples are there and marked");
    // what the site lists for the county is what the pack has
    let site = visitor.get("/api/v1/search?county=433123&per_page=100").await.json();
    assert_eq!(site["total"].as_u64().unwrap() as usize, pack.listings.len());
    let packs = [pack];
    let pocket = Pocket::open(&packs);
    for text in ["凤凰古城", "鳳凰古城", "fhgc", "凤huang", "fenghuanggu"] {
        let answer = pocket.answer(&Query { text: text.into(), ..Query::default() }, Site::shared().app.moment().today);
        let first = answer.hits.first().map_or("", |hit| hit.listing.title.zh.as_str());
        assert!(first.starts_with("凤凰古城"), "{text}: {first}");
    }
}

#[tokio::test]
async fn who_has_a_pack_is_told_so_and_another_look_changes_nothing() {
    let site = Site::shared();
    let first = site.visitor().get("/packs/430681").await;
    let etag = first.header("etag").to_owned();
    let again = site.visitor().with("if-none-match", &etag).get("/packs/430681").await;
    assert_eq!((again.status, again.body.len()), (304, 0));
    let elder = site.visitor().elder().get("/packs/430681").await;
    assert_eq!((elder.header("etag"), &elder.body), (etag.as_str(), &first.body));
    let compressed = reqwest::Client::builder().no_gzip().no_brotli().build().unwrap();
    let request = compressed.get(format!("{}/packs/430681", site.base)).header("accept-encoding", "br");
    let response = request.send().await.unwrap();
    assert_eq!(response.headers()["content-encoding"], "br");
    assert!(response.bytes().await.unwrap().len() < first.body.len() / 2);
}

#[tokio::test]
async fn a_zone_is_in_the_pack_of_its_county() {
    let visitor = Site::shared().visitor();
    let zone = domain::region::all().iter().find(|region| region.county.is_some()).expect("a zone");
    let county = zone.county.as_ref().unwrap();
    let (of_zone, of_county) =
        (visitor.get(&format!("/packs/{}", zone.code)).await, visitor.get(&format!("/packs/{county}")).await);
    assert_eq!((of_zone.status, of_zone.body), (200, of_county.body));
}

#[tokio::test]
async fn what_is_no_county_is_said_to_be_none() {
    for path in ["/packs/433100", "/packs/999999", "/packs/nowhere", "/packs/%F0%9F%90%B4"] {
        let answer = Site::shared().visitor().get(path).await;
        assert_eq!((answer.status, answer.header("content-type")), (404, "application/problem+json"), "{path}");
        assert!(answer.json()["detail"].as_str().unwrap().contains("433123"), "{path}");
    }
}

#[tokio::test]
async fn a_pack_holds_what_the_catalogue_holds_now() {
    let site = Site::start(|config| config.shows_samples = false).await;
    let before = pack(&site.visitor().get("/packs/433123").await.json());
    assert!(before.listings.iter().all(|listing| !listing.sample), "hidden samples are in no pack");
    let mut changed = before.listings[0].clone();
    changed.title.zh = "改了名字的地方".into();
    let revision = site.publish(changed.clone()).await;
    site.caught_up(revision).await;
    let after = pack(&site.visitor().get("/packs/433123").await.json());
    assert_eq!(after.revision, revision);
    assert!(after.listings.contains(&changed) && after.listings.len() == before.listings.len());
}
