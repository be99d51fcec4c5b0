//! Dong bridges and drum towers, old towns.

use super::super::scene::{Lie, Scene};

/// A roofed bridge on stone piers.
pub fn covered_bridge(s: &mut Scene, y: i32, from: i32, to: i32, pavilions: i32, size: i32) {
    let (wood, ink, stone, lamp) = (s.p.lit(0x8a5a36), s.p.deep, s.p.lit(0xb3a68f), s.p.lamp);
    let length = to - from;
    let mut piers = String::new();
    for i in 0..pavilions {
        let x = from + length * (2 * i + 1) / (pavilions * 2);
        piers.push_str(&format!("M{} {y}h{}l6 70h-{}z", x - size / 3, size * 2 / 3, size * 2 / 3 + 12));
    }
    s.c.fill(&piers, stone);
    s.c.fill(&format!("M{from} {y}h{length}v-{}h-{length}z", size * 7 / 10), wood);
    s.c.dashes(&format!("M{} {}h{}", from + 6, y - size * 4 / 10, length - 12), lamp, size / 4, &format!("0 {}", size / 2));
    s.c.line(&format!("M{from} {}h{length}M{from} {y}h{length}", y - size / 5), ink, 3);
    s.c.fill(&format!("M{} {}l24-{}H{}l24 {}z", from - 12, y - size * 65 / 100, size * 4 / 10, to - 12, size * 4 / 10), ink);
    let mut roofs = String::new();
    let tall = s.s.range(3, 4);
    for t in 0..tall {
        roofs.push_str(&Scene::eaves(0, -t * size * 4 / 10, size * (95 - t * 17) / 100, size * 5 / 10));
    }
    roofs.push_str(&format!("M-4 {}l4-{}l4 {}z", 8 - tall * size * 4 / 10, size / 2, size / 2));
    let pavilion = s.c.begin_stamp();
    s.c.inked(&roofs, ink, s.p.wall.mix(ink, 35), 1.6);
    s.c.end_stamp();
    for i in 0..pavilions {
        // The middle one stands taller.
        let up = if i * 2 + 1 == pavilions { 118 } else { 100 };
        s.c.again(&pavilion, from + length * (2 * i + 1) / (pavilions * 2), y - size * 8 / 10, up, up);
    }
}

/// A drum tower: many eaves drawn in to a point.
fn drum_tower(s: &mut Scene, x: i32, y: i32, half: i32, tiers: i32, rise: i32) {
    let wood = s.p.lit(0x7d4f30);
    let ink = s.p.deep;
    s.c.fill(&format!("M{} {y}v-{}h{}v{}z", x - half * 7 / 10, rise * 2, half * 14 / 10, rise * 2), wood);
    s.c.fill(&format!("M{} {y}v-{}h{}v{}z", x - half / 4, rise * 3 / 2, half / 2, rise * 3 / 2), s.p.lamp);
    let mut roofs = String::new();
    for t in 0..tiers {
        roofs.push_str(&Scene::eaves(x, y - rise * 2 - t * rise, half * (100 - t * 66 / tiers) / 100, rise * 12 / 10));
    }
    let top = y - rise * 2 - tiers * rise;
    roofs.push_str(&format!("M{} {}l4-{}l4 {}z", x - 4, top + 10, rise * 2, rise * 2));
    s.c.inked(&roofs, ink, s.p.wall, 1.6);
}

pub fn bridge(s: &mut Scene) {
    let (near, wall) = (s.p.near, s.p.lit(0xa9784c));
    match s.s.range(0, 3) {
        // the bridge, whole
        0 => {
            s.sky(220);
            s.ranges(280, 170, 3);
            s.water(270, 400);
            let y = s.s.range(236, 262);
            covered_bridge(s, y, -20, 660, 3, 64);
            s.c.faint("M40 330h160M240 350h180M460 326h120", s.p.deep, 5, 30);
            s.boat(s.s.range(90, 430), 372, 90);
        }
        // the drum tower over its village
        1 => {
            s.sky(250);
            s.ranges(300, 170, 3);
            let x = s.s.range(200, 440);
            let home = s.c.begin_stamp();
            s.house(0, 0, 100, wall);
            s.c.end_stamp();
            for i in 0..5 {
                s.c.again(&home, 40 + i * 140 + s.s.range(-16, 16), 330 - (i % 2) * 18, 110, s.s.range(100, 130));
            }
            let tiers = s.s.pick(&[7, 9, 11]);
            drum_tower(s, x, 356, 86, tiers, 200 / tiers);
            for i in 0..5 {
                s.c.again(&home, i * 150 - 10 + s.s.range(-20, 20), 396 + (i % 2) * 8, 130, s.s.range(110, 150));
            }
        }
        // bridge far, tower near
        2 => {
            s.sky(200);
            s.ranges(260, 150, 3);
            s.water(262, 400);
            let left = s.s.chance(50);
            covered_bridge(s, 252, if left { 190 } else { -20 }, if left { 660 } else { 450 }, 3, 44);
            let x = if left { 120 } else { 520 };
            s.c.fill(&format!("M{} 410q100-130 260-50q20 30 40 50z", x - 170), near);
            drum_tower(s, x, 362, 74, 9, 22);
            s.tree(if left { 240 } else { 400 }, 384, 34, true);
        }
        // a village stepping up from the stream, small bridge
        _ => {
            s.sky(160);
            let lie = s.s.pick(&[Lie::Left, Lie::Right]);
            let d = s.hills(270, 190, 3, lie);
            s.misted(&d, s.p.mid);
            let d = s.hills(330, 150, 3, lie);
            s.misted(&d, near);
            let home = s.c.begin_stamp();
            s.house(0, 0, 100, wall);
            s.c.end_stamp();
            for row in 0..3 {
                for i in 0..4 {
                    let x = 70 + i * 150 + row * 40 + s.s.range(-16, 16);
                    s.c.again(&home, x, 212 + row * 46, 62 + row * 14, 66 + row * 14);
                }
            }
            drum_tower(s, s.s.range(150, 480), 300, 56, 7, 22);
            s.water(330, 400);
            covered_bridge(s, 350, 330, 650, 2, 40);
        }
    }
    if s.s.chance(30) {
        let left = s.s.chance(50);
        s.branch(left, 60);
    }
}

/// Tiled roofs overlapping down a slope.
pub fn roofs(s: &mut Scene, y: i32, rows: i32, size: i32) {
    let id = s.c.begin_stamp();
    s.gable(0, 0, 100, 62);
    s.c.end_stamp();
    let other = s.c.begin_stamp();
    let wall = s.p.wall.mix(s.p.lit(0x9a6a42), 70);
    s.house(50, 0, 100, wall);
    s.c.end_stamp();
    for row in 0..rows {
        let w = size + row * size / 4;
        let mut x = -40 + s.s.range(-20, 20);
        while x < 640 {
            let foot = y + row * size * 6 / 10 + s.s.range(-8, 8);
            let which = if s.s.chance(70) { &id } else { &other };
            s.c.again(which, x, foot, w, w * s.s.range(90, 130) / 100);
            x += w * s.s.range(92, 124) / 100;
        }
    }
}

pub fn town(s: &mut Scene) {
    let (deep, wall, lamp) = (s.p.deep, s.p.wall, s.p.lamp);
    match s.s.range(0, 4) {
        // a sea of roofs
        0 => {
            s.sky(170);
            s.ranges(230, 130, 3);
            let x = s.s.range(160, 480);
            s.tower(x, 236, 60, 3, 40, wall);
            roofs(s, 262, 4, 74);
        }
        // stilt houses on the river
        1 => {
            s.sky(180);
            s.ranges(240, 150, 2);
            s.water(290, 400);
            let mut x = -20;
            while x < 620 {
                let w = s.s.range(72, 100);
                s.stilts(x, 312, w);
                x += w + s.s.range(0, 14);
            }
            s.c.faint("M30 336h110M190 350h150M400 338h120M70 372h90M330 380h160", lamp, 4, 60);
            s.boat(s.s.range(120, 420), 358, 110);
        }
        // the arched bridge with its houses beyond
        2 => {
            s.sky(190);
            s.ranges(250, 150, 3);
            for i in 0..7 {
                s.gable(-10 + i * 96, 268, 80, 48 + (i % 3) * 12);
            }
            s.water(266, 400);
            let stone = s.p.lit(0xc2b49a);
            let y = s.s.range(200, 220);
            s.c.fill(&format!("M-10 300Q320 {} 650 300V330H450a130 118 0 0 0-260 0H-10z", y - 40), stone);
            s.c.line(&format!("M-10 300Q320 {} 650 300", y - 40), deep, 6);
            s.c.faint("M190 330a130 66 0 0 0 260 0", deep, 3, 40);
            s.boat(290, 372, 110);
            s.person(320, y + 18, 36, s.p.bloom);
        }
        // the wall and its gate
        3 => {
            s.sky(220);
            s.ranges(270, 160, 3);
            let x = s.s.range(200, 440);
            let brick = s.p.lit(0x9b9288);
            s.tower(x, 226, 120, 2, 62, s.p.lit(0xa8452f));
            s.c.fill(&format!("M-10 260h{}v-36h270v36H650V410H-10z", x - 125), brick);
            s.c.dashes("M-4 256H650", brick, 16, "14 22");
            s.c.faint("M0 300h640M0 340h640M40 380h560", deep, 1.5, 30);
            s.c.fill(&format!("M{} 410v-74a46 46 0 0 1 92 0v74z", x - 46), deep);
            s.c.dashes(&format!("M{} 300h181", x - 90), super::super::palette::VERMILION, 20, "0 180");
            s.tree(80, 300, 50, true);
        }
        // a lane of lanterns
        _ => {
            s.sky(160);
            s.ranges(250, 120, 2);
            let van = s.s.range(270, 370);
            let stone = s.p.wall.mix(s.p.mid, 35);
            s.c.fill(&format!("M{van} 250h20L560 410H80z"), stone);
            for (i, w) in [(0, 60), (1, 100), (2, 170)] {
                let y = 268 + i * 62;
                let off = 16 + i * 70;
                s.gable(van - off - w, y, w, w);
                s.gable(van + 20 + off, y, w, w * 11 / 10);
            }
            s.c.faint(&format!("M{} 290h60M{} 330h130M{} 376h230", van - 20, van - 55, van - 105), deep, 2, 40);
            s.c.dashes(&format!("M{} 160q60 50 150 30t180-40", van - 160), super::super::palette::VERMILION, 20, "0 44");
            s.person(van + 10, 330, 46, s.p.bloom);
        }
    }
}
