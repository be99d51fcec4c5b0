//! `cargo xtask build`: the browser part, then the server with the browser part inside.

use std::path::PathBuf;
use std::time::Instant;

use anyhow::Result;

use crate::compress::Effort;
use crate::maplibre::Maplibre;
use crate::process;
use crate::site::{self, Size, Sizes};
use crate::workspace::Workspace;

#[derive(Clone, Copy)]
pub struct Options {
    pub release: bool,
    /// The page reloads itself when the server has restarted.
    pub live_reload: bool,
    /// The detailed map is in it.
    pub with_maplibre: bool,
}

/// Builds all and returns where the server is.
pub fn everything(workspace: &Workspace, options: Options) -> Result<PathBuf> {
    say("building the browser part");
    let began = Instant::now();
    let sizes = browser(workspace, options)?;
    print_sizes(&sizes);
    say(&format!("browser part ready after {:.1} s; building the server", began.elapsed().as_secs_f32()));
    let began = Instant::now();
    let path = server(workspace, options.release)?;
    say(&format!("server ready after {:.1} s", began.elapsed().as_secs_f32()));
    if options.release {
        println!("  {}  {} kB", path.display(), std::fs::metadata(&path)?.len() / 1000);
    }
    Ok(path)
}

pub fn browser(workspace: &Workspace, options: Options) -> Result<Sizes> {
    let effort = if options.release { Effort::Best } else { Effort::Quick };
    let maplibre = options.with_maplibre.then(|| Maplibre::take(workspace)).transpose()?;
    site::build(workspace, effort, options.live_reload, maplibre)
}

pub fn server(workspace: &Workspace, release: bool) -> Result<PathBuf> {
    let mut cargo = workspace.cargo();
    cargo.args(["build", "--package", "server", "--bin", "xiaoxiang"]);
    if release {
        cargo.arg("--release");
    }
    process::run(&mut cargo)?;
    Ok(workspace.server(release))
}

/// A line of progress.
pub fn say(what: &str) {
    println!("• {what}");
}

pub fn print_sizes(sizes: &Sizes) {
    let page = [("wasm", sizes.wasm), ("glue", sizes.glue), ("boot", sizes.boot), ("css", sizes.css)];
    let worker = [
        ("offline wasm", sizes.offline),
        ("offline glue", sizes.offline_glue),
        ("planner wasm", sizes.planner),
        ("planner glue", sizes.planner_glue),
    ];
    for (name, Size { raw, brotli }) in page.into_iter().chain(worker) {
        println!("  {name:<12}  {raw:>8} bytes  {brotli:>7} brotli");
    }
}
