//! What is played, danced, told and celebrated.

use super::super::palette::VERMILION;
use super::super::scene::Scene;

pub fn mask(s: &mut Scene) {
    let face = s.s.pick(&[0xc23b22, 0xf3ead6, 0x2a2d33, 0xd9a52e]);
    let (skin, ink, white) = (s.p.lit(face), s.p.deep, s.p.wall);
    let mark = if face == 0xf3ead6 { VERMILION } else { white };
    s.c.fill("M-92-74Q-60-120 0-90Q60-120 92-74L72-50H-72z", s.p.lit(0x2f6b6b));
    s.c.dashes("M-80-86Q-50-112 0-90T80-86", VERMILION, 20, "0 32");
    s.c.fill("M-72-62Q0-84 72-62Q88 40 0 92Q-88 40-72-62z", skin);
    s.c.fill("M-60-22q24-26 50-2q-26 16-50 2zM60-22q-24-26-50-2q26 16 50 2z", mark);
    s.c.disc(-34, -20, 7, ink);
    s.c.disc(34, -20, 7, ink);
    s.c.line(
        "M-64-40q30-24 54 0M64-40q-30-24-54 0M0-24v34q-10 8-16 2M0 10q10 8 16 2",
        if face == 0x2a2d33 { white } else { ink },
        5,
    );
    s.c.line("M-56 14q16 6 18 26M56 14q-16 6-18 26M0-78v30", mark, 6);
    s.c.fill("M-28 44q28-14 56 0q-28 22-56 0z", if face == 0xc23b22 { ink } else { VERMILION });
}

pub fn drum(s: &mut Scene) {
    let (red, skin, brass) = (s.p.lit(0xb8352a), s.p.wall, s.p.lit(0xe0b040));
    s.c.line("M-90 92l26-50M90 92l-26-50", s.p.lit(0x7d4f30), 9);
    s.c.fill("M-84-50q-30 60 0 118q84 30 168 0q30-58 0-118z", red);
    s.c.oval(0, -50, 84, 28, brass);
    s.c.oval(0, -50, 76, 23, skin);
    s.c.dashes("M-86-30Q0 6 86-30M-84 56Q0 86 84 56", brass, 8, "0 17");
    s.c.line("M-30-56L70-112M14-48L116-80", s.p.lit(0x8a5a36), 7);
    s.c.line("M-96 10q-16 6-10 22q10 4 12-8M96 10q16 6 10 22q-10 4-12-8", brass, 5);
}

pub fn reedpipe(s: &mut Scene) {
    let (bamboo, ink) = (s.p.lit(0xc9973f), s.p.deep);
    s.c.line("M-50 40L-84-84M-34 36L-44-112M-16 32L-8-120M2 30L28-108M20 28L60-80", bamboo, 11);
    s.c.faint("M-68-24l-12 2M-40-40h-12M-12-50h-12M18-40l10 4M42-24l10 4", ink, 4, 60);
    s.c.fill("M-72 34q10-20 60-16l60 6q20 8 60 34l-4 10q-50-10-70-8l-70 8q-36 0-36-34z", s.p.lit(0x8a5a36));
    s.c.line("M-46 22v44M10 20v42", VERMILION, 6);
    s.c.line("M-84-84q-26 8-24 34M60-80q24 4 26 34", VERMILION, 4);
    s.c.dashes("M-108-50v20M86-46v20", VERMILION, 12, "0 16");
}

pub fn suona(s: &mut Scene) {
    let (wood, brass) = (s.p.lit(0x6b3a24), s.p.lit(0xe0ac38));
    s.c.line("M-104-92L-76-68", brass, 5);
    s.c.fill("M-82-78L36 22L16 46L-88-70z", wood);
    s.c.fill("M10 8q60 20 106 2q4 60-44 90q-50-10-76-72z", brass);
    s.c.oval(98, 56, 18, 50, brass.mix(s.p.deep, 35));
    s.c.dashes("M-64-60L10 16", brass, 7, "0 17");
    s.c.line("M-30-30q-30 40-10 90q16 10 10 30", VERMILION, 5);
    s.c.dashes("M-40 50l10 44", VERMILION, 12, "0 14");
    s.c.faint("M110-30q24-10 26-40M90-44q10-14 8-34M128-10q26 0 42-20", s.p.wall, 5, 80);
}

pub fn strings(s: &mut Scene) {
    let (wood, ink) = (s.p.lit(0xa9713f), s.p.deep);
    s.c.line("M-8-20L-4-122", ink, 12);
    s.c.line("M-28-108l20 6M20-112l-20 6M-28-92l20 6M20-94l-20 6", wood, 6);
    s.c.fill("M-12-50q-64 40-62 90q8 50 68 50t68-50q2-50-62-90z", wood);
    s.c.faint("M-50 10q-14 30 10 54", s.p.wall, 6, 50);
    s.c.line("M-34 56h56M-28-16h40M-34 0h52M-38 16h60", ink, 3.5);
    s.c.faint("M-12-110V56M-6-110V56M0-110V56", s.p.wall, 1.5, 90);
    s.c.line("M86 92L112-76q8-20 16 0", wood.mix(ink, 30), 5);
}

pub fn scroll(s: &mut Scene) {
    let (paper, wood, ink) = (s.p.wall, s.p.lit(0x7d4f30), s.p.deep);
    s.c.fill("M-116-66H116V66H-116z", paper);
    s.c.fill("M-116-66H116v12H-116zM-116 54H116v12H-116z", s.p.lit(0x2f6b6b));
    s.c.fill("M-70 40q24-66 46-26q22-60 56 0q20-20 42 26z", s.p.mid.mix(paper, 25));
    s.c.fill("M-90 44q40-40 70-10q40-30 110 10z", s.p.near);
    s.c.disc(64, -24, 13, VERMILION);
    s.c.faint("M-92-36v40M-80-36v26M-68-36v34", ink, 3, 70);
    s.c.line("M-118-84V84M118-84V84", wood, 15);
    s.c.line("M-118 90v10M118 90v10", VERMILION, 5);
}

pub fn lantern(s: &mut Scene) {
    let brass = s.p.lit(0xe0b040);
    let glow = s.c.glow(s.p.lit(0xffcf70), 85);
    s.c.disc(0, -10, 130, glow);
    for (x, y, w) in [(-84, 20, 34), (88, 6, 30), (0, -16, 62)] {
        let h = w * 8 / 10;
        s.c.line(&format!("M{x} -130V{}", y - h), s.p.deep, 2.5);
        s.c.fill(&format!("M{} {}q-{w} {h} 0 {}h{}q{w} -{h} 0-{}z", x - w / 2, y - h, h * 2, w, h * 2), VERMILION);
        s.c.faint(
            &format!(
                "M{x} {}v{}M{} {}q-{} {h} 0 {}M{} {}q{} {h} 0 {}",
                y - h,
                h * 2,
                x - w / 4,
                y - h,
                w / 2,
                h * 2,
                x + w / 4,
                y - h,
                w / 2,
                h * 2
            ),
            brass,
            2,
            90,
        );
        s.c.line(&format!("M{} {}h{w}M{} {}h{w}", x - w / 2, y - h, x - w / 2, y + h), brass, 6);
        s.c.line(&format!("M{x} {}v{}M{} {}v{}M{} {}v{}", y + h, w / 2, x - 6, y + h, w / 3, x + 6, y + h, w / 3), brass, 2.5);
    }
}

pub fn dragon_boat(s: &mut Scene) {
    let (hull, gold, coat) = (s.p.lit(0x2f6b5c), s.p.lit(0xe0b040), VERMILION);
    s.c.fill("M-170 30Q0 84 150 20q10-50 34-56l26 4l-12 14l20 6l-22 12q-4 40-46 62Q0 110-140 72q-24-14-44-60q-2-14 14 18z", hull);
    s.c.dashes("M-150 50Q0 96 150 42", gold, 10, "0 16");
    s.c.line("M184-36q-10-20-26-20M196-32q4-20 18-26", gold, 5);
    s.c.disc(190, -22, 4, s.p.wall);
    let (mut bodies, mut heads, mut oars) = (String::new(), String::new(), String::new());
    for i in 0..6 {
        let x = -120 + i * 42;
        bodies.push_str(&format!("M{x} 52l6-46h18l12 44z"));
        heads.push_str(&format!("M{} -8h0", x + 20));
        oars.push_str(&format!("M{} 16l-34 78", x + 26));
    }
    s.c.fill(&bodies, coat);
    s.c.line(&heads, s.p.lit(0xd9a77a), 19);
    s.c.line(&oars, s.p.deep, 4);
    s.c.faint("M-190 96q30-14 60 0t60 0t60 0t60 0t60 0t60 0", s.p.pale(), 6, 90);
}
