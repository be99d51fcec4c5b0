//! What a match of words is worth, and what counts beside the words. One table for every engine that searches.

use crate::listing::Kind;

/// Where a text stands in a listing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Titles, aliases and keywords.
    Title,
    /// Names around it: its regions, its kind, its tags, stops, brands.
    Names,
    Summary,
    Body,
}

impl Part {
    pub const ALL: [Part; 4] = [Part::Title, Part::Names, Part::Summary, Part::Body];
}

/// In which form it is looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Words of Chinese and the shorter words in them. No positions: they overlap, so phrases are asked of `Grams`.
    Words,
    /// Single characters and pairs, with positions: nothing is unfindable, and a phrase is a row of pairs.
    Grams,
    /// Character, syllables and first letter of each character at one position, and pairs of syllables: pinyin, and what is typed
    /// half and half.
    Sound,
    /// First letters of the syllables from the start of each word on: `fh`, `fhg`, `fhgc`, `gc`.
    Initials,
    /// Latin words as written and without their endings, at one position.
    English,
}

impl Form {
    pub const ALL: [Form; 5] = [Form::Words, Form::Grams, Form::Sound, Form::Initials, Form::English];
}

/// What a match is worth. A pair that is not here is not indexed: long texts are not found by sound.
pub const WEIGHTS: &[(Part, Form, f32)] = &[
    (Part::Title, Form::Words, 6.0),
    (Part::Title, Form::Grams, 3.0),
    (Part::Title, Form::Sound, 4.0),
    (Part::Title, Form::Initials, 3.0),
    (Part::Title, Form::English, 5.0),
    (Part::Names, Form::Words, 2.0),
    (Part::Names, Form::Grams, 1.0),
    (Part::Names, Form::Sound, 1.5),
    (Part::Names, Form::Initials, 0.6),
    (Part::Names, Form::English, 2.0),
    (Part::Summary, Form::Words, 0.6),
    (Part::Summary, Form::Grams, 0.3),
    (Part::Summary, Form::English, 0.6),
    (Part::Body, Form::Words, 0.6),
    (Part::Body, Form::Grams, 0.3),
    (Part::Body, Form::English, 0.6),
];

/// Added where the whole query is a title, in characters, pinyin or English. Far above what weights and rarity come to …
pub const EXACT_TITLE: f32 = 10_000.0;
/// … and where a title begins with it.
pub const TITLE_START: f32 = 1_000.0;

/// The whole term in one piece, against its words apart.
pub const IN_ONE_PIECE: f32 = 5.0;
/// The words of a name apart, where the name as a whole is somebody's.
pub const PARTS_OF_A_NAME: f32 = 0.5;
/// What only has another name of what was asked for.
pub const RELATED: f32 = 0.05;
pub const MOST_BEARERS: usize = 4;
pub const MOST_NAMES: usize = 8;
/// A word that only begins as typed, against the word itself.
pub const BEGUN: f32 = 0.6;
/// Another word for what was typed, against the word itself.
pub const SYNONYM: f32 = 0.5;

/// What a listing is worth in other places than its best, against that.
pub const TIE_BREAKER: f32 = 0.1;

/// Of listings that match the words equally well.
pub const KIND_PRIORS: [(Kind, f32); 7] = [
    (Kind::Place, 1.10),
    (Kind::Experience, 1.06),
    (Kind::Stay, 1.04),
    (Kind::Heritage, 1.03),
    (Kind::Route, 1.02),
    (Kind::Product, 1.01),
    (Kind::Offer, 0.96),
];
/// What the state has graded is what most people mean.
const GRADES: [(&str, f32); 4] = [("5A", 1.24), ("4A", 1.16), ("3A", 1.06), ("", 1.04)];
/// What is well founded and filled in stands before what is not.
pub const BEST_QUALITY: f32 = 0.04;
pub const IN_SEASON: f32 = 1.03;
/// What is made up stands behind what is real.
pub const SAMPLE: f32 = 0.85;
pub const OVER: f32 = 0.3;
/// Where a region's name alone is asked for, how often it is named says little.
const NAMED: f32 = 0.12;

/// What a grade counts for.
pub fn grade_prior(grade: &str) -> f32 {
    GRADES.iter().find(|(start, _)| grade.starts_with(start)).map_or(1.0, |(_, prior)| *prior)
}

/// How well the words match, leveled where they are only the name of a region.
pub fn leveled(score: f32, names_a_region: bool) -> f32 {
    // a title in whole or from its start stays far above
    if names_a_region && score < TITLE_START { 1.0 + NAMED * score.max(0.0).ln_1p() } else { score }
}

/// Places in which one county and kind may stand before others have their turn.
const IN_A_ROW: u32 = 3;
/// Each one beyond them is worth so much less.
const REPEATED: f32 = 0.93;

/// The order of the first hits again, so that they are not all of one kind in one county. `key` says what is alike. A whole title
/// keeps its place.
pub fn spread<T: Copy, K: PartialEq>(hits: &mut [T], score: impl Fn(&T) -> f32, key: impl Fn(&T) -> K) {
    let mut rest: Vec<(T, f32, K)> = hits.iter().map(|hit| (*hit, score(hit), key(hit))).collect();
    let mut placed: Vec<(K, u32)> = Vec::new();
    for place in hits.iter_mut() {
        let worth = |(_, score, key): &(T, f32, K)| {
            let before = placed.iter().find(|(known, _)| known == key).map_or(0, |(_, count)| *count);
            let beyond = before.saturating_sub(IN_A_ROW - 1);
            if *score >= TITLE_START / 4.0 { *score } else { score * REPEATED.powi(beyond as i32) }
        };
        let mut best = 0;
        for i in 1..rest.len() {
            if worth(&rest[i]) > worth(&rest[best]) {
                best = i;
            }
        }
        let (hit, _, key) = rest.remove(best);
        *place = hit;
        match placed.iter_mut().find(|(known, _)| *known == key) {
            Some((_, count)) => *count += 1,
            None => placed.push((key, 1)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_are_not_all_alike() {
        let mut hits = [(1, 'a'), (2, 'a'), (3, 'a'), (4, 'a'), (5, 'b'), (6, 'a')];
        spread(&mut hits, |(n, _)| 10.0 - 0.1 * *n as f32, |(_, key)| *key);
        assert_eq!(hits.map(|(n, _)| n), [1, 2, 3, 5, 4, 6]);
        let mut titles = [(1, 'a'), (2, 'a'), (3, 'a'), (4, 'a'), (5, 'b')];
        spread(&mut titles, |(n, _)| 10_000.0 - *n as f32, |(_, key)| *key);
        assert_eq!(titles.map(|(n, _)| n), [1, 2, 3, 4, 5], "whole titles keep their places");
    }
}
