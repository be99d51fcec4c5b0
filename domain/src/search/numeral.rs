//! Numbers as people type them: 300, 三百, 十八; and amounts: 1,500, 1.5万, 两千五, 3k.

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
        '万' => Some(WAN),
        _ => None,
    }
}

const WAN: i64 = 10_000;

/// Longer numbers are names, not amounts.
const LONGEST: usize = 8;
const LONGEST_IN_CHARACTERS: usize = 12;

/// A number of anything that can be counted or paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Amount {
    /// Never negative.
    pub hundredths: i64,
    /// Written with 百, 千, 万 or k.
    pub scaled: bool,
    /// Its last digit counts tenths of the unit before it: 一千五 is 1,500.
    pub colloquial: bool,
}

impl Amount {
    pub fn of(whole: i64) -> Self {
        Amount { hundredths: whole.saturating_mul(100), scaled: false, colloquial: false }
    }

    /// None for 1.5.
    pub fn whole(self) -> Option<i64> {
        (self.hundredths % 100 == 0).then_some(self.hundredths / 100)
    }
}

/// The number that starts here and how many characters it takes. Digits and characters are not mixed.
pub fn number_at(text: &[char]) -> Option<(i64, usize)> {
    let digits = digits(text);
    if digits > 0 {
        return (digits <= LONGEST).then(|| (value(&text[..digits]), digits));
    }
    let (amount, length) = characters(text)?;
    Some((amount.whole()?, length))
}

/// The amount that starts here and how many characters it takes.
pub fn amount_at(text: &[char]) -> Option<(Amount, usize)> {
    let whole = digits(text);
    if whole == 0 {
        return characters(text);
    }
    if whole > LONGEST {
        return None;
    }
    let (mut hundredths, mut length) = (value(&text[..whole]) * 100, whole);
    // 1,500,000
    for _ in 0..2 {
        let group = text.get(length + 1..).map_or(0, digits);
        if whole > 3 || text[length..].first() != Some(&',') || group != 3 {
            break;
        }
        hundredths = hundredths * 1000 + value(&text[length + 1..length + 4]) * 100;
        length += 4;
    }
    let fraction = text.get(length + 1..).map_or(0, digits);
    if text.get(length) == Some(&'.') && (1..=2).contains(&fraction) {
        let tenths = if fraction == 1 { 10 } else { 1 };
        hundredths += value(&text[length + 1..length + 1 + fraction]) * tenths;
        length += 1 + fraction;
    }
    let mut amount = Amount { hundredths, scaled: false, colloquial: false };
    if let Some((scale, letters)) = scale(&text[length..]) {
        length += letters;
        amount = Amount { hundredths: hundredths * scale, scaled: true, ..amount };
        // 1万2, 1万2千
        if let Some((rest, more)) = rest_of(&text[length..], scale) {
            length += more;
            amount.hundredths += rest.hundredths;
            amount.colloquial = rest.colloquial;
        }
    }
    Some((amount, length))
}

fn digits(text: &[char]) -> usize {
    text.iter().take_while(|c| c.is_ascii_digit()).count()
}

fn value(digits: &[char]) -> i64 {
    digits.iter().filter_map(|c| digit(*c)).fold(0i64, |n, d| n.saturating_mul(10).saturating_add(d))
}

/// What digits are multiplied by: 3千, 1.5万, 3k.
fn scale(text: &[char]) -> Option<(i64, usize)> {
    let alone = !text.get(1).is_some_and(char::is_ascii_alphanumeric);
    match *text.first()? {
        c @ ('百' | '千' | '万') => Some((power(c)?, 1)),
        'k' if alone => Some((1_000, 1)),
        'w' if alone => Some((WAN, 1)),
        _ => None,
    }
}

/// What follows digits with a scale and belongs to them.
fn rest_of(text: &[char], scale: i64) -> Option<(Amount, usize)> {
    let (rest, length) = match digits(text) {
        0 => characters(text)?,
        1 => match text.get(1).and_then(|c| power(*c)) {
            Some(power) => (Amount::of(value(&text[..1]) * power), 2),
            None => (Amount::of(value(&text[..1])), 1),
        },
        _ => return None,
    };
    match length {
        // 一万两天: two days
        1 if text[0] == '两' || digit(text[0]).is_none() => None,
        1 => Some((Amount { hundredths: rest.hundredths * scale / 10, colloquial: true, ..rest }, 1)),
        _ => (rest.hundredths < scale.saturating_mul(100)).then_some((rest, length)),
    }
}

/// A number in characters: 十八, 一千零五十, 一万二.
fn characters(text: &[char]) -> Option<(Amount, usize)> {
    let length = text.iter().take_while(|c| !c.is_ascii_digit() && (digit(**c).is_some() || power(**c).is_some())).count();
    if length == 0 || length > LONGEST_IN_CHARACTERS {
        return None;
    }
    // tens of thousands, what is below them, and a digit that waits for its unit
    let (mut above, mut sum, mut waiting) = (0i64, 0i64, None);
    let (mut last, mut zero) = (None, false);
    for (i, c) in text[..length].iter().enumerate() {
        match (digit(*c), power(*c)) {
            // 二〇二六: a row of digits, not an amount
            (Some(_), _) if waiting.is_some() => return None,
            (Some(0), _) if i > 0 => zero = true,
            (Some(d), _) => waiting = Some(d),
            (None, Some(WAN)) => {
                sum += waiting.take().unwrap_or(0);
                if sum == 0 || above > 0 {
                    return None;
                }
                (above, sum, last, zero) = (sum * WAN, 0, Some(WAN), false);
            }
            (None, Some(power)) => {
                let bare = i == 0 || power == 10;
                let smaller = last.is_none_or(|last| power < last);
                let count = waiting.take().or(bare.then_some(1)).filter(|_| smaller)?;
                (sum, last, zero) = (sum + count * power, Some(power), false);
            }
            (None, None) => return None,
        }
    }
    let scaled = last.is_some_and(|last| last >= 100);
    let colloquial = scaled && !zero && waiting.is_some();
    // nobody says 一万两 for 12,000: the 两 begins what comes next
    if last.is_some() && waiting.is_some() && text[length - 1] == '两' {
        return Some((Amount { scaled, ..Amount::of(above + sum) }, length - 1));
    }
    let tenth = last.filter(|_| colloquial).map_or(1, |last| last / 10);
    let whole = above + sum + waiting.unwrap_or(0) * tenth;
    Some((Amount { scaled, colloquial, ..Amount::of(whole) }, length))
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
        check("三百五", Some((350, 3)));
        check("一千五百", Some((1_500, 4)));
        check("一千零五十", Some((1_050, 5)));
        check("一千零五", Some((1_005, 4)));
        check("一万二", Some((12_000, 3)));
        check("一万两天", Some((10_000, 2)));
        check("十二万三千四百五十六", Some((123_456, 10)));
        check("二〇二六", None);
        check("百十千", None);
        check("万", None);
        check("元", None);
        check("99999999999", None);
    }

    #[test]
    fn amounts_are_read_as_people_type_them() {
        let check = |text: &str, expected: Option<(i64, usize)>| {
            let found = amount_at(&text.chars().collect::<Vec<_>>());
            assert_eq!(found.map(|(amount, length)| (amount.hundredths, length)), expected, "{text}");
        };
        check("1500元", Some((150_000, 4)));
        check("1,500", Some((150_000, 5)));
        check("1,500,000", Some((150_000_000, 9)));
        check("1500,300", Some((150_000, 4)));
        check("99.5元", Some((9_950, 4)));
        check("1.5万元", Some((1_500_000, 4)));
        check("1万2", Some((1_200_000, 3)));
        check("1万2千", Some((1_200_000, 4)));
        check("1万两天", Some((1_000_000, 2)));
        check("3千5", Some((350_000, 3)));
        check("3k", Some((300_000, 2)));
        check("3km", Some((300, 1)));
        check("两千五", Some((250_000, 3)));
        check("万福", None);
    }

    proptest! {
        #[test]
        fn what_is_written_in_characters_is_read_again(n in 1i64..100) {
            let written: Vec<char> = in_characters(n).unwrap().chars().collect();
            prop_assert_eq!(number_at(&written), Some((n, written.len())));
        }

        #[test]
        fn anything_can_be_asked(text in "[0-9〇零一二两三四五六七八九十百千万元akw,. ]{0,20}") {
            let chars: Vec<char> = text.chars().collect();
            if let Some((number, length)) = number_at(&chars) {
                prop_assert!(number >= 0 && length > 0 && length <= chars.len());
            }
            if let Some((amount, length)) = amount_at(&chars) {
                prop_assert!(amount.hundredths >= 0 && length > 0 && length <= chars.len());
            }
            let _ = digits_in_characters(&chars);
        }
    }
}
