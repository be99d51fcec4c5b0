//! The map of an operator's tiles: offered where there are tiles and something that shows them, and nowhere else.

use std::sync::Arc;

use app::pages;
use app::views::{Assets, Site, Size, Tiles};
use domain::Lang;
use domain::listing::Kind;
use domain::navigation::gcj02;

use super::html::{attribute, tags};
use super::views::*;

fn page(has_script: bool, tiles: Option<Tiles>) -> String {
    let mut chrome = chrome(Lang::Zh, Size::Normal, "/places/x-place");
    chrome.site = Arc::new(Site { tiles, ..(*chrome.site).clone() });
    let detailed_map = has_script.then(|| "/assets/detailed-map.js".to_owned());
    chrome.assets = Arc::new(Assets { detailed_map, ..(*chrome.assets).clone() });
    pages::listing::render(&chrome, &listing_page(listing(Kind::Place, "x")))
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
