//! Upland meadow.

use super::super::palette::Rgb;
use super::super::scene::{Lie, Scene};

pub fn turbine(s: &mut Scene, x: i32, y: i32, h: i32) {
    let white = s.p.pale().mix(Rgb(0xffffff), 40);
    let t = s.s.range(0, 30);
    let r = h * 5 / 10;
    s.c.line(&format!("M{x} {y}v-{h}",), white, 3);
    s.c.line(
        &format!(
            "M{x} {}l{} -{}m-{} {}l-{} -{}m{} {}l{} {r}",
            y - h,
            t - 8,
            r,
            t - 8,
            r,
            r * 8 / 10,
            t / 3,
            r * 8 / 10,
            t / 3,
            r / 2
        )
        .replace("--", ""),
        white,
        4,
    );
}

/// Animals on the slope: bodies, heads, legs in one outline.
fn herd(s: &mut Scene, x: i32, y: i32, count: i32, horses: bool) {
    let coat = if horses { s.p.deep } else { s.p.wall };
    for _ in 0..count {
        let (at, foot) = (x + s.s.range(-150, 150), y + s.s.range(-24, 24));
        if horses {
            s.c.fill(&format!("M{at} {foot}v-14q0-10 10-10h18l8-12l9 7l-3 5l-6-2l-4 12v14h-3v-11h-20l-2 11h-3l-1-10z"), coat);
        } else {
            s.c.oval(at, foot, 11, 8, coat);
            s.c.disc(at + 11, foot - 4, 4, s.p.deep);
        }
    }
}

pub fn grassland(s: &mut Scene) {
    let horizon = s.s.range(170, 260);
    s.sky(horizon);
    let (mid, near, deep, wall) = (s.p.mid, s.p.near, s.p.deep, s.p.wall);
    s.ranges(horizon + 20, 70, 2);
    let lie = s.lie();
    let d = s.hills(horizon + 50, 70, 2, lie);
    s.misted(&d, mid);
    let what = s.s.range(0, 3);
    if what == 0 {
        for i in 0..4 {
            let x = 80 + i * 150 + s.s.range(-40, 40);
            let h = s.s.range(80, 130);
            turbine(s, x, horizon + 30, h);
        }
    }
    let d = s.hills(horizon + 110, 90, 2, Lie::Right);
    s.misted(&d, near.mix(mid, 35));
    let d = s.hills(400, 90, 2, Lie::Left);
    let paint = s.c.fade(near, near.mix(deep, 30));
    s.c.fill(&d, paint);
    let x = s.s.range(200, 440);
    match what {
        0 | 1 => herd(s, x, horizon + 110, 7, what == 1),
        2 => {
            herd(s, x, horizon + 100, 9, false);
            s.c.line("M-10 356l90-10l90 4l90-12M40 330v40M130 332v40M220 326v36", s.p.lit(0x8a6038), 5);
        }
        _ => {
            for (off, w) in [(-130, 90), (0, 120), (120, 80)] {
                s.c.fill(
                    &format!("M{} {}l{} -{}l{} {}z", x + off, horizon + 130, w / 2, w * 6 / 10, w / 2, w * 6 / 10),
                    if off == 0 { s.p.bloom } else { wall },
                );
            }
            herd(s, 110, horizon + 150, 3, true);
        }
    }
    let mut d = String::new();
    for _ in 0..24 {
        d.push_str(&format!("M{} {}l{} -{}", s.s.range(0, 640), s.s.range(350, 400), s.s.range(-4, 5), s.s.range(8, 18)));
    }
    s.c.faint(&d, deep, 2, 60);
    let mut d = String::new();
    for _ in 0..18 {
        d.push_str(&format!("M{} {}h0", s.s.range(0, 640), s.s.range(340, 396)));
    }
    s.c.line(&d, s.p.bloom, 6);
}
