//! Words that mean a condition, from `meanings.tsv`, and those that are made by rule: months and grades.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::OnceLock;

use super::{Chip, Seen, between_words, months_label};
use crate::listing::Kind;
use crate::listing::kinds::Level;
use crate::search::numeral::number_at;
use crate::{Fen, Lang, Text};

struct Meaning {
    word: Vec<char>,
    /// The parameter and its values; none for words that ask for nothing.
    means: Option<(&'static str, Vec<String>)>,
    beside: bool,
    keep: Option<String>,
    not_before: Vec<Vec<char>>,
}

pub const MEANINGS: &str = include_str!("../meanings.tsv");

const PARAMS: [&str; 6] = ["month", "barrier_free", "voucher", "price_max", "kind", "level"];

/// By first character, the longest first.
fn table() -> &'static HashMap<char, Vec<Meaning>> {
    static TABLE: OnceLock<HashMap<char, Vec<Meaning>>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut table: HashMap<char, Vec<Meaning>> = HashMap::new();
        for line in MEANINGS.lines().filter(|line| !line.starts_with('#')) {
            let meaning = parse(line).unwrap_or_else(|| panic!("meanings.tsv: {line}"));
            table.entry(meaning.word[0]).or_default().push(meaning);
        }
        table.values_mut().for_each(|list| list.sort_by_key(|meaning| std::cmp::Reverse(meaning.word.len())));
        table
    })
}

fn parse(line: &str) -> Option<Meaning> {
    let [word, param, values, how] = line.split('\t').collect::<Vec<_>>()[..] else { return None };
    let means = match PARAMS.into_iter().find(|name| *name == param) {
        Some(param) => Some((param, values.split(',').map(str::to_owned).collect())),
        None if how == "filler" => None,
        None => return None,
    };
    let not_before = how.split(' ').find_map(|flag| flag.strip_prefix("not:")).unwrap_or_default();
    Some(Meaning {
        word: word.chars().collect(),
        means,
        beside: how.split(' ').any(|flag| flag == "beside"),
        keep: how.split(' ').find_map(|flag| flag.strip_prefix("keep")).map(|other| {
            let other = other.trim_start_matches(':');
            if other.is_empty() { word.to_owned() } else { other.to_owned() }
        }),
        not_before: not_before.split(',').filter(|it| !it.is_empty()).map(|it| it.chars().collect()).collect(),
    })
}

pub(super) fn meaning(text: &[char], segment: Range<usize>, at: usize) -> Option<Seen> {
    let here = &text[at..segment.end];
    // a Latin word is a word by itself
    let whole = |meaning: &Meaning| {
        !meaning.word[0].is_ascii() || between_words(text, at) && between_words(text, at + meaning.word.len())
    };
    let meaning = table().get(here.first()?)?.iter().find(|meaning| {
        let rest = here.strip_prefix(&meaning.word[..]);
        rest.is_some_and(|rest| whole(meaning) && !meaning.not_before.iter().any(|not| rest.starts_with(not)))
    })?;
    let span = at..at + meaning.word.len();
    let chip = meaning.means.as_ref().map(|(param, values)| Chip::new(param, values.clone(), span.clone(), label(param, values)));
    Some(Seen { span, chip, beside: meaning.beside, kept: meaning.keep.clone(), region: false })
}

/// What the page calls a condition.
fn label(param: &str, values: &[String]) -> Text {
    let value = values.first().map_or("", String::as_str);
    let both = |say: &dyn Fn(Lang) -> String| Text::new(say(Lang::Zh), say(Lang::En));
    match param {
        "month" => months_label(values),
        "barrier_free" => Text::new("有无障碍记录", "Barrier-free"),
        "voucher" => Text::new("可用消费券", "Takes vouchers"),
        "price_max" => {
            let fen = Fen(value.parse().unwrap_or_default());
            Text::new(format!("{fen}以下"), format!("up to {fen}"))
        }
        "kind" => Kind::parse(value).map_or_else(|| Text::zh_only(value), |kind| both(&|lang| kind.label(lang).to_owned())),
        "level" => Level::parse(value).map_or_else(|| Text::zh_only(value), |level| both(&|lang| level.label(lang).to_owned())),
        _ => Text::zh_only(value),
    }
}

/// 10月, 十月, 十月份; not 10月亮.
pub(super) fn month(here: &[char]) -> Option<Seen> {
    let (number, length) = number_at(here)?;
    let rest = &here[length..];
    if !(1..=12).contains(&number) || rest.first() != Some(&'月') || rest.get(1) == Some(&'亮') {
        return None;
    }
    let extra = usize::from(matches!(rest.get(1), Some('份' | '里')));
    let values = vec![number.to_string()];
    let span = 0..length + 1 + extra;
    let chip = Chip::new("month", values.clone(), span.clone(), months_label(&values));
    Some(Seen { span, chip: Some(chip), beside: false, kept: None, region: false })
}

/// 5A, 5A级, 五A.
pub(super) fn grade(text: &[char], segment: Range<usize>, at: usize) -> Option<Seen> {
    let here = &text[at..segment.end];
    let (number, length) = number_at(here)?;
    let joined = |c: Option<&char>| c.is_some_and(char::is_ascii_alphanumeric);
    let alone = !joined(at.checked_sub(1).and_then(|i| text.get(i))) && !joined(here.get(length + 1));
    if !(2..=5).contains(&number) || length != 1 || here.get(length) != Some(&'a') || !alone {
        return None;
    }
    let extra = usize::from(here.get(length + 1) == Some(&'级'));
    let span = at..at + length + 1 + extra;
    let value = format!("{number}A");
    let label = Text::new(value.clone(), value.clone());
    Some(Seen {
        span: span.clone(),
        chip: Some(Chip::new("grade", vec![value], span, label)),
        beside: false,
        kept: None,
        region: false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::Query;

    /// Every value in the table is one that the parameter takes.
    #[test]
    fn meanings_are_parameters() {
        for meaning in table().values().flatten() {
            if let Some((param, values)) = &meaning.means {
                for value in values {
                    let (query, problems) = Query::from_params([(*param, value.as_str())]);
                    assert!(problems.is_empty() && query.has_filters(), "{param}={value}");
                }
            }
        }
    }
}
