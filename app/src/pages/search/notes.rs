//! What the results are, where they are not what was typed, and the way to what was.

use domain::search::Query;
use leptos::prelude::*;

use crate::href;
use crate::views::{Chrome, SearchPage};

pub fn notes(chrome: &Chrome, page: &SearchPage) -> Option<AnyView> {
    if page.notes.is_empty() {
        return None;
    }
    let lang = chrome.lang;
    let sentences: Vec<_> = page.notes.iter().map(|note| view! { <p>{note.text().get(lang).to_owned()}</p> }).collect();
    let exact = Query { exact: true, page: 1, ..page.query.clone() };
    let text = &page.query.text;
    let words = lang.pick(format!("仍要搜索“{text}”"), format!("Search for “{text}” all the same"));
    let href = href::results(lang, page.fixed_kind, &exact);
    let view = view! {
        <div class="notice" role="status">
            {sentences}
            <p class="no-print"><a href=href rel="nofollow">{words}</a></p>
        </div>
    };
    Some(view.into_any())
}
