//! Addresses, built in one place.

use domain::Lang;
use domain::geo::Point;
use domain::listing::{Kind, Listing};
use domain::navigation::encode;
use domain::search::Query;
use domain::trip::plan::Occasion;

use crate::views::{Chrome, Site};

/// Paths of the pages that stand alone, without the language prefix.
pub const HOME: &str = "/";
pub const SEARCH: &str = "/search";
pub const SEARCH_HOW: &str = "/search/how";
pub const COUNTIES: &str = "/counties";
pub const FAMILIES: &str = "/families";
pub const OFFERS_BY_COUNTY: &str = "/offers-by-county";
pub const ABOUT_DATA: &str = "/about-data";
pub const ACCESSIBILITY: &str = "/accessibility";
pub const PRIVACY: &str = "/privacy";
pub const DEVELOPERS: &str = "/developers";
pub const FEED: &str = "/feed.xml";
pub const TRIPS: &str = "/trips";
pub const NEW_TRIP: &str = "/trips/new";
/// What a browser asks for that chooses stops by itself.
pub const TRIP_TASK: &str = "/trips/new/task";
/// For organisations.
pub const GROUP_TRIPS: &str = "/trips/groups";
pub const SAVED: &str = "/saved";
pub const COMPARE: &str = "/compare";
pub const NEAR: &str = "/near";

/// The dumps of the whole catalogue: what they are called, and where they are.
pub const DUMPS: [(&str, &str); 3] =
    [("JSON-LD", "/dumps/xiaoxiang.jsonld"), ("GeoJSON", "/dumps/xiaoxiang.geojson"), ("CSV", "/dumps/xiaoxiang.csv")];

/// The licences of program and data, with the notices of others.
pub const LICENCES: &str = "/dumps/LICENSE.txt";

/// `/en` + path.
pub fn page(lang: Lang, path: &str) -> String {
    if path == "/" && lang != Lang::Zh { lang.prefix().to_owned() } else { format!("{}{path}", lang.prefix()) }
}

/// The whole address, as in canonical links and QR codes.
pub fn absolute(chrome: &Chrome, lang: Lang, path: &str) -> String {
    format!("{}{}", chrome.base_url, page(lang, path))
}

pub fn kind_list(lang: Lang, kind: Kind) -> String {
    format!("{}/{}", lang.prefix(), kind.plural())
}

pub fn search(lang: Lang, query: &Query) -> String {
    format!("{}/search{}", lang.prefix(), query.to_query_string())
}

/// The search or the kind's list, whichever the page is, with another query. On a kind's list the kind is in the path.
pub fn results(lang: Lang, fixed_kind: Option<Kind>, query: &Query) -> String {
    match fixed_kind {
        Some(kind) => {
            let bare = Query { kinds: vec![], ..query.clone() };
            format!("{}/{}{}", lang.prefix(), kind.plural(), bare.to_query_string())
        }
        None => search(lang, query),
    }
}

/// Where a form that makes such a query is sent.
pub fn results_action(lang: Lang, fixed_kind: Option<Kind>) -> String {
    fixed_kind.map_or_else(|| page(lang, SEARCH), |kind| kind_list(lang, kind))
}

/// The results without one value of one parameter, from the first page. What only makes sense with it goes too.
pub fn results_without(lang: Lang, fixed_kind: Option<Kind>, query: &Query, name: &str, value: &str) -> String {
    let pairs: Vec<String> = query
        .to_params()
        .into_iter()
        .filter(|(n, v)| !(*n == name && v == value) && *n != "page" && !(*n == "kind" && fixed_kind.is_some()))
        .filter(|(n, _)| name != "corridor" || *n != "corridor_km")
        .filter(|(n, v)| name != "near" || !(*n == "radius_km" || (*n == "sort" && v == "distance")))
        .map(|(n, v)| format!("{n}={}", encode(&v)))
        .collect();
    let action = results_action(lang, fixed_kind);
    if pairs.is_empty() { action } else { format!("{action}?{}", pairs.join("&")) }
}

/// The same page in the other language.
pub fn other_language(chrome: &Chrome) -> String {
    page(chrome.lang.other(), &chrome.path)
}

/// A trip, or what `rest` names of it: `/print`.
pub fn trip(lang: Lang, id: &str, rest: &str) -> String {
    format!("{}{TRIPS}/{id}{rest}", lang.prefix())
}

/// What others see of a trip.
pub fn shared_trip(lang: Lang, token: &str, rest: &str) -> String {
    format!("{}{TRIPS}/shared/{token}{rest}", lang.prefix())
}

/// Where the device chooses the trip that a listing is added to.
pub fn add_to_trip(lang: Lang, listing: &Listing) -> String {
    format!("{}{TRIPS}/add?listing={}", lang.prefix(), encode(listing.id.as_str()))
}

/// A position as it stands in an address: three decimals are about a hundred metres, and nobody needs to know more.
pub fn rounded(point: Point) -> String {
    format!("{:.3},{:.3}", point.lat, point.lon)
}

/// A new trip along a route.
pub fn plan_route(lang: Lang, route: &Listing) -> String {
    format!("{}{NEW_TRIP}?route={}", lang.prefix(), route.slug.as_str())
}

/// The form for an organisation's trip, along a route where there is one.
pub fn group_trip(lang: Lang, occasion: Occasion, route: Option<&Listing>) -> String {
    let along = route.map(|route| format!("&route={}", route.slug.as_str())).unwrap_or_default();
    format!("{}{NEW_TRIP}?occasion={}{along}", lang.prefix(), occasion.code())
}

/// The drawn cover of a listing, as an SVG file.
pub fn cover(listing: &Listing) -> String {
    ["/covers/", listing.kind().plural(), "/", listing.slug.as_str(), ".svg"].concat()
}

/// The same as a PNG, for link previews.
pub fn cover_png(listing: &Listing) -> String {
    ["/covers/", listing.kind().plural(), "/", listing.slug.as_str(), ".png"].concat()
}

/// Sets how the site looks and comes back; works as a plain link or form.
pub fn look(chrome: &Chrome, name: &str, value: &str) -> String {
    format!("/look?{name}={value}&back={}", encode(&page(chrome.lang, &chrome.path)))
}

/// Where an error in what `subject` says is reported; none where no contact is set that can be linked to.
pub fn report(site: &Site, subject: &str) -> Option<String> {
    let contact = site.report_contact.as_deref()?;
    if contact.starts_with("https://") || contact.starts_with("http://") {
        Some(contact.to_owned())
    } else if contact.contains('@') {
        Some(format!("mailto:{contact}?subject={}", encode(subject)))
    } else {
        None
    }
}

/// `a=1&b=%E5%87%A4+x` into decoded pairs. What cannot be decoded is kept as it stands, so that it can be complained about.
pub fn decode(query: &str) -> Vec<(String, String)> {
    fn plain(text: &str) -> String {
        let spaced = text.replace('+', " ");
        let bytes = spaced.as_bytes();
        let mut decoded = Vec::with_capacity(bytes.len());
        let mut i = 0;
        while i < bytes.len() {
            let pair = bytes
                .get(i + 1..i + 3)
                .and_then(|hex| std::str::from_utf8(hex).ok())
                .and_then(|hex| u8::from_str_radix(hex, 16).ok());
            match pair {
                Some(byte) if bytes[i] == b'%' => {
                    decoded.push(byte);
                    i += 3;
                }
                _ => {
                    decoded.push(bytes[i]);
                    i += 1;
                }
            }
        }
        String::from_utf8_lossy(&decoded).into_owned()
    }
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    pairs.map(|pair| pair.split_once('=').unwrap_or((pair, ""))).map(|(name, value)| (plain(name), plain(value))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn query_strings_are_decoded_and_malformed_ones_kept() {
        let check = |query: &str, expected: &[(&str, &str)]| {
            let expected: Vec<_> = expected.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect();
            assert_eq!(decode(query), expected, "{query}");
        };
        check("q=%E5%87%A4%E5%87%B0+town&page=2", &[("q", "凤凰 town"), ("page", "2")]);
        check("q=100%&&x", &[("q", "100%"), ("x", "")]);
        check("q=%zz%e5", &[("q", "%zz\u{fffd}")]);
        check("", &[]);
    }
}
