//! Wooded mountains.

use super::super::scene::{Lie, Scene};

pub fn mountain(s: &mut Scene) {
    let (far, mid, near, deep, wall) = (s.p.far, s.p.mid, s.p.near, s.p.deep, s.p.wall);
    match s.s.range(0, 8) {
        // ridge upon ridge
        0 => {
            s.sky(150);
            for i in 0..5 {
                let lie = s.lie();
                let (y, rise) = (200 + i * 52, s.s.range(90, 140));
                let d = if i % 2 == 0 { s.crest(y, rise, 4, lie) } else { s.hills(y, rise, 3, lie) };
                let ink = if i < 3 { far.mix(near, i * 34) } else { near.mix(deep, (i - 3) * 60) };
                s.misted(&d, ink);
            }
            s.firs(-10, 650, 400, 34, deep);
        }
        // the one great peak and its waterfall
        1 => {
            s.sky(250);
            s.ranges(320, 130, 2);
            let x = s.s.range(220, 420);
            let d = format!("M{} 410l70-120l24-60l40-40l16-70l30-66l22-10l34 40l20 64l36 30l20 76l40 40l60 116z", x - 200);
            s.misted(&d, near);
            s.c.faint(&format!("M{} 92l-10 70l-36 60M{} 100l14 60l40 50M{} 130l-8 90", x + 24, x + 40, x + 34), deep, 3, 50);
            s.c.line(&format!("M{} 214q-6 40 2 70t-4 70", x + 10), s.p.pale(), 8);
            s.mist(300, 34, 80);
            let d = s.hills(410, 90, 3, Lie::Open);
            s.c.fill(&d, deep.mix(near, 30));
            s.firs(-10, 190, 380, 60, deep);
            s.firs(450, 650, 384, 70, deep);
        }
        // peaks in a sea of cloud
        2 => {
            s.sky(200);
            for (y, rise, ink) in [(260, 120, far), (330, 140, mid), (400, 120, near)] {
                let lie = s.lie();
                let peaks = s.s.range(3, 5);
                let d = s.crest(y, rise, peaks, lie);
                s.misted(&d, ink);
                for k in 0..2 {
                    s.mist(y - 20 + k * 16, 28, 75);
                }
            }
            let x = s.s.pick(&[90, 150, 500, 550]);
            s.pine(x, 408, 210);
        }
        // a temple on the shoulder
        3 => {
            s.sky(220);
            s.ranges(300, 170, 3);
            let left = s.s.chance(50);
            let x = if left { 190 } else { 450 };
            let d = s.hills(370, 210, 2, if left { Lie::Left } else { Lie::Right });
            s.misted(&d, near);
            let tiers = s.s.pick(&[3, 5, 7]);
            s.tower(x, 250, 38, tiers, 120 / tiers + 6, wall);
            s.copse(x - 110, 262, 90, deep.mix(near, 30));
            s.copse(x + 46, 268, 110, deep.mix(near, 30));
            s.c.line(&format!("M{x} 252q-40 30 10 60t-20 60t30 50"), wall.mix(near, 30), 6);
            s.mist(320, 26, 60);
        }
        // between the trunks of an old wood
        4 => {
            s.sky(230);
            s.ranges(300, 150, 3);
            s.ground(310, mid, near);
            s.firs(-10, 650, 322, 70, near.mix(mid, 40));
            let mut trunks = String::new();
            for i in 0..6 {
                let (x, w) = (i * 120 - 20 + s.s.range(0, 70), s.s.range(12, 34));
                if (210..380).contains(&x) {
                    continue;
                }
                trunks.push_str(&format!("M{x} 410q{} -200 {} -420h{w}q-4 220 {} 420z", w / 2, w / 4, w / 2));
            }
            s.c.fill(&trunks, deep);
            let leaf = s.p.bloom.mix(near, 45);
            s.c.dashes("M-10 30q160 60 330 10t330 20", leaf, 44, "0 31");
            s.c.dashes("M-10 0q200 40 660 6", near.mix(deep, 40), 56, "0 40");
            s.c.line("M300 410q-60-50 10-76t10-30", wall.mix(mid, 35), 12);
        }
        // a mountain lake
        5 => {
            s.sky(170);
            s.ranges(230, 150, 2);
            let d = s.crest(250, 150, 3, Lie::Open);
            s.misted(&d, near);
            s.firs(-10, 650, 254, 26, near.mix(deep, 40));
            s.water(262, 400);
            s.c.faint("M30 276l60 40l50-20l60 30M430 276l70 44l60-24l70 20", near, 14, 25);
            let x = s.s.range(60, 540);
            s.firs(x - 110, x + 110, 402, 120, deep);
        }
        // camp under the stars or the noon
        6 => {
            s.sky(210);
            s.ranges(270, 160, 3);
            s.ground(300, mid.mix(near, 30), near);
            for (x, w) in [(130, 96), (300, 130), (480, 84)] {
                let x = x + s.s.range(-30, 30);
                let cloth = s.s.pick(&[s.p.bloom, wall, s.p.lit(0xe0a23c)]);
                s.c.fill(&format!("M{x} 350l{} -{}l{} {}z", w / 2, w * 6 / 10, w / 2, w * 6 / 10), cloth);
                s.c.fill(&format!("M{} 350l{} -{}l{} {}z", x + w * 3 / 10, w / 5, w * 4 / 10, w / 5, w * 4 / 10), s.p.lamp);
            }
            s.firs(-10, 120, 396, 110, deep);
            s.firs(540, 650, 398, 120, deep);
        }
        // houses high under the crest
        7 => {
            s.sky(180);
            s.ranges(260, 170, 2);
            let lie = s.s.pick(&[Lie::Left, Lie::Right, Lie::Open]);
            let d = s.hills(350, 190, 3, lie);
            s.misted(&d, near);
            s.mist(250, 26, 70);
            let x = s.s.range(150, 400);
            for i in 0..4 {
                s.house(x + i * 52, 316 + (i % 2) * 18, 52, wall);
            }
            s.copse(x - 130, 330, 110, deep.mix(near, 30));
            s.firs(-10, 650, 400, 52, deep);
        }
        // a bluff with the traveller looking out
        _ => {
            s.sky(240);
            s.ranges(330, 190, 4);
            s.mist(300, 34, 75);
            let left = s.s.chance(50);
            s.c.group(if left { "transform=\"matrix(1 0 0 1 0 0)\"" } else { "transform=\"matrix(-1 0 0 1 640 0)\"" });
            s.c.fill("M-10 410V250l70-14l60 6l70-10l40 14l-20 30l-34 12l-20 50l-30 20l-10 52z", deep);
            s.c.faint("M20 290l60 10l20 40M120 262l60-4M60 340l30 50", near, 3, 70);
            s.pine(60, 244, 150);
            s.person(176, 238, 44, s.p.bloom);
            s.c.end();
        }
    }
    if s.s.chance(18) {
        let left = s.s.chance(50);
        s.branch(left, 40);
    }
}
