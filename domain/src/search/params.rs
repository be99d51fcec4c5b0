//! The parameters of the open interface, as one table: what is parsed, documented and refused comes from here.

/// A parameter of `/api/v1/search`, as its documentation states it.
#[derive(Debug, Clone, Copy)]
pub struct Param {
    pub name: &'static str,
    pub about: &'static str,
    pub repeats: bool,
}

const fn once(name: &'static str, about: &'static str) -> Param {
    Param { name, about, repeats: false }
}

const fn many(name: &'static str, about: &'static str) -> Param {
    Param { name, about, repeats: true }
}

pub const PARAMS: &[Param] = &[
    once("q", "What to look for: Chinese (either script), pinyin, initials or English. Empty returns everything."),
    many("kind", "route, place, stay, heritage, experience, product or offer."),
    many("county", "Six-digit GB/T 2260 code of a county, or a management zone such as z-hongjiang."),
    many("prefecture", "Six-digit GB/T 2260 code of a prefecture."),
    many("family", "Family of routes, such as five_plus_two."),
    many("grade", "Grade of a place, such as 5A."),
    many("level", "Level of heritage: international, national, provincial, city, county or agricultural."),
    many("tag", "A tag, such as old-town."),
    many("month", "Good in this month, 1 to 12."),
    many("price_band", "Price band in yuan: 0-100, 100-200, 200-300, 300-500 or 500-."),
    once(
        "date",
        "Known to be open on this day, YYYY-MM-DD: its hours and closed months, or else its good months, an offer's days, a lesson's weekdays, a festival's date.",
    ),
    once("price_min", "Lowest price in fen."),
    once("price_max", "Highest price in fen."),
    once("barrier_free", "1: only what is recorded as barrier-free."),
    once("near", "Centre of the search, lat,lon in WGS84 degrees."),
    once("radius_km", "Distance from `near` in kilometres, up to 500; 30 unless given."),
    once("bbox", "west,south,east,north in WGS84 degrees."),
    once("corridor", "Along this route: its slug or id."),
    once("corridor_km", "With `corridor`: at most so many kilometres off the line of its stops, up to 100; 20 unless given."),
    once("voucher", "1: only where vouchers are accepted."),
    many("literal", "Code of a chip, as in `chips`: its words are looked for as words and not taken as a condition."),
    once("exact", "1: as typed; nothing is understood as a condition, corrected or left out."),
    once("explain", "1: every hit says in `explain` why it stands where it stands."),
    once("sort", "relevance, distance (needs `near`), price or newest."),
    once("page", "Counted from 1."),
    once("per_page", "1 to 100; 20 unless given."),
    once("lang", "Language of titles, summaries and labels: zh or en."),
];
