//! The filters: beside the results where there is room, in a drawer where there is not.
//!
//! The drawer is the browser's own popover, so it opens, closes on Escape and on a tap beside it, and gives the focus back before
//! the island is awake and without script. The style sheet shows the panel in place on wide screens and the button on narrow ones;
//! a browser that knows no popovers shows the panel in place everywhere.

use domain::Lang;
use leptos::prelude::*;

/// Wraps the form of filters; `label` names the drawer and the button that opens it.
#[component]
pub fn FilterDrawer(label: String, children: Children) -> impl IntoView {
    let (name, close) = (label.clone(), close_label(&label));
    view! {
        <Drawer>
            <button type="button" class="button drawer__open" popovertarget="drawer-panel">
                {label}
            </button>
            <div class="drawer__panel" id="drawer-panel" popover="auto" role="group" aria-label=name>
                <button
                    type="button"
                    class="button drawer__close"
                    popovertarget="drawer-panel"
                    popovertargetaction="hide"
                >
                    {close}
                </button>
                {children()}
            </div>
        </Drawer>
    }
}

#[island]
fn Drawer(children: Children) -> impl IntoView {
    let root = NodeRef::<leptos::html::Div>::new();

    #[cfg(feature = "hydrate")]
    root.on_load(|root| panel::attend(&root));

    view! {
        <div class="drawer" node_ref=root>
            {children()}
        </div>
    }
}

/// In the language of the label, which is a Chinese or an English word.
fn close_label(label: &str) -> &'static str {
    let lang = if label.is_ascii() { Lang::En } else { Lang::Zh };
    lang.pick("关闭", "Close")
}

#[cfg(feature = "hydrate")]
mod panel {
    use wasm_bindgen::JsCast;
    use web_sys::{Element, Event, FocusEvent, HtmlElement, Node};

    use crate::islands::browser::{listen, select};

    /// Adds what the popover leaves to the page: the focus goes into the panel, and the panel does not stay open behind it.
    pub fn attend(root: &Element) {
        let (Some(open), Some(panel)) = (select(root, ".drawer__open"), select(root, ".drawer__panel")) else { return };
        if panel.matches(":popover-open").is_err() {
            // a browser without popovers: the panel stands in the page
            return;
        }
        let _ = open.set_attribute("aria-expanded", "false");

        let shown = panel.clone();
        let opener = open.clone();
        listen(&panel, "toggle", move |event: Event| {
            // `<details>` in the form toggle too; their events do not bubble, but that is young
            if event.target().as_ref() != Some(shown.as_ref()) {
                return;
            }
            let is_open = is_open(&shown);
            let _ = opener.set_attribute("aria-expanded", if is_open { "true" } else { "false" });
            if is_open && let Some(first) = select(&shown, "form input:not([type=hidden]), form select, form button") {
                let _ = first.focus();
            }
        });

        // Not a modal: whoever tabs out of it is done with it, and must see where the focus has gone.
        let left = panel.clone();
        let opener = open.clone();
        listen(&panel, "focusout", move |event: FocusEvent| {
            let to = event.related_target().and_then(|it| it.dyn_into::<Node>().ok());
            if to.is_some_and(|to| !left.contains(Some(&to)) && !opener.contains(Some(&to))) {
                close(&left);
            }
        });

        // On a screen turned or widened the button goes, and the panel returns to its place.
        listen(&leptos::prelude::window(), "resize", move |_: Event| {
            if open.offset_width() == 0 {
                close(&panel);
            }
        });
    }

    fn is_open(panel: &HtmlElement) -> bool {
        panel.matches(":popover-open").unwrap_or(false)
    }

    fn close(panel: &HtmlElement) {
        if is_open(panel) {
            let _ = panel.hide_popover();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_button_that_closes_speaks_the_language_of_the_one_that_opens() {
        assert_eq!(close_label("筛选"), "关闭");
        assert_eq!(close_label("Filter"), "Close");
    }
}
