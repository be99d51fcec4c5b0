//! The sky: wash, grain, sun or moon, clouds, birds and weather.

use super::palette::{Air, Rgb};
use super::scene::Scene;

impl Scene {
    /// The wash of the sky alone.
    pub fn air(&mut self) {
        let p = self.p;
        // The printer's wiped gradation: sometimes short and strong at the top, sometimes the whole sky.
        let paint = if self.s.chance(45) {
            let at = self.s.range(18, 45);
            self.c.fade3(p.sky, p.low.mix(p.sky, 25), at, p.low)
        } else {
            self.c.fade(p.sky, p.low)
        };
        self.c.fill("M0 0H640V400H0z", paint);
        self.grain();
    }

    /// Everything above the land.
    pub fn sky(&mut self, horizon: i32) {
        self.air();
        let p = self.p;
        match p.air {
            Air::Rain => self.clouds(horizon),
            Air::Night => {
                self.stars(horizon);
                self.sun(horizon);
            }
            _ => {
                if self.s.chance(72) {
                    self.sun(horizon);
                }
                if self.s.chance(45) {
                    self.clouds(horizon);
                }
                if self.s.chance(50) {
                    self.birds(horizon);
                }
            }
        }
    }

    /// The grain of the block, as it prints in flat washes.
    fn grain(&mut self) {
        let ink = self.p.pale();
        let mut d = String::new();
        for i in 0..5 {
            let y = 16 + i * 34 + self.s.range(-10, 10);
            let bow = self.s.range(-16, 16);
            d.push_str(&format!("M0 {y}q160{}{bow} 320 0t320 0", if bow < 0 { "" } else { " " }));
        }
        self.c.faint(&d, ink, 1, if self.p.is_dark() { 12 } else { 34 });
    }

    fn sun(&mut self, horizon: i32) {
        let r = self.s.pick(&[18, 22, 26, 34, 46, 62]);
        let low = self.s.chance(40);
        let y = if low { horizon - self.s.range(20, 70) } else { self.s.range(46, 100) };
        let x = self.s.range(70, 570);
        let disc = self.p.disc;
        if self.s.chance(60) {
            let halo = self.c.glow(disc, 55);
            self.c.disc(x, y, r * 3, halo);
        }
        self.c.disc(x, y, r, disc);
        if r > 25 && self.s.chance(50) {
            // Bars of cloud across it.
            let pale = self.p.low;
            self.c.faint(&format!("M{} {}h{}M{} {}h{}", x - r - 24, y + 6, r + 30, x - 8, y + 15, r + 40), pale, 5, 90);
        }
    }

    fn stars(&mut self, horizon: i32) {
        let mut d = String::new();
        for _ in 0..14 {
            d.push_str(&format!("M{} {}h0", self.s.range(10, 630), self.s.range(8, (horizon - 40).max(40))));
        }
        self.c.faint(&d, Rgb(0xfdf6dc), 2.4, 80);
    }

    fn clouds(&mut self, horizon: i32) {
        for _ in 0..self.s.range(1, 3) {
            let y = self.s.range(30, (horizon - 60).max(60));
            let thick = self.s.range(10, 22);
            let percent = self.s.range(40, 70);
            self.mist(y, thick, percent);
        }
    }

    fn birds(&mut self, horizon: i32) {
        let (mut x, mut y) = (self.s.range(90, 500), self.s.range(50, (horizon - 60).clamp(60, 150)));
        let mut d = String::new();
        for _ in 0..self.s.range(3, 7) {
            let w = self.s.range(5, 9);
            d.push_str(&format!("M{x} {y}q{w}-{w} {} 0q{}-{w} {} 0", w + 1, w / 3, w + 1));
            x += self.s.range(14, 30);
            y += self.s.range(-12, 9);
        }
        let ink = self.p.deep;
        self.c.line(&d, ink, 1.8);
    }

    /// Rain or snow over the finished land.
    pub fn weather(&mut self) {
        let pale = self.p.pale();
        match self.p.air {
            Air::Rain => {
                let slant = self.s.range(8, 22);
                let mut d = String::new();
                for _ in 0..16 {
                    d.push_str(&format!("M{} {}l-{slant} {}", self.s.range(10, 650), self.s.range(0, 300), self.s.range(40, 80)));
                }
                self.c.faint(&d, pale, 1.2, 60);
            }
            Air::Snow => {
                let mut d = String::new();
                for _ in 0..26 {
                    d.push_str(&format!("M{} {}h0", self.s.range(0, 640), self.s.range(0, 380)));
                }
                self.c.faint(&d, Rgb(0xffffff), 4, 90);
            }
            _ => {}
        }
    }
}
