//! The islands as WebAssembly, and the JavaScript that joins them to the page.

use std::fs;

use anyhow::{Context, Result, ensure};
use wasm_bindgen_cli_support::Bindgen;

use crate::workspace::Workspace;
use crate::{compress, process, toolchain};

pub struct Browser {
    pub wasm: Vec<u8>,
    pub glue: Vec<u8>,
}

/// Compiles `app` for the browser and binds it.
pub fn build(workspace: &Workspace) -> Result<Browser> {
    toolchain::ensure_target(workspace, toolchain::WASM)?;
    let mut cargo = workspace.cargo();
    cargo.args(["build", "--package", "app", "--lib", "--features", "hydrate"]);
    process::run(cargo.args(["--target", toolchain::WASM, "--profile", "wasm"]))
        .context("app did not compile for the browser")?;
    let compiled = workspace.target.join(toolchain::WASM).join("wasm/app.wasm");
    let compiled = fs::read(&compiled).with_context(|| compiled.display().to_string())?;
    bind(workspace, compiled)
}

fn bind(workspace: &Workspace, compiled: Vec<u8>) -> Result<Browser> {
    let cache = workspace.cache();
    // This file is part of the name, so that a change of the settings below is a change of the inputs.
    let name = compress::hash(&[&compiled, include_bytes!("wasm.rs").as_slice()].concat());
    let (wasm_name, glue_name) = (format!("{name}.wasm"), format!("{name}.js"));
    if let (Ok(wasm), Ok(glue)) = (fs::read(cache.join(&wasm_name)), fs::read(cache.join(&glue_name))) {
        return Ok(Browser { wasm, glue });
    }
    let mut bindgen = Bindgen::new();
    bindgen.input_bytes("xiaoxiang", compiled).web(true)?.typescript(false);
    // The boot script says where the wasm is: its name carries a hash that the glue cannot know.
    bindgen.remove_name_section(true).remove_producers_section(true).omit_default_module_path(true);
    let mut output = bindgen.generate_output()?;
    // They would need files of their own beside the glue. No dependency brings any.
    let alone = output.snippets().values().all(Vec::is_empty) && output.local_modules().is_empty();
    ensure!(alone, "app or a dependency brings JavaScript snippets: {:?}", output.snippets());
    let glue = compress::remembered(&cache, &glue_name, || Ok(output.js().as_bytes().to_vec()))?;
    let wasm = compress::remembered(&cache, &wasm_name, || Ok(output.wasm_mut().emit_wasm()))?;
    Ok(Browser { wasm, glue })
}
