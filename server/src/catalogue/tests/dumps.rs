use domain::Lang;
use domain::listing::Details;
use serde_json::Value;

use super::*;
use crate::catalogue::jsonld::json_ld;

const SITE: &str = "https://example.org/";

/// One real listing and one sample of each kind, dumped.
async fn dumped(format: Format) -> String {
    let database = TestDatabase::sqlite();
    let store = database.store().await;
    let kinds = Kind::ALL.iter().enumerate();
    put(&store, kinds.flat_map(|(number, &kind)| [real(kind, number), listing(kind, 100 + number)])).await;
    let folder = tempfile::tempdir().unwrap();
    let path = dump(&store, folder.path(), format, SITE).await.unwrap();
    assert_eq!(bytes_of(folder.path()).len(), 1, "one file and no leftovers");
    std::fs::read_to_string(path).unwrap()
}

#[tokio::test]
async fn json_ld_says_what_each_kind_is() {
    let text = dumped(Format::JsonLd).await;
    let document: Value = serde_json::from_str(&text).unwrap();
    let graph = document["@graph"].as_array().unwrap();
    let mut types: Vec<&str> = graph.iter().map(|node| node["@type"].as_str().unwrap()).collect();
    types.sort_unstable();
    let expected =
        ["Dataset", "Event", "LodgingBusiness", "Offer", "Product", "TouristAttraction", "TouristAttraction", "TouristTrip"];
    assert_eq!(types, expected);
    let dataset = graph.iter().find(|node| node["@type"] == "Dataset").unwrap();
    assert_eq!(dataset["license"], "https://creativecommons.org/licenses/by/4.0/");
    assert_eq!(dataset["creditText"], "游潇湘 (CC-BY-4.0); GeoNames");
    assert!(graph.iter().all(|node| !node.to_string().contains("000100")), "no sample");
}

#[test]
fn a_trip_has_its_stops_in_order() {
    let mut route = real(Kind::Route, 1);
    let Details::Route(details) = &mut route.details else { unreachable!("a route has the details of a route") };
    let mut second = details.stops[0].clone();
    second.name = domain::Text::new("里耶", "Liye");
    details.stops.push(second);
    let node = json_ld(&route, SITE, Lang::En);
    assert_eq!(node["url"], "https://example.org/en/routes/routes-1");
    let list = &node["itinerary"];
    assert_eq!((&list["@type"], &list["numberOfItems"]), (&"ItemList".into(), &2.into()));
    let names: Vec<_> =
        list["itemListElement"].as_array().unwrap().iter().map(|i| (&i["position"], &i["item"]["name"])).collect();
    assert_eq!(names, [(&1.into(), &"Fenghuang Old Town".into()), (&2.into(), &"Liye".into())]);
}

#[test]
fn a_pin_is_only_dropped_where_it_is_right() {
    let mut place = real(Kind::Place, 1);
    let check = |place: &Listing, expected: Value| assert_eq!(json_ld(place, SITE, Lang::Zh)["geo"]["@type"], expected);
    check(&place, "GeoCoordinates".into());
    place.position.as_mut().unwrap().accuracy_m = Some(8_000);
    check(&place, "GeoCircle".into());
    place.position.as_mut().unwrap().accuracy_m = None;
    check(&place, Value::Null);
}

#[test]
fn hours_in_json_ld_are_those_of_the_source() {
    let mut place = real(Kind::Place, 1);
    assert_eq!(json_ld(&place, SITE, Lang::Zh).get("openingHoursSpecification"), None, "nobody knows");
    let Details::Place(details) = &mut place.details else { unreachable!("details of its own kind") };
    details.opening =
        serde_json::from_str(r#"{"hours":[{"weekdays":["sat","sun"],"from":"09:00","until":"24:00"}],"closed_months":[12,1]}"#)
            .unwrap();
    let node = json_ld(&place, SITE, Lang::En);
    let expected = serde_json::json!([{
        "@type": "OpeningHoursSpecification", "dayOfWeek": ["https://schema.org/Saturday", "https://schema.org/Sunday"],
        "opens": "09:00", "closes": "23:59", "description": "closed in Dec–Jan",
    }]);
    assert_eq!(node["openingHoursSpecification"], expected);
}

#[test]
fn money_in_json_ld_is_yuan_with_two_decimals() {
    let mut experience = real(Kind::Experience, 1);
    let Details::Experience(details) = &mut experience.details else { unreachable!("details of its own kind") };
    details.price = Some(domain::Fen(12_805));
    let node = json_ld(&experience, SITE, Lang::Zh);
    assert_eq!(node["offers"]["price"], "128.05");
    assert_eq!(node["eventSchedule"][0]["byDay"][0], "https://schema.org/Saturday");
}

#[tokio::test]
async fn geojson_has_longitude_first_and_carries_its_licence() {
    let text = dumped(Format::GeoJson).await;
    let document: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(document["type"], "FeatureCollection");
    assert_eq!(document["license"], "https://creativecommons.org/licenses/by/4.0/");
    assert_eq!(document["attribution"], "游潇湘 (CC-BY-4.0); GeoNames");
    let features = document["features"].as_array().unwrap();
    let place = features.iter().find(|feature| feature["id"] == "place-000001").unwrap();
    let position = real(Kind::Place, 1).position.unwrap();
    assert_eq!(place["geometry"]["coordinates"], serde_json::json!([position.lon, position.lat]));
    assert_eq!(place["properties"]["accuracy_m"], position.accuracy_m.unwrap());
    let route = features.iter().find(|feature| feature["properties"]["kind"] == "route").unwrap();
    assert_eq!(route["geometry"]["type"], "MultiPoint");
}

#[tokio::test]
async fn csv_has_a_header_and_a_licence_on_every_row() {
    let text = dumped(Format::Csv).await;
    let lines: Vec<&str> = text.split("\r\n").collect();
    assert_eq!(lines.len(), 1 + Kind::ALL.len() + 1, "header, rows, and the end of the last one");
    assert!(lines[0].starts_with("id,kind,slug,url,title_zh,"));
    assert!(lines[0].ends_with("license,attribution"));
    for row in &lines[1..=Kind::ALL.len()] {
        assert!(row.ends_with("CC-BY-4.0,游潇湘 (CC-BY-4.0); GeoNames"), "{row}");
    }
}

#[tokio::test]
async fn an_empty_catalogue_dumps_to_valid_files() {
    let database = TestDatabase::sqlite();
    let store = database.store().await;
    let folder = tempfile::tempdir().unwrap();
    for format in Format::ALL {
        let path = dump(&store, folder.path(), format, SITE).await.unwrap();
        let text = std::fs::read_to_string(path).unwrap();
        match format {
            Format::Csv => assert_eq!(text.lines().count(), 1),
            _ => drop(serde_json::from_str::<Value>(&text).unwrap()),
        }
    }
}
