//! What the visitor sees.
//!
//! Pages are plain functions from a view to HTML, rendered on the server in one go; nothing here asks for data. Only what stands
//! under `islands` becomes wasm. Everything works before and without it.

pub mod islands;

#[cfg(feature = "ssr")]
pub mod document;
#[cfg(feature = "ssr")]
pub mod href;
#[cfg(feature = "ssr")]
mod kept;
#[cfg(feature = "ssr")]
pub mod map;
#[cfg(feature = "ssr")]
pub mod pages;
#[cfg(feature = "ssr")]
pub mod trips;
#[cfg(feature = "ssr")]
pub mod ui;
#[cfg(feature = "ssr")]
pub mod views;

/// Called once by the boot script before it wakes the islands.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}
