//! Where words go: each takes the first free place near its mark, and is left out where there is none.

use std::fmt::Write;

use domain::Lang;

use super::sheet::{Xy, coordinate};
use domain::xml::escape;

/// How a kind of label is set.
#[derive(Debug, Clone, Copy)]
pub struct Face {
    class: &'static str,
    /// In units of the sheet; CSS sets the same.
    size: f64,
    /// Between letters.
    spacing: f64,
    /// Rather left out than crossed by the route.
    shy: bool,
}

pub const STOP: Face = Face { class: "map__label", size: 13.0, spacing: 0.0, shy: false };
pub const PIN: Face = Face { class: "map__label map__label--pin", size: 11.5, spacing: 0.0, shy: false };
pub const SEAT: Face = Face { class: "map__town", size: 11.5, spacing: 0.0, shy: true };
pub const COUNTY: Face = Face { class: "map__village", size: 10.5, spacing: 0.0, shy: true };
pub const WATER: Face = Face { class: "map__water", size: 11.0, spacing: 2.0, shy: true };
pub const RANGE: Face = Face { class: "map__range", size: 11.0, spacing: 4.0, shy: true };

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    Start,
    Middle,
    End,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rect {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

impl Rect {
    pub fn around(at: Xy, reach: f64) -> Self {
        Self { left: at.x - reach, top: at.y - reach, right: at.x + reach, bottom: at.y + reach }
    }

    pub fn meets(&self, other: &Rect) -> bool {
        self.left < other.right && other.left < self.right && self.top < other.bottom && other.top < self.bottom
    }

    fn holds(&self, other: &Rect) -> bool {
        self.left <= other.left && self.top <= other.top && self.right >= other.right && self.bottom >= other.bottom
    }
}

/// A word with its place.
#[derive(Debug, Clone)]
pub struct Set {
    text: String,
    face: Face,
    at: Xy,
    anchor: Anchor,
    pub bounds: Rect,
}

impl Set {
    pub fn text(&self) -> &str {
        &self.text
    }

    /// In a group that has been moved to `origin`.
    pub fn write(&self, svg: &mut String, origin: Xy) {
        let anchor = match self.anchor {
            Anchor::Start => "",
            Anchor::Middle => r#" text-anchor="middle""#,
            Anchor::End => r#" text-anchor="end""#,
        };
        let (x, y) = (coordinate(self.at.x - origin.x), coordinate(self.at.y - origin.y));
        let _ = write!(svg, r#"<text class="{}" x="{x}" y="{y}"{anchor}>{}</text>"#, self.face.class, escape(&self.text));
    }
}

/// What may not be written over.
#[derive(Debug)]
pub struct Obstacles {
    edge: Rect,
    solid: Vec<Rect>,
    /// Points along the route: better not written over.
    line: Vec<Xy>,
}

impl Obstacles {
    pub fn within(edge: Rect) -> Self {
        Self { edge, solid: vec![], line: vec![] }
    }

    pub fn add(&mut self, rect: Rect) {
        self.solid.push(rect);
    }

    /// The straight legs stand in for the curve that is drawn.
    pub fn add_line(&mut self, stops: &[Xy]) {
        for leg in stops.windows(2) {
            let steps = ((leg[1].x - leg[0].x).hypot(leg[1].y - leg[0].y) / 5.0).ceil().max(1.0);
            for step in 0..steps as usize {
                let t = step as f64 / steps;
                self.line.push(Xy { x: leg[0].x + t * (leg[1].x - leg[0].x), y: leg[0].y + t * (leg[1].y - leg[0].y) });
            }
        }
    }

    pub fn free(&self, rect: &Rect) -> bool {
        self.edge.holds(rect) && !self.solid.iter().any(|solid| solid.meets(rect))
    }

    fn suits(&self, set: &Set) -> bool {
        self.free(&set.bounds) && (!set.face.shy || self.crossings(&set.bounds) == 0)
    }

    /// How often the route runs through.
    pub fn crossings(&self, rect: &Rect) -> usize {
        self.line.iter().filter(|p| (rect.left..=rect.right).contains(&p.x) && (rect.top..=rect.bottom).contains(&p.y)).count()
    }

    /// Writes a word `gap` away from a mark: right, left, below or above, wherever it is free and the route is least in the way.
    pub fn place(&mut self, text: &str, mark: Xy, gap: f64, face: Face) -> Option<Set> {
        if text.is_empty() {
            return None;
        }
        let (width, size) = (width(text, face), face.size);
        let slant = gap * 0.75;
        let candidates = [
            (gap, 0.0, Anchor::Start),
            (-gap, 0.0, Anchor::End),
            (0.0, gap + size / 2.0, Anchor::Middle),
            (0.0, -gap - size / 2.0, Anchor::Middle),
            (slant, slant + size / 3.0, Anchor::Start),
            (slant, -slant - size / 3.0, Anchor::Start),
            (-slant, slant + size / 3.0, Anchor::End),
            (-slant, -slant - size / 3.0, Anchor::End),
        ];
        let set = candidates
            .into_iter()
            .map(|(dx, dy, anchor)| set_at(text, Xy { x: mark.x + dx, y: mark.y + dy }, anchor, width, face))
            .filter(|set| self.suits(set))
            .min_by_key(|set| self.crossings(&set.bounds))?;
        self.add(set.bounds);
        Some(set)
    }

    /// Writes a word centred on one of several places, the first that suits.
    pub fn place_on(&mut self, text: &str, centres: impl IntoIterator<Item = Xy>, face: Face) -> Option<Set> {
        let width = width(text, face);
        let set =
            centres.into_iter().map(|centre| set_at(text, centre, Anchor::Middle, width, face)).find(|set| self.suits(set))?;
        self.add(set.bounds);
        Some(set)
    }
}

fn set_at(text: &str, middle: Xy, anchor: Anchor, width: f64, face: Face) -> Set {
    let left = match anchor {
        Anchor::Start => middle.x,
        Anchor::Middle => middle.x - width / 2.0,
        Anchor::End => middle.x - width,
    };
    let half = face.size * 0.6;
    let bounds = Rect { left: left - 1.0, top: middle.y - half, right: left + width + 1.0, bottom: middle.y + half };
    Set { text: text.to_owned(), face, at: Xy { x: middle.x, y: middle.y + face.size * 0.36 }, anchor, bounds }
}

/// Near enough for fonts we do not know; Latin as wide as the widest of the usual ones.
fn width(text: &str, face: Face) -> f64 {
    text.chars()
        .map(|c| {
            let ems = match c {
                'i' | 'j' | 'l' | 't' | 'f' | 'r' | ' ' | '.' | ',' | '\'' => 0.4,
                'm' | 'w' | 'M' | 'W' => 0.95,
                'A'..='Z' => 0.74,
                c if c.is_ascii() => 0.63,
                _ => 1.0,
            };
            ems * face.size + face.spacing
        })
        .sum()
}

/// What a name ends in that says nothing on a map; the longer before the shorter.
const KINDS_OF_PLACE: [&str; 7] = ["风景名胜区", "文化旅游区", "旅游景区", "旅游区", "景区", " Scenic Area", " Tourist Area"];

/// Enough of a name to know it by; the list beside the map has all of it.
pub fn shortened(label: &str, lang: Lang) -> String {
    let longest = lang.pick(10, 22);
    let head = label.split(['（', '(', '·', '：', ':']).next().unwrap_or(label).trim();
    let head = if head.chars().count() < 2 { label.trim() } else { head };
    let head =
        KINDS_OF_PLACE.iter().find_map(|kind| head.strip_suffix(kind)).filter(|bare| bare.chars().count() > 1).unwrap_or(head);
    if head.chars().count() <= longest {
        return head.to_owned();
    }
    // Cut where a word ends and without a sign of it: what is drawn stays a part of the name that is heard (WCAG 2.5.3).
    let cut: String = head.chars().take(longest).collect();
    let whole_words =
        cut.rfind([' ', '–', '-']).filter(|end| *end > 0 && lang == Lang::En).map_or(cut.as_str(), |end| &cut[..end]);
    whole_words.trim_end().to_owned()
}

/// A county without the word “county”, in English; Chinese names lose nothing by it.
pub fn county(name: &str, lang: Lang) -> String {
    let word = match lang {
        Lang::Zh => name.split_once("自治县").map_or(name, |(head, _)| peoples_cut(head)),
        Lang::En => name.split(' ').next().unwrap_or(name),
    };
    word.to_owned()
}

/// 通道侗族自治县 is called 通道.
fn peoples_cut(head: &str) -> &str {
    ["苗族", "侗族", "瑶族", "土家族"].iter().filter_map(|people| head.find(people)).min().map_or(head, |at| &head[..at])
}
