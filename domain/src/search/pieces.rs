//! Han text as typed, cut into what must be found: words of the table of synonyms, words of the dictionary, and characters that
//! belong to no word, in one piece.

use super::script::is_filler;
use super::synonyms::Synonyms;
use super::tongue::Tongue;

/// The pieces that ask for something, in their order.
pub fn pieces(text: &str, synonyms: &Synonyms, tongue: &impl Tongue) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    let mut pieces = Vec::new();
    let (mut at, mut from) = (0, 0);
    while at < chars.len() {
        // a word of the table that only begins inside a dictionary word is not meant
        match synonyms.longest_at(&chars[at..]).filter(|length| *length > 1 && at + length - from > 0) {
            Some(length) if starts_word(&chars, from, at, tongue) => {
                cut(&chars[from..at], &mut pieces, tongue);
                pieces.push(String::from_iter(&chars[at..at + length]));
                at += length;
                from = at;
            }
            _ => at += 1,
        }
    }
    cut(&chars[from..], &mut pieces, tongue);
    let asking: Vec<String> = pieces.iter().filter(|piece| !is_small(piece)).cloned().collect();
    if asking.is_empty() { pieces } else { asking }
}

fn starts_word(chars: &[char], from: usize, at: usize, tongue: &impl Tongue) -> bool {
    at == from || tongue.words(&String::from_iter(&chars[from..])).iter().any(|word| word.start == at - from)
}

/// Characters that are words of their own only because no longer word has them stay together: 茶洞 is not 茶 and 洞.
fn cut(chars: &[char], pieces: &mut Vec<String>, tongue: &impl Tongue) {
    let mut loose = String::new();
    let mut loose_count = 0;
    let words = if chars.is_empty() { Vec::new() } else { tongue.words(&String::from_iter(chars)) };
    for word in words {
        let text = String::from_iter(&chars[word.clone()]);
        if word.len() == 1 && !is_small(&text) {
            loose += &text;
            loose_count += 1;
            continue;
        }
        if loose_count > 0 {
            pieces.push(std::mem::take(&mut loose));
            loose_count = 0;
        }
        pieces.push(text);
    }
    if loose_count > 0 {
        pieces.push(loose);
    }
}

/// Asks for nothing beside other words.
pub fn is_small(word: &str) -> bool {
    is_filler(word)
        || matches!(word, "看" | "玩" | "听" | "吃" | "买" | "做" | "学" | "摘" | "能" | "带" | "找" | "想" | "到" | "来")
        || matches!(word, "里" | "边" | "哪" | "好" | "最" | "一" | "个" | "几" | "是" | "什么" | "可以" | "一下" | "地方" | "送")
}
