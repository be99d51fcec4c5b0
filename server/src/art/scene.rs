//! A print in the making: its canvas, its chance and its inks, and the outlines of land they draw.

use super::palette::{Palette, Rgb};
use super::seed::Seed;
use super::svg::{Canvas, Path};

pub const WIDTH: i32 = 640;
pub const HEIGHT: i32 = 400;

/// What every drawing works with.
#[derive(Debug, Clone)]
pub struct Scene {
    pub c: Canvas,
    pub s: Seed,
    pub p: Palette,
}

/// Where a line of hills is highest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lie {
    Level,
    Left,
    Right,
    Middle,
    /// Low in the middle: a valley to look through.
    Open,
}

impl Lie {
    pub const ALL: [Lie; 5] = [Lie::Level, Lie::Left, Lie::Right, Lie::Middle, Lie::Open];

    /// How much of the full height it has at `x`, in hundredths.
    fn share(self, x: i32) -> i32 {
        let x = x.clamp(0, WIDTH);
        let off_middle = (x - WIDTH / 2).abs() * 100 / (WIDTH / 2);
        match self {
            Lie::Level => 75,
            Lie::Left => 110 - x * 90 / WIDTH,
            Lie::Right => 20 + x * 90 / WIDTH,
            Lie::Middle => 110 - off_middle * 85 / 100,
            Lie::Open => 15 + off_middle * 95 / 100,
        }
    }
}

impl Scene {
    /// Draws something that may take at most `length` bytes in all; a composition that would not fit whole is drawn
    /// anew by further chance.
    pub fn fitting(&mut self, length: usize, mut draw: impl FnMut(&mut Scene)) {
        const TRIES: i32 = 12;
        self.c.up_to(length);
        for _ in 0..TRIES {
            let mut trial = self.clone();
            draw(&mut trial);
            if trial.c.left_out() == self.c.left_out() {
                *self = trial;
                return;
            }
            self.s.range(0, 1);
        }
        draw(self);
    }

    pub fn lie(&mut self) -> Lie {
        self.s.pick(&Lie::ALL)
    }

    /// Rounded hills up to `rise` above `y`, down to the foot of the picture.
    pub fn hills(&mut self, y: i32, rise: i32, humps: i32, lie: Lie) -> String {
        let step = (WIDTH + 80) / (humps * 2);
        let mut points = Vec::new();
        for i in 0..=humps * 2 + 1 {
            let x = -40 + i * step + self.s.range(-step / 4, step / 4);
            let high = if i % 2 == 0 { self.s.range(70, 105) } else { self.s.range(5, 45) };
            points.push((x, y - rise * high * lie.share(x) / 10_000));
        }
        let mut path = Path::at(-60, HEIGHT + 10);
        let (mut x, mut now) = (-60, points[0].1);
        path.by(0, now - HEIGHT - 10);
        for pair in points.windows(2) {
            let (to_x, to_y) = ((pair[0].0 + pair[1].0) / 2, (pair[0].1 + pair[1].1) / 2);
            path.bend(pair[0].0 - x, pair[0].1 - now, to_x - x, to_y - now);
            (x, now) = (to_x, to_y);
        }
        path.raw("L700 410z");
        path.d().to_owned()
    }

    /// A broken mountain crest up to `rise` above `y`, down to the foot of the picture.
    pub fn crest(&mut self, y: i32, rise: i32, peaks: i32, lie: Lie) -> String {
        let step = (WIDTH + 80) / peaks;
        let mut path = Path::at(-60, HEIGHT + 10);
        let (mut x, mut now) = (-60, y);
        path.by(0, y - HEIGHT - 10);
        for i in 0..=peaks {
            let top_x = -40 + i * step + self.s.range(-step / 3, step / 3);
            let top = y - rise * self.s.range(45, 110) * lie.share(top_x) / 10_000;
            let dip_x = top_x + step * self.s.range(40, 60) / 100;
            let dip = y - rise * self.s.range(0, 40) * lie.share(dip_x) / 10_000;
            for (to_x, to_y) in [(top_x, top), (dip_x, dip)] {
                let (dx, dy) = (to_x - x, to_y - now);
                // Rock breaks its slope twice on the way.
                let (first, second) = (self.s.range(20, 60), self.s.range(25, 75));
                let (ax, ay) = (dx * 35 / 100, dy * first / 100);
                let (bx, by) = (dx * 30 / 100, (dy - ay) * second / 100);
                path.by(ax, ay);
                path.by(bx, by);
                path.by(dx - ax - bx, dy - ay - by);
                (x, now) = (to_x, to_y);
            }
        }
        path.raw("L700 410z");
        path.d().to_owned()
    }

    /// A range that stands in mist: its ink runs out towards the foot.
    pub fn misted(&mut self, d: &str, ink: Rgb) {
        let foot = ink.mix(self.p.pale(), 72);
        let paint = self.c.fade(ink, foot);
        self.c.fill(d, paint);
    }

    /// Two or three ranges behind everything, far to near; the lowest stands on `y`.
    pub fn ranges(&mut self, y: i32, rise: i32, count: i32) {
        let lie = self.lie();
        let broken = self.s.chance(50);
        for i in 0..count {
            let ink = self.p.far.mix(self.p.mid, i * 80 / count.max(1));
            let (foot, high) = (y - (count - 1 - i) * rise / 4, rise * (100 - i * 18) / 100);
            let bumps = 3 + i + self.s.range(0, 1);
            let d = if broken { self.crest(foot, high, bumps, lie) } else { self.hills(foot, high, bumps, lie) };
            self.misted(&d, ink);
        }
    }

    /// Ground from `y` down, its edge slightly uneven.
    pub fn ground(&mut self, y: i32, top: Rgb, foot: Rgb) {
        let (a, b) = (self.s.range(-14, 14), self.s.range(-14, 14));
        let paint = self.c.fade(top, foot);
        self.c.fill(&format!("M-10 {y}Q160 {} 320 {y}T650 {}V410H-10z", y + a, y + b), paint);
    }

    /// Water from `y` down to `foot`, with lines of light.
    pub fn water(&mut self, y: i32, foot: i32) {
        let deep = self.p.water.mix(self.p.mid, 45);
        let paint = self.c.fade(self.p.water.mix(self.p.low, 40), deep);
        self.c.fill(&format!("M0 {y}H640V{foot}H0z"), paint);
        let mut light = String::new();
        let rows = ((foot - y) / 22).clamp(2, 7);
        for i in 0..rows {
            let at = y + 8 + (foot - y - 10) * i * i / (rows * rows).max(1);
            for _ in 0..2 {
                light.push_str(&format!("M{} {at}h{}", self.s.range(0, 600), self.s.range(24, 90 + i * 16)));
            }
        }
        let pale = self.p.pale();
        self.c.faint(&light, pale, 2, 70);
    }

    /// A band of mist about `y`.
    pub fn mist(&mut self, y: i32, thick: i32, percent: i32) {
        let x = self.s.range(-80, 80);
        let pale = self.p.pale();
        let r = thick / 2;
        self.c.wash(
            &format!(
                "M{} {y}h{}a{r} {r} 0 0 1 0 {thick}h-90a{} {} 0 0 1 0 {r}H{}a{} {} 0 0 1 0-{r}h-70a{r} {r} 0 0 1 0-{thick}z",
                x + 40,
                self.s.range(280, 420),
                r / 2,
                r / 2,
                x + 130,
                r / 2,
                r / 2
            ),
            pale,
            percent,
        );
    }
}
