//! Light or dark: the links work by themselves, through the server; awake, they work at once.

use leptos::prelude::*;

/// Wraps links to `/look?size=…` and `/look?scheme=…`.
#[component]
pub fn LookSwitches(children: Children) -> impl IntoView {
    view! {
        <Look>
            {children()}
            <p class="visually-hidden" role="status"></p>
        </Look>
    }
}

#[island]
fn Look(children: Children) -> impl IntoView {
    let root = NodeRef::<leptos::html::Div>::new();

    #[cfg(feature = "hydrate")]
    root.on_load(|root| page::attend(&root));

    view! {
        <div class="look-switches" node_ref=root>
            {children()}
        </div>
    }
}

/// One change of look, as the links say it.
#[derive(Debug, PartialEq, Eq)]
#[cfg_attr(not(feature = "hydrate"), allow(dead_code, reason = "only the browser reads links"))]
enum Change<'a> {
    Size(&'a str),
    Scheme(&'a str),
}

#[cfg_attr(not(feature = "hydrate"), allow(dead_code, reason = "only the browser reads links"))]
impl<'a> Change<'a> {
    fn of_link(href: &'a str) -> Option<Self> {
        href.strip_prefix("/look?")?.split('&').find_map(|pair| match pair.split_once('=')? {
            ("size", size @ ("normal" | "elder")) => Some(Change::Size(size)),
            ("scheme", scheme @ ("auto" | "light" | "dark")) => Some(Change::Scheme(scheme)),
            _ => None,
        })
    }

    /// `elder.dark`, as the cookie has it.
    fn of_cookie(value: &'a str) -> Option<[Self; 2]> {
        let (size, scheme) = value.split_once('.')?;
        Some([Change::Size(size), Change::Scheme(scheme)])
    }
}

#[cfg(feature = "hydrate")]
mod page {
    use wasm_bindgen::{JsCast, JsValue};
    use web_sys::{DomStringMap, Element, HtmlDocument, MouseEvent, PageTransitionEvent};

    use super::Change;
    use crate::islands::browser::{document, listen, root, select};

    pub fn attend(switches: &Element) {
        let Some(said) = select(switches, "[role=status]") else { return };
        listen(switches, "click", move |event: MouseEvent| {
            // with a modifier it is a link to be opened elsewhere
            if event.default_prevented() || event.button() != 0 {
                return;
            }
            if event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key() {
                return;
            }
            let link = event.target().and_then(|it| it.dyn_into::<Element>().ok()).and_then(|it| it.closest("a").ok().flatten());
            let Some((link, href)) = link.and_then(|link| link.get_attribute("href").map(|href| (link, href))) else { return };
            // The elder version is another page, with fewer things on it: the server makes that one.
            let Some(change @ Change::Scheme(_)) = Change::of_link(&href) else { return };
            event.prevent_default();
            apply(&change);
            remember();
            follow();
            said.set_text_content(link.text_content().as_deref());
        });
        // A page the browser kept alive for the back button still looks as it did when it was left.
        listen(&leptos::prelude::window(), "pageshow", |event: PageTransitionEvent| {
            if !event.persisted() {
                return;
            }
            let cookies = html_document().cookie().unwrap_or_default();
            let Some(look) = cookies.split("; ").find_map(|it| it.strip_prefix("look=")) else { return };
            Change::of_cookie(look).iter().flatten().for_each(apply);
            follow();
        });
    }

    fn html_document() -> HtmlDocument {
        JsValue::from(document()).unchecked_into()
    }

    fn dataset() -> Option<DomStringMap> {
        root().map(|root| root.dataset())
    }

    fn apply(change: &Change) {
        let Some(dataset) = dataset() else { return };
        let _ = match change {
            Change::Size(size) => dataset.set("size", size),
            Change::Scheme(scheme) => dataset.set("scheme", scheme),
        };
    }

    /// Size and scheme as the page has them now.
    fn look() -> Option<(String, String)> {
        let dataset = dataset()?;
        Some((dataset.get("size").unwrap_or("normal".into()), dataset.get("scheme").unwrap_or("auto".into())))
    }

    fn remember() {
        let Some((size, scheme)) = look() else { return };
        // Refused where cookies are: then the look holds for this page only.
        let cookie = ["look=", &size, ".", &scheme, "; Path=/; Max-Age=31536000; SameSite=Lax"].concat();
        let _ = html_document().set_cookie(&cookie);
    }

    /// Brings what else speaks of the look into line with it.
    fn follow() {
        let Some((size, scheme)) = look() else { return };
        // The same as the server writes: form controls and scroll bars go by it.
        let color_scheme = if scheme == "auto" { "light dark" } else { &scheme };
        set_meta("meta[name=color-scheme]", color_scheme);
        let ground = document().body().and_then(|body| leptos::prelude::window().get_computed_style(&body).ok()?);
        if let Some(ground) = ground.and_then(|style| style.get_property_value("background-color").ok()) {
            set_meta("meta[name=theme-color]", &ground);
        }
        mark_links(&size, &scheme);
    }

    fn set_meta(selector: &str, content: &str) {
        for meta in all(selector) {
            let _ = meta.set_attribute("content", content);
        }
    }

    fn all(selector: &str) -> Vec<Element> {
        let Ok(found) = document().query_selector_all(selector) else { return vec![] };
        (0..found.length()).filter_map(|index| found.get(index)?.dyn_into().ok()).collect()
    }

    /// Every link on the page that sets a look, wherever it stands, says whether it is the present one.
    fn mark_links(size: &str, scheme: &str) {
        for link in all("a[href^='/look?']") {
            let present = match link.get_attribute("href").as_deref().and_then(Change::of_link) {
                Some(Change::Size(it)) => it == size,
                Some(Change::Scheme(it)) => it == scheme,
                None => continue,
            };
            let _ = if present { link.set_attribute("aria-current", "true") } else { link.remove_attribute("aria-current") };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_says_what_it_changes() {
        assert_eq!(Change::of_link("/look?size=elder&back=%2Fen%2Fplaces"), Some(Change::Size("elder")));
        assert_eq!(Change::of_link("/look?back=%2F&scheme=dark"), Some(Change::Scheme("dark")));
    }

    #[test]
    fn links_that_change_nothing_known_are_left_to_the_server() {
        for href in ["/look?size=huge", "/look?scheme=", "/look", "/places?size=elder", "https://other.example/look?size=elder"] {
            assert_eq!(Change::of_link(href), None, "{href}");
        }
    }

    #[test]
    fn the_cookie_holds_both() {
        assert_eq!(Change::of_cookie("elder.dark"), Some([Change::Size("elder"), Change::Scheme("dark")]));
        assert_eq!(Change::of_cookie("elder"), None);
    }
}
