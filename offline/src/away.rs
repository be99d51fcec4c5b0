//! What is on the device, listed where there is no signal.

use std::sync::Arc;

use app::trips::pack::TripPack;
use app::views::{AwayPage, Chrome, KeptTrip};
use serde::Deserialize;
use serde_json::json;

use crate::look::Look;
use crate::trip::title_and_waiting;

#[cfg(target_arch = "wasm32")]
use wasm_bindgen::prelude::wasm_bindgen;

#[derive(Deserialize)]
struct Kept {
    /// JSON of [`TripPack`].
    pack: String,
    queue: Vec<String>,
}

/// The list of trips where `look.path` is `/trips`, else the page that says that there is no signal. `kept` is a list of what is on
/// the device: `[{"pack":"…","queue":["…"]}]`. Gives `{"status":503,"html":"…"}`.
///
/// # Errors
/// Where an argument is not what it should be, in words for a programmer. A pack that cannot be read is passed over.
#[cfg_attr(target_arch = "wasm32", wasm_bindgen)]
pub fn away_page(kept: &str, look: &str) -> Result<String, String> {
    let look = Look::read(look)?;
    let kept: Vec<Kept> = serde_json::from_str(kept).map_err(|why| format!("kept: {why}"))?;
    let packs: Vec<(TripPack, Vec<String>)> =
        kept.into_iter().filter_map(|kept| Some((serde_json::from_str(&kept.pack).ok()?, kept.queue))).collect();
    let site = packs.first().map(|(pack, _)| Arc::new(pack.site.clone())).unwrap_or_default();
    let trips = packs
        .iter()
        .map(|(pack, queue)| {
            let (title, unsent) = title_and_waiting(pack, queue, &look);
            KeptTrip { id: pack.stored.id.clone(), title, kept_at: pack.made_at, unsent }
        })
        .collect();
    let asked_for_trips = look.path.split(['?', '#']).next() == Some("/trips");
    let page = AwayPage { asked_for_trips, trips };
    // It is made now, though of what was kept.
    let chrome = Chrome { kept_at: None, ..look.chrome(site, look.now()) };
    let html = app::pages::away::render(&chrome, &page);
    Ok(json!({ "status": if asked_for_trips { 200 } else { 503 }, "html": html }).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look(path: &str) -> String {
        json!({ "lang": "zh", "path": path, "base_url": "https://hunan.example", "assets": { "css": "/a.css" }, "now_ms": 1 })
            .to_string()
    }

    #[test]
    fn a_device_with_nothing_says_so_and_a_pack_that_cannot_be_read_is_nothing() {
        for kept in ["[]", r#"[{"pack":"{}","queue":[]}]"#] {
            let answer: serde_json::Value = serde_json::from_str(&away_page(kept, &look("/places?q=1")).unwrap()).unwrap();
            assert_eq!(answer["status"], 503);
            let html = answer["html"].as_str().unwrap();
            assert!(html.contains("没有信号") && html.contains("这部设备上没有存行程"), "{html}");
            assert!(html.contains(r#"href="/places?q=1""#), "one can try again: {html}");
        }
        assert!(away_page("no", &look("/")).unwrap_err().starts_with("kept:"));
    }
}
