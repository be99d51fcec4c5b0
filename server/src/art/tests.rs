//! What holds for every cover.

use std::collections::HashSet;

use domain::listing::{Confidence, Kind, Listing, Provenance, Terrain};
use domain::{ListingId, Slug, Text};
use resvg::{tiny_skia, usvg};

use super::*;

fn listing(kind: Kind, terrain: Terrain, slug: &str) -> Listing {
    let day = chrono::NaiveDate::from_ymd_opt(2026, 11, 1).unwrap();
    let at = day.and_hms_opt(0, 0, 0).unwrap().and_utc();
    Listing {
        id: ListingId::parse("x-1").unwrap(),
        slug: Slug::parse(slug).unwrap(),
        title: Text::new("凤凰古城", "Fenghuang"),
        aliases: vec![],
        keywords: vec![],
        summary: Text::zh_only("一座古城"),
        body: None,
        region: None,
        regions: vec![],
        position: None,
        terrain,
        months: Default::default(),
        tags: vec![],
        provenance: Provenance {
            source: "测试".into(),
            confidence: Confidence::Editorial,
            as_of: day,
            licence: "CC-BY-4.0".into(),
            credits: vec![],
            editorial: vec![],
        },
        sample: false,
        published_at: at,
        updated_at: at,
        details: kind.sample(),
    }
}

/// Every terrain and kind, under forty names each.
fn many() -> impl Iterator<Item = Listing> {
    Terrain::ALL.iter().flat_map(|&terrain| {
        Kind::ALL.iter().flat_map(move |&kind| (0..40).map(move |i| listing(kind, terrain, &format!("place-{i}"))))
    })
}

#[test]
fn every_cover_is_small_and_well_formed() {
    for listing in many() {
        let svg = cover(&listing);
        let what = format!("{} {} {}", listing.kind(), listing.terrain.code(), listing.slug);
        assert!(svg.len() <= LIMIT, "{what}: {} bytes", svg.len());
        if let Err(problem) = usvg::Tree::from_str(&svg, &usvg::Options::default()) {
            panic!("{what}: {problem}\n{svg}");
        }
    }
}

#[test]
fn no_cover_loses_a_stroke_to_the_limit() {
    let mut short = Vec::new();
    for listing in many() {
        let lost = draw(&listing).left_out();
        if lost > 0 {
            short.push(format!("{} {} {}: {lost}", listing.kind(), listing.terrain.code(), listing.slug));
        }
    }
    assert!(short.is_empty(), "{} covers are cut short:\n{}", short.len(), short.join("\n"));
}

#[test]
fn covers_carry_no_text_style_or_script() {
    for listing in many() {
        let svg = cover(&listing);
        for unwanted in ["style=", "<text", "<script", "<style", "<image", "http://", "https://"] {
            let found = svg.matches(unwanted).count();
            let allowed = usize::from(unwanted == "http://"); // the namespace
            assert_eq!(found, allowed, "{unwanted} in {svg}");
        }
    }
}

#[test]
fn outlines_hold_only_what_svg_knows() {
    // A number written with two signs still parses in part, and the rest of the outline is silently lost.
    for listing in many() {
        let svg = cover(&listing);
        for d in svg.split(" d=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            assert!(!d.contains("--") && !d.contains("{}"), "{} {}: {d}", listing.kind(), listing.terrain.code());
        }
    }
}

#[test]
fn a_cover_is_the_same_every_time() {
    for &terrain in Terrain::ALL {
        let one = listing(Kind::Place, terrain, "feng-yu");
        assert_eq!(cover(&one), cover(&one.clone()));
    }
}

#[test]
fn a_cover_depends_on_the_name_but_not_on_the_words_of_the_summary() {
    let one = listing(Kind::Place, Terrain::Karst, "a");
    let mut reworded = one.clone();
    reworded.summary = Text::zh_only("换了说法");
    assert_eq!(cover(&one), cover(&reworded));
}

#[test]
fn names_terrains_and_kinds_are_told_apart() {
    let all: Vec<String> = many().map(|listing| cover(&listing)).collect();
    let different: HashSet<&String> = all.iter().collect();
    assert_eq!(different.len(), all.len());
}

#[test]
fn a_title_cannot_break_out_of_the_picture() {
    let mut one = listing(Kind::Place, Terrain::Lake, "x");
    one.title = Text::zh_only("<b>\"洞庭\" & 岳阳</b>");
    let svg = cover(&one);
    assert!(svg.contains("<title>&lt;b&gt;&quot;洞庭&quot; &amp; 岳阳&lt;/b&gt;（手绘封面：湖泽）</title>"), "{svg}");
}

#[test]
fn the_longest_title_still_fits() {
    for &terrain in Terrain::ALL {
        let mut one = listing(Kind::Product, terrain, "x");
        one.title = Text::zh_only("\"".repeat(2_000));
        assert!(cover(&one).len() <= LIMIT);
    }
}

#[test]
fn the_text_alternative_says_what_is_drawn() {
    assert_eq!(alt(&listing(Kind::Place, Terrain::OldTown, "x"), Lang::Zh), "凤凰古城（手绘封面：古镇古城）");
    assert_eq!(alt(&listing(Kind::Stay, Terrain::OldTown, "x"), Lang::En), "Fenghuang (drawn cover: Stays, Old town)");
}

#[test]
fn every_object_is_drawn_well_formed() {
    for object in motif::Object::ALL {
        for i in 0..12 {
            let seed = Seed::of(&[&i.to_string()]);
            let palette = palette::choose(&seed, Default::default(), Light::Free);
            let mut scene = Scene { c: Canvas::new(WIDTH, HEIGHT, "", 0), s: seed, p: palette };
            object.draw(&mut scene);
            assert_eq!(scene.c.left_out(), 0);
            let svg = scene.c.finish();
            assert!(svg.len() < 2_100, "{object:?} leaves no room for its country: {}", svg.len());
            assert!(!svg.contains("--"), "{object:?}: {svg}");
            usvg::Tree::from_str(&svg, &usvg::Options::default()).unwrap_or_else(|problem| panic!("{object:?}: {problem}"));
        }
    }
}

#[test]
fn a_bitmap_is_filled_to_its_edges() {
    let png = cover_png(&listing(Kind::Place, Terrain::Sandstone, "x"), 1200, 630).unwrap();
    let pixels = tiny_skia::Pixmap::decode_png(&png).unwrap();
    assert_eq!((pixels.width(), pixels.height()), (1200, 630));
    let colours: HashSet<[u8; 3]> = pixels.pixels().iter().map(|p| [p.red(), p.green(), p.blue()]).collect();
    assert!(colours.len() > 100, "{} colours", colours.len());
    assert!(pixels.pixels().iter().all(|p| p.alpha() == 255), "nothing is left empty");
}

#[test]
fn impossible_sizes_are_refused() {
    let one = listing(Kind::Place, Terrain::River, "x");
    assert!(matches!(cover_png(&one, 0, 630), Err(ArtError::Size { .. })));
    assert!(matches!(cover_png(&one, 1200, 90_000), Err(ArtError::Size { .. })));
}
