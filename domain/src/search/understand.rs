//! What is said in passing: conditions inside a typed text, as filters that could have been chosen, too.
//!
//! Total and pure: every text means something, at worst itself. A text that as a whole is somebody's name is never cut (凤凰古城
//! is not 古城 in 凤凰, 五一广场 is not May), nor is what stands in quotes or behind a minus.

mod meanings;
mod place_words;
mod prices;

use std::ops::Range;

use crate::geo::Point;
use crate::region::{Region, RegionCode};
use crate::{Lang, Text};

use super::Query;

/// Words that mean a condition, as they stand in the table.
pub use meanings::MEANINGS;

/// What the catalogue knows of names. Asked only where a condition was seen.
pub trait Names {
    /// Somebody's whole title or other name.
    fn is_name(&self, text: &str) -> bool;
    /// A part of somebody's title.
    fn is_in_a_name(&self, text: &str) -> bool;
    /// Where the listing of this name is.
    fn place(&self, name: &str) -> Option<Point>;
}

/// A condition seen in the text.
#[derive(Debug, Clone, PartialEq)]
pub struct Chip {
    /// Names it in an address, to have the words taken literally: `month:10`, `near:凤凰`.
    pub code: String,
    /// The parameter it is, and its values.
    pub param: &'static str,
    pub values: Vec<String>,
    /// Where it was said, in characters of the text.
    pub span: Range<usize>,
    pub label: Text,
}

#[derive(Debug, Clone, PartialEq, Default)]
pub struct Understood {
    /// In the order in which they were said, each parameter's chips once.
    pub chips: Vec<Chip>,
    /// What is left to be looked for as words.
    pub rest: String,
    /// Words that have become conditions and still say which of the hits are meant most.
    pub kept: Vec<String>,
}

/// The region whose name stands at `at` of a folded text, in characters or in letters, and how many characters it takes.
pub fn region_named(text: &[char], at: usize) -> Option<(&'static Region, usize)> {
    place_words::named(text, at)
}

/// Something recognised at a place of the text.
#[derive(Debug, Clone)]
struct Seen {
    span: Range<usize>,
    /// None for words that ask for nothing: 有什么好玩的.
    chip: Option<Chip>,
    beside: bool,
    kept: Option<String>,
    region: bool,
}

/// `folded` is the text in one form (simplified, lower case, half width), character for character.
pub fn understand(folded: &str, literal: &[String], names: &dyn Names) -> Understood {
    let text: Vec<char> = folded.chars().collect();
    let plain = || Understood { rest: folded.to_owned(), ..Understood::default() };
    let mut seen: Vec<Seen> = Vec::new();
    let segments = segments(&text);
    for segment in &segments {
        seen.extend(scan(&text, segment.clone(), names));
    }
    seen.retain(|it| it.chip.as_ref().is_none_or(|chip| !literal.contains(&chip.code)));
    if seen.is_empty() {
        return plain();
    }
    let whole: String = text.iter().filter(|c| c.is_alphanumeric()).collect();
    if names.is_name(&whole) || is_region(&whole) {
        return plain();
    }
    for segment in &segments {
        keep_names(&text, segment, &mut seen, names);
    }
    one_region(&text, &mut seen);
    something_beside(&text, &mut seen);
    if seen.is_empty() { plain() } else { without(&text, &seen) }
}

/// What stands between spaces and signs; quotations and excluded words are left out.
fn segments(text: &[char]) -> Vec<Range<usize>> {
    let mut segments = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let quote = closing_quote(text[at]).and_then(|close| (at + 1..text.len()).find(|i| text[*i] == close));
        if let Some(end) = quote {
            at = end + 1;
        } else if parts(text[at]) {
            at += 1;
        } else {
            let end = (at + 1..text.len()).find(|i| parts(text[*i])).unwrap_or(text.len());
            if text[at] != '-' && text[at] != '−' {
                segments.push(at..end);
            }
            at = end;
        }
    }
    in_english(text, segments)
}

/// In English a thought goes on from word to word: `under 300 yuan` is one.
fn in_english(text: &[char], words: Vec<Range<usize>>) -> Vec<Range<usize>> {
    let latin = |c: char| c.is_ascii_alphanumeric() || c == '¥';
    let mut segments: Vec<Range<usize>> = Vec::new();
    for word in words {
        match segments.last_mut() {
            Some(last)
                if text[last.end..word.start].iter().all(|c| *c == ' ')
                    && latin(text[last.end - 1])
                    && latin(text[word.start]) =>
            {
                last.end = word.end;
            }
            _ => segments.push(word),
        }
    }
    segments
}

/// How long the word is, where the text starts with it.
fn starts(text: &[char], word: &str) -> Option<usize> {
    let length = word.chars().count();
    (text.len() >= length && text.iter().zip(word.chars()).take(length).all(|(a, b)| *a == b)).then_some(length)
}

/// Whether a word may begin, or end, between this character and the one before.
fn between_words(text: &[char], at: usize) -> bool {
    let latin = |i: usize| text.get(i).is_some_and(char::is_ascii_alphanumeric);
    !(latin(at) && at.checked_sub(1).is_some_and(latin))
}

fn parts(c: char) -> bool {
    c.is_whitespace() || matches!(c, ',' | '，' | '、' | ';' | '。' | '！' | '!' | '?' | '·') || closing_quote(c).is_some()
}

/// What ends a quotation that begins with this sign; none where it begins none.
pub fn closing_quote(c: char) -> Option<char> {
    match c {
        '"' => Some('"'),
        '“' | '”' => Some('”'),
        '「' => Some('」'),
        '『' => Some('』'),
        '《' => Some('》'),
        _ => None,
    }
}

fn scan(text: &[char], segment: Range<usize>, names: &dyn Names) -> Vec<Seen> {
    let mut seen: Vec<Seen> = Vec::new();
    let mut at = segment.start;
    while at < segment.end {
        let here = &text[at..segment.end];
        // a region's name counts where a thought begins: at the start, or behind something recognised
        let thought = seen.last().map_or(segment.start, |last| last.span.end);
        let begins = text[thought..at].iter().all(|c| is_small_word(*c));
        let found = place_words::near(text, segment.clone(), at, names)
            .or_else(|| place_words::inside(text, segment.clone(), at))
            .or_else(|| between_words(text, at).then(|| prices::price(here)).flatten().map(|it| shifted(it, at)))
            .or_else(|| meanings::month(here).map(|it| shifted(it, at)))
            .or_else(|| meanings::grade(text, segment.clone(), at))
            .or_else(|| meanings::meaning(text, segment.clone(), at))
            .or_else(|| begins.then(|| place_words::region(here)).flatten().map(|it| shifted(it, at)))
            // 凤凰gucheng is one name, typed half and half
            .filter(|it| !(it.region && text.get(it.span.end).is_some_and(char::is_ascii_alphanumeric)));
        match found {
            Some(it) => {
                at = it.span.end;
                // 附近 was said behind the name of the place
                seen.retain(|earlier| earlier.span.start < it.span.start);
                seen.push(it);
            }
            None => at += 1,
        }
    }
    seen
}

fn shifted(seen: Seen, by: usize) -> Seen {
    let span = seen.span.start + by..seen.span.end + by;
    Seen { chip: seen.chip.map(|chip| Chip { span: span.clone(), ..chip }), span, ..seen }
}

/// 去, 在 and their like, before and behind what is meant.
fn is_small_word(c: char) -> bool {
    matches!(
        c,
        '去' | '在' | '到' | '的' | '和' | '与' | '有' | '能' | '可' | '带' | '找' | '玩' | '想' | '里' | '吃' | '看' | '来'
    )
}

fn is_region(text: &str) -> bool {
    let chars: Vec<char> = text.chars().collect();
    place_words::region(&chars).is_some_and(|seen| seen.span.end == chars.len())
}

/// A segment that is a name, or stands in one, keeps its words. So does one of which a single character would be left.
fn keep_names(text: &[char], segment: &Range<usize>, seen: &mut Vec<Seen>, names: &dyn Names) {
    let inside = |it: &Seen| segment.start <= it.span.start && it.span.end <= segment.end;
    if !seen.iter().any(inside) {
        return;
    }
    let is_whole = seen.iter().any(|it| it.span == *segment);
    let said: String = text[segment.clone()].iter().collect();
    if !is_whole && segment.len() > 2 && (names.is_name(&said) || names.is_in_a_name(&said)) {
        seen.retain(|it| !inside(it));
        return;
    }
    let left: Vec<char> = segment
        .clone()
        .filter(|i| !seen.iter().any(|it| it.span.contains(i)))
        .map(|i| text[i])
        .filter(|c| c.is_alphanumeric() && !is_small_word(*c))
        .collect();
    if left.len() == 1 {
        seen.retain(|it| !(inside(it) && it.region));
    }
}

/// Two places are two words: who types both means what has to do with both.
fn one_region(text: &[char], seen: &mut Vec<Seen>) {
    let regions = seen.iter().filter(|it| it.region).count();
    let has_near = seen.iter().any(|it| it.chip.as_ref().is_some_and(|chip| chip.param == "near"));
    let others = seen.iter().any(|it| !it.region && it.chip.is_some());
    // a place alone, whatever is asked about it, is looked for by its name
    if regions > 1 || has_near || (regions == 1 && !others && left_over(text, seen).is_empty()) {
        seen.retain(|it| !it.region);
    }
}

/// A season alone is no search.
fn something_beside(text: &[char], seen: &mut Vec<Seen>) {
    let firm = seen.iter().any(|it| !it.beside && it.chip.is_some());
    if !firm && left_over(text, seen).is_empty() {
        let several = seen.iter().filter(|it| it.beside).count() > 1;
        if !several {
            seen.retain(|it| !it.beside);
        }
    }
}

/// Characters that were not recognised and are not small words, quotations included.
fn left_over(text: &[char], seen: &[Seen]) -> Vec<char> {
    let free = (0..text.len()).filter(|i| !seen.iter().any(|it| it.span.contains(i)));
    free.map(|i| text[i]).filter(|c| c.is_alphanumeric() && !is_small_word(*c)).collect()
}

fn without(text: &[char], seen: &[Seen]) -> Understood {
    let mut rest = String::new();
    let mut at = 0;
    let mut sorted: Vec<&Seen> = seen.iter().collect();
    sorted.sort_by_key(|it| it.span.start);
    for it in &sorted {
        push_piece(&mut rest, &text[at..it.span.start.max(at)], at > 0);
        at = it.span.end;
    }
    push_piece(&mut rest, &text[at..], at > 0);
    let mut chips: Vec<Chip> = Vec::new();
    let mut kept = Vec::new();
    for it in sorted {
        let Some(chip) = &it.chip else { continue };
        kept.extend(it.kept.clone());
        if !chips.iter().any(|other| other.code == chip.code) {
            chips.push(chip.clone());
        }
    }
    // a rest of small words asks for nothing
    if rest.chars().all(|c| !c.is_alphanumeric() || is_small_word(c)) {
        rest.clear();
    }
    Understood { chips, rest: rest.trim().to_owned(), kept }
}

/// Small words at the edges of a piece held it to what was taken out.
fn push_piece(rest: &mut String, piece: &[char], behind: bool) {
    let mut piece = piece;
    while let [first, others @ ..] = piece
        && behind
        && matches!(*first, '的' | '去' | '在' | '有' | '里')
    {
        piece = others;
    }
    let text: String = piece.iter().collect();
    if !rest.is_empty() && !rest.ends_with(' ') {
        rest.push(' ');
    }
    rest.push_str(text.trim());
}

impl Chip {
    fn new(param: &'static str, values: Vec<String>, span: Range<usize>, label: Text) -> Self {
        Chip { code: format!("{param}:{}", values.join(",")), param, values, span, label }
    }
}

/// Adds what was understood to what was chosen. What was chosen by hand in a facet stands: the words beside it are then only words.
pub fn apply(query: &Query, understood: &Understood) -> Query {
    let mut applied = Query { text: understood.rest.trim().to_owned(), ..query.clone() };
    for chip in &understood.chips {
        if is_in_force(query, chip) {
            if chip.param == "near" {
                let _ = applied.read("near", &chip.values[0]);
                applied.radius_km = query.radius_km.or_else(|| chip.values.get(1)?.parse().ok());
                continue;
            }
            for value in &chip.values {
                // the table of meanings holds values that are parameters: a test says so
                let _ = applied.read(chip.param, value);
            }
            if chip.param == "price_min"
                && let Some(max) = chip.values.get(1)
            {
                applied.price_min = None;
                let _ = applied.read("price_min", &chip.values[0]);
                let _ = applied.read("price_max", max);
            }
        }
    }
    applied
}

/// Whether nothing was chosen by hand where the chip would choose. What was chosen elsewhere does not matter, or the counts of
/// the facets would not be what choosing gives.
pub fn is_in_force(query: &Query, chip: &Chip) -> bool {
    match chip.param {
        "kind" => query.kinds.is_empty(),
        "county" => query.counties.is_empty(),
        "prefecture" => query.prefectures.is_empty(),
        "month" => query.months.is_empty(),
        "grade" => query.grades.is_empty(),
        "level" => query.levels.is_empty(),
        "near" => query.near.is_none(),
        "price_min" | "price_max" => query.price_min.is_none() && query.price_max.is_none(),
        "barrier_free" => !query.barrier_free,
        "voucher" => !query.voucher,
        _ => true,
    }
}

/// What is given up first where not everything can be had.
const SOFTEST_FIRST: [&str; 9] =
    ["month", "voucher", "barrier_free", "price_min", "price_max", "grade", "level", "kind", "county"];

/// The softest first.
pub fn by_softness(chips: &[Chip]) -> Vec<&Chip> {
    let mut chips: Vec<&Chip> = chips.iter().collect();
    chips.sort_by_key(|chip| SOFTEST_FIRST.iter().position(|param| *param == chip.param).unwrap_or(SOFTEST_FIRST.len()));
    chips
}

/// The region's code and all chips of regions, for the label.
fn region_label(code: &RegionCode) -> Text {
    code.region().map_or_else(|| Text::zh_only(code.as_str()), |region| region.name.clone())
}

fn months_label(values: &[String]) -> Text {
    let months =
        crate::time::Months::try_from(values.iter().filter_map(|v| v.parse().ok()).collect::<Vec<u32>>()).unwrap_or_default();
    Text::new(months.say(Lang::Zh), months.say(Lang::En))
}

#[cfg(test)]
mod tests;
