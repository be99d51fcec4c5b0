//! The sounds of Hunan, worked out once for every syllable.

use std::collections::HashMap;
use std::sync::OnceLock;

use domain::search::sounds::accents_of;
pub use domain::search::sounds::{Accent, misreadings};

use super::pinyin::syllables;

/// How a syllable may be spelt by one who says it as in Hunan; the syllable itself first, at no cost.
pub fn accents(syllable: &str) -> &'static [Accent] {
    static TABLE: OnceLock<HashMap<&'static str, Vec<Accent>>> = OnceLock::new();
    let table = TABLE.get_or_init(|| syllables().iter().map(|syllable| (*syllable, accents_of(syllable))).collect());
    table.get(syllable).map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_are_said_as_in_hunan() {
        let said = |syllable: &str| accents(syllable).iter().map(|(spelt, _)| spelt.as_str()).collect::<Vec<_>>();
        assert!(said("hu").contains(&"fu") && said("nan").contains(&"lan"));
        assert!(said("shi").contains(&"si") && said("cheng").contains(&"cen"));
        assert!(said("ping").contains(&"pin") && said("ning").contains(&"lin") && said("ning").contains(&"ling"));
        assert_eq!(accents("zhang")[0], ("zhang".to_owned(), 0));
        assert!(accents("nobody").is_empty());
    }
}
