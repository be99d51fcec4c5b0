//! Rivers, lakes and mountains, drawn from the few spots of the atlas. Good enough to say “upstream from here” and no more, which
//! is why the map calls itself a schematic.

use std::fmt::Write;

use domain::Lang;
use domain::geo::Point;

use super::atlas::{DONGJIANG, DONGTING, RANGES, RIVERS, STREAMS, UPPER_COURSE, WAVES};
use super::labels::{self, Obstacles, Rect, Set};
use super::sheet::{Sheet, Xy, coordinate, roughly, smooth};

fn project(sheet: &Sheet, spots: &[f64]) -> Vec<Xy> {
    spots.chunks_exact(2).map(|spot| sheet.xy(Point { lon: spot[0], lat: spot[1] })).collect()
}

/// Whether any of it might be seen; what is far off the sheet is not worth its bytes.
fn in_sight(sheet: &Sheet, course: &[Xy]) -> bool {
    course.iter().any(|at| sheet.shows_xy(*at, 40.0))
}

/// The part of a course that can be seen, with a spot more at either end for the curve to come from and go to.
fn seen_part<'a>(sheet: &Sheet, course: &'a [Xy]) -> &'a [Xy] {
    let seen = |at: &Xy| sheet.shows_xy(*at, 40.0);
    let first = course.iter().position(seen).unwrap_or(0).saturating_sub(1);
    let last = course.iter().rposition(seen).map_or(course.len(), |i| (i + 2).min(course.len()));
    &course[first..last]
}

/// Lakes and rivers; the rivers as two lines with light between them.
pub fn waters(svg: &mut String, sheet: &Sheet, id: &str) {
    let draw = |course: &[f64]| -> String {
        let course = project(sheet, course);
        if in_sight(sheet, &course) { smooth(seen_part(sheet, &course), None, roughly) } else { String::new() }
    };
    // Every river begins as a stream.
    let springs = RIVERS.iter().map(|river| &river.course[..2 * UPPER_COURSE + 2]);
    let streams: String = STREAMS.iter().map(|stream| stream.course).chain(springs).map(draw).collect();
    let _ = write!(svg, r#"<path class="map__stream" fill="none" d="{streams}"/>"#);
    let rivers: String = RIVERS.iter().map(|river| draw(&river.course[2 * UPPER_COURSE..])).collect();
    let _ = write!(svg, r##"<defs><path id="{id}-r" fill="none" d="{rivers}"/></defs><use class="map__river" href="#{id}-r"/>"##);
    for lake in [DONGTING, DONGJIANG] {
        let shore = project(sheet, lake);
        if in_sight(sheet, &shore) {
            let _ = write!(svg, r#"<path class="map__lake" d="{}Z"/>"#, smooth(&shore, None, roughly));
        }
    }
    let _ = write!(svg, r##"<use class="map__river-light" href="#{id}-r"/>"##);
    let waves: String = project(sheet, WAVES)
        .iter()
        .filter(|at| sheet.shows_xy(**at, 0.0))
        .map(|at| format!("M{} {}q2-2.5 4 0t4 0", coordinate(at.x - 4.0), coordinate(at.y)))
        .collect();
    if !waves.is_empty() {
        let _ = write!(svg, r#"<path class="map__wave" fill="none" d="{waves}"/>"#);
    }
}

/// Names of waters and ranges, where there is room.
pub fn names(sheet: &Sheet, lang: Lang, taken: &mut Obstacles) -> Vec<Set> {
    let mut names = vec![];
    let lake = project(sheet, &[112.95, 29.2, 112.75, 28.88, 112.55, 29.2]);
    names.extend(taken.place_on(lang.pick("洞庭湖", "Dongting Lake"), lake, labels::WATER));
    for river in RIVERS.iter().chain(STREAMS.iter().filter(|_| sheet.zoom() > 1.8)) {
        let course = project(sheet, river.course);
        // Beside the middle of what is seen first, then further out in both directions.
        let seen: Vec<Xy> = course.into_iter().filter(|at| sheet.shows_xy(*at, -12.0)).collect();
        let middle = seen.len() / 2;
        let mut order: Vec<usize> = (0..seen.len()).collect();
        order.sort_by_key(|i| (i.abs_diff(middle), *i));
        let side = lang.pick(17.0, 24.0);
        let beside = order.into_iter().flat_map(|i| [1.0, -1.0].map(|sign| Xy { x: seen[i].x + sign * side, y: seen[i].y }));
        names.extend(taken.place_on(lang.pick(river.zh, river.en), beside, labels::WATER));
    }
    for range in &RANGES {
        // Where it has none of its own to stand on, its name goes onto a ridge.
        let along = range.ridges.iter().flat_map(|ridge| project(sheet, ridge)).skip(1).step_by(2);
        let spots = project(sheet, range.names).into_iter().chain(along);
        names.extend(taken.place_on(lang.pick(range.zh, range.en), spots, labels::RANGE));
    }
    names
}

/// Three peaks, each drawn from the middle of its foot.
const PEAKS: [&str; 3] =
    ["M-8 1C-6-3-4-9-1-10C2-9 4-4 8 1", "M-7 1C-5-2-4-6-2-6.5C-1-6 0-5 1-8.5C3-8 4-4 7 1", "M-6 1C-4-2-3-6 0-7C2-6 3-2 6 1"];
const FOLDS: [&str; 3] =
    ["M-1-10C-1.5-7 0-4 1-2M3-6C2.5-4 4-3 4.5-1", "M1-8.5C.5-6 2-4 3-1.5M-3-5C-3-3-2-2-1.5-1", "M0-7C-.5-5 1-3 1.5-1"];
const MOST_PEAKS: usize = 48;

/// Peaks along the ridges, from the back to the front, wherever nothing is written; fewer where there is much to show.
pub fn mountains(svg: &mut String, sheet: &Sheet, id: &str, taken: &Obstacles, points: usize) {
    let most = MOST_PEAKS - points.min(MOST_PEAKS / 2);
    let mut feet: Vec<(Xy, usize)> = vec![];
    let mut dice = Dice(7);
    let scatter = 5.0 * sheet.zoom().clamp(1.0, 5.0);
    for ridge in RANGES.iter().flat_map(|range| range.ridges) {
        for leg in project(sheet, ridge).windows(2) {
            let (dx, dy) = (leg[1].x - leg[0].x, leg[1].y - leg[0].y);
            let steps = (dx.hypot(dy) / 10.0).ceil().max(1.0);
            for step in 0..steps as usize {
                let along = (step as f64 + 0.6 * dice.roll()) / steps;
                let at = Xy {
                    x: leg[0].x + along * dx + scatter * (2.0 * dice.roll() - 1.0),
                    y: leg[0].y + along * dy + scatter * (2.0 * dice.roll() - 1.0),
                };
                let shape = (dice.roll() * PEAKS.len() as f64) as usize;
                let body = Rect { left: at.x - 8.0, top: at.y - 11.0, right: at.x + 8.0, bottom: at.y + 1.0 };
                let crowded = feet.iter().any(|(other, _)| (other.x - at.x).abs() < 11.0 && (other.y - at.y).abs() < 6.0);
                if taken.free(&body) && taken.crossings(&body) == 0 && !crowded {
                    feet.push((at, shape));
                }
            }
        }
    }
    if feet.is_empty() {
        return;
    }
    // Thinned evenly, so that no range goes bare.
    let all = feet.len();
    let mut seen = 0;
    feet.retain(|_| {
        seen += 1;
        all <= most || seen * most / all != (seen - 1) * most / all
    });
    feet.sort_by(|(a, _), (b, _)| a.y.total_cmp(&b.y));
    let _ = write!(
        svg,
        r#"<defs><linearGradient id="{id}-g" x2="0" y2="1"><stop class="map__crest" offset="0"/><stop class="map__base" offset=".9"/></linearGradient>"#
    );
    for (shape, (outline, folds)) in PEAKS.iter().zip(FOLDS).enumerate() {
        let _ = write!(
            svg,
            r##"<g id="{id}-p{shape}"><path fill="url(#{id}-g)" d="{outline}"/><path fill="none" d="{folds}"/></g>"##
        );
    }
    *svg += r#"</defs><g class="map__mountain">"#;
    for (at, shape) in feet {
        let _ = write!(svg, r##"<use href="#{id}-p{shape}" x="{}" y="{}"/>"##, roughly(at.x), roughly(at.y));
    }
    *svg += "</g>";
}

/// The same throw every time: a page that has not changed must not change.
struct Dice(u32);

impl Dice {
    fn roll(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        f64::from(self.0 >> 8) / f64::from(1u32 << 24)
    }
}
