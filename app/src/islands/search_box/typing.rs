//! The field and the list in the browser: keys, compositions, pointer and focus.

use std::cell::Cell;
use std::rc::Rc;

use domain::Lang;
use leptos::prelude::{Effect, GetUntracked, RwSignal, Set, Update, With, WithUntracked, window};
use wasm_bindgen::JsCast;
use web_sys::{
    CompositionEvent, Element, Event, FocusEvent, HtmlInputElement, InputEvent, KeyboardEvent, MouseEvent, ScrollIntoViewOptions,
    ScrollLogicalPosition,
};

use super::asking::{Asking, spares_data};
use super::suggestions::{After, Suggestions, option_id};
use crate::islands::browser::{document, listen, select};

/// What a keyboard reports for a key that an input method has taken.
const TAKEN_BY_INPUT_METHOD: u32 = 229;

#[derive(Clone)]
struct Field {
    input: HtmlInputElement,
    list: RwSignal<Suggestions>,
    id: RwSignal<Option<String>>,
    asking: Rc<Asking>,
    /// Between the start and the end of a composition: what stands in the field is not yet meant.
    composing: Rc<Cell<bool>>,
}

pub fn attend(shown: &Element, lang: RwSignal<Lang>, list: RwSignal<Suggestions>, id: RwSignal<Option<String>>) {
    let Ok(Some(root)) = shown.closest(".search-box") else { return };
    let Some(input) = select(&root, "input[name=q]").and_then(|it| it.dyn_into::<HtmlInputElement>().ok()) else { return };
    if spares_data() {
        return;
    }
    lang.set(root.get_attribute("data-lang").and_then(|code| Lang::parse(&code)).unwrap_or_default());
    id.set(Some(["search-suggest-", &nth_box().to_string()].concat()));
    let field = Field { input, list, id, asking: Asking::new(lang.get_untracked()), composing: Rc::default() };
    field.become_combobox();
    field.listen_to_typing();
    field.listen_to_keys();
    field.listen_to_pointer(shown);
    field.listen_to_leaving(&root);
}

fn nth_box() -> u32 {
    thread_local!(static BOXES: Cell<u32> = const { Cell::new(0) });
    BOXES.set(BOXES.get() + 1);
    BOXES.get()
}

impl Field {
    fn become_combobox(&self) {
        let id = self.id.get_untracked().unwrap_or_default();
        // the browser's own list of earlier entries would lie over ours
        let fixed = [
            ("role", "combobox"),
            ("aria-autocomplete", "list"),
            ("aria-haspopup", "listbox"),
            ("aria-controls", &id),
            ("autocomplete", "off"),
        ];
        for (name, value) in fixed {
            let _ = self.input.set_attribute(name, value);
        }
        let (input, list) = (self.input.clone(), self.list);
        Effect::new(move |_| {
            let (open, active) = list.with(|list| (list.is_open(), list.active()));
            let _ = input.set_attribute("aria-expanded", if open { "true" } else { "false" });
            let Some(active) = active else {
                let _ = input.remove_attribute("aria-activedescendant");
                return;
            };
            let active = option_id(&id, active);
            let _ = input.set_attribute("aria-activedescendant", &active);
            if let Some(option) = document().get_element_by_id(&active) {
                let nearest = ScrollIntoViewOptions::new();
                nearest.set_block(ScrollLogicalPosition::Nearest);
                option.scroll_into_view_with_scroll_into_view_options(&nearest);
            }
        });
    }

    fn listen_to_typing(&self) {
        let field = self.clone();
        listen(&self.input, "input", move |event: Event| {
            let composing = event.dyn_into::<InputEvent>().is_ok_and(|event| event.is_composing());
            if !composing && !field.composing.get() {
                field.ask();
            }
        });
        let field = self.clone();
        listen(&self.input, "compositionstart", move |_: CompositionEvent| {
            field.composing.set(true);
            field.close();
        });
        let field = self.clone();
        listen(&self.input, "compositionend", move |_: CompositionEvent| {
            field.composing.set(false);
            field.ask();
        });
    }

    fn listen_to_keys(&self) {
        let field = self.clone();
        listen(&self.input, "keydown", move |event: KeyboardEvent| {
            let key = event.key();
            if field.composing.get() || event.is_composing() || event.key_code() == TAKEN_BY_INPUT_METHOD {
                // confirms the composition, and neither chooses nor submits
                if key == "Enter" {
                    event.prevent_default();
                }
                return;
            }
            if event.ctrl_key() || event.meta_key() || event.shift_key() && key != "Tab" {
                return;
            }
            let Some(after) = field.list.try_update(|list| list.key(&key, event.alt_key())) else { return };
            match after {
                After::Field => return,
                After::Taken => {}
                After::Ask => field.ask(),
                After::Go(url) => go(&url),
            }
            event.prevent_default();
        });
    }

    fn listen_to_pointer(&self, shown: &Element) {
        // the field keeps the focus, so that leaving it means leaving
        listen(shown, "mousedown", |event: MouseEvent| event.prevent_default());
        let list = self.list;
        listen(shown, "click", move |event: MouseEvent| {
            let option =
                event.target().and_then(|it| it.dyn_into::<Element>().ok()).and_then(|it| it.closest("[role=option]").ok()?);
            let index = option.and_then(|it| it.get_attribute("data-index")).and_then(|it| it.parse::<usize>().ok());
            let url = index.and_then(|index| list.with_untracked(|list| list.items().get(index).map(|it| it.url.clone())));
            if let Some(url) = url {
                go(&url);
            }
        });
    }

    fn listen_to_leaving(&self, root: &Element) {
        let field = self.clone();
        listen(&self.input, "focusout", move |_: FocusEvent| field.close());
        let field = self.clone();
        listen(root, "submit", move |_: Event| field.close());
    }

    fn ask(&self) {
        let (typed, field) = (self.input.value(), self.clone());
        if typed.trim().is_empty() {
            self.close();
            self.list.set(Suggestions::default());
            return;
        }
        // What is listed belongs to other words, but stays until the answer comes, lest the list flicker.
        self.list.update(Suggestions::choose_none);
        self.asking.ask(&typed, move |items| {
            let focused = document().active_element();
            if focused.as_ref() == Some(field.input.as_ref()) {
                field.list.set(Suggestions::answered(items));
            }
        });
    }

    fn close(&self) {
        self.asking.forget();
        // signals tell of every write, and this is called on every departure
        if self.list.with_untracked(Suggestions::is_open) {
            self.list.update(Suggestions::close);
        }
    }
}

fn go(url: &str) {
    let _ = window().location().assign(url);
}
