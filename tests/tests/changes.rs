//! What mirrors and offers are told: changes that are easily missed, and promises that must be true.

use acceptance::Site;
use chrono::{Days, Duration, Utc};
use domain::listing::kinds::{Recognised, UsableAt};
use domain::listing::{Details, Kind, Listing};
use domain::{Lang, ListingId, Slug};

async fn stored(site: &Site, id: &str) -> Listing {
    let row = site.store().find_many(&[ListingId::parse(id).unwrap()]).await.unwrap().pop().expect("it is in the catalogue");
    Listing::clone(&row.listing)
}

#[tokio::test]
async fn a_mirror_hears_of_what_left_its_sight_and_of_what_was_recorded_late() {
    let site = Site::start(|_| {}).await;
    let get = async |query: &str| site.visitor().get(&format!("/api/v1/listings?{query}")).await.json();
    let before = site.store().revision().await.unwrap();
    let monday = Utc::now();
    let place = stored(&site, "pl-001").await;
    assert!(place.updated_at < monday - Duration::hours(1));

    let turned = Listing { details: Kind::Stay.sample(), slug: Slug::parse("turned-into-a-stay").unwrap(), ..place };
    site.publish(turned).await;
    let from = monday.format("%Y-%m-%dT%H:%M:%S%.fZ");
    for query in [format!("kind=place&cursor={before}"), format!("kind=place&updated_from={from}")] {
        let changes = get(&query).await;
        let entry = &changes["listings"][0];
        assert_eq!((entry["id"].as_str(), entry["kind"].as_str()), (Some("pl-001"), Some("place")), "{changes}");
        assert!(entry["withdrawn_at"].is_string() && entry["title"].is_null(), "no place any more: {changes}");
    }
    let stays = get(&format!("kind=stay&updated_from={from}")).await;
    assert_eq!(stays["listings"][0]["id"], "pl-001");
    assert!(stays["listings"][0]["title"].is_object(), "but a stay, although it says it was updated long ago: {stays}");
}

#[tokio::test]
async fn cursors_from_nowhere_and_parameters_given_twice_are_refused_by_name() {
    let site = Site::shared();
    let newest = site.store().revision().await.unwrap();
    let at_the_end = site.visitor().get(&format!("/api/v1/listings?cursor={newest}")).await;
    assert_eq!((at_the_end.status, at_the_end.json()["listings"].as_array().map(Vec::len)), (200, Some(0)));
    let many_grades: String = (0..21).map(|number| format!("&grade={number}")).collect();
    for (path, field, code) in [
        (format!("/api/v1/listings?cursor={}", newest + 1), "cursor", "beyond_clock"),
        ("/api/v1/listings?kind=place&kind=stay".to_owned(), "kind", "repeated"),
        ("/api/v1/suggest?q=a&q=b".to_owned(), "q", "repeated"),
        ("/api/v1/search?page=1&page=2".to_owned(), "page", "repeated"),
        (format!("/api/v1/search?q={many_grades}"), "grade", "too_many"),
    ] {
        let page = site.visitor().get(&path).await;
        let problem = &page.json()["problems"][0];
        assert_eq!((page.status, problem["field"].as_str(), problem["code"].as_str()), (400, Some(field), Some(code)), "{path}");
    }
}

#[tokio::test]
async fn however_many_values_are_sent_a_page_stays_a_page() {
    let site = Site::shared();
    let few = site.visitor().get("/places?grade=1").await.body.len();
    let grades: String = (0..600).map(|number| format!("&grade=x{number}")).collect();
    let many = site.visitor().get(&format!("/places?{grades}")).await;
    assert_eq!(many.status, 200);
    assert!(many.body.len() < few + 200_000, "{few} -> {}", many.body.len());
}

#[tokio::test]
async fn only_a_recognised_product_is_said_to_come_first() {
    let site = Site::start(|_| {}).await;
    let today = domain::time::day_of(Utc::now());
    let mut offer = stored(&site, "of-001").await;
    (offer.region, offer.regions) = (None, vec![]);
    let Details::Offer(terms) = &mut offer.details else { panic!("of-001 is an offer") };
    (terms.recognised_first, terms.poverty_counties_only, terms.kinds) = (true, false, vec![UsableAt::Product]);
    (terms.from, terms.until) = (today - Days::new(30), today + Days::new(30));
    site.publish(offer).await;

    for (recognised, claimed) in [
        (Recognised::default(), false),
        (Recognised::Always(true), true),
        (Recognised::Until(today - Days::new(1)), false),
        (Recognised::Until(today + Days::new(1)), true),
    ] {
        let mut listing = stored(&site, "pd-001").await;
        let path = listing.path(Lang::Zh);
        let Details::Product(product) = &mut listing.details else { panic!("pd-001 is a product") };
        product.recognised = recognised;
        let revision = site.publish(listing).await;
        site.caught_up(revision).await;
        let page = site.visitor().get(&path).await;
        assert_eq!(page.body.contains("消费帮扶重点产品优先"), claimed, "{recognised:?}");
    }
}
