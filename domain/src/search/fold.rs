//! One form for every way of writing the same thing, as far as it needs no table of characters.

use std::ops::Range;

/// The block of common Han characters.
pub const HAN: Range<u32> = 0x4e00..0xa000;

/// Lower-case, half-width, without accents: one character for one character, so that positions hold. `simplified` is asked about
/// characters of [`HAN`].
pub fn fold_char(c: char, simplified: impl FnOnce(char) -> char) -> char {
    match c {
        '\0'..='\x7f' => c.to_ascii_lowercase(),
        '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).map_or(c, |half| half.to_ascii_lowercase()),
        _ if HAN.contains(&(c as u32)) => simplified(c),
        _ => without_accent(lower(c)),
    }
}

fn lower(c: char) -> char {
    let mut lower = c.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(one), None) => one,
        _ => c,
    }
}

/// Letters with the tone marks of pinyin, and the accents of names. ü is v, as pinyin is typed.
fn without_accent(c: char) -> char {
    match c {
        'ā' | 'á' | 'ǎ' | 'à' | 'â' | 'ä' | 'ã' | 'å' => 'a',
        'ē' | 'é' | 'ě' | 'è' | 'ê' | 'ë' => 'e',
        'ī' | 'í' | 'ǐ' | 'ì' | 'î' | 'ï' => 'i',
        'ō' | 'ó' | 'ǒ' | 'ò' | 'ô' | 'ö' | 'õ' => 'o',
        'ū' | 'ú' | 'ǔ' | 'ù' | 'û' => 'u',
        'ǖ' | 'ǘ' | 'ǚ' | 'ǜ' | 'ü' => 'v',
        'ñ' | 'ń' | 'ň' | 'ǹ' => 'n',
        'ç' => 'c',
        _ => c,
    }
}
