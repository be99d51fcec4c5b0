//! A terrain in one line of country: what stands on the horizon behind things.

use domain::listing::Terrain;

use super::super::scene::{Lie, Scene};
use super::{high, hills, limestone, old, rock, rural, urban};

/// A short drawing of the terrain, standing on `y`.
pub fn hint(s: &mut Scene, land: Terrain, y: i32) {
    let (far, mid, near, deep, wall) = (s.p.far, s.p.mid, s.p.near, s.p.deep, s.p.wall);
    match land {
        Terrain::Sandstone => {
            rock::columns(s, y + 20, 190, 52, mid);
            s.mist(y - 10, 26, 70);
        }
        Terrain::Danxia => {
            let red = s.p.lit(0xc0553a);
            for i in 0..3 {
                let (x, h) = (i * 220 - 60 + s.s.range(-40, 40), s.s.range(90, 150));
                rock::bluff(s, x, y + 20, 240, h, red.mix(far, 30 - i * 10), 3);
            }
        }
        Terrain::Karst => {
            limestone::cones(s, y + 10, 130, 130, Lie::Level, mid);
            s.water(y + 6, 400);
        }
        Terrain::Cave => limestone::teeth(s, 24, 150, 70, true, deep.mix(near, 30)),
        Terrain::Terraces => {
            hills::knoll(s, 180, y + 30, 250, 90, 6);
            hills::knoll(s, 510, y + 44, 230, 80, 5);
        }
        Terrain::TeaHills => {
            hills::planted(s, -120, y + 20, 520, 90, 15, 40);
            hills::planted(s, 240, y + 40, 560, 110, 18, 10);
        }
        Terrain::Lake => {
            s.water(y - 20, 400);
            let x = s.s.range(60, 200);
            s.sail(x, y + 20, 50, wall);
            s.sail(x + 330, y + 4, 34, wall);
            s.reeds(s.s.pick(&[40, 600]), 8, 170);
        }
        Terrain::River => {
            s.water(y, 400);
            s.copse(-10, y, 300, near);
            let x = s.s.range(60, 460);
            s.boat(x, y + 34, 96);
        }
        Terrain::Bridge => {
            s.water(y + 10, 400);
            old::covered_bridge(s, y, -20, 660, 3, 46);
        }
        Terrain::OldTown => old::roofs(s, y + 10, 2, 84),
        Terrain::Red => {
            s.firs(-10, 650, y + 10, 60, near);
            let x = s.s.pick(&[90, 150, 480, 540]);
            s.c.fill(&format!("M{} {}l8-130l10-12l10 12l8 130z", x - 18, y + 20), wall);
            s.c.fill(&urban::star(x, y - 80, 11), super::super::palette::VERMILION);
        }
        Terrain::Mountain => {
            let lie = s.lie();
            let d = s.crest(y + 40, 130, 4, lie);
            s.misted(&d, near);
            s.firs(-10, 650, y + 50, 30, near.mix(deep, 40));
        }
        Terrain::Village => {
            s.ground(y, mid, near);
            let (x, gables) = (s.s.range(40, 240), s.s.chance(50));
            rural::hamlet(s, x, y + 14, 5, 70, gables);
            s.tree(x - 60, y + 20, 34, true);
        }
        Terrain::City => {
            urban::blocks(s, y + 10, 130, 50, mid, true);
            s.water(y + 6, 400);
        }
        Terrain::Grassland => {
            let d = s.hills(y + 60, 90, 2, Lie::Open);
            s.misted(&d, near.mix(mid, 30));
            high::turbine(s, 110, y + 30, 100);
            high::turbine(s, 540, y + 20, 80);
        }
    }
}
