//! What grows.

use super::super::palette::Rgb;
use super::super::scene::Scene;

pub fn fruit(s: &mut Scene) {
    let (skin, leaf) = (s.p.lit(s.s.pick(&[0xe8892c, 0xe07a5a, 0xd9503a, 0xe2b23a])), s.p.lit(0x3f7a4a));
    let light = skin.mix(Rgb(0xffffff), 22);
    let paint = s.c.fade(light, skin.mix(s.p.deep, 30));
    match s.s.range(0, 3) {
        // three in a heap
        0 => {
            for (x, y, r) in [(-46, 48, 44), (44, 50, 42), (2, 2, 46)] {
                s.c.disc(x, y, r, &paint);
                s.c.faint(&format!("M{} {}q-12 10-12 24", x - r / 2, y - r / 2), Rgb(0xffffff), 5, 60);
            }
            s.c.line("M2-42q4-22 22-34", s.p.deep, 4);
            s.c.fill("M14-62q20-36 76-30q-16 40-76 30zM2-52q-34-36-74-16q24 34 74 16z", leaf);
        }
        // one whole, one cut
        1 => {
            s.c.disc(-44, 28, 62, &paint);
            s.c.line("M-44-32q2-20 16-30", s.p.deep, 4);
            s.c.fill("M-34-48q24-34 76-22q-20 36-76 22z", leaf);
            s.c.disc(62, 40, 50, skin);
            s.c.disc(62, 40, 43, light.mix(Rgb(0xffffff), 55));
            s.c.disc(62, 40, 36, light);
            s.c.line("M62 4v72M26 40h72M37 15l50 50M87 15l-50 50", light.mix(Rgb(0xffffff), 60), 3);
        }
        // on the bough
        2 => {
            s.c.line("M-130-96q80-10 140 20t110 10M-20-84q-10 40-30 50M60-62q8 30 4 50", s.p.deep, 7);
            s.c.fill("M-96-96q-30 30-14 66q36-22 14-66zM20-72q20-50 70-40q-10 44-70 40zM100-64q40 0 46 44q-44-2-46-44zM-50-90q6-36 50-34q-6 32-50 34z", leaf);
            for (x, y, r) in [(-56, 8, 46), (62, 34, 50)] {
                s.c.disc(x, y, r, &paint);
                s.c.faint(&format!("M{x} {}q-16 30 0 {}", y - r, r + 20), skin.mix(s.p.deep, 40), 3, 60);
            }
        }
        // a basketful
        _ => {
            for (x, y) in [(-60, 6), (0, 10), (60, 6), (-32, -28), (32, -28), (0, -56)] {
                s.c.disc(x, y, 34, &paint);
            }
            s.c.fill("M-40-52q-20-30 4-52q24 24-4 52zM20-72q14-34 48-30q-6 34-48 30z", leaf);
            let straw = s.p.lit(0xb98a4c);
            s.c.fill("M-108 14q108 30 216 0L80 90H-80z", straw);
            s.c.faint("M-100 38q100 28 200 0M-90 62q90 24 180 0M-56 26l10 64M0 30v60M56 26l-10 64", s.p.deep, 3, 40);
        }
    }
}

pub fn grain(s: &mut Scene) {
    let (gold, stem) = (s.p.lit(0xdca83c), s.p.lit(0x8a8a3c));
    s.c.line("M0 92q-10-90-70-150M0 92q-2-100-24-176M0 92q6-100 34-168M0 92q14-80 82-130", stem, 3);
    for d in [
        "M-36-6Q-58-44-84-62q-14-6-22 6",
        "M-14-30Q-20-70-34-100q-8-14-20-8",
        "M22-28Q30-66 48-90q10-10 20-2",
        "M48-4Q68-28 92-44q14-4 20 8",
    ] {
        s.c.dashes(d, gold.mix(s.p.deep, 25), 19, "0 12");
        s.c.dashes(d, gold, 13, "0 12");
    }
    s.c.line("M-15 58h30M-13 66h26", super::super::palette::VERMILION, 6);
    s.c.line("M-14 92l14-28l14 28", stem, 4);
}

pub fn vegetable(s: &mut Scene) {
    let (leaf, white, red) = (s.p.lit(0x4f9256), s.p.wall, s.p.lit(0xc8352b));
    let chilli = |s: &mut Scene, x: i32, t: i32| {
        s.c.fill(&format!("M{x} {}q30 10 22 70q-4 40-22 56q4-60-14-110q2-14 14-16z", -36 + t), red);
        s.c.line(&format!("M{x} {}q-2-18 10-26", -34 + t), leaf.mix(s.p.deep, 30), 6);
        s.c.faint(&format!("M{} {}q8 18 6 46", x + 6, -18 + t), Rgb(0xffffff), 3, 60);
    };
    match s.s.range(0, 3) {
        // cabbage and chillies
        0 => {
            s.c.fill("M-70 90q-30-10-26-60q-22-60 6-86q20-22 44 0q30-14 40 18q26 40 6 70q0 50-30 58z", leaf);
            s.c.fill("M-66 90q-14-40 0-76q18-14 30 4q12 40 0 72z", white);
            s.c.faint("M-50 40v-80M-50 10q-22-14-28-46M-50 10q22-10 30-44", white, 4, 80);
            chilli(s, 34, -8);
            chilli(s, 66, 0);
        }
        // a string of chillies
        1 => {
            s.c.line("M0-130V-30", s.p.lit(0xb98a4c), 5);
            for (x, t) in [(-52, -44), (40, -50), (-30, -10), (24, -16), (-6, 6)] {
                chilli(s, x, t);
            }
        }
        // white radishes and their greens
        2 => {
            s.c.fill("M-52-40q-40-30-30-80q30 10 34 60q0-60 30-80q20 50-10 100zM40-30q-30-40-14-80q26 20 26 60q10-50 44-60q4 50-34 84z", leaf);
            s.c.fill("M-62-40q-30 40-10 90q10 30 24 40q18-10 30-46q12-50-14-84zM34-30q-20 50 4 92q10 20 26 28q10-14 16-40q10-50-12-84z", white);
            s.c.faint("M-66-4h20M-40 30h18M40 10h16M56 40h16", s.p.mid, 3, 80);
        }
        // bamboo shoots and lotus root
        _ => {
            let (husk, root) = (s.p.lit(0x9a6a3c), s.p.lit(0xe6cfae));
            s.c.fill("M-110 90q-6-90 40-170q40 70 44 170z", husk);
            s.c.faint("M-104 60q40-10 60-70M-100 84q50-10 68-60M-90 10q14-10 22-50", s.p.wall, 4, 70);
            s.c.fill("M-30 90q-2-60 30-120q30 60 34 120z", husk.mix(leaf, 35));
            s.c.fill("M20 70q0-24 26-24t30 10q10-22 38-18q34 6 34 30q0 22-34 24q-20 2-36-12q-10 12-30 12q-28 0-28-22z", root);
            s.c.dashes("M126 52v24M138 64h-24", s.p.deep, 8, "0 11.6");
        }
    }
}

pub fn herb(s: &mut Scene) {
    let (leaf, flower, clay) = (s.p.lit(0x5a8a5c), s.p.bloom, s.p.lit(0x8b6a4c));
    s.c.line("M0 40q-6-70-40-110M0 40q4-80 30-130M0 0q30-30 64-36", s.p.deep.mix(leaf, 40), 4);
    s.c.fill("M-8-4q-50 0-66-34q50-10 66 34zM-26-42q-40-6-48-40q42 2 48 40zM12-16q40-2 50-36q-44 0-50 36zM22-56q36-8 38-44q-38 8-38 44zM14-60q-30-14-26-48q30 12 26 48z", leaf);
    s.c.dashes("M-46-78l-8-14M32-94l4-14M66-38l16-4", flower, 20, "0 14");
    s.c.fill("M-62 30H62q-2 50-34 60h-56q-32-10-34-60z", clay);
    s.c.fill("M-70 24H70v14H-70z", clay.mix(s.p.wall, 30));
    s.c.faint("M-44 54q44 14 88 0", s.p.wall, 3, 60);
}

pub fn lotus(s: &mut Scene) {
    let (petal, leaf) = (s.p.lit(0xe58a9e), s.p.lit(0x3f7d62));
    s.c.line("M0 92q8-60 0-100M-60 92q0-30-20-50M64 92q-6-40 16-64", leaf.mix(s.p.deep, 30), 6);
    s.c.oval(-86, 40, 60, 24, leaf);
    s.c.oval(82, 26, 62, 26, leaf.mix(s.p.mid, 30));
    s.c.faint("M-86 40l-40-8M-86 40l34-14M82 26l44-8M82 26l-36-14", s.p.pale(), 2, 60);
    let edge = petal.mix(Rgb(0xffffff), 55);
    s.c.inked("M0 0q-60-4-76-50q46-2 76 50q60-4 76-50q-46-2-76 50z", petal.mix(s.p.deep, 12), edge, 2);
    s.c.inked("M0 2q-50-30-44-86q40 24 44 86q50-30 44-86q-40 24-44 86z", petal, edge, 2);
    s.c.inked("M0 2q-34-56 0-104q34 48 0 104z", petal.mix(Rgb(0xffffff), 25), edge, 2);
}

pub fn seedling(s: &mut Scene) {
    let (leaf, basket) = (s.p.lit(0x69a84a), s.p.lit(0xb98a4c));
    s.c.line("M-60 24q-20-60-46-80M-50 24q-6-70 0-110M-36 24q10-60 34-90M-4 24q-20-60-14-96M8 24q6-70 24-104M20 24q16-50 50-76M40 24q10-60 46-82M-22 24q0-60 10-76", leaf, 6);
    s.c.fill("M-84 20H84L62 90H-62z", basket);
    s.c.faint("M-76 42H76M-70 64H70M-40 22l12 68M0 22v68M40 22l-12 68", s.p.deep, 3, 45);
    s.c.line("M-80 20Q0-130 80 20", basket.mix(s.p.deep, 40), 6);
}
