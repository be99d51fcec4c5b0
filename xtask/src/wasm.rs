//! What runs in the browser as WebAssembly, and the JavaScript that joins it to the page or the worker: the islands, and what makes
//! pages without a signal.

use std::fs;

use anyhow::{Context, Result, ensure};
use wasm_bindgen_cli_support::Bindgen;

use crate::workspace::Workspace;
use crate::{compress, process, toolchain};

pub struct Bound {
    pub wasm: Vec<u8>,
    pub glue: Vec<u8>,
}

/// What `app` is to the page: an ES module.
pub fn islands(workspace: &Workspace) -> Result<Bound> {
    let compiled = compile(workspace, &["--package", "app", "--lib", "--features", "hydrate"], "wasm/app.wasm")?;
    bind(workspace, compiled, |bindgen| bindgen.web(true))
}

/// What `offline` is to a worker: a classic script that sets `offline`, because older phones know no modules there.
pub fn offline(workspace: &Workspace) -> Result<Bound> {
    let compiled = compile(workspace, &["--package", "offline", "--lib"], "offline/offline.wasm")?;
    bind(workspace, compiled, |bindgen| bindgen.no_modules(true)?.no_modules_global("offline"))
}

/// What chooses stops in a worker; sets `planner`.
pub fn planner(workspace: &Workspace) -> Result<Bound> {
    let compiled = compile(workspace, &["--package", "planner", "--lib"], "planner/planner.wasm")?;
    bind(workspace, compiled, |bindgen| bindgen.no_modules(true)?.no_modules_global("planner"))
}

/// The solver of `planner` alone, built and bound likewise, for a benchmark; sets `toptw`.
pub fn solver(workspace: &Workspace) -> Result<Bound> {
    let what = ["--package", "planner", "--example", "toptw_browser"];
    let compiled = compile(workspace, &what, "planner/examples/toptw_browser.wasm")?;
    bind(workspace, compiled, |bindgen| bindgen.no_modules(true)?.no_modules_global("toptw"))
}

/// `into` is `<profile>/<file>`. Each has a profile of its own: `app` is built with other features for each, into a file of one name.
fn compile(workspace: &Workspace, what: &[&str], into: &str) -> Result<Vec<u8>> {
    toolchain::ensure_target(workspace, toolchain::WASM)?;
    let profile = into.split('/').next().unwrap_or_default();
    let mut cargo = workspace.cargo();
    cargo.arg("build").args(what).args(["--target", toolchain::WASM, "--profile", profile]);
    if profile == "planner" {
        // Going through all visits is one loop of vector instructions: without them it takes three times as long as natively.
        cargo.env("CARGO_ENCODED_RUSTFLAGS", "-Ctarget-feature=+simd128");
    }
    process::run(&mut cargo).with_context(|| format!("{into} did not compile for the browser"))?;
    let compiled = workspace.target.join(toolchain::WASM).join(into);
    fs::read(&compiled).with_context(|| compiled.display().to_string())
}

fn bind(workspace: &Workspace, compiled: Vec<u8>, form: impl FnOnce(&mut Bindgen) -> Result<&mut Bindgen>) -> Result<Bound> {
    let cache = workspace.cache();
    // This file is part of the name, so that a change of the settings here is a change of the inputs.
    let name = compress::hash(&[&compiled, include_bytes!("wasm.rs").as_slice()].concat());
    let (wasm_name, glue_name) = (format!("{name}.wasm"), format!("{name}.js"));
    if let (Ok(wasm), Ok(glue)) = (fs::read(cache.join(&wasm_name)), fs::read(cache.join(&glue_name))) {
        return Ok(Bound { wasm, glue });
    }
    let mut bindgen = Bindgen::new();
    form(bindgen.input_bytes("xiaoxiang", compiled))?.typescript(false);
    // Whoever loads it says where the wasm is: its name carries a hash that the glue cannot know.
    bindgen.remove_name_section(true).remove_producers_section(true).omit_default_module_path(true);
    let mut output = bindgen.generate_output()?;
    // They would need files of their own beside the glue. No dependency brings any.
    let alone = output.snippets().values().all(Vec::is_empty) && output.local_modules().is_empty();
    ensure!(alone, "ours or a dependency brings JavaScript snippets: {:?}", output.snippets());
    let glue = compress::remembered(&cache, &glue_name, || Ok(output.js().as_bytes().to_vec()))?;
    let wasm = compress::remembered(&cache, &wasm_name, || Ok(output.wasm_mut().emit_wasm()))?;
    Ok(Bound { wasm, glue })
}
