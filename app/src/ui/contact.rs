//! Whom to write to about the site.

use leptos::prelude::*;

use crate::href;
use crate::views::Chrome;

/// A link called `words` with `subject` filled in; the bare address where it is no link; or that the operator has set none.
pub fn contact(chrome: &Chrome, subject: &str, words: &'static str) -> AnyView {
    match (href::report(&chrome.site, subject), &chrome.site.report_contact) {
        (Some(href), _) => view! { <a href=href>{words}</a> }.into_any(),
        (None, Some(contact)) => contact.clone().into_any(),
        (None, None) => chrome.lang.pick("运营者还没有设置联系方式。", "The operator has not set a contact yet.").into_any(),
    }
}
