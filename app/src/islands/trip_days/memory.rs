//! Where one was on the page before it was sent, so that the answer is shown at the same place. Kept by the browser for this window,
//! and only for as long as an answer takes.

use leptos::prelude::window;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, ScrollBehavior, ScrollToOptions, Storage};

use super::carry::Told;
use crate::islands::browser::{document, page_lang, select};

const NAME: &str = "trip-place";
/// An answer that takes longer finds nobody waiting.
const SECONDS: u32 = 30;

fn storage() -> Option<Storage> {
    window().session_storage().ok()?
}

fn now() -> u32 {
    (js_sys::Date::now() / 1000.0) as u32
}

fn path() -> String {
    let path = window().location().pathname().unwrap_or_default();
    path.trim_end_matches("/edit").to_owned()
}

/// `stop` is the id of the stop that is to stand `top` pixels below the window's edge, `focus` whether its handle had the focus. With
/// no stop the page is scrolled by `top`.
pub fn keep(stop: &str, top: i32, focus: bool) {
    let text = format!("{}\n{}\n{stop}\n{top}\n{}", now(), path(), u8::from(focus));
    if let Some(storage) = storage() {
        let _ = storage.set_item(NAME, &text);
    }
}

/// At once, whatever the style sheet says of how pages glide.
pub fn scroll_by(down: f64) {
    let options = ScrollToOptions::new();
    options.set_top(down);
    options.set_behavior(ScrollBehavior::Instant);
    window().scroll_by_with_scroll_to_options(&options);
}

/// Goes back there; gives the sentence to be heard.
pub fn restore() -> Option<String> {
    let storage = storage()?;
    let text = storage.get_item(NAME).ok()??;
    let _ = storage.remove_item(NAME);
    let mut parts = text.split('\n');
    let (time, there, stop, top) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    let focus = parts.next() == Some("1");
    let (time, top): (u32, i32) = (time.parse().ok()?, top.parse().ok()?);
    if now().saturating_sub(time) > SECONDS || there != path() {
        return None;
    }
    if stop.is_empty() {
        scroll_by(f64::from(top) - window().scroll_y().unwrap_or(0.0));
        return None;
    }
    let stop: HtmlElement = document().get_element_by_id(stop)?.dyn_into().ok()?;
    let rect = stop.get_bounding_client_rect();
    scroll_by(rect.top() - f64::from(top));
    if focus && let Some(handle) = select(&stop, ".trip__handle") {
        let _ = handle.focus();
    }
    Some(Told::Dropped(&super::room::name_of(&stop)).say(page_lang(), &[]))
}
