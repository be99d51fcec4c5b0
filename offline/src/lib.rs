//! The site where there is no signal.
//!
//! Pages are functions from a view to HTML, so they are made in a browser's worker by the same code as on the server, from what the
//! device has kept. Everything here takes texts (mostly JSON) and gives texts, keeps nothing between two calls and asks for nothing:
//! what is fetched, kept and sent is the service worker's (`public/sw.js`).

pub mod away;
pub mod look;
pub mod search;
pub mod trip;

pub use app::trips::pack::FORMAT;

/// [`FORMAT`], for the service worker.
#[cfg_attr(target_arch = "wasm32", wasm_bindgen::prelude::wasm_bindgen)]
pub fn format() -> u32 {
    FORMAT
}
