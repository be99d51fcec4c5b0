//! Writes the table of embedded assets from the site folder that `cargo xtask build` fills: `<target>/site`, or wherever
//! `XIAOXIANG_SITE_DIR` says.

use std::error::Error;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed=XIAOXIANG_SITE_DIR");
    let out = PathBuf::from(std::env::var("OUT_DIR")?);
    let site = match std::env::var_os("XIAOXIANG_SITE_DIR") {
        Some(folder) => PathBuf::from(folder).canonicalize().map_err(|error| format!("XIAOXIANG_SITE_DIR: {error}"))?,
        None => default_site(&out)?,
    };
    println!("cargo::rerun-if-changed={}", site.display());
    let manifest = site.join("manifest.json");
    let table = if manifest.is_file() {
        table(&site, &manifest)?
    } else {
        println!("cargo::warning=built without the browser part: run cargo xtask build");
        "static MANIFEST: Option<&str> = None;\nstatic ASSETS: &[Asset] = &[];\n".to_owned()
    };
    fs::write(out.join("assets.rs"), table)?;
    Ok(())
}

/// `<target>/site`, made if need be: cargo watches a folder that exists, and would run this again and again for one that does not.
fn default_site(out: &Path) -> Result<PathBuf, Box<dyn Error>> {
    // <target>/<profile>/build/server-<hash>/out, with a <triple> before <profile> when cross-compiling; cargo marks <target>.
    let marked = out.ancestors().find(|folder| folder.join("CACHEDIR.TAG").is_file());
    let target = marked.or_else(|| out.ancestors().nth(4)).ok_or("OUT_DIR is not inside a target folder")?;
    let site = target.join("site");
    fs::create_dir_all(&site)?;
    Ok(site)
}

fn table(site: &Path, manifest: &Path) -> Result<String, Box<dyn Error>> {
    let mut names = Vec::new();
    list(site, "", &mut names)?;
    names.sort();
    let mut rust = format!("static MANIFEST: Option<&str> = Some(include_str!({manifest:?}));\nstatic ASSETS: &[Asset] = &[\n");
    for name in &names {
        if name == "manifest.json" || name.ends_with(".br") || name.ends_with(".gz") {
            continue;
        }
        let include = |suffix: &str| format!("include_bytes!({:?})", site.join(format!("{name}{suffix}")));
        let copy = |suffix: &str| match names.binary_search(&format!("{name}{suffix}")) {
            Ok(_) => format!("Some({})", include(suffix)),
            Err(_) => "None".to_owned(),
        };
        let (path, kind, immutable) = (format!("/{name}"), content_type(name)?, name.starts_with("assets/"));
        let (identity, br, gz) = (include(""), copy(".br"), copy(".gz"));
        writeln!(
            rust,
            "    Asset {{ path: {path:?}, content_type: {kind:?}, immutable: {immutable}, identity: {identity}, br: {br}, gz: {gz} }},"
        )?;
    }
    rust.push_str("];\n");
    Ok(rust)
}

fn list(folder: &Path, prefix: &str, names: &mut Vec<String>) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = format!("{prefix}{}", entry.file_name().to_str().ok_or("an asset's name is not UTF-8")?);
        if entry.file_type()?.is_dir() {
            list(&entry.path(), &format!("{name}/"), names)?;
        } else {
            names.push(name);
        }
    }
    Ok(())
}

fn content_type(name: &str) -> Result<&'static str, String> {
    let (_, extension) = name.rsplit_once('.').ok_or_else(|| format!("{name}: an asset needs an extension"))?;
    Ok(match extension {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "txt" => "text/plain; charset=utf-8",
        other => return Err(format!("{name}: no content type is known for .{other}; add it in server/build.rs")),
    })
}
