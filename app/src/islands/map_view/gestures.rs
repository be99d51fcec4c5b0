//! Fingers, mouse, wheel and keys on the map.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use leptos::prelude::RwSignal;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, EventTarget, FocusEvent, KeyboardEvent, MouseEvent, PointerEvent, TouchEvent, WheelEvent};

use super::stage::{Spot, Stage};
use super::{Shown, Step};
use crate::islands::browser::listen;

/// Pixels a finger may tremble without meaning to drag.
const TREMBLE: f64 = 6.0;
/// Two taps within so many milliseconds and pixels are a double tap.
const DOUBLE_TAP_MS: f64 = 350.0;
const DOUBLE_TAP_PX: f64 = 30.0;

pub fn attend(controls: &Element, shown: RwSignal<Shown>) {
    let Some(stage) = Stage::around(controls, shown) else { return };
    let stage = Rc::new(stage);
    let _ = stage.root.set_attribute("tabindex", "0");
    buttons(&stage);
    keys(&stage);
    wheel(&stage);
    fingers(&stage);
}

fn buttons(stage: &Rc<Stage>) {
    let map = stage.clone();
    listen(&stage.root, "click", move |event: MouseEvent| {
        let name =
            element(event.target()).and_then(|it| it.closest("[data-step]").ok()?).and_then(|it| it.get_attribute("data-step"));
        if let Some(step) = Step::ALL.into_iter().find(|step| name.as_deref() == Some(step.name())) {
            map.show(map.frame().stepped(step));
        }
    });
}

fn keys(stage: &Rc<Stage>) {
    let map = stage.clone();
    listen(&stage.root, "keydown", move |event: KeyboardEvent| {
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        // where it changes nothing, the key is the page's: arrows scroll it
        if let Some(step) = Step::of_key(&event.key())
            && map.show(map.frame().stepped(step))
        {
            event.prevent_default();
        }
    });
    let map = stage.clone();
    // Not on the drawing itself: browsers make a stop of an svg that listens for the focus.
    listen(&stage.root, "focusin", move |event: FocusEvent| {
        if let Some(element) = element(event.target()).filter(|element| element.closest("svg").is_ok_and(|svg| svg.is_some())) {
            map.bring_into_sight(&element);
        }
    });
}

/// Only with Ctrl or ⌘, which is also how a pinch on a touchpad arrives: the bare wheel scrolls the page.
fn wheel(stage: &Rc<Stage>) {
    let map = stage.clone();
    listen(&stage.svg, "wheel", move |event: WheelEvent| {
        if !event.ctrl_key() && !event.meta_key() {
            return;
        }
        event.prevent_default();
        let lines = if event.delta_mode() == WheelEvent::DOM_DELTA_PIXEL { 1.0 } else { 16.0 };
        let turned = event.delta_y() * lines * 0.005;
        let factor = if turned < 0.0 { 1.0 - turned } else { 1.0 / (1.0 + turned) };
        map.show(map.frame().zoomed(factor.clamp(0.5, 2.0), map.at(spot(&event))));
    });
}

/// The pointers on the map, with where each was last.
#[derive(Default)]
struct Fingers {
    down: RefCell<Vec<(i32, Spot)>>,
    /// Where the first one came down.
    start: Cell<Option<Spot>>,
    /// They have moved: what follows is no click.
    dragged: Cell<bool>,
    tapped: Cell<Option<(f64, Spot)>>,
}

fn fingers(stage: &Rc<Stage>) {
    let hand = Rc::new(Fingers::default());

    let fingers = hand.clone();
    listen(&stage.svg, "pointerdown", move |event: PointerEvent| {
        if event.button() != 0 {
            return;
        }
        let mut down = fingers.down.borrow_mut();
        if event.is_primary() {
            // whatever was lost on the way is not down any more
            down.clear();
            fingers.start.set(Some(spot(&event)));
            fingers.dragged.set(false);
        }
        down.push((event.pointer_id(), spot(&event)));
    });

    let (fingers, map) = (hand.clone(), stage.clone());
    listen(&stage.svg, "pointermove", move |event: PointerEvent| fingers.moved(&map, &event));

    let (fingers, map) = (hand.clone(), stage.clone());
    listen(&stage.svg, "pointerup", move |event: PointerEvent| {
        fingers.down.borrow_mut().retain(|(id, _)| *id != event.pointer_id());
        let on_link = element(event.target()).is_some_and(|it| it.closest("a").ok().flatten().is_some());
        if !event.is_primary() || fingers.dragged.get() || on_link {
            return;
        }
        let (time, here) = (event.time_stamp(), spot(&event));
        match fingers.tapped.take() {
            Some((before, there)) if time - before < DOUBLE_TAP_MS && there.distance(here) < DOUBLE_TAP_PX => {
                map.show(map.frame().zoomed(2.0, map.at(here)));
            }
            _ => fingers.tapped.set(Some((time, here))),
        }
    });

    let fingers = hand.clone();
    listen(&stage.svg, "pointercancel", move |event: PointerEvent| {
        fingers.down.borrow_mut().retain(|(id, _)| *id != event.pointer_id());
    });

    // The end of a drag over a pin does not follow the pin's link.
    listen(&stage.svg, "click", move |event: MouseEvent| {
        if hand.dragged.replace(false) {
            event.prevent_default();
        }
    });
    // Links are things to be dragged out of the page otherwise.
    listen(&stage.svg, "dragstart", |event: Event| event.prevent_default());
    // Two fingers are the map's; of one, the style sheet's `touch-action` says whether it scrolls the page.
    listen(&stage.svg, "touchmove", |event: TouchEvent| {
        if event.touches().length() > 1 && event.cancelable() {
            event.prevent_default();
        }
    });
}

impl Fingers {
    fn moved(&self, map: &Stage, event: &PointerEvent) {
        let mut down = self.down.borrow_mut();
        let Some(index) = down.iter().position(|(id, _)| *id == event.pointer_id()) else { return };
        let here = spot(event);
        if !self.dragged.get() {
            if down.len() == 1 && self.start.get().is_none_or(|start| start.distance(here) < TREMBLE) {
                return;
            }
            self.dragged.set(true);
        }
        // from now on its moves arrive here even from outside the map
        let _ = map.svg.set_pointer_capture(event.pointer_id());
        let before = std::mem::replace(&mut down[index].1, here);
        let frame = map.frame();
        let frame = match down.iter().find(|(id, _)| *id != event.pointer_id()) {
            Some(&(_, other)) => {
                let (was, is) = (before.middle(other), here.middle(other));
                let frame = frame.moved((was.x - is.x) * map.unit(), (was.y - is.y) * map.unit());
                frame.zoomed(here.distance(other) / before.distance(other).max(1.0), map.at(was))
            }
            None => frame.moved((before.x - here.x) * map.unit(), (before.y - here.y) * map.unit()),
        };
        map.show(frame);
    }
}

fn spot(event: &MouseEvent) -> Spot {
    Spot { x: event.client_x().into(), y: event.client_y().into() }
}

fn element(target: Option<EventTarget>) -> Option<Element> {
    target?.dyn_into().ok()
}
