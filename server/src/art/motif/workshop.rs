//! What hands make.

use super::super::palette::{Rgb, VERMILION};
use super::super::scene::Scene;

pub fn carving(s: &mut Scene) {
    let (wood, dark) = (s.p.lit(0xa9713f), s.p.deep);
    s.c.fill("M-96-104H96V90H-96z", wood.mix(dark, 30));
    s.c.fill("M-84-92H84V78H-84z", s.p.wall.mix(s.p.disc, 18));
    s.c.line("M-84-50H84M-84 36H84M-42-92V78M42-92V78M0-92v42M0 36v42M-84-7h42M42-7h42", wood, 8);
    s.c.line("M0-50l42 43l-42 43l-42-43z", wood, 8);
    s.c.dashes("M0-7m-16 0a16 16 0 0 1 32 0a16 16 0 0 1-32 0", VERMILION, 17, "0 16.7");
    s.c.disc(0, -7, 8, s.p.lit(0xd9b36a));
}

pub fn silver(s: &mut Scene) {
    let (silver, shade) = (s.p.pale().mix(Rgb(0xffffff), 40), s.p.mid.mix(s.p.deep, 30));
    s.c.inked("M-104-70Q-110 10-60 24Q0 44 60 24Q110 10 104-70Q90-10 52-2Q0 12-52-2Q-90-10-104-70z", silver, shade, 3);
    s.c.dashes("M-88-20Q-66 12 0 16T88-20", shade, 5, "0 12");
    s.c.line("M-60 28v34M-30 34v40M0 38v44M30 34v40M60 28v34", shade, 2.5);
    s.c.dashes("M-60 66l60 20l60-20", silver, 16, "0 31.6");
    s.c.inked("M0-110q-30 26-30 46q10 26 30 26t30-26q0-20-30-46z", silver, shade, 3);
    s.c.inked("M0-92l12 22l-12 22l-12-22z", VERMILION, shade, 2);
}

pub fn fan(s: &mut Scene) {
    let (paper, ink) = (s.p.wall, s.p.deep);
    s.c.inked("M0 84L-128-30Q-80-104 0-106T128-30z", paper, ink, 3);
    s.c.fill("M-100-6Q-60-40-10-30t96-20l42 20L100-6L40 48Q0 26-40 48z", s.p.mid.mix(paper, 30));
    s.c.fill("M-66 4q30-44 50-14q24-34 52 6l30 8L30 58Q0 36-30 58z", s.p.near);
    s.c.disc(52, -62, 15, VERMILION);
    s.c.faint("M0 84L-84-76M0 84L-44-98M0 84V-106M0 84L44-98M0 84L84-76", ink, 1.5, 60);
    s.c.line("M0 84L-128-30M0 84L128-30", s.p.lit(0x8a5a36), 7);
    s.c.line("M0 86q14 10 8 24", VERMILION, 4);
}

pub fn print(s: &mut Scene) {
    s.c.fill("M-92-106H92V92H-92z", s.p.wall);
    s.c.line("M-80-94H80V80H-80z", VERMILION, 5);
    s.c.fill("M0-76q34 8 30 40q34-10 42 16q4 28-28 34q18 26-4 42q-24 12-40-16q-16 28-40 16q-22-16-4-42q-32-6-28-34q8-26 42-16q-4-32 30-40z", VERMILION);
    s.c.fill("M0-22l10 20l20 6l-18 12l2 20l-14-12l-14 12l2-20l-18-12l20-6z", s.p.wall);
    s.c.line("M-14-56q14 10 28 0M-58-12q14 4 20 12M58-12q-14 4-20 12M-26 48q6-10 4-20M26 48q-6-10-4-20", s.p.wall, 4);
    s.c.fill("M-78-92h26l-26 26zM78-92h-26l26 26zM-78 78h26l-26-26zM78 78h-26l26-26z", VERMILION);
}

pub fn vase(s: &mut Scene) {
    let body = s.p.wall;
    let blue = s.p.lit(s.s.pick(&[0x2f5f9f, 0x3f7a5c, 0xa8452f, 0x8a5a36]));
    let paint = s.c.fade(body, body.mix(s.p.mid, 40));
    s.c.fill("M-26-96h52q-4 30-8 44q62 30 56 84q-8 42-38 58h-72q-30-16-38-58q-6-54 56-84q-4-14-8-44z", paint);
    s.c.line("M-24-84h48M-18-52h36M-68 4q68 26 136 0M-62 58q62 22 124 0", blue, 5);
    s.c.line("M-30 42q10-36 40-24q20 14 4 26q-14 2-12-10M-30 42q-14-4-20-20M20 40q20 0 24-20", blue, 4);
    s.c.dashes("M-60 74q60 20 120 0", blue, 7, "0 15");
    s.c.faint("M-56 6q-6 30 8 56", Rgb(0xffffff), 6, 70);
    s.c.line("M0-96q-10-16-34-22M6-96q4-14 26-20", s.p.deep, 3);
    s.c.dashes("M-34-118l18 8M32-116l-14 10", s.p.bloom, 14, "0 20");
}

/// A band of brocade: lozenges within lozenges between `x` and `x + w`.
pub fn brocade(s: &mut Scene, x: i32, y: i32, w: i32, h: i32, ground: Rgb) {
    let (a, b) = (s.p.lit(0xe0b040), s.p.wall);
    s.c.fill(&format!("M{x} {y}h{w}v{h}h-{w}z"), ground);
    let (half, count) = (h / 2, (w / h).max(1));
    let step = w / count;
    let (mut big, mut small) = (String::new(), String::new());
    for i in 0..count {
        let at = x + i * step + step / 2;
        big.push_str(&format!("M{at} {}l{half} {half}l-{half} {half}l-{half}-{half}z", y + 1));
        let q = (half / 2).max(2);
        small.push_str(&format!("M{at} {}l{q} {q}l-{q} {q}l-{q}-{q}z", y + half - q));
    }
    s.c.inked(&big, s.p.deep, a, (h / 14).max(2));
    s.c.fill(&small, VERMILION.mix(b, 15));
    s.c.line(&format!("M{x} {y}h{w}M{x} {}h{w}", y + h), a, (h / 16).max(2));
}

pub fn weave(s: &mut Scene) {
    let ground = s.p.lit(s.s.pick(&[0x7a2430, 0x233d6b, 0x24302f, 0x3a2352]));
    for (i, y) in [-100, -38, 24].into_iter().enumerate() {
        let ink = if i == 1 { ground.mix(s.p.deep, 40) } else { ground };
        brocade(s, -120, y, 240, 62, ink);
    }
    s.c.dashes("M-120 90H120", s.p.lit(0xe0b040), 4, "0 8");
}

pub fn calico(s: &mut Scene) {
    let (indigo, white) = (s.p.lit(0x1f3f7c), s.p.wall);
    s.c.line("M-150-104H150", s.p.deep, 7);
    s.c.fill("M-110-104h96V80q-40 14-96 0zM14-104h96V66q-50 16-96 2z", indigo);
    s.c.dashes(
        "M-62-10m-28 0a28 28 0 0 1 56 0a28 28 0 0 1-56 0M62-20m-28 0a28 28 0 0 1 56 0a28 28 0 0 1-56 0",
        white,
        13,
        "0 22",
    );
    s.c.dashes("M-100-84h76M-100 56h76M-100 68h76M24-84h76M24 44h76", white, 6, "0 12");
    s.c.disc(-62, -10, 11, white);
    s.c.disc(62, -20, 11, white);
    s.c.faint("M-86-104V70M-38-104V74M38-104V64M86-104V60", s.p.deep, 3, 30);
}

pub fn loom(s: &mut Scene) {
    let wood = s.p.lit(0x8a5a36);
    let ground = s.p.lit(s.s.pick(&[0x7a2430, 0x233d6b, 0x24302f]));
    s.c.line("M-112 90V-108M112 90V-108M-112-96H112M-112 40H112", wood, 12);
    s.c.faint(
        "M-90-90V40M-72-90V40M-54-90V40M-36-90V40M-18-90V40M0-90V40M18-90V40M36-90V40M54-90V40M72-90V40M90-90V40",
        s.p.wall,
        3,
        90,
    );
    brocade(s, -96, -6, 192, 48, ground);
    s.c.line("M-112-44H112", wood.mix(s.p.deep, 30), 8);
    s.c.fill("M-20 70q40-22 84 0q-44 22-84 0z", s.p.lit(0xd9a35a));
}
