//! The map of an operator's tiles: offered where there are tiles and something that shows them, and nowhere else.

use std::sync::Arc;

use app::pages;
use app::views::{Assets, Chrome, ShareLink, SharedTripPage, Site, Size, Tiles};
use chrono::NaiveDate;
use domain::Lang;
use domain::listing::Kind;
use domain::navigation::gcj02;

use super::html::{attribute, tags};
use super::trips;
use super::views::*;

fn with_tiles(path: &str, has_script: bool, tiles: Option<Tiles>) -> Chrome {
    let mut chrome = chrome(Lang::Zh, Size::Normal, path);
    chrome.site = Arc::new(Site { tiles, ..(*chrome.site).clone() });
    let detailed_map = has_script.then(|| "/assets/detailed-map.js".to_owned());
    chrome.assets = Arc::new(Assets { detailed_map, ..(*chrome.assets).clone() });
    chrome
}

fn page(has_script: bool, tiles: Option<Tiles>) -> String {
    pages::listing::render(&with_tiles("/places/x-place", has_script, tiles), &listing_page(listing(Kind::Place, "x")))
}

fn tiles(gcj02: bool) -> Option<Tiles> {
    Some(Tiles {
        address: "https://t.example/{z}/{x}/{y}.png".into(),
        is_style: false,
        attribution: "某图 <甲级>".into(),
        approval: Some("GS(2026)1号".into()),
        gcj02,
    })
}

fn shown(html: &str) -> serde_json::Value {
    let tag = tags(html).into_iter().find_map(|tag| attribute(&tag.attributes, "data-detailed-map").map(str::to_owned));
    serde_json::from_str(&tag.expect("a place for the map").replace("&quot;", "\"")).unwrap()
}

#[test]
fn without_tiles_or_without_the_library_nothing_is_offered() {
    for html in [page(false, None), page(true, None), page(false, tiles(false))] {
        assert!(!html.contains("data-detailed-map") && !html.contains("t.example"));
    }
}

#[test]
fn a_page_names_who_made_the_map_and_loads_nothing_of_it() {
    let html = page(true, tiles(false));
    assert!(html.contains("某图 &lt;甲级&gt;　审图号：GS(2026)1号"), "{html}");
    let loads = |tag: &super::Tag| {
        let names = ["src", "href"].into_iter().filter_map(|name| attribute(&tag.attributes, name));
        names.into_iter().any(|address| address.contains("t.example") || address.contains("detailed-map"))
    };
    assert!(!tags(&html).iter().any(loads));
}

#[test]
fn positions_are_in_the_datum_of_the_tiles() {
    let at = |html: &str| {
        let point = &shown(html)["points"][0]["at"];
        (point[0].as_f64().unwrap(), point[1].as_f64().unwrap())
    };
    let here = listing(Kind::Place, "x").position.unwrap().point();
    assert_eq!(at(&page(true, tiles(false))), (here.lon, here.lat));
    let shifted = gcj02(here);
    assert_eq!(at(&page(true, tiles(true))), (shifted.lon, shifted.lat));
    assert_eq!(shown(&page(true, tiles(true)))["points"][0]["exact"], false, "eight kilometres are no pin");
}

#[test]
fn a_trip_has_on_it_what_the_drawn_map_has_its_numbers_and_a_way_for_each_day() {
    let link = ShareLink { token: "k".into(), edits: false, until: NaiveDate::from_ymd_opt(2026, 12, 24).unwrap() };
    let page = SharedTripPage { link, plan: trips::plan() };
    let shown = shown(&pages::trip::shared::render(&with_tiles("/t/k", true, tiles(false)), &page));
    let numbers: Vec<_> = shown["points"].as_array().unwrap().iter().map(|point| point["number"].as_str()).collect();
    assert_eq!(numbers, [Some("1-1"), Some("1-2")]);
    assert_eq!(
        shown["ways"],
        serde_json::json!([{ "through": [0, 1], "look": "map__way-0" }]),
        "nobody goes anywhere on the second"
    );
}
