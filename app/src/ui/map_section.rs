//! The drawn map of a page, with the island that zooms it.

use domain::Lang;
use leptos::prelude::*;

use super::detailed_map::detailed_map;
use super::section::heading;
use crate::islands::MapView;
use crate::map::province_map;
use crate::views::{Chrome, MapPoint};

/// None where there is nothing to mark. `line` joins the points in their order; `id` names the drawing on its page; `credits`
/// are those that the page does not give elsewhere.
pub fn map_section(chrome: &Chrome, points: &[MapPoint], line: bool, id: &str, credits: &[&str]) -> Option<AnyView> {
    if points.is_empty() {
        return None;
    }
    let lang = chrome.lang;
    let drawn = province_map(lang, points, line, id).into_any();
    let label = lang.pick("示意图", "Sketch map");
    let numbers: Vec<Option<String>> = points.iter().map(|point| point.number.map(|number| number.to_string())).collect();
    let way: Vec<usize> = if line { (0..points.len()).collect() } else { vec![] };
    let view = view! {
        <section class="section map-section" id="map" aria-labelledby="map-title">
            {heading("map", lang.pick("在湖南的哪里", "Where in Hunan"))}
            <MapView label=label.to_owned()>{drawn}</MapView>
            {map_credits(lang, credits)}
            {detailed_map(chrome, points, &numbers, &[way])}
        </section>
    };
    Some(view.into_any())
}

/// Whose positions a map draws, each once; nothing where all are our own.
pub fn map_credits(lang: Lang, credits: &[&str]) -> Option<AnyView> {
    let mut names: Vec<&str> = credits.to_vec();
    names.sort_unstable();
    names.dedup();
    let names = names.join(lang.pick("；", "; "));
    (!names.is_empty()).then(|| {
        let text = format!("{}{names}", lang.pick("位置数据：", "Positions: "));
        view! { <p class="map-section__credits"><small>{text}</small></p> }.into_any()
    })
}
