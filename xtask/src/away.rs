//! What works where there is no signal: the service worker and the script of “take along”, each joined from several files of
//! `public/`, with what they must know of this build filled in.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};

use crate::compress;

/// In the order in which they stand in the file; each uses what stands before it.
const WORKER: [&str; 5] = ["sw/store.js", "sw/packs.js", "sw/queue.js", "sw/pages.js", "sw/worker.js"];
const TAKE: [&str; 3] = ["sw/store.js", "sw/packs.js", "take.js"];

/// Whether a file of `public/` is a part of another, and not handed out by itself.
pub fn is_part(name: &str) -> bool {
    name.starts_with("sw/") || name == "take.js"
}

/// The sources, joined but not filled in.
pub struct Sources {
    worker: String,
    take: String,
}

impl Sources {
    pub fn read(public: &Path) -> Result<Self> {
        let join = |names: &[&str]| -> Result<String> {
            let parts = names.iter().map(|name| fs::read_to_string(public.join(name)).with_context(|| format!("public/{name}")));
            Ok(parts.collect::<Result<Vec<_>>>()?.join("\n"))
        };
        Ok(Self { worker: join(&WORKER)?, take: join(&TAKE)? })
    }

    /// Names a build: another file, another name.
    pub fn build(&self, files: &BTreeMap<String, Vec<u8>>) -> String {
        let mut all: Vec<u8> = [self.worker.as_bytes(), self.take.as_bytes()].concat();
        for (name, content) in shell(files) {
            all.extend(name.as_bytes());
            all.extend(compress::hash(content).as_bytes());
        }
        compress::hash(&all)
    }

    /// The script of the trip's page.
    pub fn take(&self, build: &str, files: &BTreeMap<String, Vec<u8>>) -> Result<String> {
        let bytes: usize = shell(files).map(|(_, content)| content.len()).sum();
        filled(&self.take, "public/take.js", &[("__BUILD__", build), ("__SHELL_BYTES__", &bytes.to_string())])
    }

    /// The worker. `assets` are the addresses that pages have in their heads, by name; two of them are of what the worker runs.
    pub fn worker(&self, build: &str, files: &BTreeMap<String, Vec<u8>>, assets: &serde_json::Value) -> Result<String> {
        let shell: Vec<_> = shell(files).map(|(name, content)| (format!("/{name}"), content.len())).collect();
        let path = |name: &str| assets[name].as_str().with_context(|| format!("no asset is called {name}"));
        let values = [
            ("__BUILD__", build),
            ("__SHELL__", &serde_json::to_string(&shell)?),
            ("__ASSETS__", &assets.to_string()),
            ("__OFFLINE_GLUE__", path("offline_glue")?),
            ("__OFFLINE_WASM__", path("offline_wasm")?),
        ];
        Ok(format!("'use strict';\n\n{}", filled(&self.worker, "public/sw", &values)?))
    }
}

/// What a page needs besides itself: everything but what only the system asks for when it installs the site, the large map, which
/// shows nothing without its tiles, and what chooses stops for a new trip, which needs the site.
fn shell(files: &BTreeMap<String, Vec<u8>>) -> impl Iterator<Item = (&String, &Vec<u8>)> {
    let left_out = |name: &str| {
        [".br", ".gz", ".json"].iter().any(|ending| name.ends_with(ending))
            || ["icon-512", "icon-maskable", "sw.js", "assets/maplibre", "assets/detailed-map", "assets/planner"]
                .iter()
                .any(|start| name.starts_with(start))
    };
    files.iter().filter(move |(name, _)| !left_out(name))
}

fn filled(source: &str, what: &str, values: &[(&str, &str)]) -> Result<String> {
    let mut script = source.to_owned();
    for (placeholder, value) in values {
        ensure!(source.matches(placeholder).count() == 1, "{what} must contain {placeholder} exactly once");
        script = script.replace(placeholder, value);
    }
    Ok(script)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sources() -> Sources {
        let worker =
            "const BUILD = '__BUILD__'; const SHELL = __SHELL__; const ASSETS = __ASSETS__; importScripts('__OFFLINE_GLUE__');
            const WASM = '__OFFLINE_WASM__';";
        let take = "const BUILD = '__BUILD__'; const SHELL_BYTES = __SHELL_BYTES__;";
        Sources { worker: worker.to_owned(), take: take.to_owned() }
    }

    fn files(css: &[u8]) -> BTreeMap<String, Vec<u8>> {
        let named = |name: &str, content: &[u8]| (name.to_owned(), content.to_vec());
        BTreeMap::from([
            named("assets/a.css", css),
            named("assets/a.css.br", b"small"),
            named("favicon.svg", b"<svg/>"),
            named("icon-512.png", b"large"),
            named("manifest.json", b"{}"),
        ])
    }

    #[test]
    fn the_worker_keeps_what_pages_need_and_nothing_else() {
        let assets =
            serde_json::json!({ "css": "/assets/a.css", "offline_glue": "/assets/o.js", "offline_wasm": "/assets/o.wasm" });
        let worker = sources().worker("b", &files(b"a{}"), &assets).unwrap();
        assert!(worker.starts_with("'use strict';"));
        assert!(worker.contains(r#"const SHELL = [["/assets/a.css",3],["/favicon.svg",6]];"#), "{worker}");
        assert!(worker.contains("importScripts('/assets/o.js')") && worker.contains("WASM = '/assets/o.wasm'"), "{worker}");
        assert!(sources().take("b", &files(b"a{}")).unwrap().contains("SHELL_BYTES = 9;"));
    }

    #[test]
    fn another_style_sheet_is_another_build() {
        let sources = sources();
        assert_eq!(sources.build(&files(b"a{}")), sources.build(&files(b"a{}")));
        assert_ne!(sources.build(&files(b"a{}")), sources.build(&files(b"b{}")));
    }

    #[test]
    fn a_script_without_its_placeholders_is_refused() {
        let broken = Sources { take: "const BUILD = '__BUILD__';".to_owned(), ..sources() };
        let error = broken.take("b", &files(b"")).unwrap_err();
        assert!(error.to_string().contains("__SHELL_BYTES__"), "{error}");
    }
}
