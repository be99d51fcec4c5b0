//! The way from the home page to here.

use leptos::prelude::*;

use crate::href;
use crate::views::Chrome;

/// A step on the way; the last one, where the reader is, has no address.
#[derive(Debug, Clone)]
pub struct Crumb {
    pub label: String,
    pub href: Option<String>,
}

impl Crumb {
    pub fn link(label: impl Into<String>, href: String) -> Self {
        Self { label: label.into(), href: Some(href) }
    }

    pub fn here(label: impl Into<String>) -> Self {
        Self { label: label.into(), href: None }
    }
}

/// Home is put in front.
pub fn breadcrumb(chrome: &Chrome, steps: Vec<Crumb>) -> AnyView {
    let lang = chrome.lang;
    let home = Crumb::link(lang.pick("首页", "Home"), href::page(lang, href::HOME));
    let steps: Vec<_> = std::iter::once(home)
        .chain(steps)
        .map(|Crumb { label, href }| match href {
            Some(href) => view! { <li><a href=href>{label}</a></li> }.into_any(),
            None => view! { <li><span aria-current="page">{label}</span></li> }.into_any(),
        })
        .collect();
    view! {
        <nav class="breadcrumb no-print" aria-label=lang.pick("当前位置", "Breadcrumb")>
            <ol>{steps}</ol>
        </nav>
    }
    .into_any()
}
