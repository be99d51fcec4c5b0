//! What hangs on a listing: offers, heritage, products, routes, neighbours.

use domain::listing::Kind;
use domain::search::{Query, Sort};
use leptos::prelude::*;

use super::as_card;
use crate::href;
use crate::ui::{self, Section};
use crate::views::{Chrome, ListingPage};

pub fn behind(chrome: &Chrome, page: &ListingPage) -> Option<AnyView> {
    let card = as_card(page.behind.as_ref()?);
    let title = chrome.lang.pick("背后的非遗", "The heritage behind it").to_owned();
    ui::section(chrome, Section { id: "behind", title, intro: None, cards: &[card], more: None })
}

/// Offers that can be used here, and for an offer the places where it can be.
pub fn offers(chrome: &Chrome, page: &ListingPage) -> AnyView {
    let lang = chrome.lang;
    let here = Section {
        id: "offers",
        title: lang.pick("在这里能用的优惠", "Offers you can use here").to_owned(),
        intro: Some(lang.pick(
            "认定产品和脱贫县优先，原因写在每一条下面。",
            "Recognised products and counties lifted out of poverty stand first; each says why.",
        )),
        cards: &page.offers,
        more: None,
    };
    let usable = Section {
        id: "usable-at",
        title: lang.pick("在哪里用", "Where to use it").to_owned(),
        intro: Some(lang.pick(
            "认定产品和脱贫县优先，原因写在每一条下面。",
            "Recognised products and counties lifted out of poverty stand first; each says why.",
        )),
        cards: &page.usable_at,
        more: None,
    };
    view! { {ui::section(chrome, here)} {ui::section(chrome, usable)} }.into_any()
}

pub fn below(chrome: &Chrome, page: &ListingPage) -> AnyView {
    let lang = chrome.lang;
    let plain =
        |id, zh: &str, en: &str, cards| Section { id, title: lang.pick(zh, en).to_owned(), intro: None, cards, more: None };
    let nearby = page.listing.position.filter(|_| page.listing.kind() != Kind::Route).map(|position| {
        let query = Query { near: Some(position.point()), sort: Sort::Distance, ..Query::default() };
        (href::search(lang, &query), lang.pick("看30公里内的全部", "See all within 30 km").to_owned())
    });
    let neighbours = Section {
        intro: Some(lang.pick("直线距离，位置多为近似。", "As the crow flies; most positions are approximate.")),
        more: nearby,
        ..plain("neighbours", "30公里内", "Within 30 km", &page.neighbours)
    };
    view! {
        <div class="listing__related no-print">
            {ui::section(chrome, plain("routes", "经过这里的线路", "Routes that stop here", &page.routes))}
            {ui::section(chrome, plain("heritage", "相关非遗", "Related heritage", &page.heritage))}
            {ui::section(chrome, plain("products", "当地物产", "Local products", &page.products))}
            {ui::section(chrome, neighbours)}
        </div>
    }
    .into_any()
}
