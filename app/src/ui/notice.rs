//! Something the reader should know before going on.

use domain::{Lang, Problem};
use leptos::prelude::*;

/// `look` is a modifier of the class: `problem`, `sample`, or nothing.
pub fn notice(look: &str, title: &str, text: &str) -> AnyView {
    let class = if look.is_empty() { "notice".to_owned() } else { format!("notice notice--{look}") };
    view! {
        <div class=class>
            <p><strong>{title.to_owned()}</strong></p>
            <p>{text.to_owned()}</p>
        </div>
    }
    .into_any()
}

/// What of an address or form could not be used; the rest was.
pub fn problems(lang: Lang, title: &str, list: &[Problem]) -> Option<AnyView> {
    told(lang, title, list, false)
}

/// What is wrong with a form that was sent: it is in sight at once, wherever on the page it stands.
pub fn refused(lang: Lang, title: &str, list: &[Problem]) -> Option<AnyView> {
    told(lang, title, list, true)
}

fn told(lang: Lang, title: &str, list: &[Problem], in_sight: bool) -> Option<AnyView> {
    if list.is_empty() {
        return None;
    }
    let items: Vec<_> = list.iter().map(|problem| view! { <li>{problem.say(lang).to_owned()}</li> }).collect();
    let notice = view! {
        <div class="notice notice--problem" role="status" tabindex=in_sight.then_some("-1") autofocus=in_sight>
            <p><strong>{title.to_owned()}</strong></p>
            <ul>{items}</ul>
        </div>
    };
    Some(notice.into_any())
}
