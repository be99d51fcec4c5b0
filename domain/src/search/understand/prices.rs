//! 300元以内, 200-300元, 100块以上, under 300 yuan.

use super::{Chip, Seen, starts};
use crate::search::numeral::amount_at;
use crate::{Fen, Text};

const BEFORE: [&str; 9] = ["预算", "不超过", "人均", "低于", "under", "below", "less than", "up to", "at most"];
const UNITS: [&str; 3] = ["元", "块钱", "块"];
const LATIN_UNITS: [&str; 4] = ["rmb", "yuan", "cny", "kuai"];
const WITHIN: [&str; 8] = ["以内", "以下", "之内", "内", "左右", "封顶", "以里", "不到"];
const FROM: [&str; 4] = ["以上", "起步", "往上", "起"];
const HIGHEST: Fen = Fen(100_000_000);

pub(super) fn price(here: &[char]) -> Option<Seen> {
    let before = BEFORE.into_iter().find_map(|word| starts(here, word)).unwrap_or(0);
    let mut start = before + here[before..].iter().take_while(|c| before > 0 && c.is_whitespace()).count();
    let sign = usize::from(here.get(start) == Some(&'¥'));
    start += sign;
    let (first, length) = amount_at(&here[start..])?;
    let mut at = start + length;
    let (first, mut second) = (Fen(first.hundredths), None);
    if matches!(here.get(at), Some('-' | '~' | '～' | '到' | '至' | '—'))
        && let Some((amount, length)) = amount_at(&here[at + 1..])
    {
        second = Some(Fen(amount.hundredths));
        at += 1 + length;
    }
    // 300元, but also 300 yuan
    let gap = here[at..].iter().take_while(|c| **c == ' ').count();
    let latin = || LATIN_UNITS.into_iter().find_map(|word| starts(&here[at + gap..], word)).map(|length| gap + length);
    let unit = UNITS.into_iter().find_map(|word| starts(&here[at..], word)).or_else(latin);
    at += unit.unwrap_or(0);
    let unit = unit.or((sign > 0).then_some(0));
    let within = WITHIN.into_iter().find_map(|word| starts(&here[at..], word));
    let from = FROM.into_iter().find_map(|word| starts(&here[at..], word));
    if first > HIGHEST || second.is_some_and(|second| second > HIGHEST || second < first) {
        return None;
    }
    let (param, values, label) = match (second, unit.is_some(), within, from) {
        (Some(high), true, end, _) => {
            at += end.unwrap_or(0);
            let low = first;
            ("price_min", vec![low.0, high.0], Text::new(format!("{low}–{high}"), format!("{low}–{high}")))
        }
        (None, true, Some(length), _) => {
            at += length;
            below(first)
        }
        (None, true, None, Some(length)) => {
            at += length;
            let low = first;
            ("price_min", vec![low.0], Text::new(format!("{low}以上"), format!("from {low}")))
        }
        (None, true, None, None) if before > 0 => below(first),
        _ => return None,
    };
    let span = 0..at;
    let values = values.into_iter().map(|value| value.to_string()).collect();
    Some(Seen { span: span.clone(), chip: Some(Chip::new(param, values, span, label)), beside: false, kept: None, region: false })
}

fn below(high: Fen) -> (&'static str, Vec<i64>, Text) {
    ("price_max", vec![high.0], Text::new(format!("{high}以下"), format!("up to {high}")))
}
