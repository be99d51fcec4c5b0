//! The land of each terrain, in several compositions each.

mod high;
mod hills;
mod hint;
mod limestone;
mod mountain;
mod old;
mod rock;
mod rural;
mod urban;
mod wet;

use domain::listing::Terrain;

use super::scene::Scene;

pub use hint::hint;

/// Sky and land, the whole width and height of the picture.
pub fn draw(scene: &mut Scene, terrain: Terrain) {
    // Every composition also exists the other way round.
    let turned = scene.s.chance(50);
    if turned {
        scene.c.group("transform=\"matrix(-1 0 0 1 640 0)\"");
    }
    land(scene, terrain);
    if turned {
        scene.c.end();
    }
}

fn land(scene: &mut Scene, terrain: Terrain) {
    match terrain {
        Terrain::Sandstone => rock::sandstone(scene),
        Terrain::Danxia => rock::danxia(scene),
        Terrain::Karst => limestone::karst(scene),
        Terrain::Cave => limestone::cave(scene),
        Terrain::Terraces => hills::terraces(scene),
        Terrain::TeaHills => hills::tea(scene),
        Terrain::Lake => wet::lake(scene),
        Terrain::River => wet::river(scene),
        Terrain::Bridge => old::bridge(scene),
        Terrain::OldTown => old::town(scene),
        Terrain::Red => urban::red(scene),
        Terrain::City => urban::city(scene),
        Terrain::Mountain => mountain::mountain(scene),
        Terrain::Village => rural::village(scene),
        Terrain::Grassland => high::grassland(scene),
    }
}
