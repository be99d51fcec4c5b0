//! The drawn map of the province: a schematic in the manner of the old gazetteers, mountains as brush marks, rivers as double
//! lines, seats as dots. It draws no administrative boundary, because it has no right to one, and it says that it is a schematic.
//!
//! Nothing here carries a colour: classes do, so that the dark scheme and the printer can choose their own.

mod atlas;
mod ground;
mod labels;
mod sheet;
#[cfg(test)]
mod tests;

use std::fmt::Write;
use std::num::NonZeroUsize;
use std::sync::LazyLock;

use domain::Lang;
use domain::region;
use domain::xml::escape;
use leptos::prelude::*;

use crate::kept::Kept;
use crate::views::MapPoint;
use labels::{Obstacles, Rect, Set};
use sheet::{ORIGIN, Sheet, Xy, coordinate, roughly, smooth};

/// Radius of a stop's circle and of a pin, in units of the sheet.
const STOP: f64 = 9.5;
const PIN: f64 = 5.0;
/// Half the width of the mark of a day's stop, which has room for `12-3`.
const DAY_STOP: f64 = 12.0;
/// Days look different from one another so often, in colour and in dashes; then the looks begin again.
pub const DAY_LOOKS: usize = 6;
/// How far the ring around an approximate position stands off.
const RING: f64 = 3.5;
/// More seats than this clutter the sheet.
const MOST_SEATS: usize = 40;

/// What a map depends on: language, whether there is a line, the id, the points.
type Subject = (Lang, bool, String, Vec<MapPoint>);

/// A map of the points, joined by an inked line in their order if `line`. `id` must be the only one on the page.
pub fn province_map(lang: Lang, points: &[MapPoint], line: bool, id: &str) -> impl IntoView + use<> {
    // Some twelve kilobytes each.
    static MAPS: LazyLock<Kept<Subject>> = LazyLock::new(|| Kept::new(NonZeroUsize::new(400).expect("not zero")));
    let svg = MAPS.of((lang, line, id.to_owned(), points.to_vec()), |(lang, line, id, points)| draw(*lang, points, *line, id));
    view! { <div class="map" inner_html=svg></div> }
}

/// A trip: `marks` says for each point of which day it is and what its number is, if it is a stop; `ways` for each day through which
/// points it leads. `small` are places beside the way. Kept nowhere: it is somebody's.
pub fn days_map(
    lang: Lang,
    points: &[MapPoint],
    marks: &[Option<(usize, String)>],
    ways: &[Vec<usize>],
    small: &[MapPoint],
    id: &str,
) -> impl IntoView + use<> {
    let marks = marks.iter().map(|mark| mark.as_ref().map_or(Mark::Pin, |(day, number)| Mark::Day(*day, number.clone())));
    let ways = ways.iter().enumerate().map(|(day, way)| (Some(day), way.clone()));
    let svg = Picture { points, marks: marks.collect(), ways: ways.collect(), small }.draw(lang, id);
    view! { <div class="map" inner_html=svg></div> }
}

/// The map as SVG text.
fn draw(lang: Lang, points: &[MapPoint], line: bool, id: &str) -> String {
    let marks = points.iter().map(|point| point.number.map_or(Mark::Pin, Mark::Stop));
    let ways = if line { vec![(None, (0..points.len()).collect())] } else { vec![] };
    Picture { points, marks: marks.collect(), ways, small: &[] }.draw(lang, id)
}

/// How a point is marked.
#[derive(Debug, Clone, PartialEq)]
enum Mark {
    Pin,
    Stop(usize),
    /// Of which day of a trip, counted from 0, and by what number.
    Day(usize, String),
}

impl Mark {
    fn radius(&self) -> f64 {
        match self {
            Mark::Pin => PIN,
            Mark::Stop(_) => STOP,
            Mark::Day(..) => DAY_STOP,
        }
    }
}

/// What is drawn: points with their marks, and the lines through them, of a day or of the whole.
struct Picture<'a> {
    points: &'a [MapPoint],
    marks: Vec<Mark>,
    ways: Vec<(Option<usize>, Vec<usize>)>,
    small: &'a [MapPoint],
}

impl Picture<'_> {
    fn draw(&self, lang: Lang, id: &str) -> String {
        let (points, line) = (self.points, !self.ways.is_empty());
        let sheet = Sheet::around(points.iter().map(|p| p.point));
        let id = escape(id);
        let radii: Vec<f64> = self.marks.iter().map(Mark::radius).collect();
        let places = spread(&sheet, points, &radii);

        // What is written first finds its place first: stops, then seats, then waters and ranges; mountains take what room is left.
        let mut taken = Obstacles::within(Rect { left: 2.0, top: 2.0, right: sheet.width - 2.0, bottom: sheet.height - 2.0 });
        for (place, radius) in places.iter().zip(&radii) {
            taken.add(Rect::around(*place, radius + 1.0));
        }
        let ways: Vec<(Option<usize>, Vec<Xy>)> =
            self.ways.iter().map(|(day, way)| (*day, way.iter().map(|point| places[*point]).collect())).collect();
        for (_, way) in &ways {
            taken.add_line(way);
        }
        let point_labels: Vec<Option<Set>> = places
            .iter()
            .zip(points.iter().zip(&self.marks))
            .map(|(place, (point, mark))| {
                let face = if *mark != Mark::Pin || points.len() == 1 { labels::STOP } else { labels::PIN };
                let ring = if point.exact { 0.0 } else { RING };
                taken.place(&labels::shortened(&point.label, lang), *place, mark.radius() + ring + 2.5, face)
            })
            .collect();
        let seats = seats(&sheet, lang, &places, &mut taken);
        let names = ground::names(&sheet, lang, &mut taken);

        let mut svg = String::with_capacity(12_000);
        let role = if points.iter().any(|p| p.href.is_some()) { "group" } else { "img" };
        let (width, height) = (coordinate(sheet.width), coordinate(sheet.full_height()));
        let _ = write!(
            svg,
            r#"<svg class="map__sheet" id="{id}" viewBox="0 0 {width} {height}" role="{role}" aria-label="{}">"#,
            escape(&described(lang, points, line))
        );
        svg += r#"<g aria-hidden="true">"#;
        ground::waters(&mut svg, &sheet, &id);
        ground::mountains(&mut svg, &sheet, &id, &taken, points.len());
        svg += &seats.dots;
        for set in names.iter().chain(&seats.names) {
            set.write(&mut svg, ORIGIN);
        }
        for (day, way) in ways.iter().filter(|(_, way)| way.len() > 1) {
            write_way(&mut svg, &id, *day, &smooth(way, Some(&sheet), coordinate));
        }
        svg += "</g>";
        for point in self.small {
            let at = sheet.xy(point.point);
            let hidden = places.iter().any(|place| (place.x - at.x).hypot(place.y - at.y) < DAY_STOP + 4.0);
            if !hidden && sheet.shows(point.point) {
                let (x, y, label) = (coordinate(at.x), coordinate(at.y), escape(&point.label));
                let _ = write!(
                    svg,
                    r#"<g transform="translate({x} {y})"><title>{label}</title><path class="map__mark map__small" d="M-3.5-3.5h7v7h-7z"/></g>"#
                );
            }
        }
        for (((point, mark), place), label) in points.iter().zip(&self.marks).zip(&places).zip(&point_labels) {
            write_point(&mut svg, point, mark, *place, label.as_ref());
        }
        sheet.write_foot(&mut svg, lang);
        svg += "</svg>";
        svg
    }
}

/// Where ways of several days run side by side, their dashes and colours tell them apart.
fn write_way(svg: &mut String, id: &str, day: Option<usize>, path: &str) {
    let (name, look) = match day {
        Some(day) => (format!("{id}-l{day}"), format!(" map__way-{}", day % DAY_LOOKS)),
        None => (format!("{id}-l"), String::new()),
    };
    let _ = write!(
        svg,
        r##"<defs><path id="{name}" fill="none" d="{path}"/></defs><use class="map__route-ground" href="#{name}"/><use class="map__route{look}" href="#{name}"/>"##
    );
}

/// What a listener hears instead of the drawing.
fn described(lang: Lang, points: &[MapPoint], line: bool) -> String {
    let labels: Vec<&str> = points.iter().map(|p| p.label.as_str()).collect();
    match (lang, labels.len()) {
        (Lang::Zh, 0) => "湖南示意图".to_owned(),
        (Lang::En, 0) => "Schematic map of Hunan".to_owned(),
        (Lang::Zh, 1..=12) => format!("湖南示意图，{}：{}", if line { "依次经过" } else { "标出" }, labels.join("、")),
        (Lang::En, 1..=12) => {
            format!("Schematic map of Hunan, {}: {}", if line { "passing in order" } else { "showing" }, labels.join(", "))
        }
        (Lang::Zh, n) => format!("湖南示意图，标出 {n} 处"),
        (Lang::En, n) => format!("Schematic map of Hunan, showing {n} places"),
    }
}

/// Where each mark is drawn. Several stops in one town (or known only by their county) would hide each other, so they step apart.
fn spread(sheet: &Sheet, points: &[MapPoint], radii: &[f64]) -> Vec<Xy> {
    let edge = radii.iter().copied().fold(STOP, f64::max) + 4.0;
    let mut places: Vec<Xy> = points.iter().map(|p| sheet.inside(sheet.xy(p.point), edge)).collect();
    for round in 0..24 {
        let mut moved = false;
        for a in 0..places.len() {
            for b in a + 1..places.len() {
                let apart = radii[a] + radii[b] + 3.0;
                let (dx, dy) = (places[b].x - places[a].x, places[b].y - places[a].y);
                let distance = dx.hypot(dy);
                if distance >= apart {
                    continue;
                }
                // Points on the same spot leave it in directions of their own; the golden angle keeps these apart.
                let angle = if distance < 0.5 { 2.4 * (b + round) as f64 } else { dy.atan2(dx) };
                let push = (apart - distance) / 2.0 + 0.1;
                let (px, py) = (push * angle.cos(), push * angle.sin());
                places[a] = sheet.inside(Xy { x: places[a].x - px, y: places[a].y - py }, edge);
                places[b] = sheet.inside(Xy { x: places[b].x + px, y: places[b].y + py }, edge);
                moved = true;
            }
        }
        if !moved {
            break;
        }
    }
    places
}

/// A mark and its name. The inner group is what the style sheet keeps at its size when somebody looks closer.
fn write_point(svg: &mut String, point: &MapPoint, mark: &Mark, at: Xy, label: Option<&Set>) {
    let (x, y, r) = (coordinate(at.x), coordinate(at.y), coordinate(mark.radius()));
    let spoken = match mark {
        Mark::Stop(number) => format!("{number} {}", point.label),
        Mark::Day(_, number) => format!("{number} {}", point.label),
        Mark::Pin => point.label.clone(),
    };
    // What is drawn in full is heard as it is drawn.
    let heard = label.is_some_and(|label| label.text() == point.label);
    let spoken = escape(&spoken);
    let end = match &point.href {
        Some(href) => {
            let name = if heard { String::new() } else { format!(r#" aria-label="{spoken}""#) };
            let href = escape(href);
            let _ = write!(svg, r#"<a class="map__point" href="{href}"{name} transform="translate({x} {y})">"#);
            "</g></a>"
        }
        None => {
            let _ = write!(svg, r#"<g class="map__point" transform="translate({x} {y})">"#);
            "</g></g>"
        }
    };
    // Without a drawn label the name is still there for whoever points at it.
    if label.is_none() {
        let _ = write!(svg, "<title>{spoken}</title>");
    }
    *svg += r#"<g class="map__mark">"#;
    if point.href.is_some() {
        *svg += r#"<circle class="map__touch" r="14"/>"#;
    }
    if !point.exact {
        let _ = write!(svg, r#"<circle class="map__about" r="{}"/>"#, coordinate(mark.radius() + RING));
    }
    match mark {
        Mark::Stop(number) => {
            let _ = write!(svg, r#"<circle class="map__stop" r="{r}"/><text class="map__number" y="4">{number}</text>"#);
        }
        Mark::Day(day, number) => {
            let _ = write!(
                svg,
                r#"<rect class="map__stop map__day-{}" x="-{r}" y="-8" width="{}" height="16" rx="4"/><text class="map__number map__number--day" y="4">{number}</text> "#,
                day % DAY_LOOKS,
                coordinate(2.0 * mark.radius())
            );
        }
        Mark::Pin => {
            let _ = write!(svg, r#"<circle class="map__pin" r="{r}"/>"#);
        }
    }
    if let Some(label) = label {
        label.write(svg, at);
    }
    *svg += end;
}

struct Seats {
    dots: String,
    names: Vec<Set>,
}

/// One seat per prefecture has a name on the map of the province; the other counties are dots, and get their names as one looks closer.
const PREFECTURE_SEATS: [(&str, &str, &str); 14] = [
    ("430104", "长沙", "Changsha"),
    ("430211", "株洲", "Zhuzhou"),
    ("430304", "湘潭", "Xiangtan"),
    ("430407", "衡阳", "Hengyang"),
    ("430503", "邵阳", "Shaoyang"),
    ("430602", "岳阳", "Yueyang"),
    ("430702", "常德", "Changde"),
    ("430802", "张家界", "Zhangjiajie"),
    ("430903", "益阳", "Yiyang"),
    ("431002", "郴州", "Chenzhou"),
    ("431103", "永州", "Yongzhou"),
    ("431202", "怀化", "Huaihua"),
    ("431302", "娄底", "Loudi"),
    ("433101", "吉首", "Jishou"),
];

fn seats(sheet: &Sheet, lang: Lang, points: &[Xy], taken: &mut Obstacles) -> Seats {
    let chief = |code: &str| PREFECTURE_SEATS.iter().find(|(seat, ..)| *seat == code);
    let (mut chiefs, mut others) = (String::new(), String::new());
    let mut drawn: Vec<Xy> = points.to_vec();
    let mut named = vec![];
    let all = || region::counties().filter_map(|county| county.seat.map(|seat| (county, seat)));
    let ranked =
        all().filter(|(c, _)| chief(c.code.as_str()).is_some()).chain(all().filter(|(c, _)| chief(c.code.as_str()).is_none()));
    for (county, seat) in ranked.filter(|(_, seat)| sheet.shows(*seat)) {
        if drawn.len() >= points.len() + MOST_SEATS {
            break;
        }
        let at = sheet.xy(seat);
        let clear = 13.0;
        if drawn.iter().any(|other| (other.x - at.x).hypot(other.y - at.y) < clear) {
            continue;
        }
        let seat = chief(county.code.as_str());
        let dots = if seat.is_some() { &mut chiefs } else { &mut others };
        let _ = write!(dots, "M{} {}h0", roughly(at.x), roughly(at.y));
        drawn.push(at);
        taken.add(Rect::around(at, 2.5));
        let name = match seat {
            Some((_, zh, en)) => Some((*lang.pick(zh, en)).to_owned()),
            None => sheet.is_close().then(|| labels::county(county.name.get(lang), lang)),
        };
        named.extend(name.map(|name| (name, at, seat.is_some())));
    }
    let names = named
        .into_iter()
        .filter_map(|(name, at, chief)| taken.place(&name, at, 5.0, if chief { labels::SEAT } else { labels::COUNTY }))
        .collect();
    let dots = format!(r#"<path class="map__county" d="{others}"/><path class="map__seat" d="{chiefs}"/>"#);
    Seats { dots, names }
}
