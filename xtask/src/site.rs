//! The site folder: every file the server hands out as it is, with compressed copies, ready to be embedded.
//!
//! `assets/` holds files whose name carries the hash of their content and that may be kept for ever; the rest is `public/` under its
//! own names. `manifest.json` says what the hashed files are called: the paths a page writes into its head.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use crate::compress::{self, Effort};
use crate::maplibre::{Maplibre, page_script};
use crate::wasm::Bound;
use crate::workspace::Workspace;
use crate::{away, css, wasm};

/// Polls the server and reloads the page when it has restarted; only in the boot script of `serve --watch`.
const LIVE_RELOAD: &str = include_str!("live_reload.js");

/// What goes over the wire, in bytes.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    pub raw: usize,
    pub brotli: usize,
}

#[derive(Debug, Clone, Copy)]
pub struct Sizes {
    pub wasm: Size,
    pub glue: Size,
    pub css: Size,
    pub boot: Size,
    /// Of what workers load: wasm and glue.
    pub offline: Size,
    pub offline_glue: Size,
    pub planner: Size,
    pub planner_glue: Size,
}

pub fn build(workspace: &Workspace, effort: Effort, live_reload: bool, maplibre: Option<Maplibre>) -> Result<Sizes> {
    let mut site = Site::default();
    let detailed_map = maplibre.map(|maplibre| site.add_detailed_map(maplibre, effort, &workspace.cache())).transpose()?;
    let (islands, offline, planner) = (wasm::islands(workspace)?, wasm::offline(workspace)?, wasm::planner(workspace)?);
    let scripts = Scripts { islands, offline, planner, detailed_map };
    let css = css::bundle(&workspace.root.join("style/main.css"))?;
    let public = workspace.root.join("public");
    let boot = fs::read_to_string(public.join("boot.js")).context("public/boot.js")?;
    let sizes = site.add_assets(scripts, css, &boot, live_reload, effort, &workspace.cache())?;
    for (name, content) in files_under(&public)? {
        if name != "boot.js" && !away::is_part(&name) {
            ensure!(!name.starts_with("assets/"), "public/{name}: the name is taken by the hashed files");
            site.add(name, content, effort, &workspace.cache())?;
        }
    }
    site.add_away(&away::Sources::read(&public)?, effort, &workspace.cache())?;
    site.write_to(&workspace.site())?;
    compress::forget_old(&workspace.cache());
    Ok(sizes)
}

struct Scripts {
    islands: Bound,
    offline: Bound,
    planner: Bound,
    /// The address of what shows it.
    detailed_map: Option<String>,
}

#[derive(Default)]
struct Site {
    files: BTreeMap<String, Vec<u8>>,
}

impl Site {
    fn add_assets(
        &mut self,
        scripts: Scripts,
        css: String,
        boot: &str,
        live: bool,
        effort: Effort,
        cache: &Path,
    ) -> Result<Sizes> {
        let (wasm_path, wasm) = self.add_hashed("xiaoxiang", "wasm", scripts.islands.wasm, effort, cache)?;
        let (glue_path, glue) = self.add_hashed("xiaoxiang", "js", scripts.islands.glue, effort, cache)?;
        let boot = boot_script(boot, &glue_path, &wasm_path, live)?;
        let (boot_path, boot) = self.add_hashed("boot", "js", boot.into_bytes(), effort, cache)?;
        let (css_path, css) = self.add_hashed("xiaoxiang", "css", css.into_bytes(), effort, cache)?;
        let (offline_path, offline) = self.add_hashed("offline", "wasm", scripts.offline.wasm, effort, cache)?;
        let (offline_glue_path, offline_glue) = self.add_hashed("offline", "js", scripts.offline.glue, effort, cache)?;
        let (planner_path, planner) = self.add_hashed("planner", "wasm", scripts.planner.wasm, effort, cache)?;
        let (planner_glue_path, planner_glue) = self.add_hashed("planner", "js", scripts.planner.glue, effort, cache)?;
        let mut manifest = serde_json::json!({
            "boot": boot_path, "css": css_path, "glue": glue_path, "wasm": wasm_path,
            "offline_glue": offline_glue_path, "offline_wasm": offline_path,
            "planner_glue": planner_glue_path, "planner_wasm": planner_path,
        });
        if let Some(path) = scripts.detailed_map {
            manifest["detailed_map"] = path.into();
        }
        self.files.insert("manifest.json".into(), format!("{manifest:#}\n").into_bytes());
        Ok(Sizes { wasm, glue, css, boot, offline, offline_glue, planner, planner_glue })
    }

    /// The address of the script that shows it. Its parts are large, and no page loads them by itself.
    fn add_detailed_map(&mut self, maplibre: Maplibre, effort: Effort, cache: &Path) -> Result<String> {
        let (library, size) = self.add_hashed("maplibre", "js", maplibre.library, effort, cache)?;
        let (worker, worker_size) = self.add_hashed("maplibre-worker", "js", maplibre.worker, effort, cache)?;
        let (style, _) = self.add_hashed("maplibre", "css", maplibre.style, effort, cache)?;
        println!("  maplibre      {:>8} bytes  {:>7} brotli", size.raw + worker_size.raw, size.brotli + worker_size.brotli);
        let page = page_script(&maplibre.page, &library, &worker, &style)?;
        Ok(self.add_hashed("detailed-map", "js", page.into_bytes(), effort, cache)?.0)
    }

    /// Adds what works without a signal. It knows all other files, so it comes last.
    fn add_away(&mut self, sources: &away::Sources, effort: Effort, cache: &Path) -> Result<()> {
        let mut manifest: serde_json::Value = serde_json::from_slice(&self.files["manifest.json"])?;
        let build = sources.build(&self.files);
        let take = sources.take(&build, &self.files)?;
        let (take_path, _) = self.add_hashed("take", "js", take.into_bytes(), effort, cache)?;
        manifest["take"] = take_path.into();
        let worker = sources.worker(&build, &self.files, &manifest)?;
        self.add("sw.js".into(), worker.into_bytes(), effort, cache)?;
        self.files.insert("manifest.json".into(), format!("{manifest:#}\n").into_bytes());
        Ok(())
    }

    /// Adds a file for ever, and returns its path on the server.
    fn add_hashed(
        &mut self,
        stem: &str,
        extension: &str,
        content: Vec<u8>,
        effort: Effort,
        cache: &Path,
    ) -> Result<(String, Size)> {
        let name = format!("assets/{stem}-{}.{extension}", compress::hash(&content));
        let path = format!("/{name}");
        Ok((path, self.add(name, content, effort, cache)?))
    }

    fn add(&mut self, name: String, content: Vec<u8>, effort: Effort, cache: &Path) -> Result<Size> {
        let brotli = compress::brotli(&content, effort, cache)?;
        let gzip = compress::gzip(&content, effort, cache)?;
        let size = Size { raw: content.len(), brotli: brotli.len() };
        for (encoding, small) in [("br", brotli), ("gz", gzip)] {
            if small.len() < content.len() {
                self.files.insert(format!("{name}.{encoding}"), small);
            }
        }
        self.files.insert(name, content);
        Ok(size)
    }

    /// Makes the folder hold these files and no others, touching only what differs: the server is built anew when it changes.
    fn write_to(&self, folder: &Path) -> Result<()> {
        fs::create_dir_all(folder)?;
        for (name, old) in files_under(folder)? {
            match self.files.get(&name) {
                Some(new) if *new == old => {}
                Some(new) => fs::write(folder.join(&name), new)?,
                None => fs::remove_file(folder.join(&name))?,
            }
        }
        for (name, content) in &self.files {
            let file = folder.join(name);
            if !file.exists() {
                fs::create_dir_all(file.parent().unwrap_or(folder))?;
                fs::write(file, content)?;
            }
        }
        Ok(())
    }
}

fn boot_script(source: &str, glue: &str, wasm: &str, live_reload: bool) -> Result<String> {
    for placeholder in ["__GLUE__", "__WASM__"] {
        ensure!(source.matches(placeholder).count() == 1, "public/boot.js must contain {placeholder} exactly once");
    }
    let script = source.replace("__GLUE__", glue).replace("__WASM__", wasm);
    Ok(if live_reload { script + LIVE_RELOAD } else { script })
}

/// Every file below, by its path with forward slashes.
fn files_under(folder: &Path) -> Result<BTreeMap<String, Vec<u8>>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).with_context(|| next.display().to_string())? {
            let path: PathBuf = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let parts: Vec<_> = path.strip_prefix(folder)?.iter().map(|part| part.to_string_lossy()).collect();
                files.insert(parts.join("/"), fs::read(&path)?);
            }
        }
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site_of(css: &str, cache: &Path) -> Site {
        let islands = Bound { wasm: b"wasm".to_vec(), glue: b"export default 1".to_vec() };
        let offline = Bound { wasm: b"offline".to_vec(), glue: b"let offline".to_vec() };
        let planner = Bound { wasm: b"planner".to_vec(), glue: b"let planner".to_vec() };
        let mut site = Site::default();
        let boot = "import('__GLUE__'); fetch('__WASM__');";
        site.add_assets(
            Scripts { islands, offline, planner, detailed_map: None },
            css.to_owned(),
            boot,
            false,
            Effort::Quick,
            cache,
        )
        .unwrap();
        site
    }

    fn manifest(site: &Site) -> serde_json::Value {
        serde_json::from_slice(&site.files["manifest.json"]).unwrap()
    }

    #[test]
    fn the_manifest_names_files_that_are_there_and_boot_imports_them() {
        let cache = tempfile::tempdir().unwrap();
        let site = site_of("a{color:red}", cache.path());
        let manifest = manifest(&site);
        for path in manifest.as_object().unwrap().values() {
            assert!(site.files.contains_key(path.as_str().unwrap().trim_start_matches('/')), "{path}");
        }
        let boot = manifest["boot"].as_str().unwrap().trim_start_matches('/');
        let script = String::from_utf8(site.files[boot].clone()).unwrap();
        assert_eq!(script, format!("import({}); fetch({});", manifest["glue"], manifest["wasm"]).replace('"', "'"));
    }

    #[test]
    fn the_detailed_map_is_named_where_there_is_one_and_leads_to_its_parts() {
        let cache = tempfile::tempdir().unwrap();
        let mut site = site_of("", cache.path());
        assert_eq!(manifest(&site).get("detailed_map"), None);
        let [library, worker, style] = [b"library", b"worker_", b"a{b:c}_"].map(|part| part.to_vec());
        let page = "'__LIBRARY__' '__WORKER__' '__STYLE__'".to_owned();
        let path = site.add_detailed_map(Maplibre { library, worker, style, page }, Effort::Quick, cache.path()).unwrap();
        let script = String::from_utf8(site.files[path.trim_start_matches('/')].clone()).unwrap();
        for part in script.split(' ').map(|path| path.trim_matches('\'').trim_start_matches('/')) {
            assert!(site.files.contains_key(part), "{part}");
        }
    }

    #[test]
    fn another_content_is_another_name() {
        let cache = tempfile::tempdir().unwrap();
        let (red, blue) = (site_of("a{color:red}", cache.path()), site_of("a{color:blue}", cache.path()));
        assert_ne!(manifest(&red)["css"], manifest(&blue)["css"]);
        assert_eq!(manifest(&red)["wasm"], manifest(&blue)["wasm"]);
    }

    #[test]
    fn a_copy_that_saves_nothing_is_left_out() {
        let cache = tempfile::tempdir().unwrap();
        let mut site = Site::default();
        site.add("tiny.txt".into(), b"a".to_vec(), Effort::Best, cache.path()).unwrap();
        site.add("long.txt".into(), vec![b'a'; 1000], Effort::Best, cache.path()).unwrap();
        let names: Vec<_> = site.files.keys().map(String::as_str).collect();
        assert_eq!(names, ["long.txt", "long.txt.br", "long.txt.gz", "tiny.txt"]);
    }

    #[test]
    fn writing_removes_what_is_gone_and_leaves_what_is_the_same() {
        let (folder, cache) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        site_of("a{color:red}", cache.path()).write_to(folder.path()).unwrap();
        let before = files_under(folder.path()).unwrap();
        let manifest = folder.path().join("manifest.json");
        let written = fs::metadata(&manifest).unwrap().modified().unwrap();
        site_of("a{color:red}", cache.path()).write_to(folder.path()).unwrap();
        assert_eq!(fs::metadata(&manifest).unwrap().modified().unwrap(), written, "nothing changed, nothing written");

        let blue = site_of("a{color:blue}", cache.path());
        blue.write_to(folder.path()).unwrap();
        assert_eq!(files_under(folder.path()).unwrap(), blue.files);
        assert_ne!(before, blue.files);
    }

    #[test]
    fn a_boot_script_without_its_placeholders_is_refused() {
        let error = boot_script("import('__GLUE__')", "/g.js", "/w.wasm", false).unwrap_err();
        assert!(error.to_string().contains("__WASM__"), "{error}");
    }
}
