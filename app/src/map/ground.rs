//! Rivers, lakes and mountains, drawn by hand from a few known spots: towns a river passes, bends one remembers. Good enough to
//! say “upstream from here” and no more, which is why the map calls itself a schematic.

use domain::Lang;
use domain::geo::Point;

use super::labels::{self, Obstacles, Rect, Set};
use super::sheet::{Sheet, Xy, coordinate, roughly, smooth};

/// Longitude and latitude.
type Spot = (f64, f64);

struct Water {
    zh: &'static str,
    en: &'static str,
    /// From the source down.
    course: &'static [Spot],
}

/// The four rivers of Hunan and the great one they reach.
const RIVERS: [Water; 5] = [
    Water {
        zh: "湘江",
        en: "Xiang",
        course: &[
            (110.95, 25.86),
            (111.1, 26.03),
            (111.22, 26.24),
            (111.4, 26.3),
            (111.6, 26.27),
            (111.6, 26.45),
            (111.72, 26.55),
            (111.86, 26.59),
            (112.02, 26.46),
            (112.2, 26.52),
            (112.42, 26.57),
            (112.57, 26.68),
            (112.62, 26.9),
            (112.74, 27.05),
            (112.92, 27.08),
            (112.88, 27.24),
            (113.02, 27.42),
            (113.1, 27.58),
            (113.13, 27.72),
            (113.12, 27.85),
            (112.98, 27.79),
            (112.91, 27.86),
            (112.97, 28.02),
            (112.96, 28.2),
            (112.83, 28.36),
            (112.86, 28.52),
            (112.88, 28.68),
            (112.9, 28.88),
        ],
    },
    Water {
        zh: "资水",
        en: "Zi",
        course: &[
            (110.78, 26.2),
            (110.85, 26.44),
            (111.02, 26.68),
            (111.22, 26.88),
            (111.3, 27.02),
            (111.4, 27.12),
            (111.46, 27.25),
            (111.42, 27.4),
            (111.5, 27.52),
            (111.43, 27.69),
            (111.3, 27.74),
            (111.2, 27.9),
            (110.98, 28.1),
            (111.1, 28.28),
            (111.22, 28.38),
            (111.45, 28.43),
            (111.62, 28.28),
            (111.85, 28.42),
            (112.14, 28.52),
            (112.35, 28.6),
            (112.55, 28.72),
            (112.66, 28.84),
        ],
    },
    Water {
        zh: "沅水",
        en: "Yuan",
        course: &[
            (109.12, 26.82),
            (109.38, 26.92),
            (109.6, 27.12),
            (109.83, 27.2),
            (110.0, 27.11),
            (110.1, 27.3),
            (110.22, 27.45),
            (110.3, 27.64),
            (110.4, 27.82),
            (110.22, 27.92),
            (110.18, 28.02),
            (110.21, 28.22),
            (110.3, 28.36),
            (110.4, 28.46),
            (110.62, 28.56),
            (110.9, 28.75),
            (111.15, 28.8),
            (111.32, 28.7),
            (111.48, 28.89),
            (111.69, 29.03),
            (111.88, 28.98),
            (112.08, 29.0),
            (112.22, 28.95),
        ],
    },
    Water {
        zh: "澧水",
        en: "Li",
        course: &[
            (109.72, 29.62),
            (109.95, 29.52),
            (110.17, 29.4),
            (110.25, 29.22),
            (110.48, 29.12),
            (110.72, 29.2),
            (110.92, 29.36),
            (111.13, 29.43),
            (111.37, 29.58),
            (111.6, 29.6),
            (111.88, 29.61),
            (112.05, 29.5),
            (112.17, 29.4),
            (112.24, 29.2),
            (112.28, 29.03),
        ],
    },
    Water {
        zh: "长江",
        en: "Yangtze",
        course: &[
            (111.75, 30.32),
            (112.05, 30.2),
            (112.22, 30.02),
            (112.3, 29.83),
            (112.45, 29.71),
            (112.66, 29.76),
            (112.88, 29.8),
            (112.98, 29.66),
            (113.06, 29.56),
            (113.14, 29.45),
            (113.25, 29.56),
            (113.36, 29.68),
            (113.5, 29.82),
            (113.72, 29.88),
            (113.9, 29.98),
            (114.05, 30.15),
        ],
    },
];

/// So many spots below its source a river is broad enough for two lines.
const UPPER_COURSE: usize = 2;

const STREAMS: [Water; 13] = [
    Water {
        zh: "潇水",
        en: "Xiao",
        course: &[
            (111.75, 24.98),
            (111.58, 25.19),
            (111.5, 25.36),
            (111.6, 25.53),
            (111.76, 25.72),
            (111.66, 25.96),
            (111.56, 26.12),
            (111.6, 26.27),
        ],
    },
    Water {
        zh: "耒水",
        en: "Lei",
        course: &[
            (113.68, 25.54),
            (113.5, 25.75),
            (113.36, 25.92),
            (113.2, 26.02),
            (113.1, 26.14),
            (112.95, 26.28),
            (112.86, 26.43),
            (112.74, 26.62),
            (112.74, 26.78),
            (112.62, 26.9),
        ],
    },
    Water {
        zh: "洣水",
        en: "Mi",
        course: &[
            (113.9, 26.4),
            (113.77, 26.5),
            (113.66, 26.68),
            (113.54, 26.79),
            (113.42, 26.88),
            (113.34, 27.0),
            (113.16, 26.96),
            (112.98, 27.1),
            (112.89, 27.2),
        ],
    },
    Water {
        zh: "涟水",
        en: "Lian",
        course: &[
            (111.62, 27.72),
            (111.82, 27.66),
            (112.0, 27.74),
            (112.25, 27.78),
            (112.52, 27.74),
            (112.72, 27.68),
            (112.91, 27.86),
        ],
    },
    Water {
        zh: "浏阳河",
        en: "Liuyang",
        course: &[
            (114.02, 28.3),
            (113.86, 28.16),
            (113.64, 28.15),
            (113.44, 28.0),
            (113.26, 28.08),
            (113.1, 28.18),
            (112.97, 28.24),
        ],
    },
    Water {
        zh: "汨罗江",
        en: "Miluo",
        course: &[(114.02, 28.78), (113.8, 28.8), (113.58, 28.7), (113.34, 28.77), (113.08, 28.83), (112.92, 28.95)],
    },
    Water {
        zh: "赧水",
        en: "Nan",
        course: &[
            (110.35, 26.42),
            (110.5, 26.6),
            (110.63, 26.74),
            (110.66, 26.92),
            (110.84, 27.06),
            (111.04, 27.12),
            (111.18, 27.06),
            (111.3, 27.02),
        ],
    },
    Water {
        zh: "潕水",
        en: "Wu",
        course: &[
            (108.95, 27.3),
            (109.17, 27.36),
            (109.42, 27.38),
            (109.68, 27.45),
            (109.84, 27.56),
            (109.98, 27.53),
            (109.92, 27.4),
            (109.83, 27.2),
        ],
    },
    Water {
        zh: "渠水",
        en: "Qu",
        course: &[
            (109.7, 25.95),
            (109.78, 26.17),
            (109.66, 26.38),
            (109.69, 26.58),
            (109.76, 26.76),
            (109.7, 26.92),
            (109.6, 27.12),
        ],
    },
    Water {
        zh: "锦江", en: "Jin", course: &[(109.25, 27.72), (109.5, 27.76), (109.81, 27.86), (109.98, 27.9), (110.18, 28.02)]
    },
    Water { zh: "沱江", en: "Tuo", course: &[(109.36, 27.98), (109.5, 27.93), (109.6, 27.96), (109.76, 28.1), (109.9, 28.2)] },
    Water {
        zh: "武水",
        en: "Wushui",
        course: &[(109.38, 28.24), (109.56, 28.28), (109.73, 28.3), (109.9, 28.2), (110.05, 28.24), (110.21, 28.22)],
    },
    Water {
        zh: "酉水",
        en: "You",
        course: &[
            (109.4, 29.72),
            (109.42, 29.46),
            (109.3, 29.2),
            (109.28, 28.92),
            (109.45, 28.74),
            (109.66, 28.71),
            (109.96, 28.76),
            (110.14, 28.62),
            (110.4, 28.46),
        ],
    },
];

const DONGTING: &[Spot] = &[
    (113.12, 29.43),
    (113.06, 29.22),
    (113.08, 29.05),
    (112.98, 28.9),
    (112.78, 28.78),
    (112.56, 28.82),
    (112.38, 28.9),
    (112.18, 28.86),
    (112.08, 28.96),
    (112.16, 29.06),
    (112.34, 29.06),
    (112.52, 28.98),
    (112.68, 28.98),
    (112.78, 29.1),
    (112.72, 29.28),
    (112.86, 29.38),
    (113.0, 29.42),
    (113.12, 29.43),
];
const DONGJIANG: &[Spot] =
    &[(113.28, 25.9), (113.36, 25.86), (113.38, 25.74), (113.48, 25.68), (113.46, 25.8), (113.4, 25.9), (113.28, 25.9)];
/// Little waves on Dongting.
const WAVES: [Spot; 5] = [(112.93, 29.26), (112.98, 29.1), (112.86, 28.94), (112.62, 28.88), (112.24, 28.96)];

struct Range {
    zh: &'static str,
    en: &'static str,
    /// Where its name may stand.
    names: &'static [Spot],
    ridges: &'static [&'static [Spot]],
}

const RANGES: [Range; 5] = [
    Range {
        zh: "武陵山",
        en: "Wuling",
        names: &[(110.25, 29.8), (110.05, 29.08), (109.95, 28.62)],
        ridges: &[
            &[(109.75, 29.9), (110.15, 29.72), (110.5, 29.86), (110.85, 30.02)],
            &[(110.3, 29.55), (110.6, 29.42), (110.85, 29.62), (111.1, 29.8)],
            &[(109.45, 28.1), (109.62, 28.46), (109.82, 28.86), (110.1, 29.02), (110.4, 28.92), (110.7, 29.0), (111.05, 29.15)],
            &[(109.55, 29.05), (109.7, 29.25), (109.88, 29.32)],
        ],
    },
    Range {
        zh: "雪峰山",
        en: "Xuefeng",
        names: &[(110.58, 27.48), (110.82, 27.9), (110.3, 26.95), (111.3, 28.12)],
        ridges: &[
            &[(110.12, 26.3), (110.25, 26.7), (110.36, 27.0), (110.5, 27.3), (110.62, 27.55), (110.72, 27.8), (110.86, 28.0)],
            &[(110.72, 28.3), (111.0, 28.45), (111.35, 28.55), (111.75, 28.65)],
            &[(111.35, 28.05), (111.6, 28.1), (111.85, 28.1), (112.1, 28.2)],
        ],
    },
    Range {
        zh: "罗霄山",
        en: "Luoxiao",
        names: &[(113.78, 27.3), (113.85, 26.72), (113.7, 26.28)],
        ridges: &[
            &[(113.55, 29.1), (113.78, 28.98), (113.95, 28.62), (113.72, 28.42)],
            &[(113.95, 28.0), (113.8, 27.65), (113.92, 27.35), (113.74, 27.1), (113.95, 26.85)],
            &[(113.98, 26.55), (113.85, 26.2), (113.98, 25.95), (113.8, 25.75)],
        ],
    },
    Range {
        zh: "南岭",
        en: "Nanling",
        names: &[(112.5, 25.1), (112.15, 25.2), (113.2, 25.3)],
        ridges: &[
            &[(110.3, 26.18), (110.55, 26.05), (110.8, 26.02)],
            &[(111.15, 25.85), (111.22, 25.6), (111.15, 25.35)],
            &[
                (111.3, 24.95),
                (111.75, 25.3),
                (112.0, 25.32),
                (112.35, 25.15),
                (112.7, 25.1),
                (112.95, 25.28),
                (113.25, 25.28),
                (113.55, 25.3),
                (113.82, 25.5),
            ],
            &[(112.45, 25.95), (112.7, 26.05), (112.95, 25.95)],
        ],
    },
    Range {
        zh: "衡山",
        en: "Hengshan",
        names: &[(112.6, 27.42)],
        ridges: &[&[(112.68, 27.16), (112.68, 27.32), (112.72, 27.48)]],
    },
];

fn project(sheet: &Sheet, spots: &[Spot]) -> Vec<Xy> {
    spots.iter().map(|&(lon, lat)| sheet.xy(Point { lat, lon })).collect()
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
    let draw = |course: &[Spot]| -> String {
        let course = project(sheet, course);
        if in_sight(sheet, &course) { smooth(seen_part(sheet, &course), None, roughly) } else { String::new() }
    };
    // Every river begins as a stream.
    let springs = RIVERS.iter().map(|river| &river.course[..=UPPER_COURSE]);
    let streams: String = STREAMS.iter().map(|stream| stream.course).chain(springs).map(draw).collect();
    *svg += &format!(r#"<path class="map__stream" fill="none" d="{streams}"/>"#);
    let rivers: String = RIVERS.iter().map(|river| draw(&river.course[UPPER_COURSE..])).collect();
    *svg += &format!(r##"<defs><path id="{id}-r" fill="none" d="{rivers}"/></defs><use class="map__river" href="#{id}-r"/>"##);
    for lake in [DONGTING, DONGJIANG] {
        let shore = project(sheet, lake);
        if in_sight(sheet, &shore) {
            *svg += &format!(r#"<path class="map__lake" d="{}Z"/>"#, smooth(&shore, None, roughly));
        }
    }
    *svg += &format!(r##"<use class="map__river-light" href="#{id}-r"/>"##);
    let waves: String = project(sheet, &WAVES)
        .iter()
        .filter(|at| sheet.shows_xy(**at, 0.0))
        .map(|at| format!("M{} {}q2-2.5 4 0t4 0", coordinate(at.x - 4.0), coordinate(at.y)))
        .collect();
    if !waves.is_empty() {
        *svg += &format!(r#"<path class="map__wave" fill="none" d="{waves}"/>"#);
    }
}

/// Names of waters and ranges, where there is room.
pub fn names(sheet: &Sheet, lang: Lang, taken: &mut Obstacles) -> Vec<Set> {
    let mut names = vec![];
    let lake = project(sheet, &[(112.95, 29.2), (112.75, 28.88), (112.55, 29.2)]);
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
        let along = range.ridges.iter().flat_map(|ridge| ridge.iter()).skip(1).step_by(2);
        let spots: Vec<Spot> = range.names.iter().chain(along).copied().collect();
        names.extend(taken.place_on(lang.pick(range.zh, range.en), project(sheet, &spots), labels::RANGE));
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
    *svg += &format!(
        r#"<defs><linearGradient id="{id}-g" x2="0" y2="1"><stop class="map__crest" offset="0"/><stop class="map__base" offset=".9"/></linearGradient>"#
    );
    for (shape, (outline, folds)) in PEAKS.iter().zip(FOLDS).enumerate() {
        *svg +=
            &format!(r##"<g id="{id}-p{shape}"><path fill="url(#{id}-g)" d="{outline}"/><path fill="none" d="{folds}"/></g>"##);
    }
    *svg += r#"</defs><g class="map__mountain">"#;
    for (at, shape) in feet {
        *svg += &format!(r##"<use href="#{id}-p{shape}" x="{}" y="{}"/>"##, roughly(at.x), roughly(at.y));
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
