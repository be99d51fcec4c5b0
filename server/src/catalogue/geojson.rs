//! One listing as a GeoJSON feature (RFC 7946: WGS84, longitude first).

use domain::Lang;
use domain::geo::Position;
use domain::listing::{Details, Listing};
use serde_json::{Value, json};

use super::dump::attribution;

/// What has no position is a feature without geometry, as the format allows, so that no dump holds less than another.
pub fn feature(listing: &Listing, base_url: &str) -> Value {
    let base_url = base_url.trim_end_matches('/');
    json!({
        "type": "Feature",
        "id": listing.id,
        "geometry": geometry(listing),
        "properties": {
            "kind": listing.kind().name(),
            "title": listing.title,
            "summary": listing.summary,
            "region": listing.region,
            "terrain": listing.terrain,
            "months": listing.months,
            "tags": listing.tags,
            "headline": listing.details.headline(Lang::Zh),
            // how far off the point may be; absent where nobody has estimated it
            "accuracy_m": listing.position.and_then(|position| position.accuracy_m),
            "url": format!("{base_url}{}", listing.path(Lang::Zh)),
            "updated_at": listing.updated_at,
            "source": listing.provenance.source,
            "confidence": listing.provenance.confidence,
            "as_of": listing.provenance.as_of,
            "license": listing.provenance.licence,
            "attribution": attribution(listing.provenance.credits.iter().map(String::as_str)),
        },
    })
}

/// A route is the points of its stops: the way between them is not ours to draw.
fn geometry(listing: &Listing) -> Option<Value> {
    let coordinates = |position: &Position| json!([position.lon, position.lat]);
    if let Details::Route(route) = &listing.details {
        let stops: Vec<Value> = route.stops.iter().filter_map(|stop| stop.position.as_ref().map(coordinates)).collect();
        if !stops.is_empty() {
            return Some(json!({ "type": "MultiPoint", "coordinates": stops }));
        }
    }
    listing.position.as_ref().map(|position| json!({ "type": "Point", "coordinates": coordinates(position) }))
}
