//! Trees, bamboo and reeds, as few strokes.

use super::palette::{Air, Rgb};
use super::scene::Scene;

impl Scene {
    /// A wind-bent pine with its clouds of needles; `h` is its height.
    pub fn pine(&mut self, x: i32, y: i32, h: i32) {
        let (ink, leaf) = (self.p.deep, self.p.near.mix(self.p.deep, 45));
        let lean = self.s.range(-h / 4, h / 4);
        self.c.line(&format!("M{x} {y}q{} {} {} {}", -lean, -h / 2, lean, -h), ink, (h / 16).max(2));
        let mut d = String::new();
        for (up, wide, side) in [(100, 26, 0), (78, 38, 1), (58, 34, -1), (42, 30, 1)] {
            let w = h * wide / 100;
            let off = lean * up / 100 + side * w * self.s.range(30, 80) / 100;
            let t = (h / 11).max(2);
            d.push_str(&format!(
                "M{} {}a{w} {t} 0 0 1 {} 0a{w} {} 0 0 1-{} 0",
                x + off - w,
                y - h * up / 100 + t,
                w * 2,
                t / 3,
                w * 2
            ));
        }
        self.c.fill(&d, leaf);
        if self.p.air == Air::Snow {
            self.c.faint(&d, Rgb(0xffffff), 1, 60);
        }
    }

    /// A row of firs along a slope, as one outline.
    pub fn firs(&mut self, from: i32, to: i32, y: i32, h: i32, ink: Rgb) {
        let mut d = format!("M{from} {}", y + 12);
        let mut x = from;
        while x < to {
            let w = self.s.range(h / 5, h / 3).max(3);
            let high = h * self.s.range(60, 110) / 100;
            d.push_str(&format!("l{w}-{high}l{w} {high}"));
            x += w * 2;
            if self.s.chance(30) {
                let gap = self.s.range(2, h / 3 + 3);
                d.push_str(&format!("h{gap}"));
                x += gap;
            }
        }
        d.push_str("v60H");
        d.push_str(&format!("{from}z"));
        self.c.fill(&d, ink);
    }

    /// A round broadleaf crown; in spring and autumn in the season's colour.
    pub fn tree(&mut self, x: i32, y: i32, r: i32, in_bloom: bool) {
        let (ink, bloom) = (self.p.deep, self.p.bloom);
        let leaf = if in_bloom { bloom } else { self.p.near.mix(self.p.mid, 30) };
        self.c.line(
            &format!(
                "M{x} {y}v-{}m0 {}l{} -{}m-{} {}l-{} -{}",
                r * 2,
                r * 7 / 10,
                r / 2,
                r * 6 / 10,
                r / 2,
                r / 6,
                r / 2,
                r * 6 / 10
            ),
            ink,
            (r / 7).max(2),
        );
        let top = y - r * 2;
        self.c.fill(
            &format!(
                "M{} {}a{a} {a} 0 0 1 {} -{}a{b} {b} 0 0 1 {} -{}a{a} {a} 0 0 1 {} {}q-{} {} -{} 0z",
                x - r,
                top + r / 3,
                r / 2,
                r * 6 / 10,
                r * 9 / 10,
                r / 10,
                r - r * 4 / 10,
                r * 7 / 10,
                r,
                r * 6 / 10,
                r * 2,
                a = r * 45 / 100,
                b = r * 5 / 10
            ),
            leaf,
        );
        let light = leaf.mix(self.p.pale(), 45);
        self.c.dashes(
            &format!(
                "M{} {}q{} -{} {} -{}m{} {}q{} -{} {} 0",
                x - r * 6 / 10,
                top,
                r / 4,
                r / 3,
                r * 7 / 10,
                r / 3,
                0,
                r / 3,
                r / 4,
                r / 4,
                r / 2
            ),
            light,
            (r / 8).max(2),
            &format!("0 {}", (r / 4).max(4)),
        );
    }

    /// A branch of plum, peach or maple reaching in from an edge.
    pub fn branch(&mut self, from_left: bool, y: i32) {
        let side = if from_left { 1 } else { -1 };
        let x = if from_left { -6 } else { 646 };
        let (a, b) = (self.s.range(90, 150), self.s.range(10, 50));
        let ink = self.p.deep;
        self.c.line(&format!("M{x} {y}q{} {} {} {}", side * a / 2, b, side * a, b - 30), ink, 7);
        self.c.line(
            &format!(
                "M{} {}q{} 24 {} {}M{} {}q{}-30 {}-34",
                x + side * a / 2,
                y + b / 2,
                side * 40,
                side * 86,
                b + 6,
                x + side * a / 3,
                y + b / 3,
                side * 10,
                side * 60
            ),
            ink,
            3.5,
        );
        let mut d = String::new();
        for _ in 0..15 {
            let along = self.s.range(15, 120);
            d.push_str(&format!("M{} {}h0", x + side * a * along / 110, y + self.s.range(-36, b + 22)));
        }
        let bloom = self.p.bloom;
        self.c.line(&d, bloom, 12);
        self.c.faint(&d, bloom.mix(Rgb(0xffffff), 60), 4, 90);
    }

    /// Stalks of bamboo from `x`, with leaves.
    pub fn bamboo(&mut self, x: i32, stalks: i32) {
        let (stem, leaf) = (self.p.near.mix(self.p.mid, 40), self.p.near.mix(self.p.deep, 30));
        let mut d = String::new();
        let mut leaves = String::new();
        for i in 0..stalks {
            let at = x + i * self.s.range(14, 26);
            let lean = self.s.range(-18, 18);
            d.push_str(&format!("M{at} 410Q{} 200 {} -10", at + lean / 3, at + lean * 2));
            for _ in 0..4 {
                let (lx, ly) = (at + lean, self.s.range(20, 250));
                let side = self.s.pick(&[-1, 1]);
                leaves.push_str(&format!(
                    "M{lx} {ly}q{} -4 {} 20q{} -4 {} -20m0 0q{} 8 {} 34q{} -14 {} -34",
                    side * 18,
                    side * 34,
                    -side * 22,
                    -side * 34,
                    side * 2,
                    side * 14,
                    -side * 14,
                    -side * 14
                ));
            }
        }
        self.c.dashes(&d, stem, 7, "46 3");
        self.c.fill(&leaves, leaf);
    }

    /// Reeds standing up from the lower edge about `x`.
    pub fn reeds(&mut self, x: i32, count: i32, h: i32) {
        let (stem, plume) = (self.p.deep.mix(self.p.near, 40), self.p.wall.mix(self.p.bloom, 25));
        let (mut d, mut tops) = (String::new(), String::new());
        for _ in 0..count {
            let at = x + self.s.range(-70, 70);
            let (lean, high) = (self.s.range(-40, 50), h * self.s.range(55, 110) / 100);
            d.push_str(&format!("M{at} 404q0-{} {lean}-{high}", high / 2));
            if self.s.chance(60) {
                tops.push_str(&format!("M{} {}q{} -16 {} -30", at + lean, 404 - high, lean / 5, lean / 2));
            }
        }
        self.c.line(&d, stem, 2.5);
        if !tops.is_empty() {
            self.c.line(&tops, plume, 7);
        }
    }

    /// A distant wood: a row of dots of ink.
    pub fn copse(&mut self, x: i32, y: i32, length: i32, ink: Rgb) {
        let size = self.s.range(12, 20);
        let gap = size * 7 / 10;
        self.c.dashes(&format!("M{x} {y}q{} {} {length} 0", length / 2, self.s.range(-12, 6)), ink, size, &format!("0 {gap}"));
        self.c.dashes(&format!("M{} {}h{}", x + 6, y - size / 2, length * 6 / 10), ink, size * 8 / 10, &format!("0 {}", gap + 3));
    }
}
