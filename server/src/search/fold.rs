//! One form for every way of writing the same thing.

use std::sync::OnceLock;

use domain::search::fold::{self, HAN};

/// Simplified, lower-case, half-width, without accents: one character for one character, so that positions hold.
///
/// Each character is folded alone. That a few traditional characters fold differently in context (乾隆, 乾淨) is given up
/// on purpose: what is typed must meet what is written even where only a part of it was typed.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.chars().map(fold_char).collect()
}

pub(super) fn fold_char(c: char) -> char {
    fold::fold_char(c, |han| simplified()[(han as u32 - HAN.start) as usize])
}

fn simplified() -> &'static [char] {
    static TABLE: OnceLock<Vec<char>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let simplify = |c: char| fast2s::convert(c.encode_utf8(&mut [0; 4])).chars().next().unwrap_or(c);
        HAN.filter_map(char::from_u32).map(|c| variant(simplify(c))).collect()
    })
}

/// Variant forms that the table of traditional characters leaves alone.
fn variant(c: char) -> char {
    match c {
        '峯' => '峰',
        '裏' => '里',
        '羣' => '群',
        '蹟' => '迹',
        '菴' => '庵',
        '谿' => '溪',
        '湧' => '涌',
        '峝' | '峒' => '峒',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::fold;

    #[test]
    fn every_way_of_writing_is_one() {
        let check = |written: &str, folded: &str| assert_eq!(fold(written), folded);
        check("鳳凰古城", "凤凰古城");
        check("張家界國家森林公園", "张家界国家森林公园");
        check("Ｆenghuang　５Ａ", "fenghuang 5a");
        check("Fènghuáng Gǔchéng", "fenghuang gucheng");
        check("Lǜ", "lv");
        check("İ", "İ");
    }

    proptest! {
        #[test]
        fn positions_hold(text in any::<String>(), han in "[\u{4e00}-\u{9fff}a-zＡ-Ｚ]{0,20}") {
            for text in [text, han] {
                let folded = fold(&text);
                prop_assert_eq!(folded.chars().count(), text.chars().count());
                prop_assert_eq!(fold(&folded), folded);
            }
        }
    }
}
