//! The days and stops as they stand on the page.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::carry::{Place, here};
use crate::islands::browser::{document, page_lang, select};

/// In CSS pixels.
const A_LITTLE: f64 = 48.0;

/// Days, each with its stops. The list of a day without stops is made when it is needed.
pub struct Room {
    pub root: Element,
    /// Marks where what is held would go.
    gap: Element,
}

impl Room {
    pub fn new(root: &Element) -> Option<Self> {
        let gap = document().create_element("li").ok()?;
        gap.set_class_name("trip__gap");
        let _ = gap.set_attribute("aria-hidden", "true");
        gap.set_text_content(Some(here(page_lang())));
        Some(Self { root: root.clone(), gap })
    }

    pub fn days(&self) -> Vec<Element> {
        all(&self.root, ".trip__day")
    }

    fn list(day: &Element) -> Option<Element> {
        if let Some(list) = day.query_selector(".trip__stops").ok()? {
            return Some(list);
        }
        let list = document().create_element("ol").ok()?;
        list.set_class_name("trip__stops");
        day.query_selector(".trip__empty").ok()??.after_with_node_1(&list).ok()?;
        Some(list)
    }

    fn others(day: &Element, held: &Element) -> Vec<Element> {
        all(day, ".trip__stop").into_iter().filter(|stop| stop != held).collect()
    }

    /// For each day how many stops it has beside the one that is held.
    pub fn counts(&self, held: &Element) -> Vec<usize> {
        self.days().iter().map(|day| Self::others(day, held).len()).collect()
    }

    pub fn place_of(&self, stop: &Element) -> Option<Place> {
        let day = self.days().iter().position(|day| day.contains(Some(stop)))?;
        let index = all(&self.days()[day], ".trip__stop").iter().position(|other| other == stop)?;
        Some(Place { day, index })
    }

    /// The place under a spot of the window, in CSS pixels. Stops are as tall as their warnings are many: of those of its own day what is
    /// held has passed one when it is a little way over its edge, of another day's when it is past their middle.
    pub fn place_at(&self, held: &Element, from: Place, x: f64, y: f64) -> Option<Place> {
        let days = self.days();
        let off = |day: &Element| {
            let rect = day.get_bounding_client_rect();
            let beside = (rect.left() - x).max(x - rect.right()).max(0.0);
            let above = (rect.top() - y).max(y - rect.bottom()).max(0.0);
            beside + above
        };
        let (day, it) = days.iter().enumerate().min_by(|a, b| off(a.1).total_cmp(&off(b.1)))?;
        let above = |(index, stop): &(usize, Element)| {
            let rect = stop.get_bounding_client_rect();
            let (half, a_little) = (rect.height() / 2.0, (rect.height() / 2.0).min(A_LITTLE));
            let edge = match (day == from.day, *index < from.index) {
                (false, _) => rect.top() + half,
                (true, true) => rect.bottom() - a_little,
                (true, false) => rect.top() + a_little,
            };
            edge < y
        };
        Some(Place { day, index: Self::others(it, held).into_iter().enumerate().filter(above).count() })
    }

    /// Shows where what is held would go.
    pub fn mark(&self, held: &Element, at: Place) {
        let days = self.days();
        let Some(day) = days.get(at.day) else { return };
        match Self::others(day, held).get(at.index) {
            Some(next) => {
                let _ = next.before_with_node_1(&self.gap);
            }
            None => {
                let _ = Self::list(day).map(|list| list.append_child(&self.gap));
            }
        }
    }

    pub fn gap(&self) -> &Element {
        &self.gap
    }

    pub fn unmark(&self) {
        self.gap.remove();
    }
}

pub fn all(within: &Element, selector: &str) -> Vec<Element> {
    let Ok(found) = within.query_selector_all(selector) else { return vec![] };
    (0..found.length()).filter_map(|index| found.get(index)?.dyn_into().ok()).collect()
}

/// `5` of `stop-5`.
pub fn number_of(stop: &Element) -> Option<u32> {
    stop.id().strip_prefix("stop-")?.parse().ok()
}

pub fn name_of(stop: &Element) -> String {
    let name = select(stop, ".trip__name a").or_else(|| select(stop, ".trip__name"));
    name.and_then(|name: HtmlElement| name.text_content()).unwrap_or_default().trim().to_owned()
}
