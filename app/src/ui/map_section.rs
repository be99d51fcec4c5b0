//! The drawn map of a page, with the island that zooms it.

use domain::Lang;
use leptos::prelude::*;

use super::section::heading;
use crate::islands::MapView;
use crate::map::province_map;
use crate::views::MapPoint;

/// None where there is nothing to mark. `line` joins the points in their order; `id` names the drawing on its page.
pub fn map_section(lang: Lang, points: &[MapPoint], line: bool, id: &str) -> Option<AnyView> {
    if points.is_empty() {
        return None;
    }
    let drawn = province_map(lang, points, line, id).into_any();
    let label = lang.pick("示意图", "Sketch map");
    let view = view! {
        <section class="section map-section" id="map" aria-labelledby="map-title">
            {heading("map", lang.pick("在湖南的哪里", "Where in Hunan"))}
            <MapView label=label.to_owned()>{drawn}</MapView>
        </section>
    };
    Some(view.into_any())
}
