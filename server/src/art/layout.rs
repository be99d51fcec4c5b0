//! How a print is laid out: by what the listing is.

use domain::listing::{Kind, Listing, Terrain};

use super::motif::{Object, brocade};
use super::palette::{INK, PAPER, Rgb, VERMILION};
use super::scene::Scene;
use super::terrain;

/// Room kept for the seal and what closes the picture.
const SEAL: usize = 330;
/// Where the land must stop, so that the house before it fits.
const BEFORE_INN: usize = 4_750;

/// Draws the whole print.
pub fn print(s: &mut Scene, listing: &Listing) {
    let room = super::LIMIT - SEAL;
    let object = Object::of(listing, s);
    match (listing.kind(), object) {
        (Kind::Route, _) => {
            s.fitting(room, |s| route(s, listing.terrain));
        }
        (Kind::Offer, _) => {
            s.fitting(room, |s| ticket(s, listing.terrain));
        }
        (Kind::Stay, _) => {
            s.fitting(BEFORE_INN, |s| {
                terrain::draw(s, listing.terrain);
                s.weather();
            });
            s.fitting(room, inn);
        }
        (_, Some(object)) => {
            s.fitting(room, |s| still_life(s, listing.terrain, object));
        }
        _ => {
            s.fitting(room, |s| {
                terrain::draw(s, listing.terrain);
                s.weather();
            });
        }
    }
    s.c.up_to(super::LIMIT);
    seal(s);
}

/// The small red square every print is signed with: strokes, no text.
fn seal(s: &mut Scene) {
    let (x, y) = s.s.pick(&[(24, 346), (586, 346), (586, 26), (24, 26)]);
    s.c.fill(&format!("M{x} {}l2-2h26l2 3v25l-3 2h-25l-2-2z", y + 2), VERMILION);
    let strokes = s.s.pick(&[
        "h18M{}v18m9-18v18m9-18v18M{b}h18",
        "v18h18v-18M{}h18m-9 0v18M{m}h18",
        "h18v18h-18zM{m}h18m-9-9v18",
        "h8v8h-8zM{q}h6v6h-6zM{e}h6v6h-6zM{r}h8v8h-8z",
    ]);
    let (a, b) = (x + 6, y + 6);
    let d = strokes
        .replace("{}", &format!("{a} {b}"))
        .replace("{b}", &format!("{a} {}", b + 18))
        .replace("{m}", &format!("{a} {}", b + 9))
        .replace("{q}", &format!("{} {b}", a + 12))
        .replace("{e}", &format!("{a} {}", b + 12))
        .replace("{r}", &format!("{} {}", a + 10, b + 10));
    s.c.line(&format!("M{a} {b}{d}"), PAPER, 2.4);
}

/// A short view of a terrain, for the background of things.
fn view(s: &mut Scene, land: Terrain, horizon: i32) {
    s.sky(horizon);
    s.ranges(horizon + 30, 90, 2);
    terrain::hint(s, land, horizon + 40);
}

/// An object before its country, in one of several arrangements.
fn still_life(s: &mut Scene, land: Terrain, object: Object) {
    let p = s.p;
    let x = s.s.pick(&[190, 230, 320, 320, 410, 450]);
    let scale = s.s.range(118, 140);
    let cloth = s.p.lit(s.s.pick(&[0x7a2430, 0x233d6b, 0x24423f, 0x3a2352, 0x5b3a22]));
    let turned = s.s.chance(50);
    match s.s.range(0, 4) {
        // on a table before the view
        0 => {
            view(s, land, 190);
            let wood = p.lit(0x7d5334);
            let top = s.s.range(296, 320);
            let paint = s.c.fade(wood.mix(p.wall, 18), wood.mix(p.deep, 35));
            s.c.fill(&format!("M-10 {top}H650V410H-10z"), paint);
            brocade(s, 0, top + 44, 640, 32, cloth);
        }
        // in a moon gate
        1 => {
            let wall = p.wall.mix(p.sky, 16);
            s.c.fill("M0 0H640V400H0z", wall);
            let r = s.s.range(150, 172);
            let gate = format!("M{} 196a{r} {r} 0 0 1 {} 0a{r} {r} 0 0 1-{} 0z", x - r, r * 2, r * 2);
            s.c.within(&gate);
            view(s, land, 190);
            s.c.end();
            s.c.line(&gate, p.deep, 7);
            s.c.fill("M0 350H640V400H0z", p.near.mix(wall, 30));
            brocade(s, 0, 350, 640, 14, cloth);
        }
        // on plain paper under a great disc
        2 => {
            let paper = p.low.mix(PAPER, 45);
            s.c.fill("M0 0H640V400H0z", paper);
            let disc = s.c.fade(p.mid.mix(p.sky, 40), p.mid.mix(paper, 55));
            s.c.disc(x + s.s.range(-30, 30), 190, s.s.range(140, 168), disc);
            terrain::hint(s, land, 330);
            s.c.wash("M0 318q160-20 320 0t320 0V400H0z", paper, 72);
        }
        // beside a hanging of brocade
        3 => {
            view(s, land, 230);
            let left = x > 320;
            let at = if left { 0 } else { 520 };
            let panel = s.c.begin_stamp();
            brocade(s, 0, 0, 120, 80, cloth);
            s.c.end_stamp();
            for i in 0..5 {
                s.c.again(&panel, at, i * 80, 100, 100);
            }
            s.c.fill("M-10 340q330-30 660 0V410H-10z", p.near.mix(p.deep, 30));
        }
        // large, over the open land
        _ => {
            view(s, land, 170);
            s.c.wash("M0 0H640V400H0z", p.pale(), if p.is_dark() { 12 } else { 34 });
            s.c.fill("M-10 330q160-26 330-6t330-8V410H-10z", p.near);
            s.c.faint("M-10 352q160-20 330-4t330-8M-10 378q200-16 660 0", p.deep, 2, 40);
        }
    }
    s.c.oval(x, 336, 120 * scale / 100, 12, p.deep.mix(p.near, 50));
    s.c.moved(x, 334 - 90 * scale / 100, scale);
    if turned {
        s.c.group("transform=\"scale(-1 1)\"");
    }
    object.draw(s);
    if turned {
        s.c.end();
    }
    s.c.end();
}

/// A lit house at dusk, its country behind it.
fn inn(s: &mut Scene) {
    let p = s.p;
    let left = s.s.chance(50);
    let x = if left { s.s.range(130, 200) } else { s.s.range(440, 510) };
    let bank = p.deep.mix(p.near, 25);
    s.c.fill(
        &format!("M-10 410V{}Q{} {} 650 {}V410z", if left { 326 } else { 388 }, 320, 330, if left { 388 } else { 326 }),
        bank,
    );
    let glow = s.c.glow(p.lamp, 70);
    s.c.oval(x, 320, 220, 110, glow);
    let w = s.s.range(170, 230);
    let (wall, roof, h) = (p.lit(0x9a6a42), p.deep, w * 36 / 100);
    let y = 362;
    if s.s.chance(50) {
        // two storeys and a gallery
        s.c.fill(&format!("M{} {y}v-{}h{w}v{}z", x - w / 2, h * 14 / 10, h * 14 / 10), wall);
        s.c.line(&format!("M{} {}h{}", x - w / 2 - 8, y - h * 65 / 100, w + 16), roof, 5);
        s.c.fill(&Scene::eaves(x, y - h * 13 / 10, w * 64 / 100, h * 9 / 10), roof);
        s.c.dashes(
            &format!(
                "M{} {}H{}M{} {}H{}",
                x - w * 38 / 100,
                y - h,
                x + w * 4 / 10,
                x - w * 38 / 100,
                y - h * 3 / 10,
                x + w * 4 / 10
            ),
            p.lamp,
            h * 3 / 10,
            &format!("0 {}", h * 48 / 100),
        );
    } else {
        s.c.fill(&format!("M{} {y}v-{h}h{w}v{h}z", x - w / 2), p.wall.mix(p.lamp, 25));
        s.c.fill(&Scene::eaves(x, y - h + 8, w * 62 / 100, h), roof);
        let u = w / 8;
        s.c.fill(
            &format!(
                "M{} {}h{u}v{u}h-{u}zM{} {}h{u}v{u}h-{u}zM{} {y}h{}v-{}h-{}z",
                x - w * 38 / 100,
                y - h * 7 / 10,
                x + w / 4,
                y - h * 7 / 10,
                x - u / 2,
                u,
                h * 7 / 10,
                u
            ),
            p.lamp,
        );
        s.c.faint(&format!("M{} {}v{u}m{}-{u}v{u}", x - w * 38 / 100 + u / 2, y - h * 7 / 10, w / 4 + w * 38 / 100), roof, 3, 80);
    }
    let (a, b) = (x - w / 2 - 14, x + w / 2 + 14);
    s.c.line(&format!("M{a} {}v20M{b} {}v20", y - h - 4, y - h - 4), roof, 2);
    s.c.oval(a, y - h + 26, 9, 11, VERMILION);
    s.c.oval(b, y - h + 26, 9, 11, VERMILION);
    let way = if left { 1 } else { -1 };
    s.c.line(&format!("M{x} {y}q{} 10 {} 50", way * 20, way * 90), p.lamp.mix(bank, 40), 14);
}

/// A path with its stops, through two countries.
fn route(s: &mut Scene, land: Terrain) {
    let p = s.p;
    const OTHER: [Terrain; 8] = [
        Terrain::Mountain,
        Terrain::Karst,
        Terrain::OldTown,
        Terrain::Lake,
        Terrain::Terraces,
        Terrain::Sandstone,
        Terrain::Village,
        Terrain::Bridge,
    ];
    let mut beyond = s.s.pick(&OTHER);
    if beyond == land {
        beyond = Terrain::River;
    }
    let horizon = s.s.range(90, 180);
    s.sky(horizon);
    s.ranges(horizon + 24, 80, 2);
    terrain::hint(s, beyond, horizon + 50);
    s.mist(horizon + 46, 24, 70);
    let (near, mid) = (p.near.mix(p.mid, 55), p.mid.mix(p.far, 20));
    s.ground(horizon + 80, mid, near);
    terrain::hint(s, land, horizon + 140);
    s.ground(horizon + 150, near.mix(mid, 30), p.near);
    let way = s.s.pick(&[-1, 1]);
    let (x, y) = (320 - way * s.s.range(60, 190), horizon + 56);
    let (a, b, c) = (s.s.range(120, 200), s.s.range(160, 240), s.s.range(60, 160));
    let third = (390 - y) / 3;
    let turns =
        [(x, y), (x + way * a, y + third * 7 / 10), (x + way * (a - b), y + third * 17 / 10), (x + way * (a - b + c), 384)];
    let d = format!(
        "M{x} {y}C{} {} {} {} {} {}S{} {} {} {}S{} {} {} {}",
        x + way * a / 2,
        y,
        turns[1].0,
        y + third / 5,
        turns[1].0,
        turns[1].1,
        turns[2].0,
        turns[2].1 - third / 2,
        turns[2].0,
        turns[2].1,
        turns[3].0,
        turns[3].1 - third / 3,
        turns[3].0,
        turns[3].1
    );
    s.c.line(&d, p.deep, 10);
    s.c.line(&d, PAPER, 7);
    s.c.dashes(&d, VERMILION, 2.6, "9 8");
    for (i, (x, y)) in turns.into_iter().enumerate() {
        let r = 8 + i as i32 * 2;
        s.c.disc(x, y, r + 4, PAPER);
        s.c.disc(x, y, r, VERMILION);
        s.c.disc(x, y, r / 3, PAPER);
    }
    let (flag_x, flag_y) = turns[0];
    s.c.line(&format!("M{flag_x} {flag_y}v-44"), p.deep, 3);
    s.c.fill(&format!("M{flag_x} {}q14-8 22 0t18-2v20q-10 6-18 2t-22 0z", flag_y - 44), VERMILION);
}

/// A ticket with its country on it and a band of brocade.
fn ticket(s: &mut Scene, land: Terrain) {
    let p = s.p;
    let ground = s.s.pick(&[p.mid, p.near, p.far, p.bloom.mix(p.mid, 50)]);
    let paint = s.c.fade(ground, ground.mix(p.deep, 35));
    s.c.fill("M0 0H640V400H0z", paint);
    s.c.faint("M0 60l60 60l60-60l60 60l60-60l60 60l60-60l60 60l60-60l60 60l60-60l60 60M0 300l60 60l60-60l60 60l60-60l60 60l60-60l60 60l60-60l60 60l60-60l60 60", p.pale(), 3, 22);
    let tilt = s.s.range(-6, 6);
    s.c.group(&format!("transform=\"rotate({tilt} 320 200)\""));
    let outline = "M70 76H570V170a30 30 0 0 0 0 60V324H70V230a30 30 0 0 0 0-60z";
    s.c.group("transform=\"translate(8 10)\"");
    s.c.wash(outline, INK, 30);
    s.c.end();
    s.c.fill(outline, PAPER);
    s.c.within(outline);
    s.c.group("transform=\"translate(70 76)scale(.62)\"");
    view(s, land, s.s.range(150, 220));
    s.c.end();
    s.c.fill("M436 70h150v260H436z", PAPER);
    let cloth = s.s.pick(&[0x7a2430, 0x233d6b, 0x24423f, 0x3a2352]);
    brocade(s, 60, 282, 384, 36, Rgb(cloth));
    s.c.end();
    s.c.dashes("M436 84V318", p.deep, 4, "1 12");
    let (cx, cy) = (500, 200);
    match s.s.range(0, 2) {
        0 => s.c.line(
            &format!("M{} {cy}a34 34 0 0 1 68 0a34 34 0 0 1-68 0M{} {}h28v28h-28z", cx - 34, cx - 14, cy - 14),
            VERMILION,
            7,
        ),
        1 => s.c.inked(
            &format!("M{cx} {}l40 44l-40 44l-40-44zM{cx} {}l18 20l-18 20l-18-20z", cy - 44, cy - 20),
            "none",
            VERMILION,
            7,
        ),
        _ => {
            s.c.fill(&format!("M{} {}q-26 28 0 56h44q26-28 0-56z", cx - 22, cy - 30), VERMILION);
            s.c.line(&format!("M{} {}h44m-44 56h44m-22 2v24m-22-110q22-20 44 0", cx - 22, cy - 30), p.lit(0xd9a52e), 6);
        }
    }
    s.c.end();
}
