//! A listing in a list.

use domain::Lang;
use domain::time::say_day;
use leptos::prelude::*;

use super::add_form::add_to_kept_trip;
use super::keep::keep_part;
use super::text::{marked, sample_badge, translated, untranslated_span};
use crate::href;
use crate::views::{Chrome, ListingCard, Marks, Recommended};

/// The size covers are drawn in.
pub const COVER_WIDTH: &str = "640";
pub const COVER_HEIGHT: &str = "400";

/// `within` tells lists of one page apart: an id, or nothing where there is only one.
pub fn cards(chrome: &Chrome, within: &str, list: &[ListingCard]) -> AnyView {
    let items: Vec<_> = list.iter().map(|item| card(chrome, within, item)).collect();
    view! { <ul class="cards">{items}</ul> }.into_any()
}

/// The whole card leads to the page, by the one link in its title.
pub fn card(chrome: &Chrome, within: &str, item: &ListingCard) -> impl IntoView + use<> {
    let lang = chrome.lang;
    let listing = &*item.listing;
    let (title, summary) = (listing.title.say(lang), listing.summary.say(lang));
    let region = listing.region.as_ref().and_then(|code| code.region());
    let headline = listing.details.headline(lang);
    let meta = match region {
        Some(region) => [&headline, " · ", region.name.get(lang)].concat(),
        None => headline,
    };
    let poverty = region
        .is_some_and(|region| region.lifted_from_poverty)
        .then(|| view! { <span class="badge badge--poverty">{lang.pick("脱贫县", "Lifted from poverty")}</span> });
    // what it leads to needs a signal
    let keep = (chrome.kept_at.is_none())
        .then(|| view! { <div class="card__keep no-print" inner_html=keep_part(lang, within, listing)></div> });
    let label = || view! { " " <small class="untranslated-label">"(Chinese only)"</small> };
    view! {
        <li class=["card card--", listing.kind().name()].concat()>
            <img
                class="card__cover"
                src=href::cover(listing)
                width=COVER_WIDTH
                height=COVER_HEIGHT
                alt=""
                loading="lazy"
                decoding="async"
            />
            <h3 class="card__title">
                <a href=listing.path(lang)>{said(title.text, &item.title_marks, title.translated)}</a>
                {(!title.translated).then(label)}
            </h3>
            <p class="card__meta">
                {meta}
                {listing.sample.then(|| view! { " " {sample_badge(lang)} })}
                {poverty.map(|badge| view! { " " {badge} })}
            </p>
            <p class="card__summary">
                {said(summary.text, &item.summary_marks, summary.translated)}
                {(title.translated && !summary.translated).then(label)}
            </p>
            {item.distance_km.map(|km| view! { <p class="card__distance">{say_distance(km, lang)}</p> })}
            {item.pinned.as_ref().map(|pinned| recommended(pinned, lang))}
            {item.reason.clone().map(|reason| view! { <p class="card__reason">{reason}</p> })}
            {keep}
            {item.target.as_ref().map(|target| add_to_kept_trip(lang, target, listing))}
        </li>
    }
}

/// In words, for those who see no colour and for those who see nothing.
fn recommended(pinned: &Recommended, lang: Lang) -> AnyView {
    let until = pinned.last_day.map(|day| {
        let day = say_day(day, lang);
        lang.pick(format!("（到{day}）"), format!(" (until {day})"))
    });
    view! {
        <p class="card__reason card__reason--pinned">
            <strong>{lang.pick("推荐", "Recommended")}</strong>
            {lang.pick("：", ": ")}
            {translated(&pinned.reason, lang)}
            {until}
        </p>
    }
    .into_any()
}

fn said(text: &str, marks: &Marks, translated: bool) -> AnyView {
    match (translated, marks.is_empty()) {
        (true, _) => marked(text, marks),
        (false, true) => untranslated_span(text),
        (false, false) => view! { <span lang="zh-Hans" class="untranslated">{marked(text, marks)}</span> }.into_any(),
    }
}

/// As the crow flies, and no more exact than the positions are.
pub fn say_distance(km: f64, lang: Lang) -> String {
    if km < 1.0 {
        lang.pick("不到1公里", "less than 1 km away").to_owned()
    } else {
        lang.pick(format!("直线约{km:.0}公里"), format!("about {km:.0} km away"))
    }
}
