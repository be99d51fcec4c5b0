//! Houses, towers, boats and people, as few strokes.

use super::palette::Rgb;
use super::scene::Scene;

impl Scene {
    /// A timber house with a tiled roof; `x`, `y` is the middle of its foot, `w` its width.
    pub fn house(&mut self, x: i32, y: i32, w: i32, wall: Rgb) {
        let (roof, lamp) = (self.p.deep, self.p.lamp);
        let (h, half) = (w * 36 / 100, w / 2);
        let eave = w / 8;
        self.c.fill(&format!("M{} {y}v-{h}h{w}v{h}z", x - half), wall);
        self.c.fill(
            &format!(
                "M{} {}q{} -2 {} -{}h{}q{} {} {} {}q-{half} 5 -{} 0z",
                x - half - eave,
                y - h + 3,
                eave * 2,
                eave * 3 - 2,
                w * 28 / 100,
                w - eave * 4 + 4,
                eave,
                w * 26 / 100,
                eave * 3 - 2,
                w * 28 / 100,
                w + eave * 2
            ),
            roof,
        );
        let (u, v) = ((w / 9).max(3), (h * 4 / 10).max(4));
        self.c.fill(
            &format!(
                "M{} {}h{u}v{v}h-{u}zM{} {}h{u}v{v}h-{u}zM{} {y}h{}v-{}h-{}z",
                x - half + w / 7,
                y - h * 7 / 10,
                x + half - w / 7 - u,
                y - h * 7 / 10,
                x - u * 2 / 3,
                u * 4 / 3,
                h * 6 / 10,
                u * 4 / 3
            ),
            lamp,
        );
    }

    /// A white house with stepped fire gables, seen from its side.
    pub fn gable(&mut self, x: i32, y: i32, w: i32, h: i32) {
        let (wall, ink, lamp) = (self.p.wall, self.p.deep, self.p.lamp);
        let s = w / 5;
        let t = (s / 2).max(4);
        let d = format!("M{x} {y}v-{h}h{s}v-{t}h{s}v-{t}h{}v{t}h{s}v{t}h{s}v{h}z", w - 4 * s);
        self.c.inked(&d, wall, ink.mix(wall, 72), 1.5);
        self.c.line(
            &format!(
                "M{} {}h{}m-2-{t}h{}m-2-{t}h{}m-2 {t}h{}m-2 {t}h{}",
                x - 3,
                y - h,
                s + 3,
                s + 2,
                w - 4 * s + 4,
                s + 2,
                s + 5
            ),
            ink,
            (w / 18).max(3),
        );
        let u = (w / 8).max(3);
        self.c.fill(&format!("M{} {}h{u}v{u}h-{u}zm{} 0h{u}v{u}h-{u}z", x + w / 4, y - h * 6 / 10, w / 3), lamp);
    }

    /// A house on stilts over water; `x`, `y` is its left foot.
    pub fn stilts(&mut self, x: i32, y: i32, w: i32) {
        let (wood, ink, lamp) = (self.p.lit(0x7a5236), self.p.deep, self.p.lamp);
        let h = w * 6 / 10;
        let leg = w * 5 / 10;
        let top = y - leg - h;
        self.c.line(&format!("M{} {y}v-{leg}M{} {y}v-{leg}M{} {y}v-{leg}", x + 4, x + w / 2, x + w - 4), ink, (w / 20).max(2));
        self.c.fill(&format!("M{x} {}h{w}v{h}h-{w}z", top), wood);
        self.c.line(&format!("M{} {}h{}m-{} {}h{w}", x - 3, top + h, w + 6, w + 3, -h / 2), ink, (w / 26).max(2));
        self.c.fill(
            &format!(
                "M{} {}h{}q{} 2 {} {}q-{} 3-{} 0q{} -4 {} -{}z",
                x + w / 8,
                top - w / 4,
                w * 6 / 8,
                w / 10,
                w / 4,
                w / 4 + 4,
                w * 5 / 8,
                w * 10 / 8,
                w / 8,
                w / 4,
                w / 4 + 4
            ),
            ink,
        );
        let u = w / 8;
        self.c.fill(
            &format!("M{} {}h{u}v{u}h-{u}zm{} 0h{u}v{u}h-{u}zm{} 0h{u}v{u}h-{u}z", x + u, top + h / 6, u * 2, u * 2 + u / 2),
            lamp,
        );
    }

    /// One curved roof of a tower or pavilion: middle of its lower edge, half width, height.
    pub fn eaves(x: i32, y: i32, half: i32, h: i32) -> String {
        let top = half * 45 / 100;
        format!(
            "M{} {}q{} {} {} {}h{}q{} {} {} {}q-{half} -{} -{} 0z",
            x - half,
            y - h / 4,
            half / 4,
            h / 8,
            half - top,
            h / 4 - h,
            top * 2,
            half / 6,
            h * 6 / 8,
            half - top,
            h - h / 4,
            h / 5,
            half * 2
        )
    }

    /// A tower of `tiers` roofs, each smaller than the one under it; `x`, `y` is the middle of its foot.
    pub fn tower(&mut self, x: i32, y: i32, half: i32, tiers: i32, rise: i32, wall: Rgb) {
        let (roof, lamp) = (self.p.deep, self.p.lamp);
        let mut roofs = String::new();
        let (mut walls, mut lights) = (String::new(), String::new());
        let mut foot = y;
        for i in 0..tiers {
            let w = half * (100 - i * 62 / tiers) / 100;
            walls.push_str(&format!("M{} {foot}h{}v-{rise}h-{}z", x - w * 6 / 10, w * 12 / 10, w * 12 / 10));
            if rise > 13 {
                lights.push_str(&format!("M{} {}h{}", x - w * 4 / 10, foot - rise / 3, w * 8 / 10));
            }
            roofs.push_str(&Self::eaves(x, foot - rise + 3, w, rise * 8 / 10));
            foot -= rise;
        }
        roofs.push_str(&format!("M{} {}l3-{}l3 {}z", x - 3, foot + rise / 2, rise * 3 / 2, rise * 3 / 2));
        self.c.fill(&walls, wall);
        if !lights.is_empty() {
            self.c.dashes(&lights, lamp, rise / 4, &format!("0 {}", rise / 2));
        }
        self.c.fill(&roofs, roof);
    }

    /// A boat with an awning; a boatman stands at its end.
    pub fn boat(&mut self, x: i32, y: i32, w: i32) {
        let (ink, mat) = (self.p.deep, self.p.lit(0xb58a55));
        self.c.fill(
            &format!("M{x} {y}q{} {} {w} 0l-{} {}q-{} {} -{} 0z", w / 2, w / 9, w / 7, w / 7, w * 5 / 14, w / 20, w * 10 / 14),
            ink,
        );
        self.c.fill(
            &format!("M{} {}v-{}q{} -{} {} 0v{}z", x + w * 3 / 10, y + w / 24, w / 10, w * 2 / 10, w / 7, w * 4 / 10, w / 10),
            mat,
        );
        self.c.line(
            &format!("M{} {}v-{}m-{} {}l{} {}", x + w * 84 / 100, y, w / 5, w / 14, w / 12, w / 4, w / 4),
            ink,
            (w / 34).max(2),
        );
        self.c.fill(&format!("M{} {}l{} -{}l{} {}z", x + w * 76 / 100, y - w / 5, w * 8 / 100, w / 12, w * 8 / 100, w / 12), mat);
    }

    /// A batten sail on a low hull.
    pub fn sail(&mut self, x: i32, y: i32, h: i32, cloth: Rgb) {
        let ink = self.p.deep;
        let w = h * 6 / 10;
        self.c.fill(&format!("M{x} {y}l{} -{h}q{} {} {} {}z", w / 6, w, h / 6, w * 9 / 10, h), cloth);
        self.c.faint(
            &format!(
                "M{} {}l{} {}m-{} {}l{} {}",
                x + w / 9,
                y - h * 7 / 10,
                w * 7 / 10,
                h / 20,
                w * 3 / 4,
                h / 4,
                w * 8 / 10,
                h / 24
            ),
            ink,
            1.5,
            60,
        );
        self.c.fill(&format!("M{} {}h{}l-{} {}h-{}z", x - w / 3, y + 2, w * 18 / 10, w / 4, h / 9, w * 13 / 10), ink);
    }

    /// Someone in a straw hat.
    pub fn person(&mut self, x: i32, y: i32, h: i32, coat: Rgb) {
        let straw = self.p.lit(0xd9b36a);
        let w = h * 3 / 10;
        self.c.fill(
            &format!("M{} {y}q{} -{} {w} -{}q{} {} {w} {}z", x - w, w / 5, h * 6 / 10, h * 8 / 10, w * 4 / 5, h / 5, h * 8 / 10),
            coat,
        );
        self.c.fill(
            &format!(
                "M{} {}l{} -{}l{} {}q-{} {} -{} 0z",
                x - w - 2,
                y - h * 7 / 10,
                w + 2,
                h * 3 / 10,
                w + 2,
                h * 3 / 10,
                w + 2,
                h / 9,
                w * 2 + 4
            ),
            straw,
        );
    }
}
