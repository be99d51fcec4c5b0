//! Lake, marsh and river.

use super::super::palette::Rgb;
use super::super::scene::{Lie, Scene};

/// A crane in flight, `w` from beak to toes.
fn crane(s: &mut Scene, x: i32, y: i32, w: i32) {
    let (white, ink) = (s.p.pale().mix(Rgb(0xffffff), 40), s.p.deep);
    s.c.moved(x, y, w);
    s.c.line("M14 2L52 10M-52-6l-8 2", ink, 2);
    s.c.line("M-22-4Q-36-10-48-6", white, 5);
    s.c.fill("M-24-6Q0-14 22 2Q6 10-24-2zM-10-6Q-14-40 14-60Q30-62 34-54Q14-40 10-4zM-6-4Q-30-24-34-46Q-18-40 6-6z", white);
    s.c.fill("M14-60Q30-62 34-54Q26-52 22-46Q24-54 14-60zM-34-46q2 10 8 16q-2-8 0-12z", ink);
    s.c.disc(-49, -8, 3, super::super::palette::VERMILION);
    s.c.end();
}

/// Lotus leaves and flowers over the near water.
fn lotus(s: &mut Scene, y: i32) {
    let (leaf, light, flower) = (s.p.near, s.p.mid, s.p.lit(0xe88fa0));
    let mut d = String::new();
    for i in 0..10 {
        let (x, at) = (s.s.range(-20, 640), y + (i % 4) * 26 + s.s.range(-8, 8));
        let r = 22 + (at - y) / 3;
        d.push_str(&format!("M{} {at}a{r} {} 0 0 1 {} 0a{r} {} 0 0 1-{} 0z", x - r, r * 4 / 10, r * 2, r * 4 / 10, r * 2));
    }
    s.c.inked(&d, leaf, light, 1.5);
    for _ in 0..4 {
        let (x, at) = (s.s.range(60, 580), s.s.range(y + 10, y + 70));
        s.c.line(&format!("M{x} {}v-44", at + 30), s.p.deep, 2.5);
        s.c.inked(
            &format!(
                "M{x} {}q-18-10-8-34q2 6 8-8q6 14 8 8q10 24-8 34m-16-24q-6 20 16 24q22-4 16-24q-8 4-10 18q-10 4-12 0q0-12-10-18",
                at - 12
            ),
            flower,
            flower.mix(Rgb(0xffffff), 50),
            1.4,
        );
    }
}

pub fn lake(s: &mut Scene) {
    let horizon = s.s.range(130, 240);
    s.sky(horizon);
    let (far, near, wall) = (s.p.far, s.p.near, s.p.wall);
    let lie = s.lie();
    let d = s.hills(horizon + 4, 60, 4, lie);
    s.c.fill(&d, far.mix(s.p.low, 30));
    let d = s.hills(horizon + 4, 30, 3, Lie::Right);
    s.c.fill(&d, far.mix(s.p.mid, 40));
    s.water(horizon, 400);
    match s.s.range(0, 4) {
        // reeds and sails
        0 => {
            for _ in 0..s.s.range(2, 4) {
                let (x, h) = (s.s.range(80, 560), s.s.range(34, 74));
                let cloth = if s.s.chance(40) { s.p.bloom } else { wall };
                s.sail(x, horizon + h / 2 + 10, h, cloth);
            }
            let x = s.s.pick(&[70, 110, 540, 580]);
            s.reeds(x, 18, 190);
            s.reeds(640 - x, 6, 90);
        }
        // lotus
        1 => {
            s.copse(20, horizon + 2, 240, near.mix(far, 40));
            s.boat(400, horizon + 50, 80);
            lotus(s, horizon + 80);
        }
        // the tower on its bank
        2 => {
            let x = s.s.range(130, 230);
            s.c.fill(
                &format!(
                    "M-10 410V{}Q{x} {} {} {}T{} {}Q{x} {} {} 410z",
                    horizon + 26,
                    horizon - 6,
                    x + 120,
                    horizon + 36,
                    x + 170,
                    horizon + 76,
                    horizon + 110,
                    x - 60
                ),
                near,
            );
            s.tower(x, horizon + 18, 84, 3, 44, wall);
            s.tree(x - 110, horizon + 40, 40, true);
            s.tree(x + 96, horizon + 44, 30, false);
            s.sail(480, horizon + 70, 70, wall);
            s.sail(580, horizon + 34, 36, wall);
        }
        // cranes over the marsh
        3 => {
            s.ground(horizon + 110, near.mix(s.p.bloom, 30), near);
            let (x, y) = (s.s.range(180, 300), s.s.range(70, 130));
            crane(s, x, y + 20, 130);
            crane(s, x + 170, y - 16, 90);
            crane(s, x + 230, y + 70, 76);
            s.c.faint(&format!("M0 {}q200-14 330 6t320-12M60 {}q140 10 300 0", horizon + 60, horizon + 84), s.p.mid, 7, 50);
            s.reeds(90, 10, 120);
            s.reeds(560, 12, 140);
        }
        // fishing boats, a net drying
        _ => {
            let x = s.s.range(60, 260);
            s.boat(x, horizon + 90, 190);
            s.boat(x + 270, horizon + 34, 90);
            s.boat(x + 190, horizon + 16, 50);
            let ink = s.p.deep;
            s.c.line(&format!("M{} {}l60-140l70 120M{} {}q40 50 70 20", x + 60, horizon + 90, x + 122, horizon - 46), ink, 2);
            s.c.faint(
                &format!(
                    "M{} {}l34 94M{} {}l14 84M{} {}l8 60",
                    x + 122,
                    horizon - 48,
                    x + 122,
                    horizon - 48,
                    x + 112,
                    horizon - 10
                ),
                ink,
                1,
                60,
            );
            s.reeds(600, 12, 130);
        }
    }
}

/// A river winding from the hills to our feet.
fn winding(s: &mut Scene, y: i32) {
    let van = s.s.range(220, 420);
    let swing = s.s.pick(&[-1, 1]) * s.s.range(110, 190);
    let paint = s.c.fade(s.p.water.mix(s.p.low, 50), s.p.water.mix(s.p.mid, 35));
    s.c.fill(
        &format!(
            "M{van} {y}C{} {} {} {} {} {}S{} 380 {} 410H{}C{} 350 {} 330 {} {}S{} {} {} {y}z",
            van + swing,
            y + 20,
            van + swing,
            y + 50,
            van,
            y + 76,
            van - swing * 2,
            van - swing - 120,
            van - swing + 190,
            van - swing,
            van + swing,
            van + swing / 2 + 60,
            y + 80,
            van + swing * 2 - swing / 2,
            y + 30,
            van + 12
        ),
        paint,
    );
}

pub fn river(s: &mut Scene) {
    let (mid, near, deep, wall) = (s.p.mid, s.p.near, s.p.deep, s.p.wall);
    match s.s.range(0, 4) {
        // gorge
        0 => {
            s.sky(220);
            s.ranges(280, 170, 2);
            let (l, r) = (s.s.range(150, 240), s.s.range(380, 470));
            s.water(270, 400);
            for (x, side, ink) in [(l + 40, -1, mid), (r - 30, 1, mid), (l - 40, -1, near), (r + 50, 1, near)] {
                let edge = if side < 0 { -10 } else { 650 };
                let top = s.s.range(20, 120);
                let d = format!(
                    "M{edge} {top}l{} {}L{} {}l{} {}L{x} {}l{} 70L{edge} 350z",
                    -side * 60,
                    s.s.range(-30, 10),
                    x + side * 70,
                    top + 60,
                    -side * 22,
                    50,
                    top + 130,
                    -side * 16
                );
                s.misted(&d, ink);
            }
            s.mist(250, 22, 70);
            s.boat((l + r) / 2 - 60, 350, 110);
            s.pine(l - 70, 330, 80);
        }
        // winding through the plain
        1 => {
            s.sky(150);
            s.ranges(200, 110, 3);
            s.ground(190, mid, near);
            winding(s, 194);
            s.copse(20, 240, 120, deep.mix(near, 40));
            s.copse(430, 260, 190, deep.mix(near, 30));
            s.copse(-10, 350, 110, deep);
            s.sail(330, 286, 34, wall);
        }
        // white water
        2 => {
            s.sky(180);
            s.ranges(240, 150, 2);
            let d = s.crest(250, 110, 4, Lie::Open);
            s.misted(&d, near);
            s.water(240, 400);
            let mut rocks = String::new();
            for i in 0..7 {
                let (x, y, w) = (s.s.range(0, 600), 270 + i * 18, 40 + i * 8);
                rocks.push_str(&format!("M{x} {y}q{} -{} {} -{}t{} {}z", w / 6, w / 2, w / 2, w / 2, w / 2, w / 2));
            }
            s.c.fill(&rocks, deep.mix(near, 30));
            let mut foam = String::new();
            for i in 0..9 {
                foam.push_str(&format!("M{} {}q20-14 40 0t40 0t40 0", s.s.range(-20, 560), 262 + i * 15));
            }
            s.c.faint(&foam, s.p.pale(), 4, 85);
            let x = s.s.range(220, 380);
            s.c.inked(&format!("M{x} 340q50 20 110-6l10 12q-60 40-130 14z"), s.p.lit(0xd8572e), s.p.wall, 2);
            s.person(x + 34, 346, 36, s.p.lit(0x2f5f9f));
            s.person(x + 74, 344, 36, s.p.bloom);
        }
        // a quay with boats
        3 => {
            s.sky(190);
            s.ranges(230, 130, 3);
            s.water(224, 400);
            for i in 0..4 {
                let w = s.s.range(56, 84);
                s.gable(-20 + i * 84, 232, w, 44);
            }
            s.c.fill("M-10 230h370l30 14l40 24H-10z", near);
            s.tree(330, 236, 34, true);
            let x = s.s.range(250, 330);
            s.boat(x, 330, 200);
            s.boat(x + 190, 270, 90);
        }
        // a bridge of stone arches
        _ => {
            s.sky(210);
            s.ranges(260, 150, 3);
            s.water(250, 400);
            let stone = s.p.lit(0xb9ab92);
            let y = s.s.range(206, 230);
            s.c.fill(&format!("M-10 {y}q330-44 660 0v90h-34a58 58 0 0 0-116 0h-30a66 66 0 0 0-132 0h-26a66 66 0 0 0-132 0h-30a58 58 0 0 0-116 0h-44z"), stone);
            s.c.line(&format!("M-10 {y}q330-44 660 0"), deep, 5);
            s.tower(320, y - 18, 46, 2, 26, wall);
            s.boat(250, 360, 120);
            s.reeds(40, 9, 120);
        }
    }
}
