//! Money is integer fen. There is no float anywhere near it.

use std::fmt;

use serde::{Deserialize, Serialize};

/// An amount of 0.01 yuan each; `Fen(16_800)` is ¥168.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Fen(pub i64);

impl Fen {
    /// A million yuan. Nothing in the catalogue costs more; whatever says so has lost its decimal point.
    pub const MOST: Fen = Fen(100_000_000);
}

impl fmt::Display for Fen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (yuan, fen) = (self.0.unsigned_abs() / 100, self.0.unsigned_abs() % 100);
        if fen == 0 { write!(f, "{sign}¥{yuan}") } else { write!(f, "{sign}¥{yuan}.{fen:02}") }
    }
}

/// The bands of the price facet, in fen, half-open: `[from, to)`.
pub const PRICE_BANDS: [(&str, i64, i64); 5] = [
    ("0-100", 0, 10_000),
    ("100-200", 10_000, 20_000),
    ("200-300", 20_000, 30_000),
    ("300-500", 30_000, 50_000),
    ("500-", 50_000, i64::MAX),
];

/// Which band a price falls in: an index into [`PRICE_BANDS`].
pub fn price_band(price: Fen) -> Option<usize> {
    PRICE_BANDS.iter().position(|(_, from, to)| (*from..*to).contains(&price.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yuan_are_shown_without_needless_fen() {
        assert_eq!(Fen(16_800).to_string(), "¥168");
        assert_eq!(Fen(16_850).to_string(), "¥168.50");
        assert_eq!(Fen(5).to_string(), "¥0.05");
        assert_eq!(Fen(-100).to_string(), "-¥1");
    }

    #[test]
    fn every_price_from_nothing_up_has_exactly_one_band() {
        assert_eq!(price_band(Fen(0)), Some(0));
        assert_eq!(price_band(Fen(9_999)), Some(0));
        assert_eq!(price_band(Fen(10_000)), Some(1));
        assert_eq!(price_band(Fen(1_000_000)), Some(4));
        assert_eq!(price_band(Fen(-1)), None);
    }
}
