//! Saving a listing, and taking it into a trip, from wherever it is shown.
//!
//! Pages of the catalogue are the same for everybody, so nothing here knows whether a listing is saved already. One form of the
//! page serves all its buttons; its answer leads back to the button, where a sentence stands that shows only when the address
//! ends with its name. Without script, and out of the same bytes for everybody.

use std::fmt::Write;

use domain::Lang;
use domain::listing::{Kind, Listing};
use leptos::prelude::*;

use super::form::hidden;
use crate::href;
use crate::views::Chrome;

/// The one form, anywhere on the page.
pub fn keep_form(chrome: &Chrome) -> AnyView {
    let lang = chrome.lang;
    view! {
        <form id="keep" method="post" action=href::page(lang, href::SAVED) hidden>
            {hidden("back", href::page(lang, &chrome.path))}
        </form>
    }
    .into_any()
}

/// Button, link and sentence. `within` tells apart the lists of a page in which one listing may stand twice. As text: there are
/// twenty on a page, and a view of each would cost as much as the card it stands in.
pub fn keep_part(lang: Lang, within: &str, listing: &Listing) -> String {
    let (id, name) = (listing.id.as_str(), escape(listing.title.get(lang)));
    let place = if within.is_empty() { id.to_owned() } else { format!("{id}.{within}") };
    let (save, colon) = lang.pick(("收藏", "："), ("Save", ": "));
    let mut html = String::with_capacity(640);
    let _ = write!(
        html,
        r#"<button class="keep__button" type="submit" form="keep" name="listing" value="{place}" aria-label="{save}{colon}{name}">{save}</button>"#
    );
    let into_trip = match listing.kind() {
        Kind::Offer => None,
        Kind::Route => Some((href::plan_route(lang, listing), lang.pick("排行程", "Plan it"))),
        _ => Some((href::add_to_trip(lang, listing), lang.pick("加入行程", "Add to a trip"))),
    };
    if let Some((href, label)) = into_trip {
        let _ = write!(html, r#"<a href="{href}" rel="nofollow" aria-label="{label}{colon}{name}">{label}</a>"#);
    }
    let (done, look) = lang.pick(("已收藏。", "看收藏"), ("Saved. ", "See what you saved"));
    let saved = href::page(lang, href::SAVED);
    let _ = write!(
        html,
        r#"<p class="keep__done" id="kept-{place}" tabindex="-1"><strong>{done}</strong><a href="{saved}">{look}</a></p>"#
    );
    html
}

/// The button of a listing's own page, with its sentence.
pub fn keep_button(lang: Lang, listing: &Listing) -> AnyView {
    let id = listing.id.as_str().to_owned();
    view! {
        <button class="keep__button" type="submit" form="keep" name="listing" value=id.clone()>{lang.pick("收藏", "Save")}</button>
        <p class="keep__done" id=format!("kept-{id}") tabindex="-1">
            <strong>{lang.pick("已收藏。", "Saved. ")}</strong>
            <a href=href::page(lang, href::SAVED)>{lang.pick("看收藏", "See what you saved")}</a>
        </p>
    }
    .into_any()
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
