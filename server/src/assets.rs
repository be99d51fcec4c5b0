//! The browser part, inside the binary: scripts, wasm, styles and the files of `public/`, each with its compressed copies.

use std::sync::LazyLock;

use serde::Deserialize;

/// A file handed out as it is.
#[derive(Debug)]
pub struct Asset {
    /// `/assets/xiaoxiang-0123456789abcdef.css`
    pub path: &'static str,
    pub content_type: &'static str,
    /// Its name carries the hash of its content: it may be kept for ever.
    pub immutable: bool,
    pub identity: &'static [u8],
    /// Brotli, where that is smaller.
    pub br: Option<&'static [u8]>,
    /// Gzip, where that is smaller.
    pub gz: Option<&'static [u8]>,
}

/// What the hashed files of this build are called, as paths on the server.
#[derive(Debug, Deserialize)]
pub struct Manifest {
    pub css: String,
    /// The module script a page loads; it imports the glue.
    pub boot: String,
    /// What joins the wasm to the page, and the wasm: worth a preload on a page with islands.
    pub glue: String,
    pub wasm: String,
    /// The same for what makes pages without a signal; loaded by workers alone. None in a site folder of an earlier build.
    pub offline_glue: Option<String>,
    pub offline_wasm: Option<String>,
    /// The script of the detailed map, in a build that has one.
    pub detailed_map: Option<String>,
    /// Of what chooses stops in a worker.
    pub planner_glue: Option<String>,
    pub planner_wasm: Option<String>,
    /// The script of a trip's page that keeps it on the device.
    pub take: Option<String>,
}

include!(concat!(env!("OUT_DIR"), "/assets.rs"));

pub fn find(path: &str) -> Option<&'static Asset> {
    // The build script wrote the table in the order of the paths.
    ASSETS.binary_search_by(|asset| asset.path.cmp(path)).ok().map(|index| &ASSETS[index])
}

/// None in a build without the browser part.
pub fn manifest() -> Option<&'static Manifest> {
    static PARSED: LazyLock<Option<Manifest>> =
        LazyLock::new(|| MANIFEST.map(|text| serde_json::from_str(text).expect("xtask writes the manifest: a test reads it")));
    PARSED.as_ref()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_asset_is_found_by_its_path_and_nothing_else_is() {
        for asset in ASSETS {
            assert!(std::ptr::eq(find(asset.path).unwrap(), asset), "{}", asset.path);
        }
        for path in ["", "/", "/assets/", "/manifest.json", "/assets/../manifest.json", "assets"] {
            assert!(find(path).is_none(), "{path:?}");
        }
    }

    #[test]
    fn what_the_manifest_names_is_embedded_for_ever() {
        let Some(manifest) = manifest() else {
            assert!(ASSETS.is_empty(), "files without a manifest");
            return;
        };
        let Manifest { css, boot, glue, wasm, offline_glue, offline_wasm, detailed_map, planner_glue, planner_wasm, take } =
            manifest;
        let some = [offline_glue, offline_wasm, detailed_map, planner_glue, planner_wasm, take].into_iter().flatten();
        for path in [css, boot, glue, wasm].into_iter().chain(some) {
            assert!(find(path).unwrap_or_else(|| panic!("{path} is not embedded")).immutable, "{path}");
        }
    }

    #[test]
    fn only_hashed_names_are_kept_for_ever_and_copies_are_smaller() {
        for asset in ASSETS {
            assert_eq!(asset.immutable, asset.path.starts_with("/assets/"), "{}", asset.path);
            for copy in [asset.br, asset.gz].into_iter().flatten() {
                assert!(copy.len() < asset.identity.len(), "{}", asset.path);
            }
        }
    }
}
