//! Cutting folded text into runs of one script.

use std::ops::Range;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Script {
    Han,
    /// Letters and digits of any other script.
    Latin,
}

/// Characters of one script next to each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    pub script: Script,
    /// In characters of the text.
    pub range: Range<usize>,
    /// Without the apostrophes inside it: `xi'an` is `xian`.
    pub text: String,
}

pub fn is_han(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '\u{20000}'..='\u{3134f}' | '\u{f900}'..='\u{faff}' | '〇')
}

fn script(c: char) -> Option<Script> {
    if is_han(c) {
        Some(Script::Han)
    } else if c.is_alphanumeric() {
        Some(Script::Latin)
    } else {
        None
    }
}

pub fn runs(folded: &[char]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut at = 0;
    while at < folded.len() {
        let Some(script_here) = script(folded[at]) else {
            at += 1;
            continue;
        };
        let start = at;
        let mut text = String::new();
        while at < folded.len() {
            let joins = matches!(folded[at], '\'' | '’')
                && script_here == Script::Latin
                && folded.get(at + 1).is_some_and(|next| next.is_ascii_alphabetic());
            if script(folded[at]) == Some(script_here) {
                text.push(folded[at]);
            } else if !joins {
                break;
            }
            at += 1;
        }
        runs.push(Run { script: script_here, range: start..at, text });
    }
    runs
}

/// Words that say nothing inside a longer query.
pub fn is_filler(word: &str) -> bool {
    matches!(word, "的" | "了" | "和" | "与" | "在" | "之" | "有" | "去")
        || matches!(word, "the" | "of" | "in" | "on" | "at" | "to" | "and" | "for" | "with" | "from")
}

/// Half-open ranges of what is marked.
pub fn marked_ranges(marks: &[bool]) -> Vec<(usize, usize)> {
    let mut ranges: Vec<(usize, usize)> = Vec::new();
    for at in (0..marks.len()).filter(|i| marks[*i]) {
        match ranges.last_mut() {
            Some((_, end)) if *end == at => *end = at + 1,
            _ => ranges.push((at, at + 1)),
        }
    }
    ranges
}
