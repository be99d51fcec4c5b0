//! Drawn covers: a small picture for every listing that has no photograph, the same for ever from its terrain and its
//! slug, never longer than [`LIMIT`] bytes. Nothing here reads a clock, a file or the network.

mod buildings;
mod layout;
mod motif;
mod palette;
mod plants;
mod scene;
mod seed;
mod sky;
mod svg;
mod terrain;
#[cfg(test)]
mod tests;

use domain::Lang;
use domain::listing::{Kind, Listing};
use resvg::{tiny_skia, usvg};

use palette::Light;
use scene::{HEIGHT, Scene, WIDTH};
use seed::Seed;
use svg::Canvas;

pub use svg::LIMIT;

/// Why there is no bitmap of a cover.
#[derive(Debug, thiserror::Error)]
pub enum ArtError {
    #[error("a picture cannot be {width} × {height} pixels")]
    Size { width: u32, height: u32 },
    #[error("the drawing cannot be read: {0}")]
    Drawing(#[from] usvg::Error),
    #[error("the bitmap cannot be written: {0}")]
    Bitmap(String),
}

/// The cover as SVG, 640 × 400, at most [`LIMIT`] bytes, the same for the same listing.
pub fn cover(listing: &Listing) -> String {
    draw(listing).finish()
}

/// The cover as PNG. The picture fills the size, cut at the edges where the shape differs: 1200 × 630 for Open Graph.
pub fn cover_png(listing: &Listing, width: u32, height: u32) -> Result<Vec<u8>, ArtError> {
    const LARGEST: u32 = 4_096;
    let refused = ArtError::Size { width, height };
    if width > LARGEST || height > LARGEST {
        return Err(refused);
    }
    let mut pixels = tiny_skia::Pixmap::new(width, height).ok_or(refused)?;
    let tree = usvg::Tree::from_str(&cover(listing), &usvg::Options::default())?;
    let (across, down) = (width as f32 / WIDTH as f32, height as f32 / HEIGHT as f32);
    let scale = across.max(down);
    let place = tiny_skia::Transform::from_scale(scale, scale)
        .post_translate((width as f32 - WIDTH as f32 * scale) / 2.0, (height as f32 - HEIGHT as f32 * scale) / 2.0);
    resvg::render(&tree, place, &mut pixels.as_mut());
    pixels.encode_png().map_err(|problem| ArtError::Bitmap(problem.to_string()))
}

/// What the cover shows, for those who do not see it: `凤凰古城（手绘封面：古镇古城）`.
pub fn alt(listing: &Listing, lang: Lang) -> String {
    let (title, terrain) = (listing.title.get(lang), listing.terrain.label(lang));
    match (lang, listing.kind()) {
        (Lang::Zh, Kind::Place) => format!("{title}（手绘封面：{terrain}）"),
        (Lang::En, Kind::Place) => format!("{title} (drawn cover: {terrain})"),
        (Lang::Zh, kind) => format!("{title}（手绘封面：{}，{terrain}）", kind.label(lang)),
        (Lang::En, kind) => format!("{title} (drawn cover: {}, {terrain})", kind.label(lang)),
    }
}

fn draw(listing: &Listing) -> Canvas {
    /// A title longer than a page allows is cut here, so that the picture keeps its room.
    const LONGEST_TITLE: usize = 120;
    let seed = Seed::of(&[listing.terrain.code(), listing.slug.as_str()]);
    let mark = seed.range(0, 0xfff) as u32;
    let light = if listing.kind() == Kind::Stay { Light::Evening } else { Light::Free };
    let palette = palette::choose(&seed, listing.months, light);
    let title: String = alt(listing, Lang::Zh).chars().take(LONGEST_TITLE).collect();
    let mut scene = Scene { c: Canvas::new(WIDTH, HEIGHT, &title, mark), s: seed, p: palette };
    layout::print(&mut scene, listing);
    scene.c
}
