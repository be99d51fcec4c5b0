//! Mouse, finger and keys on the handles of the stops.

use std::cell::{OnceCell, RefCell};
use std::rc::Rc;

use leptos::prelude::window;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, EventTarget, FocusEvent, HtmlElement, HtmlFormElement, HtmlInputElement, KeyboardEvent, PointerEvent};

use super::carry::{Place, Step, Told, handle, hint};
use super::memory;
use super::room::{Room, all, name_of, number_of};
use crate::islands::browser::{document, listen, page_lang, select};

/// Pixels a finger may tremble without meaning to drag.
const TREMBLE: i32 = 5;
/// So near to its edge the window scrolls, so many pixels a frame.
const EDGE: f64 = 72.0;
const SCROLL: f64 = 11.0;
const HINT: &str = "trip-hint";

struct Hand {
    room: Room,
    /// Where things are said.
    live: Element,
    held: RefCell<Option<Held>>,
    frame: OnceCell<Closure<dyn FnMut()>>,
}

struct Held {
    stop: HtmlElement,
    from: Place,
    at: Place,
    by: By,
}

#[derive(Clone, Copy, PartialEq)]
enum By {
    Keys,
    /// Where it was taken on the page, and where the pointer is in the window.
    Pointer {
        taken: (i32, i32),
        at: (i32, i32),
    },
}

pub fn attend(root: &Element) {
    if select(root, ".trip__stop").is_none() {
        return;
    }
    let (Some(room), Some(live), Some(words)) = (Room::new(root), element("p"), element("p")) else { return };
    live.set_class_name("visually-hidden");
    let _ = live.set_attribute("role", "status");
    let _ = live.set_attribute("aria-live", "assertive");
    words.set_class_name("trip__hint no-print");
    words.set_id(HINT);
    words.set_text_content(Some(hint(page_lang())));
    let _ = root.prepend_with_node_2(&words, &live);
    let hand = Rc::new(Hand { room, live, held: RefCell::new(None), frame: OnceCell::new() });
    let scrolling = hand.clone();
    let _ = hand.frame.set(Closure::new(move || scrolling.scroll()));
    for stop in all(root, ".trip__stop") {
        hand.give_handle(&stop);
    }
    keys_of_the_page(&hand);
    if let Some(said) = memory::restore() {
        hand.live.set_text_content(Some(&said));
    }
}

fn element(name: &str) -> Option<Element> {
    document().create_element(name).ok()
}

fn scrolled() -> f64 {
    window().scroll_y().unwrap_or(0.0)
}

impl Hand {
    fn say(&self, told: Told) {
        let counts = self.held.borrow().as_ref().map(|held| self.room.counts(&held.stop)).unwrap_or_default();
        self.live.set_text_content(Some(&told.say(page_lang(), &counts)));
    }

    fn give_handle(self: &Rc<Self>, stop: &Element) -> Option<()> {
        let place = select(stop, ".trip__times")?;
        let stop: HtmlElement = stop.clone().dyn_into().ok()?;
        let button: HtmlElement = element("button")?.dyn_into().ok()?;
        button.set_class_name("trip__handle no-print");
        let _ = button.set_attribute("type", "button");
        let _ = button.set_attribute("aria-label", &handle(page_lang(), &name_of(&stop)));
        let _ = button.set_attribute("aria-describedby", HINT);
        button.set_text_content(Some("⠿"));
        place.append_child(&button).ok()?;

        let (hand, it) = (self.clone(), stop.clone());
        listen(&button, "keydown", move |event: KeyboardEvent| hand.key(&it, &event));
        let hand = self.clone();
        listen(&button, "blur", move |_: FocusEvent| {
            if hand.is_held_by_keys() {
                hand.put_back();
            }
        });

        let taken: Rc<RefCell<Option<(i32, i32)>>> = Rc::default();
        let (start, grip) = (taken.clone(), button.clone());
        listen(&button, "pointerdown", move |event: PointerEvent| {
            if event.button() == 0 && event.is_primary() {
                *start.borrow_mut() = Some((event.page_x(), event.page_y()));
                // its moves arrive here even from outside the handle
                let _ = grip.set_pointer_capture(event.pointer_id());
            }
        });
        let (hand, start) = (self.clone(), taken.clone());
        listen(&button, "pointermove", move |event: PointerEvent| {
            let Some(from) = *start.borrow() else { return };
            hand.dragged(&stop, from, &event);
        });
        let (hand, start) = (self.clone(), taken.clone());
        listen(&button, "pointerup", move |_: PointerEvent| {
            if start.borrow_mut().take().is_some() && hand.is_held() {
                hand.put_down();
            }
        });
        let hand = self.clone();
        listen(&button, "pointercancel", move |_: PointerEvent| {
            taken.borrow_mut().take();
            hand.put_back();
        });
        Some(())
    }

    fn is_held(&self) -> bool {
        self.held.borrow().is_some()
    }

    fn is_held_by_keys(&self) -> bool {
        self.held.borrow().as_ref().is_some_and(|held| held.by == By::Keys)
    }

    fn lift(&self, stop: &HtmlElement, by: By) {
        let Some(from) = self.room.place_of(stop) else { return };
        let _ = stop.set_attribute("data-held", if by == By::Keys { "keys" } else { "pointer" });
        let _ = self.room.root.set_attribute("data-holding", "true");
        *self.held.borrow_mut() = Some(Held { stop: stop.clone(), from, at: from, by });
        self.room.mark(stop, from);
        self.say(Told::Lifted(&name_of(stop), from));
    }

    /// Shows what is held at another place.
    fn carry(&self, at: Place) {
        let stop = {
            let mut held = self.held.borrow_mut();
            let Some(held) = held.as_mut().filter(|held| held.at != at) else { return };
            held.at = at;
            held.stop.clone()
        };
        self.room.mark(&stop, at);
        self.say(Told::At(at));
    }

    /// No longer held; gives what was.
    fn release(&self) -> Option<Held> {
        let held = self.held.borrow_mut().take()?;
        let _ = held.stop.remove_attribute("data-held");
        let _ = self.room.root.remove_attribute("data-holding");
        let _ = held.stop.style().remove_property("transform");
        Some(held)
    }

    fn put_back(&self) {
        let Some(held) = self.release() else { return };
        self.room.unmark();
        self.say(Told::PutBack(&name_of(&held.stop)));
    }

    fn put_down(&self) {
        let top = self.room.gap().get_bounding_client_rect().top() as i32;
        let Some(held) = self.release() else { return };
        if held.at == held.from {
            self.room.unmark();
            self.say(Told::PutBack(&name_of(&held.stop)));
            return;
        }
        let focus = held.by == By::Keys;
        if number_of(&held.stop).and_then(|visit| send(&held.stop.id(), &held.at.edit(visit))).is_some() {
            memory::keep(&held.stop.id(), top, focus);
        } else {
            self.room.unmark();
        }
    }

    fn key(&self, stop: &HtmlElement, event: &KeyboardEvent) {
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        let key = event.key();
        match (self.is_held_by_keys(), key.as_str()) {
            (false, " " | "Enter") if !event.repeat() => self.lift(stop, By::Keys),
            (true, " " | "Enter") if !event.repeat() => self.put_down(),
            (true, key) => {
                let Some(step) = Step::of_key(key) else { return };
                let at = self.held.borrow().as_ref().map(|held| held.at);
                if let Some(at) = at {
                    self.carry(at.stepped(step, &self.room.counts(stop)));
                    let options = web_sys::ScrollIntoViewOptions::new();
                    options.set_block(web_sys::ScrollLogicalPosition::Nearest);
                    self.room.gap().scroll_into_view_with_scroll_into_view_options(&options);
                }
            }
            _ => return,
        }
        event.prevent_default();
    }

    fn dragged(&self, stop: &HtmlElement, taken: (i32, i32), event: &PointerEvent) {
        if !self.is_held() {
            let (dx, dy) = (event.page_x() - taken.0, event.page_y() - taken.1);
            if dx.abs().max(dy.abs()) < TREMBLE {
                return;
            }
            self.lift(stop, By::Pointer { taken, at: (event.client_x(), event.client_y()) });
            self.next_frame();
        }
        if let Some(Held { by: By::Pointer { at, .. }, .. }) = self.held.borrow_mut().as_mut() {
            *at = (event.client_x(), event.client_y());
        }
        self.follow();
    }

    /// What is held goes with the pointer, and the mark to the place under it.
    fn follow(&self) {
        let held = self.held.borrow().as_ref().map(|held| (held.stop.clone(), held.by));
        let Some((stop, By::Pointer { taken, at })) = held else { return };
        let (dx, dy) = (at.0 - taken.0, at.1 + scrolled() as i32 - taken.1);
        let _ = stop.style().set_property("transform", &format!("translate({dx}px, {dy}px)"));
        let from = self.held.borrow().as_ref().map(|held| held.from);
        if let Some(place) = from.and_then(|from| self.room.place_at(&stop, from, at.0.into(), at.1.into())) {
            self.carry(place);
        }
    }

    fn next_frame(&self) {
        if let Some(frame) = self.frame.get() {
            let _ = window().request_animation_frame(frame.as_ref().unchecked_ref());
        }
    }

    /// At its edges the window follows the pointer.
    fn scroll(&self) {
        let at = match self.held.borrow().as_ref() {
            Some(Held { by: By::Pointer { at, .. }, .. }) => f64::from(at.1),
            _ => return,
        };
        let height = window().inner_height().ok().and_then(|height: JsValue| height.as_f64()).unwrap_or(0.0);
        let by = if at < EDGE {
            -SCROLL
        } else if at > height - EDGE {
            SCROLL
        } else {
            0.0
        };
        if by != 0.0 {
            memory::scroll_by(by);
            self.follow();
        }
        self.next_frame();
    }
}

/// The form with the page's version and key; a wish is put into it and sent.
fn send(anchor: &str, edit: &str) -> Option<()> {
    let form: HtmlFormElement = document().query_selector(".trip__undo").ok()??.dyn_into().ok()?;
    let field =
        |name: &str| form.query_selector(&format!("[name={name}]")).ok()?.and_then(|it| it.dyn_into::<HtmlInputElement>().ok());
    field("anchor")?.set_value(anchor);
    let wish: HtmlInputElement = element("input")?.dyn_into().ok()?;
    wish.set_type("hidden");
    wish.set_name("edit");
    wish.set_value(edit);
    form.append_child(&wish).ok()?;
    form.submit().ok()
}

/// Escape puts back what is held, however it is held; Ctrl+Z and Ctrl+Shift+Z are the buttons for taking back, except in fields, which
/// take back what was typed in them.
fn keys_of_the_page(hand: &Rc<Hand>) {
    let hand = hand.clone();
    listen(&document(), "keydown", move |event: KeyboardEvent| {
        if event.key() == "Escape" && hand.is_held() {
            hand.put_back();
            event.prevent_default();
            return;
        }
        if !(event.ctrl_key() || event.meta_key()) || event.alt_key() || hand.is_held() || is_field(event.target()) {
            return;
        }
        let redo = match event.key().as_str() {
            "z" | "Z" => event.shift_key(),
            "y" | "Y" => true,
            _ => return,
        };
        event.prevent_default();
        let name = if redo { "redo" } else { "undo" };
        let button = document().query_selector(&format!(".trip__undo [value={name}]:enabled")).ok().flatten();
        match button.and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
            Some(button) => {
                memory::keep("", scrolled() as i32, false);
                button.click();
            }
            None => hand.say(if redo { Told::NothingToRedo } else { Told::NothingToUndo }),
        }
    });
}

fn is_field(target: Option<EventTarget>) -> bool {
    let element = target.and_then(|it| it.dyn_into::<Element>().ok());
    element.is_some_and(|it| it.matches("input, textarea, select, [contenteditable]").unwrap_or(false))
}
