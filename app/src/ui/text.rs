//! Words in two languages, and words with marks in them.

use domain::{Lang, Text};
use leptos::prelude::*;

use crate::views::Chrome;

/// A text in the reader's language; where that is missing the Chinese, visibly marked.
pub fn translated(text: &Text, lang: Lang) -> AnyView {
    let said = text.say(lang);
    if said.translated {
        return said.text.to_owned().into_any();
    }
    view! {
        {untranslated_span(said.text)}
        " "
        <small class="untranslated-label">"(Chinese only)"</small>
    }
    .into_any()
}

/// The Chinese of something untranslated, without the words that say so: for lists, where they would be said too often.
pub fn untranslated_span(text: &str) -> AnyView {
    view! { <span lang="zh-Hans" class="untranslated">{text.to_owned()}</span> }.into_any()
}

/// A name that is Chinese by nature, as an address in China is: marked for screen readers, not as a lack.
pub fn chinese(text: &str, lang: Lang) -> AnyView {
    match lang {
        Lang::Zh => text.to_owned().into_any(),
        Lang::En => view! { <span lang="zh-Hans">{text.to_owned()}</span> }.into_any(),
    }
}

/// A text of which it is not recorded whether it was translated: it is looked at. In one that mostly is, what is left in
/// Chinese is marked where it stands.
pub fn foreign(text: &str, lang: Lang) -> AnyView {
    if lang == Lang::Zh || !text.contains(is_han) {
        return text.to_owned().into_any();
    }
    if is_mostly_chinese(text) {
        return untranslated_span(text);
    }
    let mut pieces: Vec<AnyView> = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find(is_han) {
        let end = rest[start..].find(|c| !is_han(c)).map_or(rest.len(), |length| start + length);
        pieces.push(rest[..start].to_owned().into_any());
        pieces.push(untranslated_span(&rest[start..end]));
        rest = &rest[end..];
    }
    pieces.push(rest.to_owned().into_any());
    pieces.into_any()
}

fn is_han(c: char) -> bool {
    ('\u{3400}'..='\u{9fff}').contains(&c) || ('\u{20000}'..='\u{3ffff}').contains(&c)
}

fn is_mostly_chinese(text: &str) -> bool {
    let han = text.chars().filter(|c| is_han(*c)).count();
    let latin = text.chars().filter(char::is_ascii_alphabetic).count();
    han > latin
}

/// The text with the given ranges of characters marked. Ranges that do not fit are cut or left out.
pub fn marked(text: &str, marks: &[(usize, usize)]) -> AnyView {
    if marks.is_empty() {
        return text.to_owned().into_any();
    }
    let byte_of: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let last = byte_of.len() - 1;
    let mut pieces: Vec<AnyView> = Vec::with_capacity(marks.len() * 2 + 1);
    let mut done = 0;
    for &(start, end) in marks {
        let (start, end) = (start.max(done).min(last), end.min(last));
        if start >= end {
            continue;
        }
        if done < start {
            pieces.push(text[byte_of[done]..byte_of[start]].to_owned().into_any());
        }
        let hit = text[byte_of[start]..byte_of[end]].to_owned();
        pieces.push(view! { <mark>{hit}</mark> }.into_any());
        done = end;
    }
    if done < last {
        pieces.push(text[byte_of[done]..].to_owned().into_any());
    }
    pieces.into_any()
}

pub fn sample_badge(lang: Lang) -> AnyView {
    view! { <span class="badge badge--sample">{lang.pick("示例", "Sample")}</span> }.into_any()
}

/// The brocade band between parts of a page; it says nothing.
pub fn band(_: &Chrome) -> AnyView {
    view! { <div class="band" aria-hidden="true"></div> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_count_characters_not_bytes() {
        let html = |marks: &[(usize, usize)]| marked("凤凰古城<夜>", marks).to_html().replace("<!>", "");
        assert_eq!(html(&[(0, 2)]), "<mark>凤凰</mark>古城&lt;夜&gt;");
        assert_eq!(html(&[(2, 4), (4, 5)]), "凤凰<mark>古城</mark><mark>&lt;</mark>夜&gt;");
        assert_eq!(html(&[(0, 3), (1, 4), (6, 99), (9, 9)]), "<mark>凤凰古</mark><mark>城</mark>&lt;夜<mark>&gt;</mark>");
    }

    #[test]
    fn a_missing_translation_is_seen_and_heard() {
        let html = translated(&Text::zh_only("凤凰古城"), Lang::En).to_html();
        assert!(html.contains(r#"<span lang="zh-Hans" class="untranslated">凤凰古城</span>"#), "{html}");
        assert!(html.contains("(Chinese only)"));
        assert_eq!(translated(&Text::zh_only("凤凰古城"), Lang::Zh).to_html(), "凤凰古城");
    }

    #[test]
    fn what_is_left_in_chinese_is_marked_where_it_stands() {
        let html = |text: &str| foreign(text, Lang::En).to_html().replace("<!>", "");
        let marked = |han: &str| format!(r#"<span lang="zh-Hans" class="untranslated">{han}</span>"#);
        assert_eq!(html("Ramp: yes (3 May 2026)"), "Ramp: yes (3 May 2026)");
        assert_eq!(html("Ramp: yes (村委会, 3 May 2026)"), format!("Ramp: yes ({}, 3 May 2026)", marked("村委会")));
        assert_eq!(html("安化"), marked("安化"));
        assert_eq!(foreign("Ramp 村", Lang::Zh).to_html(), "Ramp 村");
    }

    #[test]
    fn a_value_is_foreign_when_it_is_mostly_chinese() {
        assert!(is_mostly_chinese("4A级景区") && is_mostly_chinese("凤凰县"));
        assert!(!is_mostly_chinese("Ramp: yes (张三, 3 May 2026)") && !is_mostly_chinese("5A"));
    }
}
