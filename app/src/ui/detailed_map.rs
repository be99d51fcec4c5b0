//! A map of streets and hills below the drawn one, where the operator has tiles and this build knows how to show them. Nothing of it
//! is loaded until somebody asks for it; without script there is no button.

use domain::navigation::gcj02;
use leptos::prelude::*;
use serde_json::json;

use crate::map::DAY_LOOKS;
use crate::views::{Chrome, MapPoint};

/// `numbers` are what the list calls the points, where it does; `ways` lead through them, one for each day, in the looks that days
/// have on the drawn map.
pub fn detailed_map(chrome: &Chrome, points: &[MapPoint], numbers: &[Option<String>], ways: &[Vec<usize>]) -> Option<AnyView> {
    let (script, tiles) = (chrome.assets.detailed_map.clone()?, chrome.site.tiles.as_ref()?);
    if points.is_empty() {
        return None;
    }
    let lang = chrome.lang;
    let points = points.iter().zip(numbers).map(|(point, number)| {
        let at = if tiles.gcj02 { gcj02(point.point) } else { point.point };
        let label = if point.exact {
            point.label.clone()
        } else {
            lang.pick(format!("{}（位置不准）", point.label), format!("{} (position not exact)", point.label))
        };
        json!({ "at": [at.lon, at.lat], "label": label, "number": number, "exact": point.exact })
    });
    let ways = ways.iter().enumerate().filter(|(_, way)| way.len() > 1);
    let ways = ways.map(|(day, way)| json!({ "through": way, "look": format!("map__way-{}", day % DAY_LOOKS) }));
    let ways: Vec<_> = ways.collect();
    let address = if tiles.is_style { "style" } else { "tiles" };
    let shown = json!({ address: tiles.address, "points": points.collect::<Vec<_>>(), "ways": ways }).to_string();
    let approval = tiles.approval.as_ref().map(|number| format!("{}{number}", lang.pick("　审图号：", " · Map approval no. ")));
    let credits = format!("{}{}{}", lang.pick("详细地图：", "Detailed map: "), tiles.attribution, approval.unwrap_or_default());
    let view = view! {
        <div class="map-detailed no-print" hidden data-script=script data-detailed-map=shown>
            <button type="button" class="button button--quiet">{lang.pick("在详细地图上看", "Show on the detailed map")}</button>
            <p role="status" data-failed=lang.pick("详细地图打不开，请看看网络，刷新本页再试。", "The detailed map cannot be opened. Check the connection, load the page again and try once more.")></p>
            <div class="map-detailed__stage" role="region" aria-label=lang.pick("详细地图", "Detailed map") hidden></div>
            <p class="map-section__credits"><small>{credits}</small></p>
        </div>
    };
    Some(view.into_any())
}
