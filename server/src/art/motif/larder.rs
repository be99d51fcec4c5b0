//! What is eaten and drunk, and the animals of the yard.

use super::super::palette::{Rgb, VERMILION};
use super::super::scene::Scene;

pub fn tea(s: &mut Scene) {
    let (cup, brew, leaf) = (s.p.wall, s.p.lit(s.s.pick(&[0xb8a03c, 0x9a4a24, 0xcfb24c])), s.p.lit(0x4f8a4c));
    let glaze = s.p.lit(s.s.pick(&[0x2f5f9f, 0xa8352a, 0x3f7a5c]));
    match s.s.range(0, 4) {
        // a bowl and two leaves
        0 => {
            steam(s);
            s.c.oval(0, 84, 104, 16, s.p.deep.mix(cup, 20));
            s.c.fill("M-78-26H78q-4 80-46 102h-64q-42-22-46-102z", cup);
            s.c.oval(0, -26, 78, 20, cup.mix(s.p.mid, 25));
            s.c.oval(0, -23, 66, 14, brew);
            s.c.line("M-58 14q58 22 116 0", glaze, 5);
            s.c.fill("M92 88q-16-40 14-72q24 40-14 72zM100 88q10-34 48-34q-8 36-48 34z", leaf);
        }
        // the lidded cup
        1 => {
            s.c.oval(0, 82, 100, 15, cup.mix(s.p.mid, 30));
            s.c.fill("M-72-20H72q0 70-44 96h-56q-44-26-44-96z", cup);
            s.c.fill("M-78-22q20-48 78-50q58 2 78 50z", cup.mix(glaze, 12));
            s.c.fill("M-20-70h40l-8-16h-24z", cup);
            s.c.line("M-78-22H78M-50 30q50 22 100 0", glaze, 5);
            s.c.dashes("M-62-6H62", glaze, 7, "0 15");
        }
        // the pot and a small cup
        2 => {
            let clay = s.p.lit(0x8a4a30);
            steam(s);
            s.c.line("M-74 4q-44-10-40 30t52 26", clay, 11);
            s.c.fill("M62 40q30-6 44-56l22-8q-12 70-62 86z", clay);
            s.c.fill("M-76 20q4-52 52-56h36q48 4 52 56q0 50-40 66h-60q-40-16-40-66z", clay);
            s.c.fill("M-40-34q34-26 68 0zM-12-58h12v14h-12z", clay.mix(s.p.deep, 30));
            s.c.faint("M-52 10q2 36 26 52", s.p.wall, 5, 50);
            s.c.fill("M100 62h50q-2 24-14 28h-22q-12-4-14-28z", cup);
            s.c.oval(125, 62, 25, 6, brew);
        }
        // the sprig itself
        3 => {
            s.c.line("M-20 92q10-80 0-120q-4-40 14-90M-8 20q40-30 80-30M-6-10q-40-10-70-50", leaf.mix(s.p.deep, 40), 5);
            s.c.fill("M4-60q-40-34-22-78q40 30 22 78zM4-60q2-52 48-66q4 50-48 66zM14 8q30-56 112-48q-30 60-112 48zM-18-20q-70 6-98-60q70-10 98 60zM-12 62q-60 20-104-30q64-26 104 30z", leaf);
            s.c.faint("M20 4q50-10 90-38M-24-22q-40-20-76-50M-18 60q-40-6-84-26", s.p.pale(), 3, 70);
        }
        // a basket of picked leaves
        _ => {
            let straw = s.p.lit(0xc69a52);
            s.c.dashes("M-80 6q80-44 160 0M-64-14q64-34 128 0M-30-34q30-14 60 0", leaf, 30, "2 22");
            s.c.dashes("M-70 4q70-34 140 0M-40-22q40-20 80 0", leaf.mix(s.p.pale(), 35), 12, "8 22");
            s.c.fill("M-104 6q104 34 208 0q-6 60-44 84H-60q-38-24-44-84z", straw);
            s.c.faint("M-98 32q98 34 196 0M-86 56q86 30 172 0M-50 22l14 66M0 26v64M50 22l-14 66", s.p.deep, 3, 40);
        }
    }
}

fn steam(s: &mut Scene) {
    s.c.faint("M-24-60q-16-22 0-40t0-34M14-64q-16-22 0-40t0-34", s.p.pale(), 6, 75);
}

pub fn pig(s: &mut Scene) {
    let (body, patch) = (s.p.lit(0xe9cdbb), s.p.deep);
    s.c.fill("M-92 20q-6-60 60-64h50q24-22 52-8l14-14l6 24q20 10 20 28l8 4v22h-14q-12 20-34 22l-4 52H44l-4-44h-66l-6 44h-24l-6-56q-26-2-30-10z", body);
    s.c.fill("M-92 20q-6-60 50-63q20 30 0 56q-24 20-50 7zM70-52l14-14l6 24q-10 6-22 2z", patch);
    s.c.line("M-92 6q-26-4-20-22q10-10 16 2", patch, 4);
    s.c.disc(84, -14, 4, patch);
    s.c.faint("M104 0v10", patch, 4, 70);
}

pub fn duck(s: &mut Scene) {
    let (white, bill, ink) = (s.p.wall, s.p.lit(0xe2932f), s.p.deep);
    s.c.oval(0, 80, 130, 14, s.p.water.mix(s.p.mid, 30));
    s.c.fill("M-106 8q16 12 34 2q30-26 70-16q24-6 22-40q-2-40 30-42q32 2 30 36q10 80-20 112q-20 20-70 20q-70-4-96-72z", white);
    s.c.fill("M76-60l40 8q-8 16-40 12z", bill);
    s.c.disc(58, -62, 5, ink);
    s.c.faint("M-60 26q30 40 90 12M-46 40q30 26 66 10", s.p.mid, 5, 80);
    s.c.fill("M-106 8q16 12 40 0l-6 24q-24 0-34-24z", ink);
    s.c.faint("M-140 92h80M40 94h100", s.p.pale(), 4, 80);
}

pub fn ox(s: &mut Scene) {
    let (hide, ink) = (s.p.lit(0x9a5f36), s.p.deep);
    s.c.fill(
        "M-106 90V30q-8-60 40-66h84q30-30 60-16l30 24l-6 34l-26 4q-6 30-26 36l2 48H34l-6-40h-66l-10 40h-22l-4-52l-12 52z",
        hide,
    );
    s.c.line("M74-52q-10-30-36-28M92-46q22-20 40-4", s.p.wall, 7);
    s.c.disc(88, -26, 4, ink);
    s.c.line("M-106 10q-20 20-14 56", ink, 5);
    s.c.faint("M-60-10q30 20 70 4M-40 14q30 14 60 0", ink, 4, 35);
}

pub fn fish(s: &mut Scene) {
    let body = s.p.lit(s.s.pick(&[0xc8452f, 0x5d7f94, 0xd88a3c]));
    let (fin, ink) = (body.mix(s.p.deep, 35), s.p.deep);
    s.c.faint("M-130 70q40-16 80 0t80 0t80 0M-110 92q40-12 70 0t70 0", s.p.pale(), 5, 70);
    s.c.fill("M70 0q50-60 76-50q-16 40-6 60q10 30 0 60q-40-10-70-60zM-30-50q30-44 80-26l-20 34zM-6 46q10 30 44 30l-6-36z", fin);
    s.c.fill("M-124 4q50-70 130-58q50 10 78 54q-30 50-84 56q-76 6-124-52z", body);
    s.c.dashes("M-40-28q50-14 100 16M-44-6q60-10 110 10M-40 18q50 10 90-2", body.mix(Rgb(0xffffff), 45), 12, "0 17");
    s.c.faint("M-66-36q22 40-2 76", ink, 4, 60);
    s.c.disc(-92, -6, 8, s.p.wall);
    s.c.disc(-92, -6, 4, ink);
}

pub fn oil(s: &mut Scene) {
    let (oil, white) = (s.p.lit(0xd9a52e), s.p.wall);
    s.c.fill("M-66 90q-10 0-10-12v-80q0-30 26-40v-40h36v40q26 10 26 40v80q0 12-10 12z", oil.mix(white, 45));
    s.c.fill("M-66 90q-10 0-10-12v-66q44 14 88 0v66q0 12-10 12z", oil);
    s.c.fill("M-54-104h44v24h-44z", s.p.deep);
    s.c.faint("M-62 14v56", Rgb(0xffffff), 6, 70);
    s.c.fill("M26 66q30-40 90-20q-20 40-90 20zM34 84q40-10 74 14q-40 16-74-14z", s.p.lit(0x3f7a4a));
    for (x, y) in [(62, 22), (42, 48), (84, 48), (50, 2), (76, 4)] {
        s.c.disc(x, y - 6, 22, white.mix(s.p.bloom, 12));
    }
    s.c.disc(64, 20, 14, oil);
}

pub fn water(s: &mut Scene) {
    let (blue, pale) = (s.p.lit(0x4f9ab8), s.p.pale());
    let paint = s.c.fade(pale, blue);
    s.c.fill("M0-110q76 100 70 142a70 62 0 0 1-140 0q-6-42 70-142z", paint);
    s.c.faint("M-44 28q2 32 32 44", Rgb(0xffffff), 8, 80);
    s.c.faint("M-120 84q30-14 60 0t60 0t60 0t60 0M-96 102q26-12 50 0t50 0t50 0", pale, 5, 85);
    s.c.fill("M110-30q22 30 20 42a20 18 0 0 1-40 0q-2-12 20-42zM-108-40q16 22 14 30a14 13 0 0 1-28 0q-2-8 14-30z", blue);
}

pub fn noodle(s: &mut Scene) {
    let (bowl, soup) = (s.p.lit(0x2f4f86), s.p.lit(0xe0a35c));
    steam(s);
    s.c.line("M20-30L110-116M40-26L132-96", s.p.lit(0x8a4a2c), 6);
    s.c.fill("M-104-22H104q-6 84-62 112h-84q-56-28-62-112z", bowl);
    s.c.oval(0, -22, 104, 24, s.p.wall);
    s.c.oval(0, -20, 90, 18, soup);
    s.c.line("M-70-20q20-16 40 0t40 0t40 0M-56-12q24-12 48 0t48-4M-44-28q20-10 40 0t40-2", s.p.wall, 5);
    s.c.dashes("M-50-24l90 8", s.p.lit(0x4f8a4c), 8, "0 30");
    s.c.dashes("M-84 20q84 44 168 0", s.p.wall, 7, "0 20");
}

pub fn liquor(s: &mut Scene) {
    let clay = s.p.lit(0x8a5434);
    s.c.fill("M-30-70h60l6 20q60 24 54 84q-6 46-40 56h-100q-34-10-40-56q-6-60 54-84z", clay);
    s.c.fill("M-38-66q-4-36 38-36t38 36q-38 14-76 0z", VERMILION);
    s.c.line("M-36-60q36 14 72 0", s.p.lit(0xd9b36a), 6);
    s.c.fill("M0-8l38 38l-38 38l-38-38z", VERMILION.mix(s.p.wall, 10));
    s.c.inked("M0 6l24 24l-24 24l-24-24z", VERMILION, s.p.wall, 3);
    s.c.faint("M-70 10q-4 30 10 50", s.p.wall, 6, 50);
    s.c.fill("M96 62h44q-2 24-14 28h-16q-12-4-14-28z", s.p.wall);
}
