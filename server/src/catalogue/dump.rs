//! The catalogue in formats that others read. Samples never leave the site, so they are in none of them.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use domain::Lang;
use domain::listing::Listing;
use serde_json::json;

use super::export::{Credits, Pages};
use super::{ExportError, LICENCE, csv, geojson, jsonld, place};
use crate::store::Store;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    JsonLd,
    GeoJson,
    Csv,
}

impl Format {
    pub const ALL: [Format; 3] = [Format::JsonLd, Format::GeoJson, Format::Csv];

    /// What the file is called in the folder.
    pub fn file_name(self) -> &'static str {
        match self {
            Format::JsonLd => "xiaoxiang.jsonld",
            Format::GeoJson => "xiaoxiang.geojson",
            Format::Csv => "xiaoxiang.csv",
        }
    }

    pub fn media_type(self) -> &'static str {
        match self {
            Format::JsonLd => "application/ld+json",
            Format::GeoJson => "application/geo+json",
            Format::Csv => "text/csv; charset=utf-8; header=present",
        }
    }

    fn head(self) -> String {
        match self {
            Format::JsonLd => "{\"@context\":\"https://schema.org\",\"@graph\":[\n".to_owned(),
            Format::GeoJson => "{\"type\":\"FeatureCollection\",\"features\":[\n".to_owned(),
            Format::Csv => csv::header(),
        }
    }

    fn entry(self, listing: &Listing, base_url: &str) -> String {
        match self {
            Format::JsonLd => {
                let mut node = jsonld::json_ld(listing, base_url, Lang::Zh);
                if let Some(node) = node.as_object_mut() {
                    node.remove("@context"); // said once for the whole graph
                }
                node.to_string()
            }
            Format::GeoJson => geojson::feature(listing, base_url).to_string(),
            Format::Csv => csv::row(listing, base_url),
        }
    }

    fn between(self) -> &'static str {
        match self {
            Format::JsonLd | Format::GeoJson => ",\n",
            Format::Csv => "",
        }
    }

    /// Credits stand at the end: they are known when everything has been seen.
    fn tail(self, credits: &Credits, entries: u64, base_url: &str) -> String {
        let attribution = attribution(credits.names.iter().map(String::as_str));
        let licence = licence_url(LICENCE);
        match self {
            Format::JsonLd => {
                let dataset = json!({
                    "@type": "Dataset", "@id": format!("{}/#dataset", base_url.trim_end_matches('/')),
                    "name": "游潇湘", "url": base_url, "license": licence, "creditText": attribution,
                    "dateModified": credits.as_of, "size": format!("{entries}"),
                });
                format!("{}{dataset}\n]}}\n", if entries > 0 { ",\n" } else { "" })
            }
            Format::GeoJson => {
                let (attribution, as_of) = (json!(attribution), json!(credits.as_of));
                format!("\n],\"license\":\"{licence}\",\"attribution\":{attribution},\"as_of\":{as_of}}}\n")
            }
            Format::Csv => String::new(),
        }
    }
}

/// Writes one file into a folder, and says which. A reader never sees half of it.
pub async fn dump(store: &Store, folder: &Path, format: Format, base_url: &str) -> Result<PathBuf, ExportError> {
    std::fs::create_dir_all(folder).map_err(ExportError::at(folder))?;
    let path = folder.join(format.file_name());
    place::clean(&path).map_err(ExportError::at(folder))?;
    let part = place::beside(&path, "part");
    let mut file = BufWriter::new(File::create(&part).map_err(ExportError::at(&part))?);
    let written = write_entries(store, &mut file, format, base_url).await;
    let placed = match written {
        Ok(Ok(())) => file.into_inner().map_err(io::IntoInnerError::into_error).and_then(|file| file.sync_all()),
        Ok(Err(e)) => Err(e),
        Err(e) => {
            std::fs::remove_file(&part).ok();
            return Err(e);
        }
    };
    placed.and_then(|()| std::fs::rename(&part, &path)).map_err(ExportError::at(&path))?;
    Ok(path)
}

async fn write_entries(
    store: &Store,
    to: &mut impl Write,
    format: Format,
    base_url: &str,
) -> Result<io::Result<()>, ExportError> {
    let mut credits = Credits::default();
    let mut entries = 0u64;
    let mut text = format.head();
    let mut pages = Pages::of(store, false).await?;
    while let Some(page) = pages.next().await? {
        for listing in page {
            let entry = format.entry(&listing, base_url);
            if entries > 0 {
                text.push_str(format.between());
            }
            text.push_str(&entry);
            entries += 1;
            credits.add(&listing);
        }
        if let Err(e) = to.write_all(text.as_bytes()) {
            return Ok(Err(e));
        }
        text.clear();
    }
    text.push_str(&format.tail(&credits, entries, base_url));
    Ok(to.write_all(text.as_bytes()))
}

/// `游潇湘 (CC-BY-4.0); GeoNames`
pub(super) fn attribution<'a>(credits: impl Iterator<Item = &'a str>) -> String {
    credits.fold(format!("游潇湘 ({LICENCE})"), |all, name| format!("{all}; {name}"))
}

/// The address of a licence's text, where we know it; else its name.
pub(super) fn licence_url(licence: &str) -> &str {
    match licence {
        "CC-BY-4.0" => "https://creativecommons.org/licenses/by/4.0/",
        "CC-BY-SA-4.0" => "https://creativecommons.org/licenses/by-sa/4.0/",
        "CC0-1.0" => "https://creativecommons.org/publicdomain/zero/1.0/",
        other => other,
    }
}
