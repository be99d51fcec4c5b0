use domain::pack::Tables;

use super::*;

fn listing(id: &str, kind: &str, zh: &str, en: &str, details: &str) -> Listing {
    let text = format!(
        r#"{{"id":"{id}","slug":"{id}","title":{{"zh":"{zh}","en":"{en}"}},"summary":{{"zh":"沱江边的{zh}。","en":"On the river."}},
        "region":"433123","terrain":"old_town","position":{{"lat":27.95,"lon":109.6}},
        "provenance":{{"source":"某处","confidence":"sourced","as_of":"2026-11-01","licence":"CC BY 4.0"}},
        "published_at":"2026-11-01T00:00:00Z","updated_at":"2026-11-01T00:00:00Z","details":{{"kind":"{kind}",{details}}}}}"#
    );
    serde_json::from_str(&text).unwrap_or_else(|why| panic!("{why}: {text}"))
}

fn pack_of(county: &str, listings: Vec<Listing>) -> String {
    let tables = Tables {
        folds: "鳳凤".into(),
        spoken: [("凤凰古城".to_owned(), "^feng huang ^gu cheng".to_owned())].into(),
        words: "凤凰 古城".into(),
        syllables: "feng huang gu cheng".into(),
        ..Tables::default()
    };
    let pack = Pack {
        county: domain::region::RegionCode::parse(county).unwrap(),
        revision: 3,
        changed: listings.iter().map(|listing| listing.updated_at).max(),
        without_bodies: false,
        left_out: 0,
        listings,
        hidden: vec![],
        synonyms: vec![],
        tables,
    };
    serde_json::to_string(&KeptCounty { format: domain::pack::FORMAT, site: Site::default(), pack }).unwrap()
}

fn packs() -> Vec<String> {
    let town = listing("gucheng", "place", "凤凰古城", "Fenghuang Old Town", r#""sort":{"zh":"古城"}"#);
    let inn = listing("kezhan", "stay", "江边客栈", "River Inn", r#""type":"family_inn","price_min":18000,"vouchers":true"#);
    let mut far = listing("jishou", "place", "德夯", "Dehang", r#""sort":{"zh":"峡谷"}"#);
    far.region = domain::region::RegionCode::parse("433101").ok();
    vec![pack_of("433123", vec![town, inn]), pack_of("433101", vec![far])]
}

fn look(path: &str) -> String {
    let (lang, path) = path.strip_prefix("/en").map_or(("zh", path), |rest| ("en", rest));
    json!({ "lang": lang, "path": path, "base_url": "https://hunan.example", "assets": { "css": "/a.css" }, "now_ms": 1_764_000_000_000_i64 })
        .to_string()
}

const TRIP: &str = r#"{"id":"abc","title":"湘西三日","version":4,"days":3,"key":"k"}"#;

/// Status and page, without what hydration puts between texts.
fn search(path: &str, trip: Option<&str>) -> (u64, String) {
    let more = format!(r#"{{"kept_ms":1763990000000,"trip":{}}}"#, trip.unwrap_or("null"));
    shown(search_page(&packs(), path.split_once('?').map_or("", |(_, query)| query), &look(path), Some(&more)))
}

fn shown(answer: Result<String, String>) -> (u64, String) {
    let answer: serde_json::Value = serde_json::from_str(&answer.unwrap()).unwrap();
    (answer["status"].as_u64().unwrap(), answer["html"].as_str().unwrap().replace("<!>", ""))
}

#[test]
fn a_search_without_signal_shows_what_it_finds_where_and_as_of_when() {
    let (status, html) = search("/search?q=fenghuang+gucheng", None);
    assert_eq!(status, 200);
    assert!(html.contains("<mark>凤凰古城</mark>"), "{html}");
    assert!(!html.contains("德夯"));
    assert!(html.contains("只在存下的县里找了：凤凰县、吉首市"));
    assert!(html.contains("2025年11月24日"), "the copy says when it was kept");
    let (_, html) = search("/en/search?q=%E9%B3%B3%E5%87%B0", None);
    assert!(html.contains("Fenghuang Old Town") && html.contains("only the counties kept on this device"), "{html}");
}

#[test]
fn the_list_of_a_kind_and_everything_are_searches_too() {
    let (status, html) = search("/stays?voucher=1", None);
    assert!(status == 200 && html.contains("江边客栈") && !html.contains("凤凰古城"), "{html}");
    let (_, html) = search("/search", None);
    assert!(html.contains("江边客栈") && html.contains("凤凰古城") && html.contains("德夯"));
    let (_, html) = search("/search?q=%E4%B9%8C%E6%9C%89&corridor=r-1", None);
    assert!(html.contains("存下的县里没有找到") && html.contains("这条线路没有存在设备上"), "{html}");
    assert_eq!(search("/counties", None), (404, String::new()));
}

#[test]
fn a_hit_can_be_added_to_the_trip_that_is_there() {
    let (_, html) = search("/search?q=古城", Some(TRIP));
    assert!(html.contains(r#"action="/trips/abc/edit""#) && html.contains(r#"name="listing" value="gucheng""#), "{html}");
    let (_, html) = search("/search?q=古城", None);
    assert!(!html.contains("/trips/abc/edit"));
}

#[test]
fn a_listing_is_shown_with_what_the_packs_know_of_it() {
    let page = |path: &str, trip: Option<&str>| {
        let more = trip.map(|trip| format!(r#"{{"trip":{trip}}}"#));
        shown(listing_page(&packs(), path.strip_prefix("/en").unwrap_or(path), &look(path), more.as_deref()))
    };
    let (status, html) = page("/places/gucheng", Some(TRIP));
    assert!(status == 200 && html.contains("<h1>凤凰古城") && html.contains("江边客栈"), "{html}");
    assert!(html.contains(r#"action="/trips/abc/edit""#) && !html.contains("/trips/add"));
    let (_, html) = page("/en/stays/kezhan", None);
    assert!(html.contains("River Inn") && !html.contains("/trips/add"), "nobody can be asked which trip");
    assert_eq!(page("/places/kezhan", None).0, 404, "another kind");
    assert_eq!(page("/places/nowhere", None).0, 404);
}

#[test]
fn what_a_waiting_form_adds_is_known_to_the_trip() {
    let trip = r#"{"id":"abc","listings":[{"id":"gucheng"}]}"#;
    let with = |forms: &str| serde_json::from_str::<Value>(&trip_pack_with(trip, &packs(), forms).unwrap()).unwrap();
    let ids = |pack: Value| pack["listings"].as_array().unwrap().iter().map(|it| it["id"].clone()).collect::<Vec<_>>();
    assert_eq!(
        ids(with(r#"["version=1&set=add&listing=kezhan&day=1","set=add&listing=gucheng","set=add&listing=nowhere"]"#)),
        ["gucheng", "kezhan"]
    );
    let visit = r#"{"edit":"add_visit","day":0,"index":0,"visit":{"id":9,"at":{"listing":"jishou"},"stay_min":60}}"#;
    let edits = format!(r#"{{"edit":"all","edits":[{visit},{{"edit":"set_day_end","day":0,"at":{{"listing":"kezhan"}}}}]}}"#);
    let on_the_new_version = json!([format!("version=2&edit={edits}")]).to_string();
    assert_eq!(ids(with(&on_the_new_version)), ["gucheng", "jishou", "kezhan"]);
    assert_eq!(trip_pack_with(trip, &packs(), r#"["edit=undo"]"#).unwrap(), trip);
    assert!(trip_pack_with(trip, &packs(), "{").unwrap_err().starts_with("forms: "));
}

#[test]
fn packs_of_another_edition_are_left_and_broken_ones_named() {
    let old = packs()[0].replacen(r#""format":1"#, r#""format":0"#, 1);
    assert_eq!(shown(search_page(std::slice::from_ref(&old), "", &look("/search"), None)).0, 404);
    let both = search_page(&[old, packs()[1].clone()], "", &look("/search"), None);
    assert!(shown(both).1.contains("德夯"));
    let half = packs()[0][..100].to_owned();
    assert!(search_page(&[half], "", &look("/search"), None).unwrap_err().starts_with("pack: "));
    assert!(search_page(&packs(), "", "{}", None).unwrap_err().starts_with("look: "));
}
