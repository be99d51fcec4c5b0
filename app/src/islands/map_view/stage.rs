//! The `<svg>` on the screen: reads and sets the part it shows.

use std::cell::Cell;

use js_sys::Array;
use leptos::prelude::{RwSignal, Set};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, SvgsvgElement};

use super::Shown;
use super::frame::{Area, At, Frame};
use crate::islands::browser::{document, page_lang, select};

/// A place on the screen, in CSS pixels.
#[derive(Debug, Clone, Copy)]
pub struct Spot {
    pub x: f64,
    pub y: f64,
}

impl Spot {
    pub fn distance(self, to: Spot) -> f64 {
        ((self.x - to.x) * (self.x - to.x) + (self.y - to.y) * (self.y - to.y)).sqrt()
    }

    pub fn middle(self, to: Spot) -> Spot {
        Spot { x: (self.x + to.x) / 2.0, y: (self.y + to.y) / 2.0 }
    }
}

pub struct Stage {
    pub root: HtmlElement,
    pub svg: SvgsvgElement,
    frame: Cell<Frame>,
    shown: RwSignal<Shown>,
}

impl Stage {
    /// None where the drawing is not as expected; then it just stays a drawing.
    pub fn around(controls: &Element, shown: RwSignal<Shown>) -> Option<Self> {
        let root: HtmlElement = controls.closest(".map-view").ok()??.dyn_into().ok()?;
        let svg: SvgsvgElement = root.query_selector("svg").ok()??.dyn_into().ok()?;
        let whole = svg.view_box().base_val()?;
        let whole = Area { x: whole.x().into(), y: whole.y().into(), width: whole.width().into(), height: whole.height().into() };
        if whole.width <= 0.0 || whole.height <= 0.0 {
            return None;
        }
        let stage = Self { root, svg, frame: Cell::new(Frame::of(whole)), shown };
        stage.tell();
        Some(stage)
    }

    pub fn frame(&self) -> Frame {
        self.frame.get()
    }

    /// False where it is what was shown already.
    pub fn show(&self, frame: Frame) -> bool {
        if frame == self.frame.replace(frame) {
            return false;
        }
        let Area { x, y, width, height } = frame.area();
        // the browser writes the numbers: Rust's own way to would double the size of this island
        let view_box = Array::of4(&x.into(), &y.into(), &width.into(), &height.into()).join(" ");
        let _ = self.svg.set_attribute("viewBox", &String::from(view_box));
        // what is to keep its size on the screen divides by this
        let zoom = Array::of1(&frame.zoom().into()).join("");
        let _ = self.svg.style().set_property("--map-zoom", &String::from(zoom));
        self.keep_focus();
        self.tell();
        true
    }

    /// The point of the drawing under a place on the screen. The drawing lies in the middle of its box.
    pub fn at(&self, spot: Spot) -> At {
        let (area, rect) = (self.frame.get().area(), self.svg.get_bounding_client_rect());
        let unit = self.unit();
        let center = area.center();
        At {
            x: center.x + (spot.x - rect.left() - rect.width() / 2.0) * unit,
            y: center.y + (spot.y - rect.top() - rect.height() / 2.0) * unit,
        }
    }

    /// How much of the drawing one pixel covers.
    pub fn unit(&self) -> f64 {
        let (area, rect) = (self.frame.get().area(), self.svg.get_bounding_client_rect());
        if rect.width() > 0.0 && rect.height() > 0.0 { (area.width / rect.width()).max(area.height / rect.height()) } else { 0.0 }
    }

    /// Shows what has the focus where it has left the frame.
    pub fn bring_into_sight(&self, element: &Element) {
        let rect = element.get_bounding_client_rect();
        let at = self.at(Spot { x: rect.left() + rect.width() / 2.0, y: rect.top() + rect.height() / 2.0 });
        if !self.frame.get().area().contains(at) {
            self.show(self.frame.get().centered(at));
        }
    }

    /// The buttons that move the map go when the whole is shown; the focus must not go with them.
    fn keep_focus(&self) {
        if self.frame.get().can_shrink() {
            return;
        }
        let Some(pan) = select(&self.root, ".map__pan") else { return };
        if pan.contains(document().active_element().as_deref()) {
            let _ = self.root.focus();
        }
    }

    fn tell(&self) {
        let frame = self.frame.get();
        // the style sheet goes by it: what one finger does, scroll or move the map
        let _ = self.root.set_attribute("data-zoomed", if frame.can_shrink() { "true" } else { "false" });
        let shown = Shown { lang: Some(page_lang()), can_grow: frame.can_grow(), can_shrink: frame.can_shrink() };
        self.shown.set(shown);
    }
}
