//! A titled row of cards.

use leptos::prelude::*;

use super::card::cards;
use crate::views::{Chrome, ListingCard, Size};

/// The elder version shows fewer things at once.
const MOST_FOR_ELDERS: usize = 3;

pub struct Section<'a> {
    pub id: &'static str,
    pub title: String,
    pub intro: Option<&'a str>,
    pub cards: &'a [ListingCard],
    /// Where the rest is, and what to call it.
    pub more: Option<(String, String)>,
}

/// None where there is nothing to show: an empty section is no section.
pub fn section(chrome: &Chrome, section: Section) -> Option<AnyView> {
    if section.cards.is_empty() {
        return None;
    }
    let most = if chrome.size == Size::Elder { MOST_FOR_ELDERS } else { usize::MAX };
    let shown = &section.cards[..section.cards.len().min(most)];
    let view = view! {
        <section class="section" id=section.id aria-labelledby=format!("{}-title", section.id)>
            {heading(section.id, &section.title)}
            {section.intro.map(|intro| view! { <p class="section__intro">{intro.to_owned()}</p> })}
            {cards(chrome, section.id, shown)}
            {section.more.map(|(href, label)| view! { <p class="section__more"><a class="button" href=href>{label}</a></p> })}
        </section>
    };
    Some(view.into_any())
}

/// A second-level heading that names the section `id`.
pub fn heading(id: &str, title: &str) -> AnyView {
    view! { <h2 id=format!("{id}-title")>{title.to_owned()}</h2> }.into_any()
}
