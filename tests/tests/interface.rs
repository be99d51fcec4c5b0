//! The open interface answers in the shape it documents, and refuses in the same voice.

use acceptance::{Page, Site};
use serde_json::{Value, json};

async fn get(path: &str) -> Page {
    Site::shared().visitor().get(path).await
}

/// Checks an answer against the schema that `/api/v1/openapi.json` names for it.
async fn fits(schema: &str, value: &Value) {
    let described = get("/api/v1/openapi.json").await.json();
    let schema = json!({ "$ref": format!("#/components/schemas/{schema}"), "components": described["components"] });
    let validator = jsonschema::validator_for(&schema).expect("the schema is one");
    let errors: Vec<_> = validator.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{errors:?}");
}

#[tokio::test]
async fn a_search_answers_in_the_documented_shape() {
    for path in [
        "/api/v1/search",
        "/api/v1/search?q=凤凰",
        "/api/v1/search?q=feng&lang=en&near=27.9,109.6&sort=distance",
        "/api/v1/search?q=无此地名xyz",
    ] {
        let page = get(path).await;
        assert_eq!((page.status, page.header("content-type")), (200, "application/json"), "{path}");
        assert_eq!(page.header("access-control-allow-origin"), "*");
        fits("Found", &page.json()).await;
    }
}

#[tokio::test]
async fn a_search_says_what_it_understood_corrected_and_why() {
    let understood = get("/api/v1/search?q=凤凰 民宿 200元以内").await.json();
    fits("Found", &understood).await;
    let codes: Vec<_> = understood["chips"].as_array().unwrap().iter().map(|chip| chip["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["county:433123", "kind:stay", "price_max:20000"]);
    assert!(understood["hits"].as_array().unwrap().iter().all(|hit| hit["kind"] == "stay"), "{understood}");
    let literal = get("/api/v1/search?q=凤凰 民宿 200元以内&literal=price_max:20000").await.json();
    assert!(!literal["chips"].as_array().unwrap().iter().any(|chip| chip["code"] == "price_max:20000"));

    let corrected = get("/api/v1/search?q=芙容镇&lang=en").await.json();
    fits("Found", &corrected).await;
    let note = &corrected["notes"][0];
    assert_eq!((&note["code"], &note["from"], &note["to"]), (&json!("corrected"), &json!("芙容镇"), &json!("芙蓉镇")));
    assert_eq!(get("/api/v1/search?q=芙容镇&exact=1").await.json()["total"], 0);

    let explained = get("/api/v1/search?q=凤凰古城&explain=1").await.json();
    fits("Found", &explained).await;
    assert_eq!(explained["hits"][0]["explain"]["tier"], "whole_title");
}

#[tokio::test]
async fn along_a_route_and_open_on_a_day_are_filters() {
    let total = |json: Value| json["total"].as_u64().unwrap();
    let routes = get("/api/v1/search?kind=route&per_page=1").await.json();
    let (id, slug) = (&routes["hits"][0]["id"], &routes["hits"][0]["slug"]);
    let all = total(get("/api/v1/search?per_page=1").await.json());
    let along = total(get(&format!("/api/v1/search?corridor={}", slug.as_str().unwrap())).await.json());
    let wider = total(get(&format!("/api/v1/search?corridor={}&corridor_km=60", id.as_str().unwrap())).await.json());
    assert!(0 < along && along < wider && wider < all, "{along} {wider} {all}");
    let open = total(get("/api/v1/search?date=2026-06-19").await.json());
    assert!(0 < open && open < all, "{open}");
}

#[tokio::test]
async fn an_empty_search_returns_everything_and_facets_say_how_much_of_each() {
    let all = get("/api/v1/search?per_page=1").await.json();
    let total = all["total"].as_u64().unwrap();
    assert!(total >= 580, "{total}");
    let kinds = all["facets"]["kind"].as_array().unwrap();
    assert_eq!(kinds.len(), 7);
    assert_eq!(kinds.iter().map(|kind| kind["count"].as_u64().unwrap()).sum::<u64>(), total);
}

#[tokio::test]
async fn the_count_of_a_facet_is_the_number_of_hits_after_the_click() {
    for q in ["", "茶", "古城", "village"] {
        let found = get(&format!("/api/v1/search?q={q}&per_page=1")).await.json();
        for (name, values) in found["facets"].as_object().unwrap() {
            for value in values.as_array().unwrap().iter().take(6) {
                let code = domain::navigation::encode(value["value"].as_str().unwrap());
                let clicked = get(&format!("/api/v1/search?q={q}&per_page=1&{name}={code}")).await.json();
                assert_eq!(clicked["total"], value["count"], "q={q} {name}={value}");
            }
        }
    }
}

#[tokio::test]
async fn several_values_of_one_parameter_widen_and_different_parameters_narrow() {
    let total = async |path: &str| get(path).await.json()["total"].as_u64().unwrap();
    let routes = total("/api/v1/search?kind=route").await;
    let stays = total("/api/v1/search?kind=stay").await;
    assert_eq!(total("/api/v1/search?kind=route&kind=stay").await, routes + stays);
    assert!(total("/api/v1/search?kind=stay&barrier_free=1").await < stays);
    let cheap = get("/api/v1/search?kind=stay&price_max=15000&per_page=100").await.json();
    assert!(cheap["total"].as_u64().unwrap() < stays);
}

#[tokio::test]
async fn what_is_near_comes_nearest_first_with_its_distance() {
    let near = get("/api/v1/search?near=27.948,109.599&radius_km=60&sort=distance&per_page=50").await.json();
    let distances: Vec<f64> = near["hits"].as_array().unwrap().iter().map(|hit| hit["distance_km"].as_f64().unwrap()).collect();
    assert!(distances.len() > 3 && distances.is_sorted() && distances.iter().all(|km| *km <= 60.0), "{distances:?}");
}

#[tokio::test]
async fn marks_are_on_the_characters_that_were_asked_for() {
    for (q, marked) in [("凤凰", "凤凰"), ("鳳凰", "凤凰"), ("fenghuang", "凤凰"), ("凤huang", "凤凰")] {
        let found = get(&format!("/api/v1/search?q={q}&kind=place")).await.json();
        let hit = &found["hits"][0];
        let title: Vec<char> = hit["title"].as_str().unwrap().chars().collect();
        let range = &hit["highlight"]["title"][0];
        let (start, end) = (range[0].as_u64().unwrap() as usize, range[1].as_u64().unwrap() as usize);
        assert_eq!(title[start..end].iter().collect::<String>(), marked, "{q}: {hit}");
    }
}

#[tokio::test]
async fn suggestions_lead_to_pages_that_exist() {
    for q in ["凤", "fengh", "fhgc", "yuelu", "Fenghuang"] {
        let page = get(&format!("/api/v1/suggest?q={q}")).await;
        fits("Suggested", &page.json()).await;
        let suggestions = page.json()["suggestions"].as_array().unwrap().clone();
        assert!(!suggestions.is_empty(), "{q}");
        for suggestion in suggestions {
            assert_eq!(get(suggestion["url"].as_str().unwrap()).await.status, 200, "{suggestion}");
        }
    }
}

#[tokio::test]
async fn a_listing_is_given_whole() {
    let hit = get("/api/v1/search?kind=route").await.json()["hits"][0].clone();
    let page = get(&format!("/api/v1/listings/route/{}", hit["slug"].as_str().unwrap())).await;
    fits("Listing", &page.json()).await;
    assert!(!page.json()["details"]["stops"].as_array().unwrap().is_empty());
    let missing = get("/api/v1/listings/route/no-such-route").await;
    assert_eq!((missing.status, missing.header("content-type")), (404, "application/problem+json"));
    fits("Problem", &missing.json()).await;
}

#[tokio::test]
async fn the_changes_can_be_followed_to_the_end() {
    let mut path = "/api/v1/listings".to_owned();
    let mut seen = std::collections::HashSet::new();
    loop {
        let page = get(&path).await.json();
        fits("Changes", &page).await;
        for listing in page["listings"].as_array().unwrap() {
            assert!(seen.insert(listing["id"].as_str().unwrap().to_owned()), "{} came twice", listing["id"]);
        }
        match page["next"].as_str() {
            Some(next) => path = next.to_owned(),
            None => break,
        }
    }
    let total = get("/api/v1/search?per_page=1").await.json()["total"].as_u64().unwrap();
    assert_eq!(seen.len() as u64, total);
}

#[tokio::test]
async fn bad_input_gets_a_clear_answer_and_never_a_fault() {
    let long = "凤".repeat(3_500);
    let table = [
        ("/api/v1/search?page=-1", 400, "page"),
        ("/api/v1/search?page=0", 400, "page"),
        ("/api/v1/search?page=99999999999999999999", 400, "page"),
        ("/api/v1/search?page=2000&per_page=100", 400, "page"),
        ("/api/v1/search?per_page=1000", 400, "per_page"),
        ("/api/v1/search?kind=castle", 400, "kind"),
        ("/api/v1/search?county=999999", 400, "county"),
        ("/api/v1/search?county=%00", 400, "county"),
        ("/api/v1/search?near=91,200", 400, "near"),
        ("/api/v1/search?near=NaN,NaN", 400, "near"),
        ("/api/v1/search?radius_km=10", 400, "radius_km"),
        ("/api/v1/search?bbox=3,2,1", 400, "bbox"),
        ("/api/v1/search?month=13", 400, "month"),
        ("/api/v1/search?price_min=cheap", 400, "price_min"),
        ("/api/v1/search?price_min=2&price_max=1", 400, "price_min"),
        ("/api/v1/search?sort=distance", 400, "sort"),
        ("/api/v1/search?lang=fr", 400, "lang"),
        ("/api/v1/search?date=2026-13-01", 400, "date"),
        ("/api/v1/search?corridor_km=5", 400, "corridor_km"),
        ("/api/v1/search?corridor=x", 400, "corridor"),
        ("/api/v1/search?colour=red", 400, "colour"),
        ("/api/v1/suggest?lang=fr", 400, "lang"),
        ("/api/v1/listings?cursor=x", 400, "cursor"),
        ("/api/v1/listings?updated_from=yesterday", 400, "updated_from"),
    ];
    for (path, status, field) in table {
        let page = get(path).await;
        assert_eq!((page.status, page.header("content-type")), (status, "application/problem+json"), "{path}: {}", page.body);
        let problem = page.json();
        fits("Problem", &problem).await;
        assert_eq!(problem["problems"][0]["field"], field, "{path}: {problem}");
    }
    for path in [
        "/api/v1/search?q=%",
        "/api/v1/search?q=%00%01",
        "/api/v1/search?q=%ff%fe",
        "/api/v1/search?&&&=&=x&q==",
        "/api/v1/search?q=\"",
        "/api/v1/search?q=-",
        "/api/v1/search?q=%F0%9F%8D%B5",
        "/api/v1/suggest?q=%00",
        "/search?page=-1&q=%00&kind=castle",
        "/places?county=999999",
    ] {
        let status = get(path).await.status;
        assert!(matches!(status, 200 | 400), "{path}: {status}");
    }
    let cut = get(&format!("/api/v1/search?q={long}")).await;
    assert_eq!(cut.status, 200);
    assert_eq!(cut.json()["notes"][0]["code"], "too_long");
    assert_eq!(get(&format!("/search?q={long}")).await.status, 200);
}

#[tokio::test]
async fn pages_of_other_origins_may_read_it() {
    let preflight = Site::shared().visitor().options("/api/v1/search").await;
    assert_eq!(preflight.status, 204);
    assert_eq!(preflight.header("access-control-allow-origin"), "*");
}

#[tokio::test]
async fn an_answer_from_memory_is_the_same_and_changes_with_the_catalogue() {
    let site = Site::start(|_| {}).await;
    let visitor = site.visitor();
    let ask = "/api/v1/search?q=%E5%87%A4%E5%87%B0%E5%8F%A4%E5%9F%8E";
    let (first, again) = (visitor.get(ask).await, visitor.clone().elder().get(ask).await);
    assert_eq!((first.body.clone(), first.header("etag")), (again.body.clone(), again.header("etag")), "programs have no look");
    assert_eq!(again.header("access-control-allow-origin"), "*");
    let finds = |page: &Page, id: &str| page.json()["hits"].as_array().unwrap().iter().any(|hit| hit["id"] == id);
    let town = first.json()["hits"][0]["id"].as_str().unwrap().to_owned();
    let withdrawal = server::store::ChangeRequest::Withdraw(domain::ListingId::parse(&town).unwrap());
    let revision = site.store().write(vec![withdrawal], chrono::Utc::now()).await.unwrap().revision;
    site.caught_up(revision).await;
    let after = visitor.get(ask).await;
    assert!(finds(&again, &town) && !finds(&after, &town), "what was withdrawn is not given from memory");
}
