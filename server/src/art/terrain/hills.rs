//! Hills that people have shaped: rice terraces and tea rows.

use super::super::scene::{Lie, Scene};

/// One terrace after another, wider towards us; their edges follow the same slope.
fn steps(s: &mut Scene, top: i32, count: i32, tilt: i32, wave: i32) {
    let (water, leaf, ink) = (s.p.water, s.p.near.mix(s.p.bloom, s.s.range(0, 40)), s.p.deep);
    let phase = s.s.range(0, 60);
    let reach = 400 - top;
    for i in 0..count {
        let y = top + reach * i * (i + count) / (count * count * 2);
        let lift = tilt * (count - i) / count;
        let w = wave * (i + 3) / count;
        let (a, b) = (s.s.range(-w, w), s.s.range(-w, w));
        let fill = if i % 3 == 1 {
            water.mix(s.p.low, 35)
        } else {
            leaf.mix(if i % 2 == 0 { s.p.mid } else { s.p.deep }, (12 + i * 28 / count) % 100)
        };
        let d = format!(
            "M-10 {}C{} {} {} {} 320 {}S{} {} 650 {}V410H-10z",
            y + lift,
            90 + phase,
            y + lift + w + a,
            200 + phase,
            y - w,
            y + b / 2,
            470 + phase,
            y + w - lift / 2 + b,
            y - lift
        );
        s.c.inked(&d, fill, ink.mix(fill, 45), 1.6);
    }
}

/// Terraces round a knoll, seen from above.
pub fn knoll(s: &mut Scene, x: i32, y: i32, rx: i32, ry: i32, rings: i32) {
    let (water, leaf, ink) = (s.p.water.mix(s.p.low, 30), s.p.near, s.p.deep);
    for i in 0..rings {
        let left = 100 - i * 92 / rings;
        let fill = if i % 2 == 1 { water } else { leaf.mix(s.p.mid, i * 60 / rings) };
        let (a, b) = (rx * left / 100, ry * left / 100);
        let bulge = s.s.range(-a / 7, a / 7);
        let (cx, cy) = (x + i * 3, y - i * ry / (rings * 2));
        let d = format!(
            "M{} {cy}c0-{} {} -{b} {} -{b}s{} {} {a} {b}s{} {b}-{a} {b}s-{a}-{} -{a}-{b}z",
            cx - a,
            b * 6 / 10,
            a / 2 + bulge.max(0),
            a,
            a * 6 / 10,
            b / 2,
            -a / 3,
            b / 2
        );
        s.c.inked(&d, fill, ink.mix(fill, 40), 1.6);
    }
}

pub fn terraces(s: &mut Scene) {
    let (near, deep, wall) = (s.p.near, s.p.deep, s.p.wall);
    match s.s.range(0, 3) {
        // one long slope, houses on it
        0 => {
            s.sky(190);
            s.ranges(230, 120, 3);
            let tilt = s.s.pick(&[-110, -80, 80, 110]);
            let top = s.s.range(190, 230);
            steps(s, top, 11, tilt, 40);
            let x = if tilt > 0 { 480 } else { 70 };
            for i in 0..3 {
                s.house(x + i * 44, 250 + (i % 2) * 14, 46, wall);
            }
            s.tree(x - 40, 268, 22, true);
        }
        // a bowl of terraces
        1 => {
            s.sky(170);
            s.ranges(200, 120, 2);
            let d = s.hills(280, 150, 2, Lie::Open);
            s.misted(&d, s.p.mid);
            steps(s, 210, 12, 0, 90);
            s.mist(226, 26, 75);
            let x = s.s.range(120, 460);
            s.pine(x, 398, 130);
        }
        // knolls from above, nearly no sky
        2 => {
            s.sky(80);
            let d = s.hills(120, 70, 4, Lie::Level);
            s.misted(&d, s.p.mid);
            s.ground(110, near.mix(s.p.mid, 60), near);
            let (x, y) = (s.s.range(120, 260), s.s.range(220, 260));
            knoll(s, 520, 210, 210, 80, 6);
            knoll(s, x, y, 270, 110, 8);
            knoll(s, x + 300, 380, 260, 110, 7);
            s.house(x + 190, 300, 54, wall);
            s.house(x + 236, 310, 44, wall);
        }
        // high terraces, a planter at work
        _ => {
            s.sky(220);
            s.ranges(280, 170, 3);
            s.mist(230, 26, 75);
            let tilt = s.s.pick(&[-50, 50]);
            steps(s, 270, 7, tilt, 26);
            let x = s.s.range(140, 470);
            let coat = s.p.lit(0x35508a);
            s.person(x, 352, 62, coat);
            s.person(x + 74, 336, 50, s.p.bloom);
        }
    }
    if s.s.chance(20) {
        s.firs(-10, 220, 398, 40, deep);
    }
}

/// A hill planted in rows that follow its curve.
pub fn planted(s: &mut Scene, x: i32, y: i32, w: i32, h: i32, bush: i32, shade: i32) {
    let leaf = s.p.near.mix(s.p.mid, shade);
    let outline = format!("M{x} 410V{y}C{} {} {} {} {} {y}V410z", x + w / 4, y - h, x + w * 3 / 4, y - h, x + w);
    let paint = s.c.fade(leaf.mix(s.p.pale(), 30), leaf.mix(s.p.deep, 20));
    s.c.fill(&outline, paint);
    s.c.within(&outline);
    let mut d = String::new();
    let lean = s.s.range(-60, 60);
    let rows = (h * 3 / 4 + 400 - y) / (bush * 13 / 10);
    for i in 0..rows.min(10) {
        let at = y - h * 3 / 4 + bush + i * bush * 14 / 10;
        d.push_str(&format!(
            "M{x} {}Q{} {} {} {}",
            at + h * 2 / 3 + lean,
            x + w / 2,
            at - h * 2 / 3,
            x + w,
            at + h * 2 / 3 - lean
        ));
    }
    s.c.dashes(&d, leaf.mix(s.p.deep, 50), bush, &format!("0 {}", bush * 8 / 10));
    s.c.group(&format!("transform=\"translate(0-{})\"", (bush / 4).max(2)));
    s.c.dashes(&d, leaf.mix(s.p.bloom, 18).mix(s.p.pale(), 22), bush * 6 / 10, &format!("0 {}", bush * 8 / 10));
    s.c.end();
    s.c.end();
}

pub fn tea(s: &mut Scene) {
    let horizon = s.s.range(150, 240);
    s.sky(horizon);
    s.ranges(horizon + 50, 130, 2);
    match s.s.range(0, 4) {
        // three hills
        0 => {
            planted(s, 250, horizon + 90, 520, 110, 9, 60);
            planted(s, -160, horizon + 110, 520, 130, 12, 30);
            planted(s, 120, 400, 700, 130, 17, 0);
        }
        // rows running to the horizon
        1 => {
            let (leaf, deep, light) = (s.p.near, s.p.deep, s.p.mid.mix(s.p.pale(), 25));
            s.ground(horizon + 30, leaf.mix(s.p.mid, 50), leaf);
            let van = s.s.range(160, 480);
            for (width, ink, up) in [(22, deep.mix(leaf, 30), 0), (12, light, 5)] {
                let mut d = String::new();
                for i in 0..13 {
                    d.push_str(&format!(
                        "M{} {}Q{} {} {} {}",
                        -420 + i * 120,
                        412 - up,
                        van - 130 + i * 26,
                        horizon + 110 - up,
                        van - 40 + i * 9,
                        horizon + 36
                    ));
                }
                s.c.dashes(&d, ink, width, "0 17");
            }
            let coat = s.p.lit(0x2f4f8f);
            s.person(van - 90, 330, 54, coat);
            s.person(van + 50, 300, 40, s.p.bloom);
        }
        // one round hill and a pavilion on it
        2 => {
            let x = s.s.range(60, 240);
            planted(s, x - 200, horizon + 150, 760, 200, 13, 20);
            let top = horizon + 2;
            let wall = s.p.wall;
            s.tower(x + 170, top + 6, 44, 2, 32, wall);
            s.pine(x + 250, top + 12, 62);
            s.mist(horizon + 120, 26, 60);
        }
        // pickers in the near rows
        3 => {
            planted(s, -60, horizon + 80, 420, 100, 8, 60);
            planted(s, 280, horizon + 90, 460, 120, 10, 40);
            planted(s, -200, 330, 1040, 60, 24, 0);
            let coat = s.p.lit(0x2f4f8f);
            for i in 0..3 {
                let x = 120 + i * 150 + s.s.range(-30, 40);
                s.person(x, 340 + i * 8, 78, if i == 1 { s.p.bloom } else { coat });
            }
        }
        // a farm among the bushes
        _ => {
            planted(s, 200, horizon + 80, 560, 130, 9, 50);
            let wall = s.p.wall;
            let x = s.s.range(150, 330);
            s.house(x, horizon + 120, 90, wall);
            s.house(x + 84, horizon + 130, 70, wall);
            s.tree(x - 80, horizon + 134, 34, true);
            planted(s, -240, horizon + 170, 560, 80, 13, 20);
            planted(s, 160, horizon + 190, 640, 70, 16, 0);
        }
    }
    if s.s.chance(25) {
        let left = s.s.chance(50);
        s.branch(left, 40);
    }
}
