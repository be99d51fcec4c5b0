//! The sheet of paper: which part of the world it shows, and where a position falls on it.

use std::fmt::{self, Write};

use domain::Lang;
use domain::geo::Point;

use domain::xml::escape;

/// Wide enough for a phone to show it about one to one, so that type keeps its size.
const WIDTH: f64 = 340.0;
/// Below the drawing: the word “schematic” and the scale.
const FOOT: f64 = 26.0;
/// Equirectangular: a degree of longitude is this much of one of latitude, at the middle of the province.
const SQUEEZE: f64 = 0.887; // cos 27.5°
const KM_PER_DEGREE: f64 = 111.2;
/// Nobody needs to see less than this across: it is about two county seats, so that one knows where one is.
const LEAST_KM: f64 = 72.0;

/// The province and a little air.
const PROVINCE: Extent = Extent { west: 108.8, south: 24.75, east: 114.4, north: 30.12 };

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Xy {
    pub x: f64,
    pub y: f64,
}

pub const ORIGIN: Xy = Xy { x: 0.0, y: 0.0 };

#[derive(Debug, Clone, Copy, PartialEq)]
struct Extent {
    west: f64,
    south: f64,
    east: f64,
    north: f64,
}

impl Extent {
    fn of(points: impl Iterator<Item = Point>) -> Option<Self> {
        points.fold(None, |extent: Option<Extent>, p| {
            let seen = extent.unwrap_or(Extent { west: p.lon, south: p.lat, east: p.lon, north: p.lat });
            Some(Extent {
                west: seen.west.min(p.lon),
                south: seen.south.min(p.lat),
                east: seen.east.max(p.lon),
                north: seen.north.max(p.lat),
            })
        })
    }

    fn width_km(&self) -> f64 {
        (self.east - self.west) * SQUEEZE * KM_PER_DEGREE
    }

    fn height_km(&self) -> f64 {
        (self.north - self.south) * KM_PER_DEGREE
    }

    /// The same middle, another size.
    fn resized(&self, width_km: f64, height_km: f64) -> Self {
        let (lon, lat) = ((self.west + self.east) / 2.0, (self.south + self.north) / 2.0);
        let (dx, dy) = (width_km / 2.0 / SQUEEZE / KM_PER_DEGREE, height_km / 2.0 / KM_PER_DEGREE);
        Extent { west: lon - dx, south: lat - dy, east: lon + dx, north: lat + dy }
    }

    fn with(&self, other: Extent) -> Self {
        Extent {
            west: self.west.min(other.west),
            south: self.south.min(other.south),
            east: self.east.max(other.east),
            north: self.north.max(other.north),
        }
    }
}

#[derive(Debug, Clone)]
pub struct Sheet {
    pub width: f64,
    /// Of the drawing, without the foot.
    pub height: f64,
    extent: Extent,
    units_per_km: f64,
}

impl Sheet {
    /// Shows all the points: close up where they are close together, on the map of the whole province where they are not.
    pub fn around(points: impl Iterator<Item = Point>) -> Self {
        let extent = match Extent::of(points) {
            None => PROVINCE,
            Some(seen) => {
                let close = seen.resized((seen.width_km() * 1.5).max(LEAST_KM), (seen.height_km() * 1.45).max(LEAST_KM));
                let wide = close.width_km() > PROVINCE.width_km() * 0.72 || close.height_km() > PROVINCE.height_km() * 0.72;
                if wide { PROVINCE.with(seen.resized(seen.width_km() + 50.0, seen.height_km() + 40.0)) } else { close }
            }
        };
        // Neither a ribbon nor a tower.
        let (width, height) = (extent.width_km(), extent.height_km());
        let extent = extent.resized(width.max(height / 1.15), height.max(width * 0.8));
        let units_per_km = WIDTH / extent.width_km();
        Self { width: WIDTH, height: extent.height_km() * units_per_km, extent, units_per_km }
    }

    pub fn full_height(&self) -> f64 {
        self.height + FOOT
    }

    pub fn xy(&self, point: Point) -> Xy {
        Xy {
            x: (point.lon - self.extent.west) * SQUEEZE * KM_PER_DEGREE * self.units_per_km,
            y: (self.extent.north - point.lat) * KM_PER_DEGREE * self.units_per_km,
        }
    }

    pub fn shows(&self, point: Point) -> bool {
        self.shows_xy(self.xy(point), -4.0)
    }

    /// `around` units beyond the edge still count.
    pub fn shows_xy(&self, at: Xy, around: f64) -> bool {
        (-around..=self.width + around).contains(&at.x) && (-around..=self.height + around).contains(&at.y)
    }

    /// Moved back onto the sheet, at least `margin` from its edge.
    pub fn inside(&self, at: Xy, margin: f64) -> Xy {
        Xy { x: at.x.clamp(margin, self.width - margin), y: at.y.clamp(margin, self.height - margin) }
    }

    /// Near enough to tell county seats apart by name.
    pub fn is_close(&self) -> bool {
        self.extent.width_km() < 330.0
    }

    /// How much nearer than the map of the province.
    pub fn zoom(&self) -> f64 {
        PROVINCE.width_km() / self.extent.width_km()
    }

    /// “Schematic” and a scale bar, under the drawing.
    pub fn write_foot(&self, svg: &mut String, lang: Lang) {
        let top = self.height;
        let (km, length) = [100.0, 50.0, 20.0, 10.0, 5.0]
            .into_iter()
            .map(|km| (km, km * self.units_per_km))
            .find(|(_, length)| *length <= self.width * 0.28)
            .unwrap_or((5.0, 5.0 * self.units_per_km));
        let (y, right) = (top + 17.0, self.width - 10.0);
        let _ = write!(
            svg,
            r#"<path class="map__foot" d="M-1 {0}h{1}v{FOOT}H-1z"/><text class="map__schematic" x="10" y="{2}">{3}</text>"#,
            coordinate(top),
            coordinate(self.width + 2.0),
            coordinate(y),
            escape(lang.pick("示意图 · 不作导航与界线依据", "Schematic: not for navigation")),
        );
        let _ = write!(
            svg,
            r#"<path class="map__scale" fill="none" d="M{0} {1}v4h{2}v-4"/><text class="map__schematic" x="{3}" y="{4}" text-anchor="end">{km} {5}</text>"#,
            coordinate(right - length),
            coordinate(y - 6.0),
            coordinate(length),
            coordinate(right - length - 6.0),
            coordinate(y),
            lang.pick("公里", "km"),
        );
    }
}

/// A number of the drawing in tenths of a unit, written as short as it can be. There are a thousand to a map, so it is written
/// without a detour through text of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tenths(i64);

impl fmt::Display for Tenths {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 < 0 {
            f.write_str("-")?;
        }
        let tenths = self.0.unsigned_abs();
        fmt::Display::fmt(&(tenths / 10), f)?;
        match tenths % 10 {
            0 => Ok(()),
            rest => write!(f, ".{rest}"),
        }
    }
}

/// One decimal is finer than any screen.
pub fn coordinate(value: f64) -> Tenths {
    Tenths((value * 10.0).round() as i64)
}

/// To the next unit.
pub fn roughly(value: f64) -> Tenths {
    Tenths(value.round() as i64 * 10)
}

/// A curve through all the points (Catmull–Rom, written with the short form of Béziers). Tangents are shortened where the next
/// point is near, so that the line does not swing past it, and never leave the sheet, if one is given.
///
/// `say` writes a number: finely for what must be met exactly, roughly for what is drawn by hand anyway.
pub fn smooth(points: &[Xy], within: Option<&Sheet>, say: fn(f64) -> Tenths) -> String {
    let Some(first) = points.first() else { return String::new() };
    let mut path = String::with_capacity(points.len() * 24);
    let _ = write!(path, "M{} {}", say(first.x), say(first.y));
    for i in 1..points.len() {
        let (from, to) = (points[i - 1], points[i]);
        let keep = |at: Xy| within.map_or(at, |sheet| sheet.inside(at, 1.0));
        let tangent = tangent(points, i);
        let arrive = keep(Xy { x: to.x - tangent.x, y: to.y - tangent.y });
        if i == 1 {
            let leave = keep(Xy { x: from.x + (to.x - from.x) / 4.0, y: from.y + (to.y - from.y) / 4.0 });
            let _ = write!(path, "C{} {} ", say(leave.x), say(leave.y));
        } else {
            path.push('S');
        }
        let _ = write!(path, "{} {} {} {}", say(arrive.x), say(arrive.y), say(to.x), say(to.y));
    }
    path
}

fn tangent(points: &[Xy], i: usize) -> Xy {
    let here = points[i];
    let before = points[i - 1];
    let after = points.get(i + 1).copied().unwrap_or(here);
    let (dx, dy) = (after.x - before.x, after.y - before.y);
    let reach = dx.hypot(dy);
    if reach < 0.01 {
        return Xy { x: 0.0, y: 0.0 };
    }
    let near =
        [before, after].into_iter().map(|p| (p.x - here.x).hypot(p.y - here.y)).filter(|d| *d > 0.0).fold(f64::MAX, f64::min);
    let length = (reach / 5.0).min(near / 2.5);
    Xy { x: dx / reach * length, y: dy / reach * length }
}
