//! Revolutionary sites and cities.

use super::super::palette::{Rgb, VERMILION};
use super::super::scene::{Lie, Scene};

/// Five points round a middle.
pub fn star(x: i32, y: i32, r: i32) -> String {
    const POINTS: [(i32, i32); 10] =
        [(0, -100), (23, -31), (95, -31), (37, 12), (59, 81), (0, 38), (-59, 81), (-37, 12), (-95, -31), (-23, -31)];
    let mut d = String::new();
    for (i, (dx, dy)) in POINTS.iter().enumerate() {
        d.push_str(&format!("{}{} {}", if i == 0 { 'M' } else { 'L' }, x + dx * r / 100, y + dy * r / 100));
    }
    d + "z"
}

/// A low house of one long roof, its door in the middle: the home of a family in the hills.
fn residence(s: &mut Scene, x: i32, y: i32, w: i32, wall: Rgb) {
    let (roof, lamp) = (s.p.deep, s.p.deep.mix(s.p.lamp, 35));
    let h = w / 4;
    s.c.fill(&format!("M{x} {y}v-{h}h{w}v{h}z"), wall);
    s.c.fill(&format!("M{} {}l{} -{}h{}l{} {}z", x - w / 16, y - h + 2, w / 8, w / 7, w * 14 / 16, w / 8, w / 7), roof);
    s.c.fill(&format!("M{} {y}v-{}h{}v{}z", x + w * 45 / 100, h * 7 / 10, w / 10, h * 7 / 10), lamp);
    let u = w / 16;
    let mut d = String::new();
    for at in [12, 27, 64, 79] {
        d.push_str(&format!("M{} {}h{u}v{u}h-{u}z", x + w * at / 100, y - h * 7 / 10));
    }
    s.c.fill(&d, lamp);
    s.c.faint(&format!("M{x} {}h{w}", y - 3), roof, 4, 40);
}

pub fn red(s: &mut Scene) {
    let (mid, near, deep, wall) = (s.p.mid, s.p.near, s.p.deep, s.p.wall);
    match s.s.range(0, 5) {
        // the house by its pond
        0 => {
            s.sky(220);
            s.ranges(280, 170, 3);
            s.firs(-10, 650, 286, 50, near.mix(deep, 20));
            s.ground(280, near, near.mix(deep, 40));
            let x = s.s.range(120, 240);
            let earth = s.p.lit(0xd9a860);
            residence(s, x, 310, 280, earth);
            s.c.oval(330, 368, 250, 34, s.p.water.mix(s.p.low, 30));
            s.c.faint(&format!("M{} 366h200M260 380h120", x + 60), earth, 7, 40);
            s.pine(x - 60, 330, 110);
        }
        // the memorial stone above its steps
        1 => {
            s.sky(240);
            s.ranges(290, 150, 2);
            let x = s.s.range(220, 420);
            s.firs(-10, x - 70, 330, 70, near);
            s.firs(x + 70, 650, 330, 70, near);
            s.ground(320, near, deep);
            let stone = s.p.wall;
            let paint = s.c.fade(stone, stone.mix(s.p.mid, 45));
            s.c.fill(&format!("M{} 310l10-220l14-16l14 16l10 220z", x - 24), paint);
            s.c.fill(&format!("M{} 330v-20h96v20zM{} 344v-14h130v14z", x - 48, x - 65), stone.mix(s.p.mid, 30));
            s.c.fill(&star(x, 126, 15), VERMILION);
            let mut steps = String::new();
            for i in 0..6 {
                steps.push_str(&format!("M{} {}h{}", x - 70 - i * 9, 352 + i * 10, 140 + i * 18));
            }
            s.c.line(&steps, stone.mix(s.p.far, 30), 5);
        }
        // a train over the viaduct
        2 => {
            s.sky(200);
            s.ranges(290, 180, 3);
            s.mist(280, 30, 75);
            let y = s.s.range(212, 250);
            let stone = s.p.wall.mix(s.p.mid, 30);
            let mut piers = String::new();
            for i in 0..6 {
                piers.push_str(&format!("M{} {y}l10 190h18l10-190z", 20 + i * 118));
            }
            s.c.fill(&piers, stone);
            s.c.fill(&format!("M-10 {}h660v14h-660z", y - 6), stone.mix(deep, 25));
            let x = s.s.range(-60, 120);
            let mut cars = String::new();
            for i in 0..4 {
                cars.push_str(&format!("M{} {}h84v-26h-84z", x + i * 90, y - 10));
            }
            s.c.fill(&cars, s.p.lit(0x2f5b46));
            s.c.inked(&format!("M{} {}v-36h60q22 4 26 36z", x + 360, y - 10), VERMILION, deep, 2);
            s.c.dashes(&format!("M{} {}h340", x + 10, y - 26), s.p.lamp.mix(wall, 40), 9, "0 18");
            s.firs(-10, 650, 396, 60, deep.mix(near, 30));
        }
        // the sun comes up behind the ridge, its rays cut wide
        3 => {
            s.air();
            let x = s.s.range(200, 440);
            let mut rays = String::new();
            for i in 0..12 {
                let a = -640 + i * 116;
                rays.push_str(&format!("M{x} 262L{} -10h{}z", x + a, 56));
            }
            s.c.wash(&rays, s.p.disc, 26);
            s.c.disc(x, 262, 66, VERMILION);
            for (y, rise, ink) in [(330, 150, mid), (370, 130, near), (410, 90, deep)] {
                let lie = s.lie();
                let d = s.crest(y, rise, 4, lie);
                s.misted(&d, ink);
            }
            s.c.fill(&star(x, 262, 24), s.p.lit(0xf6d27a));
            s.pine(if x > 320 { 110 } else { 520 }, 400, 150);
        }
        // a hall with its courtyard, white walls
        4 => {
            s.sky(200);
            s.ranges(270, 160, 3);
            s.ground(300, wall.mix(mid, 35), wall.mix(mid, 60));
            let y = s.s.range(312, 336);
            s.gable(60, y, 150, 96);
            s.gable(430, y, 150, 96);
            s.c.fill(&format!("M190 {y}v-84h260v84z"), wall);
            s.c.fill(&Scene::eaves(320, y - 78, 150, 58), deep);
            s.c.fill(&format!("M290 {y}v-58h60v58z"), s.p.lit(0x6b2a20));
            s.c.fill(&star(320, y - 70, 9), VERMILION);
            s.c.dashes(&format!("M256 {}h129", y - 40), VERMILION, 18, "0 128");
            s.tree(40, y + 20, 54, true);
            s.tree(606, y + 16, 44, false);
        }
        // a path of pines to the pass, red ribbons of cloud
        _ => {
            s.sky(230);
            s.c.wash("M0 120q160-60 300 0t340-30v30q-180 70-330 20t-310 10z", VERMILION, 75);
            s.c.wash("M0 176q200-50 360-6t280-20v14q-140 40-300 10t-340 18z", VERMILION, 45);
            let lie = s.s.pick(&[Lie::Left, Lie::Right, Lie::Middle]);
            let d = s.crest(330, 190, 4, lie);
            s.misted(&d, mid);
            let d = s.hills(390, 130, 3, Lie::Open);
            s.misted(&d, near);
            s.c.line("M320 410q-90-50 0-80t-30-60", wall.mix(mid, 20), 9);
            for i in 0..4 {
                let x = 60 + i * 160 + s.s.range(-30, 30);
                s.pine(x, 400 - (i % 2) * 20, 100 + (i % 3) * 34);
            }
        }
    }
}

/// City blocks side by side, as one outline, their windows lit.
pub fn blocks(s: &mut Scene, y: i32, high: i32, wide: i32, ink: Rgb, lit: bool) {
    let (mut d, mut windows) = (format!("M-10 {y}"), String::new());
    let lie = s.lie();
    let mut x: i32 = -10;
    while x < 640 {
        let w = wide * s.s.range(50, 120) / 100;
        let share = match lie {
            Lie::Left => 115 - x.max(0) * 70 / 640,
            Lie::Right => 45 + x.max(0) * 70 / 640,
            Lie::Middle => 115 - (x - 320).abs() * 75 / 320,
            _ => 85,
        };
        let h = high * s.s.range(35, 105) / 100 * share / 100;
        let roof = s.s.range(0, 3);
        d.push_str(&match roof {
            0 => format!("V{}h{w}V{y}", y - h),
            1 => format!("V{}l{} -{}l{} {}V{y}", y - h, w / 2, w / 3, w - w / 2, w / 3),
            2 => format!("V{}h{}v-{}h{}v{}h{}V{y}", y - h, w / 3, h / 6, w / 4, h / 6, w - w / 3 - w / 4),
            _ => format!("V{}l{w}-{}V{y}", y - h, w / 4),
        });
        if lit && w > 22 {
            windows.push_str(&format!("M{} {}V{}", x + w / 3, y - h + 12, y - 8));
            windows.push_str(&format!("M{} {}V{}", x + w * 2 / 3, y - h + 12, y - 8));
        }
        x += w + s.s.range(0, 8);
        d.push_str(&format!("H{x}"));
    }
    s.misted(&(d + "z"), ink);
    if lit {
        let lamp = s.p.lamp.mix(s.p.wall, 30);
        s.c.dashes(&windows, lamp, 4, "3 9");
    }
}

pub fn city(s: &mut Scene) {
    let (far, mid, near, deep, wall) = (s.p.far, s.p.mid, s.p.near, s.p.deep, s.p.wall);
    match s.s.range(0, 3) {
        // across the river
        0 => {
            s.sky(220);
            s.ranges(250, 70, 1);
            blocks(s, 262, 150, 44, far.mix(mid, 40), false);
            blocks(s, 266, 110, 60, mid.mix(near, 40), true);
            s.water(262, 400);
            let d = s.hills(410, 60, 2, Lie::Right);
            s.c.fill(&d, deep);
            s.boat(s.s.range(70, 340), 340, 120);
        }
        // the cable bridge
        1 => {
            s.sky(230);
            blocks(s, 286, 130, 50, far.mix(mid, 30), true);
            s.water(270, 400);
            let x = s.s.range(180, 440);
            let mut cables = String::new();
            for i in 1..8 {
                cables.push_str(&format!("M{x} 60L{} 262M{x} 60L{} 262", x - i * 44, x + i * 44));
            }
            s.c.faint(&cables, deep, 1.6, 80);
            s.c.fill(&format!("M{} 320l16-270h12l16 270h-12l-10-190l-10 190z", x - 22), wall.mix(mid, 20));
            s.c.line("M-10 266Q320 246 650 266", deep, 9);
            s.copse(-10, 396, 260, near);
            s.sail(520, 330, 44, wall);
        }
        // the old pavilion among towers
        2 => {
            s.sky(240);
            blocks(s, 330, 220, 52, far, false);
            blocks(s, 350, 150, 70, mid, true);
            let x = s.s.range(180, 440);
            s.copse(-10, 356, 660, near);
            s.ground(350, near, deep);
            let red = s.p.lit(0xa8452f);
            s.tower(x, 366, 104, 3, 56, red);
            s.tree(x - 150, 386, 46, true);
            s.tree(x + 160, 390, 40, false);
        }
        // streets and roofs, a hill in the middle of town
        _ => {
            s.sky(200);
            blocks(s, 270, 120, 40, far, false);
            let d = s.hills(300, 120, 2, Lie::Middle);
            s.misted(&d, mid);
            s.tower(320, 226, 40, 3, 28, wall);
            blocks(s, 350, 120, 66, near.mix(mid, 30), true);
            let mut x = -20;
            while x < 620 {
                let w = s.s.range(90, 130);
                s.gable(x, 402, w, 46);
                x += w + 20;
            }
        }
    }
}
