//! MapLibre GL JS from npm, for `build --with-maplibre`.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

use crate::workspace::Workspace;
use crate::{compress, debian, process};

/// What the detailed map is made of.
pub struct Maplibre {
    pub library: Vec<u8>,
    pub worker: Vec<u8>,
    pub style: Vec<u8>,
    /// Our own part, with names to be filled in.
    pub page: String,
}

impl Maplibre {
    /// Installs what the lock file names, below the target folder.
    pub fn take(workspace: &Workspace) -> Result<Self> {
        let here = workspace.root.join("xtask/maplibre");
        let there = workspace.target.join("maplibre");
        let installed = there.join("installed");
        let lock = fs::read(here.join("package-lock.json")).context("xtask/maplibre/package-lock.json")?;
        let wanted = compress::hash(&lock);
        if fs::read_to_string(&installed).is_ok_and(|has| has == wanted) {
            return Self::read(&here, &there);
        }
        if process::which("npm").is_none() {
            debian::install("building the detailed map in", &["nodejs", "npm"])?;
        }
        fs::create_dir_all(&there)?;
        for name in ["package.json", "package-lock.json"] {
            fs::copy(here.join(name), there.join(name))?;
        }
        let mut npm = Command::new("npm");
        process::run(npm.current_dir(&there).args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]))?;
        fs::write(&installed, wanted)?;
        Self::read(&here, &there)
    }

    fn read(here: &Path, there: &Path) -> Result<Self> {
        let dist = there.join("node_modules/maplibre-gl/dist");
        let file = |name: &str| fs::read(dist.join(name)).with_context(|| format!("maplibre-gl has no {name}"));
        Ok(Self {
            library: without_source_map(file("maplibre-gl.mjs")?),
            worker: without_source_map(file("maplibre-gl-worker.mjs")?),
            style: file("maplibre-gl.css")?,
            page: fs::read_to_string(here.join("detailed.js")).context("xtask/maplibre/detailed.js")?,
        })
    }
}

/// The map of the source is not built in, and a browser that looks for it would find nothing.
fn without_source_map(mut script: Vec<u8>) -> Vec<u8> {
    let comment = b"//# sourceMappingURL=";
    if let Some(at) = script.windows(comment.len()).rposition(|window| window == comment) {
        let end = script[at..].iter().position(|byte| *byte == b'\n').map_or(script.len(), |line| at + line);
        script.drain(at..end);
    }
    script
}

/// Our part of it, with the addresses of the others.
pub fn page_script(page: &str, library: &str, worker: &str, style: &str) -> Result<String> {
    let mut script = page.to_owned();
    for (name, path) in [("__LIBRARY__", library), ("__WORKER__", worker), ("__STYLE__", style)] {
        anyhow::ensure!(script.contains(name), "xtask/maplibre/detailed.js does not say {name}");
        script = script.replace(name, path);
    }
    Ok(script)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_comment_that_names_a_source_map_goes() {
        let script = b"let a = 1;\n//# sourceMappingURL=a.mjs.map\nlet b;".to_vec();
        assert_eq!(without_source_map(script), b"let a = 1;\n\nlet b;");
        assert_eq!(without_source_map(b"let a;".to_vec()), b"let a;");
    }

    #[test]
    fn our_part_knows_where_the_others_are() {
        let page = include_str!("../maplibre/detailed.js");
        let script = page_script(page, "/assets/a.js", "/assets/b.js", "/assets/c.css").unwrap();
        assert!(["'/assets/a.js'", "'/assets/b.js'", "'/assets/c.css'"].iter().all(|path| script.contains(path)));
        assert!(["__LIBRARY__", "__WORKER__", "__STYLE__"].iter().all(|name| !script.contains(name)));
        assert!(page_script("import {} from '__LIBRARY__'", "", "", "").is_err());
    }
}
