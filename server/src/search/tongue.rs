//! The large tables, as the rules of `domain` ask for them.

use std::ops::Range;

use domain::search::tongue::Tongue;

use super::{analysis, fold, pinyin};

pub struct Tables;

impl Tongue for Tables {
    fn fold(&self, c: char) -> char {
        fold::fold_char(c)
    }

    fn words(&self, han: &str) -> Vec<Range<usize>> {
        analysis::words(han)
    }

    fn is_spelt(&self, letters: &str) -> bool {
        !pinyin::spellings(letters).is_empty()
    }
}
