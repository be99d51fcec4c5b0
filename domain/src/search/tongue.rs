//! What the rules must be told of the languages: it stands in tables too large for everybody. The server has them whole, a pack
//! carries what is needed of them.

use std::ops::Range;

pub trait Tongue {
    /// The one form of a character, whichever way it is written. Folding twice is folding once.
    fn fold(&self, c: char) -> char;

    /// Words of a folded Han run, as ranges of its characters: a cover of the run without overlaps.
    fn words(&self, han: &str) -> Vec<Range<usize>>;

    /// Whether letters are whole syllables in a row.
    fn is_spelt(&self, letters: &str) -> bool;
}
