//! What several islands ask of the browser.

use domain::Lang;
use leptos::web_sys::{Document, Element, Event, EventTarget, HtmlElement};
use wasm_bindgen::convert::FromWasmAbi;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};

/// Calls `react` on every such event. An island lives as long as its page, so the listener is never taken away.
pub fn listen<E>(target: &EventTarget, name: &str, react: impl FnMut(E) + 'static)
where
    E: FromWasmAbi + AsRef<Event> + 'static,
{
    let react: Closure<dyn FnMut(E)> = Closure::wrap(Box::new(react));
    let _ = target.add_event_listener_with_callback(name, react.as_ref().unchecked_ref());
    react.forget();
}

pub fn document() -> Document {
    leptos::prelude::document()
}

/// What `<html>` is: language and look are written there.
pub fn root() -> Option<HtmlElement> {
    document().document_element()?.dyn_into().ok()
}

pub fn page_lang() -> Lang {
    match root() {
        Some(root) if root.lang().starts_with("en") => Lang::En,
        _ => Lang::Zh,
    }
}

pub fn select(within: &Element, selector: &str) -> Option<HtmlElement> {
    within.query_selector(selector).ok()??.dyn_into().ok()
}

/// A field of a plain JavaScript object.
pub fn field(object: &JsValue, name: &str) -> Option<JsValue> {
    js_sys::Reflect::get(object, &name.into()).ok().filter(|value| !value.is_undefined() && !value.is_null())
}
