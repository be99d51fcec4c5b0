//! Puts a text on the clipboard, where there is one; where there is none, lays the text out to be copied by hand.

use leptos::prelude::*;

/// Copies `text`; `done` is said when it is copied. Not there without script.
#[component]
pub fn CopyButton(text: String, label: String, done: String) -> impl IntoView {
    let by_hand = label.clone();
    view! {
        <Copy>
            <button type="button" class="button copy__button" hidden data-text=text data-done=done>
                {label}
            </button>
            <textarea class="copy__text" rows="2" readonly hidden aria-label=by_hand></textarea>
            <span class="copy__done" role="status"></span>
        </Copy>
    }
}

#[island]
fn Copy(children: Children) -> impl IntoView {
    let root = NodeRef::<leptos::html::Span>::new();

    #[cfg(feature = "hydrate")]
    root.on_load(|root| clipboard::attend(&root));

    view! {
        <span class="copy" node_ref=root>
            {children()}
        </span>
    }
}

#[cfg(feature = "hydrate")]
mod clipboard {
    use wasm_bindgen::{JsCast, JsValue};
    use wasm_bindgen_futures::{JsFuture, spawn_local};
    use web_sys::{Element, HtmlDocument, HtmlElement, HtmlTextAreaElement, MouseEvent, Navigator};

    use crate::islands::browser::{document, field, listen, select};

    pub fn attend(root: &Element) {
        let (Some(button), Some(said)) = (select(root, "button"), select(root, "[role=status]")) else { return };
        let Some(by_hand) = select(root, "textarea").and_then(|it| it.dyn_into::<HtmlTextAreaElement>().ok()) else { return };
        let (Some(text), Some(done)) = (button.get_attribute("data-text"), button.get_attribute("data-done")) else { return };
        let pressed = button.clone();
        listen(&button, "click", move |_: MouseEvent| {
            let (text, done, said) = (text.clone(), done.clone(), said.clone());
            let (button, by_hand) = (pressed.clone(), by_hand.clone());
            // emptied first: a live region that does not change is not read a second time
            said.set_text_content(None);
            spawn_local(async move {
                if written(&text).await || selected_and_copied(&text, &button, &by_hand) {
                    said.set_text_content(Some(&done));
                }
            });
        });
        button.set_hidden(false);
    }

    async fn written(text: &str) -> bool {
        let navigator: Navigator = leptos::prelude::window().navigator();
        // missing in insecure contexts and in some in-app browsers
        if field(&navigator, "clipboard").is_none() {
            return false;
        }
        JsFuture::from(navigator.clipboard().write_text(text)).await.is_ok()
    }

    /// The older way. Where that is refused too, the text stays selected in plain sight.
    fn selected_and_copied(text: &str, button: &HtmlElement, by_hand: &HtmlTextAreaElement) -> bool {
        by_hand.set_value(text);
        by_hand.set_hidden(false);
        let _ = by_hand.focus();
        by_hand.select();
        let document: JsValue = document().into();
        let copied = document.unchecked_into::<HtmlDocument>().exec_command("copy").unwrap_or(false);
        if copied {
            by_hand.set_hidden(true);
            let _ = button.focus();
        }
        copied
    }
}
