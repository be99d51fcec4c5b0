//! Numbers as people type them: 300, 三百, 十八.

use std::ops::Range;

fn digit(c: char) -> Option<i64> {
    match c {
        '0'..='9' => c.to_digit(10).map(i64::from),
        '〇' | '零' => Some(0),
        '一' => Some(1),
        '二' | '两' => Some(2),
        '三' => Some(3),
        '四' => Some(4),
        '五' => Some(5),
        '六' => Some(6),
        '七' => Some(7),
        '八' => Some(8),
        '九' => Some(9),
        _ => None,
    }
}

fn power(c: char) -> Option<i64> {
    match c {
        '十' => Some(10),
        '百' => Some(100),
        '千' => Some(1_000),
        _ => None,
    }
}

/// Longer numbers are names, not amounts.
const LONGEST: usize = 8;

/// The number that starts here and how many characters it takes. Digits and characters are not mixed.
pub fn number_at(text: &[char]) -> Option<(i64, usize)> {
    let digits = text.iter().take_while(|c| c.is_ascii_digit()).count();
    if digits > 0 {
        let number = text[..digits].iter().filter_map(|c| digit(*c)).fold(0i64, |n, d| n.saturating_mul(10).saturating_add(d));
        return (digits <= LONGEST).then_some((number, digits));
    }
    let length = text.iter().take_while(|c| digit(**c).is_some() || power(**c).is_some()).count();
    if length == 0 || length > LONGEST {
        return None;
    }
    let (mut sum, mut units) = (0, None);
    for c in &text[..length] {
        match (digit(*c), power(*c)) {
            (Some(d), _) if units.is_none() => units = Some(d),
            (_, Some(p)) => sum += units.take().unwrap_or(1) * p,
            // 二〇二六: a row of digits, not an amount
            _ => return None,
        }
    }
    Some((sum + units.unwrap_or(0), length))
}

/// 1 to 99 in characters: 18 is 十八.
pub fn in_characters(number: i64) -> Option<String> {
    const ONES: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let one = |n: i64| ONES[n as usize % 10];
    match number {
        1..=9 => Some(one(number).to_owned()),
        10..=19 => Some(format!("十{}", one(number % 10))),
        20..=99 => Some(format!("{}十{}", one(number / 10), one(number % 10))),
        _ => None,
    }
}

/// Where digits stand beside Han characters, and what they are in characters.
pub fn digits_in_characters(text: &[char]) -> Option<(Range<usize>, String)> {
    let start = text.iter().position(char::is_ascii_digit)?;
    let (number, length) = number_at(&text[start..])?;
    Some((start..start + length, in_characters(number)?))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn numbers_are_read_as_people_type_them() {
        let check = |text: &str, expected: Option<(i64, usize)>| {
            assert_eq!(number_at(&text.chars().collect::<Vec<_>>()), expected, "{text}");
        };
        check("300元", Some((300, 3)));
        check("三百元", Some((300, 2)));
        check("一百五十", Some((150, 4)));
        check("十八洞", Some((18, 2)));
        check("两千", Some((2_000, 2)));
        check("十二月", Some((12, 2)));
        check("二〇二六", None);
        check("元", None);
        check("99999999999", None);
    }

    proptest! {
        #[test]
        fn what_is_written_in_characters_is_read_again(n in 1i64..100) {
            let written: Vec<char> = in_characters(n).unwrap().chars().collect();
            prop_assert_eq!(number_at(&written), Some((n, written.len())));
        }

        #[test]
        fn anything_can_be_asked(text in "[0-9〇一二两三四五六七八九十百千元a ]{0,20}") {
            let chars: Vec<char> = text.chars().collect();
            if let Some((_, length)) = number_at(&chars) {
                prop_assert!(length > 0 && length <= chars.len());
            }
            let _ = digits_in_characters(&chars);
        }
    }
}
