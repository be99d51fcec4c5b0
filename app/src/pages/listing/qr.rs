//! The page's address as a QR code, drawn as one SVG path.

use std::fmt::Write;
use std::num::NonZeroUsize;
use std::sync::{Arc, LazyLock};

use qrcode::bits::encode_auto;
use qrcode::canvas::{Canvas, MaskPattern};
use qrcode::ec::construct_codewords;
use qrcode::{Color, EcLevel, QrResult};

use crate::kept::Kept;

/// Light modules that must stand around a code.
const QUIET: usize = 4;

/// The code as an SVG. None where the text is too long for any code.
pub fn svg(text: &str, label: &'static str) -> Option<Arc<str>> {
    // Some four kilobytes each.
    static CODES: LazyLock<Kept<(String, &'static str)>> =
        LazyLock::new(|| Kept::new(NonZeroUsize::new(1_000).expect("not zero")));
    let code = CODES.of((text.to_owned(), label), |(text, label)| path(text).map_or_else(String::new, |it| draw(it, label)));
    (!code.is_empty()).then_some(code)
}

/// Dark on light in both schemes: scanners ask for it.
fn draw((side, path): (usize, String), label: &str) -> String {
    format!(
        r##"<svg class="qr__code" viewBox="0 0 {side} {side}" width="200" height="200" role="img" aria-label="{label}"><rect width="{side}" height="{side}" fill="#fff"/><path d="{path}" fill="#000"/></svg>"##
    )
}

/// Side length with the quiet zone, and the dark runs as one path. None where the text is too long for any code.
fn path(text: &str) -> Option<(usize, String)> {
    let (width, modules) = modules(text, MaskPattern::Checkerboard).ok()?;
    let mut path = String::with_capacity(width * width * 4);
    for (y, row) in modules.chunks(width).enumerate() {
        let mut x = 0;
        while x < width {
            let run = row[x..].iter().take_while(|module| **module == Color::Dark).count();
            if run > 0 {
                let _ = write!(path, "M{} {}h{run}v1h-{run}z", x + QUIET, y + QUIET);
            }
            x += run.max(1);
        }
    }
    Some((width + 2 * QUIET, path))
}

/// Choosing the best of the eight masks takes fifty times as long as all the rest and longer than the whole page; the code says
/// which mask it has, so any of them can be read.
fn modules(text: &str, mask: MaskPattern) -> QrResult<(usize, Vec<Color>)> {
    let bits = encode_auto(text.as_bytes(), EcLevel::L)?;
    let version = bits.version();
    let (data, correction) = construct_codewords(&bits.into_bytes(), version, EcLevel::L)?;
    let mut canvas = Canvas::new(version, EcLevel::L);
    canvas.draw_all_functional_patterns();
    canvas.draw_data(&data, &correction);
    canvas.apply_mask(mask);
    let width = usize::try_from(version.width()).expect("a width is positive");
    Ok((width, canvas.into_colors()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_the_code_the_library_makes_but_for_the_mask() {
        const MASKS: [MaskPattern; 8] = [
            MaskPattern::Checkerboard,
            MaskPattern::HorizontalLines,
            MaskPattern::VerticalLines,
            MaskPattern::DiagonalLines,
            MaskPattern::LargeCheckerboard,
            MaskPattern::Fields,
            MaskPattern::Diamonds,
            MaskPattern::Meadow,
        ];
        let url = "https://hunan.example/en/places/fenghuang-gucheng";
        let best = qrcode::QrCode::with_error_correction_level(url, EcLevel::L).unwrap().to_colors();
        assert!(MASKS.into_iter().any(|mask| modules(url, mask).unwrap().1 == best));
    }

    #[test]
    fn the_path_draws_every_dark_module_and_leaves_the_margin() {
        let url = "https://hunan.example/places/a";
        let (side, path) = path(url).unwrap();
        let (width, modules) = modules(url, MaskPattern::Checkerboard).unwrap();
        assert_eq!(side, width + 8);
        let runs = path.split('M').skip(1).map(|run| {
            let (at, rest) = run.split_once('h').unwrap();
            let (x, _) = at.split_once(' ').unwrap();
            let length: usize = rest.split_once('v').unwrap().0.parse().unwrap();
            let x: usize = x.parse().unwrap();
            assert!(x >= QUIET && x + length <= width + QUIET);
            length
        });
        assert_eq!(runs.sum::<usize>(), modules.iter().filter(|module| **module == Color::Dark).count());
        assert!(super::path(&"x".repeat(4000)).is_none(), "too long for any code");
    }
}
