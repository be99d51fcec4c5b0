//! Sandstone pillars and red cliffs.

use super::super::palette::Rgb;
use super::super::scene::Scene;
use super::super::svg::Path;

/// One column of rock from `y` up, its sides stepped where the beds weather out.
fn pillar(s: &mut Scene, x: i32, y: i32, w: i32, h: i32, steps: i32) -> (String, i32) {
    let mut path = Path::at(x, y);
    let mut side = Vec::new();
    for _ in 0..steps {
        side.push((s.s.range(-w / 9, w / 6), -h * s.s.range(80, 115) / 100 / steps));
    }
    for (dx, dy) in &side {
        path.by(0, *dy);
        path.by(*dx, -2);
    }
    let risen: i32 = side.iter().map(|(_, dy)| -dy + 2).sum();
    let set_in: i32 = side.iter().map(|(dx, _)| dx).sum();
    let across = (w - set_in * 2).max(w / 3);
    let peak = s.s.range(w / 8, w / 3);
    let (a, b) = (across * s.s.range(20, 50) / 100, s.s.range(0, peak));
    path.by(a, -peak);
    path.by((across - a) / 2, peak - b);
    path.by(across - a - (across - a) / 2, b);
    for _ in 0..steps {
        path.by(s.s.range(-w / 12, w / 7), 2);
        path.by(0, (risen - steps * 2) / steps);
    }
    path.raw(&format!("L{} {y}z", x + w));
    (path.d().to_owned(), y - risen)
}

/// A distant column: a finger of rock that narrows upwards and is broken at the tip.
fn finger(s: &mut Scene, x: i32, y: i32, w: i32, h: i32) -> String {
    let (a, b) = (w * s.s.range(2, 16) / 100, w * s.s.range(4, 16) / 100);
    let (low, tip) = (h * s.s.range(45, 65) / 100, h * s.s.range(7, 14) / 100);
    let shoulder = h * s.s.range(8, 30) / 100;
    let rest = h - low - tip;
    let span = w - a - b;
    format!(
        "M{x} {y}l{a}-{low}l{b}-{rest}q{} -{tip} {} -{tip}t{} {}v{shoulder}h{}L{} {y}z",
        span / 12,
        span * 3 / 10,
        span * 3 / 10,
        tip,
        w * s.s.range(6, 20) / 100,
        x + w
    )
}

/// A row of misted columns from one side to the other.
pub fn columns(s: &mut Scene, y: i32, high: i32, wide: i32, ink: Rgb) {
    let lie = s.lie();
    let mut d = String::new();
    let mut x = s.s.range(-30, 20);
    while x < 640 {
        let w = wide * s.s.range(55, 130) / 100;
        let h = high * s.s.range(45, 105) / 100
            * match lie {
                super::super::scene::Lie::Level => 100,
                super::super::scene::Lie::Left => 115 - x * 70 / 640,
                super::super::scene::Lie::Right => 45 + x * 70 / 640,
                super::super::scene::Lie::Middle => 115 - (x - 320).abs() * 70 / 320,
                super::super::scene::Lie::Open => 45 + (x - 320).abs() * 70 / 320,
            }
            / 100;
        d.push_str(&finger(s, x, y, w, h.max(30)));
        x += w + s.s.range(-wide / 5, wide / 2);
    }
    s.misted(&d, ink);
}

/// A near column with cracks, ledges and pines.
fn great(s: &mut Scene, x: i32, y: i32, w: i32, h: i32) {
    let (rock, ink, leaf) = (s.p.near.mix(s.p.lit(0xb07a52), 48), s.p.deep, s.p.near.mix(s.p.deep, 35));
    let (d, top) = pillar(s, x, y, w, h, 3 + h / 110);
    let h = y - top;
    let paint = s.c.fade3(rock, rock.mix(s.p.deep, 25), 55, rock.mix(s.p.pale(), 60));
    s.c.fill(&d, paint);
    let mut cracks = String::new();
    for i in 1..5 {
        let at = x + w * i / 5 + s.s.range(-4, 4);
        cracks.push_str(&format!(
            "M{at} {}l{} {}",
            y - h * s.s.range(55, 85) / 100,
            s.s.range(-5, 5),
            h * s.s.range(14, 42) / 100
        ));
    }
    s.c.faint(&cracks, ink, 2, 55);
    let mut ledges = String::new();
    for i in 1..6 {
        let at = y - h * i / 7 + s.s.range(-8, 8);
        ledges.push_str(&format!("M{} {at}q{} 5 {} 0", x + w * s.s.range(12, 45) / 100, w / 6, w / 3));
    }
    s.c.dashes(&ledges, leaf, 7, "0 6");
    for (at, size) in [(30, 34), (62, 46)] {
        let size = (size * w / 90).clamp(18, 58);
        s.pine(x + w * at / 100, top - s.s.range(-2, 6), size);
    }
}

pub fn sandstone(s: &mut Scene) {
    s.sky(300);
    let (far, mid, near) = (s.p.far, s.p.mid, s.p.near);
    match s.s.range(0, 4) {
        // a forest of columns
        0 => {
            columns(s, 350, 220, 44, far);
            s.mist(250, 30, 70);
            columns(s, 390, 230, 60, mid);
            s.mist(300, 34, 80);
            columns(s, 430, 170, 80, near);
        }
        // two giants and what lies between
        1 => {
            columns(s, 340, 170, 46, far);
            columns(s, 390, 130, 60, mid);
            s.mist(290, 40, 80);
            let (a, b) = (s.s.range(110, 160), s.s.range(90, 140));
            great(s, s.s.range(-20, 50), 420, a, s.s.range(290, 350));
            great(s, 520 - b / 3, 420, b, s.s.range(230, 300));
        }
        // one that stands alone
        2 => {
            s.ranges(360, 130, 3);
            columns(s, 400, 130, 38, mid);
            s.mist(320, 40, 85);
            let x = s.s.range(180, 380);
            let h = s.s.range(270, 320);
            great(s, x, 410, s.s.range(70, 100), h);
            s.firs(-10, 650, 392, 46, near.mix(s.p.deep, 50));
        }
        // tops over a sea of cloud
        3 => {
            columns(s, 330, 120, 46, far);
            s.mist(262, 40, 80);
            columns(s, 390, 140, 74, mid);
            let x = s.s.range(60, 420);
            great(s, x, 410, 130, 230);
            for i in 0..4 {
                s.mist(286 + i * 30, 36, 62);
            }
        }
        // a wall of columns rising to one side, firs at its foot
        _ => {
            columns(s, 360, 260, 52, far);
            s.mist(270, 26, 70);
            let mut x = s.s.range(-30, 20);
            let rising = s.s.chance(50);
            for i in 0..3 {
                let h = if rising { 150 + i * 66 } else { 300 - i * 66 };
                great(s, x, 420, 84, h);
                x += s.s.range(150, 240);
            }
            s.mist(335, 44, 80);
            s.firs(-10, 650, 396, 40, near.mix(s.p.deep, 60));
        }
    }
}

/// A red bluff with a sheer side and its beds.
pub fn bluff(s: &mut Scene, x: i32, y: i32, w: i32, h: i32, rock: Rgb, beds: i32) {
    let (l, r) = (s.s.range(w / 14, w / 5), s.s.range(w / 14, w / 5));
    let crown = s.s.range(h / 6, h * 2 / 5);
    let top = y - h;
    let d = format!(
        "M{x} {y}l{l}-{}q{} -{} {} -{crown}q{} {} {} {}l{r} {}z",
        h - crown,
        w / 12,
        crown * 8 / 10,
        w / 2 - l,
        w * 3 / 10,
        s.s.range(-6, 6),
        w / 2 - r,
        crown,
        h - crown
    );
    let paint = s.c.fade3(rock.mix(s.p.pale(), 14), rock, 40, rock.mix(s.p.deep, 34));
    s.c.fill(&d, paint);
    let mut lines = String::new();
    for i in 1..=beds {
        let at = top + crown + (h - crown) * i / (beds + 1);
        let inset = l - l * i / (beds + 1);
        lines.push_str(&format!(
            "M{} {at}q{} {} {} {}",
            x + inset + 3,
            w / 3,
            s.s.range(-7, 9),
            w * s.s.range(45, 78) / 100 - l,
            s.s.range(-3, 5)
        ));
    }
    s.c.faint(&lines, rock.mix(s.p.deep, 60), 3, 55);
    let leaf = s.p.near.mix(s.p.mid, 25);
    s.c.dashes(
        &format!(
            "M{} {}q{} -{} {} -{}",
            x + l + w / 20,
            top + crown * 7 / 10,
            w / 12,
            crown * 6 / 10,
            w * 3 / 10,
            crown * 6 / 10
        ),
        leaf,
        (w / 22).clamp(5, 10),
        "0 7 0 12 0 5",
    );
}

pub fn danxia(s: &mut Scene) {
    s.sky(290);
    let red = s.p.lit(0xc0553a);
    let pale = red.mix(s.p.far, 55);
    let leaf = s.p.near;
    match s.s.range(0, 3) {
        // fins one behind another
        0 => {
            s.ranges(320, 90, 2);
            for i in 0..3 {
                bluff(s, s.s.range(-40, 40) + i * 210, 410, 240, s.s.range(180, 250) + i * 14, pale, 4);
            }
            s.mist(318, 34, 75);
            let x = s.s.range(-60, 260);
            bluff(s, x, 420, 330, 210, red, 6);
            let d = s.hills(405, 60, 3, super::super::scene::Lie::Open);
            s.c.fill(&d, leaf.mix(s.p.deep, 30));
        }
        // a great wall over the river
        1 => {
            s.ranges(300, 110, 3);
            bluff(s, 330, 330, 230, 130, pale, 3);
            s.water(318, 400);
            let h = s.s.range(240, 290);
            bluff(s, -70, 330, 370, h, red, 7);
            s.c.wash(&format!("M0 332h296q-40 40-120 {}H0z", 52), red.mix(s.p.deep, 30), 40);
            let x = s.s.range(330, 480);
            s.boat(x, 366, 100);
        }
        // the one sheer peak
        2 => {
            s.ranges(330, 80, 2);
            bluff(s, 30, 380, 220, 130, pale, 3);
            bluff(s, 420, 380, 240, 150, pale, 3);
            s.mist(330, 36, 80);
            let x = s.s.range(200, 330);
            bluff(s, x, 420, 150, s.s.range(270, 310), red, 8);
            s.copse(20, 392, 240, leaf);
            s.copse(420, 396, 220, leaf.mix(s.p.deep, 40));
        }
        // from high up: rounded backs to the horizon
        _ => {
            for (row, ink) in [(0, pale.mix(s.p.low, 30)), (1, red.mix(pale, 60)), (3, red)] {
                for i in 0..3 {
                    let x = i * 240 - 130 + s.s.range(-50, 60) + row * 30;
                    bluff(s, x, 345 + row * 44, 250 + row * 20, s.s.range(115, 155) + row * 10, ink, 3);
                }
            }
            s.pine(s.s.range(60, 560), 400, 110);
        }
    }
}
