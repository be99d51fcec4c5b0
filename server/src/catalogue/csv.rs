//! One listing as a row of RFC 4180, safe to open in a spreadsheet.

use domain::Lang;
use domain::listing::Listing;

use super::dump::attribution;

const COLUMNS: [&str; 25] = [
    "id",
    "kind",
    "slug",
    "url",
    "title_zh",
    "title_en",
    "summary_zh",
    "summary_en",
    "headline_zh",
    "headline_en",
    "region",
    "region_zh",
    "prefecture_zh",
    "lat",
    "lon",
    "accuracy_m",
    "terrain",
    "months",
    "tags",
    "source",
    "confidence",
    "as_of",
    "updated_at",
    "license",
    "attribution",
];

pub fn header() -> String {
    COLUMNS.join(",") + "\r\n"
}

pub fn row(listing: &Listing, base_url: &str) -> String {
    let region = listing.region.as_ref().and_then(|code| code.region());
    let number = |value: Option<String>| value.unwrap_or_default();
    let joined = |parts: Vec<String>| parts.join(" ");
    let provenance = &listing.provenance;
    let confidence = serde_json::to_value(provenance.confidence).unwrap_or_default();
    let cells: [String; COLUMNS.len()] = [
        cell(listing.id.as_str()),
        cell(listing.kind().name()),
        cell(listing.slug.as_str()),
        cell(&format!("{}{}", base_url.trim_end_matches('/'), listing.path(Lang::Zh))),
        cell(&listing.title.zh),
        cell(listing.title.en.as_deref().unwrap_or_default()),
        cell(&listing.summary.zh),
        cell(listing.summary.en.as_deref().unwrap_or_default()),
        cell(&listing.details.headline(Lang::Zh)),
        cell(&listing.details.headline(Lang::En)),
        cell(listing.region.as_ref().map_or("", |code| code.as_str())),
        cell(region.map_or("", |region| &region.name.zh)),
        cell(region.map_or("", |region| &region.prefecture_region().name.zh)),
        // numbers are ours and stay numbers, minus sign and all
        number(listing.position.map(|position| position.lat.to_string())),
        number(listing.position.map(|position| position.lon.to_string())),
        number(listing.position.and_then(|position| position.accuracy_m).map(|metres| metres.to_string())),
        cell(listing.terrain.code()),
        cell(&joined(listing.months.iter().map(|month| month.to_string()).collect())),
        cell(&joined(listing.tags.iter().map(|tag| tag.code().to_owned()).collect())),
        cell(&provenance.source),
        cell(confidence.as_str().unwrap_or_default()),
        provenance.as_of.to_string(),
        listing.updated_at.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true),
        cell(&provenance.licence),
        cell(&attribution(provenance.credits.iter().map(String::as_str))),
    ];
    cells.join(",") + "\r\n"
}

/// A cell that no spreadsheet takes for a formula, in ASCII or in full width: such a one gets an apostrophe before it.
pub fn cell(text: &str) -> String {
    const FORMULA: [char; 10] = ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'];
    let safe = if text.starts_with(FORMULA) { format!("'{text}") } else { text.to_owned() };
    if safe.contains([',', '"', '\r', '\n']) { format!("\"{}\"", safe.replace('"', "\"\"")) } else { safe }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_where_they_must_be_and_never_formulas() {
        let check = |text: &str, expected: &str| assert_eq!(cell(text), expected);
        check("凤凰古城", "凤凰古城");
        check("a,b", "\"a,b\"");
        check("他说\"好\"", "\"他说\"\"好\"\"\"");
        check("two\nlines", "\"two\nlines\"");
        check("=1+1", "'=1+1");
        check("=HYPERLINK(\"x\",\"y\")", "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\"");
        check("+86 731", "'+86 731");
        check("-1", "'-1");
        check("@name", "'@name");
        check("＝１", "'＝１");
        check("a=b", "a=b");
        check("", "");
    }
}
