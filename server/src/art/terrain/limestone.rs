//! Karst cones, and the caves under them.

use super::super::palette::Rgb;
use super::super::scene::{Lie, Scene};

/// Rounded cones side by side, as one outline.
pub fn cones(s: &mut Scene, y: i32, high: i32, wide: i32, lie: Lie, ink: Rgb) {
    let mut d = String::new();
    let mut x = s.s.range(-60, 0);
    while x < 640 {
        let w = wide * s.s.range(60, 120) / 100;
        let middle = ((x + w / 2).clamp(0, 640) - 320).abs();
        let share = match lie {
            Lie::Level => 90,
            Lie::Left => 115 - x.max(0) * 80 / 640,
            Lie::Right => 35 + x.max(0) * 80 / 640,
            Lie::Middle => 115 - middle * 75 / 320,
            Lie::Open => 30 + middle * 85 / 320,
        };
        let h = high * share * s.s.range(70, 110) / 10_000;
        let shoulder = s.s.range(14, 24);
        d.push_str(&format!(
            "M{x} {y}c{} 0 {} -{h} {} -{h}s{} {h} {} {h}z",
            w * shoulder / 100,
            w * 28 / 100,
            w / 2,
            w * (40 - shoulder / 2) / 100,
            w / 2
        ));
        x += w * s.s.range(45, 95) / 100;
    }
    s.misted(&d, ink);
}

pub fn karst(s: &mut Scene) {
    s.sky(270);
    let (far, mid, near) = (s.p.far, s.p.mid, s.p.near);
    match s.s.range(0, 3) {
        // river between cones, a raft
        0 => {
            cones(s, 290, 120, 110, Lie::Level, far);
            cones(s, 300, 170, 150, Lie::Open, mid);
            s.water(298, 400);
            let lie = s.s.pick(&[Lie::Left, Lie::Right]);
            cones(s, 306, 220, 200, lie, near);
            s.mist(290, 20, 70);
            let x = s.s.range(150, 400);
            s.boat(x, 350, 96);
        }
        // fields before the hills
        1 => {
            cones(s, 270, 110, 90, Lie::Level, far);
            cones(s, 290, 150, 130, Lie::Middle, mid);
            s.ground(284, near.mix(s.p.bloom, 35), near);
            let mut d = String::new();
            for i in 0..8 {
                d.push_str(&format!("M{} 400Q{} 330 {} 290", -140 + i * 130, 120 + i * 56, 215 + i * 30));
            }
            s.c.dashes(&d, s.p.bloom, 7, "0 10");
            let x = s.s.range(110, 460);
            s.house(x, 312, 66, s.p.wall);
            s.house(x + 62, 318, 50, s.p.wall);
            s.tree(x - 60, 322, 26, true);
        }
        // needles in mist
        2 => {
            cones(s, 330, 210, 80, Lie::Level, far);
            s.mist(220, 28, 70);
            cones(s, 360, 230, 96, Lie::Open, mid);
            s.mist(280, 34, 80);
            cones(s, 410, 190, 150, Lie::Right, near);
            s.mist(340, 30, 80);
            s.pine(s.s.range(60, 250), 404, 130);
        }
        // mirrored in still water
        _ => {
            cones(s, 250, 150, 140, Lie::Middle, mid);
            cones(s, 252, 80, 90, Lie::Open, near);
            s.water(250, 400);
            s.c.group("transform=\"matrix(1 0 0 -.6 0 400)\" opacity=\".35\"");
            cones(s, 250, 150, 140, Lie::Middle, near);
            s.c.end();
            let reeds = s.s.range(60, 140);
            s.reeds(reeds, 12, 110);
            s.boat(reeds + 340, 312, 80);
            s.c.faint("M40 300h200M380 344h190M120 372h120", s.p.pale(), 2, 60);
        }
    }
    if s.s.chance(30) {
        let left = s.s.chance(50);
        s.branch(left, 50);
    }
}

/// Teeth of stone: hanging from above where `down`, standing where not.
pub fn teeth(s: &mut Scene, y: i32, long: i32, wide: i32, down: bool, ink: Rgb) {
    let (edge, sign) = if down { (-10, 1) } else { (410, -1) };
    let mut d = format!("M-10 {edge}V{y}");
    let mut x: i32 = -10;
    while x < 660 {
        let w = wide * s.s.range(50, 130) / 100;
        let near_edge = (x - 320).abs() * 100 / 320;
        let h = sign * (long * s.s.range(25, 100) / 100) * (40 + near_edge * 7 / 10) / 100;
        d.push_str(&format!(
            "q{} {} {} {h}q{} -{} {} {}",
            w / 3,
            h / 6,
            w / 2,
            w / 10,
            h.abs() * 8 / 10 * i32::from(down),
            w / 2,
            -h
        ));
        x += w;
    }
    d.push_str(&format!("V{edge}z"));
    s.c.fill(&d.replace("--", "-").replace("-0", "0"), ink);
}

pub fn cave(s: &mut Scene) {
    let glow = s.s.pick(&[0xf0a85c, 0x6fc3b2, 0xe58a86, 0x8fa8e0, 0xe8cf7a]);
    let (dark, rock) = (s.p.deep.mix(Rgb(0x0f1418), 45), s.p.near);
    let light = Rgb(glow);
    match s.s.range(0, 2) {
        // a hall lit from within
        0 => {
            let paint = s.c.fade3(dark, rock.mix(light, 35), 55, dark);
            s.c.fill("M0 0H640V400H0z", paint);
            let x = s.s.range(200, 440);
            let halo = s.c.glow(light, 95);
            s.c.oval(x, 230, 260, 170, &halo);
            teeth(s, 50, 200, 60, true, rock.mix(light, 30));
            teeth(s, 350, 150, 76, false, rock.mix(light, 22));
            // the great column
            let w = s.s.range(40, 70);
            let column = s.c.fade(light.mix(Rgb(0xffffff), 45), rock.mix(light, 30));
            s.c.fill(
                &format!(
                    "M{} 380c20-90 {} -130 {} -190s{} -90-14-170h{}c-30 80 10 90 4 180s24 110 50 180z",
                    x - w,
                    w / 3,
                    w / 3,
                    w / 9,
                    w
                ),
                column,
            );
            teeth(s, 20, 130, 90, true, dark);
            teeth(s, 392, 110, 120, false, dark);
            s.person(x + 90, 388, 42, dark.mix(light, 25));
        }
        // looking out of the mouth
        1 => {
            s.sky(220);
            cones(s, 290, 150, 100, Lie::Level, s.p.far);
            cones(s, 310, 120, 140, Lie::Middle, s.p.mid);
            s.water(300, 400);
            s.boat(s.s.range(250, 350), 340, 84);
            let (l, r) = (s.s.range(60, 130), s.s.range(510, 580));
            let d = format!(
                "M-10-10H650V410H-10zM{l} 410Q{} 260 {} 170Q{} 90 300 96Q{} 60 {} 150Q{} 250 {r} 410z",
                l - 40,
                l + 30,
                l + 70,
                r - 90,
                r - 30,
                r + 30
            );
            s.c.group("fill-rule=\"evenodd\"");
            s.c.fill(&d, dark);
            s.c.end();
            teeth(s, 40, 170, 46, true, dark);
            s.c.faint("M20 120q30 60 10 150M60 60q20 20 14 60M610 90q-24 60-4 140", rock, 4, 60);
        }
        // the river underground
        _ => {
            let paint = s.c.fade(dark, rock);
            s.c.fill("M0 0H640V400H0z", paint);
            let x = s.s.range(180, 460);
            let halo = s.c.glow(light, 90);
            s.c.oval(x, 210, 330, 120, &halo);
            teeth(s, 70, 210, 40, true, rock.mix(light, 38));
            teeth(s, 30, 190, 70, true, rock.mix(dark, 45));
            let pool = s.c.fade(light.mix(rock, 40), dark);
            s.c.fill("M0 270q160-16 320 0t320 0V400H0z", pool);
            let mut d = String::new();
            for i in 0..10 {
                d.push_str(&format!("M{} {}h{}", x + s.s.range(-190, 120), 280 + i * 11, s.s.range(20, 90)));
            }
            s.c.faint(&d, light.mix(Rgb(0xffffff), 50), 2.5, 70);
            s.boat(s.s.range(90, 430), 322, 120);
            teeth(s, 398, 120, 80, false, dark);
            teeth(s, 4, 90, 100, true, dark);
        }
    }
}
