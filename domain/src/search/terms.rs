//! What was typed, cut into terms. Total: every string means some terms, perhaps none.

use super::script::{Run, Script, is_filler, is_han, runs};
use super::synonyms::Synonyms;
use super::tongue::Tongue;
use super::understand::closing_quote;
use super::{LONGEST_QUERY, numeral};

/// Latin words of one synonym.
const LONGEST_SYNONYM: usize = 4;
/// More terms than this are not looked at.
pub const MOST_TERMS: usize = 24;

/// What was typed between two spaces, or in quotes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// Runs that stand next to each other, or all runs of a quotation.
    pub runs: Vec<Run>,
    pub quoted: bool,
    /// `-word`: it must not be there.
    pub excluded: bool,
    /// The end of what was typed: it may go on.
    pub last: bool,
}

impl Term {
    /// All of it in Latin letters, one word.
    pub fn latin(&self) -> Option<&str> {
        match self.runs.as_slice() {
            [run] if run.script == Script::Latin && !self.quoted => Some(&run.text),
            _ => None,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Typed {
    pub terms: Vec<Term>,
    /// All that is wanted without spaces and signs, to be compared with whole titles.
    pub compact: String,
    /// Nothing at all was typed, not even signs.
    pub blank: bool,
}

impl Typed {
    /// The terms again as a text, some of them changed; a term that is changed into nothing is left out.
    pub fn said(&self, change: impl Fn(usize) -> Option<String>) -> String {
        let term = |(i, term): (usize, &Term)| {
            if let Some(changed) = change(i) {
                return changed;
            }
            let runs: Vec<&str> = term.runs.iter().map(|run| run.text.as_str()).collect();
            let sign = if term.excluded { "-" } else { "" };
            if term.quoted { format!("{sign}\"{}\"", runs.join(" ")) } else { format!("{sign}{}", runs.concat()) }
        };
        let words: Vec<String> = self.terms.iter().enumerate().map(term).filter(|word| !word.is_empty()).collect();
        words.join(" ")
    }
}

pub fn parse(text: &str, tongue: &impl Tongue) -> Typed {
    let folded: Vec<char> = text.trim().chars().take(LONGEST_QUERY).map(|c| tongue.fold(c)).collect();
    let mut terms: Vec<Term> = Vec::new();
    let mut at = 0;
    while at < folded.len() {
        if folded[at].is_whitespace() {
            at += 1;
            continue;
        }
        let before_word = at == 0 || folded[at - 1].is_whitespace();
        let excluded = before_word && matches!(folded[at], '-' | '−') && folded.get(at + 1).is_some_and(|c| !c.is_whitespace());
        let start = at + usize::from(excluded);
        let quote = folded.get(start).copied().and_then(closing_quote);
        let quote_end = quote.and_then(|closing| (start + 1..folded.len()).find(|i| folded[*i] == closing));
        let end = match quote_end {
            Some(end) => end,
            None => (start + 1..folded.len()).find(|i| ends_word(&folded, *i)).unwrap_or(folded.len()),
        };
        let inside = if quote_end.is_some() { start + 1..end } else { start..end };
        let offset = inside.start;
        let found = runs(&folded[inside]);
        for runs in if quote_end.is_some() { vec![found] } else { next_to_each_other(found) } {
            if !runs.is_empty() {
                let runs = runs.into_iter().map(|run| toneless(shifted(run, offset), tongue)).collect();
                terms.push(Term { runs, quoted: quote_end.is_some(), excluded, last: false });
            }
        }
        at = if quote_end.is_some() { end + 1 } else { end };
    }
    terms.truncate(MOST_TERMS);
    let compact = compact(&terms);
    mark_last(&mut terms, folded.len());
    drop_fillers(&mut terms);
    Typed { terms, compact, blank: folded.is_empty() }
}

fn mark_last(terms: &mut [Term], length: usize) {
    if let Some(last) = terms.last_mut() {
        let end = last.runs.last().map_or(0, |run| run.range.end);
        last.last = end == length && !last.quoted && !last.excluded;
    }
}

fn compact(terms: &[Term]) -> String {
    let wanted = terms.iter().filter(|term| !term.excluded);
    wanted.flat_map(|term| &term.runs).map(|run| run.text.as_str()).collect()
}

/// `the` and the like ask for nothing beside other words, unless they are still being typed.
fn drop_fillers(terms: &mut Vec<Term>) {
    let fills = |term: &Term| {
        let word = if let [run] = term.runs.as_slice() { run.text.as_str() } else { return false };
        !term.quoted && !term.excluded && !term.last && is_filler(word)
    };
    if terms.iter().any(|term| !term.excluded && !fills(term)) {
        terms.retain(|term| !fills(term));
    }
}

fn ends_word(folded: &[char], at: usize) -> bool {
    folded[at].is_whitespace() || closing_quote(folded[at]).is_some()
}

fn next_to_each_other(runs: Vec<Run>) -> Vec<Vec<Run>> {
    let mut groups: Vec<Vec<Run>> = Vec::new();
    for run in runs {
        match groups.last_mut() {
            Some(group) if group.last().is_some_and(|before| before.range.end == run.range.start) => group.push(run),
            _ => groups.push(vec![run]),
        }
    }
    groups
}

/// `feng4huang2` is `fenghuang`: digits behind whole syllables are tones.
fn toneless(run: Run, tongue: &impl Tongue) -> Run {
    if run.script != Script::Latin || !run.text.is_ascii() || !run.text.ends_with(|c: char| c.is_ascii_digit()) {
        return run;
    }
    let parts = || run.text.split_inclusive(|c: char| c.is_ascii_digit());
    let is_syllable = |part: &str| match part.split_at(part.len() - 1) {
        (syllable, "0" | "1" | "2" | "3" | "4" | "5") => syllable.len() > 1 && tongue.is_spelt(syllable),
        _ => false,
    };
    if parts().all(is_syllable) {
        return Run { text: run.text.chars().filter(|c| !c.is_ascii_digit()).collect(), ..run };
    }
    run
}

fn shifted(run: Run, by: usize) -> Run {
    Run { range: run.range.start + by..run.range.end + by, ..run }
}

/// 18洞村 is 十八洞村: the text with its digits in characters, if then all of it is characters.
pub fn in_characters(text: &str) -> Option<String> {
    let chars: Vec<char> = text.chars().collect();
    let (digits, spelt) = numeral::digits_in_characters(&chars)?;
    let others = || chars[..digits.start].iter().chain(&chars[digits.end..]);
    let all_han = others().next().is_some() && others().all(|c| is_han(*c));
    all_han
        .then(|| chars[..digits.start].iter().copied().chain(spelt.chars()).chain(chars[digits.end..].iter().copied()).collect())
}

/// The most terms from the first on that are together a word of the table of synonyms: how many, and the other words.
pub fn synonyms_at<'a>(terms: &[Term], synonyms: &'a Synonyms) -> Option<(usize, Vec<&'a str>)> {
    let plain = |term: &&Term| !term.excluded && !term.quoted;
    let latin: Vec<&str> = terms.iter().take_while(plain).map_while(Term::latin).take(LONGEST_SYNONYM).collect();
    (1..=latin.len()).rev().find_map(|length| {
        let others = synonyms.of(&latin[..length].join(" "));
        (!others.is_empty()).then_some((length, others))
    })
}
