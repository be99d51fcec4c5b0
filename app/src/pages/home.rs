//! The front page: one question, and good answers for this month.

use chrono::Datelike;
use domain::listing::Kind;
use domain::search::Query;
use domain::time::{Months, month_name};
use leptos::prelude::*;

use crate::document::{Head, document, site_name};
use crate::href;
use crate::islands::MapView;
use crate::map::province_map;
use crate::ui::{self, Section};
use crate::views::{Chrome, HomePage, MapPoint, Size};

pub fn render(chrome: &Chrome, page: &HomePage) -> String {
    let lang = chrome.lang;
    let description = lang.pick(
        "湖南乡村旅游与文化：精品线路、去处、住宿、非遗、体验、物产和优惠，条条写明来源。",
        "Rural travel and culture in Hunan: routes, places, stays, heritage, experiences, products and offers, each with its source.",
    );
    let picture = page.season.first().or(page.routes.first()).map(|card| href::cover_png(&card.listing));
    let head = Head { og_image: picture, own_search: true, ..Head::new(site_name(lang), description) };
    document(chrome, head, || {
        view! {
            {hero(chrome, page)}
            {sections(chrome, page)}
            {map(chrome, page)}
            {prefectures(chrome, page)}
        }
    })
}

fn hero(chrome: &Chrome, page: &HomePage) -> AnyView {
    let lang = chrome.lang;
    let month = chrome.today.month();
    let this_month = Query { months: Months::of(chrome.today), ..Query::default() };
    let chip = |href: String, label: String| view! { <li class="chip"><a href=href>{label}</a></li> };
    let mut chips = vec![chip(
        href::search(lang, &this_month),
        lang.pick(format!("{month}月适合去"), format!("Good in {}", month_name(month))),
    )];
    chips.extend(
        page.counts
            .iter()
            .filter(|(_, count)| *count > 0)
            .map(|(kind, count)| chip(href::kind_list(lang, *kind), format!("{} {count}", kind.label(lang)))),
    );
    chips.push(chip(href::page(lang, href::NEW_TRIP), lang.pick("排几天的行程", "Plan a trip").to_owned()));
    let title = match lang {
        domain::Lang::Zh => site_name(lang).into_any(),
        domain::Lang::En => view! { <span lang="zh-Hans">"游潇湘"</span> " " {site_name(lang)} }.into_any(),
    };
    view! {
        <section class="hero" aria-labelledby="hero-title">
            <h1 id="hero-title">{title}</h1>
            <p>{lang.pick("湖南的山水、古镇、手艺和味道，去之前在这里看清楚。", "Hunan's rivers, old towns, crafts and tastes: know them before you go.")}</p>
            {ui::search_form(chrome, "", "hero__search")}
            <ul class="chips">{chips}</ul>
        </section>
        {ui::band(chrome)}
    }
    .into_any()
}

fn sections(chrome: &Chrome, page: &HomePage) -> AnyView {
    let lang = chrome.lang;
    let month = chrome.today.month();
    let all = |kind: Kind| {
        let label = kind.label(lang);
        Some((href::kind_list(lang, kind), lang.pick(format!("看全部{label}"), format!("See all: {label}"))))
    };
    let this_month = Query { months: Months::of(chrome.today), ..Query::default() };
    let season = Section {
        id: "season",
        title: lang.pick(format!("{month}月正好"), format!("Good in {}", month_name(month))),
        intro: None,
        cards: &page.season,
        more: Some((href::search(lang, &this_month), lang.pick("看当月全部", "See everything for this month").to_owned())),
    };
    let titled = |id, zh: &str, en: &str, cards, kind| Section {
        id,
        title: lang.pick(zh, en).to_owned(),
        intro: None,
        cards,
        more: all(kind),
    };
    view! {
        {ui::section(chrome, season)}
        {ui::section(chrome, titled("routes", "沿着线路走", "Follow a route", &page.routes, Kind::Route))}
        {ui::section(chrome, titled("heritage", "手上的湖南", "Hunan by hand", &page.heritage, Kind::Heritage))}
        {ui::section(chrome, titled("offers", "现在能省", "Save now", &page.offers, Kind::Offer))}
    }
    .into_any()
}

/// The elder version does without: every place is in the lists.
fn map(chrome: &Chrome, page: &HomePage) -> Option<AnyView> {
    if chrome.size == Size::Elder || page.sights.is_empty() {
        return None;
    }
    let lang = chrome.lang;
    let points: Vec<MapPoint> = page
        .sights
        .iter()
        .filter_map(|listing| {
            let position = listing.position?;
            let (label, href) = (listing.title.get(lang).to_owned(), Some(listing.path(lang)));
            Some(MapPoint { point: position.point(), label, href, number: None, exact: position.is_exact() })
        })
        .collect();
    let drawn_sights = page.sights.iter().filter(|listing| listing.position.is_some());
    let credits: Vec<&str> = drawn_sights.flat_map(|listing| &listing.provenance.credits).map(String::as_str).collect();
    let drawn = province_map(lang, &points, false, "map-home").into_any();
    let label = lang.pick("示意图", "Sketch map");
    let view = view! {
        <section class="section map-section" id="map" aria-labelledby="map-title">
            {ui::heading("map", lang.pick("5A景区在哪里", "Where the 5A sights are"))}
            <MapView label=label.to_owned()>{drawn}</MapView>
            {ui::map_credits(lang, &credits)}
        </section>
    };
    Some(view.into_any())
}

fn prefectures(chrome: &Chrome, page: &HomePage) -> Option<AnyView> {
    if page.prefectures.is_empty() {
        return None;
    }
    let lang = chrome.lang;
    let items: Vec<_> = page
        .prefectures
        .iter()
        .map(|(region, count)| {
            let name = region.name.get(lang).to_owned();
            view! { <li class="chip"><a href=region.path(lang)>{name} " " <span class="facet__count">{format!("({count})")}</span></a></li> }
        })
        .collect();
    let view = view! {
        <section class="section" id="prefectures" aria-labelledby="prefectures-title">
            {ui::heading("prefectures", lang.pick("按市州看", "By prefecture"))}
            <ul class="chips">{items}</ul>
            <p class="section__more"><a class="button" href=href::page(lang, href::COUNTIES)>{lang.pick("看全部县区", "See all counties")}</a></p>
        </section>
    };
    Some(view.into_any())
}
