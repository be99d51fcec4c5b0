//! Which searches a decision is for.

use crate::region::RegionCode;

/// Words that a search is, or that stand in it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Phrase {
    /// Folded, with single spaces; never empty.
    pub text: String,
    /// The search is this and nothing else.
    pub whole: bool,
}

impl Phrase {
    /// `typed` is folded. Spaces and signs make no difference between characters; Latin words are met as whole words.
    pub fn meets(&self, typed: &str) -> bool {
        if self.whole {
            return compact(typed) == compact(&self.text);
        }
        stands_in(&self.text, typed)
    }
}

fn compact(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Words with single spaces between them, whatever signs there were: `wi-fi` is `wi fi`.
fn spaced(text: &str) -> String {
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

fn stands_in(words: &str, typed: &str) -> bool {
    if !words.contains(|c: char| c.is_ascii_alphanumeric()) {
        return compact(typed).contains(&compact(words));
    }
    let (words, typed) = (spaced(words), spaced(typed));
    let joins = |outside: Option<char>, inside: Option<char>| {
        outside.is_some_and(|c| c.is_ascii_alphanumeric()) && inside.is_some_and(|c| c.is_ascii_alphanumeric())
    };
    typed.match_indices(&words).any(|(at, found)| {
        let before = typed[..at].chars().next_back();
        let behind = typed[at + found.len()..].chars().next();
        !joins(before, found.chars().next()) && !joins(behind, found.chars().next_back())
    })
}

/// Whether the folded words name a region, by its whole name, the name people say, or in English.
pub fn names_region(typed: &str, code: &RegionCode) -> bool {
    let Some(region) = code.region() else { return false };
    let english = region.name.en.as_deref().unwrap_or_default().to_lowercase();
    let bare = english.rsplit_once(' ').map_or("", |(name, _)| name);
    let names = [region.name.zh.as_str(), region.short_name(), &english, bare];
    names.iter().any(|name| name.chars().nth(1).is_some() && stands_in(name, typed))
}
