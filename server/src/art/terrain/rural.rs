//! Villages among their fields.

use super::super::palette::Rgb;
use super::super::scene::{Lie, Scene};

/// Fields in perspective, strips running to a point on the horizon.
fn strips(s: &mut Scene, y: i32) {
    let van = s.s.range(120, 520);
    let inks = [s.p.near, s.p.bloom.mix(s.p.near, 25), s.p.mid, s.p.near.mix(s.p.mid, 50), s.p.water, s.p.bloom.mix(s.p.mid, 50)];
    s.ground(y, s.p.mid, s.p.near);
    let shift = s.s.range(0, 5);
    for i in 0..9 {
        let (a, b) = (-700 + i * 210, -700 + (i + 1) * 210);
        let (c, d) = (van - 60 + (i - 4) * 70, van - 60 + (i - 3) * 70);
        s.c.fill(&format!("M{a} 410L{c} {y}H{d}L{b} 410z"), inks[((i + shift) % 6) as usize]);
    }
    let mut rows = String::new();
    for k in 0..5 {
        let at = y + 6 + k * k * 7;
        rows.push_str(&format!("M-10 {at}q320 {} 660 0", 5 + k));
    }
    s.c.faint(&rows, s.p.deep, 1.4, 40);
}

/// Houses in a loose group.
pub fn hamlet(s: &mut Scene, x: i32, y: i32, count: i32, size: i32, fire_gables: bool) {
    let wall = if s.s.chance(40) { s.p.lit(0xb98653) } else { s.p.wall };
    let low = s.s.range(44, 68);
    let id = s.c.begin_stamp();
    if fire_gables {
        s.gable(-45, 0, 90, low);
    } else {
        s.house(0, 0, 100, wall);
    }
    s.c.end_stamp();
    for i in 0..count {
        let w = size * s.s.range(80, 120) / 100;
        let tall = if fire_gables { w * s.s.range(80, 135) / 100 } else { w };
        let foot = y + s.s.range(-size / 8, size / 5);
        s.c.again(&id, x + i * size * 88 / 100, foot, w, tall);
    }
}

pub fn village(s: &mut Scene) {
    let (mid, near, deep, wall) = (s.p.mid, s.p.near, s.p.deep, s.p.wall);
    let gables = s.s.chance(45);
    match s.s.range(0, 9) {
        // strips of field before the hamlet
        0 => {
            let y = s.s.range(190, 250);
            s.sky(y - 20);
            s.ranges(y + 10, 120, 3);
            strips(s, y);
            let x = s.s.range(80, 330);
            hamlet(s, x, y + 16, 5, 58, gables);
            s.tree(x - 60, y + 22, 34, true);
        }
        // the old tree at the entrance
        1 => {
            s.sky(220);
            s.ranges(270, 140, 3);
            s.ground(280, mid, near);
            hamlet(s, 60, 296, 4, 76, gables);
            hamlet(s, 420, 300, 3, 70, gables);
            let x = s.s.range(180, 440);
            s.c.line(&format!("M{} 410q60-60 {} -120", x - 120, 110), wall.mix(mid, 25), 12);
            s.tree(x, 372, 86, true);
            s.person(x - 70, 380, 40, s.p.lit(0x35508a));
        }
        // stepping up the slope
        2 => {
            s.sky(130);
            let lie = s.s.pick(&[Lie::Left, Lie::Right]);
            let d = s.crest(260, 190, 4, lie);
            s.misted(&d, s.p.far);
            let d = s.hills(340, 220, 2, lie);
            s.misted(&d, mid);
            for row in 0..4 {
                let x = if lie == Lie::Left { 40 } else { 330 } + s.s.range(-20, 40);
                hamlet(s, x, 210 + row * 46, 4, 56 + row * 10, gables);
                let ink = near.mix(deep, row * 18);
                s.copse(if lie == Lie::Left { 330 } else { 10 }, 220 + row * 46, 220 + row * 20, ink);
            }
            s.firs(-10, 650, 404, 30, deep);
        }
        // mirrored in the pond
        3 => {
            s.sky(190);
            s.ranges(250, 150, 3);
            s.copse(-20, 256, 680, near);
            let y = s.s.range(262, 280);
            let mut x = s.s.range(0, 60);
            while x < 560 {
                let w = s.s.range(74, 110);
                s.gable(x, y, w, w / 2);
                x += w + s.s.range(4, 30);
            }
            s.water(y, 400);
            s.c.wash(&format!("M30 {y}h170v40h-60v20h-110zM240 {y}h120v50h-120zM400 {y}h190v36h-90v22h-100z",), wall, 40);
            s.c.fill("M90 360q14 10 34 0q4-10 12-8l-6-6l-12 6q-18-2-28 8zm70-14q10 8 26 0q4-8 10-6l-5-5l-9 5q-14-2-22 6z", wall);
            s.reeds(580, 10, 100);
        }
        // bamboo before the farm
        4 => {
            s.sky(220);
            s.ranges(280, 150, 3);
            s.ground(290, mid.mix(s.p.bloom, 20), near);
            let left = s.s.chance(50);
            let x = if left { 330 } else { 120 };
            hamlet(s, x, 330, 3, 120, gables);
            s.bamboo(if left { 10 } else { 500 }, 6);
            s.c.line(&format!("M{x} 410q30-40 60-76"), wall.mix(mid, 25), 16);
        }
        // an orchard in the season's colour
        5 => {
            s.sky(170);
            s.ranges(230, 120, 3);
            let d = s.hills(330, 110, 2, Lie::Middle);
            s.misted(&d, near.mix(mid, 40));
            hamlet(s, 270, 262, 3, 54, gables);
            for row in 0..3 {
                let r = 20 + row * 9;
                for i in 0..(7 - row) {
                    let x = 20 + i * (100 + row * 22) + s.s.range(-14, 14);
                    s.c.disc(x, 300 + row * 42 - r, r, s.p.bloom.mix(near, (i * 17 + row * 11) % 50));
                }
                s.c.dashes(&format!("M0 {}H640", 294 + row * 42), s.p.pale(), 5, "0 23");
            }
        }
        // rice nearly ripe, a path, one house
        6 => {
            let y = s.s.range(150, 190);
            s.sky(y);
            s.ranges(y + 40, 100, 3);
            let rice = s.p.bloom.mix(near, 40);
            s.ground(y + 30, rice.mix(mid, 45), rice);
            let mut d = String::new();
            for i in 0..8 {
                d.push_str(&format!("M-10 {}q160-{} 330 0t330 0", y + 52 + i * i * 4, 6 + i * 2));
            }
            s.c.dashes(&d, rice.mix(deep, 45), 4, "2 7");
            let x = s.s.range(200, 460);
            s.c.fill(&format!("M{x} {}q-60 60-10 90t-60 130h70q60-80 10-130t10-90z", y + 50), wall.mix(mid, 22));
            s.house(x, y + 60, 92, wall);
            s.tree(x + 76, y + 66, 40, false);
            s.person(x - 20, 340, 56, s.p.lit(0x35508a));
        }
        // a plank bridge over the stream
        7 => {
            s.sky(200);
            s.ranges(260, 150, 3);
            s.ground(262, mid, near);
            let x = s.s.range(60, 160);
            hamlet(s, x, 284, 5, 84, gables);
            let paint = s.c.fade(s.p.water.mix(s.p.low, 40), s.p.water.mix(mid, 30));
            s.c.fill("M650 280q-190 20-250 60t-190 70h300q60-40 140-60z", paint);
            s.c.line("M330 392q70-60 200-30", s.p.lit(0x8a6038), 10);
            s.c.line("M360 384v24M420 366v30M480 362v24", deep, 4);
            s.tree(60, 390, 60, true);
            s.person(430, 364, 46, s.p.bloom);
        }
        // roofs from above, smoke of supper
        8 => {
            s.sky(110);
            s.ranges(170, 110, 3);
            s.copse(-10, 176, 660, near.mix(mid, 40));
            s.ground(200, near.mix(mid, 50), near);
            for row in 0..4 {
                let size = 70 + row * 22;
                let from = s.s.range(-10, 40);
                hamlet(s, from, 222 + row * 56, 8 - row, size, gables);
                if row % 2 == 0 {
                    s.copse(360, 236 + row * 50, 150, near.mix(deep, 30));
                }
            }
            let x = s.s.range(160, 460);
            s.c.faint(&format!("M{x} 190q-20-30 6-56t-4-60"), Rgb(0xffffff), 8, 55);
        }
        // water buffalo in the paddy
        _ => {
            s.sky(170);
            s.ranges(240, 130, 3);
            s.firs(-10, 650, 244, 26, near);
            s.ground(236, near, near.mix(mid, 40));
            hamlet(s, 380, 252, 4, 54, gables);
            let paint = s.c.fade(s.p.water.mix(s.p.low, 55), s.p.water.mix(mid, 30));
            s.c.fill("M-10 282h360l90 50h220v80H-10z", paint);
            s.c.line("M-10 282h360l90 50h220M200 282l-60 130", near.mix(deep, 30), 6);
            let x = s.s.range(150, 380);
            s.c.fill(&format!("M{x} 372v-30q-4-34 40-36h50q16-20 34-8l10 18l-10 8l-16-4q0 20-10 24l2 28h-10l-4-24h-44l-6 24h-10l-2-30l-8 30z"), deep);
            s.c.line(&format!("M{} 298q-20-14-28 0", x + 126), deep, 5);
            s.person(x + 62, 312, 50, s.p.lit(0x35508a));
        }
    }
}
